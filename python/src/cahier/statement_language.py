"""What a Statement may say: the modules that it may import, and the names that it may not use.

The lists are those of the Python processor that Statements are written for. They keep the language
small; what they keep out can do no harm, as all Python runs in a worker that is its boundary.
"""

from __future__ import annotations

ALLOWED_MODULES = (
    "string",
    "math",
    "itertools",
    "random",
    "warnings",
    "base64",
    "io",
    "json",
    "xml",
    "ssl",
    "time",
    "datetime",
    "yaml",
    "httpx",
    "pandas",
    "numpy",
    "deepdiff",
    "passlib.hash",
    "jose",
    "jose.backends",
    "jose.constants",
    "jose.utils",
    "openai",
    "matplotlib",
    "matplotlib.pyplot",
)

# Whatever lies below one of these is reached from it by attributes.
_ROOTS = {name.partition(".")[0] for name in ALLOWED_MODULES}

# Builtins that run code, reach files or people, or hand out the names of a scope.
FORBIDDEN_NAMES = frozenset(
    {
        "breakpoint",
        "compile",
        "copyright",
        "credits",
        "eval",
        "exec",
        "exit",
        "globals",
        "help",
        "input",
        "license",
        "locals",
        "open",
        "quit",
        "vars",
    }
)

# What leads from a function, a generator, a coroutine or a traceback to code and to frames, and
# from there to everything. https://docs.python.org/3/library/inspect.html
_INSPECTED = """
    ag_await ag_code ag_frame ag_running ag_suspended
    co_argcount co_cellvars co_code co_consts co_filename co_flags co_freevars co_name co_names
    co_nlocals co_positions co_qualname co_stacksize co_varnames
    cr_await cr_code cr_frame cr_origin cr_running cr_suspended
    f_back f_builtins f_code f_generator f_globals f_lasti f_lineno f_locals f_trace
    gi_code gi_frame gi_running gi_suspended gi_yieldfrom
    tb_frame tb_lasti tb_lineno tb_next
"""

# What runs code out of texts or bytes, or opens files beside Python's own ways to look at data.
_RUNNING = """
    unsafe_load unsafe_load_all full_load full_load_all UnsafeLoader FullLoader Loader
    CLoader CFullLoader CUnsafeLoader UnsafeConstructor FullConstructor Constructor
    read_pickle to_pickle FileIO open_code OpenWrapper import_optional_dependency
    get_handle pickle_compat read_array runstring measure DataSource Scope mro
    Delta pickle_load _RestrictedUnpickler from_json_pickle _import_object
"""

FORBIDDEN_ATTRIBUTES = frozenset(f"{_INSPECTED} {_RUNNING}".split())


def is_allowed_module(name: str) -> bool:
    """Say whether a Statement may import the module of this full name."""
    return name in ALLOWED_MODULES


def is_reachable_module(name: str) -> bool:
    """Say whether a Statement may hold the module: one of the allowed, or what lies below it."""
    return name.partition(".")[0] in _ROOTS


def is_forbidden_attribute(name: str) -> bool:
    """Say whether no Statement may read, write or delete an attribute of this name."""
    return name.startswith("__") or name in FORBIDDEN_ATTRIBUTES


def describe_import_rule(name: str) -> str:
    """Say why a module cannot be imported, and which can."""
    listed = ", ".join(ALLOWED_MODULES)
    return f"A Statement cannot import {name}. It can import: {listed}."


def describe_attribute_rule(name: str) -> str:
    """Say why an attribute cannot be used."""
    if name.startswith("__"):
        return f"A Statement cannot use {name}: names that begin with two underscores are Python's."
    return f"A Statement cannot use the attribute {name}."
