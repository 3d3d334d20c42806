"""Write an exercise once, as plain text; get its handout, its web page and its timed session.

>>> import stretchkit as sk
>>> library = sk.Library.bundled()
>>> sk.duration(library.prescriptions(library.routine("upper-back-relaxation"))).low
173

Everything public is here. Names load their modules when they are first used, so that importing
the package costs nothing and a program that makes no PDF never loads a PDF engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stretchkit.batch.avoid import LeftOut as LeftOut
    from stretchkit.batch.run import BatchResult as BatchResult
    from stretchkit.batch.run import render_batch as render_batch
    from stretchkit.books import book_of as book_of
    from stretchkit.errors import ContentError as ContentError
    from stretchkit.errors import Diagnostic as Diagnostic
    from stretchkit.errors import DosageError as DosageError
    from stretchkit.errors import LibraryNotFoundError as LibraryNotFoundError
    from stretchkit.errors import Location as Location
    from stretchkit.errors import MissingGlyphError as MissingGlyphError
    from stretchkit.errors import MissingSystemLibraryError as MissingSystemLibraryError
    from stretchkit.errors import OutputError as OutputError
    from stretchkit.errors import RenderError as RenderError
    from stretchkit.errors import Severity as Severity
    from stretchkit.errors import StretchKitError as StretchKitError
    from stretchkit.errors import UnknownIdError as UnknownIdError
    from stretchkit.figure.animation import animate as animate
    from stretchkit.figure.artist import Look as Look
    from stretchkit.figure.drawing import draw as draw
    from stretchkit.figure.person import DrawnPerson as DrawnPerson
    from stretchkit.handout import Chapter as Chapter
    from stretchkit.handout import Handout as Handout
    from stretchkit.library import Library as Library
    from stretchkit.model.amounts import Amount as Amount
    from stretchkit.model.amounts import BreathPattern as BreathPattern
    from stretchkit.model.amounts import Frequency as Frequency
    from stretchkit.model.amounts import FrequencyUnit as FrequencyUnit
    from stretchkit.model.amounts import Pace as Pace
    from stretchkit.model.brand import Brand as Brand
    from stretchkit.model.brand import Settings as Settings
    from stretchkit.model.dosage import Dosage as Dosage
    from stretchkit.model.exercise import Arrow as Arrow
    from stretchkit.model.exercise import Caution as Caution
    from stretchkit.model.exercise import Cue as Cue
    from stretchkit.model.exercise import Exercise as Exercise
    from stretchkit.model.exercise import FigureSpec as FigureSpec
    from stretchkit.model.exercise import Frame as Frame
    from stretchkit.model.exercise import Mistake as Mistake
    from stretchkit.model.exercise import Muscles as Muscles
    from stretchkit.model.exercise import Picture as Picture
    from stretchkit.model.exercise import Review as Review
    from stretchkit.model.exercise import Source as Source
    from stretchkit.model.exercise import Step as Step
    from stretchkit.model.guide import Guide as Guide
    from stretchkit.model.guide import Passage as Passage
    from stretchkit.model.guide import Person as Person
    from stretchkit.model.guide import Series as Series
    from stretchkit.model.guide import Term as Term
    from stretchkit.model.guide import Video as Video
    from stretchkit.model.routine import Entry as Entry
    from stretchkit.model.routine import Phase as Phase
    from stretchkit.model.routine import Prescription as Prescription
    from stretchkit.model.routine import Programme as Programme
    from stretchkit.model.routine import Routine as Routine
    from stretchkit.model.vocabulary import Breath as Breath
    from stretchkit.model.vocabulary import CautionAction as CautionAction
    from stretchkit.model.vocabulary import CloseUp as CloseUp
    from stretchkit.model.vocabulary import Condition as Condition
    from stretchkit.model.vocabulary import Equipment as Equipment
    from stretchkit.model.vocabulary import Goal as Goal
    from stretchkit.model.vocabulary import Kind as Kind
    from stretchkit.model.vocabulary import Level as Level
    from stretchkit.model.vocabulary import Muscle as Muscle
    from stretchkit.model.vocabulary import Position as Position
    from stretchkit.model.vocabulary import Region as Region
    from stretchkit.model.vocabulary import Setting as Setting
    from stretchkit.model.vocabulary import Side as Side
    from stretchkit.model.vocabulary import View as View
    from stretchkit.rendering.drawings import Means as Means
    from stretchkit.rendering.handout import Renderer as Renderer
    from stretchkit.rendering.handout import preview as preview
    from stretchkit.rendering.handout import render as render
    from stretchkit.rendering.output import write as write
    from stretchkit.rendering.output import write_site as write_site
    from stretchkit.rendering.site import build_site as build_site
    from stretchkit.timing import Action as Action
    from stretchkit.timing import Duration as Duration
    from stretchkit.timing import Event as Event
    from stretchkit.timing import Timing as Timing
    from stretchkit.timing import duration as duration
    from stretchkit.timing import timeline as timeline
    from stretchkit.wording import DosageWords as DosageWords
    from stretchkit.wording import dosage_words as dosage_words

__version__ = "0.1.0"

_HOMES = {
    "batch.avoid": "LeftOut",
    "batch.run": "BatchResult render_batch",
    "books": "book_of",
    "errors": (
        "ContentError Diagnostic DosageError LibraryNotFoundError Location MissingGlyphError "
        "MissingSystemLibraryError OutputError RenderError Severity StretchKitError UnknownIdError"
    ),
    "figure.animation": "animate",
    "figure.artist": "Look",
    "figure.drawing": "draw",
    "figure.person": "DrawnPerson",
    "handout": "Chapter Handout",
    "library": "Library",
    "model.brand": "Brand Settings",
    "model.amounts": "Amount BreathPattern Frequency FrequencyUnit Pace",
    "model.dosage": "Dosage",
    "model.exercise": (
        "Arrow Caution Cue Exercise FigureSpec Frame Mistake Muscles Picture Review Source Step"
    ),
    "model.guide": "Guide Passage Person Series Term Video",
    "model.routine": "Entry Phase Prescription Programme Routine",
    "model.vocabulary": (
        "Breath CautionAction CloseUp Condition Equipment Goal Kind Level Muscle Position Region "
        "Setting Side View"
    ),
    "rendering.drawings": "Means",
    "rendering.handout": "Renderer preview render",
    "rendering.output": "write write_site",
    "rendering.site": "build_site",
    "timing": "Action Duration Event Timing duration timeline",
    "wording": "DosageWords dosage_words",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 - one list of names, not two


if not TYPE_CHECKING:  # type checkers know the names above, and tell a misspelt one

    def __getattr__(name: str) -> Any:
        if name not in _HOME_OF:
            raise AttributeError(f"module 'stretchkit' has no attribute {name!r}")
        value = getattr(import_module(f"stretchkit.{_HOME_OF[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
