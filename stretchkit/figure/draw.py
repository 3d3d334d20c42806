"""A scene drawn as SVG: from triangles to outlines, fills, face and signs. Same scene, same bytes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from stretchkit.figure import svg
from stretchkit.figure.bezier import Curve, corners, fit, lines, smooth, straightened
from stretchkit.figure.face import Mark
from stretchkit.figure.layers import EAR, PARTS, Label
from stretchkit.figure.mesh import Floats, Ints
from stretchkit.figure.raster import NOTHING, raster
from stretchkit.figure.regions import Mask, areas, blurred, grown, healed
from stretchkit.figure.scene import Frame, Scene, frame_of
from stretchkit.figure.style import Palette, palette, shade
from stretchkit.figure.trace import (
    HEM,
    OUTLINE,
    OVERLAP,
    Chain,
    Cracks,
    Pruning,
    chains,
    cracks,
    prune,
)
from stretchkit.figure.wardrobe import Dressed, dressed

_PROPS = 20
"""Labels from here on are pieces of things."""
_FAR = 100
"""Added to the labels of the arm and leg on the far side."""

OUTLINE_MM, OVERLAP_MM, HEM_MM, PROP_MM, PROP_INNER_MM = 0.36, 0.29, 0.18, 0.22, 0.14
_SMOOTH_MM, _SMOOTH_PROP_MM, _TOLERANCE_MM = 0.30, 0.12, 0.04
_SPECK = 0.014
_MARK_MM = {
    **{"lid": 0.20, "nose": 0.15, "ear": 0.16, "mouth": 0.20, "brow": 0.27},
    **{"lip": 0.10, "strand": 0.14, "fold": 0.16},
}
_MARK_M = {
    **{"lid": 0.0026, "nose": 0.0014, "ear": 0.0014, "mouth": 0.0020, "brow": 0.0034},
    **{"lip": 0.0013, "strand": 0.0022, "fold": 0.0024},
}


@dataclass(frozen=True, slots=True, eq=False)
class _Mesh:
    """Everything in the scene, in the viewer's coordinates; the person's faces come first."""

    vertices: Floats
    faces: Ints
    closed: Mask
    person: int
    props: tuple[str, ...]
    prop_of: Ints
    rounded: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """What each pixel shows."""

    faces: Ints
    labels: Ints
    depths: Floats
    parts: Ints
    head: Mask
    mouth: Mask


def draw_scene(scene: Scene) -> str:
    """Return a scene as one SVG document."""
    person = dressed(scene.person.body, scene.person.hair, scene.person.outfit)
    colours = palette(scene.person, scene.tone)
    mesh, room = _assemble(scene, person)
    frame = frame_of(scene, room)
    flat = frame.flat(mesh.vertices)
    faces, depths = raster(flat, mesh.vertices[:, 2], mesh.faces, frame.size, mesh.closed)
    picture = _picture(scene, person, mesh, flat, faces, depths)
    close = scene.view.box is not None
    edges = cracks(picture.labels, picture.depths, picture.parts, picture.head)
    edges = _quiet_mouth(edges, picture)
    rule = Pruning(
        shortest=(0.02 if close else 0.03) * frame.pixels,
        hug=grown(picture.labels == 0, round((0.01 if close else 0.02) * frame.pixels)),
        head=picture.head,
        prop_from=_PROPS,
    )
    edges, rows = prune(edges, rule)
    pen = _Pen(scene, frame, colours, mesh)
    pen.trace(edges, rows)
    parts = [
        *pen.fills(),
        *_tint(scene, person, mesh, picture, frame, flat),
        *pen.prop_lines(),
        *_marks(person, mesh, picture, frame, flat, colours),
        *pen.body_lines(),
        *_signs(scene, frame, colours),
    ]
    height, width = frame.size
    k = frame.millimetre
    return svg.document(width * k, height * k, scene.title, scene.description, "".join(parts))


def _assemble(scene: Scene, person: Dressed) -> tuple[_Mesh, Floats]:
    """Return the scene's mesh as the viewer has it, and the points of the room that it shows."""
    posed = [
        each.posed(person.body, scene.posed, scene.floor, scene.belly) for each in person.layers
    ]
    vertices, faces = list(posed), [person.faces]
    base, owner = sum(len(v) for v in posed), []
    colours: list[str] = []
    rounded = set()
    for prop in scene.props:
        for piece in prop:
            vertices.append(piece.vertices)
            faces.append(piece.triangles + base)
            owner.append(np.full(len(piece.triangles), _PROPS + len(colours)))
            if piece.rounded:
                rounded.add(_PROPS + len(colours))
            colours.append(piece.colour)
            base += len(piece.vertices)
    room, joined = np.concatenate(vertices), np.concatenate(faces)
    extra = np.concatenate(owner) if owner else np.zeros(0, dtype=int)
    closed = np.concatenate([person.closed > 0, np.zeros(len(extra), dtype=bool)])
    turned = room @ scene.view.rotation.T
    count = len(person.faces)
    mesh = _Mesh(turned, joined, closed, count, tuple(colours), extra, frozenset(rounded))
    used = np.unique(joined)
    return mesh, room[used]


