"""Straps, bands and towels: the way they take from hand to hand, or round a sole."""

from __future__ import annotations

import numpy as np

from stretchkit.figure.contact import Solved
from stretchkit.figure.pose import SIDES, SideName
from stretchkit.figure.rotations import UP, Vector, cross, unit
from stretchkit.figure.solids import Floats

_IN_FIST = 0.012
"""How far from the palm a hand closes round what it holds."""

_TAIL = 0.07
_TRUNK_WIDER, _DEEP, _OVER_SHOULDERS, _BEHIND = 0.03, 0.155, 0.05, 0.1
"""How far a chest reaches beyond the shoulder joints, and before them, with clothes on."""

_FOOT_HALF, _SHOE, _ROUND_LEG = 0.062, 0.018, 0.075
_BALL_OF_FOOT = 0.72
"""How far from the ankle to the toes' joint a strap goes round a foot."""


def sling(frame: Solved, name: str) -> Floats:
    """Return the points that something held goes through: hand, sole, hand, as far as each is."""
    hands = [side for side in SIDES if _has(frame, f"{side} hand", name)]
    feet = [side for side in SIDES if _has(frame, f"{side} foot", name)]
    palms = {}
    for side in hands:
        point, facing = _grip(frame, f"{side} hand")
        palms[side] = point + facing * _IN_FIST
    if not feet:
        if len(hands) > 1:
            return _between(frame, palms["left"], palms["right"])
        (hand,) = hands
        at = palms[hand]
        return np.array([at, at - 0.18 * UP, at - 0.36 * UP])
    round_foot = _round_foot(frame, feet)
    first = palms.get("left", palms.get("right"))
    last = palms.get("right", first)
    if first is None or last is None:
        return round_foot
    out = [
        _clear(frame, feet, each, end)
        for each, end in ((first, round_foot[0]), (last, round_foot[-1]))
    ]
    return np.concatenate([out[0], round_foot, out[1][::-1]])


def _has(frame: Solved, part: str, name: str) -> bool:
    words = frame.words.get(part)
    return bool(words and words.verb in {"holds", "in"} and words.target == name)


def _grip(frame: Solved, part: str) -> tuple[Vector, Vector]:
    """Return the middle of a palm or a sole, and the direction that it faces."""
    contact = next(each for each in frame.contacts if each.part == part)
    return np.array(contact.point), np.array(contact.normal)


def _between(frame: Solved, left: Vector, right: Vector) -> Floats:
    """Return the way from hand to hand, round the chest where it would go in."""
    points = frame.posed.points
    way = unit(right - left)
    line = left + np.linspace(0.0, 1.0, 9)[:, None] * (right - left)
    up = unit(points["neck"] - points["root"])
    across = points["shoulder_l"] - points["shoulder_r"]
    wide = float(np.linalg.norm(across)) / 2.0 + _TRUNK_WIDER
    across = unit(across)
    ahead = cross(across, up)
    offset = line - (points["shoulder_l"] + points["shoulder_r"]) / 2.0
    aside, depth = offset @ across, offset @ ahead
    beside = np.abs(aside) < wide
    low = float(np.linalg.norm(points["neck"] - points["root"]))
    beside &= (offset @ up < _OVER_SHOULDERS) & (offset @ up > -low)
    front = 1.0 if float(depth[[0, -1]].mean()) > -_BEHIND else -1.0
    round_trunk = _DEEP * np.sqrt(np.clip(1.0 - (aside / wide) ** 2, 0.0, 1.0))
    lacking = np.where(beside, np.maximum(round_trunk - depth * front, 0.0), 0.0)
    lacking[[0, -1]] = 0.0
    line = line + lacking[:, None] * front * ahead
    return np.concatenate([[left - _TAIL * way], line, [right + _TAIL * way]])


def _round_foot(frame: Solved, feet: list[SideName]) -> Floats:
    """Return the way round the soles, from the left edge to the right."""
    points = frame.posed.points
    edges = []
    for side in SIDES:
        if side not in feet:
            continue
        end = side[0]
        ankle, toe = points[f"ankle_{end}"], points[f"toe_{end}"]
        sole, down = _grip(frame, f"{side} foot")
        along = unit(frame.posed.axes[f"foot_{end}"])
        left = unit(cross(along, down))
        depth = float((sole - ankle) @ down) + _SHOE
        forefoot = ankle + along * (_BALL_OF_FOOT * float((toe - ankle) @ along))
        edges.append((forefoot, left, down, depth))
    (first, left, down, depth), (last, left_2, down_2, depth_2) = edges[0], edges[-1]
    return np.array(
        [
            first + left * (_FOOT_HALF + 0.008) + down * (depth - 0.05),
            first + left * _FOOT_HALF + down * (depth - 0.012),
            first + left * (_FOOT_HALF - 0.02) + down * depth,
            (first + last) / 2 + (down * depth + down_2 * depth_2) / 2,
            last - left_2 * (_FOOT_HALF - 0.02) + down_2 * depth_2,
            last - left_2 * _FOOT_HALF + down_2 * (depth_2 - 0.012),
            last - left_2 * (_FOOT_HALF + 0.008) + down_2 * (depth_2 - 0.05),
        ]
    )


def _clear(frame: Solved, feet: list[SideName], hand: Vector, edge: Vector) -> Floats:
    """Return the way from a hand to the edge of a foot, beside the leg where it would go in."""
    points = frame.posed.points
    way = hand + np.linspace(0.0, 1.0, 7)[:-1, None] * (edge - hand)
    for side in feet:
        end = side[0]
        left = unit(cross(frame.posed.axes[f"foot_{end}"], _grip(frame, f"{side} foot")[1]))
        sign = 1.0 if float((edge - points[f"ankle_{end}"]) @ left) > 0 else -1.0
        for a, b in ((f"hip_{end}", f"knee_{end}"), (f"knee_{end}", f"ankle_{end}")):
            start, bone = points[a], points[b] - points[a]
            share = np.clip(((way - start) @ bone) / float(bone @ bone), 0.0, 1.0)
            nearest = start + share[:, None] * bone
            offset = way - nearest
            distance = np.linalg.norm(offset, axis=1)
            aside = (offset @ left) * sign
            lacking = np.where(distance < _ROUND_LEG, _ROUND_LEG - aside, 0.0)
            lacking[0] = 0.0
            way = way + np.maximum(lacking, 0.0)[:, None] * left * sign
    return way
