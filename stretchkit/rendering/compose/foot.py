"""The feet of pages: what sheet it is and whose, and which page of how many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.letters import shown, width


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """Where the two texts of a foot stand, in CSS pixels, their colour, and how they are set."""

    left: float
    right: float
    height: float
    colour: str
    styles: tuple[Mapping[str, Any], Mapping[str, Any]]

    def shown(self, left: str, right: str) -> tuple[bytes, frozenset[str]]:
        """Return the operators that show a foot, and the fonts that they use.

        Raises:
            Doubt: if the texts are too long to stand side by side.
        """
        room, wide = self.right - self.left, width(right, self.styles[1])
        if width(left, self.styles[0]) + wide > room - 1:
            raise Doubt(Reason.WORDS)
        used, out = set(), []
        starts = self.left, self.right - wide
        for text, start, style in zip((left, right), starts, self.styles, strict=True):
            found = shown(text, style)
            used.add(found.face)
            out.append(
                b"/Artifact\n<</Type /Pagination>>\nBDC\n/a1.0 gs\n%b rg\nBT\n1 0 0 -1 %.6f %.6f"
                b" Tm\n%b\nET\nEMC\n" % (self.colour.encode(), start, self.height, found.operators)
            )
        return b"".join(out), frozenset(used)


def foot_kept(foot: Foot) -> bytes:
    """Return a foot as bytes to keep."""
    return json.dumps(asdict(foot), ensure_ascii=False).encode()


def foot_taken(data: bytes) -> Foot:
    """Return a foot that was kept."""
    told = json.loads(data)
    return Foot(**{**told, "styles": tuple(told["styles"])})
