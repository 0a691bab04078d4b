"""`sys.stdout` and `sys.stderr` of a job."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cahier._wire import LogStream
    from cahier.log import Log

_PIECE_BYTES = 1_000_000


class LogTextStream(io.TextIOBase):
    """A text stream that writes to the log; its `buffer` takes UTF-8."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, log: Log, stream: LogStream) -> None:
        """Write to the log under the name of this stream."""
        self.name = f"<{stream}>"
        self._log = log
        self._stream = stream
        self.buffer = _LogByteStream(self)

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Write the text and give its length."""
        if not isinstance(text, str):
            message = f"write() takes a str, not {type(text).__name__}"
            raise TypeError(message)
        self._log.print(self._stream, text)
        return len(text)

    def flush(self) -> None:
        """Send what is gathered."""
        self._log.flush()


class _LogByteStream(io.RawIOBase):
    """Decodes what is written; a character may come in pieces."""

    def __init__(self, text_stream: LogTextStream) -> None:
        self._text_stream = text_stream
        self._decoder = codecs.getincrementaldecoder(text_stream.encoding)(text_stream.errors)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override] # any buffer, as typeshed has it
        content = memoryview(data).cast("B")
        for start in range(0, len(content), _PIECE_BYTES):
            self._text_stream.write(self._decoder.decode(content[start : start + _PIECE_BYTES]))
        return len(content)

    def flush(self) -> None:
        self._text_stream.flush()
