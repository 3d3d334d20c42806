"""The same handout in other media: plain text, Word, EPUB and a picture of a page."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from functools import lru_cache
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from PIL import Image

from stretchkit.errors import RenderError
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.blocks import Block, blocks
from stretchkit.rendering.handout import html, preview, render

ROUTINE = "upper-back-relaxation"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"


def sheet(language: str = "en", **options: Any) -> Handout:
    library = Library.bundled().in_language(language)
    options = {"recipient": "Ada", "weeks": 1, **options}
    return Handout(library.routine(ROUTINE), library, **options)


@lru_cache
def made(kind: str, language: str = "en") -> bytes:
    return render(sheet(language), kind)


@lru_cache
def page() -> tuple[Block, ...]:
    return blocks(html(sheet()).decode())


def words_of(text: str) -> str:
    return " ".join(text.split())


# Blocks ------------------------------------------------------------------------------------------


def test_a_page_comes_apart_in_reading_order_with_nothing_lost() -> None:
    text = re.sub(
        r"<style>.*?</style>|<title>.*?</title>", "", html(sheet()).decode(), flags=re.DOTALL
    )
    said = words_of(re.sub(r"<[^>]+>", " ", text).replace("&#39;", "'"))
    found = []
    for block in page():
        found.append(block.text)
        found += [figure.caption for figure in block.figures]
        found += [each.text for row in block.rows for cell in row for each in cell]
    plain = re.compile(r"[^\w]")
    assert plain.sub("", " ".join(found)) == plain.sub("", said)


def test_lists_keep_their_numbers_and_headings_their_levels() -> None:
    assert [b.level for b in page() if b.kind == "heading"][:3] == [1, 2, 2]
    numbers = [b.number for b in page() if b.kind == "entry" and b.number]
    steps = [len(p.exercise.steps) for p in sheet().prescriptions]
    assert numbers == [n for count in steps for n in range(1, count + 1)]


def test_strong_words_and_links_stay_what_they_are() -> None:
    found = blocks('<p>Go <strong>slowly</strong> to <a href="https://x.example">here</a> .</p>')
    assert [(r.text, r.strong, r.address) for r in found[0].runs] == [
        ("Go ", False, ""),
        ("slowly", True, ""),
        (" to ", False, ""),
        ("here", False, "https://x.example"),
        (" .", False, ""),
    ]


def test_a_list_in_a_list_stands_deeper() -> None:
    found = blocks("<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>")
    assert [(b.text, b.level) for b in found] == [("one", 1), ("two", 2), ("three", 1)]


# Plain text --------------------------------------------------------------------------------------


def test_plain_text_has_short_lines_and_tells_the_pictures() -> None:
    text = made("text").decode()
    assert max(map(len, text.splitlines())) <= 76
    assert text.count("[Step") == sum(len(b.figures) for b in page() if b.kind == "pictures")
    assert "1. Sit tall and let your shoulders rest." in text


@pytest.mark.parametrize("language", Library.bundled().languages)
def test_plain_text_is_in_the_words_of_its_language(language: str) -> None:
    name = Library.bundled().in_language(language).routine(ROUTINE).name
    assert made("text", language).decode().count(name) == 1


def test_drawings_and_lists_in_a_table_are_told_too() -> None:
    handout = sheet(layout="table")
    page = html(handout).decode()
    alts = [unescape(alt) for alt in re.findall(r'<figure><img[^>]* alt="([^"]*)"', page)]
    told = words_of(render(handout, "text").decode())
    assert alts
    assert all(f": {alt}]" in told for alt in alts)
    document = docx.Document(io.BytesIO(render(handout, "docx")))
    assert document.element.body.xpath(".//w:tc//wp:docPr/@descr") == alts
    cues = [cue.text for each in handout.prescriptions for cue in each.exercise.cues]
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    listed = [
        paragraph.text
        for cell in cells
        for paragraph in cell.paragraphs
        if paragraph.style and paragraph.style.name == "List Bullet"
    ]
    assert cues
    assert listed == cues


def test_a_box_to_tick_stands_on_the_line_of_its_day() -> None:
    boxes = [line for line in made("text").decode().splitlines() if "Mon" in line]
    assert boxes
    assert all(line.count("[  ]") == line.count("[") == line.count("]") for line in boxes)


@pytest.mark.parametrize("kind", ["text", "markdown", "docx", "epub"])
def test_a_handout_in_two_languages_has_both_in_every_medium(kind: str) -> None:
    library = Library.bundled()
    routine = library.routine_of(["cat-cow"])
    data = render(Handout(routine, library, layout="bilingual", drawings="none"), kind)
    if kind in ("docx", "epub"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(map(parts.read, parts.namelist()))
    told = words_of(re.sub("<[^>]+>", "", data.decode(errors="ignore")))
    for language in ("en", "es"):
        (given,) = library.in_language(language).prescriptions(routine)
        assert all(step.text in told for step in given.exercise.steps)
    assert "\u2068" not in told


# Word --------------------------------------------------------------------------------------------


def word() -> Any:
    return docx.Document(io.BytesIO(made("docx")))


def test_a_word_document_has_real_headings_lists_and_tables() -> None:
    document = word()
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Heading 1") == 1
    kinds = [(b.kind, bool(b.number)) for b in page()]
    assert styles.count("List Number") == kinds.count(("entry", True))
    assert styles.count("List Bullet") == kinds.count(("entry", False))
    assert len(document.tables) == 1
    assert 'w:lang w:val="en"' in document.styles.element.xml


def test_every_list_of_a_word_document_starts_with_one() -> None:
    document = word()
    numbers = [
        paragraph._p.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph.style.name == "List Number"
    ]
    steps = [len(p.exercise.steps) for p in sheet().prescriptions]
    assert [numbers.count(each) for each in dict.fromkeys(numbers)] == steps


def test_pictures_of_a_word_document_have_alternative_texts() -> None:
    document = word()
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [figure.alt for block in page() for figure in block.figures]
    assert all(told)


# EPUB --------------------------------------------------------------------------------------------


def book(language: str = "en") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(made("epub", language)))


def test_a_book_says_first_and_plainly_what_it_is() -> None:
    first = book().infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book().read("mimetype") == b"application/epub+zip"


def test_a_book_has_a_chapter_an_exercise_all_of_them_in_its_contents() -> None:
    names = [p.exercise.name for p in sheet().prescriptions]
    contents = ET.fromstring(book().read("book/contents.xhtml"))
    links = list(contents.iter(f"{XHTML}a"))
    assert [link.text for link in links][1:-1] == [
        f"{number}. {name}" for number, name in enumerate(names, start=1)
    ]
    assert {f"book/{link.get('href')}" for link in links} <= set(book().namelist())


def test_every_file_of_a_book_is_in_its_list_and_every_chapter_is_xml() -> None:
    package = ET.fromstring(book().read("book/book.opf"))
    listed = {f"book/{item.get('href')}" for item in package.iter(f"{OPF}item")}
    others = {"mimetype", "META-INF/container.xml", "book/book.opf"}
    assert listed == set(book().namelist()) - others
    for name in listed:
        if name.endswith((".xhtml", ".svg")):
            ET.fromstring(book().read(name))


def test_pictures_of_a_book_are_files_with_alternative_texts() -> None:
    images = [
        image
        for name in book().namelist()
        if name.endswith(".xhtml")
        for image in ET.fromstring(book().read(name)).iter(f"{XHTML}img")
    ]
    assert len(images) == sum(len(block.figures) for block in page())
    assert all(image.get("alt") for image in images)
    assert {f"book/{image.get('src')}" for image in images} <= set(book().namelist())


# Pictures of pages -------------------------------------------------------------------------------


def test_a_preview_is_a_page_as_it_is_printed() -> None:
    picture = Image.open(io.BytesIO(preview(sheet(drawings="none"), 2, dpi=50)))
    assert picture.size == (414, 585)
    assert made("png")[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_preview_of_a_page_that_is_not_there_says_how_many_there_are() -> None:
    with pytest.raises(RenderError, match="there is no page 99: it has 1 to "):
        preview(sheet(drawings="none"), 99)


@pytest.mark.parametrize("kind", ["text", "docx", "epub"])
def test_the_same_handout_is_the_same_bytes(kind: str) -> None:
    assert render(sheet(prepared_on=date(2026, 1, 5)), kind) == render(
        sheet(prepared_on=date(2026, 1, 5)), kind
    )
