"""What `od_output.add_model` saves, and what it says of what it does not.

Longer than most files: each reason for which a model is not saved, and how it is told.
"""

from __future__ import annotations

import gc
import pickle
import platform
import unittest
from unittest import mock

from models import Ended, content_of, saving
from recording_host import error_of

from cahier.model_pickles import pickled_model
from cahier.secrets_mask import SecretsMask

_ONE = "Save One or More Models"
_GROUPS = "Save One or More Model Groups With Assigned Models"


class AddModel(unittest.TestCase):
    def test_pickles_what_the_configuration_names_with_what_is_to_be_known_of_it(self) -> None:
        (model,) = Ended(saving('od_output.add_model("m", {"a": [1, 2]})', "m")).models
        self.assertEqual(content_of(model), {"a": [1, 2]})
        self.assertEqual(
            {key: value for key, value in model.items() if key != "parts"},
            {
                "name": "m",
                "groups": [],
                "typeName": "builtins.dict",
                "pythonVersion": platform.python_version(),
                "packages": [],
            },
        )

    def test_takes_the_model_as_it_is_at_the_call(self) -> None:
        source = 'model = {"a": 1}\nod_output.add_model("m", model)\nmodel["a"] = 2'
        (model,) = Ended(saving(source, "m")).models
        self.assertEqual(content_of(model), {"a": 1})

    def test_takes_any_name_that_the_configuration_has(self) -> None:
        names = ["a/b\\c", "grün 😀", " ", "x" * 300]
        source = f"for name in {names!r}: od_output.add_model(name, name)"
        models = Ended(saving(source, *names)).models
        self.assertEqual([(m["name"], content_of(m)) for m in models], [(n, n) for n in names])

    def test_replaces_a_model_of_the_same_name_with_a_warning(self) -> None:
        source = 'od_output.add_model("m", 1)\nod_output.add_model("m", 2)'
        ended = Ended(saving(source, "m"))
        self.assertEqual([content_of(model) for model in ended.models], [2])
        text = 'od_output.add_model: the model "m" was added before and is replaced.\n'
        self.assertEqual(ended.log, [("warning", text)])

    def test_saves_nothing_that_the_configuration_does_not_name_and_lists_what_it_does(
        self,
    ) -> None:
        for names, known in ((("a", "b"), '"a", "b"'), ((), "no model")):
            ended = Ended(saving('od_output.add_model("m", lambda: None)', *names))
            self.assertEqual(ended.models, [])
            text = (
                f'od_output.add_model: the model "m" is not saved: under "{_ONE}" the '
                f"configuration of the cell names {known}. Add it there.\n"
            )
            self.assertEqual(ended.log[0], ("warning", text))

    def test_saves_nothing_whose_name_is_not_exactly_that_of_the_configuration(self) -> None:
        for name in ("M", "m ", "\uff4d"):
            ended = Ended(saving(f"od_output.add_model({name!r}, 1)", "m"))
            self.assertEqual(ended.models, [])
            self.assertIn(f'the model "{name}" is not saved: under', ended.log[0][1])

    def test_names_a_few_of_many_that_the_configuration_has(self) -> None:
        ended = Ended(saving('od_output.add_model("m", 1)', *(f"n{n}" for n in range(30))))
        self.assertIn('"n19" and 10 more. Add it there.', ended.log[0][1])

    def test_tells_what_the_configuration_names_and_was_not_added(self) -> None:
        source = 'od_output.add_model("a", 1)\nod_output.add_model("c", 1, "g")'
        ended = Ended(saving(source, "a", "b", groups={"g": ["c", "d"], "h": ["c"]}))
        text = "The configuration lets the model {}, but the script has not added it.\n"
        places = (
            '"b" be saved',
            '"d" be saved into the group "g"',
            '"c" be saved into the group "h"',
        )
        self.assertEqual(ended.log, [("info", text.format(place)) for place in places])

    def test_wants_texts_for_names(self) -> None:
        for arguments, kind, message in (
            ("5, 1", "TypeError", "name is of type int; give a non-empty text."),
            ("'', 1", "ValueError", 'name is empty; give a non-empty text, such as "output".'),
            ("'m', 1, 5", "TypeError", "group is of type int; give a non-empty text."),
            (
                "'m', 1, ''",
                "ValueError",
                'group is empty; give a non-empty text, such as "output".',
            ),
        ):
            error = error_of(f"od_output.add_model({arguments})")
            self.assertEqual(
                (error["type"], error["message"]), (kind, f"od_output.add_model: {message}")
            )

    def test_refuses_a_model_that_holds_the_token(self) -> None:
        message = (
            'od_output.add_model: the model "m" holds the token of od_authorization, which would '
            "be kept with it. Take it out of the model."
        )
        for model in ("od_authorization", "[{'key': od_authorization[7:]}]"):
            error = Ended(saving(f'od_output.add_model("m", {model})', "m")).error
            self.assertEqual(
                (error["type"], error["message"], error["line"]),
                ("ValueError", message, 1),
            )

    def test_hides_the_token_in_the_name_of_the_type(self) -> None:
        source = (
            "kind = type(od_authorization[7:], (), {'__reduce__': lambda self: (int, ())})\n"
            "od_output.add_model('m', kind())"
        )
        (model,) = Ended(saving(source, "m")).models
        self.assertTrue(model["typeName"].endswith(".****"), model["typeName"])

    def test_keeps_no_model_of_a_job_that_fails(self) -> None:
        ended = Ended(saving('od_output.add_model("m", 1)\n1 / 0', "m"))
        self.assertEqual(ended.error["type"], "ZeroDivisionError")


