"""What a finished drawing is: lines as SVG, and words by language. Nothing here loads NumPy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from stretchkit.locales import catalogue_of

Sign = Literal["arrows", "contacts", "numbers", "tint"]
SIGNS: tuple[Sign, ...] = ("arrows", "contacts", "numbers", "tint")
"""What can be drawn around a person: the way of a moving part, marks where the body touches
something, the numbers of the steps that a frame shows, a tint where the stretch is felt."""
USUAL_SIGNS: tuple[Sign, ...] = ("arrows",)

_SIZE = re.compile(r'width="([\d.]+)mm" height="([\d.]+)mm"')


@dataclass(frozen=True, slots=True)
class Description:
    """What a drawing is called, and what it shows."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A frame as it was drawn: the SVG, which has no words yet, and its words by language."""

    svg: str
    words: Mapping[str, Description]

    @property
    def width(self) -> float:
        """Its width on paper, millimetres."""
        return self._size[0]

    @property
    def height(self) -> float:
        """Its height on paper, millimetres."""
        return self._size[1]

    @property
    def _size(self) -> tuple[float, float]:
        found = _SIZE.search(self.svg)
        return (float(found[1]), float(found[2])) if found else (0.0, 0.0)

    def told(self, language: str) -> Description:
        """Return the title and the description in a language; English where there are none."""
        return self.words[catalogue_of(language) or "en"]

    def worded(self, language: str) -> str:
        """Return the SVG with its title and its description."""
        told = self.told(language)
        return worded(self.svg, told.title, told.text)


def worded(drawing: str, title: str, description: str) -> str:
    """Return a drawing with a title and a description, where there are any."""
    words = f"<title>{escape(title)}</title>" if title else ""
    words += f"<desc>{escape(description)}</desc>" if description else ""
    head, end, body = drawing.partition(">")
    return f"{head}{end}{words}{body}"
