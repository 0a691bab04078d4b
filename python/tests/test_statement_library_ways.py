"""Ways around the rules of a Statement that lead through libraries.

Longer than most files: the ways are a table, to which new ones are added.
"""

from __future__ import annotations

import builtins
import dataclasses
import enum
import functools
import importlib
import importlib.util
import io
import json
import random
import sys
import typing
import unittest
import warnings
from types import FunctionType, MappingProxyType, ModuleType
from typing import Any
from unittest.mock import patch

from statements import failure_of, field, rows_of, run_statement
from test_images import skip_without_matplotlib

from cahier.statement_guard import read_attribute_by_name
from cahier.statement_language import (
    is_forbidden_attribute,
    is_foreign_module,
    is_reachable_module,
)

_END = "\nreturn [{'n': 1}]"
_PANDAS = "import pandas as pd, numpy as np\ndf = pd.DataFrame({'a': [1, 2]})\nx = df.a\n"


def refusal_of(source: str) -> str:
    """Give the message of a statement that the language has to refuse."""
    error = failure_of(run_statement(source + _END))
    assert "A Statement" in error["message"] or "of a Statement" in error["message"], error
    return error["message"]


class Libraries(unittest.TestCase):
    def test_evaluate_no_expression_with_attributes_however_it_is_reached(self) -> None:
        for source in (
            "df.query('@x.__class__')",
            "df.query('@x.sys')",
            "df.query(expr='@x.__class__')",
            "pd.DataFrame.query(df, '@x.__class__')",
            "pd.DataFrame.eval(df, expr='@x.sys')",
            "[pd.DataFrame][0].query(df, '@x.to_pickle')",
            "getattr(pd.DataFrame, 'que' + 'ry')(df, 'a.sys')",
            "class D(pd.DataFrame):\n    def run(self): return super().query('a.sys')\nD({}).run()",
            "df.query('''a \\'\\'\\'.sys''')",
            "df.query('a > 1', level=3)",
            "df.eval('a', local_dict={'x': 1})",
            "df.pipe(pd.DataFrame.query, 'a.sys')",
            "[*map(df.eval, ['a.sys'])]",
            "pd.eval('x.sys')",
            "from pandas import eval as e\ne('x.sys')",
            "df.eval(\"b = a # '\\nc = @x.sys # '\")",
            "df.eval(\"b = a # '\\u2028c = @x.sys # '\")",
            "df.eval('@x.`sys`')",
            "df.eval('@x.\\\\\\nsys')",
            "df.eval(\"`'` + `' + @x.sys + '`\")",
        ):
            with self.subTest(source):
                self.assertRegex(refusal_of(_PANDAS + source), "query|eval|three quotes")

    def test_evaluate_ordinary_expressions(self) -> None:
        source = (
            _PANDAS + "df['text'], least = ['a.b', 'c'], 1\n"
            "one = df.query('a > @least and a > .5')\n"
            "two = df.query('text.str.contains(\"a.b\")', engine='python')\n"
            "def named(smallest): return df.query('a >= @smallest')\n"
            "df.eval('b = a * 1.5\\nc = b', inplace=True)\n"
            "df['a b'] = df.a\nassert len(df.query('`a b` > 1 and text != \"#`\"')) == 1\n"
            "return [{'n': len(one) * 100 + len(two) * 10 + len(named(1)) + int(df.b[1])}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 115}])

    def test_look_up_no_method_by_a_forbidden_name(self) -> None:
        for source in (
            "df.agg('to_pickle', path='x')",
            "df.agg(['sum', 'to_pickle'])",
            "df.agg({'a': 'to_pickle'})",
            "df.a.agg('__class__')",
            "df.agg(func='query', expr='a')",
            "df.apply('eval', expr='a')",
            "df.transform('eval', expr='a')",
            "df.groupby('a').agg(n=('a', 'to_pickle'))",
            "df.groupby('a').a.apply('to_pickle')",
            "pd.DataFrame.agg(df, 'to_pickle')",
            "df.rolling(2).aggregate('__init__')",
            "df.pivot_table(index='a', aggfunc='to_pickle')",
            "pd.pivot_table(df, index='a', aggfunc=['to_pickle'])",
            "getattr(df, 'agg')('to_pickle')",
            "df.agg(np.array(['to_pickle']))",
            "df.agg(pd.Series(['to_pickle']))",
            "df.agg(pd.Series({'a': 'to_pickle'}))",
            "df.agg(pd.Index(['sum', 'to_pickle']), path='x')",
            "df.agg(name for name in ['to_pickle'])",
            "df.agg({'to_pickle': 1}.keys())",
            "df.a.agg([('to_pickle', 'sum')])",
            "df.groupby('a').a.agg([('n', 'to_pickle')])",
            "df.groupby('a').agg({'a': [('n', ('n', 'to_pickle'))]})",
            "df.groupby('a').agg(func=[['n', 'to_pickle']])",
            "df.a.rolling(2).agg(np.array(['to_pickle']))",
        ):
            with self.subTest(source):
                self.assertIn("by its name in", refusal_of(_PANDAS + source))

    def test_look_up_no_other_names_than_those_that_were_looked_at(self) -> None:
        source = (
            _PANDAS + "class L(list):\n    looks = 0\n    def __iter__(self):\n"
            "        self.looks += 1\n"
            "        return iter(['sum'] if self.looks == 1 else ['to_pickle'])\n"
            "    def __getitem__(self, n): return 'to_pickle'\n"
            "class D(dict):\n    def items(self): return [('a', 'sum')]\n"
            "assert df.agg(L(['to_pickle'])).a['sum'] == 3\n"
            "assert df.agg(D({'a': 'to_pickle'})).a == 3"
        )
        self.assertEqual(rows_of(run_statement(source + _END)), [{"n": 1}])

    def test_look_up_methods_by_ordinary_names(self) -> None:
        source = (
            _PANDAS + "sums = df.groupby('a').agg(n=('a', 'sum')).n.sum()\n"
            "return [{'n': int(df.agg('sum').a + df.a.apply(lambda n: n * 2).sum() + sums)}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 12}])

    def test_take_columns_of_any_name(self) -> None:
        for expression in (
            "df.groupby('day').agg(first=('open', 'first'))['first'].sum()",
            "df.groupby('day').agg(first=pd.NamedAgg('load', 'sum'))['first'].sum()",
            "df.pivot_table(index='day', values='open').open.sum()",
            "pd.pivot_table(df, 'style', 'day', aggfunc='sum')['style'].sum()",
            "pd.crosstab(df.day, df.format, values=df.load, aggfunc='sum').to_numpy().sum()",
            "df.apply(lambda row, column: row[column], axis=1, column='format').sum()",
            "df.groupby('day').agg({'info': 'sum'})['info'].sum()",
            "df.groupby('day').open.agg([('open', 'first')]).open.sum()",
            "df.groupby('day').agg({'open': [('load', 'last')]})['open'].load.sum()",
            "df.groupby('day').open.agg(np.array(['sum', 'max']))['max'].sum()",
            "df.agg(pd.Series({'open': 'sum'})).open",
            "df.groupby('day').agg(open=('open', lambda of: of.sum())).open.sum()",
        ):
            with self.subTest(expression):
                source = (
                    "import pandas as pd, numpy as np\n"
                    "names = ['open', 'load', 'info', 'style', 'format']\n"
                    "df = pd.DataFrame({'day': [1]} | {name: [5] for name in names})\n"
                    f"return [{{'n': int({expression})}}]"
                )
                self.assertEqual(rows_of(run_statement(source)), [{"n": 5}])

    def test_take_no_forbidden_name_beside_columns(self) -> None:
        for source in (
            "df.groupby('a').a.agg(n='to_pickle')",
            "df.groupby('a').agg(None, n=('a', 'to_pickle'))",
            "df.groupby('a').agg(func=None, n=pd.NamedAgg('a', 'to_pickle'))",
            "df.pivot_table('a', 'a', None, 'to_pickle')",
            "pd.crosstab(df.a, df.a, df.a, None, None, {'a': 'to_pickle'})",
            "df.a.rolling(1).agg(['sum', ('n', 'to_pickle')])",
        ):
            with self.subTest(source):
                self.assertIn("by its name in", refusal_of(_PANDAS + source))

    def test_unpickle_nothing(self) -> None:
        for source in (
            "np.load('x', allow_pickle=True)",
            "np.load('x', None, True)",
            "getattr(np, 'load')('x', allow_pickle=1)",
            "pd.read_pickle('x')",
            "from pandas import read_pickle",
            "getattr(pd, 'read_' + 'pickle')('x')",
            "pd.io.pickle",
            "pd.io.common",
            "pd.compat",
            "np.lib.npyio",
            "np.lib.format",
            "df._constructor",
            "pd.api.extensions.register_dataframe_accessor('query')",
        ):
            with self.subTest(source):
                refusal_of(_PANDAS + source)

    @unittest.skipUnless(importlib.util.find_spec("yaml"), "PyYAML is not installed")
    def test_make_no_objects_out_of_yaml(self) -> None:
        for source in (
            "yaml.load('1', yaml.Loader)",
            "yaml.load('1', Loader=None)",
            "yaml.YAMLObject.yaml_loader",
            "yaml.load_all('1', dict)",
        ):
            with self.subTest(source):
                refusal_of("import yaml\n" + source)
        source = (
            "import yaml\nclass Mine(yaml.SafeLoader): pass\n"
            "return [{'n': yaml.load('1', Mine) + yaml.safe_load('2')}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 3}])


class Texts(unittest.TestCase):
    def test_are_formatted_without_attributes_that_are_kept_from_statements(self) -> None:
        for source in (
            "super(F, F()).get_field('0._os.getcwd', (random,), {})",
            "class G(F):\n    def get(self): super().get_field('0._os', (random,), {})\nG().get()",
            "class G(F):\n    def get(self): return super(F, self).get_field\nG().get()",
        ):
            with self.subTest(source):
                start = "import random\nfrom string import Formatter as F\n"
                failure = failure_of(run_statement(start + source + _END))
                self.assertRegex(failure["message"], "cannot use the module os|has no attribute")
        source = (
            "import string\nclass F(string.Formatter):\n"
            "    def get_value(self, key, args, more): return super().get_value(key, args, more)\n"
            "return [{'n': int(F().format('{0.real}{a[0]:>2}', 1, a=[22]))}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 122}])


class RealFunctions(unittest.TestCase):
    def test_of_python_are_kept_away_and_no_wrapper_of_a_job(self) -> None:
        @functools.wraps(input)
        def wrapper() -> None:
            """Stand for what a job puts there for its time."""

        reading = importlib.util.find_spec("cahier.statement_reach")
        assert reading
        assert reading.loader
        module = importlib.util.module_from_spec(reading)
        real = input
        with patch.object(builtins, "input", wrapper):
            reading.loader.exec_module(module)
        reach: Any = module
        with self.assertRaisesRegex(AttributeError, "input"):
            reach.check_result(random, "input", real)
        # Something else may get its place in memory.
        reach.check_result(random, "later", wrapper)


class Modules(unittest.TestCase):
    def test_evaluate_no_hints(self) -> None:
        openai = ModuleType("openai")
        inner = ModuleType("openai._utils._transform")
        vars(inner)["get_type_hints"] = typing.get_type_hints
        vars(openai)["inner"] = inner
        with patch.dict(sys.modules, {"openai": openai}):
            self.assertEqual(
                refusal_of("import openai\nopenai.inner.get_type_hints(print)"),
                "A Statement cannot use typing.get_type_hints.",
            )
        for name in ("typing", "typing_extensions", "annotationlib", "inspect", "pydantic.main"):
            self.assertTrue(is_foreign_module(name), name)
        self.assertTrue(is_forbidden_attribute("model_rebuild"))

    def test_keep_names_to_themselves_that_columns_and_classes_may_have(self) -> None:
        own = ModuleType("yaml")
        vars(own)["Kind"] = type("Kind", (), {"__module__": "yaml", "parse_raw": len, "_x": 1})
        with patch.dict(sys.modules, {"yaml": own}):
            for source in (
                "import yaml\nyaml.Kind.parse_raw",
                "import yaml\ngetattr(yaml.Kind(), 'parse_raw')",
                "import yaml\nclass K(yaml.Kind): pass\nK().parse_raw",
                "import yaml\nclass K(yaml.Kind):\n    def f(self): super().parse_raw\nK().f()",
                "import yaml\nclass K(yaml.Kind):\n    def f(self): super()._x\nK().f()",
                "import numpy as np\nnp.testing.measure('1')",
                "from warnings import deprecated",
            ):
                with self.subTest(source):
                    refusal_of(source)
        source = (
            "import pandas as pd\nclass P:\n    def parse_raw(self): return self.measure\n"
            "    def _get(self): return 2\n"
            "class Q(P):\n    def parse_raw(self): return super().parse_raw() + super()._get()\n"
            "q = Q()\nq.measure = 3\ndf = pd.DataFrame({'measure': [4]})\ndf.measure += 1\n"
            "row = next(df.itertuples())\n"
            "n = q.parse_raw() * 1000 + df.measure[0] * 100 + row.measure * 10\n"
            "return [{'n': int(n + df.iloc[0].measure + df.query('measure > 1').measure.sum())}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 5560}])

    def test_lend_no_function_of_others_that_reads_or_sets_attributes_by_name(self) -> None:
        module = ModuleType("yaml")
        found = {"wraps": functools.wraps, "update_wrapper": functools.update_wrapper}
        vars(module).update(found | {"Enum": enum.Enum, "field": dataclasses.make_dataclass})
        with patch.dict(sys.modules, {"yaml": module}):
            for name in ("wraps", "update_wrapper", "Enum", "field"):
                with self.subTest(name):
                    refusal_of(f"import yaml\nyaml.{name}")
            vars(module)["Level"] = enum.Enum("Level", {"HIGH": 3}, module="yaml")
            source = "import yaml\nreturn [{'n': yaml.Level.HIGH.value}]"
            self.assertEqual(rows_of(run_statement(source)), [{"n": 3}])
        before = json.JSONEncoder.default
        refusal_of(_PANDAS + "import json\nnp.testing.decorate_methods(json.JSONEncoder, len)")
        self.assertIs(json.JSONEncoder.default, before)

    @unittest.skipUnless(importlib.util.find_spec("jose"), "jose is not installed")
    def test_reach_no_memory(self) -> None:
        refusal_of("from jose import backends\nbackends.cryptography_backend.Binding().ffi")

    def test_keep_their_private_parts_to_themselves(self) -> None:
        importlib.import_module("xml.dom.minidom")
        for source in (
            "np.core.fromnumeric._wrapfunc",
            "np.core",
            "from numpy import core",
            "np.ma.core._arraymethod",
            "np.ma.core._frommethod",
            "getattr(np.ma.core, '_array' + 'method')",
            "pd.util._decorators.wraps",
            "from pandas.util import _decorators",
            "pd.core.indexes.extension.inherit_names",
            "pd.core",
            "pd._libs",
            "import warnings\nwarnings._getcategory",
            "import warnings\nwarnings._setoption",
            "import warnings\nwarnings._processoptions",
            "import xml\nxml.dom.domreg",
            "import xml\nxml.dom.minidom.domreg",
            "import xml\nxml.sax.default_parser_list",
            "np.add_newdoc",
            "np.lib.add_newdoc",
        ):
            with self.subTest(source):
                failure = failure_of(run_statement(f"{_PANDAS}{source}{_END}"))
                self.assertIn("A Statement cannot", failure["message"])

    def test_import_nothing_by_a_name_that_they_are_given(self) -> None:
        importlib.import_module("xml.sax")
        for source in (
            "import xml\nxml.sax.make_parser(['antigravity'])",
            "import numpy\nnumpy.info('x', toplevel='antigravity')",
            "import numpy\nnumpy.info('x', 76, None, 'antigravity')",
            _PANDAS + "df.plot(backend='antigravity')",
            _PANDAS + "df.plot(**{'back' + 'end': 'antigravity'})",
            _PANDAS + "df.plot.line(backend='antigravity')",
            _PANDAS + "getattr(df, 'pl' + 'ot').line(backend='antigravity')",
            _PANDAS + "df.a.plot.line(backend='antigravity')",
            _PANDAS + "pd.DataFrame.plot(df)(backend='antigravity')",
            _PANDAS + "df.hist(None, None, True, None, None, None, None, None, False, False, None,"
            " None, 10, 'antigravity')",
            _PANDAS + "df.boxplot(backend='antigravity')",
            _PANDAS + "df.groupby('a').plot(backend='antigravity')",
            _PANDAS + "pd.plotting.hist_frame(df, backend='antigravity')",
            _PANDAS + "pd.set_option('plotting.backend', 'antigravity')",
            _PANDAS + "pd.set_option('display.width', 80, 'BACK', 'antigravity')",
            _PANDAS + "pd.option_context('backend', 'antigravity')",
            _PANDAS + "pd.options.plotting.backend = 'antigravity'",
        ):
            with self.subTest(source):
                failure_of(run_statement(source + _END))
                self.assertNotIn("antigravity", sys.modules)
        source = (
            _PANDAS + "pd.set_option('display.width', 81)\nimport numpy\nlog.info('x')\n"
            "return [{'n': pd.get_option('display.width')}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 81}])

    def test_of_matplotlib_have_their_own_backends_and_styles_alone(self) -> None:
        matplotlib = ModuleType("matplotlib")
        chosen: list[object] = []

        def use(*names: object) -> None:
            chosen.extend(names)

        def savefig(*, backend: object = None) -> None:
            chosen.append(backend)

        for function in (use, savefig):
            function.__module__ = "matplotlib.pyplot"
        vars(matplotlib).update(use=use, switch_backend=use, savefig=savefig)
        for name, values, named in (
            ("use", ["module://antigravity"], {}),
            ("switch_backend", ["module://antigravity"], {}),
            ("use", [["ggplot", "antigravity.style"]], {}),
            ("savefig", [], {"backend": "module://antigravity"}),
        ):
            with self.assertRaisesRegex(ValueError, "of a Statement", msg=name):
                read_attribute_by_name(matplotlib, name)(*values, **named)
        read_attribute_by_name(matplotlib, "use")("seaborn-v0_8", ["ggplot"])
        read_attribute_by_name(matplotlib, "savefig")()
        self.assertEqual(chosen, ["seaborn-v0_8", ["ggplot"], None])

    def test_hand_out_nothing_from_outside(self) -> None:
        """Look through all that the modules below the allowed ones hold, and what that has."""
        for name in ("pandas", "xml.dom.minidom", "xml.etree.ElementTree", "yaml", "jose.jwt"):
            if importlib.util.find_spec(name.partition(".")[0]):
                importlib.import_module(name)
        walk = _Walk()
        for name, module in [*sys.modules.items()]:
            if is_reachable_module(name) and isinstance(module, ModuleType):
                walk.look_into(module, name, 0)
        self.assertGreater(len(walk.seen), 1_000)
        self.assertEqual(walk.found, [])

    def test_have_no_functions_with_the_names_of_their_modules(self) -> None:
        for source in (
            "pd.Timestamp.astimezone.func_globals",
            "getattr(pd.Timestamp.astimezone, 'func_' + 'globals')['__builtins__']",
            "'{0.func_code}'.format(pd.Timestamp.astimezone)",
            "np.random.bit_generator.ISeedSequence.generate_state.func_closure",
        ):
            with self.subTest(source):
                self.assertIn("cannot use the attribute func_", refusal_of(_PANDAS + source))

    def test_keep_to_themselves_what_they_have_from_os_and_sys(self) -> None:
        for source in (
            "import numpy\nnumpy.lib.os",
            "from numpy import sys",
            "import random\nrandom._urandom",
            "import pandas\npandas.core.common.builtins",
            "import io\nio.open_code",
            "import io\nio.FileIO",
            "import io\nio.abc",
            "import io\ntype(io.IOBase)('M', (), {'__class__': 1})",
            "import json\ntype(json)('os').sys = 1",
        ):
            with self.subTest(source):
                failure_of(run_statement(source + _END))


@skip_without_matplotlib
class Figures(unittest.TestCase):
    def test_are_shown_as_previews(self) -> None:
        for start, show in (
            ("import matplotlib.pyplot as plt", "plt.show()"),
            ("import matplotlib.pyplot as plt", "getattr(plt, 'sh' + 'ow')()"),
            ("import matplotlib.pyplot as plt\nfrom matplotlib.pyplot import show", "show()"),
        ):
            with self.subTest(show):
                events = run_statement(f"{start}\nplt.plot([1, 2])\n{show}{_END}")
                self.assertEqual(rows_of(events), [{"n": 1}])
                self.assertEqual([e["type"] for e in events].count("preview-added"), 1)


@skip_without_matplotlib
class SettingsOfMatplotlib(unittest.TestCase):
    def test_take_no_module_no_file_and_no_expression_as_settings(self) -> None:
        module, expression = "module://antigravity", "cycler('c', 'r').by_key"
        other = (
            "class S(str):\n    def __eq__(self, o): return False\n"
            "    def __hash__(self): return hash('backend')"
        )
        cycle = f'axes.prop_cycle\': "{expression}"'
        for source in (
            f"matplotlib.rcParams['backend'] = '{module}'",
            f"from matplotlib import rcParams as r\nr['backend'] = '{module}'",
            f"plt.rcParams.update({{'backend': '{module}'}})",
            f"plt.rcParams.update(backend='{module}')",
            f"r = getattr(plt, 'rc' + 'Params')\nr |= {{'backend': '{module}'}}",
            f"{other}\nplt.rcParams[S('backend')] = '{module}'",
            f"matplotlib.rcParamsDefault['backend'] = '{module}'",
            f"matplotlib.use('{module}')",
            f"plt.switch_backend('{module}')",
            f"with plt.rc_context({{'backend': '{module}'}}): pass",
            "with matplotlib.rc_context(fname='/etc/passwd'): pass",
            "with matplotlib.rc_context(None, '/etc/passwd'): pass",
            "matplotlib.rc_file('/etc/passwd')",
            "matplotlib.rc_params_from_file('/etc/passwd')",
            "plt.matplotlib.rc_file('/etc/passwd')",
            "getattr(matplotlib, 'rc_' + 'file')('/etc/passwd')",
            "plt.style.use('/etc/passwd')",
            "plt.style.use(n for n in ['/etc/passwd'])",
            "plt.style.core.read_style_directory('/etc')",
            f"plt.style.use({{'{cycle}}})",
            f"plt.rcParams.update({{'{cycle}}})",
            f'plt.rc("axes", prop_cycle="{expression}")',
            f"with plt.rc_context({{'{cycle}}}): pass",
            f'matplotlib.rcsetup.validate_cycler("{expression}")',
            f"matplotlib.backend_bases.register_backend('png', '{module[9:]}')",
            "plt.rcParams._set('backend', 'x')",
            "r = plt.rcParams._Settings__params\nr |= {'backend': 'x'}",
        ):
            with self.subTest(source):
                start = "import matplotlib, matplotlib.pyplot as plt\n"
                error = failure_of(run_statement(f"{start}{source}{_END}"))
                self.assertRegex(error["message"], "Statement|has no attribute '_set'")

    def test_take_ordinary_settings(self) -> None:
        source = (
            "import matplotlib, matplotlib.pyplot as plt\n"
            "old = plt.rcParams.copy()\n"
            "plt.rcParams['axes.titlesize'] = 7\n"
            "matplotlib.rcParams.update({'lines.linewidth': 3})\n"
            "plt.rc('font', size=5)\n"
            "plt.rc(['xtick', 'ytick'], labelsize=4)\n"
            "plt.rcParams['axes.prop_cycle'] = plt.cycler(color=['red', 'green'])\n"
            "plt.style.use(['ggplot', {'grid.color': 'red'}])\n"
            "matplotlib.use('agg')\n"
            "with plt.rc_context({'font.size': 6}), plt.style.context('classic'): pass\n"
            "with plt.rc_context(): plt.rcParams['grid.color'] = 'blue'\n"
            "plt.style.library['ggplot']['grid.color'] = 'green'\n"
            "assert plt.style.library['ggplot']['grid.color'] != 'green'\n"
            "assert old['axes.titlesize'] != 7 and len(old) == len(plt.rcParams)\n"
            "figure, axes = plt.subplots()\naxes.plot([1, 2])\nplt.close(figure)\n"
            "r = plt.rcParams\n"
            "return [{'n': int(r['lines.linewidth'] + r['xtick.labelsize']),"
            " 's': r['grid.color'] + r['backend']}]"
        )
        outputs = [field("n", "integer"), field("s", "string")]
        self.assertEqual(rows_of(run_statement(source, outputs=outputs)), [{"n": 7, "s": "redagg"}])


class Changes(unittest.TestCase):
    def test_of_modules_and_of_what_is_in_them_are_refused(self) -> None:
        for source, what in (
            ("import math\nmath.pi = 3", "the module math"),
            ("import math\nmath.pi += 3", "the module math"),
            ("import math\ndel math.pi", "the module math"),
            ("import math\n(a, math.pi) = 1, 2", "the module math"),
            ("import math\nfor math.pi in [1]: pass", "the module math"),
            ("import math\n[0 for math.pi in [1]]", "the module math"),
            ("import json\njson.dumps = 1", "the module json"),
            ("import json\nsetattr(json, 'dumps', 1)", "the module json"),
            ("import json\ndelattr(json, 'dumps')", "the module json"),
            ("import json\njson.JSONEncoder.default = 1", "JSONEncoder"),
            ("import json\njson.dumps.x = 1", "dumps"),
            ("import string\nstring.Formatter.get_field = 1", "Formatter"),
            ("sleep.x = 1", "sleep"),
            ("log.info = print", "log"),
            ("del log.info", "log"),
        ):
            with self.subTest(source):
                self.assertIn(f"A Statement cannot change {what}", refusal_of(source))
        self.assertEqual(importlib.import_module("math").pi, 3.141592653589793)

    def test_of_the_settings_of_openai_hold_for_the_job(self) -> None:
        openai = ModuleType("openai")
        vars(openai)["api_key"] = None
        source = "import openai\nopenai.api_key = 'k'\nreturn [{'n': len(openai.api_key)}]"
        with patch.dict(sys.modules, {"openai": openai}):
            self.assertEqual(rows_of(run_statement(source)), [{"n": 1}])
            self.assertEqual(vars(openai)["api_key"], None)
            self.assertIn("the module openai", refusal_of("import openai\nopenai.OpenAI = 1"))

    def test_of_what_a_statement_made_are_its_own(self) -> None:
        source = (
            "import json\nclass Encoder(json.JSONEncoder): pass\nEncoder.level = 1\n"
            "def count(): return 1\ncount.calls = 2\nencoder = Encoder()\nencoder.n = 3\n"
            "setattr(encoder, 'm', 4)\nfor encoder.k in (5, 6): pass\n"
            "return [{'n': Encoder.level + count.calls + encoder.n + encoder.m + encoder.k}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 16}])


class _Walk:
    """Reads whatever a Statement could, and notes what it is not to get."""

    def __init__(self) -> None:
        self.found: list[str] = []
        # Kept, so that no other object gets the id of one of them.
        self.seen: dict[int, object] = {}
        self._forbidden = {
            id(each)
            for each in (
                *(eval, exec, compile, open, input, globals, locals, vars, breakpoint, type),
                *(builtins.__import__, importlib.import_module, io.open, io.open_code),
                *(vars(builtins), sys.modules, typing.get_type_hints),
            )
        }

    def look_at(self, value: object, path: str, depth: int) -> None:
        is_outside = isinstance(value, ModuleType) and not is_reachable_module(value.__name__)
        if is_outside or id(value) in self._forbidden:
            self.found.append(path)
        elif depth < 5 and id(value) not in self.seen and not isinstance(value, (str, int, float)):
            self.seen[id(value)] = value
            self.look_into(value, path, depth)

    def look_into(self, value: object, path: str, depth: int) -> None:
        if isinstance(value, (dict, MappingProxyType)):
            for key, each in [*value.items()]:
                self.look_at(key, f"{path} has", depth + 1)
                self.look_at(each, f"{path}[{key!r}]", depth + 1)
        elif isinstance(value, (list, tuple, set, frozenset)):
            for each in [*value]:
                self.look_at(each, f"{path} has", depth + 1)
        elif not isinstance(value, FunctionType):
            for name in _names_in(value):
                self.look_at(_read(value, name), f"{path}.{name}", depth + 1)


def _names_in(value: object) -> list[str]:
    try:
        return dir(value)
    except Exception:  # noqa: BLE001 - classes of libraries may have any code
        return []


def _read(value: object, name: str) -> Any:  # noqa: ANN401 - whatever there is
    if is_forbidden_attribute(name):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read_attribute_by_name(value, name)
    except Exception:  # noqa: BLE001 - as above
        return None
