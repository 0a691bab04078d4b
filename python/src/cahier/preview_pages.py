"""Finds what a preview of type iframe shows: a page of the web, or what a browser would show."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from cahier.media_types import media_type_of_name
from cahier.preview_files import named_file
from cahier.preview_media import media_source
from cahier.preview_problems import PreviewError
from cahier.preview_sources import is_data_url, named_text, web_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cahier._wire import PreviewPayload
    from cahier.host import Host
    from cahier.log import Log

_LONGEST_SHOWN = 200
_HTML = ("text/html", "application/xhtml+xml", "image/svg+xml")
_SUFFIXES_OF_PAGES = ("", ".html", ".htm", ".xhtml", ".svg")


def page(
    data: object, host: Host, log: Log, folders: Sequence[str], most_characters: int
) -> PreviewPayload:
    """Give what stands at an http(s) or data URL, or at a path: HTML, else a medium or a text.

    Raises:
        PreviewError: there is nothing of that, or it is nothing that is shown.
    """
    url = web_address(data)
    if url is not None:
        return {"type": "iframe", "url": url}
    media_type = _media_type(data, folders)
    if media_type is None:
        message = (
            "its data is an http(s) or data URL or the path of a file, not "
            f'{repr(data)[:_LONGEST_SHOWN]}. HTML itself is shown by a preview of type "html"'
        )
        raise PreviewError(message)
    if media_type not in _HTML:
        match media_type.partition("/")[0]:
            case "image":
                return {"type": "image", "images": [media_source(data, host, log.mask)]}
            case "video":
                return {"type": "video", "source": media_source(data, host, log.mask)}
            case "audio":
                return {"type": "audio", "source": media_source(data, host, log.mask)}
    named = named_text(data, "iframe", folders, log, most_characters)
    text = "" if named is None else named.text
    if media_type in _HTML:
        return {"type": "html", "text": text}
    return {"type": "text", "language": None, "text": text}


def _media_type(data: object, folders: Sequence[str]) -> str | None:
    """Give the media type of a data URL or of a file; None where this is none of both."""
    if isinstance(data, str) and is_data_url(data):
        media_type = data.lstrip()[len("data:") :].partition(",")[0].partition(";")[0]
        return media_type.lower() or "text/plain"
    path = named_file(data, "iframe", folders)
    if path is None:
        return None
    if PurePath(path).suffix.lower() in _SUFFIXES_OF_PAGES:
        return "text/html"
    return media_type_of_name(path) or "text/plain"
