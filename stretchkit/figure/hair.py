"""Hair and headscarves: a layer of the head's own skin, and loose parts made on the canonical head.

Lengths are metres on the canonical body at rest.
"""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

import numpy as np

from stretchkit.figure.body import SKIN
from stretchkit.figure.garments import ease
from stretchkit.figure.layers import Label, Layer, Material, free, layer, skirt
from stretchkit.figure.mesh import Floats, Ints, normals
from stretchkit.figure.person import HairName
from stretchkit.figure.rotations import about_x

CROWN = np.array([0.0, 0.69, 0.045])
"""The middle of the head, which strands run around."""

# The hairline in the side plane (z, y): forehead, temple, sideburn, over the ear, nape.
_LINE = np.array(
    [
        *((0.2, 0.737), (0.136, 0.735), (0.120, 0.728), (0.106, 0.714), (0.097, 0.698)),
        *((0.090, 0.684), (0.083, 0.668), (0.076, 0.655), (0.069, 0.649), (0.063, 0.655)),
        *((0.058, 0.668), (0.050, 0.677), (0.038, 0.680), (0.026, 0.675), (0.019, 0.660)),
        *((0.014, 0.640), (0.008, 0.620), (-0.004, 0.608), (-0.03, 0.604), (-0.2, 0.60)),
        *((-0.2, 0.95), (0.2, 0.95)),
    ]
)

# How thick the hair is on top and at the sides.
_THICK = {
    "short": (0.014, 0.004),
    "bun": (0.011, 0.008),
    "long": (0.011, 0.008),
    "bald": (0.003, 0.003),
    "bob": (0.010, 0.006),
}


def _rounded(corners: Floats) -> Floats:
    for _ in range(2):
        following = np.roll(corners, -1, 0)
        near, far = 0.75 * corners + 0.25 * following, 0.25 * corners + 0.75 * following
        corners = np.stack([near, far], 1).reshape(-1, 2)
    return corners


def inside_of(points: Floats, corners: Floats) -> Floats:
    """Return how far points are inside a polygon, below zero outside."""
    away = np.full(len(points), 9.0)
    within = np.zeros(len(points), dtype=bool)
    for a, b in zip(corners, np.roll(corners, -1, 0), strict=True):
        edge = b - a
        t = np.clip(((points - a) @ edge) / (edge @ edge), 0, 1)
        away = np.minimum(away, np.linalg.norm(points - a - t[:, None] * edge, axis=1))
        crosses = (a[1] > points[:, 1]) != (b[1] > points[:, 1])
        x = edge[0] * (points[:, 1] - a[1]) / (edge[1] + 1e-12) + a[0]
        within ^= crosses & (points[:, 0] < x)
    found: Floats = np.where(within, away, -away)
    return found


def _soft(one: Floats, other: Floats, round_by: float) -> Floats:
    """Return the lesser of two fields, with the corner between them rounded."""
    found: Floats = -round_by * np.logaddexp(-one / round_by, -other / round_by)
    return found


def hairline(places: Floats, hair: HairName) -> Floats:
    """Return how far a place is behind the hairline."""
    front = places[:, 2] > 0.09
    y = places[:, 1] + 0.006 * np.abs(places[:, 0]) / 0.05 * front
    if hair == "short":
        y = y + 0.0035 * np.sin(210 * places[:, 0] + 1) * front  # an uneven fringe
    line = inside_of(np.stack([places[:, 2], y], 1), _rounded(_LINE))
    if hair == "bald":
        bare = 0.026 * np.exp(-((places[:, 0] / 0.042) ** 2)) * (places[:, 2] < 0.03)
        rim = 0.712 - bare - 0.16 * np.clip(places[:, 2] + 0.02, 0.0, 1.0) - places[:, 1]
        line = _soft(line, _soft(rim, 0.082 - places[:, 2], 0.004), 0.003)
    return line


def ear_field(places: Floats) -> Floats:
    """Return a field that is above zero on the ears."""
    middle = 0.0425 - 0.28 * (places[:, 1] - 0.646)
    ring = ((places[:, 2] - middle) / 0.0150) ** 2 + ((places[:, 1] - 0.6455) / 0.0255) ** 2
    found: Floats = np.minimum(0.015 * (1 - ring), np.abs(places[:, 0]) - 0.062)
    return found


