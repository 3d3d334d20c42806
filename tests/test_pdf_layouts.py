"""Every layout as a PDF that everybody can read: PDF/UA-1 and PDF/A-2a, and read in order.

What stands in `reading/` is each layout read aloud, a line a tag: no judge tells whether
words come in the right order, so the order was looked at and is kept.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from test_pdf import Reader, Tag, faults_of_pdf

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS, POINTS
from stretchkit.library import Library
from stretchkit.rendering.handout import pdf

ROUTINE = "upper-back-relaxation"
READING = Path(__file__).parent / "reading"
BLOCKS = ("H1", "H2", "H3", "H4", "P", "LI", "Figure", "Caption", "TH", "TD", "Link")
OTHERS: list[dict[str, Any]] = [
    {"language": "es", "ink": "save", "paper": "letter"},
    {"size": "large", "blank": True},
    {"size": "largest", "drawings": "none", "message": "Well done. ___"},
]


@lru_cache
def printed(layout: str, language: str = "en", **options: Any) -> Reader:
    library = Library.bundled().in_language(language)
    log = {} if layout in {"poster", "deck"} else {"weeks": 1}
    handout = Handout(
        library.routine(ROUTINE),
        library,
        recipient="Ada",
        layout=layout,
        address="https://riverside.example/r/1",
        **{**log, **options},
    )
    return Reader(pdf(handout))


LAYOUT = pytest.mark.parametrize(
    "layout", [pytest.param(n, marks=pytest.mark.xdist_group(f"print-{n}")) for n in LAYOUTS]
)


@LAYOUT
def test_every_layout_is_pdf_ua_and_pdf_a(layout: str, tmp_path: Path) -> None:
    assert faults_of_pdf(printed(layout).data, tmp_path) == []


@LAYOUT
@pytest.mark.parametrize("options", OTHERS, ids=["es-save-letter", "large-blank", "largest"])
def test_every_layout_is_so_in_other_languages_and_sizes(
    layout: str, options: dict[str, Any], tmp_path: Path
) -> None:
    try:
        data = printed(layout, **options).data
    except ValueError as error:  # a layout may have no room for a size, and says so
        assert layout in str(error)  # noqa: PT017 - most layouts raise nothing
        return
    assert faults_of_pdf(data, tmp_path) == []


@LAYOUT
def test_every_layout_is_read_in_the_order_that_was_seen_to_be_right(
    layout: str, request: pytest.FixtureRequest
) -> None:
    read = "\n".join(aloud(printed(layout).structure)) + "\n"
    file = READING / f"{layout}.txt"
    if request.config.getoption("--update-golden"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(read, encoding="utf-8")
    assert read.splitlines() == file.read_text(encoding="utf-8").splitlines()


def aloud(tag: Tag) -> list[str]:
    """What a screen reader says of a document, a line a block."""
    if tag.role in {"LBody", "Lbl"} or tag.role not in BLOCKS:
        return [line for inner in tag.inner for line in aloud(inner)]
    inner = [line for below in tag.inner for line in aloud(below)]
    words = " ".join(_words(tag).split())
    return [f"{tag.role}: {tag.alt or words}".rstrip(), *inner]


def _words(tag: Tag) -> str:
    """The words of a block without those of the blocks in it."""
    return "".join(
        below.words + ("" if below.role in BLOCKS else _words(below))
        for below in tag.inner
        if below.role not in BLOCKS
    )


def test_every_size_that_a_layout_comes_in_is_tested() -> None:
    assert {options.get("size", "normal") for options in OTHERS} | {"normal"} == set(POINTS)
