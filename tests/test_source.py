"""From the text of files to a library: sections, steps, translations, ids and what selects them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretchkit.diagnostics import Faults
from stretchkit.errors import ContentError, Location, Severity, UnknownIdError
from stretchkit.library import Library
from stretchkit.model.amounts import Amount
from stretchkit.model.dosage import Dosage
from stretchkit.model.exercise import (
    Arrow,
    Caution,
    Cue,
    Mistake,
    Picture,
    Review,
    Source,
    Step,
)
from stretchkit.model.guide import Passage
from stretchkit.model.routine import Entry, Routine
from stretchkit.model.vocabulary import (
    Breath,
    CautionAction,
    CloseUp,
    Condition,
    Equipment,
    Region,
    Side,
)
from stretchkit.source.names import did_you_mean, nearest
from stretchkit.source.sections import BodySection, Item, read_sections

if TYPE_CHECKING:
    from conftest import MakeLibrary


def exercise(
    facts: str = "",
    *,
    name: str = "Nod",
    regions: str = "[neck]",
    position: str = "sitting",
    dosage: str = "5 reps",
    words: str = "Nod slowly.",
    steps: str = "1. Look down.\n2. Look up.",
    more: str = "",
) -> str:
    """Return the text of an exercise; `facts` start on line 7."""
    facts = f"{facts}\n" if facts else ""
    return (
        f"---\nname: {name}\nkind: mobility\nregions: {regions}\nposition: {position}\n"
        f"dosage: {dosage}\n{facts}---\n{words}\n\n## Steps\n{steps}\n{more}"
    )


def page(facts: str, words: str) -> str:
    """Return the text of any content file that is not a person."""
    return f"---\n{facts}\n---\n{words}\n"


def told(library: Library) -> list[str]:
    """Return the diagnostics as text, with paths inside the library."""
    root = f"{library.folders[0]}/"
    return [str(diagnostic).replace(root, "") for diagnostic in library.diagnostics]


def places(library: Library) -> list[tuple[str, int, int]]:
    """Return code, line and column of every diagnostic."""
    return [(d.code, d.location.line, d.location.column) for d in library.diagnostics]


def sections(body: str, *, first_line: int = 1) -> tuple[BodySection, ...]:
    """Return the sections of words without faults."""
    faults = Faults()
    found = read_sections(body, "a.md", faults, first_line=first_line)
    assert not faults.sorted()
    return found


# Sections -----------------------------------------------------------------------------------------


def test_words_before_the_first_heading_are_the_first_section() -> None:
    before, steps, care = sections(
        "Before.\n\nStill before.\n\n## Steps\n1. Go.\n\n## Take care\nMind.\n"
    )
    assert [s.heading for s in (before, steps, care)] == ["", "Steps", "Take care"]
    assert [s.text for s in (before, steps, care)] == [
        "Before.\n\nStill before.",
        "1. Go.",
        "Mind.",
    ]
    assert [s.location.line for s in (before, steps, care)] == [1, 5, 8]


def test_a_file_without_words_has_one_empty_section() -> None:
    (section,) = sections("", first_line=9)
    assert (section.heading, section.text, section.items) == ("", "", ())
    assert section.location == Location("a.md", 9, 1)


def test_the_markdown_of_a_section_stays_as_it_is_written() -> None:
    text = "Mind *this* and [that](exercise:nod):\n\n- one\n- two  \n  more\n\n> said {x=1}"
    _, section = sections(f"## Take care\n\n{text}\n\n\n")
    assert section.text == text


@pytest.mark.parametrize(
    "heading", ["## Steps", "##  Steps", "## Steps ##", "## Steps   ", "## STEPS"]
)
def test_a_heading_is_read_as_markdown_writes_it(make_library: MakeLibrary, heading: str) -> None:
    text = exercise().replace("## Steps", heading)
    library = make_library({"exercises/nod.md": text})
    assert told(library) == []
    assert len(library.exercises["nod"].steps) == 2


def test_a_heading_in_a_code_block_is_no_heading() -> None:
    _, section = sections("## Take care\nSee:\n\n    ## Steps\n")
    assert "## Steps" in section.text


@pytest.mark.parametrize("heading", ["##Take care", "Take care\n---------"])
def test_a_heading_in_another_spelling_is_told_or_read_and_never_becomes_words(
    make_library: MakeLibrary, heading: str
) -> None:
    cues = "\n## Set up\nSit.\n\n"
    library = make_library(
        {"exercises/nod.md": exercise(more=f"{cues}{heading}\nMind your neck.\n")}
    )
    nod = library.exercises["nod"]
    assert library.diagnostics or (nod.take_care, nod.set_up) == ("Mind your neck.", "Sit.")


def test_every_section_of_an_exercise_is_read_into_its_field(make_library: MakeLibrary) -> None:
    more = """
## Set up
Sit *tall*.

On a chair.

## Cues
- Chin in
- Neck
  long

## You should feel
A stretch.

## Take care
- Slowly.
- Gently.

## Stop if
* it hurts

## Make it easier
Smaller.

## Make it harder
Larger.

## Common mistakes
- Too fast.
- Too far.

## For the clinician
Aim: `C0-C2`.
"""
    library = make_library({"exercises/nod.md": exercise(more=more)})
    assert told(library) == []
    nod = library.exercises["nod"]
    assert nod.summary == "Nod slowly."
    assert nod.steps == (Step(text="Look down."), Step(text="Look up."))
    assert nod.set_up == "Sit *tall*.\n\nOn a chair."
    assert nod.cues == (Cue(text="Chin in"), Cue(text="Neck long"))
    assert nod.feel == "A stretch."
    assert nod.take_care == "- Slowly.\n- Gently."
    assert nod.stop_signs == ("it hurts",)
    assert (nod.easier, nod.harder) == ("Smaller.", "Larger.")
    assert nod.mistakes == (Mistake(text="Too fast."), Mistake(text="Too far."))
    assert nod.clinician == "Aim: `C0-C2`."


def test_every_fact_of_an_exercise_is_read_into_its_field(make_library: MakeLibrary) -> None:
    facts = """\
aliases: [nodding, yes]
muscles: {primary: [deep-neck-flexors], secondary: [neck-extensors]}
equipment: [chair, wall]
level: easy
settings: [desk, travel]
goals: [ease-tension]
cautions:
  dizziness: {action: adapt, instead: nod}
  recent-surgery: {action: skip}
figure:
  view: three-quarter left
  frames:
    start: {from: sitting-on-chair}
    down:
      from: start
      head: {flexion: 20}
  side: right
  alignment: [spine in line]
  arrows: [{of: head, from: start, to: down}]
pictures:
  - {file: nod.svg, alt: A nod, author: Ada, licence: CC0}
sources:
  - {title: A book, url: "https://example.org/", year: 2021}
  - title: Another
