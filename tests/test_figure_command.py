"""`stretchkit figure` and `draw`: one frame of an exercise as SVG."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

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


def test_a_png_has_the_size_of_the_drawing_and_always_the_same_bytes(
    run: Run, tmp_path: Path
) -> None:
    svg, first, again = (tmp_path / name for name in ("neck.svg", "neck.png", "again.png"))
    for file in (svg, first, again):
        assert run("figure", "neck-turn", "--plain", "-o", file).code == 0
    root = ET.parse(svg).getroot()
    with Image.open(first) as picture:
        for pixels, name in zip(picture.size, ("width", "height"), strict=True):
            assert pixels == pytest.approx(float(root.attrib[name][:-2]) / 25.4 * 300, abs=2)
        assert picture.getpixel((2, 2)) == (255, 255, 255)
        assert len(picture.getcolors(1 << 16) or range(99)) > 20
    assert first.read_bytes() == again.read_bytes()


def test_a_png_without_its_extra_is_told_with_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    result = run("figure", "chin-tuck", "--plain", "-o", tmp_path / "a.png")
    assert result.code != 0
    assert 'pip install "stretchkit[png]"' in result.err
    assert not (tmp_path / "a.png").exists()


def test_a_folder_gets_all_frames_and_mistakes(run: Run, tmp_path: Path) -> None:
    result = run("figure", "neck-turn", "--plain", "-o", tmp_path / "new")
    assert result.code == 0
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["neck-turn-shrug.svg", "neck-turn-start.svg", "neck-turn-turn.svg"]


def test_the_other_side_and_the_signs_are_asked_for(run: Run) -> None:
    told = [
        run("figure", "neck-turn", *more).out
        for more in ((), ("--side", "right"), ("--side", "left"), ("--plain",))
    ]
    assert told[0] == told[2]
    assert len({*told}) == 3
    assert "left" in told[0]
    assert "right" in told[1]


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
        (("figure", "cat-cow", "-o", "cat.jpg"), "a drawing is written as .svg or .png"),
        (("figure", "cat-cow", "--animate", "-o", "cat.png"), "a movement is written as .svg"),
        (("figure", "cat-cow", "--sign", "arow"), 'did you mean "arrows"?'),
        (("figure", "cat-cow", "--plain", "--sign", "tint"), "leave --sign out"),
        (("figure", "cat-cow", "--side", "up"), "--side"),
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
