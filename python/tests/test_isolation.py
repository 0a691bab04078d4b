"""A job leaves nothing behind that a later job could notice."""

from __future__ import annotations

import builtins
import gc
import linecache
import os
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from unittest.mock import patch

from recording_host import (
    done,
    entries_of,
    error_of,
    log_of,
    outcome_of,
    run,
)


class TheInterpreter(unittest.TestCase):
    def test_gets_its_working_directory_back(self) -> None:
        before = Path.cwd()
        done('import os, tempfile\nos.chdir(tempfile.mkdtemp(prefix="cahier-"))')
        self.assertEqual(Path.cwd(), before)

    def test_gets_its_working_directory_back_though_it_was_removed(self) -> None:
        before = Path.cwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                inside = Path.cwd()
                done(f'import os\nos.chdir("/")\nos.rmdir({folder!r})')
                self.assertEqual(Path.cwd(), inside)
            finally:
                os.chdir(before)

    def test_gets_its_environment_back(self) -> None:
        before = dict(os.environ)
        done('import os\nos.environ["CAHIER_LEFTOVER"] = "1"\ndel os.environ["PATH"]')
        self.assertEqual(dict(os.environ), before)

    def test_draws_into_memory_whatever_the_environment_says(self) -> None:
        with patch.dict(os.environ, {"MPLBACKEND": "svg"}):
            log = log_of('import os\nprint(os.environ["MPLBACKEND"])')
            self.assertEqual((log, os.environ["MPLBACKEND"]), ("Agg\n", "svg"))

    def test_forgets_the_source(self) -> None:
        done("import linecache\nlinecache.clearcache()")
        done("leftover = 1")
        self.assertNotIn('Cell "Sales"', linecache.cache)

    def test_gets_sys_back(self) -> None:
        names = ("path", "argv", "stdin", "stdout", "stderr", "displayhook", "excepthook")
        before = [getattr(sys, name) for name in names]
        path, limit = list(sys.path), sys.getrecursionlimit()
        done(
            "import sys\n"
            'sys.path.insert(0, "/leftover")\n'
            'sys.argv.append("leftover")\n'
            "sys.setrecursionlimit(sys.getrecursionlimit() + 1)\n"
            "sys.displayhook = sys.excepthook = print\n"
            "sys.stdin = sys.stdout = sys.stderr = None\n"
            'sys.path = ["other"]\n'
        )
        for name, value in zip(names, before, strict=True):
            self.assertIs(getattr(sys, name), value, name)
        self.assertEqual((sys.path, sys.getrecursionlimit()), (path, limit))

    def test_gets_the_other_attributes_of_sys_back(self) -> None:
        before = dict(vars(sys))
        done(
            "import sys\n"
            "sys.unraisablehook = sys.intern = sys.leftover = print\n"
            "sys.maxsize = 1\n"
            "sys.meta_path, sys.path_hooks, sys.path_importer_cache = [], [], {}\n"
            "sys.modules = {}\n"
            "del sys.platform\n"
        )
        self.assertEqual(vars(sys), before)
        for name in ("modules", "meta_path", "path_hooks", "path_importer_cache"):
            self.assertIs(getattr(sys, name), before[name], name)

    def test_gets_its_settings_back(self) -> None:
        def settings() -> tuple[object, ...]:
            collector = gc.isenabled(), gc.get_threshold()
            watchers = (
                sys.gettrace(),
                sys.getprofile(),
                threading.gettrace(),
                threading.getprofile(),
            )
            return sys.get_int_max_str_digits(), collector, watchers

        before = settings()
        done(
            "import gc, sys, threading\n"
            "def watch(*event): pass\n"
            "threading.settrace(watch)\n"
            "threading.setprofile(watch)\n"
            "sys.set_int_max_str_digits(0)\n"
            "gc.disable()\n"
            "gc.set_threshold(1)\n"
            "sys.settrace(watch)\n"
            "sys.setprofile(watch)\n"
        )
        self.assertEqual(settings(), before)

    def test_is_not_stopped_by_what_watches_the_script(self) -> None:
        before = sys.gettrace(), sys.stdout
        done("import sys\ndef watch(*event): raise ValueError\nsys.settrace(watch)")
        self.assertEqual((sys.gettrace(), sys.stdout), before)

    def test_gets_its_builtins_back(self) -> None:
        before = dict(vars(builtins))
        done("import builtins\nbuiltins.print = builtins.leftover = len\ndel builtins.sorted")
        self.assertEqual(vars(builtins), before)

    def test_gets_its_main_module_back(self) -> None:
        before = sys.modules["__main__"]
        done("import sys\ndel sys.modules['__main__']")
        self.assertIs(sys.modules["__main__"], before)

    def test_gets_all_back_when_the_job_fails(self) -> None:
        before = Path.cwd(), sys.stdout
        error_of('import os, sys\nos.chdir("/")\nsys.stdout = None\n1 / 0')
        self.assertEqual((Path.cwd(), sys.stdout), before)

    def test_gives_each_job_an_empty_input_and_no_arguments(self) -> None:
        done("import sys\nassert sys.argv == ['']\nassert sys.stdin.read() == ''")
        done("import sys\nassert sys.stdin.readline() == ''\nassert list(sys.stdin) == []")

    def test_says_that_a_script_cannot_ask(self) -> None:
        events = run('\ninput("Name? ")')
        outcome = outcome_of(events)
        assert outcome["status"] == "failed"
        error = outcome["error"]
        message = (
            "A script cannot ask for input here: this browser cannot pause Python, and the service "
            "worker that could hold it instead is not at work, as in some private windows. Reload "
            'the page, or write the value into the script instead, for example: name = "Ada".'
        )
        self.assertEqual((error["type"], error["message"], error["line"]), ("EOFError", message, 2))
        self.assertNotIn("job_input.py", error["traceback"])
        self.assertEqual("".join(entry["text"] for entry in entries_of(events)), "Name? ")

    def test_answers_from_an_input_that_the_script_made(self) -> None:
        script = 'import io, sys\nsys.stdin = io.StringIO("Ada\\n")\nprint(input())\n'
        self.assertEqual(log_of(script), "Ada\n")
        self.assertEqual(error_of(f"{script}input()")["message"], "EOF when reading a line")

    def test_frees_what_the_script_held(self) -> None:
        import json  # noqa: PLC0415 - something that outlives the job

        done(
            "import json, weakref\n"
            "class Data: pass\n"
            "data = Data()\n"
            "def function(): pass\n"
            "json.data = weakref.ref(data)\n"
        )
        self.assertIsNone(json.__dict__.pop("data")())

    def test_keeps_what_was_imported(self) -> None:
        sys.modules.pop("this_is_no_module", None)
        done("import colorsys")
        self.assertIn("colorsys", sys.modules)
