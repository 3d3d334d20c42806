"""A handout as a Word document, for people who must change it. Needs the extra `docx`.

Headings, lists and tables are real ones, and pictures have alternative texts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stretchkit.errors import RenderError
from stretchkit.layouts import Page
from stretchkit.locales import direction
from stretchkit.rendering.blocks import Block, Run
from stretchkit.rendering.png import svg_to_png

DPI = 200
"""Pixels in an inch of a drawing: sharp in print, and a file that can be mailed."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def docx_of(
    blocks: Sequence[Block], *, title: str, author: str, language: str, page: Page, points: int
) -> bytes:
    """Return blocks as a Word document; the same blocks, the same bytes.

    Args:
        blocks: what it says.
        title: its title, for the reader's window and for screen readers.
        author: who made it.
        language: the language of its words.
        page: the size of its pages.
        points: the size of its type.

    Raises:
        RenderError: if python-docx or pypdfium2 is not installed.
    """
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError:
        raise RenderError(
            'a Word document needs python-docx; install it with: pip install "stretchkit[docx]"'
        ) from None
    document = docx.Document()
    _set_up(document, page, points, language)
    core = document.core_properties
    core.title, core.author, core.language = title, author, language
    core.comments, core.created, core.modified = "", _EPOCH, _EPOCH
    for block in blocks:
        _add(document, replace(block, direction=block.direction or direction(language)))
    return _rewritten(document)


def _set_up(document: Any, page: Page, points: int, language: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above
    from docx.shared import Mm, Pt  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.left_margin = section.right_margin = Mm(page.side)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(points)
    normal.paragraph_format.space_after = Pt(points / 2)
    properties = normal.element.get_or_add_rPr()
    tag = properties.makeelement(qn("w:lang"), {qn("w:val"): language, qn("w:bidi"): language})
    properties.append(tag)


def _add(document: Any, block: Block, place: Any = None) -> None:
    """Add a block to a document, or to a cell of a table in it."""
    place = document if place is None else place
    if block.kind == "table":
        _add_table(document, block)
    elif block.kind == "pictures":
        _add_pictures(place, block)
    elif block.kind == "heading":
        _say(document.add_heading(level=block.level), block)
    elif block.kind == "entry" and not block.number:
        _say(place.add_paragraph(style="List Bullet"), block)
    elif block.kind == "entry":
        paragraph = place.add_paragraph(style="List Number")
        if block.number == 1:
            _start_anew(document, paragraph)
        else:
            _go_on(document, paragraph)
        _say(paragraph, block)
    else:
        _say(place.add_paragraph(), block)


def _say(paragraph: Any, block: Block) -> None:
    if block.direction == "rtl":
        _turn(paragraph)
    for run in block.runs:
        if run.address.startswith(("http://", "https://")):
            said = _link(paragraph, run)
        else:
            said = paragraph.add_run(run.text)
        said.bold, said.italic = run.strong or None, run.emphasis or None
        said.font.rtl = (run.direction or block.direction) == "rtl" or None
        if language := run.language or block.language:
            _speak(said, language)


def _turn(paragraph: Any) -> None:
    """Let a paragraph run from right to left."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415

    after = tuple(
        qn(f"w:{name}")
        for name in ("spacing", "ind", "jc", "textDirection", "outlineLvl", "rPr", "sectPr")
    )
    properties = paragraph._p.get_or_add_pPr()
    place = next((each for each in properties if each.tag in after), None)
    if place is None:
        properties.append(OxmlElement("w:bidi"))
    else:
        place.addprevious(OxmlElement("w:bidi"))


def _speak(said: Any, language: str) -> None:
    """Say the language of words, for spelling and for screen readers."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415

    tag = OxmlElement("w:lang")
    tag.set(qn("w:bidi" if direction(language) == "rtl" else "w:val"), language)
    said._r.get_or_add_rPr().append(tag)


def _link(paragraph: Any, run: Run) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - as above
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    link = OxmlElement("w:hyperlink")
    number = paragraph.part.relate_to(run.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), number)
    said = paragraph.add_run(run.text)
    said.underline = True
    link.append(said._r)
    paragraph._p.append(link)
    return said


def _start_anew(document: Any, paragraph: Any) -> None:
    """Give a numbered list numbers of its own: Word would count on from the list before."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415

    numbering = document.part.numbering_part.element
    usual = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(each.abstractNumId.val for each in numbering.num_lst if each.numId == usual)
    anew = numbering.add_num(abstract)
    override = anew.add_lvlOverride(ilvl=0)
    start = OxmlElement("w:startOverride")
    start.set(qn("w:val"), "1")
    override.append(start)
    _number(paragraph, anew.numId)


def _go_on(document: Any, paragraph: Any) -> None:
    _number(paragraph, document.part.numbering_part.element.num_lst[-1].numId)


def _number(paragraph: Any, list_id: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = list_id


def _add_table(document: Any, block: Block) -> None:
    from docx.enum.table import WD_TABLE_DIRECTION  # noqa: PLC0415 - as above

    if not block.rows:
        return
    table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
    if block.direction == "rtl":
        table.table_direction = WD_TABLE_DIRECTION.RTL
    for number, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, inside in zip(cells, row, strict=False):
            for each in inside:
                _add(document, replace(each, direction=each.direction or block.direction), cell)
            if inside:  # a cell begins with an empty paragraph
                cell._tc.remove(cell.paragraphs[0]._p)
        if number == 0:
            _repeat(table.rows[0])
            for cell in cells:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    document.add_paragraph()


def _repeat(row: Any) -> None:
    """Say that a row is the table's head: screen readers tell it with every cell."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add_pictures(place: Any, block: Block) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - as above

    paragraph = place.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    if block.direction == "rtl":
        _turn(paragraph)
    for figure in block.figures:
        data = svg_to_png(figure.svg, dpi=DPI) if figure.svg else figure.data
        run = paragraph.add_run()
        width = Mm(figure.width) if figure.width else None
        shape = run.add_picture(io.BytesIO(data), width=width)
        shape._inline.docPr.set("descr", figure.alt)
        paragraph.add_run("   ")
    arrow = " ← " if block.direction == "rtl" else " → "
    captions = arrow.join(figure.caption for figure in block.figures if figure.caption)
    if captions:
        _say(place.add_paragraph(), replace(block, runs=(Run(text=captions),)))


def _rewritten(document: Any) -> bytes:
    """Return the file with the same date on every part, so that its bytes do not change."""
    import zipfile  # noqa: PLC0415 - only here

    stream, found = io.BytesIO(), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(found, "w") as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(entry))
    return found.getvalue()
