"""Arrow bitmaps: one bit a value, least significant bit first."""

from collections.abc import Sequence
from itertools import repeat
from operator import is_not

_DIGITS = bytes.maketrans(b"\x00\x01", b"01")


def pack_bits(flags: bytes) -> bytes:
    """Pack bytes of 0 and 1 into a bitmap of ceil(n / 8) bytes, in linear time."""
    if not flags:
        return b""
    digits = flags.translate(_DIGITS)[::-1]
    return int(digits, 2).to_bytes((len(flags) + 7) // 8, "little")


def validity_of(values: Sequence[object]) -> tuple[int, bytes | None]:
    """Count the Nones and mark them with 0; there is no bitmap where there are none."""
    present = bytes(map(is_not, values, repeat(None)))
    null_count = present.count(0)
    return null_count, pack_bits(present) if null_count else None
