"""What `context.preview` shows, and what it says of what it cannot show.

Longer than most files: one short test for each kind of preview and of bad data.
"""

from __future__ import annotations

import json
import unittest
from functools import partial
from typing import Any

from decoding import columns_of
from preview_cases import PreviewTest, content, preview, shown
from recording_host import previews_of
from scriptlets import FOLDER, failure_of, log_entries, printed, run_main, session_record

from cahier.replacements import Replacements


class APreview(unittest.TestCase):
    def test_is_an_event_of_its_own_and_in_the_record(self) -> None:
        events = run_main("context.preview({'type': 'text', 'data': 'a'}, id='x')")
        self.assertEqual(
            previews_of(events),
            [
                {
                    "id": "x",
                    "time": 1_700_000_000_000.0,
                    "content": {"type": "text", "language": None, "text": "a"},
                }
            ],
        )
        self.assertEqual(
            session_record(events)[0],
            {"type": "BlockPreview", "payload": {"type": "text", "data": "a", "id": "x"}},
        )

    def test_is_told_of_in_the_record_by_its_data_or_a_description_of_that(self) -> None:
        for data, told in (
            ("'x' * 1_000", "x" * 1_000),
            ("'x' * 1_001", {"characters": 1_001}),
            ("' DATA:,a'", {"characters": 8}),
            ("__import__('pathlib').Path('/nowhere')", "/nowhere"),
            ("b'ab'", {"bytes": 2}),
            ("[1.5, None, True, [2], {}, 'a']", [1.5, None, True, "<list>", "<dict>", "a"]),
            ("[0] * 11", "<list>"),
            ("{'a': 1}", "<dict>"),
            ("context", "<oocana.Context>"),
        ):
            with self.subTest(data):
                events = preview(f"{{'type': 'text', 'data': {data}}}")
                payload = {"type": "text", "data": told, "id": None}
                self.assertEqual(session_record(events)[0]["payload"], payload)

    def test_of_an_object_that_cannot_be_looked_at_is_told_of_by_its_type(self) -> None:
        bad = "type('Bad', (list,), {'__len__': lambda self: 1 / 0})()"
        events = preview(f"{{'type': 'text', 'data': {bad}}}")
        self.assertEqual(session_record(events)[-2]["payload"]["data"], "<Bad>")

    def test_comes_after_what_was_printed_before_it(self) -> None:
        events = run_main("print('a' * 30)\ncontext.preview({'type': 'text', 'data': 'a'})")
        kinds = [event["type"] for event in events]
        self.assertEqual(kinds.index("preview-added"), len(kinds) - 3)

    def test_takes_its_id_from_the_payload_too(self) -> None:
        (shown,) = previews_of(preview("{'type': 'text', 'data': 'a', 'id': 5}"))
        self.assertEqual(shown["id"], "5")

    def test_is_one_of_a_thousand_and_replacing_costs_none(self) -> None:
        events = run_main(
            "show = lambda n, id=None: context.preview({'type': 'text', 'data': n}, id)\n"
            "for n in range(5): show(n, 'same')\n"
            "for n in range(1_001): show(n)\n"
            "show('last', 'same')"
        )
        texts = [shown["content"]["text"] for shown in previews_of(events)]  # type: ignore[typeddict-item] # texts
        self.assertEqual(texts, ["0", *map(str, range(999)), "last"])
        self.assertEqual(
            log_entries(events),
            [
                (
                    "warning",
                    (
                        "No more previews are shown: a job shows 1,000. Give an id, as in "
                        'context.preview(payload, id="plot"), to replace an earlier one.\n'
                    ),
                ),
                ("warning", "2 previews were left out.\n"),
            ],
        )

    def test_that_replaces_another_is_sent_once_in_a_while_and_the_last_always(self) -> None:
        # The job's clock stands still but while it waits.
        events = run_main(
            "import asyncio\n"
            "async def show():\n"
            "    for n in range(3_000):\n"
            "        context.preview({'type': 'text', 'data': n}, 'plot')\n"
            "        if n % 500 == 499: context.preview({'type': 'text', 'data': n}, 'other')\n"
            "        if n % 1_000 == 999: await asyncio.sleep(0.3)\n"
            "    print('end')\n"
            "    context.preview({'type': 'text', 'data': 'a'}, 'plot')\n"
            "    context.preview({'type': 'text', 'data': 'b'}, 'plot')\n"
            "return show()"
        )
        self.assertEqual(
            [(shown["id"], shown["content"]["text"]) for shown in previews_of(events)],  # type: ignore[typeddict-item] # texts
            [
                ("plot", "0"),
                ("other", "499"),
                ("plot", "1000"),
                ("other", "1499"),
                ("plot", "2000"),
                ("other", "2499"),
                ("plot", "a"),
                ("other", "2999"),
                ("plot", "b"),
            ],
        )
        self.assertEqual(printed(events), "end\n")
        self.assertEqual(
            [entry["payload"]["id"] for entry in session_record(events) if "payload" in entry],
            [shown["id"] for shown in previews_of(events)],
        )

    def test_that_waits_is_sent_while_the_script_goes_on(self) -> None:
        seconds = [0.0]
        sent: list[str] = []
        replacements = Replacements(lambda: seconds[0])
        for name in "a", "b":
            for n in range(3):
                replacements.take(name, partial(sent.append, f"{name}{n}"))
        replacements.look()
        seconds[0] = 0.3
        replacements.look()
        replacements.look()
        self.assertEqual(sent, ["a0", "b0", "a2", "b2"])

    def test_is_a_payload(self) -> None:
        for payload, name in (
            ("5", "int"),
            ("'text'", "str"),
            ("None", "NoneType"),
            ("{'data': 1}", 'a dict without a text under "type"'),
            ("{'type': 5}", 'a dict without a text under "type"'),
            ("dict", "type"),
        ):
            error = failure_of(preview(payload))
            self.assertEqual(
                (error["type"], error["message"], error["line"]),
                (
                    "TypeError",
                    (
                        'context.preview(payload) takes {"type": ..., "data": ...}, a DataFrame or '
                        f"a figure, not {name}."
                    ),
                    3,
                ),
            )


