"""Hides secrets wherever they would be shown."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from cahier.json_values import any_integers, json_text, json_text_in_ascii, json_value
from cahier.texts import without_half_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cahier.host import Buffer
    from cahier.known_tokens import KnownTokens

MASKED = "****"
SHORTEST_IN_TEXTS = 4
_LONG_LINE = 8
_LONG_PART = 8
# Each way to spell a text takes its time and its room, and each is looked for in all that is shown.
_LONGEST_ENCODED = 10_000
_PIECE = 1_000_000
_BEGINNING = 12
_ESCAPE = re.compile("%[0-9A-F]{2}")
_PLAIN = re.compile(r"[\w.~-]*", re.ASCII)


class SecretsMask:
    """Puts `****` in the place of every secret in a text.

    A secret is also found as JSON and `repr` spell it, and by each of its lines that has eight
    characters or more; and one of 10,000 characters at most as addresses, forms and HTML spell it.
    One of fewer than four characters is hidden only where it is all of a text:
    "a" stands in most. A blank one hides nothing.

    Of a secret that is an object or a list, also as JSON, each text in it is one as well, if it has
    four characters or more. Shorter ones, names, numbers, true and false are hidden with the whole
    alone: they stand everywhere. In values that a job hands on, where a wrong `****` is a wrong
    result, those texts of fewer than eight characters are hidden only where they are all of a text:
    "admin" is a part of names, too.
    """

    def __init__(self, *, is_for_values: bool = False) -> None:
        """Start without any secret, for what is shown or for values that are handed on."""
        self._spellings: list[str] = []
        self._short: set[str] = set()
        self._tokens: KnownTokens | None = None
        self._shortest_part = _LONG_PART if is_for_values else SHORTEST_IN_TEXTS
        self._of_values = None if is_for_values else SecretsMask(is_for_values=True)

    @property
    def of_values(self) -> SecretsMask:
        """The mask of the same secrets for values that a job hands on."""
        return self._of_values or self

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hide."""
        return not self._spellings and not self._short and not self._has_tokens

    @property
    def _has_tokens(self) -> bool:
        return self._tokens is not None and not self._tokens.is_empty

    @property
    def has_short(self) -> bool:
        """Whether there are some that are hidden only where they are all of a text."""
        return bool(self._short)

    def watch(self, tokens: KnownTokens) -> None:
        """Hide these tokens from here on, and those that become known later."""
        self._tokens = tokens
        if self._of_values is not None:
            self._of_values.watch(tokens)

    def add(self, secret: object) -> None:
        """Hide this text from here on; what is no text is hidden as `str` and JSON spell it."""
        if isinstance(secret, str) and len(secret) >= _LONG_LINE and _PLAIN.fullmatch(secret):
            # As tokens are: there is one way only to spell it, and no time to look for others.
            self._take({secret})
        else:
            self._add_any(secret)
        if self._of_values is not None:
            self._of_values.add(secret)

    def _add_any(self, secret: object) -> None:
        whole = _whole(secret)
        parts = [text for text in _parts(secret) if len(text) >= SHORTEST_IN_TEXTS]
        in_texts = [
            *(text for text in whole if len(text) >= SHORTEST_IN_TEXTS),
            *(text for text in parts if len(text) >= self._shortest_part),
        ]
        self._short |= {text for text in [*whole, *parts] if text.strip()}.difference(in_texts)
        spellings = {
            spelled
            for text in in_texts
            for part in [text, *_long_lines(text)]
            if part.strip()
            for spelled in (
                *_spelled(part),
                *(_encoded(part) if len(text) <= _LONGEST_ENCODED else ()),
            )
        }
        self._take(spellings)

    def _take(self, spellings: set[str]) -> None:
        self._spellings = sorted(spellings | set(self._spellings), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Give the text without the secrets."""
        for spelling in self._spellings:
            text = text.replace(spelling, MASKED)
        if self._tokens is not None:
            text = self._tokens.hide(text, MASKED)
        line = text.rstrip("\n") if self._short else ""
        return MASKED + text[len(line) :] if line in self._short else text

    def may_be_in(self, texts: Iterable[str]) -> bool:
        """Say whether a secret can stand in one of the texts; quicker than to hide it in each."""
        if self._short:
            return True
        joined = "\n".join(texts)
        if any(spelling in joined for spelling in self._spellings):
            return True
        return self._tokens is not None and self._tokens.hide(joined, MASKED) != joined

    def is_in_bytes(self, data: Buffer) -> bool:
        """Say whether a secret of four characters or more stands in the bytes, as UTF-8.

        Of tokens that it watches for, the claims are looked for alone.
        """
        wanted = self._wanted_in_bytes()
        # What holds another one is found by that.
        wanted = [one for one in wanted if not any(two in one for two in wanted if two != one)]
        # The claims of all tokens begin alike.
        beginnings = {one[:_BEGINNING] for one in wanted}
        overlap = self.longest_in_bytes
        tokens = self._tokens if self._has_tokens else None
        view = memoryview(data).cast("B")  # type: ignore[arg-type] # numpy's arrays are buffers
        for start in range(0, len(view) if overlap else 0, _PIECE):
            piece = bytes(view[start : start + _PIECE + overlap])
            if tokens is not None and tokens.has_claims_in(piece):
                return True
            # Most of them are long, and a search for a beginning is quicker.
            if any(beginning in piece for beginning in beginnings) and any(
                one in piece for one in wanted
            ):
                return True
        return False

    def _wanted_in_bytes(self) -> list[bytes]:
        return [spelling.encode(errors="surrogatepass") for spelling in self._spellings]

    @property
    def longest_in_bytes(self) -> int:
        """How many bytes of UTF-8 the longest secret that is looked for in bytes takes."""
        longest = 0 if self._tokens is None else self._tokens.longest
        return max(longest, *map(len, self._wanted_in_bytes()), 0)

    def hide_in_name(self, name: str) -> str:
        """Give a name without the secrets; one that is a short secret stays."""
        return name if name in self._short else self(name)

    def may_go_on(self, text: str) -> bool:
        """Say whether the text ends with the beginning of a secret."""
        last = text[-1:]
        for spelling in self._spellings if last else ():
            end = spelling.find(last) + 1
            while 0 < end < len(spelling):
                if text.endswith(spelling[:end]):
                    return True
                end = spelling.find(last, end) + 1
        return self._tokens is not None and self._tokens.may_go_on(text)


class SecretsWatch:
    """Looks for secrets in bytes that come in parts, and where two parts meet."""

    def __init__(self, mask: SecretsMask) -> None:
        """Look for what the mask knows now."""
        self._mask = mask
        self._overlap = mask.longest_in_bytes
        self._end = b""

    def sees_one_in(self, part: memoryview) -> bool:
        """Say whether there is a secret in the part, or one that begins in those before it."""
        if not self._overlap:
            return False
        meeting = self._end + bytes(part[: self._overlap])
        self._end = (self._end + bytes(part[-self._overlap :]))[-self._overlap :]
        return self._mask.is_in_bytes(meeting) or self._mask.is_in_bytes(part)


def _long_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line.strip()) >= _LONG_LINE]


def _whole(secret: object) -> list[str]:
    """Give the texts that all of a secret may be shown as."""
    with any_integers():
        texts = [str(secret)]
    if isinstance(secret, dict | list | tuple):
        with suppress(TypeError, ValueError):
            texts += [json_text(secret), json_text_in_ascii(secret)]
    return texts


def _parts(secret: object) -> Iterator[str]:
    """Give the texts in an object, a list or a text, or in one of these as JSON."""
    if not isinstance(secret, str):
        yield from _texts_in(secret)
    elif secret.lstrip()[:1] in ("{", "[", '"'):
        with suppress(ValueError):
            yield from _texts_in(json_value(secret))


def _texts_in(held: object) -> Iterator[str]:
    """Give the texts in an object or a list of any depth, circles too; names are none."""
    waiting, seen = [held], set[int]()
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict | list | tuple) and id(each) not in seen:
            seen.add(id(each))
            waiting.extend(each.values() if isinstance(each, dict) else each)


def _spelled(part: str) -> tuple[str, ...]:
    return (
        part,
        json.dumps(part)[1:-1],
        json.dumps(part, ensure_ascii=False)[1:-1],
        repr(part)[1:-1],
    )


def _encoded(part: str) -> Iterator[str]:
    """Give the text as addresses, forms and HTML spell it, percents with either case."""
    if _PLAIN.fullmatch(part):
        return
    from html import escape  # noqa: PLC0415 - the page waits for the import of this module
    from urllib.parse import quote, quote_plus  # noqa: PLC0415 - as above

    whole = without_half_characters(part)
    # What stays as it is: by default in Python, in a part of a path, in JavaScript.
    for quoted in (*(quote(whole, safe) for safe in ("/", "", "!'()*")), quote_plus(whole)):
        yield quoted
        yield _ESCAPE.sub(lambda escaped: escaped[0].lower(), quoted)
    yield escape(part)
    yield escape(part, quote=False)
