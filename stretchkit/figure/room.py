"""Things put where a frame needs them: where it says, or where the body touches them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from stretchkit.figure.anchors import anchors_of
from stretchkit.figure.grasps import Spot, elbow_height, grasp_point, triple
from stretchkit.figure.pose import Pose, SideName
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.rotations import FORWARD
from stretchkit.figure.skeleton import Posed, rig_of, solve
from stretchkit.figure.thing_words import ThingWords
from stretchkit.figure.things import THING_OF, UNDER, Standing, standing
from stretchkit.figure.touch import free_limbs, rests

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_BEHIND = 0.14
"""How far behind the hips a wall is that the back leans on."""

_EDGE = 0.12
"""How far from the near edge of a desk or a step a hand or a foot is."""

_HEEL_EDGE = 0.07
_ROOM = 0.26
"""How near to a desk the middle of the hips may stand."""

_EDGES = {"desk": 0.12, "chair": 0.2}
_USUAL = {"wall": "in front", "doorway": "in front", "desk": "in front", "chair": "in front"}


def stand(
    body: Body,
    written: Pose,
    contacts: Mapping[str, ContactWords],
    said: Mapping[str, ThingWords],
    before: Mapping[str, Standing],
) -> dict[str, Standing]:
    """Return where things stand: those of the frame before, those said, and those touched."""
    touched: dict[str, list[str]] = {}
    for part, contact in contacts.items():
        name = THING_OF.get(contact.target)
        if name and rests(contact):
            touched.setdefault(name, []).append(part)
    found = {name: thing for name, thing in before.items() if name not in UNDER or name in touched}
    new = [name for name in touched if name not in found and name not in said]
    if not said and not new:
        return found
    free = solve(body, free_limbs(written), fingers=False)
    for words in [*said.values(), *(_usual(name, touched[name], contacts) for name in new)]:
        reach = None
        if words.way == "in front":
            reach = _reach(body, free, words.name, touched.get(words.name, ()), written)
        found[words.name] = standing(words, written.root, reach)
        if words.name in touched and words.name not in said:
            found[words.name] = replace(found[words.name], said=False)
    return found


def _usual(name: str, parts: list[str], contacts: Mapping[str, ContactWords]) -> ThingWords:
    if name == "chair" and "seat bones" in parts:
        return ThingWords(name)
    if name == "wall":
        limbs = [part for part in parts if part.startswith(("left ", "right "))]
        if len(limbs) < len(parts) or any(contacts[part].palm == "forward" for part in limbs):
            return ThingWords(name, way="behind", gap=_BEHIND)
    return ThingWords(name, way=_USUAL.get(name, ""))


def _reach(body: Body, free: Posed, name: str, parts: Iterable[str], written: Pose) -> float | None:
    """Return how far in front of the hips the hands, elbows or feet are that touch a thing."""
    found = []
    for part in parts:
        side: SideName = "left" if part.startswith("left") else "right"
        kind = part.removeprefix(f"{side} ")
        anchors = anchors_of(body)
        if kind == "hand" and name != "chair":
            found.append(grasp_point(anchors.palm(side), rig_of(body), free)[2])
        elif kind == "forearm":
            found.append(free.points[f"elbow_{side[0]}"][2] + elbow_height(anchors, side))
        elif kind == "foot":
            found.append(grasp_point(anchors.sole(side), rig_of(body), free)[2])
        elif kind == "calf":
            found.append(float(anchors[part].posed(free)[:, 2].mean()))
        elif kind in {"heel", "toes"}:
            found.append(float(anchors[part].posed(free)[:, 2].max()))
    if not found:
        return None
    reach = float(np.mean(found)) - written.root[2] - _EDGES.get(name, 0.0)
    return max(reach, _ROOM) if name == "desk" else reach


def settle(
    things: Mapping[str, Standing],
    contacts: Mapping[str, ContactWords],
    spots: Mapping[str, Spot],
    held: Iterable[str],
) -> dict[str, Standing]:
    """Return the things with those that lie under the body put where it came to touch them."""
    found = dict(things)
    stays = {THING_OF.get(contacts[part].target) for part in held if part in contacts}
    under: dict[str, list[np.ndarray]] = {}
    for part, contact in contacts.items():
        name = THING_OF.get(contact.target, "")
        thing = things.get(name)
        if thing is None or thing.said or name in stays or part not in spots or not rests(contact):
            continue
        if contact.verb == "under":  # it lies where what is on it is
            continue
        point = spots[part].point
        if name == "step":
            edge = _HEEL_EDGE if part.endswith(("heel", "toes")) else _EDGE
            under.setdefault(name, []).append(point - FORWARD * edge)
        elif name in UNDER:
            rolled = np.array([0.0, 0.0, contact.offset[2] / 2 if name == "ball" else 0.0])
            under.setdefault(name, []).append(point - rolled)
    for name, points in under.items():
        x, _, z = np.mean(points, axis=0)
        turned = 180.0 if name == "step" else found[name].turned
        found[name] = replace(found[name], at=triple(np.array([x, 0.0, z])), turned=turned)
    return found
