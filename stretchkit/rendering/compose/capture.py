"""Lay out a piece of a page by WeasyPrint, without anything around it, and keep it as a part."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from stretchkit.rendering.compose.breaking import shaping
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.faces import faces
from stretchkit.rendering.compose.images import images_of
from stretchkit.rendering.compose.parts import (
    LINK,
    PICTURE,
    SLOT,
    Element,
    Link,
    Part,
    Parts,
    Slot,
    Text,
)
from stretchkit.rendering.compose.ready import POINTS
from stretchkit.rendering.pdf import lay_out, quiet, refuse_missing_glyphs
from stretchkit.rendering.pdf_tags import OPTIONS, Marks, Tag, object_of, prepare, tree_of

_OBJECTS = ("Pattern", "Shading")
_SCALE = b"0.75 0 0 0.75 0 0 cm"


def captured(page: str, tag: str = "", *, named: bool = False) -> Parts:
    """Return a document as a part on each of its pages.

    Args:
        page: an HTML document with all its styles.
        tag: the name of the HTML element that the part is, a part on each page that has one; the
            whole body when left out.
        named: whether its elements may have names, as cells of tables do; those of two parts of a
            document could be the same.

    Raises:
        Doubt: if the part is of a kind that cannot be composed.
        MissingGlyphError: if no bundled font has a character of the text.
        RenderError: if WeasyPrint warns of something.
    """
    refuse_missing_glyphs(page)
    taken: list[tuple[Any, Tag]] = []
    with quiet():
        document = lay_out(page)
        finisher, marks = prepare(document)

        def finish(document: Any, pdf: Any) -> None:
            finisher(document, pdf)
            taken.append((pdf, tree_of(pdf)))

        document.write_pdf(finisher=finish, **OPTIONS)
    ((pdf, tree),) = taken
    if any(resources[kind] for resources in _resources(pdf) for kind in _OBJECTS):
        raise Doubt(Reason.PICTURE)
    parts: list[Part] = []
    # One body, or one article, counts its texts together on all of its pages.
    places: dict[Any, dict[Any, int]] = {}
    for number, laid_out in enumerate(document.pages):
        root = _root(laid_out, tag or "body")
        if root is None:
            continue
        taking = _Captured(
            document,
            pdf,
            tree=tree,
            marks=marks,
            root=root,
            number=number,
            places=places.setdefault(root.element, {}),
            named=named,
        )
        parts.append(taking.part())
    if not parts:
        raise Doubt(Reason.SHAPE)
    return tuple(parts)


def _root(page: Any, tag: str) -> Any:
    """Return the box of the part on a page, None where the page has none."""
    for box in page._page_box.descendants():
        if box.element_tag == tag and box.element is not None:
            return box
    return None


def _resources(pdf: Any) -> Iterator[Any]:
    for number in pdf.pages["Kids"][::3]:
        yield object_of(pdf, pdf.objects[number]["Resources"])


@dataclass(slots=True)
class _Content:
    pieces: list[bytes] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    pictures: list[tuple[bytes, bytes]] = field(default_factory=list)
    piece: list[bytes] = field(default_factory=list)

    def add(self, operator: bytes) -> None:
        self.piece.append(operator)

    def mark(self, mark: int, before: bytes = b"", after: bytes = b"") -> None:
        self.pieces.append(b"\n".join([*self.piece, before]))
        self.piece = [after]
        self.marks.append(mark)

    def end(self) -> tuple[bytes, ...]:
        return (*self.pieces, b"\n".join(self.piece))


class _Captured:
    """A page that WeasyPrint laid out, while it is taken apart."""

    def __init__(
        self,
        document: Any,
        pdf: Any,
        *,
        tree: Tag,
        marks: Marks,
        root: Any,
        number: int,
        places: dict[Any, int],
        named: bool,
    ) -> None:
        self.named = named
        self.page, self.marks = document.pages[number], marks[number]
        self.document, self.pdf, self.places = document, pdf, places
        self.number, self.root = number, root
        found = pdf.objects[pdf.pages["Kids"][3 * number]]
        self.tags = [each for each in tree.inner if isinstance(each, Tag)]
        self.tags = [each for each in self.tags if each.element["Pg"] == found.reference]
        self.entry = found
        self.stream = self._object(found["Contents"]).stream
        self.resources = self._object(found["Resources"])
        self.height = float(found["MediaBox"][3])

    def _object(self, reference: bytes) -> Any:
        return object_of(self.pdf, reference)

    def part(self) -> Part:
        slots = self._slots()
        self.order = {mark: new for new, mark in enumerate(self._owned())}
        content = self._content()
        elements, outside, inside = self._elements()
        root = self.root
        return Part(
            page=self.number,
            breakable=root.style["break_inside"] != "avoid",
            top=root.border_box_y(),
            bottom=root.border_box_y() + root.border_height(),
            solid=max(self._bottoms(), default=root.border_box_y()),
            above=self._above(),
            content=content.end(),
            images=images_of(self.pdf, self.resources),
            marks=tuple(content.marks),
            pictures=tuple(content.pictures),
            marked=len(self.order),
            elements=elements,
            outside=outside,
            inside=inside,
            links=tuple(self._links()),
            headings=tuple(
                (level, label, place[0], place[1], state)
                for level, label, place, state in self.page.bookmarks
            ),
            anchors=tuple((name, box[0], box[1]) for name, box in self.page.anchors.items()),
            states=tuple(
                (name, bytes(pydyf.Dictionary(state).data))
                for name, state in sorted(self.resources["ExtGState"].items())
            ),
            faces=self._faces(),
            slots=slots,
            information=bytes(self.pdf.info.data),
            metadata=bytes(self._object(self.pdf.catalog["Metadata"]).stream[0]),
        )

    def _above(self) -> float:
        """Return the room that the part wants above it; a page's first box may have lost it."""
        wanted = self.root.style["margin_top"]
        if getattr(wanted, "unit", "px") != "px":
            raise Doubt(Reason.SHAPE)
        return float(getattr(wanted, "value", 0.0))

    def _faces(self) -> tuple[str, ...]:
        known = faces()
        for font in self.document.fonts.values():
            if font.hash not in known or font.to_unicode.keys() - known[font.hash].letters.keys():
                raise Doubt(Reason.GLYPH)
        return tuple(sorted({font.hash for font in self.document.fonts.values()}))

    def _bottoms(self) -> Iterator[float]:
        for box in self.page._page_box.descendants():
            if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
                yield box.position_y + box.margin_height()

    # Slots

    def _slots(self) -> tuple[Slot, ...]:
        """Return the slots, and note which text of all of them a text box is."""
        found: dict[int, Slot] = {}
        for block in self.page._page_box.descendants():
            number = None if block.element is None else block.element.get(SLOT)
            if number is None or not isinstance(block, boxes.BlockContainerBox):
                continue
            if int(number) in found or block.element_tag not in ("p", "h2", "th"):
                raise Doubt(Reason.SHAPE)
            texts, lines = self._texts(block)
            found[int(number)] = Slot(
                number=int(number),
                left=block.content_box_x(),
                width=block.width,
                lines=lines,
                style=shaping(block.style),
                texts=texts,
            )
        return tuple(found[number] for number in sorted(found))

    def _texts(self, block: Any) -> tuple[tuple[Text, ...], tuple[float, ...]]:
        texts: list[Text] = []
        lines: list[float] = []
        for number, line in enumerate(block.children):
            inner = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
            shown = [box for box in inner if box.text.strip(" ")]
            heights = {box.position_y + box.baseline for box in shown}
            if len(heights) != 1:
                raise Doubt(Reason.SHAPE)
            lines.extend(heights)
            for box in shown:
                self.places[box] = len(self.places)
                extra = self._extra(line, box)
                texts.append(Text(line=number, style=shaping(box.style), extra=extra))
        return tuple(texts), tuple(lines)

    @staticmethod
    def _extra(line: Any, last: Any) -> float:
        """Return the room between the last text of an inline block and the block's end."""
        for child in line.children:
            if isinstance(child, boxes.InlineBlockBox):
                inner = [box for box in child.descendants() if isinstance(box, boxes.TextBox)]
                if inner[-1] is last:
                    end = child.position_x + child.margin_width()
                    return float(end - last.position_x - last.width)
        return 0.0

    # Content

    def _owned(self) -> list[int]:
        """Return the numbers of the marked content that the tags hold, in the stream's order."""
        tags = (tag for top in self.tags for tag in top.walk())
        held = {mark for tag in tags for mark in tag.inner if isinstance(mark, int)}
        marked = (each for each in self.stream if isinstance(each, dict) and "MCID" in each)
        numbers = [each["MCID"] for each in marked]
        return [number for number in numbers if number in held]

    def _content(self) -> _Content:
        content = _Content()
        operators = iter(self._operators())
        for operator in operators:
            if not isinstance(operator, dict):
                content.add(pydyf._to_bytes(operator))
                continue
            told = {name: value for name, value in operator.items() if name != "MCID"}
            head = bytes(pydyf.Dictionary(told).data)
            if "MCID" not in operator:
                content.add(head)
                continue
            content.mark(self.order[operator["MCID"]], b"<</MCID ", b" " + head[2:])
            box = self.marks[operator["MCID"]]
            if isinstance(box, boxes.TextBox):
                if box in self.places:
                    self._leave_out(operators, content, self.places[box])
            else:
                self._set_aside(operators, content)
        return content

    def _operators(self) -> list[Any]:
        """Return the content stream without what the page around the part puts into it."""
        start = self.stream.index(_SCALE) + 1
        if self.stream[-1] != b"Q":
            raise Doubt(Reason.SHAPE)
        return list(self.stream[start:-1])

    @staticmethod
    def _leave_out(operators: Iterator[Any], content: _Content, place: int) -> None:
        """Leave the words of a slot to who fills it."""
        for operator in operators:
            content.add(operator)
            if operator == b"BT":
                break
        for operator in operators:
            if operator == b"ET":
                content.mark(-1 - place, after=b"ET")
                return

    @staticmethod
    def _set_aside(operators: Iterator[Any], content: _Content) -> None:
        """Make a drawing a form of its own."""
        drawing: list[bytes] = []
        next(operators)
        for operator in operators:
            if operator == b"EMC":
                break
            drawing.append(pydyf._to_bytes(operator))
        data = zlib.compress(b"\n".join(drawing), 9)
        content.add(b"BDC")
        content.mark(PICTURE - len(content.pictures), before=b"/", after=b" Do")
        content.add(b"EMC")
        head = b"/Type /XObject /Subtype /Form /BBox [-20000 -20000 20000 20000]"
        content.pictures.append((head, data))

    # Tags

    def _elements(self) -> tuple[tuple[Element, ...], tuple[int, ...], tuple[int, ...]]:
        elements: list[Element] = []

        def add(tag: Tag) -> int:
            place = len(elements)
            elements.append(Element(head=b"", inner=()))
            inner = []
            for each in tag.inner:
                if isinstance(each, Tag):
                    inner.append(-1 - add(each))
                elif isinstance(each, int):
                    inner.append(self.order[each])
                else:
                    inner.append(LINK + self._link_of(each))
            elements[place] = self._element(tag, tuple(inner))
            return place

        outside, inside = [], []
        for tag in self.tags:
            if tag.role == "/Part":
                inside += [add(each) for each in tag.inner if isinstance(each, Tag)]
            elif inside:
                raise Doubt(Reason.SHAPE)
            else:
                outside.append(add(tag))
        return tuple(elements), tuple(outside), tuple(inside)

    def _element(self, tag: Tag, inner: tuple[int, ...]) -> Element:
        told = {name: value for name, value in tag.element.items() if name not in ("P", "Pg", "K")}
        box: tuple[float, ...] = ()
        if tag.role == "/Figure":
            left, bottom, right, top = told.pop("A")["BBox"]
            box = (
                left / POINTS,
                (self.height - top) / POINTS,
                right / POINTS,
                (self.height - bottom) / POINTS,
            )
        elif not self.named and any(
            "ID" in each or "Headers" in each for each in (told, told.get("A", {}))
        ):
            raise Doubt(Reason.SHAPE)
        return Element(head=bytes(pydyf.Dictionary(told).data)[:-2], inner=inner, box=box)

    # Links

    def _annotations(self) -> list[Any]:
        return [self._object(each) for each in self.entry.get("Annots", [])]

    def _link_of(self, reference: bytes) -> int:
        annotation = self._object(self._object(reference)["Obj"])
        return next(n for n, each in enumerate(self._annotations()) if each is annotation)

    def _links(self) -> Iterator[Link]:
        for annotation in self._annotations():
            if "Dest" in annotation:
                raise Doubt(Reason.LINK)
            left, first, right, second = annotation["Rect"]
            told = {
                name: value
                for name, value in annotation.items()
                if name not in ("Rect", "StructParent")
            }
            yield Link(
                place=(
                    left / POINTS,
                    (self.height - first) / POINTS,
                    right / POINTS,
                    (self.height - second) / POINTS,
                ),
                head=bytes(pydyf.Dictionary(told).data)[:-2],
            )
