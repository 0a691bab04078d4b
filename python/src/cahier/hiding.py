"""Hides secrets in what a job puts out and previews, without breaking it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cahier.secrets_mask import MASKED

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXT_OR_NUMBER = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*')


class Hiding:
    """A mask that notes whether there was something to hide."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        """Hide what the mask hides."""
        self.has_hidden = False
        self._mask = mask

    def __call__(self, text: str) -> str:
        """Give the text without the secrets."""
        hidden = self._mask(text)
        self.has_hidden = self.has_hidden or hidden != text
        return hidden


def hide_in_json(text: str, mask: Callable[[str], str]) -> str:
    """Hide secrets in the texts and names of a JSON text, and numbers that are one.

    It stays JSON: a secret of one digit leaves the others of a number alone.
    """
    if mask(text) == text:
        return text

    def hide(match: re.Match[str]) -> str:
        part = match[0]
        if not part.startswith('"'):
            return json.dumps(MASKED) if mask(part) == MASKED else part
        value = json.loads(part, strict=False)
        hidden = mask(value)
        return part if hidden == value else json.dumps(hidden)

    return _TEXT_OR_NUMBER.sub(hide, text)
