"""A handout as HTML that a browser prints: the same pages as the PDF, the same words on each."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from stretchkit.handout import Handout
from stretchkit.layouts import LAYOUTS
from stretchkit.library import Library
from stretchkit.rendering.handout import html, pdf
from stretchkit.rendering.pdf import fonts_dir

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
PAPER_ONLY = {"booklet", "deck", "book"}
"""Layouts whose pages are put on larger sheets, or numbered in their contents: no browser can."""
ALIKE = 0.97
"""How alike the letters of two pages are at least: bullets and ligatures are read differently."""

SHEETS = [
    pytest.param(layout, options, marks=pytest.mark.xdist_group(f"print-{layout}"))
    for layout, options in [
        *((layout, {}) for layout in LAYOUTS if layout not in PAPER_ONLY),
        ("sheet", {"paper": "letter", "size": "large", "language": "es"}),
        ("sheet", {"orientation": "landscape", "weeks": 2}),
        ("cards", {"size": "large", "ink": "save"}),
    ]
]


def printed(page: bytes, folder: Path) -> bytes:
    """A page as a browser prints it, with the fonts that the PDF has."""
    source, target = folder / "sheet.html", folder / "sheet.pdf"
    source.write_bytes(page)
    assert BROWSER
    subprocess.run(
        [
            BROWSER,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts_dir() / "fonts.conf")},
    )
    return target.read_bytes()


def pages(data: bytes) -> list[str]:
    """The letters of each page, without white space."""
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return ["".join(text.split()) for text in texts]


@pytest.mark.skipif(not BROWSER, reason="needs Chromium, which prints the page")
@pytest.mark.parametrize(("layout", "options"), SHEETS)
def test_a_browser_prints_the_same_pages(
    layout: str, options: dict[str, Any], tmp_path: Path
) -> None:
    options = dict(options)
    library = Library.bundled().in_language(options.pop("language", "en"))
    routine = library.routine("upper-back-relaxation")
    handout = Handout(routine, library, recipient="Ada", layout=layout, **options)
    ours, theirs = pages(pdf(handout)), pages(printed(html(handout), tmp_path))
    assert len(theirs) == len(ours)
    if handout.size != "normal" or handout.orientation:
        # Exercises longer than a page: a browser may break them a few lines earlier or later.
        ours, theirs = ["".join(ours)], ["".join(theirs)]
    assert min(map(likeness, ours, theirs)) > ALIKE


def likeness(page: str, other: str) -> float:
    """How many letters two pages have in common, 0 to 1."""
    return difflib.SequenceMatcher(None, sorted(page), sorted(other), autojunk=False).ratio()
