"""What WeasyPrint's tags lack: PDF/UA-1 and PDF/A-2a in one file, and text that reads as it should.

`prepare` works on a laid-out document before it is painted, and returns the finisher of its PDF.
Both touch the inside of WeasyPrint and pydyf, which `pyproject.toml` holds to one minor version.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from fontTools.ttLib import TTFont
from weasyprint.formatting_structure import boxes

from stretchkit.rendering.pdf import colour_profile
from stretchkit.rendering.scripts import needs_words, needs_words_on_the_page

OPTIONS = {"pdf_variant": "pdf/a-2a", "output_intent": ""}
"""What to ask WeasyPrint for; the finisher adds PDF/UA-1, and what colours mean."""

Finisher = Callable[[Any, Any], None]

_STREAM_END = b"\nendstream\nendobj"
_POINTS = 0.75
"""Points in a CSS pixel."""
_EMPTY = "\u200b"
_SPLICED = frozenset({"/NonStruct", "/Div", "/Span"})
_TELLING = frozenset({"Lang", "ActualText"})
_MAY_BE_EMPTY = frozenset({"/TD", "/TH"})

_XMP = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""


@dataclass(slots=True)
class Tag:
    """A structure element, and what is in it: elements, numbers of marked content, references."""

    element: Any
    inner: list[Tag | int | bytes] = field(default_factory=list)

    @property
    def role(self) -> str:
        """The element's role, as "/P"."""
        return str(self.element["S"])

    def walk(self) -> Iterator[Tag]:
        """Yield the tag and every tag in it, in reading order."""
        yield self
        for inner in self.inner:
            if isinstance(inner, Tag):
                yield from inner.walk()


Marks = list[dict[int, Any]]
"""For each page, the text box or picture of each number of marked content."""


def prepare(document: Any) -> tuple[Finisher, Marks]:
    """Make a laid-out document ready to be painted.

    Returns:
        The finisher for `write_pdf`, and what it learns while pages are painted.
    """
    marks: Marks = [{} for _ in document.pages]
    for page, found in zip(document.pages, marks, strict=True):
        for box in _before_space(page._page_box):
            box.pango_layout.text += " "
        page.paint = _recorder(page.paint, found, document.fonts)

    def finish(document: Any, pdf: Any) -> None:
        _finish(document, pdf, marks)

    return finish, marks


