"""A person's skeleton in a pose: from joint angles to where every bone is, and to the skin."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.fingers import finger_turns
from stretchkit.figure.pose import SIDES, Along, Arm, Bend, Facing, Leg, Pose, Reach, SideName
from stretchkit.figure.rig import Posed, Rig, rig_of
from stretchkit.figure.rotations import (
    LEFT,
    UP,
    Matrix,
    Vector,
    about,
    about_x,
    about_y,
    about_z,
    angle_between,
    cross,
    frame,
    part_of,
    swing,
    trunk_turn,
    unit,
)

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_RHYTHM_FROM, _RHYTHM_SHARE = 50.0, 0.23
"""Beyond this elevation of the arm, degrees, the collar bone rises by this share of the rest."""

_LUMBAR = (("spine07", 0.36), ("spine06", 0.34), ("spine05", 0.30))
_THORACIC = (("spine04", 0.28), ("spine03", 0.28), ("spine02", 0.26), ("spine01", 0.18))
_NECK = (("neck01", 0.4), ("neck02", 0.3), ("neck03", 0.3))
_HEAD = (("head", 1.0),)
_BELOW_ANKLE = np.array([0.714, 0.669, 0.205])
"""The axis of the joint below the ankle: ahead, up and to the middle (42° up, 16° in; Manter)."""

_UPPER_ARM_TWIST, _FOREARM_TWIST = 0.5, 0.55


def two_bones(
    start: Vector, end: Vector, lengths: tuple[float, float], pole: Vector
) -> tuple[Vector, Vector, Vector]:
    """Return the directions of two bones from `start` toward `end`, and the axis they hinge on.

    The bones keep their lengths: an end out of reach is reached for, with the limb straight.
    """
    first, second = lengths
    way = end - start
    distance = math.sqrt(float(way @ way))
    along = unit(way)
    side = pole - along * float(pole @ along)
    if float(side @ side) < 1e-8:  # noqa: PLR2004 - the pole says nothing
        side = frame(along, UP)[:, 2]
    side = unit(side)
    distance = min(max(distance, abs(first - second) + 1e-4), (first + second) * 0.9998)
    cosine = (first * first + distance * distance - second * second) / (2 * first * distance)
    sine = math.sqrt(max(0.0, 1.0 - cosine * cosine))
    upper = along * cosine + side * sine
    lower = unit(along * distance - upper * first)
    return upper, lower, unit(cross(side, along))


def solve(body: Body, pose: Pose, *, fingers: bool = True) -> Posed:
    """Return the skeleton of a body in a pose; without fingers it is quicker, for a search."""
    return _Solver(rig_of(body), pose).run(fingers=fingers)


class _Solver:
    """Places one joint after another, parents first."""

    def __init__(self, rig: Rig, pose: Pose) -> None:
        self.rig = rig
        self.pose = pose
        self.turns = np.zeros((len(rig.heads), 3, 3))
        self.turns[:] = _REST
        self.places = rig.heads.copy()
        self.axes: dict[str, Vector] = {}

    def run(self, *, fingers: bool) -> Posed:
        rig, pose = self.rig, self.pose
        root = rig.index["root"]
        self.turns[root] = pose.orientation
        at = np.array(pose.root, dtype=float)
        self.places[root] = at + self.turns[root] @ (rig.heads[root] - rig.middle)
        self._carry_part(_bent(rig, "root", (_LUMBAR, pose.lumbar)))
        self._carry_part(_bent(rig, "spine05", (_THORACIC, pose.thoracic)))
        self._carry_part(_bent(rig, "spine01", (_NECK, pose.neck), (_HEAD, pose.head)))
        for side in SIDES:
            leg, arm = pose.leg(side), pose.arm(side)
            if leg.limb is None and leg.foot is None:
                self._carry_part(_free_leg(rig, side, leg))
            else:
                self.leg(side, leg)
            if arm.limb is None and arm.hand is None:
                self._carry_part(_free_arm(rig, side, arm, fingers=fingers))
            else:
                self.arm(side, arm, fingers=fingers)
        points: dict[str, Vector] = {name: self.places[at] for name, at in rig.points.items()}
        points["root"] = at
        self.axes["chest"] = self.turns[rig.index["spine01"]] @ UP
        return Posed(self.turns, self.places, points, self.axes)

    def part(self, bone: str) -> _Part:
        """Return what has been posed of a solver that knows but one bone, upright at nought."""
        known = self.rig.index[bone]
        turned = np.flatnonzero(~np.isnan(self.turns[:, 0, 0]))
        placed = np.flatnonzero(~np.isnan(self.places[:, 0]))
        turned, placed = turned[turned != known], placed[placed != known]
        return _Part(known, turned, self.turns[turned], placed, self.places[placed], self.axes)

    @classmethod
    def on(cls, rig: Rig, bone: str) -> _Solver:
        """Return a solver that knows but one bone, upright at nought."""
        found = cls(rig, _NO_POSE)
        found.turns[:], found.places[:] = np.nan, np.nan
        found.turns[rig.index[bone]], found.places[rig.index[bone]] = _REST, 0.0
        return found

    def _carry_part(self, part: _Part) -> None:
        turn = self.turns[part.bone]
        self.turns[part.turned] = turn @ part.turns
        self.places[part.placed] = self.places[part.bone] + part.places @ turn.T
        for name, axis in part.axes.items():
            self.axes[name] = turn @ axis

    def _at(self, name: str) -> Vector:
        found: Vector = self.places[self.rig.index[name]]
        return found

    def _place(self, name: str) -> int:
        joint = self.rig.index[name]
        parent = self.rig.parents[joint]
        offset = self.rig.heads[joint] - self.rig.heads[parent]
        self.places[joint] = self.places[parent] + self.turns[parent] @ offset
        return joint

    def _turn(self, name: str, turn: Matrix) -> Vector:
        joint = self._place(name)
        self.turns[joint] = turn
        found: Vector = self.places[joint]
        return found

    def _carry(self, name: str, start: str, turn: Matrix) -> None:
        """Place a joint as a rigid bone from `start` would, so that limbs keep their lengths."""
        index, heads = self.rig.index, self.rig.heads
        offset = heads[index[name]] - heads[index[start]]
        self.places[index[name]] = self.places[index[start]] + turn @ offset

    def trunk(self, name: str, bend: Bend, share: float) -> None:
        joint = self._place(name)
        parent = self.turns[self.rig.parents[joint]]
        bent = trunk_turn(bend.flexion * share, bend.side * share, bend.turn * share)
        self.turns[joint] = parent @ bent

    def leg(self, side: SideName, leg: Leg) -> None:
        rig, s, sign = self.rig, side[0].upper(), 1.0 if side == "left" else -1.0
        pelvis = self.turns[rig.index["root"]]
        self._turn(f"pelvis.{s}", pelvis)
        hip = self.places[self._place(f"upperleg01.{s}")]
        if isinstance(leg.limb, Reach):
            at, pole = np.array(leg.limb.at), np.array(leg.limb.pole)
            upper, lower, hinge = two_bones(hip, at, rig.lengths[f"{side} leg"], pole)
        elif leg.limb is not None:
            upper, lower = unit(leg.limb.upper), unit(leg.limb.lower)
            hinge = unit(cross(upper, lower))
        else:
            turn = (
                pelvis
                @ about_x(-leg.flexion)
                @ about_z(leg.abduction * sign)
                @ about_y(leg.rotation * sign)
            )
            upper, hinge = turn @ -UP, turn @ LEFT
            lower = about(hinge, leg.knee) @ upper
        thigh = frame(upper, hinge) @ rig.frames[f"{side} thigh"].T
        shin = frame(lower, hinge) @ rig.frames[f"{side} shin"].T
        for name, turn in (("upperleg01", thigh), ("upperleg02", thigh)):
            self._turn(f"{name}.{s}", turn)
        for name, turn in (("lowerleg01", shin), ("lowerleg02", shin)):
            self._turn(f"{name}.{s}", turn)
        if leg.foot is not None:
            foot = _facing(leg.foot)
        else:
            foot = frame(about(hinge, leg.ankle) @ cross(lower, hinge), hinge)
            if leg.inversion:
                ahead, down, left = foot.T
                axis = _BELOW_ANKLE @ np.array([ahead, -down, -sign * left])
                foot = about(axis, -sign * leg.inversion) @ foot
        turn = foot @ rig.frames[f"{side} foot"].T
        self._turn(f"foot.{s}", turn)
        self._turn(f"toes.{s}", about(foot[:, 2], -leg.toes) @ turn if leg.toes else turn)
        self.axes[f"knee_{side[0]}"] = hinge
        self.axes[f"foot_{side[0]}"] = foot[:, 0]

    def arm(self, side: SideName, arm: Arm, *, fingers: bool) -> None:
        rig, s, sign = self.rig, side[0].upper(), 1.0 if side == "left" else -1.0
        chest = self.turns[rig.index["spine01"]]
        turn = (
            chest
            @ about_x(-arm.flexion)
            @ about_z(arm.abduction * sign)
            @ about_y(arm.rotation * sign)
        )
        offset = rig.heads[rig.index[f"upperarm01.{s}"]] - rig.heads[rig.index["spine01"]]
        if isinstance(arm.limb, Reach):
            upper = unit(np.array(arm.limb.at) - (self._at("spine01") + chest @ offset))
        elif arm.limb is not None:
            upper = unit(arm.limb.upper)
        else:
            upper = turn @ -UP
        raised = angle_between(upper, chest @ -UP)
        rise = arm.elevation + max(0.0, raised - _RHYTHM_FROM) * _RHYTHM_SHARE
        collar = chest @ about_z(rise * sign) @ about_y(-arm.protraction * sign)
        self._turn(f"clavicle.{s}", collar)
        self._turn(f"shoulder01.{s}", collar)
        shoulder = self.places[self._place(f"upperarm01.{s}")]
        if isinstance(arm.limb, Reach):
            at, pole = np.array(arm.limb.at), np.array(arm.limb.pole)
            upper, lower, hinge = two_bones(shoulder, at, rig.lengths[f"{side} arm"], pole)
        elif arm.limb is not None:
            lower, hinge = unit(arm.limb.lower), _hinge(arm.limb, chest)
        else:
            hinge = turn @ -LEFT
            lower = about(hinge, arm.elbow) @ upper
        whole = frame(upper, hinge) @ rig.frames[f"{side} upper arm"].T
        bare = swing(collar @ rig.frames[f"{side} upper arm"][:, 0], upper) @ collar
        self._turn(f"upperarm01.{s}", bare @ part_of(bare.T @ whole, _UPPER_ARM_TWIST))
        forearm = frame(lower, hinge) @ rig.frames[f"{side} forearm"].T
        for name, start, bone in (
            (f"upperarm02.{s}", f"upperarm01.{s}", whole),
            (f"lowerarm01.{s}", f"upperarm01.{s}", whole),
            (f"lowerarm02.{s}", f"lowerarm01.{s}", forearm),
            (f"wrist.{s}", f"lowerarm01.{s}", forearm),
        ):
            self._carry(name, start, bone)
        self.turns[rig.index[f"upperarm02.{s}"]] = whole
        self.turns[rig.index[f"lowerarm01.{s}"]] = forearm
        hand = _hand_frame(arm, sign, lower, hinge)
        palm = hand @ rig.frames[f"{side} hand"].T
        straight = swing(hand[:, 0], lower) @ palm
        twisted = swing(straight @ rig.frames[f"{side} forearm"][:, 0], lower) @ straight
        twist = part_of(forearm.T @ twisted, _FOREARM_TWIST)
        self.turns[rig.index[f"lowerarm02.{s}"]] = forearm @ twist
        self.turns[rig.index[f"wrist.{s}"]] = palm
        if fingers:
            self._fingers(side, arm)
        self._place(f"finger3-1.{s}")
        self.axes[f"elbow_{side[0]}"] = hinge

    def _fingers(self, side: SideName, arm: Arm) -> None:
        s, sign = side[0].upper(), 1.0 if side == "left" else -1.0
        hand = self.turns[self.rig.index[f"wrist.{s}"]]
        rest = self.rig.frames[f"{side} hand"]
        turns = finger_turns(arm, rest, self.rig.fingers[side], sign)
        for finger, bones in turns.items():
            for bone, turn in enumerate(bones, 1):
                self._turn(f"finger{finger}-{bone}.{s}", hand @ turn)


_REST: Matrix = np.eye(3)
_NO_POSE = Pose()
_KEPT = 256


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Joints that are rigid with a bone while their angles stay: how they are on it upright.

    A search moves one angle at a time, so nearly all parts are as they were.
    """

    bone: int
    turned: NDArray[np.int_]
    turns: NDArray[np.float64]
    placed: NDArray[np.int_]
    places: NDArray[np.float64]
    axes: Mapping[str, Vector]


