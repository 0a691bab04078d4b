"""The Scriptlets of a notebook, as they know of each other and run each other."""

from __future__ import annotations

import asyncio
import inspect
import json
import linecache
import sys
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING

from cahier.block import Block
from cahier.block_sinks import CallbackSink
from cahier.block_task import BlockTask
from cahier.cell import Cell, compile_cell, is_regular_end
from cahier.downstream_looks import DownstreamLooks
from cahier.handles import Handles, definitions_of, handles_of
from cahier.kept_wait import KeptPart
from cahier.rules import RuleError
from cahier.scriptlet_inputs import hide_secret_inputs, hide_secrets
from cahier.scriptlet_main import call_main, find_main
from cahier.texts import without_half_characters
from oocana.blocks import BlockExecuteException, BlockJob
from oocana.context import Context
from oocana.data import BlockInfo

if TYPE_CHECKING:
    from cahier._wire import BlockPayload, DownstreamPayload, ScriptletRequest
    from cahier.block_call import BlockCall
    from cahier.block_task import BlockEnd
    from cahier.job import Job
    from cahier.kept_wait import KeptWait
    from oocana.blocks import Downstream, HandleDefDict, QueryBlockResponse

_MOST_DEPTH = 20
_OWN = "self::"
# Scripts can make up any number of names.
_MOST_QUERIED = 1_000
_LONGEST_NAME = 1_000


