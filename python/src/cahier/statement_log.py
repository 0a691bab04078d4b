"""The `log` of a Statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import LogStream
    from cahier.log import Log


class _Face:
    """What a Statement sees of the log: functions, which lead to nothing behind them."""

    # As a Statement sees it, where nothing of this SDK is to be seen.
    __module__ = "builtins"
    __slots__ = ("debug", "error", "info", "trace", "warn")

    def __init__(self, log: StatementLog) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, _detached(name, getattr(log, name)))

    def __call__(self, *_values: object, **_named: object) -> None:
        message = 'log has a function for each level: write log.info("…").'
        raise TypeError(message)

    def __getattr__(self, name: str) -> object:
        message = f"log has no {name}: it has {', '.join(self.__slots__)}."
        raise AttributeError(message, name=name)

    def __setattr__(self, name: str, value: object) -> None:
        message = f"A Statement cannot change log: log.{name} is for all its rows."
        raise AttributeError(message)

    def __delattr__(self, name: str) -> None:
        setattr(self, name, None)


def _detached(name: str, write: Callable[[object], None]) -> Callable[..., None]:
    """Give a function that takes one message; a bound method would lead to the log."""

    def tell(*values: object, **named: object) -> None:
        if len(values) + len(named) != 1 or named.keys() - {"message"}:
            message = f'log.{name} takes one message: write log.{name}(f"rows: {{count}}").'
            raise TypeError(message)
        write(*values, *named.values())

    tell.__name__ = tell.__qualname__ = f"log.{name}"
    return tell


class StatementLog:
    """Writes messages to the log; an error lets the statement go on, and the job end as failed."""

    def __init__(self, log: Log) -> None:
        """Write to the log of the job."""
        self._log = log
        self._first_error: str | None = None

    @property
    def face(self) -> object:
        """The `log` of the Statement."""
        return _Face(self)

    @property
    def first_error(self) -> str | None:
        """The message of the first error; None where there was none."""
        return self._first_error

    def trace(self, message: object) -> None:
        """Write what is of interest to whoever looks very closely."""
        self._print("trace", message)

    def debug(self, message: object) -> None:
        """Write what helps to find a mistake."""
        self._print("debug", message)

    def info(self, message: object) -> None:
        """Write what happened."""
        self._print("info", message)

    def warn(self, message: object) -> None:
        """Write what may be wrong."""
        self._log.warn(str(message))

    def error(self, message: object) -> None:
        """Write what is wrong; the job will fail."""
        text = str(message)
        if self._first_error is None:
            self._first_error = text
        self._log.warn(text, "error")

    def _print(self, stream: LogStream, message: object) -> None:
        self._log.print(stream, f"{message}\n")
