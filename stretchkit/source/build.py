"""From checked facts and words to the model, one function a kind of content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from stretchkit.diagnostics import Faults
from stretchkit.errors import DosageError, Location
from stretchkit.model.amounts import Frequency
from stretchkit.model.brand import Brand, Settings
from stretchkit.model.dosage import Dosage, parse_frequency
from stretchkit.model.exercise import (
    Arrow,
    Caution,
    Exercise,
    FigureSpec,
    Frame,
    Muscles,
    Picture,
    Review,
    Source,
)
from stretchkit.model.guide import Guide, Passage, Person, Series, Term, Video
from stretchkit.model.routine import Entry, Phase, Programme, Routine
from stretchkit.model.vocabulary import Section, Side
from stretchkit.source import body, shapes
from stretchkit.source.names import did_you_mean
from stretchkit.source.sections import BodySection
from stretchkit.source.strict_yaml import Path, Places

Content: TypeAlias = Exercise | Routine | Programme | Guide | Series | Person | Term


@dataclass(frozen=True, slots=True)
class Draft:
    """What a builder works from: who the file is, where things stand, and where faults go."""

    id: str
    language: str
    places: Places
    sections: Sequence[BodySection]
    faults: Faults

    @property
    def start(self) -> Location:
        """Where the words begin."""
        return self.sections[0].location

    def dosage(self, line: str, at: Path) -> Dosage:
        """Read a dosage line; a fault in it is reported at its column."""
        return self._read(Dosage.parse, line, at) or Dosage()

    def frequency(self, line: str | None, at: Path) -> Frequency | None:
        """Read a frequency such as "daily"."""
        return self._read(parse_frequency, line, at) if line else None

    def _read(self, parse: Callable[[str], Any], line: str, at: Path) -> Any:
        try:
            return parse(line)
        except DosageError as error:
            place = self.places.value(at)
            column = place.column + (at in self.places.quoted) + error.offset
            name = next((part for part in reversed(at) if isinstance(part, str)), "dosage")
            where = Location(place.path, place.line, column)
            self.faults.add("SK035", where, f"{name}: {error.message}", error.hint)
            return None


def build_exercise(shape: shapes.ExerciseShape, draft: Draft) -> Exercise:
    """Make an exercise; reports steps and arrows that name frames the figure lacks."""
    words = body.read_words(draft.sections, body.EXERCISE_SECTIONS, draft.language, draft.faults)
    body.require(Section.STEPS, words, draft.start, draft.faults, draft.language)
    words.setdefault("steps", ())
    figure = _figure(shape.figure, draft) if shape.figure else None
    _check_step_frames(figure, draft)
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


def _figure(shape: shapes.FigureShape, draft: Draft) -> FigureSpec:
    frames = []
    for name, settings in shape.frames.items():
        at: Path = ("figure", "frames", name)
        base = settings.get("from")
        if not isinstance(base, str):
            draft.faults.add(
                "SK030",
                draft.places.key(at),
                f'the frame "{name}" does not say what it starts from',
                'add "from: standing" or another base pose',
            )
            base = ""
        rest = {key: value for key, value in settings.items() if key != "from"}
        frames.append(Frame(name=name, base=base, settings=rest))
    _check_frame_circles(frames, draft)
    for index, arrow in enumerate(shape.arrows):
        for key, frame in (("from", arrow.start), ("to", arrow.end)):
            if frame not in shape.frames:
                place = draft.places.value(("figure", "arrows", index, key))
                draft.faults.add(
                    "SK052",
                    place,
                    f'the figure has no frame "{frame}"',
                    did_you_mean(frame, shape.frames),
                )
    return FigureSpec(
        view=shape.view,
        frames=tuple(frames),
        side=Side(shape.side) if shape.side else Side.BOTH,
        alignment=tuple(shape.alignment),
        arrows=tuple(Arrow(of=a.of, start=a.start, end=a.end) for a in shape.arrows),
    )


def _check_frame_circles(frames: Sequence[Frame], draft: Draft) -> None:
    bases = {frame.name: frame.base for frame in frames}
    for frame in frames:
        seen = [frame.name]
        while bases.get(seen[-1]) in bases and len(seen) <= len(bases):
            seen.append(bases[seen[-1]])
            if seen[-1] == frame.name:
                place = draft.places.key(("figure", "frames", frame.name))
                draft.faults.add("SK053", place, f"frames in a circle: {' from '.join(seen)}")
                break


def _check_step_frames(figure: FigureSpec | None, draft: Draft) -> None:
    names = [frame.name for frame in figure.frames] if figure else []
    headings = body.headings_of(body.EXERCISE_SECTIONS, draft.language)
    for section in draft.sections:
        if headings.get(section.heading.casefold()) is not Section.STEPS:
            continue
        for item in section.items:
            frame = dict(item.attributes).get("frame")
            if frame is not None and frame not in names:
                hint = did_you_mean(frame, names) if names else "add the frame to the figure"
                draft.faults.add("SK052", item.location, f'the figure has no frame "{frame}"', hint)


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
