"""Words into lines and lines into glyphs, by WeasyPrint's own way with a text box."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.text.line_break import split_first_line

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.faces import Face, faces
from stretchkit.rendering.pdf import fonts

_SHAPING = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)
_PLAIN = {"direction": "ltr", "hyphens": "manual", "text_decoration_line": "none"}


class Line(NamedTuple):
    """One line of a text: its words, its width, and whether a space was broken at."""

    text: str
    width: float
    spaced: bool


class Shown(NamedTuple):
    """The operators that show a text, and the name of the font that they use."""

    operators: bytes
    face: str


def shaping(style: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a style that shape a text.

    Raises:
        Doubt: if the text is not plain running text.
    """
    found = {name: style[name] for name in _SHAPING}
    if any(found[name] != value for name, value in _PLAIN.items()):
        raise Doubt(Reason.SHAPE)
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in found.items()
    }


class _Style(dict[str, Any]):
    """A style as WeasyPrint takes one."""

    @property
    def font_config(self) -> Any:
        return fonts()


def lines(text: str, style: Mapping[str, Any], width: float) -> tuple[Line, ...]:
    """Return a text's lines in a width in CSS pixels.

    Raises:
        Doubt: if a word may be broken.
    """
    return _lines(text, _frozen(style), width)


@lru_cache(maxsize=4096)
def _lines(text: str, frozen: tuple[tuple[str, Any], ...], width: float) -> tuple[Line, ...]:
    if "\xad" in text:
        raise Doubt(Reason.WORDS)
    style, rest, found = _thawed(frozen), text, []
    while rest:
        layout, length, resume, wide, _, _ = split_first_line(rest, style, None, width, 0)
        encoded = rest.encode()
        after = "" if resume is None else encoded[resume:].decode()
        between = encoded[length:resume].decode() if resume is not None else ""
        spaced = bool(after) and (between.endswith(" ") or layout.text.endswith(" "))
        shown = layout.text.rstrip(" ") if after else layout.text
        found.append(Line(shown, wide, spaced or rest[: len(shown) + 1].endswith(" ")))
        rest = after.lstrip(" ")
    return tuple(found)


def width(text: str, style: Mapping[str, Any]) -> float:
    """Return how wide a text is on one line, in CSS pixels."""
    return _width(text, _frozen(style))


@lru_cache(maxsize=4096)
def _width(text: str, frozen: tuple[tuple[str, Any], ...]) -> float:
    return float(split_first_line(text, _thawed(frozen), None, None, 0)[3])


def shown(text: str, style: Mapping[str, Any]) -> Shown:
    """Return what shows a line of text, but for where it stands.

    Raises:
        Doubt: if one of its glyphs is not in the common fonts, or it takes two of them.
    """
    return _shown(text, _frozen(style))


@lru_cache(maxsize=4096)
def _shown(text: str, frozen: tuple[tuple[str, Any], ...]) -> Shown:
    style = _thawed(frozen)
    layout, _, resume, _, _, _ = split_first_line(text, style, None, None, 0)
    if resume is not None:
        raise Doubt(Reason.SHAPE)
    pen = _pen()
    pen.clear()
    box = SimpleNamespace(text=text, style=style, pango_layout=layout)
    layout.text = text
    layout.reactivate(style)
    draw_first_line(pen, box, "clip", "none", Matrix(d=-1))
    used = pen.check()
    return Shown(b"\n".join(pen.stream[1:]), used)


class _Pen(Stream):  # type: ignore[misc] # WeasyPrint has no types
    """A stream that draws with the common fonts alone."""

    def __init__(self) -> None:
        super().__init__({}, (0, 0, 1, 1), {}, {}, None, {}, None)
        self._used: list[Any] = []

    def clear(self) -> None:
        """Forget what was drawn."""
        self.stream.clear()
        self._used.clear()
        self._current_font = None

    def add_font(self, pango_font: Any) -> Any:
        """Return a font, if it is one of the common ones."""
        font, size = super().add_font(pango_font)
        face = _face(font.hash)
        if len(font.to_unicode) != len(face.letters):
            font.to_unicode = dict(face.letters)
            font.widths = dict(face.widths)
        self._used.append(font)
        return font, size

    def check(self) -> str:
        """Return the font that was used; a glyph that it has not in common is none of ours."""
        names = {str(font.hash) for font in self._used}
        if len(names) != 1:
            raise Doubt(Reason.GLYPH)
        (name,) = names
        for font in self._used:
            if len(font.to_unicode) != len(_face(name).letters):
                raise Doubt(Reason.GLYPH)
        return name


def _face(name: str) -> Face:
    found = faces().get(name)
    if found is None:
        raise Doubt(Reason.GLYPH)
    return found


@lru_cache(maxsize=1)
def _pen() -> _Pen:
    return _Pen()


_FROZEN: dict[int, tuple[Mapping[str, Any], tuple[tuple[str, Any], ...]]] = {}


def _frozen(style: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Return a style as a key; found once for each style that is kept."""
    kept = _FROZEN.get(id(style))
    if kept is None or kept[0] is not style:
        if len(_FROZEN) > 4096:  # noqa: PLR2004 - as the caches above
            _FROZEN.clear()
        frozen = tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in style.items())
        kept = _FROZEN[id(style)] = (style, frozen)
    return kept[1]


def _thawed(frozen: tuple[tuple[str, Any], ...]) -> _Style:
    return _Style(frozen)
