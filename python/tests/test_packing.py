"""Packing wheels for the browser: what goes in, what stays out, and what is refused."""

from __future__ import annotations

import io
import json
import marshal
import random
import struct
import sys
import unittest
import warnings
import zipfile
import zlib
from types import CodeType
from typing import NamedTuple
from unittest.mock import patch

from cahier import packing, packing_wheel
from cahier.packing import PackingError, pack_sdk, pack_stdlib, pack_wheel

METADATA = {"shapes-1.0.dist-info/METADATA": b"Name: shapes\nVersion: 1.0\n"}
TAG = sys.implementation.cache_tag


class Read(NamedTuple):
    """What an archive and its sources hold, by paths."""

    files: dict[str, bytes]
    libraries: dict[str, bytes]
    sources: dict[str, bytes]


def wheel(files: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a zip of the files."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, compression)
    return target.getvalue()


def pack(files: dict[str, bytes]) -> packing.Packed:
    """Pack a wheel of these files and the metadata that it needs."""
    return pack_wheel(wheel({**METADATA, **files}), "shapes.whl", "shapes", "1.0")


def header_of(archive: bytes) -> tuple[dict[str, list[list[object]]], bytes]:
    """Give the header of an archive, and its body."""
    magic, version, length = struct.unpack("<8sII", archive[:16])
    assert (magic, version) == (b"CAHIERPK", 2)
    return json.loads(archive[16 : 16 + length]), archive[16 + length + -length % 16 :]


def read(packed: packing.Packed) -> Read:
    """Take a package apart again."""
    header, body = header_of(packed.archive)

    def entries(kind: str, data: bytes) -> dict[str, bytes]:
        found = {}
        for path, at, size, checksum in header[kind]:
            content = data[int(str(at)) : int(str(at)) + int(str(size))]
            assert zlib.crc32(content) == checksum
            found[str(path)] = content
        return found

    return Read(
        entries("files", body), entries("libraries", body), entries("sources", packed.sources)
    )


def problem_of(data: bytes) -> str:
    """Say why a wheel is refused."""
    try:
        pack_wheel(data, "shapes.whl", "shapes", "1.0")
    except PackingError as error:
        return str(error)
    return "none"


class Packages(unittest.TestCase):
    """What becomes of the files of a wheel."""

    def test_hold_bytecode_libraries_and_data_and_keep_sources_apart(self) -> None:
        packed = read(
            pack({"shapes/__init__.py": b"x = 1", "shapes/f.so": b"\0asm", "one.py": b""})
        )
        self.assertEqual(
            sorted(packed.files),
            [
                f"__pycache__/one.{TAG}.pyc",
                "shapes-1.0.dist-info/METADATA",
                f"shapes/__pycache__/__init__.{TAG}.pyc",
            ],
        )
        self.assertEqual(packed.libraries, {"shapes/f.so": b"\0asm"})
        self.assertEqual(packed.sources, {"one.py": b"", "shapes/__init__.py": b"x = 1"})

    def test_lie_in_the_order_of_their_paths_at_multiples_of_sixteen(self) -> None:
        names = ["b", "a/b", "a.b", "\U0001f600", "\uffee"]
        header, body = header_of(pack({name: name.encode() for name in names}).archive)
        rows = header["files"]
        self.assertEqual(
            [path for path, *_ in rows],
            ["a.b", "a/b", "b", "shapes-1.0.dist-info/METADATA", "\U0001f600", "\uffee"],
        )
        self.assertEqual([at for _, at, *_ in rows], [0, 16, 32, 48, 80, 96])
        self.assertEqual(len(body), 96 + 3)

    def test_have_bytecode_that_names_the_place_and_wants_no_look_at_the_source(self) -> None:
        packed = read(pack({"shapes/area.py": b"def area(side):\n    return side * side\n"}))
        bytecode = packed.files[f"shapes/__pycache__/area.{TAG}.pyc"]
        self.assertEqual(struct.unpack("<I", bytecode[4:8]), (0b01,))
        code = marshal.loads(bytecode[16:])  # noqa: S302 - made above
        assert isinstance(code, CodeType)
        self.assertEqual(code.co_filename, "/lib/packages/shapes/area.py")

    def test_refuse_a_module_that_is_nested_too_deeply_when_it_is_imported(self) -> None:
        source = b"side = 5\nx = " + b"1 + " * 20_000 + b"1\n"
        packed = read(pack({"shapes/area.py": source}))
        self.assertEqual(packed.sources["shapes/area.py"], source)
        code = marshal.loads(packed.files[f"shapes/__pycache__/area.{TAG}.pyc"][16:])  # noqa: S302 - made above
        with self.assertRaisesRegex(SyntaxError, "nested too deeply here") as caught:
            exec(code)  # noqa: S102 - that is what an import does
        place = caught.exception.filename, caught.exception.lineno
        self.assertEqual(place, ("/lib/packages/shapes/area.py", 2))

    def test_are_the_same_bytes_for_the_same_wheel(self) -> None:
        names = [f"shapes/m{number}.py" for number in range(9)]
        sources = {name: f"names = {{'a', 'b', {name!r}}}\n".encode() for name in names}
        first = pack(sources)
        random.shuffle(names)
        self.assertEqual(pack({name: sources[name] for name in names}), first)

    def test_keep_what_is_no_module_for_this_python_as_a_file(self) -> None:
        broken = {
            "shapes/template.py": b"{{ name }} = ",
            "shapes/null.py": b"x\0",
            "shapes/latin.py": b"x = '\xff'",
        }
        packed = read(pack(broken))
        self.assertEqual({path: packed.files.get(path) for path in broken}, broken)
        self.assertEqual(packed.sources, {})

    def test_leave_out_what_no_program_reads(self) -> None:
        unused = ["a.a", "a.h", "a.hpp", "a.pxd", "a.pxi", "a.pyx", "a.pyi"]
        packed = read(pack({f"shapes/{name}": b"x" for name in unused}))
        self.assertEqual(list(packed.files), list(METADATA))

    def test_keep_type_stubs_that_the_package_reads_itself(self) -> None:
        lazy = b"import lazy_loader\nlazy_loader.attach_stub(__name__, __file__)\n"
        packed = read(pack({"shapes/__init__.py": lazy, "shapes/__init__.pyi": b"x: int"}))
        self.assertEqual(packed.files["shapes/__init__.pyi"], b"x: int")

    def test_drop_bytecode_that_came_along(self) -> None:
        stale = f"shapes/__pycache__/__init__.{TAG}.pyc"
        packed = read(pack({"shapes/__init__.py": b"", stale: b"stale"}))
        self.assertNotEqual(packed.files[stale], b"stale")

    def test_put_the_folders_of_data_where_pip_puts_them(self) -> None:
        root = "shapes-1.0.data"
        packed = read(
            pack(
                {
                    f"{root}/purelib/pure.txt": b"1",
                    f"{root}/platlib/shapes/plat.txt": b"2",
                    f"{root}/data/share/shapes/d.txt": b"3",
                    f"{root}/scripts/draw": b"#!python",
                    f"{root}/headers/shapes.txt": b"5",
                    f"{root}/other/x.txt": b"6",
                }
            )
        )
        self.assertEqual(
            packed.files,
            {
                **METADATA,
                "pure.txt": b"1",
                "shapes/plat.txt": b"2",
                "share/shapes/d.txt": b"3",
                "bin/draw": b"#!python",
                f"{root}/other/x.txt": b"6",
            },
        )


class OwnPython(unittest.TestCase):
    """The standard library and the SDK."""

    def test_are_packed_for_their_own_folders(self) -> None:
        zipped = wheel({"json/__init__.py": b"x = 1", "json/read.me": b"text"})
        for packed, root in (
            (pack_stdlib(zipped, "3.13.2"), "/lib/stdlib"),
            (pack_sdk(zipped, "0.1.0"), "/lib/cahier"),
        ):
            files = read(packed).files
            code = marshal.loads(files[f"json/__pycache__/__init__.{TAG}.pyc"][16:])  # noqa: S302
            assert isinstance(code, CodeType)
            self.assertEqual(code.co_filename, f"{root}/json/__init__.py")
            self.assertEqual(files["json/read.me"], b"text")


class Refusals(unittest.TestCase):
    """Wheels that nobody should install; the message names the wheel and the place."""

    def test_of_names_that_lead_out(self) -> None:
        for name in ("/etc/passwd", "../x", "a/../../x", "./x", "a//b", "C:/x", "a\\b", "a\nb"):
            with self.subTest(name=name):
                self.assertEqual(
                    problem_of(wheel({**METADATA, name: b""})),
                    f"shapes.whl cannot be packed: the name {name!r} is no plain relative path",
                )

    def test_of_a_name_with_a_null(self) -> None:
        data = wheel({**METADATA, "a-b": b""}).replace(b"a-b", b"a\0b")
        self.assertIn("the name 'a\\x00b' is no plain relative path", problem_of(data))

    def test_of_the_same_name_twice(self) -> None:
        doubled = wheel({**METADATA, "aa": b"1", "ab": b"2"}).replace(b"ab", b"aa")
        self.assertEqual(problem_of(doubled), "shapes.whl cannot be packed: it has aa twice")
        moved = wheel({**METADATA, "x": b"1", "shapes-1.0.data/purelib/x": b"2"})
        self.assertEqual(problem_of(moved), "shapes.whl cannot be packed: it has x twice")

    def test_of_a_file_that_is_a_folder_too(self) -> None:
        self.assertEqual(
            problem_of(wheel({**METADATA, "a": b"", "a/b": b""})),
            "shapes.whl cannot be packed: it has a as a file and as a folder",
        )

    def test_of_what_is_no_wheel(self) -> None:
        self.assertEqual(
            problem_of(b"<!doctype html>"), "shapes.whl cannot be packed: File is not a zip file"
        )
        self.assertEqual(
            problem_of(wheel({"a.py": b""})),
            "shapes.whl cannot be packed: it has 0 files *.dist-info/METADATA, not one",
        )

    def test_of_damage_wherever_it_is(self) -> None:
        whole = wheel({**METADATA, "shapes/__init__.py": b"x = 1\n" * 50})
        for length in range(0, len(whole), 7):
            with self.subTest(length=length):
                self.assertIn("shapes.whl cannot be packed: ", problem_of(whole[:length]))
        stored = wheel({**METADATA, "shapes/d.txt": b"content"}, compression=zipfile.ZIP_STORED)
        self.assertEqual(
            problem_of(stored.replace(b"content", b"Content")),
            "shapes.whl cannot be packed: shapes/d.txt: Bad CRC-32 for file 'shapes/d.txt'",
        )

    def test_never_end_in_another_error(self) -> None:
        whole = wheel({**METADATA, "shapes/__init__.py": b"x = 1\n" * 50, "a.txt": b"text"})
        chance = random.Random(1)  # noqa: S311 - no secret
        for _ in range(2000):
            spoiled = bytearray(whole)
            for _ in range(chance.randint(1, 4)):
                spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
            problem = problem_of(bytes(spoiled))
            self.assertTrue(
                problem == "none" or problem.startswith("shapes.whl cannot be packed: ")
            )

    def test_of_encrypted_files(self) -> None:
        data = bytearray(wheel(METADATA))
        entry = data.index(b"PK\x01\x02")
        data[6] |= 1
        data[entry + 8] |= 1
        self.assertIn("is encrypted, password required", problem_of(bytes(data)))

    def test_of_what_does_not_fit_into_memory(self) -> None:
        for limit, problem in (
            ("_MAX_FILES", "it has 3 files; 2 is the most"),
            ("_MAX_FILE_BYTES", "shapes/a.txt has 100 bytes; 64 is the most"),
            (
                "_MAX_TOTAL_BYTES",
                f"it holds {200 + len(b''.join(METADATA.values()))} bytes; 64 is the most",
            ),
        ):
            with self.subTest(limit=limit):
                data = wheel({**METADATA, "shapes/a.txt": bytes(100), "shapes/b.txt": bytes(100)})
                value = 2 if limit == "_MAX_FILES" else 64
                with patch.object(packing_wheel, limit, value):
                    self.assertEqual(problem_of(data), f"shapes.whl cannot be packed: {problem}")

    def test_of_a_file_that_holds_more_than_it_declares(self) -> None:
        data = bytearray(wheel({**METADATA, "shapes/bomb.txt": bytes(1_000_000)}))
        entry = data.rindex(b"PK\x01\x02")
        data[entry + 24 : entry + 28] = struct.pack("<I", 10)
        self.assertIn("shapes/bomb.txt: Bad CRC-32", problem_of(bytes(data)))


if __name__ == "__main__":
    unittest.main()
