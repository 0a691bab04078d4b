"""Finds the content of an image, a film or a sound that is to be previewed."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from cahier.figures import draw
from cahier.media_types import ENOUGH_TO_TELL, media_type_of_content, media_type_of_name
from cahier.preview_problems import PreviewError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import FileSource, MediaSource
    from cahier.host import Host

LONGEST_PATH = 1_024
_LONGEST_SHOWN = 200
_UNKNOWN = "application/octet-stream"
_WHITESPACE = re.compile(r"\s")


def media_source(data: object, host: Host, mask: Callable[[str], str]) -> MediaSource:
    """Give the source that an http(s) or data URL, base64, a path, bytes or a Figure names.

    Secrets are hidden in what is told of a figure.

    Raises:
        PreviewError: it names nothing that can be shown.
    """
    if hasattr(data, "savefig"):
        drawn = draw(data)
        source: FileSource = {"mediaType": drawn.media_type, "data": host.keep(drawn.content)}
        drawn.describe(source, mask)
        return source
    if isinstance(data, (bytes, bytearray, memoryview)):
        # A film of hundreds of megabytes is copied out of Python's memory, and nowhere else.
        view = memoryview(data)
        content = view.cast("B") if view.c_contiguous else memoryview(bytes(view))
        start = bytes(content[:ENOUGH_TO_TELL])
        return {"mediaType": media_type_of_content(start) or _UNKNOWN, "data": host.keep(content)}
    if hasattr(data, "__fspath__"):
        data = str(data)
    if not isinstance(data, str):
        message = (
            "its data is a URL, base64, the path of a file or bytes, "
            f"and this is of type {type(data).__name__}"
        )
        raise PreviewError(message)
    return _source_of_text(data, host)


def existing_file(text: str) -> str | None:
    """Give the path of the file that a text names; None where it names none."""
    if not text or len(text) > LONGEST_PATH or "\n" in text or "\0" in text:
        return None
    is_url = text[:5].lower() == "file:"
    try:
        path = Path(unquote(urlsplit(text).path) if is_url else text).expanduser()
        return str(path) if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        # RuntimeError: "~~struck~~" begins as the home of somebody who is not known does.
        return None


def _source_of_text(text: str, host: Host) -> MediaSource:
    scheme = text[:8].lower()
    if scheme.startswith(("http://", "https://")):
        return {"url": text}
    if scheme.startswith("data:"):
        return _from_data_url(text, host)
    path = existing_file(text)
    if path is not None:
        return _from_file(path, host)
    content = _from_base64(text)
    media_type = None if content is None else media_type_of_content(content)
    if content is not None and media_type is not None:
        return {"mediaType": media_type, "data": host.keep(content)}
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    message = (
        f'there is no file "{shown}", and this is neither an http(s) or data URL nor base64 of a '
        "known format"
    )
    raise PreviewError(message)


def _from_file(path: str, host: Host) -> MediaSource:
    try:
        with Path(path).open("rb") as file:
            start = file.read(ENOUGH_TO_TELL)
        token = host.keep_file(path)
    except OSError as error:
        message = f'the file "{path}" cannot be read: {error}'
        raise PreviewError(message) from None
    media_type = media_type_of_name(path) or media_type_of_content(start) or _UNKNOWN
    return {"mediaType": media_type, "data": token}


def content_of_data_url(text: str) -> tuple[str, bytes]:
    """Give what a data URL says of its data, such as "text/html;charset=utf-8", and the data.

    Raises:
        PreviewError: it is a broken one.
    """
    head, comma, body = text.lstrip()[len("data:") :].partition(",")
    if not comma:
        message = "its data URL has no comma, behind which the data stands"
        raise PreviewError(message)
    if "base64" not in head.lower().split(";")[1:]:
        return head, unquote_to_bytes(body)
    content = _from_base64(unquote(body))
    if content is None:
        message = "the data of its data URL is no base64"
        raise PreviewError(message)
    return head, content


def _from_data_url(text: str, host: Host) -> MediaSource:
    head, content = content_of_data_url(text)
    media_type = head.partition(";")[0]
    found = media_type or media_type_of_content(content) or _UNKNOWN
    return {"mediaType": found, "data": host.keep(content)}


def _from_base64(text: str) -> bytes | None:
    packed = "".join(text.split()) if _WHITESPACE.search(text) else text
    missing = -len(packed) % 4
    try:
        return base64.b64decode(packed + "=" * missing if missing else packed, validate=True)
    except (binascii.Error, ValueError):
        return None
