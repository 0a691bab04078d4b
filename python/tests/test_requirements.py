"""Requirements of a notebook, with a stand-in for micropip."""

from __future__ import annotations

import importlib.metadata
import sys
import unittest
from types import ModuleType, SimpleNamespace
from unittest import mock

from cahier.requirements import install, list_installed


class Micropip(ModuleType):
    """Fails as it is told, and says what it was asked."""

    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__("micropip")
        self.asked: list[str] = []
        self._failure = failure

    async def install(self, requirement: str) -> None:
        self.asked.append(requirement)
        if self._failure:
            raise self._failure

    def list(self) -> dict[str, SimpleNamespace]:
        return {
            "Came_Along": SimpleNamespace(name="Came_Along", source="pypi"),
            "numpy": SimpleNamespace(name="numpy", source="pyodide"),
        }


def install_with(micropip: Micropip, requirement: str) -> tuple[str, bool] | None:
    """Install; the stand-in awaits nothing, so that the first step is the last."""
    with mock.patch.dict(sys.modules, {"micropip": micropip}):
        try:
            install(requirement).send(None)
        except StopIteration as end:
            failure: tuple[str, bool] | None = end.value
            return failure
    message = "install() waits for something"
    raise AssertionError(message)


def try_install(requirement: str, failure: Exception) -> tuple[str, bool] | None:
    """Install with a micropip that fails so."""
    return install_with(Micropip(failure), requirement)


class RequirementsTest(unittest.TestCase):
    def test_one_that_installs_has_no_problem(self) -> None:
        micropip = Micropip()
        self.assertIsNone(install_with(micropip, "six>=1.16"))
        self.assertEqual(micropip.asked, ["six>=1.16"])

    def test_one_without_a_wheel_says_so(self) -> None:
        text = "Can't find a pure Python 3 wheel for 'polars>1'.\nSee: https://example.org/faq"
        self.assertEqual(
            try_install("polars>1", ValueError(text)),
            (
                (
                    "It has no wheel for WebAssembly in a version that fits: it holds compiled "
                    "code, or was never built as a wheel."
                ),
                True,
            ),
        )

    def test_one_that_needs_such_a_one_names_it(self) -> None:
        text = "Can't find a pure Python 3 wheel for 'pypdfium2>=5'.\nSee: https://example.org/faq"
        self.assertEqual(
            try_install("pdfplumber", ValueError(text)),
            (
                (
                    "It needs pypdfium2>=5, which has no wheel for WebAssembly in a version that "
                    "fits: it holds compiled code, or was never built as a wheel."
                ),
                True,
            ),
        )

    def test_one_that_is_nowhere_says_so(self) -> None:
        text = "Can't fetch metadata for 'sixx'. Please make sure you have entered a correct name."
        self.assertEqual(
            try_install("sixx", ValueError(text)),
            ("The Python Package Index has no package sixx. Check how it is spelled.", True),
        )

    def test_one_that_conflicts_names_both_versions(self) -> None:
        text = "Requested 'six==1.15', but six==1.17.0 is already installed"
        self.assertEqual(
            try_install("six==1.15", ValueError(text)),
            (
                (
                    "six 1.17.0 is in Python already, and six==1.15 is asked for. Change the "
                    "requirement, or restart Python if it was loaded before the requirement was "
                    "written."
                ),
                False,
            ),
        )

    def test_one_for_another_system_says_so(self) -> None:
        text = "Wheel platform 'manylinux2014_x86_64' is not compatible with Pyodide's platform"
        self.assertEqual(
            try_install("fast", ValueError(text)),
            ("Its wheel was built for manylinux2014_x86_64, and not for WebAssembly.", True),
        )

    def test_any_other_failure_is_told_as_it_is(self) -> None:
        self.assertEqual(
            try_install("six", OSError("  the line is cut\n")), ("the line is cut", False)
        )
        self.assertEqual(try_install("six", RuntimeError()), ("RuntimeError", False))

    def test_what_was_installed_is_listed_with_what_came_along(self) -> None:
        versions = {"six": "1.17.0", "came-along": "2.0", "numpy": "2.2.5"}

        def version(name: str) -> str:
            if name in versions:
                return versions[name]
            raise importlib.metadata.PackageNotFoundError(name)

        with (
            mock.patch.dict(sys.modules, {"micropip": Micropip()}),
            mock.patch("importlib.metadata.version", version),
        ):
            self.assertEqual(
                list_installed(["Six >= 1", "failed[all]; x == '1'"]),
                [("came-along", "2.0"), ("six", "1.17.0")],
            )


if __name__ == "__main__":
    unittest.main()
