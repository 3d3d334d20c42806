"""The things of one frame as they are drawn: what stands around, what lies under, what is held."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from stretchkit.figure import places, props
from stretchkit.figure.contact import Solved
from stretchkit.figure.pose_words import LOOPS
from stretchkit.figure.props import Prop
from stretchkit.figure.slings import sling
from stretchkit.figure.things import UNDER, Standing
from stretchkit.model.vocabulary import Equipment

_LOW = 0.35
_OVER = 0.35
"""How far a piece of wall goes over the highest joint of a body, metres."""

_ROUND = 0.1
"""How far a mat goes beyond the body, metres."""


def things_around(
    frame: Solved, frames: Collection[Solved], equipment: Collection[Equipment]
) -> tuple[Prop, ...]:
    """Return everything that is drawn around a person in one of the frames of an exercise.

    What stands in one frame stands in all; what is held or lies under the body is where this
    frame has it.
    """
    standing: dict[str, Standing] = {}
    for each in frames:
        standing |= {name: at for name, at in each.things.items() if name not in UNDER}
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
    points = [p for solved in frames for p in solved.posed.points.values()]
    reach = [point for point in points if point[1] < _LOW] or points
    x, z = ([float(point[axis]) for point in reach] for axis in (0, 2))
    return props.mat(
        (min(-0.32, min(x) - _ROUND), max(0.32, max(x) + _ROUND)), (min(z) - 0.2, max(z) + 0.2)
    )
