"""The part of the room that a close-up shows: the same for every frame of an exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from stretchkit.figure.contact import Solved
from stretchkit.figure.mesh import Floats
from stretchkit.figure.pose import SIDES, SideName
from stretchkit.figure.rotations import Vector
from stretchkit.figure.scene import Box, View
from stretchkit.model.vocabulary import CloseUp

_SHOWN: dict[CloseUp, tuple[tuple[str, float], ...]] = {
    # each part shows so much around these points, metres
    CloseUp.HEAD: (("head top", 0.15), ("head", 0.12)),
    CloseUp.NECK: (("head top", 0.15), ("head", 0.13), ("shoulder", 0.10)),
    CloseUp.SHOULDERS: (("head", 0.06), ("shoulder", 0.13), ("elbow", 0.02)),
    CloseUp.BELLY: (("root", 0.16), ("chest", 0.16)),
    CloseUp.WRISTS: (("elbow", 0.07), ("wrist", 0.08), ("finger tip", 0.06)),
    CloseUp.HANDS: (("wrist", 0.09), ("finger tip", 0.06)),
    CloseUp.KNEES: (("knee", 0.15),),
    CloseUp.ANKLES: (("shin", 0.08), ("ankle", 0.10), ("toe", 0.09)),
    CloseUp.FEET: (("ankle", 0.10), ("toe", 0.09)),
}
_OF_ONE_SIDE = {CloseUp.KNEES, CloseUp.ANKLES, CloseUp.FEET}
_TOP, _TIP = 0.12, 0.11
"""How far the middle of the head is above its joint, and a finger's tip beyond the knuckle."""


def box_of(part: CloseUp, frames: Iterable[Solved], view: View, side: SideName | None) -> Box:
    """Return the part of the room that a close-up shows.

    Args:
        part: the part of the body.
        frames: all frames of the exercise.
        view: where it is looked at from.
        side: the side that a one-sided exercise is about; of legs, that one alone is shown.
    """
    sides = (side,) if side and part in _OF_ONE_SIDE else SIDES
    lows, highs = [], []
    for frame in frames:
        for name, reach in _SHOWN[part]:
            for point in _points(name, frame, sides):
                seen = view.rotation @ point
                lows.append(seen - reach)
                highs.append(seen + reach)
    low, high = np.min(lows, axis=0), np.max(highs, axis=0)
    middle: Floats = view.rotation.T @ ((low + high) / 2)
    half = (high - low) / 2
    return Box(
        (float(middle[0]), float(middle[1]), float(middle[2])), (float(half[0]), float(half[1]))
    )


def _points(name: str, frame: Solved, sides: Iterable[SideName]) -> Iterator[Vector]:
    points, axes = frame.posed.points, frame.posed.axes
    if name == "head top":
        neck = (points["shoulder_l"] + points["shoulder_r"]) / 2
        way = points["head"] - neck
        yield points["head"] + way / float(np.linalg.norm(way)) * _TOP
    elif name in {"head", "root"}:
        yield points[name]
    elif name == "chest":
        yield (points["shoulder_l"] + points["shoulder_r"]) / 2 - axes["chest"] * 0.2
    else:
        for side in sides:
            end = side[0]
            if name == "finger tip":
                way = points[f"hand_{end}"] - points[f"wrist_{end}"]
                yield points[f"hand_{end}"] + way / float(np.linalg.norm(way)) * _TIP
            elif name == "shin":
                yield (points[f"knee_{end}"] + points[f"ankle_{end}"]) / 2
            else:
                yield points[f"{name}_{end}"]
