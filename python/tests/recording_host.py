"""A host for tests: it records events, and keeps buffers as bytes."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from clock import Clock
from virtual_loop import VirtualLoop, virtual_loop

from cahier import execute_job
from cahier.leftover_tasks import cancel_tasks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

    from cahier._wire import (
        DoneOutcome,
        JobError,
        JobEvent,
        JobRequest,
        LogEntry,
        ManualType,
        Outcome,
        Preview,
    )
    from cahier.host import Buffer, IdleListener
    from cahier.log import Log


class RecordingHost:
    """Collects what a job sends, and answers it as a test has laid out.

    `answers` are what the reader types, in order; None stands for a closed input. Without a
    list nobody can be asked. `models` are pickles of the models that a job loads. A stop is
    raised in the sleep whose number is `stopped_sleep`. A script waits under the `clock`, which
    moves on only then.
    """

    def __init__(
        self,
        *,
        answers: list[str | None] | None = None,
        stopped_sleep: int | None = None,
        models: Mapping[str, bytes] | None = None,
    ) -> None:
        self.events: list[JobEvent] = []
        self.prompts: list[str] = []
        self.slept: list[float] = []
        self.is_stoppable = False
        self.clock = Clock()
        self._loop: VirtualLoop | None = None
        self._answers = answers
        self._stopped_sleep = stopped_sleep
        self._is_stopped = False
        self._models = models or {}

    def emit(self, event: JobEvent) -> None:
        self.events.append(event)

    def keep(self, buffer: Buffer) -> bytes:
        view = memoryview(buffer)  # type: ignore[arg-type] # numpy's arrays are buffers
        if not view.contiguous:
            message = "only contiguous buffers can be kept"
            raise BufferError(message)
        return view.tobytes()

    def keep_all(self, buffers: Sequence[Buffer]) -> bytes:
        return b"".join(map(self.keep, buffers))

    def keep_file(self, path: str) -> bytes:
        return Path(path).read_bytes()

    def read_model(self, name: str, start: int, target: memoryview) -> int:
        part = self._models[name][start : start + len(target)]
        target[: len(part)] = part
        return len(part)

    def explain_missing_module(self, name: str) -> str:
        return f"{name} cannot be had here."

    @asynccontextmanager
    async def attend(self, log: Log) -> AsyncIterator[None]:
        with virtual_loop(self.clock) as loop:
            self._loop = loop
            try:
                yield
            finally:
                tasks = cancel_tasks(loop, log.warn)
                for _ in range(5):
                    loop.call_soon(loop.stop)
                    loop.run_forever()
                assert all(task.done() for task in tasks)
                # A loop refers to itself: it would stay with all later jobs while the host does.
                self._loop = None
        log.flush_if_idle()

    async def wait_for(self, awaitable: Awaitable[object]) -> object:
        assert self._loop, "only a job waits"
        return self._loop.run_until_complete(awaitable)

    def call_when_idle(self, listener: IdleListener) -> None:
        assert self._loop, "only a job waits"
        self._loop.idle_listener = listener

    def start_script(self) -> None:
        self.is_stoppable = True

    def end_script(self) -> None:
        self.is_stoppable = False

    def is_stopped(self) -> bool:
        return self._is_stopped

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) == self._stopped_sleep:
            self.stop()

    def can_ask(self) -> bool:
        return self._answers is not None

    def ask(self, prompt: str) -> str | None:
        assert self._answers, "nobody was to be asked"
        self.prompts.append(prompt)
        return self._answers.pop(0)

    def stop(self) -> None:
        """Do what a stop does in the browser, where the script is."""
        assert self.is_stoppable, "an interrupt may hit the script only"
        self._is_stopped = True
        raise KeyboardInterrupt


# A token has three parts; of the first, which says how it is signed, nothing is hidden.
HEAD = "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9"
CLAIMS = "eyJpc3MiOiJjYWhpZXIiLCJzdWIiOiJhZGEifQ"
SIGNATURE = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
TOKEN = f"{HEAD}.{CLAIMS}.{SIGNATURE}"


def request(
    source: str,
    *,
    title: str = "Sales",
    generate_empty_dataset: bool = False,
    manual_types: Sequence[ManualType] = (),
) -> JobRequest:
    """Ask for a Data Generator job."""
    return {
        "kind": "data-generator",
        "title": title,
        "source": source,
        "configuration": {
            "generateEmptyDataset": generate_empty_dataset,
            "manualTypes": [*manual_types],
        },
        "authorization": f"Bearer {TOKEN}",
    }


def run(source: str, *, generate_empty_dataset: bool = True) -> list[JobEvent]:
    """Run a script with a clock that stands still; give all its events."""
    return run_request(request(source, generate_empty_dataset=generate_empty_dataset))


def run_request(
    job: JobRequest,
    now: Callable[[], float] | None = None,
    host: RecordingHost | None = None,
) -> list[JobEvent]:
    """Run a job and give all its events."""
    host = host or RecordingHost()
    running = execute_job(job, host, now or host.clock)
    try:
        running.send(None)
    except StopIteration:
        return host.events
    message = "a job waits only where Python cannot be paused"
    raise AssertionError(message)


def outcome_of(events: list[JobEvent]) -> Outcome:
    """Give the outcome; it has to be the last event, and the only one of its kind."""
    *others, last = events
    assert all(event["type"] != "job-finished" for event in others), events
    assert last["type"] == "job-finished", events
    return last["outcome"]


def error_of(source: str) -> JobError:
    """Run a script that has to fail."""
    outcome = outcome_of(run(source))
    assert outcome["status"] == "failed", outcome
    return outcome["error"]


def done(source: str, *, generate_empty_dataset: bool = True) -> DoneOutcome:
    """Run a script that has to succeed."""
    outcome = outcome_of(run(source, generate_empty_dataset=generate_empty_dataset))
    assert outcome["status"] == "done", outcome
    return outcome


def entries_of(events: list[JobEvent]) -> list[LogEntry]:
    """Give the log entries of all events."""
    return [entry for event in events if event["type"] == "log-added" for entry in event["entries"]]


def previews_of(events: list[JobEvent]) -> list[Preview]:
    """Give the previews of all events, their texts as such."""
    previews = [event["preview"] for event in events if event["type"] == "preview-added"]
    return [cast("Preview", {**shown, "content": _decoded(shown["content"])}) for shown in previews]


def _decoded(content: Mapping[str, Any]) -> dict[str, object]:
    text = content.get("text")
    return {**content, "text": text.decode()} if isinstance(text, bytes) else dict(content)


def log_of(source: str) -> str:
    """Run a script and give all that it printed, warnings included."""
    return "".join(entry["text"] for entry in entries_of(run(source)))
