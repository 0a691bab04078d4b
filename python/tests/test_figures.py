"""How figures of matplotlib are drawn for the screen, and what is told of them."""

from __future__ import annotations

import io
import unittest
from typing import TYPE_CHECKING, Any

from optional_libraries import skip_without
from recording_host import TOKEN, RecordingHost, outcome_of, previews_of, request, run_request
from scriptlets import IMPORT, scriptlet
from statements import statement

if TYPE_CHECKING:
    from cahier._wire import JobEvent, JobRequest

FIGURE = "from matplotlib.figure import Figure\nfigure = Figure(figsize=(2, 1), dpi=100)\n"
PLOT = (
    "import matplotlib\nimport matplotlib.pyplot as plt\n"
    "figure, axes = plt.subplots(figsize=(2, 1), dpi=100)\n"
)


def run_on(ratio: float, job: JobRequest) -> list[JobEvent]:
    """Run a job for a screen of this ratio."""
    job["pixelRatio"] = ratio
    return run_request(job, host=RecordingHost())


def size_of(content: Any) -> tuple[int, int]:  # noqa: ANN401 - bytes
    """Give the pixels of an image."""
    from PIL import Image  # noqa: PLC0415 - it comes with matplotlib

    with Image.open(io.BytesIO(content)) as image:
        width, height = image.size
    return width, height


def shown_of(events: list[JobEvent]) -> list[tuple[tuple[int, int], float]]:
    """Give the pixels and the density of each image that is previewed."""
    images: list[Any] = [
        image
        for preview in previews_of(events)
        if preview["content"]["type"] == "image"
        for image in preview["content"]["images"]
    ]
    return [(size_of(image["data"]), image.get("density", 1)) for image in images]


def previewed(body: str, ratio: float = 1) -> Any:  # noqa: ANN401 - a media source
    """Give the one image that a Scriptlet previews."""
    lines = "\n    ".join(body.splitlines())
    job = scriptlet(f"{IMPORT}def main(params, context):\n    {lines}\n")
    (preview,) = previews_of(run_on(ratio, job))
    assert preview["content"]["type"] == "image", preview
    (image,) = preview["content"]["images"]
    return image


def listed(body: str, ratio: float = 1) -> Any:  # noqa: ANN401 - an image payload
    """Give the one image that a Data Generator adds."""
    source = f"from onelogic.odpf import ImageType\n{body}"
    outcome = outcome_of(run_on(ratio, request(source, generate_empty_dataset=True)))
    assert outcome["status"] == "done", outcome
    (image,) = outcome["images"]
    return image


@skip_without("matplotlib")
class Density(unittest.TestCase):
    def test_is_that_of_the_screen_whatever_shows_the_figure(self) -> None:
        for kind in ("PNG", "JPG"):
            image = listed(f'{FIGURE}od_output.add_image("plot", ImageType.{kind}, figure)', 2)
            self.assertEqual((size_of(image["data"]), image["density"]), ((400, 200), 2))
        drawn = [((300, 150), 1.5)]
        show = f"{PLOT}plt.show()\n"
        self.assertEqual(shown_of(run_on(1.5, statement(f"{show}return []"))), drawn)
        self.assertEqual(shown_of(run_on(1.5, request(show, generate_empty_dataset=True))), drawn)
        image = previewed(f"{FIGURE}context.preview(figure)", 1.5)
        self.assertEqual((size_of(image["data"]), image["density"]), ((300, 150), 1.5))

    def test_leaves_the_figure_as_it_was(self) -> None:
        source = (
            f"{FIGURE}od_output.add_image('a', ImageType.PNG, figure)\n"
            "assert figure.dpi == 100, figure.dpi\n"
            "assert figure.get_size_inches().tolist() == [2, 1]\n"
        )
        self.assertEqual(listed(source, 3)["density"], 3)

    def test_is_one_where_the_screen_is_coarse_or_nothing_is_said_of_it(self) -> None:
        for ratio in (1, 0.5):
            image = previewed(f"{FIGURE}context.preview(figure)", ratio)
            self.assertEqual(size_of(image["data"]), (200, 100))
            self.assertNotIn("density", image)

    def test_is_that_of_the_script_where_it_says_how_finely_to_save(self) -> None:
        image = previewed(
            f"{PLOT}plt.rcParams['savefig.dpi'] = 50\ncontext.preview(figure)\nplt.close()", 2
        )
        self.assertEqual(size_of(image["data"]), (100, 50))
        self.assertNotIn("density", image)
        image = listed(
            f"{FIGURE}import io\nfile = io.BytesIO()\nfigure.savefig(file, dpi=50)\n"
            'od_output.add_image("plot", ImageType.PNG, file.getvalue())',
            2,
        )
        self.assertEqual(size_of(image["data"]), (100, 50))
        self.assertNotIn("density", image)

    def test_is_one_where_pictures_lie_on_the_figure_by_the_pixel(self) -> None:
        image = previewed(f"{FIGURE}figure.figimage([[0, 1]])\ncontext.preview(figure)", 2)
        self.assertEqual(size_of(image["data"]), (200, 100))

    def test_is_bounded_so_that_no_image_grows_without_end(self) -> None:
        self.assertEqual(previewed(f"{FIGURE}context.preview(figure)", 9)["density"], 4)
        image = previewed(
            "from matplotlib.figure import Figure\n"
            "context.preview(Figure(figsize=(80, 1), dpi=100))",
            3,
        )
        self.assertEqual((size_of(image["data"]), image["density"]), ((16_000, 200), 2))


