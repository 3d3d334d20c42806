"""Pieces of SVG: path data, pen strokes that taper, arrows and crosses.

Measures given are millimetres; the drawing counts in whole hundredths of them, which is half as
long to write as decimals.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from stretchkit.figure.bezier import Curve, through
from stretchkit.figure.mesh import Floats

UNIT = 100
"""Units of a drawing in a millimetre."""

_ROUND = 2.5
"""How round the corners of a close-up's window are, mm."""


def number(value: float) -> str:
    """Return a number with at most two decimals; -0 is 0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def units(value: float) -> str:
    """Return millimetres in units of the drawing."""
    return str(round(float(value) * UNIT))


def numbers(values: Iterable[int]) -> str:
    """Return whole numbers one after the other; a minus parts them as well as a space does."""
    return "".join(f" {n}" if n >= 0 and at else f"{n}" for at, n in enumerate(values))


def _whole(points: Floats) -> list[list[int]]:
    found: list[list[int]] = np.round(np.asarray(points) * UNIT).astype(int).tolist()
    return found


def polygon(points: Floats) -> str:
    """Return a closed outline of straight pieces."""
    whole = _whole(points)
    way = (c - d for a, b in pairwise(whole) for c, d in zip(b, a, strict=True))
    return f"M{numbers(whole[0])}l{numbers(way)}z"


def curve(pieces: Curve, *, move: bool = True) -> str:
    """Return cubic pieces; straight ones as lines. Every piece is relative to a rounded point."""
    x, y = _whole(pieces[0][0][None])[0]
    out = [f"M{numbers((x, y))}"] if move else []
    for piece in pieces:
        kind, points = ("l", piece[3:]) if _straight(piece) else ("c", piece[1:])
        whole = _whole(points)
        out.append(kind + numbers(n for px, py in whole for n in (px - x, py - y)))
        x, y = whole[-1]
    return "".join(out)


def _straight(piece: Floats) -> bool:
    way = piece[3] - piece[0]
    off = [abs(float((p - piece[0])[0] * way[1] - (p - piece[0])[1] * way[0])) for p in piece[1:3]]
    return max(off) < 0.004 * max(float(np.hypot(*way)), 1e-9)


def path(data: str, **attributes: str | float) -> str:
    """Return a path element."""
    return f'<path d="{data}"{_attributes(attributes)}/>'


def _attributes(values: dict[str, str | float]) -> str:
    found = ""
    for name, value in values.items():
        text = value
        if isinstance(value, float):
            text = units(value) if name == "stroke_width" else number(value)
        found += f' {name.replace("_", "-")}="{text}"'
    return found


def taper(points: Floats, width: float, ends: float) -> str:
    """Return a pen stroke as an outline: full width in the middle, `ends` of it at the ends."""
    line = through(points, 2) if len(points) < 10 else points  # noqa: PLR2004 - few
    left, right = _sides(line)
    t = np.linspace(0, 1, len(line))
    half = (width / 2 * (ends + (1 - ends) * np.sin(np.pi * t) ** 0.7))[:, None]
    return polygon(np.concatenate([line + left * half, (line + right * half)[::-1]]))


def fold(points: Floats, width: float) -> str:
    """Return a stroke that is full at its start and dies out at its end."""
    left, right = _sides(points)
    half = (width / 2 * (1 - 0.85 * np.linspace(0, 1, len(points)) ** 1.5))[:, None]
    return polygon(np.concatenate([points + left * half, (points + right * half)[::-1]]))


def _sides(line: Floats) -> tuple[Floats, Floats]:
    way = np.gradient(line, axis=0)
    size = np.linalg.norm(way, axis=1, keepdims=True) + 1e-9
    left = np.stack([-way[:, 1], way[:, 0]], 1) / size
    return left, -left


def arrow(points: Floats, colour: str, width: float = 1.0) -> str:
    """Return an arrow along points: a shaft that grows toward its head, with a white halo."""
    line = through(points, 10)
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    head = min(width * 3.4, float(length[-1]) * 0.6)
    stop = max(2, int(np.searchsorted(length, length[-1] - head * 0.55)))
    tip, shaft = line[-1], line[:stop]
    way = tip - shaft[-1]
    way /= np.hypot(*way) + 1e-9
    side = np.array([-way[1], way[0]])
    left, right = _sides(shaft)
    half = (width / 2 * (0.35 + 0.65 * np.linspace(0, 1, len(shaft))))[:, None]
    body = path(polygon(np.concatenate([shaft + left * half, (shaft + right * half)[::-1]])))
    corners = [tip, tip - way * head + side * head / 2, tip - way * head * 0.78]
    top = path(polygon(np.array([*corners, tip - way * head - side * head / 2])))
    halo = f'<g fill="#fff" stroke="#fff" stroke-width="{units(width * 0.9)}">{body}{top}</g>'
    return f'<g stroke-linejoin="round">{halo}<g fill="{colour}">{body}{top}</g></g>'


def cross(corner: tuple[float, float], size: float, colour: str) -> str:
    """Return the cross of a common mistake, its upper left corner given."""
    corners = np.array([corner, (corner[0] + size, corner[1])])
    (a, b), (c, _) = _whole(corners)
    s = c - a
    data = f"M{a} {b}l{s} {s}M{c} {b}l-{s} {s}"
    halo = path(data, stroke="#fff", stroke_width=2.0)
    marks = halo + path(data, stroke=colour, stroke_width=1.1)
    return f'<g fill="none" stroke-linecap="round">{marks}</g>'


def ring(middle: Floats, colour: str, radius: float = 1.0) -> str:
    """Return a small ring with a white halo: here the body touches something."""
    (x, y), r = _whole(middle[None])[0], units(radius)
    rim = f'<circle cx="{x}" cy="{y}" r="{r}" stroke'
    halo = f'{rim}="#fff" stroke-width="{units(0.9)}"/>'
    return f'<g fill="none">{halo}{rim}="{colour}" stroke-width="{units(0.42)}"/></g>'


def window(width: float, height: float, body: str, edge: str) -> str:
    """Return what is seen through a window with round corners, and its edge."""
    size = f'width="{units(width - 0.3)}" height="{units(height - 0.3)}"'
    pane = f'<rect x="{units(0.15)}" y="{units(0.15)}" {size} rx="{units(_ROUND)}"'
    name = f"pane-{units(width)}-{units(height)}"
    rim = f'{pane} fill="none" stroke="{edge}" stroke-width="{units(0.3)}"/>'
    return f'<clipPath id="{name}">{pane}/></clipPath><g clip-path="url(#{name})">{body}</g>{rim}'


def document(width: float, height: float, body: str) -> str:
    """Return a whole drawing, which has no words yet."""
    size = f'width="{number(width)}mm" height="{number(height)}mm"'
    size += f' viewBox="0 0 {units(width)} {units(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>\n'
