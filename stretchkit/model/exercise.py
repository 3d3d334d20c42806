"""One exercise: facts that are the same in every language, and words that are translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stretchkit.model.dosage import Dosage
from stretchkit.model.vocabulary import (
    Breath,
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
    Side,
    View,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One ordered instruction; `text` is a line of Markdown.

    `frame` names the frame of the figure that shows it; `hold` marks the position that the
    dosage's hold is about.
    """

    text: str
    frame: str | None = None
    breath: Breath | None = None
    hold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A short attention prompt, such as "wrists under shoulders"."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What people often get wrong; `text` is a line of Markdown.

    `frame` names the mistake of the figure that shows it.
    """

    text: str
    frame: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """What a condition asks for with this exercise, and the exercise to do instead, if any."""

    condition: Condition
    action: CautionAction
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One pose of a figure: the base pose or frame it starts from, and what differs from it.

    `settings` holds joint angles and contacts in the words of the pose language. `breaks` is the
    rule of alignment that a mistake breaks on purpose; other frames break none.
    """

    name: str
    base: str
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    breaks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """An arrow along the way that a part of the body takes between two frames."""

    of: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSpec:
    """What a drawing shows: frames in order, the view, and the rules of alignment they keep.

    `side` is the side that the frames show; the other side is their mirror image. `mistakes` are
    frames that each break one of the rules. `close_up` is the part that is drawn alone.
    """

    view: View = View.SIDE
    frames: tuple[Frame, ...] = ()
    side: Side = Side.BOTH
    alignment: tuple[str, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    mistakes: tuple[Frame, ...] = ()
    close_up: CloseUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture file of the library's own; `file` is relative to the library's folder."""

    file: str
    alt: str
    author: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from."""

    title: str
    url: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who looked at the content with a clinician's eye, and when; `by` is a person's id."""

    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscles:
    """The muscles that do most of the work or are stretched most, and those that help."""

    primary: tuple[Muscle, ...] = ()
    secondary: tuple[Muscle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """An exercise as its file describes it.

    The first region is the main one. `cautions` say what to adapt (a precaution), leave out
    (a contraindication) or ask about; `stop_signs` say when to stop at once. Texts are Markdown:
    blocks, except steps, cues, stop signs and mistakes, which are single lines. `progressions`
    are the ids of harder exercises; easier ones are derived from them by the library.
    """

    id: str
    language: str = "en"
    kind: Kind
    regions: tuple[Region, ...]
    position: Position
    dosage: Dosage
    level: Level = Level.GENTLE
    equipment: tuple[Equipment, ...] = ()
    muscles: Muscles = Muscles()
    settings: tuple[Setting, ...] = ()
    goals: tuple[Goal, ...] = ()
    cautions: tuple[Caution, ...] = ()
    progressions: tuple[str, ...] = ()
    figure: FigureSpec | None = None
    pictures: tuple[Picture, ...] = ()
    sources: tuple[Source, ...] = ()
    author: str | None = None
    licence: str = ""
    reviewed: Review | None = None
    # words
    name: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    set_up: str = ""
    steps: tuple[Step, ...]
    cues: tuple[Cue, ...] = ()
    feel: str = ""
    take_care: str = ""
    stop_signs: tuple[str, ...] = ()
    easier: str = ""
    harder: str = ""
    mistakes: tuple[Mistake, ...] = ()
    clinician: str = ""

    @property
    def precautions(self) -> tuple[Caution, ...]:
        """Cautions that call for a smaller movement."""
        return tuple(c for c in self.cautions if c.action is CautionAction.ADAPT)

    @property
    def contraindications(self) -> tuple[Caution, ...]:
        """Cautions that rule the exercise out."""
        return tuple(c for c in self.cautions if c.action is CautionAction.SKIP)
