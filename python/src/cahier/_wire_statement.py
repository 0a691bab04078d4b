"""The wire of Statements: what the page asks, and what beside the rows comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from cahier._wire import DatasetInput, Directories, OwnPackage, TextInput

FieldType = Literal["string", "integer", "number", "boolean", "datetime", "date", "object", "array"]
CheckpointType = Literal["string", "integer", "number", "boolean", "datetime", "date", "json"]


class FieldPayload(TypedDict):
    """A field of a data schema."""

    name: str
    type: FieldType
    nullable: bool


class CheckpointValue(TypedDict):
    """A value of the data checkpoint column with its type, as `cahier.checkpoints` spells it."""

    type: CheckpointType
    text: str


class CheckpointPayload(TypedDict):
    """The name of the data checkpoint column, and what it held last; None before the first job."""

    column: str
    value: CheckpointValue | None


class StatementConfiguration(TypedDict):
    """Whether the statement gets all rows at once, and whether each row is written to the log."""

    isBulk: bool
    isDebugged: bool


class StatementRequest(TypedDict):
    """Asks to run a Statement.

    `input` is None where none is connected, `inputFields` where any rows may come in.
    """

    kind: Literal["statement"]
    title: str
    source: str
    configuration: StatementConfiguration
    input: DatasetInput | TextInput | None
    inputFields: list[FieldPayload] | None
    outputFields: list[FieldPayload]
    checkpoint: CheckpointPayload | None
    sessionId: NotRequired[str]
    directories: NotRequired[Directories]
    variables: NotRequired[list[str]]
    ownPackages: NotRequired[list[OwnPackage]]
    pixelRatio: NotRequired[float]
