"""What holds of every value: it does not change, it travels, and every word has a label."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import stretchkit
from stretchkit.batch.avoid import LeftOut
from stretchkit.batch.run import BatchResult
from stretchkit.errors import ContentError, Diagnostic, DosageError, Location
from stretchkit.figure.artist import Look
from stretchkit.figure.person import DrawnPerson
from stretchkit.handout import Chapter, Handout
from stretchkit.library import Library
from stretchkit.model import vocabulary
from stretchkit.model.amounts import Amount, BreathPattern, Frequency, FrequencyUnit
from stretchkit.model.brand import Brand, Settings
from stretchkit.model.dosage import Dosage
from stretchkit.model.exercise import (
    Arrow,
    Caution,
    Cue,
    Exercise,
    FigureSpec,
    Frame,
    Mistake,
    Muscles,
    Picture,
    Review,
    Source,
    Step,
)
from stretchkit.model.guide import Guide, Passage, Person, Series, Term, Video
from stretchkit.model.routine import Entry, Phase, Prescription, Programme, Routine
from stretchkit.model.vocabulary import (
    HEIGHTS,
    REGION_GROUPS,
    CautionAction,
    Condition,
    Kind,
    Muscle,
    Position,
    Region,
    RegionGroup,
    Side,
    View,
    Word,
    group_of,
)
from stretchkit.rendering.drawings import Means
from stretchkit.timing import Action, Duration, Event, Timing
from stretchkit.wording import DosageWords

POSITIONAL = {
    Amount,
    BreathPattern,
    DosageWords,
    Duration,
    Entry,
    Frequency,
    Handout,
    Location,
}
"""Small values whose parts have an order that nobody mistakes."""
WITHOUT_SLOTS = {Handout}
"""It keeps what it has computed."""


def public_dataclasses() -> list[type[Any]]:
    """Return every dataclass that is exported or stands in `stretchkit.model`."""
    found = {
        getattr(import_module(f"stretchkit.{home}"), name)
        for name, home in stretchkit._HOME_OF.items()
    }
    for path in (Path(stretchkit.__file__).parent / "model").glob("[!_]*.py"):
        module = import_module(f"stretchkit.model.{path.stem}")
        found |= {kind for _, kind in inspect.getmembers(module, inspect.isclass)}
    kinds = (kind for kind in found if inspect.isclass(kind) and dataclasses.is_dataclass(kind))
    return sorted(kinds, key=lambda kind: kind.__qualname__)


DATACLASSES = public_dataclasses()
WORDS = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, Word) and kind is not Word
]


def test_there_are_values_to_look_at() -> None:
    assert {Amount, Dosage, Exercise, Routine, Handout, Library, Event} <= set(DATACLASSES)
    assert {Kind, Region, Muscle, Side} <= set(WORDS)


def an_example(kind: type[Any]) -> Any:
    examples = [value for value in EXAMPLES if type(value) is kind]
    assert examples, f"add a {kind.__name__} to EXAMPLES"
    return examples[0]


@pytest.mark.parametrize("kind", DATACLASSES)
def test_a_value_cannot_be_changed(kind: type[Any]) -> None:
    example = an_example(kind)
    name = dataclasses.fields(kind)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(example, name, getattr(example, name))


@pytest.mark.parametrize("kind", [kind for kind in DATACLASSES if kind not in WITHOUT_SLOTS])
def test_a_value_takes_no_other_attributes(kind: type[Any]) -> None:
    assert "__slots__" in vars(kind)
    assert not hasattr(an_example(kind), "__dict__")


@pytest.mark.parametrize("kind", [kind for kind in DATACLASSES if kind not in POSITIONAL])
def test_a_value_is_made_by_the_names_of_its_parts(kind: type[Any]) -> None:
    assert [field.name for field in dataclasses.fields(kind) if not field.kw_only] == []


@pytest.mark.parametrize("kind", DATACLASSES)
def test_a_value_says_what_it_is(kind: type[Any]) -> None:
    told = inspect.getdoc(kind) or ""
    assert told.split("\n", maxsplit=1)[0].endswith((".", ":"))
    assert not told.startswith(f"{kind.__name__}(")


SITTING = Exercise(
    id="seated-twist",
    kind=Kind.STATIC_STRETCH,
    regions=(Region.UPPER_BACK,),
    position=Position.SITTING,
    dosage=Dosage.parse("2 x hold 15 s each side"),
    muscles=Muscles(primary=(Muscle.THORACIC_ROTATORS,)),
    cautions=(Caution(condition=Condition.HEART, action=CautionAction.ASK),),
    figure=FigureSpec(
        view=View.FRONT,
        frames=(Frame(name="start", base="sitting-on-chair", settings={"spine": {"turn": 35}}),),
        side=Side.LEFT,
        arrows=(Arrow(of="shoulders", start="start", end="twist"),),
    ),
    name="Seated twist",
    steps=(Step(text="Grow tall.", frame="start"), Step(text="Turn.", hold=True)),
)
ROUTINE = Routine(id="desk-break", name="Desk break", entries=(Entry("seated-twist"),))
LIBRARY = Library(
    folders=(Path("content"),),
    exercises={SITTING.id: SITTING},
    routines={ROUTINE.id: ROUTINE},
)
DAILY = Frequency(Amount.of(1), FrequencyUnit.TIMES_A_DAY)
PLACE = Location("exercises/seated-twist.md", 9, 9)
EXAMPLES: tuple[Any, ...] = (
    Amount.of(8, 10),
    BatchResult(row=1, name="Ada", file=b"%PDF", left_out=(LeftOut(exercise="a", because="b"),)),
    LeftOut(exercise="cat-cow", because="wrist-pain", instead="seated-cat-cow"),
    Arrow(of="shoulders", start="start", end="twist"),
    Brand(name="A clinic", contact=("1 Some Street",)),
    BreathPattern(4, 0, 6, 0),
    Mistake(text="Slumping.", frame="slump"),
    Caution(condition=Condition.HEART, action=CautionAction.SKIP, instead="chin-tuck"),
    Chapter(name="Neck and shoulders", length=12),
    Cue(text="Wrists under shoulders"),
    Diagnostic(location=PLACE, code="SK035", message="cannot read it"),
    Dosage.parse("2 x hold 15 s each side, slow, daily"),
    DosageWords(sentence="Hold for 15 seconds.", short="15 s", spoken="hold 15 seconds"),
    DrawnPerson(body="older-man", hair="bald", skin="dark"),
    Duration(60, 90),
    Look(person=DrawnPerson(hair="bob"), style="grey"),
    Means(cache=False, workers=2),
    Entry("seated-twist", Dosage.parse("8 reps")),
    Event(start=0, seconds=5, action=Action.GET_READY, exercise=0),
    SITTING,
    FigureSpec(view=View.SIDE),
    Frame(name="start", base="standing", settings={"spine": {"turn": 35}}),
    DAILY,
    Guide(id="guide", name="Guide", passages=(Passage(heading="One", text="Words."),)),
    Handout(ROUTINE, LIBRARY, recipient="Ada", prepared_on=date(2026, 1, 5)),
    LIBRARY,
    PLACE,
    Muscles(secondary=(Muscle.OBLIQUES,)),
    Passage(heading="One", text="Words."),
    Person(id="ada", name="Ada", credentials=("PT",)),
    Phase(name="Start", weeks=2, routines=("desk-break",), frequency=DAILY),
    Picture(file="pictures/twist.png", alt="A twist"),
    Prescription(exercise=SITTING, dosage=SITTING.dosage),
    Programme(id="plan", name="Plan", phases=()),
    Review(by="ada", on=date(2026, 1, 5)),
    ROUTINE,
    Series(id="series", name="Series", guides=("guide",)),
    Settings(name="Library", brand=Brand(name="A clinic")),
    Source(title="A study", year=2021),
    Step(text="Turn.", hold=True),
    Term(id="spine", name="Spine", definition="The bones of the back."),
    Timing(switch=3),
    Video(title="A film", seconds=90),
)


@pytest.mark.parametrize("value", EXAMPLES, ids=lambda value: type(value).__name__)
def test_a_value_can_be_sent_to_another_process(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "error",
    [
        DosageError("cannot read it", offset=3, hint="write it"),
        ContentError([Diagnostic(location=PLACE, code="SK035", message="cannot read it")]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_can_be_sent_to_another_process(error: Exception) -> None:
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(back) is type(error)
    assert (str(back), vars(back)) == (str(error), vars(error))


def test_the_whole_bundled_library_can_be_sent_to_another_process(library: Library) -> None:
    assert pickle.loads(pickle.dumps(library)) == library  # noqa: S301 - our own bytes


def test_a_handout_that_has_computed_something_is_still_the_same() -> None:
    handout = Handout(ROUTINE, LIBRARY)
    assert handout.prescriptions == (Prescription(exercise=SITTING, dosage=SITTING.dosage),)
    assert handout == Handout(ROUTINE, LIBRARY)
    assert pickle.loads(pickle.dumps(handout)) == handout  # noqa: S301 - our own bytes


@pytest.mark.parametrize("kind", WORDS)
def test_every_word_has_a_label(kind: type[Word]) -> None:
    assert [word for word in kind if not word.label.strip()] == []
    assert len({word.label for word in kind}) == len(kind)


@pytest.mark.parametrize("kind", WORDS)
def test_words_are_written_in_small_letters(kind: type[Word]) -> None:
    assert [word for word in kind if word.value != word.value.lower().strip()] == []


@pytest.mark.parametrize("kind", WORDS)
def test_a_word_is_its_value_and_survives_a_journey(kind: type[Word]) -> None:
    for word in kind:
        assert kind(word.value) is word
        assert word == word.value == str(word)
        assert pickle.loads(pickle.dumps(word)) is word  # noqa: S301 - our own bytes


def test_every_muscle_has_an_anatomical_name_of_its_own() -> None:
    names = [muscle.anatomical for muscle in Muscle]
    assert all(names)
    assert len(set(names)) == len(names)


def test_every_region_is_in_one_group() -> None:
    grouped = [region for regions in REGION_GROUPS.values() for region in regions]
    assert sorted(grouped) == sorted(Region)
    assert list(REGION_GROUPS) == list(RegionGroup)
    assert all(region in REGION_GROUPS[group_of(region)] for region in Region)


def test_every_position_has_a_height() -> None:
    assert sorted(HEIGHTS) == sorted(Position)
    assert set(HEIGHTS.values()) == set(vocabulary.Height)
