"""A frame's contacts solved: hands, feet and trunk brought to what they touch.

Limbs are placed exactly; the pelvis and the trunk follow by bounded least squares, each angle
held near what the frame says. What cannot be reached is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stretchkit.figure import places
from stretchkit.figure.collisions import SPINE, clear_elbows, spine_of
from stretchkit.figure.grasps import Spot
from stretchkit.figure.least_squares import Numbers, minimise
from stretchkit.figure.limbs import place_limbs
from stretchkit.figure.parameters import angles_of, apply_angles
from stretchkit.figure.pose import SIDES, Pose, SideName
from stretchkit.figure.pose_language import ContactWords
from stretchkit.figure.ranges import range_of
from stretchkit.figure.resting import Contact, measured, trunk_misses
from stretchkit.figure.room import settle, stand
from stretchkit.figure.skeleton import Posed, solve
from stretchkit.figure.solids import Solid
from stretchkit.figure.spots import find_spots
from stretchkit.figure.things import Standing, solids
from stretchkit.figure.touch import ARM_PARTS, LEG_PARTS, Touches

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

TOLERANCE = 0.02
"""A contact that misses by more than this, in metres, is a fault."""

_SINK, _SOFT, _FLESH = 0.008, 0.01, 0.015
"""Skin may be this far under the floor: it is soft, and is flattened in the drawing."""

_ROUNDS = (6, 8, 12)
"""Places on the floor are found again after the first rounds, when the trunk has settled."""

_ROCK = 0.72
"""How much of the spine's bend the pelvis takes back, propped on hands and knees."""

_HEEL_HEIGHT, _SHIN_SHARE = 0.25, 0.85
_ON_SIDE = 45.0

