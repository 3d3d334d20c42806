"""Starting: how long the package and the command take before they do anything."""

from __future__ import annotations

from benchmarks.measure import Benchmark, Plan, Row, fresh, time_row

_COMMAND = "import sys; from stretchkit.cli import main; main(sys.argv[1:])"


def _measure(plan: Plan) -> list[Row]:
    started = {
        "import stretchkit": fresh("import stretchkit"),
        "stretchkit --help": fresh(_COMMAND, "--help"),
        "stretchkit list": fresh(_COMMAND, "list"),
    }
    bare = fresh("pass")
    return [time_row(what, ours, bare, plan.runs) for what, ours in started.items()]


BENCHMARK = Benchmark(name="import", naive="python -c pass", measure=_measure)
