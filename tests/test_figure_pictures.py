"""Every frame of every exercise as a picture: whole, small, and as it was last seen to be right.

The expected pictures are in `golden/figures/`. A picture that differs is shown beside the
expected one in `build/figures-report.html`. After looking at it: `make golden`.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from figures import BUNDLED, EXERCISES, drawings, printed, unlike
from PIL import Image, ImageChops

from stretchkit.figure.drawing import draw
from stretchkit.figure.person import TONES
from stretchkit.model.vocabulary import Side

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "figures"
REPORT = ROOT / "build" / "figures-report"
SVG = "{http://www.w3.org/2000/svg}"

DOTS = 4.0
"""Dots to the millimetre of an expected picture: a line is one and a half wide."""

SAME = 0.03
"""The share of dots that print and screen may draw otherwise: each smooths lines in its own way."""

LARGEST = 30_000
ALIKE = 0.004
"""The share of dots that may differ: less than a hand that moved."""

SHORTEST = 0.2
"""Millimetres: a line that is shorter and meets no other is a dot on paper."""


@pytest.mark.parametrize("name", EXERCISES)
def test_every_frame_is_one_small_whole_document(name: str) -> None:
    for (frame, _), svg in drawings(name).items():
        assert len(svg.encode()) <= LARGEST, f"{frame}: {len(svg.encode())} bytes"
        root = ET.fromstring(svg)
        assert root.tag == f"{SVG}svg"
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")
        assert "NaN" not in svg
        assert "inf" not in svg
        _, _, width, height = (float(n) for n in root.attrib["viewBox"].split())
        for path in root.iter(f"{SVG}path"):
            for x, y in corners(path.attrib["d"]):
                assert -50 <= x <= width + 50, f"{frame}: a line leaves the paper"
                assert -50 <= y <= height + 50, f"{frame}: a line leaves the paper"


@pytest.mark.parametrize("name", EXERCISES)
def test_no_stray_short_line_is_left(name: str) -> None:
    for (frame, _), svg in drawings(name).items():
        lines = [
            corners(line)
            for path in ET.fromstring(svg).iter(f"{SVG}path")
            if path.attrib.get("fill") == "none"
            for line in re.findall(r"M[^M]+", path.attrib["d"])
        ]
        for points in joined(lines):
            xs, ys = zip(*points, strict=True)
            size = max(max(xs) - min(xs), max(ys) - min(ys)) / 100
            assert size >= SHORTEST, f"{frame}: a line of {size} mm at {points[0]}"


def joined(lines: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Return lines that meet at their ends as one: the points of each."""
    groups: list[tuple[set[tuple[int, int]], list[tuple[int, int]]]] = []
    for points in lines:
        ends, together = {points[0], points[-1]}, list(points)
        apart = []
        for known, others in groups:
            if known & ends:
                ends |= known
                together += others
            else:
                apart.append((known, others))
        groups = [*apart, (ends, together)]
    return [points for _, points in groups]


@pytest.mark.parametrize("name", EXERCISES)
def test_every_picture_is_as_it_was_seen_to_be_right(
    name: str, request: pytest.FixtureRequest
) -> None:
    drawn = {frame_name(*key): svg for key, svg in drawings(name).items()}
    pictures = dict(zip(drawn, printed(list(drawn.values()), DOTS), strict=True))
    folder = GOLDEN / name
    if request.config.getoption("--update-golden"):
        for old in folder.glob("*.png"):
            if old.stem not in pictures:
                old.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        for frame, picture in pictures.items():
            path = folder / f"{frame}.png"
            if not path.exists() or unlike(Image.open(path).convert("L"), picture) > ALIKE / 4:
                picture.quantize(16).save(path, optimize=True)
        return
    expected = {path.stem: Image.open(path).convert("L") for path in folder.glob("*.png")}
    assert sorted(expected) == sorted(pictures), "a frame came or went: make golden"
    wrong = [frame for frame in pictures if unlike(expected[frame], pictures[frame]) > ALIKE]
    for frame in wrong:
        report(f"{name} {frame}", expected[frame], pictures[frame])
    assert not wrong, f"look at {REPORT}.html"


