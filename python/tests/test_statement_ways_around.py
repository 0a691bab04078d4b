"""Ways around the rules of a Statement that only a run can see."""

from __future__ import annotations

import unittest

from statements import failure_of, log_of, rows_of, run_statement

_GET = "class Get:\n    def __radd__(self, other): return other\n"
_END = "\nreturn [{'n': 1}]"


class Ways(unittest.TestCase):
    def test_lead_nowhere(self) -> None:
        for source in (
            _GET + "import random\nrandom._os += Get()",
            _GET + "import io\nio.open += Get()",
            "import random\nmatch random:\n    case object(_os=found): pass",
            "import random\nmatch 1:\n    case random._os.getcwd: pass",
            "type(int)('M', (), {})",
            "type(type(int))('M', (), {})",
            "int.mro()",
            "log._log",
            "import yaml\nyaml.full_load('1')",
            "yield 1",
            "import deepdiff\ndeepdiff.Delta(b'', safe_to_import={'builtins.eval'})",
            "from deepdiff import Delta",
            "import deepdiff\ndeepdiff.serialization.pickle_load(b'')",
            "import passlib.hash\npasslib.utils.compat._import_object('builtins.eval')",
        ):
            with self.subTest(source):
                failure_of(run_statement(source + _END))

    def test_are_not_those_that_ordinary_statements_take(self) -> None:
        source = (
            "class Count:\n    def __init__(self): self.items = []\n"
            "    def add(self, item): self.items += [item]\n"
            "count = Count()\nsame = count.items\ncount.add(1)\ncount.items += [2]\n"
            "count.n = 7\ncount.n **= 2\n"
            "return [{'n': count.n + len(same) + int(type(1) is int) + int(type(int) is type)}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 53}])


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
