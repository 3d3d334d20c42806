"""A page taken apart into headings, paragraphs, lists, tables and pictures.

Media that are no web pages are made of these, so that they say what the page says, in its order,
whatever template made it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias
from xml.etree.ElementTree import Element

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_INLINE = {"a", "b", "bdi", "em", "i", "small", "span", "strong", "sub", "sup", "u", "br", "img"}
_WIDTH = re.compile(r"width:\s*([\d.]+)mm")
_PICTURE = "data:image/svg+xml;base64,"
_CELLS = {"th", "td"}
_HEAD = ("head", "style", "script", "template")

Kind = Literal["heading", "paragraph", "entry", "pictures", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that look alike; `address` is where a link leads.

    `language` and `direction`, "ltr" or "rtl", are told where those of the words around may differ.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture: an SVG, or else the bytes of its file.

    `width` is in millimetres, 0 where it is the file's own; `caption` stands below it.
    """

    alt: str
    svg: str = ""
    data: bytes = b""
    width: float = 0.0
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a page.

    `level` is that of a heading, or how deep an entry of a list is; `number` that of an entry
    of a numbered list, 0 in others. `rows` are those of a table, of cells of blocks: its first
    row is the head, the first cell of each row too. `language` and `direction` are empty where
    they are the page's own.
    """

    kind: Kind
    runs: tuple[Run, ...] = ()
    level: int = 0
    number: int = 0
    figures: tuple[Figure, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    language: str = ""
    direction: str = ""
    anchor: str = ""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


Cell: TypeAlias = tuple[Block, ...]


def blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of a page in reading order."""
    import tinyhtml5  # noqa: PLC0415 - comes with WeasyPrint

    root = tinyhtml5.parse(html, namespace_html_elements=False)
    body = root.find("body")
    assert body is not None  # noqa: S101 - a page always has one, by the rules of HTML
    return tuple(_Walk().of(body))


@dataclass(slots=True)
class _Walk:
    """Reads a page from top to bottom: words are gathered until a block ends."""

    language: str = ""
    direction: str = ""
    anchor: str = ""
    runs: list[Run] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def of(self, element: Element) -> Iterator[Block]:
        """Yield the blocks of an element's inside."""
        yield from self._inside(element, Run(text=""))
        yield from self._end()

    def _inside(self, element: Element, style: Run) -> Iterator[Block]:
        self._say(element.text, style)
        for child in element:
            yield from self._one(child, style)
            self._say(child.tail, style)

    def _one(self, child: Element, style: Run) -> Iterator[Block]:
        tag = str(child.tag)
        if tag in _HEAD or tag.startswith("<"):  # a comment's tag is a function
            return
        if tag in _INLINE:
            yield from self._inline(child, tag, style)
            return
        if tag != "figure":
            yield from self._end()
        before = self.language, self.direction
        self.language = child.get("lang") or self.language
        self.direction = child.get("dir") or self.direction
        self.anchor = child.get("id") or self.anchor
        if tag in _LEVELS:
            yield from self._inside(child, style)
            yield from self._end("heading", level=_LEVELS[tag])
        elif tag in {"ul", "ol"}:
            yield from self._list(child, 1)
        elif tag == "table":
            yield from self._table(child)
        elif tag == "figure":
            yield from self._figure(child)
        else:
            yield from self._inside(child, style)
            yield from self._end()
        self.language, self.direction = before

    def _inline(self, child: Element, tag: str, style: Run) -> Iterator[Block]:
        if tag == "br":
            self._say(" ", style)
        elif tag == "img":
            self.figures.append(_figure(child))
        else:
            inner = Run(
                text="",
                strong=style.strong or tag in {"b", "strong"},
                emphasis=style.emphasis or tag in {"i", "em"},
                address=child.get("href", style.address),
                language=child.get("lang", style.language),
                direction=child.get("dir", style.direction),
            )
            yield from self._inside(child, inner)

    def _figure(self, element: Element) -> Iterator[Block]:
        if self.runs:
            yield from self._end()
        image, caption = element.find(".//img"), element.find(".//figcaption")
        if image is None:
            yield from self._inside(element, Run(text=""))
            return
        words = " ".join("".join(caption.itertext()).split()) if caption is not None else ""
        # A second picture is the same one again, told in another language.
        told = (found.get("alt", "") for found in element.iter("img"))
        alt = " / ".join(dict.fromkeys(filter(None, told)))
        self.figures.append(replace(_figure(image), alt=alt, caption=words))

    def _list(self, element: Element, level: int) -> Iterator[Block]:
        number = int(element.get("start", "1"))
        for entry in element:
            if entry.tag != "li":
                continue
            self._say(entry.text, Run(text=""))
            nested = []
            for child in entry:
                if child.tag in {"ul", "ol"}:
                    nested.append(child)
                else:
                    if child.tag == "p" and self.runs:
                        self._say(" ", Run(text=""))
                    yield from self._inline(child, str(child.tag), Run(text=""))
                self._say(child.tail, Run(text=""))
            numbered = number if element.tag == "ol" else 0
            yield from self._end("entry", level=level, number=numbered)
            for inner in nested:
                yield from self._list(inner, level + 1)
            number += 1

    def _table(self, element: Element) -> Iterator[Block]:
        caption = element.find("caption")
        if caption is not None:
            yield from self._inside(caption, Run(text="", strong=True))
            yield from self._end()
        rows = tuple(
            tuple(
                tuple(_Walk(language=self.language, direction=self.direction).of(cell))
                for cell in row
                if cell.tag in _CELLS
            )
            for row in element.iter("tr")
        )
        yield Block(kind="table", rows=rows, language=self.language, direction=self.direction)

    def _say(self, text: str | None, style: Run) -> None:
        words = re.sub(r"[ \t\r\n\f]+", " ", text or "")
        if words and (words != " " or self.runs):
            self.runs.append(replace(style, text=words))

    def _end(self, kind: Kind = "paragraph", level: int = 0, number: int = 0) -> Iterator[Block]:
        figures, runs = tuple(self.figures), _trimmed(self.runs)
        self.figures, self.runs = [], []
        if figures:
            yield Block(
                kind="pictures",
                figures=figures,
                language=self.language,
                direction=self.direction,
            )
        if runs:
            anchor, self.anchor = self.anchor, ""
            yield Block(
                kind=kind,
                runs=runs,
                level=level,
                number=number,
                language=self.language,
                direction=self.direction,
                anchor=anchor,
            )


def _figure(image: Element) -> Figure:
    address, width = image.get("src", ""), _WIDTH.search(image.get("style", ""))
    data = base64.b64decode(address.partition(",")[2])
    ours = address.startswith(_PICTURE)
    return Figure(
        alt=image.get("alt", ""),
        svg=data.decode() if ours else "",
        data=b"" if ours else data,
        width=float(width[1]) if width else 0.0,
    )


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Return runs without space at either end, nor two spaces where they meet."""
    found: list[Run] = []
    for run in runs:
        starts = not found or found[-1].text.endswith(" ")
        text = run.text.lstrip(" ") if starts else run.text
        if text:
            found.append(replace(run, text=text))
    if found and found[-1].text == " ":
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return tuple(found)
