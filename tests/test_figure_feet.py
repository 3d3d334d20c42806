"""Knees and feet are on the floor: flat, on their toes, or tucked under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from stretchkit.figure.body import SKIN, load_body
from stretchkit.figure.contact import Solved
from stretchkit.figure.frames import base_poses, derive, solve_base
from stretchkit.figure.person import BODIES
from stretchkit.figure.pose_language import read_settings
from stretchkit.figure.skeleton import skin


def frame(body: str, base: str, settings: Mapping[str, Any]) -> Solved:
    one = load_body(body)
    solved, faults = derive(one, solve_base(one, base, base_poses()), settings, ())
    assert not faults
    return solved


def lowest(body: str, solved: Solved, bone: str) -> float:
    """How high the lowest skin that a bone carries is, metres."""
    one = load_body(body)
    carried = (one.weight_of(bone, side=".R") > 0.6)[np.unique(one.triangles[one.groups == SKIN])]
    points = skin(one, solved.posed)[np.unique(one.triangles[one.groups == SKIN])]
    return float(points[carried, 1].min())


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("base", ["kneeling", "hands-and-knees", "half-kneeling"])
def test_who_kneels_has_the_knees_on_the_floor(body: str, base: str) -> None:
    assert lowest(body, frame(body, base, {}), "lowerleg") == pytest.approx(0.0, abs=0.012)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    ("base", "settings"),
    [
        ("split-stance", {"right foot": "on floor, heel up"}),
        ("standing", {"both feet": "on floor, heels up"}),
    ],
)
def test_a_raised_heel_leaves_the_toes_on_the_floor(
    body: str, base: str, settings: Mapping[str, Any]
) -> None:
    solved = frame(body, base, settings)
    assert lowest(body, solved, "toes") == pytest.approx(0.0, abs=0.012)
    flat = frame(body, base, {}).posed.points["ankle_r"][1]
    assert solved.posed.points["ankle_r"][1] > flat + 0.05
    assert all(contact.residual < 0.005 for contact in solved.contacts)


@pytest.mark.parametrize("body", BODIES)
def test_tucked_toes_stand_under_the_heel(body: str) -> None:
    solved = frame(body, "kneeling", {"both knees": "on floor, toes tucked"})
    points = solved.posed.points
    assert lowest(body, solved, "toes") == pytest.approx(0.0, abs=0.02)
    assert points["ankle_r"][1] > points["toe_r"][1] + 0.1
    assert abs(points["ankle_r"][2] - points["toe_r"][2]) < 0.05


def test_a_wrong_word_for_a_foot_names_the_right_one() -> None:
    fault, *_ = read_settings({"both feet": "on floor, heal up"}).faults
    assert "heel up" in fault.hint


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_foot_that_inverts_turns_its_toes_inward(side: str) -> None:
    lifted = {f"{side} hip": {"flexion": 92}, f"{side} knee": 48}
    held = frame("woman", "sitting-on-chair", lifted)
    turned = frame("woman", "sitting-on-chair", lifted | {f"{side} ankle": {"inversion": 30}})
    toe = f"toe_{side[0]}"
    inward = -1.0 if side == "left" else 1.0
    assert (turned.posed.points[toe] - held.posed.points[toe])[0] * inward > 0.04
