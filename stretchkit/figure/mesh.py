"""Triangle meshes: smoother, finer, cut along a line; NumPy alone."""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]


def normals(vertices: Floats, triangles: Ints) -> Floats:
    """Return the unit normal at every vertex, the triangles' own weighted by their areas."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    found = np.empty_like(vertices)
    corners = triangles.ravel()
    for axis in range(3):
        found[:, axis] = np.bincount(corners, np.repeat(face[:, axis], 3), len(vertices))
    result: Floats = found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-12)
    return result


def edges_of(triangles: Ints, count: int) -> tuple[Ints, Ints, Ints]:
    """Return each edge once, which edge each side of each triangle is, and how often each occurs.

    The sides of a triangle are 0-1, 1-2 and 2-0.
    """
    sides = np.stack([triangles, np.roll(triangles, -1, 1)], 2).reshape(-1, 2)
    low, high = sides.min(1), sides.max(1)
    keys, which, times = np.unique(low * count + high, return_inverse=True, return_counts=True)
    return np.stack([keys // count, keys % count], 1), which.reshape(-1, 3), times


@dataclass(frozen=True, slots=True, eq=False)
class Finer:
    """One step of Loop's subdivision: finer triangles, and how values get to their vertices."""

    triangles: Ints
    _edges: Ints
    _inner: NDArray[np.bool_]
    _apexes: Ints
    _border: NDArray[np.bool_]
    _degree: Ints
    _count: int

    def apply(self, values: Floats) -> Floats:
        """Return values at the finer vertices: the old vertices first, then one for each edge."""
        a, b = values[self._edges[:, 0]], values[self._edges[:, 1]]
        middle = (a + b) / 2
        inner = self._inner
        apexes = values[self._apexes].sum(1) / 8
        middle[inner] = (a + b)[inner] * 3 / 8 + apexes
        keep = self._border[self._edges].all(1) & ~inner
        beta = 3 / (8 * np.maximum(self._degree, 3)) * np.ones(self._count)
        beta[self._degree == 3] = 3 / 16  # Warren's weights
        around = np.zeros_like(values)
        rim = np.zeros_like(values)
        for column in range(values.shape[1]):
            for one, other in ((a, 1), (b, 0)):
                ends = self._edges[:, other]
                around[:, column] += np.bincount(ends, one[:, column], self._count)
                rim[:, column] += np.bincount(ends[keep], one[keep, column], self._count)
        old = values * (1 - self._degree * beta)[:, None] + around * beta[:, None]
        old[self._border] = values[self._border] * 0.75 + rim[self._border] / 8
        found: Floats = np.concatenate([old, middle])
        return found


def finer(triangles: Ints, count: int) -> Finer:
    """Return one step of Loop's subdivision of triangles over `count` vertices."""
    edges, which, times = edges_of(triangles, count)
    inner = times == 2  # two triangles meet
    apex = np.roll(triangles, 1, 1).ravel()
    order = np.argsort(which.ravel(), kind="stable")
    start = np.cumsum(times) - times
    pairs = np.stack([apex[order[start[inner]]], apex[order[start[inner] + 1]]], 1)
    border = np.zeros(count, dtype=bool)
    border[edges[~inner]] = True
    m = which + count
    t = triangles
    parts = (
        (t[:, 0], m[:, 0], m[:, 2]),
        (m[:, 0], t[:, 1], m[:, 1]),
        (m[:, 2], m[:, 1], t[:, 2]),
        (m[:, 0], m[:, 1], m[:, 2]),
    )
    small = np.concatenate([np.stack(part, 1) for part in parts])
    degree = np.bincount(edges.ravel(), minlength=count)
    return Finer(small, edges, inner, pairs, border, degree, count)


@dataclass(frozen=True, slots=True, eq=False)
class Smoother:
    """Moves every vertex half way to the middle of its neighbours; open borders stay."""

    _neighbours: Ints
    _shares: Floats
    _own: Floats

    def apply(self, values: Floats, times: int = 1) -> Floats:
        """Return values smoothed so many times."""
        padded = np.concatenate([values, np.zeros((1, values.shape[1]))])
        for _ in range(times):
            mean = padded[self._neighbours[:, 0]]
            for column in range(1, self._neighbours.shape[1]):
                mean += padded[self._neighbours[:, column]]
            padded[:-1] = padded[:-1] * self._own + mean * self._shares
        found: Floats = padded[:-1]
        return found


