"""The Scriptlet: `main(params, context)` of the OOCANA Python SDK."""

from __future__ import annotations

import inspect
import linecache
from typing import TYPE_CHECKING

from cahier.block import Block
from cahier.block_sinks import JobSink
from cahier.blocks import Blocks
from cahier.cell import Cell, carrying, is_regular_end, run_cell
from cahier.cell_errors import rule_error
from cahier.handles import Handles, handles_of
from cahier.output_values import OutputPlace, OutputValues
from cahier.scriptlet_inputs import hide_secret_inputs, hide_secrets, read_inputs
from cahier.scriptlet_main import call_main, find_main
from cahier.told_imports import tell_imports
from oocana.context import Context
from oocana.data import BlockInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import DoneOutcome, JobError, Outcome, OutputPayload, ScriptletRequest
    from cahier.job import Job

_CELL_MODULE = "__main__"


async def run_scriptlet(request: ScriptletRequest, job: Job) -> Outcome:
    """Run the cell: its source, then its `main`, until that has returned or called `finish`."""
    mask = job.log.mask
    hide_secrets(request["inputs"], mask)
    directories = request["directories"]
    job.previews.folders = (
        directories["session"],
        directories["temporary"],
        directories["package"],
    )
    place = OutputPlace(request["sessionId"], request["jobId"], directories["session"])
    outputs = OutputValues(place, job.host, job.log)
    sink = JobSink(outputs, job)
    blocks = Blocks(request, job)
    block = _block(request, job, blocks, sink)
    finished: list[OutputPayload] = []

    async def run(execute: Callable[[], dict[str, object]]) -> None:
        try:
            await _run_main(execute, request, block, blocks, job)
        except SystemExit as error:
            if not is_regular_end(error.code):
                raise
        finished[:] = outputs.finish([_CELL_MODULE, *blocks.module_names])

    try:
        cell = Cell(request["title"], request["source"], mask)
        error = await run_cell(cell, {}, job.host, run)
    finally:
        sink.close()
        blocks.warn_of_unheard()
        for cell in blocks.cells:
            linecache.cache.pop(cell.filename, None)
    error = _end(block, error, sink, mask)
    if error is not None:
        return {"status": "failed", "error": error}
    outputs.keep()
    done: DoneOutcome = {
        "status": "done",
        "outputs": finished,
        "images": [],
        "modules": [],
        "ranBlocks": [ran["nodeId"] for ran in blocks.ran],
    }
    if blocks.looks.taken:
        done["downstream"] = blocks.looks.taken
    if blocks.queried:
        done["queriedBlocks"] = blocks.queried
    tell_imports(done, request, [request["source"], *(ran["source"] for ran in blocks.ran)], mask)
    return done


def _block(request: ScriptletRequest, job: Job, blocks: Blocks, sink: JobSink) -> Block:
    info = BlockInfo(
        session_id=request["sessionId"],
        job_id=request["jobId"],
        stacks=[{"flow": "notebook", "node_id": request["nodeId"]}],
        block_path=None,
    )
    handles = Handles(handles_of(request["inputsDef"]), handles_of(request["outputsDef"]))
    return Block(info, handles, job, blocks, sink)


async def _run_main(
    execute: Callable[[], dict[str, object]],
    request: ScriptletRequest,
    block: Block,
    blocks: Blocks,
    job: Job,
) -> None:
    inputs = read_inputs(request["inputs"], block.input_handles, request["title"])
    hide_secret_inputs(inputs, block.input_handles, job.log.mask)
    block.inputs.update(inputs)
    main = find_main(execute())
    result = carrying(lambda: call_main(main, block.inputs, Context(block)))
    if inspect.isawaitable(result):
        result = await job.host.wait_for(result)
    block.take_returned(result)
    if result is block.keep_alive:
        await job.host.wait_for(blocks.until_finished(block))


def _end(
    block: Block, error: JobError | None, sink: JobSink, mask: Callable[[str], str]
) -> JobError | None:
    """Finish a block that has not finished itself, and give why the job fails, if it does."""
    if error is not None:
        if not block.is_finished:
            sink.event("BlockFinished", {"error": error["message"]})
        return error
    if not block.is_finished:
        # The script has left with exit().
        block.finish(None, None)
    return None if block.failure is None else rule_error(mask(block.failure))
