"""From a picture of labels and depths to the lines that a pen would draw.

Lines run along the cracks between pixels: where labels differ, where one part of the body passes
in front of another, and where depth jumps. Chains of cracks run from junction to junction.
"""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.mesh import Floats, Ints

Mask = NDArray[np.bool_]

HEM, OVERLAP, OUTLINE = 1, 2, 3
"""What a crack shows: a change of colour alone, something in front, the figure's outline."""

_STRONG, _WEAK, _ON_HEAD = 0.022, 0.009, 0.05
_TOUCHING = 0.004
_STEEP = 0.05
_NEEDED = (0.45, 1.0, 2.2)
"""How long a line must be that ends in nothing at no, one or both ends: a share of the shortest."""
_FINE_SHARE = 0.45
"""Lines of a hand may be shorter than others by this share."""


@dataclass(frozen=True, slots=True, eq=False)
class Cracks:
    """Cracks between unlike pixels; corners are numbered row by row, `across` in a row.

    `fine` ones border hands and ears, where shapes are hardly wider than a line.
    """

    ends: Ints
    sides: Ints
    kinds: Ints
    strong: Mask
    fine: Mask
    across: int

    def only(self, keep: Mask) -> Cracks:
        """Return some of the cracks."""
        return Cracks(
            self.ends[keep],
            self.sides[keep],
            self.kinds[keep],
            self.strong[keep],
            self.fine[keep],
            self.across,
        )

    def places(self, corners: Ints) -> Floats:
        """Return corners in pixels, (x, y)."""
        return np.stack([corners % self.across, corners // self.across], 1).astype(float)


def cracks(
    labels: Ints, depths: Floats, parts: Ints, head: Mask, fine: Ints | None = None
) -> Cracks:
    """Return every crack that may become a line; depths in metres, larger is nearer.

    On bare skin of the `head` only large jumps count: its features are drawn as marks. Lines at
    pixels whose `fine` is 2 are fine, at those of 1 between spots of one label.
    """
    width = labels.shape[1]
    across = width + 1
    small = np.zeros_like(labels) if fine is None else fine
    found = []
    for axis in (1, 0):
        here = (slice(None), slice(0, -1)) if axis else (slice(0, -1), slice(None))
        there = (slice(None), slice(1, None)) if axis else (slice(1, None), slice(None))
        la, lb = labels[here], labels[there]
        jump = np.abs(depths[here] - depths[there])
        slope = np.where(jump < _STEEP, jump, 0.0)
        wide = np.pad(slope, [(0, 0), (1, 1)] if axis else [(1, 1), (0, 0)])
        before = wide[:, :-2] if axis else wide[:-2]
        after = wide[:, 2:] if axis else wide[2:]
        step = jump - 1.6 * np.maximum(before, after)
        same = (la == lb) & (la > 0)
        on_head = head[here] | head[there]
        strong = same & (step > np.where(on_head, _ON_HEAD, _STRONG))
        weak = same & (step > np.where(on_head, _ON_HEAD, _WEAK))
        pa, pb = parts[here], parts[there]
        meet = same & (pa != pb) & (pa > 0) & (pb > 0)
        legs = (np.minimum(pa, pb) == 3) & (np.maximum(pa, pb) == 4)
        meet &= ~(legs & (jump < _TOUCHING))
        differ = la != lb
        chosen = differ | weak | meet
        y, x = np.nonzero(chosen)
        if axis:
            ends = np.stack([y * across + x + 1, (y + 1) * across + x + 1], 1)
            sides = np.stack([lb[chosen], la[chosen]], 1)
        else:
            ends = np.stack([(y + 1) * across + x, (y + 1) * across + x + 1], 1)
            sides = np.stack([la[chosen], lb[chosen]], 1)
        over = (step > _WEAK) | meet
        kinds = np.where((la == 0) | (lb == 0), OUTLINE, np.where(over, OVERLAP, HEM))[chosen]
        size = np.maximum(small[here], small[there])
        thin = ((size == 2) | ((size == 1) & same))[chosen]
        found.append((ends, sides, kinds, (differ | strong | meet)[chosen], thin))
    ends, sides, kinds, firm, thin = (np.concatenate(each) for each in zip(*found, strict=True))
    return Cracks(ends, sides, kinds, firm, thin, across)


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Cracks in a row between two junctions, or around."""

    corners: Ints
    cracks: Ints
    reversed: bool
    dead: tuple[bool, bool]

    @property
    def closed(self) -> bool:
        """Whether it ends where it starts."""
        return bool(self.corners[0] == self.corners[-1])


def chains(edges: Cracks) -> list[Chain]:
    """Return the cracks joined into chains."""
    unique, inverse = np.unique(edges.ends, return_inverse=True)
    ends = inverse.reshape(-1, 2)
    flat = ends.ravel()
    degree = np.bincount(flat, minlength=len(unique))
    order = np.argsort(flat, kind="stable")
    incident = (order // 2).tolist()
    start = (np.cumsum(degree) - degree).tolist()
    share = np.bincount(flat, np.repeat(edges.fine, 2), len(unique))
    stops = (degree != 2) | (share == 1)  # where lines meet, or one grows finer
    stop = stops.tolist()
    first = ends[:, 0].tolist()
    total = (ends[:, 0] + ends[:, 1]).tolist()
    degrees = degree.tolist()
    used = [False] * len(ends)
    found: list[Chain] = []

    def walk(edge: int, corner: int) -> None:
        origin, turned = corner, first[edge] != corner
        path, members = [corner], []
        while True:
            used[edge] = True
            corner = total[edge] - corner
            path.append(corner)
            members.append(edge)
            if stop[corner] or corner == origin:
                break
            at = start[corner]
            edge = incident[at] if incident[at] != edge else incident[at + 1]
            if used[edge]:
                break
        dead = (degrees[path[0]] == 1, degrees[path[-1]] == 1)
        found.append(Chain(unique[path], np.array(members), turned, dead))

    for corner in np.flatnonzero(stops).tolist():
        for at in range(start[corner], start[corner] + degrees[corner]):
            if not used[incident[at]]:
                walk(incident[at], corner)
    for edge in range(len(ends)):
        if not used[edge]:
            walk(edge, first[edge])
    return found


@dataclass(frozen=True, slots=True)
class Pruning:
    """Which depth lines are too short to mean anything, pixels."""

    shortest: float
    hug: Mask
    head: Mask
    prop_from: int


def prune(edges: Cracks, rule: Pruning) -> tuple[Cracks, list[Chain]]:
    """Return the cracks and chains that are worth a line."""
    for attempt in range(4):
        rows = chains(edges)
        drop = np.zeros(len(edges.ends), dtype=bool)
        for chain in rows:
            left, right = edges.sides[chain.cracks[0]]
            if left != right:
                continue
            if rule.prop_from <= left or _worthless(edges, chain, rule, last=attempt == 3):
                drop[chain.cracks] = True
        if not drop.any():
            return edges, rows
        edges = edges.only(~drop)
    return edges, chains(edges)


def _worthless(edges: Cracks, chain: Chain, rule: Pruning, *, last: bool) -> bool:
    """Tell whether a line between two spots of one label says nothing."""
    count = len(chain.cracks)
    height, width = rule.head.shape
    middle = chain.corners[len(chain.corners) // 2]
    x, y = min(middle % edges.across, width - 1), min(middle // edges.across, height - 1)
    on_head = bool(rule.head[y, x])
    need = 0.0 if last else rule.shortest * _NEEDED[sum(chain.dead)]
    fine = bool(edges.fine[chain.cracks[0]])
    if fine:
        need *= _FINE_SHARE
    strong = bool(edges.strong[chain.cracks].any())
    if on_head:
        need *= 0.4
    elif not fine:
        where = chain.corners
        rows = np.minimum(where // edges.across, height - 1)
        columns = np.minimum(where % edges.across, width - 1)
        near = rule.hug[rows, columns].mean() > 0.5  # most of it
        if near and np.median(edges.kinds[chain.cracks]) < OUTLINE:
            return True
    ring = chain.closed and count < 1.3 * rule.shortest and not on_head
    return not strong or count < need or ring
