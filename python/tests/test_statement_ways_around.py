"""Ways around the rules of a Statement that only a run can see."""

from __future__ import annotations

import unittest
from types import CodeType, FrameType, ModuleType

from recording_host import RecordingHost
from statements import failure_of, log_of, rows_of, run_statement

from cahier.log import Log
from cahier.statement_guard import guarded_builtins, read_attribute_by_name
from cahier.statement_language import is_forbidden_attribute
from cahier.statement_log import StatementLog
from cahier.statement_waits import sleep

_GET = "class Get:\n    def __radd__(self, other): return other\n"
_END = "\nreturn [{'n': 1}]"
_SLEEP_UNAWAITED = 'Line 1: sleep() only begins once it is awaited: write "await sleep(…)".\n'
_TYPE = "A Statement makes classes with the statement class, not with type()."


class Ways(unittest.TestCase):
    def test_lead_nowhere(self) -> None:
        for source, problem in (
            (
                _GET + "import random\nrandom._os += Get()",
                "A Statement cannot use the module os.",
            ),
            (
                _GET + "import io\nio.open += Get()",
                "A Statement cannot use the attribute io.open.",
            ),
            (
                "import random\nmatch random:\n    case object(_os=found): pass",
                (
                    "A Statement cannot match attributes of objects, only bool, bytes, dict, "
                    "float, int, list, set, str, tuple of a value. Write an if for the rest."
                ),
            ),
            (
                "import random\nmatch 1:\n    case random._os.getcwd: pass",
                "A Statement cannot match the attribute of a name: write an if.",
            ),
            ("type(int)('M', (), {})", _TYPE),
            ("type(type(int))('M', (), {})", _TYPE),
            ("int.mro()", "A Statement cannot use the attribute mro."),
            ("log._log", "log has no _log: it has debug, error, info, trace, warn."),
            ("import yaml\nyaml.full_load('1')", "A Statement cannot use the attribute full_load."),
            (
                "yield 1",
                (
                    "A Statement cannot yield its rows: gather them in a list, and return it at "
                    "the end."
                ),
            ),
            ("from deepdiff import Delta", "A Statement cannot use the attribute Delta."),
            (
                "import deepdiff\ndeepdiff.serialization.pickle_load(b'')",
                "A Statement cannot use the attribute pickle_load.",
            ),
            (
                "import passlib.hash\npasslib.utils.compat._import_object('builtins.eval')",
                "A Statement cannot use the attribute _import_object.",
            ),
        ):
            with self.subTest(source):
                self.assertEqual(failure_of(run_statement(source + _END))["message"], problem)

    def test_are_not_those_that_ordinary_statements_take(self) -> None:
        source = (
            "class Count:\n    def __init__(self): self.items = []\n"
            "    def add(self, item): self.items += [item]\n"
            "count = Count()\nsame = count.items\ncount.add(1)\ncount.items += [2]\n"
            "count.n = 7\ncount.n **= 2\n"
            "return [{'n': count.n + len(same) + int(type(1) is int) + int(type(int) is type)}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 53}])


class SpecialMethods(unittest.TestCase):
    def test_are_none_by_which_python_reads_or_sets_attributes(self) -> None:
        """A decorator puts anything in the place of a method."""
        source = "def put(f): return ('__globals__',)\nclass int:\n    @put\n    def {}(self): 0"
        for name in (
            *("__match_args__", "__subclasshook__", "__instancecheck__", "__class__", "__slots__"),
            *("__reduce__", "__reduce_ex__", "__setstate__", "__module__", "__prepare__"),
            *("__array_interface__", "__array_struct__", "__dataframe__", "__annotations__"),
        ):
            with self.subTest(name):
                self.assertEqual(
                    failure_of(run_statement(source.format(name) + _END))["message"],
                    f"A Statement cannot use {name}: "
                    "names that begin with two underscores are Python's.",
                )

    def test_are_those_that_classes_are_made_of(self) -> None:
        source = (
            "class Field:\n"
            "    def __set_name__(self, owner, name): self.name = '_' + name\n"
            "    def __get__(self, held, kind=None): return getattr(held, self.name, 0)\n"
            "    def __set__(self, held, value): setattr(held, self.name, max(0, value))\n"
            "class Base:\n    n = Field()\n"
            "    def __init_subclass__(cls): super().__init_subclass__(); cls.kind = 2\n"
            "    def __class_getitem__(cls, item): return item\n"
            "class Own(Base):\n"
            "    def __getattr__(self, name): return len(name)\n"
            "    def __format__(self, spec): return spec\n"
            "    def __enter__(self): return self\n    def __exit__(self, *error): return True\n"
            "    def __bool__(self): return False\n    def __rmul__(self, other): return other\n"
            "with Own() as own: own.n = -5; 1 / 0\n"
            "assert not own and f'{own:x}' == 'x' and 7 * own == 7\n"
            "return [{'n': own.n + Own.kind + Base[3] + own.four}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 9}])


class Patterns(unittest.TestCase):
    def test_of_a_class_without_attributes_are_those_of_any_name(self) -> None:
        source = (
            "from datetime import date\nclass Own: pass\ndef place(value):\n    match value:\n"
            "        case Own(): return 1\n        case date(): return 2\n"
            "        case int(): return 3\n"
            "return [{'n': place(n)} for n in (Own(), date(2026, 1, 2), 4)]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": n} for n in (1, 2, 3)])

    def test_with_attributes_are_not_those_of_a_class_of_the_statement(self) -> None:
        for source in (
            "class int: pass\nmatch 1:\n    case int(found): 0",
            "from datetime import date as str\nmatch 1:\n    case str(found): 0",
            "from datetime import date\nmatch 1:\n    case date(found): 0",
            "from datetime import date\nmatch 1:\n    case date(year=1): 0",
            "import datetime\nmatch 1:\n    case datetime.date(): 0",
        ):
            with self.subTest(source):
                self.assertIn(
                    "cannot match attributes", failure_of(run_statement(source + _END))["message"]
                )


