"""One posture of a person: the angles of every joint, in a clinician's terms.

Angles are degrees: flexion is positive and extension negative; a side bend and a turn are
positive to the left; abduction, outward rotation, pronation, plantarflexion and inversion are
positive. With every angle at 0 the person stands upright, arms down, palms at the thighs,
whatever pose the mesh was modelled in. Lengths are metres; x is to the left, y up, z forward.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from stretchkit.figure.pose_words import SIDES, SideName
from stretchkit.figure.rotations import Matrix, trunk_turn

__all__ = [
    "SIDES",
    "Along",
    "Arm",
    "Bend",
    "Facing",
    "Leg",
    "Pose",
    "Reach",
    "SideName",
]


@dataclass(frozen=True, slots=True)
class Bend:
    """How one part of the trunk, the neck or the head bends, degrees."""

    flexion: float = 0.0
    side: float = 0.0
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the end of a limb (wrist or ankle joint) shall be; it overrides the angles.

    `pole` is the direction that the elbow or knee points to.
    """

    at: tuple[float, float, float]
    pole: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Along:
    """The directions of both bones of a limb, when they are known; they override the angles."""

    upper: tuple[float, float, float]
    lower: tuple[float, float, float]
    pole: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Facing:
    """How a hand or foot is turned in space; it overrides wrist or ankle.

    `along` is where fingers or toes point; `across` is where the thumb points, or for a foot the
    left side of the foot.
    """

    along: tuple[float, float, float]
    across: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Arm:
    """The angles of one arm, degrees, or what overrides them."""

    elevation: float = 0.0
    protraction: float = 0.0
    flexion: float = 0.0
    abduction: float = 5.0
    rotation: float = 0.0
    elbow: float = 5.0
    pronation: float = 0.0
    wrist: float = 0.0
    deviation: float = 0.0
    curl: float = 24.0
    thumb: float | None = None
    spread: float = 0.0
    limb: Reach | Along | None = None
    hand: Facing | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """The angles of one leg, degrees, or what overrides them."""

    flexion: float = 0.0
    abduction: float = 0.0
    rotation: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    inversion: float = 0.0
    toes: float = 0.0
    limb: Reach | Along | None = None
    foot: Facing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One posture of a person.

    `root` is the middle between the hip joints; `tilt` leans the pelvis forward, `lean` to the
    left, `heading` turns it to the left. `floor` is the height that skin and cloth flatten on.
    """

    root: tuple[float, float, float] = (0.0, 0.9, 0.0)
    tilt: float = 0.0
    lean: float = 0.0
    heading: float = 0.0
    lumbar: Bend = Bend()
    thoracic: Bend = Bend()
    neck: Bend = Bend()
    head: Bend = Bend()
    left_arm: Arm = Arm()
    right_arm: Arm = Arm()
    left_leg: Leg = Leg()
    right_leg: Leg = Leg()
    belly: float = 0.0
    floor: float | None = 0.0

    @property
    def orientation(self) -> Matrix:
        """How the pelvis is turned in space."""
        return trunk_turn(self.tilt, self.lean, self.heading)

    def arm(self, side: SideName) -> Arm:
        """Return one arm."""
        return self.left_arm if side == "left" else self.right_arm

    def leg(self, side: SideName) -> Leg:
        """Return one leg."""
        return self.left_leg if side == "left" else self.right_leg

    def with_arm(self, side: SideName, arm: Arm) -> Pose:
        """Return the pose with another arm."""
        return replace(self, left_arm=arm) if side == "left" else replace(self, right_arm=arm)

    def with_leg(self, side: SideName, leg: Leg) -> Pose:
        """Return the pose with another leg."""
        return replace(self, left_leg=leg) if side == "left" else replace(self, right_leg=leg)
