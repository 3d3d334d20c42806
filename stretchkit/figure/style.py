"""How a figure looks: colours of skin, hair, clothes and things, in colour, in grey, as lines."""

# ruff: noqa: PLR2004 - shapes and measures are numbers

from __future__ import annotations

from dataclasses import dataclass

from stretchkit.figure.layers import Label
from stretchkit.figure.person import CLOTHES, HAIR_COLOURS, SKINS, DrawnPerson, Tone

_GREY_SKINS = {
    "light": "#ffffff",
    "fair": "#ffffff",
    "olive": "#f4f4f4",
    "brown": "#e6e6e6",
    "dark": "#d2d2d2",
}
_GREY_HAIRS = {"black": "#3a3a3a", "brown": "#505050", "fair": "#9a9a9a", "grey": "#c2c2c2"}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one drawing."""

    tone: Tone
    fills: dict[int, str]
    line: str
    far: float
    tint: str
    tint_opacity: float
    arrow: str
    mouth: str
    lip: str
    brow: str
    strand: str
    fold: str
    iris: str
    prop_line: str
    prop_inner: str
    far_line: str
    far_width: float = 1.0
    white: str = "#ffffff"

    def prop(self, colour: str) -> str:
        """Return a thing's colour in this tone."""
        if self.tone == "colour":
            return colour
        return "#ffffff" if self.tone == "line" else grey_of(colour)


def shade(colour: str, share: float) -> str:
    """Return a colour made darker (share below 1) or lighter (above 1)."""
    parts = []
    for at in (1, 3, 5):
        value = int(colour[at : at + 2], 16)
        mixed = value * share if share <= 1 else 255 - (255 - value) / share
        parts.append(f"{round(min(255.0, max(0.0, mixed))):02x}")
    return "#" + "".join(parts)


def grey_of(colour: str) -> str:
    """Return the grey that is as light as a colour."""
    r, g, b = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + f"{_level(r, g, b):02x}" * 3


def _level(r: int, g: int, b: int) -> int:
    return round(0.30 * r + 0.59 * g + 0.11 * b)


def lightness(colour: str) -> float:
    """Return how light a colour is, from 0 to 1."""
    r, g, b = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return _level(r, g, b) / 255


def palette(person: DrawnPerson, tone: Tone) -> Palette:
    """Return the colours that a person is drawn in."""
    if tone == "colour":
        skin, hair = SKINS[person.skin], HAIR_COLOURS[person.hair_colour]
        shirt, legs = CLOTHES[person.shirt], CLOTHES[person.trousers]
        scarf, sole, line, far = CLOTHES[person.scarf], "#c3cad1", "#20252a", 0.87
    elif tone == "grey":
        skin, hair = _GREY_SKINS[person.skin], _GREY_HAIRS[person.hair_colour]
        shirt, legs, scarf, sole, line, far = (
            *("#dcdcdc", "#8f8f8f", "#b9b9b9", "#bdbdbd"),
            *("#1c1c1c", 0.86),
        )
    else:
        skin = hair = shirt = legs = scarf = sole = "#ffffff"
        line, far = "#1c1c1c", 1.0
    fills = {
        Label.SKIN: skin,
        Label.SHIRT: shirt,
        Label.TROUSERS: legs,
        Label.SHOE: "#f6f7f8" if tone == "colour" else "#ffffff",
        Label.HAIR: hair,
        Label.KNOT: hair,
        Label.SOLE: sole,
        Label.INSIDE: shade(shirt, 0.76) if tone != "line" else "#ffffff",
        Label.SCARF: scarf,
        Label.SOCK: "#ffffff",
    }
    plain = tone == "line"
    dark_skin = lightness(skin) < 0.45
    brow = shade(hair, 0.8) if person.hair != "headscarf" else "#3a2e2a"
    if tone == "grey":
        brow = grey_of(brow)
    if plain or abs(lightness(brow) - lightness(skin)) < 0.3:  # must be seen
        brow = line
    return Palette(
        tone=tone,
        fills={int(label): colour for label, colour in fills.items()},
        line=line,
        far=far,
        tint="#d8452e" if tone == "colour" else "#000000",
        tint_opacity=0.23 if tone == "colour" else 0.13,
        arrow="#c8341f" if tone == "colour" else "#111111",
        mouth=shade(skin, 0.34) if tone == "colour" and not dark_skin else line,
        lip=shade(skin, 1.3 if dark_skin else 0.72) if tone == "colour" else "#8a8a8a",
        brow=brow,
        strand=line if plain else shade(hair, 1.4 if lightness(hair) < 0.43 else 0.72),
        iris="#2b2422" if tone == "colour" else line,
        prop_line="#4a545c" if tone == "colour" else "#535353",
        prop_inner="#6b7680" if tone == "colour" else "#757575",
        far_line="#5c5c5c" if plain else line,
        far_width=0.6 if plain else 1.0,
        fold=line if plain else shade(scarf, 0.70),
    )
