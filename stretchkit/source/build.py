"""From checked facts and words to the model, one function a kind of content."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from stretchkit.errors import DosageError
from stretchkit.model.brand import Brand, Settings
from stretchkit.model.dosage import Dosage
from stretchkit.model.exercise import (
    Caution,
    Exercise,
    Muscles,
    Picture,
    Review,
    Source,
)
from stretchkit.model.guide import Guide, Passage, Person, Series, Term, Video
from stretchkit.model.routine import Entry, Phase, Programme, Routine
from stretchkit.model.vocabulary import Section, Side
from stretchkit.source import body, shapes
from stretchkit.source.draft import Draft
from stretchkit.source.figures import build_figure, check_frame_names

Content: TypeAlias = Exercise | Routine | Programme | Guide | Series | Person | Term


def build_exercise(shape: shapes.ExerciseShape, draft: Draft) -> Exercise:
    """Make an exercise; reports steps and arrows that name frames the figure lacks."""
    words = body.read_words(draft.sections, body.EXERCISE_SECTIONS, draft.language, draft.faults)
    body.require(Section.STEPS, words, draft.start, draft.faults, draft.language)
    words.setdefault("steps", ())
    figure = build_figure(shape.figure, draft) if shape.figure else None
    check_frame_names(figure, draft)
    dosage = draft.dosage(shape.dosage, ("dosage",))
    if figure and figure.frames and dosage.side is Side.EACH and figure.side is Side.BOTH:
        draft.faults.add(
            "SK055",
            draft.places.key(("figure",)),
            "the dosage is for each side but the figure shows no side",
            'add "side: left" or "side: right" to the figure',
        )
    return Exercise(
        id=draft.id,
        language=draft.language,
        name=shape.name,
        aliases=tuple(shape.aliases),
        kind=shape.kind,
        regions=tuple(shape.regions),
        muscles=Muscles(
            primary=tuple(shape.muscles.primary), secondary=tuple(shape.muscles.secondary)
        ),
        position=shape.position,
        equipment=tuple(shape.equipment),
        level=shape.level,
        settings=tuple(shape.settings),
        goals=tuple(shape.goals),
        dosage=dosage,
        cautions=tuple(
            Caution(condition=condition, action=caution.action, instead=caution.instead)
            for condition, caution in shape.cautions.items()
        ),
        progressions=tuple(shape.progressions),
        figure=figure,
        pictures=tuple(
            Picture(file=p.file, alt=p.alt, author=p.author or "", licence=p.licence or "")
            for p in shape.pictures
        ),
        sources=tuple(Source(title=s.title, url=s.url or "", year=s.year) for s in shape.sources),
        author=shape.author,
        licence=shape.licence or "",
        reviewed=_review(shape.reviewed, draft),
        **words,
    )


def _review(shape: shapes.ReviewShape | None, draft: Draft) -> Review | None:
    if shape is None:
        return None
    try:
        return Review(by=shape.by, on=date.fromisoformat(shape.on))
    except ValueError:
        place = draft.places.value(("reviewed", "on"))
        draft.faults.add("SK034", place, f'reviewed.on: "{shape.on}" is not a day of the calendar')
        return None


def build_routine(shape: shapes.RoutineShape, draft: Draft) -> Routine:
    """Make a routine from its entries, each an id or an id with a dosage and a note."""
    words = body.read_words(draft.sections, body.ROUTINE_SECTIONS, draft.language, draft.faults)
    return Routine(
        id=draft.id,
        language=draft.language,
        name=shape.name,
        entries=tuple(_entry(entry, index, draft) for index, entry in enumerate(shape.entries)),
        goals=tuple(shape.goals),
        level=shape.level,
        settings=tuple(shape.settings),
        frequency=draft.frequency(shape.frequency, ("frequency",)),
        author=shape.author,
        licence=shape.licence or "",
        reviewed=_review(shape.reviewed, draft),
        **words,
    )


def _entry(entry: str | shapes.EntryShape, index: int, draft: Draft) -> Entry:
    if isinstance(entry, str):
        return Entry(entry)
    dosage = draft.dosage(entry.dosage, ("entries", index, "dosage")) if entry.dosage else None
    return Entry(entry.exercise, dosage=dosage, note=entry.note or "")


def build_programme(shape: shapes.ProgrammeShape, draft: Draft) -> Programme:
    """Make a programme from its phases."""
    words = body.read_words(draft.sections, {}, draft.language, draft.faults)
    return Programme(
        id=draft.id,
        language=draft.language,
        name=shape.name,
        phases=tuple(
            Phase(
                name=phase.name,
                weeks=phase.weeks,
                routines=tuple(phase.routines),
                frequency=draft.frequency(phase.frequency, ("phases", index, "frequency")),
            )
            for index, phase in enumerate(shape.phases)
        ),
        author=shape.author,
        licence=shape.licence or "",
        reviewed=_review(shape.reviewed, draft),
        **words,
    )


def build_guide(shape: shapes.GuideShape, draft: Draft) -> Guide:
    """Make a guide; headings are free but for the transcript's."""
    words = article(draft)
    return Guide(
        id=draft.id,
        language=draft.language,
        name=shape.name,
        presenter=shape.presenter,
        video=_video(shape.video, draft) if shape.video else None,
        routine=shape.routine,
        related=tuple(shape.related),
        goals=tuple(shape.goals),
        author=shape.author,
        licence=shape.licence or "",
        reviewed=_review(shape.reviewed, draft),
        **words,
    )


