"""Libraries that tests meet where they are installed."""

from __future__ import annotations

import importlib.util
import unittest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def skip_without(name: str) -> Callable[[type[unittest.TestCase]], type[unittest.TestCase]]:
    """Skip where a library is not installed."""
    return unittest.skipUnless(importlib.util.find_spec(name), f"{name} is not installed")
