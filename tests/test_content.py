"""The content that comes with StretchKit: whole, faultless, the same facts in every language.

Every case is read from the content itself, so that a new file is tested as soon as it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pytest

from stretchkit.figure.frames import base_poses
from stretchkit.figure.pose_words import HELD, SURFACE_NAMES, SURFACES, VERBS
from stretchkit.library import Library
from stretchkit.locales import languages as label_languages
from stretchkit.model.amounts import Amount
from stretchkit.model.exercise import Exercise
from stretchkit.model.routine import Routine
from stretchkit.model.vocabulary import CautionAction, Condition, Equipment, Kind, Position, Side
from stretchkit.timing import duration, seconds_by_side, timeline

CONTENT = Path(__file__).resolve().parent.parent / "content"
LANGUAGES = ("en", "es")
TABLES = {
    "exercises": ".md",
    "routines": ".md",
    "programmes": ".md",
    "guides": ".md",
    "series": ".md",
    "people": ".yaml",
    "glossary": ".md",
}
FILES = [
    CONTENT / "stretchkit.yaml",
    *sorted(
        path
        for table, suffix in TABLES.items()
        for path in (CONTENT / table).rglob(f"*{suffix}")
        if path.name != "README.md"
    ),
]


def ids(table: str) -> list[str]:
    """Return the ids of a kind of content, from the names of its source files."""
    own = [path.stem for path in FILES if path.is_relative_to(CONTENT / table)]
    return sorted(stem for stem in own if "." not in stem)


EVERYTHING = [(table, name) for table in TABLES for name in ids(table)]
EXERCISES = ids("exercises")
ROUTINES = ids("routines")

in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def spoken(library: Library) -> dict[str, Library]:
    """Return the bundled library in each of its languages."""
    return {language: library.in_language(language) for language in library.languages}


# Whole and without faults -------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CONTENT).as_posix())
def test_a_bundled_file_loads_without_a_fault(library: Library, path: Path) -> None:
    assert [str(d) for d in library.diagnostics if Path(d.location.path).resolve() == path] == []


def test_the_bundled_library_as_a_whole_has_no_fault(library: Library) -> None:
    assert library.diagnostics == ()


def test_every_file_of_the_content_is_in_the_library(library: Library) -> None:
    for table in TABLES:
        assert sorted(getattr(library, table)) == ids(table)
        assert ids(table)


def test_the_library_announces_the_languages_that_labels_exist_in(library: Library) -> None:
    assert library.languages == LANGUAGES
    assert set(library.languages) <= set(label_languages())


@in_every_language
@pytest.mark.parametrize(("table", "name"), EVERYTHING)
def test_everything_exists_in_every_language(
    spoken: dict[str, Library], language: str, table: str, name: str
) -> None:
    content = getattr(spoken[language], table)[name]
    assert content.language == language
    assert content.name


def without_words(content: Any) -> dict[str, Any]:
    """Return the facts of a content: its fields but for those that are translated."""
    facts = asdict(content)
    for field in (
        *(
            "language",
            "name",
            "aliases",
            "summary",
            "set_up",
            "cues",
            "feel",
            "take_care",
            "easier",
        ),
        *("harder", "stop_signs", "clinician", "before", "after", "passages", "bio"),
        *("transcript", "definition", "role", "credentials"),
    ):
        facts.pop(field, None)
    parts = ("steps", "mistakes", "pictures", "entries")
    for part in (part for field in parts for part in facts.get(field, ())):
        for field in ("text", "alt", "note"):
            part.pop(field, None)
    for phase in facts.get("phases", ()):
        del phase["name"]
    if facts.get("video"):
        del facts["video"]["title"]
    return facts


@pytest.mark.parametrize(("table", "name"), EVERYTHING)
def test_facts_are_the_same_in_every_language(
    spoken: dict[str, Library], table: str, name: str
) -> None:
    first, *others = (getattr(spoken[language], table)[name] for language in LANGUAGES)
    for other in others:
        assert without_words(other) == without_words(first)


@pytest.mark.parametrize(("table", "name"), EVERYTHING)
def test_lists_have_as_many_entries_in_every_language(
    spoken: dict[str, Library], table: str, name: str
) -> None:
    first, *others = (getattr(spoken[language], table)[name] for language in LANGUAGES)
    for other in others:
        for field in ("steps", "cues", "stop_signs", "mistakes", "passages", "credentials"):
            assert len(getattr(other, field, ())) == len(getattr(first, field, ())), field


LINK = re.compile(r"\]\((\w+:[^)]*)\)")


def links(content: Any) -> list[str]:
    """Return the targets of all links in a content's words, sorted."""
    texts = [str(getattr(content, field.name)) for field in fields(content)]
    return sorted(target for text in texts for target in LINK.findall(text))


