"""Hides secrets wherever they would be shown."""

from __future__ import annotations

import json

MASKED = "****"
_LONG_LINE = 8


class SecretsMask:
    """Puts `****` in the place of every secret in a text.

    A secret is also found as JSON and `repr` spell it, and by each of its lines that has eight
    characters or more. A blank one hides nothing.
    """

    def __init__(self) -> None:
        """Start without any secret."""
        self._spellings: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hide."""
        return not self._spellings

    def add(self, secret: object) -> None:
        """Hide this text from here on; what is no text is hidden as `str` spells it."""
        text = str(secret)
        parts = [text, *(line for line in text.splitlines() if len(line.strip()) >= _LONG_LINE)]
        spellings = {spelled for part in parts if part.strip() for spelled in _spelled(part)}
        self._spellings = sorted(spellings | set(self._spellings), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Give the text without the secrets."""
        for spelling in self._spellings:
            text = text.replace(spelling, MASKED)
        return text


def _spelled(part: str) -> tuple[str, ...]:
    return (
        part,
        json.dumps(part)[1:-1],
        json.dumps(part, ensure_ascii=False)[1:-1],
        repr(part)[1:-1],
    )