@skip_without("matplotlib")
class Svg(unittest.TestCase):
    ASKED = f"{PLOT}axes.plot([1, 2])\nplt.rcParams['savefig.format'] = 'svg'\n"

    def test_is_shown_where_the_settings_ask_for_it(self) -> None:
        image = previewed(f"{self.ASKED}plt.show()", 2)
        self.assertEqual(image["mediaType"], "image/svg+xml")
        # 144 pt are 192 pixels of the page, and the figure is 200 wide.
        self.assertIn(b'width="144pt"', image["data"])
        self.assertEqual(image["density"], 0.96)

    def test_of_the_same_figure_is_the_same_file(self) -> None:
        show = f"{self.ASKED}axes.set_title('é')\nplt.show()"
        self.assertEqual(previewed(show)["data"], previewed(show)["data"])

    def test_is_no_type_of_the_image_list(self) -> None:
        image = listed(f'{self.ASKED}od_output.add_image("a", ImageType.PNG, figure)\nplt.close()')
        self.assertEqual((image["mediaType"], size_of(image["data"])), ("image/png", (200, 100)))


@skip_without("matplotlib")
class WhatAFigureShows(unittest.TestCase):
    def alt(self, body: str) -> str | None:
        text: str | None = previewed(f"{PLOT}{body}\nplt.show()").get("alt")
        return text

    def test_is_its_title_else_those_of_its_axes_else_their_labels(self) -> None:
        labels = "axes.set_xlabel('Month')\naxes.set_ylabel('Sales')"
        title = "axes.set_title('Sales of\\n2024')\naxes.set_title('in euros', loc='right')"
        self.assertEqual(self.alt(f"{labels}\n{title}\nfigure.suptitle('A year')"), "A year")
        self.assertEqual(self.alt(f"{labels}\n{title}"), "Sales of 2024; in euros")
        self.assertEqual(self.alt(labels), "Sales against Month")
        self.assertEqual(self.alt("axes.set_xlabel('Month')"), "Month")
        self.assertIsNone(self.alt("axes.plot([1])"))

    def test_leaves_out_the_scale_of_colours(self) -> None:
        self.assertEqual(
            self.alt(
                "bar = figure.colorbar(axes.imshow([[1, 2]]), label='Heat')\n"
                "axes.set_ylabel('Place')"
            ),
            "Place",
        )

    def test_comes_with_images_of_the_image_list(self) -> None:
        image = listed(
            f"{PLOT}axes.set_title('Sales')\n"
            'od_output.add_image("plot", ImageType.PNG, figure)\nplt.close()'
        )
        self.assertEqual(image["alt"], "Sales")

    def test_tells_no_secret_and_is_a_short_text(self) -> None:
        image = listed(
            f"{PLOT}axes.set_title(od_authorization + '\\ud800' + 'x' * 1000)\n"
            "class Blank(type(axes)):\n    def draw(self, *_): pass\n"
            "axes.__class__ = Blank\n"
            'od_output.add_image("plot", ImageType.PNG, figure)\nplt.close()'
        )
        self.assertNotIn(TOKEN, image["alt"])
        self.assertIn("\\ud800xxx", image["alt"])
        self.assertRegex(image["alt"], r"x… \(\d+ more characters\)$")

    def test_is_left_out_where_the_script_has_spoilt_it(self) -> None:
        self.assertIsNone(self.alt("axes.get_label = lambda: 1 / 0"))


if __name__ == "__main__":
    unittest.main()
