"""What `Context.preview` takes."""

from __future__ import annotations

from typing import Any, Literal, Protocol, TypeAlias, TypedDict, runtime_checkable


@runtime_checkable
class DataFrame(Protocol):
    """A table such as that of pandas."""

    def __dataframe__(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - https://data-apis.org/dataframe-protocol
        """Give the table for exchange."""

    def to_json(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - any library's
        """Give the table as JSON."""


@runtime_checkable
class ShapeDataFrame(DataFrame, Protocol):
    """A table that knows how many rows and columns it has."""

    @property
    def shape(self) -> tuple[int, int]:
        """The counts of rows and columns."""


@runtime_checkable
class PartialDataFrame(DataFrame, Protocol):
    """A table that gives its first and last rows."""

    def head(self, count: int) -> DataFrame:
        """Give the first rows."""

    def tail(self, count: int) -> DataFrame:
        """Give the last rows."""


class TablePreviewData(TypedDict):
    """A table as plain data; `row_count` is that of the whole where the rows are a part of it."""

    columns: list[str | int | float]
    rows: list[list[str | int | float | bool]]
    row_count: int | None


class TablePreviewPayload(TypedDict):
    """A table; or where CSV is: an http(s) or data URL, or the path of a file."""

    type: Literal["table"]
    data: TablePreviewData | Any


class TextPreviewPayload(TypedDict):
    """A text; or where one is: an http(s) or data URL, or the path of a file."""

    type: Literal["text"]
    data: Any


class JSONPreviewPayload(TypedDict):
    """Anything that JSON holds; or where JSON is, as for a text."""

    type: Literal["json"]
    data: Any


class ImagePreviewPayload(TypedDict):
    """One image or several: http(s) or data URLs, base64, or paths of files."""

    type: Literal["image"]
    data: str | list[str]


class MediaPreviewPayload(TypedDict):
    """An image, a film, a sound, or a text in a language of its own, or where that is.

    `iframe` takes an http(s) or data URL or the path of a file, and no HTML itself.
    """

    type: Literal["image", "video", "audio", "markdown", "iframe", "html"]
    data: str


class PandasPreviewPayload(TypedDict):
    """A DataFrame as a table."""

    type: Literal["table"]
    data: DataFrame


class DefaultPreviewPayload(TypedDict):
    """Any other type, such as `text/python` or `csv`; one that is not known is shown as JSON."""

    type: str
    data: Any


PreviewPayload: TypeAlias = (
    TablePreviewPayload
    | TextPreviewPayload
    | JSONPreviewPayload
    | ImagePreviewPayload
    | MediaPreviewPayload
    | DataFrame
    | PandasPreviewPayload
    | DefaultPreviewPayload
)
