"""The cells of a workbook's first sheet, read with openpyxl, which comes with the extra `xlsx`."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Self

from stretchkit.diagnostics import Faults
from stretchkit.errors import Cell, StretchKitError

LARGEST = 1_000_000_000
"""Bytes of a workbook unpacked; a million rows have about 200 million."""

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)([0-9]+):')
_PIECE = 1 << 20
_OVERLAP = 200
_SHOWN = 20


class Unreadable(str):
    """A cell without a text of its own, and why; it counts as blank."""

    __slots__ = ("hint", "why")
    why: str
    hint: str

    def __new__(cls, why: str, hint: str) -> Self:
        """Make a cell from what is wrong with it and what to do about it."""
        cell = super().__new__(cls, "")
        cell.why, cell.hint = why, hint
        return cell


def workbook_rows(path: Path, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of every row of the first sheet that holds one.

    Raises:
        StretchKitError: if openpyxl is not installed.
    """
    whole = Cell(str(path), 0, 0)
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise StretchKitError(
            f"{path} is a workbook, and openpyxl, which reads them, is not installed. Run "
            '`pip install "stretchkit[xlsx]"`, or save the list as CSV UTF-8'
        ) from error
    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
            is_workbook = "[Content_Types].xml" in parts.namelist()
        if not is_workbook:
            hint = "save the list as .xlsx, or as CSV UTF-8"
            faults.add("SK100", whole, "the workbook is of another kind than .xlsx", hint)
            return
        if size > LARGEST:
            hint = "save the list as CSV UTF-8"
            faults.add("SK100", whole, f"the workbook has {size:,} bytes when unpacked", hint)
            return
        with path.open("rb") as file:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of parts that hold no cells, such as styles
                book = load_workbook(file, read_only=True, keep_links=False)
            sheet: Any = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a size that is too small
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                yield number, [_text(cell) for cell in cells]
        _tell_merged(path, sheet, faults)
    except Exception as error:  # noqa: BLE001 - damage shows as anything from KeyError to ParseError
        message = f"the workbook is damaged: {type(error).__name__} {error}".strip()
        hint = "open it in a spreadsheet program and save it again"
        faults.add("SK100", whole, message, hint)


def _text(cell: Any) -> str:
    value = cell.value
    kind = getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f":
        return Unreadable("the cell holds a formula", "copy the column and paste its values")
    if kind == "e":
        return Unreadable(f"the cell shows {value}", "write a text, or leave it blank")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return str(value.date() if midnight else value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _tell_merged(path: Path, sheet: Any, faults: Faults) -> None:
    """Tell of cells that were joined: all but the first of them read as blank."""
    found = list(dict.fromkeys(_merged(path, sheet._worksheet_path)))
    for letters, row in found[:_SHOWN]:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        hint = "unmerge it, and fill in every row"
        faults.add("SK100", Cell(str(path), row, column), "the cell is merged with others", hint)


def _merged(path: Path, part: str) -> Iterator[tuple[str, int]]:
    """Yield the first cell of every merged block; openpyxl knows of none when it reads in rows."""
    with zipfile.ZipFile(path) as parts, parts.open(part.lstrip("/")) as file:
        before = b""
        while piece := file.read(_PIECE):
            text = before + piece
            for match in _MERGED.finditer(text):
                yield match[1].decode(), int(match[2])
            before = text[-_OVERLAP:]