class TheExamplesOfTheText(unittest.TestCase):
    def test_of_a_film_is_shown(self) -> None:
        events = run_main(
            "context.preview({\n"
            '# Type can be: "image" | "video" | "audio" | "markdown" | "iframe" | "html"\n'
            '"type": "video",\n'
            "# Type can be: file path, base64, pandas dataframe\n"
            '"data": "https://www.w3schools.com/html/mov_bbb.mp4"\n'
            "})"
        )
        (shown,) = previews_of(events)
        url = "https://www.w3schools.com/html/mov_bbb.mp4"
        self.assertEqual(shown["content"], {"type": "video", "source": {"url": url}})

    def test_of_a_frame_is_shown(self) -> None:
        events = run_main(
            "import pandas as pd\n"
            "df = pd.DataFrame({\n"
            "'A': [1, 2, 3],\n"
            "'B': [4, 5, 6],\n"
            "'C': [7, 8, 9]\n"
            "})\n"
            "context.preview(df)"
        )
        (shown,) = previews_of(events)
        assert shown["content"]["type"] == "table"
        self.assertEqual(
            columns_of(shown["content"]["table"]),
            [("A", "int64", [1, 2, 3]), ("B", "int64", [4, 5, 6]), ("C", "int64", [7, 8, 9])],
        )


class Texts(PreviewTest):
    def test_are_shown_as_they_are(self) -> None:
        self.assertEqual(shown("text", "a"), {"type": "text", "language": None, "text": "a"})
        self.assertEqual(shown("text", 5), {"type": "text", "language": None, "text": "5"})
        self.assertEqual(
            shown("text/python", "x"), {"type": "text", "language": "python", "text": "x"}
        )
        for kind in ("markdown", "html", "csv"):
            self.assertEqual(shown(kind, "é\ud800"), {"type": kind, "text": "é\\ud800"})

    def test_may_be_the_path_of_a_file(self) -> None:
        path = FOLDER / "notes.md"
        path.write_text("# Notes", encoding="utf-8")
        for data in (str(path), path.as_uri()):
            self.assertEqual(shown("markdown", data), {"type": "markdown", "text": "# Notes"})
        self.assertEqual(shown("table", str(path)), {"type": "csv", "text": "# Notes"})

    def test_are_cut_where_they_are_giants(self) -> None:
        text = content("{'type': 'text', 'data': 'x' * 11_000_000}")["text"]
        self.assertEqual(text[9_999_999:], "x\n… (cut: a preview shows 10,000,000 characters)")


