"""The shapes of what goes to and comes from the page; no other file spells these keys.

Keys are camelCase, tags are kebab-case, as the page's own protocol has them. Buffers are
little-endian and laid out as Apache Arrow does (https://arrow.apache.org/docs/format/Columnar.html);
a `Token` stands for the bytes that `Host.keep` moved out of Python's memory. The file is long, as
the one place of the protocol, and has no code in it.
"""

from typing import Literal, NotRequired, TypeAlias, TypedDict

from cahier._wire_statement import CheckpointValue, StatementRequest

Token: TypeAlias = object

ColumnType = Literal[
    "null", "bool", "int64", "uint64", "integer", "float64", "string", "date", "datetime", "mixed"
]
TimeUnit = Literal["s", "ms", "us", "ns"]
Scale = Literal["nominal", "ordinal", "interval", "ratio"]
Representation = Literal["string", "int", "double", "datetime", "numeric"]
LogStream = Literal[
    "stdout", "stderr", "warning", "error", "debug", "trace", "info", "json", "message", "event"
]
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
    stands in `values` at a null's place means nothing. `scale` is there where somebody gave it;
    else it follows from the type.
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
    scale: NotRequired[Scale]


class DatasetPayload(TypedDict):
    """A table; names of columns may be empty or repeat where they come from a DataFrame."""

    rowCount: int
    columns: list[ColumnPayload]


class DatasetValue(TypedDict):
    """A table: every output of a Data Generator, and a DataFrame that a Scriptlet puts out."""

    kind: Literal["dataset"]
    dataset: DatasetPayload


class TextValue(TypedDict):
    """A value as JSON text, which may hold NaN, Infinity and integers of any size; or a secret."""

    kind: Literal["json", "secret"]
    text: str


class BinaryValue(TypedDict):
    """Bytes."""

    kind: Literal["binary"]
    data: Token


class VariableValue(TypedDict):
    """A Python object, which stays in Python's memory under `key`, which nothing else has.

    `data` is its pickle as `cahier.pickling` lays it out; where there is none, `reason` says why.
    """

    kind: Literal["variable"]
    key: str
    typeName: str
    summary: str
    data: Token | None
    reason: str | None


OutputValue: TypeAlias = DatasetValue | TextValue | BinaryValue | VariableValue


class TargetPayload(TypedDict):
    """An input that an output was sent to; `title` is its cell's, to be shown."""

    nodeId: str
    title: str
    inputHandle: str


class OutputPayload(TypedDict):
    """A value put out under a handle.

    It goes to its `targets` alone; without them, to all connected inputs that are no target of
    another output of the handle. No input is the target of two.
    """

    handle: str
    value: OutputValue
    targets: NotRequired[list[TargetPayload]]


class ImageDetails(TypedDict):
    """What is known of an image that was drawn from a figure.

    `density` is how many of its pixels make one of the page, 1 without it; `alt` says what it
    shows.
    """

    density: NotRequired[float]
    alt: NotRequired[str]


class ImagePayload(ImageDetails):
    """An image for the Image List."""

    name: str
    mediaType: MediaType
    data: Token


class PackagePayload(TypedDict):
    """An installed package, by its name as indexes compare names."""

    name: str
    version: str


class PickledModel(TypedDict):
    """The pickle of a model, of protocol 5, in parts that follow each other.

    `packages` are those that the pickle names modules of, `typeName` is the class of the model as
    "package.module.Class".
    """

    parts: list[Token]
    typeName: str
    pythonVersion: str
    packages: list[PackagePayload]


class ModelPayload(PickledModel):
    """A model to save, once for each name; `groups` are the model groups that it goes into."""

    name: str
    groups: list[str]


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


class DownstreamLook(TypedDict):
    """An output of which the script looked at the connections.

    It saw which inputs there are; where `isByTitle` the titles of their cells as well, where
    `isDescribed` their definitions and the descriptions of their cells.
    """

    handle: str
    isByTitle: bool
    isDescribed: bool


class DoneOutcome(TypedDict):
    """The job ran to its end.

    `modules` are the notebook's Python files that the cell imports, directly and through each
    other, as paths relative to the folder of the notebook's files, sorted. `ranBlocks` are the node
    ids of the Scriptlets that it ran through `run_block`, each once. `downstream` is there where a
    Scriptlet looked at connections of its outputs, `queriedBlocks` where it asked about others: the
    names that it gave to `query_block`, each once. `absentModules` is there where modules were
    looked for in that folder and are none: places such as "helpers/deep", for "helpers/deep.py" and
    "helpers/deep/__init__.py", also of packages that are installed and that those would stand in
    for. `usedPackages` is there where the request has `ownPackages`: the names of those of them
    that the job has imported something from, sorted. `checkpoint` is what the data checkpoint
    column of a Statement holds now, None where it has none. `models` is there where a Data
    Generator saves some.
    """

    status: Literal["done"]
    outputs: list[OutputPayload]
    images: list[ImagePayload]
    modules: list[str]
    ranBlocks: list[str]
    downstream: NotRequired[list[DownstreamLook]]
    queriedBlocks: NotRequired[list[str]]
    absentModules: NotRequired[list[str]]
    usedPackages: NotRequired[list[str]]
    checkpoint: NotRequired[CheckpointValue | None]
    models: NotRequired[list[ModelPayload]]


