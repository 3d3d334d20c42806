"""A frame's contacts solved: hands, feet and trunk brought to what they touch.

Limbs are placed exactly, by two bones and a pole; the pelvis and the trunk follow by bounded
least squares, each angle held near what the frame says. What cannot be reached is reported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from stretchkit.figure import places
from stretchkit.figure.anchors import Anchors, Grasp, anchors_of

if TYPE_CHECKING:
    from stretchkit.figure.body import Body
from stretchkit.figure.grasps import (
    Spot,
    elbow_height,
    flatten,
    knee_height,
    lay_foot,
    lay_hand,
    outward,
    side_of,
)
from stretchkit.figure.least_squares import Numbers, minimise
from stretchkit.figure.pose import SIDES, Along, Facing, Pose, Reach, SideName
from stretchkit.figure.pose_language import ContactWords, apply_angles, angles_of
from stretchkit.figure.ranges import range_of
from stretchkit.figure.rotations import FORWARD, LEFT, UP, Vector, cross, unit
from stretchkit.figure.skeleton import Posed, Rig, rig_of, solve, two_bones

TOLERANCE = 0.02
"""A contact that misses by more than this, in metres, is a fault."""

_FIRM, _PLANTED, _LIMB = 0.003, 0.012, 0.003
_SINK = 0.008
"""Skin may be this far under the floor: it is soft, and is flattened in the drawing."""

_HEEL = 0.03
"""How high the heel of a kneeling person is over the ankle joint, with the calf's give."""

_STRAIGHT = 0.9995
_ARM_PARTS = ("hand", "forearm")
_LEG_PARTS = ("foot", "knee")
_PATCHES = {"elbow": "elbow all", "shoulder": "shoulder", "heel": "heel", "toes": "toes"}


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of a posed frame: where it is, and by how much it misses, metres."""

    part: str
    target: str
    point: tuple[float, float, float]
    normal: tuple[float, float, float]
    residual: float
    words: ContactWords


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A solved frame: the pose as written, the pose as it came out, and what touches what."""

    written: Pose
    pose: Pose
    posed: Posed
    contacts: tuple[Contact, ...]
    spots: Mapping[str, Spot] = field(default_factory=dict)
    bounds: tuple[str, ...] = ()

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
) -> Solved:
    """Return a frame with its contacts held.

    `spots` are the places of contacts that stay where they were in the frame before. `fresh`
    are the parameters that this frame itself sets; they are held, and firmly so if it is no base
    pose. `rock` is by how many degrees more than before the spine bends: propped on hands and
    knees, the pelvis rocks back by most of it.
    """
    return _Search(body, written, dict(contacts), dict(spots), fresh, firm=firm, rock=rock).run()