def covers_ears(hair: HairName) -> bool:
    """Tell whether the ears are under the hair or the scarf."""
    return hair in {"bob", "headscarf"}


def flat_ears(places: Floats, vertices: Floats) -> Floats:
    """Return a body's vertices with the ears laid flat to the head."""
    x, y, z = places.T
    ear = (np.abs(x) > 0.062) & (y > 0.61) & (y < 0.68) & (z > 0.012) & (z < 0.066)
    flat = vertices.copy()
    flat[ear, 0] = np.sign(flat[ear, 0]) * np.minimum(np.abs(flat[ear, 0]), 0.064)
    return flat


def make_hair(of: Material, hair: HairName) -> list[Layer]:
    """Return the layers of a head's hair or scarf."""
    found = []
    if hair in _THICK:
        found.append(_cap(of, hair))
    if hair == "bun":
        found.append(free(of, "bun", *_bun(), Label.KNOT, bone="head", rolls_about=CROWN))
    elif hair == "long":
        found.append(free(of, "tail", *_tail(), Label.KNOT))
    elif hair == "bob":
        bob, faces = _bob()
        lying = _fallen(bob)
        opening = _bob_opening
        found.append(
            free(of, "bob", bob, faces, Label.HAIR, keep=opening, bone="head", lying=lying)
        )
    elif hair == "headscarf":
        found.append(free(of, "scarf", *_scarf(), Label.SCARF, keep=_scarf_opening))
    return found


def _cap(of: Material, hair: HairName) -> Layer:
    body, places = of.body, of.places
    line = hairline(places, hair)
    skin = body.triangles[body.groups == SKIN]
    ears = (ear_field(places) > 0) & (np.abs(places[:, 0]) > 0.069)
    head = (line > -0.02) & (of.parts[:, 4] > 0.2) & (places[:, 1] > 0.58)
    chosen = skin[head[skin].all(1) & ~ears[skin].any(1)]
    top, side = _THICK[hair]
    share = ease((places[:, 1] - 0.66) / 0.10)
    thick = (side + (top - side) * share) * np.sqrt(np.clip(line / 0.022, 0, 1)) + 0.0008
    if hair == "short":
        thick += 0.006 * ease((places[:, 2] - 0.07) / 0.05) * ease((places[:, 1] - 0.72) / 0.03)
    outward = normals(body.vertices, skin)
    vertices = body.vertices + outward * thick[:, None]
    return layer(of, "hair", vertices, chosen, Label.HAIR, keep=[line], closed=True)


def _bun() -> tuple[Floats, Ints]:
    down, around = np.meshgrid(
        np.linspace(0, np.pi, 16), np.linspace(0, 2 * np.pi, 28, endpoint=False), indexing="ij"
    )
    ball = np.stack(
        [
            np.sin(down) * np.cos(around) * 0.037,
            np.cos(down) * 0.034,
            np.sin(down) * np.sin(around) * 0.030,
        ],
        axis=-1,
    )
    return skirt(ball @ about_x(-35).T + np.array([0.0, 0.752, -0.062]))


def _tail() -> tuple[Floats, Ints]:
    """A tail of hair that leaves the back of the head and lies along neck and back."""
    t = np.linspace(0, 1, 22)
    y = np.interp(t, [0, 0.12, 0.3, 0.6, 1.0], [0.700, 0.702, 0.655, 0.56, 0.43])
    z = np.interp(t, [0, 0.12, 0.3, 0.6, 1.0], [-0.045, -0.075, -0.088, -0.080, -0.098])
    for _ in range(3):
        y[1:-1] = (y[:-2] + 2 * y[1:-1] + y[2:]) / 4
        z[1:-1] = (z[:-2] + 2 * z[1:-1] + z[2:]) / 4
    radius = np.interp(t, [0, 0.06, 0.2, 0.5, 0.85, 1], [0.013, 0.014, 0.024, 0.027, 0.017, 0.002])
    path = np.stack([np.zeros_like(t), y, z], 1)
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    out = np.cross(np.array([1.0, 0.0, 0.0]), along)
    angle = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    wide = np.cos(angle)[None, :, None] * np.array([1.25, 0.0, 0.0])
    deep = np.sin(angle)[None, :, None] * out[:, None, :]
    rings = path[:, None, :] + radius[:, None, None] * (wide + deep)
    return skirt(rings[:, ::-1])