class Groups(unittest.TestCase):
    def test_take_the_models_that_the_configuration_has_in_them(self) -> None:
        source = 'od_output.add_model("m", 1, "g")\nod_output.add_model("n", 2, group="g")'
        models = Ended(saving(source, groups={"g": ["m", "n"]})).models
        self.assertEqual(
            [(m["name"], m["groups"], content_of(m)) for m in models],
            [("m", ["g"], 1), ("n", ["g"], 2)],
        )

    def test_of_a_model_that_was_added_to_several_add_up(self) -> None:
        source = (
            'od_output.add_model("m", 1, "g")\n'
            'od_output.add_model("m", 2, "h")\n'
            'od_output.add_model("m", 3, "g")'
        )
        (model,) = Ended(saving(source, groups={"g": ["m"], "h": ["m"]})).models
        self.assertEqual((model["groups"], content_of(model)), (["g", "h"], 3))

    def test_that_the_configuration_does_not_have_are_not_saved(self) -> None:
        some: dict[str, list[str]] = {"h": ["m"], "i": []}
        none: dict[str, list[str]] = {}
        for groups, known in ((some, '"h", "i"'), (none, "no group")):
            ended = Ended(saving('od_output.add_model("m", 1, "g")', groups=groups))
            self.assertEqual(ended.models, [])
            text = (
                'od_output.add_model: the model "m" is not saved into the group "g": under '
                f'"{_GROUPS}" the configuration of the cell names {known}. Add the group there.\n'
            )
            self.assertEqual(ended.log[0], ("warning", text))

    def test_that_are_not_saved_lose_no_model_that_may_be_saved_alone(self) -> None:
        groups: dict[str, list[str]] = {"h": ["other"]}
        for group in ("g", "h"):
            source = f'od_output.add_model("m", 1, {group!r})'
            ended = Ended(saving(source, "m", groups=groups))
            self.assertEqual(
                [(m["name"], m["groups"], content_of(m)) for m in ended.models], [("m", [], 1)]
            )
            ((stream, text), _) = ended.log
            self.assertEqual(stream, "warning")
            self.assertIn(f'"m" is not saved into the group "{group}": under', text)
            self.assertTrue(text.endswith(" there. The model is saved without the group.\n"), text)

    def test_take_no_model_that_the_configuration_does_not_have_in_them(self) -> None:
        none: list[str] = []
        for models, known in ((["n"], '"n"'), (none, "no model")):
            job = saving('od_output.add_model("m", 1, "g")', groups={"g": models})
            ended = Ended(job)
            self.assertEqual(ended.models, [])
            text = (
                'od_output.add_model: the model "m" is not saved into the group "g": under '
                f'"{_GROUPS}" the configuration of the cell has {known} in that group. Add the '
                "model there.\n"
            )
            self.assertEqual(ended.log[0], ("warning", text))


