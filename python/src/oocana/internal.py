"""What the engine's own blocks ask of it beside the API."""

from __future__ import annotations

import math


class InternalAPI:
    """Takes what only matters to the engine."""

    async def update_node_weight(self, node_id: str, weight: float) -> None:
        """Take the share of a node in the progress of its flow, which a notebook does not show.

        Raises:
            ValueError: the weight is negative or no finite number.
        """
        is_number = isinstance(weight, (int, float)) and math.isfinite(weight)
        if not is_number or weight < 0:
            message = f"Weight must be a non-negative finite number; node {node_id} has {weight!r}."
            raise ValueError(message)
