"""Tasks that a script leaves in its event loop."""

from __future__ import annotations

import asyncio
import gc
import sys
import unittest
import warnings
from typing import TYPE_CHECKING, Any

from cahier.leftover_tasks import cancel_tasks

if TYPE_CHECKING:
    from collections.abc import Generator

ENDING = "They were cancelled; await a task whose work is to be finished."
ENDING_OF_ONE = ENDING.replace("They were", "It was")


async def first() -> None:
    """Wait for long."""
    await asyncio.sleep(1_000)


async def second() -> None:
    """Wait for the other."""
    await first()


@unittest.skipIf(sys.platform == "emscripten", "Pyodide's event loop cannot be run by hand")
class LeftoverTasks(unittest.TestCase):
    def setUp(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.addCleanup(self.loop.close)
        # As that of a job, it has no words for tasks that are dropped.
        self.loop.set_exception_handler(lambda *_: None)
        self.warnings: list[str] = []

    def cancel(self) -> set[asyncio.Task[Any]]:
        return cancel_tasks(self.loop, self.warnings.append)

    def end(self, tasks: set[asyncio.Task[Any]]) -> None:
        self.loop.run_until_complete(asyncio.wait(tasks))

    def test_are_cancelled_and_named(self) -> None:
        tasks = {self.loop.create_task(second()), self.loop.create_task(first())}
        self.loop.run_until_complete(asyncio.sleep(0))
        self.assertEqual(self.cancel(), tasks)
        self.end(tasks)
        self.assertEqual([task.cancelled() for task in tasks], [True, True])
        self.assertEqual(
            self.warnings,
            [f"The script ended while 2 tasks were still pending: first, second. {ENDING}"],
        )

    def test_are_named_up_to_five(self) -> None:
        tasks = {self.loop.create_task(first()) for _ in range(7)}
        self.end(self.cancel())
        self.assertIn(f"{len(tasks)} tasks were still pending: {'first, ' * 5}…. ", *self.warnings)

    def test_of_which_there_is_one_are_told_of_in_the_singular(self) -> None:
        self.loop.create_task(first())
        self.end(self.cancel())
        self.assertEqual(
            self.warnings,
            [f"The script ended while a task was still pending: first. {ENDING_OF_ONE}"],
        )

    def test_that_are_done_are_not_told_of(self) -> None:
        self.loop.run_until_complete(self.loop.create_task(asyncio.sleep(0)))
        self.assertEqual((self.cancel(), self.warnings), (set(), []))

    def test_that_stand_for_another_awaitable_are_left_alone(self) -> None:
        promise = self.loop.create_future()

        class Thenable:
            def __await__(self) -> Generator[Any, None, None]:
                yield from promise

        task = asyncio.ensure_future(Thenable(), loop=self.loop)
        self.loop.run_until_complete(asyncio.sleep(0))
        self.assertEqual((self.cancel(), self.warnings), (set(), []))
        task.cancel()
        self.loop.run_until_complete(asyncio.wait([task]))

    def test_that_have_not_begun_never_do_and_end_without_a_word(self) -> None:
        begun: list[str] = []

        async def tick() -> None:
            begun.append("tick")

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.loop.create_task(tick())
            self.end(self.cancel())
            gc.collect()
        self.assertEqual(([str(warning.message) for warning in caught], begun), ([], []))
