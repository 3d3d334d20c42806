"""Fingers and thumb: from a hand's curl and spread to the turn of every finger bone.

The mesh is modelled with spread, half-bent fingers. Here each bone is first laid straight along
the hand, so that 0 means a straight, closed hand on every body.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from stretchkit.figure.pose import Arm
from stretchkit.figure.rotations import Matrix, Vector, about_y, about_z, swing, unit

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_FAN = {2: -4.5, 3: 0.0, 4: 3.0, 5: 5.0}
"""How far closed fingers lean to the thumb, degrees: to the middle finger, which they touch."""

_SPREAD = {2: 1.0, 3: 0.1, 4: -0.75, 5: -1.6}
"""Share of the spread that each finger takes."""

_CASCADE = {2: 0.86, 3: 1.0, 4: 1.05, 5: 1.08}
"""Share of the curl that each finger takes: a hand at ease closes toward the little finger."""

_KNUCKLES = (0.92, 1.08, 0.64)
"""Share of the curl that each knuckle takes, from the palm on."""

_CLOSING = 0.8
"""A curled finger leans to the middle of the palm; at 90 degrees by this share of its lean."""

_THUMB: tuple[tuple[float, tuple[tuple[float, float, float], ...]], ...] = (
    # degrees of flexion: where its three bones point (along the fingers, to the palm, sideways)
    (-30.0, ((0.62, 0.20, 0.76), (0.80, 0.08, 0.60), (0.88, 0.02, 0.47))),
    (0.0, ((0.74, 0.46, 0.49), (0.94, 0.26, 0.22), (0.98, 0.19, 0.06))),
    (30.0, ((0.66, 0.62, 0.42), (0.75, 0.62, -0.20), (0.75, 0.42, -0.50))),
    (45.0, ((0.70, 0.60, 0.40), (0.60, 0.66, -0.45), (0.45, 0.05, -0.89))),
)
_THUMB_SHARE = 0.3


def finger_rest(body: Body, side: str) -> dict[int, tuple[Vector, Vector, Vector]]:
    """Return where the three bones of each finger point at rest, from the thumb (1) on."""
    found = {}
    for finger in range(1, 6):
        at = [body.joints.index(f"finger{finger}-{bone}.{side}") for bone in (1, 2, 3)]
        carried = body.weight_of(f"finger{finger}-3", side=f".{side}") > 0.9  # noqa: PLR2004
        last = body.vertices[carried].mean(axis=0)
        points = [*(np.asarray(body.heads[joint], dtype=float) for joint in at), last]
        ways = [unit(points[k + 1] - points[k]) for k in range(3)]
        found[finger] = (ways[0], ways[1], ways[2])
    return found


def finger_turns(
    arm: Arm, frame: Matrix, rest: Mapping[int, tuple[Vector, Vector, Vector]], sign: float
) -> dict[int, list[Matrix]]:
    """Return how each bone of the fingers is turned against the hand.

    Args:
        arm: curl and spread of the fingers, flexion of the thumb, degrees.
        frame: the hand at rest: fingers along the first column, thumb along the third.
        rest: where the bones point at rest.
        sign: 1 for the left hand, -1 for the right.
    """
    found = {1: _thumb(arm, frame, rest[1], sign)}
    for finger in range(2, 6):
        bent = 0.0
        turns = []
        lean = _FAN[finger] + arm.spread * _SPREAD[finger]
        lean *= 1.0 - _CLOSING * min(1.0, max(0.0, arm.curl) / 90.0)
        for share, way in zip(_KNUCKLES, rest[finger], strict=True):
            bent += arm.curl * share * _CASCADE[finger]
            straight = swing(frame.T @ way, np.array([1.0, 0.0, 0.0]))
            turn = about_y(-lean) @ about_z(-bent * sign) @ straight
            turns.append(frame @ turn @ frame.T)
        found[finger] = turns
    return found


def _thumb(
    arm: Arm, frame: Matrix, rest: tuple[Vector, Vector, Vector], sign: float
) -> list[Matrix]:
    flexion = arm.curl * _THUMB_SHARE if arm.thumb is None else arm.thumb
    table = [at for at, _ in _THUMB]
    to_frame = np.array([1.0, -sign, 1.0])
    turns = []
    for bone, way in enumerate(rest):
        keys = np.array([ways[bone] for _, ways in _THUMB])
        aim = np.array([np.interp(flexion, table, keys[:, axis]) for axis in range(3)])
        turns.append(swing(way, frame @ (aim * to_frame)))
    return turns
