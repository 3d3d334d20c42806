"""The bytes of a document whose parts have their places."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import pydyf

from stretchkit.rendering.compose.deflate import Chunk, joined, stored
from stretchkit.rendering.compose.faces import FIRST, OBJECTS, faces
from stretchkit.rendering.compose.parts import Image
from stretchkit.rendering.compose.ready import POINTS, Ready
from stretchkit.rendering.compose.stack import Place
from stretchkit.rendering.pdf import colour_profile

(
    CATALOGUE,
    PAGES,
    RESOURCES,
    INFORMATION,
    METADATA,
    ROOT,
    PARENTS,
    DOCUMENT,
    COLOURS,
    OUTLINES,
    STREAM,
    TABLE,
) = range(1, 13)
_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_LEVEL = 4  # higher ones save half a percent, and take a fifth longer
_STRIDE = 64


@dataclass(frozen=True, slots=True)
class Piece:
    """A part in its place, and its words.

    `texts` are the operators that fill the texts of slots; `title` is its first heading's own, if
    its words are.
    """

    ready: Ready
    place: Place
    texts: Sequence[bytes] = ()
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A document to write: the size of its pages in points, its parts, and each page's foot."""

    language: str
    width: float
    height: float
    pieces: Sequence[Piece]
    feet: Sequence[bytes]
    faces: frozenset[str]


class _Bookmark(NamedTuple):
    level: int
    label: str
    goal: bytes
    state: str
    inner: list[_Bookmark]


@dataclass(slots=True)
class _File:
    """A file while it is written: whole objects, and those that are packed together."""

    out: list[bytes] = field(default_factory=lambda: [_HEADER])
    position: int = len(_HEADER)
    offsets: dict[int, int] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def whole(self, number: int, data: bytes) -> None:
        """Write an object that stands for itself."""
        self.offsets[number] = self.position
        self.out.append(data)
        self.position += len(data)

    def stream(self, number: int, head: bytes, data: bytes) -> None:
        """Write a stream."""
        start = b"%d 0 obj\n<<%b/Length %d>>\nstream\n" % (number, head, len(data))
        # An end of line of two bytes: no last byte of the data is taken for a part of it.
        self.whole(number, b"".join((start, data, b"\r\nendstream\nendobj\n")))

    def packed(self, number: int, body: bytes) -> None:
        """Put an object among those that are packed together."""
        self.numbers.append(number)
        self.bodies.append(body)


