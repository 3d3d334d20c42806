"""From chains of cracks to curves: strokes by kind of line, and fills from the same curves."""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np

from stretchkit.figure import svg
from stretchkit.figure.bezier import Curve, corners, fit, lines, smooth, straightened
from stretchkit.figure.layers import Label
from stretchkit.figure.mesh import Floats, Ints
from stretchkit.figure.picture import FAR, PROPS, SceneMesh
from stretchkit.figure.regions import Mask
from stretchkit.figure.scene import Frame
from stretchkit.figure.style import Palette, shade
from stretchkit.figure.trace import HEM, OUTLINE, OVERLAP, Chain, Cracks

OUTLINE_MM, OVERLAP_MM, HEM_MM, PROP_MM, PROP_INNER_MM = 0.36, 0.29, 0.18, 0.22, 0.14
FINE_MM = {"outline": 0.25, "overlap": 0.17, "hem": 0.14}
"""Lines that border a hand, by what they show."""
_CREASE_MM = 0.17
"""A crease that starts and ends in cloth is thin and dies out both ways."""
_SMOOTH_MM, _SMOOTH_FINE_MM, _SMOOTH_PROP_MM, _TOLERANCE_MM = 0.30, 0.18, 0.12, 0.04

_DOT_MM = 0.5
"""A line that is smaller and meets no other would be a dot on paper."""

_GAP_MM = 0.2
"""A gap that the round ends of its neighbours close: a smaller line is not needed."""


