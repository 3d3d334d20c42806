"""Things: where they stand, that a body touches them and goes into none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from stretchkit.figure import places
from stretchkit.figure.body import Body, load_body
from stretchkit.figure.collisions import collisions
from stretchkit.figure.contact import TOLERANCE, Solved
from stretchkit.figure.frames import base_poses, derive, solve_base
from stretchkit.figure.furnishing import things_around
from stretchkit.figure.mirror import other_side
from stretchkit.figure.pose_language import PoseFault, read_settings
from stretchkit.figure.rotations import UP
from stretchkit.figure.skeleton import skin
from stretchkit.figure.slings import sling
from stretchkit.figure.thing_words import PLACED
from stretchkit.figure.things import Standing, solids
from stretchkit.model.vocabulary import Equipment

TOUCHES: dict[str, tuple[str, dict[str, Any]]] = {
    "doorway": (
        "split-stance",
        {
            "both shoulders": {"abduction": 92, "rotation": "85 out"},
            "both elbows": 90,
            "both forearms": "against doorway",
        },
    ),
    "wall behind": (
        "at-wall",
        {
            "both shoulders": {"abduction": 80, "rotation": "85 out"},
            "both elbows": 90,
            "both forearms": "against wall, palms forward",
        },
    ),
    "wall in front": (
        "standing",
        {"both shoulders": {"flexion": 85}, "both hands": "on wall"},
    ),
    "legs up the wall": (
        "lying-on-back",
        {
            "wall": "12 cm in front",
            "both hips": {"flexion": 86},
            "both knees": 4,
            "both heels": "against wall",
        },
    ),
    "chair before me": ("standing", {"both hands": "holds chair back"}),
    "chair beside me": ("standing", {"chair": "to the left", "left hand": "holds chair back"}),
    "chair under me": ("sitting-on-chair", {"left hand": "holds chair back"}),
    "edge of the seat": ("sitting-on-chair", {"right hand": "holds seat"}),
    "chair with arms": (
        "sitting-on-chair",
        {"chair": "with arms", "both forearms": "on chair arms"},
    ),
    "edge of the back": (
        "sitting-on-chair",
        {
            "both hands": "behind back of head",
            "upper back": "over chair back",
            "spine": {"extension": 20},
        },
    ),
    "roller": (
        "lying-hook",
        {"head": "free", "both hands": "behind back of head", "upper back": "on roller"},
    ),
    "step": ("standing", {"left hip": {"flexion": 38}, "left knee": 3, "left heel": "on step"}),
    "desk": ("standing", {"both shoulders": {"flexion": 60}, "both hands": "on desk"}),
    "cushion": ("half-kneeling", {"right knee": "on cushion"}),
    "ball": ("sitting-on-chair", {"left foot": "on ball"}),
    "towel": ("lying-hook", {"back of head": "on towel"}),
}


@pytest.fixture(scope="module", params=["woman", "larger-man"])
def body(request: pytest.FixtureRequest) -> Body:
    return load_body(request.param)


@pytest.fixture(scope="module")
def woman() -> Body:
    return load_body("woman")


def posed(body: Body, base: str, settings: Mapping[str, Any]) -> tuple[Solved, list[PoseFault]]:
    return derive(body, solve_base(body, base, base_poses()), settings, ("frames", "x"))


@pytest.mark.parametrize("name", TOUCHES)
def test_a_body_reaches_what_it_touches_and_goes_into_nothing(body: Body, name: str) -> None:
    frame, faults = posed(body, *TOUCHES[name])
    assert [fault.message for fault in faults if fault.kind != "bound"] == []
    assert max(contact.residual for contact in frame.contacts) <= TOLERANCE
    used = np.unique(body.triangles[np.asarray(body.groups) == 0])
    hands = body.weight_of("wrist", "finger")[used] > 0.1
    points = skin(body, frame.posed)[used][~hands]
    for thing in frame.things.values():
        for solid in solids(thing, sat="seat bones" in frame.words):
            assert solid.away(points).min() > -0.03, thing.name


@pytest.mark.parametrize(
    ("words", "where", "turned"),
    [
        ("50 cm in front", (0.0, 0.5), 180.0),
        ("30 cm behind", (0.0, -0.3), 0.0),
        ("40 cm to the left", (0.4, 0.0), -90.0),
        ("40 cm to the right", (-0.4, 0.0), 90.0),
        ("50 cm in front, 20 cm to the left", (0.2, 0.5), 180.0),
    ],
)
def test_a_wall_stands_where_its_words_say_and_looks_at_the_person(
    woman: Body, words: str, where: tuple[float, float], turned: float
) -> None:
    frame, faults = posed(woman, "standing", {"wall": words})
    wall = frame.things["wall"]
    assert not faults
    assert (wall.at[0], wall.at[2]) == pytest.approx(where, abs=0.005)
    assert (wall.turned - turned) % 360 == pytest.approx(0.0)


def test_a_chair_to_the_left_has_its_back_to_the_person_and_its_near_side_where_said(
    woman: Body,
) -> None:
    frame, _ = posed(woman, "standing", {"chair": "20 cm to the left"})
    back = frame.things["chair"].room(np.array([0.0, 0.7, places.SEAT_BACK]))
    assert back[0] == pytest.approx(0.2, abs=0.005)
    turned, _ = posed(woman, "standing", {"chair": "20 cm to the left, facing right"})
    front = turned.things["chair"].room(np.array([0.0, 0.7, places.SEAT_FRONT]))
    assert front[0] == pytest.approx(0.2, abs=0.005)


def test_heights_and_arms_of_things_can_be_said(woman: Body) -> None:
    frame, faults = posed(
        woman, "standing", {"desk": "in front, 90 cm high", "chair": "behind, with arms"}
    )
    assert not faults
    assert frame.things["desk"].high == pytest.approx(0.9)
    assert frame.things["chair"].arms


@pytest.mark.parametrize("name", PLACED)
def test_a_slip_in_where_a_thing_stands_is_told_with_the_nearest_words(name: str) -> None:
    (fault,) = read_settings({name: "50 cm in frnt"}, ("start",)).faults
    assert fault.path == ("start", name)
    assert "in front" in fault.hint


def test_what_stands_in_one_frame_stands_in_the_next(woman: Body) -> None:
    first, _ = posed(
        woman, "standing", {"both shoulders": {"flexion": 85}, "both hands": "on wall"}
    )
    second, _ = derive(woman, first, {"pelvis": {"tilt": "10 forward"}}, ("frames", "y"))
    assert second.things == first.things


def test_the_other_side_has_its_things_on_the_other_side(woman: Body) -> None:
    frame, _ = posed(woman, "standing", {"chair": "20 cm to the left, facing forward"})
    chair, other = frame.things["chair"], other_side(woman, frame).things["chair"]
    assert other == Standing(
        "chair", (-chair.at[0], chair.at[1], chair.at[2]), -chair.turned, said=True
    )


def test_an_arm_that_goes_through_the_back_of_a_chair_is_told(woman: Body) -> None:
    settings = {
        "both hands": "free",
        "both shoulders": {"extension": 30, "abduction": 10},
        "both elbows": 90,
        "pelvis": {"back": 14},
    }
    _, faults = posed(woman, "sitting-on-chair", settings)
    told = [fault.message for fault in faults if fault.kind == "thing"]
    assert any("left" in each and "cm into the chair back" in each for each in told)


def test_who_stands_at_a_desk_is_not_in_it(woman: Body) -> None:
    settings = {"both shoulders": {"flexion": 30}, "both hands": "on desk"}
    frame, faults = posed(woman, "standing", settings)
    assert not faults
    used = np.unique(woman.triangles[np.asarray(woman.groups) == 0])
    hips = woman.weight_of("pelvis", "upperleg", "root")[used] > 0.5
    (desk,) = solids(frame.things["desk"], sat=False)
    assert desk.away(skin(woman, frame.posed)[used][hips]).min() > -0.03


def test_elbows_swing_out_of_a_chair_that_is_in_their_way(woman: Body) -> None:
    settings = {"chair": "20 cm in front", "both hands": "holds chair back"}
    frame, _ = posed(woman, "standing", settings)
    assert not list(collisions(woman, frame))


# ---- what is held


def strapped(woman: Body) -> Solved:
    settings = {
        "left hip": {"flexion": 75},
        "left knee": 8,
        "left foot": "in strap",
        "both shoulders": {"flexion": 50},
        "both elbows": 40,
        "both hands": "holds strap",
    }
    return posed(woman, "lying-on-back", settings)[0]


def test_a_strap_runs_from_hand_round_the_sole_to_hand(woman: Body) -> None:
    frame = strapped(woman)
    path = sling(frame, "strap")
    at = {contact.part: np.array(contact.point) for contact in frame.contacts}
    assert np.linalg.norm(path[0] - at["left hand"]) < 0.02
    assert np.linalg.norm(path[-1] - at["right hand"]) < 0.02
    (sole,) = (c for c in frame.contacts if c.part == "left foot")
    beyond = (path - np.array(sole.point)) @ np.array(sole.normal)
    assert beyond.max() == pytest.approx(0.016, abs=0.01)


def test_a_strap_goes_beside_the_leg_not_through_it(woman: Body) -> None:
    frame = strapped(woman)
    points = frame.posed.points
    for a, b in (("hip_l", "knee_l"), ("knee_l", "ankle_l")):
        bone = points[a] + np.linspace(0.0, 0.95, 12)[:, None] * (points[b] - points[a])
        gaps = np.linalg.norm(sling(frame, "strap")[:, None] - bone[None], axis=2)
        assert gaps.min() > 0.05


def test_a_band_between_the_hands_goes_round_the_chest(woman: Body) -> None:
    frame, _ = posed(
        woman, "standing", {"both shoulders": {"abduction": 85}, "both hands": "holds band"}
    )
    path = sling(frame, "band")
    middle = path[len(path) // 2]
    chest = frame.posed.points["chest"]
    assert (middle - chest)[2] > 0.1


def test_things_that_are_held_are_drawn_and_so_is_the_bed(woman: Body) -> None:
    frame = strapped(woman)
    alone = things_around(frame, [frame], [])
    assert len(alone) == 1
    *_, bed = things_around(frame, [frame], [Equipment.BED])
    heights = np.concatenate([face.vertices[:, 1] for face in bed])
    assert heights.max() == pytest.approx(0.0)
    assert heights.min() == pytest.approx(-places.BED_HEIGHT)


def test_a_wall_ends_a_little_over_who_is_drawn(woman: Body) -> None:
    frame, _ = posed(woman, *TOUCHES["legs up the wall"])
    (wall,) = things_around(frame, [frame], [])
    top = max(face.vertices[:, 1].max() for face in wall)
    ankle = max(float(frame.posed.points[f"ankle_{side}"] @ UP) for side in "lr")
    assert 0.2 < top - ankle < 0.5


def test_a_mat_lies_along_the_body_and_is_as_wide_as_mats_are(woman: Body) -> None:
    for base, long in (("lying-on-side", 0), ("lying-on-back", 2)):
        frame = solve_base(woman, base, base_poses())
        mat = things_around(frame, [frame], [Equipment.MAT])[-1]
        points = np.concatenate([face.vertices for face in mat])
        size = points.max(axis=0) - points.min(axis=0)
        assert 0.6 <= size[2 - long] <= 0.75
        assert size[long] > 1.1


def test_a_pillow_that_nobody_lies_on_is_not_drawn(woman: Body) -> None:
    lying = solve_base(woman, "lying-on-side", base_poses())
    up, _ = derive(woman, lying, {"head": "free"}, ("frames", "up"))
    assert "pillow" in lying.things
    assert things_around(up, [up], []) == ()


def test_a_hand_under_a_pillow_lies_between_it_and_the_floor(woman: Body) -> None:
    said = {"right shoulder": {"flexion": 80, "abduction": 2}, "right elbow": 108}
    lying = solve_base(woman, "lying-on-side", base_poses())
    frame, faults = derive(
        woman, lying, {**said, "right hand": "under pillow"}, ("frames", "lying")
    )
    assert not faults
    hand = next(each for each in frame.contacts if each.part == "right hand")
    pillow = frame.things["pillow"]
    assert hand.residual < TOLERANCE
    assert hand.point[1] == pytest.approx(places.FLOOR, abs=0.01)
    assert np.hypot(*(np.array(hand.point) - pillow.at)[[0, 2]]) < 0.15
    assert frame.things["pillow"] == lying.things["pillow"]


def test_nothing_goes_under_a_wall() -> None:
    (fault,) = read_settings({"right hand": "under wall"}, ("frames", "lying")).faults
    assert 'nothing goes under "wall"' in fault.message


def test_a_hand_behind_a_thigh_is_on_the_back_of_it() -> None:
    contacts = read_settings({"left hand": "behind left thigh"}, ("frames", "a")).contacts
    assert contacts["left hand"].face == "back"
