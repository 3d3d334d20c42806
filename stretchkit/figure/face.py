"""Faces and strands: drawn lines that lie on the head, not borders of colours.

A mark is a line on the canonical head. Each of its points is found on a triangle once, and so
goes with the mesh of every body and every pose. Lengths are metres.
"""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from stretchkit.figure.body import CANONICAL, load_body
from stretchkit.figure.hair import CROWN, covers_ears
from stretchkit.figure.layers import Layer
from stretchkit.figure.mesh import Floats, Ints
from stretchkit.figure.person import HairName
from stretchkit.figure.rotations import unit

MarkKind = Literal[
    "white", "iris", "lid", "brow", "nose", "mouth", "lip", "ear", "strand", "fold", "lace"
]


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A line on a layer: the corners of a triangle for each point, and their shares."""

    layer: int
    corners: Ints
    shares: Floats
    kind: MarkKind


class _Caster:
    """Finds where rays from outside first meet a layer at rest."""

    def __init__(self, number: int, layer: Layer, low: float, *, front: bool = False) -> None:
        places = layer.places
        faces = layer.whole[(places[layer.whole][:, :, 1] > low).all(1)]
        if front:
            faces = faces[(places[faces][:, :, 2] > 0.06).all(1)]  # the ears
        self.number, self.faces = number, faces
        self.a = places[faces[:, 0]]
        self.ab, self.ac = places[faces[:, 1]] - self.a, places[faces[:, 2]] - self.a
        self.middle = self.a + (self.ab + self.ac) / 3
        size = ((places[faces] - self.middle[:, None]) ** 2).sum(2).max(1)
        self.reach = size + 1e-9

    def mark(self, starts: Floats, ways: Floats, kind: MarkKind) -> list[Mark]:
        """Return the mark where rays leave the layer, or nothing where they miss it."""
        corners, shares = [], []
        for start, way in zip(starts, ways, strict=True):
            off = self.middle - start
            along = off @ way
            aside = np.einsum("ij,ij->i", off, off) - along**2
            close = np.flatnonzero((along > 0) & (aside < self.reach))
            ab, ac = self.ab[close], self.ac[close]
            p = np.cross(way, ac)
            size = (ab * p).sum(1)
            size = np.where(np.abs(size) < 1e-14, 1e-14, size)  # edge-on
            t = start - self.a[close]
            u = (t * p).sum(1) / size
            q = np.cross(t, ab)
            v = (q @ way) / size
            far = (ac * q).sum(1) / size
            hit = (u >= -1e-6) & (v >= -1e-6) & (u + v <= 1 + 1e-6) & (far > 0)
            if hit.any():
                best = np.flatnonzero(hit)[far[hit].argmax()]
                corners.append(self.faces[close[best]])
                shares.append([1 - u[best] - v[best], u[best], v[best]])
        if len(corners) < 3:  # too short to see
            return []
        return [Mark(self.number, np.array(corners), np.array(shares), kind)]

    def front(self, points: Floats, kind: MarkKind) -> list[Mark]:
        """Return a mark drawn on the face as seen from the front: (x, y)."""
        starts = np.c_[points, np.zeros(len(points))]
        return self.mark(starts, np.tile([0.0, 0.0, 1.0], (len(points), 1)), kind)


def make_marks(layers: list[Layer], hair: HairName) -> list[Mark]:
    """Return the marks of a head: eyes, brows, nose, mouth, ears, strands and folds."""
    number = next(i for i, each in enumerate(layers) if each.name == "skin")
    face = _Caster(number, layers[number], 0.55, front=True)
    found: list[Mark] = []
    for side in (1.0, -1.0):
        found += _eye(face, side)
        if not covers_ears(hair):
            found += _ear(_Caster(number, layers[number], 0.60), side)
    found += _mouth(face)
    for i, each in enumerate(layers):
        if each.name == "shoes":
            found += _laces(_Caster(i, each, -9.0))
        if each.name == "hair" and hair in {"bun", "long", "short"}:
            found += _strands(_Caster(i, each, 0.55), hair)
        elif each.name in {"bob", "scarf"}:
            found += _falls(_Caster(i, each, 0.0), each.name)
    return found


def _eye(face: _Caster, side: float) -> list[Mark]:
    t = np.linspace(0, 1, 14)
    turn = np.array([side, 1.0])
    slant = -0.0012 * (1 - t) + 0.0012 * t
    x = 0.0175 + 0.0240 * t
    upper = np.c_[x, 0.6655 + 0.0066 * np.sin(np.pi * t**0.85) + slant]
    lower = np.c_[x, 0.6655 - 0.0044 * np.sin(np.pi * t) + slant]
    a = np.linspace(0, 2 * np.pi, 17)
    iris = np.c_[0.0295 + 0.0043 * np.cos(a), np.minimum(0.6662 + 0.0048 * np.sin(a), 0.6708)]
    brow = np.c_[
        0.0150 + 0.031 * t, 0.6835 + 0.0052 * np.sin(np.pi * (0.12 + 0.78 * t)) - 0.0015 * t
    ]
    wing = np.array(
        [(0.0135, 0.6350), (0.0158, 0.6325), (0.0158, 0.6295), (0.0138, 0.6275), (0.0115, 0.6275)]
    )
    return [
        *face.front(np.r_[upper, lower[::-1]] * turn, "white"),
        *face.front(iris * turn, "iris"),
        *face.front(upper * turn, "lid"),
        *face.front(brow * turn, "brow"),
        *face.front(wing * turn, "nose"),
    ]


def _mouth(face: _Caster) -> list[Mark]:
    t = np.linspace(-1, 1, 21)
    mouth = np.c_[0.0215 * t, 0.6080 + 0.0028 * np.abs(t) ** 2]
    lip = np.c_[0.010 * t, 0.5985 - 0.0010 * (1 - t * t)]
    return face.front(mouth, "mouth") + face.front(lip, "lip")


def _ear(head: _Caster, side: float) -> list[Mark]:
    rim = np.array(
        [
            *((0.0475, 0.6590), (0.0440, 0.6630), (0.0385, 0.6625), (0.0350, 0.6570)),
            *((0.0355, 0.6490), (0.0395, 0.6420), (0.0415, 0.6360)),
        ]
    )
    starts = np.c_[np.zeros(len(rim)), rim[:, 1], rim[:, 0]]
    return head.mark(starts, np.tile([side, 0.0, 0.0], (len(rim), 1)), "ear")


def _strands(cap: _Caster, hair: HairName) -> list[Mark]:
    short = hair == "short"
    goal = np.array([0.0, 0.752 if hair == "bun" else 0.70, -0.05])
    if short:
        roots = [
            (0.030, 0.740, 0.125),
            (0.052, 0.728, 0.10),
            (0.0, 0.745, 0.13),
            (-0.03, 0.742, 0.125),
        ]
    else:
        roots = [(0.045, 0.722, 0.10), (0.062, 0.705, 0.075), (0.068, 0.69, 0.05)]
        roots += [(0.06, 0.655, 0.005), (0.025, 0.740, 0.12)]
    found: list[Mark] = []
    for x, y, z in roots:
        for side in (1.0,) if short else (1.0, -1.0):
            start = unit(np.array([side * x, y, z]) - CROWN)
            to = np.array([side * x + 0.055, 0.80, z - 0.10]) if short else goal
            end = unit(to - CROWN)
            lift = np.array([0.0, 0.12, 0.0])
            ways = [
                unit(start * (1 - u) + end * u + lift * np.sin(np.pi * u))
                for u in np.linspace(0.10, 0.65 if short else 0.80, 12)
            ]
            found += cap.mark(np.tile(CROWN, (len(ways), 1)), np.array(ways), "strand")
    return found


def _falls(cloth: _Caster, name: str) -> list[Mark]:
    """Strands of a bob, folds of a scarf: lines in (angle from the front, height)."""
    if name == "bob":
        lines = [
            [(a, 0.770 - 0.02 * abs(a)), (a * 1.12, 0.70), (a * 1.1, 0.63), (a, 0.585)]
            for a in (1.15, -1.15, 1.6, -1.6, 2.1, -2.1, 2.7, -2.7)
        ]
    else:
        lines = [
            [(0.62, 0.60), (0.9, 0.575), (1.5, 0.56), (2.4, 0.57)],
            [(-0.25, 0.535), (0.1, 0.50), (0.6, 0.48), (0.9, 0.475)],
            [(-0.62, 0.585), (-0.5, 0.53), (0.05, 0.48), (0.45, 0.45)],
            [(2.0, 0.60), (2.6, 0.555), (3.0, 0.52), (3.2, 0.495)],
            [(-2.1, 0.585), (-2.6, 0.56), (-3.0, 0.55)],
        ]
    found: list[Mark] = []
    for line in lines:
        points = np.array(line)
        t, at = np.linspace(0, 1, 14), np.linspace(0, 1, len(points))
        angle, y = np.interp(t, at, points[:, 0]), np.interp(t, at, points[:, 1])
        starts = np.c_[np.zeros(14), y, np.full(14, 0.03)]
        ways = np.c_[np.sin(angle), np.zeros(14), np.cos(angle)]
        found += cloth.mark(starts, ways, "strand" if name == "bob" else "fold")
    return found


def _laces(shoes: _Caster) -> list[Mark]:
    """Three laces across the top of each shoe."""
    body = load_body(CANONICAL)
    ankle, toes = (body.heads[body.joints.index(joint)] for joint in ("foot.L", "toes.L"))
    found: list[Mark] = []
    for side in (1.0, -1.0):
        for share in (0.68, 0.84, 1.0):
            middle = ankle + (toes - ankle) * share
            x = np.linspace(-0.017, 0.017, 7) + middle[0]
            z = middle[2] + 0.004 * np.cos(np.linspace(-1.5, 1.5, 7))
            starts = np.c_[x * side, np.full(7, toes[1] - 0.01), z]
            found += shoes.mark(starts, np.tile([0.0, 1.0, 0.0], (7, 1)), "lace")
    return found
