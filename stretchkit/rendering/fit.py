"""No page is nearly empty: a document is laid out again, a little otherwise, until none is.

What stands alone on a page is joined by the end of the page before: that page is made shorter.
Where that would divide an exercise or a table, lines are set closer; and where that does not serve
either, as after an exercise that fills its page, the rest of the page is ruled, for notes.

A page is WeasyPrint's, as it laid it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from stretchkit.rendering.addresses import ruled_uri

ENOUGH = 0.12
"""The share of a page's height, between its margins, that what stands on it should take."""

_TRIES = 12
"""How often a page more is made shorter."""
_TWICE = 2
"""How often the same page is made shorter: what is moved may be less than there was room for."""
_LINE = 20.0
"""About the height of a line, CSS pixels."""
_CLOSER = """
:is(html, body, .exercise, .cards, .lines, .front-and-back) { line-height: 1.17 !important; }
:is(section + section, .exercise section) { margin-top: 1mm !important; }
.exercise { padding-top: 2mm !important; margin-top: 4mm !important; }
.log { break-before: auto !important; }
"""
_WHOLE = frozenset({"article", "table", "tr"})
PIXELS = 96 / 25.4
"""CSS pixels in a millimetre."""
_BELOW = 3 * PIXELS
"""How far lines to write on stay from the words above them."""
_FORCED = frozenset({"always", "page", "left", "right", "recto", "verso"})

Press = Callable[[str], Any]
"""Lays a document out with more style, and returns WeasyPrint's pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Where words and pictures of a page start and end below its margin, in CSS pixels.

    `room` is the page's height between its margins. `begun` says that the page was asked for, by a
    break before what stands on it; otherwise it goes on with what found no room on the page before.
    """

    room: float
    top: float
    bottom: float
    begun: bool

    @property
    def lacks(self) -> float:
        """How much is missing until the page is well used; 0 for one that is, or has nothing."""
        return max(0.0, ENOUGH * self.room - (self.bottom - self.top)) if self.bottom else 0.0


def fitted(press: Press) -> Any:
    """Return a document's pages, laid out so that none is nearly empty.

    Args:
        press: lays the document out; one that lays out the same elements every time.
    """
    usual: frozenset[int] | None = None
    tried: list[tuple[int, str, Any]] = []
    for closer in ("", _CLOSER):
        for style, document in _shortened(press, closer):
            split = divided(document)
            usual = split if usual is None else usual
            faults = len(wasted(extents(document))) + len(split - usual)
            if not faults:
                return document
            tried.append((faults, style, document))
    _, style, document = min(tried, key=lambda each: each[0])
    bare = wasted(extents(document))
    return press(style + "".join(_ruling(document, page) for page in bare)) if bare else document


def _shortened(press: Press, closer: str) -> Iterator[tuple[str, Any]]:
    """Yield a document with more and more of its pages shortened, each with its style.

    That ends where it leaves more pages nearly empty than there were.
    """
    shorter: dict[int, float] = {}
    tried: list[int] = []
    most = 0
    for _ in range(_TRIES):
        style = closer + _shortening(shorter)
        document = press(style)
        yield style, document
        found = extents(document)
        bare = wasted(found)
        most = most or len(bare)
        movable = [n for n in bare if not found[n].begun and tried.count(n) < _TWICE]
        if not movable or len(bare) > most:
            return
        page, before = movable[0], found[movable[0] - 1]
        tried.append(page)
        wanted = (found[page].lacks + _LINE) * tried.count(page)
        shorter[page - 1] = before.room - before.bottom + wanted


def _shortening(shorter: Mapping[int, float]) -> str:
    """Return the style that leaves a page's end free: the foot stays where it is."""
    return "".join(
        f"@page :nth({page + 1}) {{ padding-bottom: {by:.2f}px }}\n" for page, by in shorter.items()
    )


def _ruling(document: Any, page: int) -> str:
    """Return the style that rules what is free of a page."""
    extent, wide = extents(document)[page], document.pages[page]._page_box.width
    high = extent.room - extent.bottom - _BELOW
    lines = ruled_uri((wide / PIXELS, high / PIXELS))
    background = f'url("{lines}") left bottom / {wide:.2f}px {high:.2f}px no-repeat'
    return (
        "html { background: none !important }\n"
        f"@page :nth({page + 1}) {{ background: {background} }}\n"
    )


def wasted(found: list[Extent]) -> list[int]:
    """Return the pages, from 0 on, that are nearly empty though they need not be.

    A page that was asked for and ends where another one was asked for is as it should be.
    """
    ends = [*(extent.begun for extent in found[1:]), True]
    return [
        number
        for number, (extent, ended) in enumerate(zip(found, ends, strict=True))
        if extent.lacks and not (extent.begun and ended)
    ]


def extents(document: Any) -> list[Extent]:
    """Return what stands on each page of WeasyPrint's."""
    pages = [page._page_box for page in document.pages]
    begun = [True, *(_is_asked_for(before, after) for before, after in pairwise(pages))]
    return [_extent(page, start) for page, start in zip(pages, begun, strict=True)]


def divided(document: Any) -> frozenset[int]:
    """Return the exercises and tables on more than one page that should not be divided."""
    found: set[int] = set()
    before: set[int] = set()
    for page in document.pages:
        here = {id(box.element) for box in _content(page._page_box) if _is_whole(box)}
        found |= here & before
        before = here
    return frozenset(found)


def _is_whole(box: Any) -> bool:
    """Return whether a box is one not to divide: an exercise, some side by side, or a table."""
    if box.style["break_inside"] not in {"avoid", "avoid-page"}:
        return False
    return box.element.tag in _WHOLE or box.element.find("article") is not None


def _content(page: Any) -> Iterator[Any]:
    """Yield the boxes of a page without those of its margins."""
    return iter(page.children[0].descendants())


def _extent(page: Any, begun: bool) -> Extent:
    start = page.content_box_y()
    seen = [
        (box.position_y - start, box.position_y - start + box.height)
        for box in _content(page)
        if hasattr(box, "replacement") or getattr(box, "text", "").strip()
    ]
    top, bottom = min((x for x, _ in seen), default=0.0), max((x for _, x in seen), default=0.0)
    room = page.height + page.padding_bottom
    # A page without anything is there so that the next one is a right or a left one.
    return Extent(room=room, top=top, bottom=bottom, begun=begun or not seen)


def _is_asked_for(before: Any, after: Any) -> bool:
    """Return whether the break between two pages was asked for by what stands there."""
    earlier = {id(box.element) for box in _content(before)}
    later = {id(box.element) for box in _content(after)}
    return any(
        box.style["break_before"] in _FORCED and id(box.element) not in earlier
        for box in _line_of_descent(after.children[0], 0)
    ) or any(
        box.style["break_after"] in _FORCED and id(box.element) not in later
        for box in _line_of_descent(before.children[0], -1)
    )


def _line_of_descent(box: Any, place: int) -> Iterator[Any]:
    """Yield a box, its first or last child, that child's, and so on."""
    while True:
        yield box
        children = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        if not children:
            return
        box = children[place]
