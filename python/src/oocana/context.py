"""The object through which a Scriptlet speaks with the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from oocana.blocks import (
    OOMOL_LLM_ENV,
    BlockExecuteException,
    BlockJob,
    Downstream,
    FlowDownstream,
    HandleDefDict,
    HostInfo,
    NodeDownstream,
    QueryBlockResponse,
    ToFlow,
    ToNode,
)
from oocana.host import HostFacts
from oocana.internal import InternalAPI

if TYPE_CHECKING:
    import logging
    from collections.abc import Mapping

    from oocana.data import BlockDict, JobDict
    from oocana.preview import PreviewPayload
    from oocana.runtime import Runtime

# Scripts import these from here as well.
__all__ = [
    "OOMOL_LLM_ENV",
    "BlockExecuteException",
    "BlockJob",
    "Context",
    "Downstream",
    "FlowDownstream",
    "HandleDefDict",
    "HostInfo",
    "NodeDownstream",
    "QueryBlockResponse",
    "ToFlow",
    "ToNode",
]


class Context(HostFacts):
    """What `main(params, context)` gets: inputs, outputs, previews, progress and the log.

    The rules are those of the OOCANA Python API; where Cahier goes beyond them, the member says so.
    """

    def __init__(self, runtime: Runtime) -> None:
        """Speak through a runtime; scripts never make a Context themselves."""
        super().__init__(runtime.send_warning)
        self._runtime = runtime
        self.report_progress = runtime.report_progress  # type: ignore[assignment] # half the time
        self.internal = InternalAPI()

    @property
    def inputs(self) -> dict[str, Any]:
        """The values of the inputs by their handles; None where a nullable one has no value."""
        return self._runtime.inputs

    @property
    def inputs_def(self) -> Mapping[str, HandleDefDict]:
        """The definitions of the inputs by their handles; they cannot be changed."""
        return self._runtime.inputs_def

    @property
    def outputs_def(self) -> Mapping[str, HandleDefDict]:
        """The definitions of the outputs by their handles; they cannot be changed."""
        return self._runtime.outputs_def

    @property
    def session_id(self) -> str:
        """The id of the session."""
        return self._runtime.info.session_id

    @property
    def job_id(self) -> str:
        """The id of the job."""
        return self._runtime.info.job_id

    @property
    def job_info(self) -> JobDict:
        """The ids of job and session."""
        return self._runtime.info.job_info()

    @property
    def block_info(self) -> BlockDict:
        """The ids of job and session, and the place of the block."""
        return self._runtime.info.block_dict()

    @property
    def node_id(self) -> str:
        """The id of the cell, or that of its node in the flow it was imported from."""
        return self._runtime.node_id

    @property
    def logger(self) -> logging.Logger:
        """A logger whose records go to the log of the job, from DEBUG on."""
        return self._runtime.logger

    @property
    def keepAlive(self) -> object:  # noqa: N802 - the public name
        """What `main` returns to have the job go on until `done` or `finish` is called."""
        return self._runtime.keep_alive

    @property
    def session_dir(self) -> str:
        """The folder of the session, which all its jobs share; what is in it at the end is kept."""
        return self._runtime.session_dir

    @property
    def tmp_dir(self) -> str:
        """A folder for temporary files, which the cells of the session share."""
        return self._runtime.tmp_dir

    @property
    def tmp_pkg_dir(self) -> str:
        """A folder for temporary files of the notebook, within `tmp_dir`."""
        folder = Path(self._runtime.tmp_dir, "notebook")
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)

    @property
    def pkg_dir(self) -> str:
        """The folder of the notebook's files, kept between sessions."""
        return self._runtime.package_dir

    @property
    def pkg_data_dir(self) -> str:
        """The folder of the notebook's files, kept between sessions."""
        return self._runtime.package_dir

    def output(
        self,
        key: str,
        value: Any,  # noqa: ANN401 - any value
        done: bool = False,  # noqa: FBT001, FBT002 - the public signature
        *,
        to_node: list[ToNode] | None = None,
        to_flow: list[ToFlow] | None = None,
    ) -> None:
        """Put out a value through the output handle `key`; `done` ends the block as well.

        A key that is not declared is a warning, and so is a binary handle given no bytes; the value
        is dropped then. Of the values of a handle each input gets the last that reached it: with
        `to_node` only those that it names. `to_flow` reaches nothing here.

        Raises:
            TypeError, ValueError: the handle cannot pass this value, or `to_node` is no such list.
        """
        self._runtime.output(key, value, is_last=done, to_node=to_node, to_flow=to_flow)

    def outputs(self, outputs: Mapping[str, Any]) -> None:
        """Put out several values, by their handles.

        Raises:
            TypeError, ValueError: `outputs` is no dict, or a handle cannot pass its value.
        """
        self._runtime.outputs(outputs)

    def finish(self, *, result: dict[str, Any] | None = None, error: str | None = None) -> None:
        """End the block: with the error if there is one, else with the result if there is one.

        A second call is a warning and ignored.

        Raises:
            ValueError: the result is no dict.
        """
        self._runtime.finish(result, error)

    def done(self, error: str | None = None) -> None:
        """End the block, with an error if there is one."""
        self._runtime.finish(None, error)

    def preview(self, payload: PreviewPayload, id: str | None = None) -> None:  # noqa: A002 - the public name
        """Show a table, a text, an image, a film, a page or a chart.

        `payload` is {"type": ..., "data": ...}, a DataFrame or a figure. The same `id` again
        replaces that preview in its place. What cannot be shown is a warning. In a specification
        of Vega-Lite a DataFrame may stand for `data`; encodings of its columns need no `type`.

        Raises:
            TypeError: the payload is no preview at all.
        """
        self._runtime.preview(payload, id)

    def report_progress(self, progress: float | int) -> None:  # noqa: PYI041 - the public signature
        """Tell the progress, 0 to 100; what lies beyond is taken as the nearer end.

        The first call is told at once, later ones once in 0.3 s, and the last of a job always.

        Raises:
            TypeError: it is no number.
        """
        self._runtime.report_progress(progress)

    def report_log(self, line: str, stdio: str = "stdout") -> None:
        """Write a line to the log, as printed to "stdout" or "stderr"."""
        self._runtime.report_log(line, stdio)

    def log_json(self, payload: Any) -> None:  # noqa: ANN401 - anything
        """Write a value to the log as JSON."""
        self._runtime.log_json(payload)

    def send_message(self, payload: Any) -> None:  # noqa: ANN401 - anything
        """Write a message to the log, a text or a dict."""
        self._runtime.send_message(payload)

    def send_warning(self, warning: str) -> None:
        """Write a warning to the log."""
        self._runtime.send_warning(warning)

    def send_error(self, error: str) -> None:
        """Do what `error` does; deprecated."""
        self._runtime.error(error)

    def error(self, error: str) -> None:
        """Write an error to the log; the block goes on, and its job ends as failed."""
        self._runtime.error(error)

    async def query_downstream(self, handles: list[str] | None = None) -> dict[str, Downstream]:
        """Tell what these output handles are connected to, all of them without a list.

        Raises:
            ValueError: a handle is not declared.
        """
        return self._runtime.query_downstream(handles)

    async def query_block(self, block: str) -> QueryBlockResponse:
        """Tell what there is to know of a block: "self::<title or id of a cell>", or the title.

        Raises:
            ValueError: there is none of this name; those that there are are listed.
        """
        return self._runtime.query_block(block)

    def run_block(
        self,
        block: str,
        *,
        inputs: Mapping[str, Any],
        additional_inputs_def: list[HandleDefDict] | None = None,
        additional_outputs_def: list[HandleDefDict] | None = None,
        strict: bool = False,
    ) -> BlockJob:
        """Run another Scriptlet of the notebook: "self::<title or id of its cell>", or its title.

        An input that is not given has the value that is set on that cell, else its default, else
        None where it is nullable. `strict` has all of them checked by their JSON Schemas first;
        else they are taken as they are. Await `finish()` of what this gives for the end of the run;
        all that goes wrong, an unknown name too, is a BlockExecuteException there.
        """
        return self._runtime.run_block(
            block, inputs, additional_inputs_def, additional_outputs_def, is_strict=strict
        )
