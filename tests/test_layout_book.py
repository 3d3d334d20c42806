"""A book: its contents and its index lead to the pages where things are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from test_pdf import Reader, Tag, faults_of_pdf

from stretchkit.books import book_of
from stretchkit.cli import main
from stretchkit.handout import Chapter, Handout
from stretchkit.library import Library
from stretchkit.model.vocabulary import group_of
from stretchkit.rendering.handout import epub, html, pdf
from stretchkit.views.handout import HandoutView, handout_view

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

LIBRARY = Library.bundled()


def exercise(name: str, region: str, aliases: str = "") -> str:
    return (
        f"---\nname: {name}\nkind: mobility\nregions: [{region}]\nposition: sitting\n"
        f"aliases: [{aliases}]\ndosage: 5 reps\n---\nMove a little.\n\n"
        "## Steps\n1. Sit.\n2. Move.\n"
    )


FILES = {
    "stretchkit.yaml": "name: Small moves\n",
    "exercises/nod.md": exercise("Nod", "neck", "Yes move"),
    "exercises/arch.md": exercise("Arch", "upper-back"),
    "exercises/twist.md": exercise("Twist", "upper-back", "Turn"),
    "routines/morning.md": "---\nname: Morning\nentries: [twist, nod]\n---\nFor every day.\n",
}


@pytest.fixture
def small(make_library: MakeLibrary) -> Library:
    return make_library(FILES)


@lru_cache
def whole() -> HandoutView:
    return handout_view(book_of(LIBRARY))


def test_every_exercise_of_a_library_is_once_in_a_book_by_part_of_the_body() -> None:
    book = book_of(LIBRARY)
    assert sorted(entry.exercise for entry in book.routine.entries) == sorted(LIBRARY.exercises)
    for chapter in whole().chapters:
        for view in chapter.exercises:
            regions = LIBRARY.exercises[view.anchor].regions
            assert chapter.title == group_of(regions[0]).label


def test_a_book_by_routine_has_their_dosages_and_then_what_is_in_none(small: Library) -> None:
    view = handout_view(book_of(small, parted="routines"))
    assert [chapter.title for chapter in view.chapters] == ["Morning", "More exercises"]
    assert view.chapters[0].summary == "For every day."
    assert [e.name for c in view.chapters for e in c.exercises] == ["Twist", "Nod", "Arch"]
    assert [e.number for c in view.chapters for e in c.exercises] == [1, 2, 3]


def test_the_index_has_names_and_other_names_in_the_order_of_letters(small: Library) -> None:
    index = handout_view(book_of(small)).index
    told = [entry.text or entry.mentions[0].text for entry in index]
    assert told == ["Arch", "Nod", "Turn", "Twist", "Yes move"]
    assert [mention.text for mention in index[-1].mentions] == ["Nod"]


def test_every_entry_of_contents_and_index_leads_to_something_in_the_book(small: Library) -> None:
    text = html(book_of(small)).decode()
    leads = set(re.findall(r'href="#([^"]+)"', text))
    assert {"chapter-1", "chapter-2", "nod", "arch", "twist", "index"} <= leads
    assert leads <= set(re.findall(r'id="([^"]+)"', text))


@lru_cache
def printed() -> Reader:
    routine = LIBRARY.routine("upper-back-relaxation")
    return Reader(pdf(Handout(routine, LIBRARY, layout="book", drawings="none", weeks=1)))


def pages_of(heading: Tag) -> int:
    return min(heading.all_pages) + 1


def test_contents_say_the_page_that_each_exercise_is_on() -> None:
    lines = [tag.text for tag in printed().structure.all("P")]
    headings = printed().structure.all("H3")
    names = {heading.text: pages_of(heading) for heading in headings if heading.text[0].isdigit()}
    assert len(names) == 4
    for name, page in names.items():
        assert any(re.fullmatch(rf"{re.escape(name)}\.+{page}", line) for line in lines), name


def test_levels_of_headings_in_a_book_follow_each_other() -> None:
    levels = [int(tag.role[1:]) for tag in printed().headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_cover_stands_alone_and_has_no_page_number() -> None:
    first = printed().text.split("Contents")[0]
    assert "Upper back relaxation" in first
    assert "Page 1" not in printed().text
    assert "Page 2 of" in printed().text


def test_a_book_follows_pdf_ua_and_pdf_a(tmp_path: Path) -> None:
    assert faults_of_pdf(printed().data, tmp_path) == []


def test_an_epub_has_a_chapter_s_name_before_its_first_exercise(small: Library) -> None:
    with zipfile.ZipFile(io.BytesIO(epub(book_of(small)))) as book:
        pages = {name: book.read(name).decode() for name in book.namelist() if "xhtml" in name}
    assert "Neck and shoulders</h2>" in pages["book/exercise-1.xhtml"]
    assert "Back</h2>" in pages["book/exercise-2.xhtml"]
    assert "Index</h2>" in pages["book/end.xhtml"]
    for page in pages.values():
        for file, _, place in re.findall(r'href="([\w-]+\.xhtml)(#([^"]+))?"', page):
            assert not place or f'id="{_[1:]}"' in pages[f"book/{file}"]


def test_chapters_that_leave_exercises_out_are_refused(small: Library) -> None:
    with pytest.raises(ValueError, match="do not hold all exercises"):
        Handout(
            small.routine("morning"), small, layout="book", chapters=(Chapter(name="A", length=1),)
        )


def test_a_library_without_exercises_is_no_book(make_library: MakeLibrary) -> None:
    with pytest.raises(ValueError, match="no exercises"):
        book_of(make_library({}))


def test_the_command_makes_a_book_of_a_library(small: Library, tmp_path: Path) -> None:
    file = tmp_path / "book.html"
    folder = small.folders[0]
    with pytest.raises(SystemExit) as ended:
        main(["book", "--library", str(folder), "--chapters", "routines", "-o", str(file)])
    assert not ended.value.code
    text = file.read_text(encoding="utf-8")
    assert 'class="layout-book' in text
    assert "Small moves</h1>" in text
    assert ">Morning</h2>" in text
