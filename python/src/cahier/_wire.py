"""The shapes of what goes to and comes from the page; no other file spells these keys.

Keys are camelCase, tags are kebab-case, as the page's own protocol has them. Buffers are
little-endian and laid out as Apache Arrow does (https://arrow.apache.org/docs/format/Columnar.html);
a `Token` stands for the bytes that `Host.keep` moved out of Python's memory.
"""

from typing import Literal, TypeAlias, TypedDict

Token: TypeAlias = object

ColumnType = Literal[
    "null", "bool", "int64", "uint64", "integer", "float64", "string", "date", "datetime", "mixed"
]
TimeUnit = Literal["s", "ms", "us", "ns"]
LogStream = Literal["stdout", "stderr", "warning"]
MediaType = Literal["image/png", "image/jpeg"]
ErrorKind = Literal["syntax", "exception", "exit", "rule"]


class ColumnPayload(TypedDict):
    """One column, or the child of a mixed one.

    What the buffers hold, by `type`, for n = `length` values:

    - `null`: every value is null; no buffers.
    - `bool`: `values` is a bitmap, least significant bit first.
    - `int64`, `uint64`, `float64`: `values` is n numbers of 8 bytes. NaN is a value, not a null.
    - `date`: `values` is n int32, days since 1970-01-01.
    - `datetime`: `values` is n int64, counted in `timeUnit` since 1970-01-01; UTC where `timeZone`
      is given (an IANA name, "UTC" or "+02:00"), local time without a zone where it is None.
    - `string`: `values` is UTF-8, `offsets` is n + 1 int32.
    - `integer`: as `string`, decimal text; for integers beyond 64 bits.
    - `mixed`: a dense union. `values` is n int8, the child of each value; `offsets` is n int32, its
      place in that child.

    `validity` is a bitmap with 1 for a value and 0 for a null; None where nothing is null. What
    stands in `values` at a null's place means nothing.
    """

    name: str
    type: ColumnType
    length: int
    nullCount: int
    validity: Token | None
    values: Token | None
    offsets: Token | None
    timeUnit: TimeUnit | None
    timeZone: str | None
    children: "list[ColumnPayload]"


class DatasetPayload(TypedDict):
    """A table; names of columns may be empty or repeat where they come from a DataFrame."""

    rowCount: int
    columns: list[ColumnPayload]


class OutputPayload(TypedDict):
    """A dataset put out under a handle."""

    handle: str
    dataset: DatasetPayload


class ImagePayload(TypedDict):
    """An image for the Image List."""

    name: str
    mediaType: MediaType
    data: Token


class JobError(TypedDict):
    """Why a job failed; `type` is the exception's class.

    Lines and columns count from 1 in the cell's source, columns in UTF-16 units; the end column is
    the one after the last character. They are None where the error has no place in the cell.
    """

    kind: ErrorKind
    type: str | None
    message: str
    traceback: str
    line: int | None
    column: int | None
    endLine: int | None
    endColumn: int | None


class DoneOutcome(TypedDict):
    """The job ran to its end."""

    status: Literal["done"]
    outputs: list[OutputPayload]
    images: list[ImagePayload]


class FailedOutcome(TypedDict):
    """The job failed and puts nothing out."""

    status: Literal["failed"]
    error: JobError


class StoppedOutcome(TypedDict):
    """The job was stopped as asked and puts nothing out."""

    status: Literal["stopped"]


Outcome: TypeAlias = DoneOutcome | FailedOutcome | StoppedOutcome


class LogEntry(TypedDict):
    """A chunk of text as it was printed, with or without newlines; `time` is epoch milliseconds."""

    time: float
    stream: LogStream
    text: str


class LogAdded(TypedDict):
    """Text was printed, or a warning is to be shown."""

    type: Literal["log-added"]
    entries: list[LogEntry]


class JobFinished(TypedDict):
    """The last event of every job."""

    type: Literal["job-finished"]
    outcome: Outcome


JobEvent: TypeAlias = LogAdded | JobFinished


class DataGeneratorConfiguration(TypedDict):
    """The options of a Data Generator that concern its script."""

    generateEmptyDataset: bool


class DataGeneratorRequest(TypedDict):
    """Asks to run the source of a Data Generator; `title` is its cell's, for tracebacks."""

    kind: Literal["data-generator"]
    title: str
    source: str
    configuration: DataGeneratorConfiguration


JobRequest: TypeAlias = DataGeneratorRequest