author: ada
licence: CC-BY-4.0
reviewed: {by: ada, on: 2026-01-05}"""
    library = make_library(
        {
            "exercises/nod.md": exercise(facts, dosage="2 x hold 15 s each side"),
            "people/ada.yaml": "name: Ada\n",
            "nod.svg": "<svg/>",
        }
    )
    assert told(library) == []
    nod = library.exercises["nod"]
    assert (nod.id, nod.language, nod.name, nod.aliases) == ("nod", "en", "Nod", ("nodding", "yes"))
    assert (nod.kind, nod.regions, nod.position) == ("mobility", (Region.NECK,), "sitting")
    assert nod.dosage == Dosage(sets=Amount.of(2), hold=Amount.of(15), side=Side.EACH)
    assert (nod.muscles.primary, nod.muscles.secondary) == (
        ("deep-neck-flexors",),
        ("neck-extensors",),
    )
    assert nod.equipment == (Equipment.CHAIR, Equipment.WALL)
    assert (nod.level, nod.settings, nod.goals) == ("easy", ("desk", "travel"), ("ease-tension",))
    adapt = Caution(condition=Condition.DIZZINESS, action=CautionAction.ADAPT, instead="nod")
    skip = Caution(condition=Condition.RECENT_SURGERY, action=CautionAction.SKIP)
    assert nod.cautions == (adapt, skip)
    assert (nod.precautions, nod.contraindications) == ((adapt,), (skip,))
    figure = nod.figure
    assert figure is not None
    assert (figure.view, figure.side) == ("three-quarter left", Side.RIGHT)
    assert [(frame.name, frame.base, frame.settings) for frame in figure.frames] == [
        ("start", "sitting-on-chair", {}),
        ("down", "start", {"head": {"flexion": 20}}),
    ]
    assert figure.alignment == ("spine in line",)
    assert figure.arrows == (Arrow(of="head", start="start", end="down"),)
    assert nod.pictures == (Picture(file="nod.svg", alt="A nod", author="Ada", licence="CC0"),)
    assert nod.sources == (
        Source(title="A book", url="https://example.org/", year=2021),
        Source(title="Another"),
    )
    assert (nod.author, nod.licence) == ("ada", "CC-BY-4.0")
    assert nod.reviewed == Review(by="ada", on=date(2026, 1, 5))


def test_a_guide_is_passages_under_free_headings_and_a_transcript(
    make_library: MakeLibrary,
) -> None:
    text = page(
        "name: Sit well", "Sit.\n\n## The chair\nSteady.\n\n## Transcript\nSo.\n\n## The end\nRest."
    )
    library = make_library({"guides/sit-well.md": text})
    assert told(library) == []
    guide = library.guides["sit-well"]
    assert guide.summary == "Sit."
    assert guide.passages == (
        Passage(heading="The chair", text="Steady."),
        Passage(heading="The end", text="Rest."),
    )
    assert guide.transcript == "So."


def test_a_second_transcript_is_told_and_does_not_replace_the_first(
    make_library: MakeLibrary,
) -> None:
    text = page("name: Sit well", "Sit.\n\n## Transcript\nOne.\n\n## Transcript\nTwo.")
    library = make_library({"guides/sit-well.md": text})
    assert places(library) == [("SK042", 9, 1)]


@pytest.mark.parametrize("kind", ["series", "glossary", "programmes"])
def test_a_kind_without_sections_says_so_when_one_is_written(
    make_library: MakeLibrary, kind: str
) -> None:
    facts = {
        "series": "guides: [sit]\n",
        "glossary": "",
        "programmes": "phases: [{name: A, weeks: 1, routines: [r]}]\n",
    }
    text = f"---\nname: A\n{facts[kind]}---\nWords.\n\n## More\nWords.\n"
    files = {
        f"{kind}/a.md": text,
        "guides/sit.md": page("name: Sit", "Sit."),
        "routines/r.md": page("name: R\nentries: [nod]", "Go."),
        "exercises/nod.md": exercise(),
    }
    (diagnostic,) = make_library(files).diagnostics
    assert diagnostic.code == "SK040"
    assert diagnostic.hint.rstrip() != "known:"


# Steps --------------------------------------------------------------------------------------------


def items(body: str, *, first_line: int = 1) -> tuple[Item, ...]:
    """Return the entries of the one list that a Steps section holds."""
    (_, section) = sections(f"## Steps\n{body}", first_line=first_line)
    assert section.is_one_list
    return section.items


def lines_of(found: Sequence[Item]) -> list[int]:
    return [item.location.line for item in found]


def test_a_step_knows_its_line_in_the_file() -> None:
    found = items("1. One.\n2. Two.\n3. Three.\n", first_line=30)
    assert [item.text for item in found] == ["One.", "Two.", "Three."]
    assert lines_of(found) == [31, 32, 33]
    assert {item.location.column for item in found} == {4}


def test_a_step_may_be_wrapped_over_lines() -> None:
    found = items("1. Look down\n   to your chest.\n2. Look\nup\n      again.\n3. Rest.\n")
    assert [item.text for item in found] == ["Look down to your chest.", "Look up again.", "Rest."]
    assert lines_of(found) == [2, 4, 7]


def test_blank_lines_between_steps_change_nothing() -> None:
    tight = items("1. One.\n2. Two\n   more. {hold}\n3. Three.\n")
    loose = items("\n1. One.\n\n2. Two\n   more. {hold}\n\n\n3. Three.\n\n")
    assert [(item.text, item.attributes) for item in loose] == [
        (item.text, item.attributes) for item in tight
    ]
    assert lines_of(loose) == [3, 5, 9]


def test_the_numbers_of_steps_need_not_count() -> None:
    found = items("1. One.\n1. Two.\n7. Three.\n10. Ten.\n100000000. Last.\n")
    assert [item.text for item in found] == ["One.", "Two.", "Three.", "Ten.", "Last."]
    assert [item.location.column for item in found] == [4, 4, 4, 5, 12]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),  # blank lines before
            st.lists(st.sampled_from(["Look down.", "Breathe", "and 3 more", "é–x"]), min_size=1),
            st.sampled_from(["", " {frame=a}", " {hold breath=out}", "\n   {breath=in}"]),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 50),
)
def test_every_step_of_every_list_is_found_where_it_stands(
    steps: list[tuple[int, list[str], str]], first_line: int
) -> None:
    body: list[str] = []
    expected = []
    for number, (blank, words, attributes) in enumerate(steps, start=1):
        body += [""] * blank
        expected.append((" ".join(words), first_line + 1 + len(body)))
        step = "\n   ".join(words)
        body += f"{number}. {step}{attributes}".split("\n")
    found = items("\n".join(body) + "\n", first_line=first_line)
    assert [(item.text, item.location.line) for item in found] == expected


@pytest.mark.parametrize(
    ("written", "step"),
    [
        ("Go.", Step(text="Go.")),
        ("Go. {frame=down}", Step(text="Go.", frame="down")),
        ('Go. {frame="down"}', Step(text="Go.", frame="down")),
        ("Go. {: frame=down }", Step(text="Go.", frame="down")),
        ("Go.{breath=in}", Step(text="Go.", breath=Breath.IN)),
        ("Go. {breath=out hold}", Step(text="Go.", breath=Breath.OUT, hold=True)),
        ("Go. {breath=hold}", Step(text="Go.", breath=Breath.HOLD)),
        (
            "Go. {frame=down hold breath=easy}",
            Step(text="Go.", frame="down", breath=Breath.EASY, hold=True),
        ),
        ("Go {slowly} on.", Step(text="Go {slowly} on.")),
        ("Go. {}", Step(text="Go.")),
        ("*Go* to [it](exercise:nod) `{x}`.", Step(text="*Go* to [it](exercise:nod) `{x}`.")),
    ],
)
def test_a_step_ends_with_its_attributes(
    make_library: MakeLibrary, written: str, step: Step
) -> None:
    facts = "figure:\n  frames:\n    down: {from: sitting-on-chair}"
    library = make_library({"exercises/nod.md": exercise(facts, steps=f"1. {written}")})
    assert told(library) == []
    assert library.exercises["nod"].steps == (step,)


def test_attributes_may_stand_on_the_last_line_of_a_wrapped_step(make_library: MakeLibrary) -> None:
    steps = "1. Look\n   down.\n   {breath=in\n   hold}\n2. Look up."
    library = make_library({"exercises/nod.md": exercise(steps=steps)})
    assert told(library) == []
    assert library.exercises["nod"].steps[0] == Step(text="Look down.", breath=Breath.IN, hold=True)


@pytest.mark.parametrize("written", ["{hold=5}", "{breath=in breath=out}", "{frame}", "{breath}"])
def test_an_attribute_that_says_nothing_or_two_things_is_told(
    make_library: MakeLibrary, written: str
) -> None:
    facts = "figure:\n  frames:\n    frame: {from: sitting-on-chair}"
    library = make_library({"exercises/nod.md": exercise(facts, steps=f"1. Go. {written}")})
    assert [code for code, _, _ in places(library)] == ["SK045"]


@pytest.mark.parametrize("heading", ["Cues", "Stop if", "Common mistakes"])
def test_words_in_braces_do_not_vanish_from_other_lists(
    make_library: MakeLibrary, heading: str
) -> None:
    more = f"\n## {heading}\n- Stay {{calm}}\n"
    library = make_library({"exercises/nod.md": exercise(more=more)})
    nod = library.exercises["nod"]
    texts = [*(cue.text for cue in nod.cues), *nod.stop_signs, *(m.text for m in nod.mistakes)]
    assert library.diagnostics or texts == ["Stay {calm}"]


def test_a_mistake_is_shown_by_a_frame_that_breaks_one_rule(make_library: MakeLibrary) -> None:
    facts = """\
