"""Tells in the outcome of a job that is done what of its notebook it has imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.notebook_files import imported_modules, modules_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import DoneOutcome, JobRequest


def tell_imports(
    done: DoneOutcome, request: JobRequest, sources: list[str], hide: Callable[[str], str] = str
) -> None:
    """Add the files and the packages of the notebook that the sources of the job import.

    Secrets are hidden in the names of modules that it looked for in vain.
    """
    if "directories" not in request:
        return
    folder = request["directories"]["package"]
    imported = imported_modules(sources, folder)
    done["modules"] = imported.files
    if imported.absent:
        done["absentModules"] = [hide(path) for path in imported.absent]
    if "ownPackages" in request:
        # Few notebooks bring packages along: the others do not wait for this.
        from cahier.used_packages import used_packages  # noqa: PLC0415

        elsewhere = modules_elsewhere(imported, folder)
        done["usedPackages"] = used_packages(request["ownPackages"], elsewhere)
