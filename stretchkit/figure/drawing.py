"""An exercise's frame as a picture: from the words of its figure to one SVG document."""

from __future__ import annotations

from collections.abc import Collection

from stretchkit.errors import RenderError
from stretchkit.figure import props
from stretchkit.figure.body import load_body
from stretchkit.figure.describe import describe
from stretchkit.figure.draw import draw_scene
from stretchkit.figure.frames import PosedFigure, pose_figure
from stretchkit.figure.props import Prop
from stretchkit.figure.scene import VIEWS, Scene
from stretchkit.figure.style import Person, Tone
from stretchkit.model.exercise import FigureSpec
from stretchkit.model.vocabulary import Equipment, Side, View
from stretchkit.source.names import did_you_mean

_SEEN = {
    View.FRONT: "front",
    View.BACK: "back",
    View.TOP: "top",
    View.THREE_QUARTER_LEFT: "front-left",
    View.THREE_QUARTER_RIGHT: "front-right",
}


def draw(
    figure: FigureSpec,
    *,
    frame: str | None = None,
    equipment: Collection[Equipment] = (),
    person: Person | None = None,
    style: Tone = "colour",
    language: str = "en",
) -> str:
    """Return one frame of a figure as an SVG document, 31 mm of paper for a metre.

    Args:
        figure: what an exercise's file says under `figure`.
        frame: the frame's name; the last frame when left out, which is the held one as a rule.
        equipment: the things around the person, those of the exercise.
        person: who is drawn; a woman with a bun when left out.
        style: "colour", "grey" or "line".
        language: the language of the title and the description in the drawing.

    Raises:
        RenderError: if the figure has no such frame, or its words cannot be posed.
    """
    names = [each.name for each in figure.frames]
    if not names:
        raise RenderError("the figure has no frames to draw")
    name = names[-1] if frame is None else frame
    if name not in names:
        raise RenderError(f'the figure has no frame "{name}"; {did_you_mean(name, names)}')
    person = person or Person()
    posed = _posed(figure, person)
    solved = posed.frames[name]
    told = describe(solved, figure.view, language)
    scene = Scene(
        posed=solved.posed,
        person=person,
        tone=style,
        view=VIEWS[_SEEN.get(figure.view) or ("right" if figure.side is Side.RIGHT else "left")],
        props=tuple(_things(equipment, posed)),
        title=told.title,
        description=told.text,
        belly=solved.pose.belly,
    )
    return draw_scene(scene)


def _posed(figure: FigureSpec, person: Person) -> PosedFigure:
    posed = pose_figure(load_body(person.body), figure)
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
