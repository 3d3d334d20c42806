"""Hands look like what they do, and the pen does not slip on their small shapes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stretchkit.figure.bezier import fit, smooth
from stretchkit.figure.body import load_body
from stretchkit.figure.fingers import finger_rest
from stretchkit.figure.person import BODIES
from stretchkit.figure.pose import SIDES, Arm, Pose, SideName
from stretchkit.figure.pose_words import HAND_SHAPES
from stretchkit.figure.rotations import angle_between
from stretchkit.figure.skeleton import rig_of, skin, solve


def shaped(shape: str) -> Arm:
    """Return an arm whose hand has a shape."""
    angles: dict[str, Any] = dict(HAND_SHAPES[shape])
    return Arm(**angles)


def bones(body: str, shape: str, side: SideName) -> dict[int, list[np.ndarray]]:
    """Where the bones of each finger point in the hand's own frame."""
    one = load_body(body)
    arm = shaped(shape)
    posed = solve(one, Pose(left_arm=arm, right_arm=arm))
    rig, s = rig_of(one), side[0].upper()
    hand = posed.rotations[rig.index[f"wrist.{s}"]] @ rig.frames[f"{side} hand"]
    return {
        finger: [
            hand.T @ posed.rotations[rig.index[f"finger{finger}-{bone}.{s}"]] @ way
            for bone, way in enumerate(ways, 1)
        ]
        for finger, ways in finger_rest(one, s).items()
    }


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("body", BODIES)
def test_a_flat_hand_has_straight_fingers(body: str, side: SideName) -> None:
    along = np.array([1.0, 0.0, 0.0])
    for finger, ways in bones(body, "flat", side).items():
        if finger > 1:
            assert max(angle_between(way, along) for way in ways) < 15, finger


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("body", BODIES)
def test_fingers_bend_into_the_palm_on_either_side(body: str, side: SideName) -> None:
    palm = -1.0 if side == "left" else 1.0
    relaxed, fist = bones(body, "relaxed", side), bones(body, "fist", side)
    for finger in range(2, 6):
        assert all(0 < way[1] * palm < 1 for way in relaxed[finger])
        assert fist[finger][0][1] * palm > 0.9  # the first bone leaves the palm upright
        assert fist[finger][1][0] < -0.9  # and the second comes back along it


@pytest.mark.parametrize("body", BODIES)
def test_a_fist_is_small_and_its_thumb_lies_across_the_fingers(body: str) -> None:
    one = load_body(body)
    arm = shaped("fist")
    posed = solve(one, Pose(left_arm=arm))
    wrist = posed.points["wrist_l"]
    carried = one.weight_of("finger", side=".L") > 0.5
    reach = np.linalg.norm(skin(one, posed)[carried] - wrist, axis=1).max()
    length = np.linalg.norm(one.vertices[carried] - one.heads[one.joints.index("wrist.L")], axis=1)
    assert reach < 0.76 * length.max()
    assert bones(body, "fist", "left")[1][2][2] < -0.7


def test_fingers_at_ease_lie_closer_together_than_spread_ones() -> None:
    def gap(shape: str) -> float:
        ways = bones("woman", shape, "left")
        return angle_between(ways[2][0], ways[5][0])

    assert gap("relaxed") < 15
    assert gap("spread") > 30


def test_a_curve_stays_by_the_points_that_it_is_fitted_to() -> None:
    random = np.random.default_rng(5)
    for _ in range(800):
        count = int(random.integers(3, 60))
        way = random.normal(0, random.uniform(0.1, 0.8), count).cumsum()
        steps = np.round(np.stack([np.cos(way), np.sin(way)], 1)).cumsum(0)
        points = smooth(steps, 2.4, closed=False)[::2] * 0.074
        t = np.linspace(0, 1, 30)[:, None]
        for a, b, c, d in fit(points, 0.04):
            line = a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t**3
            away = np.linalg.norm(line[:, None] - points[None], axis=2).min(1)
            assert away.max() < 0.2
