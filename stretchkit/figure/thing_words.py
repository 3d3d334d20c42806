"""Where a frame says that a thing stands: `wall: 40 cm in front`, `chair: in front, with arms`."""

from __future__ import annotations

import re
from dataclasses import dataclass

WAYS = ("in front", "behind", "to the left", "to the right")
FACINGS = ("forward", "back", "left", "right")
STANDING = ("chair", "wall", "doorway", "desk", "step", "bed")
"""Things that stand somewhere; the others are where they are touched or held."""

HEIGHTS = ("desk", "step", "cushion", "pillow", "towel", "ball", "roller")
"""Things whose height can be said."""

PLACED = (*STANDING, *(name for name in HEIGHTS if name not in STANDING))
"""The names of things that a frame can say something about."""

_WAY = re.compile(r"(?:(\d+(?:\.\d+)?) cm )?(in front|behind|to the left|to the right)")
_HIGH = re.compile(r"(\d+(?:\.\d+)?) cm high")


@dataclass(frozen=True, slots=True)
class ThingWords:
    """How a frame says that a thing stands, lengths in metres.

    `gap` is from the middle between the hips to the near side of the thing; None is the usual
    one. `aside` is how far it then stands to the left.
    """

    name: str
    way: str = ""
    gap: float | None = None
    aside: float = 0.0
    facing: str = ""
    arms: bool = False
    high: float | None = None


def read_thing(name: str, value: str) -> tuple[ThingWords, str]:
    """Return where a thing stands, and the first piece that says nothing, or ""."""
    found = {"way": "", "gap": None, "aside": 0.0, "facing": "", "arms": False, "high": None}
    for piece in (each.strip() for each in value.split(",")):
        first, _, rest = piece.partition(" ")
        if match := _WAY.fullmatch(piece):
            far = None if match[1] is None else float(match[1]) / 100.0
            if not found["way"]:
                found |= {"way": match[2], "gap": far}
            elif match[2] in {"to the left", "to the right"} and far is not None:
                found["aside"] = far if match[2] == "to the left" else -far
            else:
                return ThingWords(name), piece
        elif name == "chair" and first == "facing" and rest in FACINGS:
            found["facing"] = rest
        elif name == "chair" and piece == "with arms":
            found["arms"] = True
        elif name in HEIGHTS and (match := _HIGH.fullmatch(piece)):
            found["high"] = float(match[1]) / 100.0
        else:
            return ThingWords(name), piece
    return ThingWords(name, **found), ""  # type: ignore[arg-type]
