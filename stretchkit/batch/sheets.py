"""The cells of a list of people, row by row: from CSV in its dialects, and from a workbook.

Rows are read one after the other and none is kept, so that a list may have any number of them.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path

from stretchkit.batch.workbook import workbook_rows
from stretchkit.diagnostics import Faults
from stretchkit.errors import Cell, OutputError

WORKBOOK_START = b"PK\x03\x04"
_OLD_WORKBOOK_START = bytes.fromhex("d0cf11e0a1b11ae1")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DELIMITERS = ",;\t|"
_NOT_UTF_8 = re.compile("[\udc80-\udcff]")
_LOOKED_AT = 4096

RawRow = tuple[int, list[str]]
"""A row's number, as spreadsheets count, and its cells."""


def raw_rows(path: Path, known: Collection[str], faults: Faults) -> Iterator[RawRow]:
    """Yield the rows of a list, blank ones too; what cannot be read ends them with a fault.

    Args:
        path: a file of comma-separated values, or a workbook (.xlsx).
        known: names of columns, by which the sign between the cells is told.
        faults: where faults of the file go.
    """
    whole = Cell(str(path), 0, 0)
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error
    if start.startswith(WORKBOOK_START) or zipfile.is_zipfile(path):
        yield from workbook_rows(path, faults)
    elif start.startswith(_OLD_WORKBOOK_START):
        message = "the workbook is locked with a password, or of the old kind .xls"
        faults.add("SK100", whole, message, "save it as .xlsx without a password, or as CSV UTF-8")
    elif not start.strip():
        faults.add("SK100", whole, "the list is empty", "write the names of columns in row 1")
    elif b"\0" in start and start[:2] not in _MARKS:
        faults.add("SK100", whole, "the list is no text", "save it as CSV UTF-8, or as .xlsx")
    else:
        yield from _csv_rows(path, _encoding_of(start), known, faults)


def _encoding_of(start: bytes) -> str:
    return next((name for mark, name in _MARKS.items() if start.startswith(mark)), "utf-8")


def _csv_rows(
    path: Path, encoding: str, known: Collection[str], faults: Faults
) -> Iterator[RawRow]:
    number = 0
    # A byte that is not UTF-8 stays as half a surrogate, so that its row can be told.
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        first = file.readline()
        if re.match("sep=.\\s*$", first):
            first = file.readline()
        lines: Iterable[str] = chain([first], file)
        reader = csv.reader(lines, delimiter=_delimiter(first, known), strict=True)
        try:
            for cells in reader:
                number += 1
                wrong = _NOT_UTF_8.search("\n".join(cells))
                if wrong:
                    column = next(n for n, cell in enumerate(cells, 1) if wrong[0] in cell)
                    message = f"byte 0x{ord(wrong[0]) - 0xDC00:02x} is not UTF-8"
                    hint = "save the list as CSV UTF-8"
                    faults.add("SK100", Cell(str(path), number, column), message, hint)
                    return
                yield number, cells
        except (csv.Error, UnicodeDecodeError) as error:
            message = f"the row cannot be read: {error}"
            hint = "look for a quotation mark that is not closed, in this row or above"
            faults.add("SK100", Cell(str(path), number + 1, 0), message, hint)


def _delimiter(first: str, known: Collection[str]) -> str:
    """Return the sign that gives the most known columns; a comma when none does better."""

    def found(sign: str) -> int:
        try:
            cells = next(csv.reader([first], delimiter=sign), [])
        except csv.Error:
            return 0
        return sum(cell.strip().casefold() in known for cell in cells)

    return max(_DELIMITERS, key=found)