figure:
  frames:
    start: {from: sitting-on-chair}
  alignment: [spine in line]
  close-up: neck
  mistakes:
    slump: {from: start, spine: {flexion: 40}, breaks: spine in line}"""
    more = "\n## Common mistakes\n- Slumping. {frame=slump}\n- Haste.\n"
    library = make_library({"exercises/nod.md": exercise(facts, more=more)})
    assert told(library) == []
    nod = library.exercises["nod"]
    assert nod.mistakes == (Mistake(text="Slumping.", frame="slump"), Mistake(text="Haste."))
    assert nod.figure is not None
    assert nod.figure.close_up is CloseUp.NECK
    (slump,) = nod.figure.mistakes
    assert (slump.name, slump.base, slump.breaks) == ("slump", "start", "spine in line")
    assert slump.settings == {"spine": {"flexion": 40}}


def test_a_translated_mistake_keeps_the_frame_of_its_source(make_library: MakeLibrary) -> None:
    facts = """\
figure:
  frames: {start: {from: sitting-on-chair}}
  alignment: [spine in line]
  mistakes:
    slump: {from: start, spine: {flexion: 40}, breaks: spine in line}"""
    more = "\n## Common mistakes\n- Haste.\n- Slumping. {frame=slump}\n"
    spanish = (
        '---\nname: Sí\ntranslates: "000000000000"\n---\nSí.\n\n'
        "## Pasos\n1. Mire abajo.\n2. Mire arriba.\n"
        "\n## Errores frecuentes\n- Prisa.\n- Encorvarse.\n"
    )
    library = make_library(
        {
            "stretchkit.yaml": "name: Test\nlanguage: en\nlanguages: [en, es]\n",
            "exercises/nod.md": exercise(facts, more=more),
            "exercises/nod.es.md": spanish,
        }
    )
    assert library.in_language("es").exercise("nod").mistakes == (
        Mistake(text="Prisa."),
        Mistake(text="Encorvarse.", frame="slump"),
    )


def test_a_fault_in_a_step_is_told_at_the_step(make_library: MakeLibrary) -> None:
    steps = "1. Look\n   down.\n\n2. Look up. {frame=up}\n\n\n10. Rest.\n    {breath=inn}"
    library = make_library({"exercises/nod.md": exercise(steps=steps)})
    assert places(library) == [("SK052", 14, 4), ("SK045", 17, 5)]


@pytest.mark.parametrize("marker", ["-", "*", "+"])
def test_bullets_are_any_that_markdown_has(make_library: MakeLibrary, marker: str) -> None:
    more = f"\n## Cues\n{marker} One\n\n{marker}   Two\n   more\n"
    library = make_library({"exercises/nod.md": exercise(more=more)})
    assert told(library) == []
    assert library.exercises["nod"].cues == (Cue(text="One"), Cue(text="Two more"))


# Headings in other languages ----------------------------------------------------------------------

SPANISH = """\
---
name: Inclinar
kind: mobility
regions: [neck]
position: sitting
dosage: 5 reps
---
Incline la cabeza.

## Preparación
Siéntese.

## Pasos
1. Mire abajo. {breath=out}
2. Mire arriba.

## Claves
- Cuello largo

## Lo que debe notar
Un estiramiento.

## Tenga cuidado
Despacio.

## Deténgase si
- duele

## Para hacerlo más fácil
Menos.

## Para hacerlo más difícil
Más.

## Errores frecuentes
- Ir deprisa.

## Para el profesional
Objetivo.
"""
WORDS = (
    *("summary", "set_up", "steps", "cues", "feel", "take_care", "stop_signs", "easier", "harder"),
    *("mistakes", "clinician"),
)


def test_a_library_may_be_written_in_spanish(make_library: MakeLibrary) -> None:
    library = make_library(
        {"stretchkit.yaml": "name: Prueba\nlanguage: es\n", "exercises/inclinar.md": SPANISH}
    )
    assert told(library) == []
    assert (library.language, library.languages) == ("es", ("es",))
    inclinar = library.exercises["inclinar"]
    assert all(getattr(inclinar, field) for field in WORDS)
    assert inclinar.steps[0] == Step(text="Mire abajo.", breath=Breath.OUT)


def test_headings_may_be_english_in_any_library(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "stretchkit.yaml": "name: Prueba\nlanguage: es\n",
            "exercises/nod.md": exercise(
                more="\n## Claves\n- Cuello largo\n\n## TAKE CARE\nDespacio.\n"
            ),
        }
    )
    assert told(library) == []
    assert library.exercises["nod"].take_care == "Despacio."


def test_a_language_without_labels_takes_english_headings(make_library: MakeLibrary) -> None:
    library = make_library(
        {"stretchkit.yaml": "name: Proef\nlanguage: nl\n", "exercises/nod.md": exercise()}
    )
    assert [d.code for d in library.diagnostics] == ["SK073"]
    library.raise_for_errors()


# Translations -------------------------------------------------------------------------------------

TWO = "name: Test\nlanguages: [en, es]\n"
FRAMES = "figure:\n  frames:\n    down: {from: sitting-on-chair}\n    up: {from: sitting-on-chair}"
SOURCE = exercise(
    FRAMES,
    steps="1. Look down. {frame=down breath=out hold}\n2. Look up. {frame=up breath=in}",
    more="\n## Set up\nSit.\n\n## Cues\n- Chin in\n- Neck long\n\n## Take care\nSlowly.\n",
)
ES = """\
---
name: Inclinar
aliases: [cabecear]
translates: {hash}
---
Incline la cabeza.

## Preparación
Siéntese.

## Pasos
1. Mire abajo.
2. Mire arriba.

## Claves
- Barbilla adentro
- Cuello largo

