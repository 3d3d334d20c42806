"""Whole outputs, compared with the files in `golden/` letter by letter.

When an output is meant to change, run `pytest tests/test_golden.py --update-golden` and read the
difference before it is committed.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from stretchkit.figure import artist
from stretchkit.figure.drawn import Description, Drawing
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.drawings import Means
from stretchkit.rendering.handout import html, markdown_with_pictures
from stretchkit.rendering.site import build_site

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]
Tree = Mapping[PurePosixPath, bytes]
Compare = Callable[[str, Tree], None]

GOLDEN = Path(__file__).with_name("golden")
CASES = {"empty", "full", "site", "upper-back-relaxation"}
DAY = date(2026, 1, 5)
SHOWN_LINES = 25
UNKEPT = Means(cache=False)


# Comparing ---------------------------------------------------------------------------------------


def tree_of(folder: Path) -> Tree:
    """The files of a folder by relative path."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {PurePosixPath(p.relative_to(folder).as_posix()): p.read_bytes() for p in files}


def difference(golden: Tree, made: Tree) -> str:
    """Say how two trees differ, in a few lines; say nothing when they are the same."""
    faults = [f"no longer made: {path}" for path in sorted(set(golden) - set(made))]
    faults += [f"newly made: {path}" for path in sorted(set(made) - set(golden))]
    changed = [path for path in sorted(set(golden) & set(made)) if golden[path] != made[path]]
    for path in changed[:1]:
        old, new = (tree[path].decode().splitlines() for tree in (golden, made))
        lines = list(
            difflib.unified_diff(old, new, f"golden {path}", f"made {path}", "", "", 1, "")
        )
        faults += lines[:SHOWN_LINES] or [f"{path}: only the line ends differ"]
        if len(lines) > SHOWN_LINES:
            faults.append(f"… {len(lines) - SHOWN_LINES} more lines of this difference")
    if changed[1:]:
        faults.append(f"… and {len(changed) - 1} more files: {', '.join(map(str, changed[1:6]))}")
    return "\n".join(faults)


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a frame in the place of each drawing: how those look is for other tests to say."""

    def drawn(job: Any) -> list[Drawing]:
        size = 'width="40mm" height="30mm" viewBox="0 0 40 30"'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M1 1h38v28z"/></svg>\n'
        words = [Description(name, f"{job.exercise.id}: {name}") for name in job.frames]
        return [Drawing(svg, {"en": told, "es": told}) for told in words]

    monkeypatch.setattr(artist, "_drawn", drawn)


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Compare a tree with the golden one of a name, or write it anew with `--update-golden`."""
    update: bool = request.config.getoption("--update-golden")

    def check(name: str, made: Tree) -> None:
        assert name in CASES
        folder = GOLDEN / name
        if update:
            shutil.rmtree(folder, ignore_errors=True)
            for path, data in made.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)
        found = difference(tree_of(folder), made)
        if found:
            pytest.fail(
                f"{found}\nIf this is meant: pytest {__file__} --update-golden", pytrace=False
            )

    return check


def handouts(*sheets: Handout) -> Tree:
    """Sheets as Markdown and as HTML, by language, with the pictures the Markdown refers to."""
    found: dict[PurePosixPath, bytes] = {}
    for sheet in sheets:
        language = sheet.library.language
        text, pictures = markdown_with_pictures(sheet, means=UNKEPT)
        found[PurePosixPath(f"{language}.md")] = text
        found[PurePosixPath(f"{language}.html")] = html(sheet, means=UNKEPT)
        found.update(pictures)
    return found


# Libraries ---------------------------------------------------------------------------------------

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>\n'

EMPTY = {
    "stretchkit.yaml": "name: Test\n",
    "exercises/sit.md": (
        "---\nname: Sit\nkind: relaxation\nregions: [neck]\nposition: sitting\n"
        "dosage: both sides\n---\n## Steps\n1. Sit.\n"
    ),
    "routines/all.md": "---\nname: Bare\nentries: [sit]\n---\n",
}

