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
from stretchkit.figure.touch import SURFACES, Touches, free_limbs

_GRIP_HEIGHT = 0.60
"""Where a hand takes the edge of a chair's back."""

_UPRIGHT = 0.8
_REACH = 0.95
"""How much of its length an arm uses when it reaches far."""


def surface(target: str, side: SideName | None) -> tuple[Vector, Vector]:
    """Return a point of a surface and its normal."""
    if target == "seat":
        return np.array([0.0, places.SEAT_HEIGHT, 0.0]), UP
    if target == "chair back" and side is None:
        return np.array([0.0, 0.7, places.CHAIR_BACK]), FORWARD
    if target == "chair back" and side is not None:
        edge = places.CHAIR_BACK_WIDTH / 2 + 0.002
        point = np.array([edge * side_of(side), 0.60, places.CHAIR_BACK - 0.015])
        return point, outward(side)
    if target == "wall":
        return np.array([0.0, 1.0, places.WALL]), FORWARD
    heights = {
        "desk": places.DESK_HEIGHT,
        "step": places.STEP_HEIGHT,
        "pillow": places.PILLOW_HEIGHT,
    }
    return np.array([0.0, heights.get(target, places.FLOOR), 0.0]), UP


def find_spots(t: Touches, pose: Pose) -> None:
    """Find where contacts with the floor and other surfaces are, if they are not planted."""
    posed = solve(t.body, free_limbs(pose), fingers=False)
    t.spots = dict(t.held)
    for part, contact in t.contacts.items():
        if part in t.held or contact.target not in SURFACES:
            continue
        side: SideName = "left" if part.startswith("left") else "right"
        kind = part.removeprefix(f"{side} ")
        if part in t.trunk:
            continue
        origin, normal = surface(contact.target, side)
        point, along = _where(t, kind, side, posed)
        if contact.target == "chair back":
            point, along = origin, -FORWARD - 0.25 * UP
        point = point - normal * float((point - origin) @ normal)
        point = _shift(t, point, contact, side, posed)
        along = _fingers(
            contact.fingers, side, along if abs(float(normal @ unit(along))) < _UPRIGHT else FORWARD
        )
        t.spots[part] = Spot(point, normal, flatten(along, normal))


def _where(t: Touches, kind: str, side: SideName, posed: Posed) -> tuple[Vector, Vector]:
    """Return where a part is without its contact, and where it points."""
    end = side[0]
    heading = posed.rotations[t.rig.index["root"]] @ LEFT
    ahead = unit(cross(heading, UP))
    if kind == "knee":
        return posed.points[f"knee_{end}"], -ahead
    if kind == "forearm":
        return posed.points[f"elbow_{end}"], ahead
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
        point, normal = t.anchors[name].point(t.body, posed)
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
        return Spot(middle + across * 0.006, across, ahead)
    facing = {"up": UP, "down": -UP, "out": ahead, "forward": FORWARD, "in": -ahead}
    normal = -facing.get(contact.palm, ahead)
    return Spot(middle + across * 0.035 + normal * 0.004 * side_of(side), normal, -across)