class LargeModels(unittest.TestCase):
    def test_leave_in_parts_of_sixteen_megabytes_at_most(self) -> None:
        source = 'od_output.add_model("m", [bytes(40_000_000), bytearray(b"b") * 20_000_000])'
        (model,) = Ended(saving(source, "m")).models
        sizes = [len(part) for part in model["parts"] if isinstance(part, bytes)]
        self.assertLessEqual(max(sizes), 16 * 1024 * 1024)
        self.assertGreaterEqual(len(sizes), 4)
        self.assertEqual(content_of(model), [bytes(40_000_000), bytearray(b"b") * 20_000_000])

    def test_of_small_objects_leave_in_few_parts(self) -> None:
        source = 'od_output.add_model("m", [str(n) for n in range(1_000_000)])'
        (model,) = Ended(saving(source, "m")).models
        self.assertLess(len(model["parts"]), 5)
        self.assertEqual(content_of(model), [str(n) for n in range(1_000_000)])

    def test_keep_arrays_that_can_be_written_to(self) -> None:
        source = (
            "import numpy as np\n"
            'od_output.add_model("m", {"w": np.arange(3.0), "t": np.ones((3, 2)).T[::-1]})'
        )
        (model,) = Ended(saving(source, "m")).models
        content = content_of(model)
        content["w"][0] = 9
        self.assertEqual((list(content["w"]), content["t"].tolist()), ([9, 1, 2], [[1] * 3] * 2))
        self.assertEqual([package["name"] for package in model["packages"]], ["numpy"])

    def test_of_pandas_name_the_packages_that_they_need(self) -> None:
        source = 'import pandas as pd\nod_output.add_model("m", pd.DataFrame({"a": [1]}))'
        (model,) = Ended(saving(source, "m")).models
        self.assertEqual([each["name"] for each in model["packages"]], ["numpy", "pandas"])
        self.assertEqual(model["typeName"], "pandas.core.frame.DataFrame")


class NoRoom(unittest.TestCase):
    def test_for_a_part_is_told_as_such(self) -> None:
        def keep(_: object) -> object:
            message = "Array buffer allocation failed"
            raise RuntimeError(message)

        with self.assertRaises(MemoryError) as caught:
            pickled_model([1], 'od_output.add_model: the model "m"', keep, SecretsMask())
        self.assertEqual(
            str(caught.exception),
            'od_output.add_model: the model "m" cannot be saved: Python has no memory left for its '
            "pickle. Make the model smaller, or let go of what else the script holds, before it is "
            "added.",
        )


class GivenUp(unittest.TestCase):
    def test_pickles_leave_nothing_behind_and_say_no_more(self) -> None:
        kept: list[object] = []
        unraisable: list[object] = []
        mask = SecretsMask()
        mask.add("a secret of some length")
        with mock.patch("sys.unraisablehook", unraisable.append):
            for part in (lambda: 1, "a secret of some length"):
                with self.assertRaises((pickle.PicklingError, ValueError)):
                    pickled_model([bytes(100_000), part], "the model", kept.append, mask)
                gc.collect()
        self.assertEqual((kept, unraisable), ([], []))


