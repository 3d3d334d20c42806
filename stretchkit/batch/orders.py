"""What a row asks for: a handout's parts, or the faults of its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

from stretchkit.batch import columns
from stretchkit.batch.avoid import LeftOut, without_avoided
from stretchkit.batch.names import safe_name
from stretchkit.batch.table import Row
from stretchkit.diagnostics import Faults
from stretchkit.errors import Cell, DosageError, UnknownIdError
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.model.dosage import Dosage
from stretchkit.model.routine import Entry, Routine
from stretchkit.model.vocabulary import Condition
from stretchkit.rendering.pdf import missing_glyphs
from stretchkit.source.names import did_you_mean

NO_ROUTINE = Routine(id="none", name="", entries=())
"""The routine of a pattern that has none: every row must give its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What every row's handout is like, unless the row says otherwise.

    Args:
        like: the handout; its routine is for rows that give none.
        format: the format of the files.
        editions: its library in each of its languages.
    """

    like: Handout
    format: str
    editions: Mapping[str, Library] = field(repr=False)

    @classmethod
    def of(cls, like: Handout, format: str) -> Pattern:  # noqa: A002 - the plain word for it
        """Return the pattern of a handout, with its library in all languages."""
        library = like.library
        editions = {language: library.in_language(language) for language in library.languages}
        return cls(like=like, format=format, editions={**editions, library.language: library})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A handout that a row asks for.

    Args:
        row: the row's number in its list.
        name: the file's name that the row gives, without a suffix; "" when it gives none.
        person: the file's name that is made from the person's.
        language: the language of its words.
        asked: what a `Handout` is made with, by the names of its parts, but for the library.
        left_out: the exercises that were not given.
    """

    row: int
    name: str
    person: str
    language: str
    asked: Mapping[str, Any]
    left_out: tuple[LeftOut, ...] = ()

    def handout(self, library: Library) -> Handout:
        """Return the handout, with the words of a library in the order's language."""
        return Handout(library=library, **self.asked)


def needs_a_routine(pattern: Pattern, places: Mapping[str, int]) -> bool:
    """Return whether rows with these columns can say nowhere what to do."""
    known = {columns.ROUTINE, columns.EXERCISES}
    return not pattern.like.routine.entries and known.isdisjoint(places)


