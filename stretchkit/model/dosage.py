"""How much of an exercise: sets, reps, hold, rest, side … read from one line of plain text.

The grammar, parts in any order, commas between them optional::

    sets    2 x                 2 sets              2-3 x
    reps    8 reps              8-10 reps
    hold    hold 15 s           hold 15-30 s        hold 1 min
    side    each side           changing sides      left        right       both sides
    tempo   slow                steady              6 s each
    breath  6 breaths           6 breaths in 4 out 6            breath 4-4-4-4
    rest    rest 10 s
    total   for 2 min
    freq    daily               2 times a day       3-4 days a week         every 2 h
    effort  feel 3-4/10

`___` stands for any number and prints as a blank to fill in by hand. `str(dosage)` writes the
canonical line, which reads back as an equal `Dosage`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from stretchkit.errors import DosageError
from stretchkit.model.vocabulary import Side

BLANK = "___"

_UNIT_SECONDS = {"s": 1, "min": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Amount:
    """A whole number, a range of them, or a blank to fill in by hand.

    Durations are amounts of seconds. `low` and `high` are both None for a blank.

    Raises:
        ValueError: if only one end is None, the ends are negative or in the wrong order.
    """

    low: int | None
    high: int | None

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
    def blank(cls) -> Self:
        """Return the amount that is filled in by hand."""
        return cls(None, None)

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
    """Seconds to breathe in, pause, breathe out and pause again."""

    inhale: int
    pause_full: int
    exhale: int
    pause_empty: int

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

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a frequency such as "daily" or "3 days a week".

        Raises:
            DosageError: if the text is anything else.
        """
        dosage = Dosage.parse(text)
        if dosage.frequency is None or dosage != Dosage(frequency=dosage.frequency):
            raise DosageError(
                f'"{text}" does not say how often',
                offset=0,
                hint='write "daily", "2 times a day", "3 days a week" or "every 2 h"',
            )
        return cls(dosage.frequency.amount, dosage.frequency.unit)

    def __str__(self) -> str:
        if self.unit is FrequencyUnit.HOURS_APART:
            return f"every {self.amount} h"
        if self == DAILY:
            return "daily"
        return f"{self.amount} {self.unit}"


