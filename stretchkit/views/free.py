"""How much of a page words leave free for drawings, on pages that hold as much as they can.

Lines are counted from the number of letters, a little generously: a page that is not quite full is
better than one that spills a line on the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, inf
from typing import TypeAlias, TypeVar

from stretchkit.handout import Handout
from stretchkit.layouts import GAP, POINTS
from stretchkit.model.exercise import Exercise
from stretchkit.model.routine import Prescription
from stretchkit.views.cautions import AskedView, asked_views
from stretchkit.wording import dosage_words

T = TypeVar("T")
_Lines: TypeAlias = Callable[[str | int, float, float], int]

LETTERS = {"normal": 0.175, "large": 0.184, "largest": 0.184}
"""The usual width of a letter, millimetres for each point: large type is of another face."""
_RUNNING = 0.16
"""The same of text of several lines, none of it bold."""
POINT = 0.3528
"""Millimetres of a point."""
LEAST = 22.0
"""How tall drawings are at the least that share a page, millimetres."""
_CAPTION = 0.9
"""How much higher captions are for every point of type above the normal size, millimetres."""
_BLANK_DOSAGE = 52
"""Letters that a dosage takes whose numbers are lines to write on."""

_TITLE, _NAME, _DOSAGE, _FACTS, _NUMBERS = 54, 33, 24, 21, 18
"""The type of a poster, points: see poster.css."""
_STOP, _STOP_MORE = 15, 3.5
"""The type of its stop box, and what its heading and its frame take, in lines."""
_LONGEST = 28.5
"""How long a line is at the most, in sizes of the type: see handout.css."""
_CODE = 32.0
"""How high a code to scan is, with the room around it, millimetres."""
_MADE, _FACTS_LINES = 0.62, 5
"""The share of a wide poster that its title has, and the lines of its facts beside it."""
_WIDE, _SHEET_TITLE, _HEAD, _OPENING_LINE, _HEADING = 0.64, 26, 12.0, 5.2, 2.0
"""The share of the wider column of what comes first, the type of the title; how high a line of the
head is and one below it, millimetres; how many of those a heading takes."""
_FACTS_LETTERS, _STOP_LETTERS, _CREDITS = 115, 290, 150
"""Letters of what is much the same on every poster: its facts, its stop box, who made it."""


def _lines_of(handout: Handout, letter: float = 0.0) -> _Lines:
    """Return what counts the lines of a text, or of so many letters: in a size, in a width."""
    letter = letter or LETTERS[handout.size]

    def lines(text: str | int, points: float, width: float) -> int:
        letters = text if isinstance(text, int) else len(text)
        return ceil(letters * letter * points / width)

    return lines


def free_height(handout: Handout, exercise: Exercise) -> float:
    """Return how tall the drawings of an exercise can be, with their captions, millimetres.

    Args:
        handout: one whose layout shares the room of its pages.
        exercise: one of its exercises.
    """
    if handout.looks.displayed:
        free, points = _on_sheet(handout), _NUMBERS
    else:
        free, points = _on_card(handout, exercise), POINTS[handout.size]
    return max(LEAST, free - _CAPTION * (points - POINTS["normal"]))


def opens_on_one_page(handout: Handout) -> bool:
    """Return whether what stands before the exercises fits a page in two columns of normal type."""
    (width, height), points, lines = (
        handout.page.room,
        POINTS["normal"],
        _lines_of(handout, _RUNNING),
    )
    routine, brand = handout.routine, handout.library.settings.brand
    asked = asked_views(handout.prescriptions, handout.library.language)
    told = [handout.message, *routine.summary.splitlines(), *routine.before.splitlines()]
    letters = (len(text) for text in told)
    wide = _WIDE * width - GAP
    count: float = sum(lines(each, points, wide) for each in (*letters, *_letters(asked)))
    count += _HEADING * (bool(routine.before) + 2 * bool(asked))
    title = lines(routine.name, _SHEET_TITLE, width)
    signed = lines(_CREDITS + 40, points, wide) + 2 + bool(brand.contact)
    made = 10.0 if brand.logo else 0.0
    end = max(_CODE if handout.web_address else 0.0, _OPENING_LINE * signed) + GAP
    return made + _HEAD * (title + 2) + _OPENING_LINE * count + end + 1.5 * GAP <= height


def _letters(asked: Sequence[AskedView]) -> Iterator[int]:
    """Yield how many letters each paragraph of cautions has."""
    for each in asked:
        conditions = (len(one.condition) + len(one.numbers) + 3 for one in each.conditions)
        yield len(each.action) + sum(conditions)


def _on_card(handout: Handout, exercise: Exercise) -> float:
    """Return what the words on a card's front leave free."""
    width, height = handout.page.room
    points, lines = POINTS[handout.size], _lines_of(handout)
    free = inf
    for entry in handout.prescriptions:
        if entry.exercise is not exercise:
            continue
        named = (1.5 if handout.size == "normal" else 1.3) * points
        name = lines(f"{len(handout.prescriptions)}. {exercise.name}", named, width)
        words = 1.2 * named * name
        words += 1.2 * 1.125 * points * lines(_dosage(handout, entry), 1.125 * points, width)
        words += 1.2 * points * lines(entry.note, points, width)
        sides = exercise.figure is not None and exercise.figure.side is not None
        words += 1.2 * points * (lines(40, points, width) if sides else 0)
        free = min(free, height - POINT * words - GAP)
    return free