class FailedOutcome(TypedDict):
    """The job failed and puts nothing out."""

    status: Literal["failed"]
    error: JobError


class StoppedOutcome(TypedDict):
    """The job was stopped as asked and puts nothing out."""

    status: Literal["stopped"]


Outcome: TypeAlias = DoneOutcome | FailedOutcome | StoppedOutcome


class LogEntry(TypedDict):
    """A chunk of text as it was printed, with or without newlines; `time` is epoch milliseconds.

    In the streams `json`, `message` and `event` it is one whole JSON text of at most 20,000
    characters. An `event` is what the OOCANA engine would be told, such as
    {"type": "BlockOutput", ...}.
    """

    time: float
    stream: LogStream
    text: str


class LogAdded(TypedDict):
    """Text was printed, or a warning is to be shown."""

    type: Literal["log-added"]
    entries: list[LogEntry]


class ProgressChanged(TypedDict):
    """The job says how far it is, 0 to 100; at most one in 0.3 s."""

    type: Literal["progress-changed"]
    percent: float


class FileSource(ImageDetails):
    """The content of a media file."""

    mediaType: str
    data: Token


class UrlSource(TypedDict):
    """A media file elsewhere, http or https."""

    url: str


MediaSource: TypeAlias = FileSource | UrlSource


class TablePreview(TypedDict):
    """A table of `rowCount` rows.

    Where `isShortened`, the table has the first and the last five of them around a row of "...".
    """

    type: Literal["table"]
    table: DatasetPayload
    rowCount: int
    isShortened: bool


class TextPreview(TypedDict):
    """A text in UTF-8, which the page need not encode; `language` is that of "text/<subtype>"."""

    type: Literal["text"]
    language: str | None
    text: Token


class ImagePreview(TypedDict):
    """One image or several."""

    type: Literal["image"]
    images: list[MediaSource]


class MediaPreview(TypedDict):
    """A film or a sound."""

    type: Literal["video", "audio"]
    source: MediaSource


class DocumentPreview(TypedDict):
    """UTF-8 in a language of its own: JSON, a plotly figure or a Vega-Lite specification too."""

    type: Literal["json", "markdown", "html", "csv", "plotly", "vega-lite"]
    text: Token


class FramePreview(TypedDict):
    """A page of the web, http or https."""

    type: Literal["iframe"]
    url: str


class RemotePreview(TypedDict):
    """A text on another host, http or https, which the page asks; shown as one given here."""

    type: Literal["remote"]
    shownAs: str
    language: str | None
    url: str


class ProblemPreview(TypedDict):
    """Why something is not shown, in its place."""

    type: Literal["problem"]
    problem: str


class OtherPreview(TypedDict):
    """A preview of a type `name` that is not known here: its data as JSON in UTF-8."""

    type: Literal["other"]
    name: str
    text: Token


PreviewPayload: TypeAlias = (
    TablePreview
    | TextPreview
    | ImagePreview
    | MediaPreview
    | DocumentPreview
    | FramePreview
    | RemotePreview
    | ProblemPreview
    | OtherPreview
)


class Preview(TypedDict):
    """Something that a job shows; one with the `id` of an earlier one takes its place.

    `time` is epoch milliseconds.
    """

    id: str | None
    time: float
    content: PreviewPayload


class PreviewAdded(TypedDict):
    """A preview is to be shown; one that replaces another comes at most once in 0.3 s."""

    type: Literal["preview-added"]
    preview: Preview


class JobFinished(TypedDict):
    """The last event of every job."""

    type: Literal["job-finished"]
    outcome: Outcome


JobEvent: TypeAlias = LogAdded | ProgressChanged | PreviewAdded | JobFinished


class Directories(TypedDict):
    """Folders that exist: of the session, of the job's temporary files, of the notebook's files."""

    session: str
    temporary: str
    package: str


class OwnPackage(TypedDict):
    """A wheel of the notebook or one of its requirements, by its normalised name.

    `modules` are the outermost names of what can be imported from a wheel; of a requirement, None.
    """

    name: str
    modules: list[str] | None


class ManualType(TypedDict):
    """The types that a person gave to a column; no two are of the same column."""

    column: str
    scale: Scale
    representation: Representation


