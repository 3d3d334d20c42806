"""The log of a sheet: a table to tick off, for every week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stretchkit.locales import babel_locale, catalogue
from stretchkit.views.exercise import ExerciseView

_ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """A log: the titles of its tables, one a week, the days of a week and the rows to tick."""

    weeks: tuple[str, ...]
    days: tuple[str, ...]
    rows: tuple[str, ...]


def log_view(exercises: Iterable[ExerciseView], weeks: int, language: str) -> LogView | None:
    """Return the log of a sheet; None for one of no weeks.

    Args:
        exercises: what is done.
        weeks: how many weeks it has room for.
        language: the language of its words.
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
    )


def _days(language: str) -> tuple[str, ...]:
    """Return the short names of the days of a week from Monday on, as ISO 8601 counts them."""
    locale = babel_locale(language)
    if language == "en" or locale is None:
        return _ENGLISH_DAYS
    names = locale.days["stand-alone"]["abbreviated"]
    return tuple(names[day] for day in range(7))
