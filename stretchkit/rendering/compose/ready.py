"""A part made ready to be put into many documents: everything but numbers and places is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeAlias

from stretchkit.rendering.compose.deflate import Chunk, deflated
from stretchkit.rendering.compose.parts import LINK, PICTURE, Element, Part

POINTS = 0.75
_MOST = 64
"""How many numberings of one part are kept."""

Spec: TypeAlias = tuple[str, int]


@dataclass(slots=True)
class Ready:
    """A part and what has been made of it.

    Args:
        part: the part.
        format: its structure elements, a line each, with places for the numbers of `specs`.
        specs: the numbers: of an element (E), marked content (M), a link (L), the page (P), the
            parent (R), or a box (B).
        boxes: the places of boxes among the numbers.
        names: what its drawings are called, the same for the same drawing.
        owners: the element that owns each piece of marked content.
        holders: the element that holds each link.
    """

    part: Part
    format: bytes
    specs: tuple[Spec, ...]
    boxes: tuple[tuple[int, tuple[float, ...]], ...]
    names: tuple[str, ...]
    owners: tuple[int, ...]
    holders: tuple[int, ...]
    _chunks: dict[int, tuple[Chunk | int, ...]] = field(default_factory=dict)

    def chunks(self, marks: int) -> tuple[Chunk | int, ...]:
        """Return the content, deflated, with its numbers; texts of slots by their number.

        Args:
            marks: the first number of its marked content.
        """
        found = self._chunks.get(marks)
        if found is None:
            if len(self._chunks) >= _MOST:
                self._chunks.clear()
            found = self._chunks[marks] = tuple(_chunks(self.part, self.names, marks))
        return found


def made_ready(part: Part) -> Ready:
    """Return a part ready to be composed."""
    lines, specs = list[bytes](), list[Spec]()
    boxes: list[tuple[int, tuple[float, ...]]] = []
    owners, holders = [0] * part.marked, [0] * len(part.links)
    parents = {
        -1 - inner: place
        for place, element in enumerate(part.elements)
        for inner in element.inner
        if inner < 0
    }
    for place, element in enumerate(part.elements):
        lines.append(_format(element, specs, parents.get(place), boxes))
        for inner in element.inner:
            if inner >= LINK:
                holders[inner - LINK] = place
            elif inner >= 0:
                owners[inner] = place
    return Ready(
        part=part,
        format=b"\n".join(lines),
        specs=tuple(specs),
        boxes=tuple(boxes),
        names=tuple("F" + blake2b(data, digest_size=8).hexdigest() for _, data in part.pictures),
        owners=tuple(owners),
        holders=tuple(holders),
    )


def _format(
    element: Element,
    specs: list[Spec],
    parent: int | None,
    boxes: list[tuple[int, tuple[float, ...]]],
) -> bytes:
    """Return an element's line, and note its numbers."""
    line = [element.head.replace(b"\n", b"\\n").replace(b"%", b"%%")]
    if element.box:
        boxes.append((len(specs), element.box))
        specs.append(("B", 0))
        line.append(b"/A <</O /Layout/BBox [%b]>>")
    specs += [("R", 0) if parent is None else ("E", parent), ("P", 0)]
    line.append(b"/P %d 0 R/Pg %d 0 R/K [")
    for inner in element.inner:
        if inner >= LINK:
            specs += [("L", inner - LINK), ("P", 0)]
            line.append(b"<</Type /OBJR/Obj %d 0 R/Pg %d 0 R>> ")
        elif inner >= 0:
            specs.append(("M", inner))
            line.append(b"%d ")
        else:
            specs.append(("E", -1 - inner))
            line.append(b"%d 0 R ")
    line.append(b"]>>")
    return b"".join(line)


def _chunks(part: Part, names: Sequence[str], marks: int) -> list[Chunk | int]:
    found: list[Chunk | int] = []
    raw = [part.content[0]]
    for mark, piece in zip(part.marks, part.content[1:], strict=True):
        if mark >= 0:
            raw.append(b"%d" % (marks + mark))
        elif mark <= PICTURE:
            raw.append(names[PICTURE - mark].encode())
        else:
            found += [deflated(b"".join(raw) + b"\n"), -1 - mark]
            raw = []
        raw.append(piece)
    return [*found, deflated(b"".join(raw) + b"\n")]