@lru_cache(maxsize=_KEPT)
def _bent(rig: Rig, bone: str, *chains: tuple[tuple[tuple[str, float], ...], Bend]) -> _Part:
    solver = _Solver.on(rig, bone)
    for chain, bend in chains:
        for name, share in chain:
            solver.trunk(name, bend, share)
    return solver.part(bone)


@lru_cache(maxsize=_KEPT)
def _free_leg(rig: Rig, side: SideName, leg: Leg) -> _Part:
    solver = _Solver.on(rig, "root")
    solver.leg(side, leg)
    return solver.part("root")


@lru_cache(maxsize=_KEPT)
def _free_arm(rig: Rig, side: SideName, arm: Arm, *, fingers: bool) -> _Part:
    solver = _Solver.on(rig, "spine01")
    solver.arm(side, arm, fingers=fingers)
    return solver.part("spine01")


@lru_cache(maxsize=_KEPT)
def _facing(facing: Facing) -> Matrix:
    return frame(np.array(facing.along), np.array(facing.across))


def _hand_frame(arm: Arm, sign: float, lower: Vector, hinge: Vector) -> Matrix:
    """Return how a hand is turned: fingers along the first column, thumb along the third."""
    if arm.hand is not None:
        return _facing(arm.hand)
    thumb = about(lower, arm.pronation * sign) @ cross(hinge, lower)
    along = about(thumb, -arm.wrist * sign) @ lower
    bent = about(cross(thumb, along), -arm.deviation)
    return frame(bent @ along, bent @ thumb)


