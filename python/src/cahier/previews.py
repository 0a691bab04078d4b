"""Shows the previews of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.preview_problems import PreviewError
from cahier.replacements import Replacements
from cahier.texts import cut, without_half_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cahier._wire import PreviewPayload
    from cahier.host import Host
    from cahier.log import Log

_MOST_PREVIEWS = 1_000
_LONGEST_PROBLEM = 2_000


class Previews:
    """Sends `preview-added` events.

    A job shows 1,000 previews; one that replaces another by its id is none more, and is sent
    once in 0.3 s at most. What cannot be shown is a warning, says why in its place, and ends
    nothing.
    """

    def __init__(self, host: Host, log: Log, now: Callable[[], float]) -> None:
        """Start without any; `now` gives epoch seconds, and a path in `folders` names a file."""
        self._host = host
        self._log = log
        self.folders: Sequence[str] = ()
        self._now = now
        self._replacements = Replacements(now)
        log.call_regularly(self._replacements.look)
        self._count = 0
        self._left_out = 0

    def add(self, payload: object, preview_id: str | None = None) -> None:
        """Show what `context.preview` takes; the same id again replaces that preview.

        Raises:
            TypeError: it is no preview at all.
        """
        from cahier.preview_content import preview_content, type_of_preview  # noqa: PLC0415 - the page waits for the import of this module

        if preview_id is None and isinstance(payload, dict) and payload.get("id") is not None:
            preview_id = str(payload["id"])
        if preview_id is not None:
            preview_id = self._log.mask(preview_id)
        kind = type_of_preview(payload)
        self._show(
            kind,
            payload.get("data") if isinstance(payload, dict) else payload,
            lambda: preview_content(kind, payload, self._host, self._log, self.folders),
            preview_id,
        )

    def show_figure(self, figure: object) -> None:
        """Show a matplotlib Figure as an image."""
        from cahier.preview_content import preview_content  # noqa: PLC0415 - as above

        self._show(
            "image",
            figure,
            lambda: preview_content("image", figure, self._host, self._log, self.folders),
            None,
        )

    def _show(
        self, kind: str, data: object, make: Callable[[], PreviewPayload], preview_id: str | None
    ) -> None:
        """Show what `make` gives of the data; where that fails, warn and show why."""
        from cahier.event_texts import named_in_event  # noqa: PLC0415 - as above

        if not self._has_room(preview_id):
            return
        try:
            content = make()
        except PreviewError as problem:
            content = self._problem(f"A preview of type {kind} is not shown: {problem}.")
        except Exception as error:  # noqa: BLE001 - figures and tables are drawn by any library
            content = self._problem(
                f"A preview of type {kind} is not shown: {type(error).__name__}: {error}"
            )
        # As it was when it was shown, though it may be sent later.
        named = {"type": kind, "data": named_in_event(data), "id": preview_id}
        seconds = self._now()
        self._count += preview_id is None or preview_id not in self._replacements
        if preview_id is None:
            self._send(named, content, None, seconds)
        else:
            self._replacements.take(
                preview_id, lambda: self._send(named, content, preview_id, seconds)
            )

    def close(self) -> None:
        """Send those that wait, and say how many were left out."""
        self._replacements.close()
        if self._left_out:
            self._log.warn(f"{self._left_out:,} previews were left out.")

    def _problem(self, problem: str) -> PreviewPayload:
        self._log.warn(problem)
        text = without_half_characters(self._log.mask(problem))
        return {"type": "problem", "problem": cut(text, _LONGEST_PROBLEM)}

    def _send(
        self,
        named: dict[str, object],
        content: PreviewPayload,
        preview_id: str | None,
        seconds: float,
    ) -> None:
        from cahier.event_texts import event_text  # noqa: PLC0415 - as above

        text = event_text("BlockPreview", {"payload": named}, self._log.mask)
        self._log.event("event", text)
        self._log.emit(
            {
                "type": "preview-added",
                "preview": {"id": preview_id, "time": seconds * 1000, "content": content},
            }
        )

    def _has_room(self, preview_id: str | None) -> bool:
        if self._count < _MOST_PREVIEWS or preview_id in self._replacements:
            return True
        if not self._left_out:
            self._log.warn(
                f"No more previews are shown: a job shows {_MOST_PREVIEWS:,}. Give an id, as in "
                'context.preview(payload, id="plot"), to replace an earlier one.'
            )
        self._left_out += 1
        return False
