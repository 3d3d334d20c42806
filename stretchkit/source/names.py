"""The nearest word: what somebody most likely meant to write."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like the given one, None when none is alike."""
    wanted = word.lower().replace("_", "-")
    by_key = {name.lower(): name for name in sorted(known)}
    if wanted.replace(" ", "-") in by_key:
        return by_key[wanted.replace(" ", "-")]
    if wanted.replace("-", " ") in by_key:
        return by_key[wanted.replace("-", " ")]
    close = difflib.get_close_matches(wanted, by_key, n=1, cutoff=0.55)
    return by_key[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or lists a few of them, if any."""
    names = sorted(known)
    if not names:
        return ""
    close = nearest(word, names)
    if close:
        return f'did you mean "{close}"?'
    shown = ", ".join(names[:12])
    return f"known: {shown}{', …' if len(names) > 12 else ''}"  # noqa: PLR2004 - one line of text
