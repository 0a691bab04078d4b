"""The `logger` of a Context."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cahier._wire import LogStream
    from cahier.log import Log


def job_logger(log: Log, cell_id: str) -> logging.Logger:
    """Give a logger that writes each record to the log, in the stream of its level."""
    logger = logging.getLogger(f"oocana.{cell_id}")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.handlers[:] = [_Handler(log)]
    return logger


class _Handler(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._log.print(_stream_of(record.levelno), f"{self.format(record)}\n")
        except Exception:  # noqa: BLE001 - as every handler of logging does
            self.handleError(record)


def _stream_of(level: int) -> LogStream:
    if level >= logging.ERROR:
        return "error"
    if level >= logging.WARNING:
        return "warning"
    return "info" if level >= logging.INFO else "debug"
