"""Builders of Scriptlet jobs, and what to read of their events."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recording_host import RecordingHost, entries_of, outcome_of, run_request

if TYPE_CHECKING:
    from cahier._wire import (
        BlockPayload,
        DoneOutcome,
        DownstreamPayload,
        HandlePayload,
        InputPayload,
        JobError,
        JobEvent,
        OutputValue,
        ScriptletRequest,
        TextInput,
        WithheldInput,
    )

VARIABLE = {"contentMediaType": "oomol/var"}
BINARY = {"contentMediaType": "oomol/bin"}
SECRET = {"type": "string", "contentMediaType": "oomol/secret"}
IMPORT = "from oocana import Context\n"
FOLDER = Path(tempfile.mkdtemp(prefix="cahier-tests-"))


def handle(
    name: str,
    schema: object = None,
    *,
    description: str = "",
    nullable: bool = False,
    default: str | None = None,
) -> HandlePayload:
    """Declare an input or an output; without a schema it takes any value."""
    return {
        "name": name,
        "description": description,
        "schema": json.dumps(schema or {}),
        "nullable": nullable,
        "defaultValue": default,
        "isAdditional": False,
    }


def block(  # noqa: PLR0913 - what it has
    title: str,
    source: str,
    inputs: list[HandlePayload] | None = None,
    outputs: list[HandlePayload] | None = None,
    values: list[TextInput | WithheldInput] | None = None,
    *,
    task: str | None = None,
) -> BlockPayload:
    """Make another Scriptlet of the notebook; its id is "cell-" and its title."""
    return {
        "nodeId": f"cell-{title}",
        "task": task,
        "title": title,
        "description": f"about {title}",
        "source": IMPORT + source,
        "inputsDef": inputs or [],
        "outputsDef": outputs or [handle("output")],
        "values": values or [],
    }


def connected(title: str, input_handle: str) -> DownstreamPayload:
    """Make an input that an output leads to; the id of its cell is "cell-" and its title."""
    return {
        "nodeId": f"cell-{title}",
        "title": title,
        "description": f"about {title}",
        "inputHandle": input_handle,
    }


def scriptlet(  # noqa: PLR0913 - what a request has
    source: str,
    *,
    inputs: list[HandlePayload] | None = None,
    outputs: list[HandlePayload] | None = None,
    values: list[InputPayload] | None = None,
    blocks: list[BlockPayload] | None = None,
    downstream: dict[str, list[DownstreamPayload]] | None = None,
    job_id: str = "job-1",
    session_id: str = "session-1",
    folder: Path = FOLDER,
) -> ScriptletRequest:
    """Ask for a job of a Scriptlet, by default with one output named "output"."""
    directories = {name: str(folder / name) for name in ("session", "temporary", "package")}
    for path in directories.values():
        Path(path).mkdir(parents=True, exist_ok=True)
    return {
        "kind": "scriptlet",
        "title": "Sales",
        "source": source,
        "jobId": job_id,
        "sessionId": session_id,
        "nodeId": "cell-Sales",
        "inputsDef": inputs or [],
        "outputsDef": outputs if outputs is not None else [handle("output")],
        "inputs": values or [],
        "downstream": downstream or {},
        "blocks": json.dumps(blocks or []),
        "directories": {
            "session": directories["session"],
            "temporary": directories["temporary"],
            "package": directories["package"],
        },
    }


def run_main(body: str, *, host: RecordingHost | None = None, **parts: Any) -> list[JobEvent]:  # noqa: ANN401 - as above
    """Run a `main(params, context)` with this body; give all events."""
    lines = "\n    ".join(body.splitlines())
    return run_request(
        scriptlet(f"{IMPORT}def main(params, context):\n    {lines}\n", **parts), host=host
    )


def run_source(source: str, **parts: Any) -> list[JobEvent]:  # noqa: ANN401 - as above
    """Run a source as it stands; give all events."""
    return run_request(scriptlet(source, **parts))


def done_of(events: list[JobEvent]) -> DoneOutcome:
    """Give the outcome of a job that has to have succeeded."""
    outcome = outcome_of(events)
    assert outcome["status"] == "done", outcome
    return outcome


def failure_of(events: list[JobEvent]) -> JobError:
    """Give why a job failed, which it has to have."""
    outcome = outcome_of(events)
    assert outcome["status"] == "failed", outcome
    return outcome["error"]


def outputs_of(events: list[JobEvent]) -> dict[str, OutputValue]:
    """Give the outputs of a job that has to have succeeded, in order."""
    return {output["handle"]: output["value"] for output in done_of(events)["outputs"]}


def json_of(events: list[JobEvent], name: str = "output") -> str:
    """Give the JSON text of an output."""
    value = outputs_of(events)[name]
    assert value["kind"] == "json", value
    return value["text"]


def log_entries(events: list[JobEvent]) -> list[tuple[str, str]]:
    """Give stream and text of the log's entries, events left out."""
    return [
        (entry["stream"], entry["text"])
        for entry in entries_of(events)
        if entry["stream"] != "event"
    ]


def session_record(events: list[JobEvent]) -> list[Any]:
    """Give the entries of the stream "event", parsed."""
    return [json.loads(entry["text"]) for entry in entries_of(events) if entry["stream"] == "event"]


def printed(events: list[JobEvent]) -> str:
    """Give all that was printed to stdout."""
    return "".join(text for stream, text in log_entries(events) if stream == "stdout")