def order_of(row: Row, pattern: Pattern, faults: Faults) -> Order | None:
    """Return what a row asks for, None when it has faults; they are all added to `faults`."""
    cells = row.cells
    before = len(faults.sorted())
    edition = _edition(row, pattern, faults)
    routine = _routine(row, pattern, edition, faults)
    avoid = _avoided(row, edition, faults)
    options = _options(row, faults)
    name = _file_name(row, faults)
    if not cells.keys() & {columns.NAME, columns.FILE}:
        faults.add("SK101", row.at(columns.NAME), "the name is missing", "write who it is for")
    if pattern.format in ("pdf", "png"):
        _tell_missing_glyphs(row, faults)
    if routine is None:
        return None
    entries, left_out = without_avoided(routine.entries, edition, avoid)
    if not entries:
        message = f'nothing is left of "{routine.id}"'
        hint = "give other exercises: " + "; ".join(map(str, left_out))
        faults.add("SK102", row.at(columns.AVOID), message, hint)
        return None
    parts: dict[str, Any] = {
        **options,
        "library": edition,
        "routine": replace(routine, entries=entries),
        "recipient": _line(cells.get(columns.NAME, "")),
        "message": _line(cells.get(columns.MESSAGE, pattern.like.message)),
    }
    handout = pattern.like
    try:
        handout = replace(handout, **parts)
    except ValueError as error:
        faults.add("SK102", row.whole, str(error))
    if len(faults.sorted()) > before:
        return None
    return Order(
        row=row.number,
        name=name,
        person=safe_name(cells.get(columns.NAME, "")) or f"row-{row.number}",
        language=edition.language,
        asked={
            part.name: getattr(handout, part.name)
            for part in fields(handout)
            if part.init and part.name != "library"
        },
        left_out=left_out,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _edition(row: Row, pattern: Pattern, faults: Faults) -> Library:
    wanted = row.cells.get(columns.LANGUAGE)
    if wanted is None:
        return pattern.like.library
    found = pattern.editions.get(wanted) or pattern.editions.get(wanted.casefold())
    if found is None:
        hint = did_you_mean(wanted, pattern.editions)
        message = f'the library has no language "{wanted}"'
        faults.add("SK102", row.at(columns.LANGUAGE), message, hint)
    return found or pattern.like.library


def _routine(row: Row, pattern: Pattern, edition: Library, faults: Faults) -> Routine | None:
    title = _line(row.cells.get(columns.TITLE, ""))
    named, listed = (row.cells.get(name) for name in (columns.ROUTINE, columns.EXERCISES))
    if named and listed:
        message = "the row gives a routine and exercises"
        faults.add("SK102", row.at(columns.EXERCISES), message, "leave one of them blank")
        return None
    if listed:
        return _put_together(listed, title, row.at(columns.EXERCISES), edition, faults)
    if named:
        try:
            return edition.routine_of([named], title=title)
        except UnknownIdError as error:
            faults.add("SK102", row.at(columns.ROUTINE), str(error))
            return None
    usual = pattern.like.routine
    if not usual.entries:
        message = "the row gives neither a routine nor exercises"
        faults.add("SK102", row.at(columns.ROUTINE), message, "write the id of a routine")
        return None
    usual = edition.routines.get(usual.id, usual)
    return replace(usual, name=title) if title else usual


def _put_together(
    listed: str, title: str, place: Cell, edition: Library, faults: Faults
) -> Routine | None:
    """Return the routine of a cell such as "cat-cow: 8 reps | Slowly.; sphinx"."""
    entries = []
    for part in _parts(listed, ";\n"):
        asked, _, note = part.partition("|")
        name, _, dosage = (text.strip() for text in asked.partition(":"))
        entry = Entry(name, _dosage(dosage, place, faults) if dosage else None, _line(note))
        if name not in edition.exercises:
            hint = did_you_mean(name, edition.exercises)
            faults.add("SK102", place, f'there is no exercise "{name}"', hint)
        else:
            entries.append(entry)
    if not entries:
        return None
    routine = edition.routine_of([entry.exercise for entry in entries], title=title)
    return replace(routine, entries=tuple(entries))


def _dosage(line: str, place: Cell, faults: Faults) -> Dosage | None:
    try:
        return _parsed(line)
    except DosageError as error:
        faults.add("SK102", place, f'the dosage "{line}": {error.message}', error.hint)
        return None


_parsed = lru_cache(maxsize=1024)(Dosage.parse)


def _parts(text: str, signs: str) -> Iterator[str]:
    return filter(None, (part.strip() for part in re.split(f"[{signs}]", text)))


def _avoided(row: Row, edition: Library, faults: Faults) -> tuple[str, ...]:
    known = {*map(str, Condition), *edition.exercises}
    found = []
    for word in _parts(row.cells.get(columns.AVOID, ""), ";,\n"):
        if word not in known:
            message = f'"{word}" is neither a condition nor an exercise'
            faults.add("SK102", row.at(columns.AVOID), message, did_you_mean(word, known))
        found.append(word)
    return tuple(found)


def _options(row: Row, faults: Faults) -> dict[str, str | int | bool]:
    found: dict[str, str | int | bool] = {}
    for name, cell in row.cells.items():
        column = columns.columns()[name]
        if column.number and not re.fullmatch("[0-9]{1,4}", cell):
            faults.add("SK102", row.at(name), f'"{cell}" is no whole number', "write 4")
        elif column.words and cell.casefold() not in column.words:
            hint = did_you_mean(cell, column.words)
            faults.add("SK102", row.at(name), f'unknown word "{cell}"', hint)
        elif column.field:
            found[column.field] = _value(column, cell)
    return found


def _value(column: columns.Column, cell: str) -> str | int | bool:
    if column.number:
        return int(cell)
    if set(column.words) == {columns.YES, columns.NO}:
        return cell.casefold() == columns.YES
    return cell.casefold() if column.words else _line(cell)


def _file_name(row: Row, faults: Faults) -> str:
    wanted = row.cells.get(columns.FILE, "")
    if not wanted:
        return ""
    safe = safe_name(wanted)
    if safe != wanted:
        hint = f'write "{safe}"' if safe else "write letters and numbers"
        faults.add("SK103", row.at(columns.FILE), f'"{wanted}" is no name for a file', hint)
    return safe


_PRINTED = (columns.NAME, columns.MESSAGE, columns.TITLE, columns.EXERCISES)


def _tell_missing_glyphs(
    row: Row, faults: Faults, missing: Callable[[str], str] = missing_glyphs
) -> None:
    for name in _PRINTED:
        lacking = missing(row.cells.get(name, ""))
        if lacking:
            shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in lacking[:8])
            hint = "handouts as html are shown with the reader's own fonts"
            faults.add("SK102", row.at(name), f"no font of StretchKit can print {shown}", hint)
