"""What a handout can look like: options that are checked, and that a reader sees on the sheet."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS, PAPERS, POINTS
from stretchkit.library import Library
from stretchkit.rendering.handout import html, markdown

ROUTINE = "upper-back-relaxation"


def sheet(**options: Any) -> Handout:
    options = {"drawings": "none", **options}
    language = options.pop("language", "en")
    library = Library.bundled().in_language(language)
    return Handout(library.routine(ROUTINE), library, **options)


def page_of(**options: Any) -> str:
    return html(sheet(**options)).decode()


# Options -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"layout": "shet"}, '"shet" is no layout; did you mean "sheet"?'),
        ({"paper": "a44"}, '"a44" is no paper; did you mean "a4"?'),
        ({"size": "larges"}, '"larges" is no size; did you mean "large'),
        ({"ink": "sav"}, '"sav" is no ink; did you mean "save"?'),
        ({"weeks": 13}, "a log has 0 to 12 weeks, not 13"),
        ({"also": "tlh"}, 'the library has no language "tlh"'),
    ],
)
def test_an_option_that_does_not_exist_is_told_with_the_nearest_word(
    options: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        sheet(**options)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_way_to_hold_a_paper_is_a_page_with_room(layout: Any, paper: Any) -> None:
    for way in layout.orientations:
        page = layout.page(paper, way)
        assert (page.width > page.height) is (way == "landscape")
        assert min(page.room) > 50
    assert layout.page(paper) == layout.page(paper, layout.orientations[0])


@pytest.mark.parametrize(("size", "points"), POINTS.items())
def test_all_type_grows_with_the_size(size: Any, points: int) -> None:
    page = page_of(size=size)
    assert f"html {{ font-size: {points}pt; }}" in page
    # Page feet alone are not in rem: rules of a page know no root element.
    style = page[page.index("<style>") : page.index("</style>")]
    assert re.findall(r"(?<![\w#])[\d.]+pt\b", style) == [f"{points}pt", "12pt"]


# What stands on it -------------------------------------------------------------------------------


def test_a_log_has_a_row_an_exercise_a_column_a_day_and_a_table_a_week() -> None:
    page = page_of(weeks=3)
    assert page.count("<table>") == 3
    assert page.count('<th scope="row">') == 3 * (len(sheet().prescriptions) + 1)
    assert page.count('<th scope="col" class="day">') == 3 * 7
    assert "<table>" not in page_of()


def test_a_blank_sheet_has_lines_for_name_day_and_every_dosage() -> None:
    page = page_of(blank=True)
    lines = page.count('<span class="blank">')
    assert lines == 2 + 3 * len(sheet().prescriptions)
    assert "Hold for 15 seconds" not in page


def test_a_blank_in_a_message_is_a_line_to_write_on() -> None:
    page = page_of(message="Start with ___ of <i>them</i>")
    assert re.search(r'Start with <span class="blank">_+</span> of &lt;i&gt;them', page)


def test_a_code_leads_to_the_routine_on_the_web() -> None:
    address = "https://riverside.example/r/upper-back"
    page = page_of(address=address)
    assert f'<a href="{address}">riverside.example/r/upper-back</a>' in page
    assert 'alt="Code to scan' in page
    assert "Code to scan" not in page_of()
    assert address in markdown(sheet(address=address)).decode()


def test_the_same_words_have_the_same_hash_and_others_another() -> None:
    def content(**options: Any) -> str:
        found = re.search("Conten(?:t|ido) ([0-9a-f]{8})", page_of(**options))
        assert found
        return found[1]

    assert content() == content(recipient="Ada", prepared_on=date(2026, 1, 5), paper="letter")
    assert content() != content(language="es")


def test_a_sheet_that_saves_ink_has_drawings_of_lines() -> None:
    assert sheet(ink="save", drawings="colour").style == "line"
    assert sheet(ink="save", drawings="none").style == "none"
    assert "ink-save" in page_of(ink="save")
