"""Balance: where a person's weight is, and whether what they stand on is under it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.contact import Solved
from stretchkit.figure.pose import SIDES
from stretchkit.figure.rotations import Vector

_ENOUGH = 3
_LIMBS = (
    # from, to, where along, share of the weight of the body (one side)
    ("shoulder", "elbow", 0.45, 0.028),
    ("elbow", "wrist", 0.43, 0.016),
    ("wrist", "hand", 0.8, 0.006),
    ("hip", "knee", 0.43, 0.100),
    ("knee", "ankle", 0.43, 0.0465),
    ("ankle", "toe", 0.4, 0.0145),
)
_HEAD, _CHEST, _LOINS, _PELVIS = 0.081, 0.216, 0.139, 0.142


def weight(frame: Solved) -> Vector:
    """Return the middle of a person's weight in a pose, by usual shares of the parts."""
    points = frame.posed.points
    parts = [
        (_HEAD, points["head"]),
        (_CHEST, (points["chest"] + points["lumbar"]) / 2.0),
        (_LOINS, points["lumbar"]),
        (_PELVIS, points["root"]),
    ]
    for side in SIDES:
        end = side[0]
        for start, stop, along, share in _LIMBS:
            a, b = points[f"{start}_{end}"], points[f"{stop}_{end}"]
            parts.append((share, a + along * (b - a)))
    total = sum(share for share, _ in parts)
    found: Vector = np.sum([share * at for share, at in parts], axis=0) / total
    return found


def outside_support(frame: Solved) -> float:
    """Return how far the weight is outside what carries it, metres; 0 when it is inside."""
    ground = []
    points = frame.posed.points
    for contact in frame.contacts:
        if contact.normal[1] < 0.5:  # noqa: PLR2004 - a wall carries nothing
            continue
        side, _, part = contact.part.partition(" ")
        ground.append(contact.point)
        if part == "foot":
            ankle, toe = points[f"ankle_{side[0]}"], points[f"toe_{side[0]}"]
            way = toe - ankle
            out = np.array([0.035, 0.0, 0.0])
            for spot in (ankle - 0.35 * way, toe + 0.3 * way):
                ground += [tuple(spot + out), tuple(spot - out)]
        elif part == "knee":
            ground.append(tuple(points[f"ankle_{side[0]}"]))
    flat = np.array([(x, z) for x, _, z in ground])
    if len(flat) < _ENOUGH:
        return 0.0
    x, _, z = weight(frame)
    return max(0.0, _outside(np.array([x, z]), _hull(flat)))


def _hull(points: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return the corners around some points, in turn."""
    ordered = sorted({(round(float(x), 6), round(float(z), 6)) for x, z in points})
    lower: list[tuple[float, float]] = []
    upper: list[tuple[float, float]] = []
    for chain, run in ((lower, ordered), (upper, ordered[::-1])):
        for point in run:
            while len(chain) > 1 and _side(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
    return [np.array(point) for point in lower[:-1] + upper[:-1]]


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _outside(point: NDArray[np.float64], corners: list[NDArray[np.float64]]) -> float:
    """Return how far a point is outside of corners that go round it; negative inside."""
    worst = -np.inf
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        edge = b - a
        out = np.array([edge[1], -edge[0]]) / (np.linalg.norm(edge) + 1e-12)
        worst = max(worst, float((point - a) @ out))
    return worst