class Rows(unittest.TestCase):
    def test_do_not_hand_on_what_they_change(self) -> None:
        source = (
            "global DATA_CHECKPOINT, Statement\n"
            "log.info(DATA_CHECKPOINT)\nDATA_CHECKPOINT = 5\nStatement = None\n"
            "return [{'n': 1}]"
        )
        events = run_statement(source, [{"n": 1}, {"n": 2}])
        self.assertEqual(log_of(events), [("info", "None\n")] * 2)

    def test_may_wait_where_a_function_is_made(self) -> None:
        source = (
            "async def one(): return 1\ndef get(n=await one()): return n\nreturn [{'n': get()}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 1}])


class Objects(unittest.TestCase):
    def test_of_a_statement_lead_to_nothing_of_cahier(self) -> None:
        """Walk over all that can be read of the names of a Statement."""
        seen: dict[int, object] = {}
        names = {"log": StatementLog(Log(host := RecordingHost(), host.clock)).face}
        names |= {"sleep": sleep, "coroutine": (waiting := sleep(1)), "error": _raised()}
        todo: list[object] = [*(names | guarded_builtins()).values()]
        while todo:
            value = todo.pop()
            if id(value) in seen or isinstance(value, (str, int)):
                continue
            seen[id(value)] = value
            for name in dir(value):
                if not is_forbidden_attribute(name):
                    todo += _read(value, name)
        waiting.close()
        modules = {str(getattr(each, "__module__", "")) for each in map(type, seen.values())}
        self.assertEqual([name for name in modules if name.startswith("cahier")], [])
        self.assertFalse(any(isinstance(each, (ModuleType, CodeType)) for each in seen.values()))
        self.assertFalse(any(isinstance(each, FrameType) for each in seen.values()))

    def test_that_wait_are_driven_by_await_alone(self) -> None:
        for source in (
            "c = sleep(1)\nc.send(None)",
            "c = sleep(1)\ntype(c).send(c, None)",
            "c = sleep(1)\nc.throw(ValueError)",
            "async def f():\n    await sleep(1)\n    yield 1\nf().asend(None).send(None)",
            "async def f():\n    await sleep(1)\n    yield 1\nanext(f(), 1).send(None)",
        ):
            with self.subTest(source):
                events = run_statement(source + _END)
                message = failure_of(events)["message"]
                self.assertRegex(message, "A Statement cannot use (send|throw) of a coroutine")
                told = [("warning", _SLEEP_UNAWAITED)] if source.startswith("c =") else []
                self.assertEqual(log_of(events), told)
        source = "def f():\n    while True: log.info((yield))\ng = f()\ng.send(None)\ng.send(2)"
        self.assertEqual(log_of(run_statement(source + _END)), [("info", "2\n")])

    def test_have_no_frames_in_formats_and_errors(self) -> None:
        texts = "class T(str):\n    def f(self, x): return super().format(x)\n"
        for source in (
            texts + "T('{0.__class__}').f(1)",
            texts + "T('{0.__class__}').format(1)",
            texts + "T.format('{0.__class__}', 1)",
            texts + "T.format_map('{x.__class__}', {'x': 1})",
            texts + "[*map(T.format, ['{0.__class__}'], [1])]",
            "type('').format('{0.__class__}', 1)",
            "import string\nclass F(string.Formatter): pass\nF().format('{0.__class__}', 1)",
            "import string\nstring.Formatter().vformat('{0.__class__}', (1,), {})",
            "import string\nstring.Formatter.mro()",
            "import string\nstring.Formatter().get_field('0.__class__', (1,), {})",
            "'{0.gi_frame}'.format(x for x in [])",
            "'{0.tb_frame}'.format(1)",
            "class C:\n    def __enter__(self): 0\n    def __exit__(self, *e): e[2].tb_next",
            "try:\n    1 / 0\nexcept Exception as e:\n    getattr(e, '__trace' + 'back__')",
            "try:\n    log.nothing\nexcept AttributeError as e:\n    type(e.obj).info = 1",
            "e = getattr(sleep, 'func' + '_globals')",
        ):
            with self.subTest(source):
                failure_of(run_statement(source + _END))


def _raised() -> Exception:
    try:
        sum(["a"])  # type: ignore[list-item] # that is the point
    except TypeError as error:
        return error
    raise AssertionError


def _read(value: object, name: str) -> list[object]:
    try:
        return [read_attribute_by_name(value, name)]
    except Exception:  # noqa: BLE001 - attributes may be of any kind
        return []
