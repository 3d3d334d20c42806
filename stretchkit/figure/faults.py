"""What is wrong with a frame once it is solved, in the words of whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stretchkit.figure import places
from stretchkit.figure.anchors import anchors_of
from stretchkit.figure.collisions import collisions
from stretchkit.figure.contact import TOLERANCE, Solved
from stretchkit.figure.pose_language import Path, PoseFault, Settings

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_SOFT = 0.03
"""Flesh gives by so many metres; more is through the floor."""

_CLOSE = 0.01
"""A contact that misses by less, in metres, is as good as any."""

_MOST_TOLD = 4

_BONES = (
    # the start of a bone's name, the part of the body that a reader knows
    ("upperleg", "thigh"),
    ("lowerleg", "lower leg"),
    ("foot", "foot"),
    ("toes", "toes"),
    ("upperarm", "upper arm"),
    ("lowerarm", "forearm"),
    ("wrist", "hand"),
    ("finger", "hand"),
    ("clavicle", "shoulder"),
    ("shoulder", "shoulder"),
    ("neck", "neck"),
    ("head", "head"),
    ("spine", "back"),
)
_PARAMETERS = {
    "root.x": "pelvis sideways",
    "root.y": "pelvis height",
    "root.z": "pelvis forward or back",
    "tilt": "pelvis tilt",
    "lean": "pelvis lean",
    "heading": "pelvis turn",
}
_PARTS = {
    "lumbar": "lower back",
    "thoracic": "upper back",
    "left_arm": "left arm",
    "right_arm": "right arm",
    "left_leg": "left leg",
    "right_leg": "right leg",
}


def faults_of(body: Body, solved: Solved, said: Settings, at: Path) -> Iterator[PoseFault]:
    """Yield what a solved frame does not reach, and what goes through the floor and things.

    Args:
        body: whose frame it is.
        solved: the frame.
        said: what the frame says, with the place of each contact.
        at: where the frame stands; for what it took over from another.
    """
    reached = list(_out_of_reach(solved, said, at))
    yield from reached or _unsettled(solved, at)
    yield from _under_floor(body, solved, at)
    for each in collisions(body, solved):
        depth = max(1, round(each.depth * 100))
        message = f"the {each.part} goes {depth} cm into the {each.thing}"
        hint = "move the thing or the part away, or say where it touches"
        yield PoseFault("thing", at, message, hint)


def _out_of_reach(solved: Solved, said: Settings, at: Path) -> Iterator[PoseFault]:
    for contact in solved.contacts:
        if contact.residual > TOLERANCE:
            words = said.contacts.get(contact.part)
            misses = "miss their" if contact.part in _SEVERAL else "misses its"
            place = f"{contact.words.verb} the {contact.target}"
            far = f"{round(contact.residual * 100)} cm"
            message = f"{contact.part} {misses} place {place} by {far}"
            hint = "move the trunk or the place nearer, or free it"
            yield PoseFault("reach", words.path if words else at, message, hint)


_SEVERAL = frozenset({"seat bones", "hips", "shoulder blades", "left toes", "right toes"})


def _unsettled(solved: Solved, at: Path) -> Iterator[PoseFault]:
    """Yield a fault when the search ended at its bounds and contacts are still a little off."""
    off = [contact.part for contact in solved.contacts if contact.residual > _CLOSE]
    if solved.bounds and off:
        names = [_parameter_words(name) for name in solved.bounds]
        told = ", ".join(names[:_MOST_TOLD]) + ", …" * (len(names) > _MOST_TOLD)
        message = f"{' and '.join(off)} only just, with {told} as far as allowed"
        hint = "give angles nearer to what the contacts ask"
        yield PoseFault("bound", at, f"the pose does not settle: {message}", hint)


def _under_floor(body: Body, solved: Solved, at: Path) -> Iterator[PoseFault]:
    """Yield a fault for the lowest of what goes through the floor, hands and feet aside."""
    guard = anchors_of(body).guard(arms=True)
    heights = guard.posed(solved.posed)[:, 1] - places.FLOOR
    lowest = int(heights.argmin())
    if heights[lowest] < -_SOFT:
        part = _part_of(body.joints[int(guard.joints[lowest, 0])])
        depth = round(-100 * float(heights[lowest]))
        message = f"the {part} goes {depth} cm under the floor"
        yield PoseFault("floor", at, message, "lift it, or say that it touches the floor")


def _part_of(bone: str) -> str:
    """Return the part of the body that a bone of the mesh is in, such as "left thigh"."""
    name, _, end = bone.partition(".")
    side = {"L": "left ", "R": "right "}.get(end, "")
    known = (words for start, words in _BONES if name.startswith(start))
    return f"{side}{next(known, 'pelvis')}"


def _parameter_words(name: str) -> str:
    """Return a parameter of a pose in words: `lumbar.side` is "lower back side"."""
    part, _, rest = name.partition(".")
    return _PARAMETERS.get(name) or f"{_PARTS.get(part, part)} {rest}"
