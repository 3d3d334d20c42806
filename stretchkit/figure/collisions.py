"""Where a body runs into things: limbs as rounded bones, the trunk and the head by their skin."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from stretchkit.figure.anchors import anchors_of
from stretchkit.figure.grasps import triple
from stretchkit.figure.pose import SIDES, Pose, Reach
from stretchkit.figure.rotations import Vector, about, unit
from stretchkit.figure.skeleton import Posed, solve, two_bones
from stretchkit.figure.solids import Floats, Solid
from stretchkit.figure.things import THING_OF, solids
from stretchkit.figure.touch import rests

if TYPE_CHECKING:
    from stretchkit.figure.body import Body
    from stretchkit.figure.contact import Solved
    from stretchkit.figure.touch import Touches

_BONES = (
    # name, from, to, radius in metres, from and to which share of the bone
    ("upper arm", "shoulder", "elbow", 0.038, 0.35, 1.0),
    ("forearm", "elbow", "wrist", 0.028, 0.0, 1.0),
    ("thigh", "hip", "knee", 0.060, 0.35, 0.95),
    ("lower leg", "knee", "ankle", 0.042, 0.0, 0.95),
)
_ON_SEAT = ("thigh", "lower leg")
_GRAIN = 9
FLESH = 0.022
"""Flesh gives by so many metres; deeper is in the thing."""

SPINE = 0.07
"""What lies around the spine at least, metres."""

_PRESSED, _TRUNK_FLESH = 0.035, 0.03
_BENT_OVER, _BENT_DEPTH = frozenset({"upper back", "lower back", "back", "shoulder blades"}), 0.05
"""A back that lies over something round has it nearer to the spine."""

_CLEAR = 0.004
_TURNS = (0.0, 15.0, -15.0, 30.0, -30.0, 45.0, -45.0, 60.0, -60.0, 80.0, -80.0, 100.0, -100.0)
_ARM_RADII = (0.042, 0.034)


@dataclass(frozen=True, slots=True)
class Collision:
    """A part of the body that is inside a thing, and how deep, metres."""

    part: str
    thing: str
    depth: float


def collisions(body: Body, solved: Solved) -> Iterator[Collision]:
    """Yield what is in what, the deepest place of each part in each thing."""
    touching = {
        (part, THING_OF.get(words.target)) for part, words in solved.words.items() if rests(words)
    }
    trunk = _trunk(body, solved.posed)
    points = solved.posed.points
    for name, thing in sorted(solved.things.items()):
        hard = solids(thing, sat="seat bones" in solved.words)
        if not hard:
            continue
        for side in SIDES:
            for bone, start, end, radius, low, high in _BONES:
                a, b = points[f"{start}_{side[0]}"], points[f"{end}_{side[0]}"]
                share = np.linspace(low, high, _GRAIN)[:, None]
                depth, met = _deepest(a + share * (b - a), hard, radius)
                part = f"{side} {bone}"
                sits = bone in _ON_SEAT and ("seat bones", name) in touching
                if depth > (_PRESSED if sits or (part, name) in touching else FLESH):
                    yield Collision(part, met, depth)
        bends = any(part in _BENT_OVER and kind == name for part, kind in touching)
        depth, met = _deepest(spine_of(solved.posed), hard, SPINE)
        if depth > (_BENT_DEPTH if bends else FLESH):
            yield Collision("trunk", met, depth)
            trunk.pop("trunk", None)
        for part, skin in trunk.items():
            depth, met = _deepest(skin, hard, 0.0)
            if depth > _TRUNK_FLESH:
                yield Collision(part, met, depth)


def spine_of(posed: Posed) -> Floats:
    """Return points along the spine: a trunk may be on both sides of something thin."""
    low, high = posed.points["root"], posed.points["neck"]
    middle = posed.points["lumbar"]
    share = np.linspace(0.0, 1.0, _GRAIN // 2, endpoint=False)[:, None]
    found: Floats = np.concatenate([low + share * (middle - low), middle + share * (high - middle)])
    return found


def _deepest(points: Floats, hard: Sequence[Solid], radius: float) -> tuple[float, str]:
    depths = [(float(radius - solid.away(points).min()), solid.name) for solid in hard]
    return max(depths)


def _trunk(body: Body, posed: Posed) -> dict[str, Floats]:
    """Return points of the skin of the head and of the trunk."""
    guard = anchors_of(body).guard(arms=True)
    skin = guard.posed(posed)
    names = np.array(body.joints)[guard.joints[:, 0]]
    kinds = [_kind(str(name)) for name in names]
    return {kind: skin[[each == kind for each in kinds]] for kind in ("head", "trunk")}


def _kind(joint: str) -> str:
    if joint.startswith("head"):
        return "head"
    return "trunk" if joint.startswith(("spine", "root", "pelvis", "clavicle", "neck")) else "limb"


# ---- elbows


def clear_elbows(t: Touches, pose: Pose) -> Pose:
    """Return the pose with the elbows swung round, where they or the arms were in a thing."""
    sat = "seat bones" in t.contacts
    hard = [solid for thing in t.things.values() for solid in solids(thing, sat=sat)]
    if not hard:
        return pose
    posed = solve(t.body, pose, fingers=False)
    for side in SIDES:
        arm = pose.arm(side)
        if not isinstance(arm.limb, Reach):
            continue
        shoulder, at = posed.points[f"shoulder_{side[0]}"], np.array(arm.limb.at)
        lengths, pole = t.rig.lengths[f"{side} arm"], np.array(arm.limb.pole)
        axis = unit(at - shoulder)
        best, least = pole, math.inf
        for turn in _TURNS:
            swung = about(axis, turn) @ pole
            inside = _arm_inside(shoulder, at, lengths, swung, hard)
            if turn == 0.0 and inside < _CLEAR:
                break
            cost = max(0.0, inside - _CLEAR) * 100.0 + abs(turn) / 60.0
            if cost < least:
                best, least = swung, cost
        arm = replace(arm, limb=Reach(arm.limb.at, triple(best)))
        pose = pose.with_arm(side, arm)
    return pose


def _arm_inside(
    shoulder: Vector,
    at: Vector,
    lengths: tuple[float, float],
    pole: Vector,
    hard: Sequence[Solid],
) -> float:
    """Return how deep an arm is in things, metres; its last piece may touch what it holds."""
    upper, lower, _ = two_bones(shoulder, at, lengths, pole)
    elbow = shoulder + upper * lengths[0]
    share = np.linspace(0.3, 1.0, _GRAIN)[:, None]
    one, _ = _deepest(shoulder + share * (elbow - shoulder), hard, _ARM_RADII[0])
    share = np.linspace(0.0, 0.8, _GRAIN)[:, None]
    other, _ = _deepest(elbow + share * lower * lengths[1], hard, _ARM_RADII[1])
    return max(one, other, 0.0)


__all__ = ["FLESH", "SPINE", "Collision", "clear_elbows", "collisions", "spine_of"]
