"""Installs what a notebook asks the Python Package Index for."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_WHEEL = re.compile(r"Can't find a pure Python 3 wheel for:? '([^']+)'")
_NO_PACKAGE = re.compile(r"Can't fetch metadata for '([^']+)'")
_CONFLICT = re.compile(r"Requested '([^']+)', but (\S+)==(\S+) is already installed")
_OTHER_PLATFORM = re.compile(r"Wheel platform '([^']+)' is not compatible")

# Asked again, the index would say the same.
_LASTING = (_NO_WHEEL, _NO_PACKAGE, _OTHER_PLATFORM)


async def install(requirement: str) -> tuple[str, bool] | None:
    """Install a requirement with all that it needs.

    Returns:
        Why it could not be installed, as a sentence, and whether that lasts: the index has no
        such package or version, or no wheel of it that runs here. Nothing when it was
        installed, or was there already.
    """
    # It is loaded when a notebook has requirements, and not before.
    micropip: Any = importlib.import_module("micropip")
    try:
        await micropip.install(requirement)
    except Exception as error:  # noqa: BLE001 - whatever it is, the reader is told
        is_lasting = any(pattern.search(str(error)) for pattern in _LASTING)
        return describe_failure(requirement, error), is_lasting
    return None


def list_installed(requirements: Iterable[str]) -> list[tuple[str, str]]:
    """Give name and version of the required packages and of what came along with them, sorted."""
    micropip: Any = importlib.import_module("micropip")
    came_along = [
        package.name for package in micropip.list().values() if package.source != "pyodide"
    ]
    names = {normalised(name) for name in [*map(name_of, requirements), *came_along]}
    return [(name, version) for name in sorted(names) if (version := _version_of(name))]


def describe_failure(requirement: str, error: BaseException) -> str:
    """Say what went wrong with a requirement, from what micropip says."""
    text = str(error)
    if found := _NO_WHEEL.search(text):
        needed = found[1]
        which = "It" if _same(needed, requirement) else f"It needs {needed}, which"
        return (
            f"{which} has no wheel for WebAssembly in a version that fits: it holds compiled code, "
            "or was never built as a wheel."
        )
    if found := _NO_PACKAGE.search(text):
        return f"The Python Package Index has no package {found[1]}. Check how it is spelled."
    if found := _CONFLICT.search(text):
        wanted, name, version = found.groups()
        return (
            f"{name} {version} is in Python already, and {wanted} is asked for. Change the "
            "requirement, or restart Python if it was loaded before the requirement was written."
        )
    if found := _OTHER_PLATFORM.search(text):
        return f"Its wheel was built for {found[1]}, and not for WebAssembly."
    return text.strip() or type(error).__name__


def name_of(requirement: str) -> str:
    """Give the name that a requirement begins with, as it is written there."""
    return re.split(r"[\s\[;=<>!~]", requirement, maxsplit=1)[0]


def _same(one: str, other: str) -> bool:
    return normalised(name_of(one)) == normalised(name_of(other))


def normalised(name: str) -> str:
    """Give a name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _version_of(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
