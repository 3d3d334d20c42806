"""Rules of alignment, measured in three dimensions on the posed frames.

`rules` has the table of them: what is allowed and why, and which frames a rule is about.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from stretchkit.figure.contact import Solved
from stretchkit.figure.grasps import flatten
from stretchkit.figure.pose import SIDES, SideName
from stretchkit.figure.rotations import LEFT, UP, Vector, angle_between, cross, unit
from stretchkit.figure.rules import RULES, parted
from stretchkit.figure.support import outside_support
from stretchkit.model.exercise import FigureSpec, Frame
from stretchkit.source.names import did_you_mean

Found = Iterator[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Measurement:
    """The worst value of a rule, and whether it holds."""

    rule: str
    frame: str
    value: float
    limit: float
    holds: bool
    message: str


def measure(rule: str, frames: Mapping[str, Solved]) -> Measurement:
    """Return how well posed frames keep a rule, such as `wrist under shoulder`.

    Raises:
        KeyError: if there is no such rule or frame; the message has a hint.
    """
    name, place = parted(rule)
    if name not in RULES:
        raise KeyError(f'unknown rule "{name}"; {did_you_mean(name, RULES)}')
    if place and place not in frames:
        raise KeyError(f'no frame "{place}"; {did_you_mean(place, frames)}')
    known = RULES[name]
    worst: Measurement | None = None
    first = next(iter(frames.values()))
    for frame in frames_of(rule, frames):
        for value, words in _MEASURES[name](frames[frame], first):
            message = f"{words.format(known.amount(value))}, allowed {known.allowed}"
            holds = abs(value) <= known.limit
            if worst is None or abs(value) > worst.value:
                worst = Measurement(rule, frame, abs(value), known.limit, holds, message)
    if worst is None:
        nothing = "nothing to measure in this pose"
        return Measurement(rule, place or next(iter(frames)), 0.0, known.limit, True, nothing)
    return worst


def broken_by(
    mistake: Frame, solved: Solved, figure: FigureSpec, frames: Mapping[str, Solved]
) -> tuple[Measurement, ...]:
    """Return the rules of a figure that do not hold with a mistake in place of its frame.

    A true mistake breaks one: the rule that it names.

    Args:
        mistake: the mistake, which starts from a frame of the figure.
        solved: the mistake as it was posed.
        figure: the figure whose `alignment` is measured.
        frames: the figure's frames, posed, in order.
    """
    instead = {name: solved if name == mistake.base else right for name, right in frames.items()}
    found = [measure(rule, instead) for rule in figure.alignment]
    return tuple(each for each in found if not each.holds)


def frames_of(rule: str, frames: Mapping[str, Solved]) -> list[str]:
    """Return the frames that a rule is about: the one it names, or those that fit it."""
    name, place = parted(rule)
    if place:
        return [place]
    names = list(frames)
    picks = {"first": names[:1], "last": names[-1:], "between": names[1:]}
    return picks.get(RULES[name].when, names)


# ---- measuring


def _ahead(frame: Solved) -> Vector:
    """Return the level direction that the pelvis looks to."""
    found = cross(frame.pose.orientation @ LEFT, UP)
    return unit(found)


def _touching(frame: Solved, *parts: str) -> list[SideName]:
    """Return the sides whose part touches something, or both when none does."""
    words = frame.words
    sides = [side for side in SIDES if any(f"{side} {part}" in words for part in parts)]
    return sides or list(SIDES)


def _apart(frame: Solved, side: SideName, low: str, high: str) -> float:
    """Return how far one point is ahead of another, level, cm."""
    way = frame.posed.points[f"{low}_{side[0]}"] - frame.posed.points[f"{high}_{side[0]}"]
    return 100.0 * float(way @ _ahead(frame))


def _stacked(
    low: str, high: str, *parts: str, under: str = "ahead of"
) -> Callable[[Solved, Solved], Found]:
    def measured(frame: Solved, first: Solved) -> Found:
        del first
        for side in _touching(frame, *parts):
            value = _apart(frame, side, low, high)
            where = under if value > 0 else "behind"
            yield value, f"{side} {low} is {{}} {where} the {high}"

    return measured


def _level(part: str) -> Callable[[Solved, Solved], Found]:
    def measured(frame: Solved, first: Solved) -> Found:
        del first
        left, right = (frame.posed.points[f"{part}_{end}"] for end in "lr")
        way = left - right
        angle = math.degrees(math.asin(max(-1.0, min(1.0, float(unit(way) @ UP)))))
        higher = "left" if angle > 0 else "right"
        yield angle, f"{higher} {part} is higher, by a slope of {{}}"

    return measured


def _ear(frame: Solved, first: Solved) -> Found:
    del first
    points = frame.posed.points
    shoulders = (points["shoulder_l"] + points["shoulder_r"]) / 2.0
    value = 100.0 * float((points["head"] - shoulders) @ _ahead(frame))
    where = "ahead of" if value > 0 else "behind"
    yield value, f"ear is {{}} {where} the shoulder"


def _spine(frame: Solved, first: Solved) -> Found:
    del first
    pose = frame.pose
    bend = pose.lumbar.flexion + pose.thoracic.flexion
    side = pose.lumbar.side + pose.thoracic.side
    yield bend * 0.6, f"spine {'rounds' if bend > 0 else 'hollows'} out of line by {{}}"
    yield side, f"spine leans {'left' if side > 0 else 'right'} out of line by {{}}"


def _long_line(frame: Solved, first: Solved) -> Found:
    del first
    points = frame.posed.points
    across = frame.pose.orientation @ LEFT  # shoulders are wider than hips: seen from the side
    for side in _touching(frame, "knee", "foot"):
        end = side[0]
        up = flatten(points[f"shoulder_{end}"] - points[f"hip_{end}"], across)
        down = flatten(points[f"knee_{end}"] - points[f"hip_{end}"], across)
        value = 180.0 - angle_between(up, down)
        yield value, f"{side} shoulder, hip and knee are {{}} out of line"


def _feet(frame: Solved, first: Solved) -> Found:
    del first
    for side in _touching(frame, "foot"):
        slope = float(frame.posed.axes[f"foot_{side[0]}"] @ UP)
        value = math.degrees(math.asin(max(-1.0, min(1.0, slope))))
        yield value, f"{side} foot slopes by {{}}"


def _heels(frame: Solved, first: Solved) -> Found:
    for value, words in _feet(frame, first):
        if value < 0:
            yield value, words.replace("slopes", "has its heel up")


def _knees(frame: Solved, first: Solved) -> Found:
    del first
    way = frame.posed.points["knee_l"] - frame.posed.points["knee_r"]
    yield 100.0 * float(np.linalg.norm(way)), "knees are {} apart"


def _arms(frame: Solved, first: Solved) -> Found:
    del first
    points = frame.posed.points
    up = frame.posed.axes["chest"]
    for side in SIDES:
        arm = points[f"wrist_{side[0]}"] - points[f"shoulder_{side[0]}"]
        value = 90.0 - angle_between(arm, up)
        if value > -_HANGING:
            yield value, f"{side} arm is {{}} {'above' if value > 0 else 'below'} shoulder height"


def _low_back(frame: Solved, first: Solved) -> Found:
    change = frame.pose.lumbar.flexion - first.pose.lumbar.flexion
    yield (
        change,
        f"lower back {'rounds' if change > 0 else 'hollows'} by {{}} more than at the start",
    )


def _balance(frame: Solved, first: Solved) -> Found:
    del first
    yield 100.0 * outside_support(frame), "weight is {} outside what the body stands on"


_HANGING = 45.0
"""An arm that hangs lower than this is not meant to be at shoulder height."""

_MEASURES: dict[str, Callable[[Solved, Solved], Found]] = {
    "wrist under shoulder": _stacked("wrist", "shoulder", "hand"),
    "knee under hip": _stacked("knee", "hip", "knee"),
    "elbow under shoulder": _stacked("elbow", "shoulder", "forearm"),
    "knee over ankle": _stacked("knee", "ankle", "foot"),
    "ear over shoulder": _ear,
    "spine in line": _spine,
    "shoulders level": _level("shoulder"),
    "hips level": _level("hip"),
    "shoulder hip knee in line": _long_line,
    "feet flat": _feet,
    "heel down": _heels,
    "knees together": _knees,
    "arm at shoulder height": _arms,
    "low back still": _low_back,
    "body inside base of support": _balance,
}
"""How each rule is measured: every value with its words, "left wrist is {} ahead of …"."""
