"""What is done to libraries for the time of a job that is a Statement, and undone after it.

Their registries, which are there to be changed, are as they were when the next job begins.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cahier.statement_deepdiff import deepdiff_methods

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Of which modules what is a dict, list or set in which things are registered.
_REGISTRIES = {
    "jose.constants": ("ALGORITHMS.KEYS", "ALGORITHMS.SUPPORTED"),
    "matplotlib": ("colormaps._cmaps",),
    "matplotlib.colors": ("_colors_full_map",),
    "matplotlib.projections": ("projection_registry._all_projection_types",),
    "matplotlib.scale": ("_scale_mapping",),
    "matplotlib.units": ("registry",),
    "pandas.core.dtypes.base": ("_registry.dtypes",),
    "pandas.io.excel._util": ("_writers",),
    "xml.dom.domreg": ("registered",),
    "xml.etree.ElementTree": ("_namespace_map",),
}
# PyYAML keeps its registries in attributes of its classes.
_YAML_REGISTRIES = (
    *("yaml_constructors", "yaml_multi_constructors", "yaml_representers"),
    *("yaml_multi_representers", "yaml_implicit_resolvers", "yaml_path_resolvers"),
)


class _Job:
    """What there is to undo, for which names all is done, and of which modules much is kept."""

    def __init__(self) -> None:
        self.undoing = ExitStack()
        self.prepared: set[str] = set()
        self.kept: set[str] = set()


_jobs: list[_Job] = []


@contextmanager
def prepared_libraries() -> Iterator[None]:
    """Undo at the end what `prepare_library` did within."""
    job = _Job()
    _jobs.append(job)
    try:
        with job.undoing:
            yield
    finally:
        _jobs.remove(job)


def prepare_library(name: str) -> None:
    """Make ready what a Statement has imported by this name."""
    if not _jobs or name in (job := _jobs[-1]).prepared:
        return
    job.prepared.add(name)
    for module_name in _REGISTRIES.keys() - job.kept:
        is_near = module_name.partition(".")[0] == name.partition(".")[0]
        if is_near and (module := sys.modules.get(module_name)):
            job.kept.add(module_name)
            for path in _REGISTRIES[module_name]:
                _keep_registry(module, path, job.undoing)
    if name == "yaml":
        _keep_yaml_registries(job.undoing)
    if name == "deepdiff":
        for kind, method_name, method in [*deepdiff_methods(sys.modules[name])]:
            job.undoing.callback(setattr, kind, method_name, vars(kind)[method_name])
            setattr(kind, method_name, method)


def is_registry(kind: type, name: str) -> bool:
    """Say whether an attribute of a class of a library is there to be changed."""
    return name in _YAML_REGISTRIES and kind.__module__.partition(".")[0] == "yaml"


def _keep_registry(module: object, path: str, undoing: ExitStack) -> None:
    try:
        found = attrgetter(path)(module)
    except AttributeError:
        # Another version of the library keeps it elsewhere.
        return
    undoing.callback(_refill, found, [*found.items()] if isinstance(found, dict) else [*found])


def _refill(found: Any, content: Iterable[Any]) -> None:  # noqa: ANN401 - any of the containers
    found.clear()
    (found.extend if isinstance(found, list) else found.update)(content)


def _yaml_classes() -> set[type]:
    return {
        each
        for name, module in [*sys.modules.items()]
        if name.partition(".")[0] == "yaml"
        for each in vars(module).values()
        if isinstance(each, type) and each.__module__.partition(".")[0] == "yaml"
    }


def _keep_yaml_registries(undoing: ExitStack) -> None:
    for kind in _yaml_classes():
        registries = {name: vars(kind)[name] for name in _YAML_REGISTRIES if name in vars(kind)}
        # Those of resolvers have lists in them.
        contents = {
            name: {key: [*each] if isinstance(each, list) else each for key, each in found.items()}
            for name, found in registries.items()
        }
        undoing.callback(_put_back, kind, registries, contents)


def _put_back(
    kind: type, registries: dict[str, dict[Any, Any]], contents: dict[str, dict[Any, Any]]
) -> None:
    for name in _YAML_REGISTRIES:
        if name in registries:
            _refill(registries[name], contents[name].items())
            setattr(kind, name, registries[name])
        elif name in vars(kind):
            delattr(kind, name)
