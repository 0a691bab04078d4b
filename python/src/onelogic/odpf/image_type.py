"""The formats in which `od_output.add_image` takes an image."""

from enum import Enum


class ImageType(Enum):
    """A format of an image; the value is the usual ending of its files."""

    PNG = "png"
    JPG = "jpg"
