"""The command `python -m benchmarks`: run benchmarks and print their table."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import figures, imports, load, many, markdown_handouts, pdf, site
from benchmarks.measure import Benchmark, BenchmarkError, Plan, Row
from stretchkit import __version__

BENCHMARKS: dict[str, Benchmark] = {
    module.BENCHMARK.name: module.BENCHMARK
    for module in (load, markdown_handouts, figures, pdf, many, site, imports)
}
_FULL = {"exercises": 1000, "runs": 5}
_QUICK = {"exercises": 100, "runs": 2}
_VERSIONS = ("babel", "jinja2", "markdown", "pydantic", "pyyaml", "weasyprint")
_HEAD = (
    ("", "StretchKit", "", "", "naive", "", ""),
    ("min", "median", "elapsed", "min", "median", "elapsed", "ratio"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that were asked for; the exit code says whether all of them could run."""
    options = _options(arguments)
    scale = _QUICK if options.quick else _FULL
    exercises, runs = options.exercises or scale["exercises"], options.runs or scale["runs"]
    print("CPU time (least, median) and elapsed time (median); runs and naive runs take turns.\n")
    print("\n".join(_line("", cells) for cells in _HEAD))
    done: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory(prefix="stretchkit-benchmarks-") as scratch:
        plan = Plan(exercises, runs, Path(scratch))
        for name in options.names or BENCHMARKS:
            benchmark = BENCHMARKS[name]
            print(f"\n{name} (naive: {benchmark.naive})", flush=True)
            try:
                done[name] = benchmark.measure(plan)
            except BenchmarkError as error:
                print(f"  cannot run: {error}")
                continue
            print("\n".join(table(done[name])), flush=True)
    if options.json:
        text = json.dumps(_report(plan, done), indent=2, ensure_ascii=False)
        options.json.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return 0 if len(done) == len(set(options.names or BENCHMARKS)) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure speed beside naive baselines. Nothing passes or fails.",
    )
    names = ", ".join(BENCHMARKS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{names}; all when left out")
    parser.add_argument("--quick", action="store_true", help="a small library and two runs")
    parser.add_argument("--runs", type=_positive, metavar="N", help="how often to run each")
    parser.add_argument("--exercises", type=_positive, metavar="N", help="size of the library")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run to a file")
    options = parser.parse_args(arguments)
    for name in options.names:
        if name not in BENCHMARKS:
            parser.error(f'there is no benchmark "{name}"; there are {names}')
    if options.json and not options.json.parent.is_dir():
        parser.error(f"there is no folder {options.json.parent}")
    return options


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number from 1 on')
    return int(text)


def table(rows: Iterable[Row]) -> list[str]:
    """Return rows as the lines of a table."""
    return [_line(f"  {row.what}", _cells(row)) for row in rows]


def _line(what: str, cells: Iterable[str]) -> str:
    return (f"{what:<36}" + "".join(f"{cell:>11}" for cell in cells)).rstrip()


def _cells(row: Row) -> list[str]:
    cells = []
    for values, elapsed in ((row.ours, row.ours_elapsed), (row.naive, row.naive_elapsed)):
        cells += [_shown(min(values), row), _shown(median(values), row)]
        cells.append(_shown(median(elapsed), row) if elapsed else "")
    return [*cells, f"× {row.ratio:.2f}"]


def _shown(value: float, row: Row) -> str:
    if row.unit == "bytes":
        return f"{value / 1e6:.0f} MB" if value >= 1e6 else f"{value / 1e3:.1f} kB"  # noqa: PLR2004
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def _report(plan: Plan, done: dict[str, list[Row]]) -> dict[str, Any]:
    return {
        "stretchkit": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "versions": {name: version(name) for name in _VERSIONS},
        "exercises": plan.exercises,
        "runs": plan.runs,
        "benchmarks": {
            name: {
                "naive": BENCHMARKS[name].naive,
                "rows": [{**asdict(row), "ratio": row.ratio} for row in rows],
            }
            for name, rows in done.items()
        },
    }


if __name__ == "__main__":
    sys.exit(main())
