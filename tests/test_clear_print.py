"""Sheets that everybody can read: the figures of Clear Print, measured on the pages themselves.

The RNIB's Clear Print asks for type of at least 12 points (large print: 16), lines of 60 to 75
characters where a column is wide enough and never more, text that starts at the left and is not
stretched to the right edge, and dark words on white. Letters are measured as a reader's program
finds them in the finished PDF.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
from printed import Line, lines

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS, POINTS
from stretchkit.library import Library
from stretchkit.rendering.handout import pdf

ROUTINE = "upper-back-relaxation"
LONGEST_LINE = 75
LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
DOTS = re.compile(r"\.{4,}")
"""Dots that lead the eye to a page's number; nobody reads them."""


@lru_cache
def printed(layout: str, size: Any, language: str = "en", ink: Any = "full") -> tuple[Line, ...]:
    library = Library.bundled().in_language(language)
    handout = Handout(
        library.routine(ROUTINE),
        library,
        recipient="Ada",
        layout=layout,
        size=size,
        ink=ink,
        weeks=1 if LAYOUTS[layout].logs else 0,
        address="https://riverside.example/r/1",
    )
    return tuple(lines(pdf(handout)))


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [value / 255 for value in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def looks() -> list[Any]:
    """Every layout in every size that it comes in."""
    return [
        pytest.param(
            name, size, id=f"{name}-{size}", marks=pytest.mark.xdist_group(f"print-{name}")
        )
        for name in LAYOUTS
        for size in POINTS
        if fits(name, size)
    ]


def fits(layout: str, size: Any) -> bool:
    library = Library.bundled()
    try:
        Handout(library.routine(ROUTINE), library, layout=layout, size=size)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("layout", "size"), looks())
def test_no_letter_is_smaller_than_the_size_that_was_asked_for(layout: str, size: Any) -> None:
    small = {line.text for line in printed(layout, size) if min(line.sizes) < POINTS[size] - 0.05}
    assert small == set()


@pytest.mark.parametrize(("layout", "size"), looks())
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_line_has_more_than_75_characters(layout: str, size: Any, language: str) -> None:
    if language != "en" and size != "normal":
        pytest.skip("longer type makes shorter lines")
    texts = {DOTS.sub("", line.text) for line in printed(layout, size, language)}
    long = {text for text in texts if len(text) > LONGEST_LINE}
    assert long == set()


def test_words_in_a_wide_column_come_in_lines_of_about_65_characters() -> None:
    wide = sorted(len(line.text) for line in printed("sheet", "normal") if len(line.text) > 45)
    assert 55 <= wide[len(wide) // 2] <= 70


@pytest.mark.parametrize(("layout", "size"), looks())
def test_lines_start_at_the_left_and_are_not_stretched(layout: str, size: Any) -> None:
    """Lines below each other that start at one place end at different ones."""
    rows = printed(layout, size)
    ends = [
        abs(line.end - below.end)
        for line, below in pairwise(rows)
        if line.page == below.page and abs(line.start - below.start) < 1 and len(line.text) > 30
    ]
    stretched = sum(difference < 0.2 for difference in ends)
    assert not ends or stretched / len(ends) < 0.2


@pytest.mark.parametrize(("layout", "size"), looks())
def test_words_stand_out_from_the_paper(layout: str, size: Any) -> None:
    for line in printed(layout, size):
        for colour in line.colours - {(255, 255, 255)}:
            assert (1.05) / (luminance(colour) + 0.05) >= LEAST_CONTRAST, line.text


@pytest.mark.parametrize(
    "layout", [pytest.param(n, marks=pytest.mark.xdist_group(f"print-{n}")) for n in LAYOUTS]
)
def test_saving_ink_prints_every_word_in_black_or_grey(layout: str) -> None:
    colours = {c for line in printed(layout, "normal", ink="save") for c in line.colours}
    assert {c for c in colours if max(c) - min(c) > 3} == set()
