"""Hides secrets wherever they would be shown."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from cahier.json_values import json_text, json_text_in_ascii, json_value

if TYPE_CHECKING:
    from collections.abc import Iterator

MASKED = "****"
SHORTEST_IN_TEXTS = 4
_LONG_LINE = 8


class SecretsMask:
    """Puts `****` in the place of every secret in a text.

    A secret is also found as JSON and `repr` spell it, and by each of its lines that has eight
    characters or more. One of fewer than four characters is hidden only where it is all of a text:
    "a" stands in most. A blank one hides nothing.

    Of a secret that is an object or a list, also as JSON, each text in it is one as well, if it has
    four characters or more. Shorter ones, names, numbers, true and false are hidden with the whole
    alone: they stand everywhere.
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
        """Hide this text from here on; what is no text is hidden as `str` and JSON spell it."""
        whole = [str(secret)]
        if isinstance(secret, dict | list | tuple):
            with suppress(TypeError, ValueError):
                whole += [json_text(secret), json_text_in_ascii(secret)]
        held = _parsed(secret) if isinstance(secret, str) else secret
        self._short |= {text for text in whole if text.strip() and len(text) < SHORTEST_IN_TEXTS}
        spellings = {
            spelled
            for text in [*whole, *_texts_in(held)]
            if len(text) >= SHORTEST_IN_TEXTS
            for part in [text, *_long_lines(text)]
            if part.strip()
            for spelled in _spelled(part)
        }
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


def _long_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line.strip()) >= _LONG_LINE]


def _parsed(text: str) -> object:
    """Give the object or the list that a text is as JSON; None where it is none, or too deep."""
    if text.lstrip()[:1] in ("{", "["):
        with suppress(ValueError):
            return json_value(text)
    return None


def _texts_in(held: object) -> Iterator[str]:
    """Give the texts in an object or a list of any depth, circles too; names are none."""
    waiting, seen = [held], set[int]()
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict | list | tuple) and id(each) not in seen:
            seen.add(id(each))
            waiting.extend(each.values() if isinstance(each, dict) else each)


def _spelled(part: str) -> tuple[str, ...]:
    return (
        part,
        json.dumps(part)[1:-1],
        json.dumps(part, ensure_ascii=False)[1:-1],
        repr(part)[1:-1],
    )
