"""Turns what `context.preview` takes into what the page shows.

The types are those of the OOCANA SDK: table, text, text/<subtype>, json, image, video, audio,
markdown, html, iframe, csv; anything else is shown as JSON.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from cahier.event_texts import text_of
from cahier.hiding import hide_in_json
from cahier.json_values import json_value
from cahier.nesting import is_graph_deeper
from cahier.preview_media import drawn, existing_file, media_source
from cahier.preview_problems import PreviewError
from cahier.preview_tables import is_table, table_preview

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import PreviewPayload
    from cahier.host import Host
    from cahier.secrets_mask import SecretsMask

_LONGEST_TEXT = 10_000_000
_LONGEST_SHOWN = 200
_MOST_DEPTH = 500
_JSON_TYPES = ("json", "plotly", "vega-lite", "other")
_LONG_JSON = (
    "its JSON has {:,} characters, and a preview shows {:,}, as a part of it would be no JSON. "
    "Show less, or write it into a file"
)
_TELLING_ADDRESS = (
    "its address holds a secret, which would be kept with the notebook. Get the content in the "
    "script, and preview that"
)
_NO_PREVIEW = (
    'context.preview(payload) takes {{"type": ..., "data": ...}}, a DataFrame or a figure, not {}.'
)


def type_of_preview(payload: object) -> str:
    """Name the type of what is to be previewed.

    Raises:
        TypeError: it is no preview at all.
    """
    if isinstance(payload, dict):
        kind = payload.get("type")
        if not isinstance(kind, str) or not kind:
            raise TypeError(_NO_PREVIEW.format('a dict without a text under "type"'))
        return kind
    if hasattr(payload, "savefig"):
        return "image"
    if _is_plotly(payload):
        return "plotly"
    if _is_altair(payload):
        return "vega-lite"
    if is_table(payload):
        return "table"
    raise TypeError(_NO_PREVIEW.format(type(payload).__name__))


def preview_content(kind: str, payload: object, host: Host, mask: SecretsMask) -> PreviewPayload:
    """Give the content of a preview of this type; secrets in texts are hidden.

    Raises:
        PreviewError: it cannot be shown, and why.
    """
    data = payload.get("data") if isinstance(payload, dict) else payload
    content = _content(kind, data, host, mask)
    texts = cast("dict[str, object]", content)
    hide = hide_in_json if content["type"] in _JSON_TYPES else _hide
    if "text" in texts:
        text = hide(str(texts["text"]), mask)
        if len(text) > _LONGEST_TEXT and content["type"] in _JSON_TYPES:
            raise PreviewError(_LONG_JSON.format(len(text), _LONGEST_TEXT))
        texts["text"] = _bounded(text)
    for key in ("name", "language"):
        if isinstance(texts.get(key), str):
            texts[key] = mask(str(texts[key]))
    _check_addresses(content, mask)
    return content


def _hide(text: str, mask: SecretsMask) -> str:
    return mask(text)


def _check_addresses(content: PreviewPayload, mask: Callable[[str], str]) -> None:
    parts = cast("dict[str, Any]", content)
    sources = [parts, parts.get("source"), *parts.get("images", [])]
    for source in sources:
        url = source.get("url") if isinstance(source, dict) else None
        if isinstance(url, str) and mask(url) != url:
            raise PreviewError(_TELLING_ADDRESS)


def _content(kind: str, data: Any, host: Host, mask: Callable[[str], str]) -> PreviewPayload:  # noqa: ANN401, C901, PLR0911 - as above; one for each type
    match kind:
        case "table":
            if isinstance(data, str) and existing_file(data) is not None:
                return {"type": "csv", "text": _text(data)}
            return table_preview(data, host.keep, mask)
        case "image":
            images = data if isinstance(data, (list, tuple)) else [data]
            return {"type": "image", "images": [media_source(image, host) for image in images]}
        case "video":
            return {"type": "video", "source": media_source(data, host)}
        case "audio":
            return {"type": "audio", "source": media_source(data, host)}
        case "iframe":
            return {"type": "iframe", "url": _web_address(data)}
        case "json":
            return {"type": "json", "text": _json(data)}
        case "markdown" | "html" | "csv":
            return {"type": kind, "text": _text(data)}
        case "plotly" | "vega-lite" if not isinstance(data, (str, dict)):
            return {"type": kind, "text": str(data.to_json())}
        case "plotly" | "vega-lite":
            return {"type": kind, "text": _json(data)}
        case "text":
            return {"type": "text", "language": None, "text": _text(data)}
    if kind.startswith("text/") and kind != "text/":
        return {"type": "text", "language": kind.removeprefix("text/"), "text": _text(data)}
    return {"type": "other", "name": kind, "text": text_of(data)}


def figure_image(figure: object, host: Host) -> PreviewPayload:
    """Give the preview of a matplotlib Figure."""
    return {
        "type": "image",
        "images": [{"mediaType": "image/png", "data": host.keep(drawn(figure))}],
    }


def _is_plotly(payload: object) -> bool:
    return hasattr(payload, "to_plotly_json") and hasattr(payload, "to_json")


def _is_altair(payload: object) -> bool:
    is_of_altair = type(payload).__module__.partition(".")[0] == "altair"
    return is_of_altair and hasattr(payload, "to_json")


def _text(data: object) -> str:
    """Give a text, or the content of the file that it names."""
    if isinstance(data, (bytes, bytearray)):
        return bytes(data).decode(errors="replace")
    if hasattr(data, "__fspath__"):
        data = str(data)
    if not isinstance(data, str):
        if is_graph_deeper(data, _MOST_DEPTH):
            message = "its data is nested too deeply"
            raise PreviewError(message)
        return str(data)
    path = existing_file(data)
    if path is None:
        return data
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            return file.read(_LONGEST_TEXT + 1)
    except OSError as error:
        message = f'the file "{path}" cannot be read: {error}'
        raise PreviewError(message) from None


def _json(data: object) -> str:
    """Give JSON; a text that is the JSON of an object or a list, or names a file, is that."""
    if isinstance(data, str):
        text = _text(data)
        try:
            if isinstance(json_value(text), (dict, list)):
                return text
        except (ValueError, RecursionError):
            pass
    return text_of(data)


def _web_address(data: object) -> str:
    if isinstance(data, str):
        try:
            address = urlsplit(data.strip())
        except ValueError:
            address = urlsplit("")
        if address.scheme in ("http", "https") and address.netloc:
            return data.strip()
    message = f"its data is an http or https URL, not {repr(data)[:_LONGEST_SHOWN]}"
    raise PreviewError(message)


def _bounded(text: str) -> str:
    if len(text) <= _LONGEST_TEXT:
        return _characters(text)
    return (
        _characters(text[:_LONGEST_TEXT])
        + f"\n… (cut: a preview shows {_LONGEST_TEXT:,} characters)"
    )


def _characters(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
