"""Handouts for many people: any executor, nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import csv
import gc
import json
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import pytest
from batches import NOD, expected, install_renderer, people, said

from stretchkit.batch import run, worker
from stretchkit.batch.executors import Here, processes
from stretchkit.batch.orders import NO_ROUTINE
from stretchkit.batch.run import render_batch
from stretchkit.batch.write import Summary, write_batch
from stretchkit.errors import ContentError, OutputError, RenderError
from stretchkit.figure import artist
from stretchkit.figure.drawn import Description, Drawing
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.drawings import Means
from stretchkit.rendering.handout import render

if TYPE_CHECKING:
    from conftest import MakeLibrary


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a renderer `said`, and return the file that it writes its calls to."""
    return install_renderer(tmp_path, monkeypatch)


@pytest.fixture
def small(make_library: MakeLibrary) -> Handout:
    """Return a pattern whose library has one exercise."""
    library = make_library({"exercises/nod.md": NOD})
    return Handout(library.routine_of(["nod"]), library, drawings="none")


# --- executors


@pytest.mark.parametrize("make", [Here, lambda: ThreadPoolExecutor(2), lambda: processes(2)])
def test_every_executor_makes_each_row_once(log: Path, small: Handout, make: Any) -> None:
    with make() as executor:
        found = list(render_batch(people(30), small, executor=executor, format="said"))
    assert said(found) == expected(30)
    assert sorted(result.row for result in found) == list(range(1, 31))
    assert len(log.read_text(encoding="utf-8").splitlines()) == 30


def test_without_an_executor_the_rows_are_made_here_and_in_order(small: Handout) -> None:
    (result,) = render_batch([{"name": "Ada", "language": "en"}], small, format="html")
    assert result.file == render(replace(small, recipient="Ada"), "html")
    assert (result.row, result.name, result.faults) == (1, "Ada", ())


@pytest.mark.parametrize("make", [lambda: ThreadPoolExecutor(2), lambda: processes(1)])
def test_pdfs_of_threads_and_processes_are_those_of_this_thread(
    make: Any, library: Library
) -> None:
    usual = library.routine("desk-break-2")
    like = Handout(usual, library, drawings="none")
    rows = [{"name": "Inés", "language": "es"}, {"name": "Ada", "exercises": "cat-cow: 3 reps"}]
    with make() as executor:
        found = list(render_batch(rows, like, executor=executor))
    assert all(result.file and result.file.startswith(b"%PDF") for result in found)
    assert {result.row: result.file for result in found} == {
        result.row: result.file for result in render_batch(rows, like)
    }


def test_rows_are_taken_as_they_are_needed(log: Path, small: Handout) -> None:
    taken = []

    def rows() -> Iterator[dict[str, str]]:
        for row in people(1000):
            taken.append(row)
            yield row

    with ThreadPoolExecutor(2) as executor:
        results = render_batch(rows(), small, executor=executor, format="said", ahead=4)
        for _ in range(10):
            next(results)
        assert len(taken) <= 10 + 4
        results.close()  # type: ignore[attr-defined] # a generator
    assert len(log.read_text(encoding="utf-8").splitlines()) <= 10 + 4


def test_a_row_that_cannot_be_made_or_has_faults_takes_no_other_with_it(
    log: Path, small: Handout
) -> None:
    rows = [*people(4, r2="cannot"), {"name": "Bo", "routine": "nood"}]
    found = {result.row: result for result in render_batch(rows, small, format="said")}
    assert sorted(found) == [1, 2, 3, 4, 5]
    assert found[2].failure == "cannot be made"
    assert found[2].file is None
    (fault,) = found[5].faults
    assert "rows row 5, column routine: error SK102 there is no exercise" in str(fault)
    assert 'did you mean "nod"?' in str(fault)
    assert log.exists()


def test_what_stands_in_the_way_of_every_row_is_told_before_the_first(
    small: Handout, make_library: MakeLibrary
) -> None:
    with pytest.raises(RenderError, match='did you mean "html"'):
        render_batch(people(3), small, format="htlm")
    faulty = make_library({"exercises/nod.md": NOD.replace("mobility", "mobile")})
    with pytest.raises(ContentError):
        render_batch(people(3), replace(small, library=faulty), format="html")


