"""A routine is one session of exercises; a programme is routines over weeks."""

from __future__ import annotations

from dataclasses import dataclass

from stretchkit.model.amounts import Frequency
from stretchkit.model.dosage import Dosage
from stretchkit.model.exercise import Exercise, Review
from stretchkit.model.vocabulary import Goal, Level, Setting


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise's place in a routine; `dosage` replaces the exercise's own, `note` is words."""

    exercise: str
    dosage: Dosage | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """One session: entries in order. Its duration and equipment are computed, never written."""

    id: str
    language: str = "en"
    entries: tuple[Entry, ...]
    goals: tuple[Goal, ...] = ()
    level: Level = Level.GENTLE
    settings: tuple[Setting, ...] = ()
    frequency: Frequency | None = None
    author: str | None = None
    licence: str = ""
    reviewed: Review | None = None
    # words
    name: str
    summary: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """An exercise with the dosage it is done with: an entry whose exercise has been looked up."""

    exercise: Exercise
    dosage: Dosage
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of weeks in a programme and the routines done in it."""

    name: str
    weeks: int
    routines: tuple[str, ...]
    frequency: Frequency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Routines over weeks, in phases."""

    id: str
    language: str = "en"
    phases: tuple[Phase, ...]
    author: str | None = None
    licence: str = ""
    reviewed: Review | None = None
    # words
    name: str
    summary: str = ""

    @property
    def weeks(self) -> int:
        """Length of the programme."""
        return sum(phase.weeks for phase in self.phases)
