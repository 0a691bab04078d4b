"""What a Context tells of other blocks, and the run of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable


class ToNode(TypedDict):
    """An input of a node that an output is to go to."""

    node_id: str
    input_handle: str


class ToFlow(TypedDict):
    """An output of the flow that an output is to go to."""

    output_handle: str


class HandleDefDict(TypedDict, total=False):
    """The definition of an input or output; the default of an input is under `value`."""

    handle: str
    description: str | None
    json_schema: dict[str, Any] | None
    kind: str | None
    nullable: bool
    is_additional: bool
    value: Any


class QueryBlockResponse(TypedDict):
    """What there is to know of a block."""

    type: Literal["task", "subflow"]
    description: str | None
    inputs_def: dict[str, HandleDefDict] | None
    outputs_def: dict[str, HandleDefDict] | None
    additional_outputs: bool
    additional_inputs: bool


class FlowDownstream(TypedDict):
    """An output of the flow that an output is connected to."""

    output_handle: str
    output_handle_def: HandleDefDict | None


class NodeDownstream(TypedDict):
    """An input of a node that an output is connected to."""

    node_id: str
    description: str | None
    input_handle: str
    input_handle_def: HandleDefDict | None


class Downstream(TypedDict):
    """Whatever an output is connected to."""

    to_flow: list[FlowDownstream]
    to_node: list[NodeDownstream]


class OOMOL_LLM_ENV(TypedDict):  # noqa: N801 - the public name
    """Where a language model is to be reached; all of it is empty in a browser."""

    base_url: str
    base_url_v1: str
    api_key: str
    models: list[str]


class HostInfo(TypedDict):
    """The graphics hardware; "unknown" in a browser."""

    gpu_vendor: str
    gpu_renderer: str


class BlockExecuteException(Exception):  # noqa: N818 - the public name
    """A block that another one ran has failed."""

    def __init__(self, message: str) -> None:
        """Take the reason."""
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """Give the reason with the name of this class."""
        return f"BlockExecuteException: {self.message}"


class BlockJob:
    """The run of another block."""

    def __init__(
        self,
        outputs_callbacks: set[Callable[[dict[str, Any]], None]],
        progress_callbacks: set[Callable[[float | int], None]],
        future: asyncio.Future[None],
    ) -> None:
        """Take the sets that the run calls, and the future that is done at its end."""
        self._output_callbacks = outputs_callbacks
        self._progress_callbacks = progress_callbacks
        self._future = future

    def add_output_callback(self, fn: Callable[[dict[str, Any]], None]) -> None:
        """Have a function called with each output, {handle: value}.

        Raises:
            ValueError: it is no function.
        """
        _check(fn, "output_callback")
        self._output_callbacks.add(fn)

    def add_progress_callback(self, fn: Callable[[float | int], None]) -> None:
        """Have a function called with the progress, 0 to 100; 100 comes when all went well.

        Raises:
            ValueError: it is no function.
        """
        _check(fn, "progress_callback")
        self._progress_callbacks.add(fn)

    def finish(self) -> asyncio.Future[None]:
        """Give what is to be awaited for the end; a failure is a BlockExecuteException."""
        return self._future


def _check(function: object, name: str) -> None:
    if not callable(function):
        message = f"{name} should be a callable function."
        raise ValueError(message)  # noqa: TRY004 - as the public SDK has it