def _hinge(limb: Along, chest: Matrix) -> Vector:
    """Return the axis of an elbow whose bones are given; a straight one takes the pole's."""
    hinge = cross(unit(limb.upper), unit(limb.lower))
    if float(hinge @ hinge) > 1e-3 or limb.pole is None:  # noqa: PLR2004 - bent enough to see
        return unit(hinge) if float(hinge @ hinge) > 0 else chest @ -LEFT
    return unit(cross(np.array(limb.pole), unit(limb.upper)))


def skin(
    body: Body,
    posed: Posed,
    vertices: NDArray[np.float64] | None = None,
    *,
    joints: NDArray[np.int_] | None = None,
    weights: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return rest vertices carried by the bones: by default those of the body itself.

    `joints` and `weights` are those of the vertices given, each with six columns.
    """
    rest = body.vertices if vertices is None else vertices
    joints = body.weight_joints if joints is None else joints
    weights = body.weights if weights is None else weights
    offsets = posed.positions - np.einsum("jab,jb->ja", posed.rotations, rig_of(body).heads)
    affine = np.concatenate([posed.rotations, offsets[:, :, None]], axis=2).reshape(-1, 12)
    blended = np.zeros((len(rest), 12))
    for column in range(joints.shape[1]):
        blended += weights[:, column, None] * affine[joints[:, column]]
    matrices = blended.reshape(-1, 3, 4)
    found: NDArray[np.float64] = (
        np.einsum("nab,nb->na", matrices[:, :, :3], rest) + matrices[:, :, 3]
    )
    return found


__all__ = [
    "SIDES",
    "Along",
    "Arm",
    "Bend",
    "Facing",
    "Leg",
    "Pose",
    "Posed",
    "Reach",
    "Rig",
    "SideName",
    "rig_of",
    "skin",
    "solve",
    "two_bones",
]
