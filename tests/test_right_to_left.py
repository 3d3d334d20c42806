"""Sheets from right to left, and names from right to left on sheets from left to right."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from printed import letters
from test_pdf import Reader, faults_of_pdf

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS
from stretchkit.library import Library
from stretchkit.locales import direction_of, is_mixed, isolated
from stretchkit.model.routine import Entry, Routine
from stretchkit.rendering.handout import html, markdown, pdf, plain_pdf, render, text
from stretchkit.rendering.pdf import html_to_pdf

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

NAME = "דוד כהן"
HEBREW = """\
---
name: מבט למעלה
kind: mobility
regions: [neck]
position: sitting
dosage: 5 reps
---
הביטו למעלה.

## Steps
1. שבו זקוף.
2. הביטו למעלה.
"""
ENGLISH = HEBREW.replace("מבט למעלה", "Look up").replace("שבו זקוף.", "Sit tall.")


def sheet(library: Library, **options: Any) -> Handout:
    routine = Routine(
        id="one", name="One move", entries=(Entry("look"),), language=library.language
    )
    given = {"recipient": NAME, "prepared_on": date(2026, 1, 5), "drawings": "none", **options}
    return Handout(routine, library, **given)


@pytest.fixture
def hebrew(make_library: MakeLibrary) -> Library:
    settings = (
        'name: מרפאה\nlanguage: he\nbrand: {name: מרפאה, contact: ["03-555 12", "a@b.org"]}\n'
    )
    return make_library(
        {
            "stretchkit.yaml": settings,
            "exercises/look.md": HEBREW,
            "routines/all.md": "---\nname: הרפיה\nentries: [look]\n---\nקצר.\n",
        }
    )


@pytest.fixture
def english(make_library: MakeLibrary) -> Library:
    return make_library({"exercises/look.md": ENGLISH})


def places(data: bytes, pattern: str) -> list[float]:
    """How far from the left the letters of the first page are that a pattern fits."""
    with pypdfium2.PdfDocument(data) as document:
        found = [letter for letter in letters(document[0]) if re.match(pattern, letter.character)]
        return [letter.box[0] for letter in found]


# What is from right to left ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "way"),
    [("Ada", "ltr"), (NAME, "rtl"), ("(أحمد", "rtl"), ("5 Ada", "ltr"), ("12-3", "ltr"), ("·", "")],
)
def test_the_first_letter_tells_the_direction_of_words(words: str, way: str) -> None:
    assert direction_of(words) == way


def test_only_words_that_would_take_others_along_are_kept_to_themselves() -> None:
    assert isolated("Ada Łucja 3", "ltr") == "Ada Łucja 3"
    assert isolated(NAME, "rtl") == NAME
    assert isolated(NAME, "ltr") == f"\u2068{NAME}\u2069"
    assert is_mixed(f"Ada {NAME}", "ltr")
    assert is_mixed("03-555 12", "rtl")
    assert not is_mixed("· –", "rtl")


# Names -------------------------------------------------------------------------------------------


def test_a_date_behind_a_name_from_right_to_left_stays_behind_it(english: Library) -> None:
    data = pdf(sheet(english))
    name = places(data, "[\u0590-\u05ff]")
    digits = places(data, "[0-9]")
    assert max(name[: len(NAME) - 1]) < min(digits[:5])


def test_a_name_is_drawn_as_in_a_paragraph_of_its_own_direction(english: Library) -> None:
    def drawn(data: bytes) -> list[str]:
        file = Reader(data)
        shown = ["".join(table[code] for code in codes) for _, _, codes, table in file._shown()]
        return [words.strip() for words in shown if re.search("[\u0590-\u05ff]", words)]

    name = f"{NAME} (3), {NAME}!"
    style = 'p { font-family: "Source Sans 3", "Noto Sans Hebrew" }'
    alone = html_to_pdf(
        f'<html lang="en"><title>T</title><style>{style}</style><p dir="rtl">{name}</p></html>'
    )
    assert drawn(alone)[0] == drawn(plain_pdf(sheet(english, recipient=name)))[0]


def test_hebrew_is_found_by_programs_that_go_by_where_letters_stand(english: Library) -> None:
    reader = Reader(pdf(sheet(english, message="שבו זקוף ונשמו לאט.")))
    for word in (*NAME.split(), "זקוף", "ונשמו"):
        assert re.search(rf"\b{word}\b", reader.text.partition("Steps")[0])
    assert "שבו זקוף ונשמו לאט. " in reader.elements_told


def test_a_message_runs_in_the_direction_of_its_words(english: Library) -> None:
    told = html(sheet(english, message=f"{NAME}, Hello!")).decode()
    assert '<p class="message" dir="rtl">' in told
    assert '<p class="message">' in html(sheet(english, message=f"Hello {NAME}")).decode()


def test_a_name_keeps_to_itself_in_text_and_markdown_too(english: Library) -> None:
    handout = sheet(english)
    assert f"For \u2068{NAME}\u2069 · 5 January 2026" in text(handout).decode()
    assert f"For \u2068{NAME}\u2069 · 5 January 2026" in markdown(handout).decode()


def test_a_sheet_for_ada_has_none_of_these_signs(english: Library) -> None:
    told = html(sheet(english, recipient="Ada", message="Hello Ada.")).decode()
    assert not re.search("<bdi|\u2068", told)
    assert "dir=" not in told.partition("<body")[2]


# Sheets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in ("deck", "bilingual")])
def test_title_and_number_of_a_page_change_sides(layout: str, hebrew: Library) -> None:
    told = html(sheet(hebrew, layout=layout)).decode()
    foot = re.search(r"@bottom-(\w+) \{ content: \"One move", told.replace("\\002068 ", ""))
    assert foot
    assert foot[1] == "right"
    assert re.search(r'@bottom-left \{ white-space: nowrap; content: "Page', told)


def test_the_number_of_a_page_stands_on_the_left_of_a_sheet_from_right_to_left(
    hebrew: Library, english: Library
) -> None:
    routine = hebrew.routine("all")
    feet = {}
    for library, given in ((hebrew, routine), (english, None)):
        handout = sheet(library, recipient="")
        if given:
            handout = Handout(given, library, drawings="none")
        with pypdfium2.PdfDocument(pdf(handout)) as document:
            signs = [each for each in letters(document[0]) if each.box[1] < 45]
        of = [each.box[0] for each in signs if each.character == "P"]
        feet[library.language] = of[0]
    assert feet["he"] < 120
    assert feet["en"] > 400


def test_exercises_of_another_direction_say_so(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "stretchkit.yaml": "name: T\nlanguage: en\nlanguages: [en, he]\n",
            "exercises/look.md": ENGLISH,
            "routines/all.md": "---\nname: All\nentries: [look]\n---\nShort.\n",
        }
    )
    told = html(sheet(library.in_language("he"))).decode()
    assert '<html lang="he" dir="rtl">' in told
    assert re.search(r'<h2 lang="en" dir="ltr">.*Look up', told)
    assert '<span lang="en" dir="ltr">Sit tall.</span>' in told


def test_the_line_between_two_languages_is_between_them_whatever_their_directions(
    make_library: MakeLibrary,
) -> None:
    library = make_library(
        {
            "stretchkit.yaml": "name: T\nlanguage: en\nlanguages: [en, he]\n",
            "exercises/look.md": ENGLISH,
        }
    )
    for language, side in (("en", "left"), ("he", "right")):
        told = html(sheet(library.in_language(language), layout="bilingual")).decode()
        (second,) = re.findall(r"\.halves > \.half \+ \.half \{(.*border.*)\}", told)
        assert f"border-{side}: 0.25mm" in second
        assert f"padding-{side}: 5mm" in second


def test_a_number_to_call_stays_in_its_order(hebrew: Library) -> None:
    told = html(sheet(hebrew)).decode()
    assert '<bdi dir="ltr">03-555 12</bdi> · <bdi dir="ltr">a@b.org</bdi>' in told


def test_a_sheet_from_right_to_left_stays_true_to_the_standards(
    hebrew: Library, tmp_path: Path
) -> None:
    data = pdf(Handout(hebrew.routine("all"), hebrew, recipient=NAME, layout="table", weeks=1))
    assert faults_of_pdf(data, tmp_path) == []


def test_a_word_document_runs_from_right_to_left(hebrew: Library, english: Library) -> None:
    turned = docx.Document(io.BytesIO(render(sheet(hebrew, weeks=1), "docx")))
    paragraphs = [each for each in turned.paragraphs if each.text.strip()]
    assert [each.text for each in paragraphs if not each._p.xpath("./w:pPr/w:bidi")] == []
    assert turned.tables[0].table_direction is not None
    usual = docx.Document(io.BytesIO(render(sheet(english), "docx")))
    (line,) = [each for each in usual.paragraphs if NAME in each.text]
    assert not line._p.xpath("./w:pPr/w:bidi")
    assert [run.text for run in line.runs if run.font.rtl] == [NAME]