FULL_EXERCISE = """\
---
name: Look up & down
aliases: [nodding, slow nod]
kind: mobility
regions: [neck, upper-back]
muscles: {primary: [neck-extensors], secondary: [deep-neck-flexors]}
position: sitting
equipment: [chair, towel]
level: easy
settings: [desk]
goals: [ease-tension]
dosage: 2 x 8-10 reps, hold 5 s each side, rest 20 s, 3 days a week, feel 2-3/10
cautions:
  glaucoma: {action: skip, instead: roll}
  dizziness: {action: ask}
  osteoporosis-spine: {action: adapt}
  balance: {action: adapt, instead: roll}
progressions: [roll]
pictures:
  - {file: pictures/look.svg, alt: "Somebody looks <up>", author: Ada, licence: CC0}
  - {file: chair.svg, alt: A chair}
sources: [{title: A study, url: "https://example.org/study", year: 2020}, {title: A book}]
author: ada
licence: CC0
reviewed: {by: ada, on: 2025-12-24}
---
A *slow* nod, as [rolling](exercise:roll) is.

It has a second paragraph.

## Set up
Sit **tall** on a chair.

- Feet flat
- Hands at rest

## Steps
1. Look *up* slowly. {breath=in}
2. Look down, with `care` & ease < 5 s. {breath=out hold}
3. Come back, then [roll](exercise:roll). {breath=easy}

## Cues
- Chin *soft*
- Neck long

## You should feel
A mild pull at the back of your [neck](term:neck).

## Take care
Move slowly.

Stop early.

## Stop if
- you feel a *sharp* pain
- you feel dizzy

## Make it easier
Move less.

## Make it harder
Move more slowly.

## Common mistakes
- Rushing.

## For the clinician
Range before load; see [the book](https://example.org/book).
"""

ROLL = """\
---
name: Roll
kind: mobility
regions: [shoulders]
position: standing
equipment: [towel, mat]
figure:
  frames:
    start: {from: standing}
    back: {from: start}
dosage: for ___ min
---
Roll your shoulders.

## Steps
1. Stand tall. {frame=start}
2. Roll back. {frame=back}
3. Roll on. {frame=back}
4. Come to rest. {frame=start}
"""

FULL = {
    "stretchkit.yaml": (
        "name: Full\nlicence: CC-BY-4.0\n"
        "brand: {name: Clinic & Co, colour: '#123456', logo: logo.svg, url: 'https://example.org', "
        "contact: [One Street 1, '+34 555 000']}\n"
    ),
    "logo.svg": PICTURE,
    "chair.svg": PICTURE,
    "pictures/look.svg": PICTURE,
    "people/ada.yaml": "name: Ada Lovelace\nrole: Physiotherapist\ncredentials: [PhD]\n",
    "exercises/look.md": FULL_EXERCISE,
    "exercises/roll.md": ROLL,
    "glossary/neck.md": "---\nname: Neck\n---\nWhat holds your head.\n",
    "routines/all.md": (
        "---\nname: All & everything\ngoals: [ease-tension, move-more, breathe]\nlevel: easy\n"
        "settings: [home]\nfrequency: 2-3 times a day\nentries:\n"
        "  - {exercise: look, note: Mind your *neck* & back.}\n  - roll\n"
        "author: ada\nlicence: CC0\nreviewed: {by: ada, on: 2025-12-31}\n---\n"
        "Everything there is.\n\n- One\n- Two\n\n"
        "## Before you start\nRead [how to roll](exercise:roll).\n\n## Afterwards\nRest.\n"
    ),
}

