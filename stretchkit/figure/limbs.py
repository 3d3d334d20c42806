"""Limbs brought to their spots, exactly, by two bones and a pole."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from stretchkit.figure.grasps import (
    Spot,
    elbow_height,
    flatten,
    knee_bend,
    knee_height,
    lay_foot,
    lay_hand,
    outward,
    raise_heel,
    side_of,
    triple,
    tucked_height,
)
from stretchkit.figure.pose import SIDES, Along, Facing, Pose, Reach, SideName
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.pose_words import HELD
from stretchkit.figure.rotations import FORWARD, UP, Matrix, Vector, cross, unit
from stretchkit.figure.skeleton import Posed, solve, two_bones
from stretchkit.figure.spots import body_spot
from stretchkit.figure.touch import Touches, free_arms, rests

_LIMB = 0.003
"""How far a limb may fall short, metres, at the cost of one."""

_STRAIGHT = 0.9995
_BENT = 20.0
"""From so many degrees on, the angles of an arm say where its elbow points."""
_HEEL_UP, _TOES_TUCKED = 42.0, 78.0
"""How far the toes bend when the heel is up and when they are tucked under, degrees."""


def place_limbs(t: Touches, pose: Pose) -> tuple[Pose, list[float], Posed]:
    """Return the pose with limbs on their places, by how much they miss, and all but arms."""
    misses: list[float] = []
    for side in SIDES:
        if t.lands(f"{side} foot"):
            pose = _place_foot(t, side, pose, misses)
        elif f"{side} knee" in t.contacts:
            pose = _place_knee(t, side, pose, misses)
    legs = solve(t.body, free_arms(pose), fingers=False)
    for side in SIDES:
        if f"{side} hand" in t.contacts:
            pose = _place_hand(t, side, pose, legs, misses)
        elif f"{side} forearm" in t.contacts:
            pose = _place_forearm(t, side, pose, legs, misses)
    return pose, misses, legs


def _hip(t: Touches, side: SideName, pose: Pose) -> Vector:
    rest = t.rig.heads[t.rig.index[f"upperleg01.{side[0].upper()}"]]
    found: Vector = np.array(pose.root) + pose.orientation @ (rest - t.rig.middle)
    return found


def _place_foot(t: Touches, side: SideName, pose: Pose, misses: list[float]) -> Pose:
    spot = t.spots[f"{side} foot"]
    leg = pose.leg(side)
    raised = t.contacts[f"{side} foot"].place == "heel up"
    if raised:
        leg = replace(leg, toes=leg.toes or _HEEL_UP)
        at, facing = raise_heel(t.anchors, side, spot, leg.toes)
    else:
        at, facing = lay_foot(t.anchors, side, spot)
    first, second = t.rig.lengths[f"{side} leg"]
    hip = _hip(t, side, pose)
    distance = float(np.linalg.norm(at - hip))
    misses.append(max(0.0, distance - (first + second) * _STRAIGHT) / _LIMB)
    said = t.firm and f"{side}_leg.knee" in t.fresh
    if said or (t.standing and t.arms):
        wanted = _chord(first, second, leg.knee)
        misses.append((distance - wanted) / (0.02 if said else 0.05))
    pelvis = pose.orientation
    pole = pelvis @ FORWARD + 0.12 * outward(side) + 0.3 * flatten(spot.along, spot.normal)
    if t.firm and f"{side}_leg.flexion" in t.fresh:
        upper, _, _ = two_bones(hip, at, (first, second), pole)
        local = pelvis.T @ upper
        flexion = math.degrees(math.atan2(float(local[2]), -float(local[1])))
        misses.append((flexion - leg.flexion) / 4.0)
    reach = Reach(triple(at), triple(pole))
    return pose.with_leg(side, replace(leg, limb=reach, foot=facing))


def _place_knee(t: Touches, side: SideName, pose: Pose, misses: list[float]) -> Pose:
    part = f"{side} knee"
    spot = t.spots[part]
    if t.contacts[part].place == "under hip" and part not in t.held:
        spot = t.spots[part] = _under(_hip(t, side, pose), spot)
    hip = _hip(t, side, pose)
    height = knee_height(t.anchors, side, knee_bend(spot, hip))
    knee = spot.point + spot.normal * height
    way = knee - hip
    misses.append((float(np.linalg.norm(way)) - t.rig.lengths[f"{side} leg"][0]) / _LIMB)
    back = spot.along
    across = cross(back, UP)
    leg = pose.leg(side)
    if t.contacts[part].place == "toes tucked":
        foot = Facing(triple(-UP - 0.25 * back), triple(across))
        rise = tucked_height(t.anchors, side) - height
        lower = Along(triple(way), triple(back + rise / t.rig.lengths[f"{side} leg"][1] * UP))
        leg = replace(leg, toes=leg.toes or _TOES_TUCKED)
    else:
        foot = Facing(triple(back - 0.1 * UP), triple(across))
        lower = Along(triple(way), triple(back - 0.02 * UP))
    if t.firm and f"{side}_leg.flexion" in t.fresh:
        local = pose.orientation.T @ unit(way)
        flexion = math.degrees(math.atan2(float(local[2]), -float(local[1])))
        misses.append((flexion - leg.flexion) / 4.0)
    return pose.with_leg(side, replace(leg, limb=lower, foot=foot))


def _place_hand(t: Touches, side: SideName, pose: Pose, legs: Posed, misses: list[float]) -> Pose:
    part = f"{side} hand"
    contact = t.contacts[part]
    if contact.verb == "holds" and contact.target in HELD:
        return pose
    chest = legs.rotations[t.rig.index["spine01"]]
    shoulder = legs.points[f"shoulder_{side[0]}"]
    lengths = t.rig.lengths[f"{side} arm"]
    pole = _elbow_pole(contact, side, chest)
    laid = contact.verb == "under" or not rests(contact)
    if laid and contact.target != "other hand" and pose.arm(side).elbow >= _BENT:
        pole = _written_pole(legs, side)
    spot = t.spots.get(part)
    if not rests(contact):
        spot = body_spot(t, contact, side, legs, pole)
        t.spots[part] = spot
    assert spot is not None  # noqa: S101 - every surface has its spot by now
    gap = 0.012 if contact.verb == "holds" else 0.002
    at, facing = lay_hand(
        t.anchors,
        side,
        spot,
        gap=gap,
        palm_up=contact.palm == "up" and spot.normal[1] > 0.3,  # noqa: PLR2004
    )
    if contact.place == "under shoulder" and part not in t.held:
        moved = (shoulder - at) * np.array([1.0, 0.0, 1.0])
        at = at + moved
        t.spots[part] = Spot(spot.point + moved, spot.normal, spot.along)
    distance = float(np.linalg.norm(at - shoulder))
    misses.append(max(0.0, distance - sum(lengths) * _STRAIGHT) / _LIMB)
    arm = pose.arm(side)
    resting = any(p in t.contacts for p in ("head", "forehead"))
    if contact.target == "floor" and t.leaning and not resting:
        misses.append((distance - _chord(*lengths, arm.elbow)) / 0.012)
    reach = Reach(triple(at), triple(pole))
    return pose.with_arm(side, replace(arm, limb=reach, hand=facing))


def _place_forearm(
    t: Touches, side: SideName, pose: Pose, legs: Posed, misses: list[float]
) -> Pose:
    part = f"{side} forearm"
    spot = t.first.get(part, t.spots[part])
    elbow = spot.point + spot.normal * elbow_height(t.anchors, side)
    shoulder = legs.points[f"shoulder_{side[0]}"]
    if t.contacts[part].place == "under shoulder" and part not in t.held:
        elbow = np.array([shoulder[0], elbow[1], shoulder[2]])
        t.spots[part] = _under(shoulder, spot)
    elif t.thing(t.contacts[part]) is not None and part not in t.held:
        slid = _swung(elbow, shoulder, spot.normal, t.rig.lengths[f"{side} arm"][0]) - elbow
        elbow = elbow + slid
        t.spots[part] = Spot(spot.point + slid, spot.normal, spot.along)
    way = elbow - shoulder
    misses.append((float(np.linalg.norm(way)) - t.rig.lengths[f"{side} arm"][0]) / _LIMB)
    along = spot.along - 0.04 * spot.normal
    facing = -spot.normal if t.contacts[part].palm == "forward" else spot.normal
    thumb = cross(along, facing) * side_of(side)
    limb = Along(triple(way), triple(along), triple(-along))
    hand = Facing(triple(along), triple(thumb))
    return pose.with_arm(side, replace(pose.arm(side), limb=limb, hand=hand))


def _elbow_pole(contact: ContactWords, side: SideName, chest: Matrix) -> Vector:
    sign = side_of(side)
    if contact.place == "far in front":
        local = np.array([sign, -0.3, -0.3])
    elif contact.target == "floor":
        local = np.array([0.35 * sign, -1.0, -0.1])
    elif contact.target == "chair back":
        local = np.array([1.0 * sign, -0.3, -0.4])
    elif contact.target == "other hand":
        local = np.array([1.0 * sign, -0.5, 0.0])
    elif contact.target in {"back of head", "forehead"}:
        local = np.array([1.0 * sign, 0.1, 0.5])
    else:
        local = np.array([0.8 * sign, -0.6, -0.5])
    found: Vector = chest @ local
    return found


def _swung(elbow: Vector, shoulder: Vector, normal: Vector, length: float) -> Vector:
    """Return the elbow moved within a wall to where the upper arm reaches it."""
    height = float((elbow - shoulder) @ normal)
    foot = shoulder + normal * height
    reach = math.sqrt(max(length * length - height * height, 0.0))
    found: Vector = foot + unit(elbow - foot) * reach
    return found


def _written_pole(free: Posed, side: SideName) -> Vector:
    """Return where the elbow is, off the line to the wrist, when the arm is as its angles say."""
    shoulder, elbow, wrist = (
        free.points[f"{joint}_{side[0]}"] for joint in ("shoulder", "elbow", "wrist")
    )
    way, elbow = unit(wrist - shoulder), elbow - shoulder
    return unit(elbow - way * float(elbow @ way))


def _under(joint: Vector, spot: Spot) -> Spot:
    """Return a spot of the floor moved to right under a joint."""
    return Spot(np.array([joint[0], spot.point[1], joint[2]]), spot.normal, spot.along)


def _chord(first: float, second: float, bend: float) -> float:
    """Return how far apart the ends of a limb are when its joint is bent so much."""
    inside = math.cos(math.radians(180.0 - bend))
    return math.sqrt(first * first + second * second - 2.0 * first * second * inside)
