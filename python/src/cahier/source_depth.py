"""Refuses sources that are nested so deeply that Python cannot parse or compile them.

In a browser the stack is at its end before Python looks, which ends the whole interpreter. So the
depth of a source is estimated from its tokens, in one pass; it is never less than that of the
syntax tree, and about as much for what people write.
"""

from __future__ import annotations

import io
import sys
import tokenize
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Pyodide with a megabyte of stack came to its end at 1,350 levels at the earliest, as measured;
# in workers of Chromium and of Firefox at 2,400.
MOST_LEVELS = 600
# A level is three nodes of the tree at most, and each is visited by three functions.
_MOST_CALLS = 10_000
_EXPRESSION = (
    "The source is nested too deeply here: split it into several statements, with names for the "
    "parts."
)
_BLOCK = (
    "The source is nested too deeply here, by blocks or by elif: look values up in a dict, or "
    "split it into functions."
)
# Without many of these there is no depth, whatever the order.
_DEEPENING = (
    *("(", "[", "{", ".", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<<", ">>"),
    *("not", "else", "elif", "for", "lambda", "await", "yield", ":="),
)
_FACTORS = frozenset({"*", "/", "//", "%", "@", "**"})
_OPERATORS = frozenset({"+", "-", "&", "|", "^", "~", "<<", ">>"}) | _FACTORS
_COMPARISONS = frozenset({"<", ">", "==", ">=", "<=", "!=", "in", "is"})
# What ends all that is below them in the order of precedence.
_BOUNDARIES = frozenset({"and", "or", "if", "async"})
_PREFIXES = frozenset({"await", "yield"})
# What has all that comes behind it within it.
_TAILS = frozenset({"else", "for", "lambda"})
_ENDS = frozenset({",", ":", ";", "="})
_BLANK = frozenset({tokenize.NL, tokenize.COMMENT})
_F_STRING_START = getattr(tokenize, "FSTRING_START", -1)
_F_STRING_END = getattr(tokenize, "FSTRING_END", -1)
_OPENING = frozenset({"(", "[", "{"})
_CLOSING = frozenset({")", "]", "}"})
_KEYWORDS = frozenset(
    {
        *("and", "or", "not", "if", "else", "elif", "for", "async", "in", "is", "lambda", "await"),
        *("yield", "return", "assert", "del", "raise"),
    }
)


class TooDeep(NamedTuple):
    """Where a source begins to be too deep, lines from 1, and what to do about it."""

    line: int
    message: str


@lru_cache(maxsize=64)
def find_too_deep(source: str) -> TooDeep | None:
    """Give the first place that is too deep; None where there is none, or no Python at all."""
    if sum(map(source.count, _DEEPENING)) < MOST_LEVELS:
        return None
    meter = _Meter()
    try:
        for token in _tokens(source):
            if meter.take(token) > MOST_LEVELS:
                message = _EXPRESSION if meter.is_expression else _BLOCK
                return TooDeep(token.start[0], message)
    except (SyntaxError, tokenize.TokenError, ValueError):
        # Nobody reads further than this.
        return None
    return None


def check_depth(source: str, filename: str) -> None:
    """Look at a source before Python parses it.

    Raises:
        SyntaxError: it is nested too deeply; the line is where it begins to be.
    """
    found = find_too_deep(source)
    if found is not None:
        lines = io.StringIO(source, newline=None).readlines()
        raise SyntaxError(found.message, (filename, found.line, 0, lines[found.line - 1]))


@contextmanager
def room_for_trees() -> Iterator[None]:
    """Let functions of Python walk through the syntax tree of a source that is not too deep."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _MOST_CALLS))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(source, newline=None).readline)


class _Level:
    """One pair of brackets, or a statement: the depth of what has been read of it.

    `base` is what stands around it. Of the expression at hand, `tails` counts what reaches to its
    end (lambda, else, for); `negations`, `operators` and, within a term, `factors` are above the
    operand, which has so many `prefixes` and a `chain` of attributes and calls. The deepest of the
    terms, and of the operands of this term, that came before are kept.
    """

    __slots__ = (
        *("base", "chain", "deepest_operand", "deepest_term", "factors", "is_after_power"),
        *("lambdas", "negations", "operators", "peak", "prefixes", "tails"),
    )

    def __init__(self, base: int) -> None:
        self.base = base
        self.peak = 0
        self.tails = self.lambdas = 0
        self.end_part()

    def end_part(self) -> None:
        """Begin another part of the expression, which is not in those before."""
        self.negations = 0
        self.end_comparison()
        self.is_after_power = False

    def end_expression(self) -> None:
        self.tails = self.lambdas = 0
        self.end_part()

    def end_comparison(self) -> None:
        self.operators = self.factors = self.prefixes = self.chain = 0
        self.deepest_operand = self.deepest_term = 0

    def add_operator(self, *, is_factor: bool) -> None:
        self.deepest_operand = max(self.deepest_operand, self.prefixes + self.chain)
        self.prefixes = self.chain = 0
        if is_factor:
            self.factors += 1
        else:
            self.deepest_term = max(self.deepest_term, self.factors + self.deepest_operand)
            self.operators += 1
            self.factors = self.deepest_operand = 0

    def depth(self) -> int:
        term = self.factors + max(self.deepest_operand, self.prefixes + self.chain)
        depth = self.tails + self.negations + self.operators + max(self.deepest_term, term)
        self.peak = max(self.peak, depth)
        return self.base + depth

    def inner_base(self) -> int:
        above = self.tails + self.negations + self.operators + self.factors + self.prefixes
        return self.base + above + 1


class _Meter:
    """Follows the tokens of a source."""

    def __init__(self) -> None:
        # How many branches of an `elif` each block is in.
        self._blocks = [0]
        self._levels = [_Level(0)]
        self._is_line_start = True
        # Whether an operand stands before the token, so that an operator has one on both sides.
        self._is_after_operand = False

    @property
    def is_expression(self) -> bool:
        """Whether expressions have more of the depth than blocks."""
        return self._levels[0].base < MOST_LEVELS // 2

    def take(self, token: tokenize.TokenInfo) -> int:
        """Give the depth after one more token."""
        kind, text = token.type, token.string
        level = self._levels[-1]
        if kind in _BLANK:
            return 0
        if kind == tokenize.NEWLINE:
            del self._levels[1:]
            self._is_line_start = True
        elif kind == tokenize.INDENT:
            self._blocks.append(0)
        elif kind == tokenize.DEDENT:
            self._blocks.pop()
        elif self._is_line_start:
            self._begin_line(text)
            return self._take_part(token, self._levels[-1])
        else:
            return self._take_part(token, level)
        return 0

    def _begin_line(self, text: str) -> None:
        self._is_line_start = self._is_after_operand = False
        if text == "elif":
            self._blocks[-1] += 1
        elif text != "else":
            self._blocks[-1] = 0
        self._levels = [_Level(sum(self._blocks) + len(self._blocks) - 1)]

    def _take_part(self, token: tokenize.TokenInfo, level: _Level) -> int:
        kind, text = token.type, token.string
        if text in _OPENING or kind == _F_STRING_START:
            self._levels.append(_Level(level.inner_base()))
            self._is_after_operand = False
        elif (text in _CLOSING or kind == _F_STRING_END) and len(self._levels) > 1:
            self._close()
        elif kind in (tokenize.NAME, tokenize.OP):
            self._take_word(text, level)
        else:
            self._is_after_operand = True
        return self._levels[-1].depth()

    def _close(self) -> None:
        inner = self._levels.pop()
        level = self._levels[-1]
        inner.depth()
        level.chain = max(level.chain, inner.peak) + 1
        self._is_after_operand = True

    def _take_word(self, text: str, level: _Level) -> None:
        is_operand = text.isidentifier() and text not in _KEYWORDS
        if is_operand:
            level.is_after_power = False
        elif text in _OPERATORS:
            self._take_operator(text, level)
        elif text in _KEYWORDS:
            self._take_keyword(text, level)
        else:
            _take_sign(text, level)
        self._is_after_operand = is_operand or text == "..."

    def _take_operator(self, text: str, level: _Level) -> None:
        if self._is_after_operand or level.is_after_power:
            level.add_operator(is_factor=text in _FACTORS or level.is_after_power)
        else:
            level.prefixes += 1
        is_sign = level.is_after_power and not self._is_after_operand
        level.is_after_power = text == "**" or is_sign

    def _take_keyword(self, text: str, level: _Level) -> None:
        if text == "not":
            level.negations += not self._is_after_operand
        elif text in _PREFIXES:
            level.prefixes += 1
        elif text in _COMPARISONS:
            level.end_comparison()
        elif text in _BOUNDARIES:
            level.end_part()
        elif text in _TAILS:
            level.end_part()
            level.tails += 1
            level.lambdas += text == "lambda"


def _take_sign(text: str, level: _Level) -> None:
    if text == ".":
        level.chain += 1
    elif text == ":=":
        level.prefixes += 1
    elif text in _COMPARISONS:
        level.end_comparison()
    elif text == ":" and level.lambdas:
        level.lambdas -= 1
        level.end_part()
    elif text in _ENDS:
        # A comma or an equals sign between the parameters of a lambda does not end it.
        if not level.lambdas:
            level.end_expression()
        elif text == "=":
            level.end_part()
