"""Bounded least squares: a damped Gauss-Newton search in NumPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_ENOUGH = 1e-3
"""A round that gains less than this share is the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best numbers, and which of them ended at a bound."""

    x: Numbers
    cost: float
    at_bound: NDArray[np.bool_]


def minimise(
    residuals: Callable[[Numbers], Numbers],
    start: Numbers,
    *,
    low: Numbers,
    high: Numbers,
    step: Numbers,
    rounds: int = 14,
) -> Found:
    """Return the numbers between the bounds that make the residuals' squares small.

    `step` is how far each number is moved to see what changes.
    """
    x = np.clip(start, low, high)
    r = residuals(x)
    cost = float(r @ r)
    damping = 1e-3
    slope = _slope(residuals, x, r, high, step)
    exact = True
    for _ in range(rounds):
        square, pull = slope.T @ slope, slope.T @ r
        better = False
        for _ in range(5):
            stuck = ((x <= low) & (pull > 0)) | ((x >= high) & (pull < 0))
            free = np.flatnonzero(~stuck)
            change = np.zeros_like(x)
            part = square[np.ix_(free, free)]
            part = part + damping * np.diag(np.diag(part) + 1e-12)
            change[free] = -np.linalg.solve(part, pull[free])
            trial = np.clip(x + change, low, high)
            r_trial = residuals(trial)
            trial_cost = float(r_trial @ r_trial)
            if trial_cost < cost:
                better = True
                break
            damping *= 8.0
            if not exact:
                break
        if not better:
            if exact:
                break
            slope, exact = _slope(residuals, x, r, high, step), True
            continue
        gain = (cost - trial_cost) / max(cost, 1e-12)
        move = trial - x
        # what was learned on the way there spares looking around again
        slope = slope + np.outer(r_trial - r - slope @ move, move) / float(move @ move)
        x, r, cost = trial, r_trial, trial_cost
        damping = max(damping / 6.0, 1e-7)
        if gain < _ENOUGH:
            if exact:
                break
            slope, exact = _slope(residuals, x, r, high, step), True
        else:
            exact = False
    margin = 1e-6 * (high - low)
    return Found(x, cost, (x <= low + margin) | (x >= high - margin))


def _slope(
    residuals: Callable[[Numbers], Numbers], x: Numbers, r: Numbers, high: Numbers, step: Numbers
) -> Numbers:
    """Return how each residual changes with each number."""
    slope = np.empty((len(r), len(x)))
    for k, size in enumerate(step):
        moved = x.copy()
        delta = size if x[k] + size <= high[k] else -size
        moved[k] += delta
        slope[:, k] = (residuals(moved) - r) / delta
    return slope
