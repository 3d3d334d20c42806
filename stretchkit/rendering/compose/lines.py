"""Words into lines: at spaces between plain words here, and by the engine wherever it is not sure.

Where a line may end is told by Unicode's line breaking algorithm (UAX 14).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.letters import UNITS, glyphs
from stretchkit.rendering.compose.letters import width as width_of
from stretchkit.rendering.pdf import engine

_WORD = re.compile(
    r"""[(“‘"'¿¡]*+   # what opens
        [^\W_]++(?:[.,:;'’·][^\W_]++)*+   # letters and digits
        [.,:;!?)”’"'…%]*+   # what closes""",
    re.VERBOSE,
)
"""A word that no line ends in, and that a line may end after."""
_HAIR = 0.5
"""Pixels within which a word may stand on either line."""


class Line(NamedTuple):
    """One line of a text: its words, its width in CSS pixels, whether a space was broken at."""

    text: str
    width: float
    spaced: bool


def lines(text: str, style: Mapping[str, Any], width: float) -> tuple[Line, ...]:
    """Return a text's lines in a width in CSS pixels.

    Raises:
        Doubt: if a word may be broken, or a glyph is not in the common fonts.
    """
    if "\xad" in text:
        raise Doubt(Reason.WORDS)
    return _plain(text, style, width) or _by_engine(text, style, width)


def _plain(text: str, style: Mapping[str, Any], width: float) -> tuple[Line, ...]:
    """Return the lines of plain words; none where in doubt."""
    words = text.split(" ")
    whole = width_of(text, style)
    if whole < width - _HAIR and all(words) and "\n" not in text:
        return (Line(text, whole, False),)
    if not all(map(_WORD.fullmatch, words)):
        return ()
    ends = _ends(text, words, style)
    found: list[Line] = []
    first, start = 0, 0.0
    for number, (_, end) in enumerate(ends):
        if abs(end - start - width) < _HAIR:
            return ()
        if end - start > width:
            if first == number:
                return ()
            line = " ".join(words[first:number])
            found.append(Line(line, width_of(line, style), True))
            first, start = number, ends[number][0]
    last = " ".join(words[first:])
    return (*found, Line(last, width_of(last, style), False))


def _ends(text: str, words: list[str], style: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Return where each word starts and ends on one long line."""
    at = [0.0] * (len(text) + 1)
    for _, letter, advance in glyphs(text, style):
        at[letter + 1] += advance / UNITS
    for place in range(len(text)):
        at[place + 1] += at[place]
    found, place = [], 0
    for word in words:
        found.append((at[place], at[place + len(word)]))
        place += len(word) + 1
    return found


def _by_engine(text: str, style: Mapping[str, Any], width: float) -> tuple[Line, ...]:
    engine()
    from stretchkit.rendering.compose.breaking import broken  # noqa: PLC0415 - needs WeasyPrint

    return tuple(Line(*each) for each in broken(text, style, width))
