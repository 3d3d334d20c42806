"""`stretchkit batch` as people type it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest
from batches import NOD, install_renderer

from stretchkit.cli import batches as command
from stretchkit.cli.batches import pace

if TYPE_CHECKING:
    from conftest import MakeLibrary, Run

ROOT = Path(__file__).resolve().parent.parent
PLAIN = ("--format", "html", "--style", "none")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder without a library."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def folder(make_library: MakeLibrary) -> Path:
    """Return the folder of a library with one exercise."""
    return make_library({"exercises/nod.md": NOD}).folders[0]


def a_list(text: str) -> Path:
    path = Path("people.csv")
    path.write_text(text, encoding="utf-8")
    return path


def test_each_row_becomes_a_file_and_the_summary_is_json(run: Run) -> None:
    a_list("name,language,routine\nAda,en,desk-break-2\nInés,es,sphinx\n")
    result = run("batch", "people.csv", "-o", "out", "--style", "none")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out) == {
        "rows": 2,
        "written": 2,
        "unchanged": 0,
        "faulty": 0,
        "failed": 0,
        "changed": 0,
        "report": str(Path("out", "report.json")),
    }
    assert all(Path("out", name).read_bytes()[:5] == b"%PDF-" for name in ("Ada.pdf", "Inés.pdf"))
    again = run("batch", "people.csv", "-o", "out", "--style", "none")
    assert json.loads(again.out)["unchanged"] == 2


def test_the_options_of_a_handout_are_those_of_a_batch(run: Run, folder: Path) -> None:
    a_list("name\nAda\n")
    options = (
        "--routine",
        "nod",
        "--date",
        "2026-01-31",
        "--message",
        "Hello",
        "--paper",
        "letter",
    )
    where = ("--library", folder, *PLAIN)
    assert run("batch", "people.csv", "-o", "out", *options, *where).code == 0
    sheet = ("handout", "nod", "--for", "Ada", "-o", "one.html", "--style", "none", *options[2:])
    assert run(*sheet, "--library", folder).code == 0
    assert Path("out", "Ada.html").read_bytes() == Path("one.html").read_bytes()


def test_without_the_cache_nothing_is_kept_in_the_user_s_folder(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_list("name,routine\nAda,nod\n")
    for options, kept in (((), True), (("--no-cache",), False)):
        cache = tmp_path / f"cache-{kept}"
        monkeypatch.setenv("STRETCHKIT_CACHE", str(cache))
        where = ("-o", f"out-{kept}", "--library", folder, "--format", "pdf")
        assert run("batch", "people.csv", *where, "--style", "none", *options).code == 0
        assert cache.exists() is kept


def test_faults_of_rows_stop_a_batch_and_are_told_at_once(run: Run, folder: Path) -> None:
    a_list("name,routine\nAda,nodd\n,nod\nBo,nod\n")
    result = run("batch", "people.csv", "-o", "out", "--library", folder, *PLAIN)
    assert (result.code, result.out) == (1, "")
    *faults, last = result.err.splitlines()
    assert [fault.split(": ")[0] for fault in faults] == [
        "people.csv row 2, column routine (B2)",
        "people.csv row 3, column name (A3)",
    ]
    assert last == "stretchkit: 2 faults in the content; nothing was written"
    assert not Path("out").exists()


def test_with_keep_going_the_good_rows_are_written_and_the_code_is_1(
    run: Run, folder: Path
) -> None:
    a_list("name,routine\nAda,nodd\nBo,nod\n")
    where = ("--library", folder, *PLAIN)
    result = run("batch", "people.csv", "-o", "out", "--keep-going", *where)
    assert result.code == 1
    assert json.loads(result.out)["written"] == 1
    assert "row 2, column routine (B2): error SK102" in result.err
    assert result.err.endswith(f"no handout for 1 row; see {Path('out', 'report.json')}\n")


def test_a_misspelt_column_stops_a_batch_even_with_keep_going(run: Run, folder: Path) -> None:
    a_list("name,routine,langauge\nAda,nod,es\n")
    where = ("--library", folder, *PLAIN)
    result = run("batch", "people.csv", "-o", "out", "--keep-going", *where)
    assert result.code == 1
    assert 'did you mean "language"' in result.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--jobs", "2", "--dask", "tcp://127.0.0.1:9"), "give one"),
        (("--jobs", "0"), "0 is not in the range x>=1"),
        (("--routine", "nodd"), 'did you mean "nod"?'),
        (("--format", "markdown"), "Markdown needs its pictures beside it"),
        (("--orientation", "upright"), 'unknown word "upright"'),
        (("--lang", "xx"), 'the library has no language "xx"'),
    ],
)
def test_what_cannot_be_done_is_one_message(
    options: tuple[str, ...], message: str, run: Run, folder: Path
) -> None:
    a_list("name,routine\nAda,nod\n")
    result = run("batch", "people.csv", "-o", "out", "--library", folder, *options)
    assert result.code == 2
    assert message in result.err
    assert not Path("out").exists()


def test_a_list_that_is_missing_or_a_workbook_without_openpyxl_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run("batch", "none.csv", "-o", "out", "--library", folder)
    assert (result.code, result.err) == (
        2,
        "stretchkit: cannot read none.csv: No such file or directory\n",
    )
    Path("people.xlsx").write_bytes(b"PK\x03\x04")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = run("batch", "people.xlsx", "-o", "out", "--library", folder)
    assert 'pip install "stretchkit[xlsx]"' in result.err


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_a_batch_that_was_stopped_leaves_whole_files_and_goes_on_where_it_was(
    stop: signal.Signals,
    run: Run,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = install_renderer(tmp_path, monkeypatch)
    rows = 80
    a_list("name,routine\n" + "".join(f"person {row},nod\n" for row in range(rows)))
    line = ("batch", "people.csv", "-o", "out", "--library", str(folder), "--format", "said")
    process = subprocess.Popen(
        [sys.executable, "-m", "stretchkit", *line, "--jobs", "2"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(log.parent)))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    while not (Path("out").is_dir() and len(list(Path("out").glob("*.said"))) > 20):
        assert process.poll() is None
    # Ctrl-C reaches every process of a terminal.
    (os.killpg if stop is signal.SIGINT else os.kill)(process.pid, stop)
    _, err = process.communicate()
    if stop is signal.SIGINT:
        assert err.split("\n") == [
            "stretchkit: the same command goes on where it was",
            "",
            "stretchkit: stopped",
            "",
        ]
    there = {path.name: path.read_bytes() for path in Path("out").glob("*.said")}
    assert 10 < len(there) < rows
    assert all(data.endswith(b" en ") for data in there.values())
    result = run(*line)
    summary = json.loads(result.out)
    assert summary["written"] + summary["unchanged"] == rows
    # The last file may have been written and not yet noted.
    assert len(there) - 1 <= summary["unchanged"] <= len(there)
    assert len(list(Path("out").iterdir())) == rows + 2


# --- how it gets on


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((0, 0, 10_000, 0.0), "0 of 10,000"),
        ((120, 0, 10_000, 1.0), "120 of 10,000"),
        ((120, 100, 10_000, 4.0), "120 of 10,000, 25.0 a second, 6 min 35 s left"),
        ((1, 1, 40_001, 1.0), "1 of 40,001, 1.0 a second, 11 h 6 min left"),
        ((60, 60, 60, 3.0), "60 of 60, 20.0 a second, 0 s left"),
    ],
)
def test_the_pace_is_told_with_the_time_left(
    numbers: tuple[int, int, int, float], told: str
) -> None:
    assert pace(*numbers) == told


def test_a_terminal_shows_how_a_batch_gets_on(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    class Bar:
        length, pos = 1, 0

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            shown.append("end")

        def update(self, steps: int) -> None:
            self.pos += steps
            shown.append(self.item_show_func(None))

        def item_show_func(self, _item: object) -> str:
            raise AssertionError

    monkeypatch.setattr(command, "progress_bar", lambda _label: Bar())
    a_list("name,routine\nAda,nod\nBo,nod\n")
    run("batch", "people.csv", "-o", "out", "--library", folder, *PLAIN)
    assert [line.split(",")[0] for line in shown] == ["1 of 2", "2 of 2", "2 of 2", "end"]
    assert "a second" in shown[0]
