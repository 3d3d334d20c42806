"""Every command as people type it: what it prints, what it writes, how it ends.

Exit code 0 says that all is well, 1 that the content has faults, 2 that the command cannot be
carried out as it was given. A failure is one message; `run` lets a traceback through.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest

from stretchkit import __version__
from stretchkit.cli import cli, main
from stretchkit.diagnostics import Faults
from stretchkit.library import Library
from stretchkit.model.exercise import Exercise
from stretchkit.source import strict_yaml
from stretchkit.wording import date_words

if TYPE_CHECKING:
    from conftest import MakeLibrary, Result, Run

CONTENT = Path(__file__).resolve().parent.parent / "content"
ESCAPE = "\x1b"
BUNDLED = pytest.mark.xdist_group("bundled")
"""All that comes along is posed and drawn: once, where such tests run one after the other."""

BROKEN = {
    "exercises/one.md": "---\nname: One\nkind: mobility\nregions: [neck]\nposition: siting\n"
    "dosage: 3 reps\n---\nWords.\n\n## Steps\n1. Move.\n",
    "exercises/two.md": "---\nname: Two\nkind: mobility\nregions: [neck]\nposition: sitting\n"
    "dosage: hold fifteen s\n---\nWords.\n\n## Steps\n1. Move.\n",
    "routines/three.md": "---\nname: Three\nentries:\n  - two\n  - fuor\n---\nWords.\n",
}
"""A library with one fault in each of its files, and where the faults are."""
FAULTS = {
    "exercises/one.md:5:11": "SK033",
    "exercises/two.md:6:14": "SK035",
    "routines/three.md:5:5": "SK050",
}


def exercise(name: str, *, facts: str = "") -> str:
    """Return the text of an exercise without faults."""
    return (
        f"---\nname: {name}\nkind: mobility\nregions: [neck]\nposition: sitting\n"
        f"dosage: 3 reps\n{facts}---\nWords about it.\n\n## Steps\n1. Move.\n"
    )


SMALL = {
    "exercises/nod.md": exercise("Nod"),
    "exercises/shrug.md": exercise("Shrug"),
    "routines/two-moves.md": "---\nname: Two moves\nentries: [nod, shrug]\n---\nWords.\n",
    "guides/how-to.md": "---\nname: How to\nroutine: two-moves\n---\nWords.\n",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that is no library, with nothing set that changes an output."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def small(make_library: MakeLibrary) -> Path:
    """Return the folder of a library with two exercises, a routine and a guide."""
    return make_library(SMALL).folders[0]


@pytest.fixture
def broken(make_library: MakeLibrary) -> Path:
    """Return the folder of a library with faults."""
    return make_library(BROKEN).folders[0]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, and what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refusal(result: Result) -> str:
    """Return the one message of a command that could not be carried out."""
    assert result.code == 2
    assert result.out == ""
    *usage, message = result.err.splitlines()
    assert message.startswith("Error: " if usage else "stretchkit: ")
    assert not usage or usage[0].startswith("Usage: stretchkit ")
    return message


def first_words(result: Result) -> list[str]:
    """Return the ids that a list shows."""
    assert result.code == 0
    assert result.err == ""
    return [line.split()[0] for line in result.out.splitlines()]


# --- the command itself


def test_the_version_is_that_of_the_package(run: Run) -> None:
    result = run("--version")
    assert (result.code, result.out.split()[-1], result.err) == (0, __version__, "")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_lists_every_command_with_a_sentence(run: Run, option: str) -> None:
    result = run(option)
    listed = dict(re.findall(r"^  ([a-z]+)  +(\S.*)$", result.out, re.MULTILINE))
    assert result.code == 0
    assert set(listed) == set(cli.commands)
    assert all(sentence[0].isupper() for sentence in listed.values())
    assert set(cli.commands) == {
        *("list", "show", "check", "handout", "book", "layouts", "batch", "site", "figure"),
        *("new", "init", "schema", "completion"),
    }


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_explains_every_option(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.code == 0
    assert result.out.startswith(f"Usage: stretchkit {command} ")
    for parameter in cli.commands[command].params:
        assert all(name in result.out for name in parameter.opts if name.startswith("--"))


def test_a_wrong_command_is_answered_with_the_right_one(run: Run) -> None:
    assert "'list'" in refusal(run("lst"))


def test_stopping_a_command_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> Library:
        raise KeyboardInterrupt

    monkeypatch.setattr(Library, "bundled", stop)
    result = run("list")
    assert (result.code, result.out, result.err.split()) == (130, "", ["stretchkit:", "stopped"])


class Terminal(io.StringIO):
    """Takes text like a screen does."""

    def isatty(self) -> bool:
        return True


def on_terminal(*arguments: str | Path) -> str:
    """Return all that a command shows on a screen."""
    screen = Terminal()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):  # noqa: SIM117
        with pytest.raises(SystemExit):
            main([str(argument) for argument in arguments])
    return screen.getvalue()


def test_faults_have_colours_on_a_terminal_and_not_in_a_file(run: Run, broken: Path) -> None:
    assert ESCAPE in on_terminal("check", broken)
    assert ESCAPE not in run("check", broken).out


@pytest.mark.parametrize("arguments", ["check", "list", "handout nod -o x.md", "list --region x"])
def test_no_color_keeps_colours_off_a_terminal(
    arguments: str, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = on_terminal(*arguments.split())
    assert shown
    assert ESCAPE not in shown


def test_no_color_keeps_the_progress_bar_off_a_terminal(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ESCAPE in on_terminal("site", "-o", "one", "--library", small)
    monkeypatch.setenv("NO_COLOR", "1")
    assert on_terminal("site", "-o", "two", "--library", small) == "two/index.html\n"


@pytest.mark.parametrize("command", ["list", "show cat-cow", "check", "init mine"])
def test_a_folder_that_is_gone_under_ones_feet_is_told(run: Run, here: Path, command: str) -> None:
    here.rmdir()
    assert "the folder you stand in is gone" in refusal(run(*command.split()))


# --- which library


@pytest.mark.parametrize("folder", [".", "exercises", "exercises/legs/left"])
def test_the_nearest_library_upwards_is_taken(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (small / folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(small / folder)
    assert first_words(run("list")) == ["nod", "shrug"]
    assert run("show", "nod").out.startswith("# Nod\n")
    assert run("handout", "two-moves", "-o", "sheet.md").code == 0
    assert Path("sheet.md").read_text(encoding="utf-8").startswith("# Two moves\n")


def test_a_library_that_is_named_wins_over_the_nearest(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small)
    assert "cat-cow" in first_words(run("list", "--library", CONTENT))


def test_away_from_any_library_the_bundled_one_is_taken(run: Run, library: Library) -> None:
    assert set(first_words(run("list"))) == set(library.exercises)


# --- list

FILTERS: dict[str, tuple[str, Callable[[Exercise], bool]]] = {
    "text": ("--text TWIST", lambda e: "twist" in f"{e.id} {e.name} {e.aliases}".lower()),
    "two words": ("--text 'dog cat'", lambda e: "cat" in str(e.aliases) and "dog" in str(e)),
    "region": ("--region neck", lambda e: "neck" in e.regions),
    "position": ("--position sitting", lambda e: e.position == "sitting"),
    "kind": ("--kind 'static stretch'", lambda e: e.kind == "static stretch"),
    "level": ("--level easy", lambda e: e.level == "easy"),
    "setting": ("--setting desk", lambda e: "desk" in e.settings),
    "goal": ("--goal breathe", lambda e: "breathe" in e.goals),
    "without": ("--without chair", lambda e: "chair" not in e.equipment),
    "without two": (
        "--without chair --without mat",
        lambda e: not {"chair", "mat"} & set(e.equipment),
    ),
    "avoid": ("--avoid glaucoma", lambda e: "glaucoma" not in conditions(e)),
    "avoid two": (
        "--avoid glaucoma --avoid wrist-pain",
        lambda e: not {"glaucoma", "wrist-pain"} & conditions(e),
    ),
    "all of several": (
        "--region upper-back --position sitting --without desk",
        lambda e: "upper-back" in e.regions and e.position == "sitting",
    ),
}


def conditions(exercise: Exercise) -> set[str]:
    return {str(caution.condition) for caution in exercise.cautions}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_lists_what_it_says_and_nothing_else(
    run: Run, library: Library, name: str
) -> None:
    options, fits = FILTERS[name]
    expected = [e.id for e in library.exercises.values() if fits(e)]
    assert 0 < len(expected) < len(library.exercises)
    assert first_words(run("list", *shlex.split(options))) == expected


@pytest.mark.parametrize("what", ["exercises", "routines", "guides", "programmes"])
@pytest.mark.parametrize("format_", ["text", "json"])
def test_each_kind_is_listed_by_id_and_name(
    run: Run, library: Library, what: str, format_: str
) -> None:
    contents = getattr(library, what)
    result = run("list", what, "--format", format_)
    if format_ == "json":
        rows = json.loads(result.out)
        assert all(set(row) == {"id", "name", "facts"} for row in rows)
        assert {row["id"]: row["name"] for row in rows} == {
            content.id: content.name for content in contents.values()
        }
    else:
        assert first_words(result) == list(contents)
        for line, content in zip(result.out.splitlines(), contents.values(), strict=True):
            assert content.name in line


def test_a_list_tells_how_much_and_how_long(run: Run) -> None:
    assert re.search(r"^chin-tuck .*\(5 reps, hold 5 s\)$", run("list").out, re.MULTILINE)
    assert "(about 3 minutes)" in run("list", "routines").out


@pytest.mark.parametrize("what", ["exercises", "guides"])
def test_a_list_is_in_the_language_asked_for(run: Run, library: Library, what: str) -> None:
    spanish = getattr(library.in_language("es"), what)
    assert {content.name for content in spanish.values()}.isdisjoint(
        content.name for content in getattr(library, what).values()
    )
    rows = json.loads(run("list", what, "--lang", "es", "--format", "json").out)
    assert {row["name"] for row in rows} == {content.name for content in spanish.values()}


def test_when_nothing_fits_the_list_says_so_beside_its_output(run: Run) -> None:
    result = run("list", "--text", "zebra")
    assert (result.code, result.out, result.err) == (0, "", "no exercises match\n")
    assert json.loads(run("list", "--text", "zebra", "--format", "json").out) == []


@pytest.mark.parametrize(
    ("option", "word", "meant"),
    [
        ("--region", "nek", "neck"),
        ("--region", "Upper Back", "upper-back"),
        ("--position", "siting", "sitting"),
        ("--kind", "static_stretch", "static stretch"),
        ("--level", "gentel", "gentle"),
        ("--setting", "dekst", "desk"),
        ("--goal", "ease tension", "ease-tension"),
        ("--without", "chairs", "chair"),
        ("--avoid", "glaucom", "glaucoma"),
        ("--avoid", "Glaucoma", "glaucoma"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(
    run: Run, option: str, word: str, meant: str
) -> None:
    message = refusal(run("list", option, word))
    assert f'{option}: unknown word "{word}"; did you mean "{meant}"?' in message


def test_an_unknown_word_like_no_other_is_answered_with_the_words_there_are(run: Run) -> None:
    message = refusal(run("list", "--setting", "xylophone"))
    assert message.endswith("known: bed, desk, home, travel")


@pytest.mark.parametrize(
    "option", ["region", "position", "kind", "level", "setting", "goal", "without", "avoid"]
)
def test_an_empty_word_is_answered_like_any_other_unknown_one(run: Run, option: str) -> None:
    assert f'--{option}: unknown word ""; known: ' in refusal(run("list", f"--{option}", ""))


def test_a_routine_with_a_missing_exercise_is_listed_without_its_duration(
    run: Run, make_library: MakeLibrary
) -> None:
    lost = "---\nname: Lost\nentries: [nix]\n---\nWords.\n"
    root = make_library({**SMALL, "routines/lost.md": lost}).folders[0]
    result = run("list", "routines", "--library", root)
    assert (result.code, result.err) == (0, "")
    lost_line, whole_line = result.out.splitlines()
    assert lost_line.split() == ["lost", "Lost"]
    assert whole_line.startswith("two-moves  Two moves  (")


@pytest.mark.parametrize("what", ["exercises", "routines", "guides", "programmes"])
def test_a_list_of_an_empty_library_says_that_it_is_empty(
    run: Run, make_library: MakeLibrary, what: str
) -> None:
    result = run("list", what, "--library", make_library({}).folders[0])
    assert (result.code, result.out, result.err) == (0, "", f"the library has no {what}\n")


def test_a_folder_that_is_no_library_is_not_listed_as_an_empty_one(run: Run, here: Path) -> None:
    result = run("list", "--library", here)
    assert (result.code, result.out) == (1, "")
    assert "SK070" in result.err


def test_filters_are_for_exercises_alone(run: Run) -> None:
    assert "routines" in refusal(run("list", "routines", "--region", "neck"))


def test_an_unknown_kind_is_answered_with_the_kinds_there_are(run: Run) -> None:
    message = refusal(run("list", "people"))
    assert all(f"'{what}'" in message for what in ("exercises", "routines", "guides"))


# --- show


def test_an_exercise_is_shown_with_its_steps(run: Run, library: Library) -> None:
    result = run("show", "cat-cow")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("# Cat and cow\n")
    for number, step in enumerate(library.exercise("cat-cow").steps, start=1):
        assert f"\n{number}. {step.text}" in result.out


def test_a_routine_is_shown_with_its_exercises_in_order(run: Run, library: Library) -> None:
    result = run("show", "desk-break-2")
    names = [p.exercise.name for p in library.prescriptions(library.routine("desk-break-2"))]
    assert result.code == 0
    assert re.findall(r"^## \d+\. (.+)$", result.out, re.MULTILINE) == names


def test_a_guide_is_shown_as_an_article_without_links_that_lead_nowhere(
    run: Run, library: Library
) -> None:
    result = run("show", "upper-back-relaxation")
    guide = library.guide("upper-back-relaxation")
    assert result.code == 0
    assert result.out.startswith(f"# {guide.name}\n")
    headings = [passage.heading for passage in guide.passages]
    assert re.findall(r"^## (.+)$", result.out, re.MULTILINE) == [*headings, "Transcript"]
    assert "](" not in result.out


def test_a_programme_is_shown_with_its_phases_and_their_routines(
    run: Run, library: Library
) -> None:
    result = run("show", "two-gentle-weeks")
    programme = library.programmes["two-gentle-weeks"]
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("# Two gentle weeks\n\n2 weeks\n")
    phases = re.split(r"^## (.+)$", result.out, flags=re.MULTILINE)[1:]
    assert phases[::2] == [phase.name for phase in programme.phases]
    for phase, text in zip(programme.phases, phases[1::2], strict=True):
        assert re.findall(r"^- .+ \(`([^`]+)`", text, re.MULTILINE) == [*phase.routines]
    assert "\n1 week · 3 days a week\n" in phases[1]


@pytest.mark.parametrize(
    "name", ["cat-cow", "desk-break-2", "upper-back-relaxation", "two-gentle-weeks"]
)
def test_anything_is_shown_in_the_language_asked_for(run: Run, library: Library, name: str) -> None:
    result = run("show", name, "--lang", "es")
    assert result.code == 0
    assert result.out.startswith(f"# {library.in_language('es').find(name).name}\n")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("catcow", "cat-cow"),
        ("Cat Cow", "cat-cow"),
        ("desk-brake", "desk-break-2"),
        ("upper-back-relaxtion", "upper-back-relaxation"),
    ],
)
@pytest.mark.parametrize("command", ["show", "handout -o x.md"])
def test_an_unknown_id_is_answered_with_the_nearest(
    run: Run, here: Path, command: str, name: str, meant: str
) -> None:
    message = refusal(run(*command.split(), name))
    assert f'"{name}"' in message
    assert f'did you mean "{meant}"?' in message
    assert tree(here) == {}


# --- check


@BUNDLED
def test_the_bundled_library_has_no_fault(run: Run) -> None:
    result = run("check", "--strict")
    assert (result.code, result.out) == (0, "")
    assert "0 errors, 0 warnings" in result.err


def test_all_faults_of_all_files_are_told_at_once(run: Run, broken: Path) -> None:
    result = run("check", broken)
    assert result.code == 1
    told = re.findall(r"^(\S+): error (SK\d+) .+$", result.out, re.MULTILINE)
    assert told == [(f"{broken}/{place}", code) for place, code in FAULTS.items()]
    assert len(result.out.splitlines()) == len(FAULTS)
    assert "3 errors, 0 warnings" in result.err


def test_one_fault_is_called_one_fault(run: Run, make_library: MakeLibrary) -> None:
    folder = make_library({"exercises/nod.md": exercise("Nod", facts="levl: easy\n")}).folders[0]
    assert re.search(r"\b1 error\b", run("check", folder).err)
    handout = run("handout", "nod", "-o", "x.md", "--library", folder)
    assert re.search(r"\b1 (error|fault)\b", handout.err)


def test_places_are_told_as_one_would_type_them(
    run: Run, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    assert run("check", "library").out.startswith("library/exercises/one.md:5:11: error SK033 ")


def test_a_fault_says_how_to_mend_it(run: Run, broken: Path) -> None:
    assert 'hint: did you mean "sitting"?' in run("check", broken).out.splitlines()[0]


@BUNDLED
def test_faults_as_json_hold_the_same_as_the_text(run: Run, broken: Path) -> None:
    text, result = run("check", broken), run("check", broken, "--format", "json")
    faults = json.loads(result.out)
    assert (result.code, result.err) == (1, "")
    assert [
        "{path}:{line}:{column}: {severity} {code} {message}".format(**fault)
        + (f". hint: {fault['hint']}" if fault["hint"] else "")
        for fault in faults
    ] == text.out.splitlines()
    assert json.loads(run("check", "--format", "json").out) == []


def sarif_results(log: Any) -> Iterator[tuple[str, str]]:
    """Yield place and code of each result, after checking all that SARIF 2.1.0 requires."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (record,) = log["runs"]
    driver = record["tool"]["driver"]
    assert driver["name"] == "stretchkit"
    assert driver["version"] == __version__
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(rules) == len(set(rules))
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert {result["ruleId"] for result in record["results"]} == set(rules)
    for result in record["results"]:
        assert result["level"] in {"error", "warning", "note", "none"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        region = physical["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        place = f"{physical['artifactLocation']['uri']}:{region['startLine']}"
        yield f"{place}:{region['startColumn']}", result["ruleId"]


def test_faults_as_sarif_have_what_the_standard_requires(
    run: Run, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    result = run("check", "library", "--format", "sarif")
    assert (result.code, result.err) == (1, "")
    found = dict(sarif_results(json.loads(result.out)))
    assert found == {f"library/{place}": code for place, code in FAULTS.items()}


def test_sarif_names_files_by_uri(run: Run, make_library: MakeLibrary) -> None:
    root = make_library({"exercises/My 50% #1.md": exercise("Nod")}).folders[0]
    ((place, _),) = sarif_results(json.loads(run("check", root, "--format", "sarif").out))
    uri = place.removesuffix(":1:1")
    assert re.fullmatch(r"[A-Za-z0-9._~:/@!$&'()*+,;=%-]+", uri)
    assert unquote(urlsplit(uri).path).endswith("/exercises/My 50% #1.md")


def test_no_faults_as_sarif_are_a_log_without_results(run: Run) -> None:
    result = run("check", "--format", "sarif")
    assert result.code == 0
    assert list(sarif_results(json.loads(result.out))) == []


def test_one_file_is_checked_for_its_own_faults_alone(run: Run, broken: Path) -> None:
    result = run("check", broken / "exercises" / "two.md")
    assert result.code == 1
    assert re.findall(r"SK\d+", result.out) == ["SK035"]


def test_one_file_without_faults_passes_beside_others_with_faults(
    run: Run, make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_library({**BROKEN, "exercises/nod.md": exercise("Nod")}).folders[0]
    monkeypatch.chdir(root / "exercises")
    result = run("check", "nod.md", "--strict")
    assert (result.code, result.out) == (0, "")
    assert run("check", "../routines/three.md").code == 1


def test_of_one_file_one_file_is_counted(run: Run, small: Path) -> None:
    for name in ("exercises/nod.md", "stretchkit.yaml"):
        result = run("check", small / name)
        assert (result.code, result.err) == (0, "1 file: 0 errors, 0 warnings\n")


@pytest.mark.parametrize(
    "name",
    ["notes/lost.md", "exercises/README.md", "exercises/.nod.md", "../elsewhere.md", "a.svg"],
)
def test_a_file_that_is_no_content_of_its_library_is_not_passed(
    run: Run, make_library: MakeLibrary, name: str
) -> None:
    root = make_library(SMALL).folders[0]
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(exercise("Else"), encoding="utf-8")
    message = refusal(run("check", "--library", root, root / name))
    assert message.endswith(f"{name} is not content of the library {root}")


def test_a_file_that_should_not_be_among_the_content_has_a_fault(
    run: Run, make_library: MakeLibrary
) -> None:
    root = make_library({**SMALL, "exercises/notes.txt": "words"}).folders[0]
    assert "SK010" in run("check", root / "exercises" / "notes.txt").out


def test_a_folder_of_a_library_is_checked_for_the_faults_in_it_alone(
    run: Run, broken: Path
) -> None:
    for options in ([], ["--library", broken]):
        result = run("check", broken / "exercises", *options)
        assert result.code == 1
        assert re.findall(r"SK\d+", result.out) == ["SK033", "SK035"]
        assert result.err == "2 files: 2 errors, 0 warnings\n"


@pytest.mark.parametrize("folder", ["notes", "exercises/empty"])
def test_a_folder_without_content_is_not_passed(run: Run, small: Path, folder: str) -> None:
    (small / folder).mkdir()
    assert "is not content of the library" in refusal(run("check", small / folder))


def test_a_path_that_is_not_there_is_named(run: Run) -> None:
    assert "no file or folder nowhere/x.md" in refusal(run("check", "nowhere/x.md"))


def test_a_file_that_is_in_no_library_is_named(run: Run) -> None:
    Path("lost.md").touch()
    assert "lost.md is not in a library" in refusal(run("check", "lost.md"))


def test_a_folder_without_its_own_file_is_not_a_library(run: Run, here: Path) -> None:
    result = run("check", here)
    assert result.code == 1
    assert "SK070" in result.out


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_warnings_pass_unless_one_is_strict(
    run: Run, make_library: MakeLibrary, format_: str
) -> None:
    folder = make_library({**SMALL, "stretchkit.yaml": "name: S\nlanguages: [en, es]\n"}).folders[0]
    lenient = run("check", folder, "--format", format_)
    strict = run("check", folder, "--format", format_, "--strict")
    assert (lenient.code, strict.code) == (0, 1)
    assert lenient.out == strict.out
    assert lenient.out.count("SK064") >= 4
    assert "warning" in lenient.out
    assert "error" not in lenient.out


# --- handout

BEGINNINGS = {
    "pdf": b"%PDF-",
    "html": b"<!DOCTYPE html>",
    "htm": b"<!DOCTYPE html>",
    "md": b"# Cat and cow\n",
    "markdown": b"# Cat and cow\n",
}


@pytest.mark.parametrize("suffix", [*BEGINNINGS, "PDF"])
def test_the_suffix_picks_the_format(run: Run, here: Path, suffix: str) -> None:
    result = run("handout", "cat-cow", "--style", "none", "-o", f"sheet.{suffix}")
    assert (result.code, result.out, result.err) == (0, f"sheet.{suffix}\n", "")
    assert list(tree(here)) == [f"sheet.{suffix}"]
    assert tree(here)[f"sheet.{suffix}"].startswith(BEGINNINGS[suffix.lower()])


@pytest.mark.parametrize(
    ("file", "answer"),
    [
        ("sheet.pdff", 'did you mean ".pdf"?'),
        ("sheet.docs", 'did you mean ".docx"?'),
        ("sheet", ".docx, .epub, .htm, .html, .markdown, .md, .pdf, .png, .txt"),
        ("folder.pdf/sheet", ".docx, .epub, .htm, .html, .markdown, .md, .pdf, .png, .txt"),
    ],
)
def test_an_unknown_suffix_is_answered_with_those_there_are(
    run: Run, here: Path, file: str, answer: str
) -> None:
    message = refusal(run("handout", "cat-cow", "-o", file))
    assert message.startswith(f"stretchkit: {file}: ")
    assert message.endswith(answer)
    assert list(here.iterdir()) == []


def test_several_exercises_make_one_sheet_in_the_order_given(run: Run) -> None:
    ids = ("glute-bridge", "cat-cow", "chin-tuck")
    assert run("handout", *ids, "-o", "a.md", "--title", "My three").code == 0
    sheet = Path("a.md").read_text(encoding="utf-8")
    assert sheet.startswith("# My three\n")
    assert re.findall(r"^## (\d\. .+)$", sheet, re.MULTILINE) == [
        *("1. Bridge", "2. Cat and cow", "3. Chin tuck")
    ]


@pytest.mark.parametrize("ids", ["core-basics", "cat-cow", "cat-cow chin-tuck"])
def test_a_title_stands_on_any_sheet(run: Run, ids: str) -> None:
    run("handout", *ids.split(), "-o", "x.md", "--title", "For the evening")
    assert Path("x.md").read_text(encoding="utf-8").startswith("# For the evening\n")


def test_a_routine_and_an_exercise_make_one_sheet(run: Run, library: Library) -> None:
    assert run("handout", "core-basics", "chin-tuck", "-o", "a.md").code == 0
    sheet = Path("a.md").read_text(encoding="utf-8")
    routine = library.prescriptions(library.routine("core-basics"))
    names = [prescription.exercise.name for prescription in routine]
    assert re.findall(r"^## \d+\. (.+)$", sheet, re.MULTILINE) == [*names, "Chin tuck"]


def test_a_guide_gives_the_handout_of_its_routine(run: Run) -> None:
    assert run("handout", "internal-core-abdominal-exercises", "-o", "guide.html").code == 0
    assert run("handout", "core-basics", "-o", "routine.html").code == 0
    assert Path("guide.html").read_bytes() == Path("routine.html").read_bytes()


def test_a_guide_without_a_routine_has_no_handout(run: Run, make_library: MakeLibrary) -> None:
    folder = make_library({"guides/talk.md": "---\nname: Talk\n---\nWords.\n"}).folders[0]
    message = refusal(run("handout", "talk", "-o", "x.md", "--library", folder))
    assert 'the guide "talk" has no routine' in message


def test_a_programme_is_answered_with_its_routines(run: Run) -> None:
    message = refusal(run("handout", "two-gentle-weeks", "-o", "x.md"))
    assert message.endswith("one of its routines: upper-back-relaxation, core-basics")


def test_who_when_and_a_message_stand_at_the_top(run: Run) -> None:
    run(
        *("handout", "cat-cow", "-o", "x.md", "--for", "Ada"),
        *("--date", "2026-01-31", "--message", "Well done so far!"),
    )
    top, _, _ = Path("x.md").read_text(encoding="utf-8").partition("\n## ")
    assert "For Ada" in top
    assert "31 January 2026" in top
    assert re.search(r"\*Well done so far\\?!\*", top)


def test_no_day_is_printed_unless_asked_for(run: Run) -> None:
    run("handout", "cat-cow", "-o", "x.md", SOURCE_DATE_EPOCH="1767571200")
    assert "2026" not in Path("x.md").read_text(encoding="utf-8")


def test_today_is_what_source_date_epoch_says(run: Run) -> None:
    run("handout", "cat-cow", "-o", "x.md", "--date", "today", SOURCE_DATE_EPOCH="1767571200")
    assert "5 January 2026" in Path("x.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "epoch", ["99999999999999999999", "999999999999", "²", "soon", "-5", "1.5"]
)
def test_a_source_date_epoch_that_is_no_time_is_told(run: Run, here: Path, epoch: str) -> None:
    command = ("handout", "cat-cow", "-o", "x.md", "--date", "today")
    assert f'SOURCE_DATE_EPOCH is "{epoch}"' in refusal(run(*command, SOURCE_DATE_EPOCH=epoch))
    assert tree(here) == {}


def test_today_is_the_day_of_the_clock(run: Run) -> None:
    before = datetime.now().astimezone()
    run("handout", "cat-cow", "-o", "x.md", "--date", "today")
    after = datetime.now().astimezone()
    sheet = Path("x.md").read_text(encoding="utf-8")
    assert any(date_words(moment.date(), "en") in sheet for moment in (before, after))


@pytest.mark.parametrize("day", ["tomorrow", "31.1.2026", "2026-02-30", "2026-1-5", "Today"])
def test_a_day_that_cannot_be_read_is_answered_with_one_that_can(
    run: Run, here: Path, day: str
) -> None:
    message = refusal(run("handout", "cat-cow", "-o", "x.md", "--date", day))
    assert f'"{day}" is not a day; write today or 2026-01-31' in message
    assert tree(here) == {}


@pytest.mark.parametrize(
    ("options", "size"),
    [(["--paper", "letter"], (612, 792)), (["--paper", "a4"], (595, 842)), ([], (595, 842))],
)
def test_every_page_has_the_size_of_the_paper(
    run: Run, options: list[str], size: tuple[int, int]
) -> None:
    assert run("handout", "core-basics", "-o", "x.pdf", *options).code == 0
    with contextlib.closing(pypdfium2.PdfDocument("x.pdf")) as pdf:
        number, sizes = len(pdf), {tuple(map(round, page.get_size())) for page in pdf}
    assert number > 1
    assert sizes == {size}


@pytest.mark.parametrize(("written", "name"), [("A4", "a4"), ("Letter", "letter")])
def test_the_name_of_a_paper_may_be_written_large(run: Run, written: str, name: str) -> None:
    assert run("handout", "cat-cow", "-o", "large.html", "--paper", written).code == 0
    assert run("handout", "cat-cow", "-o", "small.html", "--paper", name).code == 0
    assert Path("large.html").read_bytes() == Path("small.html").read_bytes()


def test_an_unknown_paper_is_answered_with_the_papers_there_are(run: Run) -> None:
    message = refusal(run("handout", "cat-cow", "-o", "x.pdf", "--paper", "a5"))
    assert message.endswith('unknown word "a5"; known: a4, letter')


def test_a_handout_is_in_the_language_asked_for(run: Run, library: Library) -> None:
    run("handout", "cat-cow", "-o", "x.md", "--lang", "es", "--for", "Ada", "--date", "2026-01-31")
    sheet = Path("x.md").read_text(encoding="utf-8")
    spanish = library.in_language("es").exercise("cat-cow")
    assert sheet.startswith(f"# {spanish.name}\n")
    assert "Para Ada" in sheet
    assert "31 de enero de 2026" in sheet
    assert spanish.steps[0].text in sheet


@pytest.mark.parametrize("language", ["xx", "ES", "es-MX"])
@pytest.mark.parametrize("command", ["show cat-cow", "list", "handout cat-cow -o x.md"])
def test_an_unknown_language_is_answered_with_those_there_are(
    run: Run, here: Path, command: str, language: str
) -> None:
    message = refusal(run(*command.split(), "--lang", language))
    assert f'no language "{language}"' in message
    assert '"es"' in message or "en, es" in message
    assert tree(here) == {}


@pytest.mark.parametrize("language", ["tlh", "xx"])
def test_a_language_without_words_of_its_own_is_written_with_english_ones(
    run: Run, make_library: MakeLibrary, language: str
) -> None:
    cautions = "cautions:\n  heart: {action: ask}\n  balance: {action: ask}\n"
    files = {
        **SMALL,
        "stretchkit.yaml": f"name: S\nlanguages: [en, {language}]\n",
        "exercises/nod.md": exercise("Nod", facts=cautions),
    }
    options = ("--library", make_library(files).folders[0])
    sheet = ("handout", "nod", "-o", "x.md", "--date", "2026-01-31", "--lang", language)
    assert run(*sheet, *options).code == 0
    assert re.search("a heart problem.+poor balance", Path("x.md").read_text(encoding="utf-8"))
    assert run("list", "--lang", language, *options).code == 0
    assert run("site", "-o", "public", *options).code == 0


@pytest.mark.parametrize("suffix", ["pdf", "html", "md"])
def test_the_same_command_writes_the_same_bytes(run: Run, suffix: str) -> None:
    for name in ("a", "b"):
        assert run("handout", "desk-break-2", "-o", f"{name}.{suffix}").code == 0
    assert Path(f"a.{suffix}").read_bytes() == Path(f"b.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", ["pdf", "html", "md"])
def test_an_existing_file_is_replaced_and_never_written_into(
    run: Run, here: Path, suffix: str
) -> None:
    old = Path(f"sheet.{suffix}")
    old.write_text("old", encoding="utf-8")
    reader = Path("reader")
    os.link(old, reader)  # somebody who has the old file open
    assert run("handout", "cat-cow", "--style", "none", "-o", old).code == 0
    assert reader.read_text(encoding="utf-8") == "old"
    assert old.read_bytes().startswith(BEGINNINGS[suffix])
    assert set(tree(here)) == {old.name, "reader"}


def test_folders_on_the_way_to_the_output_are_made(run: Run, here: Path) -> None:
    assert run("handout", "cat-cow", "-o", "for/ada/sheet.md").code == 0
    assert tree(here).keys() >= {"for/ada/sheet.md", "for/ada/media/drawings/cat-cow/2-cat.en.svg"}


@pytest.mark.parametrize("suffix", ["pdf", "html", "md"])
@pytest.mark.parametrize("place", ["file", "file/folder"])
def test_a_place_that_cannot_be_written_to_is_named_and_left_as_it_is(
    run: Run, here: Path, suffix: str, place: str
) -> None:
    Path("file").write_text("mine", encoding="utf-8")
    target = f"{place}/sheet.{suffix}"
    message = refusal(run("handout", "cat-cow", "-o", target))
    assert message == f"stretchkit: cannot write {target}: file is not a folder"
    assert tree(here) == {"file": b"mine"}


def test_a_folder_is_never_replaced_by_a_handout(run: Run, here: Path) -> None:
    Path("sheet.md").mkdir()
    assert "cannot write sheet.md" in refusal(run("handout", "cat-cow", "-o", "sheet.md"))
    assert list(here.rglob("*")) == [here / "sheet.md"]


@pytest.mark.parametrize("command", ["handout two -o x.md", "handout two -o x.pdf", "site -o x"])
def test_nothing_is_made_of_a_library_with_errors_and_every_error_is_told(
    run: Run, here: Path, broken: Path, command: str
) -> None:
    result = run(*command.split(), "--library", broken)
    assert (result.code, result.out) == (1, "")
    *faults, last = result.err.splitlines()
    assert [fault.split(": error ")[0] for fault in faults] == [
        f"{broken}/{place}" for place in FAULTS
    ]
    assert "nothing was written" in last
    assert list(here.iterdir()) == []


def test_warnings_do_not_keep_a_handout_back(run: Run, make_library: MakeLibrary) -> None:
    folder = make_library({**SMALL, "stretchkit.yaml": "name: S\nlanguages: [en, es]\n"}).folders[0]
    result = run("handout", "nod", "-o", "x.md", "--library", folder)
    assert (result.code, result.out, result.err) == (0, "x.md\n", "")


def test_a_handout_needs_an_id_and_an_output(run: Run, here: Path) -> None:
    assert "ID" in refusal(run("handout", "-o", "x.md"))
    assert "--output" in refusal(run("handout", "cat-cow"))
    assert tree(here) == {}


# --- site


def test_a_site_has_a_page_for_everything(run: Run, here: Path, small: Path) -> None:
    result = run("site", "-o", "new/public", "--library", small)
    assert (result.code, result.out, result.err) == (0, "new/public/index.html\n", "")
    assert {
        *("index.html", "exercises/nod.html", "exercises/shrug.html", "routines/two-moves.html"),
        *("guides/how-to.html", "exercises/index.html", "glossary.html", "style.css"),
    } <= set(tree(here / "new/public"))


@BUNDLED
def test_the_bundled_site_has_every_exercise_in_every_language(
    run: Run, here: Path, library: Library
) -> None:
    assert run("site", "-o", "public").code == 0
    pages = tree(here / "public")
    for name in library.exercises:
        assert f"exercises/{name}.html" in pages
        assert f"es/exercises/{name}.html" in pages


def test_a_site_written_over_an_older_one_loses_the_pages_that_are_gone(
    run: Run, here: Path, small: Path
) -> None:
    run("site", "-o", "public", "--library", small)
    before = set(tree(here / "public"))
    (here / "public" / "CNAME").write_text("example.org", encoding="utf-8")
    (small / "guides" / "how-to.md").unlink()
    (small / "routines" / "two-moves.md").unlink()
    (small / "exercises" / "shrug.md").unlink()
    assert run("site", "-o", "public", "--library", small).code == 0
    after = tree(here / "public")
    assert before - set(after) == {
        *("guides/how-to.html", "routines/two-moves.html", "exercises/shrug.html")
    }
    assert after["CNAME"] == b"example.org"
    assert b"shrug" not in after["exercises/index.html"]


def test_a_site_is_not_written_among_other_files(run: Run, here: Path, small: Path) -> None:
    Path("papers").mkdir()
    Path("papers/letter.txt").write_text("mine", encoding="utf-8")
    message = refusal(run("site", "-o", "papers", "--library", small))
    assert message.startswith("stretchkit: papers holds files that are not a site")
    assert tree(here) == {"papers/letter.txt": b"mine"}


@pytest.mark.parametrize("place", ["file", "file/public"])
def test_a_site_that_cannot_be_written_is_told_in_one_message(
    run: Run, here: Path, small: Path, place: str
) -> None:
    Path("file").write_text("mine", encoding="utf-8")
    assert place in refusal(run("site", "-o", place, "--library", small))
    assert tree(here) == {"file": b"mine"}


@pytest.mark.parametrize(
    "address",
    [
        *("example.org", "ftp://example.org", "/public", "https:/x", "https://", "https:///kit"),
        *("https://example.org/?a=1&b=2", "https://example.org/#top", "https://example.org/a b"),
    ],
)
def test_a_base_url_is_a_web_address(run: Run, here: Path, address: str) -> None:
    message = refusal(run("site", "-o", "public", "--base-url", address))
    assert all(word in message for word in ("--base-url", "https://", "http://"))
    assert list(here.iterdir()) == []


TWO_LANGUAGES = {**SMALL, "stretchkit.yaml": "name: S\nlanguages: [en, es]\n"}


@pytest.mark.parametrize("address", ["https://example.org/kit", "https://example.org/kit/"])
def test_with_a_base_url_pages_name_themselves_and_their_languages(
    run: Run, here: Path, make_library: MakeLibrary, address: str
) -> None:
    folder = make_library(TWO_LANGUAGES).folders[0]
    result = run("site", "-o", "public", "--library", folder, "--base-url", address)
    assert result.code == 0
    pages = {name: data.decode() for name, data in tree(here / "public").items()}
    page = pages["es/exercises/nod.html"]
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', page) == [
        "https://example.org/kit/es/exercises/nod.html"
    ]
    assert re.findall(r'<link rel="alternate" hreflang="(..)" href="([^"]+)">', page) == [
        ("en", "https://example.org/kit/exercises/nod.html"),
        ("es", "https://example.org/kit/es/exercises/nod.html"),
    ]
    listed = re.findall(r"<loc>([^<]+)</loc>", pages["sitemap.xml"])
    canonical = [
        address
        for page in pages.values()
        for address in re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    ]
    assert "https://example.org/kit/" in listed
    assert sorted(listed) == sorted(canonical)
    assert len(listed) == len(set(listed)) == sum(name.endswith(".html") for name in pages)


def test_without_a_base_url_no_page_names_a_web_address_of_its_own(
    run: Run, here: Path, make_library: MakeLibrary
) -> None:
    folder = make_library(TWO_LANGUAGES).folders[0]
    assert run("site", "-o", "public", "--library", folder).code == 0
    pages = tree(here / "public")
    assert "sitemap.xml" not in pages
    for name, page in pages.items():
        assert b'rel="canonical"' not in page, name
        assert b'rel="alternate"' not in page, name


def test_the_base_url_of_the_library_is_used_unless_another_is_given(
    run: Run, here: Path, make_library: MakeLibrary
) -> None:
    settings = "name: S\nbase_url: https://one.example\n"
    folder = make_library({**SMALL, "stretchkit.yaml": settings}).folders[0]
    run("site", "-o", "a", "--library", folder)
    run("site", "-o", "b", "--library", folder, "--base-url", "https://two.example")
    assert b"https://one.example/exercises/nod.html" in tree(here / "a")["sitemap.xml"]
    assert b"one.example" not in tree(here / "b")["sitemap.xml"]


# --- new


@pytest.mark.parametrize("kind", ["exercise", "routine", "guide"])
def test_a_new_file_is_whole_and_has_no_faults(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(small / "exercises")
    result = run("new", kind, "Wall Slide")
    path = small / f"{kind}s" / "wall-slide.md"
    assert (result.code, result.out, result.err) == (0, f"{path}\n", "")
    assert run("check", small, "--strict").code == 0
    assert Library.load(small).find("wall-slide").name == "Wall Slide"
    assert run("show", "wall-slide").code == 0


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ('Wall: slide "2"', "wall-slide-2"),
        ("no", "no"),
        ("null", "null"),
        ("true", "true"),
        ("12", "12"),
        ("1:30", "1-30"),
        ("2026-01-31", "2026-01-31"),
        ("# Not a comment", "not-a-comment"),
        ("{x} and [y]", "x-and-y"),
        ("*a", "a"),
        ("!x", "x"),
        ("50%s", "50-s"),
        ("it's", "it-s"),
        ("C:\\temp", "c-temp"),
        ("  spaced   out  ", "spaced-out"),
        ("two\nlines", "two-lines"),
        ("../../up", "up"),
        ("Stretch 🙂", "stretch"),
        ("Nod | shrug & roll <b>", "nod-shrug-roll-b"),
        ("Été à la plage", "ete-a-la-plage"),
        ("Ejercicio de mun\u0303eca", "ejercicio-de-muneca"),
        ("Ejercicio de muñeca", "ejercicio-de-muneca"),
        ("Straße", "strasse"),
    ],
)
def test_any_name_makes_a_file_that_says_it_exactly(
    run: Run, small: Path, name: str, file: str
) -> None:
    before = set(tree(small))
    assert run("new", "exercise", "--library", small, "--", name).code == 0
    assert set(tree(small)) - before == {f"exercises/{file}.md"}
    assert run("check", small, "--strict").code == 0
    assert Library.load(small).exercise(file).name == " ".join(name.split())


@pytest.mark.parametrize("name", ["", "   ", "🙂", "~", "---", "肩"])
def test_a_name_that_makes_no_file_name_is_refused(run: Run, small: Path, name: str) -> None:
    before = tree(small)
    message = refusal(run("new", "exercise", "--library", small, "--", name))
    assert "no letters a-z or digits" in message
    assert tree(small) == before


@pytest.mark.parametrize("character", ["\x01", "\x1b", "\x7f", "\u202e", "\udcff"])
@pytest.mark.parametrize("command", ["new exercise", "init mine --name"])
def test_a_name_with_a_character_that_nobody_can_see_is_refused(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch, command: str, character: str
) -> None:
    monkeypatch.chdir(small)
    before = tree(small)
    assert "the name cannot be used: " in refusal(run(*command.split(), f"Wall{character} slide"))
    assert tree(small) == before


def test_a_file_that_is_there_is_never_overwritten(run: Run, small: Path) -> None:
    before = tree(small)
    message = refusal(run("new", "exercise", "Nod", "--library", small))
    assert f"{small}/exercises/nod.md is there already" in message
    assert tree(small) == before


def test_a_new_file_never_takes_the_id_of_one_in_a_subfolder(
    run: Run, make_library: MakeLibrary
) -> None:
    root = make_library({"exercises/neck/nod.md": exercise("Nod")}).folders[0]
    before = tree(root)
    message = refusal(run("new", "exercise", "Nod", "--library", root))
    assert f"{root}/exercises/neck/nod.md is there already" in message
    assert tree(root) == before
    assert run("new", "guide", "Nod", "--library", root).code == 0


@pytest.mark.parametrize("options", [[], ["--library", "."]])
def test_away_from_a_library_one_is_told_how_to_start_one(
    run: Run, here: Path, options: list[str]
) -> None:
    message = refusal(run("new", "exercise", "Wall slide", *options))
    assert message.endswith("start one with: stretchkit init my-library")
    assert list(here.iterdir()) == []


def test_a_new_routine_starts_with_an_exercise_of_the_library(run: Run, small: Path) -> None:
    run("new", "routine", "Short break", "--library", small)
    routine = Library.load(small).routine("short-break")
    assert [entry.exercise for entry in routine.entries] == ["nod"]


def test_a_readme_among_the_exercises_is_no_exercise_for_a_new_routine(
    run: Run, make_library: MakeLibrary
) -> None:
    root = make_library({**SMALL, "exercises/README.md": "# Notes\n"}).folders[0]
    assert run("new", "routine", "Break", "--library", root).code == 0
    assert run("check", root, "--strict").code == 0


def test_a_new_routine_can_start_with_a_bundled_exercise(
    run: Run, make_library: MakeLibrary
) -> None:
    root = make_library({"stretchkit.yaml": "name: S\nextends: bundled\n"}).folders[0]
    assert run("new", "routine", "Break", "--library", root).code == 0
    assert run("check", root, "--strict").code == 0


def test_a_new_routine_of_a_library_without_exercises_says_how_to_make_one(
    run: Run, make_library: MakeLibrary
) -> None:
    root = make_library({}).folders[0]
    assert run("new", "routine", "Break", "--library", root).code == 0
    text = (root / "routines" / "break.md").read_text(encoding="utf-8")
    (command,) = re.findall(
        r"^  - my-stretch  # make it with: stretchkit (.+)$", text, re.MULTILINE
    )
    assert run(*shlex.split(command), "--library", root).code == 0
    assert run("check", root, "--strict").code == 0


# --- init


def test_a_library_of_ones_own_has_no_faults(run: Run, here: Path) -> None:
    result = run("init", "mine/stretches")
    root = here / "mine" / "stretches"
    assert (result.code, result.err) == (0, "")
    assert {*result.out.splitlines()} == {f"mine/stretches/{name}" for name in tree(root)}
    assert "stretchkit.yaml" in tree(root)
    library = Library.load(root)
    assert library.diagnostics == ()
    assert library.settings.name == "Stretches"
    assert {"my-stretch", "cat-cow"} <= set(library.exercises)
    assert run("check", "mine/stretches", "--strict").code == 0


@pytest.mark.parametrize(
    "name", ['Ada\'s "moves": all', "no", "null", "50%", "Été", "{name}", "# 1", "C:\\x"]
)
def test_a_library_can_have_any_name(run: Run, here: Path, name: str) -> None:
    assert run("init", "mine", "--name", name).code == 0
    library = Library.load(here / "mine")
    assert library.diagnostics == ()
    assert library.settings.name == library.settings.brand.name == name


@BUNDLED
def test_the_commands_that_the_new_readme_names_work(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", "mine")
    monkeypatch.chdir("mine")
    readme = Path("README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    stretchkit (.+)$", readme, re.MULTILINE)
    assert {command.split()[0] for command in commands} == {"check", "handout", "site"}
    for command in commands:
        assert run(*shlex.split(command)).code == 0, command
    assert Path("sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert Path("public/exercises/my-stretch.html").is_file()
    assert run("check", "--strict").code == 0


@pytest.mark.parametrize(
    "file", ["stretchkit.yaml", "README.md", "exercises/my-stretch.md", "routines/my-routine.md"]
)
def test_a_library_is_not_started_over_files_that_are_there(
    run: Run, here: Path, file: str
) -> None:
    path = here / "mine" / file
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    message = refusal(run("init", "mine"))
    assert f"mine/{file} is there already; nothing was written" in message
    assert tree(here) == {f"mine/{file}": b"mine"}


def test_a_library_is_started_beside_other_files(run: Run, here: Path) -> None:
    (here / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("init", ".").code == 0
    assert tree(here)["notes.txt"] == b"mine"
    assert run("check", "--strict").code == 0


@pytest.mark.parametrize("place", ["file", "file/mine"])
def test_a_library_cannot_be_started_in_a_file(run: Run, here: Path, place: str) -> None:
    Path("file").write_text("mine", encoding="utf-8")
    assert place in refusal(run("init", place))
    assert tree(here) == {"file": b"mine"}


def test_a_library_is_started_whole_or_not_at_all(run: Run, here: Path) -> None:
    (here / "mine").mkdir()
    (here / "mine" / "routines").touch()
    assert "mine/routines is not a folder" in refusal(run("init", "mine"))
    assert list(tree(here)) == ["mine/routines"]


def test_a_library_is_not_started_in_a_folder_without_a_name(run: Run, here: Path) -> None:
    assert "name a folder" in refusal(run("init", ""))
    assert tree(here) == {}


# --- schema

KINDS = {
    "exercise": "exercises/*.md",
    "routine": "routines/*.md",
    "programme": "programmes/*.md",
    "guide": "guides/*.md",
    "series": "series/*.md",
    "person": "people/*.yaml",
    "term": "glossary/*.md",
    "library": "stretchkit.yaml",
}
TYPES: dict[str, type] = {"string": str, "integer": int, "array": list, "object": dict}
LIMITS: dict[str, tuple[type, Callable[[Any, Any], bool]]] = {
    "type": (
        object,
        lambda v, limit: v is None if limit == "null" else isinstance(v, TYPES[limit]),
    ),
    "enum": (object, lambda v, limit: v in limit),
    "const": (object, lambda v, limit: v == limit),
    "pattern": (str, lambda v, limit: re.search(limit, v) is not None),
    "minLength": (str, lambda v, limit: len(v) >= limit),
    "minItems": (list, lambda v, limit: len(v) >= limit),
    "minimum": (int, lambda v, limit: v >= limit),
    "maximum": (int, lambda v, limit: v <= limit),
    "required": (dict, lambda v, limit: set(limit) <= set(v)),
}
"""Keywords of JSON Schema: the type of value that each is about, and whether one fits."""
INNER = {"items", "properties", "patternProperties", "additionalProperties", "propertyNames"}
NOTES = {"$schema", "$defs", "title", "description", "default"}


def faults(schema: Any, value: Any, whole: Any) -> list[str]:
    """Return what a JSON Schema has against a value; fails at a keyword it does not know."""
    if isinstance(schema, bool):
        return [] if schema else [f"{value!r} is not allowed"]
    found: list[str] = []
    for keyword, wanted in schema.items():
        if keyword in LIMITS:
            about, fits = LIMITS[keyword]
            if isinstance(value, about) and not fits(value, wanted):
                found.append(f"{value!r} breaks {keyword}: {wanted}")
        elif keyword == "$ref":
            found += faults(whole["$defs"][wanted.removeprefix("#/$defs/")], value, whole)
        elif keyword == "anyOf":
            tried = [faults(each, value, whole) for each in wanted]
            found += [] if [] in tried else [fault for each in tried for fault in each]
        else:
            assert keyword in INNER | NOTES, keyword
    return found + [
        fault for inner, part in parts(schema, value) for fault in faults(inner, part, whole)
    ]


def parts(schema: dict[str, Any], value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the schemas inside a schema, each with the part of the value that it is about."""
    if isinstance(value, list):
        for each in value:
            yield schema.get("items", True), each
    if isinstance(value, dict):
        named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        for key, inner in value.items():
            yield schema.get("propertyNames", True), key
            about = [named[key]] if key in named else []
            about += [patterns[pattern] for pattern in patterns if re.search(pattern, key)]
            rest = schema.get("additionalProperties", True)
            for found in about or [rest]:
                yield found, key if found is False else inner


def schemas_within(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield a JSON Schema and every schema inside it."""
    yield schema
    for table in ("properties", "patternProperties", "$defs"):
        for inner in schema.get(table, {}).values():
            yield from schemas_within(inner)
    for keyword in ("items", "propertyNames", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from schemas_within(schema[keyword])
    for inner in schema.get("anyOf", []):
        yield from schemas_within(inner)


def front_matter(path: Path) -> Any:
    """Return the facts of a content file as plain data."""
    text = path.read_text(encoding="utf-8")
    facts = text.split("---\n")[1] if path.suffix == ".md" else text
    plain, _ = strict_yaml.load(facts, str(path), Faults())
    return plain


def is_translation(path: Path) -> bool:
    return "." in path.stem


@pytest.mark.parametrize("kind", [*KINDS, "translation"])
def test_a_schema_is_json_schema_that_refers_to_nothing_outside(run: Run, kind: str) -> None:
    result = run("schema", kind)
    schema = json.loads(result.out)
    assert (result.code, result.err) == (0, "")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    for inner in schemas_within(schema):
        assert set(inner.get("required", [])) <= set(inner.get("properties", {}))
        assert set(inner) <= {*LIMITS, *INNER, *NOTES, "$ref", "anyOf"}
        assert inner.get("type", "null") in {*TYPES, "null"}
        if "pattern" in inner:
            re.compile(inner["pattern"])
        if "$ref" in inner:
            assert inner["$ref"].removeprefix("#/$defs/") in schema["$defs"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_facts_of_every_bundled_file_fit_their_schema(run: Run, kind: str) -> None:
    schema = json.loads(run("schema", kind).out)
    paths = [path for path in CONTENT.glob(KINDS[kind]) if not is_translation(path)]
    assert paths
    for path in paths:
        assert faults(schema, front_matter(path), schema) == [], path


def test_the_facts_of_every_bundled_translation_fit_their_schema(run: Run) -> None:
    schema = json.loads(run("schema", "translation").out)
    paths = [path for path in CONTENT.glob("*/*.*") if is_translation(path)]
    assert paths
    for path in paths:
        assert faults(schema, front_matter(path), schema) == [], path


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"position": "siting"}, "siting"),
        ({"name": 5}, "5"),
        ({"name": ""}, "minLength"),
        ({"regions": []}, "minItems"),
        ({"levl": "easy"}, "'levl' is not allowed"),
        ({"progressions": ["Cat Cow"]}, "Cat Cow"),
        ({"cautions": {"glaucom": {"action": "ask"}}}, "glaucom"),
        ({"cautions": {"glaucoma": {"action": "sak"}}}, "sak"),
        ({"cautions": {"glaucoma": {}}}, "required: ['action']"),
    ],
)
def test_a_schema_finds_what_check_would_find(run: Run, change: dict[str, Any], fault: str) -> None:
    schema = json.loads(run("schema", "exercise").out)
    facts = front_matter(CONTENT / "exercises" / "cat-cow.md") | change
    assert fault in " ".join(faults(schema, facts, schema))


def test_an_unknown_schema_is_answered_with_those_there_are(run: Run) -> None:
    message = refusal(run("schema", "exercises"))
    assert all(f"'{kind}'" in message for kind in (*KINDS, "translation"))


# --- completion

SHELLS = ("bash", "zsh", "fish")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_script_asks_stretchkit_itself(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert result.code == 0
    assert f"_STRETCHKIT_COMPLETE={shell}_complete" in result.out
    assert re.search(r"\bstretchkit\b", result.out)


def test_an_unknown_shell_is_answered_with_those_there_are(run: Run) -> None:
    message = refusal(run("completion", "tcsh"))
    assert all(f"'{shell}'" in message for shell in SHELLS)


def completions(
    monkeypatch: pytest.MonkeyPatch, typed: str, shell: str = "bash"
) -> Collection[str]:
    """Return what a shell offers after something was typed; the last word is not finished."""
    words = ["stretchkit", *typed.split(" ")]
    monkeypatch.setenv("_STRETCHKIT_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words) - 1))
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")  # completions are written as bytes
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit) as stop:
        main([])
    assert stop.value.code == 0
    out.seek(0)
    return set(re.findall(r"[^\s,]+", out.read())) - {"plain", "_"}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("command", ["show", "handout"])
def test_ids_are_completed_in_every_shell(
    monkeypatch: pytest.MonkeyPatch, shell: str, command: str
) -> None:
    assert "cat-cow" in completions(monkeypatch, f"{command} cat", shell)
    assert "bird-dog" not in completions(monkeypatch, f"{command} cat", shell)


def test_ids_of_routines_and_guides_are_completed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert completions(monkeypatch, "show desk-b") == {"desk-break-2"}
    assert completions(monkeypatch, "show internal") == {"internal-core-abdominal-exercises"}


def test_the_second_id_of_a_handout_is_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert completions(monkeypatch, "handout cat-cow bird") == {"bird-dog"}


def test_ids_are_completed_from_the_library_that_is_named(
    monkeypatch: pytest.MonkeyPatch, small: Path
) -> None:
    assert completions(monkeypatch, f"show --library {small} n") == {"nod"}


def test_ids_are_completed_from_the_nearest_library(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small / "routines")
    assert completions(monkeypatch, "show s") == {"shrug"}


def test_commands_are_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert completions(monkeypatch, "hand") == {"handout"}
