"""What is drawn around a person: the ways of moving parts, close-ups, mistakes, numbers, tints."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from figures import EXERCISES, of_one

from stretchkit.figure.alignment import broken_by
from stretchkit.figure.arrows import place_arrows
from stretchkit.figure.bezier import through
from stretchkit.figure.drawing import draw
from stretchkit.figure.felt import felt_in
from stretchkit.figure.layers import EAR, PARTS
from stretchkit.figure.lettering import GLYPHS, HEIGHT, numbered, width_of
from stretchkit.figure.mesh import Floats
from stretchkit.figure.motion import between
from stretchkit.figure.moving import Turn, Way, ways
from stretchkit.figure.person import TONES, DrawnPerson
from stretchkit.figure.picture import assemble
from stretchkit.figure.raster import NOTHING, raster
from stretchkit.figure.scene import CLOSE_SCALE, CORNER, CROSS, Felt, Scene, frame_of
from stretchkit.figure.stage import Stage, stage
from stretchkit.figure.wardrobe import dressed
from stretchkit.library import Library
from stretchkit.model.exercise import Muscles
from stretchkit.model.moving import MOVING_PARTS
from stretchkit.model.vocabulary import Muscle, Region, Side

LIBRARY = Library.bundled()
DRAWN = {name: each for name, each in LIBRARY.exercises.items() if each.figure}
ARROWS = [
    of_one(name, end)
    for name, each in DRAWN.items()
    if each.figure
    for end in sorted({arrow.end for arrow in each.figure.arrows})
]
SIDED = [
    of_one(name)
    for name, each in DRAWN.items()
    if each.figure and each.figure.side is not Side.BOTH
]


@lru_cache
def staged(name: str, side: Side | None = None) -> Stage:
    return stage(LIBRARY.exercise(name), side=side)


def scene_of(name: str, frame: str, side: Side | None = None) -> Scene:
    set_up = staged(name, side)
    return set_up.signed(frame, "colour", ("arrows",))


def arrows_of(scene: Scene) -> list[Floats]:
    """Return the arrows as they are drawn, metres as the viewer has them."""
    person = dressed(scene.person.body, scene.person.hair, scene.person.outfit)
    return place_arrows(scene, person, assemble(scene, person)[0])


def length(line: Floats) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


# Ways ---------------------------------------------------------------------------------------------


def test_a_way_is_that_of_the_body_in_between() -> None:
    here = staged("dead-bug")
    start, end = here.frames["start"], here.frames["reach"]
    (way,) = ways(here.body, "right hand", start, end)
    assert isinstance(way, Way)
    assert way.points[0] == pytest.approx(start.posed.points["hand_r"])
    assert way.points[-1] == pytest.approx(end.posed.points["hand_r"])
    half = between(here.body, start, end, 0.4).posed.points["hand_r"]
    assert np.linalg.norm(way.points - half, axis=1).min() < 0.03


def test_the_word_for_two_gives_a_way_on_each_side_and_a_side_gives_its_own() -> None:
    here = staged("overhead-reach")
    start, end = here.frames["start"], here.frames["reach"]
    left, right = ways(here.body, "both hands", start, end)
    assert isinstance(left, Way)
    assert isinstance(right, Way)
    assert left.points[-1, 0] > right.points[-1, 0]
    (own,) = ways(here.body, "left hand", start, end)
    assert isinstance(own, Way)
    assert own.points == pytest.approx(left.points)


@pytest.mark.parametrize("part", MOVING_PARTS)
def test_every_part_of_the_list_has_a_place_on_the_body(part: str) -> None:
    here = staged("childs-pose")
    found = ways(here.body, part, here.frames["kneel"], here.frames["rest"])
    assert len(found) <= 2
    for way in found:
        if isinstance(way, Way):
            assert np.isfinite(way.points).all()
            assert np.abs(way.points).max() < 2.0


def test_a_part_that_stays_where_it_is_has_no_way() -> None:
    here = staged("bird-dog")
    assert ways(here.body, "left hand", here.frames["start"], here.frames["leg"]) == ()


def test_shoulders_that_turn_give_an_arc_to_the_side_that_they_turn_to() -> None:
    here = staged("seated-twist-chair")
    (turn,) = ways(here.body, "shoulders", here.frames["start"], here.frames["twist"])
    (back,) = ways(here.body, "shoulders", here.frames["twist"], here.frames["start"])
    assert isinstance(turn, Turn)
    assert isinstance(back, Turn)
    assert 25 < turn.degrees < 50
    assert back.degrees == pytest.approx(-turn.degrees, abs=1)
    (arc,) = arrows_of(scene_of("seated-twist-chair", "twist"))
    middle = (arc[0] + arc[-1]) / 2
    assert np.hypot(*(arc[len(arc) // 2] - middle)) > 0.03, "an arc is bent"
    assert arc[-1, 0] > arc[0, 0], "to her left, seen from the front"


# Arrows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "frame"), ARROWS)
def test_an_arrow_can_be_read_and_does_not_run_over_a_head(name: str, frame: str) -> None:
    scene = scene_of(name, frame)
    person = dressed(scene.person.body, scene.person.hair, scene.person.outfit)
    mesh, _ = assemble(scene, person)
    arrows = place_arrows(scene, person, mesh)
    assert arrows
    low = mesh.vertices[:, :2].min(0)
    grain = 200.0
    size = np.ceil((mesh.vertices[:, :2].max(0) - low) * grain).astype(int) + 1
    flat = (mesh.vertices[:, :2] - low) * grain
    faces, _ = raster(flat, mesh.vertices[:, 2], mesh.faces, (size[1], size[0]), mesh.closed)
    on_head = np.zeros(len(mesh.faces) + 1, dtype=bool)
    on_head[: mesh.person] = (person.parts == PARTS.index("head") + 1) | (person.parts == EAR)
    head = np.where(faces == NOTHING, False, on_head[faces])
    for arrow in arrows:
        assert 8.0 <= length(arrow) * scene.view.scale <= 45.0
        cells = ((through(arrow, 10) - low) * grain).astype(int)
        inside = ((cells >= 0) & (cells < size)).all(1)
        assert not head[cells[inside, 1], cells[inside, 0]].any()


@pytest.mark.parametrize(("name", "frame"), ARROWS)
def test_arrows_stand_on_the_frame_that_they_lead_to(name: str, frame: str) -> None:
    here = staged(name)
    figure = here.figure
    ends = [arrow.of for arrow in figure.arrows if arrow.end == frame]
    assert len(here.ways(frame)) >= len(ends)
    others = {each.name for each in figure.frames} - {arrow.end for arrow in figure.arrows}
    assert all(here.ways(other) == () for other in others)


def test_the_turn_of_a_head_close_up_is_shown_above_it_not_across_the_neck() -> None:
    scene = scene_of("neck-turn", "turn")
    person = dressed(scene.person.body, scene.person.hair, scene.person.outfit)
    mesh, _ = assemble(scene, person)
    (arrow,) = place_arrows(scene, person, mesh)
    assert arrow[:, 1].min() > mesh.vertices[: len(person.places), 1].max() - 0.05


def test_a_drawing_without_signs_has_no_arrow() -> None:
    exercise = LIBRARY.exercise("cat-cow")
    plain = draw(exercise, frame="cat", signs=())
    assert len(plain) < len(draw(exercise, frame="cat"))


@pytest.mark.parametrize("name", SIDED)
def test_the_other_side_has_the_same_arrows_in_a_mirror(name: str) -> None:
    own = staged(name)
    other = staged(name, Side.RIGHT if own.figure.side is Side.LEFT else Side.LEFT)
    assert other.mirrored
    assert other.view.yaw == -own.view.yaw
    for frame in own.frames:
        theirs = other.ways(frame)
        assert len(theirs) == len(own.ways(frame))
        for here in own.ways(frame):
            if isinstance(here, Turn):
                degrees = [each.degrees for each in theirs if isinstance(each, Turn)]
                assert -here.degrees == pytest.approx(degrees[0], abs=0.5)
            else:
                flipped = here.points * [-1, 1, 1]
                away = [np.abs(flipped - w.points).max() for w in theirs if isinstance(w, Way)]
                assert min(away) < 0.04  # a body is not quite the same on both sides


# Numbers, crosses and close-ups -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "told"), [([2], "2"), ([1, 6], "1, 6"), ([2, 3, 4], "2–4"), ([1, 4, 5], "1, 4–5")]
)
def test_steps_are_numbered_as_a_sheet_does(steps: list[int], told: str) -> None:
    assert numbered(steps) == told


def test_numbers_are_strokes_that_need_no_font() -> None:
    exercise = LIBRARY.exercise("cat-cow")
    drawn = draw(exercise, frame="cat", signs=("numbers",))
    assert "<text" not in drawn
    assert drawn.count("<path transform=") == len("2–3")
    assert all(letter in GLYPHS for letter in "0123456789–, ")


@pytest.mark.parametrize("name", ["cat-cow", "dead-bug", "seated-twist-chair", "open-book"])
def test_a_number_and_a_cross_cover_nothing_of_the_person(name: str) -> None:
    here = staged(name)
    for frame in here.frames:
        scene = replace(here.signed(frame, "colour", ("arrows", "numbers")), mistake=True)
        person = dressed(scene.person.body, scene.person.hair, scene.person.outfit)
        mesh, room = assemble(scene, person)
        paper = frame_of(scene, room, place_arrows(scene, person, mesh))
        at = paper.flat(paper.turned(room)) * paper.millimetre
        tall, right = max(HEIGHT, CROSS) + CORNER, paper.size[1] * paper.millimetre
        top = at[at[:, 1] < tall]
        assert scene.number
        assert top[:, 0].min(initial=99.0) > width_of(scene.number) + CORNER
        assert top[:, 0].max(initial=0.0) < right - CROSS - CORNER


CLOSE = [of_one(name) for name, each in DRAWN.items() if each.figure and each.figure.close_up]


@pytest.mark.parametrize("name", CLOSE)
def test_all_frames_of_a_close_up_show_the_same_part_large(name: str) -> None:
    exercise = LIBRARY.exercise(name)
    here = staged(name)
    assert here.view.scale == CLOSE_SCALE
    assert "<clipPath" in draw(exercise)
    scenes = [here.signed(frame, "colour", ()) for frame in here.frames]
    assert len({frame_of(scene, np.zeros((1, 3))).size for scene in scenes}) == 1
    for frame in here.frames:
        scene = here.signed(frame, "colour", ("arrows",))
        box = scene.view.box
        assert box is not None
        low = (scene.view.rotation @ box.middle)[:2] - box.half
        high = (scene.view.rotation @ box.middle)[:2] + box.half
        for arrow in arrows_of(scene):
            assert (arrow > low).all()
            assert (arrow < high).all()


def test_a_part_that_is_shown_close_up_is_whole_in_every_frame() -> None:
    here = staged("wrist-flexor")
    box = here.view.box
    assert box is not None
    for frame in here.frames.values():
        for point in ("elbow_l", "wrist_l", "hand_l", "hand_r"):
            away = here.view.rotation @ (frame.posed.points[point] - np.array(box.middle))
            assert abs(away[0]) < box.half[0]
            assert abs(away[1]) < box.half[1]


# Mistakes -----------------------------------------------------------------------------------------

MISTAKES = [
    of_one(name, mistake.name)
    for name, each in DRAWN.items()
    if each.figure
    for mistake in each.figure.mistakes
]


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
@pytest.mark.parametrize("mirrored", [False, True], ids=["own side", "other side"])
def test_a_mistake_breaks_its_rule_and_no_other(name: str, mistake: str, mirrored: bool) -> None:
    side = None
    if mirrored:
        own = staged(name).figure.side
        side = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(own)
        if side is None:
            pytest.skip("both sides at once")
    here = staged(name, side)
    written = next(each for each in here.figure.mistakes if each.name == mistake)
    broken = broken_by(written, here.solved(mistake), here.figure, here.frames)
    assert [each.rule for each in broken] == [written.breaks]


@pytest.mark.parametrize(
    "name", [of_one(name) for name, each in DRAWN.items() if each.figure and each.figure.mistakes]
)
def test_a_mistake_is_told_in_words_and_marked(name: str) -> None:
    exercise, here = LIBRARY.exercise(name), staged(name)
    mistakes = {each.name for each in here.figure.mistakes}
    assert mistakes & {each.frame for each in exercise.mistakes}
    assert all(here.signed(each, "colour", ()).mistake for each in mistakes)
    assert not any(here.signed(each, "colour", ()).mistake for each in here.frames)


def test_a_mistake_is_drawn_with_a_cross() -> None:
    exercise = LIBRARY.exercise("cat-cow")
    cross = 'stroke="#c8341f"'
    assert cross in draw(exercise, frame="hands-ahead")
    assert cross not in draw(exercise, frame="start")


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
def test_the_frame_of_a_mistake_has_no_fault(name: str, mistake: str) -> None:
    assert all(contact.residual < 0.02 for contact in staged(name).solved(mistake).contacts)


# Words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", EXERCISES)
def test_no_two_frames_of_an_exercise_are_described_alike(name: str, language: str) -> None:
    here = staged(name)
    told = [here.told(frame, language).text for frame in here.names]
    assert len(set(told)) == len(told)
    assert all("{" not in text and ",," not in text and text.endswith(".") for text in told)


def swapped(text: str) -> list[str]:
    """Return the pieces of a description with left and right changed over, sorted."""
    other = {"left": "right", "right": "left"}
    text = re.sub(r"\b(left|right)\b", lambda found: other[found[0]], text)
    return sorted(re.split(r"[,.] ?", text))


@pytest.mark.parametrize("name", SIDED)
def test_the_other_side_is_told_with_left_and_right_changed_over(name: str) -> None:
    own = staged(name)
    other = staged(name, Side.RIGHT if own.figure.side is Side.LEFT else Side.LEFT)
    for frame in own.frames:
        theirs = other.told(frame, "en").text
        assert swapped(theirs) == sorted(re.split(r"[,.] ?", own.told(frame, "en").text))


def test_a_close_up_says_what_it_shows() -> None:
    assert staged("neck-turn").told("turn", "en").title.startswith("Close-up of head and shoulders")


# Touches ------------------------------------------------------------------------------------------


def test_marks_stand_where_the_words_of_the_frame_say_that_it_touches() -> None:
    here = staged("seated-twist-chair")
    start, twist = (here.signed(name, "colour", ("contacts",)) for name in ("start", "twist"))
    assert len(start.touches) == 2, "hands on knees; the back is no cue"
    points = here.frames["twist"].posed.points
    away = [
        min(float(np.linalg.norm(mark - points[f"hand_{end}"])) for mark in twist.touches)
        for end in "lr"
    ]
    assert len(twist.touches) == 2
    assert max(away) < 0.15
    drawn = draw(LIBRARY.exercise("seated-twist-chair"), signs=("contacts",))
    assert drawn.count("<circle") == 2 * 2


def test_a_frame_that_names_no_touch_has_no_mark() -> None:
    assert staged("cat-cow").signed("cow", "colour", ("contacts",)).touches == ()


# Tints --------------------------------------------------------------------------------------------


def strength(felt: Felt) -> tuple[float, float]:
    """Return how strong a tint is where it is strongest, and the mean x of what it covers."""
    person = dressed("woman", "bun", DrawnPerson().outfit)
    middles = person.places[person.faces].mean(1)
    away = np.linalg.norm((middles - np.array(felt.middle)) / np.array(felt.radii), axis=1)
    there = np.clip(1 - away, 0, 1)
    if felt.limb:
        there = there * (person.limbs == felt.limb)
    return float(there.max()), float((there * middles[:, 0]).sum() / max(there.sum(), 1e-9))


@pytest.mark.parametrize("place", [*Region, *Muscle])
def test_every_region_and_muscle_has_its_place_on_the_body(place: Region | Muscle) -> None:
    exercise = LIBRARY.exercise("cat-cow")
    if isinstance(place, Region):
        of = replace(exercise, regions=(place,), muscles=Muscles())
    else:
        of = replace(exercise, muscles=Muscles(primary=(place,)))
    found = felt_in(of, staged("cat-cow").frames["start"], None)
    assert bool(found) == (place is not Region.WHOLE_BODY)
    for felt in found:
        strongest, x = strength(felt)
        assert strongest > 0.35
        assert abs(x) < 0.02 if felt.middle[0] == 0 else x * felt.middle[0] > 0


def test_a_one_sided_stretch_is_felt_on_its_side() -> None:
    exercise = LIBRARY.exercise("calf-straight")
    for side, sign in ((Side.LEFT, 1), (Side.RIGHT, -1)):
        here = stage(exercise, side=side)
        scene = here.signed("stretch", "colour", ("tint",))
        assert scene.felt
        assert all(felt.middle[0] * sign > 0 for felt in scene.felt)


def test_a_bend_to_one_side_is_felt_on_the_other() -> None:
    exercise = LIBRARY.exercise("seated-side-bend")
    frame = staged("seated-side-bend").frames["bend"]
    of = replace(exercise, muscles=Muscles(primary=(Muscle.QUADRATUS_LUMBORUM,)))
    (felt,) = felt_in(of, frame, None)
    assert felt.middle[0] * frame.pose.lumbar.side < 0


def test_a_tint_is_drawn_in_every_style() -> None:
    exercise = LIBRARY.exercise("cat-cow")
    for tone in TONES:
        tinted = draw(exercise, frame="cat", style=tone, signs=("tint",))
        assert "fill-opacity" in tinted
        assert "fill-opacity" not in draw(exercise, frame="cat", style=tone, signs=())
