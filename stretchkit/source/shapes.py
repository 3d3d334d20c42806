"""The facts on top of each kind of content file, field by field.

These classes are the file format: a file's front matter is checked against them, `stretchkit
schema` writes them as JSON Schema, and the content format reference is generated from their
docstrings. They hold what a person types; `build` turns them into the model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, Strict

from stretchkit.model.vocabulary import (
    CautionAction,
    CloseUp,
    Condition,
    Equipment,
    Goal,
    Kind,
    Level,
    Muscle,
    Position,
    Region,
    Setting,
    View,
)
from stretchkit.source.kinds_of_text import (
    Colour,
    Day,
    DosageLine,
    Id,
    Language,
    PicturePath,
    Text,
    Url,
)

_CONFIG = ConfigDict(extra="forbid")


@dataclass(slots=True, kw_only=True)
class SourceShape:
    """Where a fact comes from."""

    __pydantic_config__ = _CONFIG
    title: Text
    """Title of the paper, guideline or page."""
    url: Url | None = None
    """Its web address."""
    year: Annotated[int, Strict(), Field(ge=1500, le=2100)] | None = None
    """The year it came out."""


@dataclass(slots=True, kw_only=True)
class ReviewShape:
    """Who reviewed the content as a clinician, and when."""

    __pydantic_config__ = _CONFIG
    by: Id
    """Id of a person in `people/`."""
    on: Day
    """The day of the review."""


@dataclass(slots=True, kw_only=True)
class CreditShape:
    """Fields that every kind of content has."""

    author: Id | None = None
    """Id of a person in `people/`."""
    licence: Text | None = None
    """Licence of the words; that of the library when left out."""


@dataclass(slots=True, kw_only=True)
class ReviewedShape(CreditShape):
    """Fields of content that a clinician can review."""

    reviewed: ReviewShape | None = None
    """Who reviewed it and when; `null` as long as nobody did, and a sheet then says so."""


@dataclass(slots=True, kw_only=True)
class MusclesShape:
    """The muscles an exercise works on."""

    __pydantic_config__ = _CONFIG
    primary: list[Muscle] = field(default_factory=list)
    """Those that do most or are stretched most."""
    secondary: list[Muscle] = field(default_factory=list)
    """Those that help."""


@dataclass(slots=True, kw_only=True)
class CautionShape:
    """What a condition asks for."""

    __pydantic_config__ = _CONFIG
    action: CautionAction
    """`skip`: leave the exercise out; `adapt`: make it smaller; `ask`: ask a professional first."""
    instead: Id | None = None
    """The exercise to do instead."""


@dataclass(slots=True, kw_only=True)
class ArrowShape:
    """An arrow along the way of a part of the body."""

    __pydantic_config__ = _CONFIG
    of: Text
    """The part that moves: see [Arrows](pose-language.md#arrows)."""
    start: Annotated[Text, Field(alias="from")]
    """The frame where the way starts."""
    end: Annotated[Text, Field(alias="to")]
    """The frame where it ends."""


@dataclass(slots=True, kw_only=True)
class FigureShape:
    """How an exercise is drawn."""

    __pydantic_config__ = _CONFIG
    view: View = View.SIDE
    """The direction the drawing is seen from."""
    frames: dict[Text, dict[str, Any]] = field(default_factory=dict)
    """The poses by name, in order: each starts `from` a base pose or an earlier frame and says
    what differs: joint angles in degrees and contacts in words."""
    side: Literal["left", "right"] | None = None
    """The side that the frames show, for a one-sided exercise; the other side is mirrored."""
    alignment: list[Text] = field(default_factory=list)
    """Rules of alignment that the frames keep, such as `wrist under shoulder`."""
    arrows: list[ArrowShape] = field(default_factory=list)
    """Arrows along the way of a moving part."""
    mistakes: dict[Text, dict[str, Any]] = field(default_factory=dict)
    """Common mistakes by name: each starts `from` one of the frames, says what differs, and
    `breaks` one rule of `alignment`."""
    close_up: Annotated[CloseUp | None, Field(alias="close-up")] = None
    """The part of the body that is drawn alone, large, for a small movement."""


@dataclass(slots=True, kw_only=True)
class PictureShape:
    """A picture file of the library's own."""

    __pydantic_config__ = _CONFIG
    file: PicturePath
    """Path inside the library's folder, such as `pictures/twist.jpg`."""
    alt: Text
    """What the picture shows, for those who cannot see it."""
    author: Text | None = None
    """Who made it."""
    licence: Text | None = None
    """What may be done with it."""


@dataclass(slots=True, kw_only=True)
class ExerciseShape(ReviewedShape):
    """The facts of `exercises/<id>.md`."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The plain name."""
    aliases: list[Text] = field(default_factory=list)
    """Other names people look for."""
    kind: Kind
    """What sort of movement it is."""
    regions: Annotated[list[Region], Field(min_length=1)]
    """Parts of the body it is for; the first is the main one."""
    muscles: MusclesShape = field(default_factory=MusclesShape)
    """The muscles it works on."""
    position: Position
    """How the body is placed at the start."""
    equipment: list[Equipment] = field(default_factory=list)
    """Things it needs."""
    level: Level = Level.GENTLE
    """How demanding it is."""
    settings: list[Setting] = field(default_factory=list)
    """Where it can be done."""
    goals: list[Goal] = field(default_factory=list)
    """What it is good for."""
    dosage: DosageLine
    """How much of it to do, in the dosage grammar."""
    cautions: dict[Condition, CautionShape] = field(default_factory=dict)
    """Conditions that call for care, and what each asks for."""
    progressions: list[Id] = field(default_factory=list)
    """Ids of harder exercises; easier ones are derived."""
    figure: FigureShape | None = None
    """How it is drawn."""
    pictures: list[PictureShape] = field(default_factory=list)
    """Picture files of your own."""
    sources: list[SourceShape] = field(default_factory=list)
    """Where its facts come from."""


@dataclass(slots=True, kw_only=True)
class EntryShape:
    """An exercise's place in a routine."""

    __pydantic_config__ = _CONFIG
    exercise: Id
    """Id of the exercise."""
    dosage: DosageLine | None = None
    """Replaces the exercise's own dosage."""
    note: Text | None = None
    """A remark for this routine."""


@dataclass(slots=True, kw_only=True)
class RoutineShape(ReviewedShape):
    """The facts of `routines/<id>.md`."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The routine's name."""
    goals: list[Goal] = field(default_factory=list)
    """What it is for."""
    level: Level = Level.GENTLE
    """How demanding it is."""
    settings: list[Setting] = field(default_factory=list)
    """Where it can be done."""
    frequency: DosageLine | None = None
    """How often, such as `daily` or `3 days a week`."""
    entries: Annotated[list[Id | EntryShape], Field(min_length=1)]
    """The exercises in order: an id, or an id with its own dosage and note."""


@dataclass(slots=True, kw_only=True)
class PhaseShape:
    """Some weeks of a programme."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The phase's name."""
    weeks: Annotated[int, Strict(), Field(ge=1, le=104)]
    """How long it lasts."""
    routines: Annotated[list[Id], Field(min_length=1)]
    """Ids of the routines done in it."""
    frequency: DosageLine | None = None
    """How often, such as `3 days a week`."""


@dataclass(slots=True, kw_only=True)
class ProgrammeShape(ReviewedShape):
    """The facts of `programmes/<id>.md`."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The programme's name."""
    phases: Annotated[list[PhaseShape], Field(min_length=1)]
    """The phases in order."""


@dataclass(slots=True, kw_only=True)
class VideoShape:
    """The video of a guide."""

    __pydantic_config__ = _CONFIG
    title: Text
    """The video's title."""
    url: Url | None = None
    """Where to watch it; without it the guide says that there is no link yet."""
    poster: PicturePath | None = None
    """A picture file to show in its place."""
    duration: DosageLine | None = None
    """Its length, such as `3 min`."""


@dataclass(slots=True, kw_only=True)
class GuideShape(ReviewedShape):
    """The facts of `guides/<id>.md`."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The guide's title."""
    presenter: Id | None = None
    """Id of the person who teaches it."""
    video: VideoShape | None = None
    """Its video, if there is one."""
    routine: Id | None = None
    """Id of the routine it teaches."""
    related: list[Id] = field(default_factory=list)
    """Ids of other guides to read."""
    goals: list[Goal] = field(default_factory=list)
    """What it is for."""


@dataclass(slots=True, kw_only=True)
class SeriesShape(CreditShape):
    """The facts of `series/<id>.md`."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The series' name."""
    guides: Annotated[list[Id], Field(min_length=1)]
    """Ids of its guides, in order."""


@dataclass(slots=True, kw_only=True)
class PersonShape:
    """The facts of `people/<id>.yaml`."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The person's name, or what they are known as."""
    role: Text | None = None
    """What they do here."""
    credentials: list[Text] = field(default_factory=list)
    """Why to trust them."""
    bio: Text | None = None
    """A sentence or two."""
    url: Url | None = None
    """Their own page."""


@dataclass(slots=True, kw_only=True)
class TermShape(CreditShape):
    """The facts of `glossary/<id>.md`."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The term."""
    aliases: list[Text] = field(default_factory=list)
    """Other words for it."""


@dataclass(slots=True, kw_only=True)
class BrandShape:
    """Who hands the content out."""

    __pydantic_config__ = _CONFIG
    name: Text | None = None
    """The clinic's or publisher's name."""
    colour: Colour | None = None
    """Colour of headings and lines, `"#rrggbb"`."""
    logo: PicturePath | None = None
    """A picture file of the library."""
    contact: list[Text] = field(default_factory=list)
    """Lines such as an address or a telephone number."""
    url: Url | None = None
    """Their web address."""


@dataclass(slots=True, kw_only=True)
class LibraryShape:
    """`stretchkit.yaml`, the library's own file."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The library's name."""
    language: Language = "en"
    """The language that its source files are written in."""
    languages: list[Language] = field(default_factory=list)
    """Every language it offers; the source language when left out."""
    licence: Text | None = None
    """Licence of its words."""
    version: Text | None = None
    """The edition of its content, such as `"2.1"`; sheets print it."""
    extends: str | None = None
    """`bundled` to build on StretchKit's own content; files of the same id replace it."""
    base_url: Url | None = None
    """The web address of its site, for links that must be absolute."""
    theme: Text | None = None
    """A folder of templates inside the library that replace the built-in ones."""
    brand: BrandShape | None = None
    """Who hands the content out."""


@dataclass(slots=True, kw_only=True)
class TranslationShape:
    """The front matter of a translation: words, and the hash of the words they translate."""

    __pydantic_config__ = _CONFIG
    name: Text
    """The translated name."""
    translates: Text
    """Hash of the source's words at the time of translating; `check` says what it should be."""
    aliases: list[Text] = field(default_factory=list)
    """Other names people look for."""
    notes: dict[Id, Text] = field(default_factory=dict)
    """For a routine: the translated notes by exercise."""
    phases: list[Text] = field(default_factory=list)
    """For a programme: the translated names of its phases."""
    video: Text | None = None
    """For a guide: the translated title of its video."""
    alt: list[Text] = field(default_factory=list)
    """For an exercise: the translated descriptions of its pictures."""
    role: Text | None = None
    """For a person."""
    credentials: list[Text] = field(default_factory=list)
    """For a person."""
    bio: Text | None = None
    """For a person."""
