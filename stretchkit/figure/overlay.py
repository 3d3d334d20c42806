"""What lies on the skin of a figure: face, strands and tint."""

# ruff: noqa: PLR2004, PLR0917 - shapes and measures are numbers

from __future__ import annotations

import numpy as np

from stretchkit.figure import svg
from stretchkit.figure.bezier import fit, smooth
from stretchkit.figure.face import Mark
from stretchkit.figure.layers import Label
from stretchkit.figure.mesh import Floats
from stretchkit.figure.pen import thin
from stretchkit.figure.picture import Picture, SceneMesh
from stretchkit.figure.raster import NOTHING
from stretchkit.figure.regions import Mask, blurred
from stretchkit.figure.scene import Frame, Scene
from stretchkit.figure.style import Palette
from stretchkit.figure.trace import chains, cracks
from stretchkit.figure.wardrobe import Dressed

_TINTED = [Label.SKIN, Label.SHIRT, Label.TROUSERS, Label.SHOE, Label.SOLE, Label.SOCK]
_MARK_MM = {
    "lid": 0.20,
    "nose": 0.15,
    "ear": 0.16,
    "mouth": 0.20,
    "brow": 0.27,
    "lip": 0.10,
    "strand": 0.14,
    "fold": 0.16,
    "lace": 0.16,
}
_MARK_M = {
    "lid": 0.0026,
    "nose": 0.0014,
    "ear": 0.0014,
    "mouth": 0.0020,
    "brow": 0.0034,
    "lip": 0.0013,
    "strand": 0.0022,
    "fold": 0.0024,
    "lace": 0.0024,
}


def draw_tint(
    scene: Scene, person: Dressed, mesh: SceneMesh, picture: Picture, frame: Frame, colours: Palette
) -> list[str]:
    """Return the soft patch where the stretch is felt: three outlines, one in the other."""
    if not scene.felt:
        return []
    field = np.zeros(len(person.faces))
    middles = person.places[person.faces].mean(1)
    for each in scene.felt:
        away = np.linalg.norm((middles - np.array(each.middle)) / np.array(each.radii), axis=1)
        there = np.clip(1 - away, 0, 1)
        field = np.maximum(field, there if each.limb == 0 else there * (person.limbs == each.limb))
    field[~np.isin(person.labels, _TINTED)] = 0
    seen = (picture.faces != NOTHING) & (picture.faces < mesh.person)
    values = np.where(seen, field[np.where(seen, picture.faces, 0)], 0.0)
    values = blurred(values, 0.16 / frame.millimetre)
    found = []
    for level in (0.08, 0.24, 0.42):
        mask = (values > level).astype(int)
        mask[0] = mask[-1] = 0
        mask[:, 0] = mask[:, -1] = 0
        if not mask.any():
            continue
        zeros = np.zeros(mask.shape)
        edges = cracks(mask, zeros, np.zeros_like(mask), zeros > 0)
        data = ""
        for chain in chains(edges):
            if len(chain.cracks) > 30:  # a speck
                line = smooth(
                    edges.places(chain.corners), 0.3 / frame.millimetre, closed=chain.closed
                )
                line = line[thin(len(line))] * frame.millimetre
                data += svg.curve(fit(line, 0.05, closed=chain.closed)) + "z"
        if data:
            look: dict[str, str | float] = {
                "fill": colours.tint,
                "fill_opacity": colours.tint_opacity,
            }
            found.append(svg.path(data, fill_rule="evenodd", **look))
    return found


def draw_marks(
    person: Dressed, mesh: SceneMesh, picture: Picture, frame: Frame, colours: Palette
) -> list[str]:
    """Return face and strands, hidden where anything is in front or the skin turns away."""
    found = []
    for mark in person.marks:
        corners_ = mesh.vertices[mark.corners + person.starts[mark.layer]]
        points = (corners_ * mark.shares[:, :, None]).sum(1)
        normal = np.cross(corners_[:, 1] - corners_[:, 0], corners_[:, 2] - corners_[:, 0])
        least = -0.05 if mark.kind in {"lid", "iris"} else 0.12  # an eye is seen from its side
        facing = normal[:, 2] / (np.linalg.norm(normal, axis=1) + 1e-12) > least
        if mark.kind not in {"white", "iris"}:
            points = _calm(points)
        at = frame.flat(points)
        found += _draw_mark(mark, points[:, 2], facing, at, picture, frame, colours)
    return found


def _calm(points: Floats) -> Floats:
    """Return a short line of points smoothed a little; its ends stay."""
    calm = points.copy()
    for _ in range(2):
        calm[1:-1] = (calm[:-2] + 2 * calm[1:-1] + calm[2:]) / 4
    return calm


def _draw_mark(
    mark: Mark,
    depth: Floats,
    facing: Mask,
    at: Floats,
    picture: Picture,
    frame: Frame,
    colours: Palette,
) -> list[str]:
    height, width = frame.size
    cell = np.clip(at.astype(int), 0, [width - 1, height - 1])
    inside = ((at >= 0) & (at < [width, height])).all(1)
    mouth = mark.kind == "mouth"
    clear = depth > picture.depths[cell[:, 1], cell[:, 0]] - (0.012 if mouth else 0.005)
    seen = inside & clear & (facing | mouth)
    if mark.kind == "lid" and seen.any():  # one line, not bits
        first, last = np.flatnonzero(seen)[[0, -1]]
        seen[first : last + 1] = True
    at = at * frame.millimetre
    colour = {
        "white": colours.white,
        "iris": colours.iris,
        "mouth": colours.mouth,
        "lip": colours.lip,
        "brow": colours.brow,
        "strand": colours.strand,
        "fold": colours.fold,
    }.get(mark.kind, colours.line)
    if mark.kind in {"white", "iris"}:
        enough = seen.mean() > (0.55 if mark.kind == "white" else 0.3)
        return [svg.path(svg.polygon(at[seen]), fill=colour)] if enough else []
    stroke = max(_MARK_M[mark.kind] * frame.scale, _MARK_MM[mark.kind])
    ends = 0.35 if mark.kind == "brow" else 0.12
    least = {"nose": 5, "ear": 5, "mouth": 5, "lid": 4}.get(mark.kind, 3)
    runs = np.split(np.arange(len(at)), np.flatnonzero(np.diff(seen.astype(int))) + 1)
    return [
        svg.path(svg.taper(at[run], stroke, ends), fill=colour)
        for run in runs
        if seen[run[0]] and len(run) >= least
    ]
