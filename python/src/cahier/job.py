"""What all processors get to run a job with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier.host import Host
    from cahier.log import Log
    from cahier.previews import Previews


class Job(NamedTuple):
    """The place a job runs in, where its log and its previews go, and its clock (epoch seconds)."""

    host: Host
    log: Log
    previews: Previews
    now: Callable[[], float]
