"""Booklet, deck and poster: what stands on which page, and how large."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pypdfium2
import pytest
from test_pdf import Reader, faults_of_pdf

from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.handout import html, pdf

LIBRARY = Library.bundled()
NAME = re.compile(r"^\d+\. [A-Z][^.\r\n]+(?=\r\n(?:Do|Hold|Take) )", re.MULTILINE)
"""The name of an exercise with its number, above its dosage."""


@lru_cache
def sheet(count: int, **options: Any) -> Handout:
    library = LIBRARY.in_language(options.pop("language", "en"))
    routine = library.routine_of(sorted(library.exercises)[:count], title="My exercises")
    return Handout(routine, library, recipient="Ada", **{"drawings": "none", **options})


@lru_cache
def printed(count: int, **options: Any) -> Reader:
    return Reader(pdf(sheet(count, **options)))


def places(reader: Reader, width: float) -> dict[str, tuple[int, int]]:
    """Where each exercise's name stands: its sheet, and 0 for its left half, 1 for the other."""
    found = {}
    for number, page in enumerate(pypdfium2.PdfDocument(reader.data)):
        text = page.get_textpage()
        for half in (0, 1):
            words = text.get_text_bounded(left=half * width, right=(half + 1) * width)
            for name in NAME.findall(words):
                found[name] = number, half
    return found


def test_an_exercise_of_a_booklet_starts_on_a_left_hand_page() -> None:
    found = places(printed(5, layout="booklet"), 148.5 / 25.4 * 72)
    assert len(found) == 5
    assert {half for _, half in found.values()} == {0}


def test_an_exercise_of_a_deck_starts_on_the_front_of_a_card() -> None:
    for size in ("normal", "largest"):
        reader = printed(5, layout="deck", size=size)
        backs = [tag for tag in reader.structure.all("H3") if tag.text == "Setup"]
        fronts = reader.structure.all("H2")
        assert len(backs) == 5
        for heading in backs:
            assert all(page % 2 == 1 for page in heading.all_pages)
        assert len(fronts) == 2 + 5
        for heading in fronts[2:]:
            assert all(page % 2 == 0 for page in heading.all_pages)


def test_words_that_need_more_than_a_card_go_on_to_the_next_one() -> None:
    reader = printed(5, layout="deck", size="largest")
    for prescription in sheet(5, layout="deck", size="largest").prescriptions:
        for step in prescription.exercise.steps:
            assert "".join(step.text.split()) in reader.structure.text.replace(
                "(breathe", "(breathe"
            )


@pytest.mark.parametrize("layout", ["booklet", "deck", "poster"])
def test_sheets_with_drawings_follow_pdf_ua_and_pdf_a(layout: str, tmp_path: Any) -> None:
    data = printed(2, layout=layout, drawings="line", address="https://a.example/b").data
    assert faults_of_pdf(data, tmp_path) == []


@pytest.mark.parametrize("layout", ["deck", "poster"])
def test_a_log_has_no_room_on_a_card_or_a_poster(layout: str) -> None:
    with pytest.raises(ValueError, match="has no room for a log"):
        sheet(1, layout=layout, weeks=2)


def test_the_names_on_a_poster_are_read_from_a_metre_and_a_half() -> None:
    style = html(sheet(1, layout="poster")).decode()
    points = float(re.findall(r"\.chart h2 \{ font-size: ([\d.]+)pt", style)[0])
    capital = 0.66 * points / 72 * 25.4
    assert capital >= 1500 / 200


def test_a_poster_says_how_long_what_for_and_when_to_stop_and_no_steps() -> None:
    text = printed(4, layout="poster").structure.text
    for words in ("Time:", "Youneed:", "Stopandrestif", "ForAda", "generalinformation"):
        assert words in text
    assert "Steps" not in text


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_short_routine_is_a_poster_of_one_page(count: int) -> None:
    assert len(printed(count, layout="poster", drawings="line").file.pages) == 1


@pytest.mark.parametrize("size", ["normal", "large", "largest"])
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_all_exercises_of_a_short_routine_are_on_the_first_page_of_a_poster(
    size: str, orientation: str
) -> None:
    options = {"language": "es", "paper": "letter", "size": size, "orientation": orientation}
    reader = printed(4, layout="poster", drawings="line", **options)
    names = [tag for tag in reader.structure.all("H2") if tag.text[:1].isdigit()]
    assert len(names) == 4
    assert {page for tag in names for page in tag.all_pages} == {0}


@pytest.mark.parametrize("size", ["normal", "large"])
def test_the_drawings_of_a_card_stand_on_its_front_with_the_name(size: str) -> None:
    reader = printed(5, layout="deck", drawings="line", size=size)
    drawn = [tag for tag in reader.structure.all("Figure") if "Code" not in tag.alt]
    assert drawn
    assert all(page % 2 == 0 for tag in drawn for page in tag.all_pages)
