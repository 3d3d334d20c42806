"""Triangles to pixels: which triangle is nearest at each pixel's middle."""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.mesh import Floats, Ints

NOTHING = -1
_DEPTHS = 1 << 17  # steps in a metre: 7.6 micrometres
_NUMBERS = 1 << 24


def raster(
    points: Floats,
    depths: Floats,
    triangles: Ints,
    size: tuple[int, int],
    closed: NDArray[np.bool_],
) -> tuple[Ints, Floats]:
    """Return the nearest triangle and its depth at each pixel of (height, width).

    `points` are in pixels, x to the right and y down; larger depths are nearer. Of `closed`
    triangles only the front is drawn. Ties go to the later triangle, so the result is exact.
    """
    height, width = size
    a, b, c = (points[triangles[:, k]] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    y_low = np.minimum(np.minimum(a[:, 1], b[:, 1]), c[:, 1])
    y_high = np.maximum(np.maximum(a[:, 1], b[:, 1]), c[:, 1])
    first = np.clip(np.ceil(y_low - 0.5), 0, height).astype(int)
    last = np.clip(np.floor(y_high - 0.5), -1, height - 1).astype(int)
    drawn = (np.abs(area) > 1e-9) & (last >= first) & ((area < 0) | ~closed)
    chosen = np.flatnonzero(drawn)
    rows = (last - first + 1)[chosen]
    row_of = np.repeat(np.arange(len(chosen)), rows)
    y = first[chosen][row_of] + np.arange(len(row_of)) - np.repeat(np.cumsum(rows) - rows, rows)
    of = chosen[row_of]
    sign = np.sign(area[of])
    start = np.full(len(of), -0.5)
    stop = np.full(len(of), width + 0.5)
    middle = y + 0.5
    for p, q in ((a, b), (b, c), (c, a)):
        dx = (q[:, 0] - p[:, 0])[of]
        dy = (q[:, 1] - p[:, 1])[of] * sign
        # inside where dx * (y - py) - dy * (x - px) has the sign of the area
        with np.errstate(divide="ignore", invalid="ignore"):
            cross = p[of, 0] + sign * dx * (middle - p[of, 1]) / dy
        start = np.where(dy < 0, np.maximum(start, cross), start)
        stop = np.where(dy > 0, np.minimum(stop, cross), stop)
    left = np.clip(np.ceil(start - 0.5), 0, width).astype(int)
    right = np.clip(np.floor(stop - 0.5), -1, width - 1).astype(int)
    counts = np.maximum(right - left + 1, 0)
    spread = np.repeat(np.arange(len(of)), counts)
    x = left[spread] + np.arange(len(spread)) - np.repeat(np.cumsum(counts) - counts, counts)
    za, zb, zc = (depths[triangles[:, k]] for k in range(3))
    safe = np.where(np.abs(area) > 1e-9, area, 1.0)
    slope_x = ((zb - za) * (c[:, 1] - a[:, 1]) - (zc - za) * (b[:, 1] - a[:, 1])) / safe
    slope_y = ((zc - za) * (b[:, 0] - a[:, 0]) - (zb - za) * (c[:, 0] - a[:, 0])) / safe
    base = za - slope_x * (a[:, 0] - 0.5) - slope_y * (a[:, 1] - 0.5)
    row_depth = base[of] + slope_y[of] * y
    number = of[spread]
    z = row_depth[spread] + slope_x[number] * x
    low = np.minimum(np.minimum(za, zb), zc)
    high = np.maximum(np.maximum(za, zb), zc)
    z = np.clip(z, low[number], high[number])
    keys = np.round((z + 8.0) * _DEPTHS).astype(np.int64) * _NUMBERS + number
    best = np.full(height * width, -1, dtype=np.int64)
    np.maximum.at(best, y[spread] * width + x, keys)
    found = np.where(best < 0, NOTHING, best % _NUMBERS)
    depth = np.where(best < 0, -5.0, (best // _NUMBERS) / _DEPTHS - 8.0)
    return found.reshape(height, width), depth.reshape(height, width)
