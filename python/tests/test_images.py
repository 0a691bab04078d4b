"""What `od_output.add_image` takes: image files as bytes, and figures of matplotlib."""

from __future__ import annotations

import io
import sys
import unittest

from recording_host import done, entries_of, error_of, outcome_of, run

PNG = b"\x89PNG\r\n\x1a\nrest"
JPEG = b"\xff\xd8\xff\xe0rest"
IMPORTS = "import io\nfrom onelogic.odpf import ImageType\n"


def skip_without_matplotlib(test: type[unittest.TestCase]) -> type[unittest.TestCase]:
    """Skip where there is none, which is in Pyodide without its wheel; elsewhere it has to be."""
    try:
        import matplotlib  # noqa: F401, PLC0415
    except ModuleNotFoundError:
        if sys.platform == "emscripten":
            return unittest.skip("matplotlib has no wheel in the cache")(test)
        raise
    return test


def add(kind: str, data: object) -> str:
    """Give a script that adds an image."""
    return f'{IMPORTS}od_output.add_image("plot", ImageType.{kind}, {data!r})'


class Bytes(unittest.TestCase):
    def test_are_put_out_as_they_are(self) -> None:
        for kind, media_type, content in (("PNG", "image/png", PNG), ("JPG", "image/jpeg", JPEG)):
            for data in (f"{content!r}", f"bytearray({content!r})", f"memoryview({content!r})"):
                script = f'{IMPORTS}od_output.add_image("plot", ImageType.{kind}, {data})'
                self.assertEqual(
                    done(script)["images"],
                    [{"name": "plot", "mediaType": media_type, "data": content}],
                )

    def test_are_copied_at_the_call(self) -> None:
        images = done(
            f"{IMPORTS}data = bytearray({PNG!r})\n"
            'od_output.add_image("plot", ImageType.PNG, data)\n'
            "data.clear()"
        )["images"]
        self.assertEqual(images, [{"name": "plot", "mediaType": "image/png", "data": PNG}])

    def test_replace_an_image_of_the_same_name_with_a_warning(self) -> None:
        events = run(
            f"{IMPORTS}"
            f'od_output.add_image("plot", ImageType.PNG, {PNG!r})\n'
            f'od_output.add_image("plot", ImageType.JPG, {JPEG!r})\n'
        )
        outcome = outcome_of(events)
        assert outcome["status"] == "done"
        self.assertEqual(
            outcome["images"], [{"name": "plot", "mediaType": "image/jpeg", "data": JPEG}]
        )
        warning = 'od_output.add_image: the image "plot" was added before and is replaced.'
        self.assertEqual(
            [(entry["stream"], entry["text"]) for entry in entries_of(events)],
            [("warning", f"{warning}\n")],
        )

    def test_of_another_type_are_refused_and_say_what_they_look_like(self) -> None:
        for kind, data, found in (
            ("PNG", JPEG, "JPEG"),
            ("JPG", PNG, "PNG"),
            ("PNG", b"GIF89a...", "GIF"),
            ("PNG", b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
            ("PNG", b"BM1234", "BMP"),
            ("PNG", b"%PDF-1.7", "PDF"),
            ("PNG", b'<?xml version="1.0"?>\n<svg/>', "SVG"),
            ("PNG", "grün\n".encode(), "text"),
            ("PNG", b"a" * 511 + "ü".encode(), "text"),
            ("PNG", b"\xff", "no image format known here"),
            ("PNG", b"\x00\x01\x02\x03", "no image format known here"),
            ("PNG", b"", "nothing: there are none"),
        ):
            name = {"PNG": "PNG", "JPG": "JPEG"}[kind]
            error = error_of(add(kind, data))
            message = (
                f"The image is announced as ImageType.{kind}, but its bytes look like {found}. "
                f"Pass the bytes of a {name} file, or the type that they are of."
            )
            self.assertEqual((error["type"], error["message"]), ("ValueError", message))


class OtherArguments(unittest.TestCase):
    def assert_refused(self, arguments: str, kind: str, message: str) -> None:
        error = error_of(f"{IMPORTS}od_output.add_image({arguments})")
        self.assertEqual((error["type"], error["message"]), (kind, message))

    def test_a_name_is_a_non_empty_text(self) -> None:
        self.assert_refused(
            f"5, ImageType.PNG, {PNG!r}",
            "TypeError",
            "od_output.add_image: name is of type int; give a non-empty text.",
        )
        self.assert_refused(
            f'"", ImageType.PNG, {PNG!r}',
            "ValueError",
            'od_output.add_image: name is empty; give a non-empty text, such as "output".',
        )

    def test_a_type_is_an_image_type(self) -> None:
        self.assert_refused(
            f'"plot", "png", {PNG!r}',
            "TypeError",
            "od_output.add_image(name, type, data): type is 'png'; ImageType.PNG and ImageType.JPG "
            "are allowed (from onelogic.odpf import ImageType).",
        )

    def test_files_in_memory_are_refused_with_a_remedy(self) -> None:
        self.assert_refused(
            f'"plot", ImageType.PNG, io.BytesIO({PNG!r})',
            "TypeError",
            "An image is bytes or a matplotlib Figure, not BytesIO. "
            "Pass its bytes: data.getvalue().",
        )

    def test_anything_else_is_refused(self) -> None:
        self.assert_refused(
            '"plot", ImageType.PNG, "plot.png"',
            "TypeError",
            "An image is bytes or a matplotlib Figure, not str. "
            "Pass the bytes of an image file, or a Figure.",
        )

    def test_both_modules_have_the_same_image_type(self) -> None:
        done(
            "from onelogic import odpf\n"
            "from onelogic.odpf import common\n"
            "assert odpf.ImageType is common.ImageType\n"
            'assert [t.name for t in odpf.ImageType] == ["PNG", "JPG"]\n'
        )


@skip_without_matplotlib
class Figures(unittest.TestCase):
    def test_are_drawn_as_files_of_the_type(self) -> None:
        from PIL import Image  # noqa: PLC0415 - it comes with matplotlib

        for kind, name in (("PNG", "PNG"), ("JPG", "JPEG")):
            (image,) = done(
                f"{IMPORTS}from matplotlib.figure import Figure\n"
                "figure = Figure(figsize=(2, 1), dpi=100)\n"
                "figure.subplots().plot([1, 2])\n"
                f'od_output.add_image("plot", ImageType.{kind}, figure)\n'
                "figure.clear()"
            )["images"]
            assert isinstance(image["data"], bytes)
            with Image.open(io.BytesIO(image["data"])) as drawn:
                self.assertEqual((drawn.format, drawn.size), (name, (200, 100)))

    def test_of_pandas_are_reached_through_their_axes(self) -> None:
        (image,) = done(
            f"{IMPORTS}import pandas as pd\n"
            'frame = pd.DataFrame({"x": [2, 4], "y": [1, 2]})\n'
            'axes = frame.plot.bar(x="x", y="y", rot=0)\n'
            'od_output.add_image("test_plot", ImageType.JPG, axes.get_figure())'
        )["images"]
        self.assertEqual((image["name"], image["mediaType"]), ("test_plot", "image/jpeg"))

    def test_axes_are_refused_with_a_remedy(self) -> None:
        error = error_of(
            f"{IMPORTS}from matplotlib.figure import Figure\n"
            'od_output.add_image("plot", ImageType.PNG, Figure().subplots())'
        )
        self.assertEqual(error["type"], "TypeError")
        self.assertRegex(
            error["message"],
            r"^An image is bytes or a matplotlib Figure, not Axes(Subplot)?\. "
            r"Pass its figure: axes\.get_figure\(\)\.$",
        )
