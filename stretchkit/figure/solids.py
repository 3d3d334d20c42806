"""What things are made of as far as a body can run into them: blocks, barrels and globes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stretchkit.figure.rotations import Matrix, Vector, unit

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A box turned in space; `half` is half its size along its own directions, metres."""

    middle: Vector
    half: Vector
    turn: Matrix
    name: str = ""

    def depth(self, points: Floats) -> Floats:
        """Return how deep inside points are, metres; what is not inside has 0 or less."""
        beyond = np.abs((points - self.middle) @ self.turn) - self.half
        return -np.maximum(np.maximum(beyond[:, 0], beyond[:, 1]), beyond[:, 2])

    def away(self, points: Floats) -> Floats:
        """Return how far points are from the surface, metres; inside is negative."""
        beyond = np.abs((points - self.middle) @ self.turn) - self.half
        outside = np.linalg.norm(np.maximum(beyond, 0.0), axis=1)
        found: Floats = outside + np.minimum(beyond.max(axis=1), 0.0)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Barrel:
    """A closed cylinder between two points, metres."""

    start: Vector
    end: Vector
    radius: float
    name: str = ""

    def depth(self, points: Floats) -> Floats:
        """Return how deep inside points are, metres; what is not inside has 0 or less."""
        return -self.away(points)

    def away(self, points: Floats) -> Floats:
        """Return how far points are from the surface, metres; inside is negative."""
        axis = unit(self.end - self.start)
        half = float(np.linalg.norm(self.end - self.start)) / 2.0
        offset = points - (self.start + self.end) / 2.0
        along = offset @ axis
        across = np.linalg.norm(offset - np.outer(along, axis), axis=1)
        beyond = np.stack([across - self.radius, np.abs(along) - half], axis=1)
        outside = np.linalg.norm(np.maximum(beyond, 0.0), axis=1)
        found: Floats = outside + np.minimum(beyond.max(axis=1), 0.0)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Globe:
    """A ball, metres."""

    middle: Vector
    radius: float
    name: str = ""

    def depth(self, points: Floats) -> Floats:
        """Return how deep inside points are, metres; what is not inside has 0 or less."""
        return -self.away(points)

    def away(self, points: Floats) -> Floats:
        """Return how far points are from the surface, metres; inside is negative."""
        found: Floats = np.linalg.norm(points - self.middle, axis=1) - self.radius
        return found


Solid = Block | Barrel | Globe
