"""The dosage line: everything it may say, what it answers to slips, and that it is never lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stretchkit.errors import DosageError
from stretchkit.model.amounts import DAILY, Amount, BreathPattern, Frequency, FrequencyUnit, Pace
from stretchkit.model.dosage import Dosage, parse_frequency
from stretchkit.model.vocabulary import Side

BLANK = Amount.blank()


def times_a_day(low: int, high: int | None = None) -> Frequency:
    return Frequency(Amount.of(low, high), FrequencyUnit.TIMES_A_DAY)


def days_a_week(low: int, high: int | None = None) -> Frequency:
    return Frequency(Amount.of(low, high), FrequencyUnit.DAYS_A_WEEK)


def hours_apart(low: int, high: int | None = None) -> Frequency:
    return Frequency(Amount.of(low, high), FrequencyUnit.HOURS_APART)


GRAMMAR = {
    # sets
    "2 x": Dosage(sets=Amount.of(2)),
    "2x": Dosage(sets=Amount.of(2)),
    "2 ×": Dosage(sets=Amount.of(2)),
    "2 sets": Dosage(sets=Amount.of(2)),
    "1 set": Dosage(sets=Amount.of(1)),
    "2-3 x": Dosage(sets=Amount.of(2, 3)),
    "___ x": Dosage(sets=BLANK),
    # reps
    "8 reps": Dosage(reps=Amount.of(8)),
    "1 rep": Dosage(reps=Amount.of(1)),
    "8-10 reps": Dosage(reps=Amount.of(8, 10)),
    "___ reps": Dosage(reps=BLANK),
    # hold, rest and total, in every unit
    "hold 15 s": Dosage(hold=Amount.of(15)),
    "hold 15s": Dosage(hold=Amount.of(15)),
    "hold 15 sec": Dosage(hold=Amount.of(15)),
    "hold 15 seconds": Dosage(hold=Amount.of(15)),
    "hold 15-30 s": Dosage(hold=Amount.of(15, 30)),
    "hold 1 min": Dosage(hold=Amount.of(60)),
    "hold 1 minute": Dosage(hold=Amount.of(60)),
    "hold ___ s": Dosage(hold=BLANK),
    "rest 10 s": Dosage(rest=Amount.of(10)),
    "rest 1-2 min": Dosage(rest=Amount.of(60, 120)),
    "rest ___ s": Dosage(rest=BLANK),
    "for 2 min": Dosage(total=Amount.of(120)),
    "for 2-3 minutes": Dosage(total=Amount.of(120, 180)),
    "for 1 h": Dosage(total=Amount.of(3600)),
    "for 2 hours": Dosage(total=Amount.of(7200)),
    # sides
    "each side": Dosage(side=Side.EACH),
    "left": Dosage(side=Side.LEFT),
    "right": Dosage(side=Side.RIGHT),
    "both sides": Dosage(side=Side.BOTH),
    "changing sides": Dosage(side=Side.CHANGING),
    # tempo
    "slow": Dosage(tempo=Pace.SLOW),
    "steady": Dosage(tempo=Pace.STEADY),
    "6 s each": Dosage(tempo=6),
    # breath
    "6 breaths": Dosage(breaths=Amount.of(6)),
    "1 breath": Dosage(breaths=Amount.of(1)),
    "6-8 breaths": Dosage(breaths=Amount.of(6, 8)),
    "6 breaths in 4 out 6": Dosage(breaths=Amount.of(6), breath_pattern=BreathPattern(4, 0, 6, 0)),
    "breath 4-7-8-0": Dosage(breath_pattern=BreathPattern(4, 7, 8, 0)),
    "6 breaths, breath 4-4-4-4": Dosage(
        breaths=Amount.of(6), breath_pattern=BreathPattern(4, 4, 4, 4)
    ),
    # frequency
    "daily": Dosage(frequency=DAILY),
    "2 times a day": Dosage(frequency=times_a_day(2)),
    "2-3 times a day": Dosage(frequency=times_a_day(2, 3)),
    "3 days a week": Dosage(frequency=days_a_week(3)),
    "3-4 days a week": Dosage(frequency=days_a_week(3, 4)),
    "every 2 h": Dosage(frequency=hours_apart(2)),
    "every 2-3 hours": Dosage(frequency=hours_apart(2, 3)),
    # effort
    "feel 3/10": Dosage(effort=Amount.of(3)),
    "feel 3-4/10": Dosage(effort=Amount.of(3, 4)),
    "feel 0-10 / 10": Dosage(effort=Amount.of(0, 10)),
    "feel ___/10": Dosage(effort=BLANK),
}

WHOLE_LINES = {
    "2 x hold 15 s each side": Dosage(sets=Amount.of(2), hold=Amount.of(15), side=Side.EACH),
    "2 x 8-10 reps, hold 5 s each side, slow, rest 10 s, 3 days a week, feel 3/10": Dosage(
        sets=Amount.of(2),
        reps=Amount.of(8, 10),
        hold=Amount.of(5),
        side=Side.EACH,
        tempo=Pace.SLOW,
        rest=Amount.of(10),
        frequency=days_a_week(3),
        effort=Amount.of(3),
    ),
    "8 reps changing sides, 4 s each": Dosage(reps=Amount.of(8), side=Side.CHANGING, tempo=4),
    "6 s each, each side": Dosage(tempo=6, side=Side.EACH),
    "6 breaths in 4 out 6, daily": Dosage(
        breaths=Amount.of(6), breath_pattern=BreathPattern(4, 0, 6, 0), frequency=DAILY
    ),
    "___ x hold ___ s each side": Dosage(sets=BLANK, hold=BLANK, side=Side.EACH),
}


@pytest.mark.parametrize("line", GRAMMAR)
def test_each_part_of_the_grammar_is_read(line: str) -> None:
    assert Dosage.parse(line) == GRAMMAR[line]


@pytest.mark.parametrize("line", WHOLE_LINES)
def test_parts_stand_together_on_one_line(line: str) -> None:
    assert Dosage.parse(line) == WHOLE_LINES[line]


@pytest.mark.parametrize("line", [*GRAMMAR, *WHOLE_LINES])
def test_a_line_reads_back_from_its_canonical_form(line: str) -> None:
    dosage = Dosage.parse(line)
    assert Dosage.parse(str(dosage)) == dosage


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("hold 15 s, 2 sets, each side", "2 x hold 15 s each side"),
        ("each side 8–10 reps", "8-10 reps each side"),
        ("hold 120 s", "hold 2 min"),
        ("hold 90 s", "hold 90 s"),
        ("for 60-90 s", "for 60-90 s"),
        ("for 60 min", "for 1 h"),
        ("both sides, 8 reps", "8 reps"),
        ("both sides", "both sides"),
        ("1 times a day", "daily"),
        ("feel 3 / 10, slow, 1 rep", "1 reps, slow, feel 3/10"),
        ("6 breaths, breath 4-0-6-0", "6 breaths in 4 out 6"),
        ("__ reps", "___ reps"),
        ("every 2 hours, left", "left, every 2 h"),
    ],
)
def test_a_dosage_is_written_in_one_way(line: str, canonical: str) -> None:
    assert str(Dosage.parse(line)) == canonical


@pytest.mark.parametrize("dash", ["-", "–", " - ", " – "])
def test_a_range_may_have_a_hyphen_or_an_en_dash(dash: str) -> None:
    line = f"2{dash}3 x 8{dash}10 reps, hold 15{dash}30 s"
    assert Dosage.parse(line) == Dosage(
        sets=Amount.of(2, 3), reps=Amount.of(8, 10), hold=Amount.of(15, 30)
    )


PARTS = [
    "2 x",
    "8 reps",
    "hold 5 s",
    "for 2 min",
    "each side",
    "6 s each",
    "6 breaths in 4 out 6",
    "rest 10 s",
    "3 days a week",
    "feel 3/10",
]


@given(st.permutations(PARTS))
def test_parts_stand_in_any_order(parts: list[str]) -> None:
    assert Dosage.parse(", ".join(parts)) == Dosage.parse(", ".join(PARTS))


@given(st.data(), st.permutations(PARTS))
def test_commas_are_optional(data: st.DataObject, parts: list[str]) -> None:
    separators = st.sampled_from([" ", ", ", ",", "  ", " , ", "\n"])
    line = "".join(part + data.draw(separators) for part in parts)
    assert Dosage.parse(line) == Dosage.parse(", ".join(PARTS))


def test_words_may_be_written_in_capitals() -> None:
    assert Dosage.parse("2 X 8 Reps, Hold 5 s Each Side, Slow, Daily") == Dosage.parse(
        "2 x 8 reps, hold 5 s each side, slow, daily"
    )


@pytest.mark.parametrize(
    ("line", "message", "offset", "hint"),
    [
        ("", "an empty dosage", 0, 'write, for example, "2 x hold 15 s"'),
        (" , ; ", "an empty dosage", 0, 'write, for example, "2 x hold 15 s"'),
        (
            "hold fifteen",
            'expected a number of seconds or minutes after "hold", found "fifteen"',
            5,
            'write "hold 15 s"',
        ),
        (
            "2 x hold",
            'expected a number of seconds or minutes after "hold", found nothing',
            8,
            'write "hold 15 s"',
        ),
        (
            "hold for 15 s",
            'expected a number of seconds or minutes after "hold", found "for"',
            5,
            'write "hold 15 s"',
        ),
        (
            "8 reps, rest briefly, daily",
            'expected a number of seconds or minutes after "rest", found "briefly"',
            13,
            'write "rest 10 s"',
        ),
        (
            "for ever",
            'expected a number of seconds or minutes after "for", found "ever"',
            4,
            'write "for 2 min"',
        ),
        (
            "feel easy",
            'expected a number out of 10 after "feel", found "easy"',
            5,
            'write "feel 3/10"',
        ),
        (
            "feel 3/100",
            'expected a number out of 10 after "feel", found "3/100"',
            5,
            'write "feel 3/10"',
        ),
        (
            "every so often",
            'expected a number of hours after "every", found "so"',
            6,
            'write "every 2 h"',
        ),
        (
            "breath 4-4-4",
            'expected four numbers of seconds after "breath", found "4-4-4"',
            7,
            'write "breath 4-4-4-4"',
        ),
        ("breath 0-0-0-0", "a breath of 0 seconds", 0, ""),
        ("10-8 reps", 'the range "10-8" runs backwards', 0, 'write "8-10"'),
        ("2 x hold 30-15 s", 'the range "30-15" runs backwards', 9, 'write "15-30"'),
        ("8 reps, feel 12/10", "effort goes from 0 to 10", 13, ""),
        ("2 x 1000000 reps", "1000000 is too much", 4, ""),
        ("hold 15 s, 2 x, hold 20 s", "the hold is given twice", 16, ""),
        ("daily, 2 times a day", "the frequency is given twice", 7, ""),
        ("left, each side", "the side is given twice", 6, ""),
        (
            "6 breaths in 4 out 6, breath 4-4-4-4",
            "the breath pattern is given twice",
            22,
            "",
        ),
        (
            "8",
            'cannot read "8"',
            0,
            'say what the number counts, for example "8 reps" or "hold 8 s"',
        ),
        (
            "2 x 8-10, slow",
            'cannot read "8-10"',
            4,
            'say what the number counts, for example "8-10 reps" or "hold 8-10 s"',
        ),
        (
            "hold 1 min 30 s",
            'cannot read "30 s"',
            11,
            'say what the number counts, for example "30 reps" or "hold 30 s"',
        ),
        (
            "6 s each side",
            'cannot read "6 s each side"',
            0,
            'say what the number counts, for example "6 reps" or "hold 6 s"',
        ),
        (
            "8 reps, quickly, daily",
            'cannot read "quickly"',
            8,
            "see the dosage grammar in the content format reference",
        ),
        (
            "hold 15 s each sides",
            'cannot read "each sides"',
            10,
            "see the dosage grammar in the content format reference",
        ),
        (
            "-3 reps",
            'cannot read "-3 reps"',
            0,
            "see the dosage grammar in the content format reference",
        ),
        (
            "as many times as you like before lunch and after dinner",
            'cannot read "as many times as you like before lunch a"',
            0,
            "see the dosage grammar in the content format reference",
        ),
    ],
)
def test_a_slip_is_told_with_its_place_and_how_to_mend_it(
    line: str, message: str, offset: int, hint: str
) -> None:
    with pytest.raises(DosageError) as caught:
        Dosage.parse(line)
    error = caught.value
    assert (error.message, error.offset, error.hint) == (message, offset, hint)
    assert str(error) == message


def test_a_frequency_is_read_on_its_own() -> None:
    assert parse_frequency("3-4 days a week") == days_a_week(3, 4)
    with pytest.raises(DosageError, match='"2 x hold 15 s" does not say how often') as caught:
        parse_frequency("2 x hold 15 s")
    assert caught.value.hint == ('write "daily", "2 times a day", "3 days a week" or "every 2 h"')


def amounts(low: int, high: int) -> st.SearchStrategy[Amount]:
    ends = st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted)
    ranges = ends.map(lambda pair: Amount(*pair))
    return ranges | st.integers(low, high).map(Amount.of) | st.just(BLANK)


def durations(least: int) -> st.SearchStrategy[Amount]:
    """Return seconds, or whole minutes or hours of them."""

    def in_unit(size: int) -> st.SearchStrategy[Amount]:
        return amounts(1, 999).map(
            lambda a: a if a.low is None or a.high is None else Amount(a.low * size, a.high * size)
        )

    return amounts(least, 9999) | in_unit(60) | in_unit(3600)


PATTERNS = st.builds(
    BreathPattern,
    inhale=st.integers(1, 999),
    pause_full=st.integers(0, 999),
    exhale=st.integers(1, 999),
    pause_empty=st.integers(0, 999),
)
DOSAGES = st.builds(
    Dosage,
    sets=st.none() | amounts(1, 999),
    reps=st.none() | amounts(1, 999),
    hold=st.none() | durations(1),
    side=st.sampled_from(Side),
    tempo=st.none() | st.sampled_from(Pace) | st.integers(1, 999),
    breaths=st.none() | amounts(1, 999),
    breath_pattern=st.none() | PATTERNS,
    rest=st.none() | durations(0),
    total=st.none() | durations(1),
    frequency=st.none() | st.builds(Frequency, amounts(1, 99), st.sampled_from(FrequencyUnit)),
    effort=st.none() | amounts(0, 10),
)


@given(DOSAGES)
@example(Dosage())
@example(Dosage(sets=Amount.of(1), side=Side.EACH))
@example(Dosage(breath_pattern=BreathPattern(4, 0, 6, 0)))
def test_every_dosage_reads_back_from_its_line(dosage: Dosage) -> None:
    assert Dosage.parse(str(dosage)) == dosage


@given(DOSAGES)
def test_a_canonical_line_stays_as_it_is(dosage: Dosage) -> None:
    line = str(dosage)
    assert str(Dosage.parse(line)) == line
    assert line == line.strip()
    assert "  " not in line


FRAGMENTS = """
    0 1 2 15 100001 -3 ___ __ x × - – , ; / /10 s min h each side sides both left right changing
    reps rep sets hold rest for feel every breath breaths in out slow steady daily times days a day
    week 4-4-4-4 0-0-0-0 10-8 é { }
"""
LINES = st.lists(st.sampled_from(FRAGMENTS.split()))


def told_or_read(text: str) -> DosageError | Dosage:
    try:
        return Dosage.parse(text)
    except DosageError as error:
        return error


@given(st.text() | LINES.map(" ".join) | LINES.map("".join))
def test_a_text_is_read_or_its_fault_is_told_and_nothing_else_happens(text: str) -> None:
    outcome = told_or_read(text)
    if isinstance(outcome, DosageError):
        assert outcome.message
        assert 0 <= outcome.offset <= len(text)
    else:
        assert Dosage.parse(str(outcome)) == outcome


@pytest.mark.parametrize(("low", "high"), [(3, 2), (-1, 1), (-2, -1), (None, 3), (3, None)])
def test_an_amount_that_makes_no_sense_cannot_be_built(low: int | None, high: int | None) -> None:
    with pytest.raises(ValueError, match="an amount"):
        Amount(low, high)
