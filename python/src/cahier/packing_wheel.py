"""Reads a wheel into the files that an installation of it has.

The format: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import NoReturn

_MAX_FILES = 50_000
_MAX_FILE_BYTES = 256 * 1024 * 1024
_MAX_TOTAL_BYTES = 768 * 1024 * 1024

# What zipfile and the unpackers below it raise for damaged files.
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    IndexError,
    MemoryError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    OSError,
)


class PackingError(Exception):
    """A file cannot be packed; the message names it and the place."""


def read_wheel(data: bytes, file_name: str) -> dict[str, bytes]:
    """Give the files of a wheel by their paths in site-packages.

    The folders ``purelib``, ``platlib`` and ``data`` of a ``.data`` folder land beside the
    packages and ``scripts`` in ``bin``, as ``pip install --target`` does it. C headers are left
    out, and so is bytecode, of which nobody knows whether it fits.

    Raises:
        PackingError: As of ``pack_wheel``.
    """
    installed: dict[str, bytes] = {}
    for name, content in read_archive_files(data, file_name).items():
        path = _installed_path(name)
        if path in installed:
            _refuse(file_name, f"it has {path} twice")
        if path is not None:
            installed[path] = content
    folders = {str(parent) for path in installed for parent in PurePosixPath(path).parents}
    both = sorted(folders & installed.keys())
    if both:
        _refuse(file_name, f"it has {both[0]} as a file and as a folder")
    metadata = [path for path in installed if re.fullmatch(r"[^/]+\.dist-info/METADATA", path)]
    if len(metadata) != 1:
        _refuse(file_name, f"it has {len(metadata)} files *.dist-info/METADATA, not one")
    return installed


def read_archive_files(data: bytes, file_name: str) -> dict[str, bytes]:
    """Give the files of a zip by their names.

    Raises:
        PackingError: As of ``pack_wheel``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check(file_name, members)
            return {member.filename: _read(file_name, archive, member) for member in members}
    except _DAMAGES as error:
        _refuse(file_name, str(error), error)


def _check(file_name: str, members: list[zipfile.ZipInfo]) -> None:
    """Refuse bad names, and what would not fit into memory, before anything is unpacked."""
    if len(members) > _MAX_FILES:
        _refuse(file_name, f"it has {len(members)} files; {_MAX_FILES} is the most")
    names: set[str] = set()
    for member in members:
        # The name as it was before zipfile cut it at a NUL.
        name = member.orig_filename
        if not _is_plain(name):
            _refuse(file_name, f"the name {name!r} is no plain relative path")
        if name in names:
            _refuse(file_name, f"it has {name} twice")
        names.add(name)
        if member.file_size > _MAX_FILE_BYTES:
            size = f"{member.file_size} bytes; {_MAX_FILE_BYTES} is the most"
            _refuse(file_name, f"{name} has {size}")
    total = sum(member.file_size for member in members)
    if total > _MAX_TOTAL_BYTES:
        _refuse(file_name, f"it holds {total} bytes; {_MAX_TOTAL_BYTES} is the most")


def _is_plain(name: str) -> bool:
    has_odd_part = any(part in ("", ".", "..") for part in name.split("/"))
    is_windows = "\\" in name or re.match("[A-Za-z]:", name)
    return name.isprintable() and not has_odd_part and not is_windows


def _read(file_name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        # Not more than the size that it declares comes out, whatever is packed inside.
        return archive.read(member)
    except _DAMAGES as error:
        _refuse(file_name, f"{member.filename}: {error}", error)


def _installed_path(name: str) -> str | None:
    """Give the path in site-packages, or nothing for what is not installed."""
    if "__pycache__/" in name and name.endswith(".pyc"):
        return None
    moved = re.fullmatch(r"[^/]+\.data/(purelib|platlib|data|scripts|headers)/(.+)", name)
    if moved is None:
        return name
    kind, path = moved.groups()
    if kind == "headers":
        return None
    return f"bin/{path}" if kind == "scripts" else path


def _refuse(file_name: str, reason: str, cause: Exception | None = None) -> NoReturn:
    message = f"{file_name} cannot be packed: {reason}"
    raise PackingError(message) from cause
