"""A posed frame in words, for people who cannot see the drawing.

Side view. On hands and knees, back rounded, chin to chest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stretchkit.figure.contact import Solved
from stretchkit.figure.drawn import Description
from stretchkit.figure.pose import SIDES, Pose, SideName
from stretchkit.figure.rotations import FORWARD, LEFT, UP, angle_between, cross, unit
from stretchkit.locales import catalogue, label
from stretchkit.model.vocabulary import N_, View

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
_PARTS = {
    "left hand": N_("left hand {place}"),
    "right hand": N_("right hand {place}"),
    "hand": N_("both hands {place}"),
}
_PLACES = {
    "knee": N_("on the same knee"),
    "other knee": N_("on the other knee"),
    "knees": N_("on the knees"),
    "thigh": N_("on the same thigh"),
    "other thigh": N_("on the other thigh"),
    "thighs": N_("on the thighs"),
    "chair back": N_("on the chair back"),
    "seat": N_("on the seat"),
    "floor": N_("on the floor"),
    "wall": N_("on the wall"),
    "desk": N_("on the desk"),
    "chest": N_("on the chest"),
    "belly": N_("on the belly"),
    "lower belly": N_("low on the belly"),
    "hip": N_("on the hip"),
    "waist": N_("at the waist"),
    "back of head": N_("behind the head"),
    "other hand": N_("clasped"),
    "strap": N_("holding a strap"),
    "towel": N_("holding a towel"),
}
_ARMS = {
    ("both", "up"): N_("both arms overhead"),
    ("left", "up"): N_("left arm overhead"),
    ("right", "up"): N_("right arm overhead"),
    ("both", "ahead"): N_("both arms straight ahead"),
    ("left", "ahead"): N_("left arm straight ahead"),
    ("right", "ahead"): N_("right arm straight ahead"),
    ("both", "out"): N_("both arms out to the sides"),
    ("left", "out"): N_("left arm out to the side"),
    ("right", "out"): N_("right arm out to the side"),
    ("both", "back"): N_("both elbows drawn back"),
    ("left", "back"): N_("left elbow drawn back"),
    ("right", "back"): N_("right elbow drawn back"),
}
_LEGS = {
    ("both", "bent"): N_("both hips and knees bent in the air"),
    ("left", "bent"): N_("left hip and knee bent in the air"),
    ("right", "bent"): N_("right hip and knee bent in the air"),
    ("both", "long"): N_("both legs long in the air"),
    ("left", "long"): N_("left leg long in the air"),
    ("right", "long"): N_("right leg long in the air"),
}
_TRUNK = (
    # flexion of the spine, side bend, turn: above or below this, the words
    ("flexion", 25.0, N_("back rounded"), N_("back hollowed")),
    ("side", 9.0, N_("trunk bent to the left"), N_("trunk bent to the right")),
    ("turn", 12.0, N_("trunk turned to the left"), N_("trunk turned to the right")),
)
_HEAD = (
    ("flexion", 27.0, N_("chin to chest"), N_("head lifted")),
    ("side", 10.0, N_("head bent to the left"), N_("head bent to the right")),
    ("turn", 15.0, N_("head turned to the left"), N_("head turned to the right")),
)
_FIST, _SPREAD, _NOD, _SHRUG = 70.0, 10.0, 8.0, 12.0
_STEEP, _SLANTED, _BENT = 0.8, 0.5, 50.0


def describe(frame: Solved, view: View, language: str = "en") -> Description:
    """Return a title and a sentence or two about a frame."""
    words = catalogue(language).gettext
    position = words(POSITIONS[position_of(frame)])
    details = [*_bends(frame, words), *_limbs(frame, words)]
    title = f"{label(view, language)}. {position}."
    text = ", ".join([f"{label(view, language)}. {position}", *details])
    return Description(title, f"{text}.")


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
    if facing[1] < -_SLANTED:
        return "front"
    if facing[1] > _SLANTED:
        feet = any(part.endswith("foot") for part in contacts)
        if feet and "hips" not in contacts:
            return "bridge"
        return "bent knees" if feet else "back"
    return "standing"


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
    if "forehead" in frame.words:
        yield words(N_("forehead down"))


def _carried(frame: Solved) -> bool:
    """Say whether the arms carry weight, or reach: then the shoulders follow them."""
    return any(part.endswith(("hand", "forearm")) for part in frame.words)


def _limbs(frame: Solved, words: _Translate) -> Iterator[str]:
    places = {side: _place(frame, side) for side in SIDES}
    both = places["left"] == places["right"]
    if both and places["left"]:
        key = places["left"]
        place = {"knee": "knees", "thigh": "thighs"}.get(key, key)
        yield words(_PARTS["hand"]).format(place=words(_PLACES[place]))
    else:
        for side in SIDES:
            if places[side]:
                part = words(_PARTS[f"{side} hand"])
                yield part.format(place=words(_PLACES[places[side]]))
    yield from _pairs({side: _arm(frame, side) for side in SIDES}, _ARMS, words)
    yield from _pairs({side: _leg(frame, side) for side in SIDES}, _LEGS, words)
    arms = frame.pose.left_arm, frame.pose.right_arm
    if all(arm.curl > _FIST for arm in arms):
        yield words(N_("hands in fists"))
    elif all(arm.spread > _SPREAD for arm in arms):
        yield words(N_("fingers spread wide"))


def _pairs(
    found: dict[SideName, str], table: dict[tuple[str, str], str], words: _Translate
) -> Iterator[str]:
    if found["left"] and found["left"] == found["right"]:
        yield words(table["both", found["left"]])
        return
    for side in SIDES:
        if found[side]:
            yield words(table[side, found[side]])


def _place(frame: Solved, side: SideName) -> str:
    """Return what a hand touches, as a key; hands on the floor of all fours say nothing new."""
    contact = frame.words.get(f"{side} hand")
    if contact is None:
        return ""
    if contact.target == "floor" and position_of(frame) in {"hands and knees", "front", "folded"}:
        return ""
    key = contact.target
    if contact.side is not None and contact.side != side and f"other {key}" in _PLACES:
        key = f"other {key}"
    return key if key in _PLACES else ""


def _arm(frame: Solved, side: SideName) -> str:
    contact = frame.words.get(f"{side} hand")
    if f"{side} forearm" in frame.words or (contact and contact.target != "other hand"):
        return ""
    points = frame.posed.points
    arm = unit(points[f"elbow_{side[0]}"] - points[f"shoulder_{side[0]}"])
    up = frame.posed.axes["chest"]
    out = unit(points["shoulder_l"] - points["shoulder_r"]) * (1.0 if side == "left" else -1.0)
    ahead = cross(out * (1.0 if side == "left" else -1.0), up)
    if arm @ up > _SLANTED:
        return "up"
    if arm @ out > _STEEP:
        return "out"
    if arm @ ahead > _STEEP:
        return "ahead"
    return "back" if arm @ ahead < -_SLANTED + 0.1 else ""


def _leg(frame: Solved, side: SideName) -> str:
    if any(part in frame.words for part in _touching(side)) or _on_the_floor(frame.pose):
        return ""
    points, end = frame.posed.points, side[0]
    thigh = points[f"knee_{end}"] - points[f"hip_{end}"]
    shin = points[f"ankle_{end}"] - points[f"knee_{end}"]
    return "bent" if angle_between(thigh, shin) > _BENT else "long"


def _touching(side: SideName) -> list[str]:
    return [f"{side} {part}" for part in ("foot", "heel", "toes", "knee")]


def _on_the_floor(pose: Pose) -> bool:
    """Say whether the legs lie one on the other, as on the side."""
    return abs(pose.lean) > _BENT
