"""Making Markdown handouts of one exercise each, from a loaded library."""

from __future__ import annotations

from functools import partial

from benchmarks import naive
from benchmarks.load import load
from benchmarks.measure import Benchmark, Plan, Row, in_process, time_row
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.handout import render


def _sheets(library: Library) -> list[bytes]:
    return [
        render(Handout(library.routine_of([name]), library), "markdown")
        for name in library.exercises
    ]


def _measure(plan: Plan) -> list[Row]:
    library = load(plan.library)
    ours = in_process(partial(_sheets, library))
    other = in_process(partial(naive.sheets, library.exercises.values()))
    return [time_row(f"{plan.exercises:,} Markdown handouts", ours, other, plan.runs)]


BENCHMARK = Benchmark(
    name="markdown",
    naive="one Jinja template, the same fields put in as they are",
    measure=_measure,
)
