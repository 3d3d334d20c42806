"""A part of a page that was laid out once: its content, its tags, and what changes from person to
person. Lengths are CSS pixels from the top left corner of the page it was laid out on.
"""  # noqa: D205 - one sentence

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeAlias

SLOT = "data-slot"
"""The attribute that numbers the paragraphs whose words change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text box of a slot: where its line stands and how it is set.

    `style` holds the values that shape a text; `extra` is what stands after the text in its box.
    """

    line: int
    style: dict[str, Any]
    extra: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A paragraph whose words change from person to person.

    `number` counts the slots of all pages; `lines` are the heights of the baselines; `style` is
    the paragraph's own.
    """

    number: int
    left: float
    width: float
    lines: tuple[float, ...]
    style: dict[str, Any]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A structure element without its numbers.

    `head` is the start of its dictionary. `inner` are numbers: those of marked content from 0 on,
    those of the part's elements below 0 (-1 is the first), and `LINK` + n for the n-th link.
    """

    head: bytes
    inner: tuple[int, ...]
    box: tuple[float, ...] = ()


LINK = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to the web: its place in pixels, and its annotation without place and numbers."""

    place: tuple[float, ...]
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of pixels: the name that it is called by, its dictionary's entries, its bytes.

    `mask` and `mask_head` are those of the picture that says how opaque it is; empty without one.
    """

    name: str
    head: bytes
    data: bytes
    mask_head: bytes = b""
    mask: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part as it was laid out.

    Args:
        page: the number of the page that it was laid out on, from 0 on.
        breakable: whether it may go on over a page that it fits on.
        top: where its border starts.
        bottom: where its border ends.
        solid: where the lowest of its words and drawings ends.
        above: the room that it wants above it, which a page's top swallows.
        content: pieces of a content stream. Between them stand `marks`: a number of marked
            content from 0 on, or -1 - n for the n-th text of all the slots.
        pictures: its drawings as the bodies of Form XObjects: the dictionary's entries and the
            deflated content; the content stream calls the n-th of them at mark -1000 - n.
        images: its pictures of pixels, which drawings call by their names.
        marked: how many numbers of marked content it needs.
        elements: its structure elements, in reading order; `outside` are the numbers of those
            before the `main` element of the page, `inside` those in it.
        headings: level, label, place from the left and from the top, whether it is folded.
        anchors: name, place from the left and from the top.
        states: names and bodies of the graphic states that it uses.
        faces: names of the fonts that it uses.
    """

    page: int
    breakable: bool
    top: float
    bottom: float
    solid: float
    above: float
    content: tuple[bytes, ...]
    marks: tuple[int, ...]
    pictures: tuple[tuple[bytes, bytes], ...]
    images: tuple[Image, ...]
    marked: int
    elements: tuple[Element, ...]
    outside: tuple[int, ...]
    inside: tuple[int, ...]
    links: tuple[Link, ...]
    headings: tuple[tuple[int, str, float, float, str], ...]
    anchors: tuple[tuple[str, float, float], ...]
    states: tuple[tuple[str, bytes], ...]
    faces: tuple[str, ...]
    slots: tuple[Slot, ...]
    information: bytes
    metadata: bytes


PICTURE = -1000
"""The mark of a part's first picture; the next ones count down."""


Parts: TypeAlias = tuple[Part, ...]
"""A part on each of the pages that it takes."""


def packed(parts: Parts) -> bytes:
    """Return parts as bytes to keep."""
    told = [asdict(part) for part in parts]
    return json.dumps(told, default=_text, ensure_ascii=False).encode()


def _text(value: bytes) -> dict[str, str]:
    return {"bytes": value.decode("latin-1")}


def unpacked(data: bytes) -> Parts:
    """Return parts that were kept."""
    return tuple(map(_part, json.loads(data, object_hook=_bytes)))


def _bytes(value: dict[str, Any]) -> Any:
    return value["bytes"].encode("latin-1") if value.keys() == {"bytes"} else value


def _part(told: dict[str, Any]) -> Part:
    told["elements"] = [Element(**_tuples(each)) for each in told["elements"]]
    told["images"] = [Image(**each) for each in told["images"]]
    told["links"] = [Link(**_tuples(each)) for each in told["links"]]
    told["slots"] = [
        Slot(**_tuples({**each, "texts": [Text(**text) for text in each["texts"]]}))
        for each in told["slots"]
    ]
    return Part(**{each.name: _tuple(told[each.name]) for each in fields(Part)})


def _tuples(told: dict[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in told.items()}


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
