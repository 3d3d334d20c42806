"""Parts one below the other, from page to page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from stretchkit.rendering.compose.parts import Part
from stretchkit.rendering.compose.ready import Ready
from stretchkit.rendering.fit import ENOUGH

HAIR = 1.5
"""Pixels within which nobody knows on which side of a page's edge WeasyPrint puts a part."""

_ABOVE_WORDS = 24.0
"""Pixels from the top of a part to its words, at the most."""


class Place(NamedTuple):
    """Where a part stands: its page from 0 on, and its top in CSS pixels from the page's top."""

    page: int
    top: float


Standing: TypeAlias = tuple[Ready, Place]
Broken: TypeAlias = Callable[[float], list[Standing]]
"""Given where the part above ends, returns the pieces of a part, that page being the first."""


def stacked(
    first: Sequence[Part], others: Sequence[tuple[Ready, Broken]], top: float, bottom: float
) -> list[list[Standing]]:
    """Return the places of parts between the margins of pages.

    Args:
        first: the parts that the first pages start with, where they were laid out.
        others: the parts that follow, whole, and how they stand where they do not fit as a whole.
        top: where a page's room starts, in CSS pixels.
        bottom: where it ends.

    Returns:
        The pieces of each of the others, one of them where it stands on one page.
    """
    found: list[list[Standing]] = []
    page, below = len(first) - 1, first[-1].bottom
    for whole, broken in others:
        part = whole.part
        tall, start = part.bottom - part.top, below + part.above
        short = tall < bottom - top - HAIR and not part.breakable
        if bottom - start > tall + HAIR:
            standing = [(whole, Place(page, start))]
        elif short and bottom - start < part.solid - part.top - HAIR:
            standing = [(whole, Place(page + 1, top))]
        else:
            standing = [
                (each, Place(page + place.page, place.top)) for each, place in broken(below)
            ]
        found.append(standing)
        last, place = standing[-1]
        page, below = place.page, place.top + last.part.bottom - last.part.top
    return found


def is_nearly_empty(standing: Iterable[Standing], top: float, bottom: float) -> bool:
    """Return whether a page may be one that the plain way would lay out again.

    Args:
        standing: the parts of all pages.
        top: where a page's room starts, in CSS pixels.
        bottom: where it ends.
    """
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    for ready, place in standing:
        end = place.top + ready.part.solid - ready.part.top
        starts[place.page] = min(place.top, starts.get(place.page, place.top))
        ends[place.page] = max(end, ends.get(place.page, end))
    least = ENOUGH * (bottom - top) + _ABOVE_WORDS
    return any(ends[page] - starts[page] < least for page in starts)
