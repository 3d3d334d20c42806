"""The feet of pages: what sheet it is and whose, and which page of how many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.letters import shown, width
from stretchkit.rendering.compose.lines import lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """Where the two texts of a foot stand, in CSS pixels, their colour, and how they are set.

    `heights` are those of the baselines: of the text on the right, and of each line of the one on
    the left where it takes one line, where it takes two, and so on.
    """

    left: float
    right: float
    heights: tuple[tuple[float, tuple[float, ...]], ...]
    colour: str
    styles: tuple[Mapping[str, Any], Mapping[str, Any]]

    def shown(self, left: str, right: str) -> tuple[bytes, frozenset[str]]:
        """Return the operators that show a foot, and the fonts that they use.

        Raises:
            Doubt: if the text on the left is too long.
        """
        wide = width(right, self.styles[1])
        told = lines(left, self.styles[0], self.right - self.left - wide)
        if len(told) > len(self.heights):
            raise Doubt(Reason.WORDS)
        height, heights = self.heights[len(told) - 1]
        used, out = set(), []
        texts = [
            (each.text + " " * each.spaced, self.left, down)
            for each, down in zip(told, heights, strict=True)
        ]
        for n, (text, start, down) in enumerate([*texts, (right, self.right - wide, height)]):
            found = shown(text, self.styles[n == len(texts)])
            used.add(found.face)
            out.append(
                b"/Artifact\n<</Type /Pagination>>\nBDC\n/a1.0 gs\n%b rg\nBT\n1 0 0 -1 %.6f %.6f"
                b" Tm\n%b\nET\nEMC\n" % (self.colour.encode(), start, down, found.operators)
            )
        return b"".join(out), frozenset(used)


def foot_kept(foot: Foot) -> bytes:
    """Return a foot as bytes to keep."""
    return json.dumps(asdict(foot), ensure_ascii=False).encode()


def foot_taken(data: bytes) -> Foot:
    """Return a foot that was kept."""
    told = json.loads(data)
    heights = tuple((right, tuple(left)) for right, left in told["heights"])
    return Foot(**{**told, "heights": heights, "styles": tuple(told["styles"])})
