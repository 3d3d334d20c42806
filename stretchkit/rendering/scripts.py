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