def _video(shape: shapes.VideoShape, draft: Draft) -> Video:
    seconds = None
    if shape.duration:
        try:
            dosage = Dosage.parse(f"for {shape.duration}")
        except DosageError:
            dosage = Dosage()
        if dosage.total and dosage == Dosage(total=dosage.total):
            seconds = dosage.total.low
        else:
            place = draft.places.value(("video", "duration"))
            message = f'duration: "{shape.duration}" is not a length of time'
            draft.faults.add("SK035", place, message, 'write it as "3 min"')
    return Video(title=shape.title, url=shape.url or "", poster=shape.poster or "", seconds=seconds)


def article(draft: Draft) -> dict[str, Any]:
    """Return a guide's words: what stands before the first heading, passages, transcript."""
    passages = []
    transcript: str | None = None
    for section in draft.sections[1:]:
        if not section.text:
            draft.faults.add("SK044", section.location, f'nothing stands under "{section.heading}"')
        if not body.is_heading(section.heading, Section.TRANSCRIPT, draft.language):
            passages.append(Passage(heading=section.heading, text=section.text))
        elif transcript is None:
            transcript = section.text
        else:
            draft.faults.add("SK042", section.location, f'"{section.heading}" is written twice')
    return {
        "summary": draft.sections[0].text,
        "passages": tuple(passages),
        "transcript": transcript or "",
    }


def build_series(shape: shapes.SeriesShape, draft: Draft) -> Series:
    """Make a series of guides."""
    words = body.read_words(draft.sections, {}, draft.language, draft.faults)
    return Series(
        id=draft.id,
        language=draft.language,
        name=shape.name,
        guides=tuple(shape.guides),
        author=shape.author,
        licence=shape.licence or "",
        **words,
    )


def build_term(shape: shapes.TermShape, draft: Draft) -> Term:
    """Make a term of the glossary; the words below are its definition."""
    words = body.read_words(draft.sections, {}, draft.language, draft.faults)
    if not words["summary"]:
        draft.faults.add("SK044", draft.start, "the term has no definition")
    return Term(
        id=draft.id,
        language=draft.language,
        name=shape.name,
        aliases=tuple(shape.aliases),
        definition=words["summary"],
    )


def build_person(shape: shapes.PersonShape, draft: Draft) -> Person:
    """Make a person."""
    return Person(
        id=draft.id,
        language=draft.language,
        name=shape.name,
        role=shape.role or "",
        credentials=tuple(shape.credentials),
        bio=shape.bio or "",
        url=shape.url or "",
    )


def build_settings(shape: shapes.LibraryShape) -> Settings:
    """Make a library's settings; its source language always comes first, and each stands once."""
    brand = shape.brand or shapes.BrandShape()
    return Settings(
        name=shape.name,
        language=shape.language,
        languages=tuple(dict.fromkeys([shape.language, *shape.languages])),
        licence=shape.licence or "",
        version=shape.version or "",
        extends=shape.extends,
        base_url=shape.base_url or "",
        theme=shape.theme or "",
        brand=Brand(
            name=brand.name or shape.name,
            colour=brand.colour or Brand().colour,
            logo=brand.logo or "",
            contact=tuple(brand.contact),
            url=brand.url or "",
        ),
    )
