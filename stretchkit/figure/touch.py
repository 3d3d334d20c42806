"""What the parts of the search for a frame's contacts share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stretchkit.figure.anchors import Anchors, anchors_of
from stretchkit.figure.grasps import Spot
from stretchkit.figure.pose import SIDES, Pose
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.pose_words import HELD, SURFACES, TRUNK_CONTACTS
from stretchkit.figure.rotations import FORWARD
from stretchkit.figure.skeleton import Rig, rig_of, solve
from stretchkit.figure.things import THING_OF, Standing

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

ARM_PARTS = ("hand", "forearm")
LEG_PARTS = ("foot", "knee")
_PATCHES = {
    "elbow": "elbow all",
    "shoulder": "shoulder",
    "heel": "heel",
    "toes": "toes",
    "calf": "calf",
}
_PRONE = -0.6
_CARRY = frozenset({"seat bones", "hips", "back", "shoulder blades", "belly", "chest"})
"""Parts of the trunk that carry weight."""


@dataclass(slots=True, eq=False)
class Touches:
    """A frame's contacts on a body.

    `held` are the places that stay from the frame before; `spots` are all places, found as the
    search goes; `first` those on things that stand, which do not run away from a body that leans
    to them. `fresh` are the parameters that the frame itself sets; a `firm` frame holds to
    them, a base pose is free to settle.
    """

    body: Body
    contacts: dict[str, ContactWords]
    held: dict[str, Spot]
    fresh: frozenset[str]
    firm: bool
    leaning: bool = False
    spots: dict[str, Spot] = field(default_factory=dict)
    things: dict[str, Standing] = field(default_factory=dict)
    first: dict[str, Spot] = field(default_factory=dict)

    @property
    def rig(self) -> Rig:
        """The skeleton of the body at rest."""
        return rig_of(self.body)

    @property
    def anchors(self) -> Anchors:
        """The places on the body's skin."""
        return anchors_of(self.body)

    @property
    def trunk(self) -> list[str]:
        """The parts that touch with the trunk moving, not a limb of two bones."""
        limbs = (*ARM_PARTS, *LEG_PARTS)
        return [part for part in self.contacts if part.rsplit(" ", 1)[-1] not in limbs]

    @property
    def arms(self) -> bool:
        """Whether a hand or forearm touches something."""
        return any(f"{side} {part}" in self.contacts for side in SIDES for part in ARM_PARTS)

    @property
    def standing(self) -> bool:
        """Whether a frame stands on its feet as tall as before: nothing else carries, or is set."""
        carried = any(part in self.contacts for part in self.trunk if part in _CARRY)
        knees = any(f"{side} knee" in self.contacts for side in SIDES)
        return self.firm and not carried and not knees and "root.y" not in self.fresh

    @property
    def on_heels(self) -> bool:
        """Whether a kneeling person sits on the heels."""
        seat = self.contacts.get("seat bones")
        return bool(seat and seat.target == "heel" and "left knee" in self.contacts)

    def thing(self, contact: ContactWords) -> Standing | None:
        """Return the thing that a contact is with; None is the floor or the body itself."""
        name = THING_OF.get(contact.target)
        return self.things.get(name) if name and rests(contact) else None

    def lands(self, part: str) -> bool:
        """Say whether a part is put on a surface, not just into a strap."""
        return part in self.contacts and self.contacts[part].verb != "in"

    def look(self, written: Pose) -> None:
        """See whether the person leans on the hands."""
        turns = solve(self.body, written, fingers=False).rotations
        both = turns[self.rig.index["root"]] + turns[self.rig.index["spine01"]]
        self.leaning = float((both @ FORWARD)[1]) < _PRONE


def rests(contact: ContactWords) -> bool:
    """Say whether a contact is with a surface, not with the body or with something held."""
    held = contact.verb in {"holds", "in"} and contact.target in HELD
    return contact.target in SURFACES and not held


def trunk_anchor(part: str) -> str:
    """Return the name of the place on the skin by which a part rests."""
    side, _, kind = part.partition(" ")
    if side in SIDES:
        return f"{side} {_PATCHES[kind]}"
    return TRUNK_CONTACTS[part]


def free_arms(pose: Pose) -> Pose:
    """Return a pose with the arms as their angles say."""
    if all(pose.arm(side).limb is None and pose.arm(side).hand is None for side in SIDES):
        return pose
    return replace(
        pose,
        left_arm=replace(pose.left_arm, limb=None, hand=None),
        right_arm=replace(pose.right_arm, limb=None, hand=None),
    )


def free_limbs(pose: Pose) -> Pose:
    """Return a pose with every limb as its angles say."""
    return replace(
        free_arms(pose),
        left_leg=replace(pose.left_leg, limb=None, foot=None),
        right_leg=replace(pose.right_leg, limb=None, foot=None),
    )


__all__ = ["ARM_PARTS", "LEG_PARTS", "Touches", "free_arms", "free_limbs", "rests", "trunk_anchor"]
