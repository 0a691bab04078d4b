"""Credentials of the engine, of which there are none here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CredentialInput:
    """Names a credential, such as one of the type "oauth"."""

    type: str
    id: str
