"""Where contacts are: spots on the floor, on furniture and on the body itself."""

from __future__ import annotations

import math

import numpy as np

from stretchkit.figure import places
from stretchkit.figure.grasps import Spot, flatten, grasp_point, outward, side_of
from stretchkit.figure.pose import SIDES, Pose, SideName
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.rotations import FORWARD, LEFT, UP, Vector, cross, unit
from stretchkit.figure.skeleton import Posed, solve, two_bones
from stretchkit.figure.things import UNDER, Standing, on_surface, plane, rail
from stretchkit.figure.touch import Touches, free_limbs, rests, trunk_anchor

_GRIP_HEIGHT = 0.66
"""Where a hand takes the edge of a chair's back."""

_UNDER = 0.10
"""How far from the middle of what lies on a pillow a hand under it is, at most."""

_UPRIGHT = 0.8
_REACH = 0.95
"""How much of its length an arm uses when it reaches far."""


def surface(t: Touches, contact: ContactWords) -> tuple[Vector, Vector]:
    """Return a point of the surface that a contact is with, and its normal."""
    return plane(contact.target, None if contact.verb == "under" else t.thing(contact))


def find_spots(t: Touches, pose: Pose) -> None:
    """Find where contacts with the floor and other surfaces are, if they are not planted."""
    posed = solve(t.body, free_limbs(pose), fingers=False)
    t.spots = {**t.first, **t.held}
    for part, contact in t.contacts.items():
        if part in t.held or part in t.first or part in t.trunk or not rests(contact):
            continue
        side: SideName = "left" if part.startswith("left") else "right"
        kind = part.removeprefix(f"{side} ")
        point, along = _where(t, kind, side, posed)
        thing = t.thing(contact)
        if contact.target == "chair back" and thing is not None and kind == "hand":
            t.spots[part] = _grip(t, contact, side, thing, posed)
            continue
        if contact.target == "seat" and contact.verb == "holds" and thing is not None:
            t.spots[part] = _seat_edge(contact, side, thing, point)
            continue
        origin, normal = surface(t, contact)
        point = point - normal * float((point - origin) @ normal)
        if contact.verb == "under" and thing is not None:
            point = _below(t, thing, point, posed)
            along = posed.points[f"wrist_{side[0]}"] - posed.points[f"elbow_{side[0]}"]
        elif thing is not None:
            point = on_surface(contact.target, thing, point, side_of(side))
        point = _shift(t, point, contact, side, posed)
        if abs(float(normal @ unit(along))) > _UPRIGHT:
            along = UP if abs(float(normal[1])) < _UPRIGHT else FORWARD
        if kind == "hand" and abs(float(normal[1])) < _UPRIGHT:
            along = UP
        along = _fingers(contact.fingers, side, along)
        t.spots[part] = Spot(point, normal, flatten(along, normal))
    for part, spot in t.spots.items():
        thing = t.thing(t.contacts[part])
        if thing is not None and thing.name not in UNDER and part not in t.held:
            t.first.setdefault(part, spot)


def _below(t: Touches, thing: Standing, near: Vector, posed: Posed) -> Vector:
    """Return the place of the floor nearest to a point that is under a thing with a body on it."""
    on = [part for part in t.trunk if t.thing(t.contacts[part]) is thing]
    middles = [t.anchors[trunk_anchor(part)].posed(posed).mean(axis=0) for part in on]
    lies = thing.said or not on or any(part in t.held for part in on)
    middle = np.array(thing.at) if lies else np.mean(middles, axis=0)
    way = (near - middle) * np.array([1.0, 0.0, 1.0])
    far = float(np.linalg.norm(way))
    inside = middle + way * min(1.0, _UNDER / (far + 1e-9))
    return np.array([inside[0], places.FLOOR, inside[2]])


def _grip(t: Touches, contact: ContactWords, side: SideName, thing: Standing, posed: Posed) -> Spot:
    """Return where a hand takes the back of a chair: who sits takes its edge, others its top."""
    out, up, ahead = contact.offset
    offset = np.array([out * side_of(side), up, ahead])
    seated = "seat bones" in t.contacts
    if seated:
        edge = places.CHAIR_BACK_WIDTH / 2 + 0.002
        at = np.array([edge * side_of(side), _GRIP_HEIGHT, places.CHAIR_BACK - 0.015])
        normal = thing.turn @ outward(side)
        return Spot(thing.room(at) + offset, normal, thing.turn @ (-FORWARD - 0.5 * UP))
    top = rail(thing)
    across = thing.turn @ LEFT
    near = grasp_point(t.anchors.palm(side), t.rig, posed)
    limit = places.CHAIR_BACK_WIDTH / 2 - 0.06
    aside = min(max(float((near - top) @ across), -limit), limit)
    over = thing.turn @ FORWARD
    if float(over @ (top - posed.points["root"])) < 0:
        over = -over
    along = _fingers(contact.fingers, side, over - 0.3 * UP)
    return Spot(top + across * aside + offset, UP, flatten(along, UP))


def _seat_edge(contact: ContactWords, side: SideName, thing: Standing, near: Vector) -> Spot:
    """Return where a hand that hangs down takes the side of a seat."""
    out, up, ahead = contact.offset
    z = min(max(float(thing.own(near)[2]), places.SEAT_BACK + 0.06), places.SEAT_FRONT - 0.08)
    x = side_of(side) * (places.SEAT_WIDTH / 2 + 0.002)
    at = thing.room(np.array([x, places.SEAT_HEIGHT - 0.01, z]))
    offset = np.array([out * side_of(side), up, ahead])
    return Spot(at + offset, thing.turn @ outward(side), -UP)


