"""A list of people to a folder of handouts, a whole file for each row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stretchkit.batch import columns
from stretchkit.batch.fingerprint import fingerprint, surroundings
from stretchkit.batch.ledger import Ledger
from stretchkit.batch.orders import Order, Pattern, needs_a_routine, order_of
from stretchkit.batch.run import BatchResult, carry_out
from stretchkit.batch.table import rows_of_file
from stretchkit.diagnostics import Faults
from stretchkit.errors import Cell, ContentError, Diagnostic, OutputError, RenderError
from stretchkit.handout import Handout
from stretchkit.rendering.drawings import USUAL_MEANS, Means
from stretchkit.rendering.handout import added_renderers
from stretchkit.rendering.output import FORMATS, append_line, remove_leftovers, write_file
from stretchkit.source.names import did_you_mean

REPORT = "report.json"
_MADE = ".stretchkit-batch"
"""Lines of a file that was made: its fingerprint, its bytes and its name."""

_HOPELESS = 20
"""How many rows fail in one way, and no other is made, before a batch is given up."""

Progress = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a batch did.

    Args:
        rows: the rows of the list that are not blank.
        written: files that were made.
        unchanged: files that were there already, as their rows ask for them.
        faulty: rows with faults.
        failed: rows without faults whose handout could not be made.
        changed: handouts from which an exercise was left out.
        report: the file that tells of each row.
    """

    rows: int
    written: int
    unchanged: int
    faulty: int
    failed: int
    changed: int
    report: str

    def as_json(self) -> str:
        """Return the summary as a JSON object."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


def suffix_of(format: str) -> str:  # noqa: A002 - the plain word for it
    """Return the suffix of a batch's files.

    Raises:
        RenderError: if there is no such format, or it needs other files beside it.
    """
    if format == "markdown":
        raise RenderError("Markdown needs its pictures beside it; a batch makes single files")
    known = {name: suffix for suffix, name in reversed(FORMATS.items()) if name != "markdown"}
    known |= {name: f".{name}" for name in added_renderers()}
    if format not in known:
        raise RenderError(f'there is no format "{format}"; {did_you_mean(format, known)}')
    return known[format]


def write_batch(
    source: str | Path,
    folder: str | Path,
    like: Handout,
    *,
    format: str = "pdf",  # noqa: A002 - as above
    executor: Callable[[int], tuple[Executor | None, int]] = lambda _rows: (None, 0),
    keep_going: bool = False,
    means: Means = USUAL_MEANS,
    progress: Progress | None = None,
) -> tuple[Summary, tuple[Diagnostic, ...]]:
    """Make the handouts of a list; return what was done, and the faults of rows.

    A file that an earlier run made is left alone when its row asks for the same and nothing that
    it depends on has changed. All files are whole, whenever the run is stopped.

    Args:
        source: the list, as CSV or as a workbook.
        folder: where the files go, with a report.
        like: what the handouts are like unless a row says otherwise.
        format: the format of the files: one that needs no files beside it.
        executor: returns what does the work for a number of rows, and how many may be under way
            at a time; as for `render_batch`.
        keep_going: whether to make the good rows when others have faults.
        means: how drawings are made.
        progress: called with the rows done, those of them that were made, and all rows.

    Raises:
        ContentError: if the library has errors, or, unless `keep_going`, a row has.
        OutputError: if the list cannot be read, or a file cannot be written.
        RenderError: if the format is none for a batch.
    """
    source, folder = Path(source), Path(folder)
    suffix = suffix_of(format)
    like.library.raise_for_errors()
    pattern = Pattern.of(like, format)
    with Ledger() as ledger:
        count, whole, faults = check_list(source, pattern, ledger)
        if whole or (faults and not keep_going):
            raise ContentError(sorted({*whole, *faults}))
        for place in (folder, *folder.parents):
            if place.exists() and not place.is_dir():
                raise OutputError(f"cannot write to {folder}: {place} is not a folder")
        remove_leftovers(folder)
        _recall(folder / _MADE, ledger)
        files = _Files(folder, suffix, ledger, surroundings(pattern), pattern.format)
        refused: list[BatchResult] = []
        orders = files.left(_orders(source, pattern, ledger, refused))
        does, ahead = executor(count)
        results = carry_out(orders, pattern, executor=does, ahead=ahead, means=means)
        with closing(results):
            for result in results:
                files.write(result)
                files.give_up_when_hopeless(result.failure)
                if progress:
                    progress(files.done + len(refused), files.written, count)
        for each in refused:
            files.note(each.row, "", "faulty", faults=[str(fault) for fault in each.faults])
        if progress:
            progress(count, files.written, count)
        write_file(folder / _MADE, (f"{line}\n".encode() for line in ledger.all_remembered()))
        summary = Summary(
            rows=count,
            written=files.written,
            unchanged=files.unchanged,
            faulty=len(refused),
            failed=files.failed,
            changed=files.changed,
            report=str(folder / REPORT),
        )
        write_file(folder / REPORT, _report(source, summary, ledger))
    return summary, faults


def check_list(
    source: Path, pattern: Pattern, ledger: Ledger
) -> tuple[int, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return how many rows a list has, the faults of the whole list, and those of rows.

    The names that rows give to files are kept for them.
    """
    count = 0
    whole, faults = Faults(), Faults()
    for row, own in rows_of_file(source, whole):
        if not count:
            _check_columns(row.places, str(source), pattern, whole)
            if whole.sorted():
                break
        count += 1
        order = order_of(row, pattern, own)
        if order is not None:
            ledger.reserve(order, row, own)
        faults.extend(own.sorted())
    if not count and not whole.sorted():
        whole.add("SK100", Cell(str(source), 0, 0), "the list has no rows", "write one for each")
    return count, whole.sorted(), faults.sorted()