@pytest.mark.parametrize(("table", "name"), EVERYTHING)
def test_links_lead_to_the_same_contents_in_every_language(
    spoken: dict[str, Library], table: str, name: str
) -> None:
    first, *others = (getattr(spoken[language], table)[name] for language in LANGUAGES)
    tables = {
        "exercise": "exercises",
        "routine": "routines",
        "guide": "guides",
        "term": "glossary",
        "programme": "programmes",
    }
    for other in others:
        assert set(links(other)) == set(links(first))
        for target in links(other):
            kind, _, wanted = target.partition(":")
            assert kind in ("https", "mailto") or wanted in getattr(spoken["en"], tables[kind])


@pytest.mark.parametrize(("table", "name"), EVERYTHING)
def test_a_translation_is_not_the_source_once_more(
    spoken: dict[str, Library], table: str, name: str
) -> None:
    english, spanish = (getattr(spoken[language], table)[name] for language in LANGUAGES)
    for field in ("summary", "definition", "bio", "set_up", "take_care", "clinician", "transcript"):
        words = getattr(english, field, "")
        assert not words or words != getattr(spanish, field), field
    for field in ("steps", "cues", "stop_signs", "mistakes", "passages"):
        for ours, theirs in zip(
            getattr(english, field, ()), getattr(spanish, field, ()), strict=True
        ):
            assert ours != theirs


# Exercises ----------------------------------------------------------------------------------------

WORDS = (
    *("name", "summary", "set_up", "steps", "cues", "feel", "take_care", "stop_signs", "easier"),
    *("harder", "mistakes", "clinician"),
)


@in_every_language
@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_has_every_section(
    spoken: dict[str, Library], language: str, name: str
) -> None:
    exercise = spoken[language].exercise(name)
    assert [field for field in WORDS if not getattr(exercise, field)] == []


@in_every_language
@pytest.mark.parametrize("name", EXERCISES)
def test_steps_cues_and_signs_are_single_lines_without_attributes_in_them(
    spoken: dict[str, Library], language: str, name: str
) -> None:
    exercise = spoken[language].exercise(name)
    texts = [step.text for step in exercise.steps] + [cue.text for cue in exercise.cues]
    for text in (*texts, *exercise.stop_signs, *(m.text for m in exercise.mistakes)):
        assert text
        assert "\n" not in text
        assert not set("{}") & set(text)


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_has_the_facts_that_sheets_and_filters_need(
    library: Library, name: str
) -> None:
    exercise = library.exercise(name)
    assert exercise.muscles.primary
    assert exercise.settings
    assert exercise.goals
    assert exercise.author == "stretchkit"
    assert exercise.licence == "CC-BY-4.0"
    assert str(exercise.dosage)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_step_is_shown_by_a_frame_of_the_figure(library: Library, name: str) -> None:
    exercise = library.exercise(name)
    figure = exercise.figure
    assert figure is not None
    names = [frame.name for frame in figure.frames]
    assert len(names) == len(set(names))
    assert {step.frame for step in exercise.steps} <= set(names)
    assert {end for arrow in figure.arrows for end in (arrow.start, arrow.end)} <= set(names)
    assert figure.alignment


def _written(library: Library) -> Iterator[str]:
    """Yield what every frame of the library and every base pose says of its parts."""
    frames = [
        frame for each in library.exercises.values() if each.figure for frame in each.figure.frames
    ]
    for settings in (*(frame.settings for frame in frames), *base_poses().values()):
        yield from (value for value in settings.values() if isinstance(value, str))


@pytest.mark.parametrize("verb", [*VERBS, "clasped", "together", "free"])
def test_every_way_to_touch_occurs_in_the_library(library: Library, verb: str) -> None:
    assert any(re.match(rf"{verb}\b", written) for written in _written(library))


@pytest.mark.parametrize("thing", sorted({*SURFACES, *HELD} - {*SURFACE_NAMES}))
def test_every_thing_to_touch_occurs_in_the_library(library: Library, thing: str) -> None:
    assert any(re.search(rf" {thing}s?\b", written) for written in _written(library))


