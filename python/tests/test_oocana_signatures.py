"""The members of a Context, as the OOCANA Python API lists them."""

from __future__ import annotations

import inspect
import unittest
from typing import get_args, get_type_hints

import oocana
from oocana import Context

PROPERTIES = (
    "block_info",
    "inputs",
    "job_id",
    "job_info",
    "keepAlive",
    "node_id",
    "session_dir",
    "session_id",
)
# Parameters as a caller can give them: by place, then by name alone; with defaults.
METHODS = {
    "done": "(error=None)",
    "error": "(error)",
    "finish": "(*, result=None, error=None)",
    "log_json": "(payload)",
    "output": "(key, value, done=False)",
    "outputs": "(outputs)",
    "preview": "(payload)",
    "report_log": "(line, stdio='stdout')",
    "report_progress": "(progress)",
    "send_error": "(error)",
    "send_message": "(payload)",
    "send_warning": "(warning)",
}
# What the published package has beside those.
MORE_METHODS = {
    "output": "(key, value, *, to_node=None, to_flow=None)",
    "preview": "(payload, id=None)",
    "query_block": "(block)",
    "query_downstream": "(handles=None)",
    "run_block": (
        "(block, *, inputs, additional_inputs_def=None, additional_outputs_def=None, strict=False)"
    ),
}
MORE_PROPERTIES = (
    "host_endpoint",
    "host_info",
    "inputs_def",
    "logger",
    "oomol_llm_env",
    "outputs_def",
    "pkg_data_dir",
    "pkg_dir",
    "tmp_dir",
    "tmp_pkg_dir",
)
PREVIEWS = {
    "TablePreviewData": ["columns", "rows", "row_count"],
    "TablePreviewPayload": ["type", "data"],
    "TextPreviewPayload": ["type", "data"],
    "JSONPreviewPayload": ["type", "data"],
    "ImagePreviewPayload": ["type", "data"],
    "MediaPreviewPayload": ["type", "data"],
    "PandasPreviewPayload": ["type", "data"],
    "DefaultPreviewPayload": ["type", "data"],
}


def own_parameters(method: str) -> dict[str, inspect.Parameter]:
    """Give the parameters of a method of Context, without self."""
    _, *parameters = inspect.signature(getattr(Context, method)).parameters.values()
    return {each.name: each for each in parameters}


def listed_parameters(signature: str) -> dict[str, inspect.Parameter]:
    """Read a signature as it is listed."""
    names: dict[str, object] = {}
    exec(f"def listed{signature}: pass", names)  # noqa: S102 - one from above
    return dict(inspect.signature(names["listed"]).parameters)  # type: ignore[arg-type] # it is a function


class TheContext(unittest.TestCase):
    def test_has_the_properties_and_nobody_can_set_them(self) -> None:
        for name in (*PROPERTIES, *MORE_PROPERTIES):
            with self.subTest(name):
                member = inspect.getattr_static(Context, name)
                assert isinstance(member, property)
                self.assertIsNone(member.fset)

    def test_has_the_methods_with_their_parameters_and_defaults(self) -> None:
        for method, signature in (*METHODS.items(), *MORE_METHODS.items()):
            with self.subTest(method):
                own = own_parameters(method)
                listed = listed_parameters(signature)
                for name, parameter in listed.items():
                    self.assertEqual(
                        (own[name].kind, own[name].default), (parameter.kind, parameter.default)
                    )
                by_place = [
                    name for name, each in listed.items() if each.kind is not each.KEYWORD_ONLY
                ]
                self.assertEqual(list(own)[: len(by_place)], by_place)
                more = [each for name, each in own.items() if name not in listed]
                self.assertNotIn(inspect.Parameter.empty, [each.default for each in more])


class ThePreviews(unittest.TestCase):
    def test_are_types_of_these_fields(self) -> None:
        for name, fields in PREVIEWS.items():
            with self.subTest(name):
                self.assertEqual(list(get_type_hints(getattr(oocana, name))), fields)

    def test_are_one_type_together(self) -> None:
        names = {kind.__name__ for kind in get_args(oocana.PreviewPayload)}
        self.assertEqual(names, (set(PREVIEWS) - {"TablePreviewData"}) | {"DataFrame"})
