"""Where a part breaks that does not fit on a page as a whole: asked of WeasyPrint, and remembered.

It breaks alike wherever the same lines fit. So what was found out below one height holds for all
heights down to the one at which the last line would fit no more.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from stretchkit.figure.cache import Store
from stretchkit.rendering.compose.parts import Parts
from stretchkit.rendering.compose.ready import Ready, made_ready
from stretchkit.rendering.compose.stack import Place, Standing
from stretchkit.rendering.compose.warehouse import Warehouse, key_of, parts_of

_LEADING = 4.0
"""Pixels that a line may be higher than its letters."""

SPACER = '<div style="height: {:.6f}px"></div>'
"""What stands in place of the parts above."""


class _Break(NamedTuple):
    """From which height to which the parts above may end, and the key of the pieces."""

    first: float
    last: float
    key: str


@dataclass(slots=True)
class Breaks:
    """The ways in which one part breaks.

    Args:
        key: what the part depends on.
        page: makes a page of it below a spacer.
        store: where breaks are kept; nowhere when None.
    """

    key: str
    page: Callable[[str], str]
    store: Store | None
    known: list[_Break] = field(default_factory=list)

    def __post_init__(self) -> None:
        data = self.store.read(self._place) if self.store else None
        if data:
            self.known = [_Break(*each) for each in json.loads(data)]

    @property
    def _place(self) -> str:
        """Where the breaks are kept: beside the part itself, whose key is its own."""
        return key_of(f"breaks of {self.key}")

    def at(self, below: float, top: float, bottom: float) -> list[Standing]:
        """Return the pieces of the part, the page that the part above ends on being the first.

        Args:
            below: where the part above it ends, in CSS pixels from the top of the page.
            top: where a page's room starts.
            bottom: where it ends.

        Raises:
            Doubt: if a piece is of a kind that cannot be composed.
        """
        found = next((each for each in self.known if each.first <= below <= each.last), None)
        if found is None:
            key = f"below {below:.6f} {self.key}"
            pieces = self._pieces(key, below, top)
            last = below
            if pieces[0].part.page:
                last = bottom
            elif len(pieces) > 1:
                last = max(below, below + bottom - pieces[0].part.solid - _LEADING)
            found = _Break(below, last, key)
            self._keep(found)
        else:
            pieces = self._pieces(found.key, found.first, top)
        down = below - found.first
        return [
            (each, Place(each.part.page, each.part.top + (0 if each.part.page else down)))
            for each in pieces
        ]

    def _pieces(self, key: str, below: float, top: float) -> tuple[Ready, ...]:
        def make() -> tuple[Ready, ...]:
            page = self.page(SPACER.format(below - top))
            parts: Parts = parts_of(self.store, page, key, "article")
            return tuple(map(made_ready, parts))

        return _PIECES.get(key, make)

    def _keep(self, found: _Break) -> None:
        self.known = [each for each in self.known if not _within(each, found)] + [found]
        if self.store:
            self.store.write(self._place, json.dumps(self.known).encode())


def _within(one: _Break, other: _Break) -> bool:
    return other.first <= one.first and one.last <= other.last


_PIECES: Warehouse[tuple[Ready, ...]] = Warehouse(256)