@pytest.mark.parametrize("known", [Position, Equipment], ids=lambda known: known.__name__)
def test_every_position_and_all_equipment_occurs_in_the_library(
    library: Library, known: type[Position | Equipment]
) -> None:
    exercises = library.exercises.values()
    used = {each.position for each in exercises} | {
        thing for each in exercises for thing in each.equipment
    }
    assert set(known) <= used


@pytest.mark.parametrize("name", EXERCISES)
def test_a_frame_starts_from_a_base_pose_or_an_earlier_frame(library: Library, name: str) -> None:
    figure = library.exercise(name).figure
    assert figure is not None
    names = [frame.name for frame in figure.frames]
    assert figure.frames[0].base not in names
    for index, frame in enumerate(figure.frames):
        assert frame.base
        assert frame.base not in names[index:]


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_for_one_side_at_a_time_shows_a_side(library: Library, name: str) -> None:
    exercise = library.exercise(name)
    assert exercise.figure is not None
    if exercise.dosage.side is Side.EACH:
        assert exercise.figure.side in (Side.LEFT, Side.RIGHT)


@pytest.mark.parametrize("name", EXERCISES)
def test_a_held_exercise_marks_the_step_that_is_held(library: Library, name: str) -> None:
    exercise = library.exercise(name)
    if exercise.dosage.hold and exercise.kind is Kind.STATIC_STRETCH:
        assert any(step.hold for step in exercise.steps)


@pytest.mark.parametrize("name", EXERCISES)
def test_what_to_do_instead_is_not_ruled_out_by_the_same_condition(
    library: Library, name: str
) -> None:
    for caution in library.exercise(name).cautions:
        if caution.instead:
            assert caution.instead != name
            other = library.exercise(caution.instead)
            assert caution.condition not in {c.condition for c in other.contraindications}


@pytest.mark.parametrize("name", EXERCISES)
def test_both_sides_of_an_exercise_take_the_same_time(library: Library, name: str) -> None:
    session = library.prescriptions(library.routine_of([name]))
    for high in (False, True):
        times = seconds_by_side(timeline(session, high=high))
        assert times.get(Side.LEFT) == times.get(Side.RIGHT)


# Routines, programmes, guides ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_takes_time_and_no_more_than_an_hour(library: Library, name: str) -> None:
    time = duration(library.prescriptions(library.routine(name)))
    assert 0 < time.low <= time.high <= 3600


@in_every_language
@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_says_what_it_is_for_and_what_to_do_before_and_after(
    spoken: dict[str, Library], language: str, name: str
) -> None:
    routine = spoken[language].routine(name)
    assert routine.summary
    assert routine.before
    assert routine.after
    assert routine.goals


@pytest.mark.parametrize(
    ("name", "seconds"),
    [("upper-back-relaxation", 173), ("core-basics", 367), ("desk-break-2", 111)],
)
def test_a_known_routine_takes_a_known_time(library: Library, name: str, seconds: int) -> None:
    time = duration(library.prescriptions(library.routine(name)))
    assert (time.low, time.high, time.at_least) == (seconds, seconds, False)


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_for_a_desk_needs_no_floor(library: Library, name: str) -> None:
    routine = library.routine(name)
    if "desk" in routine.settings:
        for prescription in library.prescriptions(routine):
            assert prescription.exercise.position in (Position.SITTING, Position.STANDING)
            assert Equipment.MAT not in prescription.exercise.equipment


@in_every_language
@pytest.mark.parametrize("name", ids("guides"))
def test_a_guide_has_words_and_somebody_behind_them(
    spoken: dict[str, Library], language: str, name: str
) -> None:
    library = spoken[language]
    guide = library.guide(name)
    assert guide.summary
    assert guide.passages
    assert {guide.author, guide.presenter or guide.author} <= set(library.people)
    assert all(passage.heading and passage.text for passage in guide.passages)


@in_every_language
@pytest.mark.parametrize("name", ids("glossary"))
def test_a_term_is_defined_in_a_few_words(
    spoken: dict[str, Library], language: str, name: str
) -> None:
    definition = spoken[language].glossary[name].definition
    assert definition.endswith(".")
    assert len(definition) < 300


def test_names_in_a_list_are_all_different(spoken: dict[str, Library]) -> None:
    for library in spoken.values():
        for table in TABLES:
            names = [content.name.casefold() for content in getattr(library, table).values()]
            assert len(names) == len(set(names))


