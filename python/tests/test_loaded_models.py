"""What scripts find in `od_models`, and what they are told of what cannot be loaded."""

from __future__ import annotations

import pickle
import platform
import tempfile
import unittest
from pathlib import Path

from models import Ended, content_of, described, loading, saving

_PICKLES = {"a": pickle.dumps({"x": 1}), "b": pickle.dumps([2, 3])}
_BOTH = described("a", 3), described("b")
_REPICKLED = "pickle.loads(pickle.dumps(od_models))"


def _printed(expression: str) -> str:
    return Ended(loading(f"print({expression})", *_BOTH), _PICKLES).printed().rstrip("\n")


class OdModels(unittest.TestCase):
    def test_is_a_dict_in_all_that_is_read_of_it(self) -> None:
        for expression, text in (
            ("od_models['a']", "{'x': 1}"),
            ("od_models.get('b'), od_models.get('c'), od_models.get('c', 5)", "[2, 3] None 5"),
            ("list(od_models), len(od_models), bool(od_models)", "['a', 'b'] 2 True"),
            ("'a' in od_models, 'c' in od_models, 5 in od_models", "True False False"),
            ("list(od_models.keys())", "['a', 'b']"),
            ("list(od_models.values())", "[{'x': 1}, [2, 3]]"),
            ("list(od_models.items())", "[('a', {'x': 1}), ('b', [2, 3])]"),
            ("dict(od_models)", "{'a': {'x': 1}, 'b': [2, 3]}"),
            ("{**od_models, 'c': 4}", "{'a': {'x': 1}, 'b': [2, 3], 'c': 4}"),
            ("od_models | {'c': 4}", "{'a': {'x': 1}, 'b': [2, 3], 'c': 4}"),
            ("{'c': 4} | od_models", "{'c': 4, 'a': {'x': 1}, 'b': [2, 3]}"),
            ("od_models.copy()", "{'a': {'x': 1}, 'b': [2, 3]}"),
            ("od_models == {'a': {'x': 1}, 'b': [2, 3]}, od_models == {}", "True False"),
            ("{'a': {'x': 1}, 'b': [2, 3]} == od_models, od_models != {}", "True True"),
            ("isinstance(od_models, dict)", "True"),
            ("od_models.pop('b'), od_models.pop('b', 1), list(od_models)", "[2, 3] 1 ['a']"),
            ("od_models.popitem(), list(od_models)", "('b', [2, 3]) ['a']"),
            ("od_models.setdefault('a', 1), od_models.setdefault('c', 1)", "{'x': 1} 1"),
            ("od_models['a'] is od_models['a'] is od_models.get('a')", "True"),
        ):
            with self.subTest(expression):
                self.assertEqual(_printed(expression), text)

    def test_is_pickled_copied_and_saved_as_a_dict_of_all_models(self) -> None:
        copied = "{'a': {'x': 1}, 'b': [2, 3]}"
        for expression in ("copy.copy(od_models)", "copy.deepcopy(od_models)", _REPICKLED):
            with self.subTest(expression):
                source = f"import copy, pickle\nprint({expression})"
                ended = Ended(loading(source, *_BOTH), _PICKLES)
                self.assertEqual(ended.printed(), f"{copied}\n")
        job = saving('od_output.add_model("both", od_models)', "both", loaded=_BOTH)
        (model,) = Ended(job, _PICKLES).models
        self.assertEqual(content_of(model), {"a": {"x": 1}, "b": [2, 3]})
        self.assertEqual(model["typeName"], "builtins.dict")

    def test_shows_models_that_are_not_read_yet(self) -> None:
        self.assertEqual(
            _printed("od_models, od_models['b'], od_models"),
            "{'a': <builtins.dict, version 3, not read yet>, 'b': [2, 3]} [2, 3] "
            "{'a': <builtins.dict, version 3, not read yet>, 'b': [2, 3]}",
        )

    def test_reads_a_model_when_it_is_first_asked_for(self) -> None:
        pickles = {**_PICKLES, "a": b"garbage"}
        ended = Ended(loading("print(od_models['b'], len(od_models))", *_BOTH), pickles)
        self.assertEqual(ended.printed(), "[2, 3] 2\n")

    def test_lets_scripts_keep_things_of_their_own_in_it(self) -> None:
        self.assertEqual(_printed("od_models.update(c=1), od_models['c']"), "None 1")

    def test_names_those_that_there_are_where_one_is_not(self) -> None:
        some = (
            'there is no model "c" in od_models; there are: "a", "b". Ask for one of these, '
            'or choose others in the configuration of the cell, under "Load One or More Models" or '
            "by a model group."
        )
        none = (
            'there is no model "c" in od_models, as the configuration of the cell loads none. '
            'Choose it there under "Load One or More Models".'
        )
        for models, text in ((_BOTH, some), ((), none)):
            error = Ended(loading('od_models["c"]', *models), _PICKLES).error
            self.assertEqual(
                (error["type"], error["message"], error["line"]), ("KeyError", text, 1)
            )
            caught = "try: od_models['c']\nexcept KeyError: print('caught')"
            self.assertEqual(Ended(loading(caught, *models)).printed(), "caught\n")

    def test_guesses_which_name_was_meant(self) -> None:
        models = [described("Iris tree"), *(described(f"model {n}") for n in range(30))]
        for name, meant in (("iris tree", "Iris tree"), ("iris_tre", "Iris tree")):
            error = Ended(loading(f"od_models[{name!r}]", *models)).error
            start = f'there is no model "{name}" in od_models. Did you mean "{meant}"? There are: '
            self.assertTrue(error["message"].startswith(f'{start}"Iris tree", "model 0", '), error)
            self.assertIn('"model 18" and 11 more. Ask for one of these, ', error["message"])

    def test_names_what_is_no_text_with_its_type(self) -> None:
        error = Ended(loading("od_models[0]", *_BOTH)).error
        self.assertIn("there is no model 0 of type int in od_models;", error["message"])

    def test_holds_arrays_that_can_be_written_to(self) -> None:
        source = 'import numpy as np\nod_output.add_model("m", [np.arange(6.0).reshape(2, 3), 1])'
        (saved,) = Ended(saving(source, "m")).models
        content = pickle.dumps(content_of(saved), 5)
        source = "array, _ = od_models['m']\narray[0, 0] = 9\nprint(array.tolist())"
        ended = Ended(loading(source, described("m")), {"m": content})
        self.assertEqual(ended.printed(), "[[9.0, 1.0, 2.0], [3.0, 4.0, 5.0]]\n")

    def test_reads_pickles_of_any_size_and_protocol(self) -> None:
        large = {"a": bytes(40_000_000), "b": [str(n) for n in range(100_000)], "c": bytearray(9)}
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            source = "a, b, c = od_models['m'].values()\nprint(len(a), sum(a), len(b), b[-1], c)"
            ended = Ended(loading(source, described("m")), {"m": pickle.dumps(large, protocol)})
            self.assertEqual(ended.printed(), f"40000000 0 100000 99999 {bytearray(9)!r}\n")


