"""JSON texts of values, as Python's `json` writes them, and why a value has none.

NaN, Infinity and integers of any size are written as they are; a tuple becomes an array. Beyond
what `json` takes, values are converted where that is obvious and loses nothing.
"""

from __future__ import annotations

import datetime
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cahier.nesting import is_flat, is_nested_deeper, is_text_deeper
from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = (str, int, float, type(None))
_MOST_DEPTH = 900
# Arrays of numpy have at most 64 dimensions.
_MOST_CONVERTED_DEPTH = 64
_LONGEST_KEY = 40
_REMEDIES = {
    "DataFrame": 'put it out alone through its handle, or as data.to_dict("records")',
    "Series": "convert it with .tolist()",
    "Index": "convert it with .tolist()",
    "set": "convert it with sorted(...) or list(...)",
    "frozenset": "convert it with sorted(...) or list(...)",
    "bytes": 'decode it, or give the handle the content media type "oomol/bin"',
    "bytearray": 'decode it, or give the handle the content media type "oomol/bin"',
}
_REMEDY = 'convert it, or give the handle the content media type "oomol/var"'


class NoJsonError(TypeError):
    """A value that JSON cannot hold; the message says where in the value, what, and the remedy."""


def json_text(value: object) -> str:
    """Give the JSON text of a value.

    Raises:
        NoJsonError: JSON cannot hold it.
    """
    if not is_flat(value) and is_nested_deeper(value, _MOST_DEPTH):
        raise NoJsonError(_problem_of(value, RecursionError()))
    try:
        try:
            text = _ENCODER.encode(value)
        except ValueError:
            # Integers of so many digits are rare, and to lift the limit takes longer than to write.
            with any_integers():
                text = _ENCODER.encode(value)
    except (TypeError, ValueError, RecursionError, AttributeError) as error:
        raise NoJsonError(_problem_of(value, error)) from None
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            # Halves of surrogate pairs have to be spelled.
            return json_text_in_ascii(value)
    return text


def json_text_in_ascii(value: object) -> str:
    """Give the JSON text of a value that has one, with nothing in it but ASCII."""
    with any_integers():
        return json.dumps(value, default=_converted)


def json_value(text: str) -> object:
    """Read a JSON text; integers may be of any size.

    Raises:
        ValueError: it is no JSON, or nested too deeply.
    """
    if is_text_deeper(text, _MOST_DEPTH):
        message = f"The JSON is nested more than {_MOST_DEPTH} levels deep."
        raise ValueError(message)
    with any_integers():
        value: object = json.loads(text)
    return value


@contextmanager
def any_integers() -> Iterator[None]:
    """Lift Python's limit of digits."""
    digits = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(digits)


def _converted(value: object) -> object:
    """Give something that `json` takes.

    Raises:
        TypeError: there is nothing obvious.
    """
    plain = _plain(value)
    if is_nested_deeper(plain, _MOST_CONVERTED_DEPTH):
        raise TypeError
    return plain


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_converted)


def _plain(value: Any) -> object:  # noqa: ANN401 - that is the point
    if isinstance(value, (datetime.date, datetime.time)):
        # NaT is a datetime too, and the only one that does not equal itself.
        return value.isoformat() if value == value else None  # noqa: PLR0124
    kind = type(value)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, (numpy.generic, numpy.ndarray)):
        return _from_numpy(value, numpy)
    if kind.__module__.startswith("pandas.") and kind.__name__ == "NAType":
        return None
    if _is_a(value, "decimal", "Decimal") or _is_a(value, "uuid", "UUID"):
        return str(value)
    if _is_a(value, "pathlib", "PurePath"):
        return str(value)
    if _is_a(value, "enum", "Enum"):
        return value.value
    raise TypeError


def _from_numpy(value: Any, numpy: Any) -> object:  # noqa: ANN401 - an array or a scalar
    if value.dtype.kind in "biufUO":
        plain: object = value.tolist()
        if plain is value or isinstance(plain, numpy.generic):
            raise TypeError
        return plain
    if value.dtype.kind == "M":
        texts = numpy.where(numpy.isnat(value), None, numpy.datetime_as_string(value))
        dates: object = texts.tolist()
        return dates
    raise TypeError


def _is_a(value: object, module: str, name: str) -> bool:
    """Whether this is of a class whose module may not be loaded, and is not loaded to find out."""
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(value, getattr(loaded, name))


def _problem_of(value: object, error: Exception) -> str:
    """Say what in the value JSON cannot hold; the value is walked without recursion."""
    # Each step has its path, and the containers that it is in.
    steps: list[tuple[str, object, tuple[int, ...]]] = [("", value, ())]
    while steps:
        path, item, around = steps.pop()
        if isinstance(item, _PLAIN):
            continue
        if id(item) in around:
            return f"{_place(path)} is contained in itself; JSON has no cycles"
        if len(around) > _MOST_DEPTH:
            return f"it is nested more than {_MOST_DEPTH} levels deep; flatten it"
        inside = (*around, id(item))
        if isinstance(item, dict):
            for key in item:
                if not isinstance(key, _PLAIN):
                    return (
                        f"{_place(path)} has a key of type {type_name(type(key))}; "
                        "JSON has texts as keys: convert it with str(...)"
                    )
            keyed = [(key, each) for key, each in item.items() if not isinstance(each, _PLAIN)]
            steps += [(f"{path}{_key(key)}", each, inside) for key, each in reversed(keyed)]
        elif isinstance(item, (list, tuple)):
            numbered = [pair for pair in enumerate(item) if not isinstance(pair[1], _PLAIN)]
            steps += [(f"{path}[{number}]", each, inside) for number, each in reversed(numbered)]
        else:
            try:
                steps.append((path, _converted(item), inside))
            except Exception:  # noqa: BLE001 - conversions may call what a script defines
                remedy = _REMEDIES.get(type(item).__name__, _REMEDY)
                return f"{_place(path)} is of type {type_name(type(item))}: {remedy}"
    return f"it cannot be written: {type(error).__name__}: {error}"


def _place(path: str) -> str:
    return f"value{path}"


def _key(key: object) -> str:
    shown = repr(key)
    return f"[{shown if len(shown) <= _LONGEST_KEY else shown[:_LONGEST_KEY] + '…'}]"