class Paths(PreviewTest):
    def test_of_files_that_are_missing_are_warned_of(self) -> None:
        folder = str(FOLDER / "session")
        for kind, data in (
            ("text", "notes.txt"),
            ("text", "out/Prüfung.LOG"),
            ("text", f"{folder}/anything"),
            ("text", f"{folder}/my notes.txt"),
            ("text", "file:///nowhere/notes"),
            ("text", "file://[nowhere"),
            ("text/python", "tools.py"),
            ("text/sql", "./all.sql"),
            ("markdown", "notes.md"),
            ("html", "../no-page.html"),
            ("csv", "/nowhere/rows.csv"),
            ("json", "values.json"),
            ("plotly", "figure.json"),
            ("vega-lite", "chart.json"),
            ("table", "rows.csv"),
        ):
            warning = f'A preview of type {kind} is not shown: there is no file "{data}".'
            self.assert_warned(repr({"type": kind, "data": data}), warning)

    def test_given_as_such_are_never_shown_as_texts(self) -> None:
        for kind in "text", "json", "plotly", "table", "csv":
            self.assert_warned(
                f"{{'type': '{kind}', 'data': __import__('pathlib').Path('nowhere')}}",
                f'A preview of type {kind} is not shown: there is no file "nowhere".',
            )

    def test_are_not_what_a_text_looks_like_that_is_one(self) -> None:
        folder = str(FOLDER / "session")
        for kind, text in (
            ("text", ""),
            ("text", "The rows are in notes.txt"),
            ("text", "See notes.txt\n"),
            ("text", "Done."),
            ("text", "/help"),
            ("text", "version 1.2"),
            ("text", f"{folder} holds the files"),
            ("text", folder),
            ("text/python", "print('tools.py')"),
            ("markdown", "[notes](notes.md)"),
            ("markdown", "~~struck~~"),
            ("text", "File: none"),
            ("markdown", "https://example.com/notes.md and more"),
            ("text", "https:"),
            ("text", "data: none"),
            ("text", "data:lines,more"),
            ("html", "<a href=page.html>page.html"),
            ("csv", "name,file.csv"),
        ):
            self.assertEqual(shown(kind, text)["text"], text)
        for text in (
            "a.b",
            "https://example.com/values.json and more",
            "values are at https://example.com",
            "https:",
            "data: none",
        ):
            self.assertEqual(shown("json", text), {"type": "json", "text": json.dumps(text)})


