"""Where arrows stand on the paper: along the real way, near the part, not over the person.

A way that runs through free paper stays where it is. Another moves aside, as little as it must:
places around it are tried, and each costs what it covers and how far it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from stretchkit.figure.bezier import through
from stretchkit.figure.layers import EAR, PARTS, Label
from stretchkit.figure.mesh import Floats
from stretchkit.figure.moving import Turn, Way
from stretchkit.figure.picture import SceneMesh
from stretchkit.figure.raster import NOTHING, raster
from stretchkit.figure.regions import Mask, grown
from stretchkit.figure.rotations import cross, unit
from stretchkit.figure.scene import SCALE, Scene
from stretchkit.figure.wardrobe import Dressed

_GRAIN = 0.35
"""Size of a cell that places are weighed in, mm of paper."""

_LEAST, _LONGEST = 9.0, 30.0
"""An arrow is at least so long, and shows no more of a long way than this, mm of paper."""

_GAP = 2.0
"""An arrow ends so far before the place its part came to, mm of paper."""

_HALO = 1.5
"""Room on either side of an arrow, mm of paper."""

_ALIKE = 5.0
"""Two sides that go so near to each other share an arrow, mm of paper."""

_AWAY = 0.055
"""What a millimetre away from the real way costs; covering the trunk all along costs 1."""

_COVERS = {
    "thing": 0.75,
    "trunk": 1.0,
    "limb": 1.3,
    "ground": 1.5,
    "end": 2.5,
    "head": 8.0,
    "arrow": 8.0,
}
_CLOTH, _MAT = 0.35, 0.02
"""What covering a mat costs, which is no higher than so many metres, or the trunk where an arrow
may lie on it."""

_SHORT = 15.0
"""A way shorter than this on paper may be shown going to its part, or coming from it, mm."""

_INSIDE = 0.045
"""How far inside a close-up an arrow stays, metres."""

_SWERVES = 0.15
"""A way that turns back by this share of its bend is straightened."""

_SECOND, _OUTWARD = 0.15, 0.25
_FACING, _LEVEL = 0.55, 45.0
_DIRECTIONS = 24
_SAME_WAY = 0.9
_FARTHEST = 24.0
_LOOKING_DOWN = 0.34
_HALF_ARC = 62.0


@dataclass(frozen=True, slots=True, eq=False)
class _Paper:
    """What lies where, cell by cell, as a price; metres as the viewer has them."""

    low: Floats
    cell: float
    price: Floats
    floor: float | None
    pane: tuple[Floats, Floats] | None

    def costs(self, lines: Floats, on_cloth: bool) -> Floats:
        """Return the mean price along each of some lines, (lines, points, 2)."""
        height, width = self.price.shape
        x = ((lines[..., 0] - self.low[0]) / self.cell).astype(int)
        y = ((lines[..., 1] - self.low[1]) / self.cell).astype(int)
        inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        found = np.where(inside, self.price[y.clip(0, height - 1), x.clip(0, width - 1)], 0.0)
        if on_cloth or self.pane is not None:
            found = np.where(found == _COVERS["trunk"], _CLOTH, found)
        if self.floor is not None:
            found = np.where(lines[..., 1] < self.floor, _COVERS["ground"], found)
        if self.pane is not None:
            low, high = self.pane
            out = ((lines < low) | (lines > high)).any(-1)
            found = np.where(out, _COVERS["arrow"], found)
        forbidden = (found >= _COVERS["head"]).any(-1)
        result: Floats = found.mean(-1) + forbidden * _COVERS["head"]
        return result


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """A way as the viewer has it, metres; a turn moves `along` its axis alone.

    `on_cloth` says that the part looks at the viewer, so that an arrow may lie on it; `outward` is
    above zero where the part goes the way that its skin looks to, 1 at most.
    """

    points: Floats
    on_cloth: bool = False
    free: bool = False
    outward: float = 0.0
    along: Floats | None = None


def place_arrows(scene: Scene, person: Dressed, mesh: SceneMesh) -> list[Floats]:
    """Return the arrows of a scene as the viewer has them: x and y in metres, start to tip."""
    if not scene.ways:
        return []
    metre = scene.view.scale
    paper = _weigh(scene, person, mesh)
    found: list[Floats] = []
    for line in _shared([_flat(way, scene) for way in scene.ways], _ALIKE / metre):
        placed = _aside(_shown(line, metre), line, paper, metre)
        found.append(placed)
        _cover(paper, placed, _HALO * 2 / metre)
    return found


def _weigh(scene: Scene, person: Dressed, mesh: SceneMesh) -> _Paper:
    """Return the price of covering each place of the paper."""
    cell = _GRAIN / scene.view.scale
    used = mesh.vertices[np.unique(mesh.faces)]
    low, high = used[:, :2].min(0) - 0.02, used[:, :2].max(0) + 0.02
    width, height = np.ceil((high - low) / cell).astype(int) + 1
    flat = (mesh.vertices[:, :2] - low) / cell
    faces, _ = raster(flat, mesh.vertices[:, 2], mesh.faces, (height, width), mesh.closed)
    parts, labels = person.parts, person.labels
    heights = (mesh.vertices @ scene.view.rotation)[:, 1]
    under = heights[mesh.faces].max(1) < _MAT
    kinds = np.where(under, _CLOTH, _COVERS["thing"])
    kinds[: mesh.person] = np.where(parts == 0, _COVERS["trunk"], _COVERS["limb"])
    arm_or_leg = (parts > 0) & (parts <= 4)  # noqa: PLR2004 - two arms, two legs
    middles = person.places[person.faces].mean(1)
    ends = arm_or_leg & ((labels == Label.SHOE) | (labels == Label.SOLE) | _hands(middles))
    head = (parts == PARTS.index("head") + 1) | (parts == EAR)
    kinds[: mesh.person][ends] = _COVERS["end"]
    kinds[: mesh.person][head] = _COVERS["head"]
    exact = np.where(faces == NOTHING, 0.0, np.append(kinds, 0.0)[faces])
    price = np.zeros_like(exact)
    for value in sorted({_CLOTH, *_COVERS.values()}):
        reach = _HALO / scene.view.scale / cell
        price = np.where(grown(exact == value, round(reach)), np.maximum(price, value), price)
    floor = float(low[1]) + 0.02 if abs(scene.view.pitch) < _LEVEL else None
    pane = None
    if scene.view.box is not None:
        middle, half = scene.view.rotation @ scene.view.box.middle, np.array(scene.view.box.half)
        pane = middle[:2] - half + _INSIDE, middle[:2] + half - _INSIDE
    return _Paper(low, cell, price, floor, pane)


def _hands(places: Floats) -> Mask:
    """Tell of places of the canonical body whether they are on a hand."""
    found: Mask = np.abs(places[:, 0]) > 0.41  # noqa: PLR2004 - beyond the wrists at rest
    return found


def _flat(way: Way | Turn, scene: Scene) -> _Line:
    """Return a way as the viewer has it."""
    rotation = scene.view.rotation
    if isinstance(way, Way):
        gone = way.points[-1] - way.points[0]
        outward = 0.0 if way.facing is None else float(unit(gone) @ way.facing)
        seen = way.facing is not None and float(rotation[2] @ way.facing) > _FACING
        points = _one_bend(through((way.points @ rotation.T)[:, :2], 8))
        return _Line(points, on_cloth=seen, free=way.free, outward=outward)
    middle, axis = rotation @ way.middle, rotation @ way.axis
    if abs(axis[2]) < _LOOKING_DOWN:  # from the side a turn is a line: look down on it
        lean = _LOOKING_DOWN if axis[2] >= 0 else -_LOOKING_DOWN
        level = unit(np.array([axis[0], axis[1], 0.0])) * np.sqrt(1 - lean * lean)
        axis = np.array([level[0], level[1], lean])
    near = unit(np.array([0.0, 0.0, 1.0]) - axis * axis[2])
    aside = cross(axis, near)
    angles = np.radians(np.linspace(-_HALF_ARC, _HALF_ARC, 9)) * np.sign(way.degrees)
    points = middle + way.radius * (
        np.cos(angles)[:, None] * near + np.sin(angles)[:, None] * aside
    )
    return _Line(points[:, :2], on_cloth=True, along=unit(axis[:2]))


def _one_bend(points: Floats) -> Floats:
    """Return a way that bends to one side and to the other as one that bends to one side only."""
    steps = np.diff(points, axis=0)
    turns = steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]
    to_left, to_right = turns.clip(0).sum(), (-turns).clip(0).sum()
    if min(to_left, to_right) < _SWERVES * max(to_left, to_right):
        return points
    t = np.concatenate([[0.0], np.cumsum(np.hypot(*steps.T))])
    t = (t / t[-1])[:, None]
    straight, bulge = points[0] + (points[-1] - points[0]) * t, t * (1 - t)
    found: Floats = straight + bulge * ((points - straight) * bulge).sum(0) / (bulge**2).sum()
    return found


def _shared(lines: Sequence[_Line], near: float) -> list[_Line]:
    """Return the lines, with one in place of two that go side by side."""
    found: list[_Line] = []
    for line in lines:
        for number, other in enumerate(found):
            ways = [unit(each.points[-1] - each.points[0]) for each in (line, other)]
            beside = float(np.hypot(*(other.points - line.points).T).max()) < near
            if beside and float(ways[0] @ ways[1]) > _SAME_WAY:
                found[number] = replace(line, points=(other.points + line.points) / 2)
                break
        else:
            found.append(line)
    return found


def _shown(line: _Line, metre: float) -> list[Floats]:
    """Return what may be drawn of a way: it, or when it is short, arrows to and from the part."""
    points = line.points
    if line.along is not None:
        return [points]
    steps = np.hypot(*np.diff(points, axis=0).T)
    length = float(steps.sum())
    if length * metre < (_LEAST + _GAP if line.free else _SHORT):
        whole = points[-1] - points[0]
        way = whole / (float(np.hypot(*whole)) + 1e-9) / metre
        size = max(_LEAST, length * metre)
        shares = np.linspace(0, 1, 5)[:, None]
        there = points[-1] - way * _GAP + way * (shares - 1) * size
        away = points[-1] + way * _GAP + way * shares * size
        if abs(line.outward) < _OUTWARD:
            return [there, away]
        return [away] if line.outward > 0 else [there]
    along = np.concatenate([[0.0], np.cumsum(steps)])
    stop = length - _GAP / metre
    start = max(0.06 * length, stop - _LONGEST / metre)
    at = np.linspace(start, stop, 9)
    return [np.stack([np.interp(at, along, points[:, k]) for k in range(2)], 1)]


def _aside(shown: Sequence[Floats], line: _Line, paper: _Paper, metre: float) -> Floats:
    """Return what is drawn at the cheapest place around it."""
    far = np.arange(0.75, _FARTHEST, 0.75)
    dear = _AWAY
    if line.along is not None:  # how far it moves counts by the body, however large it is
        moves = np.concatenate([far, -far])[:, None] * line.along
        dear *= SCALE / metre
    else:
        angles = np.arange(_DIRECTIONS) * 2 * np.pi / _DIRECTIONS
        ways = np.stack([np.cos(angles), np.sin(angles)], 1)
        moves = (ways[None] * far[:, None, None]).reshape(-1, 2)
    moves = np.concatenate([np.zeros((1, 2)), moves])
    away = np.hypot(*moves.T) * dear
    best: tuple[float, Floats] | None = None
    for number, points in enumerate(shown):
        price = away + number * _SECOND
        costs = paper.costs(_dense(points)[None] + (moves / metre)[:, None], line.on_cloth) + price
        choice = int(np.round(costs, 6).argmin())
        if best is None or costs[choice] < best[0] - 1e-6:
            best = float(costs[choice]), points + moves[choice] / metre
    assert best is not None  # noqa: S101 - something is always shown
    return best[1]


def _dense(line: Floats) -> Floats:
    at = np.linspace(0, len(line) - 1, 40)
    return np.stack([np.interp(at, np.arange(len(line)), line[:, k]) for k in range(2)], 1)


def _cover(paper: _Paper, line: Floats, wide: float) -> None:
    """Make the place of an arrow dear to the next."""
    height, width = paper.price.shape
    rows = paper.low[1] + (np.arange(height) + 0.5) * paper.cell
    columns = paper.low[0] + (np.arange(width) + 0.5) * paper.cell
    for x, y in _dense(line):
        near = np.hypot(columns[None] - x, rows[:, None] - y) < wide
        paper.price[near] = _COVERS["arrow"]
