"""The numbers that a dosage is made of: amounts, paces, breaths and frequencies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

BLANK = "___"


@dataclass(frozen=True, slots=True)
class Amount:
    """A whole number, a range of them, or a blank to fill in by hand.

    Durations are amounts of seconds. `low` and `high` are both None for a blank; `unit_seconds`
    then says what somebody writes on it: 1 for seconds, 60 for minutes, 3600 for hours.

    Raises:
        ValueError: if only one end is None, the ends are negative or in the wrong order.
    """

    low: int | None
    high: int | None
    unit_seconds: int = 1

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("an amount has two ends or none")
        if self.low is not None and self.high is not None and not 0 <= self.low <= self.high:
            raise ValueError("an amount runs from a smaller to a larger number, from 0")

    @classmethod
    def of(cls, low: int, high: int | None = None) -> Self:
        """Return the amount `low`, or `low` to `high`."""
        return cls(low, low if high is None else high)

    @classmethod
    def blank(cls, unit_seconds: int = 1) -> Self:
        """Return the amount that is filled in by hand."""
        return cls(None, None, unit_seconds)

    @property
    def is_blank(self) -> bool:
        """Whether the amount is left to be filled in by hand."""
        return self.low is None

    def __str__(self) -> str:
        if self.low is None:
            return BLANK
        return f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"


class Pace(StrEnum):
    """How fast a repetition goes when no number of seconds is given."""

    SLOW = "slow"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class BreathPattern:
    """Seconds to breathe in, pause, breathe out and pause again.

    Raises:
        ValueError: if one is negative, or the breath has no length.
    """

    inhale: int
    pause_full: int
    exhale: int
    pause_empty: int

    def __post_init__(self) -> None:
        if min(self.inhale, self.pause_full, self.exhale, self.pause_empty) < 0 or not self.seconds:
            raise ValueError("a breath takes some seconds, and none of its parts is negative")

    @property
    def seconds(self) -> int:
        """Length of one breath."""
        return self.inhale + self.pause_full + self.exhale + self.pause_empty

    @property
    def has_pauses(self) -> bool:
        """Whether the breath stops anywhere."""
        return bool(self.pause_full or self.pause_empty)


class FrequencyUnit(StrEnum):
    """What a frequency counts."""

    TIMES_A_DAY = "times a day"
    DAYS_A_WEEK = "days a week"
    HOURS_APART = "hours apart"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a session is done; it belongs to the programme, not to one session.

    Examples: 2 times a day, 3-4 days a week, every 2 hours.
    """

    amount: Amount
    unit: FrequencyUnit

    def __str__(self) -> str:
        if self.unit is FrequencyUnit.HOURS_APART:
            return f"every {self.amount} h"
        if self == DAILY:
            return "daily"
        return f"{self.amount} {self.unit}"


DAILY = Frequency(Amount.of(1), FrequencyUnit.TIMES_A_DAY)
