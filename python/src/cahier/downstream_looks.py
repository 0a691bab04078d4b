"""What a job looked at of the connections that its outputs lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cahier._wire import DownstreamLook


class DownstreamLooks:
    """Notes which connections a job would have to be run again for, were they others."""

    def __init__(self) -> None:
        """Start without a look."""
        self._looks: dict[str, DownstreamLook] = {}

    @property
    def taken(self) -> list[DownstreamLook]:
        """What was looked at, one for each output."""
        return list(self._looks.values())

    def take_by_name(self, handle: str, *, by_title: bool) -> None:
        """Note that inputs connected to an output were named, some by the title of their cell."""
        look = self._look(handle)
        look["isByTitle"] = look["isByTitle"] or by_title

    def take_whole(self, handles: Iterable[str]) -> None:
        """Note that the script was told all there is to know of what outputs lead to."""
        for handle in handles:
            self._look(handle)["isDescribed"] = True

    def _look(self, handle: str) -> DownstreamLook:
        plain: DownstreamLook = {"handle": handle, "isByTitle": False, "isDescribed": False}
        return self._looks.setdefault(handle, plain)
