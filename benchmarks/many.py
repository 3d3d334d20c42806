"""Handouts for many people, one after the other, beside Typst; and one alone, from a cold start.

Typst is the fastest other way to tagged PDFs: the same words and the same drawings, PDF/UA-1. One
compiler makes all of its handouts, so that it keeps what it knows of fonts and drawings.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.measure import Benchmark, BenchmarkError, Plan, Row, fresh, in_process, time_row
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.model.dosage import Dosage
from stretchkit.model.routine import Entry, Routine
from stretchkit.rendering.drawings import USUAL_MEANS, drawings_of
from stretchkit.rendering.handout import render
from stretchkit.rendering.pdf import fonts_dir
from stretchkit.rendering.prose import plain_text
from stretchkit.views.exercise import ExerciseView
from stretchkit.views.handout import handout_view

PEOPLE = 60
SESSION = 6
_POOL = 30
_WARM = 10
_DOSAGES = ("2 x 8 reps", "hold 20 s each side", "3 x hold 15-20 s", "5 breaths", "10 reps, slow")
_TEMPLATE = Path(__file__).with_name("handout.typ")
_STOP = ("you feel sharp or sudden pain", "you feel numb or weak", "you feel dizzy or sick")
_COLD = """
import sys
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.handout import render

library = Library.bundled()
handout = Handout(library.routine("desk-break-2"), library, recipient="Ada")
sys.stdout.buffer.write(render(handout, "pdf"))
"""


def people(*, alike: bool, pool: int = _POOL) -> list[Handout]:
    """Return handouts for sixty people: six exercises of thirty each, or the same six for all."""
    library = Library.bundled()
    pick = random.Random(1)  # noqa: S311 - the same people every time
    names = pick.sample(sorted(library.exercises), pool)
    dosages = [Dosage.parse(text) for text in _DOSAGES]
    found = []
    for number in range(PEOPLE):
        chosen = names[:SESSION] if alike else pick.sample(names, min(SESSION, pool))
        entries = tuple(
            Entry(name, dosages[0] if alike else pick.choice(dosages)) for name in chosen
        )
        routine = Routine(
            id="mine", name="Your exercises", summary="Made for you.", entries=entries
        )
        message = f"Dear number {number}, take your time."
        handout = Handout(routine, library, recipient=f"Person {number}", message=message)
        found.append(handout)
    return found


def _ours(handouts: list[Handout]) -> Callable[[], object]:
    turns = count()

    def make() -> bytes:
        return render(handouts[next(turns) % len(handouts)], "pdf")

    return make


def _typst(handouts: list[Handout], folder: Path) -> Callable[[], object]:
    """Return a function that sets one handout after the other by Typst."""
    try:
        import typst  # noqa: PLC0415 - for this benchmark alone
    except ImportError as error:
        raise BenchmarkError("Typst is not installed") from error
    folder.mkdir(exist_ok=True)
    template = folder / "handout.typ"
    template.write_text(_TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    told = [json.dumps(_told(handout, folder), ensure_ascii=False) for handout in handouts]
    fonts = [str(fonts_dir())]
    typesetter = typst.Compiler(
        input=str(template), root=str(folder), font_paths=fonts, ignore_system_fonts=True
    )
    turns = count()

    def make() -> object:
        inputs = {"handout": told[next(turns) % len(told)]}
        return typesetter.compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1")

    return make


def _told(handout: Handout, folder: Path) -> dict[str, Any]:
    view = handout_view(handout, drawings_of(handout, USUAL_MEANS))
    return {
        "title": view.title,
        "author": view.author or view.brand.name,
        "brand": view.brand.name,
        "recipient": view.recipient,
        "message": view.message,
        "summary": view.summary,
        "duration": view.duration,
        "equipment": view.equipment,
        "stop": _STOP,
        "review": view.review,
        "control": view.control,
        "exercises": [_exercise(exercise, folder) for exercise in view.exercises],
    }


def _exercise(view: ExerciseView, folder: Path) -> dict[str, Any]:
    drawings = []
    for drawing in view.drawings.shown:
        file = folder / f"{drawing.name.replace('/', '-')}.svg"
        if not file.exists():
            file.write_text(drawing.svg, encoding="utf-8")
        drawings.append({"file": file.name, "width": drawing.width, "alt": drawing.alt})
    return {
        "number": view.number,
        "name": view.name,
        "dosage": view.dosage,
        "set_up": plain_text(view.set_up),
        "steps": [plain_text(step.text) for step in view.steps],
        "cues": [plain_text(cue) for cue in view.cues],
        "feel": plain_text(view.feel),
        "take_care": plain_text(view.take_care),
        "stop_signs": [plain_text(sign) for sign in view.stop_signs],
        "drawings": drawings,
    }


def _rows(plan: Plan) -> Iterator[Row]:
    pool, turns = min(_POOL, plan.exercises), 10 * plan.runs if plan.runs > 1 else 1
    for alike, what in (
        (False, "one of 60 handouts, all others"),
        (True, "one of 60 of a routine"),
    ):
        handouts = people(alike=alike, pool=pool)
        ours, typst = _ours(handouts), _typst(handouts, plan.scratch / "typst")
        for _ in range(min(_WARM, 2 * plan.runs)):
            ours()
            typst()
        yield time_row(what, in_process(ours), in_process(typst), turns)
    start = fresh("import weasyprint")
    yield time_row("one handout, cold; import weasyprint", fresh(_COLD), start, plan.runs)


BENCHMARK = Benchmark(
    name="many",
    naive="Typst, tagged, the same words and drawings; below: the PDF engine's import alone",
    measure=lambda plan: list(_rows(plan)),
)
