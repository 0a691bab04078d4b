"""Random columns for the rules of "Manual TI", and what they ought to become in other words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from math import inf, isnan, nan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from cahier._wire import Representation
    from onelogic.odpf.values import Value

ASKED: tuple[Representation, ...] = ("string", "int", "double", "datetime", "numeric")
CHAINS = {
    "int": ["int", "double", "string"],
    "numeric": ["int", "double", "string"],
    "double": ["double", "string"],
    "datetime": ["datetime", "string"],
    "string": ["string"],
}
_BERLIN = timezone(timedelta(hours=1))
_MISSING: list[Value] = [None, None, nan, "", "  ", "nan", "NaT", "None", "<NA>"]
_POOLS: dict[str, list[Value]] = {
    "small integers": [0, 1, -7, 2**53, -(2**53), 2**62],
    "large integers": [2**53 + 1, 2**63, 2**64, 10**30, -(10**400)],
    "whole floats": [0.0, -2.0, 1e15, 2.0**70, 1e300],
    "floats": [0.5, -1e-9, inf, -inf],
    "truth": [True, False],
    "texts of digits": ["1", " -2 ", "+3", "007", "4.0", "5.", "9" * 16, "9" * 30],
    "texts of numbers": ["1.5", ".5", "1e3", "-2E-2", "inf", "-Infinity", "1e999"],
    "dates": [date(2024, 2, 29), date(1, 1, 1)],
    "local times": [datetime(2024, 2, 29, 12), datetime(9999, 12, 31, 23, 59, 59, 999_999)],
    "instants": [datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=_BERLIN)],
    "texts of times": ["2024-02-29", "2024-02-29 12:00", " 2024-02-29T12:00:00.25 "],
    "texts of instants": ["2024-02-29T12:00:00Z", "2024-02-29T12:00+01:00"],
    "other texts": ["x", "1,5", "1_000", "2024-02-30", "True", "٣", "é😀"],
}


def random_column(random: Random) -> list[Value]:
    """Make a column of values of one to three sorts, some of them missing."""
    sorts = random.sample(sorted(_POOLS), random.choice([1, 1, 1, 2, 3]))
    pool = [value for sort in sorts for value in _POOLS[sort]]
    if random.random() < 0.4:
        pool += random.sample(_MISSING, 2)
    return [random.choice(pool) for _ in range(random.randrange(8))]


def is_missing(value: Value, given: str) -> bool:
    """Say whether a value is missing, as seen from a representation: texts keep every text."""
    if isinstance(value, str):
        return given != "string" and value.strip().lower() in ("", "nan", "nat", "none", "<na>")
    return value is None or (isinstance(value, float) and isnan(value))


def number_of(value: Value) -> Fraction | float | None:
    """Give the number that a value means exactly; None for one that means none."""
    if isinstance(value, str):
        text = value.strip().lower()
        if re.fullmatch(r"[+-]?inf(inity)?", text):
            return float(text)
        is_number = re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", text, re.ASCII)
        return Fraction(text.replace(".e", ".0e").removesuffix(".")) if is_number else None
    if isinstance(value, float):
        return value if value in (inf, -inf) else Fraction(value)
    return Fraction(value) if isinstance(value, int) else None


def moment_of(value: Value) -> datetime | None:
    """Give the moment that a value means; None for one that means none."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    try:
        return datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def fits(value: Value, given: str) -> bool:
    """Say whether a value that is not missing is the same in a representation."""
    if given == "string":
        return True
    if given == "datetime":
        return moment_of(value) is not None
    number = number_of(value)
    if number is None:
        return False
    is_spelled = isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d+(\.0*)?\s*", value) is None
    if given == "int":
        return isinstance(number, Fraction) and number.denominator == 1 and not is_spelled
    try:
        return float(number) == number or (is_spelled and isinstance(number, Fraction))
    except OverflowError:
        return False


def expected(values: list[Value], asked: Representation) -> tuple[str, int | None]:
    """Give what a column becomes, and the place of the value for which it is nothing better."""
    first_misfit: int | None = None
    for given in CHAINS[asked]:
        present = [
            (place, value) for place, value in enumerate(values) if not is_missing(value, given)
        ]
        misfits = [place for place, value in present if not fits(value, given)]
        if given == "datetime" and not misfits:
            zoned = [moment.tzinfo is not None for _, v in present if (moment := moment_of(v))]
            if len(set(zoned)) > 1:
                misfits = [present[zoned.index(not zoned[0])][0]]
        if not misfits:
            return given, first_misfit
        first_misfit = misfits[0]
    message = "every value is a text"
    raise AssertionError(message)
