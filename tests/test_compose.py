"""Handouts composed of parts are the handouts of the plain way: words, tags, bookmarks, pixels."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from test_pdf import faults_of_pdf

from stretchkit.figure.cache import Store
from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS
from stretchkit.library import Library
from stretchkit.model.dosage import Dosage
from stretchkit.model.routine import Entry, Routine
from stretchkit.model.vocabulary import Goal
from stretchkit.rendering.compose import breaks, capture, warehouse
from stretchkit.rendering.compose import sheet as composer
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.foot import Foot
from stretchkit.rendering.compose.sheet import composed
from stretchkit.rendering.compose.skeleton import slots_of
from stretchkit.rendering.compose.stack import Place, Standing, stacked
from stretchkit.rendering.drawings import Means
from stretchkit.rendering.handout import pdf, plain_pdf

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

MEANS = Means()
NAMES = (
    "",
    "Ada",
    "Søren Ångström-Łuczak",
    "Zoë Brontë (Jr.)",
    "A & B <Corp>",
    "Ana \\ Back",
    "Office Affleck",
    "María José Fernández de la Cruz y Villanueva",
)
WORDS = (
    *("take", "your", "time", "and", "breathe", "out", "slowly,", "well-known", "half-way"),
    *("e.g.", "2–3", "times/day", "“now”", "(or", "later)", "—", "stop", "if", "it", "hurts!"),
)
DOSAGES = ("", "2 x 8 reps", "hold 20 s each side", "3 x hold 15-20 s", "5 breaths")
LONG = "3 x hold 15-20 s each side"
NOTES = ("", "", "Slowly.", "Only as far as it is *easy* for you today.")


@lru_cache
def bundled(language: str) -> Library:
    return Library.bundled().in_language(language)


def somebodys(seed: int) -> Handout:
    """A handout with a bit of everything that differs from person to person."""
    pick = random.Random(seed)  # noqa: S311 - nothing secret
    library = bundled(pick.choice(["en", "es"]))
    routine = pick.choice(sorted(library.routines.values(), key=lambda each: each.id))
    entries = tuple(
        Entry(
            name,
            Dosage.parse(dosage) if (dosage := pick.choice(DOSAGES)) else None,
            note=pick.choice(NOTES),
        )
        for name in pick.sample(sorted(library.exercises), pick.choice([1, 2, 4]))
    )
    routine = replace(
        routine,
        entries=entries,
        before=pick.choice([routine.before, ""]),
        after=pick.choice([routine.after, ""]),
        goals=tuple(pick.sample(list(Goal), pick.randrange(4))),
    )
    return Handout(
        routine,
        library,
        recipient=pick.choice(NAMES),
        prepared_on=pick.choice([None, date(2026, 1, 5), date(2026, 12, 31)]),
        message=" ".join(pick.choices(WORDS, k=pick.choice([0, 4, 20, 50]))),
        paper=pick.choice(["a4", "letter"]),
        size=pick.choice(["normal", "normal", "normal", "large", "largest"]),
        ink=pick.choice(["full", "save"]),
        drawings=pick.choice(["none", "none", "line"]),
        orientation=pick.choice([None, None, "landscape"]),
        address=pick.choice(["", "", "https://example.org/r/1"]),
        blank=pick.random() < 0.1,
        weeks=pick.choice([None, None, None, 1, 5]),
    )


def adas() -> Handout:
    """A handout that is composed."""
    library = bundled("en")
    return Handout(library.routine("desk-break-2"), library, recipient="Ada", drawings="none")


# What two PDFs have in common --------------------------------------------------------------------


def tags(file: pikepdf.Pdf) -> Any:
    """The structure tree: roles, pages, words told and places, and how content is in it."""
    pages = {page.objgen: number for number, page in enumerate(file.pages)}

    def read(element: Any, page: int | None) -> Any:
        if isinstance(element, int):
            return page
        if element.get("/Type") == "/OBJR":
            return str(element.Obj.A.URI)
        here = pages[element.Pg.objgen] if "/Pg" in element else page
        told = {
            name: str(element[name]) for name in ("/Alt", "/Lang", "/ActualText") if name in element
        }
        if "/A" in element and "/BBox" in element.A:
            told["place"] = str([round(float(edge)) for edge in element.A.BBox])
        return (str(element.S), told, [read(inner, here) for inner in element.K])

    return read(file.Root.StructTreeRoot.K[0], None)


def owned(file: pikepdf.Pdf) -> Iterator[tuple[int, list[str]]]:
    """The roles of the elements that own each page's marked content, whenever it is painted."""
    for number, page in enumerate(file.pages):
        owners = file.Root.StructTreeRoot.ParentTree.Nums[2 * number + 1]
        yield (
            number,
            sorted(
                str(owners[int(mark.operands[1].MCID)].S)
                for mark in pikepdf.parse_content_stream(page)
                if str(mark.operator) == "BDC" and "/MCID" in mark.operands[1]
            ),
        )


