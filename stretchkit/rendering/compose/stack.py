"""Parts one below the other, from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.parts import Part

HAIR = 1.5
"""Pixels within which nobody knows on which side of a page's edge WeasyPrint puts a part."""


class Place(NamedTuple):
    """Where a part stands: its page from 0 on, and its top in CSS pixels from the page's top."""

    page: int
    top: float


def stacked(
    first: Sequence[Part], others: Sequence[Part], top: float, bottom: float
) -> list[Place]:
    """Return the places of parts between the margins of pages.

    Args:
        first: the parts that the first pages start with, where they were laid out.
        others: the parts that follow, which are never split.
        top: where a page's room starts, in CSS pixels.
        bottom: where it ends.

    Raises:
        Doubt: if a part is taller than a page, or ends right at the edge of one.
    """
    places = [Place(page, part.top) for page, part in enumerate(first)]
    page, below = len(first) - 1, first[-1].bottom
    for part in others:
        tall, solid = part.bottom - part.top, part.solid - part.top
        if tall > bottom - top - HAIR:
            raise Doubt(Reason.TALL)
        start = below + part.above
        if solid - HAIR < bottom - start < tall + HAIR:
            raise Doubt(Reason.EDGE)
        if start + tall > bottom:
            page, start = page + 1, top
        places.append(Place(page, start))
        below = start + tall
    return places
