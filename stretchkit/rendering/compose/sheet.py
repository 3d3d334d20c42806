"""A handout as parts: what stands before its exercises, each exercise, the feet of its pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from threading import RLock
from typing import Any

from stretchkit.errors import RenderError
from stretchkit.figure.cache import Store, usual_store
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.locales import catalogue
from stretchkit.model.exercise import Exercise
from stretchkit.rendering.compose.capture import BARE, ENDLESS, captured
from stretchkit.rendering.compose.document import Piece, Sheet, written
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.foot import Foot, foot_of
from stretchkit.rendering.compose.parts import Part, Parts
from stretchkit.rendering.compose.person import (
    OF_EXERCISES,
    PERSONAL,
    Person,
    Runs,
    Skeleton,
    impersonal,
    page_of,
    person_of,
    shape_of,
    skeleton_of,
    slots_of,
    without_slots,
    words_of,
)
from stretchkit.rendering.compose.ready import POINTS, Ready, made_ready
from stretchkit.rendering.compose.stack import stacked
from stretchkit.rendering.compose.warehouse import (
    Warehouse,
    articles_of,
    parts_of,
    provide_faces,
)
from stretchkit.rendering.drawings import Means, drawings_of
from stretchkit.rendering.environment import template_folders
from stretchkit.rendering.handout import filled
from stretchkit.rendering.pdf import refuse_missing_glyphs
from stretchkit.views.exercise import ExerciseView
from stretchkit.views.handout import HandoutView, anchored, exercise_on, handout_view

PIXELS = 96 / 25.4
"""CSS pixels in a millimetre."""

_TEMPLATES = ("handout.html", "handout.css", "parts.html", "layouts")
_ARTICLE, _END = "<article", "</article>"
_PERSONAL = ("library", "routine", "recipient", "prepared_on", "message")
_FIELDS = tuple(each.name for each in fields(HandoutView) if each.name not in OF_EXERCISES)
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
    # In large type an exercise goes on over the page wherever a line ends.
    if not handout.looks.composed or handout.size != "normal":
        raise Doubt(Reason.LAYOUT)
    own = template_folders(handout.library)[:-1]
    if any((folder / name).exists() for folder in own for name in _TEMPLATES):
        raise Doubt(Reason.TEMPLATE)
    if handout.log_weeks:
        raise Doubt(Reason.LOG)


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
    """An exercise of a handout: its view, its part, and the exercises that its words lead to."""

    exercise: Exercise
    view: ExerciseView
    ready: Ready
    asked: frozenset[str]


@dataclass(slots=True)
class _Composer:
    """What handouts that look the same have in common, kept as long as there is room."""

    library: Library
    cards: Warehouse[_Card] = field(default_factory=lambda: Warehouse(512))
    skeletons: Warehouse[Skeleton] = field(default_factory=lambda: Warehouse(256))
    starts: Warehouse[tuple[Ready, ...]] = field(default_factory=lambda: Warehouse(256))
    feet: Warehouse[Foot] = field(default_factory=lambda: Warehouse(8))

    def composed(self, handout: Handout, means: Means) -> bytes:
        """Return a handout as a PDF.

        Raises:
            Doubt: if the plain way is to make it.
        """
        store = usual_store() if means.cache else None
        provide_faces(store)
        present = frozenset(entry.exercise for entry in handout.routine.entries)
        cards = self._cards(handout, means, store)
        view = handout_view(handout, exercises=tuple(card.view for card in cards))
        skeleton = self._skeleton(handout, view)
        if any(asked & present for asked in (skeleton.asked, *(card.asked for card in cards))):
            raise Doubt(Reason.LINK)
        person, start = self._start(skeleton, view, store)
        page, ready = handout.page, [*start, *(card.ready for card in cards)]
        places = stacked(
            [each.part for each in start],
            [card.ready.part for card in cards],
            page.top * PIXELS,
            (page.height - page.bottom) * PIXELS,
        )
        feet, faces = self._feet(skeleton, view, places[-1].page + 1)
        return written(
            Sheet(
                language=view.language,
                width=page.width * PIXELS * POINTS,
                height=page.height * PIXELS * POINTS,
                pieces=list(map(Piece, ready, places)),
                texts=person.shown(tuple(each.part for each in start)),
                feet=feet,
                faces=faces.union(person.faces, *(each.part.faces for each in ready)),
            )
        )

    def _cards(self, handout: Handout, means: Means, store: Store | None) -> list[_Card]:
        """Return the exercises as cards; those that are not there yet are made all at once."""
        wanted = {
            (id(given.exercise), given.dosage, given.note, number, anchor): given
            for number, anchor, given in anchored(handout.prescriptions)
        }
        found = {key: self.cards.find(key) for key in wanted}
        new = [key for key, card in found.items() if card is None]
        if new:
            draw = drawings_of(handout, means)
            views = [exercise_on(handout, wanted[key], key[3], key[4], draw) for key in new]
            cards = self._made(handout, views, store)
            for key, view, (part, asked) in zip(new, views, cards, strict=True):
                given, ready = wanted[key].exercise, made_ready(part)
                card = _Card(exercise=given, view=view, ready=ready, asked=asked)
                self.cards.put(key, card)
                found[key] = card
        return [card for card in found.values() if card]

    @staticmethod
    def _made(
        handout: Handout, views: Sequence[ExerciseView], store: Store | None
    ) -> Iterator[tuple[Part, frozenset[str]]]:
        """Return the parts of exercises, and the exercises that their words lead to."""
        start, articles, asked = "", [], []
        for view in views:
            text, leads = _filled(handout, handout_view(handout, exercises=(view,)))
            first, end = text.find(_ARTICLE), text.rfind(_END) + len(_END)
            if text.count(_ARTICLE) != 1 or end <= first:
                raise Doubt(Reason.SHAPE)
            articles.append(text[first:end])
            asked.append(leads)
            head, body = _split(text, ENDLESS % handout.page.width)
            start = f"{head}{body[: body.index('>') + 1]}<main>"
        refuse_missing_glyphs("".join(articles))
        return zip(articles_of(store, start, articles), asked, strict=True)

    def _skeleton(self, handout: Handout, view: HandoutView) -> Skeleton:
        key = tuple(
            bool(getattr(view, name)) if name in PERSONAL else getattr(view, name)
            for name in _FIELDS
        )

        def make() -> Skeleton:
            text, asked = _filled(handout, impersonal(view))
            head, body = _split(text, BARE)
            return skeleton_of(head, body, asked)

        return self.skeletons.get(key, make)

    def _start(
        self, skeleton: Skeleton, view: HandoutView, store: Store | None
    ) -> tuple[Person, tuple[Ready, ...]]:
        """Return somebody's words, and the parts that they fill."""
        page, words = skeleton.head + page_of(skeleton, view), words_of(skeleton, view)
        try:
            return self._filled_in(skeleton, page, words, store)
        except Doubt as doubt:
            if doubt.reason not in (Reason.WORDS, Reason.SHAPE):
                raise
        # Words that need a layout of their own get one, which is nobody else's and not kept.
        refuse_missing_glyphs(page)
        return Person(), tuple(map(made_ready, captured(without_slots(page))))

    def _filled_in(
        self, skeleton: Skeleton, page: str, words: Sequence[Runs], store: Store | None
    ) -> tuple[Person, tuple[Ready, ...]]:
        if not skeleton.simple:
            raise Doubt(Reason.WORDS)

        def parts(shape: object) -> Parts:
            return parts_of(store, page, f"{skeleton.head}{skeleton.body}{shape}")

        first: Parts = ()
        if not skeleton.slots:
            first = parts("")
            skeleton.slots = slots_of(first)
        person = person_of(skeleton.slots, words)
        first = first if first and shape_of(first) == person.shape else ()
        start = self.starts.get(
            (id(skeleton), person.shape),
            lambda: tuple(map(made_ready, first or parts(person.shape))),
        )
        if shape_of(tuple(each.part for each in start)) != person.shape:
            raise Doubt(Reason.SHAPE)
        return person, start

    def _feet(
        self, skeleton: Skeleton, view: HandoutView, pages: int
    ) -> tuple[list[bytes], frozenset[str]]:
        foot = self.feet.get(0, lambda: foot_of(_footed(skeleton.head)))
        words = catalogue(view.language).gettext("Page {page} of {pages}")
        left = view.foot
        found = [
            foot.shown(left, words.format(page=number, pages=pages))
            for number in range(1, pages + 1)
        ]
        faces = frozenset[str]().union(*(used for _, used in found))
        return [operators for operators, _ in found], faces


def _filled(handout: Handout, view: HandoutView) -> tuple[str, frozenset[str]]:
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
    """Return an empty page with a word at either side of its foot."""
    texts = "@page { @bottom-left { content: 'x' } @bottom-right { content: 'x' } }"
    return f"{head[: head.rindex('<style>')]}<style>{texts}</style></head><body></body></html>"
