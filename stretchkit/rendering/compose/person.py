"""What differs from person to person, and the signs that stand for it."""

from __future__ import annotations

from dataclasses import replace

from stretchkit.rendering.compose.skeleton import Values
from stretchkit.views.exercise import ExerciseView
from stretchkit.views.handout import HandoutView
from stretchkit.views.log import LogView

PERSONAL = (
    "recipient",
    "date",
    "message",
    "duration",
    "equipment",
    "frequency",
    "goals",
    "control",
)
"""The fields of a handout's view that change from person to person."""

ELSEWHERE = ("foot", "exercises", "cautions", "times", "log")
"""The fields of a view that what stands before its exercises does not show."""

OF_AN_EXERCISE = ("number", "dosage")
"""The fields of an exercise's view that change from person to person."""

_ROWS = 0xE100
"""The first sign of a row; a library of thousands of exercises has signs enough."""
_SIGNS = {name: chr(0xE000 + n) for n, name in enumerate((*PERSONAL, *OF_AN_EXERCISE))}


def impersonal(view: HandoutView) -> HandoutView:
    """Return a view with signs in place of what is personal, and without exercises."""
    signs = {name: _SIGNS[name] if getattr(view, name) else "" for name in PERSONAL}
    return replace(view, exercises=(), cautions=(), times=(), log=None, foot="", **signs)  # type: ignore[arg-type] # texts, all of them


def personal(view: HandoutView) -> Values:
    """Return what stands for the signs of a handout's view."""
    return {_SIGNS[name]: getattr(view, name) for name in PERSONAL}


def alone(view: HandoutView) -> HandoutView:
    """Return the view of one exercise, whatever sheet it is on, with signs for what differs."""
    (exercise,) = view.exercises
    signs = {name: _SIGNS[name] if getattr(exercise, name) else "" for name in OF_AN_EXERCISE}
    exercise = replace(exercise, **signs)  # type: ignore[arg-type] # a number is printed as it is
    return replace(view, title="", author="", recipient="", foot="", exercises=(exercise,))


def numbered(view: ExerciseView) -> Values:
    """Return what stands for the signs of an exercise's view."""
    return {_SIGNS[name]: str(getattr(view, name)) for name in OF_AN_EXERCISE}


def ticked(log: LogView) -> LogView:
    """Return a log with signs in place of what its rows are of."""
    return replace(log, rows=tuple(chr(_ROWS + n) for n in range(len(log.rows))))


def rows_of(log: LogView) -> Values:
    """Return what stands for the signs of a log."""
    return {chr(_ROWS + n): row for n, row in enumerate(log.rows)}