class _Search:
    """The search for one frame."""

    def __init__(
        self,
        body: Body,
        written: Pose,
        contacts: dict[str, ContactWords],
        spots: dict[str, Spot],
        fresh: frozenset[str],
        *,
        firm: bool,
        rock: float,
    ) -> None:
        self.body, self.rig, self.anchors = body, rig_of(body), anchors_of(body)
        self.written, self.contacts, self.fresh = written, contacts, fresh
        self.firm = firm
        self.rock = rock
        self.held = dict(spots)
        self.spots: dict[str, Spot] = {}
        self.trunk = [
            part for part in contacts if part.split(" ")[-1] not in (*_ARM_PARTS, *_LEG_PARTS)
        ]
        self.arms = any(f"{side} {part}" in contacts for side in SIDES for part in _ARM_PARTS)
        turns = solve(body, written, fingers=False).rotations
        both = turns[self.rig.index["root"]] + turns[self.rig.index["spine01"]]
        self.leaning = float((both @ FORWARD)[1]) < -0.6  # noqa: PLR2004 - on the hands
        self.names, self.sigma, self.reach = self._variables()

    # ---- what may move

    def _variables(self) -> tuple[list[str], Numbers, Numbers]:
        """Return the parameters of the search, how loosely each is held, and how far it goes."""
        parts = self.contacts
        seated = "seat bones" in parts
        propped = any(
            contact.target == "floor" and part.endswith(_ARM_PARTS)
            for part, contact in parts.items()
        )
        lying = any(p in parts for p in ("back", "shoulder blades", "hips", "belly", "chest"))
        lying = lying and not any(parts[p].target == "wall" for p in parts)
        on_side = abs(self.written.lean) > 45.0  # noqa: PLR2004
        loose = (propped or lying) and not seated and not on_side
        still = 0.2 if self._on_heels() else 0.15 if loose else 0.05
        table: list[tuple[str, float, float]] = [
            ("root.x", 0.03, 0.3), ("root.y", 0.3, 0.7), ("root.z", still, 0.5),
            ("tilt", 25.0 if loose else 3.0, 60.0 if loose else 15.0),
            ("lean", 12.0 if on_side else 2.5, 15.0), ("heading", 2.5, 15.0),
        ]  # fmt: skip
        for name in ("lumbar.flexion", "thoracic.flexion"):
            table.append((name, 2.5 if name in self.fresh else 5.0, 14.0))
        for name in ("lumbar.side", "thoracic.side"):
            table.append((name, 5.0 if on_side else 2.0, 18.0 if on_side else 8.0))
        table += [("lumbar.turn", 2.0, 8.0), ("thoracic.turn", 2.0, 8.0)]
        if any(p in parts for p in ("head", "forehead", "back of head")):
            table += [("neck.flexion", 10.0, 35.0), ("head.flexion", 8.0, 20.0)]
        for side in SIDES:
            if f"{side} hand" in parts or f"{side} forearm" in parts:
                table.append((f"{side}_arm.elevation", 6.0, 18.0))
                table.append((f"{side}_arm.protraction", 6.0, 18.0))
            if f"{side} elbow" in parts or f"{side} shoulder" in parts:
                table.append((f"{side}_arm.abduction", 8.0, 20.0))
            if f"{side} heel" in parts or f"{side} toes" in parts:
                table.append((f"{side}_leg.flexion", 8.0, 30.0))
        said = {"root.x": 0.02, "root.y": 0.05, "root.z": 0.02, "tilt": 4.0, "lean": 3.0}
        if self.firm:  # what the frame says of the pelvis counts
            table = [
                (name, min(sigma, said.get(name, sigma)) if name in self.fresh else sigma, far)
                for name, sigma, far in table
            ]
        names = [name for name, _, _ in table]
        return names, np.array([s for _, s, _ in table]), np.array([r for _, _, r in table])

    # ---- the search

    def run(self) -> Solved:
        names = tuple(self.names)
        start = np.array(list(angles_of(self.written, names).values()))
        bounds: tuple[str, ...] = ()
        pose = self.written
        if self.rock and self.leaning and "tilt" not in self.fresh and "tilt" in names:
            start[names.index("tilt")] -= 0.72 * self.rock
        if self.contacts:
            low, high = start - self.reach, start + self.reach
            for k, name in enumerate(names):
                allowed = range_of(name)
                if allowed:
                    low[k] = min(start[k], max(low[k], allowed.low))
                    high[k] = max(start[k], min(high[k], allowed.high))
            step = np.where(np.char.startswith(names, "root"), 1e-4, 0.05)
            if self._on_heels():
                self._find_spots(self.written)
                start = self._sit_back(start)
                low, high = start - self.reach, start + self.reach
            x = start
            for rounds in (6, 8, 12):  # places on the floor are found again after the first rounds
                self._find_spots(apply_angles(self.written, dict(zip(names, x, strict=True))))
                found = minimise(
                    lambda x: self._residuals(x, start),
                    x,
                    low=low,
                    high=high,
                    step=step,
                    rounds=rounds,
                )
                x = found.x
            bounds = tuple(
                name
                for name, hit in zip(names, found.at_bound, strict=True)
                if hit and "_arm" not in name
            )
            pose = apply_angles(self.written, dict(zip(names, x.tolist(), strict=True)))
        pose, _, _ = self._place(pose)
        posed = solve(self.body, pose)
        contacts = tuple(self._measure(part, pose, posed) for part in self.contacts)
        return Solved(self.written, pose, posed, contacts, dict(self.spots), bounds)

    def _on_heels(self) -> bool:
        seat = self.contacts.get("seat bones")
        return bool(seat and seat.target == "heel" and "left knee" in self.contacts)

    def _sit_back(self, start: Numbers) -> Numbers:
        """Return the start with the pelvis over the heels of a kneeling person."""
        spot = self.spots["left knee"]
        back = spot.along * self.rig.lengths["left leg"][1] * 0.85
        at = spot.point + back
        moved = start.copy()
        for axis, value in (("root.y", 0.25), ("root.z", float(at[2]))):
            if axis not in self.fresh:
                moved[self.names.index(axis)] = value
        return moved

    def _residuals(self, x: Numbers, start: Numbers) -> Numbers:
        pose = apply_angles(self.written, dict(zip(self.names, x.tolist(), strict=True)))
        _, misses, posed = self._place(pose)
        parts = [(x - start) / self.sigma, np.array(misses)]
        for part in self.trunk:
            parts.append(self._trunk_misses(part, posed))
        guard = (
            self.anchors.guard(arms=not self.arms).posed(self.body, posed)[:, 1]
            - places.FLOOR
            + _SINK
        )
        parts.append(np.minimum(guard, 0.0) / 0.01)
        return np.concatenate(parts)

    # ---- places

    def _surface(self, target: str, side: SideName | None) -> tuple[Vector, Vector]:
        """Return a point of a surface and its normal."""
        if target == "seat":
            return np.array([0.0, places.SEAT_HEIGHT, 0.0]), UP
        if target == "chair back" and side is None:
            return np.array([0.0, 0.7, places.CHAIR_BACK]), FORWARD
        if target == "chair back" and side is not None:
            edge = places.CHAIR_BACK_WIDTH / 2 + 0.002
            point = np.array([edge * side_of(side), 0.60, places.CHAIR_BACK - 0.015])
            return point, outward(side)
        if target == "wall":
            return np.array([0.0, 1.0, places.WALL]), FORWARD
        heights = {
            "desk": places.DESK_HEIGHT,
            "step": places.STEP_HEIGHT,
            "pillow": places.PILLOW_HEIGHT,
        }
        return np.array([0.0, heights.get(target, places.FLOOR), 0.0]), UP

    def _find_spots(self, pose: Pose) -> None:
        """Find where contacts with the floor and other surfaces are, if they are not planted."""
        free = replace(
            self._free_arms(pose),
            left_leg=replace(pose.left_leg, limb=None, foot=None),
            right_leg=replace(pose.right_leg, limb=None, foot=None),
        )
        posed = solve(self.body, free, fingers=False)
        self.spots = dict(self.held)
        for part, contact in self.contacts.items():
            if part in self.held or contact.target not in _SURFACE_NAMES:
                continue
            side: SideName = "left" if part.startswith("left") else "right"
            kind = part.removeprefix(f"{side} ")
            if part in self.trunk:
                continue
            origin, normal = self._surface(contact.target, side)
            point, along = self._where(kind, side, posed)
            if contact.target == "chair back":
                point, along = origin, -FORWARD - 0.25 * UP
            point = point - normal * float((point - origin) @ normal)
            point = self._shift(point, contact, side, posed)
            along = self._fingers(
                contact.fingers, side, along if abs(float(normal @ unit(along))) < 0.8 else FORWARD
            )
            self.spots[part] = Spot(point, normal, flatten(along, normal))

    def _where(self, kind: str, side: SideName, posed: Posed) -> tuple[Vector, Vector]:
        """Return where a part is without its contact, and where it points."""
        end = side[0]
        heading = posed.rotations[self.rig.index["root"]] @ LEFT
        ahead = unit(cross(heading, UP))
        if kind == "knee":
            return posed.points[f"knee_{end}"], -ahead
        if kind == "forearm":
            return posed.points[f"elbow_{end}"], ahead
        grasp = self.anchors.sole(side) if kind == "foot" else self.anchors.palm(side)
        at = _grasp_point(grasp, self.rig, posed)
        if kind == "hand":
            return at, FORWARD if abs(ahead[2]) < 0.3 else ahead * math.copysign(1.0, ahead[2])  # noqa: PLR2004
        toes = posed.points[f"toe_{end}"] - posed.points[f"ankle_{end}"]
        return at, toes * np.array([1.0, 0.0, 1.0])

    def _shift(self, point: Vector, contact: ContactWords, side: SideName, posed: Posed) -> Vector:
        """Move a place as its words say: under the shoulder, far in front, 10 cm out."""
        end = side[0]
        if contact.place == "under shoulder":
            shoulder = posed.points[f"shoulder_{end}"]
            point = np.array([shoulder[0], point[1], shoulder[2]])
        elif contact.place == "under hip":
            hip = posed.points[f"hip_{end}"]
            point = np.array([hip[0], point[1], hip[2]])
        elif contact.place == "far in front":
            shoulder = posed.points[f"shoulder_{end}"]
            length = sum(self.rig.lengths[f"{side} arm"])
            drop = float(shoulder[1] - point[1])
            ahead = math.sqrt(max(0.0, (0.95 * length) ** 2 - drop * drop)) + 0.06
            point = np.array([shoulder[0] + 0.02 * side_of(side), point[1], shoulder[2] + ahead])
        out, up, ahead = contact.offset
        return point + outward(side) * out + UP * up + FORWARD * ahead

    def _fingers(self, word: str, side: SideName, default: Vector) -> Vector:
        return {
            "forward": FORWARD, "back": -FORWARD, "out": outward(side), "in": -outward(side),
            "up": UP, "down": -UP,
        }.get(word, default)  # fmt: skip

    # ---- limbs

    def _place(self, pose: Pose) -> tuple[Pose, list[float], Posed]:
        """Return the pose with limbs on their places, by how much they miss, and all but arms."""
        misses: list[float] = []
        for side in SIDES:
            if f"{side} foot" in self.contacts:
                pose = self._place_foot(side, pose, misses)
            elif f"{side} knee" in self.contacts:
                pose = self._place_knee(side, pose, misses)
        legs = solve(self.body, self._free_arms(pose), fingers=False)
        for side in SIDES:
            if f"{side} hand" in self.contacts:
                pose = self._place_hand(side, pose, legs, misses)
            elif f"{side} forearm" in self.contacts:
                pose = self._place_forearm(side, pose, legs, misses)
        return pose, misses, legs

    def _hip(self, side: SideName, pose: Pose) -> Vector:
        rest = self.rig.heads[self.rig.index[f"upperleg01.{side[0].upper()}"]]
        found: Vector = np.array(pose.root) + pose.orientation @ (rest - self.rig.middle)
        return found

    @staticmethod
    def _free_arms(pose: Pose) -> Pose:
        return replace(
            pose,
            left_arm=replace(pose.left_arm, limb=None, hand=None),
            right_arm=replace(pose.right_arm, limb=None, hand=None),
        )

    def _place_foot(self, side: SideName, pose: Pose, misses: list[float]) -> Pose:
        spot = self.spots[f"{side} foot"]
        at, facing = lay_foot(self.anchors, side, spot)
        first, second = self.rig.lengths[f"{side} leg"]
        hip = self._hip(side, pose)
        distance = float(np.linalg.norm(at - hip))
        misses.append(max(0.0, distance - (first + second) * _STRAIGHT) / _LIMB)
        leg = pose.leg(side)
        if self.firm and f"{side}_leg.knee" in self.fresh:
            wanted = _chord(first, second, leg.knee)
            misses.append((distance - wanted) / 0.02)
        pelvis = pose.orientation
        pole = pelvis @ FORWARD + 0.12 * outward(side) + 0.3 * flatten(spot.along, spot.normal)
        if self.firm and f"{side}_leg.flexion" in self.fresh:
            upper, _, _ = two_bones(hip, at, (first, second), pole)
            local = pelvis.T @ upper
            flexion = math.degrees(math.atan2(float(local[2]), -float(local[1])))
            misses.append((flexion - leg.flexion) / 4.0)
        reach = Reach(_triple(at), _triple(pole))
        return pose.with_leg(side, replace(leg, limb=reach, foot=facing))

    def _place_knee(self, side: SideName, pose: Pose, misses: list[float]) -> Pose:
        part = f"{side} knee"
        spot = self.spots[part]
        if self.contacts[part].place == "under hip" and part not in self.held:
            spot = self.spots[part] = _under(self._hip(side, pose), spot)
        knee = spot.point + spot.normal * knee_height(self.anchors, side)
        hip = self._hip(side, pose)
        way = knee - hip
        misses.append((float(np.linalg.norm(way)) - self.rig.lengths[f"{side} leg"][0]) / _LIMB)
        back = spot.along
        across = cross(back, UP)
        foot = Facing(_triple(back - 0.1 * UP), _triple(across))
        lower = Along(_triple(way), _triple(back - 0.02 * UP))
        leg = pose.leg(side)
        if self.firm and f"{side}_leg.flexion" in self.fresh:
            local = pose.orientation.T @ unit(way)
            flexion = math.degrees(math.atan2(float(local[2]), -float(local[1])))
            misses.append((flexion - leg.flexion) / 4.0)
        return pose.with_leg(side, replace(leg, limb=lower, foot=foot))

    def _place_hand(self, side: SideName, pose: Pose, legs: Posed, misses: list[float]) -> Pose:
        part = f"{side} hand"
        contact = self.contacts[part]
        if contact.verb == "holds" and contact.target in {"strap", "towel", "band", "ball"}:
            return pose
        chest = legs.rotations[self.rig.index["spine01"]]
        shoulder = legs.points[f"shoulder_{side[0]}"]
        lengths = self.rig.lengths[f"{side} arm"]
        pole = self._elbow_pole(contact, side, chest)
        spot = self.spots.get(part)
        if contact.target not in _SURFACE_NAMES:
            spot = self._body_spot(contact, side, legs, shoulder, pole)
            self.spots[part] = spot
        assert spot is not None  # noqa: S101 - every surface has its spot by now
        gap = 0.012 if contact.verb == "holds" else 0.002
        at, facing = lay_hand(
            self.anchors,
            side,
            spot,
            gap=gap,
            palm_up=contact.palm == "up" and spot.normal[1] > 0.3,  # noqa: PLR2004
        )
        if contact.place == "under shoulder" and part not in self.held:
            moved = (shoulder - at) * np.array([1.0, 0.0, 1.0])
            at = at + moved
            self.spots[part] = Spot(spot.point + moved, spot.normal, spot.along)
        distance = float(np.linalg.norm(at - shoulder))
        misses.append(max(0.0, distance - sum(lengths) * _STRAIGHT) / _LIMB)
        arm = pose.arm(side)
        resting = any(p in self.contacts for p in ("head", "forehead"))
        if contact.target == "floor" and self.leaning and not resting:
            misses.append((distance - _chord(*lengths, arm.elbow)) / 0.012)
        reach = Reach(_triple(at), _triple(pole))
        return pose.with_arm(side, replace(arm, limb=reach, hand=facing))

    def _place_forearm(self, side: SideName, pose: Pose, legs: Posed, misses: list[float]) -> Pose:
        part = f"{side} forearm"
        spot = self.spots[part]
        elbow = spot.point + spot.normal * elbow_height(self.anchors, side)
        shoulder = legs.points[f"shoulder_{side[0]}"]
        if self.contacts[part].place == "under shoulder" and part not in self.held:
            elbow = np.array([shoulder[0], elbow[1], shoulder[2]])
            self.spots[part] = _under(shoulder, spot)
        way = elbow - shoulder
        misses.append((float(np.linalg.norm(way)) - self.rig.lengths[f"{side} arm"][0]) / _LIMB)
        along = spot.along - 0.04 * UP
        thumb = cross(along, UP) * side_of(side)
        limb = Along(_triple(way), _triple(along), _triple(-along))
        hand = Facing(_triple(along), _triple(thumb))
        return pose.with_arm(side, replace(pose.arm(side), limb=limb, hand=hand))

    def _elbow_pole(self, contact: ContactWords, side: SideName, chest: Vector) -> Vector:
        sign = side_of(side)
        if contact.place == "far in front":
            local = np.array([sign, -0.3, -0.3])
        elif contact.target == "floor":
            local = np.array([0.35 * sign, -1.0, -0.1])
        elif contact.target == "chair back":
            local = np.array([0.7 * sign, -0.2, -1.0])
        elif contact.target == "other hand":
            local = np.array([1.0 * sign, -0.5, 0.0])
        elif contact.target in {"back of head", "forehead"}:
            local = np.array([1.0 * sign, 0.1, 0.5])
        else:
            local = np.array([0.8 * sign, -0.6, -0.5])
        found: Vector = chest @ local
        return found

    def _body_spot(
        self, contact: ContactWords, side: SideName, posed: Posed, shoulder: Vector, pole: Vector
    ) -> Spot:
        """Return where a hand lies on the body itself."""
        if contact.target == "other hand":
            return self._clasp_spot(contact, side, posed)
        if contact.target in {"hand", "foot"} and contact.side:
            sole = contact.target == "foot"
            grasp = self.anchors.sole(contact.side) if sole else self.anchors.palm(contact.side)
            point = _grasp_point(grasp, self.rig, posed)
            normal = posed.rotations[grasp.joint] @ grasp.normal
            along = posed.rotations[grasp.joint] @ grasp.frame[:, 0]
        else:
            name = contact.target if contact.side is None else f"{contact.side} {contact.target}"
            if contact.face:
                name = f"{name}, {contact.face}"
            point, normal = self.anchors[name].point(self.body, posed)
            _, lower, _ = two_bones(shoulder, point, self.rig.lengths[f"{side} arm"], pole)
            along = lower
            chest = posed.rotations[self.rig.index["spine01"]]
            if contact.target in {"belly", "lower belly", "chest"}:
                point = point + chest @ LEFT * side_of(side) * 0.035
                along = chest @ (-outward(side) - 0.15 * UP)
        out, up, ahead = contact.offset
        point = point + outward(side) * out + UP * up + FORWARD * ahead
        along = self._fingers(contact.fingers, side, along)
        if float(np.linalg.norm(along - normal * float(along @ normal))) < 0.2:  # noqa: PLR2004
            along = along + 0.5 * FORWARD - 0.5 * UP
        return Spot(point, normal, along)

    def _clasp_spot(self, contact: ContactWords, side: SideName, posed: Posed) -> Spot:
        """Return where one hand is when both are clasped: between where the arms put them."""
        free = [_grasp_point(self.anchors.palm(each), self.rig, posed) for each in SIDES]
        chest = posed.rotations[self.rig.index["spine01"]]
        middle = (free[0] + free[1]) / 2.0
        across = chest @ outward(side)
        ahead = unit(middle - (posed.points["shoulder_l"] + posed.points["shoulder_r"]) / 2.0)
        if contact.verb == "together" or not contact.palm:
            return Spot(middle + across * 0.006, across, ahead)
        facing = {"up": UP, "down": -UP, "out": ahead, "forward": FORWARD, "in": -ahead}
        normal = -facing.get(contact.palm, ahead)
        return Spot(middle + across * 0.035 + normal * 0.004 * side_of(side), normal, -across)

    # ---- trunk, and what came out

    def _trunk_anchor(self, part: str) -> str:
        side, _, kind = part.partition(" ")
        if side in SIDES:
            return f"{side} {_PATCHES[kind]}"
        return _TRUNK_ANCHORS[part]

    def _trunk_misses(self, part: str, posed: Posed) -> Numbers:
        contact = self.contacts[part]
        if contact.target == "heel":
            gaps = [self._heel_gap(side, posed) for side in SIDES]
            return np.concatenate(gaps) / 0.006
        anchor = self.anchors[self._trunk_anchor(part)]
        points = anchor.posed(self.body, posed)
        origin, normal = self._surface(contact.target, None)
        heights = np.sort((points - origin) @ normal)
        miss = [float(heights[:3].mean()) / _FIRM]
        held = self.held.get(part)
        if held is not None:
            slide = points.mean(axis=0) - held.point
            slide = slide - normal * float(slide @ normal)
            miss += (slide / (_PLANTED if part in _HEAVY else 0.05)).tolist()
        if part == "forehead":
            _, facing = anchor.point(self.body, posed)
            miss.append((float(facing @ normal) + 0.97) * 2.0)
        return np.array(miss)

    def _heel_gap(self, side: SideName, posed: Posed) -> Numbers:
        gap = posed.points[f"hip_{side[0]}"] - posed.points[f"ankle_{side[0]}"]
        depth = float(self.rig.middle[1] - self.anchors["seat"].rest[:, 1].min())
        return np.array([gap[1] - depth - _HEEL])

    def _measure(self, part: str, pose: Pose, posed: Posed) -> Contact:
        """Return one contact as it came out."""
        contact = self.contacts[part]
        if part in self.trunk:
            name = self._trunk_anchor(part)
            origin, normal = self._surface(contact.target, None)
            points = self.anchors[name].posed(self.body, posed)
            heights = (points - origin) @ normal
            lowest = points[int(heights.argmin())]
            if contact.target == "heel":
                residual = float(max(np.abs(self._heel_gap(side, posed)).max() for side in SIDES))
            else:
                residual = abs(float(np.sort(heights)[:3].mean()))
            self.spots[part] = Spot(points.mean(axis=0), normal, FORWARD)
            return Contact(
                part, contact.target, _triple(lowest), _triple(normal), residual, contact
            )
        side: SideName = "left" if part.startswith("left") else "right"
        spot = self.spots.get(part)
        if spot is None:  # something is held that has no place of its own
            at = _grasp_point(self.anchors.palm(side), self.rig, posed)
            return Contact(part, contact.target, _triple(at), (0.0, 1.0, 0.0), 0.0, contact)
        kind = part.removeprefix(f"{side} ")
        end = side[0]
        if kind == "knee":
            at = posed.points[f"knee_{end}"] - spot.normal * knee_height(self.anchors, side)
        elif kind == "forearm":
            at = posed.points[f"elbow_{end}"] - spot.normal * elbow_height(self.anchors, side)
        else:
            grasp = self.anchors.sole(side) if kind == "foot" else self.anchors.palm(side)
            at = _grasp_point(grasp, self.rig, posed)
            if contact.palm == "up":
                at = spot.point
        residual = float(np.linalg.norm(at - spot.point))
        if contact.verb == "holds":
            residual = max(0.0, residual - 0.012)
        return Contact(
            part, contact.target, _triple(spot.point), _triple(spot.normal), residual, contact
        )


