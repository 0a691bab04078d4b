"""What `plt.show()`, `fig.show()` of plotly and `chart.show()` of Altair do: they show previews.

Each library gets a function of ours in the place of its own, when it is imported and again at the
start of each job. None of them is loaded for that.
"""

from __future__ import annotations

import sys
import weakref
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from cahier.chart_types import teach_altair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from cahier.previews import Previews

# Those of the job that runs, if any: libraries keep the functions that they got.
_previews: list[Previews] = []
# Figures that are in the Image List if the job is done.
_listed: weakref.WeakSet[object] = weakref.WeakSet()


@contextmanager
def showing_in(previews: Previews) -> Iterator[None]:
    """Let libraries show their figures as previews."""
    _previews.append(previews)
    for name, hook in _HOOKS.items():
        if (module := sys.modules.get(name)) is not None and _is_whole(module):
            hook(module)
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)
        _previews.remove(previews)


def note_listed(figure: Any) -> None:  # noqa: ANN401 - of a module that may not be there
    """Note that the Image List gets a figure as it is: it is no leftover until it is changed."""
    figure.stale = False
    _listed.add(figure)


def show_leftover_figures(*, has_failed: bool = False) -> None:
    """Show the figures that a script has left open, as far as they were not shown as they are.

    A job that has failed has no Image List: what would be there is shown.
    """
    # It may have left a Python behind in which nothing works.
    with suppress(Exception):
        show_open_figures(lambda figure: figure.stale or (has_failed and figure in _listed))


def show_open_figures(is_wanted: Callable[[Any], bool] = lambda _figure: True) -> None:
    """Show the figures of pyplot that are open and wanted, in order, and close all of them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None or not _previews:
        return
    for number in pyplot.get_fignums():
        figure = pyplot.figure(number)
        try:
            if is_wanted(figure):
                _previews[-1].show_figure(figure)
        finally:
            pyplot.close(figure)


class _Finder:
    """Finds the modules of the hooks as all others do, and has their hooks called when loaded."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        hook = _HOOKS.get(name)
        if hook is None:
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                _hook_loader(spec, hook)
                return spec
        return None


def _hook_loader(spec: ModuleSpec, hook: Callable[[ModuleType], None]) -> None:
    loader: Any = spec.loader
    if not hasattr(loader, "exec_module"):
        return
    execute: Callable[[ModuleType], None] = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        execute(module)
        hook(module)

    # The loader stays the one that it is, with all that it can do beside.
    vars(loader)["exec_module"] = exec_module


def _is_whole(module: ModuleType) -> bool:
    spec = getattr(module, "__spec__", None)
    return not getattr(spec, "_initializing", False)


def _hook_pyplot(pyplot: ModuleType) -> None:
    def show(*_arguments: object, **_options: object) -> None:
        """Show every open figure as a preview, and close it."""
        show_open_figures()

    # Statements use what pyplot has, and nothing of this package.
    show.__module__ = pyplot.__name__
    vars(pyplot)["show"] = show


def _hook_figure(module: ModuleType) -> None:
    def show(self: object, *_arguments: object, **_options: object) -> None:
        """Show this figure as a preview."""
        if _previews:
            _previews[-1].show_figure(self)

    module.Figure.show = show


def _hook_plotly(module: ModuleType) -> None:
    def show(
        fig: Any,  # noqa: ANN401 - a Figure or a dict
        renderer: object = None,  # noqa: ARG001 - there is one here
        validate: bool = True,  # noqa: FBT001, FBT002 - as in plotly.io
        **_options: object,
    ) -> None:
        """Show a figure as a preview."""
        if isinstance(fig, dict) and validate:
            from plotly.graph_objects import Figure  # noqa: PLC0415 - loaded when it is needed

            fig = Figure(fig)
        if _previews:
            _previews[-1].add({"type": "plotly", "data": fig})

    vars(module)["show"] = show


def _hook_altair(altair: ModuleType) -> None:
    def show(self: object, *_arguments: object, **_options: object) -> None:
        """Show this chart as a preview."""
        if _previews:
            _previews[-1].add(self)

    for kind in altair.Chart.__mro__:
        if kind.__name__ == "TopLevelMixin":
            kind.show = kind.display = show
    teach_altair(altair)


_HOOKS: dict[str, Callable[[ModuleType], None]] = {
    "matplotlib.pyplot": _hook_pyplot,
    "matplotlib.figure": _hook_figure,
    "plotly.io": _hook_plotly,
    "altair": _hook_altair,
}
