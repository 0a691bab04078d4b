"""Turns what `od_output.add_image` takes into the bytes of an image file."""

from __future__ import annotations

import codecs
import io
import sys
from typing import TYPE_CHECKING

from cahier.figures import DrawnFigure, draw
from cahier.shown_figures import note_listed
from onelogic.odpf import ImageType

if TYPE_CHECKING:
    from cahier._wire import MediaType

MEDIA_TYPES: dict[ImageType, MediaType] = {
    ImageType.PNG: "image/png",
    ImageType.JPG: "image/jpeg",
}
_FORMAT_NAMES = {ImageType.PNG: "PNG", ImageType.JPG: "JPEG"}
_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"BM": "BMP",
    b"%PDF-": "PDF",
}
_ENOUGH_TO_TELL = 512


def image_file(kind: ImageType, data: object) -> DrawnFigure:
    """Give the image as a file of this type; a matplotlib Figure is drawn.

    Raises:
        TypeError: the data is neither bytes-like nor a Figure.
        ValueError: the bytes are not an image of this type.
    """
    if _is_instance(data, "matplotlib.figure", "Figure"):
        drawn = draw(data, kind.value)
        note_listed(data)
        return drawn
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(_not_an_image(data))
    content = bytes(data)
    found = _format_of(content)
    if found != _FORMAT_NAMES[kind]:
        message = (
            f"The image is announced as ImageType.{kind.name}, but its bytes look like {found}. "
            f"Pass the bytes of a {_FORMAT_NAMES[kind]} file, or the type that they are of."
        )
        raise ValueError(message)
    return DrawnFigure(content, MEDIA_TYPES[kind], 1.0, "")


def _not_an_image(data: object) -> str:
    if isinstance(data, io.BytesIO):
        remedy = "Pass its bytes: data.getvalue()."
    elif _is_instance(data, "matplotlib.axes", "Axes"):
        remedy = "Pass its figure: axes.get_figure()."
    else:
        remedy = "Pass the bytes of an image file, or a Figure."
    return f"An image is bytes or a matplotlib Figure, not {type(data).__name__}. {remedy}"


def _is_instance(data: object, module: str, name: str) -> bool:
    """Whether this is of a class whose module may not be loaded, and is not loaded to find out."""
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(data, getattr(loaded, name))


def _format_of(content: bytes) -> str:
    """Say what the bytes look like, going by how they begin."""
    if not content:
        return "nothing: there are none"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WebP"
    for signature, name in _SIGNATURES.items():
        if content.startswith(signature):
            return name
    start = content[:_ENOUGH_TO_TELL]
    if b"<svg" in start:
        return "SVG"
    return "text" if _is_text(start) else "no image format known here"


def _is_text(start: bytes) -> bool:
    """Whether this is UTF-8 that can be read; its last character may be cut."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character.isspace() for character in text)
