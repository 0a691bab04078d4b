"""How DataFrames are kept between sessions: always by their pickles here, whatever is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from oocana.context import Context

_METHODS = ("zip", "gzip", "bz2", "zstd", "xz", "tar")


class CompressionOptions(TypedDict):
    """How a pickle is to be compressed."""

    method: Literal["zip", "gzip", "bz2", "zstd", "xz", "tar"] | None


def setup_dataframe_serialization(
    context: Context,  # noqa: ARG001 - the public signature
    compression: CompressionOptions | None = None,
) -> None:
    """Check the options; there is nothing to set up here.

    Raises:
        ValueError: there is no such method.
    """
    if compression is not None and compression["method"] not in _METHODS:
        method = compression["method"]
        message = f"Unsupported compression method: {method}. Supported are: {', '.join(_METHODS)}."
        raise ValueError(message)


def compression_options(context: Context) -> CompressionOptions | None:  # noqa: ARG001 - as above
    """Give the options that are in use: none."""
    return None


def compression_suffix(context: Context) -> str:  # noqa: ARG001 - as above
    """Give the ending of a pickle's file."""
    return ".pkl"
