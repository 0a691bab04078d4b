"""Runs one job from its request to its last event."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from cahier.authorization import hide_given
from cahier.data_generator import run_data_generator
from cahier.figures import drawing_for
from cahier.isolation import isolated_job
from cahier.job import Job
from cahier.job_input import JobInput
from cahier.log import Log
from cahier.log_stream import LogTextStream
from cahier.notebook_files import modules_of_session
from cahier.previews import Previews
from cahier.shown_figures import showing_in
from cahier.variables import drop_other_variables

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from cahier._wire import JobRequest, Outcome
    from cahier.host import Host


async def _run_scriptlet(request: Any, job: Job) -> Outcome:  # noqa: ANN401 - the one of this kind
    from cahier.scriptlet import run_scriptlet  # noqa: PLC0415 - the page waits for this import

    return await run_scriptlet(request, job)


async def _run_statement(request: Any, job: Job) -> Outcome:  # noqa: ANN401 - as above
    from cahier.statement import run_statement  # noqa: PLC0415 - as above

    return await run_statement(request, job)


_DIALECTS: dict[str, Callable[[Any, Job], Awaitable[Outcome]]] = {
    "data-generator": run_data_generator,
    "scriptlet": _run_scriptlet,
    "statement": _run_statement,
}


async def execute_job(
    request: JobRequest, host: Host, now: Callable[[], float] = time.time
) -> None:
    """Run the job; its last event, sent exactly once, is `job-finished`.

    It waits only where the host cannot pause Python, and only for what a script's `main` awaits.
    `now` gives epoch seconds for the log. Whatever a script does ends in an outcome; an exception
    that leaves this function is a fault of the runtime.
    """
    if "variables" in request and drop_other_variables(request["variables"]):
        # What went may be held by circles, among all that earlier jobs have left.
        gc.unfreeze()
    else:
        gc.freeze()
    await _execute(request, host, now)
    # A script's functions and its globals refer to each other: without this, large data among them
    # would stay until Python happens to look, beside that of the next jobs. What was there before
    # the job is frozen: looking through pandas would take longer than most jobs do. So all that a
    # job is made of is made after that, and let go by now.
    gc.collect()


async def _execute(request: JobRequest, host: Host, now: Callable[[], float]) -> None:
    log = Log(host, now)
    hide_given(log.mask)
    previews = Previews(host, log, now)
    streams = JobInput(host, log), LogTextStream(log, "stdout"), LogTextStream(log, "stderr")
    if "ownPackages" in request:
        # Before files of the notebook could stand in for what it imports.
        importlib.import_module("cahier.used_packages")
    folder = request["directories"]["package"] if "directories" in request else None
    session_id = request.get("sessionId")
    modules = nullcontext() if folder is None else modules_of_session(folder, session_id)
    drawing = drawing_for(request.get("pixelRatio", 1))
    with modules, isolated_job(*streams, host.sleep), showing_in(previews), drawing:
        async with host.attend(log):
            if folder is not None:
                sys.path.insert(0, folder)
                os.chdir(folder)
            outcome = await _outcome(request, Job(host, log, previews, now))
    previews.close()
    log.close()
    host.emit({"type": "job-finished", "outcome": outcome})


async def _outcome(request: JobRequest, job: Job) -> Outcome:
    try:
        return await _DIALECTS[request["kind"]](request, job)
    except KeyboardInterrupt:
        if not job.host.is_stopped():
            raise
        return {"status": "stopped"}