def _check_columns(
    places: Mapping[str, int], source: str, pattern: Pattern, faults: Faults
) -> None:
    """Tell when the first row lacks what every row needs."""
    place = Cell(source, 1, 0)
    if places.keys().isdisjoint({columns.NAME, columns.FILE}):
        faults.add("SK101", place, 'there is no column "name"', "name it in the first row")
    if needs_a_routine(pattern, places):
        message = 'there is no column "routine", and none "exercises"'
        faults.add("SK101", place, message, "add one, or name a routine for all rows")


def _orders(
    source: Path, pattern: Pattern, ledger: Ledger, refused: list[BatchResult]
) -> Iterator[tuple[Order, str]]:
    for row, faults in rows_of_file(source, Faults()):
        order = order_of(row, pattern, faults)
        name = None if order is None else ledger.take_name(order, row, faults)
        if order is not None and name is not None and not faults.sorted():
            yield order, name
        else:
            refused.append(BatchResult(row=row.number, faults=faults.sorted()))


def _recall(path: Path, ledger: Ledger) -> None:
    """Read what earlier runs made; a line that was cut off is none."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                parts = line.rstrip("\n").split(" ", maxsplit=2)
                if line.endswith("\n") and len(parts) == 3:  # noqa: PLR2004 - as `_MADE` says
                    ledger.remember(parts[2], line.rstrip("\n"))
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error


class _Files:
    """The files of a batch: which are there, which are written, and what is noted about them."""

    def __init__(self, folder: Path, suffix: str, ledger: Ledger, around: str, format: str) -> None:  # noqa: A002
        self.folder = folder
        self.suffix = suffix
        self.ledger = ledger
        self.around = around
        self.format = format
        self.written = self.unchanged = self.failed = self.changed = 0
        self._asked: dict[int, str] = {}
        self._failures: set[str] = set()

    @property
    def done(self) -> int:
        """How many rows are done."""
        return self.written + self.unchanged + self.failed

    def left(self, orders: Iterator[tuple[Order, str]]) -> Iterator[tuple[Order, str]]:
        """Yield the orders whose files are not there as they should be."""
        for order, name in orders:
            file = f"{name}{self.suffix}"
            asked = fingerprint(order, self.around, self.format)
            self.changed += bool(order.left_out)
            if self.ledger.remembered(file) == f"{asked} {self._size(file)} {file}":
                self.unchanged += 1
                self.note(order.row, file, "unchanged", left_out=list(map(asdict, order.left_out)))
            else:
                self._asked[order.row] = asked
                yield order, name

    def write(self, result: BatchResult) -> None:
        """Write the file of a row, or note why there is none."""
        file = f"{result.name}{self.suffix}"
        asked = self._asked.pop(result.row)
        left_out = list(map(asdict, result.left_out))
        if result.file is None:
            self.failed += 1
            self.note(result.row, file, "failed", left_out=left_out, failure=result.failure)
            return
        size = write_file(self.folder / file, [result.file])
        line = f"{asked} {size} {file}"
        append_line(self.folder / _MADE, line)
        self.ledger.remember(file, line)
        self.written += 1
        self.note(result.row, file, "written", left_out=left_out)

    def give_up_when_hopeless(self, failure: str) -> None:
        """Stop when so far every row failed in one way: something is missing, not a row wrong.

        Raises:
            RenderError: with what every row failed with.
        """
        if not self.written:
            self._failures.add(failure)
        if self.failed >= _HOPELESS and not self.written and len(self._failures) == 1:
            raise RenderError(failure)

    def note(self, row: int, file: str, state: str, **more: Any) -> None:
        """Note what became of a row."""
        told = {"row": row, "file": file, "state": state, **more}
        kept = {name: value for name, value in told.items() if value}
        self.ledger.note(row, json.dumps(kept, ensure_ascii=False))

    def _size(self, file: str) -> int:
        try:
            return (self.folder / file).stat().st_size
        except OSError:
            return -1


def _report(source: Path, summary: Summary, ledger: Ledger) -> Iterator[bytes]:
    """Yield the report: the summary, and a line for each row in the order of the list."""
    head = {"list": source.name, **asdict(summary)}
    del head["report"]
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "files": [').encode()
    before = "\n"
    for note in ledger.notes():
        yield f"{before}{note}".encode()
        before = ",\n"
    yield b"\n]}\n"
