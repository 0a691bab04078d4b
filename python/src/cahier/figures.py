"""Draws figures of matplotlib for the screen that they are shown on, and says what is on them.

A figure keeps the size that it has on a screen of 1 pixel a point of the page: where the screen has
more, the image has as many more, and its `density` says so.
"""

from __future__ import annotations

import io
import math
import sys
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from cahier.texts import cut, without_half_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from cahier._wire import ImageDetails

_MOST_DENSITY = 4.0
_MOST_PIXELS = 32_000_000
_LONGEST_SIDE = 16_000
_LONGEST_ALT = 500
_CSS_PIXELS_AN_INCH = 96
_COLORBAR = "<colorbar>"

# The ratio of the job that runs, as that of the page comes with its request.
_pixel_ratio = 1.0


class DrawnFigure(NamedTuple):
    """The file of an image; `density` is how many of its pixels make one of the page."""

    content: bytes
    media_type: str
    density: float
    alt: str

    def describe(self, payload: ImageDetails, mask: Callable[[str], str]) -> None:
        """Write what is to be told of it beside its bytes; secrets are hidden."""
        if self.density != 1:
            payload["density"] = self.density
        if self.alt:
            payload["alt"] = cut(without_half_characters(mask(self.alt)), _LONGEST_ALT)


@contextmanager
def drawing_for(pixel_ratio: float) -> Iterator[None]:
    """Let figures be drawn for a screen that has so many pixels for one of the page."""
    global _pixel_ratio  # noqa: PLW0603 - there is one job at a time
    before, _pixel_ratio = _pixel_ratio, pixel_ratio
    try:
        yield
    finally:
        _pixel_ratio = before


def draw(figure: Any, image_format: str | None = None) -> DrawnFigure:  # noqa: ANN401 - as below
    """Draw a figure, or what has one and its `savefig`; until it is changed, it is not stale.

    Without a format it is PNG, or SVG where `matplotlib.rcParams["savefig.format"]` is "svg".
    """
    owner = _figure_of(figure)
    chosen = image_format or ("svg" if _setting("savefig.format") == "svg" else "png")
    file = io.BytesIO()
    if owner is None:
        figure.savefig(file, format=chosen)
        density = 1.0
    elif chosen == "svg":
        # The same figure is the same file: without the time, and ids that are drawn by lot.
        with _settled_ids():
            figure.savefig(file, format=chosen, metadata={"Date": None})
        density = _CSS_PIXELS_AN_INCH / owner.dpi
    else:
        density = _density_of(owner)
        options = {} if density == 1 else {"dpi": owner.dpi * density}
        figure.savefig(file, format=chosen, **options)
    if hasattr(figure, "stale"):
        figure.stale = False
    media_type = {"svg": "image/svg+xml", "png": "image/png"}.get(chosen, "image/jpeg")
    return DrawnFigure(file.getvalue(), media_type, density, alt_of(owner))


def alt_of(figure: Any) -> str:  # noqa: ANN401 - it may be of any version
    """Say what a figure shows: its title, else those of its axes, else what these are labelled."""
    # Whatever a script has made of it, it is drawn without this.
    with suppress(Exception):
        axes = [each for each in figure.axes if each.get_label() != _COLORBAR]
        titles = [each.get_title(place) for each in axes for place in ("center", "left", "right")]
        for texts in [_title_of(figure)], titles, [_labels_of(each) for each in axes]:
            found = list(dict.fromkeys(filter(None, (" ".join(text.split()) for text in texts))))
            if found:
                return "; ".join(found)
    return ""


def _title_of(figure: Any) -> str:  # noqa: ANN401 - as above
    # Before matplotlib 3.8 there was no other way to it.
    title = getattr(figure, "_suptitle", None)
    return "" if title is None else str(title.get_text())


def _labels_of(axes: Any) -> str:  # noqa: ANN401 - as above
    across, up = str(axes.get_xlabel()).strip(), str(axes.get_ylabel()).strip()
    return f"{up} against {across}" if up and across else up or across


def _figure_of(data: Any) -> Any:  # noqa: ANN401 - one of matplotlib, which may not be there
    """Give the figure that this is or has, as a grid of seaborn does; None where there is none."""
    module = sys.modules.get("matplotlib.figure")
    if module is None:
        return None
    figure = data if isinstance(data, module.Figure) else getattr(data, "figure", None)
    return figure if isinstance(figure, module.Figure) else None


def _density_of(figure: Any) -> float:  # noqa: ANN401 - as above
    # Who says how finely figures are saved gets them so. Pictures that were put on it by the pixel
    # would be smaller on a finer one.
    if _setting("savefig.dpi") != "figure" or figure.images:
        return 1.0
    sides = [float(inches) * figure.dpi for inches in figure.get_size_inches()]
    if min(sides) <= 0:
        return 1.0
    room = min(_LONGEST_SIDE / max(sides), math.sqrt(_MOST_PIXELS / math.prod(sides)))
    return float(max(1, min(_pixel_ratio, _MOST_DENSITY, room)))


def _setting(name: str) -> object:
    matplotlib = sys.modules.get("matplotlib")
    return None if matplotlib is None else matplotlib.rcParams.get(name)


def _settled_ids() -> AbstractContextManager[object]:
    if _setting("svg.hashsalt") is not None:
        return nullcontext()
    matplotlib: Any = sys.modules["matplotlib"]
    settled: AbstractContextManager[object] = matplotlib.rc_context({"svg.hashsalt": "cahier"})
    return settled
