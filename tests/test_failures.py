"""When what StretchKit stands on fails: one clear message, exit code 2, and nothing half done."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from stretchkit import resources
from stretchkit.errors import MissingGlyphError, UnknownIdError
from stretchkit.figure.cache import FOLDER_VARIABLE
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.handout import render
from stretchkit.rendering.site import build_site

if TYPE_CHECKING:
    from conftest import MakeLibrary, Run

ROOT = Path(__file__).resolve().parent.parent


def png() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(data, "PNG")
    return data.getvalue()


def exercise(name: str, *, facts: str = "") -> str:
    """Return the text of an exercise without faults."""
    return (
        f"---\nname: {name}\nkind: mobility\nregions: [neck]\nposition: sitting\n"
        f"dosage: 3 reps\n{facts}---\nWords about it.\n\n## Steps\n1. Move.\n"
    )


NOD = {"exercises/nod.md": exercise("Nod")}
OUTPUTS = {
    "md": "handout nod -o out/sheet.md",
    "html": "handout nod -o out/sheet.html",
    "pdf": "handout nod -o out/sheet.pdf",
    "site": "site -o out",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that is no library."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def message_of(code: int, out: str, err: str) -> str:
    """Return the one line that a command failed with."""
    assert code == 2
    assert out == ""
    (message,) = err.splitlines()
    assert message.startswith("stretchkit: ")
    return message


def failure(run: Run, *arguments: str | Path) -> str:
    """Run a command that fails and return its message."""
    result = run(*arguments)
    return message_of(result.code, result.out, result.err)


def is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


# --- a system library is missing

WITHOUT = """
import sys

import cffi

load, missing = cffi.FFI.dlopen, sys.argv.pop(1)


def dlopen(self, name, flags=0):
    if name is not None and missing in name:
        raise OSError(f"cannot load library '{name}': {name}: cannot open shared object file")
    return load(self, name, flags)


cffi.FFI.dlopen = dlopen

from stretchkit.cli import main

main()
"""
"""Runs a command in a process that cannot load a system library."""


def run_without(library: str, *arguments: str, cache: str = "") -> tuple[int, str, str]:
    """Return how a command ended, and its output, where a system library is missing."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, library, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | ({FOLDER_VARIABLE: cache} if cache else {}),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("library", "named"),
    [
        ("pango-1.0", "libpango-1.0-0"),
        ("pangoft2", "libpangoft2-1.0-0"),
        ("harfbuzz", "libharfbuzz-0"),
    ],
)
def test_a_missing_system_library_is_named_with_the_line_that_installs_it(
    here: Path, tmp_path_factory: pytest.TempPathFactory, library: str, named: str
) -> None:
    # Parts that are kept need no engine, and so none of its libraries.
    cache = str(tmp_path_factory.mktemp("cache"))
    ended = run_without(library, "handout", "cat-cow", "-o", "sheet.pdf", cache=cache)
    message = message_of(*ended)
    assert f"PDFs need the system library {named}, which is not installed" in message
    assert "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in message
    assert "sudo dnf install pango" in message
    assert "brew install pango" in message
    assert is_empty(here)


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_only_a_pdf_needs_system_libraries(here: Path, suffix: str) -> None:
    sheet = f"sheet.{suffix}"
    ended = run_without("lib", "handout", "cat-cow", "-o", sheet)
    assert ended == (0, f"{sheet}\n", "")
    assert (here / sheet).is_file()


# --- a character that no font has


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("王小明", ["王 (U+738B)", "小 (U+5C0F)", "明 (U+660E)"]),
        ("Ada 🙂", ["🙂 (U+1F642)"]),
        ("あ", ["あ (U+3042)"]),
    ],
)
@pytest.mark.parametrize("option", ["--for", "--message"])
def test_a_character_that_no_font_has_is_named_and_nothing_is_printed(
    run: Run, here: Path, option: str, text: str, named: list[str]
) -> None:
    (here / "sheet.pdf").write_bytes(b"old")
    message = failure(run, "handout", "cat-cow", "-o", "sheet.pdf", option, text)
    assert "no bundled font can print" in message
    assert all(name in message for name in named)
    assert message.count("U+") == len(named)
    assert [path.name for path in here.iterdir()] == ["sheet.pdf"]
    assert (here / "sheet.pdf").read_bytes() == b"old"


