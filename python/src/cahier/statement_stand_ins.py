"""What Statements get in place of some functions of Python and of libraries.

Those are the ones that look up attributes by names in texts, and the ones that unpickle.

Longer than most files: the stand-ins guard one another's ways, and are read together.
"""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Callable
from types import (
    BuiltinFunctionType,
    BuiltinMethodType,
    CoroutineType,
    MethodDescriptorType,
    ModuleType,
)
from typing import TYPE_CHECKING, Any

from cahier.statement_backends import BACKEND_GUARDS
from cahier.statement_language import (
    describe_attribute_rule,
    is_forbidden_attribute,
    is_kept_by_libraries,
)
from cahier.statement_method_names import by_name
from cahier.statement_reach import is_of
from cahier.statement_settings import Settings, styles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_Function = Callable[..., Any]
_BY_NAME = ("agg", "aggregate", "apply", "transform", "pivot_table", "crosstab")
_SENT = ("send", "throw")
_OPENING = ("fromfile", "tofile")
_SETTINGS = ("rcParams", "rcParamsDefault", "rcParamsOrig")
# Names of attributes for which `stand_in` may have something else.
GUARDED_ATTRIBUTES = frozenset(
    {
        *("format", "format_map", "Formatter", "eval", "query", "open", "load", "load_all"),
        *(*_BY_NAME, *_SENT, *BACKEND_GUARDS, "extract", "info", "style"),
        *(*_SETTINGS, "library", *_OPENING, "StrMethodFormatter"),
    }
)
# Where pandas or Python take a line to end.
_ENDS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_TEXTS_AND_NUMBERS = re.compile(
    rf"""'(?:[^'\\{_ENDS}]|\\[^{_ENDS}])*' | "(?:[^"\\{_ENDS}]|\\[^{_ENDS}])*"
    | (`)[^`'"\\{_ENDS}]*` | \b\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?""",
    re.VERBOSE,
)
_READ = re.compile(r"\.\s*([^\W\d]\w*)")
# Beside texts and columns, these make that Python reads an expression in another way.
_UNCLEAR = re.compile(r"""[#'"`\\]""")


def stand_in(value: object, name: str, result: Any, read: _Function) -> Any:  # noqa: ANN401 - any attribute
    """Give what a Statement gets for an attribute of one of `GUARDED_ATTRIBUTES`.

    `result` is what it is, `read` gives attributes of other objects by their names.

    Raises:
        AttributeError: nothing at all.
    """
    if name in (*_SENT, *_OPENING):
        return _with_builtins(result) if name in _OPENING else _driver(value, name, result)
    if isinstance(value, ModuleType) and name in ("open", "eval"):
        raise AttributeError(describe_attribute_rule(f"{value.__name__}.{name}"))
    if name in ("format", "format_map"):
        return _format(result, name, read)
    if result is string.Formatter:
        return formatter(read)
    if name == "style" and is_of(type(result), "pandas"):
        raise AttributeError(describe_attribute_rule(name))
    if name in (*_SETTINGS, "library"):
        return _settings(value, name, result)
    guard = _GUARDS.get(name)
    if guard is None or not callable(result):
        return result
    packages, make = guard
    return make(result, name) if is_of(result, *packages) else result


def _with_builtins(function: _Function) -> _Function:
    """Call a function of numpy from here: it opens files by the builtins of whoever calls it."""
    if not isinstance(function, (BuiltinFunctionType, MethodDescriptorType)):
        return function

    def call(*values: object, **named: object) -> object:
        return function(*values, **named)

    return call


def _settings(value: object, name: str, result: Any) -> object:  # noqa: ANN401 - as above
    if name in _SETTINGS and is_of(type(result), "matplotlib"):
        return Settings(result)
    is_own = isinstance(value, ModuleType) and value.__name__.startswith("matplotlib.")
    return styles_of(result) if is_own and name == "library" else result