Variables = list[tuple[str, float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A solved frame: the pose as written, the pose as it came out, and what touches what."""

    written: Pose
    pose: Pose
    posed: Posed
    contacts: tuple[Contact, ...]
    spots: Mapping[str, Spot] = field(default_factory=dict)
    bounds: tuple[str, ...] = ()
    things: Mapping[str, Standing] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, ContactWords]:
        """The contacts by part, as they were written."""
        return {contact.part: contact.words for contact in self.contacts}


def solve_contacts(
    body: Body,
    written: Pose,
    contacts: Mapping[str, ContactWords],
    *,
    spots: Mapping[str, Spot],
    fresh: frozenset[str] = frozenset(),
    firm: bool = True,
    rock: float = 0.0,
    things: Mapping[str, Standing] | None = None,
    still: bool = False,
) -> Solved:
    """Return a frame with its contacts held.

    `spots` are the places of contacts that stay where they were in the frame before. `fresh`
    are the parameters that this frame itself sets; they are held, and firmly so if it is no base
    pose. `rock` is by how many degrees more than before the spine bends: propped on hands and
    knees, the pelvis rocks back by most of it. `things` are where things stand in the room. A
    `still` trunk stays as written: the limbs alone are brought to what they touch.
    """
    around = stand(body, written, contacts, {}, {}) if things is None else dict(things)
    touches = Touches(body, dict(contacts), dict(spots), fresh, firm, things=around)
    touches.look(written)
    pose = written
    bounds: tuple[str, ...] = ()
    if contacts and not still:
        pose, bounds = _search(touches, written, rock)
    elif contacts:
        find_spots(touches, written)
    pose, _, _ = place_limbs(touches, pose)
    pose = clear_elbows(touches, pose)
    posed = solve(body, pose)
    found = tuple(measured(touches, part, posed) for part in contacts)
    around = settle(around, contacts, touches.spots, spots)
    return Solved(written, pose, posed, found, dict(touches.spots), bounds, around)


def _search(t: Touches, written: Pose, rock: float) -> tuple[Pose, tuple[str, ...]]:
    """Return the pose whose trunk suits its contacts, and the parameters that hit a bound."""
    table = _variables(t, written)
    names = tuple(name for name, _, _ in table)
    loose = np.array([sigma for _, sigma, _ in table])
    far = np.array([reach for _, _, reach in table])
    start = np.array(list(angles_of(written, names).values()))
    if t.leaning and "tilt" not in t.fresh:
        start[names.index("tilt")] -= _ROCK * rock
    if t.on_heels:
        find_spots(t, written)
        start = _sit_back(t, names, start)
    low, high = start - far, start + far
    for k, name in enumerate(names):
        allowed = range_of(name)
        if allowed:
            low[k] = min(start[k], max(low[k], allowed.low))
            high[k] = max(start[k], min(high[k], allowed.high))
    step = np.where(np.char.startswith(names, "root"), 1e-4, 0.05)

    sat = "seat bones" in t.contacts
    around = [solid for thing in t.things.values() for solid in solids(thing, sat=sat)]

    def pose_at(x: Numbers) -> Pose:
        return apply_angles(written, dict(zip(names, x.tolist(), strict=True)))

    def residuals(x: Numbers) -> Numbers:
        _, misses, posed = place_limbs(t, pose_at(x))
        parts = [(x - start) / loose, np.array(misses), *_inside(t, around, posed)]
        return np.concatenate(parts + [trunk_misses(t, part, posed) for part in t.trunk])

    x = start
    at_bound = np.zeros(len(names), dtype=bool)
    for rounds in _ROUNDS:
        find_spots(t, pose_at(x))
        found = minimise(residuals, x, low=low, high=high, step=step, rounds=rounds)
        x, at_bound = found.x, found.at_bound
    hit = (name for name, stuck in zip(names, at_bound, strict=True) if stuck)
    return pose_at(x), tuple(name for name in hit if "_arm" not in name)


def _inside(t: Touches, around: Sequence[Solid], posed: Posed) -> list[Numbers]:
    """Return how far the skin is under the floor and inside of things, all over."""
    points = t.anchors.guard(arms=not t.arms).posed(posed)
    found = [np.minimum(points[:, 1] - places.FLOOR + _SINK, 0.0) / _SOFT]
    if around:
        spine = spine_of(posed)
        found += [np.minimum(_FLESH - solid.depth(points), 0.0) / _SOFT for solid in around]
        found += [np.minimum(solid.away(spine) - SPINE, 0.0) / _SOFT for solid in around]
    return found


def _variables(t: Touches, written: Pose) -> Variables:
    """Return what may move: each parameter, how loosely it is held, and how far it goes."""
    parts = t.contacts
    seated = "seat bones" in parts
    propped = any(c.target == "floor" and part.endswith(ARM_PARTS) for part, c in parts.items())
    resting = [p for p in ("back", "shoulder blades", "hips", "belly", "chest") if p in parts]
    lying = bool(resting) and all(parts[p].target != "wall" for p in resting)
    on_side = abs(written.lean) > _ON_SIDE
    loose = (propped or lying) and not seated and not on_side
    leans = t.standing and any(part.endswith(ARM_PARTS) for part in parts)
    still = 0.2 if t.on_heels else 0.15 if loose or leans else 0.05
    table: Variables = [
        ("root.x", 0.03, 0.3),
        ("root.y", 0.3, 0.7),
        ("root.z", still, 0.5),
        ("tilt", 25.0 if loose else 8.0 if leans else 3.0, 60.0 if loose else 15.0),
        ("lean", 12.0 if on_side else 2.5, 15.0),
        ("heading", 2.5, 15.0),
        ("lumbar.turn", 2.0, 8.0),
        ("thoracic.turn", 2.0, 8.0),
    ]
    for part in ("lumbar", "thoracic"):
        name = f"{part}.flexion"
        table.append((name, 2.5 if name in t.fresh else 5.0, 14.0))
        table.append((f"{part}.side", 5.0 if on_side else 2.0, 25.0 if on_side else 8.0))
    if any(part in parts for part in ("head", "forehead", "back of head")):
        table += [("neck.flexion", 10.0, 35.0), ("head.flexion", 8.0, 20.0)]
    for side in SIDES:
        if any(f"{side} {part}" in parts for part in ARM_PARTS):
            table.append((f"{side}_arm.elevation", 6.0, 18.0))
            table.append((f"{side}_arm.protraction", 6.0, 18.0))
        if any(f"{side} {part}" in parts for part in ("elbow", "shoulder")):
            table.append((f"{side}_arm.abduction", 8.0, 20.0))
        if any(f"{side} {part}" in parts for part in ("heel", "toes", "calf")):
            table.append((f"{side}_leg.flexion", 8.0, 30.0))
        elif _held_by_hand(parts, side) and not any(f"{side} {p}" in parts for p in LEG_PARTS):
            table += [(f"{side}_leg.flexion", 5.0, 20.0), (f"{side}_leg.knee", 6.0, 30.0)]
            table.append((f"{side}_leg.abduction", 4.0, 10.0))
    if not t.firm:
        return table
    said = {"root.x": 0.02, "root.y": 0.05, "root.z": 0.02, "tilt": 4.0, "lean": 3.0}
    return [
        (name, min(sigma, said.get(name, sigma)) if name in t.fresh else sigma, far)
        for name, sigma, far in table
    ]


def _held_by_hand(parts: Mapping[str, ContactWords], side: SideName) -> bool:
    """Say whether a hand holds the foot of a leg, which then goes where the hand can have it."""
    return any(
        part.endswith("hand") and c.side == side and c.target in {"ankle", "foot", "shin"}
        for part, c in parts.items()
    )


def _sit_back(t: Touches, names: tuple[str, ...], start: Numbers) -> Numbers:
    """Return the start with the pelvis over the heels of a kneeling person."""
    spot = t.spots["left knee"]
    back = spot.point + spot.along * t.rig.lengths["left leg"][1] * _SHIN_SHARE
    moved = start.copy()
    for name, value in (("root.y", _HEEL_HEIGHT), ("root.z", float(back[2]))):
        if name not in t.fresh:
            moved[names.index(name)] = value
    return moved


__all__ = ["TOLERANCE", "Contact", "Solved", "solve_contacts"]
