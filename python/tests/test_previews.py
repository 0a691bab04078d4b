"""What `context.preview` shows, and what it says of what it cannot show."""

from __future__ import annotations

import base64
import json
import unittest
from typing import TYPE_CHECKING, Any

from decoding import columns_of
from recording_host import previews_of
from scriptlets import FOLDER, failure_of, log_entries, run_main, session_record

if TYPE_CHECKING:
    from cahier._wire import JobEvent

PNG = b"\x89PNG\r\n\x1a\nrest"
MP4 = b"\0\0\0\x18ftypmp42rest"


def preview(payload: str) -> list[JobEvent]:
    """Run a script that previews this, an expression."""
    return run_main(f"context.preview({payload})")


def content(payload: str) -> Any:  # noqa: ANN401 - one of many shapes
    """Give the content of the one preview of this payload."""
    events = preview(payload)
    (shown,) = previews_of(events)
    assert log_entries(events) == [], log_entries(events)
    return shown["content"]


def shown(kind: str, data: object) -> Any:  # noqa: ANN401 - one of many shapes
    """Give the content of a preview of this type and data."""
    return content(repr({"type": kind, "data": data}))


class PreviewTest(unittest.TestCase):
    def assert_warned(self, payload: str, warning: str) -> None:
        events = preview(payload)
        self.assertEqual(previews_of(events), [])
        self.assertEqual(log_entries(events), [("warning", f"{warning}\n")])


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
            {"type": "BlockPreview", "payload": {"type": "text", "id": "x"}},
        )

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
        self.assertEqual(texts, [*map(str, range(5)), *map(str, range(999)), "last"])
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


class Json(PreviewTest):
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
            "a = []\nfor _ in range(100_000): a = [a]\n"
            "context.preview({'type': 'json', 'data': a})\n"
            "context.preview({'type': 'text', 'data': a})"
        )
        self.assertEqual(len(previews_of(events)), 1)
        warning = "A preview of type text is not shown: its data is nested too deeply.\n"
        self.assertEqual(log_entries(events), [("warning", warning)])

    def test_is_what_an_unknown_type_is_shown_as(self) -> None:
        self.assertEqual(
            shown("hologram", {"a": 1}), {"type": "other", "name": "hologram", "text": '{"a": 1}'}
        )


class Media(PreviewTest):
    def test_are_named_by_url(self) -> None:
        url = "https://www.w3schools.com/html/mov_bbb.mp4"
        self.assertEqual(shown("video", url), {"type": "video", "source": {"url": url}})
        self.assertEqual(shown("audio", url), {"type": "audio", "source": {"url": url}})
        self.assertEqual(
            shown("image", [url, url]), {"type": "image", "images": [{"url": url}] * 2}
        )

    def test_are_held_by_a_data_url(self) -> None:
        packed = base64.b64encode(PNG).decode()
        for url, media_type, data in (
            (f"data:image/png;base64,{packed}", "image/png", PNG),
            (f"data:;base64,{packed}", "image/png", PNG),
            ("data:image/svg+xml,%3Csvg/%3E", "image/svg+xml", b"<svg/>"),
        ):
            self.assertEqual(
                shown("image", url),
                {"type": "image", "images": [{"mediaType": media_type, "data": data}]},
            )

    def test_are_held_by_base64_or_bytes(self) -> None:
        for data, kind, media_type in (
            (PNG, "image", "image/png"),
            (b"\xff\xd8\xff\xe0JPEG", "image", "image/jpeg"),
            (b"RIFF....WEBP", "image", "image/webp"),
            (MP4, "video", "video/mp4"),
            (b"ID3rest.", "audio", "audio/mpeg"),
            (b"RIFF....WAVE", "audio", "audio/wav"),
        ):
            packed = base64.b64encode(data).decode()
            for given in (packed, packed.rstrip("="), data):
                source = {"mediaType": media_type, "data": data}
                got = shown(kind, given)
                self.assertEqual(got.get("source") or got["images"][0], source)

    def test_are_held_by_a_file(self) -> None:
        (FOLDER / "film").write_bytes(MP4)
        (FOLDER / "sound.mp3").write_bytes(b"any")
        for kind, name, media_type, data in (
            ("video", "film", "video/mp4", MP4),
            ("audio", "sound.mp3", "audio/mpeg", b"any"),
        ):
            for given in (str(FOLDER / name), (FOLDER / name).as_uri()):
                self.assertEqual(
                    shown(kind, given),
                    {"type": kind, "source": {"mediaType": media_type, "data": data}},
                )

    def test_that_are_nowhere_name_the_path(self) -> None:
        self.assert_warned(
            "{'type': 'video', 'data': '/no/film.mp4'}",
            'A preview of type video is not shown: there is no file "/no/film.mp4", and this is '
            "neither an http(s) or data URL nor base64 of a known format.",
        )

    def test_of_other_types_are_told(self) -> None:
        for data, reason in (
            (
                "5",
                "its data is a URL, base64, the path of a file or bytes, and this is of type int",
            ),
            ("'data:image/png'", "its data URL has no comma, behind which the data stands"),
            ("'data:image/png;base64,!'", "the data of its data URL is no base64"),
        ):
            self.assert_warned(
                f"{{'type': 'image', 'data': {data}}}",
                f"A preview of type image is not shown: {reason}.",
            )


class Frames(PreviewTest):
    def test_show_pages_of_the_web(self) -> None:
        for url in ("https://example.org/a?b#c", "http://localhost:8080"):
            self.assertEqual(shown("iframe", url), {"type": "iframe", "url": url})

    def test_show_nothing_else(self) -> None:
        for url in ("javascript:alert(1)", "file:///etc/passwd", "//example.org", "", "http://["):
            self.assert_warned(
                repr({"type": "iframe", "data": url}),
                "A preview of type iframe is not shown: its data is an http or https URL, "
                f"not {url!r}.",
            )


