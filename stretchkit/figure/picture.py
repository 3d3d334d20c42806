"""What each pixel of a drawing shows: which face, which label, how near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stretchkit.figure.layers import EAR, PARTS, Label
from stretchkit.figure.mesh import Floats, Ints
from stretchkit.figure.raster import NOTHING, raster
from stretchkit.figure.regions import Mask, areas, healed
from stretchkit.figure.scene import Frame, Scene
from stretchkit.figure.wardrobe import Dressed

PROPS = 20
"""Labels from here on are pieces of things."""
FAR = 100
"""Added to the labels of the arm and leg on the far side."""

_SPECK = 0.014
"""Patches narrower than this, in metres, take the colour around them."""
_JAW = 0.603
_MOUTH_WIDE, _MOUTH_AT, _MOUTH_HIGH = 0.03, 0.608, 0.014


@dataclass(frozen=True, slots=True, eq=False)
class SceneMesh:
    """Everything in the scene, in the viewer's coordinates; the person's faces come first."""

    vertices: Floats
    faces: Ints
    closed: Mask
    person: int
    props: tuple[str, ...]
    prop_of: Ints
    rounded: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What each pixel shows."""

    faces: Ints
    labels: Ints
    depths: Floats
    parts: Ints
    head: Mask
    mouth: Mask
    fine: Ints


def assemble(scene: Scene, person: Dressed) -> tuple[SceneMesh, Floats]:
    """Return the scene's mesh as the viewer has it, and the points of the room that it shows."""
    posed = [
        each.posed(person.body, scene.posed, scene.floor, scene.belly, scene.walls)
        for each in person.layers
    ]
    vertices, faces = list(posed), [person.faces]
    base, owner = sum(len(v) for v in posed), []
    colours: list[str] = []
    rounded = set()
    for prop in scene.props:
        for piece in prop:
            vertices.append(piece.vertices)
            faces.append(piece.triangles + base)
            owner.append(np.full(len(piece.triangles), PROPS + len(colours)))
            if piece.rounded:
                rounded.add(PROPS + len(colours))
            colours.append(piece.colour)
            base += len(piece.vertices)
    room, joined = np.concatenate(vertices), np.concatenate(faces)
    extra = np.concatenate(owner) if owner else np.zeros(0, dtype=int)
    closed = np.concatenate([person.closed > 0, np.zeros(len(extra), dtype=bool)])
    turned = room @ scene.view.rotation.T
    count = len(person.faces)
    mesh = SceneMesh(turned, joined, closed, count, tuple(colours), extra, frozenset(rounded))
    used = np.zeros(len(room), dtype=bool)
    used[joined] = True
    return mesh, room[used]


def picture_of(scene: Scene, person: Dressed, mesh: SceneMesh, frame: Frame) -> Picture:
    """Return what each pixel shows, without specks."""
    flat = frame.flat(mesh.vertices)
    near = mesh.vertices[:, 2].copy()
    near[: len(person.nearer)] += person.nearer
    faces, depths = raster(flat, near, mesh.faces, frame.size, mesh.closed)
    a, b, c = (flat[mesh.faces[:, k]] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    count = mesh.person
    labels = np.where(area[:count] > 0, person.insides, person.labels)
    labels = np.where(_far(scene, person), labels + FAR, labels)
    none = np.zeros(len(mesh.prop_of), dtype=int)
    middles = person.places[person.faces].mean(1)
    x, y, z = np.abs(middles[:, 0]), middles[:, 1], middles[:, 2]
    face = (person.parts == PARTS.index("head") + 1) | (person.parts == EAR)
    head = face & (person.labels == Label.SKIN)
    jaw = head & (y < _JAW) & (y > _JAW - 0.05)
    fine = np.where(person.hands | (person.parts == EAR), 2, jaw.astype(int))
    mouth = head & (x < _MOUTH_WIDE) & (np.abs(y - _MOUTH_AT) < _MOUTH_HIGH) & (z > 0)

    def per_pixel(of_faces: Ints, nothing: int) -> Ints:
        return np.where(faces == NOTHING, nothing, np.append(of_faces, nothing)[faces])

    label = per_pixel(np.concatenate([labels, mesh.prop_of]), 0)
    part = per_pixel(np.concatenate([person.parts, none]), 0)
    on_head = per_pixel(np.concatenate([(head & ~jaw).astype(int), none]), 0) > 0
    on_mouth = per_pixel(np.concatenate([mouth.astype(int), none]), 0) > 0
    small = per_pixel(np.concatenate([fine, none]), 0)
    numbers, sizes = areas(label)
    speck = (sizes < (_SPECK * frame.pixels) ** 2)[numbers] & (label > 0) & (label % FAR < PROPS)
    source = healed(speck)
    label, depths, part = label[source], depths[source], part[source]
    label[0] = label[-1] = 0
    label[:, 0] = label[:, -1] = 0
    return Picture(faces, label, depths, part, on_head, on_mouth, small)


def _far(scene: Scene, person: Dressed) -> Mask:
    """Tell of each face of the person whether it is on the far arm or leg."""
    points, across = scene.posed.points, scene.view.rotation[2]
    found = np.zeros(len(person.faces), dtype=bool)
    for joint, left, clear in (("shoulder", 1, 0.12), ("hip", 3, 0.08)):
        nearer = float(across @ (points[f"{joint}_l"] - points[f"{joint}_r"]))
        if abs(nearer) > clear:
            found |= person.limbs == (left + 1 if nearer > 0 else left)
    return found
