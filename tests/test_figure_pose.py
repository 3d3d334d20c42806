"""Poses: words to angles, contacts held, the body kept whole, alignment measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from figures import BUNDLED, EXERCISES, both_sides, posed
from numpy.typing import NDArray

from stretchkit.figure import pose_words as words
from stretchkit.figure.alignment import measure
from stretchkit.figure.anchors import anchors_of
from stretchkit.figure.body import Body, load_body
from stretchkit.figure.contact import TOLERANCE, Solved
from stretchkit.figure.describe import describe
from stretchkit.figure.frames import (
    base_faults,
    base_poses,
    derive,
    pose_figure,
    solve_base,
)
from stretchkit.figure.mirror import mirrored, other_side
from stretchkit.figure.motion import between
from stretchkit.figure.pose import Arm, Bend, Leg, Pose
from stretchkit.figure.pose_language import read_settings
from stretchkit.figure.rotations import about_y
from stretchkit.figure.rules import RULES
from stretchkit.figure.skeleton import rig_of, skin, solve
from stretchkit.figure.solids import Barrel, Block, Globe, Solid
from stretchkit.library import Library
from stretchkit.model.exercise import FigureSpec, Frame
from stretchkit.model.vocabulary import Side, View

ROOT = Path(__file__).parent.parent
BASES = sorted(base_poses())
MIRROR = np.array([-1.0, 1.0, 1.0])


@pytest.fixture(scope="session")
def body() -> Body:
    return load_body("woman")


def limb_lengths(body: Body, pose: Pose) -> list[float]:
    points = solve(body, pose).points
    bones = (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"))
    return [
        float(np.linalg.norm(points[f"{a}_{end}"] - points[f"{b}_{end}"]))
        for a, b in bones
        for end in "lr"
    ]


def frame(body: Body, base: str, settings: Mapping[str, Any]) -> Solved:
    return derive(body, solve_base(body, base, base_poses()), settings, ("frames", "x"))[0]


def test_a_figure_is_posed_once_and_again_for_other_words(body: Body) -> None:
    frames = (
        Frame(name="start", base="standing", settings={"left knee": each}) for each in (1, True)
    )
    one, yes = (FigureSpec(frames=(each,), side=Side.LEFT) for each in frames)
    assert one == yes
    assert pose_figure(body, one) is pose_figure(body, replace(one, side=Side.RIGHT))
    assert pose_figure(body, one).faults == ()
    assert pose_figure(body, yes).faults != ()
    assert pose_figure(load_body("man"), one) is not pose_figure(body, one)


def test_a_patch_of_skin_goes_with_all_the_skin(body: Body) -> None:
    posed_body = solve(body, Pose(tilt=20, thoracic=Bend(30, 10, 5), left_arm=Arm(flexion=70)))
    whole = skin(body, posed_body)
    for name in ("back", "left shoulder", "right knee all", "forehead"):
        patch = anchors_of(body)[name]
        there = [int(np.abs(body.vertices - at).sum(1).argmin()) for at in patch.rest]
        assert np.allclose(patch.posed(posed_body), whole[there], atol=1e-9), name
        assert np.allclose(patch.point(posed_body)[0], whole[there[0]], atol=1e-9), name


@pytest.mark.parametrize(
    "solid",
    [
        Block(np.array([0.1, 0.2, 0.0]), np.array([0.3, 0.1, 0.2]), about_y(30.0)),
        Barrel(np.array([-0.3, 0.1, 0.0]), np.array([0.3, 0.1, 0.1]), 0.1),
        Globe(np.array([0.0, 0.2, 0.1]), 0.25),
    ],
    ids=lambda solid: type(solid).__name__,
)
def test_what_is_inside_a_thing_is_as_deep_as_its_surface_is_far(solid: Solid) -> None:
    points = np.random.default_rng(5).uniform(-0.4, 0.4, (999, 3))
    away, depth = solid.away(points), solid.depth(points)
    inside = away < 0
    assert 10 < inside.sum() < 900
    assert np.allclose(depth[inside], -away[inside])
    assert (depth[~inside] <= 0).all()


def rest_lengths(body: Body) -> list[float]:
    rig = rig_of(body)
    return [
        rig.lengths[f"{side} {limb}"][k]
        for limb in ("arm", "leg")
        for k in (0, 1)
        for side in ("left", "right")
    ]


# ---- words


def test_words_become_angles() -> None:
    said = read_settings({"spine": {"turn": "30 left"}, "left knee": 90, "both elbows": "20"})
    assert not said.faults
    turn = said.angles["lumbar.turn"] + said.angles["thoracic.turn"]
    assert turn == pytest.approx(30)
    assert said.angles["left_leg.knee"] == 90
    assert said.angles["left_arm.elbow"] == said.angles["right_arm.elbow"] == 20


def test_one_side_wins_over_both_in_any_order() -> None:
    said = read_settings({"left knee": 20, "both knees": 90})
    assert (said.angles["left_leg.knee"], said.angles["right_leg.knee"]) == (20, 90)


def test_right_is_the_other_way_of_left() -> None:
    left = read_settings({"neck": {"side-bend": "20 left"}}).angles
    right = read_settings({"neck": {"side-bend": "20 right"}}).angles
    assert right == {name: -angle for name, angle in left.items()}


@pytest.mark.parametrize(
    ("settings", "path", "hint"),
    [
        ({"spine": {"flexoin": 20}}, ("spine", "flexoin"), "flexion"),
        ({"left kne": 20}, ("left kne",), "knee"),
        ({"right hand": "on left nee"}, ("right hand",), "knee"),
        ({"right hand": "on left knee, outer sid"}, ("right hand",), "outer side"),
        ({"fingers": "fits"}, ("fingers",), "fist"),
        ({"spine": {"turn": 30}}, ("spine", "turn"), "30 left"),
        ({"body": "on the back"}, ("body",), "on back"),
    ],
)
def test_an_unknown_word_is_a_fault_with_its_place_and_the_nearest_word(
    settings: dict[str, Any], path: tuple[str, ...], hint: str
) -> None:
    (fault,) = read_settings(settings).faults
    assert fault.path == path
    assert hint in fault.hint


def test_an_elbow_does_not_bend_by_200_degrees(body: Body) -> None:
    (fault,) = read_settings({"left elbow": 200}, ("frames", "twist")).faults
    assert fault.kind == "range"
    assert fault.path == ("frames", "twist", "left elbow")
    assert "200" in fault.message
    assert "150" in fault.message
    standing = solve_base(body, "standing", base_poses())
    assert frame(body, "standing", {"left elbow": 200}).pose.left_arm == standing.pose.left_arm


def test_a_trunk_that_bends_too_far_in_all_is_a_fault() -> None:
    assert not read_settings({"spine": {"flexion": 90}}).faults
    assert read_settings({"spine": {"flexion": 96}}).faults


# ---- the body stays whole


@pytest.mark.parametrize("name", BASES)
def test_every_base_pose_holds_its_contacts_without_a_fault(body: Body, name: str) -> None:
    assert not base_faults(body, name, base_poses())
    for contact in solve_base(body, name, base_poses()).contacts:
        assert contact.residual <= TOLERANCE, contact


@pytest.mark.parametrize("name", EXERCISES)
def test_contacts_are_within_two_centimetres_and_limbs_keep_their_lengths(
    body: Body, name: str
) -> None:
    assert not posed(name).faults
    for solved in both_sides(name).values():
        assert limb_lengths(body, solved.pose) == pytest.approx(rest_lengths(body), abs=1e-6)
        for contact in solved.contacts:
            assert contact.residual <= TOLERANCE, contact


@pytest.mark.parametrize("name", EXERCISES)
def test_every_rule_of_alignment_holds_on_both_sides(name: str) -> None:
    spec = BUNDLED.exercise(name).figure
    assert spec is not None
    sides = {side for _, side in both_sides(name)}
    for side in sides:
        frames = {f: solved for (f, s), solved in both_sides(name).items() if s is side}
        for rule in spec.alignment:
            found = measure(rule, frames)
            assert found.holds, f"{rule} in {found.frame}: {found.message}"


def lowest(body: Body, solved: Solved) -> float:
    """Return how low the trunk and the head go: hands and feet flatten on the floor."""
    names = np.array(body.joints)
    joints = body.weight_joints[:, 0]
    soft = ("wrist", "finger", "foot", "toes", "lowerarm", "lowerleg")
    limbs = [number for number, name in enumerate(names) if name.startswith(soft)]
    trunk: NDArray[np.bool_] = ~np.isin(joints, limbs)
    return float(skin(body, solved.posed)[trunk, 1].min())


@pytest.mark.parametrize("name", EXERCISES)
def test_trunk_and_head_stay_above_the_floor(body: Body, name: str) -> None:
    for solved in both_sides(name).values():
        assert lowest(body, solved) > -0.02


def test_what_cannot_be_reached_is_reported(body: Body) -> None:
    start = solve_base(body, "standing", base_poses())
    far_away = {"left hand": "on floor, 150 cm forward"}
    solved, faults = derive(body, start, far_away, ("frames", "reach"))
    (fault,) = [f for f in faults if f.kind == "reach"]
    assert fault.path == ("frames", "reach", "left hand")
    far = next(contact.residual for contact in solved.contacts if contact.part == "left hand")
    assert far > TOLERANCE
    assert f"{round(far * 100)} cm" in fault.message
    assert limb_lengths(body, solved.pose) == pytest.approx(rest_lengths(body), abs=1e-6)


def test_a_knee_through_the_floor_is_reported(body: Body) -> None:
    start = solve_base(body, "half-kneeling", base_poses())
    free = dict.fromkeys(("left foot", "right knee", "both hands"), "free")
    low, faults = derive(body, start, {**free, "pelvis": {"height": 30}}, ("x",))
    assert [fault.kind for fault in faults] == ["floor"]
    assert "under the floor" in faults[0].message
    assert low.pose.root[1] == pytest.approx(0.3)


# ---- contacts from frame to frame


def test_planted_hands_stay_where_they_are(body: Body) -> None:
    start = solve_base(body, "hands-and-knees", base_poses())
    cat = frame(body, "hands-and-knees", {"spine": {"flexion": 70}})
    for part in ("left hand", "right hand", "left knee", "right knee"):
        assert cat.spots[part].point == pytest.approx(start.spots[part].point)


def test_a_leg_that_moves_lets_go_of_the_floor(body: Body) -> None:
    solved = frame(body, "hands-and-knees", {"left hip": {"flexion": 0}, "left knee": 0})
    assert "left knee" not in solved.words
    assert "right knee" in solved.words


def test_a_hand_can_be_let_go(body: Body) -> None:
    assert "left hand" not in frame(body, "sitting-on-chair", {"left hand": "free"}).words


def test_a_frame_with_an_unknown_base_is_a_fault(body: Body, library: Library) -> None:
    spec = library.exercise("cat-cow").figure
    assert spec is not None
    wrong = replace(spec, frames=(replace(spec.frames[0], base="hands-and-nees"),))
    (fault,) = pose_figure(body, wrong).faults
    assert fault.path == ("frames", "start", "from")
    assert "hands-and-knees" in fault.hint


# ---- mirror


def test_a_mirrored_pose_is_the_mirror_image(body: Body) -> None:
    twist = posed("seated-twist-chair").frames["twist"]
    other = other_side(body, twist)
    for name, point in twist.posed.points.items():
        partner = {"l": "r", "r": "l"}.get(name[-1], name[-1]) if name[-2] == "_" else name[-1]
        image = other.posed.points[name[:-1] + partner]
        assert image == pytest.approx(point * MIRROR, abs=0.003)
    assert mirrored(mirrored(twist.pose)) == twist.pose
    assert other.words["right hand"].target == "chair back"


def test_a_pose_with_angles_on_one_side_is_mirrored(body: Body) -> None:
    pose = Pose(
        lumbar=Bend(10, 8, 12),
        neck=Bend(5, -6, 20),
        left_arm=Arm(flexion=80, abduction=30, rotation=20, elbow=60, pronation=40, wrist=25),
        right_leg=Leg(flexion=70, abduction=15, rotation=10, knee=40, ankle=12),
        lean=12,
        heading=25,
    )
    there, here = solve(body, mirrored(pose)).points, solve(body, pose).points
    for place in ("hand", "elbow", "shoulder", "knee", "toe", "hip"):
        assert there[f"{place}_r"] == pytest.approx(here[f"{place}_l"] * MIRROR, abs=0.003)
        assert there[f"{place}_l"] == pytest.approx(here[f"{place}_r"] * MIRROR, abs=0.003)


# ---- arms


def test_an_elbow_points_where_the_angles_of_its_arm_say(body: Body) -> None:
    def elbow(abduction: float) -> NDArray[Any]:
        arm = {"abduction": abduction, "rotation": "60 out"}
        settings = {"left shoulder": arm, "left elbow": 120, "left hand": "on back of head"}
        solved = frame(body, "standing", settings)
        assert all(contact.residual < TOLERANCE for contact in solved.contacts)
        found: NDArray[Any] = solved.posed.points["elbow_l"]
        return found

    assert elbow(150)[1] > elbow(60)[1] + 0.05


def test_hands_that_are_together_point_where_their_fingers_should(body: Body) -> None:
    arms = {"both shoulders": {"flexion": 22, "abduction": 14}, "both elbows": 125}
    for said, way in (("together, fingers up", (0, 1, 0)), ("together", (0, 0, 1))):
        posed = frame(body, "standing", {**arms, "both hands": said}).posed
        for end in "lr":
            along = posed.points[f"hand_{end}"] - posed.points[f"wrist_{end}"]
            assert float(along @ np.array(way)) > 0.8 * float(np.linalg.norm(along)), said


# ---- alignment


def test_hands_and_knees_have_wrists_under_shoulders_and_knees_under_hips(body: Body) -> None:
    frames = {"start": solve_base(body, "hands-and-knees", base_poses())}
    assert measure("wrist under shoulder", frames).holds
    assert measure("knee under hip", frames).holds


def test_a_rule_says_by_how_much_it_is_broken(body: Body) -> None:
    start = solve_base(body, "hands-and-knees", base_poses())
    spots = {
        part: replace(spot, point=spot.point + np.array([0, 0, 0.08]))
        if part.endswith("hand")
        else spot
        for part, spot in start.spots.items()
    }
    moved, _ = derive(body, replace(start, spots=spots), {}, ("frames", "x"))
    found = measure("wrist under shoulder", {"start": moved})
    assert not found.holds
    assert found.limit == 3
    assert found.message.endswith("ahead of the shoulder, allowed 3")


def test_an_unknown_rule_has_a_hint(body: Body) -> None:
    frames = {"start": solve_base(body, "standing", base_poses())}
    with pytest.raises(KeyError, match="wrist under shoulder"):
        measure("wrists under shoulder", frames)


def test_every_rule_has_a_reason_and_can_be_measured(body: Body) -> None:
    frames = {
        "a": solve_base(body, "standing", base_poses()),
        "b": solve_base(body, "sitting-on-chair", base_poses()),
    }
    for name, rule in RULES.items():
        assert rule.reason
        assert measure(name, frames).message


# ---- words about it


def test_a_frame_is_told_in_words() -> None:
    cat = posed("cat-cow").frames["cat"]
    found = describe(cat, View.SIDE)
    assert found.title == "Side view. On hands and knees."
    assert found.text == "Side view. On hands and knees, back rounded, chin to chest."


def test_the_same_pose_is_the_same_to_the_last_bit(body: Body) -> None:
    start = solve_base(body, "sitting-on-chair", base_poses())
    settings = {"spine": {"turn": "30 left"}, "right hand": "on left knee"}
    one, _ = derive(body, start, settings, ("frames", "x"))
    two, _ = derive(body, start, settings, ("frames", "x"))
    assert one.pose == two.pose
    assert np.array_equal(one.posed.positions, two.posed.positions)


# ---- the reference


def test_the_reference_tells_every_word() -> None:
    text = (ROOT / "docs" / "reference" / "pose-language.md").read_text(encoding="utf-8")
    known = [
        *RULES,
        *BASES,
        *words.TRUNK,
        *words.LIMBS,
        *words.TRUNK_CONTACTS,
        *words.SIDED_CONTACTS,
        *words.SURFACES,
        *words.THINGS,
        *words.BODY_TARGETS,
        *words.HAND_SHAPES,
        *words.LYING,
        *words.FACES,
        *(name for part in (words.TRUNK, words.LIMBS) for moves in part.values() for name in moves),
    ]
    assert [word for word in known if f"`{word}`" not in text] == []
    for name, rule in RULES.items():
        line = next(row for row in text.splitlines() if row.startswith("|") and f"`{name}`" in row)
        assert f"{rule.limit:g}" in line


# ---- on the way


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("cat-cow", "cat", "cow"),
        ("seated-twist-chair", "start", "twist"),
        ("bird-dog", "start", "reach"),
    ],
)
def test_on_the_way_contacts_hold_and_limbs_keep_their_lengths(
    body: Body, name: str, first: str, last: str
) -> None:
    frames = posed(name).frames
    start, end = frames[first], frames[last]
    assert between(body, start, end, 0.0) is start
    assert between(body, start, end, 1.0) is end
    steps = [between(body, start, end, k / 5) for k in range(6)]
    for solved in steps:
        assert limb_lengths(body, solved.pose) == pytest.approx(rest_lengths(body), abs=1e-6)
        for contact in solved.contacts:
            assert contact.residual <= TOLERANCE, contact
    moves = [
        max(float(np.linalg.norm(b.posed.points[p] - a.posed.points[p])) for p in a.posed.points)
        for a, b in pairwise(steps)
    ]
    assert max(moves) < 0.25


def test_spread_fingers_are_further_apart_than_flat_ones(body: Body) -> None:
    def width(shape: str) -> float:
        found = frame(body, "standing", {"fingers": shape}).posed
        index = rig_of(body).index
        tips = [found.positions[index[f"finger{finger}-3.L"]] for finger in (2, 5)]
        return float(np.linalg.norm(tips[0] - tips[1]))

    assert width("spread") > width("flat") + 0.01


def test_a_hip_turns_out_as_far_as_sitting_cross_legged_asks_and_in_no_further_than_45() -> None:
    assert not read_settings({"left hip": {"flexion": 100, "rotation": "78 out"}}).faults
    assert read_settings({"left hip": {"rotation": "85 out"}}).faults
    assert read_settings({"left hip": {"rotation": "50 in"}}).faults
