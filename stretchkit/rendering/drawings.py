"""The drawings of a document: all of them wanted at once, before its pages are filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stretchkit.figure.artist import Artist, Look, Memory, Progress, Wanted
from stretchkit.figure.cache import usual_store
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.model.exercise import Exercise
from stretchkit.views.drawings import Draw, frames_of, mistaken_frames, other_side


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How drawings are made, which changes nothing of what they show.

    Args:
        cache: whether drawings are kept in the user's cache folder and taken from there.
        workers: how many processes draw at the same time when there is much to draw. More than
            one needs a program that does its work under `if __name__ == "__main__":`.
        progress: called with the number of drawings made and of all that are to make.
        memory: where drawings are kept for handouts to come, by one thread at a time.
    """

    cache: bool = True
    workers: int = 1
    progress: Progress | None = None
    memory: Memory | None = None


USUAL_MEANS = Means()
USUAL_LOOK = Look()


def drawings_of(handout: Handout, means: Means) -> Draw | None:
    """Return what gives a handout's drawings, all made; None for a handout without drawings."""
    if handout.style == "none":
        return None
    look = Look(person=handout.person, style=handout.style)
    exercises = (entry.exercise for entry in handout.prescriptions)
    return artist(handout.library, look, exercises, means)


def artist(
    library: Library,
    look: Look,
    exercises: Iterable[Exercise],
    means: Means,
    *,
    both: bool = False,
) -> Draw:
    """Return what gives the drawings of exercises, all made; of both sides and of mistakes with
    `both`.
    """  # noqa: D205 - one sentence
    store = usual_store() if means.cache else None
    found = Artist(look, poses=library.poses or None, store=store, memory=means.memory)
    wanted = [each for exercise in exercises for each in _wanted(exercise, both)]
    found.prepare(wanted, workers=means.workers, progress=means.progress)
    return found.draw


def _wanted(exercise: Exercise, both: bool) -> Iterator[Wanted]:
    side = other_side(exercise) if both else None
    if both:
        for frame in sorted(mistaken_frames(exercise)):
            yield Wanted(exercise, frame)
    for frame in frames_of(exercise):
        yield Wanted(exercise, frame)
        if side:
            yield Wanted(exercise, frame, side)
