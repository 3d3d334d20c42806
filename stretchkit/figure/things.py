"""Where things stand in the room, and the surfaces that they offer to a body."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from stretchkit.figure import places
from stretchkit.figure.rotations import FORWARD, LEFT, UP, Matrix, Vector, about_y
from stretchkit.figure.solids import Barrel, Block, Floats, Globe, Solid
from stretchkit.figure.thing_words import ThingWords

THING_OF = {
    "seat": "chair",
    "chair back": "chair",
    "chair arm": "chair",
    "wall": "wall",
    "doorway": "doorway",
    "desk": "desk",
    "step": "step",
    "cushion": "cushion",
    "pillow": "pillow",
    "towel": "towel",
    "roller": "roller",
    "ball": "ball",
    "bed": "bed",
}
"""The thing that a surface belongs to."""

UNDER = frozenset({"cushion", "pillow", "towel", "roller", "ball"})
"""Things that lie where they are touched."""

FACING = {"forward": 0.0, "left": 90.0, "back": 180.0, "right": -90.0}
_AWAY = {"in front": 0.0, "to the left": 90.0, "behind": 180.0, "to the right": -90.0}
"""The turn of a chair whose back is to the person; a wall there is turned the other way."""

_BOARD = 0.04
_GAPS = {"wall": 0.45, "doorway": 0.12, "desk": 0.35, "chair": 0.3, "step": 0.3}


@dataclass(frozen=True, slots=True)
class Standing:
    """A thing in the room: where its middle is, metres, and how far it is turned to the left.

    `said` is whether its place was written; if not, it may still be moved to what touches it.
    """

    name: str
    at: tuple[float, float, float] = (0.0, 0.0, 0.0)
    turned: float = 0.0
    arms: bool = False
    high: float = 0.0
    said: bool = False

    @property
    def turn(self) -> Matrix:
        """From the thing's own directions to those of the room."""
        return about_y(self.turned)

    def room(self, points: Floats) -> Floats:
        """Return points of the thing's own directions as they are in the room."""
        found: Floats = points @ self.turn.T + np.array(self.at)
        return found

    def own(self, points: Floats) -> Floats:
        """Return points of the room in the thing's own directions."""
        found: Floats = (points - np.array(self.at)) @ self.turn
        return found

    def mirrored(self) -> Standing:
        """Return the thing as it stands for the other side."""
        x, y, z = self.at
        return replace(self, at=(-x, y, z), turned=-self.turned)


def standing(words: ThingWords, root: tuple[float, float, float], usual: float | None) -> Standing:
    """Return where a thing stands that a frame speaks of.

    `root` is the middle between the hips, `usual` the gap where the frame says none, metres.
    """
    high = words.high if words.high is not None else places.HEIGHTS.get(words.name, 0.0)
    plain = Standing(words.name, arms=words.arms, high=high)
    if not words.way:
        if words.name == "chair":
            return replace(plain, turned=FACING[words.facing or "forward"], said=True)
        return plain
    away = _AWAY[words.way]
    way = about_y(away) @ FORWARD
    gap = words.gap
    if gap is None:
        gap = _GAPS.get(words.name, 0.3) if usual is None else usual
    if words.name == "chair":
        turned = FACING[words.facing] if words.facing else away
        local = about_y(turned).T @ way
        low = np.array([-places.CHAIR_ARM_SIDE, 0.0, places.SEAT_BACK])
        high_end = np.array([places.CHAIR_ARM_SIDE, 0.0, places.SEAT_FRONT])
        gap -= float(np.minimum(local * low, local * high_end).sum())
    else:
        turned = away + 180.0
    at = np.array([root[0], 0.0, root[2]]) + way * gap
    at = at + (about_y(away) @ LEFT) * words.aside * (1.0 if abs(away) < 91.0 else -1.0)  # noqa: PLR2004
    if words.name == "desk" and words.high is None:
        high = places.DESK_HEIGHT
    return Standing(
        words.name,
        (float(at[0]), 0.0, float(at[2])),
        turned,
        arms=words.arms,
        high=high,
        said=True,
    )


# ---- surfaces


def plane(target: str, thing: Standing | None) -> tuple[Vector, Vector]:
    """Return a point of a flat surface of a thing, and its normal. Without one it is the floor."""
    if thing is None or target == "bed":
        return np.array([0.0, places.FLOOR, 0.0]), UP
    if target == "chair back":
        return thing.room(np.array([0.0, 0.7, places.CHAIR_BACK])), thing.turn @ FORWARD
    if target in {"wall", "doorway"}:
        return np.array(thing.at) + UP, thing.turn @ FORWARD
    return np.array(thing.at) + UP * _top(target, thing), UP


def _top(target: str, thing: Standing) -> float:
    if target == "seat":
        return places.SEAT_HEIGHT
    if target == "chair arm":
        return places.CHAIR_ARM_TOP
    return thing.high or places.HEIGHTS[target]


