"""The drawings of an exercise, as a sheet or a page shows them: in a row, one size for all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from stretchkit.figure.drawn import Drawing
from stretchkit.locales import catalogue
from stretchkit.model.exercise import Exercise
from stretchkit.model.vocabulary import Side

ARROW = 9.0
"""Room between two drawings for the arrow from one to the next, millimetres."""
CAPTION = 27.0
"""Room for the numbers of the steps below a drawing, millimetres."""
UNDER = 9.0
"""Room below a drawing for the numbers of its steps and the gap to the next one, millimetres."""
SMALL_ARROW = 7.5
"""Room for the arrow between two small drawings, millimetres."""
SMALL_CAPTION = 7.5
"""How high the numbers of steps below small drawings are, with the room to the next row, mm."""

_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


class Draw(Protocol):
    """Gives the drawing of an exercise's frame."""

    def __call__(self, exercise: Exercise, frame: str, side: Side | None = None) -> Drawing:
        """Return the drawing of a frame, on the side it is written for when none is given."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingView:
    """A drawing: `name` is its own among all of a library, a path.

    `width` and `height` are those on paper, mm. `numbers` are those of the steps that it
    shows, runs as "2–5"; `steps` is how many there are.
    """

    name: str
    svg: str
    alt: str
    numbers: tuple[str, ...]
    steps: int
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingsView:
    """The drawings of an exercise in the order of its steps, and those of the other side.

    `beside` says that they are narrow enough to stand beside the words. `note` says which side is
    shown; `other_title` is the heading of the other one. Both are empty
    for an exercise without sides, as is the other side where it was not asked for.
    """

    shown: tuple[DrawingView, ...] = ()
    beside: bool = False
    note: str = ""
    other_title: str = ""
    other: tuple[DrawingView, ...] = ()


def frames_of(exercise: Exercise) -> Mapping[str, tuple[int, ...]]:
    """Return the frames that steps name, each with the numbers of its steps, in their order.

    There are none where the exercise has pictures of its own.
    """
    if exercise.figure is None or exercise.pictures:
        return {}
    found: dict[str, tuple[int, ...]] = {}
    for number, step in enumerate(exercise.steps, start=1):
        if step.frame:
            found[step.frame] = (*found.get(step.frame, ()), number)
    return found


def other_side(exercise: Exercise) -> Side | None:
    """Return the side that the figure of an exercise does not show, if it has sides."""
    return _OTHER.get(exercise.figure.side) if exercise.figure else None


def drawings_view(
    exercise: Exercise,
    draw: Draw,
    language: str,
    *,
    scale: float = 1.0,
    beside: bool = False,
    both: bool = False,
) -> DrawingsView:
    """Return the drawings of an exercise.

    Args:
        exercise: the exercise.
        draw: gives the drawings.
        language: the language of the words.
        scale: how large they are; 1 is their natural size.
        beside: whether they stand beside the words.
        both: whether to show the other side of a one-sided exercise too.
    """
    shown = tuple(_views(exercise, draw, language, scale))
    side, _ = other_side(exercise), catalogue(language).gettext
    if not shown or side is None:
        return DrawingsView(shown=shown, beside=beside)
    if side is Side.RIGHT:
        note, title = _("The drawings show the left side."), _("See the right side")
    else:
        note, title = _("The drawings show the right side."), _("See the left side")
    if not both:
        return DrawingsView(shown=shown, beside=beside, note=note)
    other = tuple(_views(exercise, draw, language, scale, side))
    return DrawingsView(shown=shown, beside=beside, note=note, other_title=title, other=other)


def mistake_drawings(
    exercise: Exercise, draw: Draw, language: str
) -> tuple[DrawingView | None, ...]:
    """Return the drawings of common mistakes, None for those that none shows."""
    drawn = mistaken_frames(exercise)
    return tuple(
        _view(exercise, each.frame, draw, language, scale=1.0)
        if each.frame and each.frame in drawn
        else None
        for each in exercise.mistakes
    )


def mistaken_frames(exercise: Exercise) -> frozenset[str]:
    """Return the frames that common mistakes name; none where there are pictures instead."""
    if exercise.figure is None or exercise.pictures:
        return frozenset()
    frames = {frame.name for frame in exercise.figure.mistakes}
    return frozenset(frames & {each.frame for each in exercise.mistakes})


def main_drawing(
    exercise: Exercise, draw: Draw, language: str, *, scale: float = 1.0
) -> DrawingView | None:
    """Return the drawing that stands for an exercise: of the held step, else of the last frame."""
    frames = frames_of(exercise)
    held = [step.frame for step in exercise.steps if step.hold and step.frame]
    names = [each.name for each in exercise.figure.frames] if exercise.figure else []
    shown = [name for name in held or names if name in frames]
    return _view(exercise, shown[-1], draw, language, scale=scale) if shown else None


def _views(
    exercise: Exercise, draw: Draw, language: str, scale: float, side: Side | None = None
) -> Iterator[DrawingView]:
    for frame in frames_of(exercise):
        yield _view(exercise, frame, draw, language, scale=scale, side=side)


def _view(
    exercise: Exercise,
    frame: str,
    draw: Draw,
    language: str,
    *,
    scale: float,
    side: Side | None = None,
) -> DrawingView:
    drawing, steps = draw(exercise, frame, side), frames_of(exercise).get(frame, ())
    return DrawingView(
        name=f"{exercise.id}/{_file_name(exercise, frame, side)}",
        svg=drawing.worded(language),
        alt=drawing.told(language).text,
        numbers=_runs(steps),
        steps=len(steps),
        width=round(drawing.width * scale, 2),
        height=round(drawing.height * scale, 2),
    )


def _file_name(exercise: Exercise, frame: str, side: Side | None) -> str:
    """Return a name that no other drawing of the exercise has, whatever the frame is called."""
    figure = exercise.figure
    frames = [each.name for each in (*figure.frames, *figure.mistakes)] if figure else []
    number = frames.index(frame) + 1 if frame in frames else 0
    plain = re.sub("[^a-z0-9]+", "-", frame.lower())[:40].strip("-")
    return "-".join(filter(None, (str(number), plain, side)))


def row_scale(exercise: Exercise, draw: Draw, room: tuple[float, float]) -> float:
    """Return how large the drawings of an exercise can be to fit side by side; 0 for too many.

    Args:
        exercise: the exercise.
        draw: gives the drawings.
        room: width and height of the room for them, millimetres.
    """
    row = [draw(exercise, frame) for frame in frames_of(exercise)]
    if not row:
        return inf
    wide = room[0] - ARROW * (len(row) - 1)
    if wide < CAPTION * len(row):
        return 0.0
    width = wide / sum(drawing.width for drawing in row)
    return min(width, room[1] / max(drawing.height for drawing in row))


def stack_scale(exercise: Exercise, draw: Draw, room: tuple[float, float]) -> float:
    """Return how large the drawings of an exercise can be to fit one below the other.

    Below each stand the numbers of its steps. Arguments as in `row_scale`.
    """
    stack = [draw(exercise, frame) for frame in frames_of(exercise)]
    if not stack:
        return inf
    high = room[1] - UNDER * len(stack)
    width = room[0] / max(drawing.width for drawing in stack)
    return min(width, high / sum(drawing.height for drawing in stack))


def rows_scale(exercise: Exercise, draw: Draw, room: tuple[float, float]) -> float:
    """Return how large the drawings of an exercise can be to fit, in one row or in several.

    Below them stand the numbers of their steps alone. Arguments as in `row_scale`.
    """
    drawings = [draw(exercise, frame) for frame in frames_of(exercise)]
    scales = [inf]
    for length in range(1, len(drawings) + 1):
        rows = [drawings[start : start + length] for start in range(0, len(drawings), length)]
        wide = room[0] - SMALL_ARROW * (length if rows[1:] else length - 1)
        high = room[1] - SMALL_CAPTION * len(rows)
        width = max(sum(drawing.width for drawing in row) for row in rows)
        scales.append(min(wide / width, high / sum(max(d.height for d in row) for row in rows)))
    return max(scales[1:] or scales)


def _runs(numbers: Sequence[int]) -> tuple[str, ...]:
    """Return numbers, those that follow each other as "3–5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(f"{run[0]}–{run[-1]}" if run[1:] else f"{run[0]}" for run in runs)
