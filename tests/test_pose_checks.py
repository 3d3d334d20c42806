"""Figures are checked: their words when a library is loaded, their poses when somebody asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MakeLibrary

from stretchkit.errors import RenderError
from stretchkit.figure.drawing import draw
from stretchkit.figure.frames import base_poses
from stretchkit.library import Library


def exercise(figure: str, facts: str = "") -> str:
    """Return an exercise whose figure is these lines, the first of them on line 8."""
    lines = "".join(f"  {line}\n" for line in figure.splitlines())
    return (
        "---\nname: Nod\nkind: mobility\nregions: [neck]\nposition: sitting\ndosage: 5 reps\n"
        f"figure:\n{lines}{facts}---\nNod.\n\n## Steps\n1. Look down.\n2. Look up.\n"
    )


def told(library: Library) -> list[str]:
    """Return place, code, message and hint of every fault, with paths inside the library."""
    return [
        f"{Path(d.location.path).name}:{d.location.line}:{d.location.column} {d.code} {d.message}"
        for d in library.diagnostics
    ]


# ---- a library's own poses

PERCHED = "from: sitting-on-chair\npelvis: {tilt: 10 forward}\n"
PERCHED_FIGURE = "frames:\n  start: {from: perched}\n"


def test_a_library_has_the_poses_that_stretchkit_comes_with(library: Library) -> None:
    assert dict(library.poses) == dict(base_poses())


def test_frames_start_from_a_pose_of_the_library(make_library: MakeLibrary) -> None:
    library = make_library(
        {"poses/perched.yaml": PERCHED, "exercises/nod.md": exercise(PERCHED_FIGURE)}
    )
    assert not library.diagnostics
    assert library.poses["perched"]["from"] == "sitting-on-chair"
    leaning = draw(library.exercise("nod"), poses=library.poses)
    assert leaning.startswith("<svg")
    upright = make_library(
        {"exercises/nod.md": exercise("frames:\n  start: {from: sitting-on-chair}\n")}
    )
    assert draw(upright.exercise("nod"), poses=upright.poses) != leaning


def test_a_pose_of_the_library_takes_the_place_of_the_bundled_one(
    make_library: MakeLibrary,
) -> None:
    library = make_library({"poses/standing.yaml": "both knees: 10\n"})
    assert library.poses["standing"] == {"both knees": 10}
    assert library.poses["kneeling"] == base_poses()["kneeling"]


def test_a_pose_stays_the_same_in_another_language(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "stretchkit.yaml": "name: Test\nlanguages: [en, es]\nextends: bundled\n",
            "poses/perched.yaml": PERCHED,
        }
    )
    assert library.in_language("es").poses == library.poses


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("poses/Perched.yaml", "SK008", "rename it"),
        ("poses/perched.es.yaml", "SK008", "no words to translate"),
        ("poses/perched.md", "SK010", "ends in .yaml"),
    ],
)
def test_a_pose_file_is_named_as_any_other(
    make_library: MakeLibrary, path: str, code: str, words: str
) -> None:
    (fault,) = make_library({path: "both knees: 10\n"}).diagnostics
    assert fault.code == code
    assert words in f"{fault.message} {fault.hint}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("both knees: 10\nboth knees: on floor\n", "pose.yaml:2:1 SK023"),
        ("- both knees\n", "pose.yaml:1:1 SK027"),
        ("both knees: 10\x00\n", "pose.yaml:1:15 SK007"),
        ("both knees: {flexion: [\n", "pose.yaml:"),
        ("both knees: *here\n", "pose.yaml:1:13 SK024"),
    ],
)
def test_a_damaged_pose_file_is_told_at_its_place(
    make_library: MakeLibrary, text: str, fault: str
) -> None:
    (found,) = told(make_library({"poses/pose.yaml": text}))
    assert found.startswith(fault)


def test_the_same_pose_in_two_folders_is_told(make_library: MakeLibrary) -> None:
    (found,) = told(
        make_library({"poses/a/perched.yaml": PERCHED, "poses/b/perched.yaml": PERCHED})
    )
    assert "perched.yaml:1:1 SK009" in found


# ---- what the drawing makes of what cannot be posed


def test_poses_in_a_circle_are_told_and_still_end(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "poses/a.yaml": "from: b\n",
            "poses/b.yaml": "from: a\n",
            "exercises/nod.md": exercise("frames:\n  start: {from: a}\n"),
        }
    )
    assert [d.code for d in library.diagnostics] == ["SK084", "SK084"]
    assert draw(library.exercise("nod"), poses=library.poses).startswith("<svg")


@pytest.mark.parametrize(
    "frames",
    [
        "a: {from: b}\n  b: {from: a}",
        "a: {from: standnig}",
        "a: {from: standing, left kne: 20}",
        "a: {from: standing, body: [on back]}",
        "a: {from: standing, pelvis: {height: 1.0e999}}",
    ],
)
def test_a_figure_that_nobody_understands_is_refused_in_a_sentence(
    make_library: MakeLibrary, frames: str
) -> None:
    library = make_library({"exercises/nod.md": exercise(f"frames:\n  {frames}")})
    assert library.diagnostics
    with pytest.raises(RenderError, match="cannot be posed"):
        draw(library.exercise("nod"), poses=library.poses)


def test_frames_that_hang_on_each_other_by_the_hundred_do_not_exhaust_python(
    make_library: MakeLibrary,
) -> None:
    lines = [f"f{n}: {{from: f{n + 1}}}" for n in range(2000)]
    library = make_library({"exercises/nod.md": exercise("frames:\n  " + "\n  ".join(lines))})
    assert [d.code for d in library.diagnostics] == ["SK083"]


# ---- loading stays light


def test_a_library_is_loaded_and_checked_without_numpy() -> None:
    code = (
        "import sys; from stretchkit.library import Library; Library.bundled(); "
        "print('numpy' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
