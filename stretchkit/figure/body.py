"""The bodies that figures are drawn from: points, triangles, joints and skin weights.

Metres; x is to the person's left, y up, z forward. Every body has the same mesh, so that a vertex
means the same place of the body on each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.mesh import Finer, finer
from stretchkit.figure.person import BODIES

SKIN, TIGHTS, EYES = 0, 1, 3
"""The groups of triangles: the body, the close-fitting shell that clothes are made from, eyes."""

CANONICAL = "woman"
"""Places on every body are named by where they are on this one at rest."""

_FOLDER = Path(__file__).parent / "bodies"


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """One body at rest. `groups` has an entry for each triangle."""

    name: str
    vertices: NDArray[np.float64]
    triangles: NDArray[np.int_]
    groups: NDArray[np.int_]
    joints: tuple[str, ...]
    parents: tuple[int, ...]
    heads: NDArray[np.float64]
    weight_joints: NDArray[np.int_]
    weights: NDArray[np.float64]

    def weight_of(self, *prefixes: str, side: str = "") -> NDArray[np.float64]:
        """Return how far joints of these names, and of a side (`.L`, `.R`), carry each vertex."""
        chosen = [
            number
            for number, joint in enumerate(self.joints)
            if joint.startswith(prefixes) and joint.endswith(side)
        ]
        found: NDArray[np.float64] = (self.weights * np.isin(self.weight_joints, chosen)).sum(1)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Mesh:
    """What all bodies share, and the way from the stored points to the finer ones."""

    finer: Finer
    groups: NDArray[np.int_]
    joints: tuple[str, ...]
    parents: tuple[int, ...]
    weight_joints: NDArray[np.int_]
    weights: NDArray[np.float64]


@lru_cache
def _mesh() -> _Mesh:
    with np.load(_FOLDER / "mesh.npz") as stored:
        triangles = stored["triangles"].astype(int)
        coarse = stored["weights"].astype(float)
        carriers = stored["weight_joints"].astype(int)
        joints = tuple(str(name) for name in stored["joints"])
        parents = tuple(int(number) for number in stored["parents"])
        groups = np.tile(stored["groups"].astype(int), 4)
    step = finer(triangles, len(coarse))
    dense = np.zeros((len(coarse), len(joints)))
    np.put_along_axis(dense, carriers, coarse, axis=1)
    dense = np.clip(step.apply(dense), 0.0, None)
    top = np.argsort(-dense, axis=1, kind="stable")[:, : carriers.shape[1]]
    weights = np.take_along_axis(dense, top, axis=1)
    weights /= np.maximum(weights.sum(1, keepdims=True), 1e-9)
    return _Mesh(step, groups, joints, parents, top, weights)


@lru_cache
def load_body(name: str) -> Body:
    """Return one of `BODIES`, read once."""
    if name not in BODIES:
        raise ValueError(f"no body is called {name!r}: there are {', '.join(BODIES)}")
    mesh = _mesh()
    with np.load(_FOLDER / f"{name}.npz") as stored:
        points = stored["vertices"].astype(float) * float(stored["step"])
        heads = stored["heads"].astype(float)
    return Body(
        name=name,
        vertices=mesh.finer.apply(points),
        triangles=mesh.finer.triangles,
        groups=mesh.groups,
        joints=mesh.joints,
        parents=mesh.parents,
        heads=heads,
        weight_joints=mesh.weight_joints,
        weights=mesh.weights,
    )
