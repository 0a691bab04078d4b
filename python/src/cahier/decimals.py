"""Numbers of Python for Decimals, which neither datasets nor checkpoints have."""

from __future__ import annotations

from decimal import Decimal
from math import isinf, nan

# As many as Python turns into text without being asked.
_MOST_DIGITS = 4_300


def number_of(value: Decimal) -> int | float:
    """Give a whole number as an integer, however long it is, and any other as a float.

    Raises:
        ValueError: it has too many digits.
    """
    # What a class derived from it has of its own is not asked.
    plain = Decimal(value)
    if plain.is_nan():
        return nan
    number = 0.0 if plain.is_zero() else _finite_or_infinite(plain)
    return -number if plain.is_zero() and plain.is_signed() else number


def is_rounded(value: Decimal, number: float) -> bool:
    """Say whether the number that stands for it has fewer digits."""
    plain = Decimal(value)
    return plain.is_finite() and plain != Decimal(repr(number))


def _finite_or_infinite(value: Decimal) -> int | float:
    if value.is_infinite():
        return float(value)
    if value.adjusted() >= _MOST_DIGITS:
        message = f"the Decimal has more than {_MOST_DIGITS:,} digits: store it as text, with str()"
        raise ValueError(message)
    whole = value.to_integral_value()
    number = float(value)
    return int(whole) if whole == value or isinf(number) else number
