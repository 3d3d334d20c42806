"""What the templates of the guide site get to see: one class a kind of page."""

from __future__ import annotations

from dataclasses import dataclass

from stretchkit.views.drawings import DrawingView
from stretchkit.views.exercise import ExerciseView, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A short notice of something: where it leads, a line of facts, and a sentence of Markdown.

    `drawing` is a small one, of an exercise that has any.
    """

    link: Link
    facts: str
    summary: str
    drawing: DrawingView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cards under a heading; `id` is a page name or an anchor."""

    id: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The front page."""

    guides: tuple[Card, ...]
    routines: tuple[Card, ...]
    programmes: tuple[Card, ...]
    regions: tuple[Group, ...]
    exercise_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list of everything of one kind, in groups; `title` is the heading."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePage:
    """One exercise, and the routines that hold it."""

    exercise: ExerciseView
    region_links: tuple[Link, ...]
    routines: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An exercise in a routine's contents: its link, its dosage, a note and its place."""

    link: Link
    dosage: str
    position: str
    note: str
    drawing: DrawingView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredCaution:
    """A condition and the exercises of a routine that it matters for, with what it asks for."""

    condition: str
    exercises: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutinePage:
    """One routine. Markdown blocks: `summary`, `before`, `after`."""

    name: str
    content_language: str
    summary: str
    duration: str
    equipment: str
    frequency: str
    level: str
    goals: str
    before: str
    after: str
    entries: tuple[EntryView, ...]
    cautions: tuple[GatheredCaution, ...]
    guides: tuple[Link, ...]
    author: str
    licence: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Somebody, and why to trust them."""

    name: str
    role: str
    credentials: str
    bio: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoView:
    """A guide's video; without a `url` the page says that it is not linked yet."""

    title: str
    url: str
    poster: str
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """A headed part of an article, in Markdown; `anchor` is its place on the page."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """A guide's place in its series."""

    name: str
    summary: str
    number: int
    guides: tuple[Link, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """One guide. Markdown blocks: `summary`, `transcript`."""

    name: str
    content_language: str
    summary: str
    presenter: PersonView | None
    video: VideoView | None
    passages: tuple[PassageView, ...]
    transcript: str
    routine: Card | None
    entries: tuple[EntryView, ...]
    series: SeriesView | None
    related: tuple[Card, ...]
    author: str
    licence: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    """Some weeks of a programme."""

    name: str
    weeks: str
    frequency: str
    routines: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePage:
    """One programme."""

    name: str
    content_language: str
    summary: str
    weeks: str
    phases: tuple[PhaseView, ...]
    author: str
    licence: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A word of the glossary; `definition` is Markdown."""

    id: str
    name: str
    aliases: str
    language: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPage:
    """Every term, by name."""

    terms: tuple[TermView, ...]
