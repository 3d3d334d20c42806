"""Building the guide site of a loaded library, without writing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import markdown
from jinja2 import Environment

from benchmarks.load import load, read_naively
from benchmarks.measure import Benchmark, Plan, Row, in_process, memory_row, time_row
from stretchkit.render.site import Pages, build_site

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ facts.name }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="../style.css">
</head>
<body>
<nav><a href="../index.html">Home</a></nav>
<main>
<h1>{{ facts.name }}</h1>
<dl>
{% for name, value in facts.items() %}
<dt>{{ name }}</dt><dd>{{ value }}</dd>
{% endfor %}
</dl>
{{ words|safe }}
</main>
</body>
</html>
"""


def build(folder: Path) -> Pages:
    """Load a library and build its site."""
    return build_site(load(folder))


def build_naively(folder: Path) -> Mapping[Path, bytes]:
    """Read a library's files and make a page of each."""
    return _pages_naively(read_naively(folder))


def _pages_naively(documents: Iterable[tuple[Path, Any, str]]) -> dict[Path, bytes]:
    template = Environment(autoescape=True).from_string(_PAGE)
    return {
        path.with_suffix(".html"): template.render(
            facts=facts, words=markdown.markdown(words)
        ).encode()
        for path, facts, words in documents
    }


def _measure(plan: Plan) -> list[Row]:
    size = f"{plan.exercises:,} exercises"
    ours = in_process(partial(build_site, load(plan.library)))
    naive = in_process(partial(_pages_naively, read_naively(plan.library)))
    return [
        time_row(f"site of {size}, once loaded", ours, naive, plan.runs),
        memory_row(f"site of {size}, peak memory", build, build_naively, plan.library),
    ]


BENCHMARK = Benchmark(
    name="site",
    naive="markdown.markdown of each file and one Jinja template; no lists, no links, no facts "
    "in words",
    measure=_measure,
)
