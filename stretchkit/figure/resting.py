"""The trunk on what it rests on, and how well every contact came out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stretchkit.figure.grasps import (
    Spot,
    ball_of_foot,
    elbow_height,
    grasp_point,
    knee_bend,
    knee_height,
    triple,
)
from stretchkit.figure.least_squares import Numbers
from stretchkit.figure.pose import SIDES, SideName
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.rotations import FORWARD, LEFT, UP, Vector, cross, unit
from stretchkit.figure.skeleton import Posed
from stretchkit.figure.spots import surface
from stretchkit.figure.things import rail
from stretchkit.figure.touch import Touches, trunk_anchor

_FIRM, _PLANTED, _LIGHT, _HEEL_FIRM = 0.003, 0.012, 0.05, 0.006
"""How far, in metres, skin may be off what it rests on, or slide on it, at the cost of one."""

_HEEL = 0.03
"""How high the heel of a kneeling person is over the ankle joint, with the calf's give."""

_RAIL = 0.015
"""How round the upper edge of a chair's back is."""

_SLIPS = 0.15
"""How firmly an edge stays at its place of the back: it may touch a little higher or lower."""

_GRIP = 0.012
_LOWEST = 3
"""How many points of a part of the body carry it."""

_HEAVY = frozenset({"seat bones", "hips", "back", "shoulder blades", "belly", "chest"})


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of a posed frame: where it is, and by how much it misses, metres."""

    part: str
    target: str
    point: tuple[float, float, float]
    normal: tuple[float, float, float]
    residual: float
    words: ContactWords


def trunk_misses(t: Touches, part: str, posed: Posed) -> Numbers:
    """Return how a part of the trunk misses what it rests on: height, slide and facing."""
    contact = t.contacts[part]
    if contact.target == "heel":
        gaps = [_heel_gap(t, side, posed) for side in SIDES]
        return np.concatenate(gaps) / _HEEL_FIRM
    anchor = t.anchors[trunk_anchor(part)]
    if _rounded(contact):
        return _round_miss(t, part, posed) / _FIRM
    points = anchor.posed(posed)
    origin, normal = surface(t, contact)
    heights = np.sort((points - origin) @ normal)
    miss = [float(heights[:_LOWEST].mean()) / _FIRM]
    held = t.held.get(part)
    if held is not None:
        slide = _middle(t, part, points, posed) - held.point
        slide = slide - normal * float(slide @ normal)
        miss += (slide / (_PLANTED if part in _HEAVY else _LIGHT)).tolist()
    if part == "forehead":
        _, facing = anchor.point(posed)
        miss.append((float(facing @ normal) + 0.97) * 2.0)
    return np.array(miss)


def _middle(t: Touches, part: str, points: Numbers, posed: Posed) -> Vector:
    """Return the middle of a part of the trunk; that of the seat goes with the pelvis alone.

    The skin of the seat is carried by the thighs too: turned out, they would seem to slide it.
    """
    if part in {"seat bones", "hips"}:
        root = t.rig.index["root"]
        rest = t.anchors[trunk_anchor(part)].rest.mean(axis=0) - t.rig.heads[root]
        middle: Vector = posed.positions[root] + posed.rotations[root] @ rest
        return middle
    found: Vector = points.mean(axis=0)
    return found


def _rounded(contact: ContactWords) -> bool:
    """Say whether a part of the trunk bends over something round: a roller, the edge of a back."""
    return contact.target == "roller" or (contact.target == "chair back" and contact.verb == "over")


def _round_miss(t: Touches, part: str, posed: Posed) -> Numbers:
    """Return how far skin is from the round of what it lies over, metres."""
    thing = t.thing(t.contacts[part])
    assert thing is not None  # noqa: S101 - what is touched stands somewhere
    point, facing = _bend(t, part, posed)
    along = thing.turn @ LEFT
    facing = facing - along * float(facing @ along)
    held = t.held.get(part)
    if thing.name == "roller":
        radius = thing.high / 2.0
        centre = point + facing * radius
        miss = [float(centre[1]) - radius]
        if held is not None:
            centre = centre - held.point
            miss.append(0.25 * float(centre @ cross(along, UP)))
        return np.array(miss)
    centre = rail(thing) - UP * _RAIL
    way = point + facing * _RAIL - centre
    way = way - along * float(way @ along)
    away = float(way @ facing)
    return _SLIPS * way + (1.0 - _SLIPS) * away * facing


def _bend(t: Touches, part: str, posed: Posed) -> tuple[Vector, Vector]:
    """Return where a part of the trunk bends over something, and the direction it faces."""
    names = [trunk_anchor(part)]
    if part in {"upper back", "shoulder blades", "back"}:
        names = [f"{side} shoulder blade" for side in SIDES]
    found = [t.anchors[name].point(posed) for name in names]
    point, facing = (sum(each) / len(found) for each in zip(*found, strict=True))
    return point, unit(facing)


def _heel_gap(t: Touches, side: SideName, posed: Posed) -> Numbers:
    gap = posed.points[f"hip_{side[0]}"] - posed.points[f"ankle_{side[0]}"]
    depth = float(t.rig.middle[1] - t.anchors["seat"].rest[:, 1].min())
    return np.array([gap[1] - depth - _HEEL])


def measured(t: Touches, part: str, posed: Posed) -> Contact:
    """Return one contact as it came out."""
    contact = t.contacts[part]
    if part in t.trunk:
        name = trunk_anchor(part)
        points = t.anchors[name].posed(posed)
        if _rounded(contact):
            point, facing = _bend(t, part, posed)
            thing = t.thing(contact)
            middle = point + facing * (thing.high / 2 if thing and thing.high else 0.0)
            t.spots[part] = Spot(middle, -facing, FORWARD)
            far = float(np.linalg.norm(_round_miss(t, part, posed)))
            return Contact(part, contact.target, triple(point), triple(-facing), far, contact)
        origin, normal = surface(t, contact)
        heights = (points - origin) @ normal
        lowest = points[int(heights.argmin())]
        if contact.target == "heel":
            residual = float(max(np.abs(_heel_gap(t, side, posed)).max() for side in SIDES))
        else:
            residual = abs(float(np.sort(heights)[:_LOWEST].mean()))
        t.spots[part] = Spot(_middle(t, part, points, posed), normal, FORWARD)
        return Contact(part, contact.target, triple(lowest), triple(normal), residual, contact)
    side: SideName = "left" if part.startswith("left") else "right"
    spot = t.spots.get(part)
    if spot is None:  # something is held that has no place of its own
        grasp = t.anchors.sole(side) if part.endswith("foot") else t.anchors.palm(side)
        at = grasp_point(grasp, t.rig, posed)
        out = triple(posed.rotations[grasp.joint] @ grasp.normal)
        return Contact(part, contact.target, triple(at), out, 0.0, contact)
    kind = part.removeprefix(f"{side} ")
    end = side[0]
    if kind == "knee":
        bend = knee_bend(spot, posed.points[f"hip_{end}"])
        at = posed.points[f"knee_{end}"] - spot.normal * knee_height(t.anchors, side, bend)
    elif kind == "forearm":
        at = posed.points[f"elbow_{end}"] - spot.normal * elbow_height(t.anchors, side)
    elif contact.place == "heel up":
        ball = ball_of_foot(t.anchors, side, spot)
        at = spot.point + posed.points[f"toe_{end}"] - ball
    else:
        grasp = t.anchors.sole(side) if kind == "foot" else t.anchors.palm(side)
        at = grasp_point(grasp, t.rig, posed)
        if contact.palm == "up":
            at = spot.point
    residual = float(np.linalg.norm(at - spot.point))
    if contact.verb == "holds":
        residual = max(0.0, residual - _GRIP)
    return Contact(part, contact.target, triple(spot.point), triple(spot.normal), residual, contact)
