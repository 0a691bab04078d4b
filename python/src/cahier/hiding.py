"""Hides secrets in what a job puts out and previews, without breaking it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Protocol, TypeVar

from cahier.secrets_mask import MASKED, SHORTEST_IN_TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cahier.secrets_mask import SecretsMask

_T = TypeVar("_T")
_MOST_AT_ONCE = 10_000

# A colon comes after a name.
_TEXT_OR_NUMBER = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|-?\d[\d.eE+-]*')


class TextMask(Protocol):
    """Hides secrets in texts."""

    def __call__(self, text: str) -> str:
        """Give the text without the secrets."""

    def may_be_in(self, texts: Iterable[str]) -> bool:
        """Say whether a secret can stand in one of the texts."""


class Hiding:
    """A mask that notes whether there was something to hide."""

    def __init__(self, mask: SecretsMask) -> None:
        """Hide what the mask hides."""
        self.has_hidden = False
        self._mask = mask

    def __call__(self, text: str) -> str:
        """Give the text without the secrets."""
        hidden = self._mask(text)
        self.has_hidden = self.has_hidden or hidden != text
        return hidden

    def may_be_in(self, texts: Iterable[str]) -> bool:
        """Say whether a secret can stand in one of the texts."""
        return self._mask.may_be_in(texts)


def hide_in_values(values: list[_T], mask: TextMask | None) -> list[_T]:
    """Give the values of a column; secrets are hidden in those that are texts."""
    if mask is None:
        return values
    hidden = values
    for start in range(0, len(values), _MOST_AT_ONCE):
        part = values[start : start + _MOST_AT_ONCE]
        if mask.may_be_in(value for value in part if isinstance(value, str)):
            if hidden is values:
                hidden = [*values]
            hidden[start : start + len(part)] = [
                mask(value) if isinstance(value, str) else value  # type: ignore[misc] # a text again
                for value in part
            ]
    return hidden


def hide_in_json(text: str, mask: SecretsMask) -> str:
    """Hide secrets in the texts and names of a JSON text, and numbers that are one.

    It stays JSON: a secret leaves the other digits of a number alone. A short one is hidden only
    where it is a text of its own, which no name and no number is.
    """
    # With an escape in it, a text in there is spelled in a way that the mask does not know.
    is_plain = not mask.has_short and "\\" not in text
    if mask.is_empty or (is_plain and mask(text) == text):
        return text

    def hide(match: re.Match[str]) -> str:
        part = match[0]
        if not part.startswith('"'):
            is_short = len(part) < SHORTEST_IN_TEXTS
            return json.dumps(MASKED) if not is_short and mask(part) == MASKED else part
        value = json.loads(match[1], strict=False)
        hidden = mask.hide_in_name(value) if match[2] else mask(value)
        return part if hidden == value else json.dumps(hidden) + (match[2] or "")

    return _TEXT_OR_NUMBER.sub(hide, text)
