"""The log of one job: gathers what is printed, sends it in batches, and cuts what is too much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from cahier.secrets_mask import SecretsMask
from cahier.texts import cut, without_half_characters

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import JobEvent, LogEntry, LogStream
    from cahier.host import Host

EventStream: TypeAlias = Literal["json", "message", "event"]
EventRoom: TypeAlias = Literal["common", "output", "end"]

_WINDOW_SECONDS = 0.05
_WRITES_A_WINDOW = 20
_LARGEST_BATCH = 65_536
_MOST_ENTRIES = 1_000
_MOST_CHARACTERS = 1_000_000
_MOST_LINES = 100_000
_MOST_WARNINGS = 1_000
_LONGEST_WARNING = 1_000
_MOST_ERRORS = 1_000
_MOST_EVENTS = 10_000
_MOST_EVENT_CHARACTERS = 2_000_000
_EVENTS_LIMIT = f"{_MOST_EVENT_CHARACTERS:,} characters of events"
# Kept for the events of outputs beyond that, and for the one of the end.
_MOST_FURTHER_OUTPUTS = 1_000
_MOST_FURTHER_OUTPUT_CHARACTERS = 2_000_000
_WHOLE_STREAMS = ("json", "message", "event", "warning", "error")


class _Chunk(NamedTuple):
    """Writes to one stream in a row; `seconds` is when the first of them came."""

    seconds: float
    stream: LogStream
    parts: list[str]

    def entry(self, mask: SecretsMask) -> LogEntry:
        text = "".join(self.parts)
        if len(self.parts) > 1:
            text = mask(text)
        return {"time": self.seconds * 1000, "stream": self.stream, "text": text}


class Log:
    """Sends `log-added` events.

    Every write decides by itself: the first 20 in a window of 50 ms go out at once, later ones are
    gathered until the window has passed, or 65,536 characters or 1,000 entries are there. After
    such a window, and until there is a quieter one, all writes are gathered: a flood makes 20
    batches a second. The host sends the last of them with `flush_if_idle`. An event of the record
    goes out with what comes after it.

    A job keeps 1,000,000 printed characters and 100,000 printed lines, and beside them 1,000
    warnings, 1,000 errors, and 10,000 events of 2,000,000 characters together. Beyond those it
    keeps 1,000 events of outputs, of 2,000,000 characters together, and always the event of its
    end. Each warning, error and event is an entry of its own, so that they can be counted. Secrets
    are hidden in all, also where neighbouring writes to one stream make them: what ends like the
    beginning of a secret is gathered.
    """

    def __init__(self, host: Host, now: Callable[[], float]) -> None:
        """Start empty; `now` gives epoch seconds."""
        self.mask = SecretsMask()
        self._host = host
        self._now = now
        self._regular: list[Callable[[], None]] = []
        self._chunks: list[_Chunk] = []
        self._gathered = 0
        self._window_start = now()
        self._writes_in_window = 0
        self._is_flooded = False
        self._is_adding = False
        self._characters_left = _MOST_CHARACTERS
        self._lines_left = _MOST_LINES
        self._characters_cut = 0
        self._warnings_left = {"warning": _MOST_WARNINGS, "error": _MOST_ERRORS}
        self._warnings_cut = {"warning": 0, "error": 0}
        self._events_left = _MOST_EVENTS
        self._event_characters_left = _MOST_EVENT_CHARACTERS
        self._events_cut = 0
        self._further_outputs_left = _MOST_FURTHER_OUTPUTS
        self._further_output_characters_left = _MOST_FURTHER_OUTPUT_CHARACTERS
        self._is_closed = False

    def print(self, stream: LogStream, text: str) -> None:
        """Take what was printed to a stream; what goes beyond a limit is counted only."""
        if self._is_closed:
            return
        if self._characters_cut:
            self._characters_cut += len(text)
            return
        text = self.mask(text)
        kept = text[: self._characters_left]
        limit = f"{_MOST_CHARACTERS:,} printed characters"
        lines = kept.count("\n")
        if lines >= self._lines_left and (beyond := kept.split("\n", self._lines_left)[-1]):
            kept = kept[: -len(beyond)]
            limit = f"{_MOST_LINES:,} printed lines"
        self._characters_left -= len(kept)
        self._lines_left -= lines
        self._characters_cut = len(text) - len(kept)
        if kept:
            self._add(stream, kept)
        if self._characters_cut:
            self._note(f"The log is cut here: a job keeps {limit}.")

    def warn(self, text: str, stream: Literal["warning", "error"] = "warning") -> None:
        """Take a line that warns the reader; what goes beyond the limit is counted only."""
        if self._is_closed:
            return
        if self._warnings_left[stream]:
            self._warnings_left[stream] -= 1
            self._add(stream, f"{cut(self.mask(text), _LONGEST_WARNING)}\n")
        else:
            self._warnings_cut[stream] += 1

    def event(self, stream: EventStream, text: str, room: EventRoom = "common") -> None:
        """Take a JSON text as an entry of its own; what goes beyond the limit is counted only.

        There is further room for the events of outputs, and always room for the one of the end.
        """
        if self._is_closed:
            return
        text = self.mask(text)
        if not self._events_cut and self._events_left and len(text) <= self._event_characters_left:
            self._events_left -= 1
            self._event_characters_left -= len(text)
            self._add(stream, text)
            return
        if room == "end" or (room == "output" and self._takes_further_output(len(text))):
            self._add(stream, text)
            return
        if not self._events_cut:
            limit = f"{_MOST_EVENTS:,} events" if not self._events_left else _EVENTS_LIMIT
            self._note(f"The log is cut here: a job keeps {limit}.")
        self._events_cut += 1

    def emit(self, event: JobEvent) -> None:
        """Send another event after what is gathered."""
        if not self._is_closed:
            self.flush()
            self._host.emit(event)

    def call_regularly(self, function: Callable[[], None]) -> None:
        """Have the function called now and then, while the script computes and while it waits."""
        self._regular.append(function)

    def flush(self) -> None:
        """Send what is gathered."""
        if self._chunks:
            entries = [chunk.entry(self.mask) for chunk in self._chunks]
            self._chunks, self._gathered = [], 0
            self._host.emit({"type": "log-added", "entries": entries})

    def flush_if_idle(self) -> None:
        """Send what is gathered, unless this comes in the middle of a write."""
        if not self._is_adding:
            for function in self._regular:
                function()
            self.flush()

    def close(self) -> None:
        """Send the rest, and say how much was cut; whatever is printed later is dropped."""
        if self._characters_cut:
            self._note(f"{self._characters_cut:,} printed characters were left out.")
        if count := self._warnings_cut["warning"]:
            self._note(f"{count:,} warnings were left out: a job keeps {_MOST_WARNINGS:,}.")
        if count := self._warnings_cut["error"]:
            self._note(f"{count:,} errors were left out: a job keeps {_MOST_ERRORS:,}.")
        if self._events_cut:
            self._note(f"{self._events_cut:,} events were left out.")
        self.flush()
        self._is_closed = True

    def _takes_further_output(self, length: int) -> bool:
        if not self._further_outputs_left or length > self._further_output_characters_left:
            return False
        self._further_outputs_left -= 1
        self._further_output_characters_left -= length
        return True

    def _note(self, text: str) -> None:
        self._add("warning", f"{text}\n")

    def _add(self, stream: LogStream, text: str) -> None:
        self._is_adding = True
        try:
            self._add_alone(stream, text)
        finally:
            self._is_adding = False

    def _add_alone(self, stream: LogStream, text: str) -> None:
        now = self._now()
        self._gather(now, stream, without_half_characters(text))
        is_full = self._gathered >= _LARGEST_BATCH or len(self._chunks) >= _MOST_ENTRIES
        is_due = False
        if not 0 <= now - self._window_start < _WINDOW_SECONDS:
            self._is_flooded = self._writes_in_window > _WRITES_A_WINDOW
            self._window_start = now
            self._writes_in_window = 0
            is_due = True
        self._writes_in_window += 1
        is_due = is_due or (not self._is_flooded and self._writes_in_window <= _WRITES_A_WINDOW)
        # The record that events are for is read when the job is over.
        is_due = is_due and stream != "event"
        if is_full or (is_due and not self._may_go_on()):
            self.flush()

    def _may_go_on(self) -> bool:
        *_, last = self._chunks
        is_whole = last.stream in _WHOLE_STREAMS
        return not is_whole and not self.mask.is_empty and self.mask.may_go_on("".join(last.parts))

    def _gather(self, now: float, stream: LogStream, text: str) -> None:
        self._gathered += len(text)
        is_whole = stream in _WHOLE_STREAMS
        if is_whole or not self._chunks or self._chunks[-1].stream != stream:
            self._chunks.append(_Chunk(now, stream, []))
        self._chunks[-1].parts.append(text)
