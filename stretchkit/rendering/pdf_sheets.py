"""Several small pages on one sheet of paper: a booklet to fold, or cards to cut.

It works on a finished PDF before it is written, and leaves its structure as it is: what is read
aloud goes from page to page, wherever on the sheets the pages stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

from stretchkit.layouts import Sheets
from stretchkit.rendering.pdf_tags import object_of

Side = tuple[int | None, ...]
"""Pages on one side of a sheet, row by row from the left, counted from 0; None for no page."""

_MILLIMETRE = 72 / 25.4
_EDGE, _GAP = 20 * _MILLIMETRE, 9 * _MILLIMETRE
"""How far lines to write on stay from an empty page's edges, and from each other."""
_CUT, _CROSS = 4 * _MILLIMETRE, 2 * _MILLIMETRE
"""How long marks to cut along are at the paper's edge, and each way from a crossing."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page went: its sheet, how far it was moved, the first number of its content."""

    sheet: bytes
    x: float
    y: float
    first: int


def booklet_sides(pages: int, *, right_to_left: bool = False) -> Iterator[Side]:
    """Yield the sides of a booklet's sheets, front and back in turn; the last pages may be empty.

    Args:
        pages: how many there are.
        right_to_left: whether the booklet is opened from its other side.
    """
    whole = -(-pages // 4) * 4
    for side in range(whole // 2):
        early, late = side, whole - 1 - side
        left, right = (late, early) if (side % 2 == 0) is not right_to_left else (early, late)
        yield tuple(page if page < pages else None for page in (left, right))


def card_sides(pages: int) -> Iterator[Side]:
    """Yield the sides of sheets of four cards; pages are fronts and backs in turn.

    A sheet is turned over along its long side, so backs stand the other way round in each row.
    """
    for start in range(0, pages, 8):
        for side, order in enumerate(((0, 1, 2, 3), (1, 0, 3, 2))):
            numbers = (start + 2 * card + side for card in order)
            yield tuple(page if page < pages else None for page in numbers)


def impose(pdf: Any, sheets: Sheets, *, right_to_left: bool = False) -> None:
    """Put the pages of a PDF on sheets of paper.

    Args:
        pdf: a finished PDF, whose pages are of one size.
        sheets: "folded" for two pages side by side, in the order of a booklet; "cards" for fronts
            and backs in turn, four on a side.
        right_to_left: whether a booklet is opened from its other side.
    """
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    if sheets == "folded":
        sides = list(booklet_sides(len(pages), right_to_left=right_to_left))
    else:
        sides = list(card_sides(len(pages)))
    columns, rows = (2, 1) if sheets == "folded" else (2, 2)
    width, height = (float(edge) for edge in pages[0]["MediaBox"][2:])
    paper = columns * width, rows * height
    parents = object_of(pdf, object_of(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    owners, linked = parents[1 : 2 * len(pages) : 2], parents[2 * len(pages) :]
    places: dict[bytes, _Place] = {}
    made: list[Any] = []
    parents.clear()
    for number, side in enumerate(sides):
        stream, sheet = _sheet(pdf, pages[0], number, paper)
        here: list[Any] = []
        for cell, page in enumerate(side):
            x, y = cell % columns * width, (rows - 1 - cell // columns) * height
            if page is not None:
                place = _Place(sheet.reference, x, y, len(here))
                places[pages[page].reference] = place
                _copy(object_of(pdf, pages[page]["Contents"]), stream, place)
                for link in pages[page].get("Annots", ()):
                    sheet["Annots"].append(link)
                    object_of(pdf, link)["Rect"] = _moved(object_of(pdf, link)["Rect"], place)
                here += owners[page]
            if page is None or not _told(owners[page]):
                stream.stream.append(_lines_to_write_on(x, y, width, height))
        if sheets == "cards":
            stream.stream.append(_cut_marks(*paper))
        if not sheet["Annots"]:
            del sheet["Annots"]
        parents.extend((number, pydyf.Array(here)))
        made.append(sheet)
    _renumber(pdf, parents, linked, len(pages) - len(sides))
    for thing in pdf.objects:
        _move(thing, places)
    for page in pages:
        _forget(pdf, page["Contents"])
        _forget(pdf, page.reference)
    pdf.pages["Kids"] = pydyf.Array(part for sheet in made for part in (sheet.number, 0, "R"))
    pdf.pages["Count"] = len(made)
    edge = "Short" if paper[0] > paper[1] else "Long"
    wishes = pdf.catalog["ViewerPreferences"]
    wishes.update({"Duplex": f"/DuplexFlip{edge}Edge", "PrintScaling": "/None"})


def _told(owners: list[Any]) -> bool:
    """Return whether anything on a page is read aloud."""
    return any(owner != "null" for owner in owners)


def _forget(pdf: Any, reference: bytes) -> None:
    """Empty an object: its number cannot be given back."""
    nothing = pydyf.Dictionary()
    nothing.number = int(reference.split()[0])
    pdf.objects[nothing.number] = nothing


def _sheet(pdf: Any, page: Any, number: int, paper: tuple[float, float]) -> tuple[Any, Any]:
    """Return the content and the page of a new side of a sheet."""
    stream = pydyf.Stream(compress=True)
    pdf.add_object(stream)
    sheet = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array((0, 0, *paper)),
            "Contents": stream.reference,
            "Resources": page["Resources"],
            "Annots": pydyf.Array(),
            "Tabs": "/S",
            "StructParents": number,
        }
    )
    pdf.add_object(sheet)
    return stream, sheet


def _copy(content: Any, stream: Any, place: _Place) -> None:
    """Paint a page's content at its place, its marked content numbered from there on."""
    for operand in content.stream:
        if isinstance(operand, dict) and "MCID" in operand:
            operand["MCID"] += place.first
    stream.stream += [f"q 1 0 0 1 {place.x:g} {place.y:g} cm", *content.stream, "Q"]


def _renumber(pdf: Any, parents: list[Any], linked: list[Any], fewer: int) -> None:
    """Give links numbers that follow those of the sheets."""
    for key, owner in zip(linked[::2], linked[1::2], strict=True):
        parents.extend((key - fewer, owner))
    for thing in pdf.objects:
        if isinstance(thing, dict) and "StructParent" in thing:
            thing["StructParent"] -= fewer


def _move(thing: Any, places: dict[bytes, _Place]) -> None:
    """Let an object that refers to a page refer to its place on a sheet."""
    if not isinstance(thing, dict):
        return
    place = places.get(thing.get("Pg", b""))
    if place is not None:
        thing["Pg"] = place.sheet
        if "K" in thing:
            thing["K"] = pydyf.Array(
                inner + place.first if isinstance(inner, int) else inner for inner in thing["K"]
            )
        box = thing.get("A", {}).get("BBox")
        if box:
            thing["A"]["BBox"] = _moved(box, place)
    if isinstance(thing.get("Dest"), list):
        _lead(thing["Dest"], places)
    for target in thing.get("Names", {}).get("Dests", {}).get("Names", [])[1::2]:
        _lead(target, places)


def _lead(target: list[Any], places: dict[bytes, _Place]) -> None:
    """Lead a target, `[page /XYZ x y zoom]`, to the page's place."""
    place = places[target[0]]
    target[0] = place.sheet
    target[2] += place.x
    target[3] += place.y


def _moved(box: list[float], place: _Place) -> Any:
    left, bottom, right, top = box
    return pydyf.Array((left + place.x, bottom + place.y, right + place.x, top + place.y))


def _lines_to_write_on(x: float, y: float, width: float, height: float) -> str:
    """Return lines on an empty page, for notes."""
    count = int((height - 2 * _EDGE) / _GAP)
    left, right = x + _EDGE, x + width - _EDGE
    levels = (y + _EDGE + number * _GAP for number in range(count + 1))
    return _drawn(f"{left:.2f} {at:.2f} m {right:.2f} {at:.2f} l" for at in levels)


def _cut_marks(width: float, height: float) -> str:
    """Return marks to cut a sheet along its middle both ways: at its edges and at the crossing."""
    x, y = width / 2, height / 2
    lines = (
        (x, 0, x, _CUT),
        (x, height - _CUT, x, height),
        (0, y, _CUT, y),
        (width - _CUT, y, width, y),
        (x - _CROSS, y, x + _CROSS, y),
        (x, y - _CROSS, x, y + _CROSS),
    )
    return _drawn("{:.2f} {:.2f} m {:.2f} {:.2f} l".format(*line) for line in lines)


def _drawn(paths: Iterator[str]) -> str:
    """Return thin grey lines that are no part of what is read."""
    return " ".join(("/Artifact BMC q 0.5 w 0.5 G", *paths, "S Q EMC"))