class Tables(PreviewTest):
    def table(self, source: str) -> tuple[list[Any], int, bool]:
        """Give the columns, the count of rows and whether it is shortened."""
        events = run_main(f"import pandas as pd\n{source}")
        (one,) = previews_of(events)
        table = one["content"]
        assert table["type"] == "table", table
        return columns_of(table["dataset"]), table["rowCount"], table["isShortened"]

    def test_of_pandas_are_whole(self) -> None:
        frame = "frame = pd.DataFrame({'a': range(2_000)})\n"
        for payload in ("frame", "{'type': 'table', 'data': frame}"):
            columns, count, is_shortened = self.table(f"{frame}context.preview({payload})")
            self.assertEqual(
                (columns, count, is_shortened),
                ([("a", "int64", list(range(2_000)))], 2_000, False),
            )

    def test_of_pandas_have_an_index_that_is_not_the_default_one(self) -> None:
        for index, names in (
            ("pd.Index(['x', 'y'])", ["index", "a"]),
            ("pd.Index([1, 0], name='a')", ["a", "a"]),
            ("pd.RangeIndex(1, 3)", ["index", "a"]),
            ("pd.MultiIndex.from_tuples([(1, 2), (3, 4)])", ["level_0", "level_1", "a"]),
            ("None", ["a"]),
        ):
            columns, _, _ = self.table(
                f"context.preview(pd.DataFrame({{'a': [1, 2]}}, index={index}))"
            )
            self.assertEqual([column.name for column in columns], names)

    def test_of_pandas_show_what_no_dataset_holds_as_text(self) -> None:
        columns, _, _ = self.table(
            "import decimal\n"
            "context.preview(pd.DataFrame({'a': [[1], {'b': 2}, None],\n"
            "    'd': [decimal.Decimal('1.5'), 2, 'x'], 't': pd.to_timedelta([1, 2, 3], 'D'),\n"
            "    ('l', 'm'): pd.period_range('2024', periods=3, freq='Y')}))"
        )
        self.assertEqual(
            [column[2] for column in columns][:2],
            [["[1]", '{"b": 2}', None], ["1.5", 2, "x"]],
        )
        self.assertEqual((columns[3].name, columns[3].values), ("l / m", ["2024", "2025", "2026"]))

    def test_of_a_series_have_one_column(self) -> None:
        columns, _, _ = self.table("context.preview(pd.Series([1, 2], name='s'))")
        self.assertEqual(columns, [("s", "int64", [1, 2])])

    def test_of_plain_rows_have_their_true_count(self) -> None:
        data = "{'columns': ['a', 2], 'rows': [[1, 'x'], [None, True]], 'row_count': 500}"
        columns, count, is_shortened = self.table(
            f"context.preview({{'type': 'table', 'data': {data}}})"
        )
        self.assertEqual(
            (columns, count, is_shortened),
            (
                [("a", "int64", [1, None]), ("2", "mixed(string, bool)", ["x", True])],
                500,
                False,
            ),
        )

    def test_of_other_libraries_are_shortened_beyond_ten_rows(self) -> None:
        library = (
            "import json\n"
            "class Table:\n"
            "    def __init__(self, values): self.values = values\n"
            "    shape = property(lambda self: (len(self.values), 1))\n"
            "    def head(self, count): return Table(self.values[:count])\n"
            "    def tail(self, count): return Table(self.values[-count:])\n"
            "    def to_json(self, orient):\n"
            "        rows = [[value] for value in self.values]\n"
            "        return json.dumps({'columns': ['n'], 'data': rows})\n"
        )
        ten = self.table(f"{library}context.preview(Table(list(range(10))))")
        self.assertEqual(ten, ([("n", "int64", list(range(10)))], 10, False))
        eleven = self.table(f"{library}context.preview(Table(list(range(11))))")
        values = [0, 1, 2, 3, 4, "...", 6, 7, 8, 9, 10]
        self.assertEqual(eleven, ([("n", "mixed(int64, string)", values)], 11, True))

    def test_that_are_none_say_why(self) -> None:
        for data, reason in (
            (
                "5",
                (
                    'its data is a DataFrame, or {"columns": [...], "rows": [[...], ...], '
                    '"row_count": n}, and this is of type int'
                ),
            ),
            ("{'columns': 1, 'rows': []}", '"columns" and "rows" are lists'),
            (
                "{'columns': ['a'], 'rows': [[1], [1, 2]]}",
                "row 2 is a list of 1 values, one a column; got 2 values",
            ),
        ):
            self.assert_warned(
                f"{{'type': 'table', 'data': {data}}}",
                f"A preview of type table is not shown: {reason}.",
            )

    def test_that_break_are_a_warning(self) -> None:
        events = run_main(
            "class Table:\n"
            "    shape = (20, 1)\n"
            "    def head(self, n): return 1 / 0\n"
            "    tail = to_json = head\n"
            "context.preview(Table())\nreturn {'output': 1}"
        )
        self.assertEqual(
            log_entries(events),
            [
                (
                    "warning",
                    "A preview of type table is not shown: ZeroDivisionError: division by zero\n",
                )
            ],
        )


class Charts(PreviewTest):
    def test_are_shown_by_their_specification(self) -> None:
        figure = {"data": [{"y": [2, 3, 1], "type": "bar"}]}
        for kind in ("plotly", "vega-lite"):
            self.assertEqual(shown(kind, figure), {"type": kind, "text": json.dumps(figure)})