## Tenga cuidado
Despacio.
"""


def words_hash(source: str, kind: str = "exercises") -> str:
    """Return the hash of a source's words, as the hint of a stale translation tells it."""
    suffix, fence = ("yaml", "") if kind == "people" else ("md", "---\n")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / kind).mkdir()
        (root / "stretchkit.yaml").write_text(TWO, encoding="utf-8")
        (root / kind / f"nod.{suffix}").write_text(source, encoding="utf-8")
        stale = f"{fence}name: Otra\ntranslates: stale\n{fence}"
        (root / kind / f"nod.es.{suffix}").write_text(stale, encoding="utf-8")
        library = Library.load(root)
    (hint,) = (d.hint for d in library.diagnostics if d.code == "SK060")
    found = re.search(r"write translates: ([0-9a-f]{12})$", hint)
    assert found
    return found[1]


def test_a_translation_puts_its_words_over_the_facts_of_its_source(
    make_library: MakeLibrary,
) -> None:
    fresh = words_hash(SOURCE)
    library = make_library(
        {
            "stretchkit.yaml": TWO,
            "exercises/nod.md": SOURCE,
            "exercises/nod.es.md": ES.format(hash=fresh),
        }
    )
    assert told(library) == []
    nod, inclinar = library.exercises["nod"], library.in_language("es").exercises["nod"]
    assert (inclinar.id, inclinar.language) == ("nod", "es")
    assert (inclinar.name, inclinar.aliases) == ("Inclinar", ("cabecear",))
    assert inclinar.summary == "Incline la cabeza."
    assert (inclinar.set_up, inclinar.take_care) == ("Siéntese.", "Despacio.")
    assert inclinar.cues == (Cue(text="Barbilla adentro"), Cue(text="Cuello largo"))
    assert inclinar.steps == (
        Step(text="Mire abajo.", frame="down", breath=Breath.OUT, hold=True),
        Step(text="Mire arriba.", frame="up", breath=Breath.IN),
    )
    assert (inclinar.figure, inclinar.dosage) == (nod.figure, nod.dosage)
    assert library.exercises["nod"].name == "Nod"


def test_a_library_keeps_the_source_where_nothing_is_translated(make_library: MakeLibrary) -> None:
    library = make_library({"stretchkit.yaml": TWO, "exercises/nod.md": SOURCE})
    assert [d.code for d in library.diagnostics] == ["SK064"]
    library.raise_for_errors()
    spanish = library.in_language("es")
    assert spanish.language == "es"
    assert spanish.exercises["nod"] == library.exercises["nod"]


def test_a_library_can_be_taken_back_to_its_own_language(library: Library) -> None:
    back = library.in_language("es").in_language("en")
    assert back.exercises["cat-cow"] == library.exercises["cat-cow"]


def test_a_language_that_is_not_offered_is_named_with_the_nearest(library: Library) -> None:
    with pytest.raises(UnknownIdError, match='no language "ess"; did you mean "es"'):
        library.in_language("ess")
    with pytest.raises(UnknownIdError, match="known: en, es"):
        library.in_language("ja")
    assert library.in_language("en") is library


def test_a_stale_translation_is_told_at_its_hash_and_still_used(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "stretchkit.yaml": TWO,
            "exercises/nod.md": SOURCE,
            "exercises/nod.es.md": ES.format(hash="0123456789ab"),
        }
    )
    assert places(library) == [("SK060", 4, 13)]
    assert library.diagnostics[0].severity is Severity.WARNING
    library.raise_for_errors()
    assert library.in_language("es").exercises["nod"].name == "Inclinar"


def test_writing_the_hash_of_the_hint_makes_a_translation_fresh(make_library: MakeLibrary) -> None:
    sources = {
        "exercises": SOURCE,
        "routines": page("name: R\nentries: [{exercise: nod, note: Slowly}]", "Go."),
        "guides": page("name: G\nvideo: {title: V}", "Sit.\n\n## A\nB"),
        "glossary": page("name: T\naliases: [u]", "Words."),
        "people": "name: P\nrole: R\n",
    }
    files = {"stretchkit.yaml": TWO}
    for kind, source in sources.items():
        suffix, fence = ("yaml", "") if kind == "people" else ("md", "---\n")
        words = f"{fence}name: O\ntranslates: {words_hash(source, kind)}\n{fence}"
        files |= {f"{kind}/nod.{suffix}": source, f"{kind}/nod.es.{suffix}": words}
    library = make_library(files)
    assert len(library.translations["es"]) == len(sources)
    assert "SK060" not in [d.code for d in library.diagnostics]


FACTS_CHANGED = {
    "dosage": ("dosage: 5 reps", "dosage: 2 x hold 15 s each side"),
    "kind": ("kind: mobility", "kind: static stretch"),
    "regions": ("[neck]", "[shoulders, neck]"),
    "frame of a step": ("{frame=up breath=in}", "{frame=down breath=in}"),
    "breath of a step": ("{frame=up breath=in}", "{frame=up breath=easy}"),
    "hold of a step": ("breath=out hold}", "breath=out}"),
    "no attributes": (" {frame=up breath=in}", ""),
    "figure": ("down: {from: sitting-on-chair}", "down: {from: standing, head: {flexion: 5}}"),
    "licence": ("figure:", "licence: CC0\nfigure:"),
    "comment": ("figure:", "# a remark\nfigure:"),
    "order of facts": ("kind: mobility\nregions: [neck]", "regions: [neck]\nkind: mobility"),
    "blank lines": ("## Set up\n", "\n## Set up\n\n"),
    "wrapping": ("1. Look down.", "1. Look\n   down."),
    "numbering": ("2. Look up.", "1. Look up."),
    "bullets": ("- Chin in\n- Neck long", "* Chin in\n\n* Neck long"),
}


@pytest.mark.parametrize("change", FACTS_CHANGED)
def test_a_translation_stays_fresh_when_only_facts_change(change: str) -> None:
    old, new = FACTS_CHANGED[change]
    assert old in SOURCE
    assert words_hash(SOURCE.replace(old, new)) == words_hash(SOURCE)


WORDS_CHANGED = {
    "name": ("name: Nod", "name: Bow"),
    "a letter": ("Nod slowly.", "Nod slowly!"),
    "an alias": ("kind: mobility", "kind: mobility\naliases: [bow]"),
    "a step": ("2. Look up.", "2. Look far up."),
    "the order of steps": (
        "1. Look down. {frame=down breath=out hold}\n2. Look up. {frame=up breath=in}",
        "1. Look up. {frame=up breath=in}\n2. Look down. {frame=down breath=out hold}",
    ),
    "one more step": ("{frame=up breath=in}", "{frame=up breath=in}\n3. Rest."),
    "a section's words": ("Sit.", "Sit down."),
    "a cue": ("- Neck long", "- Neck short"),
    "a cue less": ("- Neck long\n", ""),
    "a section less": ("\n## Take care\nSlowly.\n", ""),
    "a section more": ("\n## Take care", "\n## Make it easier\nLess.\n\n## Take care"),
    "a section's place": ("## Set up\nSit.", "## Make it easier\nSit."),
    "emphasis": ("Slowly.", "*Slowly.*"),
}


@pytest.mark.parametrize("change", WORDS_CHANGED)
def test_a_translation_is_stale_as_soon_as_a_word_changes(change: str) -> None:
    old, new = WORDS_CHANGED[change]
    assert old in SOURCE
    assert words_hash(SOURCE.replace(old, new)) != words_hash(SOURCE)


