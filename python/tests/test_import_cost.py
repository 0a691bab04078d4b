"""The page waits for `import cahier`: it loads nothing that is not loaded anyway."""

import subprocess
import sys
import unittest

# Of the standard library, Pyodide itself has loaded these when it has started.
LOADED_AT_START = (
    "__future__, array, ast, asyncio, codecs, collections, contextlib, enum, functools, gc, "
    "inspect, io, itertools, json, linecache, logging, math, operator, os, pathlib, random, re, "
    "shutil, struct, tempfile, traceback, types, typing, warnings, zipfile"
)
SCRIPT = f"""
import sys, {LOADED_AT_START}
before = set(sys.modules)
import cahier
names = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*sorted(names))
"""


ROWS_SCRIPT = """
import sys
from cahier.datasets import dataset_payload
from onelogic.odpf.common import ODDataset
dataset_payload(ODDataset([[1, "a", None, 2.5, True]], list("abcde")), bytes)
print(sorted(sys.modules.keys() & {"numpy", "pandas", "matplotlib"}))
"""


class ImportOfTheRuntime(unittest.TestCase):
    @unittest.skipIf(sys.platform == "emscripten", "Pyodide cannot start another Python")
    def test_loads_its_own_modules_a_hash_and_datetime(self) -> None:
        self.assertEqual(printed_by(SCRIPT), "_blake2 _datetime cahier datetime onelogic\n")

    @unittest.skipIf(sys.platform == "emscripten", "Pyodide cannot start another Python")
    def test_is_all_that_rows_need(self) -> None:
        self.assertEqual(printed_by(ROWS_SCRIPT), "[]\n")


def printed_by(script: str) -> str:
    """Run a script in a Python of its own."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603
