"""Finds the file that the data of a preview of text names, and says where it names one in vain."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from cahier.preview_media import LONGEST_PATH, existing_file
from cahier.preview_problems import PreviewError

if TYPE_CHECKING:
    from collections.abc import Sequence

# A name that no sentence, markup, JSON or row of a table is: one word, and no URL.
_WORD = re.compile(r"""[^\s<>"'`|*?{}\[\]()=,;:]+""")
_SUFFIXES = {
    "text": (".txt", ".text", ".log", ".md", ".csv", ".tsv", ".json", ".xml", ".yaml", ".yml"),
    "markdown": (".md", ".markdown", ".txt"),
    "html": (".html", ".htm", ".xhtml"),
    "iframe": (".html", ".htm", ".xhtml"),
    "csv": (".csv", ".tsv", ".txt"),
    "table": (".csv", ".tsv", ".txt"),
    "json": (".json", ".jsonl", ".ndjson", ".geojson", ".ipynb"),
    "plotly": (".json",),
    "vega-lite": (".json",),
}
_SUFFIXES_OF_LANGUAGES = {
    "text/javascript": (".js", ".mjs"),
    "text/markdown": (".md",),
    "text/plain": (".txt",),
    "text/python": (".py",),
    "text/typescript": (".ts",),
    "text/yaml": (".yml",),
}


def named_file(data: object, kind: str, folders: Sequence[str]) -> str | None:
    """Give the path of the file that this is meant to name; None where it is the content itself.

    A text is meant as a path where such a file exists, where it is a file: URL, where it lies in
    one of the folders, and where it is one word that ends like the files of this type of preview.

    Raises:
        PreviewError: it is meant as a path, and there is no such file.
    """
    is_path = hasattr(data, "__fspath__")
    if not is_path and not isinstance(data, str):
        return None
    text = str(data)
    path = existing_file(text)
    if path is None and (is_path or _is_meant(text, kind, folders)):
        message = f'there is no file "{text}"'
        raise PreviewError(message)
    return path


def _is_meant(text: str, kind: str, folders: Sequence[str]) -> bool:
    if not text or len(text) > LONGEST_PATH or not text.isprintable():
        return False
    if text[:6].lower() == "file:/":
        return True
    path = PurePath(text)
    is_named = path.suffix.lower() in _suffixes(kind)
    is_word = _WORD.fullmatch(text) is not None
    if any(path != PurePath(folder) and path.is_relative_to(folder) for folder in folders):
        return is_named or is_word
    return is_named and is_word


def _suffixes(kind: str) -> tuple[str, ...]:
    own = _SUFFIXES.get(kind)
    if own is not None:
        return own
    language = kind.removeprefix("text/")
    return (f".{language}", *_SUFFIXES_OF_LANGUAGES.get(kind, ()), *_SUFFIXES["text"])
