"""A job leaves the modules and the ways to find them as they were."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from recording_host import done, error_of


class Modules(unittest.TestCase):
    """What scripts put into the import system, and what imports put there."""

    @classmethod
    def setUpClass(cls) -> None:
        # What the first job of a Python loads stays; whether there was one is not for these tests.
        done("import decimal, json, random")

    def setUp(self) -> None:
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.folder = Path(folder)
        self.enterContext(patch.dict(sys.modules))
        self.enterContext(patch.object(sys, "path", [*sys.path, folder]))

    def test_made_by_hand_are_dropped(self) -> None:
        before = dict(sys.modules)
        done(
            "import sys\n"
            "from types import ModuleType\n"
            "class Odd:\n"
            "    def __getattribute__(self, name): raise ValueError\n"
            'sys.modules["shared"] = sys.modules["json.shared"] = ModuleType("shared")\n'
            'sys.modules["main"] = sys.modules["__main__"]\n'
            'sys.modules["odd"] = Odd()\n'
            'sys.modules["json.nothing"] = sys.modules[1] = None\n'
        )
        self.assertEqual(sys.modules, before)
        self.assertEqual(error_of("import shared")["type"], "ModuleNotFoundError")

    def test_replaced_or_deleted_are_restored(self) -> None:
        import json  # noqa: PLC0415 - it is loaded now

        before = dict(sys.modules)
        done(
            "import sys\n"
            "from types import ModuleType\n"
            'sys.modules["json"] = ModuleType("json")\n'
            'sys.modules["random"] = None\n'
            'del sys.modules["decimal"]\n'
            "import decimal\n"
        )
        self.assertEqual(sys.modules, before)
        self.assertIs(sys.modules["json"], json)

    def test_of_compiled_libraries_stay(self) -> None:
        library = (
            "import sys\n"
            "from types import ModuleType\n"
            'part = sys.modules["cahier_library.part"] = ModuleType("part")\n'
            'sys.modules["_cython_1_2"] = ModuleType("_cython_1_2")\n'
        )
        (self.folder / "cahier_library.py").write_text(library)
        done("import cahier_library")
        names = {"cahier_library", "cahier_library.part", "_cython_1_2"}
        self.assertEqual(sys.modules.keys() & names, names)

    def test_keep_the_finders_that_came_with_them(self) -> None:
        finders, hooks = list(sys.meta_path), list(sys.path_hooks)
        library = (
            "import sys\n"
            "class Finder:\n"
            "    def find_spec(self, *arguments): return None\n"
            "class Hook:\n"
            "    def __call__(self, path): raise ImportError\n"
            "finder, hook = Finder(), Hook()\n"
            "sys.meta_path.insert(0, finder)\n"
            "sys.meta_path.append(finder)\n"
            "sys.path_hooks.append(hook)\n"
        )
        (self.folder / "cahier_finder.py").write_text(library)
        done("import cahier_finder")
        found = list(sys.meta_path), list(sys.path_hooks)
        sys.meta_path[:], sys.path_hooks[:] = finders, hooks
        library_names = vars(sys.modules["cahier_finder"])
        finder, hook = library_names["finder"], library_names["hook"]
        self.assertEqual(found, ([finder, *finders, finder], [*hooks, hook]))

    def test_are_found_as_before(self) -> None:
        finders, hooks, cache = list(sys.meta_path), list(sys.path_hooks), sys.path_importer_cache
        done(
            "import sys\n"
            "class Finder:\n"
            "    def find_spec(self, *arguments): return None\n"
            "sys.meta_path.pop(0)\n"
            "sys.meta_path.append(Finder())\n"
            "sys.path_hooks.insert(0, lambda path: Finder())\n"
            'sys.path.insert(0, "/leftover")\n'
            "try: import leftover\n"
            "except ImportError: pass\n"
            'assert isinstance(sys.path_importer_cache["/leftover"], Finder)\n'
        )
        self.assertEqual((sys.meta_path, sys.path_hooks), (finders, hooks))
        self.assertNotIn("/leftover", cache)
