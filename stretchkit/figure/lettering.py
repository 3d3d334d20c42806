"""Numbers drawn as strokes, so that they look the same where no font is at hand."""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType

from stretchkit.figure.svg import number, units

GLYPHS = MappingProxyType(
    {
        "0": (1.0, "M.5 0C.85 0 1 .35 1 .8S.85 1.6 .5 1.6 0 1.25 0 .8 .15 0 .5 0Z"),
        "1": (0.6, "M.05 .35 .5 0V1.6"),
        "2": (1.0, "M.05 .45C.05 .17 .25 0 .5 0S.95 .17 .95 .45C.95 .85 .4 1.05 .03 1.6H1"),
        "3": (
            1.0,
            (
                "M.06 .2C.18 .07 .33 0 .5 0 .78 0 .92 .18 .92 .4S.75 .76 .45 .76"
                "C.8 .76 1 .95 1 1.18S.8 1.6 .48 1.6C.28 1.6 .1 1.52 0 1.38"
            ),
        ),
        "4": (1.0, "M.72 1.6V0L0 1.12H1"),
        "5": (
            1.0,
            (
                "M.9 0H.18L.1 .72C.2 .63 .33 .58 .48 .58 .8 .58 1 .8 1 1.08S.8 1.6 .47 1.6"
                "C.27 1.6 .1 1.53 0 1.4"
            ),
        ),
        "6": (
            1.0,
            (
                "M.85 .1C.4 .1 0 .5 0 1.08 0 1.4 .2 1.6 .5 1.6S1 1.38 1 1.1 .8 .62 .52 .62"
                "C.25 .62 .05 .8 0 1.05"
            ),
        ),
        "7": (1.0, "M0 0H1C.6 .5 .4 1 .34 1.6"),
        "8": (
            1.0,
            (
                "M.5 .74C.2 .74 .07 .56 .07 .38S.22 0 .5 0 .93 .18 .93 .38 .8 .74 .5 .74"
                "C.2 .74 0 .92 0 1.17S.2 1.6 .5 1.6 1 1.42 1 1.17 .8 .74 .5 .74Z"
            ),
        ),
        "9": (
            1.0,
            (
                "M.15 1.5C.6 1.5 1 1.1 1 .52 1 .2 .8 0 .5 0S0 .22 0 .5 .2 .98 .48 .98"
                "C.75 .98 .95 .8 1 .55"
            ),
        ),
        "–": (0.9, "M0 .85H.9"),
        ",": (0.3, "M.25 1.45 .1 1.95"),
        " ": (0.3, ""),
    }
)
"""The width of each character and its strokes, in units of a digit's width; a digit is 1.6 high."""

HEIGHT = 5.0
"""How high the plate of a number is, mm."""

_DIGIT, _GAP, _SIDE = 1.45, 0.5, 1.3
_STROKE = 0.3
_TALL = 1.6


def numbered(steps: list[int]) -> str:
    """Return the numbers of steps as a sheet says them: 1, 3–5."""
    runs = [
        [step for _, step in run]
        for _, run in groupby(enumerate(sorted(steps)), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def width_of(text: str) -> float:
    """Return how wide the plate of a number is, mm."""
    letters = sum(GLYPHS[letter][0] for letter in text) + _GAP * (len(text) - 1)
    return max(HEIGHT, letters * _DIGIT + 2 * _SIDE)


def plate(corner: tuple[float, float], text: str, colour: str) -> str:
    """Return a number in white on a rounded plate, its upper left corner given, mm."""
    x, y = corner
    size = f'width="{units(width_of(text))}" height="{units(HEIGHT)}" rx="{units(HEIGHT / 2)}"'
    ground = f'<rect x="{units(x)}" y="{units(y)}" {size} fill="{colour}"/>'
    letters = sum(GLYPHS[letter][0] for letter in text) + _GAP * (len(text) - 1)
    left = x + (width_of(text) - letters * _DIGIT) / 2
    top = y + (HEIGHT - _TALL * _DIGIT) / 2
    found = ""
    for letter in text:
        wide, strokes = GLYPHS[letter]
        if strokes:
            place = f"translate({units(left)} {units(top)}) scale({units(_DIGIT)})"
            found += f'<path transform="{place}" d="{strokes}"/>'
        left += (wide + _GAP) * _DIGIT
    pen = f'fill="none" stroke="#fff" stroke-width="{number(_STROKE)}" stroke-linecap="round"'
    return f'{ground}<g {pen} stroke-linejoin="round">{found}</g>'
