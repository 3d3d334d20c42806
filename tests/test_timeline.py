"""A session second by second: exact events, and what must hold of every session."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import breath_patterns, dosages

from stretchkit.model.dosage import Dosage
from stretchkit.model.exercise import Exercise, FigureSpec, Step
from stretchkit.model.routine import Prescription
from stretchkit.model.vocabulary import Kind, Position, Region, Side
from stretchkit.timing import (
    Action,
    Duration,
    Event,
    Timing,
    duration,
    first_side,
    seconds_by_side,
    timeline,
)

WORK = {Action.HOLD, Action.MOVE, Action.BREATHE}
OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def prescription(
    dosage: Dosage | str, kind: Kind = Kind.STATIC_STRETCH, shows: Side | None = None
) -> Prescription:
    """Return an exercise with a dosage; `shows` is the side that its figure shows, if any."""
    dosage = Dosage.parse(dosage) if isinstance(dosage, str) else dosage
    exercise = Exercise(
        id="some-exercise",
        kind=kind,
        regions=(Region.NECK,),
        position=Position.SITTING,
        dosage=Dosage(),
        figure=FigureSpec(side=shows) if shows else None,
        name="Some exercise",
        steps=(Step(text="Move."),),
    )
    return Prescription(exercise=exercise, dosage=dosage)


def told(events: tuple[Event, ...]) -> list[str]:
    """Return events as lines: start, seconds, what is done and on which side, set and rep."""
    return [
        f"{event.start} {event.seconds}s {event.action}"
        f"{f' {event.side}' if event.side else ''} {event.set}.{event.rep}"
        for event in events
    ]


def test_a_seated_twist_is_held_on_both_sides_in_every_set() -> None:
    events = timeline([prescription("2 x hold 15 s each side", shows=Side.LEFT)])
    assert told(events) == [
        "0 5s get ready 1.1",
        "5 15s hold left 1.1",
        "20 5s switch sides right 1.1",
        "25 15s hold right 1.1",
        "40 10s rest 2.1",
        "50 15s hold left 2.1",
        "65 5s switch sides right 2.1",
        "70 15s hold right 2.1",
    ]
    assert {event.exercise for event in events} == {0}
    assert seconds_by_side(events) == {Side.LEFT: 30, Side.RIGHT: 30}
    assert duration([prescription("2 x hold 15 s each side")]) == Duration(85, 85)


def test_reps_with_a_hold_move_into_each_one() -> None:
    assert told(timeline([prescription("2 reps, hold 5 s", Kind.MOBILITY)])) == [
        "0 5s get ready 1.1",
        "5 2s move 1.1",
        "7 5s hold 1.1",
        "12 2s move 1.2",
        "14 5s hold 1.2",
    ]


def test_reps_with_a_hold_are_all_done_on_one_side_before_the_other() -> None:
    assert told(timeline([prescription("2 reps, hold 3 s each side", shows=Side.RIGHT)])) == [
        "0 5s get ready 1.1",
        "5 2s move right 1.1",
        "7 3s hold right 1.1",
        "10 2s move right 1.2",
        "12 3s hold right 1.2",
        "15 5s switch sides left 1.1",
        "20 2s move left 1.1",
        "22 3s hold left 1.1",
        "25 2s move left 1.2",
        "27 3s hold left 1.2",
    ]


def test_changing_sides_takes_turns_without_a_pause() -> None:
    assert told(timeline([prescription("2 reps changing sides, 4 s each", Kind.MOBILITY)])) == [
        "0 5s get ready 1.1",
        "5 4s move left 1.1",
        "9 4s move right 1.1",
        "13 4s move left 1.2",
        "17 4s move right 1.2",
    ]


def test_changing_sides_can_be_held() -> None:
    assert told(timeline([prescription("1 rep changing sides, hold 4 s")])) == [
        "0 5s get ready 1.1",
        "5 2s move left 1.1",
        "7 4s hold left 1.1",
        "11 2s move right 1.1",
        "13 4s hold right 1.1",
    ]


def test_a_total_time_on_changing_sides_is_for_each_side() -> None:
    assert told(timeline([prescription("for 2 min changing sides", Kind.MOBILITY)])) == [
        "0 5s get ready 1.1",
        "5 120s move left 1.1",
        "125 5s switch sides right 1.1",
        "130 120s move right 1.1",
    ]


def test_breaths_on_changing_sides_are_all_taken_on_both() -> None:
    assert told(timeline([prescription("2 breaths changing sides", Kind.BREATHING)])) == [
        "0 5s get ready 1.1",
        "5 10s breathe left 1.1",
        "15 10s breathe right 1.1",
        "25 10s breathe left 1.2",
        "35 10s breathe right 1.2",
    ]


def test_a_switch_stands_between_sets_without_a_rest() -> None:
    line = "2 x hold 15 s each side, rest 0 s"
    assert told(timeline([prescription(line, shows=Side.RIGHT)])) == [
        "0 5s get ready 1.1",
        "5 15s hold right 1.1",
        "20 5s switch sides left 1.1",
        "25 15s hold left 1.1",
        "40 5s switch sides right 2.1",
        "45 15s hold right 2.1",
        "60 5s switch sides left 2.1",
        "65 15s hold left 2.1",
    ]


def test_sets_without_a_rest_on_one_side_follow_at_once() -> None:
    assert told(timeline([prescription("2 x hold 15 s left, rest 0 s")])) == [
        "0 5s get ready 1.1",
        "5 15s hold left 1.1",
        "20 15s hold left 2.1",
    ]


@pytest.mark.parametrize("line", ["2 reps, rest 10 s", "1 x 2 reps, rest 10 s"])
def test_a_rest_stands_between_the_reps_when_there_are_no_sets(line: str) -> None:
    assert told(timeline([prescription(line, Kind.MOBILITY)])) == [
        "0 5s get ready 1.1",
        "5 4s move 1.1",
        "9 10s rest 1.2",
        "19 4s move 1.2",
    ]


def test_a_rest_stands_between_the_sets_when_there_are_some() -> None:
    assert told(timeline([prescription("2 x 2 reps, rest 10 s", Kind.MOBILITY)])) == [
        "0 5s get ready 1.1",
        "5 4s move 1.1",
        "9 4s move 1.2",
        "13 10s rest 2.1",
        "23 4s move 2.1",
        "27 4s move 2.2",
    ]


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("2 breaths", 10),
        ("2 breaths in 4 out 7", 11),
        ("2 breaths, breath 4-7-8-1", 20),
        ("2 reps, breath 3-0-3-0", 6),
    ],
)
def test_breaths_take_the_time_of_their_pattern(line: str, seconds: int) -> None:
    assert told(timeline([prescription(line, Kind.BREATHING)])) == [
        "0 5s get ready 1.1",
        f"5 {seconds}s breathe 1.1",
        f"{5 + seconds} {seconds}s breathe 1.2",
    ]


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (Kind.STATIC_STRETCH, "hold"),
        (Kind.ISOMETRIC, "hold"),
        (Kind.RELAXATION, "hold"),
        (Kind.MOBILITY, "move"),
        (Kind.DYNAMIC_STRETCH, "move"),
        (Kind.STRENGTH, "move"),
        (Kind.SELF_MASSAGE, "move"),
        (Kind.BREATHING, "breathe"),
    ],
)
def test_a_total_time_is_one_event_of_what_the_exercise_is(kind: Kind, action: str) -> None:
    assert told(timeline([prescription("for 2 min", kind)])) == [
        "0 5s get ready 1.1",
        f"5 120s {action} 1.1",
    ]


def test_a_total_time_is_for_each_side() -> None:
    assert told(timeline([prescription("for 1 min each side")])) == [
        "0 5s get ready 1.1",
        "5 60s hold left 1.1",
        "65 5s switch sides right 1.1",
        "70 60s hold right 1.1",
    ]


@pytest.mark.parametrize(
    ("line", "seconds"), [("3 reps", 12), ("3 reps steady", 12), ("3 reps slow", 18)]
)
def test_the_pace_tells_how_long_a_rep_takes(line: str, seconds: int) -> None:
    assert duration([prescription(line, Kind.MOBILITY)]) == Duration(5 + seconds, 5 + seconds)


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_one_side_is_done_on_that_side_alone(side: Side) -> None:
    assert told(timeline([prescription(f"2 x hold 15 s {side}")])) == [
        "0 5s get ready 1.1",
        f"5 15s hold {side} 1.1",
        "20 10s rest 2.1",
        f"30 15s hold {side} 2.1",
    ]


def test_an_exercise_without_a_dosage_still_takes_time() -> None:
    assert told(timeline([prescription(Dosage(), Kind.STATIC_STRETCH)])) == [
        "0 5s get ready 1.1",
        "5 15s hold 1.1",
    ]
    assert told(timeline([prescription(Dosage(), Kind.MOBILITY)])) == [
        "0 5s get ready 1.1",
        "5 4s move 1.1",
    ]


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("hold 15-30 s", 20, 35),
        ("2-3 x hold 10 s", 35, 55),
        ("8-10 reps", 37, 45),
        ("2-3 breaths", 25, 35),
        ("for 1-2 min", 65, 125),
        ("2 x hold 10 s, rest 5-20 s", 30, 45),
        ("2-3 x hold 10-20 s each side, rest 5-10 s", 60, 160),
    ],
)
def test_a_range_is_timed_at_both_ends(line: str, low: int, high: int) -> None:
    assert duration([prescription(line)]) == Duration(low, high)


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("hold ___ s", 20),
        ("___ x hold 10 s", 15),
        ("___ reps", 9),
        ("___ breaths", 15),
        ("2 x hold 10 s, rest ___ s", 35),
        ("for ___ s", 20),
    ],
)
def test_a_blank_counts_once_and_leaves_the_time_open(line: str, seconds: int) -> None:
    assert duration([prescription(line)]) == Duration(seconds, seconds, at_least=True)


def test_a_blank_that_takes_no_time_does_not_leave_it_open() -> None:
    lines = ("hold 15 s, ___ times a day", "hold 15 s, feel ___/10")
    assert {duration([prescription(line)]) for line in lines} == {Duration(20, 20)}


@pytest.mark.parametrize(
    "line", ["hold 10 s, rest ___ s", "1 x hold 10 s, rest ___ s", "1 rep, hold 8 s, rest ___ s"]
)
def test_a_blank_rest_with_nothing_to_rest_between_does_not_leave_the_time_open(line: str) -> None:
    assert duration([prescription(line)]) == Duration(15, 15)


def test_a_blank_rest_between_reps_leaves_the_time_open() -> None:
    open_rest = prescription("2 reps, rest ___ s", Kind.MOBILITY)
    assert duration([open_rest]) == Duration(23, 23, at_least=True)


def test_a_session_of_nothing_takes_no_time() -> None:
    assert timeline([]) == ()
    assert duration([]) == Duration(0, 0)


def test_exercises_follow_each_other_and_each_gets_ready() -> None:
    events = timeline([prescription("hold 15 s"), prescription("1 rep", Kind.MOBILITY)])
    assert [(event.exercise, event.start, event.end, event.action) for event in events] == [
        (0, 0, 5, Action.GET_READY),
        (0, 5, 20, Action.HOLD),
        (1, 20, 25, Action.GET_READY),
        (1, 25, 29, Action.MOVE),
    ]


@pytest.mark.parametrize(
    ("shows", "first"),
    [
        (None, Side.LEFT),
        (Side.LEFT, Side.LEFT),
        (Side.RIGHT, Side.RIGHT),
        (Side.BOTH, Side.LEFT),
        (Side.EACH, Side.LEFT),
    ],
)
def test_the_side_that_the_figure_shows_comes_first(shows: Side | None, first: Side) -> None:
    twist = prescription("hold 15 s each side", shows=shows)
    assert first_side(twist) is first
    assert [event.side for event in timeline([twist]) if event.action is Action.HOLD] == [
        first,
        OTHER[first],
    ]


# What must hold of every session -----------------------------------------------------------------


def prescriptions(*sides: Side) -> st.SearchStrategy[Prescription]:
    return st.builds(
        prescription,
        dosages(sides or tuple(Side), sets=4, count=4, longest=300, breath=9),
        st.sampled_from(Kind),
        st.none() | st.sampled_from(Side),
    )


SESSIONS = st.lists(prescriptions(), max_size=4)
SECONDS = st.integers(1, 30)
TIMINGS = st.builds(
    Timing,
    get_ready=SECONDS,
    switch=SECONDS,
    rest=SECONDS,
    move=SECONDS,
    slow=SECONDS,
    steady=SECONDS,
    hold=SECONDS,
    breath=breath_patterns(9),
)
IN_TURN = (Side.EACH, Side.CHANGING)


@given(prescriptions(*IN_TURN), TIMINGS, st.booleans())
def test_both_sides_always_get_the_same_time(
    entry: Prescription, timing: Timing, high: bool
) -> None:
    by_side = seconds_by_side(timeline([entry], timing, high=high))
    assert by_side.keys() == {Side.LEFT, Side.RIGHT}
    assert by_side[Side.LEFT] == by_side[Side.RIGHT] > 0


@given(prescriptions(*IN_TURN), TIMINGS, st.booleans())
def test_the_second_side_does_exactly_what_the_first_did(
    entry: Prescription, timing: Timing, high: bool
) -> None:
    events = [event for event in timeline([entry], timing, high=high) if event.action in WORK]
    done = {
        side: [(e.set, e.rep, e.action, e.seconds) for e in events if e.side is side]
        for side in OTHER
    }
    assert events[0].side is first_side(entry)
    assert done[Side.LEFT] == done[Side.RIGHT]


@given(prescriptions(Side.BOTH, Side.LEFT, Side.RIGHT), st.booleans())
def test_no_other_exercise_works_a_second_side(entry: Prescription, high: bool) -> None:
    events = timeline([entry], high=high)
    side = None if entry.dosage.side is Side.BOTH else entry.dosage.side
    assert {event.side for event in events if event.action in WORK} == {side}
    assert Action.SWITCH not in {event.action for event in events}


@given(SESSIONS, TIMINGS, st.booleans())
def test_events_follow_each_other_without_gap_or_overlap(
    session: list[Prescription], timing: Timing, high: bool
) -> None:
    events = timeline(session, timing, high=high)
    assert [event.start for event in events[:1]] == [0 for _ in session[:1]]
    assert all(before.end == after.start for before, after in pairwise(events))
    assert all(before.exercise <= after.exercise for before, after in pairwise(events))
    assert {event.exercise for event in events} == set(range(len(session)))


@given(SESSIONS, TIMINGS | st.just(Timing(get_ready=0, switch=0, rest=0, move=0)), st.booleans())
def test_every_event_takes_time(session: list[Prescription], timing: Timing, high: bool) -> None:
    events = timeline(session, timing, high=high)
    assert all(event.seconds > 0 for event in events)
    assert all(event.set > 0 and event.rep > 0 for event in events)


@given(prescriptions(Side.EACH), TIMINGS, st.booleans())
def test_a_switch_stands_between_the_sides_and_a_rest_between_the_sets(
    entry: Prescription, timing: Timing, high: bool
) -> None:
    events = timeline([entry], timing, high=high)
    switches = [event for event in events if event.action is Action.SWITCH]
    second = OTHER[first_side(entry)]
    assert [e.set for e in switches if e.side is second] == sorted({e.set for e in events})
    for before, event, after in zip(events, events[1:], events[2:], strict=False):
        if event.action is Action.SWITCH:
            assert before.side is not after.side is event.side
            assert (before.set == after.set) is (event.side is second)
    for before, after in pairwise(events):
        if before.action in WORK and after.action in WORK:
            assert before.side is after.side


@given(prescriptions(Side.CHANGING), TIMINGS, st.booleans())
def test_changing_sides_starts_every_rep_on_the_first_side(
    entry: Prescription, timing: Timing, high: bool
) -> None:
    events = [event for event in timeline([entry], timing, high=high) if event.action in WORK]
    sides = [(event.set, event.rep, event.side) for event in events]
    turns = list(dict.fromkeys(sides))
    first = first_side(entry)
    assert [side for _, _, side in turns] == [first, OTHER[first]] * (len(turns) // 2)


@given(SESSIONS, TIMINGS)
def test_the_duration_is_the_end_of_the_last_event(
    session: list[Prescription], timing: Timing
) -> None:
    ends = [
        max((event.end for event in timeline(session, timing, high=high)), default=0)
        for high in (False, True)
    ]
    found = duration(session, timing)
    assert [found.low, found.high] == ends
    assert found.low <= found.high


@given(SESSIONS, TIMINGS)
def test_a_session_lasts_as_long_as_its_exercises(
    session: list[Prescription], timing: Timing
) -> None:
    parts = [duration([entry], timing) for entry in session]
    assert duration(session, timing) == Duration(
        sum(part.low for part in parts),
        sum(part.high for part in parts),
        at_least=any(part.at_least for part in parts),
    )


def lasting(events: tuple[Event, ...], action: Action) -> set[int]:
    return {event.seconds for event in events if event.action is action}


@given(SESSIONS.filter(bool), TIMINGS, st.booleans())
def test_getting_ready_and_switching_take_the_time_that_is_set(
    session: list[Prescription], timing: Timing, high: bool
) -> None:
    events = timeline(session, timing, high=high)
    ready = [event for event in events if event.action is Action.GET_READY]
    assert [event.exercise for event in ready] == list(range(len(session)))
    assert lasting(events, Action.GET_READY) == {timing.get_ready}
    assert lasting(events, Action.SWITCH) <= {timing.switch}


@given(TIMINGS)
def test_what_a_dosage_leaves_open_takes_the_time_that_is_set(timing: Timing) -> None:
    def lasts(line: str, action: Action, kind: Kind = Kind.MOBILITY) -> set[int]:
        return lasting(timeline([prescription(line, kind)], timing), action)

    assert lasts("2 x 8 reps", Action.REST) == {timing.rest}
    assert lasts("8 reps, hold 5 s", Action.MOVE) == {timing.move}
    assert lasts("8 reps, slow", Action.MOVE) == {timing.slow}
    assert lasts("8 reps, steady", Action.MOVE) == {timing.steady}
    assert lasts("8 reps", Action.MOVE) == {timing.steady}
    assert lasts("2 x", Action.HOLD, Kind.STATIC_STRETCH) == {timing.hold}
    assert lasts("hold ___ s", Action.HOLD) == {timing.hold}
    assert lasts("8 breaths", Action.BREATHE) == {timing.breath.seconds}


@given(TIMINGS)
def test_what_a_dosage_says_goes_before_the_time_that_is_set(timing: Timing) -> None:
    def lasts(line: str, action: Action, kind: Kind = Kind.MOBILITY) -> set[int]:
        return lasting(timeline([prescription(line, kind)], timing), action)

    assert lasts("2 x hold 40 s, rest 50 s", Action.REST) == {50}
    assert lasts("2 x hold 40 s, rest 50 s", Action.HOLD) == {40}
    assert lasts("8 reps, 60 s each", Action.MOVE) == {60}
    assert lasts("for 2 min", Action.HOLD, Kind.RELAXATION) == {120}
    assert lasts("8 breaths in 40 out 60", Action.BREATHE) == {100}


@pytest.mark.parametrize(
    "field", [field.name for field in fields(Timing) if field.name != "breath"]
)
def test_a_time_is_not_negative(field: str) -> None:
    seconds: dict[str, Any] = {field: -1}
    with pytest.raises(ValueError, match="not negative"):
        Timing(**seconds)
