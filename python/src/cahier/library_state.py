"""Gives libraries that are loaded the state of a fresh interpreter; loads none of them."""

from __future__ import annotations

import _locale
import random
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


@contextmanager
def fresh_libraries() -> Iterator[None]:
    """Reseed the random generators first; afterwards put options, contexts and figures back."""
    random.seed()
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()
    locale = _locale.setlocale(_locale.LC_ALL, None)
    try:
        yield
    finally:
        _locale.setlocale(_locale.LC_ALL, locale)
        for name, reset in _RESETS.items():
            if library := sys.modules.get(name):
                reset(library)


def _reset_decimal(decimal: ModuleType) -> None:
    decimal.setcontext(decimal.DefaultContext)


def _reset_numpy(numpy: ModuleType) -> None:
    """Set the defaults that numpy documents for what it can be told for all that it computes."""
    numpy.seterrcall(None)
    numpy.setbufsize(8192)
    numpy.seterr(divide="warn", over="warn", under="ignore", invalid="warn")
    numpy.set_printoptions(
        precision=8,
        threshold=1000,
        edgeitems=3,
        linewidth=75,
        suppress=False,
        nanstr="nan",
        infstr="inf",
        formatter=None,
        sign="-",
        floatmode="maxprec",
        legacy=False,
    )


def _reset_pandas(pandas: ModuleType) -> None:
    """Reset every option but those whose reset imports matplotlib."""
    pandas.reset_option(r"^(?!plotting\.matplotlib\.)", silent=True)


def _close_figures(pyplot: ModuleType) -> None:
    pyplot.close("all")


def _reset_matplotlib(matplotlib: ModuleType) -> None:
    matplotlib.rcdefaults()
    matplotlib.use("Agg")


def _reset_openai(openai: ModuleType) -> None:
    """Forget the key and the addresses that a job has set, which are attributes of the module."""
    for name in OPENAI_SETTINGS:
        if hasattr(openai, name):
            setattr(openai, name, None)


# All of them are None unless they are set: https://github.com/openai/openai-python
OPENAI_SETTINGS = (
    *("api_key", "api_type", "api_version", "azure_endpoint", "base_url"),
    *("default_headers", "default_query", "organization", "project"),
)

_RESETS = {
    "decimal": _reset_decimal,
    "numpy": _reset_numpy,
    "pandas": _reset_pandas,
    "matplotlib.pyplot": _close_figures,
    "matplotlib": _reset_matplotlib,
    "openai": _reset_openai,
}