def test_a_bug_is_not_hidden(log: Path, small: Handout) -> None:
    with pytest.raises(ZeroDivisionError):
        list(render_batch(people(3, r2="bug"), small, format="said"))
    assert log.exists()


# --- processes that die


def test_when_a_process_dies_no_row_is_lost_or_given_twice(log: Path, small: Handout) -> None:
    named = {"r5": "once a", "r11": "once b"}
    with processes(2) as executor:
        found = list(render_batch(people(16, **named), small, executor=executor, format="said"))
    assert Counter(result.row for result in found) == Counter(range(1, 17))
    assert [result.failure for result in found if result.failure] == []
    assert len(said(found)) == 16
    assert log.exists()


def test_a_row_that_ends_every_process_is_given_up_and_the_others_are_made(
    log: Path, small: Handout
) -> None:
    with processes(2) as executor:
        found = list(render_batch(people(8, r3="deadly"), small, executor=executor, format="said"))
    failures = {result.row: result.failure for result in found if result.failure}
    assert failures == {3: "the process that made it ended 3 times"}
    assert Counter(result.row for result in found) == Counter(range(1, 9))
    assert log.read_text(encoding="utf-8").splitlines().count("deadly") == 3


def test_a_process_killed_from_outside_is_replaced(small: Handout, log: Path) -> None:
    found = []
    with processes(2) as executor:
        for result in render_batch(people(40), small, executor=executor, format="said", ahead=4):
            found.append(result)
            if len(found) == 10:
                os.kill(min(executor._processes), signal.SIGKILL)
    assert said(found) == expected(40)
    assert log.exists()


class KilledWorker(Exception):  # noqa: N818 - Dask's name for it
    """What a cluster says of a row whose worker died again and again."""


class Crew(ThreadPoolExecutor):
    """Threads that lose a row the first time, and note what else is under way at each start."""

    def __init__(self, lost: int) -> None:
        super().__init__(4)
        self.lost = lost
        self.given: Counter[int] = Counter()
        self.together: list[tuple[int, int]] = []
        self.under_way: set[Future[Any]] = set()

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        order = args[0]
        self.given[order.row] += 1
        here = sum(not future.done() for future in self.under_way)
        self.together.append((order.row, here))

        def work() -> Any:
            if order.row == self.lost and self.given[order.row] == 1:
                raise KilledWorker
            sleep(0.02)
            return function(*args, **kwargs)

        future: Future[Any] = super().submit(work)
        self.under_way.add(future)
        return future


def test_nothing_else_is_under_way_while_a_lost_row_is_made_again(
    log: Path, small: Handout
) -> None:
    with Crew(lost=3) as crew:
        found = list(render_batch(people(12), small, executor=crew, format="said", ahead=4))
    assert said(found) == expected(12)
    assert crew.given == {row: 2 if row == 3 else 1 for row in range(1, 13)}
    assert max(others for row, others in crew.together if row != 3) >= 2
    assert [others for row, others in crew.together if row == 3][1] == 0
    assert log.exists()


# --- drawings


