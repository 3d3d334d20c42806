"""Small pages on large sheets: where they stand, and that they are read from the first on."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from test_pdf import Reader, faults_of_pdf

from stretchkit.layouts import Sheets
from stretchkit.rendering.pdf import html_to_pdf
from stretchkit.rendering.pdf_sheets import booklet_sides, card_sides

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
PIXEL = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"


def test_the_pages_of_a_booklet_follow_each_other_when_it_is_folded() -> None:
    for pages in range(1, 18):
        sides = list(booklet_sides(pages))
        leaves = [
            leaf
            for front, back in zip(sides[::2], sides[1::2], strict=True)
            for leaf in ((front[1], back[0]), (back[1], front[0]))
        ]
        turned = sorted(leaf for leaf in leaves if leaf[0] is not None)
        assert [page for leaf in turned for page in leaf if page is not None] == list(range(pages))
        assert all(second in (first + 1, None) for first, second in turned if first is not None)
        assert len(sides) == 2 * -(-pages // 4)


def test_a_booklet_of_a_language_from_right_to_left_opens_from_the_other_side() -> None:
    there = [tuple(reversed(side)) for side in booklet_sides(7, right_to_left=True)]
    assert there == list(booklet_sides(7))


def test_the_back_of_a_card_is_behind_its_front_when_the_paper_is_turned() -> None:
    for pages in range(2, 20, 2):
        sides = list(card_sides(pages))
        fronts = [page for side in sides[::2] for page in side if page is not None]
        assert fronts == list(range(0, pages, 2))
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            behind = (back[1], back[0], back[3], back[2])
            assert behind == tuple(None if page is None else page + 1 for page in front)


@lru_cache
def printed(count: int, sheets: Sheets, direction: str = "ltr") -> Reader:
    """A document whose pages have a word, a picture and a link to the first page each."""
    pages = "".join(
        f'<section id="p{number}"><h1>{word}</h1><img src="{PIXEL}" alt="picture {word}">'
        f'<p><a href="#p0">first</a> {word}</p></section>'
        for number, word in enumerate(WORDS[:count])
    )
    style = (
        "@page { size: 100mm 140mm } section { break-after: page } * { font: 12pt 'Source Sans 3' }"
    )
    data = html_to_pdf(
        f'<html lang="en" dir="{direction}"><title>T</title><style>{style}</style>{pages}</html>',
        sheets=sheets,
        right_to_left=direction == "rtl",
    )
    return Reader(data)


CASES = pytest.mark.parametrize(("count", "sheets"), [(1, "folded"), (6, "folded"), (8, "cards")])


@CASES
def test_sheets_are_as_large_as_their_pages_together(count: int, sheets: Sheets) -> None:
    file = printed(count, sheets).file
    assert len(file.pages) == (2 if count != 6 else 4)
    for page in file.pages:
        size = [round(float(edge) / 72 * 25.4) for edge in page.mediabox[2:]]
        assert size == ([200, 140] if sheets == "folded" else [200, 280])


@CASES
def test_pages_are_read_from_the_first_to_the_last(count: int, sheets: Sheets) -> None:
    reader = printed(count, sheets)
    assert [heading.text for heading in reader.headings] == list(WORDS[:count])
    assert reader.structure.text == "".join(f"{word}first{word}" for word in WORDS[:count])


@CASES
def test_sheets_follow_pdf_ua_and_pdf_a(count: int, sheets: Sheets, tmp_path: Path) -> None:
    assert faults_of_pdf(printed(count, sheets).data, tmp_path) == []


def test_words_pictures_and_links_stand_where_their_page_stands() -> None:
    reader, middle = printed(6, "folded"), 100 / 25.4 * 72
    document = pypdfium2.PdfDocument(reader.data)
    for sheet, side in enumerate(booklet_sides(6)):
        text = document[sheet].get_textpage()
        for cell, number in enumerate(side):
            shown = text.get_text_bounded(left=cell * middle, right=(cell + 1) * middle)
            words = shown.split()
            assert words == ([] if number is None else [WORDS[number], "first", WORDS[number]])
            if number is not None:
                figure = reader.elements("Figure")[number]
                assert figure.Pg.objgen == reader.file.pages[sheet].objgen
                assert cell * middle < float(figure.A.BBox[0]) < (cell + 1) * middle


def test_links_and_their_targets_go_along_with_their_pages() -> None:
    reader, middle = printed(6, "folded"), 100 / 25.4 * 72
    first = reader.file.pages[0]
    target = reader.file.Root.Names.Dests.Names[1]
    assert target[0].objgen == first.objgen
    assert float(target[2]) >= middle
    for page, side in zip(reader.file.pages, booklet_sides(6), strict=True):
        cells = sorted(int(float(link.Rect[0]) // middle) for link in page.get("/Annots", ()))
        assert cells == [cell for cell, number in enumerate(side) if number is not None]
    outline = reader.file.Root.Outlines.First
    assert outline.Dest[0].objgen == first.objgen


def test_the_same_document_is_the_same_bytes_on_sheets_too() -> None:
    again = printed.__wrapped__(6, "folded").data
    assert printed(6, "folded").data == again
    assert pikepdf.open(io.BytesIO(again)).Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
