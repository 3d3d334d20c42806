"""Scripts whose glyphs do not tell their letters one by one."""

from __future__ import annotations

import unicodedata

_INDIC_TO_TIBETAN = range(0x0900, 0x1000)


def needs_words(text: str) -> bool:
    """Return whether glyphs of a text do not tell its letters one by one, from left to right."""
    return any(
        unicodedata.bidirectional(char) in ("R", "AL", "AN")
        or unicodedata.combining(char)
        or ord(char) in _INDIC_TO_TIBETAN
        for char in text
    )


def needs_words_on_the_page(text: str) -> bool:
    """Return whether programs that go by where glyphs stand cannot tell a text's letters.

    They turn letters from right to left round themselves, and would turn given words round too;
    in Hebrew without points each glyph is a letter, so none are given.
    """
    return needs_words("".join(char for char in text if unicodedata.bidirectional(char) != "R"))
