"""The command that makes handouts for a list of people: batch."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stretchkit.cli.looks import look_options, looks_of
from stretchkit.cli.options import (
    cache_option,
    complete_ids,
    day_and_message_options,
    language_option,
    library_option,
    numbered,
    open_library,
    progress_bar,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor

_ROWS_WORTH_A_PROCESS = 8
"""A process takes a second or two to start; fewer rows for each are done right here."""
_MINUTE, _HOUR = 60, 3600
_BAR = 12
"""Signs of the bar: with the pace beside it, a line of 80 holds them."""


@click.command()
@click.argument("people", type=click.Path(path_type=Path), metavar="LIST")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder for the handouts and a report.",
)
@click.option(
    "--routine",
    default="",
    metavar="ID",
    shell_complete=complete_ids,
    help="The routine of rows that give none.",
)
@click.option(
    "--format", default="pdf", show_default=True, help="pdf, html, docx, epub, png or text."
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes work at the same time; one for each processor when left out.",
)
@click.option("--dask", "address", metavar="ADDRESS", help="A cluster of Dask: tcp://host:8786.")
@click.option(
    "--keep-going", is_flag=True, help="Make the good rows when others have faults, and exit 1."
)
@day_and_message_options
@look_options
@cache_option
@language_option
@library_option
def batch(
    people: Path,
    *,
    output: Path,
    routine: str,
    format: str,  # noqa: A002 - as the user says
    jobs: int | None,
    address: str | None,
    keep_going: bool,
    day: date | None,
    message: str,
    no_cache: bool,
    language: str | None,
    folder: Path | None,
    **looks: Any,
) -> int:
    """Make a handout for each row of a list of people, a CSV file or a workbook.

    Files that are there already, as their rows ask for them, are left alone: a run that was
    stopped goes on where it was.
    """
    from stretchkit.batch.orders import NO_ROUTINE  # noqa: PLC0415 - as in `open_library`
    from stretchkit.batch.write import write_batch  # noqa: PLC0415
    from stretchkit.handout import Handout  # noqa: PLC0415
    from stretchkit.rendering.drawings import Means  # noqa: PLC0415

    if jobs and address:
        raise click.UsageError("--jobs is for this machine and --dask for a cluster; give one")
    library = open_library(folder, language)
    library.raise_for_errors()
    try:
        like = Handout(
            library.routine_of([routine]) if routine else NO_ROUTINE,
            library,
            prepared_on=day,
            message=message,
            **looks_of(looks),
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with ExitStack() as stack:
        bar = stack.enter_context(progress_bar("handouts"))
        try:
            summary, faults = write_batch(
                people,
                output,
                like,
                format=format,
                executor=_executors(stack, jobs, address),
                keep_going=keep_going,
                means=Means(cache=not no_cache),
                progress=_Pace(bar),
            )
        except KeyboardInterrupt:
            click.echo("stretchkit: the same command goes on where it was", err=True)
            raise
    for fault in faults:
        click.echo(str(fault), err=True)
    if summary.faulty or summary.failed:
        rows = numbered(summary.faulty + summary.failed, "row")
        click.echo(f"stretchkit: no handout for {rows}; see {summary.report}", err=True)
    click.echo(summary.as_json())
    return 1 if summary.faulty or summary.failed else 0


def _executors(
    stack: ExitStack, jobs: int | None, address: str | None
) -> Callable[[int], tuple[Executor | None, int]]:
    """Return what gives the executor for a number of rows; the stack ends it.

    A cluster gets more rows ahead than processes do: its way is longer.
    """
    from stretchkit.batch.executors import dask, processes  # noqa: PLC0415 - as above
    from stretchkit.figure.workers import usual_workers  # noqa: PLC0415

    def executor(rows: int) -> tuple[Executor | None, int]:
        if address:
            cluster, threads = stack.enter_context(dask(address))
            return cluster, 4 * threads
        number = min(jobs or usual_workers(), max(1, rows // _ROWS_WORTH_A_PROCESS))
        if number == 1:
            return None, 0
        pool = processes(number)
        stack.callback(pool.shutdown, cancel_futures=True)
        return pool, 2 * number

    return executor


@dataclass(slots=True)
class _Pace:
    """Shows on a bar how many rows are done, how many are made in a second, and the time left."""

    bar: Any
    start: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, made: int, rows: int) -> None:
        self.bar.length = rows
        self.bar.width = _BAR
        self.bar.show_eta = False  # the bar's own counts rows that were there already as made
        self.bar.item_show_func = lambda _item: pace(
            done, made, rows, time.monotonic() - self.start
        )
        self.bar.update(done - self.bar.pos)


def pace(done: int, made: int, rows: int, seconds: float) -> str:
    """Return how a batch gets on: "120 of 10,000, 25.0 a second, 6 min 35 s left".

    Args:
        done: the rows that are done, those among them whose files were there already.
        made: the rows that were made.
        rows: all rows.
        seconds: the time since the batch was begun.
    """
    told = f"{done:,} of {rows:,}"
    if not made or seconds <= 0:
        return told
    rate = made / seconds
    left = round((rows - done) / rate)
    hours, minutes, rest = left // _HOUR, left % _HOUR // _MINUTE, left % _MINUTE
    shown = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(left >= _MINUTE)
    shown += [f"{rest} s"] * (not hours)
    return f"{told}, {rate:.1f} a second, {' '.join(shown)} left"
