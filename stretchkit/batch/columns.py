"""The columns that a list of people may have; the first row of the list names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name in the first row, what its cells say, and one of them as an example.

    `field` is the part of a `Handout` that a cell gives, and `words` are the only ones it may be;
    columns that are read in a way of their own have neither.
    """

    name: str
    told: str
    example: str
    field: str = ""
    words: tuple[str, ...] = ()
    number: bool = False


NAME = "name"
LANGUAGE = "language"
ROUTINE = "routine"
EXERCISES = "exercises"
TITLE = "title"
AVOID = "avoid"
MESSAGE = "message"
FILE = "file"

_READ = (
    Column(name=NAME, told="Who the handout is for, as it is printed.", example="Ada Lovelace"),
    Column(
        name=LANGUAGE,
        told="The language of the words: one that the library offers.",
        example="es",
    ),
    Column(
        name=ROUTINE,
        told="The id of a routine, or of a guide that has one. A cell that is not blank goes "
        "before the routine given with the command.",
        example="desk-break-2",
    ),
    Column(
        name=EXERCISES,
        told="Instead of a routine: ids of exercises with `;` or a new line between them. After an "
        "id may stand `:` and a dosage, then `|` and a note.",
        example="cat-cow: 8 reps | Slowly.; sphinx",
    ),
    Column(name=TITLE, told="The handout's title, instead of the routine's.", example="Your back"),
    Column(
        name=AVOID,
        told="Conditions, and ids of exercises, with `;` or `,` between them. What one of them "
        "rules out is not given; see below.",
        example="wrist-pain; sphinx",
    ),
    Column(name=MESSAGE, told="A personal line at the top.", example="See you on Tuesday."),
    Column(
        name=FILE,
        told="The file's name, without a suffix. When the cell is blank, it is made from the name.",
        example="p-0117",
    ),
)

YES, NO = "yes", "no"
_OWN = {"routine", "library", "recipient", "message"}
"""Parts of a handout that the columns above give."""


@lru_cache
def columns() -> Mapping[str, Column]:
    """Return every column by name: those that are read, then a handout's options.

    Any part of a `Handout` that a cell can say is a column by itself: one of some words, a whole
    number, yes or no, a text.
    """
    found = {column.name: column for column in _READ}
    hints = get_type_hints(Handout)
    for part in fields(Handout):
        name = _SAID.get(part.name, part.name).replace("_", "-")
        column = _option(name, part.name, hints[part.name]) if part.name not in _OWN else None
        if column and name not in found:
            found[name] = column
    return found


def _option(name: str, part: str, hint: Any) -> Column | None:
    """Return the column of an option of a handout, None for one that no cell can say."""
    kinds = [kind for kind in (get_args(hint) or (hint,)) if kind is not NoneType]
    words = _LISTED.get(part) or tuple(word for kind in kinds for word in _words_of(kind))
    told = f"As the option `--{name}`, for this row alone."
    if words:
        return Column(name=name, told=told, example=words[-1], field=part, words=words)
    if kinds == [int]:
        return Column(name=name, told=told, example="4", field=part, number=True)
    if kinds == [str]:
        return Column(name=name, told=told, example=_EXAMPLES.get(part, ""), field=part)
    return None


_LISTED = {"layout": tuple(LAYOUTS)}
"""Parts of a handout that are words of a list which their type does not tell."""
_SAID = {"drawings": "style", "weeks": "log"}
"""Options of the commands that have another name than the part of the handout they give."""
_EXAMPLES = {"address": "https://example.org/back", "also": "es"}


def _words_of(kind: Any) -> tuple[str, ...]:
    if isinstance(kind, str):
        return (kind,)
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    return (NO, YES) if kind is bool else ()
