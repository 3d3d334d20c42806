"""Loading a library: reading, checking and linking every file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks import naive
from benchmarks.measure import Benchmark, Plan, Row, in_process, memory_row, time_row
from stretchkit.library import Library


def load(folder: Path) -> Library:
    """Load a library and make sure that it has no errors."""
    library = Library.load(folder)
    library.raise_for_errors()
    return library


def _measure(plan: Plan) -> list[Row]:
    size = f"{plan.exercises:,} exercises"
    ours = in_process(partial(load, plan.library))
    other = in_process(partial(naive.load, plan.library))
    return [
        time_row(size, ours, other, plan.runs),
        memory_row(f"{size}, peak memory", load, naive.load, plan.library),
    ]


BENCHMARK = Benchmark(
    name="load",
    naive="YAML and markdown.markdown of each file, no checks, no lines",
    measure=_measure,
)
