"""What a Scriptlet gets: its inputs, and what its Context knows."""

from __future__ import annotations

import unittest
from typing import TYPE_CHECKING

from recording_host import request, run_request
from scriptlets import (
    FOLDER,
    SECRET,
    VARIABLE,
    failure_of,
    handle,
    json_of,
    log_entries,
    printed,
    run_main,
)

from cahier import variables

if TYPE_CHECKING:
    from cahier._wire import InputPayload


class Inputs(unittest.TestCase):
    def printed(self, payload: InputPayload, expression: str = "params['x']") -> str:
        events = run_main(f"print(repr({expression}))", inputs=[handle("x")], values=[payload])
        return printed(events).rstrip("\n")

    def test_are_of_every_kind(self) -> None:
        self.assertEqual(
            self.printed({"handle": "x", "kind": "json", "text": "[NaN, -Infinity, 1e3]"}),
            "[nan, -inf, 1000.0]",
        )
        self.assertEqual(self.printed({"handle": "x", "kind": "secret", "text": ""}), "''")
        self.assertEqual(
            self.printed({"handle": "x", "kind": "binary", "data": memoryview(b"ab")}), "b'ab'"
        )
        self.assertEqual(
            self.printed({"handle": "x", "kind": "rows", "text": '[{"a": 1}]'}), "[{'a': 1}]"
        )

    def test_hold_integers_of_any_size(self) -> None:
        giant: InputPayload = {"handle": "x", "kind": "json", "text": "1" + "0" * 5_000}
        self.assertEqual(self.printed(giant, "params['x'] == 10**5000"), "True")

    def test_without_a_value_are_none(self) -> None:
        events = run_main("print(params, context.inputs is params)", inputs=[handle("x")])
        self.assertEqual(printed(events), "{'x': None} True\n")

    def test_that_are_tables_are_frames(self) -> None:
        outcome = run_request(
            request(
                "import pandas as pd\n"
                "od_output.add_data('a', pd.DataFrame({'n': [1, 2], 't': ['a', None]}))"
            )
        )[-1]
        assert outcome["type"] == "job-finished"
        assert outcome["outcome"]["status"] == "done"
        value = outcome["outcome"]["outputs"][0]["value"]
        assert value["kind"] == "dataset"
        payload: InputPayload = {"handle": "x", "kind": "dataset", "dataset": value["dataset"]}
        self.assertEqual(
            self.printed(payload, "params['x'].to_dict('records')"),
            "[{'n': 1, 't': 'a'}, {'n': 2, 't': None}]",
        )

    def test_that_are_variables_are_the_object_itself(self) -> None:
        kept = object()
        variables.keep_variables({"other/y": kept})
        self.addCleanup(lambda: variables.drop_other_variables([]))
        payload: InputPayload = {"handle": "x", "kind": "variable", "key": "other/y", "data": None}
        self.assertEqual(self.printed(payload, "id(params['x'])"), str(id(kept)))

    def test_that_are_gone_name_the_input_the_cell_and_the_remedy(self) -> None:
        for data, reason in (
            (None, "lived in Python's memory, and is gone with it. "),
            (
                b"cno_such_module\nThing\n.",
                (
                    "cannot be read from its pickle: ModuleNotFoundError: "
                    "No module named 'no_such_module'. "
                ),
            ),
        ):
            events = run_main(
                "pass",
                inputs=[handle("x", VARIABLE)],
                values=[{"handle": "x", "kind": "variable", "key": "gone/y", "data": data}],
            )
            error = failure_of(events)
            self.assertEqual(
                (error["kind"], error["message"]),
                (
                    "rule",
                    (
                        f'The input "x" of the cell "Sales" {reason}'
                        "Run the cell that puts it out again."
                    ),
                ),
            )

    def test_that_are_no_json_name_the_input(self) -> None:
        events = run_main(
            "pass", inputs=[handle("x")], values=[{"handle": "x", "kind": "json", "text": "{"}]
        )
        error = failure_of(events)
        self.assertEqual(
            (error["kind"], error["message"]),
            (
                "rule",
                (
                    'The input "x" of the cell "Sales" cannot be read: Expecting property name '
                    "enclosed in double quotes: line 1 column 2 (char 1)"
                ),
            ),
        )


