"""Pictures of labels: connected areas, specks healed, masks grown and blurred; NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.mesh import Floats, Ints

Mask = NDArray[np.bool_]


def areas(picture: Ints) -> tuple[Ints, Ints]:
    """Return for each pixel the number of its connected area, and each area's size in pixels."""
    height, width = picture.shape
    starts = np.ones((height, width), dtype=bool)
    starts[:, 1:] = picture[:, 1:] != picture[:, :-1]
    runs = np.cumsum(starts.ravel()).reshape(height, width) - 1
    count = int(runs[-1, -1]) + 1
    same = picture[1:] == picture[:-1]
    touching = runs[:-1][same] * count + runs[1:][same]
    new = np.ones(len(touching), dtype=bool)
    new[1:] = touching[1:] != touching[:-1]  # most are like the one before
    pairs = np.unique(touching[new])
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in zip((pairs // count).tolist(), (pairs % count).tolist(), strict=True):
        ra, rb = root(a), root(b)
        if ra != rb:
            parent[max(ra, rb)] = min(ra, rb)
    roots = np.array([root(i) for i in range(count)])
    _, numbers = np.unique(roots, return_inverse=True)
    found = numbers[runs]
    return found, np.bincount(found.ravel())


def grown(mask: Mask, steps: int) -> Mask:
    """Return a mask that reaches so many pixels farther, in a rounded shape."""
    found = mask.copy()
    for step in range(steps):
        wider = found.copy()
        wider[1:] |= found[:-1]
        wider[:-1] |= found[1:]
        wider[:, 1:] |= found[:, :-1]
        wider[:, :-1] |= found[:, 1:]
        if step % 2:
            wider[1:, 1:] |= found[:-1, :-1]
            wider[1:, :-1] |= found[:-1, 1:]
            wider[:-1, 1:] |= found[1:, :-1]
            wider[:-1, :-1] |= found[1:, 1:]
        found = wider
    return found


def healed(small: Mask) -> tuple[Ints, Ints]:
    """Return for each pixel which one it takes after: in `small` the nearest one outside it."""
    height, width = small.shape
    places = np.indices(small.shape)
    rows: Ints = places[0]
    columns: Ints = places[1]
    ys, xs = np.nonzero(small)
    empty = small.copy()
    while len(ys):
        before = empty.copy()
        done = np.zeros(len(ys), dtype=bool)
        for dy, dx in ((0, -1), (-1, 0), (0, 1), (1, 0)):
            ny, nx = np.clip(ys + dy, 0, height - 1), np.clip(xs + dx, 0, width - 1)
            ready = ~done & ~before[ny, nx]
            to, of = (ys[ready], xs[ready]), (ny[ready], nx[ready])
            rows[to], columns[to] = rows[of], columns[of]
            empty[to] = False
            done |= ready
        if not done.any():
            break
        ys, xs = ys[~done], xs[~done]
    return rows, columns


def blurred(picture: Floats, sigma: float) -> Floats:
    """Return a picture smoothed with a Gaussian of so many pixels."""
    kernel = gauss(sigma)
    reach = len(kernel) // 2
    found = picture
    for axis in (0, 1):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (reach, reach)
        wide = np.pad(found, pad)
        size = found.shape[axis]
        found = sum(
            (share * np.take(wide, np.arange(size) + i, axis) for i, share in enumerate(kernel)),
            start=np.zeros_like(found),
        )
    return found


def gauss(sigma: float) -> Floats:
    """Return a Gaussian kernel that sums to 1."""
    reach = max(1, round(3 * sigma))
    found = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    result: Floats = found / found.sum()
    return result