class Addresses(PreviewTest):
    def test_of_other_hosts_are_left_to_the_page(self) -> None:
        url = "https://example.com/a?b#c"
        for kind, shown_as, language in (
            ("html", "html", None),
            ("markdown", "markdown", None),
            ("csv", "csv", None),
            ("table", "csv", None),
            ("json", "json", None),
            ("plotly", "plotly", None),
            ("vega-lite", "vega-lite", None),
            ("text", "text", None),
            ("text/python", "text", "python"),
        ):
            self.assertEqual(
                shown(kind, f" {url}\n"),
                {"type": "remote", "shownAs": shown_as, "language": language, "url": url},
            )

    def test_that_are_too_long_or_tell_are_refused(self) -> None:
        for kind in "iframe", "image":
            self.assert_warned(
                f"{{'type': '{kind}', 'data': 'https://example.com/' + 'x' * 10_000}}",
                f"A preview of type {kind} is not shown: " + "its address has more than 10,000 "
                "characters.",
            )

    def test_may_hold_the_text_themselves(self) -> None:
        for url, text in (
            ("data:text/html,%3Cp%3E\u00e9 %C3%A9</p>", "<p>\u00e9 \u00e9</p>"),
            ("DATA:;base64,w6k", "\u00e9"),
            ("data:text/plain;charset=latin-1;base64,6Q==", "\u00e9"),
            ("data:application/geo+json,{}", "{}"),
            ("data:,a,b\r\n1,2", "a,b\n1,2"),
        ):
            for kind in "text", "html", "markdown", "csv":
                self.assertEqual(shown(kind, url)["text"], text)
            self.assertEqual(shown("table", url), {"type": "csv", "text": text})
        self.assertEqual(shown("json", "data:,[1]"), {"type": "json", "text": "[1]"})

    def test_that_hold_no_text_say_so(self) -> None:
        for url, problem in (
            ("data:text/html", "its data URL has no comma, behind which the data stands"),
            ("data:text/html;base64,%%", "the data of its data URL is no base64"),
            ("data:image/png;base64,iVBORw", 'its data URL, "image/png;base64", holds no text'),
            ("data:,%00", 'its data URL, "", holds no text'),
            (
                "data:text/html;charset=utf-99,x",
                'its data URL names an encoding that is not known: "utf-99"',
            ),
        ):
            self.assert_warned(
                repr({"type": "html", "data": url}),
                f"A preview of type html is not shown: {problem}.",
            )
        self.assert_warned(
            repr({"type": "json", "data": "data:,{"}),
            'A preview of type json is not shown: its data URL, "", holds no JSON: Expecting '
            "property name enclosed in double quotes: line 1 column 2 (char 1).",
        )


class FilesOfTexts(PreviewTest):
    def test_that_are_not_utf_8_are_shown_with_a_warning(self) -> None:
        path = FOLDER / "latin.txt"
        path.write_bytes(b"\xef\xbb\xbfcaf\xe9\r\n")
        events = preview(repr({"type": "text", "data": str(path)}))
        (shown,) = previews_of(events)
        text = {"type": "text", "language": None, "text": "caf\ufffd\n"}
        self.assertEqual(shown["content"], text)
        self.assertEqual(
            log_entries(events),
            [
                (
                    "warning",
                    (
                        f'A preview of type text shows "\ufffd" where the file "{path}" is not '
                        "UTF-8. Read it with its encoding in the script, and preview that.\n"
                    ),
                )
            ],
        )
        path.write_text("a \ufffd that is meant", encoding="utf-8")
        self.assertEqual(content(repr({"type": "text", "data": str(path)}))["text"][2], "\ufffd")

    def test_that_hold_no_text_say_so(self) -> None:
        path = FOLDER / "archive.txt"
        path.write_bytes(b"PK\x03\x04\0\0")
        self.assert_warned(
            repr({"type": "text", "data": str(path)}),
            f'A preview of type text is not shown: the file "{path}" holds no text.',
        )


class LongTables(PreviewTest):
    def test_end_with_a_whole_row(self) -> None:
        for beginning, tail in (
            ("a,b\n", "1,2\n3,4\n"),
            ('a,"b\nb"\n', '1,"2\n2""\n2"\n3,4\n'),
            ('a,5" pipe\n', '1,"2,"\n3,4\n'),
        ):
            first = beginning + "x" * (9_999_999 - len(beginning) - len(tail.split("3")[0]) + 2)
            data = f"{first}\n{tail}"
            events = preview(f"{{'type': 'csv', 'data': {data!r}}}")
            (shown,) = previews_of(events)
            kept: Any = shown["content"]["text"]  # type: ignore[typeddict-item] # a text
            self.assertEqual(kept[: len(beginning)], beginning)
            self.assertEqual(kept[len(first) :], "\n")
            self.assertEqual(
                log_entries(events),
                [
                    (
                        "warning",
                        (
                            f"A preview of type csv is cut after {len(kept):,} characters, at the "
                            "end of a row: it shows 10,000,000 at most.\n"
                        ),
                    )
                ],
            )


