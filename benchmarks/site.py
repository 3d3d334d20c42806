"""Building the guide site of a loaded library, without writing it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks import naive
from benchmarks.load import load
from benchmarks.measure import Benchmark, Plan, Row, in_process, memory_row, time_row
from stretchkit.rendering.site import Pages, build_site


def load_and_build(folder: Path) -> Pages:
    """Load a library and build its site."""
    return build_site(load(folder))


def _measure(plan: Plan) -> list[Row]:
    size = f"{plan.exercises:,} exercises"
    ours = in_process(partial(build_site, load(plan.library)))
    other = in_process(partial(naive.pages, naive.read(plan.library)))
    return [
        time_row(f"{size}, once loaded", ours, other, plan.runs),
        memory_row(f"{size}, peak memory", load_and_build, naive.site, plan.library),
    ]


BENCHMARK = Benchmark(
    name="site",
    naive="markdown.markdown of each file in one Jinja template, no lists, no links",
    measure=_measure,
)
