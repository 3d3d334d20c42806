"""Any routine on any layout: nothing is cut off, nothing lies on something else, no page is wasted.

Routines are made at random: one exercise to twenty, words and sentences, names from right to left,
dosages from a blank to hours. Every exercise carries marks of its own, so that its place on the
pages can be found again.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from printed import Line, lines

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS, PAPERS, POINTS
from stretchkit.library import Library
from stretchkit.rendering.handout import pdf

EXAMPLES = 3
EMPTIEST = 0.10
"""The least share of its height that a page is used."""
MM = 72 / 25.4

WORDS = st.sampled_from(
    """
    slowly breathe out arm knee floor lift hold Rückenlage espiración naïve fjord ½ 10° ca. 5–8
    Straßenbahn über-all “quoted” it’s incomprehensibilities Ελλάδα Дыхание שלום نفس साँस — … €
    100% A
    """.split()  # noqa: SIM905 - a list of thirty strings is not easier to read
)
NAMES = st.sampled_from(
    ["Neck", "Seated twist with a chair and a towel", "שחרור הגב", "تمدد الكتف", "साँस", "Ça va ?"]
)
DOSAGES = st.sampled_from(
    [
        "___ reps",
        "3 x 10 reps",
        "hold 15 s each side",
        "for 20 min",
        "2-3 x 8-12 reps, rest 30-60 s",
    ]
)
PEOPLE = st.sampled_from(
    ["", "Ada", "نور الهدى بنت عبد الرحمن", "Ærøskøbing-Łódź " * 4, "דוד", "O'<b>"]
)


def sentences(most: int) -> st.SearchStrategy[str]:
    return st.lists(WORDS, min_size=1, max_size=most).map(lambda words: "Go " + " ".join(words))


@st.composite
def exercises(draw: st.DrawFn, number: int) -> str:
    """The file of an exercise that says `m3a` where its words begin and `m3z` where they end."""
    steps = draw(st.lists(sentences(30), min_size=1, max_size=8))
    parts = [
        f"---\nname: m{number}a {draw(NAMES)}\nkind: mobility\nregions: [neck]",
        f"position: sitting\ndosage: {draw(DOSAGES)}\n---\nA short summary.\n",
    ]
    headings = ("Set up", "You should feel", "Make it easier", "Take care")
    said = [heading for heading in headings if draw(st.booleans())]
    parts += [f"## {heading}\n{draw(sentences(120))}.\n" for heading in said]
    parts.append("## Steps\n" + "".join(f"{n}. {s}.\n" for n, s in enumerate(steps, start=1)))
    return "\n".join(parts).replace("## Steps\n1. Go ", f"## Steps\n1. m{number}s ", 1)


@st.composite
def libraries(draw: st.DrawFn) -> dict[str, str]:
    count = draw(st.integers(1, 20))
    names = [f"move-{number}" for number in range(count)]
    files = {f"exercises/{name}.md": draw(exercises(n)) for n, name in enumerate(names)}
    listed = "".join(f"  - {name}\n" for name in names)
    files["routines/all.md"] = f"---\nname: {draw(NAMES)}\nentries:\n{listed}---\n"
    files["routines/all.md"] += draw(sentences(100)) + ".\n"
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
    "layout", [pytest.param(n, marks=pytest.mark.xdist_group(f"print-{n}")) for n in LAYOUTS]
)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a smaller example would take minutes to find
    suppress_health_check=list(HealthCheck),
)
@given(
    files=libraries(),
    paper=st.sampled_from(PAPERS),
    size=st.sampled_from(tuple(POINTS)),
    recipient=PEOPLE,
    weeks=st.integers(1, 2) | st.none(),
    blank=st.booleans(),
)
def test_any_routine_stands_well_on_every_layout(
    layout: str, tmp_path_factory: pytest.TempPathFactory, files: dict[str, str], **options: Any
) -> None:
    folder = tmp_path_factory.mktemp("library")
    library = written(files, folder)
    try:
        handout = Handout(library.routine("all"), library, layout=layout, **options)
    except ValueError:  # a size or a log that the layout says it has no room for
        options |= {"size": "normal", "weeks": None}
        handout = Handout(library.routine("all"), library, layout=layout, **options)
    data = pdf(handout)
    found = lines(data)
    with pypdfium2.PdfDocument(data) as document:
        sizes = [page.get_size() for page in document]
        inked = [_inked(page) for page in document]
    assert _outside(found, sizes) == []
    assert _overlaps(found) == []
    if layout != "deck":  # its steps stand on the backs of its cards
        assert _split(found, len(handout.prescriptions)) == []
    if layout != "book":  # its contents, chapters and index open a page, however short they are
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
    """The exercises that go on over a page though they start in the middle of one."""
    split = []
    for number in range(count):
        starts = [line for line in found if re.search(rf"\bm{number}a\b", line.text)]
        steps = [line for line in found if re.search(rf"\bm{number}s\b", line.text)]
        pages = {line.page for line in steps}
        if steps and not any(start.page in pages for start in starts):
            split.append(number)
    return split


def _inked(page: Any) -> float:
    """The share of a page's height, between the margins, from its first ink to its last."""
    picture = page.render(scale=0.5).to_pil().convert("L")
    width, height = picture.size
    inside = picture.crop((0, int(8 * MM / 2), width, height - int(14 * MM / 2)))
    box = inside.point(lambda value: 255 if value < 200 else 0).getbbox()
    return 0.0 if box is None else (box[3] - box[1]) / inside.height
