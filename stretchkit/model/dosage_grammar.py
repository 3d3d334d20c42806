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
from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations
from typing import Any, TypeVar

from stretchkit.errors import DosageError
from stretchkit.model.amounts import DAILY, Amount, BreathPattern, Frequency, FrequencyUnit, Pace
from stretchkit.model.vocabulary import Side

T = TypeVar("T")

COUNTING = ("reps", "hold", "breaths", "total", "tempo")
"""The parts that say how much is done at a time."""

_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600}
_MOST = {"sets": 100, "reps": 1000, "breaths": 1000}
_MOST_SECONDS = 100 * 3600
_SAID = {"total": "for", "tempo": "pace", "frequency": "how often", "breath_pattern": "breath"}

_Match = re.Match[str]
_RANGE = (
    r"(?:(?P<low>[0-9]{1,7})(?![0-9])(?:\s*[-–]\s*(?P<high>[0-9]{1,7})(?![0-9]))?"
    r"|(?P<blank>_{2,})(?!\s*[-–]\s*[0-9]))"
)
_UNIT = r"\s*(?P<unit>seconds?|secs?|s|minutes?|mins?|hours?|h)\b"
_FLAGS = re.IGNORECASE | re.ASCII


def mixed_parts(parts: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return two parts that tell different things about how much is done, None if there are none.

    Args:
        parts: parts of a dosage by field; those that are missing or None do not count.
    """
    given = [name for name in COUNTING if parts.get(name) is not None]
    for first, second in combinations(given, 2):
        if {first, second} == {"reps", "hold"} or second == "tempo":
            continue
        return first, second
    if isinstance(parts.get("tempo"), int):
        return next(((name, "tempo") for name in ("hold", "breaths") if name in given), None)
    return None


def _amount(match: _Match, least: int = 1, most: int = _MOST_SECONDS) -> Amount:
    if match["blank"]:
        return Amount.blank()
    low, high = int(match["low"]), int(match["high"] or match["low"])
    for name, number in (("low", low), ("high", high)):
        if number > most:
            place = match.start(name) if match[name] else match.start("low")
            raise DosageError(f"{number} is too much; at most {most}", offset=place)
    if low > high:
        raise DosageError(
            f'the range "{low}-{high}" runs backwards',
            offset=match.start("low"),
            hint=f'write "{high}-{low}"',
        )
    if low < least:
        raise DosageError(f"{low} is too little; at least {least}", offset=match.start("low"))
    return Amount(low, high)


def _duration(match: _Match, least: int = 1) -> Amount:
    size = _UNIT_SECONDS[match["unit"][0].lower()]
    if match["blank"]:
        return Amount.blank(size)
    amount = _amount(match, least, _MOST_SECONDS // size)
    return Amount.of((amount.low or 0) * size, (amount.high or 0) * size)


def _breath_pattern(match: _Match, *names: str) -> BreathPattern:
    seconds = [int(match[name]) if name else 0 for name in names]
    if not seconds[0] or not seconds[2]:
        raise DosageError("a breath goes in and out", offset=match.start(names[0]))
    return BreathPattern(*seconds)


def _counted_breaths(match: _Match) -> dict[str, Any]:
    parts: dict[str, Any] = {"breaths": _amount(match, most=_MOST["breaths"])}
    if match["inhale"]:
        parts["breath_pattern"] = _breath_pattern(match, "inhale", "", "exhale", "")
    return parts


def _tempo(match: _Match) -> int:
    seconds = int(match["s"])
    if not seconds:
        raise DosageError("0 is too little; at least 1", offset=match.start("s"))
    return seconds


def _times(unit: FrequencyUnit, most: int) -> Callable[[_Match], Frequency]:
    return lambda match: Frequency(_amount(match, most=most), unit)


def _constant(value: T, _match: _Match) -> T:
    return value


def _part(pattern: str, field: str, read: Callable[[_Match], Any]) -> tuple[re.Pattern[str], Any]:
    return re.compile(pattern, _FLAGS), lambda match: {field: read(match)}


_PARTS: tuple[tuple[re.Pattern[str], Callable[[_Match], dict[str, Any]]], ...] = (
    _part(_RANGE + r"\s*reps?\b", "reps", partial(_amount, most=_MOST["reps"])),
    (
        re.compile(
            _RANGE
            + r"\s*breaths?\b(?:\s+in\s+(?P<inhale>[0-9]{1,3})\s+out\s+(?P<exhale>[0-9]{1,3})\b)?",
            _FLAGS,
        ),
        _counted_breaths,
    ),
    _part(_RANGE + r"\s*times?\s+a\s+day\b", "frequency", _times(FrequencyUnit.TIMES_A_DAY, 24)),
    _part(_RANGE + r"\s*days?\s+a\s+week\b", "frequency", _times(FrequencyUnit.DAYS_A_WEEK, 7)),
    _part(
        _RANGE + r"\s*(?:x(?=[\s,;0-9_]|$)|×|sets?\b)", "sets", partial(_amount, most=_MOST["sets"])
    ),
    _part(r"hold\s+" + _RANGE + _UNIT, "hold", _duration),
    _part(r"rest\s+" + _RANGE + _UNIT, "rest", partial(_duration, least=0)),
    _part(r"for\s+" + _RANGE + _UNIT, "total", _duration),
    _part(
        r"every\s+" + _RANGE + r"\s*h(?:ours?)?\b",
        "frequency",
        _times(FrequencyUnit.HOURS_APART, 168),
    ),
    _part(r"(?:daily|every\s+day|once\s+a\s+day)\b", "frequency", partial(_constant, DAILY)),
    _part(r"feel\s+" + _RANGE + r"\s*/\s*10\b", "effort", partial(_amount, least=0, most=10)),
    _part(
        r"breath\s+(?P<a>[0-9]{1,3})[-–](?P<b>[0-9]{1,3})[-–](?P<c>[0-9]{1,3})[-–](?P<d>[0-9]{1,3})\b",
        "breath_pattern",
        lambda match: _breath_pattern(match, *"abcd"),
    ),
    _part(r"(?P<s>[0-9]{1,3})\s*s\s+each\b(?!\s+side)", "tempo", _tempo),
    _part(r"slow\b", "tempo", partial(_constant, Pace.SLOW)),
    _part(r"steady\b", "tempo", partial(_constant, Pace.STEADY)),
    *(
        _part(side.replace(" ", r"\s+") + r"\b", "side", partial(_constant, side))
        for side in (Side.BOTH, Side.EACH, Side.CHANGING)
    ),
    _part(r"left(?:\s+side)?\b", "side", partial(_constant, Side.LEFT)),
    _part(r"right(?:\s+side)?\b", "side", partial(_constant, Side.RIGHT)),
)

# What a line most likely meant when a part starts like this but goes on wrongly.
_EXPECTED: tuple[tuple[str, str, str, str], ...] = (
    ("hold", "a number of seconds or minutes", "a unit (s, min or h)", "15 s"),
    ("rest", "a number of seconds or minutes", "a unit (s, min or h)", "10 s"),
    ("for", "a number of seconds or minutes", "a unit (s, min or h)", "2 min"),
    ("feel", "a number out of 10", "/10", "3/10"),
    ("every", "a number of hours", "the unit h", "2 h"),
    ("breath", "four numbers of seconds", "", "4-4-4-4"),
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
                name = _SAID.get(field, field)
                raise DosageError(f'"{name}" is given twice', offset=position)
            found[field] = value
        mixed = mixed_parts(found)
        if mixed:
            first, second = (_SAID.get(name, name) for name in mixed)
            raise DosageError(
                f'"{first}" and "{second}" cannot go together',
                offset=position,
                hint="count reps, a hold, breaths or a time; reps can be held",
            )
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
    for word, expected, unit, example in _EXPECTED:
        start = re.match(rf"{word}\b\s*", rest, _FLAGS)
        if start:
            after = rest[start.end() :]
            offset = position + start.end()
            number = re.match(_RANGE, after)
            if number and unit and not after[number.end() :].startswith("/"):
                unit_example = re.sub(r"^[0-9]+", "", example)
                return DosageError(
                    f'expected {unit} after "{word} {number[0]}"',
                    offset=offset + number.end(),
                    hint=f'write "{word} {number[0]}{unit_example}"',
                )
            wrong = re.match(r"[^\s,]*", after)
            shown = f'found "{wrong[0]}"' if wrong and wrong[0] else "found nothing"
            return DosageError(
                f'expected {expected} after "{word}", {shown}',
                offset=offset,
                hint=f'write "{word} {example}"',
            )
    shown = rest.split(",", maxsplit=1)[0].strip()
    shown = f"{shown[:40]}…" if len(shown) > 40 else shown  # noqa: PLR2004 - one line of text
    number = re.match(_RANGE, rest)
    hint = "see the dosage grammar in the content format reference"
    if number:
        hint = f'say what the number counts, for example "{number[0]} reps" or "hold {number[0]} s"'
    return DosageError(f'cannot read "{shown}"', offset=position, hint=hint)
