"""The common fonts, made: a specimen of every letter is laid out, and its fonts are taken."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pydyf
from fontTools.ttLib import TTFont
from weasyprint.pdf.fonts import build_fonts_dictionary

from stretchkit.rendering.compose.faces import FIRST, OBJECTS, Face
from stretchkit.rendering.pdf import fonts_dir, lay_out, printable
from stretchkit.rendering.pdf_tags import OPTIONS

_FAMILIES = ("Source Sans 3", "Atkinson Hyperlegible")
_STYLES = {(400, "normal"): 0x180, (700, "normal"): 0x100, (400, "italic"): 0x180}
"""How far the letters of each style go: names stand in bold in no common place."""
_SIGNS = "▪▫◦●○■□✓→←↑↓–—‘’“”„•…€™−×÷½¼¾·≤≥\u00a0\u2011\u2009\u202f"
_TOGETHER = ("ff", "fi", "fl", "ffi", "ffl", "fj", "ft", "tt", "ti", "Th")
_SLANTS = ("normal", "oblique", "italic")
"""Pango's numbers of them."""


def made() -> dict[str, Face]:
    """Return the common fonts by the name that content streams call them by."""
    document = lay_out(_specimen())
    document.write_pdf(**OPTIONS)
    files = {_cut_of(path): path.name for path in sorted(fonts_dir().glob("*.ttf"))}
    found: dict[str, Face] = {}
    options = {"hinting": False, "pdf_version": "1.7"}
    for font in sorted(document.fonts.values(), key=lambda font: str(font.hash)):
        pdf = pydyf.PDF()
        number = FIRST + OBJECTS * len(found)
        while len(pdf.objects) < number:
            pdf.add_object(pydyf.Object())
        cut = (font.family, int(font.weight), _SLANTS[font.style])
        font.to_unicode = dict(sorted(font.to_unicode.items()))
        letters, widths = dict(font.to_unicode), dict(font.widths)
        build_fonts_dictionary(pdf, {0: font}, True, True, options)
        found[font.hash] = Face(
            number=number,
            file=files[cut],
            cut=cut,
            objects=tuple(_body(each) for each in pdf.objects[number:]),
            letters=letters,
            widths=widths,
        )
    return found


def _cut_of(path: Path) -> tuple[str, int, str]:
    with TTFont(path, lazy=True) as font:
        slant = "italic" if font["OS/2"].fsSelection & 1 else "normal"
        return font["name"].getBestFamilyName(), font["OS/2"].usWeightClass, slant


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