def bookmarks(file: pikepdf.Pdf) -> list[Any]:
    """The headings as a reader lists them, and where they lead."""

    def read(items: Any) -> list[Any]:
        return [
            (item.title, [round(float(each)) for each in item.destination[2:]], read(item.children))
            for item in items
        ]

    with file.open_outline() as outline:
        return read(outline.root)


def words(document: pypdfium2.PdfDocument) -> list[list[str]]:
    """The lines of each page. Marks of lists are painted last on a page, or last in a part."""
    return [sorted(page.get_textpage().get_text_range().splitlines()) for page in document]


def assert_same(one: bytes, other: bytes) -> None:
    """Two PDFs are the same to whoever reads, hears or sees them."""
    first, second = pypdfium2.PdfDocument(one), pypdfium2.PdfDocument(other)
    assert words(first) == words(second)
    for page, expected in zip(first, second, strict=True):
        seen, wanted = (each.render(scale=1).to_numpy().astype(int) for each in (page, expected))
        assert seen.shape == wanted.shape
        assert np.abs(seen - wanted).max() < 32, "pixels differ by more than their edges"
    left, right = pikepdf.open(io.BytesIO(one)), pikepdf.open(io.BytesIO(other))
    assert tags(left) == tags(right)
    assert list(owned(left)) == list(owned(right))
    assert bookmarks(left) == bookmarks(right)
    assert left.docinfo == right.docinfo
    assert left.Root.Metadata.read_bytes() == right.Root.Metadata.read_bytes()
    assert set(left.Root.keys()) == set(right.Root.keys())
    assert {str(name) for name in left.Root.Names.Dests.Names[::2]} == {
        str(name) for name in right.Root.Names.Dests.Names[::2]
    }


# Composed as laid out ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(24))
def test_a_composed_handout_is_the_plain_one(seed: int) -> None:
    handout = somebodys(seed)
    made = composed(handout, MEANS)
    if made is not None:
        assert_same(made, plain_pdf(handout, means=MEANS))


def test_most_handouts_are_composed() -> None:
    handouts = (somebodys(seed) for seed in range(24))
    assert sum(composed(handout, MEANS) is not None for handout in handouts) > 12


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_bundled_handout_with_its_drawings_is_composed_as_laid_out(language: str) -> None:
    library = bundled(language)
    handout = Handout(library.routine("desk-break-2"), library, recipient="Ada")
    made = composed(handout, MEANS)
    assert made is not None
    assert_same(made, plain_pdf(handout, means=MEANS))
    assert pdf(handout) == made


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5])
@pytest.mark.parametrize("size", ["large", "largest"])
def test_exercises_in_large_type_go_on_over_pages_as_laid_out(size: Any, seed: int) -> None:
    handout = replace(somebodys(seed), size=size, drawings="none", blank=False)
    made = composed(handout, MEANS)
    assert made is not None
    assert_same(made, plain_pdf(handout, means=MEANS))


def test_where_an_exercise_breaks_is_asked_once_for_all_places_that_hold_the_same_lines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library = bundled("en")
    entries = tuple(map(Entry, ["cat-cow", "chin-tuck"]))
    routine = Routine(id="mine", name="Mine", entries=entries)
    first = Handout(routine, library, drawings="none", size="largest")
    messages = ["Take your time. " * n for n in range(1, 30, 4)]
    monkeypatch.setattr(composer, "usual_store", lambda: Store(tmp_path))
    for message in messages:
        assert composed(replace(first, message=message), MEANS) is not None
    composer._COMPOSERS.clear()
    breaks._PIECES = warehouse.Warehouse(256)
    monkeypatch.setattr(capture, "captured", None)
    for message in (each + "Do it. " for each in reversed(messages)):
        made = composed(replace(first, message=message), MEANS)
        assert made is not None


