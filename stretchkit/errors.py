"""What can go wrong: faults in content are values, failures of an action are exceptions.

One rule decides between the two. *Loading collects*: a fault in somebody's text becomes a
`Diagnostic` and loading goes on, so that all faults are told at once. *Doing raises*: when an
action cannot be finished (a sheet for an unknown exercise, a folder that cannot be written), a
`StretchKitError` says why in one sentence.

    StretchKitError
    ├── ContentError            the library has faults and the action needs it whole
    ├── LibraryNotFoundError    there is no library where one was named
    ├── UnknownIdError          no exercise, routine … has this id
    ├── DosageError             a dosage line cannot be read
    ├── RenderError             a document cannot be made
    │   ├── MissingGlyphError   no bundled font can print a character
    │   └── MissingSystemLibraryError
    └── OutputError             the result cannot be written
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial


class Severity(StrEnum):
    """How much a fault matters: an error stops rendering, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text file; lines and columns count from 1 as editors do."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Cell(Location):
    """A place in a list of people: `line` is the row, from 1 for the first, as spreadsheets count.

    `column` counts from 1 for A; 0 is the whole row, and row 0 the whole list. `name` is the
    column's, from the first row.
    """

    name: str = ""

    @property
    def address(self) -> str:
        """The cell as spreadsheets write it, "C4"; "" for a whole row."""
        letters, left = "", self.column
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.line}" if letters else ""

    def __str__(self) -> str:
        if not self.line:
            return self.path
        where = f", column {self.name}" if self.name else ""
        if self.address:
            where = f"{where} ({self.address})" if where else f", cell {self.address}"
        return f"{self.path} row {self.line}{where}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Diagnostic:
    """One fault in a content file: where it is, what was expected and how to mend it.

    `code` is stable and documented in the diagnostics reference; `hint` is an instruction, empty
    when there is nothing better to say than the message.
    """

    location: Location
    code: str
    message: str
    hint: str = ""
    severity: Severity = field(default=Severity.ERROR, compare=False)

    def __str__(self) -> str:
        text = f"{self.location}: {self.severity} {self.code} {self.message}"
        return f"{text}. hint: {self.hint}" if self.hint else text


class StretchKitError(Exception):
    """Base of every exception that StretchKit raises on purpose."""


class ContentError(StretchKitError):
    """Raised when an action needs a library without faults; holds its diagnostics."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


class LibraryNotFoundError(StretchKitError):
    """Raised when a folder named as a library is missing or is not one."""


class UnknownIdError(StretchKitError, KeyError):
    """Raised when nothing in the library has the id that was asked for."""

    def __str__(self) -> str:
        return str(self.args[0])


class DosageError(StretchKitError, ValueError):
    """Raised when a dosage line cannot be read.

    `offset` counts characters from the start of the line to the part at fault.
    """

    def __init__(self, message: str, *, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint

    def __reduce__(self) -> tuple[partial[DosageError], tuple[str]]:
        return partial(type(self), offset=self.offset, hint=self.hint), (self.message,)


class RenderError(StretchKitError):
    """Raised when a document cannot be made from good content."""


class MissingGlyphError(RenderError):
    """Raised when a text holds characters that no bundled font can print."""


class MissingSystemLibraryError(RenderError):
    """Raised when Pango or HarfBuzz, which lay out the PDF, are not on the system."""


class OutputError(StretchKitError):
    """Raised when a result cannot be written where it was asked for."""
