"""Figures are checked: their words when a library is loaded, their poses when somebody asks."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from conftest import MakeLibrary, Run

from stretchkit.checks.poses import CODE_OF
from stretchkit.diagnostics import CODES
from stretchkit.errors import Diagnostic, RenderError
from stretchkit.figure import pose_words as words
from stretchkit.figure.alignment import Measurement, measure
from stretchkit.figure.body import Body, load_body
from stretchkit.figure.contact import Solved
from stretchkit.figure.drawing import draw
from stretchkit.figure.examine import examine
from stretchkit.figure.frames import base_poses, derive, pose_figure, solve_base
from stretchkit.figure.mirror import other_side
from stretchkit.figure.pose_language import FaultKind, read_settings
from stretchkit.figure.rules import RULES
from stretchkit.library import Library
from stretchkit.model.exercise import FigureSpec, Frame
from stretchkit.model.vocabulary import Side

ONE_SIDED = ["bird-dog", "seated-twist-chair", "thread-the-needle"]


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
        "a: {from: standing, left foot: on right thigh}",
        "a: {from: standing, both knees: together}",
        "a: {from: standing, left elbow: holds strap}",
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


# ---- figures, posed


TWISTED = """\
side: left
frames:
  start: {from: sitting-on-chair, pelvis: {back: 4}}
  turn: {from: start, spine: {turn: 30 left}, right hand: free, left hand: free}
alignment: [hips level, shoulders level in turn]
"""
ROUNDED = """\
frames:
  start: {from: hands-and-knees}
  down: {from: start, spine: {flexion: 40}}
alignment: [spine in line]
"""
OUT_OF_REACH = """\
frames:
  start: {from: standing}
  down: {from: start, left hand: "on floor, 150 cm forward"}
