"""Words that are set without the engine stand as the engine sets them, glyph by glyph."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import Any

import pytest

from stretchkit.rendering.compose import breaking, lines
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.letters import shown, width
from stretchkit.rendering.pdf import lay_out
from stretchkit.rendering.pdf_tags import OPTIONS

STYLES = {
    "a title": "font: 700 21.3328px 'Source Sans 3'",
    "running text": "font: 16px 'Source Sans 3'",
    "a note": "font: italic 16px 'Source Sans 3'",
    "numbers in a table": "font: 700 18px 'Source Sans 3'; font-variant-numeric: tabular-nums",
    "large type": "font: 700 24px 'Atkinson Hyperlegible'",
    "very large type": "font: 33.37px 'Atkinson Hyperlegible'",
}
WORDS = (
    *("AVATAR", "To", "Wave", "fjord", "office", "Taylor", "15 s,", "3 times a day;", "(both)"),
    *("“quotes”", "Łódź", "ñandú", "1/2", "10–15", "×", "·", "affine", "WAY", "P.", "Te:", "'x'"),
    *("100 %", "½", "¿Qué?", "Über", "it’s", "well-known", "e.g.", "— or", "stop!", "www.a.org/b"),
)


def some_words(seed: int, most: int = 6) -> str:
    pick = random.Random(seed)  # noqa: S311 - nothing secret
    return " ".join(pick.choices(WORDS, k=pick.randint(1, most)))


def paragraphs(style: str, texts: list[str]) -> Any:
    """A page of the engine's with a paragraph a text."""
    css = f"@page {{ size: 3000mm; margin: 0 }} p {{ {style}; white-space: nowrap; margin: 0 }}"
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    return lay_out(
        f'<html lang="en"><head><title>x</title><style>{css}</style></head><body>{body}</body>'
    )


def boxes_of(document: Any) -> list[Any]:
    return [box for box in document.pages[0]._page_box.descendants() if hasattr(box, "text")]


@pytest.mark.parametrize("name", STYLES)
def test_glyphs_stand_where_the_engine_puts_them(name: str) -> None:
    texts = [some_words(seed) for seed in range(60)]
    document = paragraphs(STYLES[name], texts)
    boxes = boxes_of(document)
    page = document.write_pdf(uncompressed_pdf=True, **OPTIONS)
    painted = re.findall(rb"BT\n.*?\n(?:(/\w+ [\d.]+ Tf)\n)?(\[.*?\] TJ)\nET", page, re.DOTALL)
    assert len(painted) == len(texts) == len(boxes)
    sure = 0
    for text, box, (_, operators) in zip(texts, boxes, painted, strict=True):
        style = breaking.shaping(box.style)
        try:
            found = shown(text, style)
        except Doubt:
            continue
        sure += 1
        assert found.operators.splitlines()[1] == operators, text
        assert width(text, style) == box.width
    assert sure > len(texts) / 2


@pytest.mark.parametrize("name", STYLES)
def test_lines_end_where_the_engine_ends_them(name: str) -> None:
    pick = random.Random(name)  # noqa: S311 - nothing secret
    style = breaking.shaping(boxes_of(paragraphs(STYLES[name], ["x"]))[0].style)
    style["white_space"] = "normal"
    sure = 0
    for seed in range(150):
        text, room = some_words(seed, 24), pick.uniform(90, 900)
        try:
            found = lines._plain(text, style, room)
        except Doubt:
            continue
        if found:
            sure += 1
            assert [tuple(each) for each in found] == list(breaking.broken(text, style, room))
    assert sure > 10


@pytest.mark.parametrize(
    "text",
    ["well-known to many", "10–15 times a day", "yes/no and so on"],
)
def test_the_engine_is_asked_where_a_line_might_end_inside_of_a_word(text: str) -> None:
    style = breaking.shaping(boxes_of(paragraphs(STYLES["running text"], ["x"]))[0].style)
    style["white_space"] = "normal"
    assert lines._plain(text, style, 60) == ()
    found = lines.lines(text, style, 60)
    assert [tuple(each) for each in found] == list(breaking.broken(text, style, 60))


@pytest.mark.parametrize("text", ["Ωμέγα", "日本", "a\u200db", "e\u0301a", "\u2602", "💪"])
def test_a_letter_that_is_not_common_is_left_to_the_engine(text: str) -> None:
    style = breaking.shaping(boxes_of(paragraphs(STYLES["running text"], ["x"]))[0].style)
    with pytest.raises(Doubt) as doubt:
        shown(text, style)
    assert doubt.value.reason is Reason.GLYPH


def test_a_handout_whose_parts_are_on_the_disk_needs_no_engine(tmp_path: Path) -> None:
    program = """
import os, sys
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.handout import render
library = Library.bundled()
for name in sys.argv[1:]:
    handout = Handout(library.routine("desk-break-2"), library, recipient=name, drawings="none")
    assert render(handout, "pdf").startswith(b"%PDF")
    print("weasyprint" in sys.modules)
"""
    here = {"STRETCHKIT_CACHE": str(tmp_path)}

    def ran(*names: str) -> list[str]:
        command = [sys.executable, "-c", program, *names]
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env=os.environ | here
        )
        return done.stdout.split()

    assert ran("Ada") == ["True"]
    assert ran("Grace", "María José Fernández") == ["False", "False"]
