"""Puts the loggers back as a job found them, since their handlers hold on to its streams."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class _State(NamedTuple):
    level: int
    handlers: list[logging.Handler]
    propagate: bool
    disabled: bool


@contextmanager
def restored_loggers() -> Iterator[None]:
    """Restore level, handlers and flags of every logger; a new one keeps its null handlers only."""
    states = {id(logger): _state_of(logger) for logger in _loggers()}
    disabled_level = logging.root.manager.disable
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        logging.disable(disabled_level)
        for logger in _loggers():
            _restore(logger, states.get(id(logger)) or _state_of_new(logger))


def _loggers() -> list[logging.Logger]:
    named = logging.root.manager.loggerDict.values()
    return [logging.root, *(entry for entry in named if isinstance(entry, logging.Logger))]


def _state_of(logger: logging.Logger) -> _State:
    return _State(logger.level, list(logger.handlers), logger.propagate, logger.disabled)


def _state_of_new(logger: logging.Logger) -> _State:
    silent = [handler for handler in logger.handlers if isinstance(handler, logging.NullHandler)]
    return _State(logging.NOTSET, list[logging.Handler](silent), propagate=True, disabled=False)


def _restore(logger: logging.Logger, state: _State) -> None:
    logger.setLevel(state.level)
    logger.handlers[:] = state.handlers
    logger.propagate = state.propagate
    logger.disabled = state.disabled
