"""Lists of people as spreadsheet programs save them, whole and damaged."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchkit.batch.avoid import without_avoided
from stretchkit.batch.columns import columns
from stretchkit.batch.names import LONGEST, RESERVED, numbered_name, safe_name, same_file
from stretchkit.batch.orders import NO_ROUTINE, Order, Pattern, order_of
from stretchkit.batch.table import rows_of_file, rows_of_mappings
from stretchkit.diagnostics import Faults
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.model.routine import Entry

PEOPLE = [["name", "routine", "message"], ["Zoë", "desk-break-2", "Hello, Zoë"], ["Bo", "nod", ""]]


def read(path: Path, data: bytes | None = None) -> tuple[list[dict[str, str]], list[str]]:
    """Return the cells of each row of a list, and its faults without the path."""
    if data is not None:
        path.write_bytes(data)
    faults = Faults()
    found = []
    for row, own in rows_of_file(path, faults):
        found.append(dict(row.cells))
        faults.extend(own.sorted())
    return found, [str(fault).removeprefix(f"{path}").strip(" :") for fault in faults.sorted()]


def as_csv(sign: str = ",", end: str = "\r\n") -> str:
    return end.join(sign.join(f'"{cell}"' for cell in row) for row in PEOPLE) + end


def as_workbook(
    rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def an_archive(parts: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


WHOLE = [
    {"name": "Zoë", "routine": "desk-break-2", "message": "Hello, Zoë"},
    {"name": "Bo", "routine": "nod"},
]


# --- lists as programs save them


@pytest.mark.parametrize(
    "data",
    [
        as_csv().encode(),
        as_csv(end="\n").encode(),
        as_csv().encode("utf-8-sig"),
        as_csv(";").encode("utf-8-sig"),
        as_csv("\t").encode("utf-16"),
        ("sep=;\r\n" + as_csv(";")).encode(),
        ("\n,,\n" + as_csv(end="\n\n,,\n")).encode(),
        as_workbook(PEOPLE),
        as_workbook([[], *PEOPLE[:2], [None, ""], PEOPLE[2]]),
    ],
    ids=["plain", "unix", "bom", "semicolons", "utf-16", "sep", "blank", "xlsx", "blank-xlsx"],
)
def test_a_list_is_read_however_it_was_saved(data: bytes, tmp_path: Path) -> None:
    assert read(tmp_path / "list", data) == (WHOLE, [])


def test_rows_are_counted_as_spreadsheets_count_them(tmp_path: Path) -> None:
    text = 'Name ,Routine,message\n\nAda,nod,"one\ntwo"\n,,\nBo,nod,a\x07\n'
    faults = Faults()
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    numbers = [row.number for row, _ in rows_of_file(path, faults)]
    assert numbers == [3, 5]
    (fault,) = read(path)[1]
    assert fault.startswith("row 5, column message (C5): error SK101 U+0007 (control character)")


def test_numbers_and_days_of_a_workbook_are_read_as_they_are_shown(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["name", "log", "message", "title", "file"],
        [7, 4.0, date(2026, 1, 31), datetime.fromisoformat("2026-01-31 09:30"), True],
    ]
    found, faults = read(tmp_path / "people.xlsx", as_workbook(rows))
    assert faults == []
    assert found == [
        {
            "name": "7",
            "log": "4",
            "message": "2026-01-31",
            "title": "2026-01-31 09:30:00",
            "file": "true",
        }
    ]


# --- lists that are damaged


LIST_FAULTS = {
    "empty": (b"", "error SK100 the list is empty"),
    "spaces": (b" \r\n\r\n", "error SK100 the list is empty"),
    "latin-1": (
        as_csv().encode("latin-1"),
        "row 2, cell A2: error SK100 byte 0xeb is not UTF-8. hint: save the list as CSV UTF-8",
    ),
    "bytes": (bytes(range(256)) * 3, "error SK100 the list is no text"),
    "old": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "error SK100 the workbook is locked"),
    "cut": (as_workbook(PEOPLE)[:900], "error SK100 the workbook is damaged"),
    "other": (an_archive({"mimetype": b"application/vnd.oasis"}), "error SK100 the workbook is of"),
    "zip": (b"PK\x03\x04" + bytes(90), "error SK100 the workbook is damaged"),
    "quote": (b'name,routine\n"Ada"x,nod\n', "row 2: error SK100 the row cannot be read"),
    "field": (b"name\n" + b"x" * 200_000, "row 2: error SK100 the row cannot be read"),
    "cell": (b"name\n" + b"x" * 20_000, "row 2, column name (A2): error SK101 the cell has 20,000"),
}


@pytest.mark.parametrize("name", LIST_FAULTS)
def test_a_damaged_list_is_told_with_what_to_do(name: str, tmp_path: Path) -> None:
    data, expected = LIST_FAULTS[name]
    _, (fault,) = read(tmp_path / "people.xlsx", data)
    assert fault.startswith(expected), fault


def test_a_workbook_with_a_part_missing_or_broken_is_told_as_damaged(tmp_path: Path) -> None:
    whole = as_workbook(PEOPLE)
    with zipfile.ZipFile(BytesIO(whole)) as parts:
        names = parts.namelist()
        held = {name: parts.read(name) for name in names}
    told = set()
    for name in names:
        for data in (None, held[name][: len(held[name]) // 2]):
            left = {part: kept for part, kept in {**held, name: data}.items() if kept is not None}
            told |= set(read(tmp_path / "people.xlsx", an_archive(left))[1])
    assert told
    assert all(fault.startswith("error SK100 the workbook is ") for fault in told), told


def test_formulas_errors_and_merged_cells_of_a_workbook_are_told(tmp_path: Path) -> None:
    rows = [["name", "routine"], ['="A"&"da"', "nod"], ["#REF!", "nod"], ["Bo", "nod"], ["", "nod"]]

    def merge(sheet: Any) -> None:
        sheet.merge_cells("B4:B5")
        sheet["A3"].data_type = "e"

    found, faults = read(tmp_path / "people.xlsx", as_workbook(rows, merge))
    assert [fault.split(". hint: ") for fault in faults] == [
        [
            "row 2, column name (A2): error SK100 the cell holds a formula",
            "copy the column and paste its values",
        ],
        [
            "row 3, column name (A3): error SK100 the cell shows #REF!",
            "write a text, or leave it blank",
        ],
        [
            "row 4, cell B4: error SK100 the cell is merged with others",
            "unmerge it, and fill in every row",
        ],
    ]
    assert len(found) == 3


def test_a_workbook_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(as_workbook(PEOPLE))) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    small = {name: data.replace(b'ref="A1:C3"', b'ref="A1"') for name, data in held.items()}
    assert small != held
    assert read(tmp_path / "people.xlsx", an_archive(small)) == (WHOLE, [])


# --- names of files


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace", "Ada-Lovelace"),
        ("Zoe\u0308  Núñez", "Zoë-Núñez"),
        ("../../etc/passwd", "etc-passwd"),
        ("J. R. R.", "J-R-R"),
        ("con", "_con"),
        ("Aux.x", "_Aux.x"),
        ("COM¹", "_COM¹"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("مريم بنت علي", "مريم-بنت-علي"),
        ("王小明", "王小明"),
        ("🙂", ""),
        ("???", ""),
        (".hidden", "hidden"),
        ('a<b>c:d"e|f?g*h\\i', "a-b-c-d-e-f-g-h-i"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=400), st.integers(1, 10**6))
def test_any_name_is_safe_on_every_system(text: str, number: int) -> None:
    name = numbered_name(safe_name(text) or "row-1", number)
    assert len(name.encode()) <= LONGEST + len("_")
    assert safe_name(name) == name
    assert name.split(".", maxsplit=1)[0].casefold() not in RESERVED
    assert not set(name) & set('<>:"/\\|?*\0\n ')
    assert os.fsdecode(os.fsencode(name)) == name
    assert not name.startswith((".", "-"))
    assert not name.endswith((".", " "))


def test_names_that_some_system_takes_for_one_are_one() -> None:
    assert same_file("Zoë") == same_file("ZOE\u0308")
    assert same_file("straße") == same_file("STRASSE")
    assert same_file("ada") != same_file("ada-2")


# --- what a row asks for


def order(library: Library, *, like: Handout | None = None, **cells: str) -> Order:
    """Return what a row without faults asks for."""
    pattern = Pattern.of(like or Handout(NO_ROUTINE, library), "pdf")
    ((row, faults),) = rows_of_mappings([{"name": "Ada", **cells}])
    found = order_of(row, pattern, faults)
    assert faults.sorted() == ()
    assert found is not None
    return found


def test_exercises_come_with_dosages_and_notes_in_the_language_of_the_row(library: Library) -> None:
    listed = "cat-cow: 2 x 8 reps, slow | Take  your time.;\nsphinx"
    found = order(library, exercises=listed, language="es", title="Su espalda")
    handout = found.handout(library.in_language("es"))
    assert str(handout.prescriptions[0].dosage) == "2 x 8 reps, slow"
    assert handout.prescriptions[0].note == "Take your time."
    assert handout.prescriptions[1].dosage == library.exercise("sphinx").dosage
    assert (handout.routine.name, handout.routine.language) == ("Su espalda", "es")


def test_the_routine_for_all_rows_is_in_the_language_of_each(library: Library) -> None:
    like = Handout(library.routine("desk-break-2"), library, message="Hello")
    found = order(library, like=like, language="es")
    assert found.asked["routine"] == library.in_language("es").routine("desk-break-2")
    assert found.asked["message"] == "Hello"
    assert found.asked["recipient"] == "Ada"


def test_options_of_a_row_go_before_those_of_the_command(library: Library) -> None:
    like = Handout(library.routine("desk-break-2"), library, paper="letter", size="large")
    found = order(library, like=like, paper="A4", log="3", blank="Yes")
    assert {name: found.asked[name] for name in ("paper", "size", "weeks", "blank")} == {
        "paper": "a4",
        "size": "large",
        "weeks": 3,
        "blank": True,
    }


def test_every_option_of_a_handout_is_a_column_or_is_given_by_one() -> None:
    given = {column.field for column in columns().values() if column.field}
    by_rows = {"routine", "library", "recipient", "message", "chapters"}
    for_all = {"prepared_on", "person"}
    assert given | by_rows | for_all == set(Handout.__dataclass_fields__)


def test_what_a_condition_rules_out_is_left_out_or_replaced(library: Library) -> None:
    entries = [Entry("cat-cow"), Entry("sphinx"), Entry("ankle-pumps")]
    kept, left_out = without_avoided(entries, library, ["wrist-pain", "sphinx"])
    assert [entry.exercise for entry in kept] == ["seated-cat-cow", "ankle-pumps"]
    assert [str(each) for each in left_out] == [
        "cat-cow left out because of wrist-pain; seated-cat-cow instead",
        "sphinx left out because of sphinx",
    ]


def test_an_exercise_given_instead_is_not_ruled_out_itself_nor_given_twice(
    library: Library,
) -> None:
    kept, left_out = without_avoided(
        [Entry("seated-cat-cow"), Entry("cat-cow")], library, ["wrist-pain"]
    )
    assert [entry.exercise for entry in kept] == ["seated-cat-cow"]
    assert left_out[0].instead == ""
    kept, left_out = without_avoided([Entry("cat-cow")], library, ["wrist-pain", "seated-cat-cow"])
    assert [entry.exercise for entry in kept] == []
    assert left_out[0].instead == ""


@pytest.mark.parametrize("condition", ["wrist-pain", "osteoporosis-spine", "dizziness", "heart"])
def test_nothing_that_is_to_be_avoided_is_ever_given(library: Library, condition: str) -> None:
    everything = [Entry(name) for name in library.exercises]
    kept, left_out = without_avoided(everything, library, [condition])
    given = {entry.exercise for entry in kept}
    allowed = {exercise.id for exercise in library.select(avoid=[condition])}
    assert given <= allowed
    assert given | {each.exercise for each in left_out} == set(library.exercises)
