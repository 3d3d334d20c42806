"""What a figure is made of: skin, clothes and hair as layers of triangles that move with the body.

Every layer knows for each vertex the place on the canonical body at rest that it stands for
(`places`, metres): hems, hairline and features are functions of these, the same for all bodies.
"""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.body import Body
from stretchkit.figure.mesh import Cut, Floats, Ints, Rim, Smoother, cut, normals, rim_of, smoother
from stretchkit.figure.rotations import UP, about_x
from stretchkit.figure.skeleton import Posed, skin


class Label(IntEnum):
    """What a spot of a drawing shows."""

    SKIN = 1
    SHIRT = 2
    TROUSERS = 3
    SHOE = 4
    HAIR = 5
    SOLE = 6
    INSIDE = 7
    SCARF = 8
    SOCK = 9
    KNOT = 10


PARTS = ("left arm", "right arm", "left leg", "right leg", "head")
EAR = 6
"""Parts are numbered from 1 in this order; 0 is the trunk and whatever lies between."""

Plane = tuple[Floats, Floats]
"""A point of a plane, metres, and where it looks to."""

_MOST_ROLLED, _ROLL = 90, 6
"""How far a bun rolls up, at most and at a time, degrees."""

_GIVES = 0.004
"""Hair gives by so many metres."""

_MOSTLY = 0.6
_HEM_TIMES = 22
"""How often the hems of cloth are smoothed along themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A surface: its vertices at rest, how they are carried, and its triangles after cutting.

    What `rolls_about` a place at rest, such as a bun about the middle of the head, rolls up and
    out of the way of a floor or a wall; all else is flattened by the floor. `lying` is where the
    vertices are when the face looks up.
    """

    name: str
    rest: Floats
    places: Floats
    joints: Ints
    weights: Floats
    cuts: tuple[Cut, ...]
    triangles: Ints
    labels: Ints
    parts: Ints
    limbs: Ints
    closed: bool
    inside: int
    whole: Ints
    smoother: Smoother | None = None
    times: int = 0
    belly: Floats | None = None
    rims: tuple[Rim, ...] = ()
    rolls_about: Floats | None = None
    lying: Floats | None = None

    def posed(
        self,
        body: Body,
        posed: Posed,
        floor: float | None,
        sag: float,
        walls: Sequence[Plane] = (),
    ) -> Floats:
        """Return the vertices in a pose; cloth falls smooth and nothing goes below the floor."""
        rest = self.rest
        if self.lying is not None:
            up = float(posed.rotations[body.joints.index("head")][1, 2])
            rest = rest + (self.lying - rest) * np.clip((up - 0.3) / 0.5, 0.0, 1.0)
        v = skin(body, posed, rest, joints=self.joints, weights=self.weights)
        if self.rolls_about is not None:
            ground = [] if floor is None else [(UP * floor, UP)]
            v = self._rolled(v, body, posed, [*ground, *walls])
        if self.smoother is not None and self.times:
            v = self.smoother.apply(v, self.times)
            if sag > 0 and self.belly is not None:
                down = np.clip(-normals(v, self.whole)[:, 1], 0, 1) * self.belly
                down = self.smoother.apply(down[:, None], 16)[:, 0]
                v[:, 1] -= down * sag
                v = self.smoother.apply(v, 8)
        if floor is not None:
            v[:, 1] = np.maximum(v[:, 1], floor)
        for number, each in enumerate(self.cuts):
            v = each.apply(v)
            if self.times and number < len(self.rims):
                v = self.rims[number].apply(v, _HEM_TIMES)
        return v

    def _rolled(self, points: Floats, body: Body, posed: Posed, planes: Sequence[Plane]) -> Floats:
        """Return points rolled up over the head, as far as they must to be before all planes."""
        assert self.rolls_about is not None  # noqa: S101 - asked for only then
        joints, weights = self.joints[:1], self.weights[:1]
        middle = skin(body, posed, self.rolls_about[None], joints=joints, weights=weights)[0]
        head = posed.rotations[body.joints.index("head")]
        for degrees in range(0, _MOST_ROLLED + 1, _ROLL):
            turn = head @ about_x(float(degrees)) @ head.T
            found: Floats = (points - middle) @ turn.T + middle
            if all(float(((found - at) @ normal).min()) > -_GIVES for at, normal in planes):
                return found
        return points

    def cut_places(self) -> Floats:
        """Return the canonical places of the vertices after cutting."""
        found = self.places
        for each in self.cuts:
            found = each.apply(found)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The mesh that layers are cut from: one body, and its canonical places and parts."""

    body: Body
    places: Floats
    parts: Floats

    @property
    def arms(self) -> Floats:
        """How far the arms carry each vertex."""
        found: Floats = self.parts[:, 0] + self.parts[:, 1]
        return found

    @property
    def legs(self) -> Floats:
        """How far the legs carry each vertex."""
        found: Floats = self.parts[:, 2] + self.parts[:, 3]
        return found


def material(body: Body, canonical: Body) -> Material:
    """Return what the layers of a body are cut from."""
    arm = ("upperarm", "lowerarm", "wrist", "finger")
    leg = ("upperleg", "lowerleg", "foot", "toes")
    parts = [body.weight_of(*names, side=s) for names in (arm, leg) for s in (".L", ".R")]
    parts.append(body.weight_of("head", "neck"))
    return Material(body, canonical.vertices, np.stack(parts, axis=1))


Shape = Callable[[Floats], Floats]


def layer(
    of: Material,
    name: str,
    vertices: Floats,
    triangles: Ints,
    label: Label,
    *,
    keep: Sequence[Floats] = (),
    split: Sequence[tuple[Floats, Label]] = (),
    ear: Floats | None = None,
    closed: bool = False,
    inside: Label | None = None,
) -> Layer:
    """Cut a layer out of a body's mesh.

    `keep` are fields at the vertices, above zero where the layer stays; `split` gives the places
    where another one is above zero another label; `ear` is above zero on the ears.
    """
    used, inverse = np.unique(triangles, return_inverse=True)
    whole = inverse.reshape(-1, 3)
    extra = [*keep, *(field for field, _ in split)] + ([] if ear is None else [ear])
    fields = np.stack([*extra, *of.parts.T], axis=1)[used]
    kinds = np.stack([np.full(len(whole), int(label)), np.zeros(len(whole), int)], axis=1)
    faces, cuts, rims = whole, [], []
    count = len(extra)
    for number in range(count + 4):
        column = fields[:, number] if number < count else fields[:, number] - 0.5
        made, before = cut(faces, column), len(fields)
        fields = made.apply(fields)
        kinds = kinds[made.origins]
        faces, within = made.triangles, made.inside
        if number < len(keep):
            faces, kinds = faces[within], kinds[within]
            rims.append(rim_of(faces, len(fields), before))
        elif number < len(keep) + len(split):
            kinds[within, 0] = int(split[number - len(keep)][1])
        elif number < count:
            kinds[within, 1] = 1
        cuts.append(made)
    share = fields[:, count:][faces].mean(1)
    parts = np.where(share.max(1) > _MOSTLY, share.argmax(1) + 1, 0)
    parts = np.where(kinds[:, 1] > 0, EAR, parts)
    limbs = np.where(share[:, :4].max(1) > 0.5, share[:, :4].argmax(1) + 1, 0)
    return Layer(
        name=name,
        rest=vertices[used],
        places=of.places[used],
        joints=of.body.weight_joints[used],
        weights=of.body.weights[used],
        cuts=tuple(cuts),
        triangles=faces,
        labels=kinds[:, 0],
        parts=parts,
        limbs=limbs,
        closed=closed,
        inside=int(label if inside is None else inside),
        whole=whole,
        rims=tuple(rims),
    )


def smoothed(of: Material, triangles: Ints, times: int) -> tuple[Floats, Floats, Smoother]:
    """Return the body's vertices with those of some triangles smoothed, their normals, and how."""
    used, inverse = np.unique(triangles, return_inverse=True)
    local = inverse.reshape(-1, 3)
    step = smoother(local, len(used))
    calm = step.apply(of.body.vertices[used], times)
    vertices, outward = of.body.vertices.copy(), np.zeros_like(of.body.vertices)
    vertices[used] = calm
    outward[used] = normals(calm, local)
    return vertices, outward, step


