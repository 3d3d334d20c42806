"""A whole library as one handout: its exercises in chapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stretchkit.handout import Chapter, Handout
from stretchkit.layouts import Parted
from stretchkit.library import Library
from stretchkit.locales import catalogue, label
from stretchkit.model.routine import Entry, Routine
from stretchkit.model.vocabulary import REGION_GROUPS, RegionGroup, group_of


def book_of(
    library: Library, *, parted: Parted = "regions", title: str = "", **options: Any
) -> Handout:
    """Return every exercise of a library as a handout with chapters.

    Args:
        library: where the exercises are.
        parted: "regions" for a chapter a part of the body; "routines" for a chapter a routine,
            with the dosages of it, and one of the exercises that are in none.
        title: the book's title; the library's name when left out.
        options: options of the handout; its layout is "book" when left out.

    Raises:
        ValueError: if an option is wrong, or the library has no exercises.
    """
    if not library.exercises:
        raise ValueError("the library has no exercises to make a book of")
    found = _by_region(library) if parted == "regions" else _by_routine(library)
    chapters = tuple((chapter, entries) for chapter, entries in found if entries)
    settings = library.settings
    routine = Routine(
        id="book",
        language=library.language,
        name=title or settings.name or catalogue(library.language).gettext("Exercises"),
        entries=tuple(entry for _, entries in chapters for entry in entries),
    )
    shown = tuple(chapter for chapter, _ in chapters)
    return Handout(routine, library, chapters=shown, **{"layout": "book", **options})


Found = Iterator[tuple[Chapter, tuple[Entry, ...]]]


def _by_region(library: Library) -> Found:
    """Yield the exercises by the part of the body that each is for in the first place."""
    for group in REGION_GROUPS:
        found = tuple(
            Entry(exercise.id)
            for exercise in library.exercises.values()
            if _first_group(exercise.regions) is group
        )
        name = label(group, library.language)
        yield Chapter(name=name, language=library.language, length=len(found)), found


def _first_group(regions: Any) -> RegionGroup:
    return group_of(regions[0]) if regions else RegionGroup.WHOLE_BODY


def _by_routine(library: Library) -> Found:
    """Yield the routines, and after them the exercises that are in none."""
    seen: set[str] = set()
    for routine in library.routines.values():
        seen.update(entry.exercise for entry in routine.entries)
        yield (
            Chapter(
                name=routine.name,
                language=routine.language,
                summary=routine.summary,
                length=len(routine.entries),
            ),
            routine.entries,
        )
    rest = tuple(Entry(name) for name in library.exercises if name not in seen)
    name = catalogue(library.language).gettext("More exercises")
    yield Chapter(name=name, language=library.language, length=len(rest)), rest