class Unloadable(unittest.TestCase):
    def _error(self, content: bytes, **what: object) -> str:
        model = {**described("m", 7), **what}
        job = loading("print('x')\nod_models['m']", model)  # type: ignore[arg-type] # its keys
        ended = Ended(job, {"m": content})
        error = ended.error
        self.assertEqual((error["type"], error["line"]), ("UnpicklingError", 2))
        prefix = 'od_models: version 7 of the model "m" cannot be loaded: '
        self.assertTrue(error["message"].startswith(prefix), error)
        return error["message"].removeprefix(prefix)

    def test_names_the_module_that_is_missing_and_what_it_was_saved_with(self) -> None:
        content = b"\x80\x04cnot_here.tree\nTree\n)\x81."
        self.assertEqual(
            self._error(content, packages=[{"name": "not-here", "version": "1.2"}]),
            'the module "not_here" that it needs is not here. It was saved with Python '
            f"{platform.python_version()} and not-here 1.2. not_here cannot be had here.",
        )

    def test_says_where_a_model_comes_from_whose_class_is_in_a_file_of_a_notebook(self) -> None:
        content = b"\x80\x04chelpers\nTree\n)\x81."
        self.assertEqual(
            self._error(content, origin='by the cell "Train" of the notebook "Churn"'),
            'the module "helpers" that it needs is not here. It was saved with Python '
            f'{platform.python_version()}, by the cell "Train" of the notebook "Churn": where the '
            "module is a Python file of that notebook, this one needs it too. helpers cannot be "
            "had here.",
        )

    def test_names_the_class_that_a_module_no_longer_has(self) -> None:
        self.assertEqual(
            self._error(b"\x80\x04cjson\nTree\n)\x81."),
            'the module "json" has no "Tree" any more. It was saved with Python '
            f"{platform.python_version()}. Bring that back, or save the model anew.",
        )

    def test_says_what_is_wrong_with_bytes_that_are_no_pickle(self) -> None:
        whole = pickle.dumps(list(range(100_000)))
        remedy = "Load another version of it, or save the model anew."
        for content, text in (
            (whole[:-50_000], "UnpicklingError: pickle data was truncated"),
            (b"", "EOFError: Ran out of input"),
            (b"\xffgarbage", "UnpicklingError: invalid load key, '\\xff'."),
        ):
            self.assertEqual(self._error(content), f"reading its pickle fails ({text}). {remedy}")

    def test_names_packages_that_changed_where_reading_fails(self) -> None:
        text = self._error(b"", packages=[{"name": "gone", "version": "1"}], pythonVersion="2.7.18")
        self.assertEqual(
            text,
            "reading its pickle fails (EOFError: Ran out of input). Since it was saved these "
            f"changed: Python 2.7.18, now {platform.python_version()}; gone 1, not here now. Load "
            "another version of it, or save the model anew.",
        )

    def test_says_so_where_there_is_no_memory_for_it(self) -> None:
        class Full(dict[str, bytes]):
            def __getitem__(self, _: str) -> bytes:
                raise MemoryError

        error = Ended(loading("od_models['m']", described("m")), Full(m=b"")).error
        self.assertEqual(error["type"], "MemoryError")
        self.assertEqual(
            error["message"],
            'od_models: version 1 of the model "m" cannot be loaded: Python has no memory left for '
            "it.",
        )

    def test_can_be_asked_for_again(self) -> None:
        source = (
            "import pickle\n"
            "for _ in range(2):\n"
            "    try: od_models['m']\n"
            "    except pickle.UnpicklingError as error: print(str(error)[:40])"
        )
        ended = Ended(loading(source, described("m")), {"m": b""})
        self.assertEqual(ended.printed(), 'od_models: version 1 of the model "m" ca\n' * 2)


