"""Scripts that preview something, and what is shown of it."""

from __future__ import annotations

import unittest
from typing import TYPE_CHECKING, Any

from recording_host import previews_of
from scriptlets import log_entries, run_main

if TYPE_CHECKING:
    from cahier._wire import JobEvent


def preview(payload: str) -> list[JobEvent]:
    """Run a script that previews this, an expression."""
    return run_main(f"context.preview({payload})")


def content(payload: str) -> Any:  # noqa: ANN401 - one of many shapes
    """Give the content of the one preview of this payload."""
    events = preview(payload)
    (shown,) = previews_of(events)
    assert log_entries(events) == [], log_entries(events)
    return shown["content"]


def shown(kind: str, data: object) -> Any:  # noqa: ANN401 - one of many shapes
    """Give the content of a preview of this type and data."""
    return content(repr({"type": kind, "data": data}))


class PreviewTest(unittest.TestCase):
    def assert_warned(self, payload: str, warning: str) -> None:
        events = preview(payload)
        shown = [preview["content"] for preview in previews_of(events)]
        self.assertEqual(shown, [{"type": "problem", "problem": warning}])
        self.assertEqual(log_entries(events), [("warning", f"{warning}\n")])
