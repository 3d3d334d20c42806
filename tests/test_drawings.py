"""Drawings of a sheet or a site: what is shown, and how drawings are kept between runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from stretchkit.errors import RenderError
from stretchkit.figure import artist as artists
from stretchkit.figure import workers
from stretchkit.figure.artist import Artist, Look, Wanted
from stretchkit.figure.cache import FOLDER_VARIABLE, Store, key_of, usual_store
from stretchkit.figure.drawn import Description, Drawing
from stretchkit.figure.person import DrawnPerson
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.model.exercise import Exercise
from stretchkit.model.vocabulary import Side
from stretchkit.rendering.drawings import Means
from stretchkit.rendering.handout import html, markdown, markdown_with_pictures
from stretchkit.rendering.site import build_site
from stretchkit.views.drawings import ARROW, drawings_view, frames_of, main_drawing, row_scale

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

ROOT = Path(__file__).parent.parent


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


@pytest.fixture
def exercise(library: Library) -> Exercise:
    return library.exercise("chin-tuck")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The frames that were drawn, rather than taken from where they are kept."""
    found: list[str] = []
    monkeypatch.setenv("STRETCHKIT_CACHE", str(tmp_path / "usual"))

    def draw(job: artists._Job) -> list[Drawing]:
        found.extend(job.frames)
        words = Description("Title", f"{job.exercise.id}: {job.frames}, {job.side}")
        size = 'width="40mm" height="30mm" viewBox="0 0 40 30"'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><!-- {job.look} --></svg>\n'
        return [Drawing(svg, {"en": words, "es": words}) for _ in job.frames]

    monkeypatch.setattr(artists, "_drawn", draw)
    return found


def kept(store: Store) -> list[Path]:
    return sorted(path for path in store.folder.rglob("*") if path.is_file())


def artist(store: Store | None, **look: object) -> Artist:
    return Artist(Look(**look), store=store)  # type: ignore[arg-type] # the fields of a look


# What is kept ------------------------------------------------------------------------------------


def test_a_drawing_is_made_once_and_read_again_after(
    exercise: Exercise, store: Store, drawn: list[str]
) -> None:
    first = artist(store).draw(exercise, "tuck")
    again = artist(store).draw(exercise, "tuck")
    assert drawn == ["tuck"]
    assert first == again
    assert first.svg == again.svg


def test_nothing_is_kept_without_a_store(
    exercise: Exercise, drawn: list[str], kept_drawings: Path
) -> None:
    before = set(kept_drawings.rglob("*"))
    for _ in range(2):
        artist(None).draw(exercise, "tuck")
    assert drawn == ["tuck", "tuck"]
    assert set(kept_drawings.rglob("*")) == before


def damage(how: str, files: list[Path]) -> None:
    first, second = files
    match how:
        case "cut short":
            first.write_bytes(first.read_bytes()[:-9])
        case "empty":
            first.write_bytes(b"")
        case "a letter changed":
            first.write_bytes(first.read_bytes().replace(b"svg", b"SVG", 1))
        case "another drawing":
            first.write_bytes(second.read_bytes())
        case "a folder":
            first.unlink()
            first.mkdir()


@pytest.mark.parametrize(
    "how", ["cut short", "empty", "a letter changed", "another drawing", "a folder"]
)
def test_what_is_damaged_is_drawn_again(
    how: str, exercise: Exercise, store: Store, drawn: list[str]
) -> None:
    frames = [frame.name for frame in exercise.figure.frames] if exercise.figure else []
    wanted = [Wanted(exercise, name) for name in frames]
    artist(store).prepare(wanted)
    damage(how, kept(store))
    before = len(drawn)
    after = artist(store)
    after.prepare(wanted)
    assert len(drawn) == before + 1
    assert [after.draw(exercise, name).told("en").title for name in frames] == ["Title", "Title"]


