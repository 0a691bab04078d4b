"""The framework of the Data Generator: `ImageType` here, `ODDataset` in `onelogic.odpf.common`."""

from onelogic.odpf.image_type import ImageType

__all__ = ["ImageType"]