def test_a_character_that_no_font_has_is_found_in_the_content_too(
    make_library: MakeLibrary,
) -> None:
    library = make_library({"exercises/nod.md": exercise("Nod 点头")})
    with pytest.raises(MissingGlyphError, match=r"U\+5934.*U\+70B9"):
        render(Handout(library.routine_of(["nod"]), library), "pdf")


def test_of_many_characters_that_no_font_has_some_are_named(run: Run, here: Path) -> None:
    text = "".join(chr(number) for number in range(0x4E00, 0x4E00 + 12))
    message = failure(run, "handout", "cat-cow", "-o", "sheet.pdf", "--for", text)
    assert message.count("U+") == 8
    assert " and 4 more;" in message
    assert is_empty(here)


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_a_browser_has_fonts_of_its_own(run: Run, here: Path, suffix: str) -> None:
    result = run("handout", "cat-cow", "-o", f"sheet.{suffix}", "--for", "王小明")
    assert result.code == 0
    assert "王小明" in (here / f"sheet.{suffix}").read_text(encoding="utf-8")


# --- a template has a fault

TEMPLATES = {
    "syntax": ("{% if %}", "cannot be read"),
    "not closed": ("{{ title", "cannot be read"),
    "unknown filter": ("{{ title|louder }}", "No filter named 'louder'"),
    "unknown name": ("{{ titel }}", "'titel' is undefined"),
    "unknown field": ("{{ brand.fax }}", 'no field "fax"'),
    "unknown file": ('{% include "stamp.html" %}', "stamp.html"),
    "unknown heading": ('{{ "shoes"|heading }}', "shoes"),
    "arithmetic": ("{{ 1 / 0 }}", "division by zero"),
    "types": ("{{ title + 1 }}", "int"),
    "place in a text": ('{{ _("%(who)s") }}', "who"),
}


@pytest.mark.parametrize("fault", TEMPLATES)
@pytest.mark.parametrize("suffix", ["md", "html", "pdf"])
def test_a_fault_in_a_handout_template_is_told_by_file_and_line(
    run: Run, here: Path, make_library: MakeLibrary, suffix: str, fault: str
) -> None:
    wrong, told = TEMPLATES[fault]
    name = "handout.md" if suffix == "md" else "handout.html"
    root = make_library({**NOD, f"templates/{name}": f"one\ntwo\n{wrong}\n"}).folders[0]
    message = failure(run, *OUTPUTS[suffix].split(), "--library", root)
    assert message.startswith(f"stretchkit: {root}/templates/{name}:3: the template ")
    assert told in message
    assert is_empty(here)


@pytest.mark.parametrize("tag", ["extends", "include"])
def test_a_template_that_uses_itself_is_told_by_its_file(
    run: Run, here: Path, make_library: MakeLibrary, tag: str
) -> None:
    template = f'{{% {tag} "handout.html" %}}\n'  # not "built-in/handout.html"
    root = make_library({**NOD, "templates/handout.html": template}).folders[0]
    message = failure(run, *OUTPUTS["html"].split(), "--library", root)
    assert f"{root}/templates/handout.html:1: " in message
    assert is_empty(here)