def test_each_drawing_is_made_once_even_where_the_cache_cannot_be_written(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def draw(job: Any) -> list[Drawing]:
        asked.append(job.exercise.id)
        told = {language: Description("Told", "Told.") for language in ("en", "es")}
        svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm"/>'
        return [Drawing(svg, told) for _ in job.frames]

    monkeypatch.setattr(artist, "_drawn", draw)
    like = Handout(library.routine_of(["cat-cow", "chin-tuck"]), library)
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for folder, cache in (("file/cache", True), ("none", False)):
        monkeypatch.setenv("STRETCHKIT_CACHE", str(tmp_path / folder))
        monkeypatch.setattr(worker, "_drawn", artist.Memory())
        asked.clear()
        found = list(render_batch(people(4), like, format="html", means=Means(cache=cache)))
        assert all(result.file for result in found)
        assert sorted(asked) == ["cat-cow", "chin-tuck"]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_oldest_drawings_go_when_there_are_too_many() -> None:
    memory = artist.Memory(room=2)
    for key in "abc":
        memory.keep(key, Drawing(key, {}))
    assert list(memory.drawings) == ["b", "c"]


# --- a folder of files


def a_list(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name[0] != "."}


def write(path: Path, folder: Path, like: Handout, **more: Any) -> Summary:
    return write_batch(path, folder, like, format="said", **more)[0]


def test_a_second_run_makes_only_what_changed(log: Path, small: Handout, tmp_path: Path) -> None:
    rows = list(people(4))
    path, out = a_list(tmp_path / "people.csv", rows), tmp_path / "out"
    first = write(path, out, small)
    assert (first.rows, first.written, first.unchanged) == (4, 4, 0)
    before = files(out)
    rows[1]["message"] = "another"
    a_list(path, rows)
    second = write(path, out, small)
    assert (second.written, second.unchanged) == (1, 3)
    assert log.read_text(encoding="utf-8").splitlines()[4:] == ["person 2"]
    changed = {name for name, data in files(out).items() if before[name] != data}
    assert changed == {"person-2.said", "report.json"}


def test_a_file_that_is_gone_or_cut_off_is_made_again(
    log: Path, small: Handout, tmp_path: Path
) -> None:
    path, out = a_list(tmp_path / "people.csv", list(people(3))), tmp_path / "out"
    write(path, out, small)
    before = files(out)
    (out / "person-1.said").unlink()
    (out / "person-2.said").write_bytes(b"half")
    assert write(path, out, small).written == 2
    after = files(out)
    assert {name: data for name, data in after.items() if name != "report.json"} == {
        name: data for name, data in before.items() if name != "report.json"
    }
    assert log.exists()


def test_another_exercise_another_option_or_another_picture_makes_all_anew(
    log: Path, small: Handout, tmp_path: Path
) -> None:
    path, out = a_list(tmp_path / "people.csv", list(people(2))), tmp_path / "out"
    write(path, out, small)
    assert write(path, out, replace(small, paper="letter")).written == 2
    root = small.library.folders[0]
    nod = root / "exercises" / "nod.md"
    nod.write_text(NOD.replace("Look down.", "Look far down."), encoding="utf-8")
    library = Library.load(root)
    other = Handout(library.routine_of(["nod"]), library, drawings="none", paper="letter")
    assert write(path, out, other).written == 2
    assert write(path, out, other).unchanged == 2
    assert log.exists()


def test_a_run_that_was_stopped_leaves_whole_files_and_is_taken_up_again(
    log: Path, small: Handout, tmp_path: Path
) -> None:
    path, out = a_list(tmp_path / "people.csv", list(people(10))), tmp_path / "out"

    def stop(done: int, _made: int, _rows: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(path, out, small, progress=stop)
    there = files(out)
    assert sorted(there.values()) == [text.encode() for text in expected(4)]
    (out / ".stretchkit-abc.tmp").write_bytes(b"half")
    with (out / ".stretchkit-batch").open("ab") as made:
        made.write(b"0123 99 cut-o")
    summary = write(path, out, small)
    assert (summary.written, summary.unchanged) == (6, 4)
    assert len(files(out)) == 11
    assert not (out / ".stretchkit-abc.tmp").exists()
    assert len(log.read_text(encoding="utf-8").splitlines()) == 10


def test_nothing_is_written_while_a_row_has_faults(
    log: Path, small: Handout, tmp_path: Path
) -> None:
    rows = list(people(3))
    rows[0]["name"] = ""
    rows[2]["message"] = "a\x07bell"
    path, out = a_list(tmp_path / "people.csv", rows), tmp_path / "out"
    with pytest.raises(ContentError) as caught:
        write(path, out, small)
    assert [fault.location.line for fault in caught.value.diagnostics] == [2, 4]
    assert not out.exists()
    assert not log.exists()


def test_with_keep_going_the_good_rows_are_made_and_the_report_tells_of_the_others(
    log: Path, small: Handout, tmp_path: Path
) -> None:
    rows = list(people(4, r3="cannot"))
    rows[0]["message"] = "a\x07bell"
    path, out = a_list(tmp_path / "people.csv", rows), tmp_path / "out"
    summary = write(path, out, small, keep_going=True)
    assert (summary.rows, summary.written, summary.faulty, summary.failed) == (4, 2, 1, 1)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [(each["row"], each["state"]) for each in report["files"]] == [
        (2, "faulty"),
        (3, "written"),
        (4, "failed"),
        (5, "written"),
    ]
    assert "U+0007" in report["files"][0]["faults"][0]
    assert report["files"][2]["failure"] == "cannot be made"
    assert json.loads(summary.as_json())["faulty"] == 1
    assert log.exists()


def test_a_long_list_needs_no_more_memory_than_a_short_one(
    small: Handout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "make", lambda *_order: b"made")
    path = a_list(tmp_path / "people.csv", list(people(1300)))
    blocks = {}

    def count(done: int, _made: int, _rows: int) -> None:
        if done in (300, 1300):
            gc.collect()
            blocks[done] = sys.getallocatedblocks()

    write_batch(path, tmp_path / "out", small, format="html", progress=count)
    assert blocks[1300] - blocks[300] < 500


def test_when_every_row_fails_in_one_way_the_batch_is_given_up_early(
    log: Path, small: Handout, tmp_path: Path
) -> None:
    named = {f"r{row}": "cannot" for row in range(1, 31)}
    path = a_list(tmp_path / "people.csv", list(people(30, **named)))
    with pytest.raises(RenderError, match="cannot be made"):
        write(path, tmp_path / "out", small)
    assert len(log.read_text(encoding="utf-8").splitlines()) == 20


def test_two_batches_at_a_time_do_not_take_each_others_library(
    small: Handout, library: Library
) -> None:
    other = Handout(library.routine_of(["sphinx"]), library, drawings="none")
    rows = list(people(3))
    pairs = list(
        zip(
            render_batch(rows, small, format="html"),
            render_batch(rows, other, format="html"),
            strict=True,
        )
    )
    for result, like in [(a, small) for a, _ in pairs] + [(b, other) for _, b in pairs]:
        row = rows[result.row - 1]
        handout = replace(like, recipient=row["name"], message=row["message"])
        assert result.file == render(handout, "html")


def test_people_of_one_name_get_a_file_each(log: Path, small: Handout, tmp_path: Path) -> None:
    names = ["Zoë", "zoe\u0308", "ZOË", "Zoë 2", "Zoë"]
    rows = [{"name": name, "file": ""} for name in names]
    rows.append({"name": "Al", "file": "Zoë-3"})
    path, out = a_list(tmp_path / "people.csv", rows), tmp_path / "out"
    assert write(path, out, small).written == 6
    found = sorted(files(out))
    assert len({name.casefold() for name in found}) == 7
    assert b"Al en" in (out / "Zoë-3.said").read_bytes()
    assert write(path, out, small).unchanged == 6
    assert log.exists()


def test_what_is_left_out_is_told_in_the_report(library: Library, tmp_path: Path) -> None:
    like = Handout(NO_ROUTINE, library, drawings="none")
    rows = [{"name": "Ada", "exercises": "cat-cow: 3 reps; dead-bug", "avoid": "wrist-pain"}]
    path, out = a_list(tmp_path / "people.csv", rows), tmp_path / "out"
    summary, _ = write_batch(path, out, like, format="html")
    assert summary.changed == 1
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["files"][0]["left_out"] == [
        {"exercise": "cat-cow", "because": "wrist-pain", "instead": "seated-cat-cow"}
    ]
    page = (out / "Ada.html").read_text(encoding="utf-8")
    assert library.exercise("seated-cat-cow").name in page


def test_a_batch_makes_single_files_and_needs_a_folder(small: Handout, tmp_path: Path) -> None:
    path = a_list(tmp_path / "people.csv", list(people(1)))
    with pytest.raises(RenderError, match="Markdown needs its pictures"):
        write_batch(path, tmp_path / "out", small, format="markdown")
    with pytest.raises(RenderError, match='did you mean "html"'):
        write_batch(path, tmp_path / "out", small, format="htlm")
    for folder in (path, path / "out"):
        with pytest.raises(OutputError, match=re.escape(f"{folder}: {path} is not a folder")):
            write_batch(path, folder, small, format="html")
    with pytest.raises(OutputError, match="cannot read"):
        write_batch(tmp_path / "none.csv", tmp_path / "out", small, format="html")
