"""What libraries give to Statements leads nowhere; what is changed there ends with the job.

Longer than most files: each library has its tests beside the others.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import random
import sys
import tempfile
import unittest
from types import ModuleType
from typing import Any
from unittest.mock import patch

from statements import failure_of, field, rows_of, run_statement
from test_images import skip_without_matplotlib

from cahier.statement_guard import import_module

_END = "\nreturn [{'n': 1}]"
_TEXT = [field("s", "string")]


_HAS = {name: importlib.util.find_spec(name) for name in ("deepdiff", "yaml", "jose", "passlib")}


def text_of(expression: str, start: str = "") -> str:
    """Give the text that an expression of a Statement has."""
    source = f"{start}\nreturn [{{'s': str([{expression}])}}]"
    return str(rows_of(run_statement(source, outputs=_TEXT))[0]["s"])


class Modules(unittest.TestCase):
    def test_hold_nothing_that_a_library_could_look_into(self) -> None:
        module: Any = import_module("random")
        self.assertEqual(repr(module), repr(random))
        self.assertFalse(isinstance(module, ModuleType))
        self.assertFalse(hasattr(module, "__dict__"))
        for name in ("_os", "_urandom", "module", "__globals__"):
            self.assertFalse(hasattr(module, name), name)
        self.assertIs(module.Random, random.Random)
        self.assertNotIn("_os", dir(module))
        with self.assertRaisesRegex(AttributeError, "A Statement cannot change"):
            module.x = 1
        with self.assertRaisesRegex(AttributeError, "A Statement cannot change"):
            del module.seed

    def test_are_made_by_import_alone(self) -> None:
        for source in (
            "import json\ntype(json)('os')",
            "import json\nclass M(type(json)): pass",
            "import json\ntype(json).module",
        ):
            with self.subTest(source):
                failure_of(run_statement(source + _END))

    def test_are_the_same_wherever_they_come_from(self) -> None:
        source = (
            "import xml, xml as x\nfrom xml import etree\n"
            'assert xml is x and x.etree is etree and str(xml)[:12] == "<module \'xml"\n'
            "assert hasattr(etree, 'ElementPath') == hasattr(xml.etree, 'ElementPath')"
        )
        self.assertEqual(rows_of(run_statement(source + _END)), [{"n": 1}])


@unittest.skipUnless(_HAS["deepdiff"], "deepdiff is not installed")
class Differences(unittest.TestCase):
    def test_hand_out_nothing_of_modules_functions_and_classes(self) -> None:
        start = "from deepdiff import DeepDiff, DeepHash, DeepSearch, grep\nimport json, random\n"
        private = "verbose_level=2, ignore_private_variables=False"
        own = (
            "class Own(json.JSONEncoder): pass\nclass Other(Own): pass\n"
            "a, b = Own(), Own()\na.x, b.x = json.dumps, random.seed\n"
            "def f(): pass\ndef g(): pass\ng.x = 1\nseen = []\n"
            "def note(value, path): seen.append((path, str(value)))\n"
        )
        for expression in (
            f"DeepDiff(json, random, {private})",
            f"DeepDiff(json.dumps, g, {private}, exclude_obj_callback=note), seen",
            f"DeepDiff([json.dumps], [g], {private}, ignore_order=True)",
            f"DeepDiff({{'a': f}}, {{'a': json.dumps}}, {private}, include_paths=['root'])",
            f"DeepDiff(json.JSONEncoder, json.JSONDecoder, {private})",
            f"DeepDiff(a, b, {private})",
            "[*DeepHash([random, json.JSONEncoder, g]).keys()]",
            "random | grep('os', verbose_level=2)",
            "json.dumps | grep('import', verbose_level=2)",
            "DeepSearch(random, '_os', verbose_level=2)",
        ):
            with self.subTest(expression):
                text = text_of(expression, start + own)
                self.assertNotRegex(text, "__globals__|__builtins__|_os|__import__|default")

    def test_are_not_applied(self) -> None:
        error = failure_of(
            run_statement("import deepdiff\ndeepdiff.Delta(b'', safe_to_import={'builtins.eval'})")
        )
        self.assertEqual(error["message"], "A Statement cannot use the attribute Delta.")

    def test_are_found_in_data_and_in_objects_of_own_classes(self) -> None:
        start = (
            "from deepdiff import DeepDiff, DeepHash, grep\nimport json\n"
            "class P:\n    def __init__(self, x): self.x = x\n"
        )
        for expression, text in (
            ("DeepDiff({'a': [1]}, {'a': [2]})['values_changed'].keys()", "root['a'][0]"),
            ("DeepDiff(P(1), P(2))['values_changed'].keys()", "root.x"),
            ("DeepDiff([P(1), P(2)], [P(2), P(1)], ignore_order=True)", "[{}]"),
            ("DeepDiff({'f': json.dumps}, {'f': json.loads})", "values_changed"),
            ("DeepDiff({'f': json.dumps}, {'f': json.dumps})", "[{}]"),
            ("P('abc') | grep('b')", "root.x"),
            ("(lambda p, q: DeepHash(p)[p] == DeepHash(q)[q])(P(1), P(1))", "True"),
        ):
            with self.subTest(expression):
                self.assertIn(text, text_of(expression, start))

    def test_are_those_of_the_library_again_for_other_cells(self) -> None:
        deepdiff: Any = importlib.import_module("deepdiff")
        before = deepdiff.DeepDiff._diff_obj  # noqa: SLF001 - that is what is replaced
        self.assertEqual(text_of("DeepDiff(1, 1)", "from deepdiff import DeepDiff"), "[{}]")
        self.assertIs(deepdiff.DeepDiff._diff_obj, before)  # noqa: SLF001 - as above

    def test_of_a_version_that_looks_in_other_ways_are_refused(self) -> None:
        deepdiff = ModuleType("deepdiff")
        for name in ("DeepDiff", "DeepHash", "DeepSearch"):
            vars(deepdiff)[name] = type(name, (), {})
        with patch.dict(sys.modules, {"deepdiff": deepdiff}):
            error = failure_of(run_statement("import deepdiff" + _END))
        self.assertEqual(error["message"], "A Statement cannot use this version of deepdiff.")

    def test_come_from_no_part_of_the_library(self) -> None:
        for name in ("helper", "diff", "deephash", "search", "model", "base", "distance"):
            error = failure_of(run_statement(f"import deepdiff\ndeepdiff.{name}{_END}"))
            self.assertIn("A Statement cannot use the module", error["message"])


class Changes(unittest.TestCase):
    def test_of_containers_that_libraries_hold_are_made_in_copies(self) -> None:
        source = (
            "import json, string\n"
            "json.encoder.ESCAPE_DCT['a'] = 'b'\njson.decoder.BACKSLASH.clear()\n"
            "class Own:\n    items = []\nOwn.items.append(1)\n"
        )
        escapes = dict(json.encoder.ESCAPE_DCT)
        self.assertEqual(
            rows_of(run_statement(source + "return [{'n': len(Own.items)}]")), [{"n": 1}]
        )
        self.assertEqual(json.encoder.ESCAPE_DCT, escapes)
        self.assertTrue(vars(json.decoder)["BACKSLASH"])

    def test_of_containers_that_classes_of_libraries_hold_are_made_in_copies(self) -> None:
        kind = type("Kind", (), {"__module__": "yaml", "names": ["a"], "tags": {"a"}})
        module = ModuleType("yaml")
        vars(module)["Kind"] = kind
        source = (
            "import yaml\nclass Own(yaml.Kind):\n"
            "    def clear(self): super().names.clear(); super().tags.clear()\n"
            "own = Own()\nown.clear()\nown.mine = own.names\n"
            "for each in (yaml.Kind, yaml.Kind(), Own, own):\n"
            "    each.names.append('b')\n    each.tags.clear()\n"
            "own.mine.append('c')\nreturn [{'n': len(own.mine)}]"
        )
        with patch.dict(sys.modules, {"yaml": module}):
            self.assertEqual(rows_of(run_statement(source)), [{"n": 2}])
        self.assertEqual((vars(kind)["names"], vars(kind)["tags"]), (["a"], {"a"}))

    def test_of_what_an_error_names_go_through_a_face(self) -> None:
        source = (
            "import json, random\ntry: random.nothing\nexcept AttributeError as error:\n"
            "    found = getattr(error, 'obj', None)\nassert found is None or found is random"
        )
        self.assertEqual(rows_of(run_statement(source + _END)), [{"n": 1}])

    def test_of_objects_that_libraries_hold_are_refused(self) -> None:
        module = ModuleType("yaml")
        made = json.JSONEncoder()
        vars(module).update(default=made, Encoder=json.JSONEncoder)
        with patch.dict(sys.modules, {"yaml": module}):
            error = failure_of(run_statement(f"import yaml\nyaml.default.indent = 3{_END}"))
            self.assertIn("A Statement cannot change JSONEncoder, which other", error["message"])
            source = f"import yaml\ne = yaml.Encoder()\ne.indent = 3\nyaml.default.indent{_END}"
            self.assertEqual(rows_of(run_statement(source)), [{"n": 1}])
        self.assertIsNone(made.indent)

    def test_of_private_parts_of_libraries_are_refused(self) -> None:
        for source in (
            "import json\njson._default_encoder.indent = 3",
            "import json\njson.JSONEncoder()\njson._default_encoder",
            "import pandas as pd\npd.DataFrame._accessors",
            "import pandas as pd\npd.DataFrame({})._mgr",
            "import pandas as pd\nclass D(pd.DataFrame): pass\nD._accessors",
            "import pandas as pd\ngetattr(pd.DataFrame, '_acc' + 'essors')",
            "import random\nrandom._inst._os",
            "import random\n'{0._inst}'.format(random)",
        ):
            with self.subTest(source):
                failure_of(run_statement(source + _END))
        source = (
            "import pandas as pd\nclass A:\n    _x = 1\n    def _y(self): return self._x\n"
            "row = next(pd.DataFrame({'a b': [2], 'c': [3]}).itertuples())\n"
            "def f(): pass\nf._z = 4\n"
            "ids = pd.DataFrame({'_id': [5]})\nids._id += 1\n"
            "own = A()._y() + row._1 + row._asdict()['c'] + f._z\n"
            "return [{'n': own + int(ids._id[0] + getattr(ids.iloc[0], '_id'))}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 22}])

    @unittest.skipUnless(_HAS["yaml"], "yaml is not installed")
    def test_of_the_registries_of_yaml_hold_for_the_job(self) -> None:
        yaml: Any = importlib.import_module("yaml")
        before = yaml.safe_load("{a: yes}")
        for change in (
            "yaml.add_constructor('!x', lambda loader, node: 5, yaml.SafeLoader)",
            "yaml.SafeLoader.add_constructor('!x', lambda loader, node: 5)",
            "yaml.SafeLoader.yaml_constructors['!x'] = lambda loader, node: 5",
            (
                "class X(yaml.YAMLObject):\n    yaml_tag = '!x'\n"
                "    yaml_loader = yaml.SafeLoader\n    from_yaml = lambda loader, node: 5"
            ),
        ):
            with self.subTest(change):
                source = (
                    f"import yaml\n{change}\n"
                    "for found in yaml.SafeLoader.yaml_implicit_resolvers.values(): found.clear()\n"
                    "assert yaml.safe_load('yes') == 'yes'\n"
                    "return [{'n': yaml.safe_load('!x 1')}]"
                )
                self.assertEqual(rows_of(run_statement(source)), [{"n": 5}])
                self.assertEqual(yaml.safe_load("{a: yes}"), before)
                with self.assertRaises(yaml.YAMLError):
                    yaml.safe_load("!x 1")

    def test_of_other_registries_hold_for_the_job(self) -> None:
        tree: Any = importlib.import_module("xml.etree.ElementTree")
        source = "import xml\nxml.etree.ElementTree.register_namespace('own', 'urn:own')"
        self.assertEqual(rows_of(run_statement(source + _END)), [{"n": 1}])
        element = tree.Element("{urn:own}a")
        self.assertEqual(tree.tostring(element), b'<ns0:a xmlns:ns0="urn:own" />')


class Numpy(unittest.TestCase):
    def test_has_its_public_parts_and_reads_files(self) -> None:
        path = self.enterContext(tempfile.TemporaryDirectory()) + "/own"
        for expression, text in (
            ("str(np.char.add(['a'], ['b'])[0])", "'ab'"),
            ("str(np.char.upper(['a'])[0])", "'A'"),
            ("np.rec.array([(1, 2)], dtype=[('a', int), ('open', int)]).a.tolist()", "[1]"),
            ("np.rec.fromarrays([[1], [2]], names='a,b').b.tolist()", "[2]"),
            (
                f"np.array([7]).tofile({path!r}), np.fromfile({path!r}, dtype=int).tolist()",
                "None, [7]",
            ),
        ):
            with self.subTest(expression):
                self.assertEqual(text_of(expression, "import numpy as np"), f"[{text}]")
        for source in ("np.core", "np.char._vec_string", "np.rec.os", "np.char.functools"):
            failure_of(run_statement(f"import numpy as np\n{source}{_END}"))


@skip_without_matplotlib
class Drawing(unittest.TestCase):
    def test_has_formats_that_read_no_attributes(self) -> None:
        start = "import matplotlib, matplotlib.pyplot as plt, warnings\n"
        make = "matplotlib.ticker.StrMethodFormatter"
        self.assertEqual(text_of(f"{make}('{{x:.2f}}')(1)", start), "['1.00']")
        for template in ("{x.sys}", "{x[0]}", "{x:{x.sys}}", "{pos.real}"):
            error = failure_of(run_statement(f"{start}{make}({template!r})(warnings){_END}"))
            self.assertEqual(
                error["message"],
                "StrMethodFormatter() of a Statement takes a format without attributes and items.",
            )

    def test_has_names_that_are_registered_for_the_job(self) -> None:
        source = (
            "import matplotlib, matplotlib.pyplot as plt\n"
            "matplotlib.colormaps.register(plt.cm.viridis, name='own')\n"
            "matplotlib.colors.get_named_colors_mapping()['own'] = 'red'\n"
            "matplotlib.units.registry[str] = 1"
        )
        for _ in range(2):
            self.assertEqual(rows_of(run_statement(source + _END)), [{"n": 1}])
        matplotlib: Any = importlib.import_module("matplotlib")
        self.assertNotIn("own", matplotlib.colormaps)
        self.assertFalse(matplotlib.colors.is_color_like("own"))
        self.assertNotEqual(matplotlib.units.registry.get(str), 1)


class Passwords(unittest.TestCase):
    @unittest.skipUnless(_HAS["jose"], "jose is not installed")
    def test_and_tokens_are_made_and_checked(self) -> None:
        source = (
            "from jose import jwt\ntoken = jwt.encode({'n': 3}, 'key', algorithm='HS256')\n"
            "return [jwt.decode(token, 'key', algorithms=['HS256'])]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 3}])

    @unittest.skipUnless(_HAS["passlib"], "passlib is not installed")
    def test_are_hashed(self) -> None:
        expression = "h.verify('a', h.hash('a')), h.name"
        text = text_of(expression, "from passlib.hash import sha256_crypt as h")
        self.assertEqual(text, "[True, 'sha256_crypt']")