def free(
    of: Material,
    name: str,
    vertices: Floats,
    triangles: Ints,
    label: Label,
    *,
    keep: Shape | None = None,
    bone: str | None = None,
    rolls_about: Floats | None = None,
    lying: Floats | None = None,
) -> Layer:
    """Return a surface made in canonical coordinates, such as a bun, carried by the head.

    Without a bone each vertex is carried like the nearest skin: the cape of a headscarf. What
    `rolls_about` a place rolls up over the head where something is in its way; `lying` is where
    the vertices are when the face looks up.
    """
    body = of.body
    skinned = np.unique(body.triangles[body.groups == 0])
    if bone is not None:
        joints = np.full((len(vertices), 6), body.joints.index(bone))
        weights = np.tile([1.0, 0, 0, 0, 0, 0], (len(vertices), 1))
    else:
        high = skinned[of.places[skinned, 1] > 0.35][::8]  # shoulders and above
        nearest = high[_nearest(vertices, of.places[high])]
        joints, weights = body.weight_joints[nearest], body.weights[nearest]
    head = skinned[of.places[skinned, 1] > 0.60]  # the chin
    was, now = of.places[head], body.vertices[head]

    def fitted(points: Floats) -> Floats:
        found: Floats = (points - was.mean(0)) * (now.std(0) / was.std(0)) + now.mean(0)
        return found

    faces, cuts = triangles, []
    if keep is not None:
        made = cut(faces, keep(vertices))
        faces = made.triangles[made.inside]
        cuts.append(made)
    return Layer(
        name=name,
        rest=fitted(vertices),
        places=vertices,
        joints=joints,
        weights=weights,
        cuts=tuple(cuts),
        triangles=faces,
        labels=np.full(len(faces), int(label)),
        parts=np.full(len(faces), PARTS.index("head") + 1),
        limbs=np.zeros(len(faces), int),
        closed=False,
        inside=int(label),
        whole=triangles,
        rolls_about=None if rolls_about is None else fitted(rolls_about),
        lying=None if lying is None else fitted(lying),
    )


def _nearest(points: Floats, among: Floats) -> Ints:
    found = np.empty(len(points), dtype=int)
    size = (among * among).sum(1)
    for start in range(0, len(points), 512):
        some = points[start : start + 512]
        found[start : start + 512] = (size - 2 * some @ among.T).argmin(1)
    return found


def skirt(rings: NDArray[np.float64], *, closed: bool = True) -> tuple[Floats, Ints]:
    """Return a surface through rings of points, (rings, points, 3), each closed to a loop."""
    count, around = rings.shape[:2]
    number = np.arange(count * around).reshape(count, around)
    following = np.roll(number, -1, 1) if closed else number[:, 1:]
    this = number if closed else number[:, :-1]
    a, b, c, d = (x.ravel() for x in (this[:-1], following[:-1], following[1:], this[1:]))
    faces = np.concatenate([np.stack([a, c, b], 1), np.stack([a, d, c], 1)])
    return rings.reshape(-1, 3), faces
