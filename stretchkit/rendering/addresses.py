"""Addresses that carry a whole picture, for pages that need nothing beside them."""

from __future__ import annotations

import base64
from pathlib import PurePosixPath

RULED = 9.0
"""From one line to write on to the next, millimetres."""

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
}


def data_uri(file: str, data: bytes) -> str:
    """Return an address that carries a picture; the file's suffix says of what kind it is."""
    kind = MEDIA_TYPES[PurePosixPath(file).suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def svg_uri(svg: str) -> str:
    """Return an address that carries an SVG."""
    return data_uri("drawing.svg", svg.encode())


def ruled_uri(room: tuple[float, float]) -> str:
    """Return the address of lines to write on, 9 mm apart from the bottom up.

    Args:
        room: width and height of what they fill, millimetres.
    """
    wide, high = room
    heights = (high - 0.2 - RULED * line for line in range(int(high / RULED)))
    path = "".join(f"M0.3 {height:g}h{wide - 0.6:g}" for height in heights)
    return svg_uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}">'
        f'<path d="{path}" stroke="#767676" stroke-width="0.25"/></svg>'
    )
