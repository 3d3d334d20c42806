"""A drawing or a page as pixels: the PDF as a PNG. Needs the extra `png`."""

from __future__ import annotations

import io
import re
from html import escape

from stretchkit.errors import RenderError
from stretchkit.rendering.pdf import html_to_pdf

DPI = 300
"""Pixels of an inch of paper, as a printer prints them."""

_POINTS = 72
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)mm" height="([\d.]+)mm"')


def svg_to_png(svg: str, *, dpi: int = DPI) -> bytes:
    """Return a drawing as a PNG on white, in its natural size; the same drawing, the same bytes.

    Args:
        svg: a drawing of `draw`.
        dpi: pixels in an inch of paper.

    Raises:
        RenderError: if pypdfium2 is not installed, or the drawing has no size.
        MissingSystemLibraryError: if Pango or HarfBuzz is not installed.
    """
    size = _SIZE.search(svg)
    if size is None:
        raise RenderError("the drawing has no size in millimetres")
    title = re.search(r"<title>(.*?)</title>", svg)
    name = title[1] if title else escape("StretchKit")
    page = (
        f'<!doctype html><html lang="en"><head><title>{name}</title><style>'
        f"@page {{ size: {size[1]}mm {size[2]}mm; margin: 0 }}"
        f"body {{ margin: 0 }} svg {{ display: block }}</style></head><body>{svg}</body></html>"
    )
    return page_to_png(html_to_pdf(page), dpi=dpi)


def page_to_png(pdf: bytes, page: int = 1, *, dpi: int = DPI) -> bytes:
    """Return a page of a PDF as a PNG; the same page, the same bytes.

    Args:
        pdf: the document.
        page: the number of the page, from 1.
        dpi: pixels in an inch of paper.

    Raises:
        RenderError: if pypdfium2 is not installed, or there is no such page.
    """
    try:
        import pypdfium2  # noqa: PLC0415 - an extra, and only for a PNG
    except ImportError:
        raise RenderError(
            'a PNG needs pypdfium2; install it with: pip install "stretchkit[png]"'
        ) from None
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(document):
            raise RenderError(f"there is no page {page}: it has 1 to {len(document)}")
        picture = document[page - 1].render(scale=dpi / _POINTS).to_pil().convert("RGB")
    finally:
        document.close()
    found = io.BytesIO()
    picture.save(found, "PNG", dpi=(dpi, dpi), optimize=True)
    return found.getvalue()
