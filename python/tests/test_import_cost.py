"""The page waits for `import cahier`: it loads nothing that is not loaded anyway."""

import subprocess
import sys
import unittest

# Of the standard library, Pyodide itself has loaded these when it has started.
LOADED_AT_START = (
    "__future__, array, ast, asyncio, codecs, collections, contextlib, enum, functools, inspect, "
    "io, itertools, json, linecache, logging, math, operator, os, pathlib, random, re, shutil, "
    "struct, tempfile, traceback, types, typing, warnings, zipfile"
)
SCRIPT = f"""
import sys, {LOADED_AT_START}
before = set(sys.modules)
import cahier
names = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*sorted(names))
"""


class ImportOfTheRuntime(unittest.TestCase):
    @unittest.skipIf(sys.platform == "emscripten", "Pyodide cannot start another Python")
    def test_loads_its_own_modules_and_datetime(self) -> None:
        ended = subprocess.run(  # noqa: S603 - the script is the one above
            [sys.executable, "-c", SCRIPT], capture_output=True, check=True, text=True
        )
        self.assertEqual(ended.stdout, "_datetime cahier datetime onelogic\n")
