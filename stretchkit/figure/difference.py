"""What sets a frame apart from another that the same words describe."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from stretchkit.figure.contact import Solved
from stretchkit.figure.pose import SIDES
from stretchkit.figure.rotations import UP, Vector, angle_between
from stretchkit.model.vocabulary import N_

_Words = Callable[[str], str]
_MOST = 2
"""So many differences are told at most, the greatest first."""

_LEAST = 1.0
_CLOSE, _UPRIGHT = 1e-9, 0.5


def differences(frame: Solved, other: Solved, words: _Words) -> list[str]:
    """Return in words what is different in a frame, the greatest first; empty when nothing is."""
    found = sorted(_changes(frame, other), key=lambda change: -abs(change[0]))
    return [
        words(more if amount > 0 else less)
        for amount, more, less in found[:_MOST]
        if abs(amount) >= _LEAST
    ]


def _changes(frame: Solved, other: Solved) -> Iterator[tuple[float, str, str]]:
    """Yield each change as a share of what can be seen, with the words for more and for less."""
    a, b = frame.pose, other.pose
    yield (a.belly - b.belly) / 0.005, N_("belly raised"), N_("belly drawn in")
    legs = [(a.leg(side).ankle - b.leg(side).ankle) / 8 for side in SIDES]
    yield _greatest(legs), N_("toes pointed"), N_("toes pulled up")
    bend = a.lumbar.flexion + a.thoracic.flexion - b.lumbar.flexion - b.thoracic.flexion
    yield bend / 3, N_("back a little rounder"), N_("back a little more arched")
    yield (a.lean - b.lean) / 4, N_("right hip lifted"), N_("left hip lifted")
    if min((each.pose.orientation @ UP) @ UP for each in (frame, other)) > _UPRIGHT:
        lean = trunk_lean(frame) - trunk_lean(other)
        yield lean / 4, N_("leaning farther forward"), N_("leaning less far forward")
    yield from _hands(frame, other)
    yield from _hips_and_legs(frame, other)


def _hands(frame: Solved, other: Solved) -> Iterator[tuple[float, str, str]]:
    moves = [_moved(frame, other, f"wrist_{side[0]}") for side in SIDES]
    lift = _greatest([float(move @ UP) for move in moves])
    yield lift / 0.04, N_("hands higher"), N_("hands lower")
    ahead = _greatest([float(move @ _forward(other)) for move in moves])
    yield ahead / 0.06, N_("hands farther ahead"), N_("hands farther back")
    apart = _apart(frame, "wrist") - _apart(other, "wrist")
    yield apart / 0.1, N_("hands farther apart"), N_("hands closer together")
    elbows = [_angle(frame, "shoulder", "elbow", "wrist", side[0]) for side in SIDES]
    before = [_angle(other, "shoulder", "elbow", "wrist", side[0]) for side in SIDES]
    bent = _greatest([now - then for now, then in zip(elbows, before, strict=True)])
    yield bent / 20, N_("elbows more bent"), N_("elbows straighter")


def _hips_and_legs(frame: Solved, other: Solved) -> Iterator[tuple[float, str, str]]:
    hips = _moved(frame, other, "root")
    yield float(hips @ UP) / 0.03, N_("hips higher"), N_("hips lower")
    yield (
        float(hips @ _forward(other)) / 0.03,
        N_("hips farther forward"),
        N_("hips farther back"),
    )
    yield (
        (_apart(frame, "knee") - _apart(other, "knee")) / 0.05,
        N_("knees farther apart"),
        N_("knees closer together"),
    )
    knees = [
        _angle(frame, "hip", "knee", "ankle", side[0])
        - _angle(other, "hip", "knee", "ankle", side[0])
        for side in SIDES
    ]
    yield _greatest(knees) / 12, N_("knee more bent"), N_("knee straighter")
    feet = [_moved(frame, other, f"ankle_{side[0]}") for side in SIDES]
    ahead = _greatest([float(move @ _forward(other)) for move in feet])
    yield ahead / 0.03, N_("foot farther forward"), N_("foot farther back")


def _greatest(values: list[float]) -> float:
    return max(values, key=abs)


def _moved(frame: Solved, other: Solved, point: str) -> Vector:
    found: Vector = frame.posed.points[point] - other.posed.points[point]
    return found


def _apart(frame: Solved, point: str) -> float:
    points = frame.posed.points
    return float(np.linalg.norm(points[f"{point}_l"] - points[f"{point}_r"]))


def _angle(frame: Solved, first: str, middle: str, last: str, end: str) -> float:
    points = frame.posed.points
    a, b, c = (points[f"{name}_{end}"] for name in (first, middle, last))
    return float(angle_between(b - a, c - b))


def _forward(frame: Solved) -> Vector:
    """Return the level direction that the pelvis looks to, or the head end of who lies."""
    facing = frame.pose.orientation[:, 2].copy()
    facing[1] = 0.0
    size = float(np.linalg.norm(facing))
    found: Vector = facing / size if size > _CLOSE else np.array([0.0, 0.0, 1.0])
    return found


def trunk_lean(frame: Solved) -> float:
    """Return how far the trunk leans forward, degrees; backward is negative."""
    points = frame.posed.points
    way = (points["shoulder_l"] + points["shoulder_r"]) / 2 - points["root"]
    return math.degrees(math.atan2(float(way @ _forward(frame)), float(way @ UP)))
