"""Hides secrets in what a job puts out and previews, without breaking it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cahier.secrets_mask import MASKED, SHORTEST_IN_TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier.secrets_mask import SecretsMask

# A colon comes after a name.
_TEXT_OR_NUMBER = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|-?\d[\d.eE+-]*')


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