def _recorder(
    paint: Callable[..., None], found: dict[int, Any], fonts: dict[Any, Any]
) -> Callable[..., None]:
    """Return a page's way of painting that also notes which box has which number."""

    def painted(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        found.update({mark["mcid"]: box for box, mark in stream._tags.items()})
        for font in fonts.values():
            _name_glyphs(font)

    return painted


# Spaces: WeasyPrint draws none at the end of a line or between two boxes, and words run together
# when they are read from their tags.


def _before_space(box: Any) -> Iterator[Any]:
    """Yield the text boxes that the reader should hear a space after."""
    if any(isinstance(child, boxes.LineBox) for child in box.children):
        yield from _ends(_pieces(box))
    else:
        for child in box.children:
            if isinstance(child, boxes.ParentBox):
                yield from _before_space(child)


def _pieces(block: Any) -> Iterator[Any]:
    """Yield the text boxes of a block's lines, and what is between lines: "" within a word."""
    lines = [child for child in block.children if isinstance(child, boxes.LineBox)]
    for number, line in enumerate(lines):
        yield from _texts(line)
        if number + 1 < len(lines):
            yield "" if _joined(block, line, lines[number + 1]) else " "


def _texts(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.BlockContainerBox):
            yield from _pieces(child) if _has_lines(child) else _texts(child)
        elif isinstance(child, boxes.ParentBox):
            yield from _texts(child)


def _has_lines(box: Any) -> bool:
    return any(isinstance(child, boxes.LineBox) for child in box.children)


def _ends(pieces: Iterable[Any]) -> Iterator[Any]:
    last: Any = None
    for piece in pieces:
        text = piece if isinstance(piece, str) else piece.text
        if text.strip(" "):
            last = None if text.endswith(" ") or needs_words(text) else piece
        elif last is not None and piece != "":
            yield last
            last = None


def _joined(block: Any, line: Any, after: Any) -> bool:
    """Return whether a line was broken inside a word, as after a hyphen."""
    if block.element is None:
        return False
    end = "".join(box.text for box in _texts(line) if not isinstance(box, str))[-12:]
    start = "".join(box.text for box in _texts(after) if not isinstance(box, str))[:12]
    words = " ".join("".join(block.element.itertext()).split())
    return bool(end and start) and end + start in words


# Words: the glyphs of some scripts stand in another order than their letters, or stand for none.


def _name_glyphs(font: Any) -> None:
    """Give each glyph of a font a text: one that is part of a letter has none of its own."""
    nameless = [glyph for glyph, text in font.to_unicode.items() if not text]
    if nameless:
        with TTFont(io.BytesIO(font.file_content), lazy=True) as file:
            letters = {file.getGlyphID(name): char for char, name in file.getBestCmap().items()}
        for glyph in nameless:
            font.to_unicode[glyph] = chr(letters[glyph]) if glyph in letters else _EMPTY


# Structure ---------------------------------------------------------------------------------------


def _finish(document: Any, pdf: Any, marks: Marks) -> None:
    """Finish a PDF before it is written: its structure, its marked content, what it claims."""
    root = object_of(pdf, pdf.catalog["StructTreeRoot"])
    parents = object_of(pdf, root["ParentTree"])["Nums"]
    before = [each for each in pdf.objects if _is_element(each)]
    heights = {page.reference: float(page["MediaBox"][3]) for page in _pages(pdf)}
    tree = tree_of(pdf)
    _hear(tree, pdf, marks, document.metadata.lang)
    _tidy(tree)
    for tag in tree.walk():
        _complete(tag, pdf, heights)
    kept = {id(tag.element) for tag in tree.walk()}
    for number, page in enumerate(_pages(pdf)):
        _mark_page(pdf, page, parents[2 * number + 1], marks[number])
    _link(tree, pdf, parents)
    for element in before:
        if id(element) not in kept:
            element.clear()
    _intend(pdf)
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.extra.get("Interpolate"):
            thing.extra["Interpolate"] = "false"
    metadata = object_of(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _XMP + b"</rdf:RDF>", 1)
    end_streams(pdf)


def end_streams(pdf: Any) -> None:
    """Let a PDF end the line of each stream's bytes as no byte of theirs can.

    Where the last one happens to be a carriage return, readers take it and a line feed after it
    for the end of one line, and miss a byte.
    """
    write_line = pdf.write_line

    def write(content: bytes, output: Any) -> None:
        if content.endswith(_STREAM_END):
            content = content.removesuffix(_STREAM_END) + b"\r" + _STREAM_END
        write_line(content, output)

    pdf.write_line = write


def _intend(pdf: Any) -> None:
    """Say that colours are meant as sRGB. WeasyPrint's own way leaves a file open."""
    stream = pydyf.Stream([colour_profile()], {"N": 3}, compress=True)
    pdf.add_object(stream)
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": stream.reference}
    name = pydyf.String("sRGB2014.icc")
    names = {"OutputConditionIdentifier": name, "Info": name}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent | names)])


def object_of(pdf: Any, reference: bytes) -> Any:
    """Return the object of a PDF that a reference leads to."""
    return pdf.objects[int(reference.split()[0])]


def _pages(pdf: Any) -> list[Any]:
    return [pdf.objects[number] for number in pdf.pages["Kids"][::3]]


def _is_element(thing: Any) -> bool:
    return isinstance(thing, dict) and thing.get("Type") == "/StructElem"


def tree_of(pdf: Any) -> Tag:
    """Return the tags of a PDF, from its Document."""
    (top,) = object_of(pdf, pdf.catalog["StructTreeRoot"])["K"]
    return _read(pdf, object_of(pdf, top))


def _read(pdf: Any, element: Any) -> Tag:
    tag = Tag(element)
    for inner in element["K"]:
        if isinstance(inner, int):
            tag.inner.append(inner)
        else:
            found = object_of(pdf, inner)
            tag.inner.append(_read(pdf, found) if _is_element(found) else inner)
    return tag


def _hear(tree: Tag, pdf: Any, marks: Marks, language: str) -> None:
    """Say text's language where it is not the document's, and its words; forget empty boxes."""
    numbers = {page.reference: number for number, page in enumerate(_pages(pdf))}
    for tag in tree.walk():
        for mark in [inner for inner in tag.inner if isinstance(inner, int)]:
            box = marks[numbers[tag.element["Pg"]]][mark]
            if isinstance(box, boxes.TextBox) and not box.text.strip(" "):
                tag.inner.remove(mark)
                continue
            if (box.style["lang"] or language) != language:
                tag.element["Lang"] = pydyf.String(box.style["lang"])
            if needs_words(getattr(box, "text", "")):
                tag.element["ActualText"] = pydyf.String(f"{box.text} ")