# The founding guide -------------------------------------------------------------------------------


@pytest.fixture
def founding(library: Library) -> Routine:
    """Return the routine of the guide that the project began with."""
    return library.routine_of(["upper-back-relaxation"])


def step_texts(exercise: Exercise) -> str:
    return " ".join(step.text for step in exercise.steps)


def test_the_seated_twist_is_held_for_fifteen_seconds_on_each_side(
    library: Library, founding: Routine
) -> None:
    twist = library.exercise("seated-twist-chair")
    assert "seated-twist-chair" in [entry.exercise for entry in founding.entries]
    assert (twist.dosage.hold, twist.dosage.side) == (Amount.of(15), Side.EACH)
    session = [p for p in library.prescriptions(founding) if p.exercise is twist]
    assert seconds_by_side(timeline(session)) == {Side.LEFT: 15, Side.RIGHT: 15}


def test_the_seated_twist_is_done_on_a_chair_with_the_spine_in_line(library: Library) -> None:
    twist = library.exercise("seated-twist-chair")
    assert (twist.position, twist.equipment) == (Position.SITTING, (Equipment.CHAIR,))
    figure = twist.figure
    assert figure is not None
    assert "spine in line" in figure.alignment
    frames = {frame.name: frame.settings for frame in figure.frames}
    assert frames["start"]["back"] == "against chair back"
    assert frames["start"]["both hands"] == "on knees"
    assert frames["twist"]["left hand"] == "holds chair back"
    turned = [part for part in ("spine", "neck", "head") if part in frames["twist"]]
    assert {frames["twist"][part]["turn"].split()[1] for part in turned} == {"left"}
    assert "spine" in turned
    assert [step.frame for step in twist.steps if step.hold] == ["twist"]
    assert twist.steps[0].frame == twist.steps[-1].frame == "start"


def test_cat_and_cow_are_done_on_hands_and_knees_in_two_lines(library: Library) -> None:
    cat = library.exercise("cat-cow")
    assert cat.position is Position.HANDS_AND_KNEES
    figure = cat.figure
    assert figure is not None
    assert {"wrist under shoulder", "knee under hip"} <= set(figure.alignment)
    frames = {frame.name: frame.settings for frame in figure.frames}
    assert frames["cat"]["lower back"]["flexion"] > frames["cat"]["upper back"]["flexion"] > 0
    assert frames["cat"]["neck"]["flexion"] > 0
    assert frames["cow"]["upper back"]["extension"] > 0
    assert frames["cow"]["neck"]["extension"] > 0
    order = [step.frame for step in cat.steps]
    assert order.index("cat") < order.index("cow")
    for words in ("navel", "chin", "shoulders down, away from your ears"):
        assert words in step_texts(cat)
    assert any("dog" in alias for alias in cat.aliases)


def test_the_founding_routine_keeps_the_order_of_the_video(founding: Routine) -> None:
    order = [entry.exercise for entry in founding.entries]
    assert order.index("seated-twist-chair") < order.index("cat-cow")


def test_the_founding_moves_ask_first_after_an_operation_and_change_for_weak_bones(
    library: Library,
) -> None:
    for name in ("seated-twist-chair", "cat-cow"):
        cautions = {caution.condition: caution for caution in library.exercise(name).cautions}
        assert cautions[Condition.RECENT_SURGERY].action is CautionAction.ASK
        assert cautions[Condition.OSTEOPOROSIS_SPINE].action is CautionAction.ADAPT
        assert cautions[Condition.OSTEOPOROSIS_SPINE].instead == "shoulder-blade-squeeze"


def test_the_founding_guide_has_a_trainer_a_video_its_words_and_a_next_guide(
    library: Library,
) -> None:
    guide = library.guide("upper-back-relaxation")
    assert guide.routine == "upper-back-relaxation"
    presenter = library.people[guide.presenter or ""]
    assert presenter.credentials == ("Certified personal trainer",)
    assert guide.video is not None
    assert guide.video.title == "Exercises for upper back relaxation"
    assert "15 seconds" in guide.transcript
    series = library.series_of(guide)
    assert series is not None
    assert series.name == "Personal Fitness Tips"
    assert series.before(guide.id) is None
    assert series.after(guide.id) == "internal-core-abdominal-exercises"
    assert "internal-core-abdominal-exercises" in guide.related
