"""The runtime that runs the scripts of a notebook, in a browser or, with another host, anywhere.

For the worker that boots Python there are four entries:

- `run_job(request, host)`, a coroutine, runs one job;
- `find_imports(source)` gives the names of the modules that a source imports;
- `has_variable(key)` says whether Python has an object, so that its pickle need not be read;
- `check_statement(source)` gives what is wrong with a Statement, as JSON.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cahier.imports import find_imports
from cahier.run_job import execute_job
from cahier.variables import has_variable

if TYPE_CHECKING:
    from pyodide.ffi import JsProxy

__all__ = ["check_statement", "execute_job", "find_imports", "has_variable", "run_job"]


def check_statement(source: str) -> str:
    """Give a JSON list of the `SourceProblem`s of a Statement."""
    from cahier.statement_problems import source_problems  # noqa: PLC0415 - few notebooks need it

    return json.dumps(source_problems(source))


async def run_job(request: JsProxy, host: JsProxy) -> None:
    """Run a job for the JavaScript that calls this, and resolve once its last event is sent.

    `request` is a plain object of the shape `JobRequest`. `host` is `{emit(event),
    explainMissingModule(name)}`: `emit` takes each event as a plain object, whose buffers are
    Uint8Arrays that own their memory and so can be transferred; the other gives a text. Failures of
    the script are events; the promise rejects only on a fault of the runtime.
    """
    from cahier._host import BrowserHost, read_request  # noqa: PLC0415 - there is no js elsewhere

    await execute_job(read_request(request), BrowserHost(host))
