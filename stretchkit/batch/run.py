"""Carrying out orders by any executor: a few at a time, none lost, none given twice."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass, field
from itertools import islice

from stretchkit.batch.avoid import LeftOut
from stretchkit.batch.executors import Here, processes
from stretchkit.batch.ledger import Ledger
from stretchkit.batch.orders import Order, Pattern, order_of
from stretchkit.batch.table import Row, rows_of_mappings
from stretchkit.batch.worker import Answer, Needs, Parcel, make
from stretchkit.diagnostics import Faults
from stretchkit.errors import (
    Diagnostic,
    MissingSystemLibraryError,
    RenderError,
    StretchKitError,
)
from stretchkit.figure.workers import usual_workers
from stretchkit.handout import Handout
from stretchkit.rendering.drawings import USUAL_MEANS, Means
from stretchkit.rendering.handout import added_renderers
from stretchkit.rendering.output import FORMATS
from stretchkit.source.names import did_you_mean

TRIES = 2
"""How often a row is made alone, after the process that made it died, before it is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What became of one row of a batch.

    Args:
        row: the number of the row.
        name: a name for its file, safe on every system and given to no other row, without a
            suffix; "" when the row has faults.
        file: the handout's bytes, None when it was not made.
        left_out: the exercises that the row avoids, and what was given instead.
        faults: why the row asks for nothing that can be made.
        failure: why the handout could not be made although the row has no faults.
    """

    row: int
    name: str = ""
    file: bytes | None = field(default=None, repr=False)
    left_out: tuple[LeftOut, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    failure: str = ""


def render_batch(
    rows: Iterable[Mapping[str, str]],
    like: Handout,
    *,
    executor: Executor | None = None,
    format: str = "pdf",  # noqa: A002 - the plain word for it
    ahead: int = 0,
    means: Means = USUAL_MEANS,
) -> Iterator[BatchResult]:
    """Yield the handout of each row as soon as it is made, in whatever order that is.

    Rows are taken as they are needed, so there may be any number of them. A row with faults comes
    back with them, and the others are made. When a process dies, the rows it was at are made
    again by new processes; those, as all of `multiprocessing`, need a main module that does
    nothing when it is imported.

    Args:
        rows: texts by column, as `csv.DictReader` gives them; the columns are those of the
            command `stretchkit batch`.
        like: what the handouts are like unless a row says otherwise: their library, routine,
            paper, message and so on. A routine without entries makes every row give its own.
        executor: what does the work, such as a `ThreadPoolExecutor`, a `ProcessPoolExecutor`, or
            `Client.get_executor(pure=False)` of Dask; this thread when left out.
        format: as for `render`.
        ahead: how many rows may be under way at a time; two for each processor when 0.
        means: how drawings are made.

    Raises:
        ContentError: if the library has errors.
        RenderError: if there is no such format.
        StretchKitError: while rows are made, if the executor ends before all of them are.
        MissingSystemLibraryError: while rows are made, if PDFs cannot be made on this system.
    """
    like.library.raise_for_errors()
    known = {*FORMATS.values(), *added_renderers()}
    if format not in known:
        raise RenderError(f'there is no format "{format}"; {did_you_mean(format, known)}')
    return _results(rows, Pattern.of(like, format), executor, ahead, means)


def _results(
    rows: Iterable[Mapping[str, str]],
    pattern: Pattern,
    executor: Executor | None,
    ahead: int,
    means: Means,
) -> Iterator[BatchResult]:
    with Ledger() as ledger:
        refused: list[BatchResult] = []
        orders = _orders(rows_of_mappings(rows), pattern, ledger, refused)
        results = carry_out(orders, pattern, executor=executor, ahead=ahead, means=means)
        for result in results:
            yield from refused
            refused.clear()
            yield result
        yield from refused


def _orders(
    rows: Iterable[tuple[Row, Faults]], pattern: Pattern, ledger: Ledger, refused: list[BatchResult]
) -> Iterator[tuple[Order, str]]:
    """Yield orders with the names of their files, and put aside the rows that have faults."""
    for row, faults in rows:
        order = order_of(row, pattern, faults)
        name = None if order is None else ledger.take_name(order, row, faults)
        if order is not None and name is not None:
            yield order, name
        else:
            refused.append(BatchResult(row=row.number, faults=faults.sorted()))


def carry_out(
    orders: Iterable[tuple[Order, str]],
    pattern: Pattern,
    *,
    executor: Executor | None = None,
    ahead: int = 0,
    means: Means = USUAL_MEANS,
) -> Generator[BatchResult, None, None]:
    """Yield what became of each order with the name of its file, as `render_batch` does."""
    office = _Office(executor or Here(), pattern, means)
    ahead = ahead or (2 * usual_workers() if executor else 1)
    waiting = iter(orders)
    pending: dict[Future[Answer], tuple[Order, str]] = {}
    try:
        while True:
            lost: list[tuple[Order, str]] = []
            for order, name in islice(waiting, ahead - len(pending)):
                future = office.submit(order)
                if future is None:
                    lost.append((order, name))
                    break
                pending[future] = order, name
            if not pending and not lost:
                return
            done = wait(pending, return_when=FIRST_COMPLETED).done if pending else set()
            while done:
                for future in done:
                    order, name = pending.pop(future)
                    answer = office.answer(future)
                    again = office.submit(order, full=True) if answer is Needs.LIBRARY else None
                    if again:
                        pending[again] = order, name
                    elif answer is None or isinstance(answer, Needs):
                        lost.append((order, name))
                    else:
                        yield _result(order, name, answer)
                # What was under way with a lost one may be lost too: nothing else runs meanwhile.
                done = wait(pending).done if lost and pending else set()
            for order, name in lost:
                yield _result(order, name, office.alone(order))
    finally:
        for future in pending:
            future.cancel()
        office.close()


def _result(order: Order, name: str, answer: bytes | StretchKitError) -> BatchResult:
    """Return what became of an order; what would stop every other one too is raised."""
    if isinstance(answer, bytes):
        return BatchResult(row=order.row, name=name, file=answer, left_out=order.left_out)
    if isinstance(answer, MissingSystemLibraryError) or not isinstance(answer, RenderError):
        raise answer
    return BatchResult(row=order.row, name=name, left_out=order.left_out, failure=str(answer))


class _Office:
    """Gives orders to an executor, and to new processes after it broke."""

    def __init__(self, executor: Executor, pattern: Pattern, means: Means) -> None:
        self.executor = executor
        self.pattern = pattern
        self.means = means
        self.parcel = Parcel.of(pattern.editions)
        self._full: Parcel | None = None
        self._own: Executor | None = None

    def submit(self, order: Order, *, full: bool = False) -> Future[Answer] | None:
        """Give an order to the executor; None when it is broken."""
        if full and self._full is None:
            self._full = self.parcel.filled(self.pattern.editions)
        parcel = self._full if full and self._full else self.parcel
        try:
            return self.executor.submit(make, order, parcel, self.pattern.format, self.means)
        except BrokenExecutor:
            self._renew()
            return None

    def answer(self, future: Future[Answer]) -> Answer | None:
        """Return the answer to an order, None when it is lost with the process that had it."""
        try:
            return future.result()
        except BrokenExecutor:
            self._renew()
            return None
        except CancelledError as error:
            raise StretchKitError("the executor ended before all rows were made") from error
        except Exception as error:
            if _has_died(error):
                return None
            raise

    def alone(self, order: Order) -> bytes | StretchKitError:
        """Return the answer to an order that was lost, while nothing else is under way.

        So a row that kills its process is found out, and takes no other row with it.
        """
        for _ in range(TRIES):
            future = self.submit(order, full=True)
            answer = self.answer(future) if future else None
            if answer is not None and not isinstance(answer, Needs):
                return answer
        return RenderError(f"the process that made it ended {TRIES + 1} times")

    def _renew(self) -> None:
        self._end_own()
        self._own = self.executor = processes(usual_workers())

    def close(self) -> None:
        """End the processes that replaced a broken executor, and let go of the library."""
        self.parcel.forget()
        self._end_own()

    def _end_own(self) -> None:
        if self._own is not None:
            self._own.shutdown(cancel_futures=True)


def _has_died(error: BaseException) -> bool:
    """Return whether an error tells that a worker of Dask died again and again with a task."""
    return any(kind.__name__ == "KilledWorker" for kind in type(error).__mro__)
