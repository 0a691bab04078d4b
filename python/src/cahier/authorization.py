"""`od_authorization`: what a Data Generator proves to the server by as whom it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cahier.secrets_mask import SecretsMask

_PREFIX = "Bearer "
_SHORTEST_PART = 16


def hide_authorization(authorization: str, mask: SecretsMask) -> None:
    """Hide the token from here on, whole, and each of the parts that make it valid.

    The first part of a JSON Web Token says how it is signed, which is no secret. A part of another
    kind of token is hidden where it is long enough to be none of a sentence.
    """
    token = authorization.removeprefix(_PREFIX)
    mask.add(token)
    _, *parts = token.split(".")
    for part in parts:
        if len(part) >= _SHORTEST_PART:
            mask.add(part)
