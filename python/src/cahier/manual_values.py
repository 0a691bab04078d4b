"""Gives the values of a column the representation that a person asked for, or the best fit.

A column converts whole where each of its values, missing ones aside, is the same value in the new
representation: nothing is rounded, guessed or left out. What is missing (None, NaN, NaT, and texts
in which Python and pandas write that, or of nothing but blanks) stays missing and fits anything.

- int: integers of any size; truth values, as 1 and 0; floats that are whole; texts of decimal
  digits, with a sign, blanks around them, or a point with zeros behind it.
- double: floats; truth values; integers that a float holds exactly, which are all up to 2**53;
  texts of decimal numbers such as "1.5e3" (read as Python reads them), "inf", and of such integers.
- datetime: datetimes, all with a zone or all without one; dates, as their midnight; texts of ISO
  8601 such as "2024-02-29" or "2024-02-29T12:30:00.5+01:00". Of several zones become UTC.
- string: everything, as Python writes it; dates and datetimes in ISO 8601.
- numeric: int, else double.

Texts that mean the same otherwise ("1,000", "1_000", "29.2.2024") are none of these.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from math import isinf
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from cahier.columns import is_exact_float
from cahier.json_values import any_integers
from cahier.texts import cut
from cahier.time_zones import nanosecond_of
from onelogic.odpf.values import NanosecondDatetime

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cahier._wire import Representation
    from cahier.value_kinds import Base
    from onelogic.odpf.values import Value

Given: TypeAlias = Literal["int", "double", "datetime", "string"]

# What is tried, in this order: the last one takes every value.
FITS: dict[Representation, tuple[Given, ...]] = {
    "int": ("int", "double", "string"),
    "double": ("double", "string"),
    "numeric": ("int", "double", "string"),
    "datetime": ("datetime", "string"),
    "string": ("string",),
}
# What a column holds that has no value.
BASES: dict[Given, Base] = {
    "int": "int",
    "double": "float",
    "datetime": "datetime",
    "string": "string",
}

_MISSING_TEXTS = frozenset({"", "nan", "nat", "none", "<na>"})
_INFINITE_TEXTS = frozenset({"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"})
# As many digits as Python reads without being asked.
_WHOLE = re.compile(r"([+-]?[0-9]{1,4300})(?:\.0*)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ](?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2}(?:[.,]([0-9]{1,9}))?)?"
    r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_MICROSECOND_DIGITS = 6
_FIRST_FINE_YEAR, _LAST_FINE_YEAR = 1678, 2261
_LONGEST_SHOWN = 60
_PLAIN_TYPES: dict[Given, type] = {"int": int, "double": float, "string": str}


class Misfit(NamedTuple):
    """The first value that does not fit, its row from 1."""

    row: int
    value: Value


class Fit(NamedTuple):
    """Values of one representation; the misfit is why it is no better one, None for the first."""

    values: list[Value]
    given: Given
    misfit: Misfit | None


class _MisfitError(Exception):
    """A value does not fit; where one value alone does not tell, its place in the column."""

    def __init__(self, place: int | None = None) -> None:
        super().__init__()
        self.place = place


def fitted(values: list[Value], asked: Representation) -> Fit:
    """Give the values in the representation, or in the best one that takes them all."""
    misfit: Misfit | None = None
    for given in FITS[asked]:
        converted = _converted(values, given)
        if not isinstance(converted, Misfit):
            return Fit(converted, given, misfit)
        misfit = converted
    message = f"every value is a text, but {misfit} is none"
    raise AssertionError(message)


def shown(value: Value) -> str:
    """Give a value as a message shows it: texts in quotes, and no more than a line of it."""
    if isinstance(value, str):
        return repr(cut(value, _LONGEST_SHOWN))
    with any_integers():
        return cut(str(_text_of(value)), _LONGEST_SHOWN)


def _converted(values: list[Value], given: Given) -> list[Value] | Misfit:
    plain = _PLAIN_TYPES.get(given)
    if plain is not None and set(map(type, values)) <= {plain, type(None)}:
        return values
    converted = _read_plain_texts(values, given) or []
    try:
        if not converted:
            convert = _CONVERTERS[given]
            with any_integers():
                # How far it came tells the row.
                for value in values:
                    converted.append(convert(value))
        if given == "datetime":
            _check_moments(converted)
    except _MisfitError as error:
        place = len(converted) if error.place is None else error.place
        return Misfit(place + 1, values[place])
    return converted


def _read_plain_texts(values: list[Value], given: Given) -> list[Value] | None:
    """Read a column of texts as most are written, which is fast; None where one is another."""
    plain = _PLAIN_TEXTS.get(given)
    texts = [value for value in values if isinstance(value, str)]
    if plain is None or len(texts) + values.count(None) < len(values):
        return None
    pattern, read = plain
    if not all(map(pattern.fullmatch, texts)):
        return None
    try:
        return [None if value is None else read(value) for value in values]
    except ValueError:
        return None


def _int_of(value: Value) -> int | None:
    if isinstance(value, str):
        value = value.strip()
        if (whole := _WHOLE.fullmatch(value)) is not None:
            return int(whole[1])
    elif isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    _check_missing(value)
    return None


def _double_of(value: Value) -> float | None:
    if isinstance(value, float):
        return value
    if isinstance(value, int):
        return _exact_float(value)
    if isinstance(value, str):
        value = value.strip()
        if (whole := _WHOLE.fullmatch(value)) is not None:
            return _exact_float(int(whole[1]))
        if value.lower() in _INFINITE_TEXTS:
            return float(value)
        if _DECIMAL.fullmatch(value) is not None:
            number = float(value)
            if isinf(number):
                raise _MisfitError
            return number
    _check_missing(value)
    return None


def _exact_float(number: int) -> float:
    if not is_exact_float(number):
        raise _MisfitError
    return float(number)


def _moment_of(value: Value) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as the date has no zone
    if isinstance(value, str):
        value = value.strip()
        if (match := _MOMENT.fullmatch(value)) is not None:
            return _read_moment(value, finer=(match[1] or "")[_MICROSECOND_DIGITS:].rstrip("0"))
    _check_missing(value)
    return None


def _read_moment(text: str, finer: str) -> datetime:
    """Read a text of ISO 8601; `finer` are the digits of its fraction beyond microseconds."""
    try:
        if not finer:
            return datetime.fromisoformat(text)
        moment = NanosecondDatetime.fromisoformat(text)
    except ValueError:
        raise _MisfitError from None
    moment.nanosecond = int(finer.ljust(3, "0"))
    return moment


def _check_moments(moments: Sequence[Value]) -> None:
    """Find datetimes that cannot stand in one column: with and without a zone, too far or fine."""
    if {*map(type, moments)} <= {datetime, type(None)} and len(_zones_of(moments)) <= 1:
        return
    present = [
        (place, moment) for place, moment in enumerate(moments) if isinstance(moment, datetime)
    ]
    has_zone = [moment.tzinfo is not None for _, moment in present]
    if len(set(has_zone)) > 1:
        raise _MisfitError(present[has_zone.index(not has_zone[0])][0])
    if any(nanosecond_of(moment) for _, moment in present):
        for place, moment in present:
            if not _FIRST_FINE_YEAR <= moment.year <= _LAST_FINE_YEAR:
                raise _MisfitError(place)


def _zones_of(moments: Sequence[Value]) -> set[int]:
    """Give the zones, by which of them they are; None is one."""
    return {id(moment.tzinfo) for moment in moments if isinstance(moment, datetime)}


def _text_of(value: Value) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    # NaN alone does not equal itself.
    return None if value is None or value != value else str(value)  # noqa: PLR0124


def _moment_text(moment: datetime) -> str:
    nanosecond = nanosecond_of(moment)
    if not nanosecond:
        return datetime.isoformat(moment)
    text = datetime.isoformat(moment, timespec="microseconds")
    end = len("2024-02-29T12:00:00.000000")
    return f"{text[:end]}{nanosecond:03}{text[end:]}"


def _check_missing(value: Value) -> None:
    """Check that a value is missing; texts come without blanks around them.

    Raises:
        _MisfitError: it is not.
    """
    is_missing = value.lower() in _MISSING_TEXTS if isinstance(value, str) else value != value  # noqa: PLR0124 - NaN
    if value is not None and not is_missing:
        raise _MisfitError


# Of fewer digits than a float loses any of; and no finer than microseconds.
_PLAIN_TEXTS: dict[Given, tuple[re.Pattern[str], Callable[[Any], Value]]] = {
    "int": (re.compile(r"[+-]?[0-9]{1,18}"), int),
    "double": (re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{0,20})?"), float),
    "datetime": (
        re.compile(
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
            r"(?:[T ](?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
            r"(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
        ),
        datetime.fromisoformat,
    ),
}
_CONVERTERS: dict[Given, Callable[[Value], Value]] = {
    "int": _int_of,
    "double": _double_of,
    "datetime": _moment_of,
    "string": _text_of,
}
