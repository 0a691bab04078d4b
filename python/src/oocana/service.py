"""The names of services, which scripts import for their types: nothing here runs one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Literal, TypeAlias, TypedDict

from oocana.context import Context
from oocana.data import JobDict


class ServiceMessage(TypedDict):
    """A message to a service."""

    job_id: str
    node_id: str
    flow_path: str
    payload: Any


BlockHandler: TypeAlias = (
    Callable[[str, Any, Context], Any] | dict[str, Callable[[Any, Context], Any]]
)
StopAtOption: TypeAlias = Literal["block_end", "session_end", "app_end", "never"] | None


class ServiceContextAbstractClass(ABC):
    """What the `main` of a service gets."""

    @property
    @abstractmethod
    def block_handler(self) -> BlockHandler:
        """What answers for the blocks of the service."""

    @block_handler.setter
    @abstractmethod
    def block_handler(self, value: BlockHandler) -> None: ...

    @property
    @abstractmethod
    def waiting_ready_notify(self) -> bool:
        """Whether the service says by `notify_ready` that it has started."""

    @waiting_ready_notify.setter
    @abstractmethod
    def waiting_ready_notify(self, value: bool) -> None: ...

    @abstractmethod
    def notify_ready(self) -> None:
        """Say that the service has started."""

    @abstractmethod
    def add_message_callback(self, callback: Callable[[ServiceMessage], Any]) -> None:
        """Have a function called with each message."""


class ServiceExecutor(TypedDict):
    """How a service is started and when it ends."""

    name: str
    entry: str
    function: str
    start_at: Literal["block_start", "session_start", "app_start"] | None
    stop_at: StopAtOption
    keep_alive: int | None


class ServiceExecutePayload(JobDict):
    """What an engine runs a service by."""

    dir: str
    block_name: str
    service_executor: ServiceExecutor
    outputs: dict[str, Any]
    service_hash: str