class TheContext(unittest.TestCase):
    def test_knows_its_place(self) -> None:
        events = run_main(
            "return {'output': [context.session_id, context.job_id, context.node_id, "
            "context.job_info, context.block_info, context.host_endpoint, context.host_info]}"
        )
        self.assertEqual(
            json_of(events),
            '["session-1", "job-1", "cell-Sales", {"session_id": "session-1", "job_id": "job-1"}, '
            '{"session_id": "session-1", "job_id": "job-1", "stacks": [{"flow": "notebook", '
            '"node_id": "cell-Sales"}], "block_path": null}, null, '
            '{"gpu_vendor": "unknown", "gpu_renderer": "unknown"}]',
        )

    def test_knows_its_folders(self) -> None:
        events = run_main(
            "import os\n"
            "assert os.path.isdir(context.tmp_pkg_dir)\n"
            "assert context.pkg_dir == context.pkg_data_dir\n"
            "return {'output': [context.session_dir, context.tmp_dir, context.pkg_dir]}"
        )
        folders = ", ".join(f'"{FOLDER}/{name}"' for name in ("session", "temporary", "package"))
        self.assertEqual(json_of(events), f"[{folders}]")

    def test_knows_its_handles_which_cannot_be_changed(self) -> None:
        events = run_main(
            "from oocana import InputHandleDef, OutputHandleDef\n"
            "given = InputHandleDef(**context.inputs_def['x'])\n"
            "put = OutputHandleDef(**context.outputs_def['output'])\n"
            "assert given.is_secret_handle() and given.value == 'a' and given.has_value()\n"
            "assert put.is_var_handle() and put['handle'] == 'output' and 'kind' in put\n"
            "try: context.inputs_def['y'] = 1\n"
            "except TypeError: print(context.inputs_def['x'])",
            inputs=[handle("x", SECRET, description="about x", nullable=True, default='"a"')],
            outputs=[handle("output", VARIABLE)],
        )
        self.assertEqual(
            printed(events),
            "{'handle': 'x', 'description': 'about x', 'json_schema': {'type': 'string', "
            "'contentMediaType': 'oomol/secret'}, 'kind': None, 'nullable': True, "
            "'is_additional': False, 'value': 'a'}\n",
        )

    def test_comes_with_the_names_that_scripts_import(self) -> None:
        events = run_main(
            "from oocana import (BlockDict, BlockExecuteException, BlockInfo, BlockJob, Context,\n"
            "    Downstream, FlowDownstream, HandleDef, HandleDefDict, InputHandleDef, JobDict,\n"
            "    NodeDownstream, OutputHandleDef, PreviewPayload, QueryBlockResponse, StoreKey,\n"
            "    TablePreviewPayload, ToFlow, ToNode)\n"
            "from oocana import CredentialInput, LLMModelOptions, Mainframe, StopAtOption, data\n"
            "from oocana.context import HandleDefDict, QueryBlockResponse\n"
            "from oocana.handle_data import HandleDef\n"
            "from oocana.preview import TextPreviewPayload\n"
            "import oocana\n"
            "for name in oocana.__all__: getattr(oocana, name)\n"
            "for name in oocana.context.__all__: getattr(oocana.context, name)\n"
            "print(isinstance(context, Context))"
        )
        self.assertEqual(printed(events), "True\n")

    def test_has_what_of_the_engine_is_not_here_empty(self) -> None:
        events = run_main(
            "import asyncio\n"
            "from oocana import CredentialInput, setup_dataframe_serialization\n"
            "import os\n"
            "print(context.oomol_llm_env)\n"
            "os.environ['OOMOL_LLM_API_KEY'] = 'key'\n"
            "print(context.oomol_llm_env['api_key'])\n"
            "async def ask():\n"
            "    print(repr(await context.oomol_token()))\n"
            "    await context.internal.update_node_weight('a', 2)\n"
            "    calls = (context.query_auth(CredentialInput('oauth', 'mail')),\n"
            "        context.internal.update_node_weight('a', -1))\n"
            "    for call in calls:\n"
            "        try: await call\n"
            "        except ValueError as error: print(error)\n"
            "setup_dataframe_serialization(context, {'method': 'gzip'})\n"
            "try: setup_dataframe_serialization(context, {'method': 'rar'})\n"
            "except ValueError as error: print(error)\n"
            "return ask()"
        )
        self.assertEqual(
            printed(events),
            "{'base_url': '', 'base_url_v1': '', 'api_key': '', 'models': ['']}\n"
            "key\n"
            "Unsupported compression method: rar. Supported are: zip, gzip, bz2, zstd, xz, tar.\n"
            "''\n"
            'There is no credential "mail" of the type "oauth" here. Give the cell an input with '
            'the content media type "oomol/secret" instead.\n'
            "Weight must be a non-negative finite number; node a has -1.\n",
        )
        self.assertEqual(
            [text for stream, text in log_entries(events) if stream == "warning"],
            [
                f"OOMOL_LLM_ENV variable {key} is (), "
                "this may cause some features not working properly.\n"
                for key in ("base_url", "base_url_v1", "api_key")
            ],
        )
