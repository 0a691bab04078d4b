"""Packages that a notebook brings along: which of them a job has used."""

from __future__ import annotations

import importlib
import sys
import tempfile
import unittest
from pathlib import Path
from typing import TYPE_CHECKING

from recording_host import request, run_request
from scriptlets import block, done_of, scriptlet
from statements import statement

from cahier import used_packages

if TYPE_CHECKING:
    from cahier._wire import JobRequest, OwnPackage

# A wheel says what can be imported from it, the list of its files need not.
SHAPES: OwnPackage = {"name": "test-shapes", "modules": ["test_shapes"]}
COLOURS: OwnPackage = {"name": "test-colours", "modules": None}
PASSLIB: OwnPackage = {"name": "passlib", "modules": None}
OWN = [SHAPES, COLOURS, PASSLIB]
MAIN = "\ndef main(): pass\n"


class UsedPackages(unittest.TestCase):
    """The requirement Test.Colours has brought along test-paints, which needs test-locked."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.packages = self.folder / "site-packages"
        sys.path.insert(0, str(self.packages))
        self.addCleanup(self.forget)
        self.put_aside("passlib")
        self.install("test-shapes", {"test_shapes.py": ""}, needs="Test.Colours", record="")
        self.install("test-colours", {"test_colours/__init__.py": "import test_colours.red"})
        (self.packages / "test_colours/red.py").write_text("")
        (self.packages / "test_colours-1.0.dist-info/METADATA").write_text(
            "Name: Test.Colours\nVersion: 1.0\nRequires-Dist: Test_Paints>=1\n"
            "Requires-Dist: test-shapes ; extra == 'shapes'\n"
        )
        self.install(
            "test-paints", {"test_paints.py": ""}, needs="test-locked", installer="micropip"
        )
        self.install("test-locked", {"test_locked.py": ""}, installer="pyodide.loadPackage")
        self.install("passlib", {"passlib/__init__.py": "", "passlib/hash.py": ""})

    def put_aside(self, name: str) -> None:
        """Have a real library that other tests have loaded count as not loaded."""
        real = {each: sys.modules[each] for each in sys.modules if each.split(".")[0] == name}
        for each in real:
            del sys.modules[each]
        self.addCleanup(sys.modules.update, real)

    def forget(self) -> None:
        sys.path.remove(str(self.packages))
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(str(self.folder)):
                del sys.modules[name]
        used_packages._installed.clear()  # noqa: SLF001 - another Python has others
        importlib.invalidate_caches()

    def install(
        self,
        name: str,
        files: dict[str, str],
        *,
        needs: str = "",
        installer: str = "",
        record: str | None = None,
    ) -> None:
        for path, source in files.items():
            file = self.packages / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source)
        info = self.packages / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        line = f"Requires-Dist: {needs}\n" if needs else ""
        (info / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n{line}")
        listed = "".join(f"{path},sha256=x,1\n" for path in files)
        (info / "RECORD").write_text(listed if record is None else record)
        (info / "INSTALLER").write_text(f"{installer}\n")
        importlib.invalidate_caches()

    def used_by(self, job: JobRequest, own: list[OwnPackage] = OWN) -> list[str] | None:
        job["directories"] = scriptlet("", folder=self.folder)["directories"]
        job["ownPackages"] = own
        return done_of(run_request(job)).get("usedPackages")

    def write(self, path: str, source: str) -> None:
        scriptlet("", folder=self.folder)
        (self.folder / "package" / path).write_text(source)

    def test_are_told_by_cells_of_every_kind(self) -> None:
        job = request("import test_shapes", generate_empty_dataset=True)
        self.assertEqual(self.used_by(job), ["test-shapes"])
        self.assertEqual(self.used_by(scriptlet(f"import test_colours{MAIN}")), ["test-colours"])
        self.assertEqual(self.used_by(statement("import passlib.hash\nreturn []")), ["passlib"])

    def test_are_those_alone_that_something_was_imported_from(self) -> None:
        self.assertEqual(self.used_by(scriptlet(MAIN)), [])
        self.assertEqual(self.used_by(scriptlet(f"import json, test_locked{MAIN}")), [])
        missing: OwnPackage = {"name": "test-missing", "modules": ["test_missing"]}
        source = f"try: import test_missing\nexcept ImportError: pass{MAIN}"
        self.assertEqual(self.used_by(scriptlet(source), [missing]), [])

    def test_are_not_told_where_the_notebook_brings_none(self) -> None:
        job = scriptlet(f"import test_colours{MAIN}", folder=self.folder)
        self.assertNotIn("usedPackages", done_of(run_request(job)))

    def test_are_told_where_what_came_along_with_them_is_imported(self) -> None:
        self.assertEqual(self.used_by(scriptlet(f"import test_paints{MAIN}")), ["test-colours"])

    def test_are_told_by_jobs_that_find_them_loaded(self) -> None:
        direct = f"import test_colours{MAIN}"
        self.used_by(scriptlet(direct))
        self.assertEqual(self.used_by(scriptlet(direct)), ["test-colours"])
        self.assertEqual(self.used_by(scriptlet(MAIN)), [])
        source = "import importlib\ndef main(): importlib.import_module('test_' + 'colours')\n"
        self.assertEqual(self.used_by(scriptlet(source)), ["test-colours"])

    def test_are_told_where_what_a_job_imports_imports_them(self) -> None:
        (self.packages / "test_shapes.py").write_text("import test_colours")
        for _ in "first", "loaded":
            self.assertEqual(
                self.used_by(scriptlet(f"import test_shapes{MAIN}")),
                ["test-colours", "test-shapes"],
            )

    def test_are_told_of_files_and_blocks_that_a_job_runs(self) -> None:
        self.used_by(scriptlet(f"import test_colours, passlib{MAIN}"))
        self.write("test_helpers.py", "import test_colours\n")
        self.assertEqual(self.used_by(scriptlet(f"import test_helpers{MAIN}")), ["test-colours"])
        source = "async def main(params, context):\n"
        source += "    await context.run_block('self::Other', inputs={}).finish()\n"
        other = block("Other", f"import passlib{MAIN}")
        self.assertEqual(self.used_by(scriptlet(source, blocks=[other])), ["passlib"])

    def test_are_not_told_where_a_file_of_the_notebook_stands_in_for_them(self) -> None:
        self.write("test_colours.py", "")
        self.assertEqual(self.used_by(scriptlet(f"import test_colours{MAIN}")), [])

    def test_that_say_what_cannot_be_read_leave_the_others_told(self) -> None:
        info = self.packages / "test_colours-1.0.dist-info"
        (info / "METADATA").write_bytes(b"\xff\xfe")
        source = f"import test_colours, test_shapes{MAIN}"
        self.assertEqual(self.used_by(scriptlet(source)), ["test-shapes"])
