"""What tests of Statements share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from decoding import values_of
from recording_host import RecordingHost, entries_of, outcome_of, run_request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cahier._wire import JobError, JobEvent
    from cahier._wire_statement import CheckpointPayload, FieldPayload, FieldType, StatementRequest

NUMBER: FieldPayload = {"name": "n", "type": "integer", "nullable": False}


def field(name: str, kind: FieldType, *, nullable: bool = False) -> FieldPayload:
    """Declare a field of a schema."""
    return {"name": name, "type": kind, "nullable": nullable}


def statement(  # noqa: PLR0913 - what a request has
    source: str,
    rows: Sequence[object] | None = None,
    *,
    bulk: bool = False,
    debug: bool = False,
    inputs: list[FieldPayload] | None = None,
    outputs: list[FieldPayload] | None = None,
    checkpoint: CheckpointPayload | None = None,
) -> StatementRequest:
    """Ask for a job, by default row by row, with an output of one field "n"."""
    text = json.dumps(rows)
    return {
        "kind": "statement",
        "title": "Sums",
        "source": source,
        "configuration": {"isBulk": bulk, "isDebugged": debug},
        "input": None if rows is None else {"handle": "input", "kind": "json", "text": text},
        "inputFields": inputs,
        "outputFields": [NUMBER] if outputs is None else outputs,
        "checkpoint": checkpoint,
    }


def run_statement(
    source: str,
    rows: Sequence[object] | None = None,
    **parts: Any,  # noqa: ANN401 - those of a statement
) -> list[JobEvent]:
    """Run a statement; give all its events."""
    host = RecordingHost()
    return run_request(statement(source, rows, **parts), host.clock, host)


def rows_of(events: list[JobEvent]) -> list[dict[str, Any]]:
    """Give the rows of a job that has to have succeeded."""
    outcome = outcome_of(events)
    assert outcome["status"] == "done", outcome
    (output,) = outcome["outputs"]
    assert output["handle"] == "output"
    assert output["value"]["kind"] == "dataset"
    dataset = output["value"]["dataset"]
    columns = {column["name"]: values_of(column) for column in dataset["columns"]}
    return [
        {name: values[row] for name, values in columns.items()}
        for row in range(dataset["rowCount"])
    ]


def failure_of(events: list[JobEvent]) -> JobError:
    """Give why a job failed, which it has to have."""
    outcome = outcome_of(events)
    assert outcome["status"] == "failed", outcome
    return outcome["error"]


def log_of(events: list[JobEvent]) -> list[tuple[str, str]]:
    """Give stream and text of the log's entries."""
    return [(entry["stream"], entry["text"]) for entry in entries_of(events)]
