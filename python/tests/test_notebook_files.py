"""Python files that are kept with a notebook.

Longer than most files: each test stands on the same folder of files.
"""

from __future__ import annotations

import os
import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

from recording_host import RecordingHost, outcome_of, request, run_request
from scriptlets import VARIABLE, block, done_of, failure_of, handle, json_of, outputs_of, scriptlet
from statements import statement

from cahier import variables

if TYPE_CHECKING:
    from cahier._wire import JobEvent

NAMES = ("deepdiff", "jose", "shapes", "helpers", "helpers.deep", "helpers.deeper")


class NotebookFolder(unittest.TestCase):
    """A folder of a notebook for tests."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "package").mkdir()
        self.addCleanup(lambda: [sys.modules.pop(name, None) for name in NAMES])
        self.addCleanup(lambda: variables.drop_other_variables([]))

    def write(self, path: str, source: str, age_seconds: int = 0) -> None:
        file = self.folder / "package" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
        os.utime(file, (1_000_000 - age_seconds,) * 2)

    def run_main(self, source: str, **parts: object) -> list[JobEvent]:
        return run_request(
            scriptlet(f"{source}\n", folder=self.folder, **parts)  # type: ignore[arg-type] # parts of a request
        )


class NotebookFiles(NotebookFolder):
    def test_are_imported_by_cells_of_every_kind(self) -> None:
        self.write("shapes.py", "side = 5\n")
        events = self.run_main("from shapes import side\ndef main(): return {'output': side}")
        self.assertEqual(json_of(events), "5")
        job = request("import shapes\nassert shapes.side == 5", generate_empty_dataset=True)
        job["directories"] = scriptlet("", folder=self.folder)["directories"]
        self.assertEqual(done_of(run_request(job))["modules"], ["shapes.py"])

    def test_that_are_nested_too_deeply_are_refused_with_their_line(self) -> None:
        self.write("shapes.py", f"side = 5\nx = {'1 + ' * 20_000}1\n")
        error = failure_of(self.run_main("def main():\n    import shapes"))
        self.assertEqual(error["type"], "SyntaxError")
        self.assertIn("The source is nested too deeply here", error["message"])
        self.assertRegex(error["traceback"] or "", r'shapes\.py", line 2')
        before = SourceFileLoader.source_to_code
        self.write("shapes.py", "side = '\xe9'\n# coding: utf-8\n", age_seconds=5)
        self.assertEqual(
            json_of(self.run_main("import shapes\ndef main(): return {'output': 1}")), "1"
        )
        self.assertIs(SourceFileLoader.source_to_code, before)

    def test_do_not_stand_in_for_modules_that_a_statement_imports(self) -> None:
        for path, source in (
            ("jose.py", "import jose"),
            ("passlib/__init__.py", "from passlib.hash import md5_crypt"),
        ):
            self.write(path, "raise ValueError('was run')\n")
            job = statement(f"{source}\nreturn []")
            job["directories"] = scriptlet("", folder=self.folder)["directories"]
            error = failure_of(run_request(job))
            module = source.split()[1]
            self.assertEqual(error["type"], "ImportError")
            self.assertEqual(
                error["message"],
                f'"{module}" is a file of this notebook. A Statement imports the library of that '
                "name: rename the file.",
            )

    def test_are_in_the_working_directory(self) -> None:
        self.write("data.csv", "a,b\n")
        events = self.run_main("def main(): return {'output': open('data.csv').read()}")
        self.assertEqual(json_of(events), '"a,b\\n"')

    def test_stay_loaded_from_job_to_job(self) -> None:
        self.write("shapes.py", "class Square: pass\n")
        self.run_main(
            "from shapes import Square\ndef main(): return {'output': Square()}",
            outputs=[handle("output", VARIABLE)],
        )
        events = self.run_main(
            "from shapes import Square\n"
            "def main(params): return {'output': isinstance(params['x'], Square)}",
            inputs=[handle("x")],
            values=[{"handle": "x", "kind": "variable", "key": "job-1/output", "data": None}],
        )
        self.assertEqual(json_of(events), "true")

    def test_are_pickled_by_name(self) -> None:
        self.write("shapes.py", "class Square: side = 2\n")
        value = outputs_of(
            self.run_main(
                "from shapes import Square\ndef main(): return {'output': [Square()]}",
                outputs=[handle("output", VARIABLE)],
            )
        )["output"]
        assert value["kind"] == "variable"
        variables.drop_other_variables([])
        events = self.run_main(
            "def main(params): return {'output': params['x'][0].side}",
            inputs=[handle("x")],
            values=[
                {"handle": "x", "kind": "variable", "key": value["key"], "data": value["data"]}
            ],
        )
        self.assertEqual((value["reason"], json_of(events)), (None, "2"))

    def test_are_loaded_once_a_session(self) -> None:
        self.write("shapes.py", "side = 1\n")
        self.write("helpers/__init__.py", "count = [0]\n")
        count = "import helpers, shapes\ndef main():\n    helpers.count[0] += 1\n"
        count += "    return {'output': [helpers.count[0], shapes.side]}"
        self.assertEqual(json_of(self.run_main(count)), "[1, 1]")
        self.write("shapes.py", "side = 22\n", age_seconds=5)
        self.assertEqual(json_of(self.run_main(count)), "[2, 1]")
        self.assertEqual(json_of(self.run_main(count, session_id="session-2")), "[1, 22]")

    def test_are_loaded_anew_after_a_job_that_failed(self) -> None:
        self.write("shapes.py", "side = 1\n")
        outcome = outcome_of(self.run_main("import shapes\nshapes.side = 5\nraise ValueError"))
        self.assertEqual(outcome["status"], "failed")
        source = "import shapes\ndef main(): return {'output': shapes.side}"
        self.assertEqual(json_of(self.run_main(source)), "5")
        self.assertEqual(json_of(self.run_main(source, session_id="session-2")), "1")

    def test_are_found_that_came_in_the_middle_of_a_session(self) -> None:
        self.write("helpers/__init__.py", "")
        self.run_main("import helpers\ndef main(): pass")
        folders = [self.folder / "package", self.folder / "package/helpers"]
        times = [folder.stat().st_mtime_ns for folder in folders]
        self.write("shapes.py", "side = 1\n")
        self.write("helpers/deep.py", "depth = 2\n")
        for folder, time in zip(folders, times, strict=True):
            os.utime(folder, ns=(time, time))
        source = "import helpers.deep, shapes\n"
        source += "def main(): return {'output': [shapes.side, helpers.deep.depth]}"
        self.assertEqual(json_of(self.run_main(source)), "[1, 2]")

    def test_that_a_cell_imports_by_a_name_it_makes_up_are_named(self) -> None:
        self.write("shapes.py", "import helpers.deep\n")
        self.write("helpers/__init__.py", "")
        self.write("helpers/deep.py", "")
        self.write("helpers/deeper.py", "")
        source = "import importlib\ndef main(): importlib.import_module('sha' + 'pes')"
        files = ["helpers/__init__.py", "helpers/deep.py", "shapes.py"]
        events = self.run_main("exec('import helpers')\ndef main(): pass")
        self.assertEqual(done_of(events)["modules"], files[:1])
        self.assertEqual(done_of(self.run_main(source))["modules"], files)
        self.assertEqual(done_of(self.run_main(source))["modules"], files)
        self.assertEqual(done_of(self.run_main("def main(): pass"))["modules"], [])

    def test_that_a_cell_imports_are_named_through_each_other(self) -> None:
        self.write("shapes.py", "import helpers.deep\nimport json, shapes\n")
        self.write("helpers/__init__.py", "")
        self.write("helpers/deep.py", "def f():\n    from . import deeper, nothing\n")
        self.write("helpers/deeper.py", "from ..outside import x\nfrom .deep import f\n")
        self.write("helpers/unused.py", "")
        self.write("broken.py", "def (:")
        source = "import os\ntry: import shapes, broken\nexcept SyntaxError: pass\ndef main(): pass"
        self.assertEqual(
            done_of(self.run_main(source))["modules"],
            [
                "broken.py",
                "helpers/__init__.py",
                "helpers/deep.py",
                "helpers/deeper.py",
                "shapes.py",
            ],
        )

    def test_of_a_block_that_a_cell_runs_are_named_though_they_are_loaded_already(self) -> None:
        self.write("shapes.py", "")
        other = block("Other", "import shapes\ndef main(): pass")
        source = "async def main(params, context):\n"
        source += "    await context.run_block('Other', inputs={}).finish()"
        for _ in range(2):
            events = self.run_main(source, blocks=[other])
            self.assertEqual(done_of(events)["modules"], ["shapes.py"])

    def test_leave_the_path_of_python_as_it_was(self) -> None:
        before = list(sys.path), list(sys.meta_path)
        self.run_main("def main(): pass")
        self.assertEqual((sys.path, sys.meta_path), before)

    def test_whose_variables_are_no_longer_named_lose_them(self) -> None:
        variables.keep_variables({"a/1": 1, "b/2": 2})
        job = scriptlet("def main(): pass", folder=self.folder)
        job["variables"] = ["b/2"]
        self.assertEqual(outcome_of(run_request(job, host=RecordingHost()))["status"], "done")
        self.assertEqual(
            (variables.has_variable("a/1"), variables.has_variable("b/2")), (False, True)
        )


class AbsentFiles(NotebookFolder):
    """Where modules are looked for among the notebook's files and are none."""

    def absent(self, source: str, **parts: object) -> object:
        return done_of(self.run_main(source, **parts)).get("absentModules")

    def test_are_told_of_what_a_cell_tries_to_import_or_has_from_elsewhere(self) -> None:
        source = "try:\n    import shapes.round\n    from helpers import deep\n"
        source += "except ImportError: pass\n"
        source += "import pyclbr, wsgiref.headers\nfrom wsgiref import util\ndef main(): pass"
        self.assertEqual(
            self.absent(source),
            ["helpers", "helpers/deep", "pyclbr", "shapes", "shapes/round", "wsgiref"],
        )

    def test_are_told_by_cells_of_every_kind(self) -> None:
        job = request("try: import shapes\nexcept ImportError: pass", generate_empty_dataset=True)
        job["directories"] = scriptlet("", folder=self.folder)["directories"]
        self.assertEqual(done_of(run_request(job)).get("absentModules"), ["shapes"])

    def test_are_told_of_without_the_token_of_the_job_where_that_was_their_name(self) -> None:
        job = request(
            "import importlib\n"
            "from contextlib import suppress\n"
            "with suppress(ImportError):\n"
            "    importlib.import_module(od_authorization.split('.')[1])",
            generate_empty_dataset=True,
        )
        job["directories"] = scriptlet("", folder=self.folder)["directories"]
        self.assertEqual(done_of(run_request(job)).get("absentModules"), ["****"])

    def test_are_not_told_where_none_could_come_before_what_is_loaded_already(self) -> None:
        source = "import sys, builtins, oocana, cahier.log\nfrom oocana import Context\n"
        self.assertIsNone(self.absent(source + "def main(): pass"))

    def test_are_told_of_packages_and_of_what_would_come_before_a_file(self) -> None:
        self.write("shapes.py", "side = 1\n")
        self.write("helpers/__init__.py", "from .deep import depth\nfrom . import deeper\n")
        self.write("helpers/deep.py", "from . import *\nfrom .deeper import *\ndepth = 1\n")
        self.write("helpers/deeper.py", "from helpers import __doc__\n")
        self.assertEqual(
            self.absent("from shapes import side\nimport helpers\ndef main(): pass"),
            [
                "helpers/__doc__",
                "helpers/deep/__init__",
                "helpers/deeper/__init__",
                "shapes/__init__",
            ],
        )

    def test_are_told_of_what_is_looked_for_by_a_name_that_a_script_makes_up(self) -> None:
        self.write("helpers/__init__.py", "")
        find = "from importlib.util import find_spec\ndef main(): find_spec('sha' + 'pes'), "
        self.assertEqual(self.absent(f"{find}find_spec('helpers')"), ["shapes"])
        self.assertIsNone(self.absent("def main(): pass"))
        source = "import importlib\ndef main():\n"
        source += (
            "    for name in ['helpers.deep', 'outside', '\\ud800', 'json.none', 'tabnanny']:\n"
        )
        source += "        try: importlib.import_module(name)\n        except ImportError: pass\n"
        # A module that looked for something may have been loaded before this job.
        looked_for = ["\\ud800", "helpers/deep", "outside", "shapes"]
        self.assertEqual(self.absent(source), looked_for)
        self.assertEqual(self.absent(source, session_id="session-2"), looked_for[:-1])

    def test_are_told_before_others_explain_what_is_not_there(self) -> None:
        class Explaining:
            def find_spec(self, name: str, *_: object) -> None:
                raise ModuleNotFoundError(name, name=name)

        finder = Explaining()
        sys.meta_path.append(finder)
        self.addCleanup(lambda: sys.meta_path.remove(finder))
        source = "import importlib\ntry: importlib.import_module('sha' + 'pes')\n"
        self.assertEqual(
            self.absent(source + "except ImportError: pass\ndef main(): pass"), ["shapes"]
        )

    def test_are_those_of_the_folder_whatever_names_a_script_makes_up(self) -> None:
        (self.folder / "outside.py").write_text("")
        source = f"import importlib.util\nimportlib.util.find_spec('{self.folder}/outside')\n"
        done = done_of(self.run_main(source + "def main(): pass"))
        self.assertEqual((done["modules"], done.get("absentModules")), ([], None))

    def test_are_not_told_of_files_that_a_script_has_written_meanwhile(self) -> None:
        source = "import importlib, pathlib\n"
        source += "def find(): return importlib.util.find_spec('shapes')\n"
        source += "def main():\n    first = find()\n    pathlib.Path('shapes.py').write_text('')\n"
        events = self.run_main(source + "    return {'output': first is None}")
        self.assertEqual(json_of(events), "true")
        done = done_of(events)
        absent = [place for place in done.get("absentModules", []) if "shapes" in place]
        self.assertEqual((done["modules"], absent), (["shapes.py"], ["shapes/__init__"]))

    def test_are_told_of_a_module_as_it_was_loaded_until_the_session_ends(self) -> None:
        self.write("shapes.py", "try: import helpers\nexcept ImportError: helpers = None\n")
        source = "import shapes\ndef main(): return {'output': shapes.helpers is None}"
        absent = ["helpers", "shapes/__init__"]
        self.assertEqual(self.absent(source), absent)
        self.write("helpers.py", "")
        events = self.run_main(source)
        done = done_of(events)
        self.assertEqual(json_of(events), "true")
        self.assertEqual((done["modules"], done["absentModules"]), (["shapes.py"], absent))
        # What is there now counts for a cell that looks for it itself.
        done = done_of(self.run_main("import helpers\ndef main(): pass"))
        self.assertEqual(
            (done["modules"], done["absentModules"]), (["helpers.py"], ["helpers/__init__"])
        )
        done = done_of(self.run_main(source, session_id="session-2"))
        self.assertEqual(done["modules"], ["helpers.py", "shapes.py"])
        self.assertEqual(done["absentModules"], ["helpers/__init__", "shapes/__init__"])

    def test_are_told_within_bounds(self) -> None:
        source = f"try: import {'x' * 201}, shapes\nexcept ImportError: pass\n"
        self.assertEqual(self.absent(f"{source}def main(): pass"), ["shapes"])
        source = "import importlib\ndef main():\n    for number in range(2000):\n"
        source += "        importlib.util.find_spec(f'x{number}')"
        self.assertEqual(len(self.absent(source)), 1_000)  # type: ignore[arg-type] # a list
