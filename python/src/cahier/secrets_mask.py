"""Hides secrets wherever they would be shown."""

from __future__ import annotations

import json

MASKED = "****"
SHORTEST_IN_TEXTS = 4
_LONG_LINE = 8


class SecretsMask:
    """Puts `****` in the place of every secret in a text.

    A secret is also found as JSON and `repr` spell it, and by each of its lines that has eight
    characters or more. One of fewer than four characters is hidden only where it is all of a text:
    "a" stands in most. A blank one hides nothing.
    """

    def __init__(self) -> None:
        """Start without any secret."""
        self._spellings: list[str] = []
        self._short: set[str] = set()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hide."""
        return not self._spellings and not self._short

    @property
    def has_short(self) -> bool:
        """Whether there are some that are hidden only where they are all of a text."""
        return bool(self._short)

    def add(self, secret: object) -> None:
        """Hide this text from here on; what is no text is hidden as `str` spells it."""
        text = str(secret)
        if len(text) < SHORTEST_IN_TEXTS:
            self._short |= {text} if text.strip() else set()
            return
        parts = [text, *(line for line in text.splitlines() if len(line.strip()) >= _LONG_LINE)]
        spellings = {spelled for part in parts if part.strip() for spelled in _spelled(part)}
        self._spellings = sorted(spellings | set(self._spellings), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Give the text without the secrets."""
        for spelling in self._spellings:
            text = text.replace(spelling, MASKED)
        line = text.rstrip("\n") if self._short else ""
        return MASKED + text[len(line) :] if line in self._short else text

    def hide_in_name(self, name: str) -> str:
        """Give a name without the secrets; one that is a short secret stays."""
        return name if name in self._short else self(name)

    def may_go_on(self, text: str) -> bool:
        """Say whether the text ends with the beginning of a secret."""
        last = text[-1:]
        for spelling in self._spellings if last else ():
            end = spelling.find(last) + 1
            while 0 < end < len(spelling):
                if text.endswith(spelling[:end]):
                    return True
                end = spelling.find(last, end) + 1
        return False


def _spelled(part: str) -> tuple[str, ...]:
    return (
        part,
        json.dumps(part)[1:-1],
        json.dumps(part, ensure_ascii=False)[1:-1],
        repr(part)[1:-1],
    )
