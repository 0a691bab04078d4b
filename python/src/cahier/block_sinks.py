"""Where the outputs, the progress and the events of a block go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from cahier.event_texts import event_text
from cahier.progress import Throttle, percent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cahier._wire import TargetPayload
    from cahier.handles import Handle
    from cahier.job import Job
    from cahier.log import EventRoom, Log
    from cahier.output_values import OutputValues

# A record has these though the job reports more than it keeps.
_ROOMS: dict[str, EventRoom] = {
    "BlockOutput": "output",
    "BlockOutputs": "output",
    "BlockFinished": "end",
}


class BlockSink(Protocol):
    """What takes whatever a block reports."""

    def take(
        self, values: Sequence[tuple[Handle, object]], targets: list[TargetPayload] | None
    ) -> dict[str, object]:
        """Take outputs for these targets, or for all, and give what the log shows of them.

        Raises:
            TypeError, ValueError, OSError: a handle cannot pass its value.
        """

    def progress(self, progress: object) -> None:
        """Take the progress.

        Raises:
            TypeError: it is no number.
        """

    def event(self, kind: str, fields: Mapping[str, object]) -> None:
        """Take an event of this type."""


class JobSink:
    """Takes what the block of the job itself reports."""

    def __init__(self, outputs: OutputValues, job: Job) -> None:
        """Collect the outputs; all else goes to the log and to the page."""
        self._outputs = outputs
        self._log = job.log
        self._throttle = Throttle(self._send_progress, job.now)
        job.log.call_regularly(self._throttle.look)
        # Without a method between them a call costs less.
        self.progress = self._throttle.take

    def take(
        self, values: Sequence[tuple[Handle, object]], targets: list[TargetPayload] | None
    ) -> dict[str, object]:
        """Keep the outputs for the end."""
        return {handle.name: self._outputs.put(handle, value, targets) for handle, value in values}

    def event(self, kind: str, fields: Mapping[str, object]) -> None:
        """Write the event to the log."""
        text = event_text(kind, fields, self._log.mask)
        self._log.event("event", text, _ROOMS.get(kind, "common"))

    def close(self) -> None:
        """Tell the last progress."""
        self._throttle.close()

    def _send_progress(self, percent: float) -> None:
        # In this order the event is gathered, and goes with what is sent next.
        self._log.emit({"type": "progress-changed", "percent": percent})
        self.event("BlockProgress", {"rate": percent})


class CallbackSink:
    """Takes what a block reports that another one runs, and calls the functions that it gave."""

    def __init__(self, log: Log) -> None:
        """Start without functions; one that fails is a warning in the log."""
        self.output_callbacks: set[Callable[[dict[str, Any]], None]] = set()
        self.progress_callbacks: set[Callable[[float | int], None]] = set()
        self._log = log

    def take(
        self,
        values: Sequence[tuple[Handle, object]],
        targets: list[TargetPayload] | None,  # noqa: ARG002 - nothing is connected
    ) -> dict[str, object]:
        """Give the values themselves to the functions."""
        outputs = {handle.name: value for handle, value in values}
        if outputs:
            for function in list(self.output_callbacks):
                self._call(function, outputs)
        return {}

    def progress(self, progress: object) -> None:
        """Give the progress to the functions."""
        percent = percent_of(progress)
        given = progress if percent == progress else percent
        for function in list(self.progress_callbacks):
            self._call(function, given)

    def event(self, kind: str, fields: Mapping[str, object]) -> None:
        """Leave it: the session's record is of the block that runs this one."""

    def _call(self, function: Callable[[Any], None], value: object) -> None:
        try:
            function(value)
        except Exception as error:  # noqa: BLE001 - it does not concern the block that reports
            self._log.warn(f"A callback of run_block failed: {type(error).__name__}: {error}")
