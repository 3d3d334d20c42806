"""Making one PDF handout: in a process of its own, and in one that has made a handout before."""

from __future__ import annotations

from functools import partial

from benchmarks import naive
from benchmarks.measure import Benchmark, Plan, Row, fresh, in_process, time_row
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.handout import html, render

ROUTINE = "upper-back-relaxation"

_OURS = """
import sys
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.handout import render

library = Library.bundled()
sys.stdout.buffer.write(render(Handout(library.routine(sys.argv[1]), library), "pdf"))
"""
_NAIVE = """
import sys
from pathlib import Path
import weasyprint

page = Path(sys.argv[1]).read_text(encoding="utf-8")
sys.stdout.buffer.write(weasyprint.HTML(string=page).write_pdf())
"""


def _measure(plan: Plan) -> list[Row]:
    library = Library.bundled()
    handout = Handout(library.routine(ROUTINE), library)
    page = html(handout).decode()
    file = plan.scratch / "handout.html"
    file.write_text(page, encoding="utf-8", newline="\n")
    # The cold row is first: a process of its own tells why when PDFs cannot be made here at all.
    cold = time_row("one PDF, cold", fresh(_OURS, ROUTINE), fresh(_NAIVE, str(file)), plan.runs)
    ours = in_process(partial(render, handout, "pdf"))
    other = in_process(partial(naive.pdf, page))
    return [cold, time_row("one PDF, warm", ours, other, plan.runs)]


BENCHMARK = Benchmark(
    name="pdf",
    naive="weasyprint.HTML(string=the same page).write_pdf(), no tags, the system's fonts",
    measure=_measure,
)