"""


def posed(
    library: Library, only: list[tuple[str, str]] | None = None, *, cache: bool = False
) -> list[str]:
    """Return file, line, column and code of every fault of the figures of a library."""
    return [
        f"{Path(d.location.path).name}:{d.location.line}:{d.location.column} {d.code}"
        for d in library.check_figures(only, cache=cache)
    ]


def test_every_kind_of_fault_has_a_code_of_its_own_in_the_table() -> None:
    assert set(CODE_OF) == set(get_args(FaultKind))
    assert set(CODE_OF.values()) <= set(CODES)


def test_no_pose_that_stretchkit_comes_with_has_a_fault(library: Library) -> None:
    poses = [("pose", name) for name in library.poses]
    assert [str(fault) for fault in library.check_figures(poses)] == []


def test_a_rule_that_is_not_kept_is_told_at_its_line_with_what_was_measured(
    make_library: MakeLibrary,
) -> None:
    library = make_library({"exercises/nod.md": exercise(ROUNDED)})
    assert not library.diagnostics
    (fault,) = library.check_figures()
    assert (fault.code, fault.location.line, fault.location.column) == ("SK093", 11, 15)
    assert re.search(r"spine rounds out of line by \d+°, allowed 12°, in down", fault.message)
    assert 'spine in line in start"' in fault.hint


def test_figures_whose_words_have_faults_are_told_once(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "poses/stretched.yaml": "from: standing\nright hnd: on floor, 200 cm forward\n",
            "exercises/nod.md": exercise("frames:\n  start: {from: stretched}\n"),
            "exercises/bow.md": exercise(ROUNDED.replace("flexion", "flex")),
        }
    )
    assert [d.code for d in library.diagnostics] == ["SK080", "SK080"]
    assert library.check_figures() == ()


def test_only_what_is_asked_for_is_posed(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "poses/stretched.yaml": "from: standing\nright hand: on floor, 200 cm forward\n",
            "exercises/nod.md": exercise(ROUNDED),
            "exercises/bow.md": exercise(OUT_OF_REACH),
        }
    )
    assert posed(library, []) == []
    assert posed(library, [("exercise", "nod")]) == ["nod.md:11:15 SK093"]
    assert "stretched.yaml:2:13 SK090" in posed(library, [("pose", "stretched")])
    assert {found.split(":")[0] for found in posed(library)} == {
        "nod.md",
        "bow.md",
        "stretched.yaml",
    }


def test_what_a_library_extends_is_posed_again_only_where_its_poses_are_replaced(
    make_library: MakeLibrary,
) -> None:
    own = make_library({"stretchkit.yaml": "name: Test\nextends: bundled\n"})
    assert list(own._posings(None)) == []
    changed = make_library(
        {
            "stretchkit.yaml": "name: Test\nextends: bundled\n",
            "poses/prone-on-elbows.yaml": "body: on front\npelvis: {height: 11}\n",
        }
    )
    what = [each.what for each, _ in changed._posings(None)]
    assert "prone-on-elbows" in what
    assert changed.exercises["sphinx"].figure in what
    assert changed.exercises["cat-cow"].figure not in what


def test_the_other_side_keeps_the_rules_too(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"exercises/nod.md": exercise(TWISTED)})
    measured: list[tuple[str, float]] = []

    def watched(rule: str, frames: Mapping[str, Solved]) -> Measurement:
        found = measure(rule, frames)
        last = list(frames.values())[-1]
        measured.append((rule, last.pose.thoracic.turn))
        return found

    monkeypatch.setattr("stretchkit.figure.examine.measure", watched)
    assert library.check_figures(cache=False) == ()
    shown, other = measured[:2], measured[2:]
    assert [rule for rule, _ in shown] == [rule for rule, _ in other]
    assert [turn for _, turn in other] == [-turn for _, turn in shown]


def test_a_rule_that_the_other_side_alone_breaks_is_told(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"exercises/nod.md": exercise(TWISTED)})

    def lopsided(body: Body, frame: Solved) -> Solved:
        leaning = {"left knee": 90, "left foot": "free", "pelvis": {"lean": "12 left"}}
        del frame
        return derive(body, solve_base(body, "standing", base_poses()), leaning, ("x",))[0]

    monkeypatch.setattr("stretchkit.figure.examine.other_side", lopsided)
    assert "nod.md:12:15 SK093" in posed(library)


@pytest.mark.parametrize("name", ONE_SIDED)
def test_an_exercise_of_one_side_keeps_its_rules_on_both_sides(library: Library, name: str) -> None:
    figure = library.exercise(name).figure
    assert figure is not None
    body = load_body("woman")
    frames = pose_figure(body, figure).frames
    mirrored = {each: other_side(body, frame) for each, frame in frames.items()}
    for rule in figure.alignment:
        here, there = measure(rule, frames), measure(rule, mirrored)
        assert here.holds
        assert there.holds
        # the two sides of a body are not the same to the millimetre
        assert there.value == pytest.approx(here.value, abs=0.7)


def understood() -> list[tuple[str, str]]:
    """Return every contact of one part, as it may be written, that the pose language takes."""
    sided = [f"left {part}" for part in words.SIDED_CONTACTS]
    targets = [*words.SURFACES, *words.THINGS, *words.BODY_TARGETS]
    said = [f"{verb} {target}" for verb in words.VERBS for target in targets]
    every = (
        (p, s) for p in (*sided, *words.TRUNK_CONTACTS) for s in (*said, "clasped", "together")
    )
    return [(part, text) for part, text in every if not read_settings({part: text}).faults]


@pytest.mark.parametrize(("part", "contact"), random.Random(7).sample(understood(), 16))  # noqa: S311 - the same sample at every run
def test_every_contact_that_is_understood_can_be_posed(part: str, contact: str) -> None:
    frames = (
        Frame(name="start", base="standing", settings={part: contact}),
        Frame(name="end", base="start", settings={"spine": {"flexion": 20}}),
    )
    found = examine(FigureSpec(frames=frames, side=Side.LEFT), base_poses())
    assert all(fault.message for fault in found)


# ---- results are kept, and work is shared


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[FigureSpec]:
    """Give a cache of its own, and return the figures that are posed from now on."""
    found: list[FigureSpec] = []

    def watched(figure: FigureSpec, poses: Mapping[str, Mapping[str, Any]]) -> Any:
        found.append(figure)
        return examine(figure, poses)

    monkeypatch.setenv("STRETCHKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("stretchkit.figure.examine.examine", watched)
    return found


def test_a_figure_is_posed_once_and_again_when_it_or_its_base_changes(
    make_library: MakeLibrary, counted: list[FigureSpec]
) -> None:
    files = {"poses/bent.yaml": "from: hands-and-knees\n", "exercises/nod.md": exercise(ROUNDED)}
    library = make_library(files)
    first = library.check_figures()
    assert [d.code for d in first] == ["SK093"]
    assert library.check_figures() == first
    assert len(counted) == 1
    assert library.check_figures(cache=False) == first
    assert len(counted) == 2
    again = make_library({**files, "exercises/nod.md": exercise(ROUNDED.replace("40", "38"))})
    assert "23°" in again.check_figures()[0].message
    assert len(counted) == 3
    bent = make_library({"poses/hands-and-knees.yaml": "body: on front\npelvis: {height: 43}\n"})
    bent.check_figures()
    assert len(counted) == 4


def test_a_fault_is_told_where_it_stands_now_though_it_was_kept(
    make_library: MakeLibrary, counted: list[FigureSpec]
) -> None:
    library = make_library({"exercises/nod.md": exercise(ROUNDED)})
    assert posed(library, cache=True) == ["nod.md:11:15 SK093"]
    text = exercise(ROUNDED).replace("kind:", "level: easy\nkind:")
    assert posed(make_library({"exercises/nod.md": text}), cache=True) == ["nod.md:12:15 SK093"]
    assert len(counted) == 1


def test_a_damaged_result_is_found_again(
    make_library: MakeLibrary, counted: list[FigureSpec], tmp_path: Path
) -> None:
    library = make_library({"exercises/nod.md": exercise(ROUNDED)})
    first = library.check_figures()
    (kept,) = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    kept.write_bytes(kept.read_bytes()[:-3])
    assert library.check_figures() == first
    assert len(counted) == 2


def test_two_processes_find_the_same_as_one(make_library: MakeLibrary) -> None:
    bowed = ROUNDED.replace("hands-and-knees", "standing")
    figures = [bowed.replace("40", str(number)) for number in range(30, 38)]
    library = make_library(
        {f"exercises/nod-{n}.md": exercise(figure) for n, figure in enumerate(figures)}
    )
    alone = library.check_figures(cache=False)
    assert len({fault.message for fault in alone}) > 1
    seen: list[tuple[int, int]] = []
    shared = library.check_figures(cache=False, workers=2, progress=lambda *done: seen.append(done))
    assert shared == alone
    assert seen == [(number, 8) for number in range(1, 9)]


# ---- the command


@pytest.fixture
def faulty(make_library: MakeLibrary, tmp_path: Path) -> Path:
    make_library(
        {
            "poses/stretched.yaml": "from: standing\nright hand: on floor, 200 cm forward\n",
            "exercises/nod.md": exercise(ROUNDED),
            "exercises/bow.md": exercise(OUT_OF_REACH),
        }
    )
    return tmp_path / "library"


def test_check_tells_what_shows_when_figures_are_posed(run: Run, faulty: Path) -> None:
    result = run("check", faulty)
    assert result.code == 1
    assert re.search(r"nod\.md:11:15: error SK093 spine rounds", result.out)
    assert re.search(r"bow\.md:10:\d+: error SK090 left hand misses", result.out)
    assert re.search(r"stretched\.yaml:2:13: error SK090 right hand misses", result.out)


@pytest.mark.parametrize("file", ["exercises/nod.md", "exercises/bow.md", "poses/stretched.yaml"])
def test_check_of_one_file_tells_its_own_figure_alone(
    run: Run, faulty: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    every = Library.check_figures

    def watched(
        library: Library, only: list[tuple[str, str]], **means: Any
    ) -> tuple[Diagnostic, ...]:
        asked.extend(only)
        return every(library, only, **means)

    monkeypatch.setattr(Library, "check_figures", watched)
    result = run("check", faulty / file)
    assert len(asked) == 1
    assert "1 file:" in result.err
    name = Path(file).name
    assert result.out.splitlines()
    assert all(f"{name}:" in line for line in result.out.splitlines())


# ---- loading stays light


def test_a_library_is_loaded_and_checked_without_numpy() -> None:
    code = (
        "import sys; from stretchkit.library import Library; Library.bundled(); "
        "print('numpy' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


# ---- what was measured, in words


@pytest.mark.parametrize(
    ("value", "words"),
    [(6.2, "6 cm"), (-6.2, "6 cm"), (3.02, "3.1 cm"), (3.4, "3.4 cm"), (2, "2 cm")],
)
def test_a_value_just_beyond_the_limit_is_told_with_a_decimal(value: float, words: str) -> None:
    assert RULES["wrist under shoulder"].amount(value) == words
