"""How far joints go: limits of what a pose may ask for, degrees.

Ranges of healthy adults. Bending forward, turning out and bending the elbow count up from 0;
extension is negative. Kneeling back on the heels takes a knee to 150. A hip turns out by 45 with a
straight thigh; bent and spread, as in sitting cross-legged, it goes on to 80.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that a joint does, and its name in words."""

    low: float
    high: float
    words: str


RANGES: dict[str, Range] = {
    "lumbar.flexion": Range(-30, 70, "lower back: flexion"),
    "lumbar.side": Range(-25, 25, "lower back: side-bend"),
    "lumbar.turn": Range(-15, 15, "lower back: turn"),
    "thoracic.flexion": Range(-30, 45, "upper back: flexion"),
    "thoracic.side": Range(-30, 30, "upper back: side-bend"),
    "thoracic.turn": Range(-45, 45, "upper back: turn"),
    "neck.flexion": Range(-60, 50, "neck: flexion"),
    "neck.side": Range(-45, 45, "neck: side-bend"),
    "neck.turn": Range(-80, 80, "neck: turn"),
    "head.flexion": Range(-25, 25, "head: flexion"),
    "head.side": Range(-15, 15, "head: side-bend"),
    "head.turn": Range(-30, 30, "head: turn"),
    "arm.elevation": Range(-15, 40, "shoulder blade: lift"),
    "arm.protraction": Range(-25, 30, "shoulder blade: forward"),
    "arm.flexion": Range(-60, 180, "shoulder: flexion"),
    "arm.abduction": Range(-50, 180, "shoulder: abduction"),
    "arm.rotation": Range(-90, 90, "shoulder: rotation"),
    "arm.elbow": Range(0, 150, "elbow: flexion"),
    "arm.pronation": Range(-90, 90, "forearm: pronation"),
    "arm.wrist": Range(-70, 80, "wrist: flexion"),
    "arm.deviation": Range(-30, 20, "wrist: deviation"),
    "arm.curl": Range(-20, 100, "fingers: curl"),
    "arm.thumb": Range(-40, 70, "thumb: flexion"),
    "arm.spread": Range(-8, 20, "fingers: spread"),
    "leg.flexion": Range(-30, 120, "hip: flexion"),
    "leg.abduction": Range(-30, 45, "hip: abduction"),
    "leg.rotation": Range(-45, 80, "hip: rotation"),
    "leg.knee": Range(0, 150, "knee: flexion"),
    "leg.ankle": Range(-20, 50, "ankle: plantarflexion"),
    "leg.inversion": Range(-20, 35, "ankle: inversion"),
    "leg.toes": Range(-40, 70, "toes: extension"),
}

_SUMS: tuple[tuple[str, str, Range], ...] = (
    ("lumbar.flexion", "thoracic.flexion", Range(-35, 90, "spine: flexion")),
    ("lumbar.side", "thoracic.side", Range(-35, 35, "spine: side-bend")),
    ("lumbar.turn", "thoracic.turn", Range(-45, 45, "spine: turn")),
    ("neck.flexion", "head.flexion", Range(-60, 50, "neck and head: flexion")),
    ("neck.side", "head.side", Range(-45, 45, "neck and head: side-bend")),
    ("neck.turn", "head.turn", Range(-80, 80, "neck and head: turn")),
)


_OPPOSITE = {
    "flexion": "extension",
    "extension": "flexion",
    "abduction": "adduction",
    "pronation": "supination",
    "plantarflexion": "dorsiflexion",
    "inversion": "eversion",
    "lift": "drop",
    "forward": "back",
}
"""What a movement is called below 0."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """An angle that no joint reaches."""

    parameters: tuple[str, ...]
    value: float
    allowed: Range

    @property
    def message(self) -> str:
        """Say what was asked for and what is possible."""
        joint, _, movement = self.allowed.words.rpartition(": ")
        limit = self.allowed.high
        if self.value < 0:
            movement, limit = _OPPOSITE.get(movement, movement), -self.allowed.low
        return f"{joint}: {movement} of {abs(self.value):g}° is more than {max(0.0, limit):g}°"


def range_of(parameter: str) -> Range | None:
    """Return the range of a parameter such as `left_arm.elbow` or `lumbar.turn`."""
    return RANGES.get(parameter.removeprefix("left_").removeprefix("right_"))


def beyond(angles: Mapping[str, float]) -> Iterator[Beyond]:
    """Yield every angle, and every sum along the trunk, that is out of range."""
    for parameter, value in angles.items():
        allowed = range_of(parameter)
        if allowed and not allowed.low <= value <= allowed.high:
            yield Beyond((parameter,), value, allowed)
    for first, second, allowed in _SUMS:
        if first in angles and second in angles:
            total = angles[first] + angles[second]
            if not allowed.low <= total <= allowed.high:
                yield Beyond((first, second), total, allowed)
