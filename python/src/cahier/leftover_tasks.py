"""Ends the tasks that a script leaves in its event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_NAMES = 5


def cancel_tasks(
    loop: asyncio.AbstractEventLoop, warn: Callable[[str], None]
) -> set[asyncio.Task[Any]]:
    """Cancel the tasks of the loop that are not done, warn of them, and give them."""
    tasks = asyncio.all_tasks(loop)
    if tasks:
        warn(_note(tasks))
    for task in tasks:
        task.cancel()
    return tasks


def close_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Drop tasks whose loop has never run, so that they have not begun."""
    for task in tasks:
        coroutine = task.get_coro()
        if isinstance(coroutine, Coroutine):
            coroutine.close()


def _note(tasks: set[asyncio.Task[Any]]) -> str:
    names = sorted(getattr(task.get_coro(), "__qualname__", task.get_name()) for task in tasks)
    listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    if len(names) == 1:
        which, ending = "a task was", "It was cancelled"
    else:
        which, ending = f"{len(names):,} tasks were", "They were cancelled"
    return (
        f"The script ended while {which} still pending: {listed}. {ending}; "
        "await a task whose work is to be finished."
    )
