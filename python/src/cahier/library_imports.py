"""Tells whether a library is being imported, which is not to be interrupted.

A library that was imported by half stays broken: what of it is compiled cannot be loaded again.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

# The folders and archives that the standard library and packages lie in, as code objects have them.
_LIBRARIES = str(Path(asyncio.__file__).parents[2])


def is_importing_library() -> bool:
    """Look at what runs now: a module of a library, or the import system on its own behalf."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the documented way to it
    while frame:
        code = frame.f_code
        if code.co_filename.startswith("<frozen importlib"):
            return True
        if code.co_name == "<module>":
            return code.co_filename.startswith(_LIBRARIES)
        frame = frame.f_back
    return False
