"""`od_authorization`: what a Data Generator proves to the server by as whom it runs."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cahier._wire import DataGeneratorRequest
    from cahier.secrets_mask import SecretsMask

_PREFIX = "Bearer "
_SHORTEST_PART = 16
_MOST_GIVEN = 16


class _Given(NamedTuple):
    session_id: str
    authorization: str


# Modules of the notebook are loaded once a session: through one of them, a script can hand its
# token to the next jobs.
_given: deque[_Given] = deque(maxlen=_MOST_GIVEN)


def give_authorization(request: DataGeneratorRequest, mask: SecretsMask) -> str:
    """Give the value for the script; its token is hidden from here on, also by `hide_given`."""
    authorization = request["authorization"]
    hide_authorization(authorization, mask)
    if "sessionId" in request:
        _given.append(_Given(request["sessionId"], authorization))
    return authorization


def hide_given(session_id: str | None, mask: SecretsMask) -> None:
    """Hide what earlier jobs of the session were given."""
    for given in _given:
        if given.session_id == session_id:
            hide_authorization(given.authorization, mask)


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
