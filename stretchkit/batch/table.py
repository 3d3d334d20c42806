"""A list of people as rows whose cells have the names of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stretchkit.batch.columns import columns
from stretchkit.batch.sheets import raw_rows
from stretchkit.batch.workbook import Unreadable
from stretchkit.diagnostics import Faults
from stretchkit.errors import Cell
from stretchkit.source.names import did_you_mean
from stretchkit.source.text import hidden, name_of

LONGEST_CELL = 10_000
"""Characters; a page of text has 3,000."""
IGNORED = "#"
"""What the name of a column starts with that is not for StretchKit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number in the list, and its cells that are not blank, by column.

    `places` are the columns' numbers, from 1; a list that is no file has none.
    """

    source: str
    number: int
    cells: Mapping[str, str]
    places: Mapping[str, int] = field(default_factory=dict)

    def at(self, column: str) -> Cell:
        """Return the place of a cell, for faults."""
        return Cell(self.source, self.number, self.places.get(column, 0), column)

    @property
    def whole(self) -> Cell:
        """The place of the row."""
        return Cell(self.source, self.number, 0)


def rows_of_file(path: Path, faults: Faults) -> Iterator[tuple[Row, Faults]]:
    """Yield the rows of a list that are not blank, each with its own faults.

    Args:
        path: a file of comma-separated values or a workbook.
        faults: where faults of the file and its first row go.
    """
    rows = raw_rows(path, columns(), faults)
    header = next((row for row in rows if any(cell.strip() for cell in row[1])), None)
    if header is None:
        return
    places = _header(str(path), *header, faults)
    names = {place: name for name, place in places.items()}
    width = len(header[1])
    for number, cells in rows:
        own = Faults()
        extra = [n for n, cell in enumerate(cells, 1) if n > width and cell.strip()]
        if extra:
            hint = 'put a text that holds the sign between cells in quotes: "Hello, Ada"'
            message = f"the row has {extra[-1]} cells, and the first row {width}"
            own.add("SK101", Cell(str(path), number, extra[0]), message, hint)
        named = {names[n]: cell for n, cell in enumerate(cells, 1) if n in names}
        row = _row(str(path), number, named, places, own)
        if row.cells or own.sorted():
            yield row, own


def rows_of_mappings(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[Row, Faults]]:
    """Yield rows from mappings of columns to texts, counted from 1, each with its own faults."""
    for number, cells in enumerate(rows, start=1):
        own = Faults()
        known = columns()
        for name in cells:
            if name not in known and not str(name).startswith(IGNORED):
                place = Cell("rows", number, 0, str(name))
                own.add("SK101", place, "unknown column", did_you_mean(str(name), known))
        named = {name: cells[name] or "" for name in cells if name in known}
        yield _row("rows", number, named, {}, own), own


def _header(source: str, number: int, cells: list[str], faults: Faults) -> dict[str, int]:
    """Return the known columns of the first row, by name, with their numbers."""
    known = columns()
    places: dict[str, int] = {}
    for column, cell in enumerate(cells, start=1):
        name = "-".join(cell.strip().casefold().replace("_", " ").split())
        place = Cell(source, number, column)
        if not name or name.startswith(IGNORED):
            continue
        if name not in known:
            hint = did_you_mean(name, known).removesuffix("?")
            hint += f'; or start it with "{IGNORED}" when it is not for StretchKit'
            faults.add("SK101", place, f'unknown column "{cell.strip()}"', hint)
        elif name in places:
            first = Cell(source, number, places[name]).address
            faults.add("SK101", place, f'the column "{name}" is in {first} too', "delete one")
        else:
            places[name] = column
    return places


def _row(
    source: str, number: int, cells: Mapping[str, str], places: Mapping[str, int], faults: Faults
) -> Row:
    kept: dict[str, str] = {}
    row = Row(source=source, number=number, cells=kept, places=places)
    for name, cell in cells.items():
        text = cell.strip()
        if isinstance(cell, Unreadable):
            faults.add("SK100", row.at(name), cell.why, cell.hint)
        elif len(text) > LONGEST_CELL:
            message = f"the cell has {len(text):,} characters; at most {LONGEST_CELL:,}"
            faults.add("SK101", row.at(name), message)
        elif unseen := next(hidden(text.replace("\r", "")), None):
            message = f"{name_of(unseen[0])} cannot be printed"
            faults.add("SK101", row.at(name), message, "delete the character")
        elif text:
            kept[name] = text
    return row
