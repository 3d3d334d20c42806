"""Addresses that carry a whole picture, for pages that need nothing beside them."""

from __future__ import annotations

import base64
from pathlib import PurePosixPath

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
