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


# A script can hand its token to the next jobs: through a module of the notebook in its session,
# through one of Python's own, which stays as it left it, in any.
_given: deque[_Given] = deque(maxlen=_MOST_GIVEN)


def give_authorization(request: DataGeneratorRequest, mask: SecretsMask) -> str:
    """Give the value for the script; its token is hidden from here on, also by `hide_given`."""
    authorization = request["authorization"]
    hide_authorization(authorization, mask)
    if "sessionId" in request:
        given = _Given(request["sessionId"], authorization)
        if given in _given:
            _given.remove(given)
        _given.append(given)
    return authorization


def hide_given(session_id: str | None, mask: SecretsMask) -> None:
    """Hide what earlier jobs were given; in bytes the quick way, where it was in another session.

    Large models are looked through for each part of a token, and as many tokens as are known of
    would make that slow.
    """
    for given in _given:
        hide_authorization(
            given.authorization, mask, in_bytes_by_claims=given.session_id != session_id
        )


def hide_authorization(
    authorization: str, mask: SecretsMask, *, in_bytes_by_claims: bool = False
) -> None:
    """Hide the token from here on, whole, and each of the parts that make it valid.

    The first part of a JSON Web Token says how it is signed, which is no secret. A part of another
    kind of token is hidden where it is long enough to be none of a sentence. A signature is of no
    use without the claims that it is for, so those alone can do for bytes.
    """
    token = authorization.removeprefix(_PREFIX)
    _, *parts = token.split(".")
    long_parts = [part for part in parts if len(part) >= _SHORTEST_PART]
    by_claims = in_bytes_by_claims and bool(long_parts)
    mask.add(token, in_bytes=not by_claims)
    for place, part in enumerate(long_parts):
        mask.add(part, in_bytes=not by_claims or place == 0)