def written(sheet: Sheet) -> bytes:
    """Return a document as the bytes of a PDF."""
    return _Writer(sheet).written()


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.file = sheet, _File()
        self.count = sheet.pieces[-1].place.page + 1
        self.first = FIRST + OBJECTS * len(faces())
        self.contents = self.first + self.count
        self.mains = self.contents + self.count
        self.next = self.mains + self.count
        self.chunks: list[list[Chunk]] = [[] for _ in range(self.count)]
        self.owners: list[list[bytes]] = [[] for _ in range(self.count)]
        self.inside: list[list[int]] = [[] for _ in range(self.count)]
        self.outside: list[int] = []
        self.streams: list[bytes] = []
        self.states: dict[str, bytes] = {"a1.0": b"<</ca 1>>"}
        self.pictures: dict[str, int] = {}
        self.bookmarks: list[list[tuple[int, str, tuple[float, float], str]]]
        self.bookmarks = [[] for _ in range(self.count)]
        self.anchors: list[tuple[str, bytes]] = []
        self.annotations: list[list[int]] = [[] for _ in range(self.count)]
        self.holders: list[int] = []

    def written(self) -> bytes:
        for piece in self.sheet.pieces:
            self._place(piece)
        for page in range(self.count):
            self._page(page)
        self._structure()
        self._catalogue()
        for name in sorted(self.sheet.faces):
            face = faces()[name]
            for number, data in enumerate(face.objects, start=face.number):
                self.file.whole(number, data)
        return self._close()

    # Parts

    def _place(self, piece: Piece) -> None:
        ready, (page, top) = piece.ready, piece.place
        part, down = ready.part, top - ready.part.top
        # Few first numbers, so that the content of a part is seldom deflated anew.
        marks = -(-len(self.owners[page]) // _STRIDE) * _STRIDE
        self.owners[page] += [b"null"] * (marks - len(self.owners[page]))
        chunks = self.chunks[page]
        chunks.append(stored(b"q\n1 0 0 1 0 %.6f cm\n" % down))
        for chunk in ready.chunks(marks):
            chunks.append(stored(piece.texts[chunk]) if isinstance(chunk, int) else chunk)
        chunks.append(stored(b"Q\n"))
        for name, (head, data) in zip(ready.names, part.pictures, strict=True):
            if name in self.pictures:
                continue
            number = self.pictures[name] = self._number()
            head_ = b"%b/Resources %d 0 R/Filter /FlateDecode" % (head, RESOURCES)
            self.file.stream(number, head_, data)
        for image in part.images:
            if image.name not in self.pictures:
                self.pictures[image.name] = self._image(image)
        self.states.update(part.states)
        self._tags(ready, page, down, marks)
        for number, (level, label, x, y, state) in enumerate(part.headings):
            label = piece.title if piece.title and not number else label  # noqa: PLW2901
            self.bookmarks[page].append((level, label, (x, y + down), state))
        for name, x, y in part.anchors:
            self.anchors.append((name, self._goal(page, x, y + down)))

    def _image(self, image: Image) -> int:
        number, head = self._number(), image.head
        if image.mask:
            mask = self._number()
            self.file.stream(mask, image.mask_head, image.mask)
            head += b"/SMask %d 0 R" % mask
        self.file.stream(number, head, image.data)
        return number

    def _number(self) -> int:
        self.next += 1
        return self.next - 1

    def _goal(self, page: int, x: float, y: float) -> bytes:
        height = self.sheet.height - POINTS * y
        return b"[%d 0 R /XYZ %.6f %.6f 0]" % (self.first + page, POINTS * x, height)

    def _tags(self, ready: Ready, page: int, down: float, marks: int) -> None:
        part, base = ready.part, self.next
        self.next += len(part.elements)
        links = self.next
        self.next += len(part.links)
        bases = {"E": base, "M": marks, "L": links, "P": self.first + page, "R": 0, "B": 0}
        bases["R"] = self.mains + page
        values: list[Any] = [bases[kind] + number for kind, number in ready.specs]
        for place, box in ready.boxes:
            values[place] = self._box(box, down)
        for place in part.outside:
            self.outside.append(base + place)
        self.inside[page] += [base + place for place in part.inside]
        lines = (ready.format % tuple(values)).split(b"\n") if values else []
        for place in part.outside:
            main, document = b"/P %d 0 R" % bases["R"], b"/P %d 0 R" % DOCUMENT
            lines[place] = lines[place].replace(main, document, 1)
        self.file.numbers += range(base, base + len(lines))
        self.file.bodies += lines
        self.owners[page] += [b"%d 0 R" % (base + owner) for owner in ready.owners]
        for number, (link, holder) in enumerate(zip(part.links, ready.holders, strict=True)):
            body = b"%b/Rect [%b]/StructParent %d>>" % (
                link.head,
                self._box(link.place, down),
                self.count + len(self.holders),
            )
            self.file.packed(links + number, body)
            self.annotations[page].append(links + number)
            self.holders.append(base + holder)

    def _box(self, box: Sequence[float], down: float) -> bytes:
        left, top, right, bottom = box
        height = self.sheet.height
        return b"%.6f %.6f %.6f %.6f" % (
            POINTS * left,
            height - POINTS * (bottom + down),
            POINTS * right,
            height - POINTS * (top + down),
        )

    # Pages

    def _page(self, page: int) -> None:
        sheet = self.sheet
        start = b"1 0 0 -1 0 %.6f cm\nq\n0.75 0 0 0.75 0 0 cm\n" % sheet.height
        chunks = [stored(start), *self.chunks[page], stored(sheet.feet[page] + b"Q\n")]
        number, content = self.contents + page, joined(chunks)
        self.file.stream(number, b"/Filter /FlateDecode", content)
        self.streams.append(content)
        size = b"[0 0 %.6f %.6f]" % (sheet.width, sheet.height)
        links = b" ".join(b"%d 0 R" % each for each in self.annotations[page])
        body = (
            b"<</Type /Page/Parent %d 0 R/MediaBox %b/TrimBox %b/BleedBox %b/Contents %d 0 R"
            b"/Resources %d 0 R/Tabs /S/StructParents %d%b>>"
        )
        annotations = b"/Annots [%b]" % links if links else b""
        found = (PAGES, size, size, size, number, RESOURCES, page, annotations)
        self.file.packed(self.first + page, body % found)

    # Structure

    def _structure(self) -> None:
        file = self.file
        mains = [self.mains + page for page in range(self.count) if self.inside[page]]
        for number in mains:
            page = number - self.mains
            inner = _references(self.inside[page])
            body = b"<</Type /StructElem/S /Part/P %d 0 R/Pg %d 0 R/K [%b]>>"
            file.packed(number, body % (DOCUMENT, self.first + page, inner))
        inner = _references([*self.outside, *mains])
        file.packed(DOCUMENT, b"<</Type /StructElem/S /Document/P %d 0 R/K [%b]>>" % (ROOT, inner))
        root = b"<</Type /StructTreeRoot/ParentTree %d 0 R/K [%d 0 R]>>"
        file.packed(ROOT, root % (PARENTS, DOCUMENT))
        owned = [b"%d [%b]" % (page, b" ".join(each)) for page, each in enumerate(self.owners)]
        held = [b"%d %d 0 R" % pair for pair in enumerate(self.holders, start=self.count)]
        file.packed(PARENTS, b"<</Nums [%b]>>" % b" ".join([*owned, *held]))

    def _outlines(self) -> None:
        """Write the bookmarks: a tree of the headings."""
        tree: list[_Bookmark] = []
        open_: list[_Bookmark] = []
        for page, found in enumerate(self.bookmarks):
            for level, label, (x, y), state in found:
                bookmark = _Bookmark(level, label, self._goal(page, x, y), state, [])
                while open_ and open_[-1].level >= level:
                    open_.pop()
                (open_[-1].inner if open_ else tree).append(bookmark)
                open_.append(bookmark)
        numbers, count = self._level(tree, OUTLINES)
        body = b"<</Count %d/First %d 0 R/Last %d 0 R>>"
        self.file.packed(OUTLINES, body % (count, numbers[0], numbers[-1]))

    def _level(self, found: list[_Bookmark], parent: int) -> tuple[list[int], int]:
        numbers = [self._number() for _ in found]
        total = len(found)
        for place, (_, label, goal, state, inner) in enumerate(found):
            below, count = self._level(inner, numbers[place]) if inner else ([], 0)
            total += count if state != "closed" else 0
            body = [
                b"<</Title %b/Dest %b/Count %d"
                % (_string(label), goal, -count if state == "closed" else count)
            ]
            if place:
                body.append(b"/Prev %d 0 R" % numbers[place - 1])
            if place + 1 < len(numbers):
                body.append(b"/Next %d 0 R" % numbers[place + 1])
            if below:
                body.append(b"/First %d 0 R/Last %d 0 R" % (below[0], below[-1]))
            body.append(b"/Parent %d 0 R>>" % parent)
            self.file.packed(numbers[place], b"".join(body))
        return numbers, total

    # The document

    def _catalogue(self) -> None:
        sheet, file = self.sheet, self.file
        first = sheet.pieces[0].ready.part
        self._outlines()
        names = b" ".join(
            b"%b %b" % (_string(name), goal) for name, goal in sorted(dict(self.anchors).items())
        )
        intent = (
            b"<</Type /OutputIntent/S /GTS_PDFA1/DestOutputProfile %d 0 R"
            b"/OutputConditionIdentifier (sRGB2014.icc)/Info (sRGB2014.icc)>>" % COLOURS
        )
        file.packed(
            CATALOGUE,
            b"<</Type /Catalog/Pages %d 0 R/Outlines %d 0 R/Lang %b/Names <</Dests <</Names [%b]>>"
            b">>/StructTreeRoot %d 0 R/ViewerPreferences <</DisplayDocTitle true>>"
            b"/MarkInfo <</Marked true>>/Metadata %d 0 R/OutputIntents [%b]>>"
            % (PAGES, OUTLINES, _string(sheet.language), names, ROOT, METADATA, intent),
        )
        kids = _references(range(self.first, self.first + self.count))
        file.packed(PAGES, b"<</Type /Pages/Kids [%b]/Count %d>>" % (kids, self.count))
        file.packed(INFORMATION, first.information)
        file.stream(METADATA, b"/Type /Metadata/Subtype /XML", first.metadata)
        file.stream(COLOURS, b"/N 3/Filter /FlateDecode", _profile())
        fonts = ((name, faces()[name].reference) for name in sorted(sheet.faces))
        pictures = ((name, b"%d 0 R" % number) for name, number in self.pictures.items())
        file.packed(
            RESOURCES,
            b"<</ExtGState %b/XObject %b/Font %b>>"
            % (_dictionary(sorted(self.states.items())), _dictionary(pictures), _dictionary(fonts)),
        )

    def _close(self) -> bytes:
        file = self.file
        starts = accumulate((len(body) + 1 for body in file.bodies), initial=0)
        head = b" ".join(b"%d %d" % pair for pair in zip(file.numbers, starts, strict=False))
        entries = b"/Type /ObjStm/N %d/First %d/Filter /FlateDecode"
        data = zlib.compress(b"%b\n%b" % (head, b"\n".join(file.bodies)), _LEVEL)
        file.stream(STREAM, entries % (len(file.bodies), len(head) + 1), data)
        place = file.position
        file.offsets[TABLE] = place
        table = bytearray(6 * self.next)
        packer = STREAM.to_bytes(3, "big")
        for index, number in enumerate(file.numbers):
            table[6 * number : 6 * number + 6] = b"\2" + packer + index.to_bytes(2, "big")
        for number, offset in file.offsets.items():
            table[6 * number : 6 * number + 6] = b"\1" + offset.to_bytes(3, "big") + b"\0\0"
        # Drawings and fonts are called by what they are, so the rest tells documents apart.
        told = b"".join([data, *self.streams])
        name = hashlib.md5(told, usedforsecurity=False).hexdigest().encode()
        entries = (
            b"/Type /XRef/Size %d/W [1 3 2]/Root %d 0 R/Info %d 0 R/ID [<%b> <%b>]"
            b"/Filter /FlateDecode" % (self.next, CATALOGUE, INFORMATION, name, name)
        )
        file.stream(TABLE, entries, zlib.compress(bytes(table), _LEVEL))
        return b"".join([*file.out, b"startxref\n%d\n%%%%EOF\n" % place])


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join([b"%d 0 R" % number for number in numbers])


def _dictionary(entries: Iterable[tuple[str, bytes]]) -> bytes:
    return b"<<%b>>" % b"".join(b"/%b %b" % (name.encode(), body) for name, body in entries)


@lru_cache(maxsize=2048)
def _string(text: str) -> bytes:
    return bytes(pydyf.String(text).data)


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return zlib.compress(colour_profile(), 9)
