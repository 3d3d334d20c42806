"""Words into a skeleton: into its slots where they fit, or laid out for themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stretchkit.figure.cache import Store
from stretchkit.rendering.compose.document import Piece
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.parts import Parts
from stretchkit.rendering.compose.ready import Ready, made_ready
from stretchkit.rendering.compose.skeleton import (
    Skeleton,
    Values,
    Words,
    check,
    page_of,
    shape_of,
    slots_of,
    without_slots,
    words_of,
)
from stretchkit.rendering.compose.stack import Place
from stretchkit.rendering.compose.warehouse import parts_of


class Filled(NamedTuple):
    """A skeleton with words, and its parts.

    `slotted` says whether the words are in slots, so that the parts are nobody's alone.
    """

    skeleton: Skeleton
    values: Values
    words: Words
    parts: tuple[Ready, ...]
    slotted: bool

    def page(self) -> str:
        """Return the HTML with the words."""
        page = page_of(self.skeleton, self.values)
        return page if self.slotted else without_slots(page)

    def key(self) -> str:
        """Return what the parts depend on."""
        shape = str(self.words.shape)
        return _key(self.skeleton, shape) if self.slotted else self.skeleton.head + self.page()


def fill(skeleton: Skeleton, values: Values, store: Store | None, *, keep: bool) -> Filled:
    """Return words, and the parts of a skeleton that they fill.

    Words that need a layout of their own get one; `keep` says whether it is nobody's alone.
    """
    check(values)
    try:
        return _fitted(skeleton, values, store)
    except Doubt as doubt:
        if doubt.reason not in (Reason.WORDS, Reason.SHAPE):
            raise
    page = skeleton.head + without_slots(page_of(skeleton, values))
    tag, named = "article" if keep else "", skeleton.named
    parts = parts_of(store if keep else None, page, page, tag, named=named)
    return Filled(skeleton, values, Words(), tuple(map(made_ready, parts)), slotted=False)


def pieces_of(filled: Filled, title: str, places: Sequence[Place] = ()) -> Iterator[Piece]:
    """Yield filled parts in their places, which are those of the layout if none is given."""
    parts = tuple(each.part for each in filled.parts)
    texts = filled.words.shown(parts)
    places = places or [Place(number, part.top) for number, part in enumerate(parts)]
    for number, (ready, place) in enumerate(zip(filled.parts, places, strict=True)):
        yield Piece(ready, place, texts, "" if number else title)


def _fitted(skeleton: Skeleton, values: Values, store: Store | None) -> Filled:
    """Return words in the slots of a skeleton, and the parts of their shape.

    Raises:
        Doubt: if the words do not fit into slots.
    """
    if not skeleton.simple:
        raise Doubt(Reason.WORDS)
    if not skeleton.slots and skeleton.paragraphs:
        first = _shaped(skeleton, values, "", store)
        skeleton.slots = slots_of(first)
        skeleton.keep(shape_of(first), tuple(map(made_ready, first)))
    words = words_of(skeleton, values)
    parts = skeleton.parts.get(words.shape)
    if parts is None:
        made = _shaped(skeleton, values, str(words.shape), store)
        if shape_of(made) != words.shape:
            raise Doubt(Reason.SHAPE)
        parts = skeleton.keep(words.shape, tuple(map(made_ready, made)))
    return Filled(skeleton, values, words, parts, slotted=True)


def _key(skeleton: Skeleton, shape: str) -> str:
    return f"{skeleton.head}{skeleton.body}{shape}"


def _shaped(skeleton: Skeleton, values: Values, shape: str, store: Store | None) -> Parts:
    """Return the parts of a skeleton in a shape, that which the words give it where it is empty."""
    page = skeleton.head + page_of(skeleton, values)
    tag = "" if skeleton.body.startswith("<body") else "article"
    return parts_of(store, page, _key(skeleton, shape), tag, named=skeleton.named)