OTHER_WORDS = {
    "routines": (
        page("name: R\nentries: [{exercise: nod, note: Slowly}]", "Go.\n\n## Afterwards\nRest."),
        [("name: R", "name: S"), ("Slowly", "Fast"), ("Go.", "Stop."), ("Rest.", "Drink.")],
        [("exercise: nod", "exercise: nod, dosage: 9 reps"), ("name: R", "name: R\nlevel: easy")],
    ),
    "programmes": (
        page("name: P\nphases: [{name: One, weeks: 1, routines: [r]}]", "Go."),
        [("name: P", "name: Q"), ("One", "Two"), ("Go.", "Stop.")],
        [("weeks: 1", "weeks: 2"), ("[r]", "[s]")],
    ),
    "guides": (
        page("name: G\nvideo: {title: V}", "Sit.\n\n## Chair\nSteady.\n\n## Transcript\nSo."),
        [("name: G", "name: H"), ("title: V", "title: W"), ("## Chair", "## Seat"), ("So.", "No.")],
        [("title: V", "title: V, duration: 3 min"), ("name: G", "name: G\nrelated: [g]")],
    ),
    "series": (
        page("name: S\nguides: [g]", "Sit."),
        [("name: S", "name: T"), ("Sit.", "Stand.")],
        [("[g]", "[g, h]")],
    ),
    "glossary": (
        page("name: T\naliases: [u]", "Words."),
        [("name: T", "name: U"), ("[u]", "[v]"), ("Words.", "Other words.")],
        [("name: T", "name: T\nlicence: CC0")],
    ),
    "people": (
        "name: P\nrole: R\ncredentials: [C]\nbio: B\n",
        [("name: P", "name: Q"), ("role: R", "role: S"), ("[C]", "[D]"), ("bio: B", "bio: C")],
        [("name: P", 'name: P\nurl: "https://example.org/"')],
    ),
}


@pytest.mark.parametrize("kind", OTHER_WORDS)
def test_the_hash_of_every_kind_covers_its_words_and_no_facts(kind: str) -> None:
    source, words, facts = OTHER_WORDS[kind]
    fresh = words_hash(source, kind)
    for old, new in words:
        assert words_hash(source.replace(old, new), kind) != fresh, new
    for old, new in facts:
        assert words_hash(source.replace(old, new), kind) == fresh, new


def test_every_kind_of_content_is_translated(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "stretchkit.yaml": TWO,
            "exercises/nod.md": exercise("pictures: [{file: a.svg, alt: A nod}]"),
            "exercises/nod.es.md": page(
                "name: Inclinar\nalt: [Una inclinación]\ntranslates: x",
                "Incline.\n\n## Steps\n1. Abajo.\n2. Arriba.",
            ),
            "a.svg": "<svg/>",
            "routines/r.md": page(
                "name: R\nentries: [{exercise: nod, note: Slowly}, nod]",
                "Go.\n\n## Before you start\nSit.\n\n## Afterwards\nRest.",
            ),
            "routines/r.es.md": page(
                "name: Erre\nnotes: {nod: Despacio}\ntranslates: x",
                "Vaya.\n\n## Antes de empezar\nSiéntese.\n\n## Después\nDescanse.",
            ),
            "programmes/p.md": page(
                "name: P\nphases:\n  - {name: One, weeks: 2, routines: [r]}", "P."
            ),
            "programmes/p.es.md": page("name: Pe\nphases: [Uno]\ntranslates: x", "Pe."),
            "guides/g.md": page(
                "name: G\nvideo: {title: V, duration: 3 min}\nroutine: r",
                "G.\n\n## One\nFirst.\n\n## Transcript\nSo.",
            ),
            "guides/g.es.md": page(
                "name: Ge\nvideo: Uve\ntranslates: x",
                "Ge.\n\n## Uno\nPrimero.\n\n## Transcripción\nAsí.",
            ),
            "series/s.md": page("name: S\nguides: [g]", "S."),
            "series/s.es.md": page("name: Ese\ntranslates: x", "Ese."),
            "glossary/t.md": page("name: T\naliases: [u]", "T."),
            "glossary/t.es.md": page("name: Te\naliases: [ú]\ntranslates: x", "Te."),
            "people/ada.yaml": "name: Ada\nrole: R\ncredentials: [C]\nbio: B\n",
            "people/ada.es.yaml": "name: L\nrole: Er\ncredentials: [Ce]\nbio: Be\ntranslates: x\n",
        }
    )
    assert {d.code for d in library.diagnostics} == {"SK060"}
    es = library.in_language("es")
    assert es.exercises["nod"].pictures == (Picture(file="a.svg", alt="Una inclinación"),)
    routine = es.routines["r"]
    assert routine.entries == (Entry("nod", note="Despacio"), Entry("nod", note="Despacio"))
    assert (routine.summary, routine.before, routine.after) == ("Vaya.", "Siéntese.", "Descanse.")
    programme = es.programmes["p"]
    assert [(phase.name, phase.weeks) for phase in programme.phases] == [("Uno", 2)]
    guide = es.guides["g"]
    assert guide.video is not None
    assert (guide.video.title, guide.video.seconds) == ("Uve", 180)
    assert guide.passages == (Passage(heading="Uno", text="Primero."),)
    assert (guide.routine, guide.transcript) == ("r", "Así.")
    assert (es.series["s"].summary, es.series["s"].guides) == ("Ese.", ("g",))
    assert (es.glossary["t"].aliases, es.glossary["t"].definition) == (("ú",), "Te.")
    ada = es.people["ada"]
    assert (ada.name, ada.role, ada.credentials, ada.bio) == ("L", "Er", ("Ce",), "Be")
    tables = (
        es.exercises,
        es.routines,
        es.programmes,
        es.guides,
        es.series,
        es.glossary,
        es.people,
    )
    assert {content.language for table in tables for content in table.values()} == {"es"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- Cuello largo\n", ""),
        ("- Cuello largo\n", "- Cuello largo\n- Otra\n"),
        ("\n## Tenga cuidado", "\n## Errores frecuentes\n- Ir deprisa.\n\n## Tenga cuidado"),
    ],
    ids=["a cue less", "a cue more", "a section more"],
)
def test_a_translation_has_the_list_entries_and_no_more_sections_than_its_source(
    make_library: MakeLibrary, old: str, new: str
) -> None:
    spanish = ES.format(hash=words_hash(SOURCE))
    assert old in spanish
    library = make_library(
        {
            "stretchkit.yaml": TWO,
            "exercises/nod.md": SOURCE,
            "exercises/nod.es.md": spanish.replace(old, new),
        }
    )
    assert [d.code for d in library.diagnostics] == ["SK062"]


def test_a_section_that_is_not_translated_is_told_and_stays_as_it_is(
    make_library: MakeLibrary,
) -> None:
    spanish = ES.format(hash=words_hash(SOURCE)).replace("\n## Tenga cuidado\nDespacio.\n", "")
    library = make_library(
        {"stretchkit.yaml": TWO, "exercises/nod.md": SOURCE, "exercises/nod.es.md": spanish}
    )
    assert places(library) == [("SK065", 6, 1)]
    assert library.in_language("es").exercises["nod"].take_care == "Slowly."


def test_two_translations_of_one_file_to_one_language_are_told(make_library: MakeLibrary) -> None:
    spanish = ES.format(hash=words_hash(SOURCE))
    library = make_library(
        {
            "stretchkit.yaml": TWO,
            "exercises/nod.md": SOURCE,
            "exercises/a/nod.es.md": spanish,
            "exercises/b/nod.es.md": spanish,
        }
    )
    assert [d.code for d in library.diagnostics] == ["SK009"]


