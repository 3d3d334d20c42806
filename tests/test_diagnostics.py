"""Every fault that can be in content has a code, a message with its place, and a test here.

A folder of `faults/` is a small library whose name starts with a code; `expected.txt` holds the
whole of what is told about it, and about the list `people.csv` where there is one.
`--update-golden` writes that file anew. What cannot lie in a repository (bytes that are no text,
links, unreadable files) is made by a function instead.
"""

from __future__ import annotations

import os
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import stretchkit
from stretchkit.batch.ledger import Ledger
from stretchkit.batch.orders import NO_ROUTINE, Pattern
from stretchkit.batch.write import check_list
from stretchkit.diagnostics import CODES
from stretchkit.handout import Handout
from stretchkit.library import Library

FAULTS = Path(__file__).with_name("faults")
FOLDERS = sorted(path for path in FAULTS.iterdir() if path.is_dir())
PACKAGE = Path(stretchkit.__file__).parent

NOD = """\
---
name: Nod
kind: mobility
regions: [neck]
position: sitting
dosage: 5 reps
---
Nod slowly.

## Steps
1. Look down.
2. Look up.
"""
"""An exercise without faults."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>\n'


def told(root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return every diagnostic of a library, posed too, a line each, with paths inside of it.

    Spaces at the end of a line are left out: editors take them away from `expected.txt`.
    """
    monkeypatch.chdir(root.parent)
    library = Library.load(root)
    faults = sorted({*library.diagnostics, *library.check_figures()})
    people = Path(root.name) / "people.csv"
    if people.exists():
        like = Handout(NO_ROUTINE, library)
        with Ledger() as ledger:
            _, whole, rows = check_list(people, Pattern.of(like, "pdf"), ledger)
        faults += sorted({*whole, *rows})
    lines = (str(fault).replace(f"{root.name}/", "") for fault in faults)
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_library_with_faults_is_told_all_of_them_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    golden = folder / "expected.txt"
    found = told(folder, monkeypatch)
    if request.config.getoption("--update-golden"):
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")
    assert f" {code_of(folder.name)} " in found


# Faults that cannot lie in a repository ---------------------------------------------------------


