"""Words into lines by WeasyPrint's own way with a text box."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from weasyprint.text.fonts import font_features
from weasyprint.text.line_break import split_first_line

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.letters import FEATURES
from stretchkit.rendering.pdf import fonts

_FEATURED = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_SHAPING = (
    *_FEATURED,
    "direction",
    "font_family",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
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
_PLAIN = {
    "direction": "ltr",
    "font_language_override": "normal",
    "font_variation_settings": "normal",
    "hyphens": "manual",
    "letter_spacing": "normal",
    "text_decoration_line": "none",
    "word_spacing": 0,
}


def shaping(style: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a style that shape a text.

    Raises:
        Doubt: if the text is not plain running text.
    """
    found = {name: style[name] for name in _SHAPING}
    if any(found[name] != value for name, value in _PLAIN.items()):
        raise Doubt(Reason.SHAPE)
    features = font_features(**{name: style[name] for name in _FEATURED})
    told = {
        name: list(value) if isinstance(value, tuple) else value for name, value in found.items()
    }
    return told | {FEATURES: [f"{tag}={value}" for tag, value in sorted(features.items())]}


class _Style(dict[str, Any]):
    """A style as WeasyPrint takes one."""

    @property
    def font_config(self) -> Any:
        return fonts()


def broken(
    text: str, style: Mapping[str, Any], width: float
) -> tuple[tuple[str, float, bool], ...]:
    """Return a text's lines in a width in CSS pixels: words, width, whether a space ended it."""
    frozen = tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in style.items())
    return _broken(text, frozen, width)


@lru_cache(maxsize=1024)
def _broken(
    text: str, frozen: tuple[tuple[str, Any], ...], width: float
) -> tuple[tuple[str, float, bool], ...]:
    style, rest, found = _Style(frozen), text, []
    while rest:
        layout, length, resume, wide, _, _ = split_first_line(rest, style, None, width, 0)
        encoded = rest.encode()
        after = "" if resume is None else encoded[resume:].decode()
        between = encoded[length:resume].decode() if resume is not None else ""
        spaced = bool(after) and (between.endswith(" ") or layout.text.endswith(" "))
        shown = layout.text.rstrip(" ") if after else layout.text
        found.append((shown, wide, spaced or rest[: len(shown) + 1].endswith(" ")))
        rest = after.lstrip(" ")
    return tuple(found)
