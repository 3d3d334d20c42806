"""A dressed person, ready to be posed: made once for each body, hair and outfit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from stretchkit.figure.body import CANONICAL, Body, load_body
from stretchkit.figure.face import Mark, make_marks
from stretchkit.figure.garments import along_arm, dress, ease
from stretchkit.figure.hair import covers_ears, ear_field, flat_ears, make_hair
from stretchkit.figure.layers import Layer, material
from stretchkit.figure.mesh import Floats, Ints
from stretchkit.figure.person import HairName, Outfit
from stretchkit.figure.pose import SIDES
from stretchkit.figure.regions import Mask

_NEARER, _ARM = 0.02, 0.2
"""Forearms and hands count as nearer by this, metres: what touches cloth lies on it, not in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Dressed:
    """The layers of a dressed person joined to one mesh, and the marks on the face.

    `faces` number the joined vertices; the other arrays have an entry for each face. `starts` is
    where each layer's vertices begin, `nearer` by how much each vertex counts as nearer.
    """

    body: Body
    layers: tuple[Layer, ...]
    marks: tuple[Mark, ...]
    starts: tuple[int, ...]
    faces: Ints
    labels: Ints
    insides: Ints
    parts: Ints
    limbs: Ints
    closed: Ints
    hands: Mask
    places: Floats
    nearer: Floats


@lru_cache(maxsize=32)
def dressed(body_name: str, hair: HairName, outfit: Outfit) -> Dressed:
    """Return a body with hair and clothes."""
    body, canonical = load_body(body_name), load_body(CANONICAL)
    if covers_ears(hair):
        body = replace(body, vertices=flat_ears(canonical.vertices, body.vertices))
    of = material(body, canonical)
    layers = dress(of, outfit, ear_field(of.places)) + make_hair(of, hair)
    places = [each.cut_places() for each in layers]
    starts = np.cumsum([0, *(len(each) for each in places)])[:-1]

    def joined(name: str) -> Ints:
        return np.concatenate([getattr(each, name) for each in layers])

    points = np.concatenate(places)
    faces = [each.triangles + start for each, start in zip(layers, starts, strict=True)]
    insides = [np.full(len(each.triangles), each.inside) for each in layers]
    closed = [np.full(len(each.triangles), int(each.closed)) for each in layers]
    return Dressed(
        body=body,
        layers=tuple(layers),
        marks=tuple(make_marks(layers, hair)),
        starts=tuple(int(start) for start in starts),
        faces=np.concatenate(faces),
        labels=joined("labels"),
        insides=np.concatenate(insides),
        parts=joined("parts"),
        limbs=joined("limbs"),
        closed=np.concatenate(closed),
        hands=_hands(joined("limbs"), points[np.concatenate(faces)].mean(1)),
        places=points,
        nearer=_NEARER * ease((along_arm(points) - 1.0) / 0.3) * (np.abs(points[:, 0]) > _ARM),
    )


def _hands(limbs: Ints, middles: Floats) -> Mask:
    """Tell of each face whether it is on a hand: on an arm and beyond the wrist."""
    body = load_body(CANONICAL)
    elbow, wrist = (body.heads[body.joints.index(name)] for name in ("lowerarm01.L", "wrist.L"))
    mirrored = middles * np.where(middles[:, :1] < 0, [[-1.0, 1.0, 1.0]], 1.0)
    found: Mask = (limbs > 0) & (limbs <= len(SIDES)) & ((mirrored - wrist) @ (wrist - elbow) > 0)
    return found
