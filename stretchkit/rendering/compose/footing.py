"""Lay out an empty page by WeasyPrint, and take the foot that its style gives it."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from stretchkit.rendering.compose.breaking import shaping
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.foot import Foot
from stretchkit.rendering.pdf import lay_out, quiet

MOST_LINES = 2
"""How many lines a foot has room for."""


def foot_of(page: str) -> Foot:
    """Return the foot of a page's style.

    Args:
        page: an HTML document with nothing in it but a page for each number of lines that the text
            on the left may take; that on the right takes one.

    Raises:
        Doubt: if the pages have other margins than a foot with two texts.
    """
    with quiet():
        document = lay_out(page)
    found = [_texts(each) for each in document.pages]
    if [len(lines) for lines, _ in found] != list(range(1, MOST_LINES + 1)):
        raise Doubt(Reason.SHAPE)
    (left, *_), right = found[0]
    red, green, blue = left.style["color"].to("srgb").coordinates
    return Foot(
        left=left.position_x,
        right=right.position_x + right.width,
        heights=tuple(
            (_height(last), tuple(_height(line) for line in lines)) for lines, last in found
        ),
        colour=f"{red:.6f} {green:.6f} {blue:.6f}",
        styles=(shaping(left.style), shaping(right.style)),
    )


def _texts(page: Any) -> tuple[list[Any], Any]:
    """Return the lines of the text on the left, and that on the right."""
    found = [
        (margin.at_keyword, box)
        for margin in page._page_box.children
        if isinstance(margin, boxes.MarginBox)
        for box in margin.descendants()
        if isinstance(box, boxes.TextBox)
    ]
    *lines, right = found
    names = [name for name, _ in found]
    if names != ["@bottom-left"] * len(lines) + ["@bottom-right"]:
        raise Doubt(Reason.SHAPE)
    return [box for _, box in lines], right[1]


def _height(box: Any) -> float:
    return float(box.position_y + box.baseline)