def test_where_an_exercise_of_another_shape_breaks_is_kept_beside_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A name in one line, then one number that makes two of it: another shape of the same exercise.
    library = bundled("es")
    entries = (Entry("cat-cow", Dosage.parse("2 reps")), Entry("cat-cow", Dosage.parse(LONG)))
    monkeypatch.setattr(composer, "usual_store", lambda: Store(tmp_path))
    for _ in range(2):
        for entry in entries:
            routine = Routine(id="mine", name="Mía", entries=(entry, entry))
            handout = Handout(routine, library, drawings="none", size="largest")
            composer._COMPOSERS.clear()
            breaks._PIECES = warehouse.Warehouse(256)
            made = composed(handout, MEANS)
            assert made is not None
            assert_same(made, plain_pdf(handout, means=MEANS))


def test_an_exercise_longer_than_a_page_is_composed_as_laid_out(make_library: MakeLibrary) -> None:
    long = "\n\n".join(["Sit on a chair. Look ahead."] * 90)
    library = make_library({"exercises/long.md": LOOK.format(name="Long", words=long)} | ROUTINE)
    routine = Routine(id="all", name="All", entries=(Entry("nod"), Entry("long"), Entry("nod")))
    made = composed(Handout(routine, library), MEANS)
    assert made is not None
    assert_same(made, plain_pdf(Handout(routine, library), means=MEANS))


@pytest.mark.parametrize("lines", [1, 2])
def test_a_foot_of_two_lines_is_composed_as_laid_out(lines: int) -> None:
    name = "María José Fernández de la Cruz" if lines == 2 else "Ada"
    handout = replace(adas(), recipient=name, size="largest")
    made = composed(handout, MEANS)
    assert made is not None
    assert_same(made, plain_pdf(handout, means=MEANS))


def test_a_part_at_the_very_edge_of_a_page_stands_where_the_engine_puts_it() -> None:
    part: Any = SimpleNamespace(top=0.0, bottom=100.0, solid=95.0, above=10.0, breakable=False)
    ready: Any = SimpleNamespace(part=part)
    asked: list[float] = []

    def broken(below: float) -> list[Standing]:
        asked.append(below)
        return [(ready, Place(1, 0.0))]

    def pages(bottom: float) -> list[int]:
        (standing,) = stacked([part], [(ready, broken)], 0.0, bottom)
        return [place.page for _, place in standing]

    assert (pages(220.0), pages(200.0), asked) == ([0], [1], [])
    assert (pages(208.0), asked) == ([1], [100.0])


@pytest.mark.parametrize("count", [1, 4, 12])
def test_a_log_is_composed_as_laid_out(count: int) -> None:
    names = sorted(bundled("es").exercises)[:count]
    routine = Routine(id="mine", name="Mía", entries=tuple(map(Entry, names)))
    handout = Handout(routine, bundled("es"), recipient="Ada", weeks=3, drawings="none")
    made = composed(handout, MEANS)
    assert made is not None
    assert_same(made, plain_pdf(handout, means=MEANS))


def test_a_log_is_laid_out_once_whatever_its_exercises(monkeypatch: pytest.MonkeyPatch) -> None:
    routine = Routine(id="mine", name="Mine", entries=(Entry("chin-tuck"), Entry("cat-cow")))
    handout = Handout(routine, bundled("en"), weeks=2, drawings="none")
    assert composed(handout, MEANS) is not None
    monkeypatch.setattr(capture, "captured", None)
    entries = tuple(reversed(routine.entries))
    assert composed(replace(handout, routine=replace(routine, entries=entries)), MEANS) is not None


