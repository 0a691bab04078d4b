"""The run of one Scriptlet: what stands behind its `Context`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cahier.block_call import BlockCall
from cahier.event_texts import entry_text
from cahier.handles import definitions_of
from cahier.job_logger import job_logger
from cahier.kept_wait import KeptWait
from cahier.output_values import BYTES_TYPES
from cahier.rules import RuleError
from cahier.targets import targets_of
from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    import logging

    from cahier._wire import TargetPayload
    from cahier.block_sinks import BlockSink
    from cahier.blocks import Blocks
    from cahier.handles import Handle, Handles
    from cahier.job import Job
    from oocana.blocks import (
        BlockJob,
        Downstream,
        HandleDefDict,
        QueryBlockResponse,
        ToFlow,
        ToNode,
    )
    from oocana.data import BlockInfo

_NO_REASON = "The script said that it failed, and gave no reason: the text of its error is empty."


class KeepAlive:
    """What `main` returns to have its job go on; it equals nothing but itself."""

    def __repr__(self) -> str:
        """Say what it is."""
        return "context.keepAlive"


class Block:
    """Takes what a script tells its Context, and knows when the block is finished."""

    def __init__(
        self, info: BlockInfo, handles: Handles, job: Job, blocks: Blocks, sink: BlockSink
    ) -> None:
        """Start a block without inputs; all that it reports goes to the sink."""
        self.info = info
        self.inputs: dict[str, Any] = {}
        self.inputs_def: Mapping[str, HandleDefDict] = definitions_of(handles.inputs)
        self.outputs_def: Mapping[str, HandleDefDict] = definitions_of(handles.outputs)
        self.keep_alive = KeepAlive()
        self.is_finished = False
        self.input_handles = handles.inputs
        self._output_handles = handles.outputs
        self._job = job
        self._log = job.log
        self._blocks = blocks
        self._sink = sink
        self.report_progress = sink.progress
        self._logger: logging.Logger | None = None
        self._failures: list[str] = []
        self.kept = KeptWait(self.send_warning)
        directories = blocks.request["directories"]
        self.session_dir = directories["session"]
        self.tmp_dir = directories["temporary"]
        self.package_dir = directories["package"]

    @property
    def node_id(self) -> str:
        """The id of the cell."""
        return str(self.info.stacks[-1]["node_id"])

    @property
    def logger(self) -> logging.Logger:
        """A logger that writes to the log of the job."""
        if self._logger is None:
            self._logger = job_logger(self._log, self.node_id)
        return self._logger

    @property
    def failure(self) -> str | None:
        """Why the block has failed by what it said itself; None where it has not."""
        if not self._failures:
            return None
        # That of an assert, for example, is an exception without a text.
        return "\n".join(filter(None, self._failures)) or _NO_REASON

    @property
    def depth(self) -> int:
        """How many blocks run one another, this one included."""
        return len(self.info.stacks)

    def output(
        self,
        key: str,
        value: object,
        *,
        is_last: bool,
        to_node: list[ToNode] | None,
        to_flow: list[ToFlow] | None,
    ) -> None:
        """Put out one value, to all that is connected or to what is named."""
        is_targeted = to_node is not None or to_flow is not None
        is_known = is_targeted and key in self.outputs_def
        targets = self._targets_for(key, to_node, to_flow) if is_known else None
        for name, described in self._take({key: value}, targets).items():
            fields: dict[str, object] = {"handle": name, "output": described, "done": is_last}
            if is_targeted:
                fields["options"] = {"target": {"to_node": to_node, "to_flow": to_flow}}
            self._sink.event("BlockOutput", fields)
        if is_last:
            self.finish(None, None)

    def outputs(self, values: Mapping[str, object]) -> None:
        """Put out several values at once.

        Raises:
            TypeError: they are no mapping.
        """
        if not isinstance(values, Mapping):
            message = (
                "context.outputs(outputs) takes a dict whose keys are output handles, such as "
                f'{{"output": value}}, not {type_name(type(values))}.'
            )
            raise TypeError(message)
        self._sink.event("BlockOutputs", {"outputs": self._take(values)})

    def finish(self, result: object, error: str | None) -> None:
        """End the block: the error comes first, then the result; a second call is ignored."""
        if self.is_finished:
            self.send_warning("done has been called multiple times and will be ignored.")
            return
        fields: dict[str, object] = {}
        if error is not None:
            fields["error"] = str(error)
            self._failures.append(str(error))
        elif result is not None:
            if not isinstance(result, dict):
                message = f"finish(result=...) takes a dict, not {type_name(type(result))}."
                raise ValueError(message)
            fields["result"] = self._take(result)
        self.is_finished = True
        self._sink.event("BlockFinished", fields)
        self.kept.end()

    def take_returned(self, returned: object) -> None:
        """End the block with what `main` has returned.

        Raises:
            RuleError: that is neither a dict, None nor keepAlive, or an output cannot be passed.
        """
        if returned is self.keep_alive:
            return
        if returned is not None and not isinstance(returned, dict):
            message = (
                f"main returned a value of type {type_name(type(returned))}. Return a dict whose "
                'keys are output handles, such as {"output": value}, or None, or context.keepAlive.'
            )
            raise RuleError(message)
        if self.is_finished:
            if returned:
                names = ", ".join(map(str, returned))
                self.send_warning(
                    f"main returned outputs after the block was finished; dropped: {names}."
                )
            return
        try:
            self.finish(returned, None)
        except (TypeError, ValueError, OSError) as error:
            raise RuleError(str(error)) from None

    def preview(self, payload: object, preview_id: str | None) -> None:
        """Show a preview."""
        self._job.previews.add(payload, preview_id)

    def report_log(self, line: object, stdio: str) -> None:
        """Write a line to the log."""
        self._log.print("stderr" if stdio == "stderr" else "stdout", f"{line}\n")

    def log_json(self, payload: object) -> None:
        """Write a value to the log."""
        self._log.event("json", entry_text(payload, self._log.mask))

    def send_message(self, payload: object) -> None:
        """Write a message to the log."""
        self._log.event("message", entry_text(payload, self._log.mask))

    def send_warning(self, warning: object) -> None:
        """Write a warning to the log."""
        self._log.warn(str(warning))

    def error(self, error: object) -> None:
        """Write an error to the log; the block ends as failed."""
        self._failures.append(str(error))
        self._log.warn(str(error), "error")

    def query_downstream(self, handles: list[str] | None) -> dict[str, Downstream]:
        """Tell what the outputs are connected to."""
        return self._blocks.downstream_of(self, handles)

    def query_block(self, block: str) -> QueryBlockResponse:
        """Tell what there is to know of a block."""
        return self._blocks.describe(block)

    def run_block(
        self,
        block: str,
        inputs: Mapping[str, object],
        inputs_def: list[HandleDefDict] | None,
        outputs_def: list[HandleDefDict] | None,
        *,
        is_strict: bool,
    ) -> BlockJob:
        """Run another block."""
        additional = inputs_def or [], outputs_def or []
        return self._blocks.run(self, BlockCall(block, inputs, additional, is_strict))

    def _targets_for(
        self, key: str, to_node: list[ToNode] | None, to_flow: list[ToFlow] | None
    ) -> list[TargetPayload]:
        if to_flow or to_node is None:
            reached = "goes to no cell" if to_node is None else "goes to what to_node names alone"
            self.send_warning(
                f"Output handle key: [{key}] was put out with to_flow: a notebook has no outputs "
                f"of its own, and the value {reached}."
            )
        connected = self._blocks.connected_to(self).get(key, [])
        return targets_of(to_node, connected, key, self._blocks.looks_of(self), self.send_warning)

    def _take(
        self, values: Mapping[str, object], targets: list[TargetPayload] | None = None
    ) -> dict[str, object]:
        """Hand over those that can be put out; what is shown of each comes back."""
        taken = [(self._handle_for(key, value), value) for key, value in values.items()]
        return self._sink.take(
            [(handle, value) for handle, value in taken if handle is not None], targets
        )

    def _handle_for(self, key: object, value: object) -> Handle | None:
        if self.is_finished:
            self.send_warning(f"Output handle key: [{key}] came after the end, and is ignored.")
            return None
        handle = self._output_handles.get(key) if isinstance(key, str) else None
        if handle is None:
            self.send_warning(f"Output handle key: [{key}] is not defined in Block outputs schema.")
        elif handle.is_binary and not isinstance(value, BYTES_TYPES):
            self.send_warning(
                f"Output handle key: [{key}] is defined as binary, but the value is not bytes."
            )
            return None
        return handle
