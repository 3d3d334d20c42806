"""How much of an exercise: sets, reps, hold, rest, side … as one value.

`Dosage.parse` reads a line of the grammar in `dosage_grammar`; `str(dosage)` writes the canonical
line, which reads back as an equal `Dosage`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from stretchkit.errors import DosageError
from stretchkit.model.amounts import BLANK, Amount, BreathPattern, Frequency, Pace
from stretchkit.model.dosage_grammar import COUNTING, mixed_parts, parse_parts
from stretchkit.model.vocabulary import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosage:
    """How much of an exercise to do in one session, and how often.

    Every part may be missing. `hold`, `rest` and `total` are seconds; `tempo` is a pace or the
    seconds that one repetition takes; `effort` is on a scale from 0 to 10. What is counted is
    reps, a hold or reps that are held, breaths, or a total time: one of them, so that words and
    timers can never tell different things.

    Raises:
        ValueError: if two ways of counting are mixed, or the tempo is not positive.
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

    def __post_init__(self) -> None:
        mixed = mixed_parts({name: getattr(self, name) for name in COUNTING})
        if mixed:
            raise ValueError(f"{mixed[0]} and {mixed[1]} cannot go together")
        if isinstance(self.tempo, int) and self.tempo <= 0:
            raise ValueError("one repetition takes a second or more")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a dosage line.

        Raises:
            DosageError: if the line is empty, a part cannot be read, or a part is given twice.
        """
        return cls(**parse_parts(text))

    @property
    def has_rests(self) -> bool:
        """Whether there is anything to rest between: sets, or else reps."""
        counted = (self.sets, self.reps, self.breaths)
        return any(amount is not None and amount.high != 1 for amount in counted)

    def __str__(self) -> str:
        return ", ".join(part for part in _canonical_parts(self) if part)


def _seconds_text(amount: Amount) -> str:
    if amount.low is None or amount.high is None:
        units = {1: "s", 60: "min", 3600: "h"}
        return f"{BLANK} {units.get(amount.unit_seconds, 's')}"
    for unit, size in (("h", 3600), ("min", 60)):
        if amount.high >= size and amount.low % size == 0 and amount.high % size == 0:
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


def parse_frequency(text: str) -> Frequency:
    """Read a frequency such as "daily" or "3 days a week".

    Raises:
        DosageError: if the text is anything else.
    """
    parts = parse_parts(text)
    if set(parts) != {"frequency"}:
        raise DosageError(
            f'"{text}" does not say how often',
            offset=0,
            hint='write "daily", "2 times a day", "3 days a week" or "every 2 h"',
        )
    frequency: Frequency = parts["frequency"]
    return frequency