@pytest.mark.parametrize(("mode", "name"), [("RGBA", "a.png"), ("L", "a.png"), ("RGB", "a.jpg")])
def test_a_logo_of_pixels_is_composed_as_laid_out(
    mode: str, name: str, make_library: MakeLibrary, tmp_path: Path
) -> None:
    colours: dict[str, Any] = {"RGBA": (200, 30, 60, 128), "L": 90, "RGB": (200, 30, 60)}
    logo = io.BytesIO()
    picture = Image.new(mode, (40, 20))
    picture.paste(colours[mode], (5, 5, 15, 15))
    picture.save(logo, format="PNG" if name.endswith("png") else "JPEG")
    brand = f"name: Test\nbrand: {{name: Our clinic, logo: {name}}}\n"
    library = make_library(ROUTINE | {"stretchkit.yaml": brand, name: logo.getvalue()})
    handout = Handout(library.routine("all"), library, recipient="Ada")
    made = composed(handout, MEANS)
    assert made is not None
    assert_same(made, plain_pdf(handout, means=MEANS))
    assert faults_of_pdf(made, tmp_path) == []


def test_the_same_handout_has_the_same_bytes_whatever_was_composed_before() -> None:
    handout = adas()
    composer._COMPOSERS.clear()
    first = composed(handout, Means(cache=False))
    for seed in range(4, 8):
        composed(somebodys(seed), MEANS)
    assert first is not None
    assert composed(handout, MEANS) == first


# Parts that are kept -----------------------------------------------------------------------------


def test_parts_on_the_disk_are_not_laid_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    monkeypatch.setattr(composer, "usual_store", lambda: store)
    handout = replace(adas(), message="Take your time.")
    composer._COMPOSERS.clear()
    first = composed(handout, MEANS)
    composer._COMPOSERS.clear()

    def refuse(*_: object) -> None:
        raise AssertionError("laid out again")

    monkeypatch.setattr(capture, "captured", refuse)
    assert first is not None
    assert composed(handout, MEANS) == first
    assert composed(replace(handout, recipient="Somebody else"), MEANS) is not None


def test_an_exercise_is_laid_out_once_whatever_its_number_and_dosage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = bundled("en")
    names = ["chin-tuck", "shoulder-rolls", "cat-cow"]
    routine = Routine(id="mine", name="Mine", entries=tuple(map(Entry, names)))
    handout = Handout(routine, library, drawings="none")
    assert composed(handout, MEANS) is not None

    def refuse(*_: object) -> None:
        raise AssertionError("laid out again")

    monkeypatch.setattr(capture, "captured", refuse)
    entries = tuple(Entry(name, Dosage.parse("3 x 9 reps")) for name in reversed(names))
    other = replace(handout, routine=replace(routine, entries=entries))
    made = composed(other, MEANS)
    monkeypatch.undo()
    assert made is not None
    assert_same(made, plain_pdf(other, means=MEANS))


def test_nothing_of_a_person_is_kept_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composer, "usual_store", lambda: Store(tmp_path))
    composer._COMPOSERS.clear()
    handout = replace(adas(), recipient="Zebedee", message="Quickly, Xanthippe.")
    assert composed(handout, MEANS) is not None
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    for word in (b"Zebedee", b"Xanthippe"):
        assert not [data for data in files if word in data]


def test_no_part_is_kept_where_no_cache_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composer, "usual_store", lambda: Store(tmp_path))
    composer._COMPOSERS.clear()
    assert composed(adas(), Means(cache=False)) is not None
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


# Doubts ------------------------------------------------------------------------------------------

LOOK = """\
---
name: {name}
kind: mobility
regions: [neck]
position: sitting
dosage: 5 reps
---
Move gently.

## Set up
{words}

## Steps
1. Sit tall.
2. Look up.
"""
ROUTINE: dict[str, str | bytes] = {
    "exercises/nod.md": LOOK.format(name="Nod", words="Sit on a chair."),
    "routines/all.md": "---\nname: All\nentries: [nod]\n---\n",
}
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><linearGradient id="g"><stop '
    b'stop-color="red"/><stop offset="1"/></linearGradient><path fill="url(#g)" d="M1 1h7v7z"/>'
    b"</svg>"
)


def doubt_about(handout: Handout) -> Reason:
    """Why a handout is left to the plain way, which makes it all the same."""
    with pytest.raises(Doubt) as found:
        composer.composed_or_doubt(handout, MEANS)
    assert composed(handout, MEANS) is None
    assert pdf(handout) == plain_pdf(handout)
    return found.value.reason


def nod(make_library: MakeLibrary, **files: str | bytes) -> Handout:
    library = make_library(
        ROUTINE | {name.replace("__", "/"): text for name, text in files.items()}
    )
    return Handout(library.routine("all"), library)