def frame_name(frame: str, side: Side | None) -> str:
    """Return the name of a frame's expected picture."""
    return frame if side is None else f"{frame}-{side.name.lower()}"


def report(name: str, expected: Image.Image, found: Image.Image) -> None:
    """Add a picture to the page of those that differ."""
    size = max(expected.width, found.width), max(expected.height, found.height)
    both = []
    for picture in (expected, found):
        whole = Image.new("L", size, 255)
        whole.paste(picture)
        both.append(whole)
    cells = ""
    for label, picture in zip(
        ("expected", "found", "difference"),
        (*both, ImageChops.invert(ImageChops.difference(*both))),
        strict=True,
    ):
        data = io.BytesIO()
        picture.save(data, "png")
        address = base64.b64encode(data.getvalue()).decode("ascii")
        cells += f'<figure><img src="data:image/png;base64,{address}" alt=""> {label}</figure>'
    page = REPORT.with_suffix(".html")
    page.parent.mkdir(exist_ok=True)
    with page.open("a", encoding="utf-8") as file:
        file.write(f'<section style="display:flex"><h2>{name}</h2>{cells}</section>\n')


def test_a_picture_that_moved_is_told_and_a_hair_is_not() -> None:
    exercise = BUNDLED.exercise("cat-cow")
    assert exercise.figure is not None
    start, cow, *_ = exercise.figure.frames
    lifted = replace(start, settings={"left hand": "free", "left shoulder": {"flexion": 100}})
    moved = replace(exercise, figure=replace(exercise.figure, frames=(lifted, cow)))
    before, after = (draw(each, frame="start") for each in (exercise, moved))
    thin = before.replace('stroke-width="36"', 'stroke-width="33"')
    expected, found, hair = printed([before, after, thin], DOTS)
    assert thin != before
    assert unlike(expected, hair) <= ALIKE
    assert unlike(expected, found) > ALIKE


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), "")


@pytest.mark.skipif(not BROWSER, reason="needs Chromium, the judge of how SVG looks")
@pytest.mark.parametrize("tone", TONES)
def test_print_and_browser_show_the_same_picture(tone: str, tmp_path: Path) -> None:
    names = ["seated-twist-chair", "cat-cow", "open-book", "finger-fan"]
    signs = ("arrows", "contacts", "numbers", "tint")
    for name in names:
        svg = draw(BUNDLED.exercise(name), style=tone, signs=signs)  # type: ignore[arg-type]
        paper = printed([svg], DOTS)[0]
        screen = photographed(svg, paper.size, tmp_path)
        assert unlike(paper, screen) <= SAME, name


def photographed(svg: str, size: tuple[int, int], folder: Path) -> Image.Image:
    """Return a drawing as a browser shows it."""
    page, shot = folder / "page.html", folder / "page.png"
    width, height = size
    look = f"svg{{display:block;width:{width}px;height:{height}px}}body{{margin:0}}"
    page.write_text(f"<!doctype html><style>{look}</style>{svg}", encoding="utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--window-size={width},{max(height, 100)}", f"--screenshot={shot}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Image.open(shot).convert("L").crop((0, 0, width, height))


def corners(data: str) -> list[tuple[int, int]]:
    """Return the points that path data goes through, in units of the drawing."""
    found, at, start = [], (0, 0), (0, 0)
    for letter, rest in re.findall(r"([MLlcz])([^MLlcz]*)", data):
        numbers = [int(n) for n in re.findall(r"-?\d+", rest)]
        if letter == "z":
            at = start
            continue
        step = 6 if letter == "c" else 2
        for first in range(0, len(numbers), step):
            x, y = numbers[first + step - 2 : first + step]
            at = (x, y) if letter in "ML" else (at[0] + x, at[1] + y)
            if letter == "M":
                start = at
            found.append(at)
    return found
