"""What hands, arms, feet and legs of a posed frame do, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from stretchkit.figure.contact import Solved
from stretchkit.figure.pose import SIDES, Pose, SideName
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.pose_words import HELD, LOOPS
from stretchkit.figure.rotations import LEFT, UP, angle_between, cross, unit
from stretchkit.model.vocabulary import N_

_Translate = Callable[[str], str]

_HANDS = {
    "left": N_("left hand {place}"),
    "right": N_("right hand {place}"),
    "both": N_("both hands {place}"),
}
_PLACES = {
    "knee": N_("on the same knee"),
    "other knee": N_("on the other knee"),
    "knees": N_("on the knees"),
    "thigh": N_("on the same thigh"),
    "other thigh": N_("on the other thigh"),
    "thighs": N_("on the thighs"),
    "ankle": N_("on the same ankle"),
    "other ankle": N_("on the other ankle"),
    "ankles": N_("on the ankles"),
    "shin": N_("on the same shin"),
    "chair back": N_("on the chair back"),
    "chair arm": N_("on the arm of the chair"),
    "seat": N_("on the seat"),
    "floor": N_("on the floor"),
    "wall": N_("on the wall"),
    "doorway": N_("on the door frame"),
    "desk": N_("on the desk"),
    "step": N_("on the step"),
    "chest": N_("on the chest"),
    "belly": N_("on the belly"),
    "lower belly": N_("low on the belly"),
    "hip": N_("on the hip"),
    "hips": N_("on the hips"),
    "waist": N_("at the waist"),
    "back of head": N_("behind the head"),
    "clasped": N_("clasped"),
    "together": N_("palm to palm"),
    "under pillow": N_("under the pillow"),
    "under cushion": N_("under the cushion"),
    "held seat": N_("holding the seat"),
    "held chair back": N_("holding the chair back"),
    "held ankle": N_("holding the same ankle"),
    "held other ankle": N_("holding the other ankle"),
    "held thigh": N_("holding the thigh"),
    "held other thigh": N_("holding the thigh"),
    "held elbow": N_("holding the elbow"),
    "held other elbow": N_("holding the other elbow"),
    "held upper arm": N_("holding the arm"),
    "held other upper arm": N_("holding the other arm"),
    "held hand": N_("holding the other hand"),
    "held other hand": N_("holding the other hand"),
    "strap": N_("holding a strap"),
    "towel": N_("holding a towel"),
    "band": N_("holding a band"),
    "ball": N_("holding a ball"),
}
_PLURALS = {"knee": "knees", "thigh": "thighs", "ankle": "ankles", "hip": "hips"}
_SAID = {"holds": "held", "under": "under"}
"""How a place starts where more than what is touched is said of it."""

_FOREARMS = {
    "wall": N_("both forearms on the wall"),
    "doorway": N_("both forearms on the door frame"),
}
_ARMS = {
    ("both", "up"): N_("both arms overhead"),
    ("left", "up"): N_("left arm overhead"),
    ("right", "up"): N_("right arm overhead"),
    ("left", "reaching"): N_("left arm stretched out ahead"),
    ("right", "reaching"): N_("right arm stretched out ahead"),
    ("both", "folded"): N_("both arms overhead with bent elbows"),
    ("left", "folded"): N_("left arm overhead with a bent elbow"),
    ("right", "folded"): N_("right arm overhead with a bent elbow"),
    ("both", "ahead"): N_("both arms straight ahead"),
    ("left", "ahead"): N_("left arm straight ahead"),
    ("right", "ahead"): N_("right arm straight ahead"),
    ("both", "across"): N_("both arms across the chest"),
    ("left", "across"): N_("left arm across the chest"),
    ("right", "across"): N_("right arm across the chest"),
    ("both", "out"): N_("both arms out to the sides"),
    ("left", "out"): N_("left arm out to the side"),
    ("right", "out"): N_("right arm out to the side"),
    ("both", "back"): N_("both elbows drawn back"),
    ("left", "back"): N_("left elbow drawn back"),
    ("right", "back"): N_("right elbow drawn back"),
}
_FEET = {
    ("both", "wall"): N_("both heels on the wall"),
    ("left", "ball"): N_("left foot on a ball"),
    ("right", "ball"): N_("right foot on a ball"),
    ("left", "step"): N_("left heel on a step"),
    ("right", "step"): N_("right heel on a step"),
    ("left", "loop"): N_("left foot in the loop"),
    ("right", "loop"): N_("right foot in the loop"),
    ("both", "loop"): N_("both feet in the loop"),
    ("left", "leg"): N_("left ankle crossed over the other thigh"),
    ("right", "leg"): N_("right ankle crossed over the other thigh"),
    ("left", "cushion"): N_("left knee on a cushion"),
    ("right", "cushion"): N_("right knee on a cushion"),
}
_TURNED = {
    ("both", "in"): N_("both feet turned in"),
    ("left", "in"): N_("left foot turned in"),
    ("right", "in"): N_("right foot turned in"),
    ("both", "out"): N_("both feet turned out"),
    ("left", "out"): N_("left foot turned out"),
    ("right", "out"): N_("right foot turned out"),
}
_LEGS = {
    ("both", "bent"): N_("both hips and knees bent in the air"),
    ("left", "bent"): N_("left hip and knee bent in the air"),
    ("right", "bent"): N_("right hip and knee bent in the air"),
    ("both", "long"): N_("both legs long in the air"),
    ("left", "long"): N_("left leg long in the air"),
    ("right", "long"): N_("right leg long in the air"),
    ("left", "behind"): N_("left heel drawn up behind"),
    ("right", "behind"): N_("right heel drawn up behind"),
    ("both", "open"): N_("both knees bent and out to the sides"),
    ("left", "open"): N_("left knee bent and out to the side"),
    ("right", "open"): N_("right knee bent and out to the side"),
    ("left", "standing bent"): N_("left knee bent"),
    ("right", "standing bent"): N_("right knee bent"),
    ("both", "standing bent"): N_("both knees bent"),
}
_FIST, _SPREAD, _TURN = 70.0, 10.0, 12.0
_STEEP, _SLANTED, _BENT = 0.8, 0.5, 50.0
_FOLDED, _KNEE, _OPEN, _DRAWN = 75.0, 30.0, 0.45, 70.0
_ACROSS = 0.5
_ON_FLOOR = frozenset({"sitting on the floor", "sitting on the heels"})


def limbs(frame: Solved, position: str, words: _Translate) -> Iterator[str]:
    """Yield what the limbs of a frame in a position do."""
    places = {side: _place(frame, side, position) for side in SIDES}
    both = places["left"]
    if both and both == places["right"]:
        place = _PLURALS.get(both, both)
        yield words(_HANDS["both"]).format(place=words(_PLACES[place]))
    else:
        for side in SIDES:
            if places[side]:
                yield words(_HANDS[side]).format(place=words(_PLACES[places[side]]))
    forearms = {_target(frame, f"{side} forearm") for side in SIDES}
    if len(forearms) == 1 and (told := _FOREARMS.get(forearms.pop())):
        yield words(told)
    yield from _pairs({side: _arm(frame, side, position) for side in SIDES}, _ARMS, words)
    yield from _pairs({side: _foot(frame, side) for side in SIDES}, _FEET, words)
    yield from _pairs({side: _leg(frame, side, position) for side in SIDES}, _LEGS, words)
    yield from _pairs({side: _turned(frame, side) for side in SIDES}, _TURNED, words)
    arms = frame.pose.left_arm, frame.pose.right_arm
    held = any(f"{side} hand" in frame.words for side in SIDES)
    if all(arm.curl > _FIST for arm in arms) and not held:
        yield words(N_("hands in fists"))
    elif all(arm.spread > _SPREAD for arm in arms):
        yield words(N_("fingers spread wide"))


def _pairs(
    found: Mapping[SideName, str], table: Mapping[tuple[str, str], str], words: _Translate
) -> Iterator[str]:
    left = found["left"]
    if left and left == found["right"] and ("both", left) in table:
        yield words(table["both", left])
        return
    for side in SIDES:
        if (side, found[side]) in table:
            yield words(table[side, found[side]])


def _target(frame: Solved, part: str) -> str:
    contact = frame.words.get(part)
    return "" if contact is None else contact.target


def _place(frame: Solved, side: SideName, position: str) -> str:
    """Return what a hand touches, as a key; hands on the floor of all fours say nothing new."""
    contact = frame.words.get(f"{side} hand")
    if contact is None:
        return ""
    if contact.target == "floor" and position in {"hands and knees", "front", "folded"}:
        return ""
    if contact.verb in {"clasped", "together"}:
        return contact.verb
    key = contact.target
    if contact.side is not None and contact.side != side:
        key = f"other {key}"
    keys = [key, contact.target]
    if contact.verb in _SAID:
        keys = [f"{_SAID[contact.verb]} {key}", *keys]
    return next((each for each in keys if each in _PLACES), "")


def _is_free(contact: ContactWords | None) -> bool:
    """Say whether an arm goes where it will: its hand is empty, or holds what moves along."""
    return contact is None or contact.target == "other hand" or contact.target in HELD


def _arm(frame: Solved, side: SideName, position: str) -> str:
    contact = frame.words.get(f"{side} hand")
    if f"{side} forearm" in frame.words or not _is_free(contact):
        return ""
    points, end = frame.posed.points, side[0]
    upper = points[f"elbow_{end}"] - points[f"shoulder_{end}"]
    bend = angle_between(upper, points[f"wrist_{end}"] - points[f"elbow_{end}"])
    arm = unit(upper)
    up = frame.posed.axes["chest"]
    left = unit(points["shoulder_l"] - points["shoulder_r"])
    out = left if side == "left" else -left
    ahead = cross(left, up)
    if arm @ up > _SLANTED and position == "hands and knees":
        return "reaching"
    if arm @ up > _SLANTED:
        return "folded" if bend > _FOLDED else "up"
    if arm @ out > _STEEP and bend < _FOLDED:
        return "out"
    if arm @ out < -_ACROSS and arm @ ahead > _ACROSS:
        return "across"
    if arm @ ahead > _STEEP:
        return "ahead"
    return "back" if arm @ ahead < -_SLANTED + 0.1 else ""


def _foot(frame: Solved, side: SideName) -> str:
    """Return what a foot or knee rests on besides the floor, as a key."""
    if _target(frame, f"{side} knee") == "cushion":
        return "cushion"
    for part in ("foot", "heel", "toes"):
        target = _target(frame, f"{side} {part}")
        if target in LOOPS:
            return "loop"
        if target in {"wall", "ball", "step"}:
            return target
        if target in {"thigh", "knee"}:
            return "leg"
    other: SideName = "right" if side == "left" else "left"
    points = frame.posed.points
    knee, thigh = points[f"knee_{other[0]}"], points[f"hip_{other[0]}"]
    way = knee - thigh
    ankle = points[f"ankle_{side[0]}"] - thigh
    along = float(ankle @ way) / float(way @ way)
    away = float(np.linalg.norm(ankle - way * along))
    return "leg" if 0.4 < along < 1.1 and away < 0.16 else ""  # noqa: PLR2004 - on the thigh


def _leg(frame: Solved, side: SideName, position: str) -> str:
    points, end = frame.posed.points, side[0]
    thigh = points[f"knee_{end}"] - points[f"hip_{end}"]
    bend = angle_between(thigh, points[f"ankle_{end}"] - points[f"knee_{end}"])
    grounded = any(
        f"{side} {part}" in frame.words and _target(frame, f"{side} {part}") not in LOOPS
        for part in ("foot", "heel", "toes", "knee")
    )
    if _foot(frame, side) == "leg" or _on_the_floor(frame.pose):
        return ""
    if position in _ON_FLOOR:
        outward = unit(thigh) @ (frame.pose.orientation @ LEFT) * (1 if side == "left" else -1)
        return "open" if bend > _BENT and outward > _OPEN else ""
    if position == "standing" and grounded:
        return "standing bent" if bend > _KNEE else ""
    if grounded:
        return ""
    if unit(thigh) @ UP < -_STEEP and bend > _DRAWN:
        return "behind"
    return "bent" if bend > _BENT else "long"


def _turned(frame: Solved, side: SideName) -> str:
    """Return which way a foot turns at its ankle, as a key."""
    turn = frame.pose.leg(side).inversion
    return "" if abs(turn) < _TURN else "in" if turn > 0 else "out"


def _on_the_floor(pose: Pose) -> bool:
    """Say whether the legs lie one on the other, as on the side."""
    return abs(pose.lean) > _BENT
