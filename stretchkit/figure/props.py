"""The things of an exercise as meshes: they stand in the same space as the person.

Metres; x to the person's left, y up, z forward; the floor is y = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stretchkit.figure import places
from stretchkit.figure.bezier import through
from stretchkit.figure.layers import skirt
from stretchkit.figure.mesh import Floats, Ints
from stretchkit.figure.rotations import about_y, unit
from stretchkit.figure.style import shade

Point = tuple[float, float, float]

WOOD, MAT, WALL, CLOTH = "#e4d6bf", "#cfd8e3", "#e9e9e4", "#d9e2e6"
STRAP, FOAM, BALL, PILLOW, METAL = "#9fb0bd", "#8fa7b8", "#b7c9a8", "#e6ddcf", "#c9ced3"


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One piece of a thing, in one colour; borders between pieces are drawn as fine lines."""

    vertices: Floats
    triangles: Ints
    colour: str
    rounded: bool = False


Prop = tuple[Face, ...]


def box(middle: Point, size: Point, colour: str, *, turn: float = 0.0) -> Prop:
    """Return a box, turned about the upright axis by degrees; each side has its own shade."""
    centre, half, rotation = np.array(middle), np.array(size) / 2, about_y(turn)
    shades = ((0.86, 0.86), (0.75, 1.0), (0.93, 0.93))
    found = []
    for axis in range(3):
        u, v = (i for i in range(3) if i != axis)
        for sign, side in ((-1.0, shades[axis][0]), (1.0, shades[axis][1])):
            corners = np.zeros((4, 3))
            corners[:, axis] = sign * half[axis]
            corners[:, u] = np.array([-1, 1, 1, -1]) * half[u]
            corners[:, v] = np.array([-1, -1, 1, 1]) * half[v]
            faces = np.array([[0, 1, 2], [0, 2, 3]])
            found.append(Face(corners @ rotation.T + centre, faces, shade(colour, side)))
    return tuple(found)


def tube(path: Sequence[Point] | Floats, radius: float, colour: str, *, wide: float = 1.0) -> Prop:
    """Return a band or rope through points; `wide` times as wide across as thick."""
    line = through(np.asarray(path, dtype=float), 8)
    rings = []
    ahead = np.gradient(line, axis=0)
    across = np.array([0.3, 0.2, 0.9])
    for point, way in zip(line, ahead, strict=True):
        d = unit(way)
        across = unit(across - d * float(across @ d))
        other = np.cross(d, across)
        turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)[:, None]
        rings.append(point + radius * (wide * np.cos(turn) * across + np.sin(turn) * other))
    return (Face(*skirt(np.array(rings)), colour, rounded=True),)


def _barrel(a: Point, b: Point, radius: float, colour: str) -> Prop:
    """Return a closed cylinder between two points: its round and both of its ends."""
    start, end = np.array(a), np.array(b)
    d = unit(end - start)
    across = unit(np.cross(d, [0.31, 0.9, 0.17]))
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)[:, None]
    ring = radius * (np.cos(turn) * across + np.sin(turn) * np.cross(d, across))
    found = [Face(*skirt(np.stack([start + ring, end + ring])), colour, rounded=True)]
    for centre in (start, end):
        middle = np.repeat(centre[None], len(ring), 0)
        ends = skirt(np.stack([middle + ring, middle]))
        found.append(Face(*ends, shade(colour, 0.82), rounded=True))
    return tuple(found)


def mat(x: tuple[float, float], z: tuple[float, float]) -> Prop:
    """Return a mat between two x and two z; its top is the floor that the person is on."""
    middle = ((x[0] + x[1]) / 2, -0.006, (z[0] + z[1]) / 2)
    return box(middle, (x[1] - x[0], 0.012, z[1] - z[0]), MAT)


def chair(*, arms: bool = False) -> Prop:
    """Return a chair whose person looks along z."""
    w, d, seat = places.SEAT_WIDTH, places.SEAT_DEPTH, places.SEAT_HEIGHT
    z = (places.SEAT_FRONT + places.SEAT_BACK) / 2
    thick = places.CHAIR_BACK_THICKNESS
    back = places.CHAIR_BACK - thick / 2
    high = places.CHAIR_BACK_TOP
    found = list(box((0, seat - 0.02, z), (w, 0.04, d), WOOD))
    for side in (-1.0, 1.0):
        x = side * (w / 2 - 0.02)
        found += box((x, (seat - 0.04) / 2, z + d / 2 - 0.02), (0.035, seat - 0.04, 0.035), WOOD)
        found += box((x, high / 2, back), (0.035, high, thick), WOOD)
        if arms:
            rest = seat + 0.21
            found += box((side * (w / 2 + 0.02), rest, z + 0.01), (0.05, 0.028, d), WOOD)
            post = (side * (w / 2 + 0.02), (rest + seat) / 2 - 0.03, z + d / 2 - 0.05)
            found += box(post, (0.032, rest - seat + 0.04, 0.032), WOOD)
    width = w - 0.075
    found += box((0, high - 0.075, back), (width, 0.13, thick * 0.75), WOOD)
    found += box((0, high - 0.28, back), (width, 0.05, thick * 0.75), WOOD)
    return tuple(found)