def smoother(triangles: Ints, count: int) -> Smoother:
    """Return the smoothing of a mesh of `count` vertices."""
    edges, _, times = edges_of(triangles, count)
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    degree = np.bincount(both[:, 0], minlength=count)
    table = np.full((count, int(degree.max())), count)
    start = np.cumsum(degree) - degree
    table[both[:, 0], np.arange(len(both)) - start[both[:, 0]]] = both[:, 1]
    share = 0.5 / np.maximum(degree, 1)
    share[np.unique(edges[times == 1])] = 0.0
    share[degree == 0] = 0.0
    own = np.where(share > 0, 0.5, 1.0)
    return Smoother(table, share[:, None], own[:, None])


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Where a mesh was cut: the new vertices lie on edges of the old, and pieces on either side.

    `sources` and `shares` give every vertex of the cut mesh as a mix of two of the old one.
    """

    triangles: Ints
    origins: Ints
    inside: NDArray[np.bool_]
    sources: Ints
    shares: Floats

    def apply(self, values: Floats) -> Floats:
        """Return values at the vertices of the cut mesh."""
        a, b = values[self.sources[:, 0]], values[self.sources[:, 1]]
        found: Floats = a + (b - a) * self.shares[:, None]
        return found


def cut(triangles: Ints, field: Floats) -> Cut:
    """Cut triangles where a field at the vertices is zero; the inside has values above zero."""
    count = len(field)
    field = np.where(np.abs(field) < 1e-7, 1e-7, field)  # never on a vertex
    above = field > 0
    ups = above[triangles].sum(1)
    whole = (ups == 0) | (ups == 3)  # three corners
    mixed = triangles[~whole]
    # turn each mixed triangle so that its lone corner comes first
    lone = np.where(ups[~whole] == 1, 1, 0)
    first = (above[mixed] == lone[:, None].astype(bool)).argmax(1)
    turned = np.take_along_axis(mixed, (first[:, None] + np.arange(3)) % 3, 1)
    sides = np.concatenate([turned[:, [0, 1]], turned[:, [0, 2]]])
    keys = sides.min(1) * count + sides.max(1)
    unique, which = np.unique(keys, return_inverse=True)
    a, b = unique // count, unique % count
    share = field[a] / (field[a] - field[b])
    p, q = (which + count).reshape(2, -1)
    o, x, y = turned.T
    pieces = [np.stack([o, p, q], 1), np.stack([p, x, y], 1), np.stack([p, y, q], 1)]
    faces = np.concatenate([triangles[whole], *pieces])
    number = np.flatnonzero(~whole)
    origins = np.concatenate([np.flatnonzero(whole), number, number, number])
    up = lone.astype(bool)
    inside = np.concatenate([ups[whole] > 0, up, ~up, ~up])
    old = np.arange(count)
    sources = np.concatenate([np.stack([old, old], 1), np.stack([a, b], 1)])
    return Cut(faces, origins, inside, sources, np.concatenate([np.zeros(count), share]))


@dataclass(frozen=True, slots=True, eq=False)
class Rim:
    """The open border that a cut leaves: its vertices, and the two beside each, by their order."""

    vertices: Ints
    beside: Ints

    def apply(self, values: Floats, times: int) -> Floats:
        """Return values with those of the border smoothed along it so many times."""
        line = values[self.vertices]
        for _ in range(times):
            line = line / 2 + (line[self.beside[:, 0]] + line[self.beside[:, 1]]) / 4
        found = values.copy()
        found[self.vertices] = line
        return found


def rim_of(triangles: Ints, count: int, first: int) -> Rim:
    """Return the border of a mesh of `count` vertices among those from `first` on."""
    edges, _, times = edges_of(triangles, count)
    border = edges[(times == 1) & (edges.min(1) >= first)]
    both = np.concatenate([border, border[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    vertices, start, degree = np.unique(both[:, 0], return_index=True, return_counts=True)
    keep = degree == 2  # where two borders meet, neither moves
    beside = np.stack([both[start, 1], both[start + degree - 1, 1]], 1)
    beside = np.where(keep[:, None], beside, vertices[:, None])
    return Rim(vertices, np.searchsorted(vertices, beside))
