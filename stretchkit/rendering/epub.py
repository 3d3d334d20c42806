"""A handout as an EPUB 3 book: a chapter for each exercise, drawings that stay sharp, contents.

It is the page of the handout taken apart at its exercises, so a template of the user's shows in
the book too. A file is made without a clock: the same handout is the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, tostring

from stretchkit.locales import catalogue, direction
from stretchkit.rendering.addresses import MEDIA_TYPES

_NAMESPACE = uuid.UUID("6f6b1c6e-2f0e-5d0a-9a5e-0f1e4d6a7c11")
_DAY = (1980, 1, 1, 0, 0, 0)
_UNDATED = date(2000, 1, 1)
_SUFFIXES = {kind: suffix for suffix, kind in MEDIA_TYPES.items()}
_LEFT_OUT = {"style", "script", "template"}
_DECORATION = "then"
_START, _END = "start.xhtml", "end.xhtml"
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chapter:
    """A file of the book: its name, its title and what stands in it."""

    name: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a book says about itself.

    `style` is its style sheet; `author` is left out when empty; `day` is the day it was made, a
    fixed one when there is none, so that its bytes stay the same.
    """

    title: str
    author: str
    language: str
    style: str
    day: date | None = None


def epub_of(html: str, book: Book) -> bytes:
    """Return a page of a handout as a book."""
    import tinyhtml5  # noqa: PLC0415 - comes with WeasyPrint

    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    assert body is not None  # noqa: S101 - a page always has one, by the rules of HTML
    pictures: dict[str, bytes] = {}
    chapters = tuple(_chapters(body, book.title, pictures))
    files = {"style.css": book.style.encode(), **pictures}
    for chapter in chapters:
        files[chapter.name] = _page(chapter.title, chapter.body, book.language)
    _ = catalogue(book.language).gettext
    files["contents.xhtml"] = _page(
        _("Contents"), _contents(chapters, _("Contents")), book.language, contents=True
    )
    files["book.opf"] = _package(book, chapters, pictures)
    return _zipped(files)


def _chapters(body: Element, title: str, pictures: dict[str, bytes]) -> Iterator[_Chapter]:
    """Yield what stands before the exercises, each exercise, and what stands after them.

    What stands between two exercises, such as the name of a chapter, goes with the second one.
    """
    files = _files(list(_flat(body)))
    anchors = {
        str(element.get("id")): name if element is part else f"{name}#{element.get('id')}"
        for name, parts in files.items()
        for part in parts
        for element in part.iter()
        if element.get("id")
    }
    _make_ready(body, anchors, pictures)
    for name, parts in files.items():
        heading = next((found for part in parts[-1:] for found in _headings(part)), None)
        words = "" if heading is None else " ".join("".join(heading.itertext()).split())
        told = words if name != _START and words else title
        yield _Chapter(name=name, title=told, body="\n".join(map(_xml, parts)))


def _files(parts: list[Element]) -> dict[str, list[Element]]:
    """Return the parts of a page by the file that they go to."""
    places = [n for n, part in enumerate(parts) if part.tag == "article" or _is_chapter(part)]
    first = places[0] if places else len(parts)
    files: dict[str, list[Element]] = {_START: parts[:first]}
    waiting: list[Element] = []
    for part in parts[first:]:
        waiting.append(part)
        if part.tag == "article":
            files[f"exercise-{len(files)}.xhtml"] = waiting
            waiting = []
    if waiting:
        files[_END] = waiting
    return files


def _is_chapter(part: Element) -> bool:
    return "chapter" in part.get("class", "").split()


def _headings(part: Element) -> Iterator[Element]:
    return (each for each in part.iter() if each.tag in ("h2", "h3"))


def _flat(body: Element) -> Iterator[Element]:
    """Yield the parts of a page: what is straight in it, and in its `main`."""
    for child in body:
        if child.tag == "main":
            yield from child
        else:
            yield child


def _make_ready(body: Element, anchors: Mapping[str, str], pictures: dict[str, bytes]) -> None:
    """Make a page's inside fit for a book: pictures in files, links to chapters, nothing else."""
    for parent in body.iter():
        for child in list(parent):
            tag = str(child.tag)
            if tag in _LEFT_OUT or tag.startswith("<") or child.get("class") == _DECORATION:
                parent.remove(child)
    for element in body.iter():
        if "lang" in element.attrib:
            element.set("xml:lang", element.get("lang", ""))
        if element.tag == "img":
            element.set("src", _picture(element.get("src", ""), pictures))
        address = element.get("href", "")
        if address.startswith("#"):
            element.set("href", anchors.get(address[1:], address))