DAILY = Frequency(Amount.of(1), FrequencyUnit.TIMES_A_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosage:
    """How much of an exercise to do in one session, and how often.

    Every part may be missing. `hold`, `rest` and `total` are seconds; `tempo` is a pace or the
    seconds that one repetition takes; `effort` is on a scale from 0 to 10.
    """

    sets: Amount | None = None
    reps: Amount | None = None
    hold: Amount | None = None
    side: Side = Side.BOTH
    tempo: Pace | int | None = None
    breaths: Amount | None = None
    breath_pattern: BreathPattern | None = None
    rest: Amount | None = None
    total: Amount | None = None
    frequency: Frequency | None = None
    effort: Amount | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a dosage line.

        Raises:
            DosageError: if the line is empty, a part cannot be read, or a part is given twice.
        """
        return cls(**_parse_parts(text))

    def __str__(self) -> str:
        return ", ".join(part for part in _canonical_parts(self) if part)


def _seconds_text(amount: Amount) -> str:
    if amount.low is None or amount.high is None:
        return f"{BLANK} s"
    for unit, size in (("h", 3600), ("min", 60)):
        if amount.low >= size and amount.low % size == 0 and amount.high % size == 0:
            return f"{Amount(amount.low // size, amount.high // size)} {unit}"
    return f"{amount} s"


def _canonical_parts(dosage: Dosage) -> list[str]:
    """Return the parts in canonical order; the sets lead and the side follows without a comma."""
    core = [
        f"{dosage.reps} reps" if dosage.reps else "",
        f"hold {_seconds_text(dosage.hold)}" if dosage.hold else "",
        f"for {_seconds_text(dosage.total)}" if dosage.total else "",
    ]
    breath = f"{dosage.breaths} breaths" if dosage.breaths else ""
    pattern = dosage.breath_pattern
    if pattern and (pattern.has_pauses or not dosage.breaths):
        numbers = (pattern.inhale, pattern.pause_full, pattern.exhale, pattern.pause_empty)
        breath = ", ".join(filter(None, (breath, "breath " + "-".join(map(str, numbers)))))
    elif pattern:
        breath = f"{breath} in {pattern.inhale} out {pattern.exhale}"
    lead = ", ".join(filter(None, (*core, breath)))
    if dosage.sets:
        lead = f"{dosage.sets} x {lead}".rstrip()
    if dosage.side is not Side.BOTH:
        lead = f"{lead} {dosage.side}".lstrip()
    tempo = f"{dosage.tempo} s each" if isinstance(dosage.tempo, int) else dosage.tempo or ""
    return [
        lead or ("both sides" if dosage == Dosage() else ""),
        tempo,
        f"rest {_seconds_text(dosage.rest)}" if dosage.rest else "",
        str(dosage.frequency) if dosage.frequency else "",
        f"feel {dosage.effort}/10" if dosage.effort else "",
    ]


_Match = re.Match[str]
_RANGE = r"(?P<low>\d+|_{2,})(?:\s*[-–]\s*(?P<high>\d+))?"  # noqa: RUF001 - people type en dashes
_UNIT = r"\s*(?P<unit>seconds?|secs?|s|minutes?|mins?|hours?|h)\b"
_MOST = 100_000


def _amount(match: _Match) -> Amount:
    low, high = match["low"], match["high"]
    if low.startswith("_"):
        return Amount.blank()
    ends = int(low), int(high or low)
    if max(ends) > _MOST:
        raise DosageError(f"{max(ends)} is too much", offset=match.start("low"))
    if ends[0] > ends[1]:
        raise DosageError(
            f'the range "{ends[0]}-{ends[1]}" runs backwards',
            offset=match.start("low"),
            hint=f'write "{ends[1]}-{ends[0]}"',
        )
    return Amount(*ends)


def _duration(match: _Match) -> Amount:
    amount = _amount(match)
    letter = match["unit"][0]
    size = _UNIT_SECONDS[{"m": "min"}.get(letter, letter)]
    if amount.low is None or amount.high is None:
        return amount
    return Amount(amount.low * size, amount.high * size)


def _effort(match: _Match) -> Amount:
    amount = _amount(match)
    if amount.high is not None and amount.high > 10:  # noqa: PLR2004 - "3/10" names its own scale
        raise DosageError("effort goes from 0 to 10", offset=match.start("low"))
    return amount


def _breath_pattern(match: _Match) -> BreathPattern:
    pattern = BreathPattern(*(int(match[name]) for name in ("a", "b", "c", "d")))
    if pattern.seconds == 0:
        raise DosageError("a breath of 0 seconds", offset=match.start())
    return pattern


def _counted_breaths(match: _Match) -> dict[str, Any]:
    parts: dict[str, Any] = {"breaths": _amount(match)}
    if match["inhale"]:
        parts["breath_pattern"] = BreathPattern(int(match["inhale"]), 0, int(match["exhale"]), 0)
    return parts


def _times(unit: FrequencyUnit) -> Callable[[_Match], Frequency]:
    return lambda match: Frequency(_amount(match), unit)


def _part(pattern: str, field: str, read: Callable[[_Match], Any]) -> tuple[re.Pattern[str], Any]:
    return re.compile(pattern, re.IGNORECASE), lambda match: {field: read(match)}


_PARTS: tuple[tuple[re.Pattern[str], Callable[[_Match], dict[str, Any]]], ...] = (
    _part(_RANGE + r"\s*reps?\b", "reps", _amount),
    (
        re.compile(
            _RANGE + r"\s*breaths?\b(?:\s+in\s+(?P<inhale>\d{1,3})\s+out\s+(?P<exhale>\d{1,3})\b)?",
            re.IGNORECASE,
        ),
        _counted_breaths,
    ),
    _part(_RANGE + r"\s*times\s+a\s+day\b", "frequency", _times(FrequencyUnit.TIMES_A_DAY)),
    _part(_RANGE + r"\s*days\s+a\s+week\b", "frequency", _times(FrequencyUnit.DAYS_A_WEEK)),
    _part(_RANGE + r"\s*(?:x(?=[\s,\d_]|$)|×|sets?\b)", "sets", _amount),  # noqa: RUF001 - as typed
    _part(r"hold\s+" + _RANGE + _UNIT, "hold", _duration),
    _part(r"rest\s+" + _RANGE + _UNIT, "rest", _duration),
    _part(r"for\s+" + _RANGE + _UNIT, "total", _duration),
    _part(r"every\s+" + _RANGE + r"\s*h(?:ours?)?\b", "frequency", _times(FrequencyUnit.HOURS_APART)),
    _part(r"daily\b", "frequency", lambda _: DAILY),
    _part(r"feel\s+" + _RANGE + r"\s*/\s*10\b", "effort", _effort),
    _part(
        r"breath\s+(?P<a>\d{1,3})-(?P<b>\d{1,3})-(?P<c>\d{1,3})-(?P<d>\d{1,3})\b",
        "breath_pattern",
        _breath_pattern,
    ),
    _part(r"(?P<s>\d{1,3})\s*s\s+each\b(?!\s+side)", "tempo", lambda m: int(m["s"])),
    _part(r"slow\b", "tempo", lambda _: Pace.SLOW),
    _part(r"steady\b", "tempo", lambda _: Pace.STEADY),
    *(_part(rf"{side}\b", "side", lambda _, side=side: side) for side in Side),
)

# What a line most likely meant when a part starts like this but goes on wrongly.
_EXPECTED: tuple[tuple[str, str, str], ...] = (
    ("hold", "a number of seconds or minutes", "hold 15 s"),
    ("rest", "a number of seconds or minutes", "rest 10 s"),
    ("for", "a number of seconds or minutes", "for 2 min"),
    ("feel", "a number out of 10", "feel 3/10"),
    ("every", "a number of hours", "every 2 h"),
    ("breath", "four numbers of seconds", "breath 4-4-4-4"),
)


def _parse_parts(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    position = 0
    while match := re.compile(r"[\s,;]*").match(text, position):
        position = match.end()
        if position >= len(text):
            break
        for pattern, read in _PARTS:
            part = pattern.match(text, position)
            if part:
                break
        else:
            raise _unreadable(text, position)
        for field, value in read(part).items():
            if field in found:
                raise DosageError(f"the {field.replace('_', ' ')} is given twice", offset=position)
            found[field] = value
        position = part.end()
    if not found:
        raise DosageError("an empty dosage", offset=0, hint='write, for example, "2 x hold 15 s"')
    return found


def _unreadable(text: str, position: int) -> DosageError:
    rest = text[position:]
    for word, expected, example in _EXPECTED:
        start = re.match(rf"{word}\b\s*", rest, re.IGNORECASE)
        if start:
            wrong = re.match(r"[^\s,]*", rest[start.end() :])
            shown = f'found "{wrong[0]}"' if wrong and wrong[0] else "found nothing"
            return DosageError(
                f'expected {expected} after "{word}", {shown}',
                offset=position + start.end(),
                hint=f'write "{example}"',
            )
    shown = re.split(r",", rest, maxsplit=1)[0].strip()[:40]
    number = re.match(_RANGE, rest)
    hint = "see the dosage grammar in the content format reference"
    if number:
        hint = f'say what the number counts, for example "{number[0]} reps" or "hold {number[0]} s"'
    return DosageError(f'cannot read "{shown}"', offset=position, hint=hint)