def _picture(
    scene: Scene, person: Dressed, mesh: _Mesh, flat: Floats, faces: Ints, depths: Floats
) -> _Picture:
    """Return what each pixel shows, without specks."""
    a, b, c = (flat[mesh.faces[:, k]] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    count = mesh.person
    labels = np.where(area[:count] > 0, person.insides, person.labels)
    labels = np.where(_far(scene, person), labels + _FAR, labels)
    none = np.zeros(len(mesh.prop_of), dtype=int)
    middles = person.places[person.faces].mean(1)
    x, y, z = np.abs(middles[:, 0]), middles[:, 1], middles[:, 2]
    face = (person.parts == PARTS.index("head") + 1) | (person.parts == EAR)
    head = face & (person.labels == Label.SKIN)
    mouth = head & (x < 0.03) & (np.abs(y - 0.608) < 0.014) & (z > 0.03)

    def per_pixel(of_faces: Ints, nothing: int) -> Ints:
        return np.where(faces == NOTHING, nothing, np.append(of_faces, nothing)[faces])

    label = per_pixel(np.concatenate([labels, mesh.prop_of]), 0)
    part = per_pixel(np.concatenate([person.parts, none]), 0)
    on_head = per_pixel(np.concatenate([head.astype(int), none]), 0) > 0
    on_mouth = per_pixel(np.concatenate([mouth.astype(int), none]), 0) > 0
    numbers, sizes = areas(label)
    pixels = scene.view.scale * 13.5
    small = (sizes < (_SPECK * pixels) ** 2)[numbers] & (label > 0) & (label % _FAR < _PROPS)
    label, depths, part = healed(small, [label, depths, part])
    label[0] = label[-1] = 0
    label[:, 0] = label[:, -1] = 0
    return _Picture(faces, label, depths, part, on_head, on_mouth)


def _far(scene: Scene, person: Dressed) -> Mask:
    """Tell of each face of the person whether it is on the far arm or leg."""
    points, across = scene.posed.points, scene.view.rotation[2]
    found = np.zeros(len(person.faces), dtype=bool)
    for joint, left, clear in (("shoulder", 1, 0.12), ("hip", 3, 0.08)):
        nearer = float(across @ (points[f"{joint}_l"] - points[f"{joint}_r"]))
        if abs(nearer) > clear:
            found |= person.limbs == (left + 1 if nearer > 0 else left)
    return found


def _quiet_mouth(edges: Cracks, picture: _Picture) -> Cracks:
    """Return the cracks without depth marks inside the mouth: the lip line is a mark."""
    if not picture.mouth.any():
        return edges
    near = grown(picture.mouth, 3)
    height, width = near.shape
    corner = edges.ends[:, 0]
    y = np.minimum(corner // edges.across, height - 1)
    x = np.minimum(corner % edges.across, width - 1)
    return edges.only(~(near[y, x] & (edges.sides[:, 0] == edges.sides[:, 1])))


class _Pen:
    """Turns chains into curves: strokes by kind of line, and fills from the same curves."""

    def __init__(self, scene: Scene, frame: Frame, colours: Palette, mesh: _Mesh) -> None:
        self.scene, self.frame, self.colours, self.mesh = scene, frame, colours, mesh
        self.strokes: dict[str, list[str]] = defaultdict(list)
        self.sides: dict[int, list[tuple[int, int, Curve]]] = defaultdict(list)
        self.folds: list[str] = []

    def trace(self, edges: Cracks, rows: list[Chain]) -> None:
        for chain in rows:
            self._chain(edges, chain)

    def _of_prop(self, label: int) -> bool:
        return label == 0 or label % _FAR >= _PROPS

    def _chain(self, edges: Cracks, chain: Chain) -> None:
        left, right = (int(side) for side in edges.sides[chain.cracks[0]])
        if chain.reversed:
            left, right = right, left
        kind = int(np.median(edges.kinds[chain.cracks]))
        prop = self._of_prop(left) and self._of_prop(right)
        mm = self.frame.millimetre
        places = edges.places(chain.corners)
        straight = prop and not ({left, right} & self.mesh.rounded)
        sigma = _SMOOTH_PROP_MM if prop else _SMOOTH_MM
        if not straight or len(places) <= 6:  # noqa: PLR2004 - too short to have corners
            points = smooth(places, sigma / mm, closed=chain.closed) * mm
        else:
            points = places * mm
        pieces = self._curve(points, closed=chain.closed, straight=straight)
        if left != right:
            ends = int(chain.corners[0]), int(chain.corners[-1])
            if left:
                self.sides[left].append((*ends, pieces))
            if right:
                back = [piece[::-1] for piece in pieces[::-1]]
                self.sides[right].append((*ends[::-1], back))
        same = left % _FAR == right % _FAR
        if left != right and kind == HEM and same:
            return
        if left == right and chain.dead[0] != chain.dead[1] and len(points) > 8:  # noqa: PLR2004
            way = points if chain.dead[1] else points[::-1]
            line = way[np.r_[0 : len(way) - 1 : 5, len(way) - 1]]
            self.folds.append(svg.fold(line, OVERLAP_MM))
            return
        self._stroke(self._key(left, right, kind, prop=prop), points, pieces, straight=straight)

    @staticmethod
    def _key(left: int, right: int, kind: int, *, prop: bool) -> str:
        if prop:
            return "prop" if 0 in {left, right} or kind == OVERLAP else "prop inner"
        if {left % _FAR, right % _FAR} == {Label.SHOE, Label.SOLE}:
            return "hem"
        return {HEM: "hem", OVERLAP: "overlap", OUTLINE: "outline"}[kind]

    def _stroke(self, key: str, points: Floats, pieces: Curve, *, straight: bool) -> None:
        """Stroke a line, but not where it runs along the edge of a close-up."""
        height, width = self.frame.size
        edge = np.array([width, height]) * self.frame.millimetre
        rim = 3 * self.frame.millimetre
        along = ((points < rim) | (points > edge - rim)).any(1)
        if not along.any():
            self.strokes[key].append(svg.curve(pieces))
            return
        for run in np.split(np.arange(len(points)), np.flatnonzero(np.diff(along.astype(int))) + 1):
            if not along[run[0]] and len(run) > 4:  # noqa: PLR2004
                part = self._curve(points[run], closed=False, straight=straight)
                self.strokes[key].append(svg.curve(part))

    def _curve(self, points: Floats, *, closed: bool, straight: bool) -> Curve:
        mm = self.frame.millimetre
        if straight:
            return lines(straightened(points, 1.3 * mm))
        if len(points) < 3:  # noqa: PLR2004
            return lines(points)
        sharp = corners(points, 40, 5)
        if closed and not sharp:
            return fit(points[_thin(len(points))], _TOLERANCE_MM, closed=True)
        cuts = [0, *sharp, len(points) - 1]
        found: Curve = []
        for a, b in zip(cuts[:-1], cuts[1:], strict=True):
            if b > a:
                found += fit(points[a : b + 1][_thin(b + 1 - a)], _TOLERANCE_MM)
        return found

    def fills(self) -> list[str]:
        """Return the areas, each closed from the curves that bound it."""
        found = []
        for label in sorted(self.sides):
            pieces = self.sides[label]
            by_start: dict[int, list[int]] = defaultdict(list)
            for number, (start, _, _) in enumerate(pieces):
                by_start[start].append(number)
            used, data = [False] * len(pieces), ""
            for first in range(len(pieces)):
                if used[first]:
                    continue
                at, move = first, True
                while True:
                    used[at] = True
                    data += svg.curve(pieces[at][2], move=move)
                    move = False
                    following = [n for n in by_start[pieces[at][1]] if not used[n]]
                    if not following:
                        break
                    at = following[0]
                data += "Z"
            colour = self._colour(label)
            seam = {} if label % _FAR >= _PROPS else {"stroke": colour, "stroke_width": 0.12}
            found.append(svg.path(data, fill=colour, fill_rule="evenodd", **seam))
        return found

    def _colour(self, label: int) -> str:
        plain = label % _FAR
        if plain >= _PROPS:
            return self.colours.prop(self.mesh.props[label - _PROPS])
        colour = self.colours.fills[plain]
        return shade(colour, self.colours.far) if label >= _FAR else colour

    def _lines(self, key: str, width: float, colour: str) -> list[str]:
        if not self.strokes[key]:
            return []
        round_ = {"stroke_linecap": "round", "stroke_linejoin": "round"}
        data = "".join(self.strokes[key])
        return [svg.path(data, fill="none", stroke=colour, stroke_width=width, **round_)]

    def prop_lines(self) -> list[str]:
        """Return the lines of things."""
        inner = self._lines("prop inner", PROP_INNER_MM, "#6b7680")
        return inner + self._lines("prop", PROP_MM, "#4a545c")

    def body_lines(self) -> list[str]:
        """Return the lines of the person, the outline last."""
        line = self.colours.line
        found = [svg.path("".join(self.folds), fill=line)] if self.folds else []
        for key, width in (("hem", HEM_MM), ("overlap", OVERLAP_MM), ("outline", OUTLINE_MM)):
            found += self._lines(key, width, line)
        return found


def _thin(count: int) -> Ints:
    """Return every second index of a line, both ends among them."""
    return np.unique(np.r_[0:count:2, count - 1]) if count > 8 else np.arange(count)  # noqa: PLR2004


def _tint(
    scene: Scene, person: Dressed, mesh: _Mesh, picture: _Picture, frame: Frame, flat: Floats
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
    field[~np.isin(person.labels, [Label.SKIN, Label.SHIRT, Label.TROUSERS])] = 0
    seen = (picture.faces != NOTHING) & (picture.faces < mesh.person)
    values = np.where(seen, field[np.where(seen, picture.faces, 0)], 0.0)
    values = blurred(values, 0.16 / frame.millimetre)
    colours = palette(scene.person, scene.tone)
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
            if len(chain.cracks) > 30:  # noqa: PLR2004 - a speck
                line = smooth(edges.places(chain.corners), 0.3 / frame.millimetre, closed=chain.closed)
                line = line[_thin(len(line))] * frame.millimetre
                data += svg.curve(fit(line, 0.05, closed=chain.closed)) + "Z"
        if data:
            look = {"fill": colours.tint, "fill_opacity": colours.tint_opacity}
            found.append(svg.path(data, fill_rule="evenodd", **look))
    return found


def _marks(
    person: Dressed, mesh: _Mesh, picture: _Picture, frame: Frame, flat: Floats, colours: Palette
) -> list[str]:
    """Return face and strands, hidden where anything is in front or the skin turns away."""
    found = []
    for mark in person.marks:
        corners_ = mesh.vertices[mark.corners + person.starts[mark.layer]]
        points = (corners_ * mark.shares[:, :, None]).sum(1)
        normal = np.cross(corners_[:, 1] - corners_[:, 0], corners_[:, 2] - corners_[:, 0])
        facing = normal[:, 2] / (np.linalg.norm(normal, axis=1) + 1e-12) > 0.12  # noqa: PLR2004
        if mark.kind not in {"white", "iris"}:
            points = _calm(points)
        at = frame.flat(points)
        found += _mark(mark, points[:, 2], facing, at, picture, frame, colours)
    return found


def _calm(points: Floats) -> Floats:
    """Return a short line of points smoothed a little; its ends stay."""
    calm = points.copy()
    for _ in range(2):
        calm[1:-1] = (calm[:-2] + 2 * calm[1:-1] + calm[2:]) / 4
    return calm


def _mark(
    mark: Mark,
    depth: Floats,
    facing: Mask,
    at: Floats,
    picture: _Picture,
    frame: Frame,
    colours: Palette,
) -> list[str]:
    height, width = frame.size
    cell = np.clip(at.astype(int), 0, [width - 1, height - 1])
    inside = ((at >= 0) & (at < [width, height])).all(1)
    mouth = mark.kind == "mouth"
    clear = depth > picture.depths[cell[:, 1], cell[:, 0]] - (0.012 if mouth else 0.005)
    seen = inside & clear & (facing | mouth)
    at = at * frame.millimetre
    colour = {
        "white": colours.white,
        "iris": "#2b2422" if colours.tone == "colour" else colours.line,
        "mouth": colours.mouth,
        "lip": colours.lip,
        "brow": colours.brow,
        "strand": colours.strand,
        "fold": colours.fold,
    }.get(mark.kind, colours.line)
    if mark.kind in {"white", "iris"}:
        return [svg.path(svg.polygon(at[seen]), fill=colour)] if seen.mean() > 0.55 else []  # noqa: PLR2004
    stroke = max(_MARK_M[mark.kind] * frame.scale, _MARK_MM[mark.kind])
    ends = 0.35 if mark.kind == "brow" else 0.12
    least = 5 if mark.kind in {"lid", "nose", "ear", "mouth"} else 3
    found = []
    for run in np.split(np.arange(len(at)), np.flatnonzero(np.diff(seen.astype(int))) + 1):
        if seen[run[0]] and len(run) >= least:
            found.append(svg.path(svg.taper(at[run], stroke, ends), fill=colour))
    return found


def _signs(scene: Scene, frame: Frame, colours: Palette) -> list[str]:
    """Return arrows, numbers and the cross of a mistake."""
    k = frame.millimetre
    found = []
    for points in scene.arrows:
        found.append(svg.arrow(frame.flat(frame.turned(np.asarray(points))) * k, colours.arrow))
    for text, place in scene.badges:
        found.append(svg.badge(frame.flat(frame.turned(place[None]))[0] * k, text, colours.line))
    if scene.mistake:
        found.append(svg.cross((1.5, 1.5), 5.0, colours.arrow))
    return found
