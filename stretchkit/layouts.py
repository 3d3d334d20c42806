"""What a handout can look like on paper: its layouts, papers and type sizes.

Sizes are in millimetres. A layout is a template; its figures say how much room it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Paper = Literal["a4", "letter"]
Orientation = Literal["portrait", "landscape"]
TypeSize = Literal["normal", "large", "largest"]
Ink = Literal["full", "save"]
Sheets = Literal["single", "folded", "cards"]
Parted = Literal["regions", "routines"]

PAPERS: tuple[Paper, ...] = ("a4", "letter")
ORIENTATIONS: tuple[Orientation, ...] = ("portrait", "landscape")
INKS: tuple[Ink, ...] = ("full", "save")
PARTED: tuple[Parted, ...] = ("regions", "routines")
"""What the chapters of a book can be: parts of the body, or routines."""
POINTS: Mapping[TypeSize, int] = {"normal": 12, "large": 16, "largest": 18}
"""Type sizes: 12 pt is the least of the RNIB's Clear Print, 16 pt its large print."""

GAP = 6.0
"""The room between two columns of exercises, millimetres."""

_FORMATS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and its margins: above, at either side, and below."""

    width: float
    height: float
    top: float = 12.0
    side: float = 16.0
    bottom: float = 14.0

    @property
    def room(self) -> tuple[float, float]:
        """Width and height inside the margins."""
        return (
            round(self.width - 2 * self.side, 2),
            round(self.height - self.top - self.bottom, 2),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A way to put a routine on paper.

    `sheet` says how large its pages are: the paper itself, the next larger one, the next smaller
    one, or a quarter. `sheets` says how pages stand on the paper that is printed: one by one, two
    of a booklet to fold, or four to cut, fronts and backs in turn. `columns` is how many exercises
    stand side by side; with `column` there are only as many as are that wide in 12 point type,
    `inset` of which is lost at either side. Drawings stand above the steps, at most `tall` high, or
    beside them in a share `beside` of the width and at most `tall_beside` high; they are at most
    `most` times their natural size. Those of a `compact` layout have numbers alone below them and
    stand in several rows where that shows them larger; those of a layout with a `middle` stand one
    below the other in a column so wide, on a page that is wider than high and in normal type. A
    layout of two `languages` says everything twice. `logs` says whether there is room for a log,
    `foot` whether its pages say at their foot what they are of. A layout is `composed` when its
    pages are a stack of parts: what stands before the exercises, each exercise, what stands after
    them.
    """

    name: str
    told: str
    template: str
    sheet: Literal["paper", "larger", "smaller", "quarter"] = "paper"
    margins: tuple[float, float, float] = (12.0, 16.0, 14.0)
    orientations: tuple[Orientation, ...] = ("portrait",)
    columns: int = 1
    column: float = 0.0
    inset: float = 0.0
    compact: bool = False
    beside: float = 0.0
    tall: float = 46.0
    tall_beside: float = 62.0
    middle: float = 0.0
    most: float = 1.0
    shared: bool = False
    displayed: bool = False
    parted: bool = False
    sheets: Sheets = "single"
    logs: bool = True
    foot: bool = True
    chapters: bool = False
    weeks: int = 0
    languages: int = 1
    composed: bool = False

    def page(self, paper: Paper, orientation: Orientation | None = None) -> Page:
        """Return the page of a paper.

        Args:
            paper: the paper that it is printed on.
            orientation: how it is held; the layout's usual way when left out.
        """
        width, height = _FORMATS[paper]
        if self.sheet == "larger":
            width, height = height, 2 * width
        elif self.sheet == "smaller":
            width, height = height / 2, width
        elif self.sheet == "quarter":
            width, height = width / 2, height / 2
        if (orientation or self.orientations[0]) == "landscape":
            width, height = height, width
        top, side, bottom = self.margins
        return Page(width=width, height=height, top=top, side=side, bottom=bottom)


LAYOUTS: Mapping[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout(
            name="sheet",
            told="One exercise after another, with everything there is to say about each.",
            template="handout.html",
            beside=0.36,
            orientations=("portrait", "landscape"),
            composed=True,
        ),
        Layout(
            name="bilingual",
            told="Two languages side by side, exercise by exercise.",
            template="layouts/bilingual.html",
            orientations=("landscape", "portrait"),
            margins=(10.0, 12.0, 14.0),
            middle=53.0,
            most=1.2,
            languages=2,
        ),
        Layout(
            name="cards",
            told="Small cards side by side: drawings, dosage, steps and what to take care of.",
            template="layouts/cards.html",
            orientations=("portrait", "landscape"),
            columns=3,
            column=80.0,
            inset=3.0,
            compact=True,
            tall=30.0,
            most=1.5,
            margins=(8.0, 10.5, 14.0),
        ),
        Layout(
            name="booklet",
            told="A small booklet: pages of half the size, two on a sheet, to fold in the middle.",
            template="layouts/booklet.html",
            sheet="smaller",
            sheets="folded",
            margins=(10.0, 11.0, 14.0),
            tall=50.0,
            most=1.25,
        ),
        Layout(
            name="book",
            told="A book: cover, contents, chapters and an index, for many exercises.",
            template="layouts/book.html",
            margins=(18.0, 18.0, 16.0),
            beside=0.36,
            chapters=True,
        ),
        Layout(
            name="poster",
            told="A wall chart on the next larger paper: names, drawings and dosages, large.",
            template="layouts/poster.html",
            sheet="larger",
            orientations=("portrait", "landscape"),
            margins=(14.0, 16.0, 16.0),
            columns=4,
            column=90.0,
            inset=1.2,
            compact=True,
            shared=True,
            displayed=True,
            tall=240.0,
            most=3.0,
            logs=False,
        ),
        Layout(
            name="deck",
            told="Cards of a quarter of the paper, to cut: drawings in front, steps on the back.",
            template="layouts/deck.html",
            sheet="quarter",
            sheets="cards",
            margins=(11.0, 7.0, 6.0),
            compact=True,
            shared=True,
            tall=88.0,
            most=1.6,
            logs=False,
            foot=False,
        ),
        Layout(
            name="table",
            told="A line an exercise: drawings, dosage and what to watch.",
            template="layouts/table.html",
            orientations=("portrait", "landscape"),
            compact=True,
            beside=0.34,
            tall=37.0,
            margins=(10.0, 12.0, 14.0),
        ),
        Layout(
            name="single",
            told="One exercise a page, drawn large, with room for notes.",
            template="layouts/single.html",
            tall=66.0,
            most=2.2,
            parted=True,
            margins=(10.0, 16.0, 14.0),
        ),
        Layout(
            name="log",
            told="A chart to tick off week by week, with how it felt from 0 to 10.",
            template="layouts/log.html",
            orientations=("portrait", "landscape"),
            columns=4,
            column=56.0,
            compact=True,
            tall=28.0,
            tall_beside=40.0,
            weeks=4,
            margins=(10.0, 12.0, 14.0),
        ),
        Layout(
            name="teacher",
            told="For those who teach it: timing, cues, mistakes, notes for the clinician.",
            template="layouts/teacher.html",
            tall=34.0,
            margins=(11.0, 15.0, 14.0),
        ),
    )
}
USUAL = "sheet"
