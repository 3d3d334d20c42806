"""The fonts of composed handouts: each bundled face with one set of letters, ready to embed.

The set is fixed, so that the same handout has the same bytes whatever was composed before it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

import pydyf
from weasyprint.pdf.fonts import build_fonts_dictionary

from stretchkit.rendering.pdf import lay_out, printable
from stretchkit.rendering.pdf_tags import OPTIONS

FIRST = 16
"""The number of the first object of the first face; those before are the document's own."""
OBJECTS = 5
"""How many objects a face is: its file, its letters, and three dictionaries."""

_FAMILIES = ("Source Sans 3", "Atkinson Hyperlegible")
_STYLES = {(400, "normal"): 0x180, (700, "normal"): 0x100, (400, "italic"): 0x180}
"""How far the letters of each style go: names stand in bold in no common place."""
_SIGNS = "▪▫◦●○■□✓→←↑↓–—‘’“”„•…€™−×÷½¼¾·≤≥\u00a0\u2011\u2009\u202f"
_TOGETHER = ("ff", "fi", "fl", "ffi", "ffl", "fj", "ft", "tt", "ti", "Th")


@dataclass(frozen=True, slots=True)
class Face:
    """A font: its objects by number, and the letters and widths of its glyphs."""

    number: int
    objects: tuple[bytes, ...]
    letters: dict[int, str]
    widths: dict[int, float]

    @property
    def reference(self) -> bytes:
        """The reference to the font's dictionary."""
        return b"%d 0 R" % (self.number + OBJECTS - 1)


_FACES: dict[str, Face] = {}


def faces() -> dict[str, Face]:
    """Return the common fonts by the name that content streams call them by."""
    if not _FACES:
        _FACES.update(_made())
    return _FACES


def known() -> bool:
    """Return whether the fonts have been made or taken before."""
    return bool(_FACES)


def _made() -> dict[str, Face]:
    document = lay_out(_specimen())
    document.write_pdf(**OPTIONS)
    found: dict[str, Face] = {}
    options = {"hinting": False, "pdf_version": "1.7"}
    for font in sorted(document.fonts.values(), key=lambda font: str(font.hash)):
        pdf = pydyf.PDF()
        number = FIRST + OBJECTS * len(found)
        while len(pdf.objects) < number:
            pdf.add_object(pydyf.Object())
        font.to_unicode = dict(sorted(font.to_unicode.items()))
        letters, widths = dict(font.to_unicode), dict(font.widths)
        build_fonts_dictionary(pdf, {0: font}, True, True, options)
        objects = tuple(_body(each) for each in pdf.objects[number:])
        found[font.hash] = Face(number, objects, letters, widths)
    return found


def _body(thing: Any) -> bytes:
    return bytes(thing.indirect) + b"\n"


def _specimen() -> str:
    """Return a page that shows every letter of every common face by itself."""
    paragraphs, known = [], printable()
    for family in _FAMILIES:
        for (weight, style), last in _STYLES.items():
            wanted = [*map(chr, range(0x21, 0x7F)), *map(chr, range(0xA1, last)), *_SIGNS]
            words = [char for char in wanted if char in known and char != "\xad"]
            css = f"font: {style} {weight} 12pt '{family}', 'Noto Sans'"
            text = escape(" ".join([*words, *_TOGETHER]))
            digits = '<span style="font-variant-numeric: tabular-nums">0123456789</span>'
            paragraphs.append(f'<p style="{css}">{text} {digits}</p>')
    page = "@page { size: 9000mm 200mm } p { font-kerning: none; white-space: nowrap }"
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Faces</title><style>{page}</style></head>'
        f"<body>{''.join(paragraphs)}</body></html>"
    )


def kept() -> bytes:
    """Return the fonts as bytes to keep."""
    return json.dumps(
        {
            name: [
                face.number,
                [each.decode("latin-1") for each in face.objects],
                list(face.letters.items()),
                list(face.widths.items()),
            ]
            for name, face in faces().items()
        },
        ensure_ascii=False,
    ).encode()


def take(data: bytes) -> None:
    """Take fonts that were kept."""
    for name, (number, objects, letters, widths) in json.loads(data).items():
        bodies = tuple(each.encode("latin-1") for each in objects)
        _FACES[name] = Face(number, bodies, dict(letters), dict(widths))
