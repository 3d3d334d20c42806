"""What `alignment:` takes: rules of good form, how much each allows, and why so much.

A rule is measured on the first frame or on the last, as fits it, or on the frame that it names:
`knee over ankle in bridge`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

When = Literal["first", "last", "every", "between"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How much of a rule's measure is allowed, in which unit, why so much, and in which frames."""

    limit: float
    unit: Literal["cm", "°"]
    reason: str
    when: When = "first"

    def amount(self, value: float) -> str:
        """Return a measured value with its unit, in whole centimetres or degrees.

        Just beyond the limit it has a decimal: nobody understands "3 cm, allowed 3".
        """
        told: float = round(abs(value))
        if told <= self.limit < abs(value):
            told = math.ceil(abs(value) * 10.0) / 10.0
        return f"{told:g} cm" if self.unit == "cm" else f"{told:g}°"

    @property
    def allowed(self) -> str:
        """The limit as it stands behind a measured value."""
        return f"{self.limit:g}" if self.unit == "cm" else f"{self.limit:g}°"


RULES: dict[str, Rule] = {
    "wrist under shoulder": Rule(3, "cm", "more loads the bent wrist"),
    "knee under hip": Rule(4, "cm", "the thigh still looks upright"),
    "elbow under shoulder": Rule(3, "cm", "more loads the shoulder", "last"),
    "knee over ankle": Rule(8, "cm", "the shin still looks upright", "last"),
    "ear over shoulder": Rule(
        7, "cm", "an ear is 2 cm ahead at rest, more with shoulders back", "last"
    ),
    "spine in line": Rule(12, "°", "a long spine has small curves of its own", "last"),
    "shoulders level": Rule(4, "°", "the eye sees more", "every"),
    "hips level": Rule(4, "°", "the eye sees more", "every"),
    "shoulder hip knee in line": Rule(14, "°", "a line to the eye", "last"),
    "feet flat": Rule(6, "°", "a sole gives a little", "every"),
    "heel down": Rule(6, "°", "a sole gives a little", "every"),
    "knees together": Rule(20, "cm", "knees that touch have this between their middles"),
    "arm at shoulder height": Rule(15, "°", "a hand's width at arm's length", "last"),
    "low back still": Rule(6, "°", "less cannot be felt", "between"),
    "body inside base of support": Rule(2, "cm", "the feet can hold so much", "every"),
}


def parted(rule: str) -> tuple[str, str]:
    """Return a rule's name and the frame that it is measured in, empty when it names none."""
    if rule in RULES:  # "spine in line" names no frame
        return rule, ""
    known = next((name for name in RULES if rule.startswith(f"{name} in ")), None)
    if known:
        return known, rule.removeprefix(f"{known} in ")
    name, _, frame = rule.partition(" in ")
    return name, frame
