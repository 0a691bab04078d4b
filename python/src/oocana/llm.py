"""The types of language models, which scripts import for their inputs."""

from __future__ import annotations

from typing import Literal, TypedDict


class LLMModelOptions(TypedDict):
    """A model and how it is asked."""

    model: str
    temperature: float
    top_p: float
    max_tokens: int


class LLMMessage(TypedDict):
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str
