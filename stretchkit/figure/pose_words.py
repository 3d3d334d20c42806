"""The words of the pose language: parts of the body, movements, places and how they touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SideName = Literal["left", "right"]
SIDES: tuple[SideName, SideName] = ("left", "right")

HAND_SHAPES: dict[str, dict[str, float]] = {
    "relaxed": {"curl": 24.0, "thumb": 4.0, "spread": 0.0},
    "flat": {"curl": 2.0, "thumb": -16.0, "spread": 5.0},
    "spread": {"curl": 0.0, "thumb": -30.0, "spread": 18.0},
    "fist": {"curl": 92.0, "thumb": 45.0, "spread": 0.0},
    "grip": {"curl": 74.0, "thumb": 32.0, "spread": 0.0},
    "resting": {"curl": 14.0, "thumb": -12.0, "spread": 3.0},
    "cupped": {"curl": 30.0, "thumb": 8.0, "spread": 0.0},
}
"""What `fingers:` takes."""

LYING: dict[str, tuple[float, float]] = {
    "upright": (0.0, 0.0),
    "on front": (90.0, 0.0),
    "on back": (-90.0, 0.0),
    "on left side": (0.0, 90.0),
    "on right side": (0.0, -90.0),
}
"""What `body:` takes: how the pelvis is turned, forward and to the left."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One word that takes a number: what it changes, by which share, and the ways it may go."""

    changes: tuple[tuple[str, float], ...]
    ways: tuple[str, str] | None = None
    """The words for more and for less, such as "left" and "right"."""


def _one(parameter: str, share: float = 1.0, ways: tuple[str, str] | None = None) -> Movement:
    return Movement(((parameter, share),), ways)


_SIDEWAYS = ("left", "right")


def _trunk(*parts: tuple[str, float, float, float]) -> dict[str, Movement]:
    """Movements of the trunk: each part with its share of bending, side-bending and turning."""
    flexion = tuple((f"{name}.flexion", share) for name, share, _, _ in parts)
    return {
        "flexion": Movement(flexion),
        "extension": Movement(tuple((name, -share) for name, share in flexion)),
        "side-bend": Movement(tuple((f"{n}.side", share) for n, _, share, _ in parts), _SIDEWAYS),
        "turn": Movement(tuple((f"{n}.turn", share) for n, _, _, share in parts), _SIDEWAYS),
    }


TRUNK: dict[str, dict[str, Movement]] = {
    "spine": _trunk(("lumbar", 0.7, 0.45, 0.2), ("thoracic", 0.3, 0.55, 0.8)),
    "lower back": _trunk(("lumbar", 1.0, 1.0, 1.0)),
    "upper back": _trunk(("thoracic", 1.0, 1.0, 1.0)),
    "neck": _trunk(("neck", 0.65, 0.7, 0.65), ("head", 0.35, 0.3, 0.35)),
    "head": _trunk(("head", 1.0, 1.0, 1.0)),
    "pelvis": {
        "tilt": _one("tilt", 1.0, ("forward", "back")),
        "lean": _one("lean", 1.0, _SIDEWAYS),
        "turn": _one("heading", 1.0, _SIDEWAYS),
        "height": _one("root.y", 0.01),
        "forward": _one("root.z", 0.01),
        "back": _one("root.z", -0.01),
        "left": _one("root.x", 0.01),
        "right": _one("root.x", -0.01),
    },
    "belly": {"rise": _one("belly", 0.01)},
}

_TURNS = ("out", "in")
LIMBS: dict[str, dict[str, Movement]] = {
    "hip": {
        "flexion": _one("leg.flexion"),
        "extension": _one("leg.flexion", -1.0),
        "abduction": _one("leg.abduction"),
        "adduction": _one("leg.abduction", -1.0),
        "rotation": _one("leg.rotation", 1.0, _TURNS),
    },
    "knee": {"flexion": _one("leg.knee")},
    "ankle": {
        "plantarflexion": _one("leg.ankle"),
        "dorsiflexion": _one("leg.ankle", -1.0),
        "inversion": _one("leg.inversion"),
        "eversion": _one("leg.inversion", -1.0),
    },
    "toes": {"extension": _one("leg.toes"), "flexion": _one("leg.toes", -1.0)},
    "shoulder": {
        "flexion": _one("arm.flexion"),
        "extension": _one("arm.flexion", -1.0),
        "abduction": _one("arm.abduction"),
        "adduction": _one("arm.abduction", -1.0),
        "rotation": _one("arm.rotation", 1.0, _TURNS),
    },
    "shoulder blade": {
        "lift": _one("arm.elevation"),
        "drop": _one("arm.elevation", -1.0),
        "forward": _one("arm.protraction"),
        "back": _one("arm.protraction", -1.0),
    },
    "elbow": {"flexion": _one("arm.elbow")},
    "forearm": {"pronation": _one("arm.pronation"), "supination": _one("arm.pronation", -1.0)},
    "wrist": {
        "flexion": _one("arm.wrist"),
        "extension": _one("arm.wrist", -1.0),
        "deviation": _one("arm.deviation", 1.0, ("thumb side", "little finger side")),
    },
    "fingers": {"curl": _one("arm.curl"), "spread": _one("arm.spread")},
    "thumb": {"flexion": _one("arm.thumb")},
}
LIMBS["arm"] = LIMBS["shoulder"]
"""For a frame where the shoulder itself touches something: `left shoulder: on floor`."""

