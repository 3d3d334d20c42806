"""The words of a translation over the facts of its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from stretchkit.diagnostics import Faults
from stretchkit.locales import label
from stretchkit.model.exercise import Exercise
from stretchkit.model.guide import Guide, Person, Term
from stretchkit.model.routine import Programme, Routine
from stretchkit.source import body
from stretchkit.source.build import Content, article
from stretchkit.source.document import SourceFile, Translation
from stretchkit.source.draft import Draft

_LISTS = (body.Holds.LINES, body.Holds.CUES, body.Holds.MISTAKES)


def translate(translation: Translation, source: SourceFile, faults: Faults) -> Content:
    """Return the source with the words of a translation in place of its own.

    Reports a stale translation (SK060), and one that has another number of steps, entries,
    phases or pictures than its source (SK062).
    """
    if translation.words.translates != source.words_hash:
        faults.add(
            "SK060",
            translation.places.value(("translates",)),
            f"the words of {source.places.path} changed since they were translated",
            f"look at both, then write translates: {source.words_hash}",
        )
    content = source.content
    new = _words(content, translation, faults)
    return replace(content, name=translation.words.name, language=translation.language, **new)


def _words(content: Content, translation: Translation, faults: Faults) -> dict[str, Any]:
    """Return the translated fields of a content by name."""
    language, sections, words = translation.language, translation.sections, translation.words
    match content:
        case Exercise():
            return _exercise(content, translation, faults)
        case Routine():
            return _routine(content, translation, faults)
        case Programme():
            return _programme(content, translation, faults)
        case Guide():
            draft = Draft(content.id, language, translation.places, sections, faults)
            new = article(draft)
            if content.video and words.video:
                new["video"] = replace(content.video, title=words.video)
            return new
        case Term():
            found = body.read_words(sections, {}, language, faults)
            return {"aliases": tuple(words.aliases), "definition": found["summary"]}
        case Person():
            return {
                "role": words.role or content.role,
                "credentials": tuple(words.credentials) or content.credentials,
                "bio": words.bio or content.bio,
            }
    return body.read_words(sections, {}, language, faults)


def _exercise(content: Exercise, translation: Translation, faults: Faults) -> dict[str, Any]:
    known, language = body.EXERCISE_SECTIONS, translation.language
    new = body.read_words(translation.sections, known, language, faults)
    for section in known:
        heading, source = label(section, language), getattr(content, section)
        if source and section not in new:
            message = f'the section "{heading}" is not translated'
            faults.add("SK065", translation.start, message, f'add "## {heading}"')
        elif section in new and not source:
            message = f'the source has no section "{heading}"'
            faults.add("SK062", translation.start, message, "delete the section")
        elif section in new and known[section] in _LISTS:
            _same_number(f'entries under "{heading}"', new[section], source, translation, faults)
    steps = new.pop("steps", ())
    if _same_number("steps", steps, content.steps, translation, faults):
        pairs = zip(content.steps, steps, strict=True)
        new["steps"] = tuple(replace(old, text=step.text) for old, step in pairs)
    mistakes = new.get("mistakes", ())
    if len(mistakes) == len(content.mistakes):
        alike = zip(content.mistakes, mistakes, strict=True)
        new["mistakes"] = tuple(replace(old, text=mistake.text) for old, mistake in alike)
    alt = translation.words.alt
    if alt and _same_number("alt", alt, content.pictures, translation, faults):
        pictures = zip(content.pictures, alt, strict=True)
        new["pictures"] = tuple(replace(picture, alt=text) for picture, text in pictures)
    return {**new, "aliases": tuple(translation.words.aliases)}


def _routine(content: Routine, translation: Translation, faults: Faults) -> dict[str, Any]:
    known, language = body.ROUTINE_SECTIONS, translation.language
    notes = translation.words.notes
    for exercise in sorted(set(notes) - {entry.exercise for entry in content.entries}):
        place = translation.places.key(("notes", exercise))
        faults.add("SK062", place, f'the routine has no entry "{exercise}"')
    entries = tuple(
        replace(entry, note=notes.get(entry.exercise, entry.note)) for entry in content.entries
    )
    return {**body.read_words(translation.sections, known, language, faults), "entries": entries}


def _programme(content: Programme, translation: Translation, faults: Faults) -> dict[str, Any]:
    new = body.read_words(translation.sections, {}, translation.language, faults)
    names = translation.words.phases
    if names and _same_number("phases", names, content.phases, translation, faults):
        phases = zip(content.phases, names, strict=True)
        new["phases"] = tuple(replace(phase, name=name) for phase, name in phases)
    return new


def _same_number(
    what: str,
    translated: Sequence[Any],
    source: Sequence[Any],
    translation: Translation,
    faults: Faults,
) -> bool:
    if len(translated) == len(source):
        return True
    message = f"{len(translated)} {what}, but the source has {len(source)}"
    faults.add("SK062", translation.start, message)
    return False
