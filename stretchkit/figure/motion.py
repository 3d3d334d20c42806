"""On the way from one frame to the next: parameters change evenly, contacts are solved again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from stretchkit.figure.contact import Solved, solve_contacts
from stretchkit.figure.grasps import Spot, triple
from stretchkit.figure.pose import SIDES, Arm, Bend, Facing, Leg, Pose, Reach, SideName
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.rotations import UP, Vector, angle_between, cross, unit
from stretchkit.figure.skeleton import Posed, rig_of
from stretchkit.figure.touch import rests

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_TRUNK = ("lumbar", "thoracic", "neck", "head")
_NUMBERS = ("tilt", "lean", "heading", "belly")
_LIFT = 0.35
"""A hand or foot on its way rises by this share of how far it goes, at most."""

_HIGHEST = 0.06
_BENT = 1e-6
_STEADY = frozenset({"tilt", "lean", "root.x", "root.z"})
"""What goes evenly: the pelvis stays near its way."""


def between(body: Body, start: Solved, end: Solved, share: float) -> Solved:
    """Return the frame that is a share of the way from one frame to another.

    What touches the same place in both frames goes on touching it. A limb that goes from one
    place to another is carried through the air.
    """
    if share <= 0:
        return start
    if share >= 1:
        return end
    contacts, spots = _common(start, end, share)
    pose = _on_the_way(body, start, end, share, contacts)
    things = {**end.things, **start.things}
    return solve_contacts(
        body, pose, contacts, spots=spots, fresh=_STEADY, firm=True, things=things
    )


def glimpse(body: Body, start: Solved, end: Solved, share: float) -> Posed:
    """Return about where the body is a share of the way: quicker than `between`, and less exact."""
    contacts, spots = _common(start, end, share)
    pose = _on_the_way(body, start, end, share, contacts)
    things = {**end.things, **start.things}
    solved = solve_contacts(body, pose, contacts, spots=spots, things=things, still=True)
    return solved.posed


def _on_the_way(
    body: Body, start: Solved, end: Solved, share: float, contacts: Collection[str]
) -> Pose:
    pose = blend(_as_bent(start), _as_bent(end), share)
    for side in SIDES:
        if not any(f"{side} {part}" in contacts for part in ("hand", "forearm")):
            pose = _carry_arm(body, pose, side, start=start, end=end, share=share)
        if not any(f"{side} {part}" in contacts for part in ("foot", "knee")):
            pose = _carry_leg(pose, side, start, end, share)
    return pose


def _as_bent(frame: Solved) -> Pose:
    """Return a frame's pose with its elbows as bent as they came out."""
    pose = frame.pose
    for side in SIDES:
        shoulder, elbow, wrist = (
            frame.posed.points[f"{joint}_{side[0]}"] for joint in ("shoulder", "elbow", "wrist")
        )
        bend = angle_between(elbow - shoulder, wrist - elbow)
        pose = pose.with_arm(side, replace(pose.arm(side), elbow=bend))
    return pose


def _common(
    start: Solved, end: Solved, share: float
) -> tuple[dict[str, ContactWords], dict[str, Spot]]:
    """Return the contacts that both frames have, and where they are on the way."""
    contacts = {
        part: words
        for part, words in start.words.items()
        if part in end.words and _same(words, end.words[part])
    }
    spots = {}
    for part, words in contacts.items():
        if rests(words) and part in start.spots and part in end.spots:
            a, b = start.spots[part], end.spots[part]
            spots[part] = Spot(
                _mix(a.point, b.point, share),
                unit(_mix(a.normal, b.normal, share)),
                unit(_mix(a.along, b.along, share)),
            )
    return contacts, spots


def _same(a: ContactWords, b: ContactWords) -> bool:
    return (a.target, a.side, a.face, a.palm) == (b.target, b.side, b.face, b.palm)


def _mix(a: Vector, b: Vector, share: float) -> Vector:
    return a + (b - a) * share


