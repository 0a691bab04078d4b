"""Compiles modules ahead of time."""

from __future__ import annotations

import importlib.util
import marshal
import struct
import warnings
from typing import TYPE_CHECKING, cast

from cahier.source_depth import find_too_deep

if TYPE_CHECKING:
    from cahier.source_depth import TooDeep

# The flags of PEP 552: the source's hash is in the file, and need not be compared.
_UNCHECKED_HASH = 0b01


def bytecode_path(path: str) -> str:
    """Give the path at which Python looks for the bytecode of a module."""
    return importlib.util.cache_from_source(path, optimization="")


def compile_module(source: bytes, path: str) -> bytes | None:
    """Give a module's bytecode as a ``.pyc`` file holds it.

    Nothing for a source that is no module for this Python: whoever imports it meets the error then.
    One that is nested too deeply for any Python in a browser is not compiled by it: its bytecode
    raises the error.
    Python takes the bytecode without a look at the source, so that both have to come together.

    Args:
        source: Of the module.
        path: Where it will be imported from, which tracebacks name.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = importlib.util.decode_source(source)
            found = find_too_deep(text)
            module: bytes | str = source if found is None else _raising(found, path)
            code = compile(module, path, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    # The stubs of typeshed say int.
    source_hash = cast("bytes", importlib.util.source_hash(source))
    header = struct.pack("<4sI8s", importlib.util.MAGIC_NUMBER, _UNCHECKED_HASH, source_hash)
    return header + marshal.dumps(code)


def _raising(found: TooDeep, path: str) -> str:
    return f"raise SyntaxError({found.message!r}, ({path!r}, {found.line}, 0, None))"
