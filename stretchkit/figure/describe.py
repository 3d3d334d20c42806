"""A posed frame in words, for people who cannot see the drawing.

Side view. On hands and knees, back rounded, chin to chest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from stretchkit.figure.contact import Solved
from stretchkit.figure.difference import differences, trunk_lean
from stretchkit.figure.drawn import Description
from stretchkit.figure.limb_words import limbs
from stretchkit.figure.pose import SIDES
from stretchkit.figure.rotations import FORWARD, LEFT, UP
from stretchkit.locales import catalogue, label
from stretchkit.model.vocabulary import N_, CloseUp, View

_Translate = Callable[[str], str]


POSITIONS = {
    "standing": N_("Standing"),
    "sitting": N_("Sitting"),
    "sitting on the floor": N_("Sitting on the floor"),
    "sitting on the heels": N_("Sitting on the heels"),
    "folded": N_("Kneeling, folded forward over the thighs"),
    "kneeling": N_("Kneeling"),
    "half-kneeling": N_("Half kneeling"),
    "hands and knees": N_("On hands and knees"),
    "forearms and knees": N_("On forearms and knees"),
    "on elbows": N_("Lying on the front, propped on the forearms"),
    "side plank": N_("On one side, propped on the forearm"),
    "front": N_("Lying on the front"),
    "back": N_("Lying on the back"),
    "bent knees": N_("Lying on the back with knees bent"),
    "bridge": N_("Lying on the back with hips lifted"),
    "left side": N_("Lying on the left side"),
    "right side": N_("Lying on the right side"),
}
_TRUNK = (
    # flexion of the spine, side bend, turn: above or below this, the words
    ("flexion", 20.0, N_("back rounded"), N_("back hollowed")),
    ("side", 9.0, N_("trunk bent to the left"), N_("trunk bent to the right")),
    ("turn", 12.0, N_("trunk turned to the left"), N_("trunk turned to the right")),
)
_HEAD = (
    ("flexion", 27.0, N_("chin to chest"), N_("head lifted")),
    ("side", 10.0, N_("head bent to the left"), N_("head bent to the right")),
    ("turn", 15.0, N_("head turned to the left"), N_("head turned to the right")),
)
_UPRIGHT = frozenset({"standing", "sitting", "sitting on the floor", "kneeling", "half-kneeling"})
_NOD, _SHRUG, _UNEVEN = 8.0, 12.0, 9.0
_STEEP, _SLANTED = 0.8, 0.5
_LEANING, _FOLDED = 17.0, 55.0
_LYING = frozenset({"floor"})


def describe(
    frame: Solved, view: View, language: str = "en", close_up: CloseUp | None = None
) -> Description:
    """Return a title and a sentence or two about a frame."""
    words = catalogue(language).gettext
    key = position_of(frame)
    seen = [label(view, language), words(POSITIONS[key])]
    if close_up is not None:
        seen.insert(0, label(close_up, language))
    title = f"{'. '.join(seen)}."
    details = [*_leaning(frame, key, words), *_bends(frame, words), *limbs(frame, key, words)]
    text = ", ".join([". ".join(seen), *details])
    return Description(title, f"{text}.")


def describe_apart(
    frame: Solved, others: Iterable[Solved], view: View, language: str, close_up: CloseUp | None
) -> Description:
    """Return what sets a frame apart too, where the words of another would be the same."""
    told = describe(frame, view, language, close_up)
    for other in others:
        if describe(other, view, language, close_up) == told:
            more = differences(frame, other, catalogue(language).gettext)
            return replace(told, text=f"{', '.join([told.text.removesuffix('.'), *more])}.")
    return told


def position_of(frame: Solved) -> str:
    """Return the key of the position that a frame is in."""
    contacts = frame.words
    seat = contacts.get("seat bones")
    up = frame.pose.orientation @ UP
    facing = frame.pose.orientation @ FORWARD
    knees = [side for side in SIDES if f"{side} knee" in contacts]
    hands = any(p.endswith("hand") and c.target == "floor" for p, c in contacts.items())
    elbows = any(p.endswith("forearm") and c.target == "floor" for p, c in contacts.items())
    if seat is not None and seat.target == "heel":
        return "folded" if up[1] < _SLANTED else "sitting on the heels"
    if seat is not None:
        return "sitting on the floor" if seat.target == "floor" else "sitting"
    if abs((frame.pose.orientation @ LEFT)[1]) > _STEEP:
        side = "left" if (frame.pose.orientation @ LEFT)[1] < 0 else "right"
        return "side plank" if elbows else f"{side} side"
    if knees and (hands or elbows):
        return "hands and knees" if hands else "forearms and knees"
    if knees:
        return "kneeling" if len(knees) > 1 else "half-kneeling"
    if elbows:
        return "on elbows"
    feet = any(p.endswith("foot") and c.target in _LYING for p, c in contacts.items())
    if facing[1] < -_SLANTED and not feet:
        return "front"
    if facing[1] > _SLANTED:
        if feet and "hips" not in contacts:
            return "bridge"
        return "bent knees" if feet else "back"
    return "standing"


def _leaning(frame: Solved, position: str, words: _Translate) -> Iterator[str]:
    if position not in _UPRIGHT:
        return
    lean = trunk_lean(frame)
    if lean > _FOLDED:
        yield words(N_("folded forward at the hips"))
    elif lean > _LEANING:
        yield words(N_("leaning forward"))
    elif lean < -_LEANING:
        yield words(N_("leaning back"))


def _bends(frame: Solved, words: _Translate) -> Iterator[str]:
    pose = frame.pose
    resting = any(part in frame.words for part in ("head", "forehead"))
    for names, table in ((("lumbar", "thoracic"), _TRUNK), (("neck", "head"), _HEAD)):
        for name, least, more, less in table:
            value = sum(float(getattr(getattr(pose, part), name)) for part in names)
            if name == "flexion" and "neck" in names and resting:
                continue
            if abs(value) > least:
                yield words(more if value > 0 else less)
    nod = pose.head.flexion - pose.neck.flexion
    if not resting and pose.neck.flexion * pose.head.flexion < 0 and abs(nod) > _NOD:
        yield words(N_("chin drawn in") if nod > 0 else N_("chin forward"))
    blades = [(arm.elevation, arm.protraction) for arm in (pose.left_arm, pose.right_arm)]
    for index, more, less in (
        (0, N_("shoulders lifted"), N_("shoulders low")),
        (1, N_("shoulders forward"), N_("shoulders drawn back")),
    ):
        least = min(abs(blade[index]) for blade in blades)
        if least > _SHRUG and blades[0][index] * blades[1][index] > 0 and not _carried(frame):
            yield words(more if blades[0][index] > 0 else less)
    uneven = frame.written.left_arm.elevation - frame.written.right_arm.elevation
    if abs(uneven) > _UNEVEN:
        yield words(N_("left shoulder lifted") if uneven > 0 else N_("right shoulder lifted"))
    if "forehead" in frame.words:
        yield words(N_("forehead down"))


def _carried(frame: Solved) -> bool:
    """Say whether the arms carry weight, or reach: then the shoulders follow them."""
    return any(part.endswith(("hand", "forearm")) for part in frame.words)
