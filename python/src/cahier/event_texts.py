"""JSON texts for the log: each of a bounded length, and none that cannot be made."""

from __future__ import annotations

import json
import reprlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from cahier.hiding import hide_in_json
from cahier.json_values import NoJsonError, json_text, json_text_in_ascii
from cahier.nesting import is_graph_deeper
from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cahier.secrets_mask import SecretsMask

LONGEST_ENTRY = 20_000
_BEGINNING = 1_000
_MOST_DEPTH = 6
_MOST_SUMMED_DEPTH = 500
_MOST_NAMES = 10


def entry_text(value: object, mask: SecretsMask) -> str:
    """Give the JSON of a value in at most 20,000 characters; what JSON lacks is described.

    Secrets are hidden before it is cut: half of one is known by nothing.
    """
    return _bounded(hide_in_json(text_of(value), mask), {})


def event_text(kind: str, fields: Mapping[str, object], mask: SecretsMask) -> str:
    """Give the JSON of an event of this type likewise; a giant one keeps its type alone."""
    event: dict[str, object] = {"type": kind}
    event.update(fields)
    return _bounded(hide_in_json(text_of(event), mask), {"type": kind})


def shortened(text: str) -> dict[str, object]:
    """Describe a text by its length and its beginning."""
    return {"characters": len(text), "beginning": text[:_BEGINNING]}


def described(value: object) -> object:
    """Describe a value that is not shown itself, by its type."""
    return f"<{type_name(type(value))}>"


def named_in_event(data: object) -> object:
    """Give what an event says of the data of a preview, which is kept by itself.

    A short text, number or path stands for itself, a short list for what is said of its items, and
    a longer text for its length: its beginning could hold the half of a secret, and a data URL one
    in disguise. Nothing that its class does makes this fail.
    """
    try:
        return _named_in_event(data)
    except Exception:  # noqa: BLE001 - all of this may be the script's own
        return described(data)


def _named_in_event(data: object) -> object:
    if isinstance(data, (str, PurePath)):
        text = str(data)
        is_told = len(text) <= _BEGINNING and text.lstrip()[:5].lower() != "data:"
        return text if is_told else {"characters": len(text)}
    if isinstance(data, (bytes, bytearray)):
        return {"bytes": len(data)}
    if data is None or isinstance(data, (int, float)):
        return data
    if isinstance(data, (list, tuple)) and len(data) <= _MOST_NAMES:
        return [
            described(each) if isinstance(each, (list, tuple)) else named_in_event(each)
            for each in data
        ]
    return described(data)


def summary_of(value: object, mask: Callable[[str], str], most_characters: int = 1_000) -> str:
    """Describe an object in a few words; nothing that its class does makes this fail."""
    if is_graph_deeper(value, _MOST_SUMMED_DEPTH):
        return "nested deeply"
    shorten = reprlib.Repr()
    shorten.maxstring = shorten.maxother = most_characters
    try:
        text = _size_of(value) or _attributes_of(value) or shorten.repr(value)
    except Exception as error:  # noqa: BLE001 - all of this may be the script's own
        text = f"no summary: {type(error).__name__}"
    return mask(text)[:most_characters]


def _size_of(value: Any) -> str:  # noqa: ANN401 - any object
    """Give the size of a table or an array, and the type of an array; "" of anything else."""
    shape = getattr(value, "shape", None)
    if not isinstance(shape, tuple) or not shape:
        return ""
    if hasattr(value, "columns"):
        return f"{shape[0]:,} rows, {len(value.columns):,} columns"
    sizes = " by ".join(f"{size:,}" for size in shape)
    return f"{sizes} of {value.dtype}" if hasattr(value, "dtype") else ""


def _attributes_of(value: object) -> str:
    """Give what an object holds whose class has no text for it but its address; else ""."""
    if type(value).__repr__ is not object.__repr__ or not getattr(value, "__dict__", None):
        return ""
    names = [str(name) for name in vars(value)]
    return f"holds {', '.join(names[:_MOST_NAMES])}{', …' if len(names) > _MOST_NAMES else ''}"


def text_of(value: object) -> str:
    """Give the JSON of a value, in which what JSON lacks is described."""
    try:
        return json_text(value)
    except NoJsonError:
        return json_text_in_ascii(_shown(value, 0))


def _shown(value: object, depth: int) -> object:
    """Give a copy of the value in which whatever JSON cannot hold is described."""
    if depth < _MOST_DEPTH:
        if isinstance(value, dict):
            return {_key(key): _shown(item, depth + 1) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [_shown(item, depth + 1) for item in value]
    try:
        json_text(value)
    except NoJsonError:
        return described(value)
    return value


def _key(key: object) -> str:
    return key if isinstance(key, str) else str(described(key) if key is not None else None)


def _bounded(text: str, kept: Mapping[str, object]) -> str:
    if len(text) <= LONGEST_ENTRY:
        return text
    return json.dumps({**kept, **shortened(text)}, ensure_ascii=False)
