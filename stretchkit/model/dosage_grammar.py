"""The grammar of a dosage line, such as "2 x hold 15 s each side".

Parts stand in any order, and commas between them are optional::

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

`___` stands for any number and prints as a blank to fill in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from stretchkit.errors import DosageError
from stretchkit.model.amounts import DAILY, Amount, BreathPattern, Frequency, FrequencyUnit, Pace
from stretchkit.model.vocabulary import Side

T = TypeVar("T")

_UNIT_SECONDS = {"s": 1, "min": 60, "h": 3600}

_Match = re.Match[str]
_RANGE = r"(?P<low>\d+|_{2,})(?:\s*[-–]\s*(?P<high>\d+))?"
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


def _constant(value: T, _match: _Match) -> T:
    return value


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
    _part(_RANGE + r"\s*(?:x(?=[\s,\d_]|$)|×|sets?\b)", "sets", _amount),
    _part(r"hold\s+" + _RANGE + _UNIT, "hold", _duration),
    _part(r"rest\s+" + _RANGE + _UNIT, "rest", _duration),
    _part(r"for\s+" + _RANGE + _UNIT, "total", _duration),
    _part(
        r"every\s+" + _RANGE + r"\s*h(?:ours?)?\b", "frequency", _times(FrequencyUnit.HOURS_APART)
    ),
    _part(r"daily\b", "frequency", partial(_constant, DAILY)),
    _part(r"feel\s+" + _RANGE + r"\s*/\s*10\b", "effort", _effort),
    _part(
        r"breath\s+(?P<a>\d{1,3})-(?P<b>\d{1,3})-(?P<c>\d{1,3})-(?P<d>\d{1,3})\b",
        "breath_pattern",
        _breath_pattern,
    ),
    _part(r"(?P<s>\d{1,3})\s*s\s+each\b(?!\s+side)", "tempo", lambda m: int(m["s"])),
    _part(r"slow\b", "tempo", partial(_constant, Pace.SLOW)),
    _part(r"steady\b", "tempo", partial(_constant, Pace.STEADY)),
    *(_part(rf"{side}\b", "side", partial(_constant, side)) for side in Side),
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


def parse_parts(text: str) -> dict[str, Any]:
    """Return the parts of a dosage line by the name of the field they belong to.

    Raises:
        DosageError: if the line is empty, a part cannot be read, or a part is given twice.
    """
    found: dict[str, Any] = {}
    position = 0
    while (position := _skip_separators(text, position)) < len(text):
        part, values = _next_part(text, position)
        for field, value in values.items():
            if field in found:
                name = field.replace("_", " ")
                raise DosageError(f"the {name} is given twice", offset=position)
            found[field] = value
        position = part.end()
    if not found:
        raise DosageError("an empty dosage", offset=0, hint='write, for example, "2 x hold 15 s"')
    return found


def _skip_separators(text: str, position: int) -> int:
    while position < len(text) and (text[position].isspace() or text[position] in ",;"):
        position += 1
    return position


def _next_part(text: str, position: int) -> tuple[_Match, dict[str, Any]]:
    for pattern, read in _PARTS:
        match = pattern.match(text, position)
        if match:
            return match, read(match)
    raise _unreadable(text, position)


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
