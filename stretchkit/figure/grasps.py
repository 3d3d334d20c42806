"""Hands and feet laid on what they touch: where the wrist or ankle goes, and how it is turned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stretchkit.figure.anchors import Anchors, Grasp
from stretchkit.figure.pose import Facing, SideName
from stretchkit.figure.rotations import LEFT, Vector, cross, frame, unit
from stretchkit.figure.skeleton import Posed, Rig, rig_of

_HAND_THICKNESS = 0.026


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A place to touch: a point, the direction out of the surface, and a direction along it."""

    point: Vector
    normal: Vector
    along: Vector


def triple(v: Vector) -> tuple[float, float, float]:
    """Return a vector as plain numbers."""
    return float(v[0]), float(v[1]), float(v[2])


def flatten(direction: Vector, normal: Vector) -> Vector:
    """Return a direction laid into the plane of a normal."""
    return unit(direction - normal * float(direction @ normal))


def lay_hand(
    anchors: Anchors, side: SideName, spot: Spot, *, gap: float = 0.0, palm_up: bool = False
) -> tuple[Vector, Facing]:
    """Return where the wrist goes and how the hand is turned, so that the palm lies on a spot."""
    palm = anchors.palm(side)
    normal = unit(spot.normal)
    along = flatten(spot.along, normal)
    facing = -normal if palm_up else normal
    thumb = cross(along, facing if side == "left" else -facing)
    turn = frame(along, thumb) @ palm.frame.T
    wrist = rig_of(anchors.body).heads[palm.joint]
    lift = gap + (_HAND_THICKNESS if palm_up else 0.0)
    at = spot.point + normal * lift - turn @ (palm.point - wrist)
    return at, Facing(triple(along), triple(thumb))


def lay_foot(anchors: Anchors, side: SideName, spot: Spot) -> tuple[Vector, Facing]:
    """Return where the ankle goes and how the foot is turned, so that the sole lies on a spot."""
    sole = anchors.sole(side)
    along = flatten(spot.along, spot.normal)
    across = cross(spot.normal, along)
    turn = frame(along, across) @ sole.frame.T
    ankle = rig_of(anchors.body).heads[sole.joint]
    at = spot.point - turn @ (sole.point - ankle)
    return at, Facing(triple(along), triple(across))


def knee_height(anchors: Anchors, side: SideName) -> float:
    """Return how high the knee joint is above the floor when kneeling."""
    rig = rig_of(anchors.body)
    joint = rig.heads[rig.index[f"lowerleg01.{side[0].upper()}"]]
    near = anchors[f"{side} knee all"].rest
    close = near[np.linalg.norm(near[:, :2] - joint[:2], axis=1) < 0.05]  # noqa: PLR2004
    return float(close[:, 2].max() - joint[2]) + 0.002


def elbow_height(anchors: Anchors, side: SideName) -> float:
    """Return how high the elbow joint is above the floor when leaning on the forearm."""
    rig = rig_of(anchors.body)
    joint = rig.heads[rig.index[f"lowerarm01.{side[0].upper()}"]]
    near = anchors[f"{side} elbow all"].rest
    return float(np.sort(np.linalg.norm(near - joint, axis=1))[: max(1, len(near) // 2)].mean())


def side_of(side: SideName) -> float:
    """Return 1 for the left side and -1 for the right."""
    return 1.0 if side == "left" else -1.0


def outward(side: SideName) -> Vector:
    """Return the direction away from the middle of the body."""
    return LEFT * side_of(side)


def grasp_point(grasp: Grasp, rig: Rig, posed: Posed) -> Vector:
    """Return where the middle of a palm or sole is in a pose."""
    offset = posed.rotations[grasp.joint] @ (grasp.point - rig.heads[grasp.joint])
    found: Vector = posed.positions[grasp.joint] + offset
    return found
