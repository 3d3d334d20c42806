"""What a batch must remember of all of its rows: in a database on disk that goes with it.

Python's own SQLite keeps it outside of memory, so a batch of a million rows needs no more than one
of a thousand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from stretchkit.batch import columns
from stretchkit.batch.names import numbered_name, same_file
from stretchkit.batch.orders import Order
from stretchkit.batch.table import Row
from stretchkit.diagnostics import Faults
from stretchkit.errors import OutputError

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE names (file TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID;
CREATE TABLE counts (name TEXT PRIMARY KEY, last INTEGER) WITHOUT ROWID;
CREATE TABLE made (file TEXT PRIMARY KEY, line TEXT) WITHOUT ROWID;
CREATE TABLE notes (row INTEGER PRIMARY KEY, note TEXT);
"""


class Ledger:
    """Names that are taken, files that were made before, and notes on rows."""

    def __init__(self) -> None:
        # Without a name the database is a temporary file, which goes when it is closed.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    # names

    def reserve(self, order: Order, row: Row, faults: Faults) -> None:
        """Keep the name that a row gives for it; another row's that has it already is a fault."""
        if not order.name:
            return
        found = self._one("SELECT row FROM names WHERE file = ?", same_file(order.name))
        if found is None:
            self._take(order.name, order.row)
        elif found != order.row:
            message = f'the file name "{order.name}" is that of row {found} too'
            faults.add("SK103", row.at(columns.FILE), message, "give every row another name")

    def take_name(self, order: Order, row: Row, faults: Faults) -> str | None:
        """Return the name of a row's file, that no other row has; None after a fault."""
        if order.name:
            before = len(faults.sorted())
            self.reserve(order, row, faults)
            return order.name if len(faults.sorted()) == before else None
        last = self._one("SELECT last FROM counts WHERE name = ?", same_file(order.person)) or 0
        while True:
            last += 1
            name = numbered_name(order.person, last)
            if self._one("SELECT row FROM names WHERE file = ?", same_file(name)) is None:
                break
        self._do("INSERT OR REPLACE INTO counts VALUES (?, ?)", same_file(order.person), last)
        self._take(name, order.row)
        return name

    def _take(self, name: str, row: int) -> None:
        self._do("INSERT INTO names VALUES (?, ?)", same_file(name), row)

    # files of earlier runs

    def remember(self, file: str, line: str) -> None:
        """Keep the line about a file; a later one about the same file replaces it."""
        self._do("INSERT OR REPLACE INTO made VALUES (?, ?)", file, line)

    def remembered(self, file: str) -> str | None:
        """Return the line about a file."""
        found = self._one("SELECT line FROM made WHERE file = ?", file)
        return None if found is None else str(found)

    def all_remembered(self) -> Iterator[str]:
        """Yield the lines, by file."""
        for (line,) in self._do("SELECT line FROM made ORDER BY file"):
            yield line

    # notes

    def note(self, row: int, note: str) -> None:
        """Keep a note on a row."""
        self._do("INSERT OR REPLACE INTO notes VALUES (?, ?)", row, note)

    def notes(self) -> Iterator[str]:
        """Yield the notes, by row."""
        for (note,) in self._do("SELECT note FROM notes ORDER BY row"):
            yield note

    def _one(self, query: str, *values: object) -> int | None:
        found = self._do(query, *values).fetchone()
        return None if found is None else found[0]

    def _do(self, query: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._database.execute(query, values)
        except sqlite3.Error as error:  # a temporary folder without room
            raise OutputError(f"cannot keep the notes of the batch: {error}") from error