class FilesOfJson(PreviewTest):
    def test_are_shown_whatever_they_hold(self) -> None:
        path = FOLDER / "values.json"
        for text in "[1, NaN]", '"x"', "5":
            path.write_text(text, encoding="utf-8")
            self.assertEqual(shown("json", str(path)), {"type": "json", "text": text})

    def test_that_are_broken_or_giants_are_warned_of_by_their_names(self) -> None:
        path = FOLDER / "broken.json"
        for text, problem in (
            ('{"a": }', "holds no JSON: Expecting value: line 1 column 7 (char 6)"),
            ("", "holds no JSON: Expecting value: line 1 column 1 (char 0)"),
            (
                "[" + "1," * 5_000_000 + "1]",
                (
                    "has more than 10,000,000 characters, and a part of its JSON would be none. "
                    "Show less"
                ),
            ),
        ):
            path.write_text(text, encoding="utf-8")
            for kind in "json", "plotly":
                self.assert_warned(
                    repr({"type": kind, "data": str(path)}),
                    f'A preview of type {kind} is not shown: the file "{path}" {problem}.',
                )


class Json(PreviewTest):
    def test_json_of_more_characters_than_are_shown_is_not_cut_but_refused(self) -> None:
        events = run_main("context.preview({'type': 'json', 'data': ['x' * 10_000_000]})")
        warning = (
            "A preview of type json is not shown: its JSON has 10,000,004 characters, and a "
            "preview shows 10,000,000, as a part of it would be no JSON. Show less, or write it "
            "into a file.\n"
        )
        self.assertIn(("warning", warning), log_entries(events))

    def test_is_shown_of_any_value(self) -> None:
        for data, text in (
            ("{'a': (1, None)}", '{"a": [1, null]}'),
            ("'x'", '"x"'),
            ("'[1]'", "[1]"),
            ("float('nan')", "NaN"),
            ("{'s': {1}}", '{"s": "<set>"}'),
        ):
            self.assertEqual(
                content(f"{{'type': 'json', 'data': {data}}}"), {"type": "json", "text": text}
            )

    def test_survives_what_is_too_deep(self) -> None:
        events = run_main(
            "a = []\nfor _ in range(2_000): a = [a]\n"
            "context.preview({'type': 'json', 'data': a})\n"
            "context.preview({'type': 'text', 'data': a})"
        )
        kinds = [shown["content"]["type"] for shown in previews_of(events)]
        self.assertEqual(kinds, ["json", "problem"])
        warning = "A preview of type text is not shown: its data is nested too deeply.\n"
        self.assertEqual(log_entries(events), [("warning", warning)])

    def test_is_what_an_unknown_type_is_shown_as(self) -> None:
        self.assertEqual(
            shown("hologram", {"a": 1}), {"type": "other", "name": "hologram", "text": '{"a": 1}'}
        )


class Charts(PreviewTest):
    def test_are_shown_by_their_specification(self) -> None:
        figure = {"data": [{"y": [2, 3, 1], "type": "bar"}]}
        for kind in ("plotly", "vega-lite"):
            got = shown(kind, figure)
            self.assertEqual((got["type"], json.loads(got["text"])), (kind, figure))

    def test_a_specification_that_names_its_schema_needs_no_type(self) -> None:
        schema = "https://vega.github.io/schema/vega-lite/v6.json"
        got = content(
            f"{{'$schema': '{schema}', 'mark': 'bar', 'data': {{'values': [{{'a': 1}}]}}}}"
        )
        self.assertEqual(got["type"], "vega-lite")
        self.assertEqual(
            json.loads(got["text"]),
            {"$schema": schema, "mark": "bar", "data": {"values": [{"a": 1}]}},
        )

    def test_have_no_numbers_that_browsers_do_not_read(self) -> None:
        got = content("{'type': 'vega-lite', 'data': {'a': [float('nan'), float('-inf'), 'NaN']}}")
        self.assertEqual(got["text"], '{"a": [null, null, "NaN"]}')

    def test_that_are_none_say_why(self) -> None:
        self.assert_warned(
            "{'type': 'plotly', 'data': [1]}",
            'A preview of type plotly is not shown: its data is a figure, a dict such as {"data": '
            "[...]}, its JSON, or the path of a file with that, and this is of type list.",
        )
