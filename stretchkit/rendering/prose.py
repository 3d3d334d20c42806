"""The Markdown of content, turned into HTML or into Markdown that stands on its own.

Content links to other content as `[cat and cow](exercise:cat-cow)`. Where such a link leads
depends on the page, so every function takes a resolver: it returns an address, or None when the
text shall stand without a link.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable
from typing import TypeAlias
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

Resolve: TypeAlias = Callable[[str, str], str | None]
"""From a kind and an id to an address, or to None."""

_SCHEME = re.compile(r"(?P<kind>[a-z]+):(?P<id>[a-z0-9-]+)$")
_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:|#)")
_MARKDOWN_LINK = re.compile(r"(?<!`)\[(?P<text>[^\]]*)\]\(\s*(?P<address>[^\s()]+)[^()]*\)")
_PLAIN = re.compile(r"[^\n*_`\[\]<>\\!#&:]*\Z")
_SPECIAL = re.compile(r"([\\`*_{}\[\]#!])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;", "$": "&#36;"})
_LINE_START = re.compile(r"^(\s*)(?:(\d+)([.)])|([-+=]))(?=\s|[-=]|$)", re.MULTILINE)


def _no_links(_kind: str, _id: str) -> str | None:
    return None


class _Links(Treeprocessor):
    """Leads content links where the page wants them and takes dangerous addresses away."""

    resolve: Resolve = staticmethod(_no_links)

    def run(self, root: Element) -> None:
        for element in root.iter():
            for child in element:
                if child.tag == "a":
                    self._point(child)
                elif child.tag == "li" and [inner.tag for inner in child] == ["p"]:
                    _tighten(child)

    def _point(self, anchor: Element) -> None:
        address = anchor.get("href", "")
        match = _SCHEME.match(address)
        target = self.resolve(match["kind"], match["id"]) if match else address
        if match is None and not _OUTSIDE.match(address):
            target = None
        if target is None:
            anchor.tag = "span"
            anchor.attrib.clear()
        else:
            anchor.set("href", target)


def _tighten(item: Element) -> None:
    """Put the words of a list entry straight into it: a block in an entry breaks PDF/UA."""
    paragraph = item[0]
    item.remove(paragraph)
    item.text = paragraph.text
    item.extend(list(paragraph))


class _NoHtml(Extension):
    """Markdown without raw HTML and pictures, which print as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.links = _Links()

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        for name in ("html", "entity", "image_link", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        md.treeprocessors.register(self.links, "links", 5)


class _Converter(threading.local):
    """One converter a thread: Python-Markdown keeps state while it works."""

    def __init__(self) -> None:
        rules = _NoHtml()
        self._markdown = markdown.Markdown(extensions=[rules], output_format="html")
        self._links = rules.links

    def __call__(self, text: str, resolve: Resolve) -> str:
        self._links.resolve = resolve
        self._markdown.reset()
        return self._markdown.convert(text)


_CONVERT = _Converter()


def blocks_html(text: str, resolve: Resolve = _no_links) -> str:
    """Return Markdown blocks as HTML."""
    if not text:
        return ""
    if _PLAIN.match(text) and not _LINE_START.match(text):
        return f"<p>{html.escape(text, quote=False)}</p>"
    return _CONVERT(text, resolve)


def inline_html(text: str, resolve: Resolve = _no_links) -> str:
    """Return one line of Markdown as HTML without a paragraph around it."""
    if _PLAIN.match(text):
        return html.escape(text, quote=False)
    # A noncharacter in front keeps a line from being a heading, a list or a quotation.
    converted = _CONVERT("\ufdd0" + " ".join(text.split()), resolve)
    return converted.removeprefix("<p>").removesuffix("</p>").replace("\ufdd0", "")


def blocks_markdown(text: str, resolve: Resolve = _no_links) -> str:
    """Return Markdown with its content links resolved and without dangerous addresses."""

    def point(match: re.Match[str]) -> str:
        link = _SCHEME.match(match["address"])
        target = resolve(link["kind"], link["id"]) if link else match["address"]
        if target is None or (link is None and not _OUTSIDE.match(target)):
            return match["text"]
        return f"[{match['text']}]({target})"

    return _MARKDOWN_LINK.sub(point, text)


def plain_text(text: str) -> str:
    """Return Markdown as plain text on one line, for titles and descriptions."""
    converted = inline_html(text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", converted)).split())


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows exactly as it is; line breaks become spaces."""
    one_line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(_escape_start, one_line.translate(_ENTITIES))


def _escape_start(match: re.Match[str]) -> str:
    if match[2]:
        return f"{match[1]}{match[2]}\\{match[3]}"
    return f"{match[1]}&#61;" if match[4] == "=" else f"{match[1]}\\{match[4]}"