class OtherVersions(unittest.TestCase):
    def test_of_packages_and_python_are_warned_of_once(self) -> None:
        model = described(
            "m", packages=[{"name": "gone", "version": "1.0"}], python_version="3.1.4"
        )
        ended = Ended(loading("od_models['m']\nod_models['m']", model), {"m": pickle.dumps(1)})
        text = (
            'od_models: version 1 of the model "m" was saved with other versions than are here: '
            f"Python 3.1.4, now {platform.python_version()}; gone 1.0, not here now. It was loaded "
            "all the same, and may do something else. Save it anew to be sure.\n"
        )
        self.assertEqual(ended.log, [("warning", text)])

    def test_are_not_warned_of_where_only_the_last_number_of_python_differs(self) -> None:
        major, minor, _ = platform.python_version_tuple()
        model = described("m", python_version=f"{major}.{minor}.99")
        self.assertEqual(Ended(loading("od_models['m']", model), {"m": pickle.dumps(1)}).log, [])


class ClassesOfTheNotebook(unittest.TestCase):
    def test_are_the_same_in_a_model_as_in_the_script_and_are_told_as_imported(self) -> None:
        content = b"\x80\x04cmodel_helper\nTree\n)\x81."
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "model_helper.py").write_text("class Tree: pass\n", encoding="utf-8")
            source = (
                "model = od_models['m']\n"
                "import model_helper\n"
                "print(type(model) is model_helper.Tree)"
            )
            directories = {"session": folder, "temporary": folder, "package": folder}
            for text in (source, "od_models['m']"):
                job = loading(text, described("m"), directories=directories)  # type: ignore[arg-type] # a plain dict
                job["sessionId"] = "one"
                ended = Ended(job, {"m": content})
                assert ended.outcome["status"] == "done", ended.outcome
                # The second job finds the module loaded by the first.
                self.assertEqual(ended.outcome["modules"], ["model_helper.py"])
                if text == source:
                    self.assertEqual(ended.printed(), "True\n")


if __name__ == "__main__":
    unittest.main()
