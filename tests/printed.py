"""The lines of a PDF, as a reader's program finds them: for tests of what stands on paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Line:
    """Words in one row: their sizes in points, where they start and end, and their colours."""

    text: str
    sizes: frozenset[float]
    page: int
    start: float
    end: float
    height: float
    colours: frozenset[tuple[int, int, int]]


@dataclass
class Letter:
    character: str
    size: float
    box: tuple[float, float, float, float]
    colour: tuple[int, int, int]


def letters(page: Any) -> Iterator[Letter]:
    text, matrix = page.get_textpage(), pdfium.FS_MATRIX()
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        pdfium.FPDFText_GetMatrix(text.raw, index, matrix)
        size = pdfium.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d)
        red, green, blue, alpha = (pdfium.c_uint() for _ in range(4))
        pdfium.FPDFText_GetFillColor(text.raw, index, red, green, blue, alpha)
        colour = (red.value, green.value, blue.value)
        yield Letter(character, round(size, 2), text.get_charbox(index, loose=True), colour)


def lines(data: bytes) -> list[Line]:
    """Every line of a PDF; a gap wider than a letter's size ends one, as between two columns."""
    found: list[Line] = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            row: list[Letter] = []
            for letter in letters(page):
                if _is_shaped(letter):
                    continue
                if row and not _goes_on(row[-1], letter):
                    found += _line(row, number)
                    row = []
                if letter.character not in "\r\n":
                    row.append(letter)
            found += _line(row, number)
    return found


def _is_shaped(letter: Letter) -> bool:
    """Whether a letter is of a script whose signs are put together, so that no box tells it."""
    shaped = unicodedata.bidirectional(letter.character) in {"R", "AL", "NSM", "BN"}
    return shaped or "\u0900" <= letter.character <= "\u097f"


def _goes_on(before: Letter, letter: Letter) -> bool:
    if letter.character in "\r\n":
        return False
    gap = letter.box[0] - before.box[2]
    same_row = abs(letter.box[1] - before.box[1]) < 0.6 * before.size
    return same_row and -before.size < gap < before.size


def _line(row: list[Letter], page: int) -> list[Line]:
    seen = [letter for letter in row if letter.character.strip()]
    if not seen:
        return []
    return [
        Line(
            text="".join(letter.character for letter in row).strip(),
            sizes=frozenset(letter.size for letter in seen),
            page=page,
            start=min(letter.box[0] for letter in seen),
            end=max(letter.box[2] for letter in seen),
            height=seen[0].box[1],
            colours=frozenset(letter.colour for letter in seen),
        )
    ]