def _levels(low: float, high: float, count: int = 44) -> tuple[Floats, Floats]:
    y = high - (high - low) * np.linspace(0, 1, count) ** 1.7
    around = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    angles, heights = np.meshgrid(around, y)
    return angles, heights


def _bob() -> tuple[Floats, Ints]:
    angle, y = _levels(0.562, 0.795)
    up = np.clip((y - 0.685) / 0.110, 0, 1)
    dome = np.maximum(1 - up**2.3, 0) ** 0.5
    down = np.clip((0.685 - y) / 0.125, 0, 1)
    back = 0.5 - 0.5 * np.cos(angle)
    swell = 1 + 0.11 * np.sin(np.pi * 0.85 * down) - 0.24 * ease((down - 0.60) / 0.40)
    radius = dome * swell
    x = np.sin(angle) * radius * 0.083
    tuck = 0.026 * down**1.5 * back
    z = 0.040 + np.cos(angle) * radius * 0.103 + tuck
    rise = 0.012 * np.sin(angle) ** 4 * back
    wave = 0.0022 * np.sin(9 * angle) * down * (dome > 0)
    return skirt(
        np.stack([x + wave * np.sin(angle), y + (0.012 * back - 0.004 + rise) * down**4, z], -1)
    )


def _fallen(bob: Floats) -> Floats:
    """Return where a bob is on a head whose face looks up: fallen back from the face."""
    fallen = bob.copy()
    share = 0.62 * ease((0.745 - bob[:, 1]) / 0.06)
    fallen[:, 2] -= share * np.clip(bob[:, 2] - 0.040, 0, None)
    return fallen


def _bob_opening(places: Floats) -> Floats:
    x, y, z = places.T
    parting = 0.018
    side = np.where(x > parting, 0.066 - parting, 0.066 + parting)
    edge = 0.750 - 0.055 * (np.abs(x - parting) / side) ** 1.7
    half = np.interp(y, [0.55, 0.60, 0.66, 0.72], [0.046, 0.053, 0.058, 0.061])
    hole = np.minimum(z - 0.066, _soft(edge - y, half - np.abs(x), 0.007))
    found: Floats = -hole
    return found


def _scarf() -> tuple[Floats, Ints]:
    angle, y = _levels(0.420, 0.786, 56)
    up = np.clip((y - 0.69) / 0.096, 0, 1)
    dome = np.maximum(1 - up**2.2, 0) ** 0.5
    at = [0.40, 0.44, 0.48, 0.52, 0.555, 0.60, 0.64, 0.69]
    width = np.interp(y, at, [2.3, 2.0, 1.62, 1.20, 0.96, 0.97, 1.02, 1.0])
    middle = np.interp(
        y, [0.40, 0.46, 0.52, 0.58, 0.62, 0.69], [0.0, 0.006, 0.022, 0.038, 0.044, 0.043]
    )
    depth = np.interp(y, at, [0.124, 0.120, 0.108, 0.096, 0.091, 0.098, 0.101, 0.102])
    around = np.where(y > 0.69, dome, 1.0)
    low = ease((0.56 - y) / 0.10)
    fold = 1 + 0.022 * low * np.sin(7 * angle + 26 * y)
    nape = 1 - 0.10 * np.exp(-(((y - 0.575) / 0.035) ** 2)) - 0.08 * ease((0.55 - y) / 0.06)
    nape = np.where(np.cos(angle) < 0, nape, 1.0)
    x = np.sin(angle) * np.where(y > 0.69, dome, width) * 0.0775 * fold
    z = middle + np.cos(angle) * around * depth * fold * nape
    return skirt(np.stack([x, y - 0.035 * low * np.abs(np.cos(angle)) ** 2, z], -1))


def _scarf_opening(places: Floats) -> Floats:
    x, y, z = places.T
    hole = 1 - (x / 0.057) ** 2 - ((y - 0.657) / 0.081) ** 2
    behind = 0.046 * ease((0.02 - z) / 0.06) * np.clip(1 - (x / 0.13) ** 2, 0, 1)
    hem = 0.522 - 0.090 * ease((z + 0.015) / 0.085) - behind  # a rounded cape
    found: Floats = np.minimum(-np.minimum(0.05 * hole, z - 0.06), y - hem)
    return found
