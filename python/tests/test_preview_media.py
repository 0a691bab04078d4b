"""Images, films, sounds and pages that `context.preview` shows."""

from __future__ import annotations

import base64
import unittest
from pathlib import Path
from typing import Any

from preview_cases import PreviewTest, shown
from recording_host import RecordingHost, previews_of
from scriptlets import FOLDER, printed, run_main

PNG = b"\x89PNG\r\n\x1a\nrest"
MP4 = b"\0\0\0\x18ftypmp42rest"


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


class AFilmOf200Megabytes(unittest.TestCase):
    """It is copied out of Python's memory once, and never within it."""

    def most_bytes(self, show: str, source: str) -> int:
        """Give how much memory a preview takes, beside that of the script and that of the copy."""
        host = RecordingHost()
        kept: list[int] = []

        def keep(buffer: Any) -> object:  # noqa: ANN401 - any buffer
            kept.append(memoryview(buffer).nbytes)
            return None

        def keep_file(path: str) -> object:
            kept.append(Path(path).stat().st_size)
            return None

        host.keep, host.keep_file = keep, keep_file  # type: ignore[assignment] # a test's
        events = run_main(
            f"import tracemalloc\n{source}\ntracemalloc.start()\n"
            f"context.preview({{'type': 'video', 'data': {show}}})\n"
            "print(tracemalloc.get_traced_memory()[1])\ntracemalloc.stop()",
            host=host,
        )
        (shown,) = previews_of(events)
        self.assertEqual(
            (shown["content"], kept),
            (
                {"type": "video", "source": {"mediaType": "video/webm", "data": None}},
                [200_000_000],
            ),
        )
        return int(printed(events))

    def test_is_read_from_its_file_by_the_host(self) -> None:
        path = FOLDER / "long.webm"
        with path.open("wb") as file:
            file.truncate(200_000_000)
        self.assertLess(self.most_bytes(repr(str(path)), ""), 10_000_000)
        path.unlink()

    def test_is_taken_from_any_bytes(self) -> None:
        make = "film = bytearray(200_000_000)\nfilm[:4] = bytes([0x1a, 0x45, 0xdf, 0xa3])"
        for show in ("film", "memoryview(film)"):
            self.assertLess(self.most_bytes(show, make), 10_000_000)


class Frames(PreviewTest):
    def test_show_pages_of_the_web(self) -> None:
        for url in ("https://example.org/a?b#c", "http://localhost:8080"):
            self.assertEqual(shown("iframe", url), {"type": "iframe", "url": url})

    def test_show_what_is_at_a_path(self) -> None:
        html = "<h1>é</h1>"
        for name, content, expected in (
            ("page.html", html.encode(), {"type": "html", "text": html}),
            ("page", html.encode(), {"type": "html", "text": html}),
            ("drawing.svg", b"<svg/>", {"type": "html", "text": "<svg/>"}),
            ("notes.txt", b"<h1>", {"type": "text", "language": None, "text": "<h1>"}),
            (
                "a.png",
                PNG,
                {"type": "image", "images": [{"mediaType": "image/png", "data": PNG}]},
            ),
            (
                "a.mp4",
                MP4,
                {"type": "video", "source": {"mediaType": "video/mp4", "data": MP4}},
            ),
        ):
            path = FOLDER / name
            path.write_bytes(content)
            for given in (str(path), path.as_uri()):
                self.assertEqual(shown("iframe", given), expected)

    def test_show_what_a_data_url_holds(self) -> None:
        packed = base64.b64encode(PNG).decode()
        for url, expected in (
            ("data:text/html,<h1>a</h1>", {"type": "html", "text": "<h1>a</h1>"}),
            ("data:Text/HTML;base64,PGI+", {"type": "html", "text": "<b>"}),
            ("data:,<h1>", {"type": "text", "language": None, "text": "<h1>"}),
            (
                f"data:image/png;base64,{packed}",
                {"type": "image", "images": [{"mediaType": "image/png", "data": PNG}]},
            ),
        ):
            self.assertEqual(shown("iframe", url), expected)

    def test_show_nothing_else(self) -> None:
        for data in ("javascript:alert(1)", "//example.org", "", "http://[", "<h1>a</h1>"):
            self.assert_warned(
                repr({"type": "iframe", "data": data}),
                "A preview of type iframe is not shown: its data is an http(s) or data URL or the "
                f"path of a file, not {data!r}. HTML itself is shown by a preview of type "
                '"html".',
            )
        (FOLDER / "a.pdf").write_bytes(b"%PDF-1.7 \0")
        for data, problem in (
            ("file:///nowhere", 'there is no file "file:///nowhere"'),
            ("page-of-nobody.html", 'there is no file "page-of-nobody.html"'),
            (str(FOLDER / "a.pdf"), f'the file "{FOLDER / "a.pdf"}" holds no text'),
            (
                "data:application/pdf;base64,JVBERg==",
                'its data URL, "application/pdf;base64", holds no text',
            ),
        ):
            self.assert_warned(
                repr({"type": "iframe", "data": data}),
                f"A preview of type iframe is not shown: {problem}.",
            )
