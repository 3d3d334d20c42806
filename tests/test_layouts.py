"""What a handout can look like: options that are checked, and that a reader sees on the sheet."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS, PAPERS, POINTS
from stretchkit.library import Library
from stretchkit.model.dosage import Dosage
from stretchkit.rendering.handout import html, markdown, pdf
from stretchkit.rendering.prose import plain_text
from stretchkit.views.handout import handout_view
from stretchkit.views.times import time_views

if TYPE_CHECKING:
    from conftest import Run

ROUTINE = "upper-back-relaxation"


def sheet(**options: Any) -> Handout:
    options = {"drawings": "none", **options}
    language = options.pop("language", "en")
    library = Library.bundled().in_language(language)
    return Handout(library.routine(options.pop("routine", ROUTINE)), library, **options)


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
        ({"weeks": 0, "layout": "log"}, 'the layout "log" is a log: it has 1 to 12 weeks'),
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
    # Rules of a page know no root element, so the feet have the size in points.
    style = page[page.index("<style>") : page.index("</style>")]
    assert re.findall(r"(?<![\w#])[\d.]+pt\b", style) == [f"{points}pt", f"{points}pt"]


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        ({}, 2),
        ({"orientation": "landscape", "routine": "core-basics"}, 3),
        ({"orientation": "landscape"}, 2),
        ({"size": "large"}, 1),
        ({"size": "largest", "orientation": "landscape"}, 2),
    ],
)
def test_as_many_cards_stand_side_by_side_as_leave_room_and_make_even_rows(
    options: dict[str, Any], columns: int
) -> None:
    assert sheet(layout="cards", **options).columns == columns


def test_one_card_alone_has_the_whole_width() -> None:
    library = Library.bundled()
    alone = Handout(library.routine_of(("cat-cow",)), library, layout="cards", drawings="none")
    assert alone.columns == 1
    assert "numbers are those of the exercises" not in html(alone).decode()


# What every layout says --------------------------------------------------------------------------


@lru_cache
def pages_of(
    layout: str, language: str = "en", size: Any = "normal", routine: str = ROUTINE
) -> tuple[str, ...]:
    """The letters of each page, without white space and hyphens: lines end anywhere."""
    sheet_ = sheet(layout=layout, language=language, size=size, routine=routine, recipient="Ada")
    with pypdfium2.PdfDocument(pdf(sheet_)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return tuple(map(letters, texts))


def letters(text: str) -> str:
    return re.sub(r"[\s\ufffe\xad-]", "", text)


def squeezed(text: str) -> str:
    return letters(plain_text(text))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_for_whom_what_for_how_long_and_when_to_stop(
    layout: str, language: str
) -> None:
    view = handout_view(sheet(layout=layout, language=language))
    words = "".join(pages_of(layout, language))
    stop = {"en": "Stop and rest if", "es": "Deténgase y descanse si"}[language]
    for told in (view.title, "Ada", view.goals, view.duration, view.equipment, view.author, stop):
        assert squeezed(told) in words, told
    assert squeezed(view.review) in words
    assert squeezed(view.control) in words


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_names_each_exercise_with_its_dosage(layout: str) -> None:
    words = "".join(pages_of(layout))
    for exercise in handout_view(sheet()).exercises:
        assert squeezed(exercise.name) in words
        assert squeezed(exercise.dosage) in words or squeezed(exercise.dosage_short) in words


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_what_a_condition_asks_for(layout: str) -> None:
    words = "".join(pages_of(layout))
    for asked in handout_view(sheet()).cautions:
        for each in asked.conditions:
            assert squeezed(each.condition) in words


@pytest.mark.parametrize("size", POINTS)
@pytest.mark.parametrize("layout", ["cards"])
def test_a_card_stands_on_one_page(layout: str, size: Any) -> None:
    pages = pages_of(layout, size=size)
    for exercise in handout_view(sheet()).exercises:
        whole = [
            page
            for page in pages
            if squeezed(f"{exercise.number}. {exercise.name}") in page
            and all(squeezed(step.text) in page for step in exercise.steps)
            and squeezed(exercise.take_care) in page
        ]
        assert len(whole) == 1, exercise.name


def test_a_page_of_a_single_exercise_is_about_no_other() -> None:
    names = [squeezed(f"{each.number}. {each.name}") for each in handout_view(sheet()).exercises]
    pages = pages_of("single")
    on = [[name for name in names if name in page] for page in pages]
    assert [each for each in on if each] == [[name] for name in names]


@pytest.mark.parametrize("layout", ["log", "teacher", "table"])
def test_a_table_stands_on_one_page(layout: str) -> None:
    view = handout_view(sheet(layout=layout, routine="core-basics"))
    pages = pages_of(layout, routine="core-basics")
    if view.log:
        for week in map(squeezed, view.log.weeks):
            (page,) = [page for page in pages if week in page]
            rows = page[page.index(week) :]
            assert all(squeezed(row) in rows for row in (*view.log.rows, "How it felt, 0–10"))
    if layout == "teacher":
        (page,) = [page for page in pages if "Startsat" in page and "Equipment" in page.title()]
        assert all(squeezed(each.name) in page for each in view.exercises)
    heads = sum(page.count(squeezed("What to watch")) for page in pages)
    tables = html(sheet(layout=layout, routine="core-basics")).decode().count('class="lines"')
    assert heads == tables


@pytest.mark.parametrize("layout", ["sheet", "cards", "single", "booklet", "bilingual", "book"])
def test_in_large_type_the_stop_box_stands_before_what_to_know(layout: str) -> None:
    page = page_of(layout=layout, size="largest")
    assert page.count('class="stop"') == (2 if layout == "bilingual" else 1)
    assert page.index('class="stop"') < page.index("Before you start") < page.index("Afterwards")


@pytest.mark.parametrize("layout", ["booklet", "bilingual", "sheet"])
@pytest.mark.parametrize("size", ["normal", "largest"])
def test_a_week_of_a_short_routine_is_one_table_whose_days_fit(layout: str, size: str) -> None:
    handout = sheet(layout=layout, size=size, weeks=1)
    log = handout_view(handout).log
    assert log is not None
    assert html(handout).decode().count("<caption>") == 1
    letter = 0.25 * POINTS[handout.size]
    assert all(len(day) * letter <= log.day for day in log.days)


def test_a_log_has_four_weeks_unless_it_is_told_otherwise() -> None:
    assert page_of(layout="log").count("<caption>") == 4
    assert page_of(layout="log", weeks=2).count("<caption>") == 2


def test_the_table_says_what_to_watch_and_the_steps_where_nothing_is_said_of_that() -> None:
    view = handout_view(sheet())
    words = "".join(pages_of("table"))
    assert all(squeezed(cue) in words for each in view.exercises for cue in each.cues)
    assert not any(squeezed(step.text) in words for step in view.exercises[0].steps)


def test_a_teacher_sees_when_each_exercise_begins_and_what_patients_are_not_told() -> None:
    view = handout_view(sheet())
    assert [each.start for each in view.times] == ["0:00", "0:45", "1:25", "2:18"]
    words = "".join(pages_of("teacher"))
    for exercise, time in zip(view.exercises, view.times, strict=True):
        assert squeezed(f"Starts at {time.start} · Takes {time.length}") in words
        assert squeezed(exercise.clinician) in words
        assert all(squeezed(each.text) in words for each in exercise.mistakes)
        assert squeezed(exercise.clinician) not in "".join(pages_of("sheet"))


def test_times_are_left_out_where_dosages_are_to_be_written() -> None:
    assert handout_view(sheet(layout="teacher", blank=True)).times == ()
    assert "Starts at" not in page_of(layout="teacher", blank=True)


def test_the_times_of_ranges_have_a_low_and_a_high_end() -> None:
    cat, child = sheet().prescriptions[2:]
    session = (
        replace(cat, dosage=Dosage.parse("5-10 reps, 6 s each")),
        replace(child, dosage=Dosage.parse("hold 30 s")),
    )
    times = time_views(session)
    assert [each.start for each in times] == ["0:00", "0:35–1:05"]
    assert [each.length for each in times] == ["0:35–1:05", "0:35"]
    blank = replace(child, dosage=Dosage.parse("hold ___ s"))
    assert time_views((cat, blank)) == ()


def test_conditions_are_told_once_with_all_their_exercises() -> None:
    asked = handout_view(sheet()).cautions
    assert [each.action.split()[0] for each in asked] == ["Leave", "Ask", "Make"]
    for each in asked:
        names = [condition.condition for condition in each.conditions]
        assert len(names) == len(set(names))
    operation = next(c for c in asked[1].conditions if c.condition == "a recent operation")
    assert operation.numbers == "2, 3, 4"


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


def test_layouts_are_listed_with_what_each_is_for_and_as_json(run: Run) -> None:
    listed = run("layouts")
    rows = json.loads(run("layouts", "--format", "json").out)
    assert [row["layout"] for row in rows] == list(LAYOUTS)
    for row in rows:
        assert f"{row['layout']} " in listed.out
        assert row["told"] in listed.out
        assert row["orientations"] == list(LAYOUTS[row["layout"]].orientations)


@pytest.mark.parametrize("layout", ["sheet", "cards", "single", "log", "table", "teacher"])
@pytest.mark.parametrize(("size", "points"), POINTS.items())
def test_a_foot_of_two_lines_stays_on_its_page(layout: str, size: Any, points: int) -> None:
    line = points * 1.33 * 25.4 / 72
    assert sheet(layout=layout, size=size).page.bottom >= 2 * line


def test_the_last_table_is_not_much_shorter_than_the_others() -> None:
    for routine, lengths in (("upper-back-relaxation", [2, 2]), ("core-basics", [3, 2, 2])):
        text = page_of(layout="table", routine=routine)
        tables = text.split('<table class="lines">')[1:]
        assert [table.count('<th scope="row">') for table in tables] == lengths
