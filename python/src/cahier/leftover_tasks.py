"""Ends the tasks that a script leaves in its event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_SECONDS = 1.0
_MOST_NAMES = 5


def end_tasks(
    loop: asyncio.AbstractEventLoop,
    run: Callable[[Coroutine[Any, Any, None]], object] | None,
    warn: Callable[[str], None],
) -> None:
    """Cancel the tasks of the loop that are not done, and warn of them.

    They have a second to clean up; `run` runs a coroutine in the loop to its end, where that is
    possible.
    """
    tasks = asyncio.all_tasks(loop)
    if not tasks:
        return
    warn(_note(tasks))
    for task in tasks:
        task.cancel()
    if run:
        run(_wait(tasks))
        return
    # Without a way to run they were never begun.
    for task in tasks:
        coroutine = task.get_coro()
        if isinstance(coroutine, Coroutine):
            coroutine.close()


async def _wait(tasks: set[asyncio.Task[Any]]) -> None:
    await asyncio.wait(tasks, timeout=_MOST_SECONDS)


def _note(tasks: set[asyncio.Task[Any]]) -> str:
    names = sorted(getattr(task.get_coro(), "__qualname__", task.get_name()) for task in tasks)
    listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    which = "a task was" if len(names) == 1 else f"{len(names):,} tasks were"
    return (
        f"The script ended while {which} still pending, and cancelled: {listed}. "
        "Await a task whose work is to be finished."
    )
