"""Whatever stands in a content file, loading ends, harms nothing and tells what is wrong.

A person's slip, a file of another program and an attack look alike to the loader: each is either
read as it is meant or answered with one clear message at its place; never with a traceback.
"""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stretchkit.diagnostics import CODES
from stretchkit.errors import LibraryNotFoundError, UnknownIdError
from stretchkit.library import Library

if TYPE_CHECKING:
    from conftest import MakeLibrary

CONTENT = Path(__file__).resolve().parent.parent / "content"


def exercise(facts: str = "", *, words: str = "Nod slowly.", steps: str = "1. Look down.") -> str:
    """Return the text of an exercise; its own facts stand on lines 2 to 6, `facts` from line 7."""
    facts = f"{facts}\n" if facts else ""
    return (
        f"---\nname: Nod\nkind: mobility\nregions: [neck]\nposition: sitting\ndosage: 5 reps\n"
        f"{facts}---\n{words}\n\n## Steps\n{steps}\n"
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


HEAD = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
BOMB = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", HEAD) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
"""A few bytes that say that they are a picture of ten thousand million points."""


def told(library: Library) -> list[str]:
    """Return the diagnostics as text, with paths inside the library."""
    root = f"{library.folders[0]}/"
    return [str(diagnostic).replace(root, "") for diagnostic in library.diagnostics]


def codes(library: Library) -> list[str]:
    return [diagnostic.code for diagnostic in library.diagnostics]


def load(files: Mapping[str, bytes]) -> Library:
    """Load files from a folder of their own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "library")
        for name, data in {"stretchkit.yaml": b"name: Test\n", **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return Library.load(root)


# Values that YAML is known to change --------------------------------------------------------------

STAY_TEXT = (
    *("1:30", "10:20:30", "no", "No", "yes", "on", "off", "y", "n", "2026-01-05", "0x1F", "0o17"),
    *("0b11", "1_000", "12e3", ".inf", "-.inf", ".nan", "=", "<<", "1,5", "½", "٣", "12th", "1-2"),
)


@pytest.mark.parametrize("text", STAY_TEXT)
def test_a_text_that_yaml_likes_to_change_stays_the_text_that_was_written(
    make_library: MakeLibrary, text: str
) -> None:
    library = make_library({"exercises/nod.md": exercise(f"aliases:\n  - '{text}'\n  - {text}")})
    assert told(library) == []
    assert library.exercises["nod"].aliases == (text, text)


@pytest.mark.parametrize("text", ["15", "-3", "1.5", "true", "False", "null", "~"])
def test_a_number_or_a_truth_in_quotes_is_a_text(make_library: MakeLibrary, text: str) -> None:
    library = make_library({"exercises/nod.md": exercise(f'licence: "{text}"')})
    assert told(library) == []
    assert library.exercises["nod"].licence == text


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("15", 'the number 15. hint: write it in quotes: "15"'),
        ("-3", 'the number -3. hint: write it in quotes: "-3"'),
        ("1.50", 'the number 1.5. hint: write it in quotes: "1.5"'),
        ("true", 'true. hint: write it in quotes: "true"'),
        ("[CC0]", "a list"),
        ("{CC0: 1}", "a mapping"),
    ],
)
def test_a_text_must_not_be_another_thing(
    make_library: MakeLibrary, written: str, found: str
) -> None:
    library = make_library({"exercises/nod.md": exercise(f"licence: {written}")})
    assert told(library) == [
        f"exercises/nod.md:7:10: error SK032 licence: expected text, found {found}"
    ]


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_nothing_may_be_written_as_yaml_writes_it(make_library: MakeLibrary, written: str) -> None:
    library = make_library(
        {"exercises/nod.md": exercise(f"licence: {written}\nreviewed: {written}")}
    )
    assert told(library) == []
    assert library.exercises["nod"].reviewed is None


def with_year(year: str) -> str:
    return exercise(f"sources: [{{title: A book, year: {year}}}]")


@pytest.mark.parametrize("year", ["2021", "+2021", "02021"])
def test_a_whole_number_is_written_in_plain_digits(make_library: MakeLibrary, year: str) -> None:
    library = make_library({"exercises/nod.md": with_year(year)})
    assert told(library) == []
    assert library.exercises["nod"].sources[0].year == 2021


@pytest.mark.parametrize(
    ("year", "found"),
    [
        ("2021.0", "the number 2021.0"),
        ("2e3", '"2e3"'),
        ("2.0e+3", "the number 2000.0"),
        ('"2021"', '"2021"'),
        ("true", "true"),
        ("0x7E5", '"0x7E5"'),
        ("2_021", '"2_021"'),
        ("33:41", '"33:41"'),
        ("[2021]", "a list"),
        ("٢٠٢١", '"٢٠٢١"'),
    ],
)
def test_nothing_else_is_taken_for_a_whole_number(
    make_library: MakeLibrary, year: str, found: str
) -> None:
    library = make_library({"exercises/nod.md": with_year(year)})
    assert told(library) == [
        f"exercises/nod.md:7:33: error SK032 sources.year: expected a whole number, found {found}"
    ]


@pytest.mark.parametrize("year", ["-1", "0", "99999", "9" * 19, "9" * 25, "-" + "9" * 5000])
def test_a_number_of_any_size_is_one_message(make_library: MakeLibrary, year: str) -> None:
    library = make_library({"exercises/nod.md": with_year(year)})
    assert len(told(library)) == 1
    assert codes(library)[0] in ("SK032", "SK034")


@pytest.mark.parametrize(
    "dosage", ["{} reps", "hold {} s", "5-{} reps", "feel {}/10", "{} x 5 reps"]
)
def test_a_number_of_any_size_in_a_dosage_is_one_message(
    make_library: MakeLibrary, dosage: str
) -> None:
    line = dosage.format("9" * 5000)
    library = make_library({"exercises/nod.md": exercise().replace("5 reps", line)})
    assert codes(library) == ["SK035"]
    assert len(told(library)[0]) < 500


# One fault, one message ---------------------------------------------------------------------------

STEPS = "Nod.\n\n## Steps\n1. Nod.\n"
ONE_FAULT = {
    # the file as a whole
    "an empty file": ("", "1:1: error SK020 no front matter"),
    "a file of blank lines": ("\n\n\n", "1:1: error SK020"),
    "words alone": ("# Nod\n\nNod slowly.\n", "1:1: error SK020"),
    "one line of dashes": ("---", "1:1: error SK021 the front matter is not closed"),
    "a list for facts": (f"---\n- Nod\n---\n{STEPS}", "2:1: error SK027 the facts are not"),
    "a text for facts": (f"---\nNod\n---\n{STEPS}", "2:1: error SK027"),
    "a number for facts": (f"---\n15\n---\n{STEPS}", "2:1: error SK027"),
    "a truth for facts": (f"---\ntrue\n---\n{STEPS}", "2:1: error SK027"),
    "a byte of zero": (exercise(words="Nod\0."), "8:4: error SK007 U+0000"),
    "an escape": (exercise(words="Nod\x1b[31m."), "8:4: error SK007 U+001B"),
    "a form feed": (exercise(words="Nod\f."), "8:4: error SK007 U+000C"),
    "a change of direction": (exercise(words="\u2066Nod"), "8:1: error SK007 U+2066"),
    # YAML
    "a key twice": (
        exercise("kind: mobility"),
        '7:1: error SK023 "kind" stands here and on line 3',
    ),
    "a key twice inside": (
        exercise("cautions: {heart: {action: ask}, heart: {action: skip}}"),
        '7:34: error SK023 "heart" stands here and on line 7',
    ),
    "a key twice in other quotes": (exercise("'kind': mobility"), "7:1: error SK023"),
    "a tab before a key": (exercise("\tlicence: CC0"), "7:1: error SK026 a tab in the facts"),
    "a tab in a mapping": (exercise("figure:\n\tview: side"), "8:1: error SK026"),
    "a tab in a list": (exercise("aliases:\n\t- nodding"), "8:1: error SK026"),
    "an alias of nothing": (exercise("licence: *mine"), "7:10: error SK024 an alias"),
    "an anchor": (exercise("licence: &mine CC0"), "7:10: error SK024"),
    "a tag for a text": (exercise("licence: !!python/name:os.system x"), "7:10: error SK025 a tag"),
    "a tag of one's own": (exercise("licence: !mine CC0"), "7:10: error SK025 a tag (!mine)"),
    "a tag for a day": (exercise("licence: !!timestamp 2026-01-05"), "7:10: error SK025"),
    "a tag for bytes": (exercise("licence: !!binary aGk="), "7:10: error SK025"),
    "a tag for a number": (exercise("licence: !!int CC0"), "7:10: error SK025"),
    "a tag for a fraction": (exercise("licence: !!float CC0"), "7:10: error SK025"),
    "a tag for a list": (
        exercise("aliases: !!python/object/apply:os.system [exit]"),
        "7:10: error SK025",
    ),
    "a tag for a mapping": (
        exercise("cautions: !!python/object:os.x {heart: {action: ask}}"),
        "7:11: error SK025",
    ),
    "a tag for a key": (exercise("!!str licence: CC0"), "7:1: error SK025"),
    "a list that is not closed": (exercise("aliases: [nodding"), "error SK022"),
    "a mapping that is not closed": (exercise("muscles: {"), "error SK022"),
    "a quote that is not closed": (exercise('licence: "CC0'), "error SK022 cannot read the facts"),
    "a colon in a text": (exercise("licence: CC: BY"), "7:12: error SK022 cannot read the facts"),
    "a key that is a list": (
        exercise("? [licence, author]\n: ada"),
        "7:3: error SK022 a key is one",
    ),
    "a directive": (f"---\n%YAML 1.2\nname: Nod\n---\n{STEPS}", "error SK022"),
    "an end of document": (exercise("...\nlicence: CC0"), "error SK022"),
    "a merge key": (exercise("<<: {licence: CC0}"), '7:1: error SK031 unknown field "<<"'),
    "a bad escape": (exercise(r'licence: "\q"'), "error SK022"),
    "half of a pair in an escape": (exercise(r'licence: "\uD800"'), "error SK022"),
    "control characters in escapes": (exercise(r'licence: "\x1b[31m"'), "SK007"),
    # pictures
    **{
        f"a picture at {path}": (
            exercise(f"pictures: [{{file: {path}, alt: A nod}}]"),
            "7:19: error SK036 pictures.file: a picture path stays inside the library",
        )
        for path in (
            *(
                "../nod.png",
                "pictures/../../nod.png",
                "..",
                "./../nod.png",
                "pictures/..",
                "/nod.png",
            ),
            *("//host/nod.png", "..\\nod.png", "\\\\host\\nod.png", "'C:\\nod.png'", "'C:nod.png'"),
            *("https://example.org/nod.png", "'file:///nod.png'", "'data:image/png,x.png'"),
        )
    },
    "a picture that is a folder": (
        exercise("pictures: [{file: exercises/.png, alt: A nod}]"),
        "7:19: error SK036 pictures.file: a picture ends in .png",
    ),
    "a picture of zero bytes in its name": (
        exercise(r'pictures: [{file: "a\0.png", alt: A nod}]'),
        "7:19: error SK0",
    ),
    "a picture with an endless name": (
        exercise(f"pictures: [{{file: {'a' * 5000}.png, alt: A nod}}]"),
        "7:19: error SK054",
    ),
    # words
    "a script": (exercise(words="<script>alert(1)"), "8:1: error SK046 raw HTML (<script>)"),
    "a handler": (exercise(words='<b onclick="x">'), "8:1: error SK046 raw HTML"),
    "a closing tag": (exercise(words="</body>"), "8:1: error SK046 raw HTML (</body>)"),
    "a comment": (exercise(words="<!-- x -->"), "8:1: error SK046 raw HTML (<!--)"),
    "a tag over two lines": (exercise(words="<img\nsrc=x onerror=alert(1)>"), "8:1: error SK046"),
    "a tag with a slash": (exercise(words="<svg/onload=alert(1)>"), "8:1: error SK046"),
    "a processing instruction": (exercise(words="<?php x ?>"), "8:1: error SK046"),
    "a doctype": (exercise(words="<!DOCTYPE html>"), "8:1: error SK046"),
    "a picture in the words": (exercise(words="![x](../x.png)"), "8:1: error SK049"),
    "no steps": (exercise(steps=""), '10:1: error SK044 nothing stands under "Steps"'),
    "a step without words": (exercise(steps="1. {breath=in}"), "11:4: error SK044 a step"),
    "a number without words": (exercise(steps="1. Nod.\n2. \n3. Rest."), "12:"),
    "a number alone": (exercise(steps="1. Nod.\n2.\n3. Rest."), "12:"),
}


@pytest.mark.parametrize("name", ONE_FAULT)
def test_a_fault_is_told_in_one_message_at_its_place(make_library: MakeLibrary, name: str) -> None:
    text, expected = ONE_FAULT[name]
    library = make_library({"exercises/nod.md": text})
    (message,) = told(library)
    assert message.startswith("exercises/nod.md:")
    assert expected in message
    assert "\n" not in message


def test_a_file_with_a_fault_does_not_hide_the_others(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "exercises/a.md": b"\xff",
            "exercises/nod.md": exercise(),
            "exercises/z.md": "---\n",
            "people/ada.yaml": "name: Ada\n",
        }
    )
    assert list(library.exercises) == ["nod"]
    assert list(library.people) == ["ada"]
    assert codes(library) == ["SK002", "SK021"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["SK030"]),
        (b"\xff\xfe", ["SK002"]),
        (b"\0", ["SK007"]),
        (b"- Test\n", ["SK027"]),
        (b"name: [Test\n", ["SK022"]),
        (b"name: Test\nname: Test\n", ["SK023"]),
        (b"name: Test\n\tlanguage: en\n", ["SK026"]),
        (b"name: Test\nlanguages: en\n", ["SK032"]),
        (b"\xef\xbb\xbf", ["SK003", "SK030"]),
        (b"# nothing yet\r\n", ["SK004", "SK030"]),
    ],
)
def test_a_faulty_stretchkit_yaml_leaves_a_library_to_work_with(
    make_library: MakeLibrary, data: bytes, expected: list[str]
) -> None:
    library = make_library({"stretchkit.yaml": data, "exercises/nod.md": exercise()})
    assert codes(library) == expected
    assert library.exercises["nod"].name == "Nod"
    assert library.languages == ("en",)


# Depth and size -----------------------------------------------------------------------------------


def nested(depth: int, start: str, end: str) -> str:
    """Return an exercise whose figure holds nested values, where any value may stand."""
    value = start * depth + "1" + end * depth
    return exercise(f"figure:\n  frames:\n    down: {{from: sitting-on-chair, head: {value}}}")


@pytest.mark.parametrize(("start", "end"), [("[", "]"), ("{a: ", "}")])
def test_values_nest_as_deep_as_anybody_needs_and_no_deeper(
    make_library: MakeLibrary, start: str, end: str
) -> None:
    library = make_library(
        {
            "exercises/good.md": nested(10, start, end),
            "exercises/deep.md": nested(40, start, end),
            "exercises/deeper.md": nested(800, start, end),
        }
    )
    unread = [d for d in library.diagnostics if d.code == "SK022"]
    assert [Path(d.location.path).stem for d in unread] == ["deep", "deeper"]
    assert all("nested more than 20 deep" in d.message for d in unread)


@pytest.mark.parametrize(
    "facts",
    [
        "aliases: " + "[" * 5000,
        "aliases: " + "{a: " * 5000,
        "aliases: " + "[{a: " * 2500,
        "aliases: " + "[" * 5000 + "]" * 5000,
        "aliases:\n" + "- " * 5000 + "x",
        "aliases:\n" + "\n".join(" " * depth + "a:" for depth in range(1, 400)),
        "? " * 5000 + "x",
    ],
    ids=lambda facts: facts[:16].replace("\n", " "),
)
def test_very_deep_nesting_is_told_and_harms_nothing(make_library: MakeLibrary, facts: str) -> None:
    library = make_library({"exercises/nod.md": exercise(facts), "exercises/good.md": exercise()})
    assert "SK022" in codes(library)
    assert len(codes(library)) <= 3
    assert "good" in library.exercises


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? "])
def test_a_file_of_the_largest_size_that_nests_all_the_way_does_not_end_the_process(
    tmp_path: Path, sign: str
) -> None:
    (tmp_path / "exercises").mkdir()
    text = "---\n" + sign * (90_000 // len(sign)) + "\n---\nNod.\n"
    (tmp_path / "exercises" / "nod.md").write_text(text, encoding="utf-8")
    program = "import sys, stretchkit; print(stretchkit.Library.load(sys.argv[1]).diagnostics)"
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert "SK022" in done.stdout


def test_aliases_of_aliases_are_not_multiplied(make_library: MakeLibrary) -> None:
    lines = ["    a0: {from: standing, head: &a0 [lol, lol, lol]}"]
    for level in range(1, 6):
        value = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"    a{level}: {{from: standing, head: &a{level} [{value}]}}")
    facts = "\n".join(("figure:", "  frames:", *lines))
    library = make_library({"exercises/nod.md": exercise(facts)})
    assert set(codes(library)) == {"SK024"}
    assert len(codes(library)) <= 10 * 6


@pytest.mark.parametrize(
    "facts",
    [
        "aliases: [a, &b b, *b]",
        "aliases: &a [*a]",
        "aliases: &a\n  - *a",
        "aliases: &a [b]\ngoals: *a",
    ],
)
def test_an_alias_is_told_alone_without_a_word_about_the_value_it_would_have_had(
    make_library: MakeLibrary, facts: str
) -> None:
    library = make_library({"exercises/nod.md": exercise(facts)})
    assert set(codes(library)) == {"SK024"}


def test_an_alias_is_told_where_it_stands(make_library: MakeLibrary) -> None:
    library = make_library({"exercises/nod.md": exercise("author: &who ada\nlicence: *who")})
    places = [(d.code, d.location.line, d.location.column) for d in library.diagnostics]
    assert ("SK024", 8, 10) in places


def test_three_thousand_steps_are_as_good_as_three(make_library: MakeLibrary) -> None:
    steps = "\n".join(f"{number}. Step {number}." for number in range(1, 3001))
    library = make_library({"exercises/nod.md": exercise(steps=steps)})
    assert told(library) == []
    texts = [step.text for step in library.exercises["nod"].steps]
    assert texts == [f"Step {number}." for number in range(1, 3001)]


def test_three_thousand_faults_are_three_thousand_messages(make_library: MakeLibrary) -> None:
    steps = "\n".join(f"{number}. Look. {{pose=down}}" for number in range(1, 3001))
    library = make_library({"exercises/nod.md": exercise(steps=steps)})
    assert [d.location.line for d in library.diagnostics] == list(range(11, 3011))


def test_a_very_long_line_is_read(make_library: MakeLibrary) -> None:
    words = "slowly " * 6_000
    library = make_library({"exercises/nod.md": exercise(words=words, steps=f"1. Nod {words}")})
    assert told(library) == []
    assert library.exercises["nod"].summary == words.rstrip()


@pytest.mark.parametrize(
    "words",
    [
        "> " * 300 + "x",
        "\n    " + "> " * 3000 + "x",
        "*" * 3000,
        "_" * 3001,
        "[" * 3000,
        "[x](" * 1000,
        "![" * 1000,
        "`" * 300 + "x",
        "\\" * 3001,
        "&" * 3000,
        "<" * 3000,
        "{" * 3000,
        "- " * 3000 + "x",
        "1. " * 3000 + "x",
        "[a]: b\n[b]: a\n[a][b]",
        "Term\n: Meaning",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "```\n## Steps\n```",
        "~~~",
        "[^1]\n\n[^1]: x",
        "\u200f\u0645\u0631\u062d\u0628\u0627",
        "e\u0301" * 50,
        "🧘🏽‍♀️ 👩‍⚕️",
        "\U0010ffff",
    ],
    ids=lambda words: repr(words[:12]),
)
def test_strange_markdown_is_read_or_told(make_library: MakeLibrary, words: str) -> None:
    library = make_library({"exercises/nod.md": exercise(words=words)})
    assert set(codes(library)) <= set(CODES)
    assert library.exercises["nod"].name == "Nod"


def test_lists_in_lists_without_end_are_told(make_library: MakeLibrary) -> None:
    deep = "1. Look.\n" + "".join("    " * depth + "1. x\n" for depth in range(1, 200))
    library = make_library({"exercises/nod.md": exercise(steps=deep), "exercises/z.md": exercise()})
    assert codes(library)
    assert set(codes(library)) <= {"SK022", "SK041", "SK043"}
    assert [step.text for step in library.exercises["z"].steps] == ["Look down."]


# Names, folders and links -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Nod.md", "nod.md"),
        ("Chin Tuck.md", "chin-tuck.md"),
        ("chin_tuck.md", "chin-tuck.md"),
        ("-nod-.md", "nod.md"),
        ("chin--tuck.md", "chin-tuck.md"),
        ("nod (1).md", "nod-1.md"),
        ("nod~.md", "nod.md"),
        ("$(reboot).md", "reboot.md"),
        ("…….md", "seated-twist.md"),
        ("inclinación.md", "inclinacion.md"),
        ("Chin Tuck.es.md", "chin-tuck.es.md"),
        ("nod.ES.md", "nod.es.md"),
    ],
)
def test_a_name_that_makes_no_id_is_answered_with_one_that_does(
    make_library: MakeLibrary, name: str, better: str
) -> None:
    library = make_library({f"exercises/{name}": exercise()})
    (diagnostic,) = library.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("SK008", f'"{name}" does not make an id')
    assert diagnostic.hint == f'rename it, for example "{better}"'


@pytest.mark.parametrize("name", ["nod\n.md", "a\nb.md", "\x1b[31m.md"])
def test_a_control_character_in_a_name_is_one_line_of_message(
    make_library: MakeLibrary, name: str
) -> None:
    library = make_library({f"exercises/{name}": exercise()})
    (diagnostic,) = library.diagnostics
    assert diagnostic.code == "SK008"
    assert str(diagnostic).isprintable()


def test_a_name_that_is_no_text_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "stretchkit.yaml").write_text("name: Test\n", encoding="utf-8")
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / os.fsdecode(b"\xff.md")).write_text("", encoding="utf-8")
    (diagnostic,) = Library.load(tmp_path).diagnostics
    assert diagnostic.code == "SK008"
    assert str(diagnostic).encode()


@pytest.mark.parametrize("folder", ["neck", "a b", "Neck", "nod.md", "é", "a/b/c/d/e/f/g"])
def test_folders_under_a_kind_are_free(make_library: MakeLibrary, folder: str) -> None:
    library = make_library({f"exercises/{folder}/nod.md": exercise()})
    assert told(library) == []
    assert list(library.exercises) == ["nod"]


def test_hidden_files_pictures_and_readmes_are_passed_over(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "exercises/.nod.md.swp": b"\xff",
            "exercises/.git/nod.md": b"\xff",
            "exercises/README.md": "About these files.\n",
            "exercises/nod.PNG": b"\x89PNG",
            "exercises/nod.md": exercise(),
            "notes.txt": "Ask Ada.\n",
        }
    )
    assert told(library) == []
    assert list(library.exercises) == ["nod"]


def test_a_link_inside_the_library_is_followed(make_library: MakeLibrary, tmp_path: Path) -> None:
    root = make_library({"exercises/nod.md": exercise()}).folders[0]
    (root / "exercises" / "bow.md").symlink_to("nod.md")
    library = Library.load(root)
    assert told(library) == []
    assert set(library.exercises) == {"bow", "nod"}
    (tmp_path / "elsewhere").symlink_to(root)
    assert set(Library.load(tmp_path / "elsewhere").exercises) == {"bow", "nod"}


def test_nothing_outside_of_the_library_is_read(make_library: MakeLibrary, tmp_path: Path) -> None:
    root = make_library({"exercises/nod.md": exercise()}).folders[0]
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(exercise(), encoding="utf-8")
    (outside / "secret.png").write_bytes(b"\x89PNG")
    (root / "exercises" / "file.md").symlink_to(outside / "secret.md")
    (root / "exercises" / "folder").symlink_to(outside, target_is_directory=True)
    (root / "guides").symlink_to(outside, target_is_directory=True)
    (root / "secret.png").symlink_to(outside / "secret.png")
    library = Library.load(root)
    assert list(library.exercises) == ["nod"]
    assert not library.guides
    assert {"exercises/file.md:1:1", "guides/secret.md:1:1"} <= {
        message.partition(": ")[0] for message in told(library)
    }
    assert set(codes(library)) == {"SK006"}
    for name in ("secret.png", "../outside/secret.png", str(outside / "secret.png")):
        with pytest.raises(UnknownIdError, match="the library has no picture"):
            library.picture(name)


def test_a_linked_folder_is_told_not_passed_over(make_library: MakeLibrary, tmp_path: Path) -> None:
    root = make_library({"exercises/nod.md": exercise()}).folders[0]
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "bow.md").write_text(exercise(), encoding="utf-8")
    (root / "exercises" / "folder").symlink_to(outside, target_is_directory=True)
    assert codes(Library.load(root)) == ["SK006"]


def test_a_linked_folder_of_the_library_is_told_too(make_library: MakeLibrary) -> None:
    root = make_library({"exercises/neck/nod.md": exercise()}).folders[0]
    (root / "exercises" / "again").symlink_to("neck", target_is_directory=True)
    library = Library.load(root)
    assert codes(library) == ["SK010"]
    assert list(library.exercises) == ["nod"]


def test_a_picture_is_of_the_kind_that_its_name_says(make_library: MakeLibrary) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (1, 1)).save(photo, "JPEG")
    files = {"a.png": photo.getvalue(), "b.jpg": photo.getvalue()}
    pictures = "pictures: [{file: a.png, alt: A nod}, {file: b.jpg, alt: A nod}]"
    library = make_library({"exercises/nod.md": exercise(pictures), **files})
    assert [line.partition(": ")[0] for line in told(library)] == ["exercises/nod.md:7:19"]
    assert codes(library) == ["SK056"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", BOMB),
        ("a.svg", b'<?xml version="1.0" encoding="none-such"?><svg/>'),
        ("a.svg", b'<?xml version="1.0" encoding="utf-7"?><svg/>'),
        ("a.svg", b'<?xml version="1.0" encoding="idna"?><svg/>'),
    ],
    ids=["too large", "unknown encoding", "old encoding", "strange encoding"],
)
def test_a_picture_that_only_harms_is_told(
    make_library: MakeLibrary, name: str, data: bytes
) -> None:
    picture = exercise(f"pictures: [{{file: {name}, alt: A nod}}]")
    library = make_library({"exercises/nod.md": picture, name: data})
    assert codes(library) == ["SK056"]


def test_a_pipe_is_told_and_not_waited_for(make_library: MakeLibrary) -> None:
    root = make_library({"exercises/nod.md": exercise()}).folders[0]
    os.mkfifo(root / "exercises" / "pipe.md")
    library = Library.load(root)
    assert list(library.exercises) == ["nod"]
    assert codes(library) == ["SK001"]


def test_a_link_to_itself_is_told(make_library: MakeLibrary) -> None:
    root = make_library({"exercises/nod.md": exercise()}).folders[0]
    (root / "exercises" / "loop.md").symlink_to("loop.md")
    library = Library.load(root)
    assert list(library.exercises) == ["nod"]
    assert codes(library) in (["SK001"], ["SK006"])


@pytest.mark.parametrize("field", ["theme: {}", "brand: {{logo: {}.png}}"])
def test_an_endless_name_in_the_settings_is_not_there(
    make_library: MakeLibrary, field: str
) -> None:
    library = make_library({"stretchkit.yaml": "name: A\n" + field.format("a" * 5000) + "\n"})
    assert len(codes(library)) == 1


def test_a_picture_with_an_endless_name_is_not_there(make_library: MakeLibrary) -> None:
    library = make_library({"exercises/nod.md": exercise()})
    with pytest.raises(UnknownIdError, match="the library has no picture"):
        library.picture("a" * 5000 + ".png")


@pytest.mark.parametrize("theme", ["../theme", "/etc", "theme/../../x", "C:\\theme", "theme\\.."])
def test_a_theme_stays_inside_the_library(make_library: MakeLibrary, theme: str) -> None:
    library = make_library({"stretchkit.yaml": f"name: Test\ntheme: '{theme}'\n"})
    assert len(codes(library)) == 1
    assert library.diagnostics[0].location.line == 2


def test_a_folder_that_is_not_there_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for path in (tmp_path / "gone", tmp_path / "file"):
        with pytest.raises(LibraryNotFoundError, match=r"there is no library at .*: not a folder"):
            Library.load(path)


# Anything at all ----------------------------------------------------------------------------------

ANYTHING = settings(deadline=None, max_examples=150)
BUNDLED = [
    path.read_text(encoding="utf-8")
    for path in (
        CONTENT / "exercises" / "cat-cow.md",
        CONTENT / "exercises" / "seated-twist-chair.md",
        CONTENT / "exercises" / "cat-cow.es.md",
    )
]
SIGNS = (
    *("\n", "---\n", "\t", " ", "    ", ":", "- ", "1. ", "## ", "#", "{", "}", "[", "]", "'", '"'),
    *(
        "|",
        ">",
        "&a ",
        "*a ",
        "!!int ",
        "!",
        "%",
        "@",
        "`",
        "?",
        "<b>",
        "{frame=x}",
        "null",
        "9" * 30,
    ),
    *("\r\n", "\ufeff", "\0", "\u2028", "é", "٣ reps", "each side", "hold ", "...\n", "\\", "<<: "),
)


def is_sound(library: Library) -> bool:
    """Whether every diagnostic has a place, a known code and a message of one line."""
    return all(
        diagnostic.location.line >= 1
        and diagnostic.location.column >= 1
        and diagnostic.code in CODES
        and diagnostic.severity is CODES[diagnostic.code].severity
        and diagnostic.message
        and len(str(diagnostic).splitlines()) == 1
        for diagnostic in library.diagnostics
    )


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Return a bundled exercise after some slips: lines or signs lost, doubled, moved, put in."""
    text = draw(st.sampled_from(BUNDLED))
    for _ in range(draw(st.integers(1, 6))):
        lines = text.split("\n")
        here, there = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        place = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(("delete", "double", "swap", "cut", "paste", "move"))):
            case "delete":
                del lines[here]
            case "double":
                lines.insert(there, lines[here])
            case "swap":
                lines[here], lines[there] = lines[there], lines[here]
            case "cut":
                lines = [text[:place] + text[place + draw(st.integers(1, 40)) :]]
            case "paste":
                lines = [text[:place] + draw(st.sampled_from(SIGNS)) + text[place:]]
            case "move":
                lines = [text[place:] + text[:place]]
        text = "\n".join(lines) or "\n"
    return text


