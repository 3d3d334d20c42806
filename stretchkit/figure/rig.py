"""A person's skeleton at rest, measured once for each body, and what one in a pose is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.fingers import finger_rest
from stretchkit.figure.pose import SIDES, SideName
from stretchkit.figure.rotations import LEFT, Matrix, Vector, cross, frame

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_POINTS = {"head": "head", "neck": "neck01", "chest": "spine01", "lumbar": "spine05"}
_LIMB_POINTS = {
    "hip": "upperleg01",
    "knee": "lowerleg01",
    "ankle": "foot",
    "toe": "toes",
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
    "hand": "finger3-1",
}


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A skeleton in a pose: the turn from rest and the place of every joint.

    `points` names the places that people speak of: `knee_l`, `wrist_r`, `head`, `lumbar` …
    `axes` holds the directions that elbows and knees flex about, `chest` up the
    chest, and `foot_l` along the sole to the toes.
    """

    rotations: NDArray[np.float64]
    positions: NDArray[np.float64]
    points: Mapping[str, Vector]
    axes: Mapping[str, Vector] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Rig:
    """What the skeleton of one body is like at rest."""

    index: Mapping[str, int]
    parents: tuple[int, ...]
    heads: NDArray[np.float64]
    frames: Mapping[str, Matrix]
    lengths: Mapping[str, tuple[float, float]]
    fingers: Mapping[SideName, Mapping[int, tuple[Vector, Vector, Vector]]]
    middle: Vector
    points: Mapping[str, int]


_RIGS: dict[int, tuple[Body, Rig]] = {}


def rig_of(body: Body) -> Rig:
    """Return the skeleton of a body at rest, measured once for each body."""
    known = _RIGS.get(id(body))
    if known is None or known[0] is not body:
        known = _RIGS[id(body)] = (body, _measure(body))
    return known[1]


def _measure(body: Body) -> Rig:
    index = {name: number for number, name in enumerate(body.joints)}
    heads = np.asarray(body.heads, dtype=float)
    frames: dict[str, Matrix] = {}
    lengths: dict[str, tuple[float, float]] = {}

    def way(start: str, end: str) -> Vector:
        found: Vector = heads[index[end]] - heads[index[start]]
        return found

    for side in SIDES:
        s = side[0].upper()
        upper = way(f"upperarm01.{s}", f"lowerarm01.{s}")
        lower = way(f"lowerarm01.{s}", f"wrist.{s}")
        hinge = cross(upper, lower)
        frames[f"{side} upper arm"] = frame(upper, hinge)
        frames[f"{side} forearm"] = frame(lower, hinge)
        across = way(f"finger5-1.{s}", f"finger2-1.{s}")
        frames[f"{side} hand"] = frame(way(f"wrist.{s}", f"finger3-1.{s}"), across)
        lengths[f"{side} arm"] = (float(np.linalg.norm(upper)), float(np.linalg.norm(lower)))
        thigh = way(f"upperleg01.{s}", f"lowerleg01.{s}")
        shin = way(f"lowerleg01.{s}", f"foot.{s}")
        frames[f"{side} thigh"] = frame(thigh, LEFT)
        frames[f"{side} shin"] = frame(shin, LEFT)
        foot = way(f"foot.{s}", f"toes.{s}")
        foot[1] = 0.0  # the sole is level at rest
        frames[f"{side} foot"] = frame(foot, LEFT)
        lengths[f"{side} leg"] = (float(np.linalg.norm(thigh)), float(np.linalg.norm(shin)))
    middle = (heads[index["upperleg01.L"]] + heads[index["upperleg01.R"]]) / 2.0
    parents = tuple(int(p) for p in body.parents)
    fingers = {side: finger_rest(body, side[0].upper()) for side in SIDES}
    points = {name: index[joint] for name, joint in _POINTS.items()}
    for side in SIDES:
        for name, joint in _LIMB_POINTS.items():
            points[f"{name}_{side[0]}"] = index[f"{joint}.{side[0].upper()}"]
    return Rig(index, parents, heads, frames, lengths, fingers, middle, points)
