"""The chapters of a book, and its index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stretchkit.handout import Handout
from stretchkit.locales import catalogue, label, sort_key
from stretchkit.views.exercise import ExerciseView


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterView:
    """A chapter; `summary` is Markdown, `language` that of its words."""

    anchor: str
    title: str
    language: str
    summary: str
    exercises: tuple[ExerciseView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionView:
    """A place that an index leads to: an exercise."""

    anchor: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """An entry of an index; `text` is empty where its one mention says it."""

    text: str
    mentions: tuple[MentionView, ...]


def chapter_views(handout: Handout, exercises: Sequence[ExerciseView]) -> tuple[ChapterView, ...]:
    """Return the chapters of a book, one of all exercises when it is not parted; else none."""
    if not handout.looks.chapters:
        return ()
    if not handout.chapters:
        language = handout.library.language
        title = catalogue(language).gettext("Exercises")
        whole = ChapterView(
            anchor="chapter-1",
            title=title,
            language=language,
            summary="",
            exercises=tuple(exercises),
        )
        return (whole,)
    found, start = [], 0
    for number, chapter in enumerate(handout.chapters, start=1):
        found.append(
            ChapterView(
                anchor=f"chapter-{number}",
                title=chapter.name,
                language=chapter.language,
                summary=chapter.summary,
                exercises=tuple(exercises[start : start + chapter.length]),
            )
        )
        start += chapter.length
    return tuple(found)


def index_views(handout: Handout, exercises: Sequence[ExerciseView]) -> tuple[IndexView, ...]:
    """Return the index of a book, sorted: names, other names, muscles; nothing for others."""
    if not handout.looks.chapters:
        return ()
    found: dict[str, dict[str, MentionView]] = {}
    for view, prescription in zip(exercises, handout.prescriptions, strict=True):
        exercise = prescription.exercise
        mention = MentionView(anchor=view.anchor, text=view.name, language=view.language)
        muscles = (*exercise.muscles.primary, *exercise.muscles.secondary)
        words = [label(muscle, handout.library.language) for muscle in muscles]
        for text in (view.name, *exercise.aliases, *words):
            found.setdefault(text, {}).setdefault(exercise.id, mention)
    entries = sorted(found.items(), key=lambda entry: sort_key(entry[0]))
    return tuple(_entry(text, tuple(mentions.values())) for text, mentions in entries)


def _entry(text: str, mentions: tuple[MentionView, ...]) -> IndexView:
    own = [each for each in mentions if each.text == text]
    return IndexView(text="" if own else text, mentions=tuple(own) or mentions)
