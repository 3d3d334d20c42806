"""When the exercises of a session begin and how long they take, for those who teach it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stretchkit.model.routine import Prescription
from stretchkit.timing import duration, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """When an exercise begins and how long it takes, minutes and seconds: "1:05", "0:30-0:45".

    `number` is the exercise's. Two numbers are the low and the high end of dosages that are ranges.
    """

    number: int
    start: str
    length: str


def time_views(session: Sequence[Prescription]) -> tuple[TimeView, ...]:
    """Return the times of a session, one an exercise; none where a dosage leaves them open."""
    if duration(session).at_least:
        return ()
    ends = [_spans(session, high=high) for high in (False, True)]
    return tuple(
        TimeView(
            number=number,
            start=_clock(low[0], high[0]),
            length=_clock(low[1] - low[0], high[1] - high[0]),
        )
        for number, (low, high) in enumerate(zip(*ends, strict=True), start=1)
    )


def _spans(session: Sequence[Prescription], *, high: bool) -> list[tuple[int, int]]:
    """Return the first and the last second of each exercise."""
    spans = [(0, 0)] * len(session)
    for event in timeline(session, high=high):
        start = spans[event.exercise][0] if spans[event.exercise][1] else event.start
        spans[event.exercise] = (start, event.end)
    return spans


def _clock(low: int, high: int) -> str:
    ends = dict.fromkeys((low, high))
    return "\u2013".join(f"{seconds // 60}:{seconds % 60:02}" for seconds in ends)
