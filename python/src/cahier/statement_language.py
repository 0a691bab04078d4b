"""What a Statement may say: the modules that it may import, and the names that it may not use.

The lists are those of the Python processor that Statements are written for. They keep the language
small; what they keep out can do no harm, as all Python runs in a worker that is its boundary.
"""

from __future__ import annotations

from functools import lru_cache

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

# Parts of the allowed that run code, start processes, unpickle, open or import what they are told
# to, or look up attributes by names that they are given.
_RUNNING_PARTS = """
    numpy.compat numpy.ctypeslib numpy.distutils numpy.f2py numpy.lib._datasource numpy.lib.format
    numpy.lib._npyio_impl numpy.lib.npyio numpy.testing._private numpy.core numpy._core
    pandas._libs pandas._testing pandas.compat pandas.core pandas.io.clipboard
    pandas.io.clipboards pandas.io.common pandas.io.formats.style pandas.io.formats.style_render
    pandas.io.pickle pandas.io.pytables pandas.tests pandas.util._test_decorators
    pandas.util._tester pandas.util._decorators xml.dom.domreg
    deepdiff.anyset deepdiff.base deepdiff.colored_view deepdiff.commands deepdiff.deephash
    deepdiff.delta deepdiff.diff deepdiff.distance deepdiff.helper deepdiff.lfucache deepdiff.model
    deepdiff.path deepdiff.search deepdiff.serialization deepdiff.summarize
    passlib.apps passlib.ext passlib.registry passlib.utils
"""

# They lie below one of those, and are what the public numpy.char and numpy.rec are.
_PUBLIC_PARTS = frozenset(
    f"{core}.{part}"
    for core in ("numpy.core", "numpy._core")
    for part in ("defchararray", "records")
)

# Modules of which nothing is to be had: not even what the allowed have imported by name.
_KEPT_FROM_STATEMENTS = """
    os posix nt posixpath ntpath genericpath sys importlib _frozen_importlib
    _frozen_importlib_external _imp imp runpy pkgutil zipimport subprocess _posixsubprocess pty
    ctypes _ctypes cffi _cffi_backend mmap pickle _pickle _compat_pickle copyreg marshal shelve dbm
    inspect types typing typing_extensions typing_inspection annotationlib pydantic
    gc code codeop dis ast opcode traceback linecache operator _operator
    shutil pathlib tempfile glob fileinput zipfile tarfile socket _socket selectors select signal
    multiprocessing concurrent asyncio _asyncio contextvars _contextvars atexit faulthandler pdb bdb
    doctest unittest pytest jinja2 js pyodide pyodide_js _pyodide _pyodide_core webloop
    cahier onelogic oocana
"""

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

_REMEDIES = {
    "open": "Connect a Dataset cell: its rows are INPUT_DATA.",
    "input": "Connect a Dataset cell: its rows are INPUT_DATA.",
    "exit": 'It ends with "return items".',
    "quit": 'It ends with "return items".',
}

# What classes of a Statement call of those that they are derived from.
_CALLED_OF_SUPER = """
    init new post_init init_subclass set_name repr str bytes bool hash len length_hint call
    iter next reversed contains getitem setitem delitem missing
    enter exit aenter aexit aiter anext
    eq ne lt le gt ge add radd iadd sub rsub isub mul rmul imul matmul rmatmul imatmul
    truediv rtruediv itruediv floordiv rfloordiv ifloordiv mod rmod imod divmod rdivmod
    pow rpow ipow lshift rlshift ilshift rshift rrshift irshift and rand iand or ror ior
    xor rxor ixor neg pos abs invert int float complex index round trunc floor ceil
"""

# What they may define beside those. No other: a decorator can put anything in the place of a
# method, and such as __match_args__, __class__ and __array_interface__ have Python and libraries
# read attributes, and even memory, without a look at it. What __reduce__ gives may set any of them.
_DEFINED = """
    del await getattr getattribute setattr delattr dir format sizeof bytes fspath
    get set delete class_getitem mro_entries copy deepcopy
    rmod rdivmod rpow rlshift rrshift rand rxor ror
    array array_ufunc array_function array_finalize array_wrap
"""

# What leads from a function, a generator, a coroutine or a traceback to code and to frames, and
# from there to everything. https://docs.python.org/3/library/inspect.html; functions that Cython
# has compiled have names of their own for it.
_INSPECTED = """
    ag_await ag_code ag_frame ag_running ag_suspended
    co_argcount co_cellvars co_code co_consts co_filename co_flags co_freevars co_name co_names
    co_nlocals co_positions co_qualname co_stacksize co_varnames
    cr_await cr_code cr_frame cr_origin cr_running cr_suspended
    f_back f_builtins f_code f_generator f_globals f_lasti f_lineno f_locals f_trace
    func_closure func_code func_defaults func_dict func_globals
    gi_code gi_frame gi_running gi_suspended gi_yieldfrom
    tb_frame tb_lasti tb_lineno tb_next
"""