def _picture(address: str, pictures: dict[str, bytes]) -> str:
    """Return the name of the file that a picture gets in the book; the same picture, one file."""
    head, _, data = address.partition(",")
    content = base64.b64decode(data)
    kind = head.removeprefix("data:").partition(";")[0]
    name = f"pictures/{hashlib.sha256(content).hexdigest()[:16]}{_SUFFIXES[kind]}"
    pictures[name] = content
    return name


def _xml(element: Element) -> str:
    element.tail = ""
    return tostring(element, encoding="unicode")


def _page(title: str, body: str, language: str, *, contents: bool = False) -> bytes:
    spaces = ' xmlns:epub="http://www.idpf.org/2007/ops"' if contents else ""
    way = direction(language)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{spaces} lang="{language}" '
        f'xml:lang="{language}" dir="{way}">\n<head><title>{escape(title)}</title>'
        '<link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _contents(chapters: tuple[_Chapter, ...], heading: str) -> str:
    entries = "\n".join(
        f'<li><a href="{chapter.name}">{escape(chapter.title)}</a></li>' for chapter in chapters
    )
    return f'<nav epub:type="toc">\n<h1>{escape(heading)}</h1>\n<ol>\n{entries}\n</ol>\n</nav>'


def _package(book: Book, chapters: tuple[_Chapter, ...], pictures: Mapping[str, bytes]) -> bytes:
    """Return the list of the book's files and their order, with what readers search it by."""
    title, language, day = book.title, book.language, book.day or _UNDATED
    words = "\n".join(chapter.body for chapter in chapters)
    name = uuid.uuid5(_NAMESPACE, f"{title}\n{language}\n{words}")
    creator = f"<dc:creator>{escape(book.author)}</dc:creator>\n" if book.author else ""
    manifest = [
        f'<item id="page-{n}" href="{chapter.name}" media-type="application/xhtml+xml"/>'
        for n, chapter in enumerate(chapters)
    ]
    manifest += [
        f'<item id="picture-{n}" href="{file}" media-type="{_kind(file)}"/>'
        for n, file in enumerate(sorted(pictures))
    ]
    spine = "\n".join(f'<itemref idref="page-{n}"/>' for n in range(len(chapters)))
    way = "rtl" if direction(language) == "rtl" else "ltr"
    visual = (
        '<meta property="schema:accessMode">visual</meta>\n'
        '<meta property="schema:accessibilityFeature">alternativeText</meta>\n'
        if pictures
        else ""
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{language}">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">urn:uuid:{name}</dc:identifier>\n'
        f"<dc:title>{escape(title)}</dc:title>\n<dc:language>{language}</dc:language>\n{creator}"
        f'<meta property="dcterms:modified">{day.isoformat()}T00:00:00Z</meta>\n'
        '<meta property="schema:accessMode">textual</meta>\n'
        f"{visual}"
        '<meta property="schema:accessModeSufficient">textual</meta>\n'
        '<meta property="schema:accessibilityFeature">structuralNavigation</meta>\n'
        '<meta property="schema:accessibilityFeature">readingOrder</meta>\n'
        '<meta property="schema:accessibilityHazard">none</meta>\n'
        "</metadata>\n<manifest>\n"
        '<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" '
        'properties="nav"/>\n<item id="style" href="style.css" media-type="text/css"/>\n'
        + "\n".join(manifest)
        + f'\n</manifest>\n<spine page-progression-direction="{way}">\n'
        '<itemref idref="contents"/>\n'
        f"{spine}\n</spine>\n</package>\n"
    ).encode()


def _kind(file: str) -> str:
    return MEDIA_TYPES[PurePosixPath(file).suffix]


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the files in a container, with the type of it first and as it is, as EPUB 3 wants."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        kind = zipfile.ZipInfo("mimetype", _DAY)
        kind.compress_type = zipfile.ZIP_STORED
        book.writestr(kind, "application/epub+zip")
        inside = {"META-INF/container.xml": _CONTAINER.encode()}
        inside |= {f"book/{name}": data for name, data in sorted(files.items())}
        for name, data in inside.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(entry, data)
    return stream.getvalue()