@pytest.mark.parametrize("result", [b"", b"[]", b"{}", b'{"svg": 1, "words": []}', b"\xff"])
def test_what_is_whole_but_no_drawing_is_drawn_again(
    result: bytes, exercise: Exercise, store: Store, drawn: list[str]
) -> None:
    artist(store).draw(exercise, "tuck")
    (file,) = kept(store)
    store.write(file.parent.name + file.name, result)
    assert artist(store).draw(exercise, "tuck").told("en").title == "Title"
    assert drawn == ["tuck", "tuck"]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    exercise: Exercise, tmp_path: Path, drawn: list[str]
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/no-such-place")):
        assert artist(Store(place)).draw(exercise, "tuck").told("en").title == "Title"
    assert drawn == ["tuck"] * 3
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_many_may_write_and_read_the_same_at_the_same_time(store: Store) -> None:
    key, texts = key_of("a"), {bytes([65 + n]) * 50_000 for n in range(8)}

    def work(text: bytes) -> set[bytes]:
        found = set()
        for _ in range(20):
            store.write(key, text)
            found.add(store.read(key) or b"")
        return found

    with ThreadPoolExecutor(8) as pool:
        found = set().union(*pool.map(work, texts))
    assert found <= texts
    assert len(kept(store)) == 1


def test_the_oldest_results_make_room_for_new_ones(store: Store) -> None:
    keys = [key_of(number) for number in range(6)]
    for age, key in enumerate(keys):
        store.write(key, bytes(1000))
        os.utime(store.folder / key[:2] / key[2:], (1_000_000 - age, 1_000_000 - age))
    store.prune(3500)
    assert [store.read(key) is not None for key in keys] == [True] * 3 + [False] * 3


# What a drawing depends on -----------------------------------------------------------------------


def keys_of(exercise: Exercise, **more: object) -> str:
    look = Look(**{k: v for k, v in more.items() if k in {"person", "style", "signs"}})  # type: ignore[arg-type] # as said
    poses = more.get("poses")
    drawing = Artist(look, poses=poses)  # type: ignore[arg-type] # settings by name
    frame, side = str(more.get("frame", "tuck")), more.get("side")
    return drawing._key(Wanted(exercise, frame, side))  # type: ignore[arg-type] # a side


def test_another_drawing_has_another_key(library: Library, exercise: Exercise) -> None:
    figure = exercise.figure
    assert figure is not None
    base = figure.frames[0].base
    changed = dict(library.poses) | {base: {**library.poses[base], "head": {"flexion": 3}}}
    seen = [
        keys_of(exercise),
        keys_of(exercise, frame="start"),
        keys_of(exercise, side=Side.LEFT),
        keys_of(exercise, style="grey"),
        keys_of(exercise, signs=()),
        keys_of(exercise, person=DrawnPerson(body="man")),
        keys_of(exercise, person=DrawnPerson(skin="dark")),
        keys_of(replace(exercise, equipment=())),
        keys_of(replace(exercise, figure=replace(figure, frames=figure.frames[::-1]))),
        keys_of(exercise, poses=changed),
    ]
    assert len(set(seen)) == len(seen)


def test_the_same_drawing_has_the_same_key_whatever_is_said_around_it(
    library: Library, exercise: Exercise
) -> None:
    spanish = library.in_language("es").exercise(exercise.id)
    other = {"no-pose-of-this": {"head": {"flexion": 3}}}
    assert spanish.name != exercise.name
    assert keys_of(exercise) == keys_of(spanish)
    assert keys_of(exercise, poses=library.poses) == keys_of(exercise)
    assert keys_of(exercise, poses={**library.poses, **other}) == keys_of(exercise)


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "~/.cache/stretchkit"),
        ("linux", {"XDG_CACHE_HOME": "/var/kept"}, "/var/kept/stretchkit"),
        ("linux", {"XDG_CACHE_HOME": "not/absolute"}, "~/.cache/stretchkit"),
        ("linux", {"STRETCHKIT_CACHE": "/elsewhere"}, "/elsewhere"),
        ("darwin", {}, "~/Library/Caches/stretchkit"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/stretchkit/Cache"),
    ],
)
def test_drawings_are_kept_where_the_system_keeps_caches(
    platform: str, environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = usual_store(environment)
    assert found is not None
    assert found.folder == Path(folder).expanduser()


def test_drawings_that_are_kept_are_shown_without_numpy(tmp_path: Path) -> None:
    program = """
        import sys
        import stretchkit as sk
        library = sk.Library.bundled()
        sheet = sk.Handout(library.routine_of(["chin-tuck"]), library)
        assert b"data:image/svg+xml" in sk.render(sheet, "html")
        print("numpy" in sys.modules)
    """
    env = {**os.environ, FOLDER_VARIABLE: str(tmp_path), "PYTHONPATH": str(ROOT)}
    told = [
        subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program)],
            env=env,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert told == ["True", "False"]