def _number(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def blend(a: Pose, b: Pose, share: float) -> Pose:
    """Return a pose whose angles are between those of two poses; limbs as their angles say."""
    bends: dict[str, Any] = {
        name: _bend(getattr(a, name), getattr(b, name), share) for name in _TRUNK
    }
    numbers: dict[str, Any] = {
        name: _number(getattr(a, name), getattr(b, name), share) for name in _NUMBERS
    }
    return replace(
        a,
        root=triple(_mix(np.array(a.root), np.array(b.root), share)),
        **bends,
        **numbers,
        left_arm=_arm(a.left_arm, b.left_arm, share),
        right_arm=_arm(a.right_arm, b.right_arm, share),
        left_leg=_leg(a.left_leg, b.left_leg, share),
        right_leg=_leg(a.right_leg, b.right_leg, share),
    )


def _bend(a: Bend, b: Bend, share: float) -> Bend:
    return Bend(
        _number(a.flexion, b.flexion, share),
        _number(a.side, b.side, share),
        _number(a.turn, b.turn, share),
    )


def _arm(a: Arm, b: Arm, share: float) -> Arm:
    names = [f.name for f in fields(Arm) if f.name not in {"limb", "hand", "thumb"}]
    mixed: dict[str, Any] = {
        name: _number(getattr(a, name), getattr(b, name), share) for name in names
    }
    thumbs = [arm.thumb if arm.thumb is not None else 0.3 * arm.curl for arm in (a, b)]
    return replace(Arm(**mixed), thumb=_number(thumbs[0], thumbs[1], share))


def _leg(a: Leg, b: Leg, share: float) -> Leg:
    names = [f.name for f in fields(Leg) if f.name not in {"limb", "foot"}]
    mixed: dict[str, Any] = {
        name: _number(getattr(a, name), getattr(b, name), share) for name in names
    }
    return Leg(**mixed)


# ---- limbs in the air


def _carry_arm(
    body: Body, pose: Pose, side: SideName, *, start: Solved, end: Solved, share: float
) -> Pose:
    """Return the pose with a hand on its way; two free arms go by their angles."""
    arms = start.pose.arm(side), end.pose.arm(side)
    if all(arm.limb is None for arm in arms):
        return pose
    last = side[0]
    at = _arc(start.posed.points[f"wrist_{last}"], end.posed.points[f"wrist_{last}"], share)
    poles = [_pole(f.posed.points, "shoulder", "elbow", "wrist", last) for f in (start, end)]
    limb = Reach(triple(at), triple(_mix(poles[0], poles[1], share)))
    rig = rig_of(body)
    joint = rig.index[f"wrist.{last.upper()}"]
    turns = [f.posed.rotations[joint] @ rig.frames[f"{side} hand"] for f in (start, end)]
    along = unit(_mix(turns[0][:, 0], turns[1][:, 0], share))
    across = _mix(turns[0][:, 2], turns[1][:, 2], share)
    hand = Facing(triple(along), triple(across))
    return pose.with_arm(side, replace(pose.arm(side), limb=limb, hand=hand))


def _carry_leg(pose: Pose, side: SideName, start: Solved, end: Solved, share: float) -> Pose:
    """Return the pose with a foot on its way; two free legs go by their angles."""
    legs = start.pose.leg(side), end.pose.leg(side)
    if all(leg.limb is None for leg in legs):
        return pose
    last = side[0]
    at = _arc(start.posed.points[f"ankle_{last}"], end.posed.points[f"ankle_{last}"], share)
    poles = [_pole(f.posed.points, "hip", "knee", "ankle", last) for f in (start, end)]
    limb = Reach(triple(at), triple(_mix(poles[0], poles[1], share)))
    along = [f.posed.axes[f"foot_{last}"] for f in (start, end)]
    knees = [f.posed.axes[f"knee_{last}"] for f in (start, end)]
    foot = Facing(
        triple(unit(_mix(along[0], along[1], share))), triple(_mix(knees[0], knees[1], share))
    )
    return pose.with_leg(side, replace(pose.leg(side), limb=limb, foot=foot))


def _arc(a: Vector, b: Vector, share: float) -> Vector:
    """Return a point of the way, a little higher in the middle, so that nothing is dragged."""
    far = float(np.linalg.norm(b - a))
    rise = min(_HIGHEST, far * _LIFT) * 4.0 * share * (1.0 - share)
    found: Vector = _mix(a, b, share) + rise * UP
    return found


def _pole(points: Mapping[str, Vector], first: str, middle: str, last: str, end: str) -> Vector:
    """Return which way an elbow or knee points."""
    a, b, c = (points[f"{name}_{end}"] for name in (first, middle, last))
    way = unit(c - a)
    out = (b - a) - way * float((b - a) @ way)
    return unit(out) if float(out @ out) > _BENT else cross(way, np.array([1.0, 0.0, 0.0]))
