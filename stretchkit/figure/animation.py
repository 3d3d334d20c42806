"""An exercise in motion: drawings shown in turn in one SVG, without a script.

The page around it can pause it by the style `--stretchkit-play: paused`; opened alone it pauses
while it has the focus. Where people want less motion, and where a renderer knows no motion (on
paper), it is the still picture of the held frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from stretchkit.errors import RenderError
from stretchkit.figure.draw import draw_scene
from stretchkit.figure.drawn import worded
from stretchkit.figure.mesh import Floats
from stretchkit.figure.motion import between as part_way
from stretchkit.figure.person import DrawnPerson, Tone
from stretchkit.figure.picture import assemble
from stretchkit.figure.scene import Scene
from stretchkit.figure.stage import Poses, Stage, stage
from stretchkit.figure.svg import UNIT, number, numbers
from stretchkit.figure.wardrobe import dressed
from stretchkit.model.exercise import Exercise
from stretchkit.model.vocabulary import Side

MOVE, REST = 1.6, 1.0
"""Seconds from one frame to the next, and seconds that a frame is held."""

_DRAWINGS = 12
"""Drawings of a motion, at least; those of the frames are among them."""

_GRID = 5
"""Units of a still drawing in one of a moving one: .05 mm, which nobody sees in motion."""

Moment = tuple[str, str, float]
"""A frame, the next one, and the share of the way from the one to the other."""


def order(exercise: Exercise) -> tuple[str, ...]:
    """Return the frames as the steps show them, back at the first in the end."""
    figure = exercise.figure
    known = [frame.name for frame in figure.frames] if figure else []
    named = [step.frame for step in exercise.steps if step.frame in known]
    names = named if len(set(named)) > 1 else known
    found = [name for at, name in enumerate(names) if not at or names[at - 1] != name]
    if len(found) > 1 and found[0] != found[-1]:
        found.append(found[0])
    return tuple(str(name) for name in found)


def moments(frames: Sequence[str], between: int) -> tuple[Moment, ...]:
    """Return every moment to draw, once each: the frames, and some between any two of them.

    The way back is the way there: it needs no drawings of its own.
    """
    found: dict[Moment, None] = {}
    for a, b in pairwise(frames):
        for share in _shares(between):
            found[_moment(a, b, share)] = None
    return tuple(found)


def _shares(between: int) -> Iterator[float]:
    """Yield shares of a way, both ends among them: slow, fast, slow."""
    for at in range(between + 2):
        t = at / (between + 1)
        yield t * t * (3 - 2 * t)


def _moment(a: str, b: str, share: float) -> Moment:
    if share in {0.0, 1.0}:
        name = a if share == 0.0 else b
        return name, name, 0.0
    return (a, b, round(share, 6)) if a < b else (b, a, round(1.0 - share, 6))


@dataclass(frozen=True, slots=True)
class Showing:
    """When a drawing is seen: seconds from the start of a turn."""

    moment: Moment
    start: float
    end: float


def showings(frames: Sequence[str], between: int) -> tuple[Showing, ...]:
    """Return what is seen when during one turn: every frame held, then the way to the next."""
    found: list[Showing] = []
    at = 0.0
    piece = MOVE / (between + 1)
    for a, b in pairwise(frames):
        for share in list(_shares(between))[:-1]:
            end = at + (REST if share == 0.0 else piece)
            found.append(Showing(_moment(a, b, share), at, end))
            at = end
    return tuple(found)


def coarser(drawing: str) -> str:
    """Return the inside of a drawing with its outlines on a coarser grid, in units of that."""
    drawing = _DATA.sub(lambda found: f' d="{_path(found[1])}"', drawing)
    return _STROKE.sub(lambda found: f' stroke-width="{number(int(found[1]) / _GRID)}"', drawing)


_DATA = re.compile(r' d="([^"]*)"')
_STROKE = re.compile(r' stroke-width="(\d+)"')
_TOKENS = re.compile(r"([MlcLz])|(-?\d+)")
_POINTS = {"M": 1, "L": 1, "l": 1, "c": 3}


def _path(data: str) -> str:
    """Return outlines on the coarser grid; ends that met still meet."""
    out: list[str] = []
    at = begun = (0, 0)
    for command, values in _pieces(data):
        if command == "z":
            out.append("z")
            at = begun
            continue
        step = 2 * _POINTS[command]
        for first in range(0, len(values), step):
            piece = values[first : first + step]
            origin = (0, 0) if command in "ML" else at
            points = [(x + origin[0], y + origin[1]) for x, y in zip(piece[::2], piece[1::2])]  # noqa: B905 - pairs
            base = (0, 0) if command == "M" else (_grid(at[0]), _grid(at[1]))
            letter = "l" if command == "L" else command
            out.append(letter + numbers(_grid(v) - b for p in points for v, b in zip(p, base)))  # noqa: B905 - pairs
            at = points[-1]
            if command == "M":
                begun = at
    return "".join(out)


def _pieces(data: str) -> Iterator[tuple[str, list[int]]]:
    command, values = "", list[int]()
    for letter, value in _TOKENS.findall(data):
        if not letter:
            values.append(int(value))
            continue
        if command:
            yield command, values
        command, values = letter, []
    if command:
        yield command, values


def _grid(value: int) -> int:
    return round(value / _GRID)


def animate(
    exercise: Exercise,
    *,
    side: Side | None = None,
    person: DrawnPerson | None = None,
    style: Tone = "colour",
    language: str = "en",
    poses: Poses | None = None,
) -> str:
    """Return an exercise in motion as one SVG document.

    It goes through the frames in the order of the steps and back to the first. Contacts are
    solved anew for every picture, so hands and feet stay where they are put. A page pauses it by
    the style `--stretchkit-play: paused` on it or around it.

    Args:
        exercise: the exercise, whose `figure` says how it is drawn.
        side: `Side.LEFT` or `Side.RIGHT` for that side of a one-sided exercise.
        person: who is drawn; a woman with a bun when left out.
        style: "colour", "grey" or "line".
        language: the language of the title and the description.
        poses: the settings of base poses by name; those that come with StretchKit when left out.

    Raises:
        RenderError: if the exercise has fewer than two frames, or its words cannot be posed.
    """
    setting = stage(exercise, side=side, person=person, poses=poses)
    frames = order(exercise)
    if len(frames) < 2:  # noqa: PLR2004 - from one to another
        raise RenderError(f'the exercise "{exercise.id}" has one frame: nothing moves')
    ways = len({frozenset(way) for way in pairwise(frames)})
    between = -(-(_DRAWINGS - len(set(frames))) // ways)
    wanted = moments(frames, between)
    scenes = {moment: _scene(setting, moment, style) for moment in wanted}
    room = np.concatenate([_corners(scene) for scene in scenes.values()])
    drawn = {m: draw_scene(replace(scene, also=room)) for m, scene in scenes.items()}
    held = next((step.frame for step in exercise.steps if step.hold and step.frame), frames[-2])
    told = [setting.told(name, language).text for name in frames]
    sentences = dict.fromkeys(part for text in told for part in re.split(r"(?<=\.)\s", text))
    first = next(iter(drawn.values()))
    return movie(
        showings(frames, between),
        {moment: coarser(_inside(drawing)) for moment, drawing in drawn.items()},
        name=f"motion-{exercise.id}",
        size=_size(first),
        still=(held, held, 0.0),
        title=exercise.name,
        description=" ".join(sentences),
    )


def _scene(setting: Stage, moment: Moment, tone: Tone) -> Scene:
    a, b, share = moment
    start, end = setting.frames[a], setting.frames[b]
    return setting.scene(part_way(setting.body, start, end, share), tone)


def _corners(scene: Scene) -> Floats:
    """Return points of the room that span what a scene shows."""
    person = dressed(scene.person.body, scene.person.hair, scene.person.outfit)
    rotation = scene.view.rotation
    turned = assemble(scene, person)[1] @ rotation.T
    found: Floats = np.stack([turned.min(0), turned.max(0)]) @ rotation
    return found


def _inside(drawing: str) -> str:
    return drawing.partition(">")[2].removesuffix("</svg>\n")


def _size(drawing: str) -> tuple[float, float]:
    """Return a drawing's width and height on paper, millimetres."""
    width, height = re.findall(r'(?:width|height)="([\d.]+)mm"', drawing[:200])
    return float(width), float(height)


