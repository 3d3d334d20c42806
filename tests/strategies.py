"""Any valid amount, dosage or frequency, for tests of what must hold of all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from stretchkit.model.amounts import Amount, BreathPattern, Frequency, FrequencyUnit, Pace
from stretchkit.model.dosage import Dosage
from stretchkit.model.vocabulary import Side

COUNTED = ((), ("reps",), ("hold",), ("reps", "hold"), ("breaths",), ("total",))
"""What a dosage may count: these parts and no others go together."""
LONGEST = 100 * 3600
"""The longest time that a line may give, in seconds."""
SIDES = tuple(Side)


def amounts(least: int, most: int) -> st.SearchStrategy[Amount]:
    """Return numbers, ranges of them and the blank."""
    ends = st.tuples(st.integers(least, most), st.integers(least, most)).map(sorted)
    ranges = ends.map(lambda pair: Amount(*pair))
    return ranges | st.integers(least, most).map(Amount.of) | st.just(Amount.blank())


def durations(least: int = 1, most: int = LONGEST) -> st.SearchStrategy[Amount]:
    """Return seconds, whole minutes and whole hours, and a blank for each of them."""

    def times(size: int) -> st.SearchStrategy[Amount]:
        return amounts(1, max(1, most // size)).map(
            lambda a: (
                Amount.blank(size)
                if a.low is None or a.high is None
                else Amount(a.low * size, a.high * size)
            )
        )

    sizes = [size for size in (60, 3600) if size <= most]
    return st.one_of(amounts(least, most), *map(times, sizes))


def breath_patterns(most: int) -> st.SearchStrategy[BreathPattern]:
    """Return breaths, with and without pauses; no part is longer than `most` seconds."""
    part, pause = st.integers(1, most), st.integers(0, most)
    plain = st.builds(BreathPattern, part, st.just(0), part, st.just(0))
    return plain | st.builds(BreathPattern, part, pause, part, pause)


FREQUENCIES = (
    st.builds(Frequency, amounts(1, 20), st.just(FrequencyUnit.TIMES_A_DAY))
    | st.builds(Frequency, amounts(1, 7), st.just(FrequencyUnit.DAYS_A_WEEK))
    | st.builds(Frequency, amounts(1, 24), st.just(FrequencyUnit.HOURS_APART))
)


@st.composite
def dosages(
    draw: st.DrawFn,
    sides: tuple[Side, ...] = SIDES,
    *,
    counted: tuple[tuple[str, ...], ...] = COUNTED,
    sets: int = 100,
    count: int = 1000,
    longest: int = LONGEST,
    breath: int = 999,
) -> Dosage:
    """Return dosages that a line can give.

    Args:
        draw: Hypothesis gives it.
        sides: what the side is taken from.
        counted: what the dosages count.
        sets: the most sets.
        count: the most reps or breaths.
        longest: the longest hold, rest or total time in seconds.
        breath: the longest part of a breath, and the longest tempo, in seconds.
    """
    parts = {
        "reps": amounts(1, count),
        "hold": durations(1, longest),
        "breaths": amounts(1, count),
        "total": durations(1, longest),
    }
    names = draw(st.sampled_from(counted))
    found: dict[str, Any] = {name: draw(parts[name]) for name in names}
    pace: st.SearchStrategy[Pace | int] = st.sampled_from(Pace)
    return Dosage(
        **found,
        sets=draw(st.none() | amounts(1, sets)),
        side=draw(st.sampled_from(sides)),
        tempo=draw(
            st.none() | pace
            if {"hold", "breaths"} & set(names)
            else st.none() | pace | st.integers(1, breath)
        ),
        breath_pattern=draw(st.none() | breath_patterns(breath)),
        rest=draw(st.none() | durations(0, longest)),
        frequency=draw(st.none() | FREQUENCIES),
        effort=draw(st.none() | amounts(0, 10)),
    )
