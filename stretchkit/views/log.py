"""The log of a sheet: a table to tick off, for every week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stretchkit.locales import babel_locale, catalogue
from stretchkit.views.exercise import ExerciseView

_ROW = 1.2
"""How high a row is whose name takes two lines, millimetres for each point of the type."""
_OTHER_ROWS = 5
"""Rows that the heading, the head of the table and its last row take."""
_ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """A log: the titles of its weeks, the days of a week and the rows to tick.

    A week is one table, or more of them where it has more rows than stand on a page, `at_once`.
    """

    weeks: tuple[str, ...]
    days: tuple[str, ...]
    rows: tuple[str, ...]
    at_once: int


def log_view(
    exercises: Iterable[ExerciseView], weeks: int, language: str, *, height: float, points: int
) -> LogView | None:
    """Return the log of a sheet; None for one of no weeks.

    Args:
        exercises: what is done.
        weeks: how many weeks it has room for.
        language: the language of its words.
        height: the room that a page has for it, millimetres.
        points: the size of the type.
    """
    if not weeks:
        return None
    words = catalogue(language)
    return LogView(
        weeks=tuple(
            words.gettext("Week %(number)s") % {"number": number} for number in range(1, weeks + 1)
        ),
        days=_days(language),
        rows=tuple(f"{each.number}. {each.name}" for each in exercises),
        at_once=max(1, int(height / (_ROW * points)) - _OTHER_ROWS),
    )


def _days(language: str) -> tuple[str, ...]:
    """Return the short names of the days of a week from Monday on, as ISO 8601 counts them."""
    locale = babel_locale(language)
    if language == "en" or locale is None:
        return _ENGLISH_DAYS
    names = locale.days["stand-alone"]["abbreviated"]
    return tuple(names[day] for day in range(7))