def _on_sheet(handout: Handout) -> float:
    """Return what each row of a poster has for its drawings, on as few pages as hold them."""
    height = handout.page.room[1]
    rows = [_words(handout, row) for row in _parted(handout.prescriptions, max(1, handout.columns))]
    above, below = _above(handout), _below(handout)
    for pages in range(1, len(rows) + 1):
        parts = _parted(rows, ceil(len(rows) / pages))
        for end in (below, 0.0):  # where it does not fit below the last row, it has its own page
            taken = [sum(part) for part in parts]
            taken[0] += above
            taken[-1] += end
            free = min((height - t) / len(part) for t, part in zip(taken, parts, strict=True))
            if free >= LEAST:
                return free
    return LEAST


def _words(handout: Handout, row: Sequence[Prescription]) -> float:
    """Return how high the names and dosages of a row are, with the room around them."""
    width = handout.page.room[0] / max(1, handout.columns) - GAP
    lines = _lines_of(handout)
    most = max(
        1.05 * _NAME * lines(f"10. {entry.exercise.name}", _NAME, width)
        + 1.1 * _DOSAGE * lines(_dosage(handout, entry), _DOSAGE, width)
        for entry in row
    )
    return POINT * most + 1.5 * GAP


def _above(handout: Handout) -> float:
    """Return how high the head of a poster is; on a wide one its facts stand beside its title."""
    width, lines = handout.page.room[0], _lines_of(handout)
    aside = handout.page.width > handout.page.height
    named = lines(handout.routine.name, _TITLE, (_MADE if aside else 1) * width)
    made_out = 1 if handout.recipient or handout.prepared_on or handout.blank else 0
    made = POINT * (1.05 * _TITLE * named + 1.33 * _FACTS * made_out) + GAP
    made += 24.0 if handout.library.settings.brand.logo else 9.0
    facts = lines(_FACTS_LETTERS, _FACTS, width) if not aside else _FACTS_LINES
    told = POINT * 1.33 * _FACTS * facts + GAP
    message = POINT * 1.33 * _FACTS * lines(handout.message, _FACTS, width)
    return (max(made, told) if aside else made + told) + message + GAP


def _below(handout: Handout) -> float:
    """Return how high the end of a poster is: its stop box, cautions and who made it.

    They stand side by side; in large type the last of them stands below the others.
    """
    width, points, lines = handout.page.room[0], POINTS[handout.size], _lines_of(handout)
    large = handout.size != "normal"
    first, middle, last = (0.475, 0.475, 0.72) if large else (0.34, 0.42, 0.24)
    stop, longest = max(_STOP, points), _LONGEST * points * POINT
    aside = min(longest, first * width - 2 * GAP)
    box = stop * (lines(_STOP_LETTERS, stop, aside) + _STOP_MORE)
    asked = asked_views(handout.prescriptions, handout.library.language)
    letters = _letters(asked)
    care = points * (
        sum(lines(told, points, min(longest, middle * width - 16)) + 0.2 for told in letters) + 3
    )
    brand = handout.library.settings.brand
    signed = (_CREDITS, len(brand.url) + 30, " · ".join(brand.contact), 30)
    made = 1.33 * points * POINT * sum(lines(text, points, last * width) for text in signed)
    code = _CODE + 1.33 * points * POINT if handout.web_address else 0.0
    sides = POINT * 1.33 * max(box, care)
    return GAP + (sides + max(made, code) if large else max(sides, made + code))


def _dosage(handout: Handout, entry: Prescription) -> str | int:
    """Return a dosage in words, or how many letters it takes."""
    if handout.blank:
        return _BLANK_DOSAGE
    return dosage_words(entry.dosage, handout.library.language).sentence


def _parted(rows: Sequence[T], count: int) -> list[Sequence[T]]:
    """Return runs of so many things each, the last one of what is left."""
    return [rows[start : start + count] for start in range(0, len(rows), count)]
