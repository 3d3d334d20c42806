"""The way that a part of the body takes from one frame to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stretchkit.figure.anchors import anchors_of
from stretchkit.figure.contact import Solved
from stretchkit.figure.mesh import Floats
from stretchkit.figure.motion import blend, glimpse
from stretchkit.figure.pose import SIDES, Pose, SideName
from stretchkit.figure.rotations import Vector, unit
from stretchkit.figure.skeleton import Posed, rig_of
from stretchkit.model.moving import ALIKE, MIDDLE, SIDED

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_JOINTS = {
    "hand": "hand_{end}",
    "wrist": "wrist_{end}",
    "elbow": "elbow_{end}",
    "shoulder": "shoulder_{end}",
    "knee": "knee_{end}",
    "foot": "toe_{end}",
    "toes": "toe_{end}",
}
_TIPS = {"fingers": "finger3-3.{end}", "thumb": "finger1-3.{end}"}
_ANCHORS = {"head": "forehead", "back": "middle of back"}
_FREE = frozenset({"hand", "wrist", "fingers", "thumb", "elbow", "knee", "foot", "heel", "toes"})
_BLADE = 0.12
"""How far from the collar bone's inner end a shoulder blade is, metres."""

_STILL = 0.004
"""A part that goes less far than this, in metres, does not move."""

_HEEL = 0.05
"""How far the heel is behind the ankle, metres."""

_BONES = {"head": "head", "chin": "head", "chest": "spine01", "upper back": "spine01"}
_TRUNK = {"shoulders", "both shoulders"}
_LEAST_TURN, _MOSTLY = 14.0, 0.75
"""A part turns if it goes about its own length by so many degrees, and little about the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The way of a part, in the room, metres; `facing` is where its skin looks to, if known.

    A part that is `free` has left its way behind it; what was the way of others is covered.
    """

    points: Floats
    facing: Vector | None = None
    free: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A part that turns about its own length, by `degrees` to the left."""

    middle: Vector
    axis: Vector
    radius: float
    degrees: float


def ways(body: Body, of: str, start: Solved, end: Solved) -> tuple[Way | Turn, ...]:
    """Return how a part goes from one frame to another: one way, or one for each side."""
    turn = _turn(body, of, start, end)
    if turn is not None:
        return (turn,)
    poses = [blend(start.pose, end.pose, share) for share in _SHARES]
    steps = [glimpse(body, start, end, share) for share in _SHARES]
    found = []
    for part, side in _parts(of):
        ends = [_place(body, frame.posed, frame.pose, part, side) for frame in (start, end)]
        points = np.array(
            [_place(body, *both, part, side)[0] for both in zip(steps, poses, strict=True)]
        )
        first, last = ends[0][0], ends[1][0]
        if part == "back":  # how it curves, not where the trunk goes
            middles = np.array([_chord(posed) for posed in steps])
            points = points - middles
            last, first = last - _chord(end.posed), first - _chord(start.posed)
            points, first, last = (each + _chord(end.posed) for each in (points, first, last))
        shares = np.array(_SHARES)[:, None]
        points = points + (first - points[0]) * (1 - shares) + (last - points[-1]) * shares
        if float(np.linalg.norm(points - points[0], axis=1).max()) > _STILL:
            found.append(Way(points, ends[1][1], part in _FREE))
    return tuple(found)


def _parts(of: str) -> Iterator[tuple[str, SideName | None]]:
    """Yield the part that a word means, on one side, on both, or in the middle."""
    if of in MIDDLE:
        yield of, None
        return
    first, _, rest = of.partition(" ")
    named = rest if first in {"left", "right", "both"} else of
    ones = {both: one for one, both in SIDED.items()} | {part: part for part in ALIKE}
    part = ones.get(named, named)
    for side in SIDES:
        if first not in SIDES or first == side:
            yield part, side


def _place(
    body: Body, posed: Posed, pose: Pose, part: str, side: SideName | None
) -> tuple[Vector, Vector | None]:
    """Return where a part is, metres, and where its skin looks to."""
    if side is not None and part in _JOINTS:
        return posed.points[_JOINTS[part].format(end=side[0])], None
    if side is not None and part in _TIPS:
        joint = rig_of(body).index[_TIPS[part].format(end=side[0].upper())]
        return posed.positions[joint], None
    if part == "heel":
        end = str(side)[0]
        return posed.points[f"ankle_{end}"] - _HEEL * posed.axes[f"foot_{end}"], None
    if part == "hips":
        return (posed.points["hip_l"] + posed.points["hip_r"]) / 2, None
    name = _ANCHORS.get(part, part)
    at, out = anchors_of(body)[name if side is None else f"{side} {name}"].point(posed)
    if part == "belly":
        at = at + out * pose.belly
    if side is not None and part == "shoulder blade":
        at = at + _glide(pose, side, posed)
    return at, out


def _chord(posed: Posed) -> Vector:
    """Return the middle between hips and shoulders."""
    points = (posed.points[f"{name}_{end}"] for name in ("hip", "shoulder") for end in "lr")
    found: Vector = sum(points, np.zeros(3)) / 4
    return found


def _glide(pose: Pose, side: SideName, posed: Posed) -> Vector:
    """Return how far a shoulder blade has gone over the ribs: the skin above it stays."""
    arm = pose.arm(side)
    across = unit(posed.points["shoulder_l"] - posed.points["shoulder_r"])
    outward = across if side == "left" else -across
    found: Vector = _BLADE * (
        np.radians(arm.protraction) * outward + np.radians(arm.elevation) * posed.axes["chest"]
    )
    return found


def _turn(body: Body, of: str, start: Solved, end: Solved) -> Turn | None:
    bone = "spine01" if of in _TRUNK else _BONES.get(of)
    if bone is None:
        return None
    joint = rig_of(body).index[bone]
    before, after = (frame.posed.rotations[joint] for frame in (start, end))
    change = after @ before.T
    vector = np.array(
        [change[2, 1] - change[1, 2], change[0, 2] - change[2, 0], change[1, 0] - change[0, 1]]
    )
    angle = float(np.degrees(np.arccos(np.clip((np.trace(change) - 1) / 2, -1, 1))))
    if angle < _LEAST_TURN:
        return None
    axis = unit(after[:, 1])
    along = float(unit(vector) @ axis)
    if abs(along) < _MOSTLY:
        return None
    points = end.posed.points
    if bone == "head":
        middle, radius = points["head"], 0.15
    else:
        middle = (points["shoulder_l"] + points["shoulder_r"]) / 2
        radius = 0.26
    return Turn(middle, axis, radius, angle * along)
