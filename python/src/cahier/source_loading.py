"""Has the sources of a notebook's files looked at before Python compiles them."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from importlib.util import decode_source
from typing import TYPE_CHECKING, Any

from cahier.source_depth import check_depth

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def depth_checked_below(folder: str) -> Iterator[None]:
    """Within, refuse to import a module from the folder whose source is nested too deeply.

    The import raises the SyntaxError that a cell of this source would end with.
    """
    # Inherited: it is put into the class for the time of a job, and taken out again.
    kind: Any = SourceFileLoader
    original = kind.source_to_code

    def source_to_code(self: object, data: Any, path: Any, **named: Any) -> Any:  # noqa: ANN401 - as in importlib
        if str(path).startswith(f"{folder}/"):
            check_depth(_text_of(data), str(path))
        return original(self, data, path, **named)

    kind.source_to_code = source_to_code
    try:
        yield
    finally:
        del kind.source_to_code


def _text_of(data: bytes) -> str:
    try:
        return decode_source(data)
    except (SyntaxError, UnicodeDecodeError):
        # Python says itself what is wrong with it.
        return ""
