"""Letters into glyphs, by HarfBuzz as Pango calls it: what is known needs no engine to be set.

Lengths are rounded as Pango rounds them, so that the glyphs stand where WeasyPrint puts them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import uharfbuzz

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.faces import Face, faces
from stretchkit.rendering.pdf import fonts_dir

UNITS = 1024
"""Pango's units in a CSS pixel."""
FEATURES = "features"
"""The entry of a style that holds its OpenType features, as "tnum=1"."""

_PER_MILLE = 1000
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Mc", "Zl", "Zp"})


class Shown(NamedTuple):
    """The operators that show a text, and the name of the font that they use."""

    operators: bytes
    face: str


class Glyph(NamedTuple):
    """A glyph: its number in the font, the letter it starts at, and its advance in `UNITS`."""

    number: int
    letter: int
    advance: int


def width(text: str, style: Mapping[str, Any]) -> float:
    """Return how wide a text is on one line, in CSS pixels.

    Raises:
        Doubt: if one of its glyphs is not in the common fonts.
    """
    return sum(glyph.advance for glyph in glyphs(text, style)) / UNITS


def shown(text: str, style: Mapping[str, Any]) -> Shown:
    """Return what shows a line of text, but for where it stands.

    Raises:
        Doubt: if one of its glyphs is not in the common fonts.
    """
    return _shown(text, *_key(style))


def glyphs(text: str, style: Mapping[str, Any]) -> tuple[Glyph, ...]:
    """Return a text's glyphs, from left to right.

    Raises:
        Doubt: if one of them is not in the common fonts.
    """
    return _glyphs(text, *_key(style))


@lru_cache(maxsize=4096)
def _shown(text: str, cut: _Cut, setting: _Setting) -> Shown:
    name, face = _face(cut)
    size = int(setting.size * UNITS) / UNITS
    out = []
    for number, _, advance in _glyphs(text, cut, setting):
        kerning = face.widths[number] - advance * _PER_MILLE / UNITS / size
        out.append(b"%04x>%d<" % (number, kerning) if kerning else b"%04x" % number)
    told = b"<%b>" % b"".join(out)
    return Shown(
        b"/%b %b Tf\n[%b] TJ" % (name.encode(), _number(size), told.removesuffix(b"<>")), name
    )


def _number(size: float) -> bytes:
    return f"{size:f}".rstrip("0").rstrip(".").encode()


@lru_cache(maxsize=4096)
def _glyphs(text: str, cut: _Cut, setting: _Setting) -> tuple[Glyph, ...]:
    _, face = _face(cut)
    if any(unicodedata.category(char) in _INVISIBLE for char in text):
        raise Doubt(Reason.GLYPH)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = setting.language
    uharfbuzz.shape(_font(face.file, setting.size), buffer, dict(setting.features))
    found = []
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        moved = place.x_offset or place.y_offset
        if moved or glyph.codepoint not in face.letters:
            raise Doubt(Reason.GLYPH)
        found.append(Glyph(glyph.codepoint, glyph.cluster, place.x_advance))
    return tuple(found)


class _Cut(NamedTuple):
    family: str
    weight: int
    slant: str


class _Setting(NamedTuple):
    size: float
    language: str
    features: tuple[tuple[str, int], ...]


_KEYS: dict[int, tuple[Mapping[str, Any], _Cut, _Setting]] = {}


def _key(style: Mapping[str, Any]) -> tuple[_Cut, _Setting]:
    """Return what of a style shapes a text; found once for each style that is kept."""
    kept = _KEYS.get(id(style))
    if kept is None or kept[0] is not style:
        if len(_KEYS) > 4096:  # noqa: PLR2004 - as the caches above
            _KEYS.clear()
        family: Sequence[str] = style["font_family"]
        cut = _Cut(family[0], style["font_weight"], style["font_style"])
        told = (each.split("=") for each in style[FEATURES])
        features = tuple((tag, int(value)) for tag, value in told)
        setting = _Setting(style["font_size"], style["lang"] or "", features)
        kept = _KEYS[id(style)] = (style, cut, setting)
    return kept[1], kept[2]


def _face(cut: _Cut) -> tuple[str, Face]:
    for name, face in faces().items():
        if face.cut == cut:
            return name, face
    raise Doubt(Reason.GLYPH)


@lru_cache(maxsize=64)
def _font(file: str, size: float) -> uharfbuzz.Font:
    font = uharfbuzz.Font(_opened(file))
    font.scale = (int(size * UNITS), int(size * UNITS))
    return font


@lru_cache(maxsize=16)
def _opened(file: str) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts_dir() / file)))