def test_what_a_library_extends_can_be_translated_to_its_own_language(
    make_library: MakeLibrary,
) -> None:
    library = make_library(
        {
            "stretchkit.yaml": "name: A\nlanguage: es\nextends: bundled\n",
            "people/personal-trainer.es.yaml": "name: Equipo\ntranslates: x\n",
        }
    )
    assert library.people["personal-trainer"].name == "Equipo"
    assert {diagnostic.code for diagnostic in library.diagnostics} == {"SK060"}


def test_a_translation_to_the_language_of_the_source_is_told(make_library: MakeLibrary) -> None:
    text = ES.format(hash=words_hash(SOURCE))
    library = make_library({"exercises/nod.md": SOURCE, "exercises/nod.en.md": text})
    assert len(library.diagnostics) == 1


# Places and nearest words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ("level: esay", ("SK033", 7, 8)),
        ("level:   esay", ("SK033", 7, 10)),
        ("level:\n  esay", ("SK033", 8, 3)),
        ("equipment: [chair, mats]", ("SK033", 7, 20)),
        ("equipment:\n  - chair\n  - mats", ("SK033", 9, 5)),
        ("cautions:\n  heart: {action: ask}\n  hart: {action: ask}", ("SK033", 9, 3)),
        ("cautions:\n  heart:\n    action: asks", ("SK033", 9, 13)),
        ("# a remark\n\nlevl: easy", ("SK031", 9, 1)),
        ("sources:\n  - title: A\n    yaer: 2021", ("SK031", 9, 5)),
        ("sources:\n  - title: A\n  - year: 2021", ("SK030", 9, 5)),
        ("figure: {view: sied}", ("SK033", 7, 16)),
        ("aliases: [á, ñ, 15]", ("SK032", 7, 17)),
        ("aliases: ['a', \"b\", 15]", ("SK032", 7, 21)),
        ("pictures:\n  - alt: A\n    file: ../a.png", ("SK036", 9, 11)),
        ("progressions: [nod-off]", ("SK050", 7, 16)),
        ("cautions:\n  heart: {action: ask, instead: nods}", ("SK050", 8, 33)),
        ("reviewed:\n  by: nobody\n  on: 2026-01-05", ("SK050", 8, 7)),
        ("author: nobody", ("SK050", 7, 9)),
    ],
)
def test_a_fault_in_the_facts_is_told_where_it_stands(
    make_library: MakeLibrary, facts: str, place: tuple[str, int, int]
) -> None:
    library = make_library({"exercises/nod.md": exercise(facts)})
    assert places(library) == [place]


@pytest.mark.parametrize(
    ("dosage", "column"),
    [
        ("hold fifteen s", 14),
        ("  hold fifteen s", 16),
        ("2 x hold fifteen s", 18),
        ("5 reps,  every night", 24),
        ('"hold fifteen s"', 15),
        ("'2 x hold fifteen s'", 19),
    ],
)
def test_a_fault_in_a_dosage_is_told_at_the_word_at_fault(
    make_library: MakeLibrary, dosage: str, column: int
) -> None:
    library = make_library({"exercises/nod.md": exercise(dosage=dosage)})
    assert places(library) == [("SK035", 6, column)]


def test_a_fault_in_the_length_of_a_video_is_told_in_the_words_that_were_written(
    make_library: MakeLibrary,
) -> None:
    text = page("name: Sit\nvideo: {title: Sit, duration: soon}", "Sit.")
    (diagnostic,) = make_library({"guides/sit.md": text}).diagnostics
    assert (diagnostic.location.line, diagnostic.location.column) == (3, 31)
    assert 'after "for"' not in diagnostic.message


def test_every_field_that_is_missing_is_told(make_library: MakeLibrary) -> None:
    library = make_library({"exercises/nod.md": page("name: Nod", "Nod.\n\n## Steps\n1. Nod.")})
    missing = [message.rpartition("error ")[2] for message in told(library)]
    assert missing == [
        f'SK030 the field "{name}" is missing' for name in ("dosage", "kind", "position", "regions")
    ]


@pytest.mark.parametrize("front", ["", "# facts\n"])
def test_a_fault_in_the_words_does_not_hide_that_the_facts_are_missing(
    make_library: MakeLibrary, front: str
) -> None:
    text = f"---\n{front}---\n<b>Nod.</b>\n\n## Steps\n1. Nod.\n"
    library = make_library({"exercises/nod.md": text})
    assert {"SK030", "SK046"} <= {code for code, _, _ in places(library)}


def test_an_unknown_id_in_the_words_is_told_where_it_stands(make_library: MakeLibrary) -> None:
    words = "Nod.\n\nThen [bow](exercise:bow)."
    steps = "1. Look [down](term:down).\n2. Look up."
    library = make_library(
        {
            "exercises/nod.md": exercise(words=words, steps=steps),
            "guides/sit.md": page("name: Sit", "Sit.\n\n## Chair\n\n[Stand](routine:stand)"),
        }
    )
    assert [line.partition(": ")[0].rpartition(":")[0] for line in told(library)] == [
        "exercises/nod.md:10",
        "exercises/nod.md:13",
        "guides/sit.md:8",
    ]


def test_an_unknown_id_in_the_words_is_told_with_the_nearest(make_library: MakeLibrary) -> None:
    words = "[a](exercise:nodd) [b](guide:sit) [c](https://example.org/) [d](exercise:nod)"
    library = make_library({"exercises/nod.md": exercise(words=words)})
    messages = [line.rpartition("error ")[2] for line in told(library)]
    assert messages == [
        'SK050 there is no exercise "nodd". hint: did you mean "nod"?',
        'SK050 there is no guide "sit"',
    ]


def test_an_unknown_id_in_the_words_of_a_translation_is_told(make_library: MakeLibrary) -> None:
    fresh = words_hash(SOURCE)
    text = ES.format(hash=fresh).replace("Incline la", "Incline [la](exercise:nada)")
    library = make_library(
        {"stretchkit.yaml": TWO, "exercises/nod.md": SOURCE, "exercises/nod.es.md": text}
    )
    (line,) = told(library)
    assert line.startswith("exercises/nod.es.md:6:")
    assert "SK050" in line


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("shoulder", Region, "shoulders"),
        ("Upper Back", Region, "upper-back"),
        ("upper_back", Region, "upper-back"),
        ("wrist-and-hand", Region, "wrists-and-hands"),
        ("static-stretch", ["static stretch", "dynamic stretch"], "static stretch"),
        ("Mat", Equipment, "mat"),
        ("foamroller", Equipment, "foam-roller"),
        ("high blood pressure", Condition, "high-blood-pressure"),
        ("nap", Region, None),
        ("", Region, None),
        ("x", [], None),
    ],
)
def test_the_nearest_word_is_what_was_most_likely_meant(
    word: str, known: Collection[str], expected: str | None
) -> None:
    assert nearest(word, known) == expected


def test_a_hint_names_the_nearest_word_or_a_few_of_those_there_are() -> None:
    assert did_you_mean("siting", ["standing", "sitting"]) == 'did you mean "sitting"?'
    assert did_you_mean("xyz", ["b", "a"]) == "known: a, b"
    many = [f"{letter}{letter}" for letter in "abcdefghijklmn"]
    assert did_you_mean("zzz", many) == f"known: {', '.join(many[:12])}, …"


