"""The value of a data checkpoint as a text that keeps its type, and that a person can edit.

An integer is decimal digits, a number what Python writes, a boolean "true" or "false", a date and a
datetime are ISO 8601, with the name of the time zone in brackets behind it where it has one.
Anything else that a field can hold is JSON.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from math import isnan
from typing import TYPE_CHECKING, Any

from cahier.decimals import number_of
from cahier.json_values import NoJsonError, any_integers, json_text, json_value
from cahier.row_schema import is_null_type
from cahier.time_zones import find_zone, zone_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire_statement import CheckpointType, CheckpointValue

_OFFSET_TOO = "write its offset too, such as 2026-03-31T18:00:00+02:00[Europe/Berlin]"
_ZONED = re.compile(r"(.*)\[(.+)\]")


def checkpoint_of(value: object) -> CheckpointValue | None:
    """Give the text of a value; None where there is none.

    Raises:
        NoJsonError: it is of a type that no field can hold.
    """
    if is_null_type(type(value)):
        return None
    if hasattr(value, "dtype") and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, Decimal):
        try:
            value = number_of(value)
        except ValueError as error:
            message = f"is too long: {error}"
            raise NoJsonError(message) from None
    if isinstance(value, float) and isnan(value):
        return None
    for kind, types, write in _WRITERS:
        if isinstance(value, types):
            with any_integers():
                return {"type": kind, "text": write(value)}
    return {"type": "json", "text": json_text(value)}


def value_of_checkpoint(checkpoint: CheckpointValue) -> object:
    """Give the value itself.

    Raises:
        ValueError: the text does not fit its type; both are named.
    """
    kind, text = checkpoint["type"], checkpoint["text"]
    try:
        with any_integers():
            return _READERS[kind](text.strip() if kind != "string" else text)
    except (ValueError, OverflowError) as error:
        message = f"The data checkpoint {text!r} is no {kind}: {error}"
        raise ValueError(message) from None


def _write_datetime(moment: datetime.datetime) -> str:
    plain = datetime.datetime.isoformat(moment)
    return plain if moment.tzinfo is None else f"{plain}[{zone_name(moment.tzinfo)}]"


def _read_datetime(text: str) -> datetime.datetime:
    zoned = _ZONED.fullmatch(text)
    if not zoned:
        return datetime.datetime.fromisoformat(text)
    moment = datetime.datetime.fromisoformat(zoned[1])
    zone = find_zone(zoned[2])
    # A person may leave the offset out, which the zone knows.
    if moment.tzinfo is None:
        if zone is None:
            message = f'the time zone "{zoned[2]}" is not known here: {_OFFSET_TOO}'
            raise ValueError(message)
        return moment.replace(tzinfo=zone)
    # What is known of zones comes with pandas: without it the offset holds.
    return moment if zone is None else moment.astimezone(zone)


def _read_boolean(text: str) -> bool:
    if text not in ("true", "false"):
        message = 'it is neither "true" nor "false"'
        raise ValueError(message)
    return text == "true"


# The first that fits: a truth value is an integer to Python, and a datetime a date.
_WRITERS: list[tuple[CheckpointType, type | tuple[type, ...], Callable[[Any], str]]] = [
    ("boolean", bool, lambda value: "true" if value else "false"),
    ("integer", int, lambda value: str(int(value))),
    ("number", float, lambda value: repr(float(value))),
    ("string", str, str),
    ("datetime", datetime.datetime, _write_datetime),
    ("date", datetime.date, datetime.date.isoformat),
]

_READERS: dict[CheckpointType, Callable[[str], Any]] = {
    "boolean": _read_boolean,
    "integer": int,
    "number": float,
    "string": str,
    "datetime": _read_datetime,
    "date": datetime.date.fromisoformat,
    "json": json_value,
}
