"""Finds tokens that are known by their hashes alone, however many there are."""

from __future__ import annotations

import re

# The page waits for the import of this module, and that of hashlib takes 7 ms.
from _blake2 import blake2s  # type: ignore[import] # mypy has no stubs for it
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A JSON Web Token that is signed by ES256. The last character of a signature has four bits to fill.
_TOKEN = re.compile(r"eyJ[\w-]+\.(eyJ[\w-]+)\.([\w-]{85}[AQgw])", re.ASCII)
# What every JSON object begins with, spelled as base64.
_ANCHOR = "eyJ"
_START = 20
_SIGNATURE = 86
_PIECE = 1_000_000
_LAST = re.compile("[AQgw]")
# The characters that a signature can have as one letter, and the others as another: a row of equal
# letters is found many times as fast as one of any of several.
_OF_A_PART = re.compile(rb"[\w-]")
_KINDS = bytes(ord("x" if _OF_A_PART.match(bytes([code])) else " ") for code in range(256))
_ROW = b"x" * _SIGNATURE
_END = re.compile(r"[\w.-]*\Z", re.ASCII)


class KnownTokens:
    """Tokens of one form; a text that holds them takes no longer for many of them than for one.

    A whole token, and its claims, are looked for where an object begins in base64. A signature,
    which begins with anything, is looked for where enough characters in a row could be one.
    """

    def __init__(self) -> None:
        """Know no token."""
        self._hashes: set[bytes] = set()
        # How long what begins so can be, the longest first.
        self._lengths: dict[str, list[int]] = {}
        # Of signatures, one character to three.
        self._beginnings: set[str] = set()

    def add(self, token: str) -> bool:
        """Know this token from here on; false where it has another form, and is not known."""
        match = _TOKEN.fullmatch(token)
        if not match:
            return False
        claims, signature = match.groups()
        self._hashes |= {_hash(part) for part in (token, claims, signature)}
        for part in (token, claims):
            lengths = self._lengths.setdefault(part[:_START], [])
            lengths[:] = sorted({*lengths, len(part)}, reverse=True)
        self._beginnings |= {signature[:length] for length in (1, 2, 3)}
        return True

    @property
    def is_empty(self) -> bool:
        """Whether no token is known."""
        return not self._hashes

    @property
    def longest(self) -> int:
        """How many characters the longest of them has."""
        return max((lengths[0] for lengths in self._lengths.values()), default=0)

    def hide(self, text: str, masked: str) -> str:
        """Give the text with another in the place of each token, its claims or signature."""
        text = _replaced(text, self._claims_in(text), masked)
        return _replaced(text, self._signatures_in(text), masked)

    def has_claims_in(self, data: bytes) -> bool:
        """Say whether the claims of a token stand in the bytes.

        Its signature is of no use without them, and to look for that would take long.
        """
        return any(True for _ in self._claims_in(data.decode("latin-1")))

    def may_go_on(self, text: str) -> bool:
        """Say whether the text ends with what can be the beginning of a token or a part of it."""
        end = _END.search(text[-self.longest :] if self.longest else "")
        tail = end[0] if end else ""
        return self._may_be_claims(tail) or self._may_be_signature(tail[1 - _SIGNATURE :])

    def _may_be_claims(self, tail: str) -> bool:
        starts = (tail[at:] for at in range(len(tail)) if _ANCHOR.startswith(tail[at : at + 3]))
        return any(
            len(start) < lengths[0] and begin.startswith(start[:_START])
            for start in starts
            for begin, lengths in self._lengths.items()
        )

    def _may_be_signature(self, tail: str) -> bool:
        return any(tail[at : at + 3] in self._beginnings for at in range(len(tail)))

    def _claims_in(self, text: str) -> Iterator[tuple[int, int]]:
        at = text.find(_ANCHOR)
        while at >= 0:
            end = at + 1
            for length in self._lengths.get(text[at : at + _START], ()):
                if self._knows(text[at : at + length]):
                    end = at + length
                    yield at, end
                    break
            at = text.find(_ANCHOR, end)

    def _signatures_in(self, text: str) -> Iterator[tuple[int, int]]:
        if len(text) < _SIGNATURE or self.is_empty:
            return
        rest = 0
        # A giant text is not held a second time.
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE + _SIGNATURE - 1]
            for at in self._signature_starts(piece):
                if start + at >= rest:
                    rest = start + at + _SIGNATURE
                    yield start + at, rest

    def _signature_starts(self, piece: str) -> Iterator[int]:
        kinds = piece.encode("ascii", "replace").translate(_KINDS)
        start = kinds.find(_ROW)
        while start >= 0:
            end = kinds.find(b" ", start)
            end = len(piece) if end < 0 else end
            for last in _LAST.finditer(piece, start + _SIGNATURE - 1, end):
                at = last.end() - _SIGNATURE
                if piece[at : at + 3] in self._beginnings and self._knows(piece[at : last.end()]):
                    yield at
            start = kinds.find(_ROW, end)

    def _knows(self, part: str) -> bool:
        return _hash(part) in self._hashes


def _hash(part: str) -> bytes:
    digest: bytes = blake2s(part.encode(errors="replace")).digest()
    return digest


def _replaced(text: str, spans: Iterable[tuple[int, int]], masked: str) -> str:
    parts: list[str] = []
    rest = 0
    for start, end in spans:
        parts += (text[rest:start], masked)
        rest = end
    return "".join([*parts, text[rest:]]) if parts else text
