"""Throttles the previews that take each other's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PERIOD_SECONDS = 0.3


class Replacements:
    """Lets one preview of each id pass a period of 0.3 s, always the last.

    The first passes at once and starts a period; of those that come within it the last passes when
    it is over, and starts the next. Whoever owns this calls `look` now and then.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        """Start without any; `now` gives seconds."""
        self._now = now
        self._last_passed: dict[str, float] = {}
        self._waiting: dict[str, Callable[[], None]] = {}
        self._is_busy = False

    def __contains__(self, preview_id: object) -> bool:
        """Say whether a preview came under this id."""
        return preview_id in self._last_passed

    def take(self, preview_id: str, send: Callable[[], None]) -> None:
        """Take a preview, which `send` sends."""
        # A regular look that comes in between would see half of this.
        self._is_busy = True
        try:
            self._waiting[preview_id] = send
            if self._is_due(preview_id):
                self._pass(preview_id)
        finally:
            self._is_busy = False

    def look(self) -> None:
        """Let those pass whose period is over, in the order in which they came."""
        if self._is_busy:
            return
        for preview_id in [each for each in self._waiting if self._is_due(each)]:
            self._pass(preview_id)

    def close(self) -> None:
        """Let all pass that wait."""
        self._is_busy = True
        for preview_id in list(self._waiting):
            self._pass(preview_id)

    def _pass(self, preview_id: str) -> None:
        self._last_passed[preview_id] = self._now()
        self._waiting.pop(preview_id)()

    def _is_due(self, preview_id: str) -> bool:
        last = self._last_passed.get(preview_id)
        # Clocks are set back as well.
        return last is None or not last <= self._now() < last + _PERIOD_SECONDS
