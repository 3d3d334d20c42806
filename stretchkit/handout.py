"""A handout: one routine, made out to somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil
from typing import Literal

from stretchkit.figure.person import DrawnPerson
from stretchkit.layouts import (
    GAP,
    INKS,
    LAYOUTS,
    PAPERS,
    POINTS,
    USUAL,
    Ink,
    Layout,
    Orientation,
    Page,
    Paper,
    TypeSize,
)
from stretchkit.library import Library
from stretchkit.model.routine import Prescription, Routine
from stretchkit.source.names import did_you_mean

Drawings = Literal["colour", "grey", "line", "none"]
DRAWINGS: tuple[Drawings, ...] = ("colour", "grey", "line", "none")
FOOT = 0.9
"""How much higher the foot of a page is for every point of type above the normal size, mm."""
MOST_WEEKS = 12
"""How many weeks a log has room for at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of a handout: its `length` is the number of exercises in it."""

    name: str
    length: int
    language: str = "en"
    summary: str = ""


@dataclass(frozen=True)
class Handout:
    """A routine to hand out, in the language of its library.

    Args:
        routine: what to do.
        library: where its exercises, people and brand are.
        recipient: the name of the person it is for.
        prepared_on: the day to print; none is printed without it, so that the same handout is
            the same bytes tomorrow.
        message: a personal line at the top.
        layout: the name of a layout, such as "sheet", "cards" or "booklet": see `LAYOUTS`.
        paper: "a4" or "letter", for renderers that have pages.
        orientation: "portrait" or "landscape"; the layout's usual one when left out.
        size: the size of the type: "normal" (12 points), "large" (16) or "largest" (18).
        ink: "save" prints lines alone: no fills and no colours.
        drawings: how exercises are drawn: "colour", "grey" or "line"; "none" shows no drawings.
        person: who is drawn; a woman with a bun when left out.
        weeks: how many weeks the log at the end has room for, 0 to 12; without it the layout's
            own number.
        blank: whether name, day and dosages are lines to write on.
        address: the web address of the same routine, printed as a code to scan and as text; when
            left out that of the library's site, if it has one.
        also: the second language of a layout with two; another one of the library when left out.
        chapters: the chapters of a book, which hold all of its exercises in order; see `book_of`.

    Raises:
        ValueError: if there is no such layout, paper, size or language.
    """

    routine: Routine
    library: Library
    recipient: str = ""
    prepared_on: date | None = None
    message: str = ""
    layout: str = USUAL
    paper: Paper = "a4"
    orientation: Orientation | None = None
    size: TypeSize = "normal"
    ink: Ink = "full"
    drawings: Drawings = "colour"
    person: DrawnPerson = DrawnPerson()
    weeks: int | None = None
    blank: bool = False
    address: str = ""
    also: str = ""
    chapters: tuple[Chapter, ...] = ()

    def __post_init__(self) -> None:
        for told, given, known in (
            ("layout", self.layout, tuple(LAYOUTS)),
            ("paper", self.paper, PAPERS),
            ("size", self.size, tuple(POINTS)),
            ("ink", self.ink, INKS),
            ("drawings", self.drawings, DRAWINGS),
        ):
            if given not in known:
                raise ValueError(f'"{given}" is no {told}; {did_you_mean(given, known)}')
        if self.orientation and self.orientation not in self.looks.orientations:
            ways = " or ".join(self.looks.orientations)
            raise ValueError(f'the layout "{self.layout}" is {ways}, not "{self.orientation}"')
        if self.weeks is not None and not 0 <= self.weeks <= MOST_WEEKS:
            raise ValueError(f"a log has 0 to {MOST_WEEKS} weeks, not {self.weeks}")
        if self.weeks and not self.looks.logs:
            raise ValueError(f'the layout "{self.layout}" has no room for a log')
        if self.weeks == 0 and self.looks.weeks:
            raise ValueError(f'the layout "{self.layout}" is a log: it has 1 to {MOST_WEEKS} weeks')
        if self.also and self.also not in self.library.languages:
            raise ValueError(f'the library has no language "{self.also}"')
        if self.chapters and sum(each.length for each in self.chapters) != len(
            self.routine.entries
        ):
            raise ValueError("the chapters do not hold all exercises")
        if self.looks.languages > 1:
            _refuse_one_language(self)

    @property
    def looks(self) -> Layout:
        """The layout, by what it is and not by its name."""
        return LAYOUTS[self.layout]

    @property
    def page(self) -> Page:
        """The page that it is laid out on.

        Its foot has room for two lines of the type, or where it has none, what is above for one.
        """
        page = self.looks.page(self.paper, self.orientation)
        more = FOOT * (POINTS[self.size] - POINTS["normal"])
        if not self.looks.foot:
            return replace(page, top=page.top + more / 2)
        return replace(page, bottom=page.bottom + more)

    @property
    def second_language(self) -> str:
        """The other language of a layout with two; empty where the library has no other."""
        others = (name for name in self.library.languages if name != self.library.language)
        return self.also or next(others, "")

    @property
    def columns(self) -> int:
        """How many of its exercises stand side by side: fewer, the larger the type is.

        As few as make no more rows, so that the last row is not much shorter than others.
        """
        looks, count = self.looks, self.looks.columns
        if looks.column:
            least = looks.column
            if not looks.displayed:
                least *= POINTS[self.size] / POINTS["normal"]
            count = min(count, int((self.page.room[0] + GAP) / (least + GAP)))
        entries = max(1, len(self.routine.entries))
        rows = ceil(entries / max(1, count))
        return ceil(entries / rows)

    @property
    def style(self) -> Drawings:
        """How exercises are drawn on it: as lines where ink is to be saved."""
        return "line" if self.ink == "save" and self.drawings != "none" else self.drawings

    @property
    def log_weeks(self) -> int:
        """How many weeks its log has room for."""
        return self.looks.weeks if self.weeks is None else self.weeks

    @property
    def web_address(self) -> str:
        """The web address of the same routine; empty where it has none."""
        base = self.library.settings.base_url.rstrip("/")
        if self.address or not base or self.routine.id not in self.library.routines:
            return self.address
        language, languages = self.library.language, self.library.languages
        folder = "" if language == languages[0] else f"{language}/"
        return f"{base}/{folder}routines/{self.routine.id}.html"

    @cached_property
    def prescriptions(self) -> tuple[Prescription, ...]:
        """The routine's exercises with their dosages."""
        return self.library.prescriptions(self.routine)


def _refuse_one_language(handout: Handout) -> None:
    """Raise when a layout with two languages would have one."""
    first, told = handout.library.language, f'the layout "{handout.layout}" has two languages'
    if not handout.second_language:
        raise ValueError(f'{told}, and the library has "{first}" alone')
    if handout.second_language == first:
        others = ", ".join(name for name in handout.library.languages if name != first)
        raise ValueError(f'{told}, and both are "{first}"; name another: {others or "none"}')
