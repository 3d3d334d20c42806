"""An exercise in motion, and a page that follows what is typed."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stretchkit.cli.watching import Watch
from stretchkit.errors import RenderError
from stretchkit.figure.animation import animate, coarser, moments, order, showings
from stretchkit.figure.person import DrawnPerson
from stretchkit.library import Library

if TYPE_CHECKING:
    from conftest import Run

SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 40_000


def test_frames_come_in_the_order_of_the_steps_and_end_where_they_began(library: Library) -> None:
    assert order(library.exercise("cat-cow")) == ("start", "cat", "cow", "start")
    assert order(library.exercise("seated-twist-chair")) == ("start", "twist", "start")


def test_every_moment_is_seen_without_a_gap_and_the_way_back_uses_the_same_pictures() -> None:
    frames, between = ("start", "twist", "start"), 9
    shown = showings(frames, between)
    assert shown[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(shown))
    assert {each.moment for each in shown} == set(moments(frames, between))
    assert len(moments(frames, between)) == 11
    there = [each.moment for each in shown[1:10]]
    back = [each.moment for each in shown[11:]]
    assert back == there[::-1]


def test_a_path_on_the_coarser_grid_ends_where_it_ended() -> None:
    path = '<path d="M103 98l7-4 3 3c1 1 2 2 4 1-8-3-11 2-14 0z" stroke-width="36"/>'
    # Points at 103,98 110,94 113,97 117,98 103,98 in fifths.
    want = '<path d="M21 20l1-1l1 0c0 1 0 1 0 1c-1-1-2 0-2 0z" stroke-width="7.2"/>'
    assert coarser(path) == want


@pytest.fixture(scope="module")
def cat(library: Library) -> str:
    return animate(library.in_language("es").exercise("cat-cow"), style="grey", language="es")


def test_a_motion_is_one_small_document_with_all_of_its_pictures(cat: str) -> None:
    root = ET.fromstring(cat)
    drawings = [each for each in root if each.tag == f"{SVG}g"]
    assert len(drawings) >= 10
    assert root.findtext(f"{SVG}title") == "Gato y vaca"
    assert root.findtext(f"{SVG}desc")
    assert "script" not in cat
    assert "http" not in cat.replace("http://www.w3.org/2000/svg", "")
    assert len(gzip.compress(cat.encode(), 9)) < LARGEST


def test_without_motion_one_picture_is_seen_the_held_one(cat: str) -> None:
    style = ET.fromstring(cat).findtext(f"{SVG}style") or ""
    still, moving = style.split("@media(prefers-reduced-motion:no-preference)")
    assert "animation" not in still
    assert "#motion-cat-cow>g{visibility:hidden}" in still
    assert len(re.findall("visibility:visible", still)) == 1
    assert "animation-play-state:var(--stretchkit-play,running)" in moving
    assert "#motion-cat-cow:focus{--stretchkit-play:paused}" in moving


def test_at_any_time_exactly_one_picture_is_seen(cat: str) -> None:
    stops = {
        name: [(float(at), seen) for at, seen in re.findall(r"([\d.]+)%{visibility:(\w+)}", keys)]
        for name, keys in re.findall(r"@keyframes ([\w-]+){((?:[\d.]+%{[^}]*})+)}", cat)
    }
    assert len(stops) >= 10
    for tenth in range(1000):
        time = tenth / 10 + 0.05
        seen = [n for n, s in stops.items() if [v for at, v in s if at <= time][-1] == "visible"]
        assert len(seen) == 1, f"{time} %: {seen}"


def test_the_same_exercise_moves_in_the_same_bytes(library: Library, cat: str) -> None:
    again = library.in_language("es").exercise("cat-cow")
    assert animate(again, style="grey", language="es") == cat


def test_an_exercise_with_one_frame_does_not_move(library: Library) -> None:
    exercise = library.exercise("cat-cow")
    assert exercise.figure is not None
    still = replace(exercise, figure=replace(exercise.figure, frames=exercise.figure.frames[:1]))
    with pytest.raises(RenderError, match="one frame"):
        animate(still)


def test_the_command_writes_a_motion(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bridge.svg"
    result = run("figure", "glute-bridge", "--animate", "-o", path)
    assert result.code == 0, result.err
    assert "@keyframes" in path.read_text(encoding="utf-8")
    assert run("figure", "glute-bridge", "--animate", "--frame", "start").code == 2


def test_a_watched_page_follows_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "own"
    path = folder / "exercises" / "cat-cow.md"
    path.parent.mkdir(parents=True)
    (folder / "stretchkit.yaml").write_text("name: Own\nextends: bundled\n", encoding="utf-8")
    bundled = Library.bundled().folders[0] / "exercises" / "cat-cow.md"
    text = bundled.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    page = tmp_path / "cat.html"
    seen: list[str] = []

    def typing() -> Iterator[None]:
        yield
        seen.append(page.read_text(encoding="utf-8"))
        yield  # nothing changed: nothing is drawn
        path.write_text(re.sub(r"flexion: \d+", "flexion: 15", text), encoding="utf-8")
        yield
        seen.append(page.read_text(encoding="utf-8"))
        path.write_text(text.replace("  neck: {", "  nek: {"), encoding="utf-8")
        yield
        seen.append(page.read_text(encoding="utf-8"))
        raise KeyboardInterrupt

    Watch("cat-cow", page, folder, None, DrawnPerson(), "line").run(typing())
    first, changed, wrong = seen
    assert first.count("<svg") == 3
    assert 'http-equiv="refresh"' in first
    assert changed != first
    assert "did you mean &quot;neck&quot;?" in wrong
    out = capsys.readouterr()
    assert out.out.count("drawn:") == 3
    assert page.as_uri() in out.err