KNOWN = st.from_regex(r"[a-z]{1,6}(?:[- ][a-z]{1,6})?", fullmatch=True)


@given(st.text(max_size=20), st.lists(KNOWN, max_size=8))
def test_the_nearest_word_is_always_one_of_those_there_are(word: str, known: list[str]) -> None:
    assert nearest(word, known) in {None, *known}
    assert not known or nearest(known[0], known) is not None


# Libraries on top of the bundled one --------------------------------------------------------------

OWN = "name: Clinic\nlanguages: [en, es]\nextends: bundled\n"


def test_a_library_may_build_on_the_bundled_one(
    make_library: MakeLibrary, library: Library
) -> None:
    own = make_library(
        {"stretchkit.yaml": OWN, "exercises/nod.md": exercise("progressions: [chin-tuck]")}
    )
    assert [d.code for d in own.diagnostics] == ["SK064"]
    assert own.settings.name == "Clinic"
    assert set(own.exercises) == {*library.exercises, "nod"}
    assert own.routines == library.routines
    assert own.glossary == library.glossary
    assert own.harder(own.exercise("nod")) == (library.exercise("chin-tuck"),)
    spanish = own.in_language("es")
    assert spanish.exercises["cat-cow"] == library.in_language("es").exercises["cat-cow"]
    assert spanish.exercises["nod"].language == "en"


def test_a_file_of_the_same_id_replaces_the_bundled_one_and_its_translation(
    make_library: MakeLibrary, library: Library
) -> None:
    own = make_library(
        {"stretchkit.yaml": OWN, "exercises/mine/cat-cow.md": exercise(name="Our cat and cow")}
    )
    assert [d.code for d in own.diagnostics] == ["SK064"]
    assert own.exercises["cat-cow"].name == "Our cat and cow"
    assert own.in_language("es").exercises["cat-cow"].name == "Our cat and cow"
    assert own.in_language("es").routines == library.in_language("es").routines


def test_a_translation_may_be_replaced_alone(make_library: MakeLibrary, library: Library) -> None:
    theirs = library.in_language("es").exercises["cat-cow"]
    steps = "\n".join(f"{number}. {step.text}" for number, step in enumerate(theirs.steps, start=1))
    text = page("name: Gato\ntranslates: stale", f"Nuestro gato.\n\n## Pasos\n{steps}")
    own = make_library({"stretchkit.yaml": OWN, "exercises/cat-cow.es.md": text})
    assert {d.code for d in own.diagnostics} == {"SK060", "SK065"}
    assert own.exercises["cat-cow"] == library.exercises["cat-cow"]
    cat = own.in_language("es").exercises["cat-cow"]
    assert (cat.name, cat.summary) == ("Gato", "Nuestro gato.")
    assert [(step.frame, step.breath) for step in cat.steps] == [
        (step.frame, step.breath) for step in theirs.steps
    ]


def test_a_translation_of_a_replaced_file_is_compared_with_the_replacement(
    make_library: MakeLibrary,
) -> None:
    fresh = words_hash(SOURCE)
    own = make_library(
        {
            "stretchkit.yaml": OWN,
            "exercises/cat-cow.md": SOURCE,
            "exercises/cat-cow.es.md": ES.format(hash=fresh),
        }
    )
    assert not [d for d in own.diagnostics if "cat-cow" in d.location.path]
    assert own.in_language("es").exercises["cat-cow"].name == "Inclinar"


def test_a_replaced_person_is_the_author_of_bundled_content(make_library: MakeLibrary) -> None:
    own = make_library(
        {"stretchkit.yaml": "name: A\nextends: bundled\n", "people/stretchkit.yaml": "name: Us\n"}
    )
    assert told(own) == []
    assert own.people[own.exercises["cat-cow"].author or ""].name == "Us"
    assert own.languages == ("en",)


def test_a_spanish_library_on_top_of_the_bundled_one_is_in_spanish(
    make_library: MakeLibrary, library: Library
) -> None:
    own = make_library(
        {"stretchkit.yaml": "name: Clínica\nlanguage: es\nlanguages: [es, en]\nextends: bundled\n"}
    )
    assert told(own) == []
    assert own.exercises["cat-cow"].name == library.in_language("es").exercises["cat-cow"].name
    assert own.in_language("en").exercises["cat-cow"].name == library.exercises["cat-cow"].name


def test_an_own_translation_to_a_language_that_is_not_announced_is_told(
    make_library: MakeLibrary,
) -> None:
    own = make_library(
        {
            "stretchkit.yaml": "name: A\nextends: bundled\n",
            "exercises/nod.md": exercise(),
            "exercises/nod.fr.md": page("name: N\ntranslates: x", "N.\n\n## Steps\n1. A.\n2. B."),
        }
    )
    assert [d.code for d in own.diagnostics] == ["SK063"]


def test_languages_begin_with_that_of_the_sources(make_library: MakeLibrary) -> None:
    settings_text = "name: A\nlanguage: es\nlanguages: [en, es, es-MX]\n"
    library = make_library({"stretchkit.yaml": settings_text})
    assert told(library) == []
    assert library.languages == ("es", "en", "es-MX")


def test_a_language_that_is_announced_twice_is_offered_once(make_library: MakeLibrary) -> None:
    library = make_library({"stretchkit.yaml": "name: A\nlanguages: [en, es, es]\n"})
    assert library.languages == ("en", "es")


# What a library answers ---------------------------------------------------------------------------

SHELF = {
    "exercises/nod.md": exercise(
        "equipment: [chair]\nsettings: [desk]\ngoals: [ease-tension]\naliases: [yes-yes]\n"
        "cautions: {dizziness: {action: skip}}\nprogressions: [tilt]",
        name="nod",
    ),
    "exercises/floor/tilt.md": exercise(
        "equipment: [mat, pillow]\nlevel: easy\nsettings: [home, bed]\nprogressions: [turn, roll]\n"
        "cautions: {dizziness: {action: ask}, heart: {action: ask}}",
        name="Étirement",
        regions="[shoulders, neck]",
        position="supine",
    ),
    "exercises/floor/turn.md": exercise(
        "level: moderate", name="Slow turn", regions="[lower-back]", position="standing"
    ),
    "exercises/roll.md": exercise("level: harder", name="Roll", regions="[neck]"),
    "routines/morning.md": page(
        "name: Morning\nentries: [nod, {exercise: tilt, dosage: 9 reps}]", "Go."
    ),
    "routines/evening.md": page("name: Evening\nentries: [turn]", "Go."),
    "programmes/month.md": page(
        "name: Month\nphases:\n"
        "  - {name: A, weeks: 1, routines: [morning]}\n"
        "  - {name: B, weeks: 1, routines: [evening]}",
        "Go.",
    ),
    "guides/sit-well.md": page("name: Sit well\nroutine: morning", "Sit."),
    "guides/read.md": page("name: Read", "Read."),
    "series/all.md": page("name: All\nguides: [sit-well, read]", "All."),
}


