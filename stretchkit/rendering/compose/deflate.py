"""Streams put together from pieces that were deflated before."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

_MODULUS = 65521
_STORED = 65535


class Chunk(NamedTuple):
    """A piece of a deflated stream that can stand anywhere in it, and the sum of what it holds."""

    data: bytes
    sum: int
    size: int


def deflated(raw: bytes) -> Chunk:
    """Return a piece that is deflated for itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH)
    return Chunk(data, zlib.adler32(raw), len(raw))


def stored(raw: bytes) -> Chunk:
    """Return a piece that is kept as it is."""
    blocks = []
    for start in range(0, len(raw), _STORED):
        block = raw[start : start + _STORED]
        size = len(block).to_bytes(2, "little")
        blocks += [b"\0", size, bytes(byte ^ 0xFF for byte in size), block]
    return Chunk(b"".join(blocks), zlib.adler32(raw), len(raw))


def joined(chunks: Iterable[Chunk]) -> bytes:
    """Return one zlib stream of pieces."""
    out = [b"\x78\xda"]
    low, high = 1, 0
    for data, check, size in chunks:
        out.append(data)
        high = (high + (check >> 16) + size * (low - 1)) % _MODULUS
        low = (low + (check & 0xFFFF) - 1) % _MODULUS
    out += [b"\3\0", (high << 16 | low).to_bytes(4, "big")]
    return b"".join(out)