# What runs code out of texts or bytes, opens files beside Python's own ways to look at data, or
# imports modules by names that it is given.
_RUNNING = """
    unsafe_load unsafe_load_all full_load full_load_all UnsafeLoader FullLoader Loader
    CLoader CFullLoader CUnsafeLoader UnsafeConstructor FullConstructor Constructor
    read_pickle to_pickle FileIO open_code OpenWrapper import_optional_dependency
    pickle_compat runstring rundocs DataSource mro
    yaml_loader NpzFile from_custom_template
    pickle_load _RestrictedUnpickler from_json_pickle _import_object
    register_dataframe_accessor register_series_accessor register_index_accessor
    model_rebuild update_forward_refs
    default_parser_list make_parser _create_parser add_newdoc add_docstring lookfor
    _makenamedict PlotAccessor GroupByPlot
    _load_backend _get_plot_backend register_plotting_backend_cb _set_option load_backend_module
    rc_file rc_params rc_params_from_file _rc_params_in_file RcParams validate_cycler
    decorate_methods open_file_cm to_filehandle _convert_ yaml_representers yaml_multi_representers
    read_style_directory update_user_library register_backend _Settings__params
"""

# As much, by names that columns and classes of a Statement may have, too.
_RUNNING_IN_LIBRARIES = frozenset(
    str.split("Delta Scope deprecated get_handle measure parse_file parse_raw read_array")
)

FORBIDDEN_ATTRIBUTES = frozenset(f"{_INSPECTED} {_RUNNING}".split())
_UNREACHABLE = frozenset(str.split(_RUNNING_PARTS))
_FOREIGN = frozenset(str.split(_KEPT_FROM_STATEMENTS))
_HARMLESS_SPECIAL_METHODS = frozenset(f"__{name}__" for name in str.split(_CALLED_OF_SUPER))
_DEFINED_METHODS = _HARMLESS_SPECIAL_METHODS | {f"__{name}__" for name in str.split(_DEFINED)}


def is_allowed_module(name: str) -> bool:
    """Say whether a Statement may import the module of this full name."""
    return name in ALLOWED_MODULES


@lru_cache(maxsize=10_000)
def is_reachable_module(name: str) -> bool:
    """Say whether a Statement may hold the module: one of the allowed, or what lies below it."""
    parts = name.split(".")
    prefixes = {".".join(parts[:count]) for count in range(1, len(parts) + 1)}
    return name in _PUBLIC_PARTS or (parts[0] in _ROOTS and not prefixes & _UNREACHABLE)


@lru_cache(maxsize=10_000)
def is_foreign_module(name: str) -> bool:
    """Say whether what is defined in the module is kept from Statements, wherever they find it."""
    return name.partition(".")[0] in _FOREIGN


def is_forbidden_attribute(name: str) -> bool:
    """Say whether no Statement may read, write or delete an attribute of this name."""
    return name.startswith("__") or name in FORBIDDEN_ATTRIBUTES


def is_kept_by_libraries(name: str) -> bool:
    """Say whether Statements may have attributes of this name, but none of those of libraries."""
    return name.startswith("_") or name in _RUNNING_IN_LIBRARIES


def describe_import_rule(name: str) -> str:
    """Say why a module cannot be imported, and which can."""
    listed = ", ".join(ALLOWED_MODULES)
    return f"A Statement cannot import {name}. It can import: {listed}."


def is_harmless_special_method(name: str) -> bool:
    """Say whether `super()` may give the special method of this name."""
    return name in _HARMLESS_SPECIAL_METHODS


def is_definable_method(name: str) -> bool:
    """Say whether a class of a Statement may define the special method of this name."""
    return name in _DEFINED_METHODS


def describe_name_rule(name: str) -> str:
    """Say that a builtin cannot be used, and what can where there is something."""
    remedy = _REMEDIES.get(name)
    return f"A Statement cannot use {name}." + (f" {remedy}" if remedy else "")


def describe_attribute_rule(name: str) -> str:
    """Say why an attribute cannot be used."""
    if name.startswith("__"):
        reason = "names that begin with two underscores are Python's."
        return f"A Statement cannot use {name}: {reason}{_hint_for(name)}"
    return f"A Statement cannot use the attribute {name}."


def _hint_for(name: str) -> str:
    if name == "__name__":
        return " The name of an error is in repr(error)."
    own = name.lstrip("_")
    return f" Call it _{own}." if own and not name.endswith("__") else ""
