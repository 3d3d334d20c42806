"""The benchmarks run and say what they measured; how fast anything is, is no test's business."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import measure, naive
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.generate import write_library
from benchmarks.measure import (
    Benchmark,
    BenchmarkError,
    Plan,
    Row,
    Sample,
    fresh,
    in_process,
    memory_row,
    time_row,
)
from stretchkit.library import Library

TINY = ("--exercises", "2", "--runs", "1")
ROWS = {
    "load": ["2 exercises", "2 exercises, peak memory"],
    "markdown": ["2 Markdown handouts"],
    "figures": [
        "frames of one exercise posed",
        "one frame skinned and dressed",
        "one frame to its pixels",
        "one frame to its lines",
        "one drawing",
        "all frames by two processes",
        "all frames from the cache",
    ],
    "pdf": ["one PDF, cold", "one PDF, warm"],
    "many": [
        "one of 60 handouts, all others",
        "one of 60 of a routine",
        "one handout, cold; import weasyprint",
    ],
    "site": ["2 exercises, once loaded", "2 exercises, peak memory"],
    "import": ["import stretchkit", "stretchkit --help", "stretchkit list"],
}


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_benchmark_is_tried_here() -> None:
    assert list(BENCHMARKS) == list(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_benchmark_prints_a_row_for_each_thing_it_measures(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "results.json"

    assert main([name, *TINY, "--json", str(file)]) == 0

    lines = capsys.readouterr().out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name} (naive"))
    rows = lines[start + 1 :]
    assert len(rows) == len(ROWS[name])
    for row, what in zip(rows, ROWS[name], strict=True):
        assert row.startswith(f"  {what}  ")
        assert " × " in row
    measured = json.loads(file.read_text(encoding="utf-8"))["benchmarks"]
    assert list(measured) == [name]
    assert [row["what"] for row in measured[name]["rows"]] == ROWS[name]
    for result in measured[name]["rows"]:
        assert len(result["ours"]) == len(result["naive"]) == 1
        assert min(*result["ours"], *result["naive"], result["ratio"]) > 0


def test_without_names_every_benchmark_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, int, int]] = []

    def stub(name: str) -> Callable[[Plan], list[Row]]:
        def record(plan: Plan) -> list[Row]:
            asked.append((name, plan.exercises, plan.runs))
            return [Row(what=f"what {name} does", unit="bytes", ours=(2e6,), naive=(1e6,))]

        return record

    for name in BENCHMARKS:
        monkeypatch.setitem(
            BENCHMARKS, name, Benchmark(name=name, naive="less", measure=stub(name))
        )

    assert main([]) == 0
    assert main(["--quick"]) == 0
    assert main(["--quick", "--runs", "7", "site"]) == 0

    full = [(name, 1000, 5) for name in ROWS]
    quick = [(name, 100, 2) for name in ROWS]
    assert asked == [*full, *quick, ("site", 100, 7)]
    assert capsys.readouterr().out.count("what load does") == 2


def test_a_benchmark_that_cannot_run_says_why_and_the_others_run_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_plan: Plan) -> list[Row]:
        raise BenchmarkError("there are no fonts here")

    monkeypatch.setitem(BENCHMARKS, "pdf", Benchmark(name="pdf", naive="less", measure=fail))

    assert main(["pdf", "load", *TINY]) == 1

    out = capsys.readouterr().out
    assert "cannot run: there are no fonts here" in out
    assert "2 exercises, peak memory" in out


@pytest.mark.parametrize(
    "wrong", [["laod"], ["--runs", "0"], ["--exercises", "many"], ["--json", "no-folder/x.json"]]
)
def test_what_cannot_be_meant_is_refused_before_anything_runs(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(wrong)

    assert stop.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert wrong[-1].split("/")[0] in said.err


def test_runs_and_naive_runs_take_turns_after_one_of_each_that_does_not_count() -> None:
    turns: list[str] = []

    def run(name: str) -> Sample:
        turns.append(name)
        return Sample(cpu=len(turns), elapsed=10 * len(turns))

    row = time_row("something", lambda: run("A"), lambda: run("B"), 3)

    assert "".join(turns) == "AB" + "ABABAB"
    assert (row.ours, row.naive) == ((3, 5, 7), (4, 6, 8))
    assert (row.ours_elapsed, row.naive_elapsed) == ((30, 50, 70), (40, 60, 80))


def test_the_ratio_compares_each_run_with_the_naive_run_after_it() -> None:
    row = Row(what="something", unit="seconds", ours=(2.0, 30.0, 5.0), naive=(1.0, 10.0, 1.0))

    assert row.ratio == 3


def test_a_run_counts_the_cpu_time_of_processes_that_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds_of_ended_children = iter([1.0, 101.0])
    monkeypatch.setattr(measure, "_children_cpu", lambda: next(seconds_of_ended_children))

    assert in_process(lambda: None)().cpu >= 100


def test_a_process_that_fails_stops_the_benchmark_with_its_last_words() -> None:
    with pytest.raises(BenchmarkError, match="code 1: ValueError: no fonts"):
        fresh("raise ValueError('no fonts')")()


def test_peak_memory_is_that_of_the_work_and_not_of_the_process_that_measures(
    tmp_path: Path,
) -> None:
    held = bytearray(b"x" * 300_000_000)

    row = memory_row("reading nothing", naive.read, naive.read, tmp_path)

    assert 1_000_000 < row.ours[0] < len(held)


@pytest.mark.parametrize("exercises", [1, 2, 50])
def test_a_generated_library_has_no_faults(exercises: int, tmp_path: Path) -> None:
    library = Library.load(write_library(tmp_path / "library", exercises))

    assert library.diagnostics == ()
    assert len(library.exercises) == exercises
    assert library.routines


def test_a_generated_library_is_the_same_every_time(tmp_path: Path) -> None:
    once = write_library(tmp_path / "once", 30)
    again = write_library(tmp_path / "again", 30)

    assert files_of(once) == files_of(again)


def test_no_two_generated_exercises_have_the_same_words(tmp_path: Path) -> None:
    library = Library.load(write_library(tmp_path / "library", 50))
    exercises = library.exercises.values()

    assert len({exercise.steps for exercise in exercises}) == 50
    assert len({exercise.dosage for exercise in exercises}) > 20
    assert len({exercise.regions for exercise in exercises}) > 20
    assert len({bool(exercise.cues) for exercise in exercises}) == 2, "some sections are left out"


def test_generated_exercises_are_as_long_as_the_bundled_ones(
    library: Library, tmp_path: Path
) -> None:
    bundled = files_of(library.folders[0] / "exercises")
    sources = [text for name, text in bundled.items() if name.count(".") == 1]
    generated = files_of(write_library(tmp_path / "library", len(sources)) / "exercises")

    size = sum(map(len, generated.values())) / sum(map(len, sources))
    assert 0.85 < size < 1.15
