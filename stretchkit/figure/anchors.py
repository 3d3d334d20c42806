"""Places on a person's skin that touch things: palm, sole, knee, forehead, shoulder blades.

An anchor is found on each body from its own bones, so a larger person's palm lies on the larger
person's skin. It is a small patch of vertices; posed, it gives points and a normal, metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.pose import SIDES, SideName
from stretchkit.figure.rotations import FORWARD, LEFT, UP, Matrix, Vector, unit
from stretchkit.figure.skeleton import Posed, Rig, rig_of

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_BODY = 0
_NEAR = 0.018
_GUARD_GRAIN = 0.05
"""One vertex in each cube of so many metres is watched for going through the floor."""


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A patch of skin at rest; the first vertex is its centre.

    `facing` is the direction it faces. `carried` has, for each of the `bones` that carry any of
    it, where a vertex is from the bone's head, and 1, times how far the bone carries it: a search
    poses a patch thousands of times, and that is one product.
    """

    rest: NDArray[np.float64]
    joints: NDArray[np.int_]
    weights: NDArray[np.float64]
    facing: Vector
    bones: NDArray[np.int_]
    carried: NDArray[np.float64]

    def posed(self, posed: Posed) -> NDArray[np.float64]:
        """Return the points of the patch in a pose."""
        found: NDArray[np.float64] = self.carried @ self._bones(posed)
        return found

    def point(self, posed: Posed) -> tuple[Vector, Vector]:
        """Return the centre of the patch in a pose and the direction it faces."""
        at: Vector = self.carried[0] @ self._bones(posed)
        turned = posed.rotations[self.joints[0]] @ self.facing
        return at, unit(self.weights[0] @ turned)

    def _bones(self, posed: Posed) -> NDArray[np.float64]:
        found = np.empty((len(self.bones), 4, 3))
        found[:, :3] = posed.rotations[self.bones].transpose(0, 2, 1)
        found[:, 3] = posed.positions[self.bones]
        return found.reshape(-1, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Grasp:
    """A palm or a sole at rest, rigid with its hand or foot: point, normal and frame."""

    point: Vector
    normal: Vector
    frame: Matrix
    joint: int


_LIMBS: dict[str, tuple[str, str, str, float]] = {
    # name: (family of bones, from joint, to joint, how far along)
    "knee": ("leg", "upperleg01", "lowerleg01", 0.84),
    "thigh": ("leg", "upperleg01", "lowerleg01", 0.62),
    "shin": ("leg", "lowerleg01", "foot", 0.45),
    "calf": ("leg", "lowerleg01", "foot", 0.35),
    "ankle": ("leg", "lowerleg01", "foot", 0.95),
    "upper arm": ("arm", "upperarm01", "lowerarm01", 0.5),
    "elbow": ("arm", "upperarm01", "lowerarm01", 1.0),
    "forearm": ("arm", "lowerarm01", "wrist", 0.5),
    "wrist": ("arm", "lowerarm01", "wrist", 0.97),
}
_LIMB_FACES = {"calf": "back", "upper arm": "outer", "elbow": "back", "forearm": "outer"}

_TRUNK: dict[str, tuple[float, float, Vector]] = {
    # name: (height from hips 0 to neck 1, sideways in hip half-widths, direction)
    "belly": (0.26, 0.0, FORWARD),
    "lower belly": (0.10, 0.0, FORWARD),
    "chest": (0.80, 0.0, FORWARD),
    "breastbone": (0.80, 0.0, FORWARD),
    "lower back": (0.24, 0.0, -FORWARD),
    "middle of back": (0.50, 0.0, -FORWARD),
    "upper back": (0.74, 0.0, -FORWARD),
    "tailbone": (-0.02, 0.0, -FORWARD),
}
_SIDED_TRUNK: dict[str, tuple[float, float, Vector]] = {
    "shoulder blade": (0.76, 0.9, -FORWARD),
    "hip": (0.06, 1.6, LEFT),
    "waist": (0.24, 1.4, LEFT),
    "ribs": (0.55, 1.3, LEFT),
    "buttock": (-0.08, 0.8, -FORWARD),
    "chest side": (0.78, 0.8, FORWARD),
    "front of shoulder": (0.80, 1.55, FORWARD),
}
_HEAD: dict[str, tuple[float, Vector]] = {
    # name: (height from the head joint 0 to the crown 1, direction)
    "forehead": (0.52, FORWARD),
    "crown": (1.0, UP),
    "back of head": (0.45, -FORWARD),
    "chin": (-0.33, FORWARD),
}
_RINGS: dict[str, tuple[float, float]] = {
    # parts that lie on something with whatever side is down: heights from hips 0 to neck 1
    "back": (0.60, 0.92),
    "shoulder blades": (0.66, 0.92),
    "hips": (-0.18, 0.16),
    "belly side": (0.10, 0.45),
    "chest side down": (0.55, 0.90),
}


@dataclass(slots=True, eq=False)
class Anchors:
    """All anchors of one body, each found when it is first asked for."""

    body: Body
    _rig: Rig
    _skin: NDArray[np.int_]
    _normals: NDArray[np.float64]
    _found: dict[str, Anchor]
    _grasps: dict[str, Grasp]

    def __getitem__(self, name: str) -> Anchor:
        if name not in self._found:
            self._found[name] = self._patch(self._search(name))
        return self._found[name]

    def guard(self, *, arms: bool) -> Anchor:
        """Return vertices all over the skin, to watch that none goes through the floor."""
        name = "guard" if arms else "guard without arms"
        if name not in self._found:
            away = self._weight(("wrist", "finger", "foot", "toes"), "")
            if not arms:
                away = away + self._weight(("upperarm", "lowerarm"), "")
            keep = self._skin[away[self._skin] < 0.3]  # noqa: PLR2004
            self._found[name] = self._patch(self._thin(keep, _GUARD_GRAIN))
        return self._found[name]

    def palm(self, side: SideName) -> Grasp:
        """Return the middle of a palm, facing out of the hand."""
        return self._grasps.get(f"{side} palm") or self._find_palm(side)

    def sole(self, side: SideName) -> Grasp:
        """Return the middle of a sole, facing down."""
        return self._grasps.get(f"{side} sole") or self._find_sole(side)

    # ---- finding

    def _patch(self, vertices: NDArray[np.int_]) -> Anchor:
        body = self.body
        rest = np.asarray(body.vertices[vertices], dtype=float)
        joints = np.asarray(body.weight_joints[vertices], dtype=int)
        weights = np.asarray(body.weights[vertices], dtype=float)
        bones, column = np.unique(
            np.where(weights > 0.0, joints, joints[:, :1]), return_inverse=True
        )
        share = np.zeros((len(rest), len(bones)))
        np.add.at(share, (np.arange(len(rest))[:, None], column.reshape(joints.shape)), weights)
        away = np.ones((len(rest), len(bones), 4))
        away[:, :, :3] = rest[:, None] - self._rig.heads[bones]
        return Anchor(
            rest=rest,
            joints=joints,
            weights=weights,
            facing=self._normals[vertices].mean(axis=0),
            bones=bones,
            carried=(away * share[:, :, None]).reshape(len(rest), -1),
        )

    def _weight(self, prefixes: tuple[str, ...], suffix: str) -> NDArray[np.float64]:
        chosen = [
            number
            for name, number in self._rig.index.items()
            if name.startswith(prefixes) and name.endswith(suffix)
        ]
        found: NDArray[np.float64] = (
            self.body.weights * np.isin(self.body.weight_joints, chosen)
        ).sum(axis=1)
        return found

    def _search(self, name: str) -> NDArray[np.int_]:
        """Return the vertices of an anchor, its centre first."""
        side: SideName | None = None
        if name.startswith(("left ", "right ")):
            side = "left" if name.startswith("left") else "right"
            name = name.removeprefix(side).strip()
        name, _, face = name.partition(", ")
        if side and name in _LIMBS:
            return self._limb(side, name, face or _LIMB_FACES.get(name, "front"))
        if side and name in _SIDED_TRUNK:
            height, across, way = _SIDED_TRUNK[name]
            sign = 1.0 if side == "left" else -1.0
            return self._trunk(height, across * sign, way * np.array([sign, 1.0, 1.0]))
        if side:
            return self._region(side, name)
        if name in _RINGS:
            return self._ring(*_RINGS[name])
        if name in _TRUNK:
            return self._trunk(*_TRUNK[name])
        if name in _HEAD:
            return self._head(*_HEAD[name])
        if name == "head":
            return self._all(self._weight(("head",), ""), 0.02)
        if name == "seat":
            return self._seat()
        raise KeyError(name)

    def _around(self, best: int, near: float = _NEAR) -> NDArray[np.int_]:
        away = np.linalg.norm(self.body.vertices[self._skin] - self.body.vertices[best], axis=1)
        order = np.argsort(away, kind="stable")
        found: NDArray[np.int_] = self._skin[order[: max(3, int((away < near).sum()))]]
        return found[:24]

    def _limb(self, side: SideName, name: str, face: str) -> NDArray[np.int_]:
        family, start, end, far = _LIMBS[name]
        s = side[0].upper()
        names = ("upperleg", "lowerleg") if family == "leg" else ("upperarm", "lowerarm", "wrist")
        inside = self._weight(names, f".{s}")[self._skin] > 0.5  # noqa: PLR2004
        vertices = self._skin[inside]
        heads, index = self._rig.heads, self._rig.index
        a, b = heads[index[f"{start}.{s}"]], heads[index[f"{end}.{s}"]]
        axis = unit(b - a)
        sign = 1.0 if side == "left" else -1.0
        if family == "leg":
            ways = {"front": FORWARD, "back": -FORWARD, "outer side": LEFT * sign}
        else:  # at rest the arms hang out from the sides with the elbows' bend to the front
            out = unit(np.array([sign, 0.6, 0.0]))
            ways = {"front": FORWARD, "back": -FORWARD - 0.4 * UP, "outer side": out}
        ways["outer"] = ways["outer side"]
        ways["inner side"] = ways["inner"] = -ways["outer side"]
        way = ways.get(face, ways["front"])
        way = unit(way - axis * float(way @ axis))
        offset = self.body.vertices[vertices] - a
        along = offset @ axis
        level = np.abs(along - far * float(np.linalg.norm(b - a))) < 0.02  # noqa: PLR2004
        across = offset - np.outer(along, axis)
        score = np.where(level, across @ way, -1.0)
        return self._around(int(vertices[int(score.argmax())]))

    def _trunk(self, height: float, across: float, way: Vector) -> NDArray[np.int_]:
        rig, v = self._rig, self.body.vertices
        neck = rig.heads[rig.index["neck01"], 1]
        y = rig.middle[1] + height * (neck - rig.middle[1])
        x = across * abs(rig.heads[rig.index["upperleg01.L"], 0])
        arms = self._weight(("upperarm", "lowerarm", "wrist", "finger"), "")
        vertices = self._skin[arms[self._skin] < 0.4]  # noqa: PLR2004
        near = np.abs(v[vertices, 1] - y) < 0.025  # noqa: PLR2004
        if abs(way[0]) < 0.5:  # noqa: PLR2004 - facing forward or back: sideways is given
            near &= np.abs(v[vertices, 0] - x) < 0.02  # noqa: PLR2004
        score = np.where(near, v[vertices] @ way, -9.0)
        return self._around(int(vertices[int(score.argmax())]))

    def _head(self, height: float, way: Vector) -> NDArray[np.int_]:
        rig, v = self._rig, self.body.vertices
        vertices = self._skin[self._weight(("head",), "")[self._skin] > 0.5]  # noqa: PLR2004
        base = rig.heads[rig.index["head"], 1]
        y = base + height * (v[vertices, 1].max() - base)
        near = (np.abs(v[vertices, 1] - y) < 0.012) & (np.abs(v[vertices, 0]) < 0.012)  # noqa: PLR2004
        score = np.where(near | (way[1] > 0.5), v[vertices] @ way, -9.0)  # noqa: PLR2004
        return self._around(int(vertices[int(score.argmax())]), 0.03)

    def _ring(self, low: float, high: float) -> NDArray[np.int_]:
        rig, v = self._rig, self.body.vertices
        neck, hips = rig.heads[rig.index["neck01"], 1], rig.middle[1]
        arms = self._weight(("upperarm", "lowerarm", "wrist", "finger"), "")
        share = (v[:, 1] - hips) / (neck - hips)
        inside = (share > low) & (share < high) & (arms < 0.15)  # noqa: PLR2004
        return self._all(inside.astype(float), 0.03)

    def _seat(self) -> NDArray[np.int_]:
        rig, v = self._rig, self.body.vertices
        away = np.minimum(
            *(np.linalg.norm(v - rig.heads[rig.index[f"upperleg01.{s}"]], axis=1) for s in "LR")
        )
        return self._all(((away < 0.19) & (v[:, 2] < rig.middle[2] + 0.02)).astype(float), 0.025)  # noqa: PLR2004

    def _region(self, side: SideName, name: str) -> NDArray[np.int_]:
        """Return a round part of a limb that may touch with any side: a knee, a whole forearm."""
        s = side[0].upper()
        centre = {
            "knee all": "lowerleg01",
            "elbow all": "lowerarm01",
            "shoulder": "upperarm01",
            "heel": "foot",
            "toes": "toes",
        }[name]
        at = self._rig.heads[self._rig.index[f"{centre}.{s}"]]
        away = np.linalg.norm(self.body.vertices - at, axis=1)
        return self._all(
            (away < (0.09 if name in {"knee all", "shoulder"} else 0.07)).astype(float), 0.015
        )

    def _all(self, share: NDArray[np.float64], grain: float) -> NDArray[np.int_]:
        """Return the vertices of a part, thinned to one in each cube of so many metres."""
        return self._thin(self._skin[share[self._skin] > 0.5], grain)  # noqa: PLR2004

    def _thin(self, vertices: NDArray[np.int_], grain: float) -> NDArray[np.int_]:
        cubes = np.floor(self.body.vertices[vertices] / grain).astype(int)
        _, first = np.unique(cubes, axis=0, return_index=True)
        return vertices[np.sort(first)]

    def _find_palm(self, side: SideName) -> Grasp:
        s, rig, v = side[0].upper(), self._rig, self.body.vertices
        wrist = rig.heads[rig.index[f"wrist.{s}"]]
        knuckles = np.mean([rig.heads[rig.index[f"finger{k}-1.{s}"]] for k in (2, 3, 4, 5)], axis=0)
        centre = wrist + 0.72 * (knuckles - wrist)
        frame = rig.frames[f"{side} hand"]
        normal = frame[:, 1] * (-1.0 if side == "left" else 1.0)
        offset = v[self._skin] - centre
        height = offset @ normal
        near = np.linalg.norm(offset - np.outer(height, normal), axis=1) < 0.018  # noqa: PLR2004
        near &= np.abs(height) < 0.05  # noqa: PLR2004
        point = centre + normal * float(height[near].max())
        self._grasps[f"{side} palm"] = Grasp(point, normal, frame, rig.index[f"wrist.{s}"])
        return self._grasps[f"{side} palm"]

    def _find_sole(self, side: SideName) -> Grasp:
        s, rig, v = side[0].upper(), self._rig, self.body.vertices
        foot = self._weight(("foot", "toes"), f".{s}") > 0.6  # noqa: PLR2004
        lowest = float(v[self._skin[foot[self._skin]], 1].min())
        ankle, toes = rig.heads[rig.index[f"foot.{s}"]], rig.heads[rig.index[f"toes.{s}"]]
        middle = ankle + 0.35 * (toes - ankle)
        point = np.array([middle[0], lowest + 0.001, middle[2]])
        joint = rig.index[f"foot.{s}"]
        self._grasps[f"{side} sole"] = Grasp(point, -UP, rig.frames[f"{side} foot"], joint)
        return self._grasps[f"{side} sole"]


_ANCHORS: dict[int, tuple[Body, Anchors]] = {}


def anchors_of(body: Body) -> Anchors:
    """Return the anchors of a body, found once for each body."""
    known = _ANCHORS.get(id(body))
    if known is None or known[0] is not body:
        faces = body.triangles[np.asarray(body.groups) == _BODY]
        vertices = np.unique(faces)
        normals = _vertex_normals(np.asarray(body.vertices, dtype=float), faces)
        found = Anchors(body, rig_of(body), vertices, normals, {}, {})
        known = _ANCHORS[id(body)] = (body, found)
    return known[1]


def _vertex_normals(vertices: NDArray[np.float64], faces: NDArray[np.int_]) -> NDArray[np.float64]:
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    found = np.zeros_like(vertices)
    for column in range(3):
        for axis in range(3):
            corner = faces[:, column]
            found[:, axis] += np.bincount(corner, face[:, axis], len(vertices))
    normals: NDArray[np.float64] = found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-12)
    return normals


__all__ = ["SIDES", "Anchor", "Anchors", "Grasp", "anchors_of"]