def _driver(value: object, name: str, result: object) -> object:
    kind = value if isinstance(value, type) else type(value)
    if kind is CoroutineType or kind.__name__.startswith(
        ("async_generator", "anext_", "coroutine_")
    ):
        message = f"A Statement cannot use {name} of a coroutine: await it."
        raise AttributeError(message)
    return result


def _format(result: Any, name: str, read: _Function) -> Any:  # noqa: ANN401 - as above
    """Guard a method of texts, also where it is of a class that is derived from them."""
    texts = formatter(read)()

    def format_text(template: str, *values: object, **named: object) -> str:
        return texts.vformat(template, values, named)

    def format_by_map(template: str, named: Mapping[str, object]) -> str:
        return texts.vformat(template, (), named)

    formats: dict[str, Callable[..., str]] = {"format": format_text, "format_map": format_by_map}
    guarded = formats[name]
    if isinstance(result, MethodDescriptorType) and result.__objclass__ is str:
        return guarded
    if isinstance(result, BuiltinMethodType) and isinstance(result.__self__, str):
        template = result.__self__
        return lambda *values, **named: guarded(template, *values, **named)
    return result


def formatter(read: _Function) -> type[string.Formatter]:
    """Give the class that stands for `string.Formatter`; `read` gives attributes by their names."""
    if not _formatters:
        _formatters.append(_formatter(read))
    return _formatters[0]


# One class, as texts are formatted often.
_formatters: list[type[string.Formatter]] = []


