"""The tasks that a script has in its event loop, and the end of those that it leaves there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_NAMES = 5
# What asyncio.ensure_future makes of an awaitable that is neither a coroutine nor a future.
_STAND_IN = "_wrap_awaitable"


def pending_tasks(loop: asyncio.AbstractEventLoop) -> set[asyncio.Task[Any]]:
    """Give the tasks of the loop that are not done.

    Those that stand for something else that is awaited, such as a promise, are left out: they do
    nothing of their own, and not all of them are the script's.
    """
    return {task for task in asyncio.all_tasks(loop) if not _name(task).endswith(_STAND_IN)}


def cancel_tasks(
    loop: asyncio.AbstractEventLoop, warn: Callable[[str], None]
) -> set[asyncio.Task[Any]]:
    """Cancel the tasks of the loop that `pending_tasks` gives, warn of them, and give them."""
    tasks = pending_tasks(loop)
    if tasks:
        warn(_note(tasks))
    for task in tasks:
        task.cancel()
    return tasks


def _note(tasks: set[asyncio.Task[Any]]) -> str:
    names = sorted(map(_name, tasks))
    listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    if len(names) == 1:
        which, ending = "a task was", "It was cancelled"
    else:
        which, ending = f"{len(names):,} tasks were", "They were cancelled"
    return (
        f"The script ended while {which} still pending: {listed}. {ending}; "
        "await a task whose work is to be finished."
    )


def _name(task: asyncio.Task[Any]) -> str:
    return str(getattr(task.get_coro(), "__qualname__", task.get_name()))
