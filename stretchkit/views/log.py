"""The log of a sheet: a table to tick off, for every week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from stretchkit.locales import babel_locale, catalogue
from stretchkit.views.exercise import ExerciseView

_LINE = 0.47
"""How high a line is, millimetres for each point of the type."""
_LETTER = 0.2
"""The usual width of a letter, millimetres for each point of its size."""
_PADDING = 2.5
"""How much higher a row is than its lines, and its first cell wider, millimetres."""
_DAY, _NARROW_DAY = 0.1, 0.08
"""The largest share of the width that a day has, and one of a single letter."""
_DAY_NAME, _DAY_BOX = 0.8, 1.13
"""How wide a day is at the least that has room for a short name, and how wide is wide enough,
millimetres for each point of the type."""
_OTHER_LINES, _OTHER_ROOM = 8, 12.0
"""What stands above and below the rows to tick: lines, and millimetres besides."""
_ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """A log: the titles of its weeks, the days of a week and the rows to tick.

    A week is one table, or more of them where it has more rows than stand on a page, `at_once`.
    `day` is the width of a day, millimetres; names have the rest.
    """

    weeks: tuple[str, ...]
    days: tuple[str, ...]
    rows: tuple[str, ...]
    at_once: int
    day: float


def log_view(
    exercises: Iterable[ExerciseView],
    weeks: int,
    language: str,
    *,
    room: tuple[float, float],
    points: int,
    languages: int = 1,
) -> LogView | None:
    """Return the log of a sheet; None for one of no weeks.

    Args:
        exercises: what is done.
        weeks: how many weeks it has room for.
        language: the language of its words.
        room: width and height that a page has for it, millimetres.
        points: the size of the type.
        languages: in how many languages each row is named.
    """
    if not weeks:
        return None
    words = catalogue(language)
    short = _DAY * room[0] >= _DAY_NAME * points
    day = round(min((_DAY if short else _NARROW_DAY) * room[0], _DAY_BOX * points), 2)
    rows = tuple(f"{each.number}. {each.name}" for each in exercises)
    return LogView(
        weeks=tuple(
            words.gettext("Week %(number)s") % {"number": number} for number in range(1, weeks + 1)
        ),
        days=_days(language, short=short),
        rows=rows,
        at_once=_at_once(rows, (room[0] - 7 * day, room[1]), points, languages),
        day=day,
    )


def _at_once(rows: tuple[str, ...], room: tuple[float, float], points: int, languages: int) -> int:
    """Return how many rows a table has, so that all tables have as many and fit on a page.

    Args:
        rows: the names of the rows.
        room: the width that names have, and the height of a page, millimetres.
        points: the size of the type.
        languages: in how many languages each row is named.
    """
    line = _LINE * points
    letters = (room[0] - _PADDING) / (_LETTER * points)
    lines = max((ceil(len(row) / letters) for row in rows), default=1)
    free = room[1] - _OTHER_LINES * line - _OTHER_ROOM
    most = max(1, int(free / (lines * languages * line + _PADDING)))
    return max(1, ceil(len(rows) / max(1, ceil(len(rows) / most))))


def _days(language: str, *, short: bool) -> tuple[str, ...]:
    """Return the names of the days of a week from Monday on, as ISO 8601 counts them.

    They are short, such as "Mon", or letters alone.
    """
    locale = babel_locale(language)
    if language == "en" or locale is None:
        return _ENGLISH_DAYS if short else tuple(day[0] for day in _ENGLISH_DAYS)
    names = locale.days["stand-alone"]["abbreviated" if short else "narrow"]
    return tuple(names[day] for day in range(7))
