"""The kinds of values that share buffers: one a type, and one a zone for datetimes."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal, NamedTuple

from cahier.time_zones import zone_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onelogic.odpf.values import Value

Base = Literal["null", "bool", "int", "digits", "float", "string", "date", "datetime"]


class Kind(NamedTuple):
    """What values have in common that can be stored together."""

    base: Base
    zone: str | None = None


NULL, INT, FLOAT, DATE = Kind("null"), Kind("int"), Kind("float"), Kind("date")
# What a schema may make of values: integers as text, datetimes without a zone and instants.
DIGITS, LOCAL, UTC = Kind("digits"), Kind("datetime"), Kind("datetime", "UTC")

_KINDS: dict[type, Kind] = {
    type(None): NULL,
    bool: Kind("bool"),
    int: INT,
    float: FLOAT,
    str: Kind("string"),
}


def kind_of(value: Value) -> Kind:
    """Give the kind of one value; of dates and datetimes there may be subclasses."""
    if isinstance(value, datetime):
        return _datetime_kind(value.tzinfo)
    return _KINDS.get(type(value), DATE)


def kinds_of(values: list[Value]) -> set[Kind]:
    """Give the kinds that occur, nulls aside; each type and each zone is looked at once."""
    types = set(map(type, values))
    kinds = {_KINDS.get(kind, DATE) for kind in types if not issubclass(kind, datetime)} - {NULL}
    if any(issubclass(kind, datetime) for kind in types):
        kinds |= _datetime_kinds(value for value in values if isinstance(value, datetime))
    return kinds


def _datetime_kinds(moments: Iterable[datetime]) -> set[Kind]:
    zones = {id(moment.tzinfo): moment.tzinfo for moment in moments}.values()
    return set(map(_datetime_kind, zones))


def _datetime_kind(zone: tzinfo | None) -> Kind:
    return Kind("datetime", None if zone is None else zone_name(zone))
