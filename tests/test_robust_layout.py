"""Any routine on any layout: nothing is cut off, nothing lies on something else, no page is wasted.

Routines are made at random: one exercise to twenty, words and sentences, names from right to left,
dosages from a blank to hours. Every exercise carries marks of its own, so that its place on the
pages can be found again.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from printed import Line, lines

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS, PAPERS, POINTS
from stretchkit.library import Library
from stretchkit.rendering.handout import pdf

SEEDS = (1, 2, 3)
"""Every seed is another routine, the same on every machine; a failure can be made again."""
FOUND = (
    ("bilingual", 8),
    ("book", 10),
    ("book", 33),
    ("cards", 29),
    ("deck", 23),
    ("deck", 25),
    ("sheet", 20),
    ("sheet", 36),
    ("single", 26),
    ("table", 5),
    ("table", 31),
)
"""Layouts, each with a seed that once made a page of it that was nearly empty or overlapped."""
CASES = (*((layout, seed) for layout in LAYOUTS for seed in SEEDS), *FOUND)
EMPTIEST = 0.10
"""The least share of its height that a page is used."""
MM = 72 / 25.4

WORDS = (
    "slowly",
    "breathe",
    "out",
    "arm",
    "knee",
    "floor",
    "lift",
    "hold",
    "Rückenlage",
    "espiración",
    "naïve",
    "fjord",
    "½",
    "10°",
    "ca.",
    "5–8",
    "Straßenbahn",
    "über-all",
    "“quoted”",
    "it’s",
    "incomprehensibilities",
    "Ελλάδα",
    "Дыхание",
    "שלום",
    "نفس",
    "साँस",
    "—",
    "…",
    "€",
    "100%",
    "A",
)
NAMES = ("Neck", "Seated twist with a chair and a towel", "שחרור הגב", "تمدد الكتف", "साँस", "Ça ?")
DOSAGES = [
    "___ reps",
    "3 x 10 reps",
    "hold 15 s each side",
    "for 20 min",
    "2-3 x 8-12 reps, rest 30-60 s",
]
PEOPLE = ["", "Ada", "نور الهدى بنت عبد الرحمن", "Ærøskøbing-Łódź " * 4, "דוד", "O'<b>"]


def sentence(pick: random.Random, most: int) -> str:
    return "Go " + " ".join(pick.choices(WORDS, k=pick.randint(1, most)))


def exercise(pick: random.Random, number: int) -> str:
    """The file of an exercise whose name says `m3a` and whose first step says `m3s`."""
    steps = [sentence(pick, 30) for _ in range(pick.randint(1, 8))]
    headings = ("Set up", "You should feel", "Make it easier", "Take care")
    said = [heading for heading in headings if pick.random() < 0.5]
    parts = [
        f"---\nname: m{number}a {pick.choice(NAMES)}\nkind: mobility\nregions: [neck]",
        f"position: sitting\ndosage: {pick.choice(DOSAGES)}\n---\nA short summary.\n",
        *(f"## {heading}\n{sentence(pick, 120)}.\n" for heading in said),
        "## Steps\n" + "".join(f"{n}. {step}.\n" for n, step in enumerate(steps, start=1)),
    ]
    return "\n".join(parts).replace("## Steps\n1. Go ", f"## Steps\n1. m{number}s ", 1)


def files_of(pick: random.Random) -> dict[str, str]:
    """The files of a library with a routine of one exercise to twenty."""
    names = [f"move-{number}" for number in range(pick.randint(1, 20))]
    files = {f"exercises/{name}.md": exercise(pick, n) for n, name in enumerate(names)}
    listed = "".join(f"  - {name}\n" for name in names)
    about = f"{sentence(pick, 200)}.\n"
    files["routines/all.md"] = f"---\nname: {pick.choice(NAMES)}\nentries:\n{listed}---\n{about}"
    files["stretchkit.yaml"] = "name: Riverside\nlanguages: [en, es]\n"
    return files


def written(files: dict[str, str], folder: Path) -> Library:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    library = Library.load(folder)
    library.raise_for_errors()
    return library


@pytest.mark.parametrize(
    ("layout", "seed"),
    [pytest.param(*case, marks=pytest.mark.xdist_group(f"print-{case[0]}")) for case in CASES],
)
def test_any_routine_stands_well_on_every_layout(layout: str, seed: int, tmp_path: Path) -> None:
    pick = random.Random(f"{layout} {seed}")  # noqa: S311 - the same routine every time
    library = written(files_of(pick), tmp_path)
    options: dict[str, Any] = {
        "paper": pick.choice(PAPERS),
        "size": pick.choice(tuple(POINTS)),
        "recipient": pick.choice(PEOPLE),
        "weeks": pick.choice((None, 1, 2)),
        "blank": pick.random() < 0.5,
    }
    try:
        handout = Handout(library.routine("all"), library, layout=layout, **options)
    except ValueError:  # a size or a log that the layout says it has no room for
        options |= {"size": "normal", "weeks": None}
        handout = Handout(library.routine("all"), library, layout=layout, **options)
    data = pdf(handout)
    found = lines(data)
    with pypdfium2.PdfDocument(data) as document:
        sizes = [page.get_size() for page in document]
        inked = [_inked(page, 2 if layout == "booklet" else 1) for page in document]
    assert _outside(found, sizes) == []
    assert _overlaps(found) == []
    if layout != "deck":  # its steps stand on the backs of its cards
        assert _split(found, len(handout.prescriptions)) == []
    assert [n for n, share in enumerate(inked, start=1) if share < EMPTIEST] == []


def _outside(found: list[Line], sizes: list[tuple[float, float]]) -> list[str]:
    """The lines that go over an edge of their page."""
    return [
        f"{line.text} at {line.start:.0f}-{line.end:.0f}, {line.height:.0f}"
        for line in found
        if line.start < 0
        or line.end > sizes[line.page][0]
        or not 0 < line.height < sizes[line.page][1]
    ]


def _overlaps(found: list[Line]) -> list[tuple[str, str]]:
    """The pairs of lines of which one stands on the other."""
    pairs = []
    for number, line in enumerate(found):
        for other in found[number + 1 :]:
            beside = line.end <= other.start + 1 or other.end <= line.start + 1
            apart = abs(line.height - other.height) > 0.6 * min(*line.sizes, *other.sizes)
            if line.page == other.page and not beside and not apart:
                pairs.append((line.text, other.text))
    return pairs


def _split(found: list[Line], count: int) -> list[int]:
    """The exercises that start low on a page and have their first step on another one.

    One that is longer than a page starts at the top of a page, and may go on where it ends.
    """
    split = []
    for number in range(count):
        starts = [line for line in found if re.search(rf"\bm{number}a\b", line.text)]
        steps = [line for line in found if re.search(rf"\bm{number}s\b", line.text)]
        pages = {line.page for line in steps}
        if steps and not any(line.page in pages or _is_high(line, found) for line in starts):
            split.append(number)
    return split


def _is_high(line: Line, found: list[Line]) -> bool:
    """Whether a line is one of the first of its page, or of its half of a page."""
    above = [
        other
        for other in found
        if other.page == line.page
        and other.height > line.height + 1
        and abs(other.start - line.start) < 200
    ]
    return len(above) <= 2


def _inked(page: Any, abreast: int) -> float:
    """The share of a page's height, between the margins, from its first ink to its last.

    It is the least one of as many pages as stand side by side.
    """
    picture = page.render(scale=0.5).to_pil().convert("L")
    width, height = picture.size[0] // abreast, picture.size[1]
    shares = []
    for start in range(0, abreast * width, width):
        edges = (start, int(8 * MM / 2), start + width, height - int(14 * MM / 2))
        inside = picture.crop(edges)
        box = inside.point(lambda value: 255 if value < 200 else 0).getbbox()
        shares.append(0.0 if box is None else (box[3] - box[1]) / inside.height)
    return min(shares)