PLURALS = {
    "hips": "hip",
    "knees": "knee",
    "ankles": "ankle",
    "arms": "arm",
    "shoulders": "shoulder",
    "shoulder blades": "shoulder blade",
    "elbows": "elbow",
    "forearms": "forearm",
    "wrists": "wrist",
    "thumbs": "thumb",
    "hands": "hand",
    "feet": "foot",
    "heels": "heel",
    "calves": "calf",
}
DEFAULT_MOVEMENT = {"knee": "flexion", "elbow": "flexion", "thumb": "flexion"}
"""Parts that take a bare number: `left knee: 90`."""

SIDED_CONTACTS = ("hand", "forearm", "elbow", "knee", "foot", "heel", "toes", "shoulder", "calf")
"""Parts of the body that touch things, one on each side."""

TRUNK_CONTACTS: dict[str, str] = {
    # word: the anchor that touches
    "seat bones": "seat",
    "hips": "hips",
    "back": "back",
    "shoulder blades": "shoulder blades",
    "upper back": "upper back",
    "lower back": "lower back",
    "belly": "belly side",
    "chest": "chest side down",
    "head": "head",
    "forehead": "forehead",
    "back of head": "back of head",
}

SURFACES = (
    "floor",
    "mat",
    "bed",
    "seat",
    "chair back",
    "chair arm",
    "wall",
    "doorway",
    "desk",
    "step",
    "cushion",
    "pillow",
    "towel",
    "roller",
    "ball",
)
SURFACE_NAMES = {
    "mat": "floor",
    "bed": "floor",
    "chair arms": "chair arm",
    "door frame": "doorway",
    "foam roller": "roller",
}
"""Other words for a surface. A bed's mattress is the floor of who lies on it."""
SOFT = ("pillow", "cushion", "towel")
"""What a hand goes under, between it and the floor."""
HELD = ("strap", "towel", "band", "ball")
"""What a hand holds in the air; a foot can be in the first three."""
LOOPS = ("strap", "towel", "band")
THINGS = (*HELD, "chair back", "chair arm", "seat", "desk", "doorway")
"""What a hand can hold besides a part of the body."""

BODY_TARGETS: dict[str, tuple[str, bool]] = {
    # word: (anchor, one on each side)
    "knee": ("knee", True),
    "thigh": ("thigh", True),
    "shin": ("shin", True),
    "calf": ("calf", True),
    "ankle": ("ankle", True),
    "heel": ("heel", True),
    "foot": ("foot", True),
    "hand": ("hand", True),
    "forearm": ("forearm", True),
    "upper arm": ("upper arm", True),
    "elbow": ("elbow", True),
    "shoulder": ("front of shoulder", True),
    "hip": ("hip", True),
    "waist": ("waist", True),
    "ribs": ("ribs", True),
    "chest": ("chest", False),
    "belly": ("belly", False),
    "lower belly": ("lower belly", False),
    "lower back": ("lower back", False),
    "back of head": ("back of head", False),
    "forehead": ("forehead", False),
    "chin": ("chin", False),
}
LIMB_BACKS = ("thigh", "knee", "ankle", "forearm", "upper arm")
"""Where a hand that is behind or under a limb is on the back of it."""
TARGET_PLURALS = {
    **PLURALS,
    "thighs": "thigh",
    "shins": "shin",
    "calves": "calf",
    "upper arms": "upper arm",
    "lap": "thigh",
}
VERBS = ("on", "against", "over", "in", "holds", "under", "behind", "around")
FACES = ("outer side", "inner side", "front", "back", "top")
LIFTED = ("heel up", "toes tucked")
"""How a foot stands on its toes: under a person on their feet, or behind a knee on the floor."""

BESIDE = ("shoulders", "hips", "head", "chest", "knees")