@pytest.fixture
def shelf(make_library: MakeLibrary) -> Library:
    library = make_library(SHELF)
    library.raise_for_errors()
    return library


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({}, "tilt nod roll turn"),
        ({"region": "neck"}, "tilt nod roll"),
        ({"region": Region.SHOULDERS}, "tilt"),
        ({"position": "sitting"}, "nod roll"),
        ({"kind": "mobility", "position": "standing"}, "turn"),
        ({"kind": "breathing"}, ""),
        ({"level": "easy"}, "tilt"),
        ({"setting": "bed"}, "tilt"),
        ({"goal": "ease-tension"}, "nod"),
        ({"without": ["chair"]}, "tilt roll turn"),
        ({"without": {"chair", Equipment.PILLOW}}, "roll turn"),
        ({"equipment": []}, "roll turn"),
        ({"equipment": ["chair"]}, "nod roll turn"),
        ({"equipment": ["mat"]}, "roll turn"),
        ({"equipment": ["mat", "pillow"]}, "tilt roll turn"),
        ({"avoid": ["dizziness"]}, "roll turn"),
        ({"avoid": [Condition.HEART]}, "nod roll turn"),
        ({"avoid": ["glaucoma"]}, "tilt nod roll turn"),
        ({"text": "TURN"}, "turn"),
        ({"text": "turn slow"}, "turn"),
        ({"text": "yes"}, "nod"),
        ({"text": "étir"}, "tilt"),
        ({"text": "slow nod"}, ""),
        ({"region": "neck", "without": ["chair"], "level": "harder"}, "roll"),
    ],
)
def test_exercises_are_selected_by_every_facet_given_in_the_order_of_their_names(
    shelf: Library, facets: dict[str, Any], expected: str
) -> None:
    assert " ".join(found.id for found in shelf.select(**facets)) == expected


@pytest.mark.parametrize(
    "facets",
    [
        {"region": "necks"},
        {"position": "seated"},
        {"kind": "stretch"},
        {"level": "hard"},
        {"setting": "office"},
        {"goal": "cure"},
        {"without": ["kettle"]},
        {"equipment": ["kettle"]},
        {"avoid": ["headache"]},
    ],
)
def test_a_word_outside_of_its_list_is_refused_not_ignored(
    shelf: Library, facets: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        shelf.select(**facets)


@pytest.mark.parametrize("facet", ["without", "equipment", "avoid"])
def test_one_word_is_not_taken_for_a_list_of_letters(shelf: Library, facet: str) -> None:
    facets: dict[str, Any] = {facet: "chair"}
    with pytest.raises(TypeError, match="several words"):
        shelf.select(**facets)


def test_contents_are_listed_by_name_whatever_its_accents_and_capitals(shelf: Library) -> None:
    assert [e.name for e in shelf.exercises.values()] == ["Étirement", "nod", "Roll", "Slow turn"]


def test_easier_exercises_are_those_that_lead_to_one(shelf: Library) -> None:
    tilt = shelf.exercise("tilt")
    assert [e.id for e in shelf.harder(tilt)] == ["turn", "roll"]
    assert [e.id for e in shelf.easier(tilt)] == ["nod"]
    assert [e.id for e in shelf.easier(shelf.exercise("roll"))] == ["tilt"]
    assert shelf.easier(shelf.exercise("nod")) == ()
    assert shelf.harder(shelf.exercise("turn")) == ()


def test_every_progression_leads_back_as_a_regression(library: Library) -> None:
    for exercise_ in library.exercises.values():
        for harder in library.harder(exercise_):
            assert exercise_ in library.easier(harder)
        for easier in library.easier(exercise_):
            assert exercise_ in library.harder(easier)


def test_a_progression_that_is_not_there_is_told_and_left_out(make_library: MakeLibrary) -> None:
    library = make_library({"exercises/nod.md": exercise("progressions: [gone]")})
    assert [d.code for d in library.diagnostics] == ["SK050"]
    assert library.harder(library.exercise("nod")) == ()
    with pytest.raises(ContentError, match='there is no exercise "gone"'):
        library.raise_for_errors()


def test_a_routine_is_made_of_what_is_named(shelf: Library) -> None:
    morning = shelf.routine("morning")
    assert shelf.routine_of(["morning"]) is morning
    assert shelf.routine_of(["sit-well"]) is morning
    one = shelf.routine_of(["turn"])
    assert (one.id, one.name, one.entries) == ("turn", "Slow turn", (Entry("turn"),))
    several = shelf.routine_of(["roll", "sit-well", "evening", "roll"], title="For Ada")
    assert several == Routine(
        id="roll-sit-well-evening-roll",
        name="For Ada",
        entries=(Entry("roll"), *morning.entries, Entry("turn"), Entry("roll")),
    )
    assert shelf.routine_of(["roll", "nod"]).name == "Your exercises"
    assert shelf.routine_of(["morning"], title="For Ada").name == "For Ada"
    assert shelf.routine_of([]).entries == ()


def test_an_entry_may_change_the_dosage_of_its_exercise(shelf: Library) -> None:
    nod, tilt = shelf.prescriptions(shelf.routine("morning"))
    assert nod.dosage == nod.exercise.dosage == Dosage(reps=Amount.of(5))
    assert tilt.dosage == Dosage(reps=Amount.of(9))
    assert tilt.exercise.dosage == Dosage(reps=Amount.of(5))


def test_a_routine_of_a_guide_without_one_or_of_a_programme_is_refused_with_a_way_out(
    shelf: Library,
) -> None:
    with pytest.raises(UnknownIdError, match='the guide "read" has no routine'):
        shelf.routine_of(["read"])
    with pytest.raises(UnknownIdError, match="one of its routines: morning, evening"):
        shelf.routine_of(["month"])


def test_an_id_that_names_nothing_is_answered_with_the_nearest(shelf: Library) -> None:
    with pytest.raises(UnknownIdError, match='no exercise "nodd"; did you mean "nod"'):
        shelf.exercise("nodd")
    with pytest.raises(UnknownIdError, match='no routine "mornin"; did you mean "morning"'):
        shelf.routine("mornin")
    with pytest.raises(UnknownIdError, match='no guide "sitwell"; did you mean "sit-well"'):
        shelf.guide("sitwell")
    with pytest.raises(UnknownIdError, match='guide "evenin"; did you mean "evening"'):
        shelf.find("evenin")
    with pytest.raises(UnknownIdError, match='"morning-2"; did you mean "morning"'):
        shelf.routine_of(["nod", "morning-2"])
    with pytest.raises(UnknownIdError, match=r"known: evening, morning$"):
        shelf.routine("xyz")


def test_an_unknown_id_is_a_key_error_with_a_plain_sentence(shelf: Library) -> None:
    with pytest.raises(KeyError) as caught:
        shelf.exercise("nodd")
    assert str(caught.value) == 'there is no exercise "nodd"; did you mean "nod"?'


def test_an_empty_library_says_that_it_is_empty(make_library: MakeLibrary) -> None:
    with pytest.raises(UnknownIdError) as caught:
        make_library({}).exercise("nod")
    assert not str(caught.value).rstrip().endswith("known:")


def test_a_guide_knows_its_series_and_its_neighbours(shelf: Library) -> None:
    series = shelf.series_of(shelf.guide("read"))
    assert series is not None
    assert (series.before("sit-well"), series.after("sit-well")) == (None, "read")
    assert (series.before("read"), series.after("read")) == ("sit-well", None)
    assert series.before("gone") is series.after("gone") is None


def test_an_id_may_be_that_of_contents_of_several_kinds(make_library: MakeLibrary) -> None:
    files = {
        "exercises/nod.md": exercise(),
        "routines/nod.md": page("name: R\nentries: [nod]", "Go."),
        "guides/nod.md": page("name: G", "Sit."),
        "glossary/nod.md": page("name: T", "Term."),
    }
    library = make_library(files)
    assert told(library) == []
    assert library.find("nod") is library.guides["nod"]