SITE = {
    "stretchkit.yaml": (
        "name: Two moves\nlanguages: [en, es]\nlicence: CC0\n"
        "brand: {name: Clinic & Co, logo: logo.svg, contact: [One Street 1]}\n"
    ),
    "logo.svg": PICTURE,
    "pictures/look.svg": PICTURE,
    "exercises/look.md": (
        "---\nname: Look up\nkind: mobility\nregions: [neck]\nposition: sitting\ndosage: 5 reps\n"
        "muscles: {primary: [neck-extensors]}\nprogressions: [roll]\n"
        "cautions: {dizziness: {action: ask}}\n"
        "pictures: [{file: pictures/look.svg, alt: Somebody looks up}]\n"
        "sources: [{title: A study, year: 2020}]\nauthor: ada\n---\n"
        "Look up as far as your [neck](term:neck) likes.\n\n## Steps\n1. Sit. {breath=in}\n"
        "2. Look up.\n\n## Cues\n- Chin soft\n\n## Common mistakes\n- Rushing.\n\n"
        "## For the clinician\nRange before load.\n"
    ),
    "exercises/look.es.md": (
        "---\nname: Mirar arriba\nalt: [Alguien mira arriba]\ntranslates: LOOK\n---\n"
        "Mire arriba hasta donde quiera su [cuello](term:neck).\n\n## Pasos\n1. Siéntese.\n"
        "2. Mire arriba.\n\n## Claves\n- Mentón suave\n\n## Errores frecuentes\n- La prisa.\n\n"
        "## Para el profesional\nPrimero amplitud, luego carga.\n"
    ),
    "exercises/roll.md": (
        "---\nname: Roll\naliases: [circle]\nkind: mobility\nregions: [shoulders]\n"
        "position: standing\nequipment: [mat]\ndosage: 4 reps each side\n---\n"
        "## Steps\n1. Roll your shoulders.\n"
    ),
    "routines/break.md": (
        "---\nname: Short break\ngoals: [move-more]\nfrequency: daily\n"
        "entries: [look, {exercise: roll, note: Only if it feels good.}]\n---\nTwo moves.\n\n"
        "## Before you start\nSit.\n\n## Afterwards\nGo on.\n"
    ),
    "routines/break.es.md": (
        "---\nname: Pausa corta\ntranslates: BREAK\nnotes: {roll: Solo si le sienta bien.}\n---\n"
        "Dos movimientos.\n\n## Antes de empezar\nSiéntese.\n\n## Después\nSiga.\n"
    ),
    "guides/start.md": (
        "---\nname: How to start\npresenter: ada\nroutine: break\n"
        "video: {title: The film, url: 'https://example.org/film', duration: 3 min}\n---\n"
        "Start with [looking up](exercise:look).\n\n## First\nSit.\n\n## Then\nLook up.\n\n"
        "## Transcript\nAda sits and looks up.\n"
    ),
    "series/basics.md": "---\nname: Basics\nguides: [start]\n---\nWhere to begin.\n",
    "people/ada.yaml": "name: Ada\nrole: Trainer\ncredentials: [PhD]\nbio: She moves.\n",
    "glossary/neck.md": "---\nname: Neck\naliases: [nape]\n---\nWhat holds your head.\n",
    "glossary/neck.es.md": "---\nname: Cuello\ntranslates: NECK\n---\nLo que sostiene la cabeza.\n",
}


def loaded(make_library: MakeLibrary, files: Mapping[str, str]) -> Library:
    library = make_library(dict(files))
    library.raise_for_errors()
    return library


# Cases -------------------------------------------------------------------------------------------


def test_a_bundled_sheet_in_each_language(library: Library, compare: Compare) -> None:
    editions = [library.in_language(language) for language in ("en", "es")]
    sheets = [
        Handout(e.routine("upper-back-relaxation"), e, recipient="Ada", prepared_on=DAY)
        for e in editions
    ]
    compare("upper-back-relaxation", handouts(*sheets))


def test_a_sheet_of_an_exercise_with_hardly_a_word(
    make_library: MakeLibrary, compare: Compare
) -> None:
    library = loaded(make_library, EMPTY)
    compare("empty", handouts(Handout(library.routine("all"), library)))


def test_a_sheet_with_everything_that_there_is(make_library: MakeLibrary, compare: Compare) -> None:
    library = loaded(make_library, FULL)
    sheet = Handout(
        library.routine("all"),
        library,
        recipient="Zoë *O'Hara* <zoe>",
        prepared_on=DAY,
        message="Take your time & enjoy it.\nSee you soon!",
        paper="letter",
    )
    compare("full", handouts(sheet))


def test_a_site_in_two_languages(make_library: MakeLibrary, compare: Compare) -> None:
    compare(
        "site", build_site(loaded(make_library, SITE), base_url="https://example.net", means=UNKEPT)
    )


def test_every_golden_folder_belongs_to_a_case() -> None:
    pictures = "figures"  # of test_figure_pictures.py
    assert {path.name for path in GOLDEN.iterdir()} == {*CASES, pictures}


# The comparison itself ---------------------------------------------------------------------------


def test_trees_that_are_the_same_have_no_difference() -> None:
    tree = {PurePosixPath("a/b.md"): b"one\n"}
    assert difference(tree, dict(tree)) == ""


def test_files_that_come_and_go_are_named() -> None:
    old, new = {PurePosixPath("old.md"): b""}, {PurePosixPath("new.md"): b""}
    assert difference(old, new) == "no longer made: old.md\nnewly made: new.md"


def test_a_long_difference_is_told_in_few_lines() -> None:
    old = {PurePosixPath(f"{n}.md"): b"old\n" * 500 for n in range(9)}
    new = dict.fromkeys(old, b"new\n" * 500)
    told = difference(old, new).splitlines()
    assert len(told) < 2 * SHOWN_LINES
    assert "-old" in told
    assert "+new" not in told
    assert told[-1] == "… and 8 more files: 1.md, 2.md, 3.md, 4.md, 5.md"
