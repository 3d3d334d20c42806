"""Who is drawn, and in what style: words alone, so that asking for a drawing loads no NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["colour", "grey", "line"]
TONES: tuple[Tone, ...] = ("colour", "grey", "line")

BODIES = ("woman", "man", "older-woman", "older-man", "larger-woman", "larger-man")

HairName = Literal["short", "bob", "bun", "long", "headscarf", "bald"]
HAIRS: tuple[HairName, ...] = ("short", "bob", "bun", "long", "headscarf", "bald")

SKINS = {
    "light": "#f3cfb8",
    "fair": "#e5b48f",
    "olive": "#c99873",
    "brown": "#a06b47",
    "dark": "#7d5139",
}
HAIR_COLOURS = {"black": "#262020", "brown": "#4a3328", "fair": "#b98a4e", "grey": "#b9b9b6"}
CLOTHES = {
    "teal": "#5fa8a0",
    "blue": "#7fa6c9",
    "orange": "#d98d5f",
    "yellow": "#e0b04a",
    "green": "#86a872",
    "violet": "#9a86b8",
    "slate": "#46505e",
    "plum": "#5b4a6b",
}


@dataclass(frozen=True, slots=True)
class Outfit:
    """How long the clothes are.

    `sleeve` is a share of the upper arm, beyond 1 of the forearm; `hem` and `legs` are heights on
    the canonical body, metres: 0 is the hip joint, -0.70 above the ankle.
    """

    sleeve: float = 0.55
    hem: float = -0.005
    legs: float = -0.20
    flare: float = 0.8
    shoes: bool = True


SHORTS = Outfit()
TROUSERS = Outfit(legs=-0.64)
COVERED = Outfit(sleeve=1.5, hem=-0.04, legs=-0.70, flare=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPerson:
    """Who is drawn: a body and what only style makes of it."""

    body: str = BODIES[0]
    hair: HairName = "bun"
    skin: str = "fair"
    hair_colour: str = "brown"
    shirt: str = "teal"
    trousers: str = "slate"
    scarf: str = "violet"
    outfit: Outfit = SHORTS
