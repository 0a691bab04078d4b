"""Finds the text of a preview: at a path, in a data URL, on another host, or in its data itself."""

from __future__ import annotations

import codecs
import io
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple
from urllib.parse import urlsplit

from cahier.preview_files import named_file
from cahier.preview_media import content_of_data_url
from cahier.preview_problems import PreviewError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cahier.log import Log

LONGEST_ADDRESS = 10_000
_LONGEST_HEAD = 200
# https://www.rfc-editor.org/rfc/rfc2397; a text that only begins with the word is none.
_DATA_URL = re.compile(
    r"data:(?:[\w.+-]+/[\w.+-]+)?(?:;[\w-]+(?:=[^;,\s]*)?)*(?:,|\Z)", re.IGNORECASE
)
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_TYPES_OF_TEXT = re.compile(
    r"text/.*|(?:application|image)/(?:.*[+.-])?(?:json|xml|javascript|yaml|toml|sql)",
    re.IGNORECASE,
)
_NO_TEXT = "{} holds no text"
_NO_SUCH_TEXT = (
    'A preview of type {} shows "\N{REPLACEMENT CHARACTER}" where {} is not {}. '
    "Read it with its encoding in the script, and preview that."
)


class NamedText(NamedTuple):
    """A text that the data of a preview names, and what to call the place that it is from."""

    text: str
    place: str


def named_text(
    data: object, kind: str, folders: Sequence[str], log: Log, most_characters: int
) -> NamedText | None:
    """Give the text at a path or in a data URL, or its beginning; None where data is none of both.

    What does not fit its encoding becomes replacement characters, with a warning.

    Raises:
        PreviewError: there is no such file, or it holds no text; the data URL is a broken one.
    """
    if isinstance(data, str) and is_data_url(data):
        head, content = content_of_data_url(data)
        place, encoding = f'its data URL, "{head[:_LONGEST_HEAD]}",', _encoding_of(head)
        media_type = head.partition(";")[0]
        if media_type and not _TYPES_OF_TEXT.fullmatch(media_type):
            raise PreviewError(_NO_TEXT.format(place))
        read = partial(_read, lambda _mode: io.BytesIO(content), encoding, most_characters)
    else:
        path = named_file(data, kind, folders)
        if path is None:
            return None
        place, encoding = f'the file "{path}"', "utf-8-sig"
        read = partial(_read, Path(path).open, encoding, most_characters)
    try:
        text = read("replace")
    except OSError as error:
        message = f"{place} cannot be read: {error}"
        raise PreviewError(message) from None
    if "\0" in text:
        raise PreviewError(_NO_TEXT.format(place))
    if "\N{REPLACEMENT CHARACTER}" in text:
        try:
            read("strict")
        except UnicodeError:
            log.warn(_NO_SUCH_TEXT.format(kind, place, encoding.upper().removesuffix("-SIG")))
    return NamedText(text, place)


def is_data_url(text: str) -> bool:
    """Whether a text is a data URL, which may be a broken one."""
    return _DATA_URL.match(text.lstrip()) is not None


def web_address(data: object) -> str | None:
    """Give the http(s) URL that all of a text is; None where it is none."""
    if not isinstance(data, str) or _WEB.match(data) is None:
        return None
    text = data.strip()
    try:
        address = urlsplit(text)
    except ValueError:
        return None
    return text if address.netloc and len(text.split()) == 1 else None


def _encoding_of(head: str) -> str:
    found = re.search(r";charset=\"?([^;\"]+)", head, re.IGNORECASE)
    name = found[1] if found else "utf-8"
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except LookupError:
        message = f'its data URL names an encoding that is not known: "{name[:_LONGEST_HEAD]}"'
        raise PreviewError(message) from None


def _read(
    open_source: Callable[[Literal["rb"]], BinaryIO],
    encoding: str,
    most_characters: int,
    errors: str,
) -> str:
    with io.TextIOWrapper(open_source("rb"), encoding, errors) as source:
        return source.read(most_characters)