def test_a_layout_that_is_no_stack_of_parts_is_laid_out_as_a_whole(
    make_library: MakeLibrary,
) -> None:
    others = (each for each in LAYOUTS.values() if not each.composed)
    other = next(each.name for each in others if each.languages == 1)
    assert doubt_about(replace(nod(make_library), layout=other)) is Reason.LAYOUT


def test_a_template_of_the_users_is_laid_out_as_a_whole(make_library: MakeLibrary) -> None:
    template = '{% extends "built-in/handout.html" %}{% block stop %}{% endblock %}'
    library = make_library(ROUTINE | {"templates/handout.html": template})
    assert doubt_about(Handout(library.routine("all"), library)) is Reason.TEMPLATE


@pytest.mark.parametrize("name", ["أحمد علي", "דוד כהן", "आशा क्षत्रिय"])
def test_a_name_in_a_script_with_another_order_is_laid_out_as_a_whole(
    name: str, make_library: MakeLibrary
) -> None:
    assert doubt_about(replace(nod(make_library), recipient=name)) is Reason.SCRIPT


def test_a_message_with_lines_to_write_on_is_laid_out_as_a_whole(
    make_library: MakeLibrary,
) -> None:
    handout = replace(nod(make_library), message="Your next visit: ___")
    assert doubt_about(handout) is Reason.LINES


def test_a_name_with_rare_letters_is_laid_out_as_a_whole(make_library: MakeLibrary) -> None:
    handout = replace(nod(make_library), recipient="Наталья Йовкова")
    assert doubt_about(handout) is Reason.GLYPH


def test_an_exercise_with_rare_letters_is_laid_out_as_a_whole(make_library: MakeLibrary) -> None:
    text = LOOK.format(name="Nod", words="Say «Наталья» aloud.")
    library = make_library(ROUTINE | {"exercises/nod.md": text})
    assert doubt_about(Handout(library.routine("all"), library)) is Reason.GLYPH


def test_a_picture_with_objects_of_its_own_is_laid_out_as_a_whole(
    make_library: MakeLibrary,
) -> None:
    brand = "name: Test\nbrand: {name: Our clinic, logo: logo.svg}\n"
    library = make_library(ROUTINE | {"stretchkit.yaml": brand, "logo.svg": SVG})
    assert doubt_about(Handout(library.routine("all"), library)) is Reason.PICTURE


def test_an_exercise_that_leads_to_another_on_the_sheet_is_laid_out_as_a_whole(
    make_library: MakeLibrary,
) -> None:
    text = LOOK.format(name="Look", words="First do the [nod](exercise:nod).")
    library = make_library(ROUTINE | {"exercises/look.md": text})
    routine = Routine(id="two", name="Two", entries=(Entry("nod"), Entry("look")))
    assert doubt_about(Handout(routine, library)) is Reason.LINK
    alone = replace(routine, entries=(Entry("look"),))
    assert composed(Handout(alone, library), MEANS) is not None


def test_a_foot_longer_than_its_room_is_left_to_the_plain_way() -> None:
    style: dict[str, Any] = {"font_family": ["Source Sans 3"], "font_weight": 400, "lang": "en"}
    style |= {"font_size": 16.0, "font_style": "normal", "features": []}
    height = 9.0
    one_line = ((height, (height,)),)
    foot = Foot(left=0, right=200, heights=one_line, colour="0 0 0", styles=(style, style))
    assert b"TJ" in foot.shown("A sheet", "Page 1 of 1")[0]
    with pytest.raises(Doubt) as found:
        foot.shown("A sheet of very many exercises", "Page 1 of 1")
    assert found.value.reason is Reason.WORDS


def test_a_page_that_would_be_nearly_empty_is_left_to_the_plain_way() -> None:
    handout = replace(somebodys(2), size="large", drawings="none", blank=False)
    assert doubt_about(handout) is Reason.EMPTY


def test_a_slot_that_goes_on_over_the_page_is_left_to_the_plain_way() -> None:
    pages: Any = [SimpleNamespace(slots=[SimpleNamespace(number=n)]) for n in (0, 0)]
    with pytest.raises(Doubt) as found:
        slots_of(pages)
    assert found.value.reason is Reason.SHAPE


def test_every_doubt_is_tried_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert not [each.name for each in Reason if f"Reason.{each.name}" not in source]
