"""A handout: one routine, made out to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from stretchkit.library import Library
from stretchkit.model.routine import Prescription, Routine


@dataclass(frozen=True, kw_only=False)
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
    """

    routine: Routine
    library: Library
    recipient: str = ""
    prepared_on: date | None = None
    message: str = ""
    paper: str = "a4"

    @cached_property
    def prescriptions(self) -> tuple[Prescription, ...]:
        """The routine's exercises with their dosages."""
        return self.library.prescriptions(self.routine)