class Pen:
    """Turns chains into curves: strokes by kind of line, and fills from the same curves."""

    def __init__(self, frame: Frame, colours: Palette, mesh: SceneMesh) -> None:
        self.frame, self.colours, self.mesh = frame, colours, mesh
        self.strokes: dict[str, list[str]] = defaultdict(list)
        self.sides: dict[int, list[tuple[int, int, Curve]]] = defaultdict(list)
        self.folds: list[str] = []

    def trace(self, edges: Cracks, rows: list[Chain]) -> None:
        """Draw every chain."""
        for chain in rows:
            self._chain(edges, chain)

    def _of_prop(self, label: int) -> bool:
        return label == 0 or label % FAR >= PROPS

    def _chain(self, edges: Cracks, chain: Chain) -> None:
        left, right = (int(side) for side in edges.sides[chain.cracks[0]])
        if chain.reversed:
            left, right = right, left
        kind = int(np.median(edges.kinds[chain.cracks]))
        prop = self._of_prop(left) and self._of_prop(right)
        mm = self.frame.millimetre
        places = edges.places(chain.corners)
        straight = prop and not ({left, right} & self.mesh.rounded)
        fine = bool(edges.fine[chain.cracks[0]])
        sigma = _SMOOTH_PROP_MM if prop else _SMOOTH_FINE_MM if fine else _SMOOTH_MM
        if not straight or len(places) <= 6:  # too short to have corners
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
        same = left % FAR == right % FAR
        if left != right and kind == HEM and same:
            return
        far = not prop and all(n >= FAR or self._of_prop(n) for n in (left, right))
        if left == right and chain.dead[0] != chain.dead[1] and len(points) > 8:
            way = points if chain.dead[1] else points[::-1]
            line = way[np.r_[0 : len(way) - 1 : 5, len(way) - 1]]
            wide = FINE_MM["overlap"] if fine else OVERLAP_MM
            self.folds.append(svg.fold(line, wide * (self.colours.far_width if far else 1.0)))
            return
        size = float(np.ptp(points, axis=0).max())
        if size < _GAP_MM or (size < _DOT_MM and (chain.closed or all(chain.dead))):
            return
        if left == right and all(chain.dead) and len(points) > 8:
            line = points[np.r_[0 : len(points) - 1 : 5, len(points) - 1]]
            self.folds.append(svg.taper(line, _CREASE_MM, 0.1))
            return
        key = self._key(left, right, kind, prop=prop)
        if fine and not prop:
            key = f"fine {key}"
        if far:
            key = f"far {key}"
        self._stroke(key, points, pieces, straight=straight)

    @staticmethod
    def _key(left: int, right: int, kind: int, *, prop: bool) -> str:
        if prop:
            return "prop" if 0 in {left, right} or kind == OVERLAP else "prop inner"
        if {left % FAR, right % FAR} == {Label.SHOE, Label.SOLE}:
            return "hem"
        return {HEM: "hem", OVERLAP: "overlap", OUTLINE: "outline"}[kind]

    def _stroke(self, key: str, points: Floats, pieces: Curve, *, straight: bool) -> None:
        """Stroke a line, but not where it runs along the edge of a close-up."""
        height, width = self.frame.size
        edge = np.array([width, height]) * self.frame.millimetre
        rim = 3 * self.frame.millimetre
        along: Mask = np.any((points < rim) | (points > edge - rim), axis=1)
        if not along.any():
            self.strokes[key].append(svg.curve(pieces))
            return
        for run in np.split(np.arange(len(points)), np.flatnonzero(np.diff(along.astype(int))) + 1):
            if not bool(along[run[0]]) and len(run) > 4:
                part = self._curve(points[run], closed=False, straight=straight)
                self.strokes[key].append(svg.curve(part))

    def _curve(self, points: Floats, *, closed: bool, straight: bool) -> Curve:
        mm = self.frame.millimetre
        if straight:
            return lines(straightened(points, 1.3 * mm))
        if len(points) < 3:
            return lines(points)
        sharp = corners(points, 40, 5)
        if closed and not sharp:
            return fit(points[thin(len(points))], _TOLERANCE_MM, closed=True)
        cuts = [0, *sharp, len(points) - 1]
        found: Curve = []
        for a, b in pairwise(cuts):
            if b > a:
                found += fit(points[a : b + 1][thin(b + 1 - a)], _TOLERANCE_MM)
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
                data += "z"
            colour = self._colour(label)
            seam: dict[str, str | float] = (
                {} if label % FAR >= PROPS else {"stroke": colour, "stroke_width": 0.12}
            )
            found.append(svg.path(data, fill=colour, fill_rule="evenodd", **seam))
        return found

    def _colour(self, label: int) -> str:
        plain = label % FAR
        if plain >= PROPS:
            return self.colours.prop(self.mesh.props[label - PROPS])
        colour = self.colours.fills[plain]
        return shade(colour, self.colours.far) if label >= FAR else colour

    def _lines(self, key: str, width: float, colour: str) -> list[str]:
        if not self.strokes[key]:
            return []
        round_: dict[str, str | float] = {"stroke_linecap": "round", "stroke_linejoin": "round"}
        data = "".join(self.strokes[key])
        return [svg.path(data, fill="none", stroke=colour, stroke_width=width, **round_)]

    def prop_lines(self) -> list[str]:
        """Return the lines of things."""
        inner = self._lines("prop inner", PROP_INNER_MM, self.colours.prop_inner)
        return inner + self._lines("prop", PROP_MM, self.colours.prop_line)

    def body_lines(self) -> list[str]:
        """Return the lines of the person, the outline last."""
        line = self.colours.line
        found = [svg.path("".join(self.folds), fill=line)] if self.folds else []
        for key, width in (("hem", HEM_MM), ("overlap", OVERLAP_MM), ("outline", OUTLINE_MM)):
            for name, mm in ((f"fine {key}", FINE_MM[key]), (key, width)):
                thin = mm * self.colours.far_width
                found += self._lines(f"far {name}", thin, self.colours.far_line)
                found += self._lines(name, mm, line)
        return found


def thin(count: int) -> Ints:
    """Return every second index of a line, both ends among them."""
    if count <= 8:  # every point counts
        return np.arange(count)
    return np.append(np.arange(0, count - 1, 2), count - 1)
