"""An exercise's frame as a picture: from the words of its figure to one SVG document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from stretchkit.errors import RenderError
from stretchkit.figure import props
from stretchkit.figure.body import Body, load_body
from stretchkit.figure.describe import Description, describe
from stretchkit.figure.draw import draw_scene
from stretchkit.figure.frames import PosedFigure, pose_figure
from stretchkit.figure.mirror import other_side
from stretchkit.figure.props import Prop
from stretchkit.figure.scene import VIEWS, Scene
from stretchkit.figure.style import Person, Tone
from stretchkit.figure.svg import worded
from stretchkit.locales import catalogue_of, languages
from stretchkit.model.exercise import Exercise, FigureSpec
from stretchkit.model.vocabulary import Equipment, Side, View
from stretchkit.source.names import did_you_mean

Poses: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Settings of base poses, by name."""

_SEEN = {
    View.FRONT: "front",
    View.BACK: "back",
    View.TOP: "top",
    View.THREE_QUARTER_LEFT: "front-left",
    View.THREE_QUARTER_RIGHT: "front-right",
}


Sign = Literal["arrows", "contacts", "numbers", "tint"]
SIGNS: tuple[Sign, ...] = ("arrows", "contacts", "numbers", "tint")
"""What can be drawn around a person: the way of a moving part, marks where the body touches
something, the numbers of the steps that a frame shows, a tint where the stretch is felt."""
_USUAL: tuple[Sign, ...] = ("arrows",)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A frame as it was drawn: the SVG, which has no words yet, and its words by language."""

    svg: str
    words: Mapping[str, Description]

    def told(self, language: str) -> Description:
        """Return the title and the description in a language; English where there are none."""
        return self.words[catalogue_of(language) or "en"]

    def worded(self, language: str) -> str:
        """Return the SVG with its title and its description."""
        told = self.told(language)
        return worded(self.svg, told.title, told.text)


def draw(
    exercise: Exercise,
    *,
    frame: str | None = None,
    side: Side | None = None,
    person: Person | None = None,
    style: Tone = "colour",
    signs: Collection[Sign] = _USUAL,
    language: str = "en",
    poses: Poses | None = None,
) -> str:
    """Return one frame of an exercise as an SVG document, 31 mm of paper for a metre.

    Args:
        exercise: the exercise, whose `figure` says how it is drawn.
        frame: the frame's name; the last frame when left out, which is the held one as a rule.
        side: `Side.LEFT` or `Side.RIGHT` for that side of a one-sided exercise; the side that
            the frames are written for when left out.
        person: who is drawn; a woman with a bun when left out.
        style: "colour", "grey" or "line".
        signs: what is drawn around the person, of `SIGNS`; arrows when left out.
        language: the language of the title and the description in the drawing.
        poses: the settings of base poses by name; those that come with StretchKit when left out.

    Raises:
        RenderError: if the exercise has no such frame, or its words cannot be posed.
    """
    found = draw_frame(
        exercise, frame, side=side, person=person, style=style, signs=signs, poses=poses
    )
    return found.worded(language)


def draw_frame(
    exercise: Exercise,
    frame: str | None = None,
    *,
    side: Side | None = None,
    person: Person | None = None,
    style: Tone = "colour",
    signs: Collection[Sign] = _USUAL,
    poses: Poses | None = None,
) -> Drawing:
    """Return one frame of an exercise drawn, with its words in every language.

    Arguments and errors are those of `draw`.
    """
    figure = exercise.figure
    if figure is None or not figure.frames:
        raise RenderError(f'the exercise "{exercise.id}" has no frames to draw')
    names = [each.name for each in figure.frames]
    name = names[-1] if frame is None else frame
    if name not in names:
        raise RenderError(f'the figure has no frame "{name}"; {did_you_mean(name, names)}')
    for sign in signs:
        if sign not in SIGNS:
            raise RenderError(f'unknown sign "{sign}"; {did_you_mean(sign, SIGNS)}')
    person = person or Person()
    body = load_body(person.body)
    posed = _posed(body, figure, poses)
    solved = posed.frames[name]
    eye = VIEWS[_SEEN.get(figure.view) or ("right" if figure.side is Side.RIGHT else "left")]
    if side in (Side.LEFT, Side.RIGHT) and figure.side not in (side, Side.BOTH):
        solved, eye = other_side(body, solved), replace(eye, yaw=-eye.yaw)
    scene = Scene(
        posed=solved.posed,
        person=person,
        tone=style,
        view=eye,
        props=tuple(_things(exercise.equipment, posed)),
        belly=solved.pose.belly,
    )
    words = {each: describe(solved, figure.view, each) for each in languages()}
    return Drawing(draw_scene(scene), words)


def _posed(body: Body, figure: FigureSpec, poses: Poses | None) -> PosedFigure:
    posed = pose_figure(body, figure, poses)
    words = [fault for fault in posed.faults if fault.kind in ("word", "value")]
    if words:
        told = "; ".join(f"{'.'.join(map(str, f.path))}: {f.message}" for f in words)
        raise RenderError(f"the figure cannot be posed: {told}")
    return posed


def _things(equipment: Collection[Equipment], posed: PosedFigure) -> list[Prop]:
    """Return the things that stand where they always stand; others have no place of their own."""
    found = []
    if Equipment.CHAIR in equipment:
        found.append(props.chair())
    if Equipment.MAT in equipment:
        reach = [p for solved in posed.frames.values() for p in solved.posed.points.values()]
        x, z = ([float(point[axis]) for point in reach] for axis in (0, 2))
        found.append(
            props.mat(
                (min(-0.32, min(x) - 0.1), max(0.32, max(x) + 0.1)), (min(z) - 0.2, max(z) + 0.2)
            )
        )
    return found
