"""A handout: one routine, made out to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from stretchkit.figure.person import DrawnPerson
from stretchkit.library import Library
from stretchkit.model.routine import Prescription, Routine

PAPERS = ("a4", "letter")
Drawings = Literal["colour", "grey", "line", "none"]
DRAWINGS: tuple[Drawings, ...] = ("colour", "grey", "line", "none")


@dataclass(frozen=True)
class Handout:
    """A routine to hand out, in the language of its library.

    Args:
        routine: what to do.
        library: where its exercises, people and brand are.
        recipient: the name of the person it is for.
        prepared_on: the day to print; none is printed without it, so that the same handout is
            the same bytes tomorrow.
        message: a personal line at the top.
        paper: "a4" or "letter", for renderers that have pages.
        drawings: how exercises are drawn: "colour", "grey" or "line"; "none" shows no drawings.
        person: who is drawn; a woman with a bun when left out.

    Raises:
        ValueError: if the paper or the drawings are others.
    """

    routine: Routine
    library: Library
    recipient: str = ""
    prepared_on: date | None = None
    message: str = ""
    paper: str = "a4"
    drawings: Drawings = "colour"
    person: DrawnPerson = DrawnPerson()

    def __post_init__(self) -> None:
        if self.paper not in PAPERS:
            raise ValueError(f'the paper "{self.paper}" is not one of {", ".join(PAPERS)}')
        if self.drawings not in DRAWINGS:
            raise ValueError(f'the drawings "{self.drawings}" are not one of {", ".join(DRAWINGS)}')

    @cached_property
    def prescriptions(self) -> tuple[Prescription, ...]:
        """The routine's exercises with their dosages."""
        return self.library.prescriptions(self.routine)