def _formatter(read: _Function) -> type[string.Formatter]:
    """Make the class anew: from one that is derived from the original, `super` leads to it."""

    def get_field(
        self: string.Formatter, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, str | int]:
        """Give the value of a field such as "0.name[1]", and its first part."""
        first, rest = _split(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, part in rest:
            value = read(value, str(part)) if is_attribute else value[part]
        return value, first

    members: dict[str, Any] = {**vars(string.Formatter), "get_field": get_field}
    for name in ("__dict__", "__weakref__"):
        del members[name]
    make: Callable[..., type[string.Formatter]] = type
    return make("Formatter", (), members)


_split: Callable[[str], tuple[Any, Any]] = __import__("_string").formatter_field_name_split


def _expression(function: _Function, name: str) -> _Function:
    """Let `eval` and `query` of pandas have expressions with attributes of columns alone."""

    def evaluate(*values: object, **named: object) -> object:
        for text in (*values[:2], *named.values()):
            if isinstance(text, str) and (problem := _expression_problem(text)):
                message = f"{name}() of a Statement {problem}."
                raise ValueError(message)
        if named.keys() & {"level", "global_dict", "local_dict", "parser"}:
            message = f"{name}() of a Statement takes no level, parser, local_dict or global_dict."
            raise ValueError(message)
        # pandas would look for the names in the frame of whoever calls it: a library at times.
        frame = sys._getframe(1)  # noqa: SLF001 - as pandas does
        is_own = frame.f_globals.get("__name__") == "__main__"
        names = {**frame.f_globals, **frame.f_locals} if is_own else {}
        own: dict[str, object] = {key: each for key, each in names.items() if key.isidentifier()}
        return function(*values, local_dict=own, global_dict={}, **named)

    return evaluate


def _expression_problem(expression: str) -> str | None:
    if "__" in expression:
        return "cannot have two underscores in a row in its expression"
    if "'''" in expression or '"""' in expression:
        return "cannot have three quotes in a row in its expression"
    # A column in backticks is a name, also after a dot.
    plain = _TEXTS_AND_NUMBERS.sub(lambda found: " _ " if found[1] else " 0 ", expression)
    if unclear := _UNCLEAR.search(plain):
        return f"cannot have {unclear[0]} outside of texts in its expression"
    for attribute in _READ.findall(plain):
        if attribute not in _column_attributes():
            return (
                f"can read only attributes of columns, not .{attribute}: "
                "put the value into a variable of its own"
            )
    return None


def _column_attributes() -> set[str]:
    """Give the public attributes of columns and of their parts `str`, `dt` and `cat`."""
    if not _attributes:
        series: Any = sys.modules["pandas"].Series
        for kind in (series, series.str, series.cat, *series.dt.__mro__):
            _attributes.update(
                name
                for name in dir(kind)
                if not name.startswith("_")
                and not is_forbidden_attribute(name)
                and name not in GUARDED_ATTRIBUTES
            )
    return _attributes


_attributes: set[str] = set()


def _by_name(function: _Function, name: str) -> _Function:
    return by_name(function, name, _is_kept)


def _is_kept(name: str) -> bool:
    is_kept = is_forbidden_attribute(name) or is_kept_by_libraries(name)
    return is_kept or name in GUARDED_ATTRIBUTES


def _numpy_load(function: _Function, _name: str) -> _Function:
    """Let `numpy.load` have no pickles."""

    def load(file: object, mmap_mode: object = None, *values: object, **named: object) -> object:
        if values or named.get("allow_pickle"):
            message = "load() of a Statement cannot unpickle: leave allow_pickle out."
            raise ValueError(message)
        return function(file, mmap_mode, **named)

    return load


def _yaml_load(function: _Function, name: str) -> _Function:
    """Let `yaml.load` have loaders that make plain values alone."""

    def load(stream: object, Loader: object = None) -> object:  # noqa: N803 - the name in PyYAML
        yaml: Any = sys.modules["yaml"]
        safe = [vars(yaml).get(each) for each in ("SafeLoader", "BaseLoader")]
        safe += [vars(yaml).get(each) for each in ("CSafeLoader", "CBaseLoader")]
        bases = tuple(each for each in safe if each is not None)
        if not isinstance(Loader, type) or not issubclass(Loader, bases):
            message = f"{name}() of a Statement needs SafeLoader: write yaml.safe_{name}(text)."
            raise ValueError(message)  # noqa: TRY004 - classes that are loaders are refused too
        return function(stream, Loader)

    return load


def _any_load(function: _Function, name: str) -> _Function:
    guard = _numpy_load if is_of(function, "numpy") else _yaml_load
    return guard(function, name)


def _extract(function: _Function, _name: str) -> _Function:
    """Let `deepdiff.extract` have paths without attributes."""

    def extract(obj: object, path: str) -> object:
        if "." in str(path):
            message = "extract() of a Statement takes a path of keys and numbers alone."
            raise ValueError(message)
        return function(obj, str(path))

    return extract


def _formatting(function: _Function, name: str) -> _Function:
    """Let matplotlib have formats without attributes: it formats whatever it is given."""

    def make(fmt: object) -> object:
        template = str(fmt)
        if _reads_of_values(template):
            message = f"{name}() of a Statement takes a format without attributes and items."
            raise ValueError(message)
        return function(template)

    return make


def _reads_of_values(template: str) -> bool:
    """Say whether a format reads attributes or items, in its fields or in their formats."""
    return any(
        field is not None and ([*_split(field)[1]] or _reads_of_values(spec or ""))
        for _, field, spec, _ in string.Formatter().parse(template)
    )


def _numpy_info(function: _Function, _name: str) -> _Function:
    """Let `numpy.info` look into numpy alone, and import nothing else."""

    def info(object: object = None, maxwidth: int = 76, output: object = None) -> object:  # noqa: A002 - as in numpy
        return function(object, maxwidth, output)

    return info


# Of which packages functions of these names are guarded, and how.
_GUARDS: dict[str, tuple[tuple[str, ...], Callable[[_Function, str], _Function]]] = {
    "eval": (("pandas",), _expression),
    "query": (("pandas",), _expression),
    "load": (("numpy", "yaml"), _any_load),
    "load_all": (("yaml",), _any_load),
    "extract": (("deepdiff",), _extract),
    "info": (("numpy",), _numpy_info),
    "StrMethodFormatter": (("matplotlib",), _formatting),
    **BACKEND_GUARDS,
} | dict.fromkeys(_BY_NAME, (("pandas",), _by_name))
