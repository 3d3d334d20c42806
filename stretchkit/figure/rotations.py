"""Rotations in three dimensions: x to the left, y up, z forward; angles in degrees.

Matrices act on column vectors; everything is double precision NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

LEFT: Vector = np.array([1.0, 0.0, 0.0])
UP: Vector = np.array([0.0, 1.0, 0.0])
FORWARD: Vector = np.array([0.0, 0.0, 1.0])

_TINY = 1e-9


def vector(x: float, y: float, z: float) -> Vector:
    """Return a vector of three numbers."""
    return np.array([x, y, z], dtype=float)


def unit(v: Vector | Sequence[float]) -> Vector:
    """Return a vector of length 1 in the same direction; a null vector stays null."""
    v = np.asarray(v, dtype=float)
    length = math.sqrt(v.dot(v))
    return v / length if length > _TINY else v


def cross(a: Vector, b: Vector) -> Vector:
    """Return the cross product of two vectors, quicker than NumPy's for single vectors."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    return np.array([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


def about_x(degrees: float) -> Matrix:
    """Turn about the axis to the left: the head of a standing person goes forward."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def about_y(degrees: float) -> Matrix:
    """Turn about the upright axis: the face of a standing person goes to the left."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def about_z(degrees: float) -> Matrix:
    """Turn about the axis that points forward: the head of a standing person goes right."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def about(axis: Vector, degrees: float) -> Matrix:
    """Turn about any axis by the right-hand rule."""
    x, y, z = unit(axis).tolist()
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    k = 1.0 - c
    return np.array(
        [
            [c + x * x * k, x * y * k - z * s, x * z * k + y * s],
            [y * x * k + z * s, c + y * y * k, y * z * k - x * s],
            [z * x * k - y * s, z * y * k + x * s, c + z * z * k],
        ]
    )


def trunk_turn(flexion: float, side: float, turn: float) -> Matrix:
    """Return what a part of the trunk does: bend forward, bend to the left, turn to the left."""
    if side == 0.0 and turn == 0.0:
        return about_x(flexion)
    a, b, c = math.radians(turn), math.radians(-side), math.radians(flexion)
    ca, sa, cb, sb, cc, sc = (f(x) for x in (a, b, c) for f in (math.cos, math.sin))
    return np.array(  # the three turns multiplied out: a search asks thousands of times
        [
            [ca * cb, sa * sc - ca * sb * cc, ca * sb * sc + sa * cc],
            [sb, cb * cc, -cb * sc],
            [-sa * cb, sa * sb * cc + ca * sc, ca * cc - sa * sb * sc],
        ]
    )


def frame(along: Vector, across: Vector) -> Matrix:
    """Return a right-handed frame: first column `along`, third column nearest to `across`."""
    d = unit(along)
    h = across - d * d.dot(across)
    if h.dot(h) < _TINY:
        other = LEFT if abs(d[0]) < 0.9 else UP  # noqa: PLR2004 - any direction not along d
        h = other - d * float(d @ other)
    (dx, dy, dz), (hx, hy, hz) = d.tolist(), unit(h).tolist()
    return np.array(
        [
            [dx, hy * dz - hz * dy, hx],
            [dy, hz * dx - hx * dz, hy],
            [dz, hx * dy - hy * dx, hz],
        ]
    )


def swing(start: Vector, end: Vector) -> Matrix:
    """Return the shortest turn that takes one direction to another."""
    a, b = unit(start), unit(end)
    axis = cross(a, b)
    size = math.sqrt(float(axis @ axis))
    if size < _TINY:
        return np.eye(3)
    return about(axis, math.degrees(math.atan2(size, float(a @ b))))


def part_of(turn: Matrix, share: float) -> Matrix:
    """Return a share of a turn about its own axis."""
    angle = math.acos(max(-1.0, min(1.0, (float(np.trace(turn)) - 1.0) / 2.0)))
    axis = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    if angle < 1e-6 or float(axis @ axis) < 1e-12:  # noqa: PLR2004 - no turn, or a half turn
        return np.eye(3)
    return about(axis, math.degrees(angle) * share)


def angle_between(a: Vector, b: Vector) -> float:
    """Return the angle between two directions, degrees from 0 to 180."""
    normal = cross(a, b)
    return math.degrees(math.atan2(math.sqrt(float(normal @ normal)), float(a @ b)))
