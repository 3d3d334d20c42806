"""The one sheet, page or text that a person gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from stretchkit.handout import Handout
from stretchkit.layouts import GAP, POINTS, Page
from stretchkit.library import Library
from stretchkit.locales import direction, isolated, label, listing
from stretchkit.model.exercise import Exercise
from stretchkit.model.routine import Prescription
from stretchkit.timing import duration
from stretchkit.views.book import ChapterView, IndexView, chapter_views, index_views
from stretchkit.views.cautions import AskedView, asked_views
from stretchkit.views.control import CodeView, code_view, control_words
from stretchkit.views.drawings import (
    Draw,
    DrawingsView,
    drawings_view,
    frames_of,
    row_scale,
    rows_scale,
    stack_scale,
)
from stretchkit.views.exercise import ExerciseView, exercise_view, person_name, review_words
from stretchkit.views.free import free_height, opens_on_one_page
from stretchkit.views.log import LogView, log_view
from stretchkit.views.times import TimeView, time_views
from stretchkit.wording import date_words, duration_words, frequency_words

_ABOVE = 5.0
"""What stands above the drawings of an exercise at the top of a page: its line, and space, mm."""
_FOOT_SHARE = 0.55
"""The share of a page's width that its title has at its foot, beside the number of the page."""
_LETTER = 0.2
"""The usual width of a letter, millimetres for each point of its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandView:
    """Who hands the sheet out; `logo` is a picture file, empty when there is none."""

    name: str
    colour: str
    logo: str
    contact: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutView:
    """A handout. Markdown blocks: `summary`, `before`, `after`.

    `layout`, `size` and `ink` are the words of the handout's options; `points` the size of the
    type, `columns` how many exercises stand side by side. `cautions` are those of all exercises,
    `times` when each is done, empty where dosages are to be written. `chapters` and `index` are
    there in a book alone.
    `head_letters` is how many letters of a name a line above a page has room for.
    `beside` says that the stop box stands beside what to know first, and not above it.
    `control` says which edition of the words this is; `code` leads to them on the web.
    """

    language: str
    direction: str
    layout: str
    page: Page
    size: str
    points: int
    columns: int
    ink: str
    blank: bool
    beside: bool
    title: str
    title_language: str
    recipient: str
    date: str
    message: str
    summary: str
    goals: str
    duration: str
    equipment: str
    frequency: str
    before: str
    after: str
    cautions: tuple[AskedView, ...]
    times: tuple[TimeView, ...]
    exercises: tuple[ExerciseView, ...]
    chapters: tuple[ChapterView, ...]
    index: tuple[IndexView, ...]
    log: LogView | None
    brand: BrandView
    author: str
    licence: str
    review: str
    control: str
    foot: str
    head_letters: int
    code: CodeView | None


def handout_view(
    handout: Handout,
    draw: Draw | None = None,
    *,
    exercises: tuple[ExerciseView, ...] | None = None,
) -> HandoutView:
    """Return what a template shows of a handout; without `draw` it has no drawings.

    `exercises` are used instead of new ones where they have been made before; times are left out
    then, which a part of a page does not show.
    """
    routine, library, language = handout.routine, handout.library, handout.library.language
    session = handout.prescriptions
    made_before = exercises is not None
    if exercises is None:
        exercises = tuple(
            exercise_on(handout, prescription, number, anchor, draw)
            for number, anchor, prescription in anchored(session)
        )
    reviewed, page = routine.reviewed, handout.page
    if reviewed is None and len(session) == 1:
        reviewed = session[0].exercise.reviewed
    return HandoutView(
        language=language,
        direction=direction(language),
        layout=handout.layout,
        page=page,
        size=handout.size,
        points=POINTS[handout.size],
        columns=handout.columns,
        ink=handout.ink,
        blank=handout.blank,
        beside=_beside(handout),
        title=routine.name,
        title_language=routine.language,
        recipient=" ".join(handout.recipient.split()),
        date=date_words(handout.prepared_on, language) if handout.prepared_on else "",
        message=" ".join(handout.message.split()),
        summary=routine.summary,
        goals=listing((label(goal, language) for goal in routine.goals), language),
        duration=duration_words(duration(session), language),
        equipment=equipment_words(session, language),
        frequency=frequency_words(routine.frequency, language) if routine.frequency else "",
        before=routine.before,
        after=routine.after,
        cautions=asked_views(session, language),
        times=() if handout.blank or made_before else time_views(session),
        exercises=exercises,
        chapters=chapter_views(handout, exercises),
        index=index_views(handout, exercises),
        log=log_view(
            exercises,
            handout.log_weeks,
            language,
            room=page.room,
            points=POINTS[handout.size],
            languages=handout.looks.languages,
        ),
        brand=brand_view(library),
        author=person_name(routine.author, library),
        licence=routine.licence or library.settings.licence,
        review=review_words(reviewed, library),
        control=control_words(routine, exercises, library),
        foot=foot_words(
            routine.name,
            handout.recipient,
            page,
            POINTS[handout.size],
            way=direction(language),
        ),
        head_letters=int(page.room[0] / (_LETTER * POINTS[handout.size])),
        code=code_view(handout.web_address, language),
    )


def _beside(handout: Handout) -> bool:
    """Return whether what stands before the exercises has two columns: a page cannot part them."""
    if handout.size != "normal":
        return False
    return not handout.looks.parted or opens_on_one_page(handout)


def foot_words(title: str, recipient: str, page: Page, points: int, *, way: str) -> str:
    """Return what stands at the foot of every page: title and name, shortened to two lines.

    Args:
        title: the title.
        recipient: who it is for; may be empty.
        page: the page.
        points: the size of the type.
        way: the direction of the page, "ltr" or "rtl".
    """
    recipient = " ".join(recipient.split())
    most = int(2 * _FOOT_SHARE * page.room[0] / (_LETTER * points))
    least = most // 3
    title = _shortened(title, max(least, most - len(recipient)))
    texts = title, _shortened(recipient, most - len(title))
    return " · ".join(isolated(text, way) for text in texts if text)


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def exercise_on(
    handout: Handout, prescription: Prescription, number: int, anchor: str, draw: Draw | None
) -> ExerciseView:
    """Return what a template shows of one exercise of a handout."""
    return exercise_view(
        prescription,
        handout.library,
        number=number,
        anchor=anchor,
        drawings=_drawn(handout, prescription.exercise, draw) if draw else None,
    )


def _drawn(handout: Handout, exercise: Exercise, draw: Draw) -> DrawingsView:
    """Return the drawings of an exercise, in their natural size wherever that fits."""
    looks, language = handout.looks, handout.library.language
    middle = _middle(handout)
    width = (handout.page.room[0] - GAP * (handout.columns - 1)) / handout.columns
    width -= 2 * looks.inset
    tall = looks.tall if handout.columns > 1 or looks.columns == 1 else looks.tall_beside
    if looks.compact and looks.beside:  # words beside them are higher in large type
        tall *= POINTS[handout.size] / POINTS["normal"]
    if looks.shared:
        tall = min(tall, free_height(handout, exercise))
    fit = rows_scale if looks.compact else row_scale
    room = (width * looks.beside if looks.compact and looks.beside else width, tall)
    natural = row_scale(exercise, draw, (looks.beside * width, looks.tall_beside))
    # In large type nothing stands beside the words: drawings would come after all of them.
    one_column = handout.size != "normal"
    beside = not looks.compact and not one_column and 1.0 <= natural < inf
    most = min(looks.most, fit(exercise, draw, room) or 1.0)
    scale = 1.0 if beside else most
    if middle and frames_of(exercise):
        beside, scale = True, min(looks.most, stack_scale(exercise, draw, middle))
    return drawings_view(exercise, draw, language, scale=scale, beside=beside)


def _middle(handout: Handout) -> tuple[float, float] | None:
    """Return the room between two languages for drawings, millimetres; None where there is none."""
    looks, page = handout.looks, handout.page
    fits = looks.middle and handout.size == "normal" and page.width > page.height
    return (looks.middle, page.room[1] - _ABOVE) if fits else None


def anchored(session: tuple[Prescription, ...]) -> Iterator[tuple[int, str, Prescription]]:
    """Yield prescriptions with a number and an anchor each: one may be done twice in a session."""
    seen: dict[str, int] = {}
    for number, prescription in enumerate(session, start=1):
        name = prescription.exercise.id
        seen[name] = seen.get(name, 0) + 1
        anchor = name if seen[name] == 1 else f"{name}--{seen[name]}"
        yield number, anchor, prescription


def brand_view(library: Library) -> BrandView:
    """Return what a template shows of a library's brand."""
    brand = library.settings.brand
    return BrandView(
        name=brand.name,
        colour=brand.colour,
        logo=brand.logo,
        contact=brand.contact,
        url=brand.url,
    )


def equipment_words(session: tuple[Prescription, ...], language: str) -> str:
    """Return everything a session needs, each thing once, in the order it is needed."""
    things = dict.fromkeys(thing for entry in session for thing in entry.exercise.equipment)
    return listing((label(thing, language) for thing in things), language)
