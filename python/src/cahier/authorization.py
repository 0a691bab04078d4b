"""`od_authorization`: what a Data Generator proves to the server by as whom it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.known_tokens import KnownTokens

if TYPE_CHECKING:
    from cahier.secrets_mask import SecretsMask

_PREFIX = "Bearer "
_SHORTEST_PART = 16


# A script can hand its token to the next jobs: through a module of the notebook in its session,
# through one of Python's own, which stays as it left it, in any.
_given = KnownTokens()
# Of another form: those of a real server, of which a reader gives few.
_given_of_others: list[str] = []


def note_given(authorization: str, mask: SecretsMask) -> None:
    """Hide the token of a script from here on, also by `hide_given`."""
    hide_authorization(authorization, mask)
    is_known = _given.add(authorization.removeprefix(_PREFIX))
    if not is_known and authorization not in _given_of_others:
        _given_of_others.append(authorization)


def hide_given(mask: SecretsMask) -> None:
    """Hide all that earlier jobs of this Python were given."""
    mask.watch(_given)
    for authorization in _given_of_others:
        hide_authorization(authorization, mask)


def hide_authorization(authorization: str, mask: SecretsMask) -> None:
    """Hide the token from here on, whole, and each of the parts that make it valid.

    The first part of a JSON Web Token says how it is signed, which is no secret. A part of another
    kind of token is hidden where it is long enough to be none of a sentence.
    """
    token = authorization.removeprefix(_PREFIX)
    _, *parts = token.split(".")
    for part in [token, *(part for part in parts if len(part) >= _SHORTEST_PART)]:
        mask.add(part)