def wall(*, behind: bool, width: float = 1.1, height: float = 2.1) -> Prop:
    """Return a piece of wall in the plane z = 0, behind the person or in front."""
    z = places.WALL + (-0.03 if behind else 0.03)
    return box((0, height / 2, z), (width, height, 0.06), WALL)


def doorway(*, gap: float = 0.84, height: float = 2.05, z: float = 0.0) -> Prop:
    """Return a door frame that the person stands in."""
    found: list[Face] = []
    for side in (-1.0, 1.0):
        found += box((side * (gap / 2 + 0.05), height / 2, z), (0.10, height, 0.10), WALL)
    found += box((0, height + 0.05, z), (gap + 0.20, 0.10, 0.10), WALL)
    return tuple(found)


def desk(*, z: float = 0.55, width: float = 1.1, depth: float = 0.6) -> Prop:
    """Return a desk in front of the person."""
    top = places.DESK_HEIGHT
    found = list(box((0, top - 0.015, z), (width, 0.03, depth), WOOD))
    for x in (-1.0, 1.0):
        for y in (-1.0, 1.0):
            leg = (x * (width / 2 - 0.04), (top - 0.03) / 2, z + y * (depth / 2 - 0.04))
            found += box(leg, (0.045, top - 0.03, 0.045), WOOD)
    return tuple(found)


def step(*, z: float = 0.1, width: float = 0.6, depth: float = 0.35) -> Prop:
    """Return a step."""
    high = places.STEP_HEIGHT
    return box((0, high / 2, z), (width, high, depth), WOOD)


def _pad(middle: Point, size: Point, colour: str) -> Prop:
    """Return a soft pad: a box with round corners that bulges."""
    cx, cy, cz = middle
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    x = np.sign(c) * np.abs(c) ** 0.45 * size[0] / 2
    z = np.sign(s) * np.abs(s) ** 0.45 * size[2] / 2
    rings = []
    for t in np.linspace(-np.pi / 2, np.pi / 2, 15):
        wide = max(np.cos(t), 0.0) ** 0.4
        y = np.full_like(x, cy + size[1] / 2 * np.sin(t))
        rings.append(np.stack([cx + x * wide, y, cz + z * wide], 1))
    return (Face(*skirt(np.array(rings)), colour, rounded=True),)


def pillow(middle: Point = (0, places.PILLOW_HEIGHT / 2, 0), *, turn: bool = False) -> Prop:
    """Return a pillow or cushion."""
    long, short = 0.52, 0.34
    size = (short, places.PILLOW_HEIGHT, long) if turn else (long, places.PILLOW_HEIGHT, short)
    return _pad(middle, size, PILLOW)


def towel(middle: Point, *, length: float = 0.45, radius: float = 0.045) -> Prop:
    """Return a rolled towel that lies across."""
    x, y, z = middle
    return _barrel((x - length / 2, y, z), (x + length / 2, y, z), radius, CLOTH)


def roller(middle: Point, *, length: float = 0.6) -> Prop:
    """Return a foam roller that lies across."""
    x, y, z = middle
    ends = ((x - length / 2, y, z), (x + length / 2, y, z))
    return _barrel(*ends, places.ROLLER_RADIUS, FOAM)


def ball(middle: Point, radius: float = 0.05) -> Prop:
    """Return a ball."""
    t, a = np.meshgrid(
        np.linspace(0, np.pi, 20), np.linspace(0, 2 * np.pi, 36, endpoint=False), indexing="ij"
    )
    rings = np.stack([np.sin(t) * np.cos(a), np.cos(t), np.sin(t) * np.sin(a)], -1)
    return (Face(*skirt(rings * radius + np.array(middle)), BALL, rounded=True),)


def strap(path: Sequence[Point] | Floats) -> Prop:
    """Return a strap along points."""
    return tube(path, 0.0075, STRAP, wide=1.9)


def bed(*, length: float = 2.0, width: float = 0.9, top: float = 0.0) -> Prop:
    """Return a bed whose mattress has its top at a height; the person lies along z."""
    found = list(box((0, top - 0.09, 0), (width, 0.18, length), PILLOW))
    found += box((0, top - 0.23, 0), (width + 0.03, 0.10, length + 0.03), WOOD)
    for x in (-1.0, 1.0):
        for z in (-1.0, 1.0):
            leg = (x * (width / 2 - 0.04), top - 0.35, z * (length / 2 - 0.05))
            found += box(leg, (0.06, 0.16, 0.06), WOOD)
    return tuple(found)
