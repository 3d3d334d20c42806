"""The feet of pages: what sheet it is and whose, and which page of how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.lines import shaping, shown, width
from stretchkit.rendering.pdf import lay_out, quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """Where the two texts of a foot stand, in CSS pixels, and how they are set."""

    left: float
    right: float
    height: float
    colour: bytes
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
                b" Tm\n%b\nET\nEMC\n" % (self.colour, start, self.height, found.operators)
            )
        return b"".join(out), frozenset(used)


def foot_of(page: str) -> Foot:
    """Return the foot of a page's style.

    Args:
        page: an HTML document with nothing in it, on whose page both texts stand.

    Raises:
        Doubt: if the page has other margins than a foot with two texts.
    """
    with quiet():
        document = lay_out(page)
    found = [
        (margin.at_keyword, box)
        for margin in document.pages[0]._page_box.children
        if isinstance(margin, boxes.MarginBox)
        for box in margin.descendants()
        if isinstance(box, boxes.TextBox)
    ]
    if [name for name, _ in found] != ["@bottom-left", "@bottom-right"]:
        raise Doubt(Reason.SHAPE)
    (_, left), (_, right) = found
    heights = {box.position_y + box.baseline for box in (left, right)}
    if len(heights) != 1:
        raise Doubt(Reason.SHAPE)
    red, green, blue = left.style["color"].to("srgb").coordinates
    return Foot(
        left=left.position_x,
        right=right.position_x + right.width,
        height=heights.pop(),
        colour=b"%.6f %.6f %.6f" % (red, green, blue),
        styles=(shaping(left.style), shaping(right.style)),
    )
