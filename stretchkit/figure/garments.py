"""Clothes: copies of the body's close-fitting shell, smoothed, pushed out and cut at their hems.

The shapes are signed functions of places on the canonical body at rest, metres, above zero inside.
"""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stretchkit.figure.body import CANONICAL, SKIN, TIGHTS, load_body
from stretchkit.figure.layers import Label, Layer, Material, layer, smoothed
from stretchkit.figure.mesh import Floats, Ints
from stretchkit.figure.person import Outfit


def ease(t: Floats) -> Floats:
    """Return a smooth step from 0 to 1."""
    u = np.clip(t, 0.0, 1.0)
    found: Floats = u * u * (3.0 - 2.0 * u)
    return found


def along_arm(places: Floats) -> Floats:
    """Return how far down the arm a place is: 0 the shoulder joint, 1 the elbow."""
    body = load_body(CANONICAL)
    shoulder = body.heads[body.joints.index("upperarm01.L")]
    upper = body.heads[body.joints.index("lowerarm01.L")] - shoulder
    mirrored = places.copy()
    mirrored[:, 0] = np.abs(mirrored[:, 0])
    found: Floats = (mirrored - shoulder) @ upper / (upper @ upper)
    return found


def shirt(of: Material, outfit: Outfit) -> Floats:
    """Return the shape of the shirt: a round neck, a hem and sleeves."""
    x, y, z = np.abs(of.places[:, 0]), of.places[:, 1], of.places[:, 2]
    arms, soft = of.arms, 0.012
    front = (0.511 - 0.36 * (z - 0.01) - y) / soft
    side = (x - 0.062 - 0.25 * np.maximum(0.0, 0.5 - y)) / soft
    neck = soft * np.logaddexp(front, side)
    hem = np.where(arms > 0.5, 1.0, y - outfit.hem)
    sleeve = (outfit.sleeve - along_arm(of.places)) * 0.25
    sleeves = np.where((x > 0.14) & (arms > 0.3), sleeve, 1.0)
    found: Floats = np.minimum(np.minimum(neck, hem), np.minimum(sleeves, 0.57 - y))
    return found


def trousers(of: Material, outfit: Outfit) -> Floats:
    """Return the shape of the trousers; they end a little above the hem of the shirt."""
    y = of.places[:, 1]
    found: Floats = np.where(
        of.arms > 0.4, -1.0, np.minimum(outfit.hem + 0.022 - y, y - outfit.legs)
    )
    return found


def shoe(of: Material) -> Floats:
    """Return the shape of a trainer: to below the ankle bone, higher at heel and tongue."""
    y, z = of.places[:, 1], of.places[:, 2]
    collar = -0.752 - 0.012 * np.exp(-(((z + 0.005) / 0.03) ** 2))
    found: Floats = np.where(of.arms > 0.4, -1.0, collar - y)
    return found


def dress(of: Material, outfit: Outfit, ear: Floats) -> list[Layer]:
    """Return skin, shoes, trousers and shirt of a body."""
    body = of.body
    y = of.places[:, 1]
    tights = body.triangles[body.groups == TIGHTS]
    bare = body.triangles[(body.groups == SKIN) | (body.groups > TIGHTS)]
    top, bottom, foot = shirt(of, outfit), trousers(of, outfit), shoe(of)
    if not outfit.shoes:
        foot = np.full_like(foot, -1.0)
    below = np.minimum(0.085 - y, y - outfit.legs)
    under = np.maximum(top, np.where(of.arms > 0.4, -1.0, below))
    seen = bare[(under[bare].min(1) < 0.018) & (foot[bare].min(1) < 0.01)]
    found = [layer(of, "skin", body.vertices, seen, Label.SKIN, ear=ear, closed=True)]
    if outfit.shoes:
        found.append(_shoes(of, tights[(foot[tights] > -0.03).any(1)], foot))
    found.append(_trousers(of, outfit, tights[(bottom[tights] > -0.05).any(1)], bottom))
    found.append(_shirt(of, outfit, tights[(top[tights] > -0.06).any(1)], top))
    return found


def _shoes(of: Material, triangles: Ints, field: Floats) -> Layer:
    y, z = of.places[:, 1], of.places[:, 2]
    ground = float(y.min())
    vertices, outward, _ = smoothed(of, triangles, 2)
    thick = 0.006 + 0.004 * ease((ground + 0.035 - y) / 0.03)
    thick += 0.004 * ease((z - 0.02) / 0.06) * ease((y - ground - 0.02) / 0.03)
    sole = ground + 0.020 + 0.008 * ease((0.0 - z) / 0.06) - y
    return layer(
        of,
        "shoes",
        vertices + outward * thick[:, None],
        triangles,
        Label.SHOE,
        keep=[field],
        split=[(sole, Label.SOLE)],
        inside=Label.SHOE,
    )


def _trousers(of: Material, outfit: Outfit, triangles: Ints, field: Floats) -> Layer:
    vertices, outward, step = smoothed(of, triangles, 6)
    out = 0.004 + 0.012 * outfit.flare * ease((outfit.legs + 0.16 - of.places[:, 1]) / 0.16)
    vertices = vertices + outward * out[:, None]
    made = layer(
        of, "trousers", vertices, triangles, Label.TROUSERS, keep=[field], inside=Label.TROUSERS
    )
    return replace(made, smoother=step, times=3)


def _shirt(of: Material, outfit: Outfit, triangles: Ints, field: Floats) -> Layer:
    x, y, arms = np.abs(of.places[:, 0]), of.places[:, 1], of.arms
    vertices, outward, step = smoothed(of, triangles, 14)
    loose = outfit.flare
    down = ease((along_arm(of.places) - 0.12) / (outfit.sleeve - 0.12))
    out = 0.010 + 0.014 * loose * ease((outfit.hem + 0.15 - y) / 0.15) * (arms < 0.3)
    out += 0.013 * loose * down * (arms > 0.3) - 0.003 * ease((y - 0.485) / 0.02) * (arms < 0.3)
    vertices = vertices + outward * out[:, None]
    made = layer(of, "shirt", vertices, triangles, Label.SHIRT, keep=[field], inside=Label.INSIDE)
    belly = ease(y / 0.08) * ease((0.40 - y) / 0.12) * (arms < 0.2) * ease((0.13 - x) / 0.06)
    return replace(made, smoother=step, times=8, belly=belly[np.unique(triangles)])
