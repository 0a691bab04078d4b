"""A job leaves nothing behind that a later job could notice."""

from __future__ import annotations

import builtins
import decimal
import gc
import linecache
import locale
import logging
import os
import random
import sys
import tempfile
import threading
import time
import unittest
import warnings
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import numpy
import pandas
from recording_host import done, entries_of, error_of, log_of, outcome_of, run
from test_images import skip_without_matplotlib

from cahier.isolation import isolated_job


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
            "A script cannot ask for input yet: there is nobody to answer input(). "
            'Write the value into the script instead, for example: name = "Ada".'
        )
        self.assertEqual((error["type"], error["message"], error["line"]), ("EOFError", message, 2))
        self.assertNotIn("isolation.py", error["traceback"])
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


class Modules(unittest.TestCase):
    """What scripts put into the import system, and what imports put there."""

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


class Isolation(unittest.TestCase):
    def test_is_cheap(self) -> None:
        stream = StringIO()
        libraries = {
            name: module
            for name, module in sys.modules.items()
            if name.partition(".")[0] != "pandas"
        }
        seconds = []
        with patch.dict(sys.modules, libraries, clear=True):
            for _ in range(20):
                start = time.perf_counter()
                with isolated_job(stream, stream):
                    pass
                seconds.append(time.perf_counter() - start)
        self.assertLess(min(seconds), 0.002)


class Warnings(unittest.TestCase):
    def test_are_seen_by_each_job(self) -> None:
        script = (
            "import warnings\n"
            'warnings.simplefilter("once")\n'
            'for _ in range(2): warnings.warn("careful", FutureWarning)\n'
            'warnings.simplefilter("default")\n'
            'for _ in range(2): warnings.warn("again", FutureWarning)\n'
        )
        first, second = log_of(script), log_of(script)
        self.assertEqual((first.count(": careful"), first.count(": again")), (1, 1))
        self.assertEqual(second, first)

    def test_keep_their_filters(self) -> None:
        before = list(warnings.filters)
        done('import warnings\nwarnings.simplefilter("error")')
        self.assertEqual(warnings.filters, before)


class Loggers(unittest.TestCase):
    def test_of_one_job_do_not_write_for_the_next(self) -> None:
        script = (
            "import logging\n"
            'logging.basicConfig(level="INFO", format="%(message)s")\n'
            'own = logging.getLogger("cahier_test.own")\n'
            "own.addHandler(logging.StreamHandler())\n"
            "logging.captureWarnings(True)\n"
            'own.info("hello")\n'
            "import warnings\n"
            'warnings.warn("careful")\n'
        )
        first, second = log_of(script), log_of(script)
        self.assertTrue(first.startswith("hello\nhello\nCell"), first)
        self.assertEqual(first.count("careful"), 2)
        self.assertEqual(second, first)

    def test_keep_levels_handlers_and_flags(self) -> None:
        logger = logging.getLogger("cahier_test.kept")
        handler = logging.NullHandler()
        logger.addHandler(handler)
        logger.setLevel(logging.ERROR)
        done(
            "import logging\n"
            'logger = logging.getLogger("cahier_test.kept")\n'
            "logger.handlers.clear()\n"
            "logger.setLevel(1)\n"
            "logger.propagate = False\n"
            "logger.disabled = True\n"
            "logging.disable()\n"
        )
        self.assertEqual(
            (logger.level, logger.handlers, logger.propagate, logger.disabled),
            (logging.ERROR, [handler], True, False),
        )
        self.assertTrue(logger.isEnabledFor(logging.ERROR))


class Libraries(unittest.TestCase):
    def test_draw_new_random_numbers_in_each_job(self) -> None:
        script = (
            "import random, numpy\n"
            "print(random.random(), numpy.random.random())\n"
            "random.seed(1)\n"
            "numpy.random.seed(1)\n"
        )
        random.seed(1)
        numpy.random.seed(1)
        seeded = f"{random.random()} {numpy.random.random()}\n"  # noqa: S311
        texts = {log_of(script) for _ in range(3)} | {seeded}
        numbers = {number for text in texts for number in text.split()}
        self.assertEqual((len(texts), len(numbers)), (4, 8))

    def test_compute_with_the_default_decimal_context(self) -> None:
        done("import decimal\ndecimal.getcontext().prec = 3")
        self.assertEqual(decimal.getcontext().prec, 28)

    def test_keep_the_locale(self) -> None:
        before = locale.setlocale(locale.LC_ALL)
        other = "C" if before != "C" else "C.UTF-8"
        done(f"import locale\nlocale.setlocale(locale.LC_ALL, {other!r})")
        self.assertEqual(locale.setlocale(locale.LC_ALL), before)

    def test_have_the_default_options(self) -> None:
        def options() -> tuple[object, ...]:
            return numpy.geterr(), numpy.get_printoptions(), pandas.get_option("display.max_rows")

        before = options()
        events = run(
            "import numpy, pandas\n"
            'numpy.seterr(all="raise")\n'
            "numpy.set_printoptions(precision=2, suppress=True, threshold=5)\n"
            'pandas.set_option("display.max_rows", 3)\n'
        )
        self.assertEqual((options(), entries_of(events)), (before, []))

    def test_are_put_back_without_warnings(self) -> None:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            done("import pandas, numpy")
        self.assertEqual(caught, [])


@skip_without_matplotlib
class Figures(unittest.TestCase):
    def test_do_not_stay_open(self) -> None:
        script = (
            "import matplotlib.pyplot as plt\n"
            "print(len(plt.get_fignums()), plt.rcParams['lines.linewidth'], plt.get_backend())\n"
            "plt.figure()\n"
            "plt.rcParams['lines.linewidth'] = 7\n"
            "plt.switch_backend('svg')\n"
        )
        first, second = log_of(script), log_of(script)
        self.assertEqual((first.lower(), second.lower()), ("0 1.5 agg\n", "0 1.5 agg\n"))
