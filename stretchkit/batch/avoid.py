"""Leaving out what somebody must not be given."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from stretchkit.library import Library
from stretchkit.model.exercise import Exercise
from stretchkit.model.routine import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An exercise that was not given, why, and what was given instead, if anything.

    `because` is the condition or the exercise that was to be avoided; `instead` an exercise's id.
    """

    exercise: str
    because: str
    instead: str = ""

    def __str__(self) -> str:
        instead = f"; {self.instead} instead" if self.instead else ""
        return f"{self.exercise} left out because of {self.because}{instead}"


def without_avoided(
    entries: Collection[Entry], library: Library, avoid: Collection[str]
) -> tuple[tuple[Entry, ...], tuple[LeftOut, ...]]:
    """Return the entries that may be given, and what was left out.

    An exercise goes when it is named itself, or when it has a caution about a condition that is
    named: whether the caution says to leave it out, to make it smaller or to ask first. The
    exercise that the caution gives instead takes its place with its own dosage, unless that one is
    ruled out too or is in the routine already.

    Args:
        entries: the entries of a routine, whose exercises the library has.
        library: where the exercises are.
        avoid: conditions and ids of exercises.
    """
    ruled_out = frozenset(avoid)
    if not ruled_out:
        return tuple(entries), ()
    given = {entry.exercise for entry in entries}
    kept: list[Entry] = []
    left_out: list[LeftOut] = []
    for entry in entries:
        exercise = library.exercise(entry.exercise)
        because = _reason(exercise, ruled_out)
        if not because:
            kept.append(entry)
            continue
        instead = next((name for name in _others(exercise, library, ruled_out, given)), "")
        if instead:
            kept.append(Entry(instead))
            given.add(instead)
        left_out.append(LeftOut(exercise=exercise.id, because=because, instead=instead))
    return tuple(kept), tuple(left_out)


def _reason(exercise: Exercise, ruled_out: Collection[str]) -> str:
    """Return what rules an exercise out, "" when nothing does."""
    if exercise.id in ruled_out:
        return exercise.id
    return next((str(c.condition) for c in exercise.cautions if c.condition in ruled_out), "")


def _others(
    exercise: Exercise, library: Library, ruled_out: Collection[str], given: Collection[str]
) -> Iterator[str]:
    """Yield the ids of exercises that may be done instead, the nearest first."""
    seen = {exercise.id}
    waiting = [exercise]
    while waiting:
        current = waiting.pop(0)
        for caution in current.cautions:
            name = caution.instead
            if name is None or name in seen or caution.condition not in ruled_out:
                continue
            seen.add(name)
            other = library.exercises.get(name)
            if other is None:
                continue
            if not _reason(other, ruled_out) and name not in given:
                yield name
            waiting.append(other)
