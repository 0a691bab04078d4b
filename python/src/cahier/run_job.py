"""Runs one job from its request to its last event."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from cahier.data_generator import run_data_generator
from cahier.isolation import isolated_job
from cahier.job_input import JobInput
from cahier.log import Log
from cahier.log_stream import LogTextStream

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import JobRequest, Outcome
    from cahier.host import Host

_DIALECTS = {"data-generator": run_data_generator}


def execute_job(request: JobRequest, host: Host, now: Callable[[], float] = time.time) -> None:
    """Run the job; its last event, sent exactly once, is `job-finished`.

    `now` gives epoch seconds for the log. Whatever a script does ends in an outcome; an exception
    that leaves this function is a fault of the runtime.
    """
    log = Log(host, now)
    streams = JobInput(host, log), LogTextStream(log, "stdout"), LogTextStream(log, "stderr")
    with isolated_job(*streams, host.sleep), host.attend(log):
        outcome = _outcome(request, host, log)
    log.close()
    host.emit({"type": "job-finished", "outcome": outcome})
    # A script's functions and its globals refer to each other: without this, large data among them
    # would stay until Python happens to look, beside that of the next jobs.
    gc.collect()


def _outcome(request: JobRequest, host: Host, log: Log) -> Outcome:
    try:
        return _DIALECTS[request["kind"]](request, host, log)
    except KeyboardInterrupt:
        if not host.is_stopped():
            raise
        return {"status": "stopped"}