def _tidy(tag: Tag) -> None:
    """Take out what tells nothing: boxes for layout alone, and empty elements."""
    tidied: list[Tag | int | bytes] = []
    for inner in tag.inner:
        if not isinstance(inner, Tag):
            tidied.append(inner)
            continue
        _tidy(inner)
        if inner.role in _SPLICED and not _TELLING & inner.element.keys():
            tidied.extend(inner.inner)
        elif inner.inner or inner.role in _MAY_BE_EMPTY:
            tidied.append(inner)
    tag.inner = tidied


def _complete(tag: Tag, pdf: Any, heights: dict[bytes, float]) -> None:
    """Bring one element into the shape that the standards ask for."""
    element = tag.element
    if tag.role == "/LI":
        _give_body(tag, pdf)
    elif tag.role == "/TH":
        row = object_of(pdf, element["P"])
        section = object_of(pdf, row["P"])
        element.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
        element["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"
    elif tag.role == "/Figure":
        left, top, right, bottom = (_POINTS * edge for edge in element["A"]["BBox"])
        height = heights[element["Pg"]]
        element["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _give_body(entry: Tag, pdf: Any) -> None:
    """Put all of a list's entry but its mark into one body, in order."""
    label = [x for x in entry.inner if isinstance(x, Tag) and x.role == "/Lbl"]
    rest = [x for x in entry.inner if x not in label]
    bodies = [x for x in rest if isinstance(x, Tag) and x.role == "/LBody"]
    if rest and (len(bodies) != len(rest) or len(bodies) > 1):
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "Pg": entry.element["Pg"]})
        pdf.add_object(body)
        inner = [y for x in rest for y in (x.inner if x in bodies and isinstance(x, Tag) else [x])]
        entry.inner = [*label, Tag(body, inner)]


def _mark_page(pdf: Any, page: Any, owners: list[Any], boxes_: dict[int, Any]) -> None:
    """Give marked content its words where glyphs do not tell them, and forget who owned it."""
    stream = object_of(pdf, page["Contents"]).stream
    for place, operation in enumerate(stream):
        if operation == b"BDC" and isinstance(stream[place - 1], dict):
            found = boxes_[stream[place - 1]["MCID"]]
            text = getattr(found, "text", "")
            if needs_words_on_the_page(text):
                stream[place - 1]["ActualText"] = pydyf.String(f"{text} ")
    owners[:] = ["null"] * len(owners)


def _link(tree: Tag, pdf: Any, parents: Any) -> None:
    """Write the tree back, both ways; marked content that nobody owns is decoration."""
    pages = _pages(pdf)
    numbers = {page.reference: number for number, page in enumerate(pages)}
    links = {parents[place]: place + 1 for place in range(2 * len(pages), len(parents), 2)}
    for tag in tree.walk():
        tag.element["K"] = pydyf.Array()
        for inner in tag.inner:
            if isinstance(inner, Tag):
                inner.element["P"] = tag.element.reference
                tag.element["K"].append(inner.element.reference)
                continue
            tag.element["K"].append(inner)
            if isinstance(inner, int):
                owners = parents[2 * numbers[tag.element["Pg"]] + 1]
                owners[inner] = tag.element.reference
            else:
                annotation = object_of(pdf, object_of(pdf, inner)["Obj"])
                parents[links[annotation["StructParent"]]] = tag.element.reference
    for number, page in enumerate(pages):
        owners = parents[2 * number + 1]
        _leave_out(object_of(pdf, page["Contents"]).stream, owners)


def _leave_out(stream: list[Any], owners: Iterable[Any]) -> None:
    """Turn the marked content that stands nowhere in the tree into artifacts of the page."""
    owned = list(owners)
    for place, operation in enumerate(stream):
        marked = operation == b"BDC" and isinstance(stream[place - 1], dict)
        if marked and owned[stream[place - 1]["MCID"]] == "null":
            stream[place - 2] = "/Artifact"
            stream[place - 1] = pydyf.Dictionary({"Type": "/Pagination"})