class Unpicklable(unittest.TestCase):
    def _error(self, source: str) -> tuple[str | None, str, int | None]:
        error = Ended(saving(source, "m")).error
        prefix = 'od_output.add_model: the model "m" cannot be saved: '
        self.assertTrue(error["message"].startswith(prefix), error)
        return error["type"], error["message"].removeprefix(prefix), error["line"]

    def test_parts_are_named_with_the_way_to_them(self) -> None:
        from_there = "Define it with def in a Python file of the notebook and import it from there."
        source = (
            "from types import SimpleNamespace as Step\n"
            "model = Step(steps=[Step(), Step(callback=lambda: 1)])\n"
            'od_output.add_model("m", model)'
        )
        text = f"model.steps[1].callback is a lambda, which has no name to find it by. {from_there}"
        self.assertEqual(self._error(source), ("PicklingError", text, 3))

    def test_parts_are_found_in_all_that_pickle_goes_through(self) -> None:
        for model, path in (
            ("[0, (1, {'a b': {1: X}})]", "model[1][1]['a b'][1]"),
            ("{X}", "an element of model"),
            ("{(1, 2): X}", "a value of model"),
            ("{(1, X): 2}", "a key of model[1]"),
            ("collections.deque([0, X])", "model[1]"),
            ("collections.OrderedDict(k=X)", "model['k']"),
            ("functools.partial(print, X)", "the state of model[1][0]"),
            ("Slots(X)", "model.part"),
            ("State(X)", "model.kept"),
            ("Error(X)", "what model is made of"),
        ):
            with self.subTest(model):
                source = (
                    "import collections, functools, sys, types\n"
                    "helpers = sys.modules['helpers'] = types.ModuleType('helpers')\n"
                    "exec('''\n"
                    "class Slots:\n"
                    "    __slots__ = ('part',)\n"
                    "    def __init__(self, part): self.part = part\n"
                    "class State:\n"
                    "    def __init__(self, part): self.part = part\n"
                    "    def __getstate__(self): return {'kept': self.part}\n"
                    "class Error(Exception): pass\n"
                    "''', vars(helpers))\n"
                    "Slots, State, Error = helpers.Slots, helpers.State, helpers.Error\n"
                    "X = lambda: 1\n"
                    f'od_output.add_model("m", {model})'
                )
                _, text, _ = self._error(source)
                self.assertEqual(text.partition(" is a lambda")[0], path)

    def test_objects_say_of_which_class_they_are_and_what_to_do(self) -> None:
        leave = (
            "Leave it out: set it to None before the model is added, or in the __getstate__ of its "
            "class."
        )
        file = "Put it into a Python file of the notebook and import it from there."
        only = "which only exists within a function"
        of_cell = "which is defined in the cell itself, where no other cell finds it"
        error = "TypeError: cannot pickle '{0}' object"
        for part, text in (
            ("os", f'the module "os", which cannot be pickled. {leave}'),
            (
                "threading.Lock()",
                f"of the class _thread.lock ({error.format('_thread.lock')}). {leave}",
            ),
            (
                "(n for n in [])",
                f"of the class builtins.generator ({error.format('generator')}). {leave}",
            ),
            ("Own()", f'an object of the class "Own", {of_cell}. {file}'),
            ("own", f'the function "own", {of_cell}. {file}'),
            ("make()", f'an object of the class "make.<locals>.Inner", {only}. {file}'),
            ("make.inner", f'the function "make.<locals>.inner", {only}. {file}'),
        ):
            with self.subTest(part):
                source = (
                    "import os, threading\n"
                    "class Own: pass\n"
                    "def own(): pass\n"
                    "def make():\n"
                    "    class Inner: pass\n"
                    "    def inner(): pass\n"
                    "    make.inner = inner\n"
                    "    return Inner()\n"
                    "make()\n"
                    f'od_output.add_model("m", ["a", {part}])'
                )
                self.assertEqual(self._error(source), ("PicklingError", f"model[1] is {text}", 10))

    def test_files_that_are_open_are_told(self) -> None:
        source = (
            "import tempfile\n"
            "with tempfile.TemporaryFile() as file: od_output.add_model('m', {'f': file})"
        )
        _, text, _ = self._error(source)
        self.assertTrue(text.startswith("model['f'] is of the class _io.BufferedRandom"), text)

    def test_objects_that_are_made_only_while_they_are_pickled_are_told_by_their_class(
        self,
    ) -> None:
        source = (
            "import collections, threading\n"
            "class Model(collections.UserList):\n"
            "    def __reduce__(self): return list, ([threading.Lock()],)\n"
            'od_output.add_model("m", Model())'
        )
        _, text, _ = self._error(source)
        self.assertTrue(text.startswith("a part of it is of the class _thread.lock"), text)

    def test_classes_that_fail_while_they_are_pickled_show_their_own_error_too(self) -> None:
        source = (
            "import threading\n"
            "class Model(dict):\n"
            "    def __reduce__(self): return 1 / 0\n"
            'od_output.add_model("m", {"a": Model()})'
        )
        error = Ended(saving(source, "m")).error
        self.assertIn(
            "model['a'] is of the class __main__.Model (ZeroDivisionError", error["message"]
        )
        self.assertIn("line 3, in __reduce__", error["traceback"])
        self.assertEqual(error["line"], 4)

    def test_objects_that_raise_errors_when_anything_is_asked_of_them_are_told(self) -> None:
        for define, error in (
            ("def __getattribute__(self, name): raise OSError(name)", "OSError: __reduce_ex__"),
            ("__class__ = property(lambda self: 1 / 0)", "ZeroDivisionError: division by zero"),
            ("def __reduce__(self): raise Odd()", "Odd: "),
        ):
            with self.subTest(define):
                source = (
                    "class Odd(Exception):\n"
                    "  def __str__(self): raise self\n"
                    "class Shy:\n"
                    f" {define}\n"
                    'od_output.add_model("m", {"part": [Shy()]})'
                )
                kind, text, _ = self._error(source)
                self.assertEqual(kind, "PicklingError")
                place = f"model['part'][0] is of the class __main__.Shy ({error}"
                self.assertTrue(text.startswith(place), text)
                self.assertIn("Leave it out: set it to None before the model is added", text)

    def test_objects_whose_class_raises_errors_when_it_is_asked_are_told(self) -> None:
        source = (
            "class Meta(type):\n"
            "    def __getattribute__(self, name): raise OSError(name)\n"
            "class Shy(metaclass=Meta): pass\n"
            'od_output.add_model("m", [{}])'
        )
        _, text, _ = self._error(source.format("Shy()"))
        self.assertTrue(text.startswith("model[0] is of the class __main__.Shy (OSError"), text)
        _, text, _ = self._error(source.format("Shy"))
        self.assertTrue(text.startswith('model[0] is an object of the class "Shy", '), text)

    def test_what_belongs_to_the_job_is_told(self) -> None:
        _, text, _ = self._error('od_output.add_model("m", [od_output])')
        self.assertIn("od_output belongs to the job that runs, and can be neither pickled", text)

    def test_chains_are_refused_before_they_end_python(self) -> None:
        for make in ("model = [model]", "model = Link(model)", "model = Slots(model)"):
            source = (
                "class Link:\n"
                "    def __init__(self, next): self.next = next\n"
                "class Slots:\n"
                "    __slots__ = ('next',)\n"
                "    def __init__(self, next): self.next = next\n"
                "model = None\n"
                f"for _ in range(2_000): {make}\n"
                'od_output.add_model("m", model)'
            )
            text = (
                "its objects hold each other more than 500 levels deep, as a long chain does. Keep "
                "what it is made of in a list instead."
            )
            self.assertEqual(self._error(source), ("PicklingError", text, 8))


if __name__ == "__main__":
    unittest.main()
