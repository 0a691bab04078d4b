"""Packs what Python imports from into archives, from which the browser imports without unpacking.

The build does it for the standard library, the SDK and the wheels that a site serves, and the
browser can for other wheels; both inside the Python that is to import, as bytecode fits one version
of it only.

A package becomes two files. The **archive** is made of

- 8 bytes ``CAHIERPK``, the version of the format (2) and the length of the header, both as
  unsigned 32-bit little-endian numbers,
- the header, which is JSON in UTF-8: ``{"name", "version", "files", "libraries", "sources"}``; the
  last three are lists of ``[path, offset, length, crc]``, sorted by the UTF-16 code units of the
  paths, as JavaScript compares them; the last is the CRC-32 of the content, as zip files have it,
- the body: the files, then the libraries (what ``dlopen`` takes).

The **sources** are the modules whose bytecode is among the files: they are read for tracebacks and
``inspect`` only, and so are fetched when they are needed. Their file has no header of its own.

In the body as in the sources, each entry lies at the next multiple of 16 bytes after the one before
it, and the last one ends the file. Offsets count from the start of the body, or of the sources.
What is skipped is zero. The same wheel gives the same bytes. On the way to the browser each file
is packed with gzip as a whole.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

from cahier.packing_code import bytecode_path, compile_module
from cahier.packing_wheel import PackingError, read_archive_files, read_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "PACKAGES_ROOT",
    "SDK_ROOT",
    "STDLIB_ROOT",
    "Packed",
    "PackingError",
    "pack_sdk",
    "pack_stdlib",
    "pack_wheel",
]

PACKAGES_ROOT = "/lib/packages"
"""The folder in which the browser shows the files of all packages; compiled modules name it."""

STDLIB_ROOT = "/lib/stdlib"
"""The same for the standard library."""

SDK_ROOT = "/lib/cahier"
"""The same for this package and the ones beside it."""

_MAGIC = b"CAHIERPK"
_FORMAT_VERSION = 2
_ALIGNMENT = 16

# Only what is compiled against them or checked by a type checker needs these.
_UNUSED_SUFFIXES = (".a", ".h", ".hpp", ".pxd", ".pxi", ".pyx")
_STUB_SUFFIX = ".pyi"


class Packed(NamedTuple):
    """The two files of a package, not yet packed with gzip."""

    archive: bytes
    sources: bytes


def pack_wheel(data: bytes, file_name: str, name: str, version: str) -> Packed:
    """Pack a wheel.

    Args:
        data: The wheel.
        file_name: The name that errors tell it by.
        name: The package's key in Pyodide's lock file.
        version: The package's version.

    Raises:
        PackingError: The file is no wheel, is damaged or too large, or has names that lead out
            of its folder; the message names the wheel and the place.
    """
    return pack_files(_used(read_wheel(data, file_name)), name, version, PACKAGES_ROOT)


def pack_stdlib(data: bytes, version: str) -> Packed:
    """Pack the standard library, which comes as a zip of sources.

    Raises:
        PackingError: The zip is damaged.
    """
    files = read_archive_files(data, "The standard library")
    return pack_files(files, "stdlib", version, STDLIB_ROOT)


def pack_sdk(data: bytes, version: str) -> Packed:
    """Pack the SDK, which comes as a zip of sources.

    Raises:
        PackingError: The zip is damaged.
    """
    return pack_files(read_archive_files(data, "The SDK"), "cahier-sdk", version, SDK_ROOT)


def pack_files(files: Mapping[str, bytes], name: str, version: str, root: str) -> Packed:
    """Pack files, by their paths below the folder that the browser shows them in."""
    libraries = {path: data for path, data in files.items() if path.endswith(".so")}
    others = {path: data for path, data in files.items() if path not in libraries}
    sources: dict[str, bytes] = {}
    for path in [path for path in others if path.endswith(".py")]:
        bytecode = compile_module(others[path], f"{root}/{path}")
        # A source that does not compile, such as a template, stays a file like any other.
        if bytecode is not None:
            sources[path] = others.pop(path)
            others[bytecode_path(path)] = bytecode
    body, source_body = bytearray(), bytearray()
    header = {
        "name": name,
        "version": version,
        "files": _append(body, others),
        "libraries": _append(body, libraries),
        "sources": _append(source_body, sources),
    }
    return Packed(bytes(_head(header) + body), bytes(source_body))


def _head(header: Mapping[str, object]) -> bytearray:
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    head = bytearray(struct.pack("<8sII", _MAGIC, _FORMAT_VERSION, len(text)) + text)
    _align(head)
    return head


def _append(body: bytearray, files: Mapping[str, bytes]) -> list[tuple[str, int, int, int]]:
    rows = []
    for path in sorted(files, key=lambda path: path.encode("utf-16-be")):
        _align(body)
        rows.append((path, len(body), len(files[path]), zlib.crc32(files[path])))
        body += files[path]
    return rows


def _align(data: bytearray) -> None:
    data += bytes(-len(data) % _ALIGNMENT)


def _used(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what no program reads; type stubs stay where a package reads its own."""
    reads_stubs = any(
        b"attach_stub" in data for path, data in files.items() if path.endswith(".py")
    )
    unused = _UNUSED_SUFFIXES if reads_stubs else (*_UNUSED_SUFFIXES, _STUB_SUFFIX)
    return {path: data for path, data in files.items() if not path.endswith(unused)}
