"""The Statement: the body of an async function that turns rows into rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cahier.cell import Cell, run_cell
from cahier.cell_errors import rule_error
from cahier.checkpoints import checkpoint_of, value_of_checkpoint
from cahier.json_values import NoJsonError
from cahier.row_schema import Field, is_null_type
from cahier.rules import RuleError
from cahier.statement_compile import CompiledStatement, compile_statement, statement_names
from cahier.statement_input import StatementInput
from cahier.statement_libraries import prepared_libraries
from cahier.statement_log import StatementLog
from cahier.statement_output import StatementOutput
from cahier.statement_runs import StatementRuns
from cahier.statement_waits import drop_frames, sleep, telling_of_unawaited
from cahier.told_imports import tell_imports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import CodeType

    from cahier._wire import DatasetPayload, DoneOutcome, Outcome
    from cahier._wire_statement import (
        CheckpointPayload,
        CheckpointValue,
        FieldPayload,
        StatementRequest,
    )
    from cahier.job import Job
    from cahier.log import Log

_OUTPUT = "output"


async def run_statement(request: StatementRequest, job: Job) -> Outcome:
    """Run the statement once for all rows, or once for each.

    The job fails with the first row that does, with one that does not fit its schema, and with
    `log.error`, which lets the statement reach its end.
    """
    cell = Cell(request["title"], request["source"], job.log.mask)
    log = StatementLog(job.log)
    output = StatementOutput(_fields_of(request["outputFields"]))
    runs = StatementRuns(request["configuration"], job, output)
    compiled: list[CompiledStatement] = []
    told_lines: set[int] = set()
    results: list[tuple[DatasetPayload, CheckpointValue | None]] = []

    def compile_body(cell: Cell) -> CodeType:
        compiled.append(compile_statement(cell))
        for problem in compiled[0].warnings:
            job.log.warn(f"Line {problem.line}: {problem.message}")
            told_lines.add(problem.line)
        return compiled[0].code

    async def run(execute: Callable[[], dict[str, Any]]) -> None:
        names = execute()
        names["DATA_CHECKPOINT"] = _last_checkpoint(request["checkpoint"])
        schema = request["inputFields"]
        given = StatementInput(request["input"], None if schema is None else _fields_of(schema))
        given.check()
        try:
            await runs.run(names, given, compiled[0])
        except SystemExit:
            if job.host.is_stopped():
                # Many scripts catch the KeyboardInterrupt and leave in this way.
                raise KeyboardInterrupt from None
            message = "The statement left by SystemExit. It has to return its rows."
            raise RuleError(message) from None
        # Values may have code of their own, which is stopped and fails as the rest of it does.
        checkpoint = _next_checkpoint(request["checkpoint"], output, job.log)
        results.append((output.dataset(job.host.keep), checkpoint))
        for column, row in output.rounded_rows.items():
            job.log.warn(
                f'Output row {row:,} has a Decimal in "{column}" with more digits than a number '
                "keeps: it is rounded. To keep them all, make the field a string in the output "
                "schema, and return str(value)."
            )

    names = statement_names() | {"log": log.face, "sleep": sleep}
    with prepared_libraries(), telling_of_unawaited(cell, job.log.warn, told_lines):
        error = await run_cell(cell, names, job.host, run, compile_body)
        if error is not None:
            drop_frames()
    if error is not None:
        return {"status": "failed", "error": runs.name_row(error)}
    if log.first_error is not None:
        return {"status": "failed", "error": rule_error(job.log.mask(log.first_error))}
    [(dataset, checkpoint)] = results
    return _done(request, dataset, checkpoint)


def _done(
    request: StatementRequest, dataset: DatasetPayload, checkpoint: CheckpointValue | None
) -> DoneOutcome:
    done: DoneOutcome = {
        "status": "done",
        "outputs": [{"handle": _OUTPUT, "value": {"kind": "dataset", "dataset": dataset}}],
        "images": [],
        "modules": [],
        "ranBlocks": [],
        "checkpoint": checkpoint,
    }
    # A file of the notebook may have the name of a module that a Statement imports.
    tell_imports(done, request, [request["source"]])
    return done


def _fields_of(payloads: Sequence[FieldPayload]) -> list[Field]:
    return [Field(field["name"], field["type"], field["nullable"]) for field in payloads]


def _last_checkpoint(checkpoint: CheckpointPayload | None) -> object:
    if checkpoint is None or checkpoint["value"] is None:
        return None
    try:
        return value_of_checkpoint(checkpoint["value"])
    except ValueError as error:
        message = f"{error}. Edit or reset it in the configuration of the cell."
        raise RuleError(message) from None


def _next_checkpoint(
    checkpoint: CheckpointPayload | None, output: StatementOutput, log: Log
) -> CheckpointValue | None:
    """Give the value of the last row; the one before where there are no rows.

    A last row without a value leaves the next job without a checkpoint, of which the log tells.
    """
    if checkpoint is None:
        return None
    if output.count == 0:
        return checkpoint["value"]
    column = checkpoint["column"]
    if column not in output.columns:
        message = (
            f'The data checkpoint column "{column}" is no field of the output schema. '
            "Choose another in the configuration of the cell."
        )
        raise RuleError(message)
    try:
        value = output.last(column)
        found = checkpoint_of(value)
    except NoJsonError as error:
        message = f'The data checkpoint cannot be kept: the field "{column}" {error}'
        raise RuleError(message) from None
    if found is None:
        content = "null" if is_null_type(type(value)) else "not a number (NaN)"
        log.warn(
            f'Output row {output.count:,}, the last one, has {content} in "{column}", the data '
            "checkpoint column: DATA_CHECKPOINT will be None in the next run. Return a last row "
            "with a value, or no rows, which leaves the checkpoint as it is."
        )
    return found