@ANYTHING
@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_with_faults_at_worst(data: bytes) -> None:
    files = ("exercises/a.md", "exercises/a.es.md", "people/a.yaml", "guides/a.md")
    assert is_sound(load(dict.fromkeys(files, data)))
    assert is_sound(load({"stretchkit.yaml": data}))


@ANYTHING
@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_between_the_dashes_is_facts_with_faults_at_worst(facts: str, words: str) -> None:
    text = f"---\n{facts}\n---\n{words}\n".encode()
    assert is_sound(load({"exercises/a.md": text, "routines/a.md": text, "glossary/a.md": text}))


@ANYTHING
@given(
    st.lists(st.sampled_from([*SIGNS, "name", "dosage", "5 reps", "figure", "frames"]), max_size=40)
)
def test_any_signs_of_yaml_in_any_order_are_faults_at_worst(signs: list[str]) -> None:
    text = exercise("".join(signs)).encode()
    assert is_sound(load({"exercises/a.md": text, "people/a.yaml": "".join(signs).encode()}))


@ANYTHING
@given(st.lists(st.sampled_from([*SIGNS, "2. ", "Look.", "\n\n", "![", "](", "==="]), max_size=60))
def test_any_signs_of_markdown_in_any_order_are_faults_at_worst(signs: list[str]) -> None:
    text = "".join(signs)
    library = load({"exercises/a.md": exercise(words=text, steps=text).encode()})
    assert is_sound(library)


@ANYTHING
@given(slips())
def test_an_exercise_after_any_slips_loads_or_tells_why_not(text: str) -> None:
    data = text.encode()
    library = load(
        {
            "stretchkit.yaml": b"name: Test\nlanguages: [en, es]\n",
            "exercises/cat-cow.md": data,
            "exercises/twist.md": BUNDLED[1].encode(),
            "exercises/twist.es.md": data,
        }
    )
    assert is_sound(library)
    assert "cat-cow" in library.exercises or any("cat-cow.md" in line for line in told(library))