_HEAVY = frozenset({"seat bones", "hips", "back", "shoulder blades", "belly", "chest"})
_SURFACE_NAMES = frozenset({"floor", "seat", "chair back", "wall", "desk", "step", "pillow"})
_TRUNK_ANCHORS = {
    "seat bones": "seat", "hips": "hips", "back": "back", "shoulder blades": "shoulder blades",
    "lower back": "lower back", "belly": "belly side", "chest": "chest side down", "head": "head",
    "forehead": "forehead", "back of head": "back of head",
}  # fmt: skip


def _triple(v: Vector) -> tuple[float, float, float]:
    return float(v[0]), float(v[1]), float(v[2])


def _under(joint: Vector, spot: Spot) -> Spot:
    """Return a spot of the floor moved to right under a joint."""
    return Spot(np.array([joint[0], spot.point[1], joint[2]]), spot.normal, spot.along)


def _chord(first: float, second: float, bend: float) -> float:
    """Return how far apart the ends of a limb are when its joint is bent so much."""
    inside = math.cos(math.radians(180.0 - bend))
    return math.sqrt(first * first + second * second - 2.0 * first * second * inside)


def _grasp_point(grasp: Grasp, rig: Rig, posed: Posed) -> Vector:
    offset = posed.rotations[grasp.joint] @ (grasp.point - rig.heads[grasp.joint])
    found: Vector = posed.positions[grasp.joint] + offset
    return found


__all__ = ["TOLERANCE", "Anchors", "Contact", "Solved", "solve_contacts"]
