"""Turns what `context.preview` takes into what the page shows.

The types are those of the OOCANA SDK: table, text, text/<subtype>, json, image, video, audio,
markdown, html, iframe, csv; anything else is shown as JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from cahier.event_texts import text_of
from cahier.hiding import hide_in_json
from cahier.json_values import json_value
from cahier.nesting import is_graph_deeper
from cahier.preview_charts import chart_json
from cahier.preview_media import media_source
from cahier.preview_pages import page
from cahier.preview_problems import PreviewError
from cahier.preview_sources import LONGEST_ADDRESS, NamedText, named_text, web_address
from cahier.preview_tables import is_table, table_preview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cahier._wire import PreviewPayload
    from cahier.host import Host
    from cahier.log import Log
    from cahier.secrets_mask import SecretsMask

_LONGEST_TEXT = 10_000_000
_MOST_DEPTH = 500
_TEXT_TYPES = ("table", "text", "markdown", "html", "csv", "json", "plotly", "vega-lite")
_JSON_TYPES = ("json", "plotly", "vega-lite", "other")
_LONG_JSON = (
    "its JSON has {:,} characters, and a preview shows {:,}, as a part of it would be no JSON. "
    "Show less, or write it into a file"
)
_LONG_SOURCE = "{} has more than {:,} characters, and a part of its JSON would be none. Show less"
_NO_JSON = "{} holds no JSON: {}"
_CUT_ROWS = (
    "A preview of type {} is cut after {:,} characters, at the end of a row: it shows {:,} at most."
)
# A field in quotes, which may hold newlines; one that nothing closes goes on to the end.
_QUOTED = re.compile(r'(?<![^,;\t\r\n])"[^"]*(?:""[^"]*)*"?')
_TELLING_ADDRESS = (
    "its address holds a secret, which would be kept with the notebook. Get the content in the "
    "script, and preview that"
)
_LONG_ADDRESS = f"its address has more than {LONGEST_ADDRESS:,} characters"
_NO_PREVIEW = (
    'context.preview(payload) takes {{"type": ..., "data": ...}}, a DataFrame or a figure, not {}.'
)


def type_of_preview(payload: object) -> str:
    """Name the type of what is to be previewed.

    Raises:
        TypeError: it is no preview at all.
    """
    if isinstance(payload, dict):
        if _is_specification(payload):
            return "vega-lite"
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


def preview_content(
    kind: str, payload: object, host: Host, log: Log, folders: Sequence[str]
) -> PreviewPayload:
    """Give the content of a preview of this type; secrets in texts are hidden.

    A text that lies in one of the folders is meant as a path. Rows that are left out are a warning.

    Raises:
        PreviewError: it cannot be shown, and why.
    """
    mask = log.mask
    is_wrapped = isinstance(payload, dict) and not _is_specification(payload)
    data = cast("dict[str, object]", payload).get("data") if is_wrapped else payload
    content = _content(kind, data, host, log, folders)
    texts = cast("dict[str, object]", content)
    hide = hide_in_json if content["type"] in _JSON_TYPES else _hide
    if "text" in texts:
        text = hide(str(texts["text"]), mask)
        if len(text) > _LONGEST_TEXT and content["type"] in _JSON_TYPES:
            raise PreviewError(_LONG_JSON.format(len(text), _LONGEST_TEXT))
        if len(text) > _LONGEST_TEXT and content["type"] == "csv":
            text = _whole_rows(text[:_LONGEST_TEXT])
            log.warn(_CUT_ROWS.format(kind, len(text), _LONGEST_TEXT))
        texts["text"] = host.keep(_bounded(text).encode(errors="backslashreplace"))
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
        if not isinstance(url, str):
            continue
        if len(url) > LONGEST_ADDRESS:
            raise PreviewError(_LONG_ADDRESS)
        if mask(url) != url:
            raise PreviewError(_TELLING_ADDRESS)


def _content(  # noqa: C901, PLR0911 - one for each type
    kind: str,
    data: Any,  # noqa: ANN401 - as above
    host: Host,
    log: Log,
    folders: Sequence[str],
) -> PreviewPayload:
    match kind:
        case "image":
            images = data if isinstance(data, (list, tuple)) else [data]
            sources = [media_source(image, host, log.mask) for image in images]
            return {"type": "image", "images": sources}
        case "video":
            return {"type": "video", "source": media_source(data, host, log.mask)}
        case "audio":
            return {"type": "audio", "source": media_source(data, host, log.mask)}
        case "iframe":
            return page(data, host, log, folders, _LONGEST_TEXT + 1)
    language = kind.removeprefix("text/") if kind.startswith("text/") else None
    if kind not in _TEXT_TYPES and not language:
        return {"type": "other", "name": kind, "text": text_of(data)}
    url = web_address(data)
    if url is not None:
        shown_as = {"table": "csv"}.get(kind, kind) if language is None else "text"
        return {"type": "remote", "shownAs": shown_as, "language": language, "url": url}
    named = named_text(data, kind, folders, log, _LONGEST_TEXT + 1)
    match kind:
        case "table":
            if named is None:
                return table_preview(data, host.keep, log.mask)
            return {"type": "csv", "text": named.text}
        case "plotly" | "vega-lite" if named is None and not isinstance(data, str):
            return {"type": kind, "text": chart_json(kind, data)}
        case "json" | "plotly" | "vega-lite":
            return {"type": kind, "text": _json(data) if named is None else _named_json(named)}
    text = _text(data) if named is None else named.text
    match kind:
        case "markdown" | "html" | "csv":
            return {"type": kind, "text": text}
    return {"type": "text", "language": language, "text": text}


def _is_plotly(payload: object) -> bool:
    return hasattr(payload, "to_plotly_json") and hasattr(payload, "to_json")


def _is_specification(payload: dict[str, Any]) -> bool:
    """Tell a specification of Vega-Lite or Vega, which names its schema, from a wrapped one."""
    schema = payload.get("$schema")
    return "type" not in payload and isinstance(schema, str) and "/schema/vega" in schema


def _is_altair(payload: object) -> bool:
    is_of_altair = type(payload).__module__.partition(".")[0] == "altair"
    return is_of_altair and hasattr(payload, "to_json")


def _text(data: object) -> str:
    if isinstance(data, (bytes, bytearray)):
        return bytes(data).decode(errors="replace")
    if not isinstance(data, str) and is_graph_deeper(data, _MOST_DEPTH):
        message = "its data is nested too deeply"
        raise PreviewError(message)
    return str(data)


def _json(data: object) -> str:
    """Give JSON; a text that is the JSON of an object or a list is that."""
    if isinstance(data, str):
        try:
            if isinstance(json_value(data), (dict, list)):
                return data
        except (ValueError, RecursionError):
            pass
    return text_of(data)


def _named_json(named: NamedText) -> str:
    if len(named.text) > _LONGEST_TEXT:
        raise PreviewError(_LONG_SOURCE.format(named.place, _LONGEST_TEXT))
    try:
        json_value(named.text)
    except RecursionError:
        raise PreviewError(_NO_JSON.format(named.place, "it is nested too deeply")) from None
    except ValueError as error:
        raise PreviewError(_NO_JSON.format(named.place, error)) from None
    return named.text


def _bounded(text: str) -> str:
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[:_LONGEST_TEXT]}\n… (cut: a preview shows {_LONGEST_TEXT:,} characters)"


def _whole_rows(text: str) -> str:
    """Give the rows of a CSV text that its end does not cut, or all of it where there is none."""
    end = text.rfind("\n")
    fields = [
        field.span() for field in _QUOTED.finditer(text) if text.find("\n", *field.span()) >= 0
    ]
    for start, stop in reversed(fields):
        if start < end < stop:
            end = text.rfind("\n", 0, start)
    return text[: end + 1] or text
