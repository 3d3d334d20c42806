"""The things of an exercise as meshes: they stand in the same space as the person.

Metres; x to the person's left, y up, z forward; the floor is y = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from stretchkit.figure import places
from stretchkit.figure.bezier import through
from stretchkit.figure.layers import skirt
from stretchkit.figure.mesh import Floats, Ints
from stretchkit.figure.rotations import about_y, unit
from stretchkit.figure.style import shade
from stretchkit.figure.things import Standing

Point = tuple[float, float, float]

WOOD, MAT, WALL, CLOTH = "#e4d6bf", "#cfd8e3", "#e9e9e4", "#d9e2e6"
STRAP, BAND, FOAM, BALL, PILLOW = "#9fb0bd", "#b98a7a", "#8fa7b8", "#b7c9a8", "#e6ddcf"


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


def tube(
    path: Sequence[Point] | Floats,
    radius: float,
    colour: str,
    *,
    wide: float = 1.0,
    on: Point | None = None,
) -> Prop:
    """Return a band or rope through points; `wide` times as wide, towards `on`, as thick."""
    line = through(np.asarray(path, dtype=float), 8)
    rings = []
    ahead = np.gradient(line, axis=0)
    across = np.array([0.3, 0.2, 0.9] if on is None else on)
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
            out, rest = side * places.CHAIR_ARM_SIDE, places.CHAIR_ARM_TOP - 0.014
            found += box((out, rest, z), (places.CHAIR_ARM_WIDTH, 0.028, d), WOOD)
            post = (out, (rest + seat) / 2 - 0.03, z + d / 2 - 0.06)
            found += box(post, (0.032, rest - seat + 0.04, 0.032), WOOD)
    width = w - 0.075
    found += box((0, high - 0.075, back), (width, 0.13, thick * 0.75), WOOD)
    found += box((0, high - 0.28, back), (width, 0.05, thick * 0.75), WOOD)
    return tuple(found)


def wall(*, width: float = 1.1, height: float = 2.1) -> Prop:
    """Return a piece of wall whose face is the plane z = 0."""
    thick = places.WALL_THICKNESS
    return box((0, height / 2, -thick / 2), (width, height, thick), WALL)


def doorway() -> Prop:
    """Return a door frame whose near side is the plane z = 0."""
    found: list[Face] = []
    gap, high, jamb = places.DOOR_GAP, places.DOOR_HEIGHT, places.JAMB
    for side in (-1.0, 1.0):
        found += box((side * (gap + jamb) / 2, high / 2, -jamb / 2), (jamb, high, jamb), WALL)
    found += box((0, high + jamb / 2, -jamb / 2), (gap + 2 * jamb, jamb, jamb), WALL)
    return tuple(found)


def desk(*, high: float = places.DESK_HEIGHT) -> Prop:
    """Return a desk whose near edge is over z = 0."""
    width, depth = places.DESK_WIDTH, places.DESK_DEPTH
    found = list(box((0, high - 0.015, -depth / 2), (width, 0.03, depth), WOOD))
    for x in (-1.0, 1.0):
        for y in (-1.0, 1.0):
            leg = (x * (width / 2 - 0.04), (high - 0.03) / 2, -depth / 2 + y * (depth / 2 - 0.04))
            found += box(leg, (0.045, high - 0.03, 0.045), WOOD)
    return tuple(found)


def step(*, high: float = places.STEP_HEIGHT) -> Prop:
    """Return a step whose near side is the plane z = 0."""
    depth = places.STEP_DEPTH
    return box((0, high / 2, -depth / 2), (places.STEP_WIDTH, high, depth), WOOD)


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


def pillow(*, high: float = places.PILLOW_HEIGHT) -> Prop:
    """Return a pillow that lies on the floor at 0."""
    return _pad((0, high / 2, 0), (0.52, high, 0.34), PILLOW)


def cushion(*, high: float = places.CUSHION_HEIGHT) -> Prop:
    """Return a flat cushion that lies on the floor at 0."""
    return _pad((0, high / 2, 0), (0.36, high, 0.36), PILLOW)


def towel(*, high: float = places.TOWEL_HEIGHT, length: float = 0.45) -> Prop:
    """Return a rolled towel that lies across at 0."""
    radius = high / 2
    return _barrel((-length / 2, radius, 0), (length / 2, radius, 0), radius, CLOTH)


def roller(*, high: float = places.ROLLER_HEIGHT, length: float = 0.6) -> Prop:
    """Return a foam roller that lies across at 0."""
    radius = high / 2
    return _barrel((-length / 2, radius, 0), (length / 2, radius, 0), radius, FOAM)


def ball(*, high: float = places.BALL_HEIGHT) -> Prop:
    """Return a ball that lies at 0."""
    t, a = np.meshgrid(
        np.linspace(0, np.pi, 20), np.linspace(0, 2 * np.pi, 36, endpoint=False), indexing="ij"
    )
    rings = np.stack([np.sin(t) * np.cos(a), np.cos(t), np.sin(t) * np.sin(a)], -1)
    middle = np.array([0.0, high / 2, 0.0])
    return (Face(*skirt(rings * high / 2 + middle), BALL, rounded=True),)


def placed(prop: Prop, thing: Standing) -> Prop:
    """Return a thing as it stands in the room."""
    return tuple(replace(face, vertices=thing.room(face.vertices)) for face in prop)


def held(name: str, path: Sequence[Point] | Floats) -> Prop:
    """Return a strap, a band or a towel along points."""
    radius, wide, colour = {
        "strap": (0.006, 2.6, STRAP),
        "band": (0.004, 5.5, BAND),
        "towel": (0.014, 2.0, CLOTH),
    }[name]
    upright = (0.05, 0.95, 0.3) if name == "band" else None  # its flat side shows, as it is held
    return tube(path, radius, colour, wide=wide, on=upright)


def bed(middle: tuple[float, float]) -> Prop:
    """Return a bed around x and z; its mattress has its top at 0, the person lies along z."""
    x, z = middle
    length, width, high = places.BED_LENGTH, places.BED_WIDTH, places.BED_HEIGHT
    found = list(box((x, -0.10, z), (width, 0.20, length), PILLOW))
    found += box((x, -0.25, z), (width + 0.03, 0.10, length + 0.03), WOOD)
    for side in (-1.0, 1.0):
        for end in (-1.0, 1.0):
            leg = (x + side * (width / 2 - 0.04), -(high + 0.3) / 2, z + end * (length / 2 - 0.05))
            found += box(leg, (0.06, high - 0.3, 0.06), WOOD)
    return tuple(found)
