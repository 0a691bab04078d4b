"""What a Context needs of whatever runs its block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import logging
    from collections.abc import Mapping

    from oocana.blocks import (
        BlockJob,
        Downstream,
        HandleDefDict,
        QueryBlockResponse,
        ToFlow,
        ToNode,
    )
    from oocana.data import BlockInfo


class Runtime(Protocol):
    """The run of one block. `Context` says what its members mean."""

    info: BlockInfo
    inputs: dict[str, Any]
    inputs_def: Mapping[str, HandleDefDict]
    outputs_def: Mapping[str, HandleDefDict]
    session_dir: str
    tmp_dir: str
    package_dir: str

    @property
    def node_id(self) -> str:
        """The id of the cell."""

    @property
    def logger(self) -> logging.Logger:
        """A logger that writes to the log of the job."""

    @property
    def keep_alive(self) -> object:
        """What `main` returns to have the job go on."""

    def output(
        self,
        key: str,
        value: object,
        *,
        is_last: bool,
        to_node: list[ToNode] | None,
        to_flow: list[ToFlow] | None,
    ) -> None:
        """Put out one value."""

    def outputs(self, values: Mapping[str, object]) -> None:
        """Put out several values at once."""

    def finish(self, result: object, error: str | None) -> None:
        """End the block."""

    def preview(self, payload: object, preview_id: str | None) -> None:
        """Show a preview."""

    def report_progress(self, progress: object) -> None:
        """Tell the progress."""

    def report_log(self, line: object, stdio: str) -> None:
        """Write a line to the log."""

    def log_json(self, payload: object) -> None:
        """Write a value to the log."""

    def send_message(self, payload: object) -> None:
        """Write a message to the log."""

    def send_warning(self, warning: object) -> None:
        """Write a warning to the log."""

    def error(self, error: object) -> None:
        """Write an error to the log."""

    def query_downstream(self, handles: list[str] | None) -> dict[str, Downstream]:
        """Tell what the outputs are connected to."""

    def query_block(self, block: str) -> QueryBlockResponse:
        """Tell what there is to know of a block."""

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