def movie(
    shown: Sequence[Showing],
    drawings: Mapping[Moment, str],
    *,
    size: tuple[float, float],
    still: Moment,
    name: str,
    title: str,
    description: str,
) -> str:
    """Return drawings shown in turn as one SVG document.

    Args:
        shown: what is seen when.
        drawings: the inside of each drawing, on the coarser grid.
        size: width and height on paper, millimetres.
        still: what is seen where nothing moves.
        name: the id of the document, so that several can stand on one page.
        title: what it is called.
        description: what it shows, for people who cannot see it.
    """
    total = shown[-1].end
    names = {moment: f"{name}-{at}" for at, moment in enumerate(drawings)}
    rules = "".join(
        f"@keyframes {names[moment]}{{{_keys(shown, moment)}}}"
        f"#{name}>#{names[moment]}{{animation-name:{names[moment]}}}"
        for moment in drawings
    )
    style = (
        f"#{name}>g{{visibility:hidden}}#{name}>#{names[still]}{{visibility:visible}}"
        "@media(prefers-reduced-motion:no-preference){"
        f"#{name}>g{{animation:{total:g}s step-end infinite;"
        "animation-play-state:var(--stretchkit-play,running)}"
        f"#{name}:focus{{--stretchkit-play:paused}}{rules}}}"
    )
    body = "".join(f'<g id="{names[m]}">{drawing}</g>' for m, drawing in drawings.items())
    width, height = size
    unit = UNIT / _GRID
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" width="{number(width)}mm" '
        f'height="{number(height)}mm" tabindex="0" '
        f'viewBox="0 0 {width * unit:.0f} {height * unit:.0f}">'
    )
    return worded(f"{root}<style>{style}</style>{body}</svg>\n", title, description)


def _keys(shown: Sequence[Showing], moment: Moment) -> str:
    """Return when a drawing is seen, as the steps of a turn."""
    total = shown[-1].end
    stops = {0.0: "hidden"}
    for each in shown:
        if each.moment == moment:
            stops[each.start] = "visible"
            stops.setdefault(each.end, "hidden")
    stops.pop(total, None)
    return "".join(
        f"{number(100 * at / total)}%{{visibility:{seen}}}" for at, seen in sorted(stops.items())
    )
