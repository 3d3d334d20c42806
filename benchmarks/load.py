"""Loading a library: reading, checking and linking every file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import markdown
import yaml

from benchmarks.measure import Benchmark, Plan, Row, in_process, memory_row, time_row
from stretchkit.library import Library

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(folder: Path) -> Library:
    """Load a library and make sure that it has no faults."""
    library = Library.load(folder)
    library.raise_for_errors()
    return library


def load_naively(folder: Path) -> list[tuple[Any, str]]:
    """Return the facts and the HTML of every Markdown file."""
    return [(facts, markdown.markdown(words)) for _, facts, words in read_naively(folder)]


def read_naively(folder: Path) -> list[tuple[Path, Any, str]]:
    """Return the path, the facts and the words of every Markdown file."""
    found = []
    for path in sorted(folder.rglob("*.md")):
        _, front, words = path.read_text(encoding="utf-8").split("---\n", 2)
        facts = yaml.load(front, Loader=_LOADER)  # noqa: S506 - it is one of the safe loaders
        found.append((path.relative_to(folder), facts, words))
    return found


def _measure(plan: Plan) -> list[Row]:
    size = f"{plan.exercises:,} exercises"
    ours = in_process(partial(load, plan.library))
    naive = in_process(partial(load_naively, plan.library))
    return [
        time_row(size, ours, naive, plan.runs),
        memory_row(f"{size}, peak memory", load, load_naively, plan.library),
    ]


BENCHMARK = Benchmark(
    name="load",
    naive="yaml and markdown.markdown of each file; no checks, no lines, no links",
    measure=_measure,
)