# Several processes -------------------------------------------------------------------------------


def test_several_processes_draw_what_one_draws(library: Library, tmp_path: Path) -> None:
    names = ("chin-tuck", "cat-cow", "sphinx", "glute-bridge", "finger-fan", "bird-dog")
    wanted = [
        Wanted(each, frame)
        for each in (library.exercise(name) for name in (*names, "dead-bug", "open-book"))
        for frame in list(frames_of(each))[:1]
    ]
    told: list[tuple[int, int]] = []
    alone, together = (Artist(poses=library.poses, store=Store(tmp_path / n)) for n in "ab")
    alone.prepare(wanted)
    together.prepare(wanted, workers=2, progress=lambda done, total: told.append((done, total)))
    for each in wanted:
        assert alone.draw(each.exercise, each.frame) == together.draw(each.exercise, each.frame)
    assert told == [(number, len(wanted)) for number in range(1, len(wanted) + 1)]


def square(number: int) -> int:
    return number * number


def test_this_process_works_where_no_other_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    assert list(workers.spread(square, range(20), 4)) == [square(n) for n in range(20)]


def test_this_process_takes_over_from_those_that_die(monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(*_args: object) -> Iterator[int]:
        yield from map(square, range(7))

    monkeypatch.setattr(workers, "_by_processes", dying)
    assert list(workers.spread(square, range(20), 4)) == [square(n) for n in range(20)]


# What is shown -----------------------------------------------------------------------------------

NOD = """\
---
name: Nod
kind: mobility
regions: [neck]
position: sitting
equipment: [chair]
dosage: 5 reps each side
figure:
  frames:
    start: {from: sitting-on-chair}
    turned: {from: start, neck: {turn: 20 left}}
    unseen: {from: start, neck: {turn: 30 left}}
  side: left
---
## Steps
1. Sit. {frame=start}
2. Turn. {frame=turned}
3. Stay. {frame=turned hold}
4. Breathe.
5. Stay on. {frame=turned}
6. Come back. {frame=start}
"""


@pytest.fixture
def nod(make_library: MakeLibrary) -> Library:
    more = "pictures: [{file: nod.svg, alt: Somebody nods}]\ndosage:"
    return make_library(
        {
            "stretchkit.yaml": "name: Test\nextends: bundled\n",
            "exercises/nod.md": NOD,
            "exercises/own.md": NOD.replace("dosage:", more).replace("Nod", "Own"),
            "exercises/none.md": re.sub(r"figure:.*?---|\{.*?\}", "---", NOD, flags=re.DOTALL)
            .replace(" ---", "")
            .replace("Nod", "None"),
            "nod.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
        }
    )


def sheet_of(library: Library, *names: str, **more: object) -> Handout:
    return Handout(library.routine_of(names), library, **more)  # type: ignore[arg-type] # its fields


def test_frames_that_steps_name_are_shown_with_the_numbers_of_the_steps(
    nod: Library, drawn: list[str]
) -> None:
    view = drawings_view(nod.exercise("nod"), artist(None).draw, "en")
    assert [(each.name, each.numbers, each.steps) for each in view.shown] == [
        ("nod/1-start", ("1", "6"), 2),
        ("nod/2-turned", ("2–3", "5"), 3),
    ]
    assert sorted(drawn) == ["start", "turned"]
    assert view.note == "The drawings show the left side."
    assert view.other == ()


def test_the_held_step_stands_for_an_exercise(nod: Library, drawn: list[str]) -> None:
    main = main_drawing(nod.exercise("nod"), artist(None).draw, "en", scale=0.5)
    assert main is not None
    assert (main.name, main.width) == ("nod/2-turned", 20.0)
    assert drawn == ["turned"]


@pytest.mark.parametrize("name", ["own", "none"])
def test_nothing_is_drawn_where_there_are_pictures_or_no_figure(
    nod: Library, name: str, drawn: list[str]
) -> None:
    text = html(sheet_of(nod, name)).decode()
    assert "drawings" not in re.sub("<style>.*?</style>", "", text, flags=re.DOTALL)
    assert ("Somebody nods" in text) is (name == "own")
    assert drawn == []


def test_a_sheet_can_do_without_drawings(nod: Library, drawn: list[str]) -> None:
    assert "<figure>" not in html(sheet_of(nod, "nod", drawings="none")).decode()
    assert drawn == []


def test_a_sheet_is_drawn_as_it_is_asked_for(nod: Library, drawn: list[str]) -> None:
    sheet = sheet_of(nod, "nod", drawings="grey", person=DrawnPerson(body="older-man"))
    _, pictures = markdown_with_pictures(sheet, means=Means(cache=False))
    assert drawn == ["start", "turned"]
    for picture in pictures.values():
        assert b"older-man" in picture
        assert b"style='grey'" in picture


def test_drawings_are_described_in_the_language_of_the_sheet(library: Library) -> None:
    for language in library.languages:
        there = library.in_language(language)
        text = html(sheet_of(there, "chin-tuck")).decode()
        told = artist(None, signs=()).draw(there.exercise("chin-tuck"), "tuck").told(language)
        assert f'alt="{told.text}"' in text


def test_markdown_names_the_files_that_are_written_beside_it(
    nod: Library, drawn: list[str]
) -> None:
    sheet = sheet_of(nod, "nod", "own")
    text = markdown(sheet).decode()
    _, pictures = markdown_with_pictures(sheet)
    assert set(re.findall(r"\]\((media/[^)]*)\)", text)) == set(map(str, pictures))
    assert PurePosixPath("media/drawings/nod/2-turned.en.svg") in pictures
    assert text.index("**Steps 2–3, 5**") > text.index("2-turned.en.svg")
    assert drawn


def test_a_row_that_is_too_wide_is_smaller_as_a_whole(nod: Library, drawn: list[str]) -> None:
    draw = artist(None).draw
    assert row_scale(nod.exercise("nod"), draw, (80 + ARROW, 100)) == 1.0
    assert row_scale(nod.exercise("nod"), draw, (60 + ARROW, 100)) == 0.75
    assert row_scale(nod.exercise("nod"), draw, (80 + ARROW, 15)) == 0.5
    assert row_scale(nod.exercise("nod"), draw, (40, 100)) == 0.0
    assert row_scale(nod.exercise("none"), draw, (1, 1)) == float("inf")
    assert drawn


def test_a_site_shows_both_sides_of_an_exercise_and_has_every_file(
    nod: Library, drawn: list[str]
) -> None:
    pages = build_site(nod.in_language("en"), means=Means(cache=False))
    page = pages[PurePosixPath("exercises/nod.html")].decode()
    names = ["1-start", "2-turned", "1-start-right", "2-turned-right"]
    assert re.findall(r"drawings/nod/([\w-]+)\.en\.svg", page) == names
    assert "See the right side" in page
    for name in names:
        assert PurePosixPath(f"media/drawings/nod/{name}.en.svg") in pages
    assert drawn


def test_a_common_mistake_is_shown_where_it_is_told(
    make_library: MakeLibrary, drawn: list[str]
) -> None:
    slump = "  mistakes:\n    sunk: {from: turned, spine: {flexion: 40}, breaks: spine in line}\n"
    told = "\n## Common mistakes\n- Slumping. {frame=sunk}\n- Rushing.\n"
    text = NOD.replace("  side: left\n", f"  side: left\n  alignment: [spine in line]\n{slump}")
    library = make_library(
        {"stretchkit.yaml": "name: Test\nextends: bundled\n", "exercises/nod.md": text + told}
    )
    pages = build_site(library, means=Means(cache=False))
    page = pages[PurePosixPath("exercises/nod.html")].decode()
    (section,) = re.findall('<section class="mistakes">.*?</section>', page, flags=re.DOTALL)
    slumping, rushing = re.findall("<li>.*?</li>", section, flags=re.DOTALL)
    assert "media/drawings/nod/4-sunk.en.svg" in slumping
    assert "img" not in rushing
    assert drawn.count("sunk") == 1


def test_what_cannot_be_drawn_is_told_with_the_name_of_the_exercise(nod: Library) -> None:
    exercise = nod.exercise("nod")
    assert exercise.figure is not None
    frames = (replace(exercise.figure.frames[0], settings={"tail": {"flexion": 3}}),)
    broken = replace(exercise, figure=replace(exercise.figure, frames=frames))
    with pytest.raises(RenderError, match='the exercise "nod" cannot be drawn: '):
        artist(None).draw(broken, "start")
