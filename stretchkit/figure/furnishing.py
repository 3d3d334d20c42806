"""The things of one frame as they are drawn: what stands around, what lies under, what is held."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from stretchkit.figure import places, props
from stretchkit.figure.contact import Solved
from stretchkit.figure.layers import Plane
from stretchkit.figure.pose_words import LOOPS
from stretchkit.figure.props import Prop
from stretchkit.figure.slings import sling
from stretchkit.figure.things import Standing
from stretchkit.model.vocabulary import Equipment

_LOW = 0.45
_MAT_HALF = (0.31, 0.36)
"""Half the width of a mat, metres: usual, and a wide one."""

_OVER = 0.2
"""How far a piece of wall goes over the highest joint of a body, metres."""

_ARM = ("wrist", "hand", "elbow")
_ROUND = 0.1
"""How far a mat goes beyond the body, metres."""


def things_around(
    frame: Solved, frames: Collection[Solved], equipment: Collection[Equipment]
) -> tuple[Prop, ...]:
    """Return everything that is drawn around a person in one of the frames of an exercise.

    What is there in one frame is there in all; what is held or moves is where this frame has it.
    """
    standing: dict[str, Standing] = {}
    for each in frames:
        standing |= each.things
    standing |= frame.things
    top = max(float(point[1]) for each in frames for point in each.posed.points.values())
    found = [props.placed(_made(thing, top), thing) for _, thing in sorted(standing.items())]
    held = {words.target for words in frame.words.values() if words.verb in {"holds", "in"}}
    loops = [name for name in LOOPS if name in held]
    found += [props.held(name, sling(frame, name)) for name in loops]
    if "ball" in held:
        found += _held_balls(frame)
    if Equipment.BED in equipment:
        middle = np.mean([each.posed.points["root"] for each in frames], axis=0)
        found.append(props.bed((float(middle[0]), float(middle[2]))))
    elif Equipment.MAT in equipment:
        found.append(_mat(frames))
    return tuple(found)


def walls_around(frame: Solved, frames: Collection[Solved]) -> tuple[Plane, ...]:
    """Return the faces of the walls that stand around a person in one of the frames."""
    standing = [each.things.get("wall") for each in (*frames, frame)]
    walls = [thing for thing in standing if thing is not None][-1:]
    ends = [thing.room(np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 1.0]])) for thing in walls]
    return tuple((at, beyond - at) for at, beyond in ends)


def _made(thing: Standing, top: float) -> Prop:
    if thing.name == "chair":
        return props.chair(arms=thing.arms)
    if thing.name == "wall":
        return props.wall(height=top + _OVER)
    if thing.name == "doorway":
        return props.doorway()
    made = {
        "desk": props.desk,
        "step": props.step,
        "pillow": props.pillow,
        "cushion": props.cushion,
        "towel": props.towel,
        "roller": props.roller,
        "ball": props.ball,
    }[thing.name]
    return made(high=thing.high)


def _held_balls(frame: Solved) -> list[Prop]:
    """Return one ball between the hands that hold it."""
    palms = [
        np.array(each.point) + np.array(each.normal) * places.BALL_HEIGHT / 2
        for each in frame.contacts
        if each.words.verb == "holds" and each.target == "ball"
    ]
    x, y, z = np.mean(palms, axis=0)
    ball = Standing("ball", (float(x), float(y) - places.BALL_HEIGHT / 2, float(z)))
    return [props.placed(props.ball(), ball)]


def _mat(frames: Collection[Solved]) -> Prop:
    """Return a mat along the body; it is as wide as mats are, and arms reach beyond its sides."""
    named = [item for solved in frames for item in solved.posed.points.items()]
    low = [(name, point) for name, point in named if point[1] < _LOW] or named
    spans = []
    for axis in (0, 2):
        reach = [float(point[axis]) for _, point in low]
        body = [float(point[axis]) for name, point in low if not name.startswith(_ARM)] or reach
        spans.append((min(reach) - 0.2, max(reach) + 0.2, (min(body) + max(body)) / 2))
    long = 0 if spans[0][1] - spans[0][0] > spans[1][1] - spans[1][0] else 1
    ends = [(start, stop) for start, stop, _ in spans]
    start, stop, middle = spans[1 - long]
    half = min(max((stop - start) / 2 - _ROUND, _MAT_HALF[0]), _MAT_HALF[1])
    ends[1 - long] = (middle - half, middle + half)
    return props.mat(*ends)
