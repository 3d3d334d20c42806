"""What tests of figures share: every exercise posed once a process, and drawings as pixels."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pypdfium2
import pytest
import weasyprint
from _pytest.mark import ParameterSet
from numpy.typing import NDArray
from PIL import Image

from stretchkit.figure.artist import Artist, Wanted
from stretchkit.figure.body import load_body
from stretchkit.figure.cache import usual_store
from stretchkit.figure.contact import Solved
from stretchkit.figure.frames import PosedFigure, pose_figure
from stretchkit.figure.mirror import other_side
from stretchkit.library import Library
from stretchkit.model.vocabulary import Side

BUNDLED = Library.bundled()
DRAWN = [e.id for e in BUNDLED.exercises.values() if e.figure and e.figure.frames]


def of_one(name: str, *more: str) -> ParameterSet:
    """Return an exercise as what a test is asked about, and more of it.

    All tests of one exercise run in one process, one after the other: it is posed once.
    """
    return pytest.param(name, *more, marks=pytest.mark.xdist_group(name))


EXERCISES = [of_one(name) for name in DRAWN]
"""Every bundled exercise."""


@cache
def posed(name: str) -> PosedFigure:
    """Pose the figure of an exercise on a woman."""
    figure = BUNDLED.exercise(name).figure
    assert figure is not None
    return pose_figure(load_body("woman"), figure)


@cache
def both_sides(name: str) -> Mapping[tuple[str, Side | None], Solved]:
    """Return every frame by its name and side; the side is None where one picture shows both."""
    figure, found = BUNDLED.exercise(name).figure, dict[tuple[str, Side | None], Solved]()
    assert figure is not None
    for frame, solved in posed(name).frames.items():
        if figure.side is Side.BOTH:
            found[frame, None] = solved
            continue
        other = Side.RIGHT if figure.side is Side.LEFT else Side.LEFT
        found[frame, figure.side] = solved
        found[frame, other] = other_side(load_body("woman"), solved)
    return found


@cache
def drawings(name: str) -> Mapping[tuple[str, Side | None], str]:
    """Return every frame of an exercise drawn in colour, on both sides where it has sides.

    Mistakes are among them, on the side that they are written for. They are kept where the
    command line keeps its own in this run: sheets and the site show the same.
    """
    exercise = BUNDLED.exercise(name)
    assert exercise.figure is not None
    own = exercise.figure.side
    shown = [*both_sides(name), *((each.name, None) for each in exercise.figure.mistakes)]
    wanted = [Wanted(exercise, frame, None if side is own else side) for frame, side in shown]
    artist = Artist(store=usual_store())
    artist.prepare(wanted)
    return {key: artist.draw(*w).worded("en") for key, w in zip(shown, wanted, strict=True)}


def printed(drawings: Sequence[str], dots: float) -> list[Image.Image]:
    """Return drawings as WeasyPrint prints them, in grey, `dots` to the millimetre."""
    sizes = [_size(drawing) for drawing in drawings]
    pages = "".join(f"@page p{n}{{size:{w}mm {h}mm}}" for n, (w, h) in enumerate(sizes))
    style = "body{margin:0}svg{display:block}div{break-after:page}@page{margin:0}"
    body = "".join(f'<div style="page:p{n}">{d}</div>' for n, d in enumerate(drawings))
    html = weasyprint.HTML(string=f"<style>{style}{pages}</style>{body}")
    found = []
    with pypdfium2.PdfDocument(io.BytesIO(html.write_pdf() or b"")) as pdf:
        for page, _ in zip(pdf, drawings, strict=False):
            found.append(page.render(scale=dots * 25.4 / 72).to_pil().convert("L"))
    return found


def _size(drawing: str) -> tuple[float, float]:
    width, _, rest = drawing.partition('width="')[2].partition('mm"')
    height = rest.partition('height="')[2].partition('mm"')[0]
    return float(width), float(height)


def unlike(a: Image.Image, b: Image.Image) -> float:
    """Return how much two pictures differ, from 0 to 1: the share of dots that plainly do.

    A line that is half a dot further on is the same line.
    """
    if abs(a.width - b.width) > 2 or abs(a.height - b.height) > 2:
        return 1.0
    size = min(a.width, b.width), min(a.height, b.height)
    one, other = (_calm(np.asarray(image.crop((0, 0, *size)), dtype=float)) for image in (a, b))
    return float((np.abs(one - other) > 48).mean())


def _calm(dots: NDArray[np.float64]) -> NDArray[np.float64]:
    padded = np.pad(dots, 1, mode="edge")
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    found: NDArray[np.float64] = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9
    return found
