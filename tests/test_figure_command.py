"""`stretchkit figure` and `draw`: one frame of an exercise as SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stretchkit import Library, RenderError, draw

if TYPE_CHECKING:
    from conftest import Run

SVG = "{http://www.w3.org/2000/svg}"


def test_a_frame_is_written_as_svg_with_a_title_and_a_description(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cat.svg"
    result = run("figure", "cat-cow", "--frame", "cat", "-o", file)
    root = ET.parse(file).getroot()
    assert (result.code, result.out) == (0, f"{file}\n")
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    assert "back rounded" in (root.findtext(f"{SVG}desc") or "").lower()


def test_without_a_file_the_drawing_is_printed(run: Run) -> None:
    result = run("figure", "chin-tuck", "--style", "line")
    assert result.code == 0
    assert ET.fromstring(result.out).tag == f"{SVG}svg"


def test_a_description_is_in_the_language_that_was_asked_for(run: Run) -> None:
    result = run("figure", "cat-cow", "--frame", "cat", "--lang", "es")
    assert "espalda redondeada" in result.out.lower()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("figure", "cat-cw"), 'did you mean "cat-cow"?'),
        (("figure", "cat-cow", "--frame", "cats"), 'did you mean "cat"?'),
        (("figure", "cat-cow", "--body", "women"), 'did you mean "woman"?'),
        (("figure", "cat-cow", "--hair", "bunn"), 'did you mean "bun"?'),
        (("figure", "cat-cow", "--skin", "browm"), 'did you mean "brown"?'),
        (("figure", "cat-cow", "--style", "gray"), 'did you mean "grey"?'),
        (("figure", "cat-cow", "-o", "cat.png"), "a drawing is written as .svg"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_slip_is_told_with_the_nearest_word(
    run: Run, arguments: tuple[str, ...], told: str
) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert told in result.err


def test_a_pose_in_unknown_words_is_told(library: Library) -> None:
    with pytest.raises(RenderError, match='no frame "dog"'):
        draw(library.exercise("cat-cow"), frame="dog")
