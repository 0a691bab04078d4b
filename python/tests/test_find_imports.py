"""Which packages are loaded before a source runs."""

import unittest

from cahier import find_imports


class FindImports(unittest.TestCase):
    def test_gives_top_level_names_sorted_and_once(self) -> None:
        self.assertEqual(
            find_imports(
                "import zlib, os.path as path\n"
                "from os import sep\n"
                "from collections.abc import Iterator\n"
            ),
            ["collections", "os", "zlib"],
        )

    def test_looks_everywhere_in_the_source(self) -> None:
        self.assertEqual(
            find_imports("def f():\n    if 1:\n        import json\nclass C:\n    import re"),
            ["json", "re"],
        )

    def test_leaves_relative_imports_out(self) -> None:
        self.assertEqual(find_imports("from . import a\nfrom .b import c"), [])

    def test_adds_matplotlib_where_pandas_draws(self) -> None:
        for use in ("frame.plot()", "frame.plot.bar()", "frame.hist()", "s.boxplot()"):
            self.assertEqual(
                find_imports(f"import pandas as pd\n{use}"), ["matplotlib", "pandas"], use
            )
        self.assertEqual(find_imports("import pandas\nplot = 1"), ["pandas"])
        self.assertEqual(find_imports("x.plot()"), [])

    def test_adds_what_passlib_computes_the_hashes_by_that_are_named(self) -> None:
        for source, modules in (
            ("from passlib.hash import bcrypt", ["bcrypt", "passlib"]),
            ("import passlib.hash\npasslib.hash.argon2.hash('a')", ["argon2", "passlib"]),
            ("from passlib.hash import sha256_crypt", ["passlib"]),
            ("x.bcrypt", []),
        ):
            self.assertEqual(find_imports(source), modules, source)

    def test_finds_none_in_what_does_not_parse(self) -> None:
        for source in ("import os\n1 +", "import os\0", "import os\n'\ud800'", "(" * 500):
            self.assertEqual(find_imports(source), [])

    def test_prints_no_warnings_of_the_parser(self) -> None:
        with self.assertNoLogs(), self.subTest("invalid escape"):
            self.assertEqual(find_imports("import os\n'\\d'"), ["os"])