class ModelToSave(TypedDict):
    """A model that may be saved without a group; what its mode asks for the page sees to."""

    name: str


class GroupToSave(TypedDict):
    """A model group and the models that may be saved into it."""

    name: str
    models: list[str]


class ModelConfiguration(TypedDict):
    """What may be saved of models; what is loaded comes with the request."""

    save: list[ModelToSave]
    saveGroups: list[GroupToSave]


class DataGeneratorConfiguration(TypedDict):
    """The options of a Data Generator that concern its script and what it puts out."""

    generateEmptyDataset: bool
    manualTypes: list[ManualType]
    models: NotRequired[ModelConfiguration]


class LoadedModelPayload(TypedDict):
    """A version of a model that the script is given; `Host.read_model` reads its pickle.

    The rest is as it was when it was saved. `origin` says where, such as 'by the cell "Train" of
    the notebook "Churn"'; None where that is not known.
    """

    name: str
    number: int
    typeName: str
    pythonVersion: str
    packages: list[PackagePayload]
    origin: str | None


class DataGeneratorRequest(TypedDict):
    """Asks to run the source of a Data Generator; `title` is its cell's, for tracebacks.

    The modules among the notebook's files are loaded once for all jobs of a session.

    `authorization` is "Bearer " and the token of the profile that the job runs as.

    `variables` are the keys of the objects in Python's memory that the notebook still names; all
    others are dropped. Without it none are. `ownPackages` is there where the notebook brings some,
    `models` where the job loads some, `pixelRatio` where the screen has another number than 1 of
    pixels for one of the page.
    """

    kind: Literal["data-generator"]
    title: str
    source: str
    configuration: DataGeneratorConfiguration
    authorization: str
    models: NotRequired[list[LoadedModelPayload]]
    sessionId: NotRequired[str]
    directories: NotRequired[Directories]
    variables: NotRequired[list[str]]
    ownPackages: NotRequired[list[OwnPackage]]
    pixelRatio: NotRequired[float]


class HandlePayload(TypedDict):
    """An input or an output as the cell declares it; `schema` and `defaultValue` are JSON texts.

    A schema of "{}" takes any value. `defaultValue` is None where there is none.
    """

    name: str
    description: str
    schema: str
    nullable: bool
    defaultValue: str | None
    isAdditional: bool


class TextInput(TypedDict):
    """A JSON value, a secret itself, or the JSON text of a list of objects."""

    handle: str
    kind: Literal["json", "secret", "rows"]
    text: str


class VariableInput(TypedDict):
    """A Python object: from Python's memory by its key, else unpickled from the data."""

    handle: str
    kind: Literal["variable"]
    key: str
    data: Token | None


class BinaryInput(TypedDict):
    """Bytes."""

    handle: str
    kind: Literal["binary"]
    data: Token


class DatasetInput(TypedDict):
    """A table, which becomes a pandas DataFrame."""

    handle: str
    kind: Literal["dataset"]
    dataset: DatasetPayload


InputPayload: TypeAlias = TextInput | VariableInput | BinaryInput | DatasetInput


class WithheldInput(TypedDict):
    """A secret that is kept from the job, as nothing in it is known to run other Scriptlets."""

    handle: str
    kind: Literal["withheld"]


class BlockPayload(TypedDict):
    """A Scriptlet of the notebook; `values` are those set on the cell, as far as they are texts.

    `task` is the name of the OOMOL task that it was imported from, such as "self::sum-up".
    """

    nodeId: str
    task: str | None
    title: str
    description: str
    source: str
    inputsDef: list[HandlePayload]
    outputsDef: list[HandlePayload]
    values: list[TextInput | WithheldInput]


class DownstreamPayload(TypedDict):
    """An input that is connected to an output."""

    nodeId: str
    title: str
    description: str
    inputHandle: str


class ScriptletRequest(TypedDict):
    """Asks to run the `main` of a Scriptlet.

    A nullable input without a value is not among the `inputs`, and is None. `blocks` are all
    Scriptlets of the notebook, this one too, in order: JSON of a list of `BlockPayload`, as few
    scripts ask for them. Their secrets are withheld from a script that does not name `run_block`.
    """

    kind: Literal["scriptlet"]
    title: str
    source: str
    jobId: str
    sessionId: str
    nodeId: str
    inputsDef: list[HandlePayload]
    outputsDef: list[HandlePayload]
    inputs: list[InputPayload]
    downstream: dict[str, list[DownstreamPayload]]
    blocks: str
    directories: Directories
    variables: NotRequired[list[str]]
    ownPackages: NotRequired[list[OwnPackage]]
    pixelRatio: NotRequired[float]


JobRequest: TypeAlias = DataGeneratorRequest | ScriptletRequest | StatementRequest