def write(root: Path, name: str, data: bytes | str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def link(root: Path, name: str, target: Path) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def leads_nowhere(root: Path) -> None:
    link(root, "exercises/nod.md", Path("gone.md"))


def latin_1(root: Path) -> None:
    text = NOD.replace("Nod slowly.", "Despacio, señora.")
    write(root, "exercises/nod.md", text.encode("latin-1"))


def utf_16(root: Path) -> None:
    write(root, "people/a.yaml", "name: Ada\n".encode("utf-16-le"))
    write(root, "exercises/a.md", "\ufeff---".encode("utf-16-le"))


def cut_in_a_letter(root: Path) -> None:
    write(root, "exercises/nod.md", "---\nname: Inclinar\n---\nñ".encode()[:-1])


def byte_order_mark(root: Path) -> None:
    write(root, "exercises/nod.md", b"\xef\xbb\xbf" + NOD.encode())
    write(root, "stretchkit.yaml", b"\xef\xbb\xbfname: Faults\n")


def windows_line_ends(root: Path) -> None:
    write(root, "exercises/all.md", NOD.replace("\n", "\r\n"))
    write(root, "exercises/one.md", NOD.replace("Look down.\n", "Look down.\r\n"))
    write(root, "people/ada.yaml", "name: Ada\r\n")


def over_a_hundred_kilobytes(root: Path) -> None:
    for name, size in (("nod", 100_001), ("tilt", 100_000)):
        words = "Nod slowly.".ljust(size - len(NOD) + len("Nod slowly."), "x")
        write(root, f"exercises/{name}.md", NOD.replace("Nod slowly.", words))


def links_to_files_outside(root: Path) -> None:
    outside = write(root.parent, "outside/nod.md", NOD)
    link(root, "exercises/nod.md", outside)
    link(root, "people/ada.yaml", Path("../../outside/ada.yaml"))
    write(root.parent, "outside/ada.yaml", "name: Ada\n")


def settings_outside(root: Path) -> None:
    (root / "stretchkit.yaml").unlink()
    link(root, "stretchkit.yaml", write(root.parent, "outside.yaml", "name: Outside\n"))


def folder_outside(root: Path) -> None:
    write(root.parent, "outside/nod.md", NOD)
    link(root, "exercises", root.parent / "outside")


def pictures_outside(root: Path) -> None:
    link(root, "nod.svg", write(root.parent, "outside.svg", SVG))
    link(root, "inside.svg", write(root, "real.svg", SVG))
    pictures = "pictures:\n  - {file: nod.svg, alt: A}\n  - {file: inside.svg, alt: B}\n---\nNod"
    write(root, "exercises/a.md", NOD.replace("---\nNod", pictures))
    write(root, "stretchkit.yaml", "name: Faults\n")


def damaged_pictures(root: Path) -> None:
    write(root, "cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    write(root, "open.svg", SVG.replace("/>", ">"))
    write(root, "page.svg", "<html/>")
    names = ("cut.png", "open.svg", "page.svg")
    pictures = "".join(f"  - {{file: {name}, alt: A}}\n" for name in names)
    write(root, "exercises/a.md", NOD.replace("---\nNod", f"pictures:\n{pictures}---\nNod"))


def control_characters(root: Path) -> None:
    write(root, "exercises/bell.md", NOD.replace("Look down.", "Look\x07 down\x00."))
    write(root, "exercises/direction.md", NOD.replace("name: Nod", "name: \u202eNod"))
    write(root, "exercises/line.md", NOD.replace("Look down.", "Look\u2028down."))
    write(root, "exercises/next-line.md", NOD.replace("Look down.", "Look\x85down."))
    write(root, "exercises/nothing.md", "\0")
    write(root, "exercises/mark.md", NOD.replace("Look down.", "\ufdd00\ufdd1Look down."))


@dataclass(frozen=True)
class Made:
    """A fault that a function makes in a library, and what is told about it."""

    make: Callable[[Path], None]
    expected: tuple[str, ...]


MADE = {
    "SK001-link-to-nothing": Made(
        leads_nowhere,
        ("exercises/nod.md:1:1: error SK001 cannot read the file: No such file or directory",),
    ),
    "SK002-latin-1": Made(
        latin_1,
        ("exercises/nod.md:8:13: error SK002 byte 0xf1 is not UTF-8. hint: save as UTF-8",),
    ),
    "SK002-cut-in-a-letter": Made(
        cut_in_a_letter,
        ("exercises/nod.md:4:1: error SK002 byte 0xc3 is not UTF-8. hint: save as UTF-8",),
    ),
    "SK002-utf-16": Made(
        utf_16,
        (
            "exercises/a.md:1:1: error SK002 byte 0xff is not UTF-8. hint: save as UTF-8",
            "people/a.yaml:1:2: error SK007 U+0000 (control character). hint: delete the character",
        ),
    ),
    "SK003-byte-order-mark": Made(
        byte_order_mark,
        (
            "exercises/nod.md:1:1: warning SK003 the file starts with a byte order mark",
            "stretchkit.yaml:1:1: warning SK003 the file starts with a byte order mark",
        ),
    ),
    "SK004-windows-line-ends": Made(
        windows_line_ends,
        tuple(
            f"{place}: warning SK004 lines end with CRLF. hint: save with LF line ends"
            for place in ("exercises/all.md:1:1", "exercises/one.md:11:1", "people/ada.yaml:1:1")
        ),
    ),
    "SK005-over-100-kB": Made(
        over_a_hundred_kilobytes,
        ("exercises/nod.md:1:1: error SK005 the file has 100,001 bytes, over 100 kB",),
    ),
    "SK006-files-outside": Made(
        links_to_files_outside,
        (
            "exercises/nod.md:1:1: error SK006 a link to a file outside of the library",
            "people/ada.yaml:1:1: error SK006 a link to a file outside of the library",
        ),
    ),
    "SK006-settings-outside": Made(
        settings_outside,
        ("stretchkit.yaml:1:1: error SK006 a link to a file outside of the library",),
    ),
    "SK006-folder-outside": Made(
        folder_outside,
        ("exercises/nod.md:1:1: error SK006 a link to a file outside of the library",),
    ),
    "SK006-picture-outside": Made(
        pictures_outside,
        ('exercises/a.md:8:12: error SK006 "nod.svg" is a link to a file outside of the library',),
    ),
    "SK007-control-characters": Made(
        control_characters,
        tuple(
            f"exercises/{place}: error SK007 {name}. hint: delete the character"
            for place, name in (
                ("bell.md:11:8", "U+0007 (control character)"),
                ("direction.md:2:7", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
                ("line.md:11:8", "U+2028 (LINE SEPARATOR)"),
                ("mark.md:11:4", "U+FDD0 (control character)"),
                ("next-line.md:11:8", "U+0085 (control character)"),
                ("nothing.md:1:1", "U+0000 (control character)"),
            )
        ),
    ),
    "SK056-damaged-pictures": Made(
        damaged_pictures,
        (
            'exercises/a.md:8:12: error SK056 "cut.png" is damaged, or is no png file',
            'exercises/a.md:9:12: error SK056 "open.svg" is damaged, or is no svg file',
            'exercises/a.md:10:12: error SK056 "page.svg" is damaged, or is no svg file',
        ),
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_a_fault_that_no_repository_can_hold_is_told_as_any_other(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "library"
    write(root, "stretchkit.yaml", "name: Faults\n")
    MADE[name].make(root)
    found = told(root, monkeypatch)
    assert found == "".join(f"{line}\n" for line in MADE[name].expected)
    assert f" {code_of(name)} " in found


def test_a_file_that_may_not_be_read_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "library"
    write(root, "stretchkit.yaml", "name: Faults\n")
    write(root, "exercises/nod.md", NOD)
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "nod.md":
            raise PermissionError(13, os.strerror(13))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = told(root, monkeypatch)
    assert found == "exercises/nod.md:1:1: error SK001 cannot read the file: Permission denied\n"


# The table of codes -------------------------------------------------------------------------------


def code_of(name: str) -> str:
    return name.partition("-")[0]


def test_every_code_has_a_library_with_that_fault() -> None:
    assert {code_of(name) for name in (*MADE, *(folder.name for folder in FOLDERS))} == set(CODES)


def test_every_code_of_the_table_is_used_and_every_used_code_is_in_the_table() -> None:
    used = {
        code
        for path in PACKAGE.rglob("*.py")
        if path.name != "diagnostics.py"
        for code in re.findall(r'"(SK\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert used == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_what_it_means_in_a_title_and_a_sentence(code: str) -> None:
    assert re.fullmatch(r"SK\d{3}", code)
    meaning = CODES[code]
    assert meaning.title
    assert not meaning.title.endswith(".")
    assert meaning.explanation[0] in string.ascii_uppercase + "`"
    assert meaning.explanation[-1] in ".…"


def test_no_two_codes_share_a_title() -> None:
    titles = [meaning.title for meaning in CODES.values()]
    assert len(titles) == len(set(titles))
