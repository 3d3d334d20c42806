"""What makes a drawing readable on paper: contrast, quiet far limbs, calm hems."""

from __future__ import annotations

import numpy as np
import pytest

from stretchkit.figure.body import load_body
from stretchkit.figure.draw import draw_scene
from stretchkit.figure.layers import Label, Layer
from stretchkit.figure.mesh import Floats, rim_of
from stretchkit.figure.person import SKINS, TONES, DrawnPerson, HairName, Tone
from stretchkit.figure.pose import Leg, Pose
from stretchkit.figure.scene import Scene, View
from stretchkit.figure.skeleton import solve
from stretchkit.figure.style import lightness, palette
from stretchkit.figure.wardrobe import dressed

STRIDE = Pose(root=(0.0, 0.85, 0.0), left_leg=Leg(flexion=25), right_leg=Leg(flexion=-20))


def stride(tone: Tone, yaw: float) -> str:
    person = DrawnPerson()
    return draw_scene(Scene(solve(load_body(person.body), STRIDE), person, tone, View(yaw, 5)))


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("skin", SKINS)
def test_lids_brows_and_mouth_stand_out_from_every_skin(skin: str, tone: Tone) -> None:
    for hair in ("black", "brown", "fair", "grey"):
        colours = palette(DrawnPerson(skin=skin, hair_colour=hair), tone)
        ground = lightness(colours.fills[Label.SKIN])
        for mark in (colours.line, colours.mouth, colours.brow, colours.iris):
            assert abs(lightness(mark) - ground) > 0.18, (hair, mark)


def test_far_limbs_have_lighter_lines_where_there_is_no_shade_to_tell_them() -> None:
    far = palette(DrawnPerson(), "line").far_line
    assert far in stride("line", 90)
    assert far not in stride("line", 0)  # from the front no limb is farther than the other
    assert far not in stride("grey", 90)


def test_a_hand_on_the_belly_is_drawn_on_the_shirt() -> None:
    person = dressed("woman", "bun", DrawnPerson().outfit)
    hands = np.unique(person.faces[person.hands])
    assert float(person.nearer[hands].min()) == pytest.approx(0.02)
    trunk = np.unique(person.faces[(person.parts == 0) & (person.labels == Label.SHIRT)])
    assert float(person.nearer[trunk].max()) == 0.0


def test_hems_lose_their_ripples_and_keep_their_place() -> None:
    count = 40
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    hem = np.stack([np.cos(turn), 0.05 * (-1.0) ** np.arange(count), np.sin(turn)], 1)
    top = hem + np.array([0.0, 1.0, 0.0])
    number = np.arange(count)
    after = np.roll(number, -1)
    faces = np.concatenate(
        [
            np.stack([number, after, number + count], 1),
            np.stack([after, after + count, number + count], 1),
        ]
    )
    rim = rim_of(faces, 2 * count, count)
    calm = rim.apply(np.concatenate([top, hem]), 8)
    assert np.abs(calm[count:, 1]).max() < 0.01
    assert calm[:count] == pytest.approx(top)
    assert np.hypot(calm[count:, 0], calm[count:, 2]) == pytest.approx(1.0, abs=0.1)


def lying_layer(hair: HairName, name: str, turned: float) -> tuple[Layer, Floats]:
    """Return a layer of the head of one who stands, or leans by degrees, hips by the floor."""
    person = dressed("woman", hair, DrawnPerson().outfit)
    body = load_body("woman")
    posed = solve(body, Pose(root=(0.0, 0.06 if turned else 0.9, 0.0), tilt=turned))
    found = next(each for each in person.layers if each.name == name)
    return found, found.posed(body, posed, 0.0, 0.0)


def test_a_bun_rolls_up_before_it_is_flattened_by_the_floor() -> None:
    _, lying = lying_layer("bun", "bun", -90)
    _, upright = lying_layer("bun", "bun", 0)
    round_as_ever = np.linalg.norm(upright.max(0) - upright.min(0))
    assert np.linalg.norm(lying.max(0) - lying.min(0)) == pytest.approx(round_as_ever, rel=0.1)
    assert float((lying[:, 1] < 0.002).mean()) < 0.2


def test_a_bob_falls_back_from_a_face_that_looks_up() -> None:
    bob, _ = lying_layer("bob", "bob", 0)
    assert bob.lying is not None
    fallen = bob.rest[:, 2] - bob.lying[:, 2]
    assert float(fallen.max()) > 0.03
    assert float(fallen.min()) > -1e-9