def test_a_fault_in_a_template_is_told_as_one_would_type_its_path(
    run: Run, make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_library({**NOD, "templates/handout.md": "{{ titel }}\n"}).folders[0]
    monkeypatch.chdir(root.parent)
    message = failure(run, "handout", "nod", "-o", "x.md", "--library", "library")
    assert message.startswith("stretchkit: library/templates/handout.md:1: ")


@pytest.mark.parametrize("name", ["site/exercise.html", "site/home.html", "site/base.html"])
def test_a_fault_in_a_template_of_the_site_is_told_by_file_and_line(
    run: Run, here: Path, make_library: MakeLibrary, name: str
) -> None:
    root = make_library({**NOD, f"templates/{name}": "one\n{{ titel }}\n"}).folders[0]
    message = failure(run, "site", "-o", "out", "--library", root)
    assert f"{root}/templates/{name}:2: " in message
    assert "'titel' is undefined" in message
    assert is_empty(here)


def test_a_fault_in_a_block_that_a_template_replaces_is_told_where_it_is(
    run: Run, here: Path, make_library: MakeLibrary
) -> None:
    template = (
        '{% extends "built-in/handout.html" %}\n'
        "{% block credits %}\n<p>{{ author }}</p>\n<p>{{ autor }}</p>\n{% endblock %}\n"
    )
    root = make_library({**NOD, "templates/handout.html": template}).folders[0]
    message = failure(run, *OUTPUTS["html"].split(), "--library", root)
    assert f"{root}/templates/handout.html:4: " in message
    assert is_empty(here)


def test_a_fault_in_a_theme_is_told_by_file_and_line(
    run: Run, here: Path, make_library: MakeLibrary
) -> None:
    files = {
        **NOD,
        "stretchkit.yaml": "name: T\ntheme: themes/blue\n",
        "themes/blue/handout.html": "{% block a %}\n",
    }
    root = make_library(files).folders[0]
    message = failure(run, *OUTPUTS["html"].split(), "--library", root)
    assert f"{root}/themes/blue/handout.html:" in message
    assert is_empty(here)


# --- a library is missing

COMMANDS = {
    "list": "list --library {path}",
    "show": "show cat-cow --library {path}",
    "check": "check --library {path}",
    "handout": "handout cat-cow -o out.md --library {path}",
    "site": "site -o out --library {path}",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_library_that_is_not_there_is_named(run: Run, here: Path, command: str) -> None:
    message = failure(run, *COMMANDS[command].format(path="no/such/folder").split())
    assert message == "stretchkit: there is no library at no/such/folder: not a folder"
    assert is_empty(here)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_is_not_a_library(run: Run, here: Path, command: str) -> None:
    (here / "notes.txt").touch()
    message = failure(run, *COMMANDS[command].format(path="notes.txt").split())
    assert message == "stretchkit: there is no library at notes.txt: not a folder"
    assert [path.name for path in here.iterdir()] == ["notes.txt"]


def test_an_installation_without_its_content_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "lib" / "stretchkit" / "x.py"))
    message = failure(run, "list")
    assert "the folder content is missing" in message
    assert message.endswith("install StretchKit again")


# --- a picture vanishes

ILLUSTRATED: dict[str, str | bytes] = {
    "exercises/nod.md": exercise("Nod", facts="pictures: [{file: photos/nod.png, alt: A nod}]\n"),
    "photos/nod.png": png(),
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_picture_that_vanishes_after_loading_is_named(
    run: Run,
    here: Path,
    make_library: MakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
    output: str,
) -> None:
    root = make_library(ILLUSTRATED).folders[0]
    load: Callable[[str | Path], Library] = Library.load

    def load_and_lose(folder: str | Path) -> Library:
        library = load(folder)
        (root / "photos" / "nod.png").unlink()
        return library

    monkeypatch.setattr(Library, "load", load_and_lose)
    message = failure(run, *OUTPUTS[output].split(), "--library", root)
    assert message == 'stretchkit: the library has no picture "photos/nod.png"'
    assert is_empty(here)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_picture_that_was_never_there_is_told_at_its_line(
    run: Run, here: Path, make_library: MakeLibrary, output: str
) -> None:
    root = make_library({"exercises/nod.md": ILLUSTRATED["exercises/nod.md"]}).folders[0]
    result = run(*OUTPUTS[output].split(), "--library", root)
    assert (result.code, result.out) == (1, "")
    assert f'{root}/exercises/nod.md:7:19: error SK054 there is no file "photos' in result.err
    assert is_empty(here)


def test_the_python_functions_raise_what_the_commands_tell(make_library: MakeLibrary) -> None:
    library = make_library(ILLUSTRATED)
    (library.folders[0] / "photos" / "nod.png").unlink()
    handout = Handout(library.routine_of(["nod"]), library)
    with pytest.raises(UnknownIdError, match=r'no picture "photos/nod\.png"'):
        render(handout, "html")
    with pytest.raises(UnknownIdError, match=r'no picture "photos/nod\.png"'):
        build_site(library)


# --- the disk is full


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_full_disk_is_told_and_leaves_nothing(
    run: Run,
    here: Path,
    make_library: MakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
    output: str,
) -> None:
    root = make_library(NOD).folders[0]

    def fail(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", fail)
    message = failure(run, *OUTPUTS[output].split(), "--library", root)
    assert message.startswith("stretchkit: cannot write out/")
    assert message.endswith(": No space left on device")
    assert not [path for path in here.rglob("*") if path.is_file()]
