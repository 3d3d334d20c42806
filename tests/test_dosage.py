"""The dosage line: everything it may say, what it answers to slips, and that it is never lost."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import dosages

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
    "hold ___ min": Dosage(hold=Amount.blank(60)),
    "hold 15 S": Dosage(hold=Amount.of(15)),
    "HOLD 15 SEC": Dosage(hold=Amount.of(15)),
    "rest 10 s": Dosage(rest=Amount.of(10)),
    "rest 1-2 min": Dosage(rest=Amount.of(60, 120)),
    "rest ___ s": Dosage(rest=BLANK),
    "rest 0 s": Dosage(rest=Amount.of(0)),
    "rest 0-100 h": Dosage(rest=Amount.of(0, 360_000)),
    "rest 1 Min": Dosage(rest=Amount.of(60)),
    "for 2 min": Dosage(total=Amount.of(120)),
    "for 2-3 minutes": Dosage(total=Amount.of(120, 180)),
    "for 1 h": Dosage(total=Amount.of(3600)),
    "for 2 hours": Dosage(total=Amount.of(7200)),
    "for 1 H": Dosage(total=Amount.of(3600)),
    "for ___ min": Dosage(total=Amount.blank(60)),
    "for ___ h": Dosage(total=Amount.blank(3600)),
    # sides
    "each side": Dosage(side=Side.EACH),
    "left": Dosage(side=Side.LEFT),
    "right": Dosage(side=Side.RIGHT),
    "both sides": Dosage(side=Side.BOTH),
    "changing sides": Dosage(side=Side.CHANGING),
    "each  side": Dosage(side=Side.EACH),
    "changing   sides": Dosage(side=Side.CHANGING),
    "left side": Dosage(side=Side.LEFT),
    "right side": Dosage(side=Side.RIGHT),
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
    "breath 4–7–8–0": Dosage(breath_pattern=BreathPattern(4, 7, 8, 0)),
    "6 breaths, breath 4-4-4-4": Dosage(
        breaths=Amount.of(6), breath_pattern=BreathPattern(4, 4, 4, 4)
    ),
    # frequency
    "daily": Dosage(frequency=DAILY),
    "every day": Dosage(frequency=DAILY),
    "once a day": Dosage(frequency=DAILY),
    "1 time a day": Dosage(frequency=DAILY),
    "1 day a week": Dosage(frequency=days_a_week(1)),
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
        ("for ___ minutes", "for ___ min"),
        ("hold ___ seconds, rest ___ hours", "hold ___ s, rest ___ h"),
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


ALWAYS = ["2 x", "each side", "rest 10 s", "3 days a week", "feel 3/10"]
PARTS = [
    ["8 reps", "6 s each", *ALWAYS],
    ["8 reps", "hold 5 s", "slow", *ALWAYS],
    ["for 2 min", "breath 4-0-6-0", *ALWAYS],
    ["6 breaths in 4 out 6", "steady", *ALWAYS],
]


@given(st.data(), st.sampled_from(PARTS))
def test_parts_stand_in_any_order(data: st.DataObject, parts: list[str]) -> None:
    line = ", ".join(data.draw(st.permutations(parts)))
    assert Dosage.parse(line) == Dosage.parse(", ".join(parts))


@given(st.data(), st.sampled_from(PARTS))
def test_commas_are_optional(data: st.DataObject, parts: list[str]) -> None:
    separators = st.sampled_from([" ", ", ", ",", "; ", "  ", " , ", "\n"])
    line = "".join(part + data.draw(separators) for part in data.draw(st.permutations(parts)))
    assert Dosage.parse(line) == Dosage.parse(", ".join(parts))


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
            "hold 15",
            'expected a unit (s, min or h) after "hold 15"',
            7,
            'write "hold 15 s"',
        ),
        (
            "hold 15-30, daily",
            'expected a unit (s, min or h) after "hold 15-30"',
            10,
            'write "hold 15-30 s"',
        ),
        ("rest 5", 'expected a unit (s, min or h) after "rest 5"', 6, 'write "rest 5 s"'),
        ("for ___", 'expected a unit (s, min or h) after "for ___"', 7, 'write "for ___ min"'),
        ("feel 4", 'expected /10 after "feel 4"', 6, 'write "feel 4/10"'),
        ("every 3", 'expected the unit h after "every 3"', 7, 'write "every 3 h"'),
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
        ("breath 0-0-0-0", "a breath goes in and out", 7, ""),
        ("2 breaths in 0 out 0", "a breath goes in and out", 13, ""),
        ("10-8 reps", 'the range "10-8" runs backwards', 0, 'write "8-10"'),
        ("2 x hold 30-15 s", 'the range "30-15" runs backwards', 9, 'write "15-30"'),
        ("8 reps, feel 12/10", "12 is too much; at most 10", 13, ""),
        ("2 x 1000000 reps", "1000000 is too much; at most 1000", 4, ""),
        ("2 x 8-1001 reps", "1001 is too much; at most 1000", 6, ""),
        ("101 x", "101 is too much; at most 100", 0, ""),
        ("8 reps, 0 x", "0 is too little; at least 1", 8, ""),
        ("8 reps, 0 s each", "0 is too little; at least 1", 8, ""),
        ("hold 15 s, 2 x, hold 20 s", '"hold" is given twice', 16, ""),
        ("daily, 2 times a day", '"how often" is given twice', 7, ""),
        ("2 x 3 x", '"sets" is given twice', 4, ""),
        ("8 reps 9 reps", '"reps" is given twice', 7, ""),
        ("slow, 6 s each", '"pace" is given twice', 6, ""),
        ("left, each side", '"side" is given twice', 6, ""),
        (
            "6 breaths in 4 out 6, breath 4-4-4-4",
            '"breath" is given twice',
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
            'cannot read "as many times as you like before lunch a…"',
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


MIXED = {
    "8 reps, 6 breaths": ("reps", "breaths", 8),
    "8 reps, for 2 min": ("reps", "for", 8),
    "hold 5 s, 6 breaths": ("hold", "breaths", 10),
    "hold 5 s, for 2 min": ("hold", "for", 10),
    "6 breaths in 4 out 6, for 2 min": ("breaths", "for", 22),
    "for 2 min, 8 reps": ("reps", "for", 11),
    "8 reps, hold 5 s, for 2 min": ("reps", "for", 18),
    "hold 5 s, 6 s each": ("hold", "pace", 10),
    "6 s each, 8 reps, hold 5 s": ("hold", "pace", 18),
}


@pytest.mark.parametrize("line", MIXED)
def test_two_ways_of_counting_on_one_line_are_told(line: str) -> None:
    first, second, offset = MIXED[line]
    with pytest.raises(DosageError) as caught:
        Dosage.parse(line)
    error = caught.value
    assert error.message == f'"{first}" and "{second}" cannot go together'
    assert (error.offset, error.hint) == (
        offset,
        "count reps, a hold, breaths or a time; reps can be held",
    )


COUNTS = {"reps": Amount.of(8), "hold": Amount.of(5), "breaths": Amount.of(6), "total": BLANK}


@pytest.mark.parametrize(("first", "second"), list(combinations(COUNTS, 2)))
def test_only_a_rep_can_be_held(first: str, second: str) -> None:
    parts: dict[str, Any] = {name: COUNTS[name] for name in (first, second)}
    if (first, second) == ("reps", "hold"):
        assert Dosage(**parts).hold == Amount.of(5)
    else:
        with pytest.raises(ValueError, match=f"{first} and {second} cannot go together"):
            Dosage(**parts)


@pytest.mark.parametrize(
    "line", ["100 x", "1000 reps", "1000 breaths", "hold 100 h", "for 360000 s", "feel 10/10"]
)
def test_the_most_that_a_line_takes_is_taken(line: str) -> None:
    assert Dosage.parse(str(Dosage.parse(line))) == Dosage.parse(line)


@pytest.mark.parametrize(
    "line",
    [
        "101 x",
        "100-101 x",
        "1001 reps",
        "1001 breaths",
        "hold 101 h",
        "rest 6001 min",
        "for 360001 s",
        "feel 11/10",
    ],
)
def test_more_than_anybody_does_is_told(line: str) -> None:
    with pytest.raises(DosageError, match=r"is too much; at most \d+$"):
        Dosage.parse(line)


@pytest.mark.parametrize(
    "line",
    [
        "0 x hold 5 s",
        "0 reps",
        "0-8 reps",
        "hold 0 s",
        "0 breaths",
        "for 0 min",
        "every 0 h",
        "0 days a week",
        "0 times a day",
        "0 s each",
    ],
)
def test_nothing_at_all_is_told(line: str) -> None:
    with pytest.raises(DosageError, match=r"^0 is too little; at least 1$"):
        Dosage.parse(line)


@pytest.mark.parametrize("line", ["___-30 reps", "hold ___-30 s", "8-___ reps"])
def test_half_a_blank_is_told(line: str) -> None:
    with pytest.raises(DosageError, match=r"^(cannot read|expected)"):
        Dosage.parse(line)


@pytest.mark.parametrize(
    "line", ["hold 15 \u017f", f"{'9' * 5000} reps", f"hold {'9' * 5000} s", f"feel {'9' * 50}/10"]
)
def test_letters_and_figures_that_only_look_right_are_told(line: str) -> None:
    with pytest.raises(DosageError, match=r"^(cannot read|expected)"):
        Dosage.parse(line)


def test_a_frequency_is_read_on_its_own() -> None:
    assert parse_frequency("3-4 days a week") == days_a_week(3, 4)
    with pytest.raises(DosageError, match='"2 x hold 15 s" does not say how often') as caught:
        parse_frequency("2 x hold 15 s")
    assert caught.value.hint == ('write "daily", "2 times a day", "3 days a week" or "every 2 h"')


DOSAGES = dosages()


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


@pytest.mark.parametrize(
    "build",
    [
        lambda: BreathPattern(0, 0, 0, 0),
        lambda: BreathPattern(-4, 0, 6, 0),
        lambda: BreathPattern(4, 0, 6, -1),
        lambda: Dosage(tempo=0),
        lambda: Dosage(tempo=-3),
    ],
)
def test_a_value_that_makes_no_sense_cannot_be_built(build: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"^(a breath|one repetition) takes"):
        build()
