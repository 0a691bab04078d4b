"""Which of the connected cells an output goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cahier._wire import DownstreamPayload, TargetPayload
    from cahier.downstream_looks import DownstreamLooks


def targets_of(
    to_node: object,
    connected: Sequence[DownstreamPayload],
    key: str,
    looks: DownstreamLooks,
    warn: Callable[[str], None],
) -> list[TargetPayload]:
    """Find the inputs that `to_node` names among those that the output `key` is connected to.

    A cell is named by its id, or else by its title. A name that fits none is a warning; without
    names there are no targets. That the connections were looked at is noted.

    Raises:
        TypeError: it is no list of {"node_id": ..., "input_handle": ...}.
    """
    targets: list[TargetPayload] = []
    for node_id, input_handle in _names_in(to_node):
        named = [each for each in connected if each["inputHandle"] == input_handle]
        found = [each for each in named if each["nodeId"] == node_id]
        looks.take_by_name(key, by_title=not found)
        found = found or [each for each in named if each["title"] == node_id]
        if not found:
            warn(
                f"Output handle key: [{key}] is not connected to {node_id} ({input_handle}), which "
                f"to_node names. It is connected to {_described(connected)}."
            )
        for each in found:
            target: TargetPayload = {
                "nodeId": each["nodeId"],
                "title": each["title"],
                "inputHandle": each["inputHandle"],
            }
            if target not in targets:
                targets.append(target)
    return targets


def _names_in(to_node: object) -> list[tuple[str, str]]:
    if to_node is None:
        return []
    named = to_node if isinstance(to_node, list | tuple) else [None]
    pairs = [
        (each.get("node_id"), each.get("input_handle")) if isinstance(each, dict) else (None, None)
        for each in named
    ]
    names = [
        (node_id, input_handle)
        for node_id, input_handle in pairs
        if isinstance(node_id, str) and isinstance(input_handle, str)
    ]
    if len(names) < len(pairs):
        message = 'to_node takes a list of {"node_id": "<id of a cell>", "input_handle": "<name>"}.'
        raise TypeError(message)
    return names


def _described(connected: Sequence[DownstreamPayload]) -> str:
    return (
        "; ".join(
            f'{each["nodeId"]} ({each["inputHandle"]}), which is "{each["title"]}"'
            for each in connected
        )
        or "no cell"
    )
