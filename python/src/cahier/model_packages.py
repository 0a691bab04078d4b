"""Which installed packages the pickle of a model needs, and in which versions they are here."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from typing import TYPE_CHECKING

from cahier.requirements import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cahier._wire import LoadedModelPayload, PackagePayload

_OWN = frozenset({"__main__", "cahier", "oocana", "onelogic"})


def packages_behind(modules: Iterable[str]) -> list[PackagePayload]:
    """Give the installed packages that these modules are of, sorted by their names.

    What those packages need themselves is not among them: whoever brings them brings that as well.
    """
    outermost = {name.partition(".")[0] for name in modules}
    found: dict[str, PackagePayload] = {}
    for module in outermost - sys.stdlib_module_names - _OWN:
        for name in _names_of(module):
            version = installed_version(name)
            if version is not None:
                found[normalised(name)] = {"name": normalised(name), "version": version}
    return [found[name] for name in sorted(found)]


def installed_version(name: str) -> str | None:
    """Give the version of an installed package; None where there is none of the name."""
    try:
        return importlib.metadata.version(name)
    except Exception:  # noqa: BLE001 - it is not there, or what it says of itself is broken
        return None


def changed_packages(model: LoadedModelPayload) -> list[str]:
    """Tell what is of another version than when a model was saved, as "numpy 1.26.4, now 2.2.5"."""
    changes: list[str] = []
    python, before = platform.python_version(), model["pythonVersion"]
    if _minor(python) != _minor(before):
        changes.append(f"Python {before}, now {python}")
    for package in model["packages"]:
        version = installed_version(package["name"])
        if version != package["version"]:
            now = "not here now" if version is None else f"now {version}"
            changes.append(f"{package['name']} {package['version']}, {now}")
    return changes


def _names_of(module: str) -> Iterable[str]:
    if installed_version(module) is not None:
        return [module]
    # It has another name than its package, such as sklearn. All that is installed is looked
    # through, which few models need.
    return importlib.metadata.packages_distributions().get(module, [])


def _minor(version: str) -> list[str]:
    return version.split(".")[:2]
