"""Runs the function that a Statement is: once for all rows, or once for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cahier.bounded_text import bounded_text
from cahier.progress import Throttle

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from cahier._wire import JobError
    from cahier._wire_statement import StatementConfiguration
    from cahier.job import Job
    from cahier.statement_compile import CompiledStatement
    from cahier.statement_input import StatementInput
    from cahier.statement_output import StatementOutput

_FUNCTION = "Statement"
_LONGEST_SHOWN = 2_000


class StatementRuns:
    """The runs of one job."""

    def __init__(
        self, configuration: StatementConfiguration, job: Job, output: StatementOutput
    ) -> None:
        """Put the rows that are returned into the output."""
        self._configuration = configuration
        self._job = job
        self._output = output
        # From 1; None where all rows are given at once.
        self._row: int | None = None

    async def run(
        self, names: dict[str, Any], given: StatementInput, compiled: CompiledStatement
    ) -> None:
        """Run it; `names` are those of its module, which its code has been executed in."""
        wait = self._job.host.wait_for if compiled.is_waiting else _run_through

        def call() -> Awaitable[object]:
            return wait(names[_FUNCTION](*(names[name] for name in compiled.parameters)))

        if self._configuration["isBulk"] or not given.is_connected:
            await self._run_once(names, list(given.rows()), call)
        else:
            await self._run_rows(names, given, call)

    def name_row(self, error: JobError) -> JobError:
        """Say in an error which row it came with."""
        if self._row is None:
            return error
        named = error.copy()
        named["message"] = f"Input row {self._row:,}: {error['message']}"
        return named

    async def _run_rows(
        self,
        names: dict[str, Any],
        given: StatementInput,
        call: Callable[[], Awaitable[object]],
    ) -> None:
        progress = Throttle(self._tell, self._job.now)
        count = given.count
        for row, content in enumerate(given.rows(), 1):
            self._row = row
            await self._run_once(names, [content], call)
            progress.take(100 * row / count)
        self._row = None
        progress.close()

    async def _run_once(
        self,
        names: dict[str, Any],
        rows: list[dict[str, Any]],
        call: Callable[[], Awaitable[object]],
    ) -> None:
        started = self._job.now()
        shown = {"input": self._describe(rows)}
        names["INPUT_DATA"] = rows
        kept = names.copy()
        try:
            returned = await call()
            shown["output"] = self._describe(returned)
            self._output.take(returned)
        except BaseException as error:
            has_failed = isinstance(error, Exception)
            self._show("failed after" if has_failed else "stopped after", started, shown)
            raise
        self._show("took", started, shown)
        # What a `global` has left or changed: a row is to know nothing of those before it.
        names.clear()
        names.update(kept)

    def _show(self, what: str, started: float, shown: dict[str, str]) -> None:
        if not self._configuration["isDebugged"]:
            return
        time = f"{1000 * (self._job.now() - started):.1f} ms"
        rows = "".join(f"  {name}: {text}\n" for name, text in shown.items())
        self._job.log.print("debug", f"{self._where()} {what} {time}\n{rows}")

    def _where(self) -> str:
        return "The statement" if self._row is None else f"Input row {self._row:,}"

    def _describe(self, value: object) -> str:
        if not self._configuration["isDebugged"]:
            return ""
        text = bounded_text(value, _LONGEST_SHOWN)
        rows = f" ({len(value):,} rows)" if isinstance(value, list) and text[-1] == "…" else ""
        return text + rows

    def _tell(self, percent: float) -> None:
        self._job.log.emit({"type": "progress-changed", "percent": percent})


async def _run_through(coroutine: Coroutine[object, None, object]) -> object:
    """Run a body that never waits to its end, which takes one step."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError
