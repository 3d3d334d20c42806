"""A session second by second: the only place where durations come from.

Every "about 3 minutes" and every countdown is read off these events. A side is never shorter than
the other, because both are made by the same call with the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from stretchkit.model.amounts import Amount, BreathPattern, Pace
from stretchkit.model.dosage import Dosage
from stretchkit.model.routine import Prescription
from stretchkit.model.vocabulary import Kind, Side


class Action(StrEnum):
    """What somebody does during an event."""

    GET_READY = "get ready"
    HOLD = "hold"
    MOVE = "move"
    BREATHE = "breathe"
    SWITCH = "switch sides"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A piece of a session.

    `start` and `seconds` are whole seconds from the start of the session. `exercise` is the index
    of the prescription it belongs to; `set`, `rep` count from 1. `side` is None when the exercise
    has no sides or nothing is done on one.
    """

    start: int
    seconds: int
    action: Action
    exercise: int
    side: Side | None = None
    set: int = 1
    rep: int = 1

    @property
    def end(self) -> int:
        """The second at which the event is over."""
        return self.start + self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds for everything that a dosage leaves open.

    `get_ready` before each exercise, `switch` between the sides, `rest` between sets, `move` to
    go into a held rep and out of it, `slow` and `steady` for one rep, `hold` for a held exercise
    without a number, `breath` for one natural breath.
    """

    get_ready: int = 5
    switch: int = 5
    rest: int = 10
    move: int = 2
    slow: int = 6
    steady: int = 4
    hold: int = 15
    breath: BreathPattern = BreathPattern(4, 0, 6, 0)

    def __post_init__(self) -> None:
        times = (
            self.get_ready,
            self.switch,
            self.rest,
            self.move,
            self.slow,
            self.steady,
            self.hold,
        )
        if min(times) < 0:
            raise ValueError("a time is not negative")


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a session takes: seconds at the low and at the high end of its dosages.

    `at_least` says that a blank in a dosage leaves the real time open.
    """

    low: int
    high: int
    at_least: bool = False


DEFAULT_TIMING = Timing()
_HELD = frozenset({Kind.STATIC_STRETCH, Kind.ISOMETRIC, Kind.RELAXATION})


@dataclass(frozen=True, slots=True)
class _Bout:
    """An event before it has a start and an exercise."""

    action: Action
    seconds: int
    side: Side | None = None
    set: int = 1
    rep: int = 1


def timeline(
    session: Sequence[Prescription], timing: Timing = DEFAULT_TIMING, *, high: bool = False
) -> tuple[Event, ...]:
    """Return the timed events of a session, in order and without gaps.

    Args:
        session: the exercises with their dosages, in order.
        timing: seconds for what the dosages leave open.
        high: whether to take the high end of every range, not the low one. A blank counts as
            one set, one rep or the default hold.
    """
    bouts = [
        (index, bout)
        for index, prescription in enumerate(session)
        for bout in _exercise(prescription, timing, high=high)
        if bout.seconds
    ]
    starts = accumulate((bout.seconds for _, bout in bouts), initial=0)
    return tuple(
        Event(
            start=start,
            seconds=bout.seconds,
            action=bout.action,
            exercise=index,
            side=bout.side,
            set=bout.set,
            rep=bout.rep,
        )
        for start, (index, bout) in zip(starts, bouts, strict=False)
    )


def duration(session: Sequence[Prescription], timing: Timing = DEFAULT_TIMING) -> Duration:
    """Return how long a session takes at the low and at the high end of its dosages."""
    ends = [timeline(session, timing, high=high)[-1:] for high in (False, True)]
    low, high = (events[0].end if events else 0 for events in ends)
    return Duration(low, high, at_least=any(_has_blank(entry.dosage) for entry in session))


def first_side(prescription: Prescription) -> Side:
    """Return the side an exercise starts on: the one that its figure shows, else the left."""
    figure = prescription.exercise.figure
    return figure.side if figure and figure.side in (Side.LEFT, Side.RIGHT) else Side.LEFT


def _has_blank(dosage: Dosage) -> bool:
    parts = (dosage.sets, dosage.reps, dosage.hold, dosage.breaths, dosage.total)
    if dosage.rest is not None and dosage.rest.is_blank and dosage.has_rests:
        return True
    return any(part is not None and part.is_blank for part in parts)


def _number(amount: Amount | None, default: int, *, high: bool) -> int:
    if amount is None or amount.low is None or amount.high is None:
        return default
    return amount.high if high else amount.low


def _exercise(prescription: Prescription, timing: Timing, *, high: bool) -> Iterator[_Bout]:
    dosage = prescription.dosage
    yield _Bout(Action.GET_READY, timing.get_ready)
    sets = _number(dosage.sets, 1, high=high)
    rest = _number(dosage.rest, timing.rest, high=high)
    for number in range(1, sets + 1):
        if number > 1:
            yield _Bout(Action.REST, rest, set=number)
        if number > 1 and not rest and dosage.side in (Side.EACH, Side.CHANGING):
            yield _Bout(Action.SWITCH, timing.switch, first_side(prescription), number)
        yield from _set(prescription, timing, number, high=high)


def _set(prescription: Prescription, timing: Timing, number: int, *, high: bool) -> Iterator[_Bout]:
    side = prescription.dosage.side
    first = first_side(prescription)
    second = Side.RIGHT if first is Side.LEFT else Side.LEFT
    if side is Side.CHANGING and prescription.dosage.total is None:
        yield from _reps(prescription, timing, (first, second), number, high=high)
        return
    sides: tuple[Side | None, ...] = (side,)
    if side in (Side.EACH, Side.CHANGING):
        sides = (first, second)
    elif side is Side.BOTH:
        sides = (None,)
    for index, worked in enumerate(sides):
        if index:
            yield _Bout(Action.SWITCH, timing.switch, worked, number)
        yield from _one_side(prescription, timing, worked, number, high=high)


def _one_side(
    prescription: Prescription, timing: Timing, side: Side | None, number: int, *, high: bool
) -> Iterator[_Bout]:
    dosage = prescription.dosage
    if dosage.total is not None:
        action = Action.HOLD if prescription.exercise.kind in _HELD else Action.MOVE
        if prescription.exercise.kind is Kind.BREATHING:
            action = Action.BREATHE
        yield _Bout(action, _number(dosage.total, timing.hold, high=high), side, number)
        return
    yield from _reps(prescription, timing, (side,), number, high=high)


def _reps(
    prescription: Prescription,
    timing: Timing,
    sides: tuple[Side | None, ...],
    number: int,
    *,
    high: bool,
) -> Iterator[_Bout]:
    """Yield the reps of one set, each on one side after the other.

    Without sets to rest between, a rest that the dosage names stands between the reps.
    """
    dosage = prescription.dosage
    pause = dosage.rest if dosage.sets is None or dosage.sets == Amount.of(1) else None
    for rep in range(1, _number(dosage.reps or dosage.breaths, 1, high=high) + 1):
        if rep > 1 and pause is not None:
            yield _Bout(Action.REST, _number(pause, timing.rest, high=high), None, number, rep)
        for side in sides:
            yield from _rep(prescription, timing, side, number, rep, high=high)


def _rep(
    prescription: Prescription,
    timing: Timing,
    side: Side | None,
    number: int,
    rep: int,
    *,
    high: bool,
) -> Iterator[_Bout]:
    dosage = prescription.dosage
    if dosage.breaths is not None or (dosage.breath_pattern and dosage.hold is None):
        pattern = dosage.breath_pattern or timing.breath
        yield _Bout(Action.BREATHE, pattern.seconds, side, number, rep)
    elif dosage.hold is not None:
        if dosage.reps is not None:
            yield _Bout(Action.MOVE, timing.move, side, number, rep)
        yield _Bout(Action.HOLD, _number(dosage.hold, timing.hold, high=high), side, number, rep)
    elif dosage.reps is not None or prescription.exercise.kind not in _HELD:
        yield _Bout(Action.MOVE, _rep_seconds(dosage, timing), side, number, rep)
    else:
        yield _Bout(Action.HOLD, timing.hold, side, number, rep)


def _rep_seconds(dosage: Dosage, timing: Timing) -> int:
    if isinstance(dosage.tempo, int):
        return dosage.tempo
    return timing.slow if dosage.tempo is Pace.SLOW else timing.steady


def seconds_by_side(events: Iterable[Event]) -> dict[Side, int]:
    """Return how long each side is worked on, holds, moves and breaths alone."""
    work = {Action.HOLD, Action.MOVE, Action.BREATHE}
    totals: dict[Side, int] = {}
    for event in events:
        if event.side is not None and event.action in work:
            totals[event.side] = totals.get(event.side, 0) + event.seconds
    return totals
