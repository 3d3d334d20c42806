"""A handout as parts: what stands before its exercises, each exercise, the feet of its pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from threading import RLock
from typing import Any

from stretchkit.errors import RenderError
from stretchkit.figure.cache import Store, usual_store
from stretchkit.handout import Handout
from stretchkit.layouts import Page
from stretchkit.library import Library
from stretchkit.locales import catalogue
from stretchkit.model.exercise import Exercise
from stretchkit.rendering.compose.breaks import Breaks
from stretchkit.rendering.compose.document import Sheet, written
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.filling import Filled, fill, pieces_of
from stretchkit.rendering.compose.foot import Foot
from stretchkit.rendering.compose.person import (
    ELSEWHERE,
    PERSONAL,
    alone,
    impersonal,
    numbered,
    personal,
    rows_of,
    ticked,
)
from stretchkit.rendering.compose.ready import POINTS, made_ready
from stretchkit.rendering.compose.skeleton import (
    Skeleton,
    page_of,
    shape_of,
    skeleton_of,
    slots_of,
)
from stretchkit.rendering.compose.stack import Broken, Place, Standing, is_nearly_empty, stacked
from stretchkit.rendering.compose.warehouse import (
    Warehouse,
    articles_of,
    foot_of,
    provide_faces,
)
from stretchkit.rendering.drawings import Means, drawings_of
from stretchkit.rendering.environment import template_folders
from stretchkit.rendering.fit import PIXELS
from stretchkit.rendering.handout import filled
from stretchkit.views.exercise import ExerciseView
from stretchkit.views.handout import HandoutView, anchored, exercise_on, handout_view
from stretchkit.views.log import LogView

_BARE = """<style>
@page { @bottom-left { content: none } @bottom-right { content: none } }
html { background: none }
</style></head>"""
"""The end of the head of a page without feet."""

_ENDLESS = """<style>
@page { size: %smm 4000mm; @bottom-left { content: none } @bottom-right { content: none } }
html { background: none }
article + article { break-before: page }
</style></head>"""
"""The end of the head of pages without feet, long enough for any article: one article on each.
Their width is to fill in.
"""

_TEMPLATES = ("handout.html", "handout.css", "parts.html", "layouts")
_TWO_LINES = "x\\A x"
_ARTICLE, _END = "<article", "</article>"
_LOG = '<section class="log">'
_PERSONAL = ("library", "routine", "recipient", "prepared_on", "message")
_FIELDS = tuple(each.name for each in fields(HandoutView) if each.name not in ELSEWHERE)
_LOCK = RLock()


def composed(handout: Handout, means: Means) -> bytes | None:
    """Return a handout as a PDF that is put together from parts; None where in doubt.

    Raises:
        UnknownIdError: if the routine names an exercise that the library lacks.
    """
    try:
        return composed_or_doubt(handout, means)
    except (Doubt, RenderError):  # the plain way serves, or tells what is wrong
        return None


def composed_or_doubt(handout: Handout, means: Means) -> bytes:
    """Return a handout as a PDF that is put together from parts.

    Raises:
        Doubt: if the plain way is to make it.
        RenderError: if a part cannot be laid out.
        UnknownIdError: if the routine names an exercise that the library lacks.
    """
    _check(handout)
    with _LOCK:
        return _composer(handout).composed(handout, means)


def _check(handout: Handout) -> None:
    """Raise a doubt about a handout that the parts cannot serve whatever they hold."""
    if not handout.looks.composed:
        raise Doubt(Reason.LAYOUT)
    own = template_folders(handout.library)[:-1]
    if any((folder / name).exists() for folder in own for name in _TEMPLATES):
        raise Doubt(Reason.TEMPLATE)


_COMPOSERS: OrderedDict[Any, _Composer] = OrderedDict()
_MOST_COMPOSERS = 8


def _composer(handout: Handout) -> _Composer:
    """Return the composer of handouts that look like this one."""
    looks = tuple(
        getattr(handout, each.name) for each in fields(handout) if each.name not in _PERSONAL
    )
    key = (id(handout.library), looks)
    found = _COMPOSERS.get(key)
    if found is None or found.library is not handout.library:
        found = _COMPOSERS[key] = _Composer(handout.library)
        while len(_COMPOSERS) > _MOST_COMPOSERS:
            _COMPOSERS.popitem(last=False)
    _COMPOSERS.move_to_end(key)
    return found


@dataclass(slots=True)
class _Card:
    """An exercise without its number and dosage; the exercise is held so that its key stays its."""

    exercise: Exercise
    skeleton: Skeleton


@dataclass(slots=True)
class _Composer:
    """What handouts that look the same have in common, kept as long as there is room."""

    library: Library
    views: Warehouse[tuple[Exercise, ExerciseView]] = field(default_factory=lambda: Warehouse(4096))
    cards: Warehouse[_Card] = field(default_factory=lambda: Warehouse(512))
    skeletons: Warehouse[Skeleton] = field(default_factory=lambda: Warehouse(256))
    breaks: Warehouse[Breaks] = field(default_factory=lambda: Warehouse(1024))
    feet: Warehouse[Foot] = field(default_factory=lambda: Warehouse(8))

    def composed(self, handout: Handout, means: Means) -> bytes:
        """Return a handout as a PDF.

        Raises:
            Doubt: if the plain way is to make it.
        """
        store = usual_store() if means.cache else None
        provide_faces(store)
        views = tuple(self._views(handout))
        view = handout_view(handout, exercises=views)
        start = self._start(handout, view)
        cards = self._cards(handout, views, means, store)
        present = frozenset(entry.exercise for entry in handout.routine.entries)
        if any(skeleton.asked & present for skeleton in (start, *cards)):
            raise Doubt(Reason.LINK)
        first = fill(start, personal(view), store, keep=False)
        filled = [
            fill(card, numbered(each), store, keep=True)
            for card, each in zip(cards, views, strict=True)
        ]
        standing = stacked(
            [each.part for each in first.parts],
            [(each.parts[0], self._broken(handout, each, store)) for each in filled],
            *_room(handout.page),
        )
        pieces = list(pieces_of(first, ""))
        for view_, each, found in zip(views, filled, standing, strict=True):
            parts = tuple(ready for ready, _ in found)
            title = f"{view_.number}. {view_.name}"
            pieces += pieces_of(each._replace(parts=parts), title, [place for _, place in found])
        last = pieces[-1].place.page
        if view.log:
            log = self._log(handout, view, view.log, store)
            after = enumerate(log.parts, start=1)
            places = [Place(last + number, each.part.top) for number, each in after]
            pieces += pieces_of(log, "", places)
            filled.append(log)
        if is_nearly_empty(((each.ready, each.place) for each in pieces), *_room(handout.page)):
            raise Doubt(Reason.EMPTY)
        feet, faces = self._feet(start, view, pieces[-1].place.page + 1, store)
        faces = faces.union(*(each.words.faces for each in (first, *filled)))
        return written(
            Sheet(
                language=view.language,
                width=handout.page.width * PIXELS * POINTS,
                height=handout.page.height * PIXELS * POINTS,
                pieces=pieces,
                feet=feet,
                faces=faces.union(*(each.ready.part.faces for each in pieces)),
            )
        )

    def _views(self, handout: Handout) -> Iterator[ExerciseView]:
        """Yield what the sheet says of its exercises, without drawings."""
        for number, anchor, given in anchored(handout.prescriptions):
            key = (id(given.exercise), given.dosage, given.note, number, anchor)
            found = self.views.find(key)
            if found is None:
                found = given.exercise, exercise_on(handout, given, number, anchor, None)
                self.views.put(key, found)
            yield found[1]

    def _cards(
        self,
        handout: Handout,
        views: Sequence[ExerciseView],
        means: Means,
        store: Store | None,
    ) -> list[Skeleton]:
        """Return the exercises as skeletons; those that are not there yet are made all at once."""
        keys = [
            (id(given.exercise), given.note, view.anchor, bool(view.dosage))
            for given, view in zip(handout.prescriptions, views, strict=True)
        ]
        found = {key: self.cards.find(key) for key in keys}
        new = [n for n, key in enumerate(keys) if found[key] is None]
        draw = drawings_of(handout, means) if new else None
        for n in new:
            given, view = handout.prescriptions[n], views[n]
            drawn = exercise_on(handout, given, view.number, view.anchor, draw)
            text, asked = _page(handout, alone(handout_view(handout, exercises=(drawn,))))
            first, end = text.find(_ARTICLE), text.rfind(_END) + len(_END)
            if text.count(_ARTICLE) != 1 or end <= first:
                raise Doubt(Reason.SHAPE)
            head, body = _split(text, _ENDLESS % handout.page.width)
            start = f"{head}{body[: body.index('>') + 1]}<main>"
            card = _Card(given.exercise, skeleton_of(start, text[first:end], asked))
            found[keys[n]] = card
            self.cards.put(keys[n], card)
        self._lay_out([(found[keys[n]], views[n]) for n in new], store)
        return [card.skeleton for card in map(found.get, keys) if card]

    @staticmethod
    def _lay_out(new: Sequence[tuple[_Card | None, ExerciseView]], store: Store | None) -> None:
        """Lay out new cards all at once, as they are wanted first."""
        cards = [(card.skeleton, numbered(view)) for card, view in new if card]
        if not cards:
            return
        pages = [page_of(skeleton, values) for skeleton, values in cards]
        keys = [skeleton.head + skeleton.body for skeleton, _ in cards]
        try:
            parts = articles_of(store, cards[0][0].head, pages, keys)
        except Doubt:  # one of them, and each will tell for itself
            return
        for (skeleton, _), part in zip(cards, parts, strict=True):
            with suppress(Doubt):
                skeleton.slots = slots_of((part,))
                skeleton.keep(shape_of((part,)), (made_ready(part),))

    def _start(self, handout: Handout, view: HandoutView) -> Skeleton:
        """Return what stands before the exercises as a skeleton."""
        key = tuple(
            bool(getattr(view, name)) if name in PERSONAL else getattr(view, name)
            for name in _FIELDS
        )

        def make() -> Skeleton:
            text, asked = _page(handout, impersonal(view))
            return skeleton_of(*_split(text, _BARE), asked)

        return self.skeletons.get(key, make)

    def _broken(self, handout: Handout, filled: Filled, store: Store | None) -> Broken:
        """Return how an exercise stands where it does not fit as a whole."""
        head = filled.skeleton.head

        def made(spacer: str) -> str:
            paged = head.replace(_ENDLESS % handout.page.width, _BARE)
            return f"{paged}{spacer}{filled.page()}</main></body></html>"

        def broken(below: float) -> list[Standing]:
            key = filled.key()
            breaks = self.breaks.get(key, lambda: Breaks(key, made, store))
            standing = breaks.at(below, *_room(handout.page))
            parts = tuple(ready.part for ready, _ in standing)
            if filled.slotted and shape_of(parts) != filled.words.shape:
                raise Doubt(Reason.SHAPE)
            return standing

        return broken

    def _log(
        self, handout: Handout, view: HandoutView, log: LogView, store: Store | None
    ) -> Filled:
        """Return the pages of the log, which starts a page of its own."""
        ticks = ticked(log)

        def make() -> Skeleton:
            nobodys = replace(impersonal(view), title="", author="", log=ticks)
            text, _ = _page(handout, nobodys)
            head, body = _split(text, _BARE)
            inner = body[body.index(_LOG) : body.rindex("</section>")]
            opened = f"{body[: body.index('>') + 1]}<main>"
            page = f"{opened}{inner}</section></main></body></html>"
            return skeleton_of(head, page, frozenset(), named=True)

        return fill(self.skeletons.get(ticks, make), rows_of(log), store, keep=False)

    def _feet(
        self, skeleton: Skeleton, view: HandoutView, pages: int, store: Store | None
    ) -> tuple[list[bytes], frozenset[str]]:
        foot = self.feet.get(0, lambda: foot_of(store, _footed(skeleton.head)))
        words = catalogue(view.language).gettext("Page {page} of {pages}")
        left = view.foot
        found = [
            foot.shown(left, words.format(page=number, pages=pages))
            for number in range(1, pages + 1)
        ]
        faces = frozenset[str]().union(*(used for _, used in found))
        return [operators for operators, _ in found], faces


def _room(page: Page) -> tuple[float, float]:
    """Return where the room between a page's margins starts and ends, in CSS pixels."""
    return page.top * PIXELS, (page.height - page.bottom) * PIXELS


def _page(handout: Handout, view: HandoutView) -> tuple[str, frozenset[str]]:
    """Return a page filled with a view, and the exercises that its words lead to."""
    asked: set[str] = set()

    def resolve(kind: str, name: str) -> None:
        if kind == "exercise":
            asked.add(name)

    return filled(handout, view, resolve=resolve), frozenset(asked)


def _split(text: str, end: str) -> tuple[str, str]:
    """Return a page's head with another end, and its body."""
    place = text.index("<body")
    return text[:place].replace("</head>", end), text[place:]


def _footed(head: str) -> str:
    """Return empty pages with a word at either side of their feet, and on the second one more."""
    left = "@bottom-left { content: '%s'; white-space: pre-line }"
    pages = f"@page {{ {left % 'x'} @bottom-right {{ content: 'x' }} }}"
    pages += f"@page longer {{ {left % _TWO_LINES} }} .longer {{ page: longer }}"
    start = head[: head.rindex("<style>")]
    return (
        f"{start}<style>{pages}</style></head><body><p>x</p><p class='longer'>x</p></body></html>"
    )
