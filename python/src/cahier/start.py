"""What is done to Python between its start and the first job, and before a snapshot is taken."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import random
import sys
import tempfile
import time

# What scripts commonly import and what the runtime imports while it runs a job: after a restore it
# is there without having been read.
_USUAL_MODULES = [
    "_strptime",
    "asyncio",
    "base64",
    "cahier._host",
    "cahier.data_generator",
    "cahier.imports",
    "cahier.leftover_tasks",
    "cahier.library_imports",
    "cahier.model_pickles",
    "cahier.preview_content",
    "cahier.run_job",
    "cahier.scriptlet",
    "cahier.stored_model",
    "calendar",
    "collections",
    "contextlib",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "email",
    "enum",
    "fractions",
    "functools",
    "getpass",
    "gzip",
    "hashlib",
    "hmac",
    "importlib.metadata",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "onelogic.odpf",
    "onelogic.odpf.common",
    "oocana",
    "operator",
    "pathlib",
    "pickle",
    "pkgutil",
    "platform",
    "pprint",
    "random",
    "re",
    "secrets",
    "statistics",
    "string",
    "tarfile",
    "tempfile",
    "textwrap",
    "time",
    "traceback",
    "typing",
    "urllib.parse",
    "uuid",
    "zoneinfo",
]

# What is imported with a package beside its top-level modules: what those leave for later, and what
# the runtime needs for it.
_DEEPER_MODULES = {
    "matplotlib": ["matplotlib.pyplot", "matplotlib.backends.backend_agg"],
    "pandas": ["cahier.frame_columns", "cahier.frame_reading"],
}


def look_again() -> None:
    """Have Python notice files that were added to the folders it imports from."""
    importlib.invalidate_caches()


def warm_up(modules: list[str]) -> None:
    """Import the modules and the usual ones, for a snapshot; what cannot be had is left out."""
    deeper = [name for module in modules for name in _DEEPER_MODULES.get(module, [])]
    for name in [*_USUAL_MODULES, *modules, *deeper]:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    gc.collect()


def wake_up() -> None:
    """Make good what a snapshot froze: random numbers, the time zone, names of files."""
    random.seed()
    if numbers := sys.modules.get("numpy.random"):
        numbers.seed()
    # Made anew, with a generator of its own, when a name is asked for.
    vars(tempfile)["_name_sequence"] = None
    # Pyodide puts the current folder first at every start, and so once more.
    sys.path[:] = dict.fromkeys(sys.path)
    # Python reads the time zone when the module is loaded, and has no tzset() here.
    specification = importlib.util.find_spec("time")
    if specification is not None and specification.loader is not None:
        fresh = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(fresh)
        for name in ("timezone", "altzone", "daylight", "tzname"):
            vars(time)[name] = vars(fresh)[name]
