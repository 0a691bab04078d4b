"""What names a job, a cell in a flow and a kept variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypedDict

EXECUTOR_NAME = "python"
"""The name of the executor that runs Python."""

MediaType: TypeAlias = Literal["oomol/bin", "oomol/secret", "oomol/var"]


class JobDict(TypedDict):
    """The ids of a job and of its session."""

    session_id: str
    job_id: str


class BlockDict(TypedDict):
    """A job with its place: the stack of flows it runs in, and the path of its block if any."""

    session_id: str
    job_id: str
    stacks: list[dict[str, Any]]
    block_path: str | None


class BinValueDict(TypedDict):
    """A binary value: `value` is the path of the file that holds it."""

    value: str
    __OOMOL_TYPE__: Literal["oomol/bin"]


class VarValueDict(TypedDict):
    """A variable: `value` is the StoreKey of it as a dict."""

    value: dict[str, str]
    serialize_path: str | None
    __OOMOL_TYPE__: Literal["oomol/var"]


class _LenientData:
    """Takes named fields, more than there are too; those that are missing are a ValueError."""

    def __init__(self, **fields: Any) -> None:  # noqa: ANN401 - a field can be anything
        for name, value in fields.items():
            object.__setattr__(self, name, value)
        for name in type(self).__annotations__:
            if name not in fields and not hasattr(type(self), name):
                message = f"{type(self).__name__} needs the field {name}"
                raise ValueError(message)


@dataclass(frozen=True, kw_only=True, init=False)
class StoreKey(_LenientData):
    """Names a variable that is kept: the output `handle` of a job."""

    executor: str
    handle: str
    job_id: str
    session_id: str


@dataclass(frozen=True, kw_only=True, init=False)
class BlockInfo(_LenientData):
    """What identifies a running block; the last of the `stacks` names its node."""

    session_id: str
    job_id: str
    stacks: list[dict[str, Any]]
    block_path: str | None = None

    def job_info(self) -> JobDict:
        """Give the ids alone."""
        return {"session_id": self.session_id, "job_id": self.job_id}

    def block_dict(self) -> BlockDict:
        """Give all of it as a dict."""
        return {
            "session_id": self.session_id,
            "job_id": self.job_id,
            "stacks": self.stacks,
            "block_path": self.block_path,
        }
