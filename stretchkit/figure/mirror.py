"""The mirror image of a pose: the same exercise on the other side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from stretchkit.figure.contact import Solved
from stretchkit.figure.grasps import Spot
from stretchkit.figure.pose import Along, Bend, Facing, Pose, Reach
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.rotations import Vector
from stretchkit.figure.skeleton import solve

if TYPE_CHECKING:
    from stretchkit.figure.body import Body


def other_side(body: Body, frame: Solved) -> Solved:
    """Return the mirror image of a solved frame: the same exercise on the other side."""
    pose = mirrored(frame.pose)
    contacts = tuple(
        replace(
            contact,
            part=other_words(contact.part),
            point=_flip(contact.point),
            normal=_flip(contact.normal),
            words=_other_contact(contact.words),
        )
        for contact in frame.contacts
    )
    spots = {
        other_words(part): Spot(*(v * np.array([-1.0, 1.0, 1.0]) for v in _of(spot)))
        for part, spot in frame.spots.items()
    }
    written = mirrored(frame.written)
    things = {name: thing.mirrored() for name, thing in frame.things.items()}
    return Solved(written, pose, solve(body, pose), contacts, spots, frame.bounds, things)


def _of(spot: Spot) -> tuple[Vector, Vector, Vector]:
    return spot.point, spot.normal, spot.along


def other_words(part: str) -> str:
    """Return what is called a part of the body on the other side: right hand for left hand."""
    side, _, rest = part.partition(" ")
    return {"left": f"right {rest}", "right": f"left {rest}"}.get(side, part)


def _other_contact(words: ContactWords) -> ContactWords:
    if words.side is None:
        return words
    return replace(words, side="right" if words.side == "left" else "left")


def mirrored(pose: Pose) -> Pose:
    """Return the mirror image of a pose: left and right change places."""
    return replace(
        pose,
        root=(-pose.root[0], pose.root[1], pose.root[2]),
        lean=-pose.lean,
        heading=-pose.heading,
        lumbar=_mirrored_bend(pose.lumbar),
        thoracic=_mirrored_bend(pose.thoracic),
        neck=_mirrored_bend(pose.neck),
        head=_mirrored_bend(pose.head),
        left_arm=replace(
            pose.right_arm,
            limb=_mirrored_limb(pose.right_arm.limb),
            hand=_mirrored_facing(pose.right_arm.hand),
        ),
        right_arm=replace(
            pose.left_arm,
            limb=_mirrored_limb(pose.left_arm.limb),
            hand=_mirrored_facing(pose.left_arm.hand),
        ),
        left_leg=replace(
            pose.right_leg,
            limb=_mirrored_limb(pose.right_leg.limb),
            foot=_mirrored_facing(pose.right_leg.foot, foot=True),
        ),
        right_leg=replace(
            pose.left_leg,
            limb=_mirrored_limb(pose.left_leg.limb),
            foot=_mirrored_facing(pose.left_leg.foot, foot=True),
        ),
    )


def _mirrored_bend(bend: Bend) -> Bend:
    return Bend(bend.flexion, -bend.side, -bend.turn)


def _flip(v: tuple[float, float, float]) -> tuple[float, float, float]:
    return -v[0], v[1], v[2]


def _mirrored_limb(limb: Reach | Along | None) -> Reach | Along | None:
    if isinstance(limb, Reach):
        return Reach(_flip(limb.at), _flip(limb.pole))
    if limb is None:
        return None
    pole = None if limb.pole is None else _flip(limb.pole)
    return Along(_flip(limb.upper), _flip(limb.lower), pole)


def _mirrored_facing(facing: Facing | None, *, foot: bool = False) -> Facing | None:
    if facing is None:
        return None
    x, y, z = _flip(facing.across)  # a foot's is its left side, which the mirror makes its right
    return Facing(_flip(facing.along), (-x, -y, -z) if foot else (x, y, z))