class Blocks:
    """Answers what a block asks of the others, from the request of its job."""

    def __init__(self, request: ScriptletRequest, job: Job) -> None:
        """Know the blocks of the request."""
        self.request = request
        self.cells: list[Cell] = []
        self.module_names: list[str] = []
        self.looks = DownstreamLooks()
        self._ran: dict[str, BlockPayload] = {}
        self._queried: dict[str, None] = {}
        self._ends: list[BlockEnd] = []
        self._kept: list[KeptWait] = []
        self._job = job

    @property
    def ran(self) -> list[BlockPayload]:
        """The blocks that were run, each once."""
        return list(self._ran.values())

    @property
    def queried(self) -> list[str]:
        """The names that blocks were asked about by, also those that none has; each once."""
        return list(self._queried)

    def describe(self, name: str) -> QueryBlockResponse:
        """Tell what there is to know of a block; that it was asked about is noted.

        Raises:
            ValueError: there is none of this name.
        """
        noted = without_half_characters(name)
        if len(noted) <= _LONGEST_NAME and len(self._queried) < _MOST_QUERIED:
            self._queried[noted] = None
        block = self._find(name)
        return {
            "type": "task",
            "description": block["description"] or None,
            "inputs_def": dict(definitions_of(handles_of(block["inputsDef"]))) or None,
            "outputs_def": dict(definitions_of(handles_of(block["outputsDef"]))) or None,
            "additional_inputs": False,
            "additional_outputs": False,
        }

    def connected_to(self, block: Block) -> dict[str, list[DownstreamPayload]]:
        """Tell what outputs lead to; those of a block that another one runs lead nowhere."""
        return self.request["downstream"] if block.depth == 1 else {}

    def looks_of(self, block: Block) -> DownstreamLooks:
        """Give where looks at that are noted; those of a block that another one runs are not."""
        return self.looks if block.depth == 1 else DownstreamLooks()

    def downstream_of(self, block: Block, handles: list[str] | None) -> dict[str, Downstream]:
        """Tell what output handles are connected to; a block that another one runs has nothing.

        Raises:
            ValueError: a handle is not declared.
        """
        declared = block.outputs_def
        for handle in handles or []:
            if handle not in declared:
                message = f'There is no output "{handle}"; there are: {", ".join(declared)}.'
                raise ValueError(message)
        connected = self.connected_to(block)
        self.looks_of(block).take_whole(declared if handles is None else handles)
        return {
            handle: {
                "to_flow": [],
                "to_node": [
                    {
                        "node_id": target["nodeId"],
                        "description": target["description"] or None,
                        "input_handle": target["inputHandle"],
                        "input_handle_def": self._input_def(
                            target["nodeId"], target["inputHandle"]
                        ),
                    }
                    for target in connected.get(handle, [])
                ],
            }
            for handle in (declared if handles is None else handles)
        }

    def run(self, parent: Block, call: BlockCall) -> BlockJob:
        """Run a block as a task of the event loop; its module is its own.

        Raises:
            RuntimeError: there is no event loop, as `main` is no coroutine.
        """
        sink = CallbackSink(self._job.log)
        loop = asyncio.get_running_loop()
        task = BlockTask(self._execute(parent, call, sink), loop, parent.depth + 1)
        self._ends.append(task.end)
        return BlockJob(sink.output_callbacks, sink.progress_callbacks, task)

    async def until_finished(self, block: Block, part: KeptPart | None = None) -> None:
        """Wait until a block that is kept alive calls `done` or `finish`, or can no longer.

        `part` tells of one that another one runs. Raises the failure after which it cannot.
        """
        if not block.is_finished:
            self._kept.append(block.kept)
            self._job.host.call_when_idle(self._look)
            await block.kept.wait(part)

    def warn_of_unheard(self) -> None:
        """Warn of each block that failed and whose end nobody awaited; for the end of the job."""
        for end in self._ends:
            if end.failure is not None and not end.is_heard:
                self._job.log.warn(f"{end.failure}. Nothing awaits its finish().")

    async def _execute(self, parent: Block, call: BlockCall, sink: CallbackSink) -> None:
        name = call.name
        try:
            await self._run_block(parent, call, sink)
        except SystemExit as error:
            if not is_regular_end(error.code):
                raise _failed(name, f"it left with exit({error.code!r})") from error
        except RuleError as error:
            raise _failed(name, str(error)) from error
        except BlockExecuteException as error:
            raise _failed(name, error.message) from error
        except Exception as error:
            raise _failed(name, f"{type(error).__name__}: {error}") from error
        sink.progress(100)

    async def _run_block(self, parent: Block, call: BlockCall, sink: CallbackSink) -> None:
        if parent.depth >= _MOST_DEPTH:
            message = f"more than {_MOST_DEPTH} blocks run one another. Does one run itself?"
            raise RuleError(message)
        try:
            payload = self._find(call.name)
        except ValueError as error:
            raise RuleError(str(error)) from None
        self._ran[payload["nodeId"]] = payload
        hide_secrets(payload["values"], self._job.log.mask)
        block = self._block(parent, payload, call, sink)
        inputs = call.fill_inputs(block.input_handles, payload)
        hide_secret_inputs(inputs, block.input_handles, self._job.log.mask)
        call.check_inputs(inputs, block.input_handles, payload["title"])
        block.inputs.update(inputs)
        await self._run_main(payload, block)
        if block.failure is not None:
            raise RuleError(block.failure)

    async def _run_main(self, payload: BlockPayload, block: Block) -> None:
        cell = Cell(payload["title"], payload["source"], self._job.log.mask)
        self.cells.append(cell)
        linecache.cache[cell.filename] = (len(cell.source), None, cell.lines, cell.filename)
        module = ModuleType(f"cahier_block_{len(self.module_names) + 1}")
        # What is defined there is looked up there, by dataclasses for example.
        self.module_names.append(module.__name__)
        sys.modules[module.__name__] = module
        exec(compile_cell(cell), vars(module))  # noqa: S102 - this is what a notebook is for
        result = call_main(find_main(vars(module)), block.inputs, Context(block))
        if inspect.isawaitable(result):
            result = await result
        block.take_returned(result)
        if result is block.keep_alive:
            part = KeptPart(payload["title"], module.__name__, block.depth)
            await self.until_finished(block, part)

    def _look(self, failure: BaseException | None) -> None:
        for kept in self._kept:
            kept.look(failure)

    def _block(
        self, parent: Block, payload: BlockPayload, call: BlockCall, sink: CallbackSink
    ) -> Block:
        info = BlockInfo(
            session_id=parent.info.session_id,
            job_id=f"{self.request['jobId']}-{len(self.module_names) + 1}",
            stacks=[*parent.info.stacks, {"flow": "notebook", "node_id": payload["nodeId"]}],
            block_path=None,
        )
        handles = Handles(handles_of(payload["inputsDef"]), handles_of(payload["outputsDef"]))
        call.add_handles(handles)
        return Block(info, handles, self._job, self, sink)

    @cached_property
    def _payloads(self) -> list[BlockPayload]:
        payloads: list[BlockPayload] = json.loads(self.request["blocks"])
        return payloads

    def _input_def(self, node_id: str, handle: str) -> HandleDefDict | None:
        for block in self._payloads:
            if block["nodeId"] == node_id:
                return definitions_of(handles_of(block["inputsDef"])).get(handle)
        return None

    def _find(self, name: str) -> BlockPayload:
        """Find a block by its task, or else by the id or the title of its cell.

        Cells of one task run the same script: the first of them is taken.

        Raises:
            ValueError: there is none, or several have this title.
        """
        wanted = name.removeprefix(_OWN)
        blocks = self._payloads
        for block in blocks:
            if block["task"] is not None and block["task"].removeprefix(_OWN) == wanted:
                return block
        found = [block for block in blocks if block["nodeId"] == wanted]
        found = found or [block for block in blocks if block["title"] == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(block["nodeId"] for block in found)
            message = f'several cells have the title "{wanted}"; name one by its id: {ids}'
            raise ValueError(message)
        titles = ", ".join(f'"{block["title"]}"' for block in blocks)
        message = f'there is no Scriptlet "{wanted}" in the notebook; there are: {titles}'
        raise ValueError(message)


def _failed(name: str, reason: str) -> BlockExecuteException:
    return BlockExecuteException(f"run block {name} failed: {reason}")
