"""Smooth curves through dense points: smoothing, corners, cubic Bezier fit."""

# ruff: noqa: PLR2004, PLR0917 - shapes and measures are numbers

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from stretchkit.figure.mesh import Floats
from stretchkit.figure.regions import gauss

Curve = list[Floats]
"""Cubic pieces, each four points in a row; every piece starts where the last one ends."""


def smooth(points: Floats, sigma: float, *, closed: bool) -> Floats:
    """Return points smoothed along their line; ends of an open line stay."""
    count = len(points)
    if count < 4:  # nothing to smooth
        return points
    kernel = gauss(max(0.3, min(sigma, count / (6 if closed else 4))))
    reach = len(kernel) // 2
    if closed:
        ring = points[:-1]
        around = np.arange(-reach, len(ring) + reach) % len(ring)
        wide = ring[around]
    else:
        reach_in = min(reach, count - 1)
        front = 2 * points[0] - points[reach_in:0:-1]
        back = 2 * points[-1] - points[-2 : -reach_in - 2 : -1]
        wide = np.concatenate([front, points, back])
        if reach_in < reach:
            more = reach - reach_in
            wide = np.concatenate(
                [np.repeat(wide[:1], more, 0), wide, np.repeat(wide[-1:], more, 0)]
            )
    found = np.stack([np.convolve(wide[:, k], kernel, "valid") for k in (0, 1)], 1)
    if closed:
        return np.concatenate([found, found[:1]])
    found[0], found[-1] = points[0], points[-1]
    return found


def corners(points: Floats, degrees: float, reach: int) -> list[int]:
    """Return where a smoothed line turns sharply."""
    if len(points) < 2 * reach + 2:
        return []
    a = points[reach:-reach] - points[: -2 * reach]
    b = points[2 * reach :] - points[reach:-reach]
    size = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1) + 1e-9
    cosine = (a * b).sum(1) / size
    sharp = np.flatnonzero(cosine < math.cos(math.radians(degrees)))
    found: list[int] = []
    while len(sharp):
        run = sharp[sharp < sharp[0] + 2 * reach]
        best = int(run[cosine[run].argmin()])
        found.append(best + reach)
        sharp = sharp[sharp > best + 2 * reach]
    return found


def straightened(points: Floats, tolerance: float) -> Floats:
    """Return the few points that a line of straight pieces needs."""
    if len(points) < 3:
        return points
    if np.allclose(points[0], points[-1]):
        far = int(((points - points[0]) ** 2).sum(1).argmax())
        one, two = straightened(points[: far + 1], tolerance), straightened(points[far:], tolerance)
        return np.concatenate([one[:-1], two])
    way = points[-1] - points[0]
    off = np.abs((points[:, 0] - points[0, 0]) * way[1] - (points[:, 1] - points[0, 1]) * way[0])
    worst = int(off.argmax())
    if off[worst] < tolerance * math.hypot(*way):
        return points[[0, -1]]
    one, two = straightened(points[: worst + 1], tolerance), straightened(points[worst:], tolerance)
    return np.concatenate([one[:-1], two])


def lines(points: Floats) -> Curve:
    """Return straight pieces as cubics."""
    return [np.stack([a, (2 * a + b) / 3, (a + 2 * b) / 3, b]) for a, b in pairwise(points)]


def fit(points: Floats, tolerance: float, *, closed: bool = False) -> Curve:
    """Return cubic pieces that stay within `tolerance` of dense points (Schneider's way)."""
    if len(points) < 3:
        return lines(points)
    found: Curve = []
    if closed:
        k = min(4, len(points) // 4)
        way = _unit(points[k] - points[-1 - k])
        _fit(points, way, -way, tolerance, found, 0)
    else:
        k = min(6, len(points) - 1)
        start, end = _unit(points[k] - points[0]), _unit(points[-1 - k] - points[-1])
        _fit(points, start, end, tolerance, found, 0)
    return found


def _unit(v: Floats) -> Floats:
    size = math.hypot(float(v[0]), float(v[1]))
    return v / size if size > 0 else v


_DEEPEST = 12


def _fit(q: Floats, start: Floats, end: Floats, tolerance: float, found: Curve, depth: int) -> None:
    first, last = q[0], q[-1]
    chord = math.hypot(*(last - first))
    if len(q) <= 2 or depth > _DEEPEST:
        found.append(np.stack([first, first + start * chord / 3, last + end * chord / 3, last]))
        return
    steps = np.sqrt(((q[1:] - q[:-1]) ** 2).sum(1))
    u = np.concatenate([[0.0], np.cumsum(steps)])
    length = max(float(u[-1]), 1e-9)
    u /= length
    cosine = float(start @ end)
    for turn in range(2):
        v = 1 - u
        uv3 = 3 * u * v
        b1, b2 = uv3 * v, uv3 * u
        b0, b3 = v * v * v, u * u * u
        rest = q - (b0 + b1)[:, None] * first - (b2 + b3)[:, None] * last
        c11, c12, c22 = float(b1 @ b1), float(b1 @ b2) * cosine, float(b2 @ b2)
        x1, x2 = float(b1 @ (rest @ start)), float(b2 @ (rest @ end))
        size = c11 * c22 - c12 * c12
        if abs(size) > 1e-9:
            one, two = (x1 * c22 - x2 * c12) / size, (x2 * c11 - x1 * c12) / size
        else:
            one = two = -1.0
        if min(one, two) < 1e-3 * chord or max(one, two) > length:
            one = two = chord / 3
        p1, p2 = first + start * one, last + end * two
        curve = b0[:, None] * first + b1[:, None] * p1 + b2[:, None] * p2 + b3[:, None] * last
        away = curve - q
        error = (away * away).sum(1)
        worst = int(error.argmax())
        if error[worst] < tolerance * tolerance:
            found.append(np.stack([first, p1, p2, last]))
            return
        if turn or error[worst] > (4 * tolerance) ** 2:
            break
        d1 = (v * v)[:, None] * (p1 - first) + (2 * u * v)[:, None] * (p2 - p1)
        d1 += (u * u)[:, None] * (last - p2)
        d1 *= 3
        slope = (d1 * d1).sum(1)
        u = np.clip(u - (away * d1).sum(1) / np.where(slope < 1e-9, 1.0, slope), 0, 1)
    worst = min(max(worst, 1), len(q) - 2)
    k = min(4, worst, len(q) - 1 - worst)
    way = _unit(q[worst - k] - q[worst + k])
    _fit(q[: worst + 1], start, way, tolerance, found, depth + 1)
    _fit(q[worst:], -way, end, tolerance, found, depth + 1)


def through(points: Floats, steps: int) -> Floats:
    """Return dense points of a smooth line through a few (Catmull and Rom's spline)."""
    points = np.asarray(points, dtype=float)
    if len(points) == 2:
        return np.linspace(points[0], points[1], steps + 1)
    ends = [2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]]
    q = np.concatenate(ends)
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = (q[k : len(q) - 3 + k][:, None, :] for k in range(4))
    piece = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
    piece = (piece + (3 * b - a - 3 * c + d) * t**3) / 2
    return np.concatenate([piece.reshape(-1, points.shape[1]), points[-1:]])
