"""Which values a dataset holds, and how other spellings of them become plain Python values.

The supported types are int, float, str, bool, datetime and date; None, NaN, NaT and pandas.NA are
missing values. Subclasses of these types and the scalars of numpy and pandas that mean the same
are taken as well.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy import datetime64, generic

Value: TypeAlias = bool | int | float | str | date | datetime | None
"""A datetime may carry `nanosecond`, as a pandas Timestamp does, beside its microseconds."""

_PLAIN_TYPES = frozenset({type(None), bool, int, float, str, date, datetime})


class UnsupportedValueError(TypeError):
    """A value of a type that no dataset holds."""

    def __init__(self, column: str, row: int, type_name: str) -> None:
        """Name the column, the row (from 1) and the type."""
        super().__init__(
            f'Column "{column}", row {row}: values of type {type_name} are not supported. '
            "Convert them to int, float, str, bool, datetime, date or None."
        )


class NanosecondDatetime(datetime):
    """A datetime that carries nanoseconds (0 to 999) beyond its microseconds."""

    nanosecond = 0


def supported_values(column: str, values: list[object]) -> list[Value]:
    """Give the values as plain Python values; datetimes may be of a subclass with `nanosecond`.

    Raises:
        UnsupportedValueError: the first value that is of no supported type.
    """
    types = set(map(type, values))
    if types <= _PLAIN_TYPES:
        return values  # type: ignore[return-value] # just checked
    converters = {kind: _converter(kind) for kind in types}
    plain: list[Value] = []
    for row, value in enumerate(values, start=1):
        try:
            plain.append(converters[type(value)](value))
        except TypeError:
            raise UnsupportedValueError(column, row, type_name(type(value))) from None
    return plain


def type_name(kind: type) -> str:
    """Give the name of a type as a reader of the code knows it, such as "decimal.Decimal"."""
    if kind.__module__ in ("builtins", "__main__"):
        return kind.__qualname__
    return f"{kind.__module__.partition('.')[0]}.{kind.__qualname__}"


def _converter(kind: type) -> Callable[[Any], Value]:
    """Give the function that makes a plain value of one of this type."""
    for base, convert in _CONVERTERS.items():
        if issubclass(kind, base):
            return convert
    numpy = sys.modules.get("numpy")
    if numpy is not None and issubclass(kind, numpy.generic):
        return _from_numpy_datetime if issubclass(kind, numpy.datetime64) else _from_numpy_scalar
    pandas = sys.modules.get("pandas")
    if pandas is not None and kind is type(pandas.NA):
        return _missing
    return _refuse


def _unchanged(value: date) -> date:
    return value


def _missing(_value: object) -> None:
    return None


def _refuse(_value: object) -> Value:
    raise TypeError


def _from_datetime(value: datetime) -> datetime | None:
    """NaT is a datetime too, and the only one that does not equal itself."""
    return value if value == value else None  # noqa: PLR0124


def _from_numpy_scalar(value: generic) -> Value:
    """Take truth values and numbers; not time spans, complex or numbers wider than a float."""
    plain: Value = value.item()
    if value.dtype.kind in "biuf" and type(plain) in _PLAIN_TYPES:
        return plain
    return _refuse(value)


def _from_numpy_datetime(value: datetime64) -> date | datetime | None:
    plain: date | int | None = value.item()
    if plain is None or isinstance(plain, date):
        return plain
    if value.dtype != "datetime64[ns]":
        raise TypeError
    microseconds, nanosecond = divmod(plain, 1000)
    moment = NanosecondDatetime(1970, 1, 1) + timedelta(microseconds=microseconds)
    moment.nanosecond = nanosecond
    return moment


# In this order: a datetime is a date as well.
_CONVERTERS: dict[type, Callable[[Any], Value]] = {
    type(None): _missing,
    bool: bool,
    int: int.__int__,
    float: float.__float__,
    str: str.__str__,
    datetime: _from_datetime,
    date: _unchanged,
}
