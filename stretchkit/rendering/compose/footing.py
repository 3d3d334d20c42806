"""Lay out an empty page by WeasyPrint, and take the foot that its style gives it."""

from __future__ import annotations

from weasyprint.formatting_structure import boxes

from stretchkit.rendering.compose.breaking import shaping
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.foot import Foot
from stretchkit.rendering.pdf import lay_out, quiet


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
        colour=f"{red:.6f} {green:.6f} {blue:.6f}",
        styles=(shaping(left.style), shaping(right.style)),
    )
