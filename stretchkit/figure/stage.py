"""An exercise set up to be drawn: who does it, on which side, with what around, seen from where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from stretchkit.errors import RenderError
from stretchkit.figure.body import Body, load_body
from stretchkit.figure.close import box_of
from stretchkit.figure.contact import Solved
from stretchkit.figure.describe import describe_apart
from stretchkit.figure.drawn import Description, Sign
from stretchkit.figure.felt import felt_in
from stretchkit.figure.frames import PosedFigure, pose_figure, pose_mistake
from stretchkit.figure.furnishing import things_around, walls_around
from stretchkit.figure.lettering import numbered
from stretchkit.figure.mirror import other_side, other_words
from stretchkit.figure.moving import Turn, Way, ways
from stretchkit.figure.person import DrawnPerson, Tone
from stretchkit.figure.pose import SideName
from stretchkit.figure.pose_language import PoseFault
from stretchkit.figure.rotations import Vector
from stretchkit.figure.scene import VIEWS, Scene, View
from stretchkit.model import vocabulary
from stretchkit.model.exercise import Exercise, FigureSpec
from stretchkit.model.vocabulary import Side

Poses: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Settings of base poses, by name."""

_SEEN = {
    vocabulary.View.FRONT: "front",
    vocabulary.View.BACK: "back",
    vocabulary.View.TOP: "top",
    vocabulary.View.THREE_QUARTER_LEFT: "front-left",
    vocabulary.View.THREE_QUARTER_RIGHT: "front-right",
    vocabulary.View.BACK_LEFT: "back-left",
    vocabulary.View.BACK_RIGHT: "back-right",
}


_OTHER_VIEW = {
    vocabulary.View.THREE_QUARTER_LEFT: vocabulary.View.THREE_QUARTER_RIGHT,
    vocabulary.View.THREE_QUARTER_RIGHT: vocabulary.View.THREE_QUARTER_LEFT,
}


_PLAIN = frozenset({"seat bones", "hips", "back"})
"""Parts that carry the body wherever it sits or lies: no cue."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """An exercise's frames, posed on somebody, and what does not change from frame to frame.

    `mirrored` says that the side shown is not the one that the frames are written for.
    """

    exercise: Exercise
    figure: FigureSpec
    person: DrawnPerson
    body: Body
    frames: Mapping[str, Solved]
    mirrored: bool
    view: View
    _written: PosedFigure

    @property
    def side(self) -> SideName | None:
        """The side that is shown; None where both sides do the same."""
        return _shown(self.figure, mirrored=self.mirrored)

    @property
    def names(self) -> list[str]:
        """The names of all that can be drawn: frames, then mistakes."""
        return [*self.frames, *(mistake.name for mistake in self.figure.mistakes)]

    def solved(self, name: str) -> Solved:
        """Return a frame or a mistake, posed.

        Raises:
            KeyError: if the figure has neither of this name.
            RenderError: if the mistake's words cannot be posed.
        """
        if name in self.frames:
            return self.frames[name]
        mistake = {each.name: each for each in self.figure.mistakes}[name]
        found, faults = pose_mistake(self.body, mistake, self._written)
        _refuse(faults)
        return other_side(self.body, found) if self.mirrored else found

    def told(self, name: str, language: str) -> Description:
        """Return a frame or a mistake in words that no frame before it has."""
        view = self.figure.view
        if self.mirrored:
            view = _OTHER_VIEW.get(view, view)
        before = (self.solved(each) for each in self.names[: self.names.index(name)])
        return describe_apart(self.solved(name), before, view, language, self.figure.close_up)

    def ways(self, frame: str) -> tuple[Way | Turn, ...]:
        """Return the ways of what moves into a frame, as the figure's arrows name it."""
        return tuple(
            way
            for arrow in self.figure.arrows
            if arrow.end == frame
            for way in ways(
                self.body,
                other_words(arrow.of) if self.mirrored else arrow.of,
                self.frames[arrow.start],
                self.frames[frame],
            )
        )

    def scene(self, solved: Solved, tone: Tone) -> Scene:
        """Return what a drawing of a frame, or of a moment between two, shows without signs."""
        return Scene(
            posed=solved.posed,
            person=self.person,
            tone=tone,
            view=self.view,
            props=things_around(solved, self.frames.values(), self.exercise.equipment),
            walls=walls_around(solved, self.frames.values()),
            belly=solved.pose.belly,
        )

    def signed(self, name: str, tone: Tone, signs: Sequence[Sign]) -> Scene:
        """Return what the drawing of a frame or of a mistake shows, with some of the signs."""
        solved = self.solved(name)
        steps = [n for n, step in enumerate(self.exercise.steps, 1) if step.frame == name]
        return replace(
            self.scene(solved, tone),
            ways=self.ways(name) if "arrows" in signs else (),
            touches=_touches(solved, name) if "contacts" in signs else (),
            number=numbered(steps) if "numbers" in signs else "",
            mistake=name not in self.frames,
            felt=felt_in(self.exercise, solved, self.side) if "tint" in signs else (),
        )


def stage(
    exercise: Exercise,
    *,
    side: Side | None = None,
    person: DrawnPerson | None = None,
    poses: Poses | None = None,
) -> Stage:
    """Return an exercise set up to be drawn; its arguments are those of `draw`.

    Raises:
        RenderError: if the exercise has no frames, or their words cannot be posed.
    """
    figure = exercise.figure
    if figure is None or not figure.frames:
        raise RenderError(f'the exercise "{exercise.id}" has no frames to draw')
    person = person or DrawnPerson()
    body = load_body(person.body)
    posed = pose_figure(body, figure, poses)
    _refuse(posed.faults)
    frames = posed.frames
    view = VIEWS[_SEEN.get(figure.view) or ("right" if figure.side is Side.RIGHT else "left")]
    mirrored = side in {Side.LEFT, Side.RIGHT} and figure.side not in {side, Side.BOTH}
    if mirrored:
        frames = {name: other_side(body, solved) for name, solved in frames.items()}
        view = replace(view, yaw=-view.yaw)
    if figure.close_up is not None:
        shown = _shown(figure, mirrored=mirrored)
        view = replace(view, box=box_of(figure.close_up, frames.values(), view, shown))
    return Stage(exercise, figure, person, body, frames, mirrored, view, posed)


def _shown(figure: FigureSpec, *, mirrored: bool) -> SideName | None:
    if figure.side is Side.BOTH:
        return None
    return "left" if (figure.side is Side.LEFT) is not mirrored else "right"


def _touches(solved: Solved, name: str) -> tuple[Vector, ...]:
    """Return where what the frame's own words name touches: those are the cues."""
    own = (each for each in solved.contacts if name in each.words.path)
    return tuple(np.array(each.point) for each in own if each.part not in _PLAIN)


def _refuse(faults: Iterable[PoseFault]) -> None:
    words = [fault for fault in faults if fault.kind in {"word", "value", "pose"}]
    if words:
        told = "; ".join(f"{'.'.join(map(str, f.path))}: {f.message}; {f.hint}" for f in words)
        raise RenderError(f"the figure cannot be posed: {told}")
