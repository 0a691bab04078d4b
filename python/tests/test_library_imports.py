"""What may not be interrupted: the import of a library."""

from __future__ import annotations

import importlib
import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from recording_host import log_of

from cahier import library_imports
from cahier.library_imports import is_importing_library


class TheImportOfALibrary(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.enterContext(patch.object(sys, "path", [folder.name, *sys.path]))
        self.enterContext(patch.object(sys, "dont_write_bytecode", True))
        self.addCleanup(lambda: sys.modules.pop("imported_here", None))

    def found_in_import(self, source: str) -> bool:
        """Import a module of this source, and give what it found."""
        (self.folder / "imported_here.py").write_text(
            f"from cahier.library_imports import is_importing_library\n{source}", encoding="utf-8"
        )
        return bool(importlib.import_module("imported_here").found)

    def in_libraries(self) -> None:
        """Let the modules of this test lie where libraries do."""
        self.enterContext(patch.object(library_imports, "_LIBRARIES", str(self.folder)))

    def test_is_found_in_its_modules(self) -> None:
        self.in_libraries()
        self.assertTrue(self.found_in_import("found = is_importing_library()"))

    def test_is_found_in_functions_that_its_modules_call(self) -> None:
        self.in_libraries()
        source = "def look(): return [is_importing_library() for _ in range(1)][0]\nfound = look()"
        self.assertTrue(self.found_in_import(source))

    def test_is_not_found_in_functions_that_are_called_later(self) -> None:
        self.in_libraries()
        self.found_in_import("found = is_importing_library")
        self.assertFalse(sys.modules["imported_here"].found())

    def test_is_no_import_of_a_module_of_the_notebook(self) -> None:
        self.assertFalse(self.found_in_import("found = is_importing_library()"))

    def test_is_found_in_the_import_system_itself(self) -> None:
        found: list[bool] = []

        class Finder:
            def find_spec(self, *_: object) -> None:
                found.append(is_importing_library())

        self.enterContext(patch.object(sys, "meta_path", [Finder(), *sys.meta_path]))
        with self.assertRaises(ModuleNotFoundError):
            importlib.import_module("there_is_no_such_module")
        self.assertEqual(found, [True])

    def test_is_not_found_in_a_script(self) -> None:
        source = (
            "from cahier.library_imports import is_importing_library\n"
            "print(*map(lambda look: look(), [is_importing_library]))"
        )
        self.assertEqual(log_of(source), "False\n")