def on_surface(target: str, thing: Standing, point: Vector, side: float) -> Vector:
    """Return the place of a surface that is nearest to a point; `side` is 1 for the left."""
    own = thing.own(point)
    x, z = float(own[0]), float(own[2])
    if target == "chair arm":
        x = math.copysign(places.CHAIR_ARM_SIDE, side * math.cos(math.radians(thing.turned)))
        z = min(max(z, places.SEAT_BACK + 0.08), places.SEAT_FRONT - 0.06)
    elif target == "seat":
        x = min(max(x, -places.SEAT_WIDTH / 2 + 0.05), places.SEAT_WIDTH / 2 - 0.05)
        z = min(max(z, places.SEAT_BACK + 0.04), places.SEAT_FRONT - 0.04)
    elif target == "doorway":
        jamb = places.DOOR_GAP / 2 + places.JAMB / 2
        x = math.copysign(min(max(abs(x), jamb - 0.02), jamb + 0.02), x)
    elif target == "desk":
        x = min(max(x, -places.DESK_WIDTH / 2 + 0.06), places.DESK_WIDTH / 2 - 0.06)
        z = max(min(z, -0.09), 0.08 - places.DESK_DEPTH)
    elif target == "step" and thing.said:
        z = max(min(z, -0.03), 0.03 - places.STEP_DEPTH)
    found: Vector = thing.room(np.array([x, float(own[1]), z]))
    return found


def rail(thing: Standing) -> Vector:
    """Return the middle of the upper edge of a chair's back."""
    back = places.CHAIR_BACK - places.CHAIR_BACK_THICKNESS / 2
    found: Vector = thing.room(np.array([0.0, places.CHAIR_BACK_TOP, back]))
    return found


# ---- solids


def solids(thing: Standing, *, sat: bool = True) -> tuple[Solid, ...]:
    """Return what a body must not go into; soft things and the floor give way.

    Legs go under a seat and a desk only when somebody sits (`sat`): who stands is before them.
    """
    w, d = places.SEAT_WIDTH, places.SEAT_DEPTH
    if thing.name == "chair":
        middle = (places.SEAT_FRONT + places.SEAT_BACK) / 2
        back = places.CHAIR_BACK - places.CHAIR_BACK_THICKNESS / 2
        top, seat = places.CHAIR_BACK_TOP, places.SEAT_HEIGHT
        found = [
            _slab(thing, seat, (w, d), middle, "seat", sat=sat),
            _block(thing, (0, top - 0.075, back), (w, 0.13, 0.03), "chair back"),
            _block(thing, (0, top - 0.28, back), (w, 0.05, 0.03), "chair back"),
        ]
        for x in (-1.0, 1.0):
            side = x * (w / 2 - 0.02)
            found.append(_block(thing, (side, top / 2, back), (0.035, top, 0.03), "chair back"))
            leg = (side, seat / 2, middle + d / 2 - 0.02)
            found.append(_block(thing, leg, (0.035, seat, 0.035), "chair's leg"))
            if thing.arms:
                rest = (x * places.CHAIR_ARM_SIDE, places.CHAIR_ARM_TOP - 0.014, middle)
                size = (places.CHAIR_ARM_WIDTH, 0.028, d)
                found.append(_block(thing, rest, size, "chair's arm"))
        return tuple(found)
    if thing.name == "wall":
        return (_block(thing, (0, 1.1, -0.5), (4.0, 2.4, 1.0), "wall"),)
    if thing.name == "doorway":
        jamb = places.DOOR_GAP / 2 + places.JAMB / 2
        size = (places.JAMB, places.DOOR_HEIGHT, places.JAMB)
        return tuple(
            _block(thing, (x * jamb, size[1] / 2, -places.JAMB / 2), size, "door frame")
            for x in (-1.0, 1.0)
        )
    if thing.name == "desk":
        across, deep = places.DESK_WIDTH, places.DESK_DEPTH
        return (_slab(thing, thing.high, (across, deep), -deep / 2, "desk", sat=sat),)
    if thing.name == "step":
        size = (places.STEP_WIDTH, thing.high, places.STEP_DEPTH)
        return (_block(thing, (0, thing.high / 2, -size[2] / 2), size, "step"),)
    if thing.name == "roller":
        half = thing.turn @ LEFT * 0.3
        middle_at = np.array(thing.at) + UP * thing.high / 2
        return (Barrel(middle_at - half, middle_at + half, thing.high / 2, "roller"),)
    if thing.name == "ball":
        return (Globe(np.array(thing.at) + UP * thing.high / 2, thing.high / 2, "ball"),)
    return ()


def _slab(
    thing: Standing, top: float, size: tuple[float, float], z: float, name: str, *, sat: bool
) -> Block:
    thick = _BOARD if sat else top
    return _block(thing, (0, top - thick / 2, z), (size[0], thick, size[1]), name)


def _block(
    thing: Standing,
    middle: tuple[float, float, float],
    size: tuple[float, float, float],
    name: str,
) -> Block:
    return Block(thing.room(np.array(middle)), np.array(size) / 2.0, thing.turn, name)
