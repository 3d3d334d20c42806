"""An exercise as a card on a sheet or a page of the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from stretchkit.library import Library
from stretchkit.locales import catalogue, label, listing
from stretchkit.model.exercise import Caution, Exercise, Picture, Review
from stretchkit.model.routine import Prescription
from stretchkit.model.vocabulary import Breath, CautionAction
from stretchkit.views.drawings import DrawingsView, DrawingView
from stretchkit.wording import date_words, dosage_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something to go to: `kind` and `id` say what, `text` is its name, `language` that of it."""

    kind: str
    id: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step: its number, its Markdown line, and what the breath does ("breathe out")."""

    number: int
    text: str
    breath: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionView:
    """What to do with some conditions: "Ask first if you have:" and the conditions as a list."""

    action: str
    conditions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture of the library's own; `credit` says who made it."""

    file: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeView:
    """A common mistake: its Markdown line, and a crossed drawing where there is one."""

    text: str
    drawing: DrawingView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseView:
    """An exercise with the dosage it is done with.

    Markdown blocks: `summary`, `set_up`, `feel`, `take_care`, `easier`, `harder`, `clinician`.
    Markdown lines: `note`, `cues`, `stop_signs`. `number` counts from 1 on a sheet;
    `anchor` is the exercise's place on it.
    """

    anchor: str
    number: int
    language: str
    name: str
    aliases: str
    kind: str
    position: str
    level: str
    muscles: tuple[str, ...]
    equipment: str
    dosage: str
    dosage_short: str
    note: str
    summary: str
    set_up: str
    steps: tuple[StepView, ...]
    cues: tuple[str, ...]
    feel: str
    take_care: str
    cautions: tuple[CautionView, ...]
    stop_signs: tuple[str, ...]
    easier: str
    easier_exercises: tuple[Link, ...]
    harder: str
    harder_exercises: tuple[Link, ...]
    mistakes: tuple[MistakeView, ...]
    clinician: str
    pictures: tuple[PictureView, ...]
    drawings: DrawingsView
    sources: tuple[str, ...]
    author: str
    licence: str
    review: str


def exercise_view(
    prescription: Prescription,
    library: Library,
    *,
    number: int = 1,
    anchor: str = "",
    drawings: DrawingsView | None = None,
    mistaken: Sequence[DrawingView | None] = (),
) -> ExerciseView:
    """Return what a template shows of an exercise; its anchor is its id when none is given."""
    exercise = prescription.exercise
    language = library.language
    words = dosage_words(prescription.dosage, language)
    return ExerciseView(
        anchor=anchor or exercise.id,
        number=number,
        language=exercise.language,
        name=exercise.name,
        aliases=listing(exercise.aliases, language),
        kind=label(exercise.kind, language),
        position=label(exercise.position, language),
        level=label(exercise.level, language),
        muscles=tuple(
            f"{label(muscle, language)} ({muscle.anatomical})"
            for muscle in (*exercise.muscles.primary, *exercise.muscles.secondary)
        ),
        equipment=listing((label(thing, language) for thing in exercise.equipment), language),
        dosage=words.sentence,
        dosage_short=words.short,
        note=prescription.note,
        summary=exercise.summary,
        set_up=exercise.set_up,
        steps=tuple(
            StepView(
                number=place,
                text=step.text,
                breath=_breath_words(step.breath, language),
            )
            for place, step in enumerate(exercise.steps, start=1)
        ),
        cues=tuple(cue.text for cue in exercise.cues),
        feel=exercise.feel,
        take_care=exercise.take_care,
        cautions=_caution_views(exercise.cautions, library),
        stop_signs=exercise.stop_signs,
        easier=exercise.easier,
        easier_exercises=tuple(exercise_link(e) for e in library.easier(exercise)),
        harder=exercise.harder,
        harder_exercises=tuple(exercise_link(e) for e in library.harder(exercise)),
        mistakes=tuple(
            MistakeView(text=mistake.text, drawing=drawing)
            for mistake, drawing in zip_longest(exercise.mistakes, mistaken)
        ),
        clinician=exercise.clinician,
        pictures=tuple(
            PictureView(file=p.file, alt=p.alt, credit=_credit(p)) for p in exercise.pictures
        ),
        drawings=drawings or DrawingsView(),
        sources=tuple(
            ", ".join(filter(None, (source.title, str(source.year or ""), source.url)))
            for source in exercise.sources
        ),
        author=person_name(exercise.author, library),
        licence=exercise.licence or library.settings.licence,
        review=review_words(exercise.reviewed, library),
    )


def exercise_link(exercise: Exercise) -> Link:
    """Return a link to an exercise."""
    return Link(kind="exercise", id=exercise.id, text=exercise.name, language=exercise.language)


def person_name(person: str | None, library: Library) -> str:
    """Return the name of a person by id, empty when there is none."""
    return library.people[person].name if person and person in library.people else ""


def review_words(review: Review | None, library: Library) -> str:
    """Return the line that says who reviewed something, or that nobody has yet."""
    _ = catalogue(library.language).gettext
    if review is None:
        return _("Not yet reviewed by a clinician.")
    return _("Reviewed by {name} on {day}.").format(
        name=person_name(review.by, library), day=date_words(review.on, library.language)
    )


def _caution_views(cautions: tuple[Caution, ...], library: Library) -> tuple[CautionView, ...]:
    """Return the cautions by what they ask for, the strictest first."""
    language = library.language
    _ = catalogue(language).gettext
    asked = {
        CautionAction.SKIP: _("Leave this exercise out if you have:"),
        CautionAction.ASK: _("Ask your health professional first if you have:"),
        CautionAction.ADAPT: _("Make the movement smaller if you have:"),
    }
    found = []
    for action, words in asked.items():
        conditions = _conditions([c for c in cautions if c.action is action], library)
        if conditions:
            found.append(CautionView(action=words, conditions=conditions))
    return tuple(found)


def _conditions(cautions: Sequence[Caution], library: Library) -> str:
    """Return conditions as a list, those with the same exercise to do instead together."""
    language = library.language
    _ = catalogue(language).gettext
    groups: dict[str | None, list[str]] = {}
    for caution in cautions:
        known = caution.instead in library.exercises
        words = label(caution.condition, language)
        groups.setdefault(caution.instead if known else None, []).append(words)
    found = []
    for instead, conditions in groups.items():
        words = listing(conditions, language)
        if instead is not None:
            words = _("{conditions} (or do this instead: {exercise})").format(
                conditions=words, exercise=library.exercises[instead].name
            )
        found.append(words)
    return "; ".join(found)


def _breath_words(breath: Breath | None, language: str) -> str:
    """Return what the breath does; nothing is said where it goes as it likes."""
    return "" if breath in (None, Breath.EASY) else label(breath, language)


def _credit(picture: Picture) -> str:
    return ", ".join(filter(None, (picture.author, picture.licence)))