def _where(t: Touches, kind: str, side: SideName, posed: Posed) -> tuple[Vector, Vector]:
    """Return where a part is without its contact, and where it points."""
    end = side[0]
    heading = posed.rotations[t.rig.index["root"]] @ LEFT
    ahead = unit(cross(heading, UP))
    if kind == "knee":
        return posed.points[f"knee_{end}"], -ahead
    if kind == "forearm":
        steep = abs(float(surface(t, t.contacts[f"{side} forearm"])[1][1])) < _UPRIGHT
        lower = posed.points[f"wrist_{end}"] - posed.points[f"elbow_{end}"]
        return posed.points[f"elbow_{end}"], lower if steep else ahead
    grasp = t.anchors.sole(side) if kind == "foot" else t.anchors.palm(side)
    at = grasp_point(grasp, t.rig, posed)
    if kind == "hand":
        return at, FORWARD if abs(ahead[2]) < 0.3 else ahead * math.copysign(1.0, ahead[2])  # noqa: PLR2004
    toes = posed.points[f"toe_{end}"] - posed.points[f"ankle_{end}"]
    return at, toes * np.array([1.0, 0.0, 1.0])


def _shift(
    t: Touches, point: Vector, contact: ContactWords, side: SideName, posed: Posed
) -> Vector:
    """Move a place as its words say: under the shoulder, far in front, 10 cm out."""
    end = side[0]
    if contact.place == "under shoulder":
        shoulder = posed.points[f"shoulder_{end}"]
        point = np.array([shoulder[0], point[1], shoulder[2]])
    elif contact.place == "under hip":
        hip = posed.points[f"hip_{end}"]
        point = np.array([hip[0], point[1], hip[2]])
    elif contact.place == "far in front":
        shoulder = posed.points[f"shoulder_{end}"]
        length = sum(t.rig.lengths[f"{side} arm"])
        drop = float(shoulder[1] - point[1])
        ahead = math.sqrt(max(0.0, (_REACH * length) ** 2 - drop * drop)) + 0.06
        point = np.array([shoulder[0] + 0.02 * side_of(side), point[1], shoulder[2] + ahead])
    out, up, ahead = contact.offset
    return point + outward(side) * out + UP * up + FORWARD * ahead


def _fingers(word: str, side: SideName, default: Vector) -> Vector:
    return {
        "forward": FORWARD, "back": -FORWARD, "out": outward(side), "in": -outward(side),
        "up": UP, "down": -UP,
    }.get(word, default)  # fmt: skip


def body_spot(
    t: Touches, contact: ContactWords, side: SideName, posed: Posed, pole: Vector
) -> Spot:
    """Return where a hand lies on the body itself."""
    if contact.target == "other hand":
        return _clasp_spot(t, contact, side, posed)
    if contact.target in {"hand", "foot"} and contact.side:
        sole = contact.target == "foot"
        grasp = t.anchors.sole(contact.side) if sole else t.anchors.palm(contact.side)
        point = grasp_point(grasp, t.rig, posed)
        normal = posed.rotations[grasp.joint] @ grasp.normal
        along = posed.rotations[grasp.joint] @ grasp.frame[:, 0]
    else:
        name = contact.target if contact.side is None else f"{contact.side} {contact.target}"
        if contact.face:
            name = f"{name}, {contact.face}"
        point, normal = t.anchors[name].point(posed)
        shoulder = posed.points[f"shoulder_{side[0]}"]
        _, lower, _ = two_bones(shoulder, point, t.rig.lengths[f"{side} arm"], pole)
        along = lower
        chest = posed.rotations[t.rig.index["spine01"]]
        if contact.target in {"belly", "lower belly", "chest"}:
            point = point + chest @ LEFT * side_of(side) * 0.035
            along = chest @ (-outward(side) - 0.15 * UP)
    out, up, ahead = contact.offset
    point = point + outward(side) * out + UP * up + FORWARD * ahead
    along = _fingers(contact.fingers, side, along)
    if float(np.linalg.norm(along - normal * float(along @ normal))) < 0.2:  # noqa: PLR2004
        along = along + 0.5 * FORWARD - 0.5 * UP
    return Spot(point, normal, along)


def _clasp_spot(t: Touches, contact: ContactWords, side: SideName, posed: Posed) -> Spot:
    """Return where one hand is when both are clasped: between where the arms put them."""
    free = [grasp_point(t.anchors.palm(each), t.rig, posed) for each in SIDES]
    chest = posed.rotations[t.rig.index["spine01"]]
    middle = (free[0] + free[1]) / 2.0
    across = chest @ outward(side)
    ahead = unit(middle - (posed.points["shoulder_l"] + posed.points["shoulder_r"]) / 2.0)
    if contact.verb == "together" or not contact.palm:
        return Spot(middle + across * 0.006, across, _fingers(contact.fingers, side, ahead))
    facing = {"up": UP, "down": -UP, "out": ahead, "forward": FORWARD, "in": -ahead}
    normal = -facing.get(contact.palm, ahead)
    return Spot(middle + across * 0.035 + normal * 0.004 * side_of(side), normal, -across)
