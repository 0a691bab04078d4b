"""`sys.stdin` of a job, and what else asks the reader for a line."""

from __future__ import annotations

import builtins
import functools
import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from cahier.texts import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cahier.host import Host
    from cahier.log import Log

_LONGEST_PROMPT = 1_000
_NO_INPUT = (
    "A script cannot ask for input here: this browser cannot pause Python, and the service worker "
    "that could hold it instead is not at work, as in some private windows. Reload the page, or "
    'write the value into the script instead, for example: name = "Ada".'
)


class JobInput(io.TextIOBase):
    """A text stream that asks the reader for each line.

    What was typed goes to the log after its prompt, as a terminal shows it. Where nobody can be
    asked, the stream is empty.
    """

    encoding = "utf-8"
    errors = "strict"
    name = "<stdin>"

    def __init__(self, host: Host, log: Log) -> None:
        """Ask through the host."""
        self._host = host
        self._log = log
        self._typed = ""
        self._prompt = ""
        self._is_shown = True

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override] # as in typeshed
        """Give the next line with its newline, at most `size` characters; at the end nothing."""
        return self._take(size, lambda: self._typed.find("\n") + 1)

    def read(self, size: int | None = -1, /) -> str:
        """Give at most `size` characters of a line; without a size all lines until the end."""
        if size is None or size < 0:
            return "".join(iter(self.readline, ""))
        return self._take(size, lambda: len(self._typed))

    @contextmanager
    def prompting(self, prompt: object, *, is_shown: bool = True) -> Iterator[None]:
        """Ask for the lines that are read within under a prompt; `is_shown`: the log has them."""
        self._prompt = cut(self._log.mask(str(prompt)), _LONGEST_PROMPT)
        self._is_shown = is_shown
        try:
            yield
        finally:
            self._prompt, self._is_shown = "", True

    def is_kept(self) -> bool:
        """Say whether the script has left it in its place."""
        stdin: object = sys.stdin
        return stdin is self

    def explain_end(self) -> EOFError:
        """Give the error of a script that asked in vain."""
        return EOFError("EOF when reading a line" if self._host.can_ask() else _NO_INPUT)

    def _take(self, size: int | None, available: Callable[[], int]) -> str:
        if self.closed:
            message = "I/O operation on closed file."
            raise ValueError(message)
        if size == 0:
            return ""
        if not self._typed:
            self._typed = self._ask()
        end = available() if size is None or size < 0 else min(size, available())
        taken, self._typed = self._typed[:end], self._typed[end:]
        return taken

    def _ask(self) -> str:
        answer = self._host.ask(self._prompt) if self._host.can_ask() else None
        if answer is None:
            return ""
        typed = answer.replace("\r\n", "\n").replace("\r", "\n") + "\n"
        self._log.print("stdout", typed if self._is_shown else "\n")
        return typed


@contextmanager
def asking_through(stdin: JobInput) -> Iterator[None]:
    """Let `input` and `getpass.getpass` show their prompts, as long as the script keeps stdin."""
    import getpass  # noqa: PLC0415 - the page waits for the import of this module

    before = getpass.getpass
    vars(builtins).update(input=_prompting_input(builtins.input, stdin))
    getpass.getpass = _prompting_getpass(before, stdin)
    try:
        yield
    finally:
        # builtins are put back as a whole.
        getpass.getpass = before


def _prompting_input(ask: Callable[..., str], stdin: JobInput) -> Callable[..., str]:
    @functools.wraps(ask)
    def prompting_input(*arguments: object) -> str:
        if not stdin.is_kept():
            return ask(*arguments)
        try:
            with stdin.prompting(*arguments[:1] or [""]):
                return ask(*arguments)
        except EOFError:
            pass
        raise stdin.explain_end()

    return prompting_input


def _prompting_getpass(ask: Callable[..., str], stdin: JobInput) -> Callable[..., str]:
    @functools.wraps(ask)
    def prompting_getpass(prompt: str = "Password: ", stream: TextIO | None = None) -> str:
        if not stdin.is_kept():
            return ask(prompt, stream)
        print(prompt, end="", file=stream or sys.stderr, flush=True)
        with stdin.prompting(prompt, is_shown=False):
            line = stdin.readline()
        if not line:
            raise stdin.explain_end()
        return line.removesuffix("\n")

    return prompting_getpass
