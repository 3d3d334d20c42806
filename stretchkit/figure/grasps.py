"""Hands and feet laid on what they touch: where the wrist or ankle goes, and how it is turned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from stretchkit.figure.anchors import Anchors, Grasp
from stretchkit.figure.pose import Facing, Leg, Pose, SideName
from stretchkit.figure.rotations import LEFT, Vector, about, angle_between, cross, frame, unit
from stretchkit.figure.skeleton import Posed, Rig, rig_of, solve

_HAND_THICKNESS = 0.026
_BENDS = (0.0, 30.0, 60.0, 90.0, 120.0)
_KNEECAP, _GIVE = 0.06, 0.004
"""How far around its joint a knee is looked at, and by how much skin gives, metres."""


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


@lru_cache(maxsize=64)  # a search lays it on the same spot again and again
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


@lru_cache(maxsize=64)
def lay_foot(anchors: Anchors, side: SideName, spot: Spot) -> tuple[Vector, Facing]:
    """Return where the ankle goes and how the foot is turned, so that the sole lies on a spot."""
    sole = anchors.sole(side)
    along = flatten(spot.along, spot.normal)
    across = cross(spot.normal, along)
    turn = frame(along, across) @ sole.frame.T
    ankle = rig_of(anchors.body).heads[sole.joint]
    at = spot.point - turn @ (sole.point - ankle)
    return at, Facing(triple(along), triple(across))


@lru_cache(maxsize=64)
def ball_of_foot(anchors: Anchors, side: SideName, spot: Spot) -> Vector:
    """Return where the joint of the toes is when the sole lies on a spot."""
    ankle, facing = lay_foot(anchors, side, spot)
    rig, s = rig_of(anchors.body), side[0].upper()
    sole = anchors.sole(side)
    turn = frame(np.array(facing.along), np.array(facing.across)) @ sole.frame.T
    found: Vector = ankle + turn @ (rig.heads[rig.index[f"toes.{s}"]] - rig.heads[sole.joint])
    return found


@lru_cache(maxsize=64)
def raise_heel(
    anchors: Anchors, side: SideName, spot: Spot, degrees: float
) -> tuple[Vector, Facing]:
    """Return where the ankle goes and how the foot is turned, on its toes by so many degrees."""
    ankle, facing = lay_foot(anchors, side, spot)
    ball = ball_of_foot(anchors, side, spot)
    turn = about(np.array(facing.across), degrees)
    along = turn @ np.array(facing.along)
    return ball + turn @ (ankle - ball), Facing(triple(along), facing.across)


def knee_bend(spot: Spot, hip: Vector) -> float:
    """Return how far a knee on a spot is bent, degrees, with the shin along the floor."""
    return angle_between(spot.point - hip, spot.along)


def knee_height(anchors: Anchors, side: SideName, bend: float) -> float:
    """Return how high the knee joint is above the floor under a level shin.

    A straight knee (`bend` 0 degrees) lies on its cap, one of a person who kneels upright (90)
    on the head of the shin.
    """
    return float(np.interp(bend, _BENDS, _knee_heights(anchors, side)))


@lru_cache(maxsize=32)
def _knee_heights(anchors: Anchors, side: SideName) -> tuple[float, ...]:
    body, end = anchors.body, side[0]
    found = []
    for bend in _BENDS:
        level = Pose().with_leg(side, Leg(flexion=bend - 90.0, knee=bend))
        posed = solve(body, level, fingers=False)
        joint = posed.points[f"knee_{end}"]
        skin = anchors[f"{side} knee all"].posed(posed)
        near = skin[np.abs(skin[:, 2] - joint[2]) < _KNEECAP]
        found.append(float(joint[1] - near[:, 1].min()) - _GIVE)
    return tuple(found)


def tucked_height(anchors: Anchors, side: SideName) -> float:
    """Return how high the ankle is above the floor when the foot stands upright on its toes."""
    rig, s = rig_of(anchors.body), side[0].upper()
    ball = rig.heads[rig.index[f"toes.{s}"]]
    way = ball - rig.heads[rig.index[f"foot.{s}"]]
    return float(np.hypot(way[1], way[2]) + ball[1] - anchors.sole(side).point[1])


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
