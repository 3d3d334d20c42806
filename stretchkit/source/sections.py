"""The words of a content file: Markdown under `## ` headings, read from Python-Markdown's tree.

Python-Markdown does not remember lines. So each line that can start a block is numbered with a
mark of two Unicode noncharacters before parsing; the marks are found again in the tree. The tree
says what is a heading, a list or a step; the words themselves are cut out of the source lines.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location

_MARK = re.compile("\ufdd0([0-9]+)\ufdd1")
_BLOCK_START = re.compile(r"(?P<lead> {0,3}(?:#{1,6}[ \t]*|(?:\d{1,9}\.|[-*+])[ \t]+)?)(?=\S)")
_NOT_TEXT = re.compile(r" {0,3}(?:\[[^\]]+\]:|([-*_])(?: *\1){2,} *$|={2,} *$)")
_ITEM_MARKER = re.compile(r"\A\s*(?:\d{1,9}\.|[-*+])\s+")
_INDENTED_ITEM = re.compile(r"\s+(?:\d{1,9}\.|[-*+])\s+\S")
_EMPTY_ITEM = re.compile(r"\s*(?:\d{1,9}\.|[*+-])\s*")
_ATTRIBUTES = re.compile(r"\{:?([^{}]*)\}\Z")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s="']+)(?:=(?:(?P<quote>["'])(?P<quoted>.*?)(?P=quote)|(?P<value>[^\s"'=]+)))?"""
    r"""(?=\s|\Z)"""
)
_RAW_HTML = re.compile(r"<!--|<[!?/]?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?>")
_IMAGE = re.compile(r"!\[")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its Markdown on one line.

    An entry may end in attributes in braces; one without a `=` has None as its value.
    """

    text: str
    attributes: tuple[tuple[str, str | None], ...]
    location: Location


@dataclass(frozen=True, slots=True)
class BodySection:
    """A heading and the Markdown under it; the part before the first heading has none."""

    heading: str
    text: str
    location: Location
    blocks: tuple[str, ...]
    items: tuple[Item, ...]
    nested: Location | None
    empty: Location | None
    """Where an entry of a list has a number or a bullet and no words."""

    @property
    def is_one_list(self) -> bool:
        """Whether the section is one list and nothing else."""
        return len(self.blocks) == 1 and self.blocks[0] in ("ol", "ul") and self.nested is None


class _Keep(Treeprocessor):
    """Takes the tree away before Python-Markdown writes it as HTML."""

    kept: Element | None = None

    def run(self, root: Element) -> Element:
        self.kept = root
        return Element("div")


class _StructureOnly(Extension):
    """Blocks alone: no HTML, and no inline markup, which the renderers read later."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = _Keep()

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        for name in ("inline", "prettify", "unescape"):
            md.treeprocessors.deregister(name)
        md.treeprocessors.register(self.tree, "keep", 0)


class _Parser(threading.local):
    """One parser a thread: Python-Markdown keeps state while it works."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        structure = _StructureOnly()
        self._markdown = markdown.Markdown(extensions=[structure])
        self._keep = structure.tree

    def tree(self, text: str) -> Element:
        """Return the tree of a Markdown text.

        Raises:
            RecursionError: if it holds hundreds of lists in lists.
        """
        self._markdown.reset()
        try:
            self._markdown.convert(text)
        except RecursionError:
            self._start()  # what was read half does not stay for the next text
            raise
        tree, self._keep.kept = self._keep.kept, None
        return Element("div") if tree is None else tree


_PARSER = _Parser()


def read_sections(
    body: str, path: str, faults: Faults, *, first_line: int
) -> tuple[BodySection, ...]:
    """Split Markdown into its sections.

    Args:
        body: the Markdown after the front matter.
        path: the file's name, for diagnostics.
        faults: where faults go: raw HTML, headings of another level, lists without end.
        first_line: the line of the file that the body starts at.
    """
    lines = body.split("\n")
    _refuse_html(lines, path, faults, first_line)
    starts: list[tuple[int, str, list[Element]]] = [(-1, "", [])]
    try:
        tree = _tree(lines)
    except RecursionError:
        faults.add("SK043", Location(path, first_line), "too many lists inside lists")
        tree = Element("div")
    for element in tree:
        if re.fullmatch(r"h[1-6]", element.tag):
            line = _line(element)
            heading = _MARK.sub("", element.text or "").strip()
            is_underlined = not lines[line].lstrip().startswith("#")
            if element.tag != "h2" or is_underlined:
                what = (
                    "an underlined heading"
                    if is_underlined
                    else f"a heading of level {element.tag[1]}"
                )
                location = Location(path, line + first_line)
                faults.add("SK048", location, what, "start it with ## ")
            starts.append((line, heading, []))
        else:
            starts[-1][2].append(element)
    ends = [line for line, _, _ in starts[1:]] + [len(lines)]
    return tuple(
        _section(heading, elements, lines, (line + 1, end), Location(path, first_line))
        for (line, heading, elements), end in zip(starts, ends, strict=True)
    )


def _tree(lines: list[str]) -> Element:
    numbered = []
    for number, line in enumerate(lines):
        match = _BLOCK_START.match(line)
        if match and not _NOT_TEXT.match(line):
            lead = match["lead"]
            numbered.append(f"{lead}\ufdd0{number}\ufdd1{line[len(lead) :]}")
        else:
            numbered.append(line)
    return _PARSER.tree("\n".join(numbered))


def _line(element: Element) -> int:
    """Return the line that an element starts at, from the first mark inside of it."""
    for text in element.itertext():
        match = _MARK.search(text)
        if match:
            return int(match[1])
    return 0


def _section(
    heading: str, elements: list[Element], lines: list[str], span: tuple[int, int], base: Location
) -> BodySection:
    start, end = span
    text = "\n".join(lines[start:end]).strip("\n").rstrip()
    location = Location(base.path, base.line + max(start - 1, 0))
    lists = [element for element in elements if element.tag in ("ol", "ul")]
    nested = next((n for n in range(start, end) if _INDENTED_ITEM.match(lines[n])), None)
    empty = next((n for n in range(start, end) if _EMPTY_ITEM.fullmatch(lines[n])), None)
    return BodySection(
        heading=heading,
        text=text,
        location=location,
        blocks=tuple(element.tag for element in elements),
        items=tuple(_items(lists[0], lines, end, base)) if len(lists) == 1 else (),
        nested=None if nested is None else Location(base.path, base.line + nested),
        empty=None if empty is None else Location(base.path, base.line + empty),
    )


def _items(list_element: Element, lines: list[str], end: int, base: Location) -> Iterator[Item]:
    starts = [_line(item) for item in list_element.iterfind("li")]
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        first = _ITEM_MARKER.sub("", lines[start], count=1)
        column = len(lines[start]) - len(first) + 1
        text = " ".join(line.strip() for line in [first, *lines[start + 1 : stop]]).strip()
        braces = _ATTRIBUTES.search(text)
        if braces:
            text = text[: braces.start()].rstrip()
        attributes = tuple(_attributes(braces[1])) if braces else ()
        yield Item(text, attributes, Location(base.path, base.line + start, column))


def _attributes(written: str) -> Iterator[tuple[str, str | None]]:
    """Yield name and value of what stands between braces; what makes no sense is a name."""
    for match in _ATTRIBUTE.finditer(written):
        yield match["name"], match["value"] if match["quoted"] is None else match["quoted"]
    rest = _ATTRIBUTE.sub("", written).strip()
    if rest:
        yield rest, None


def _refuse_html(lines: list[str], path: str, faults: Faults, first_line: int) -> None:
    text = "\n".join(_CODE.sub(lambda match: " " * len(match[0]), line) for line in lines)

    def tell(match: re.Match[str], code: str, message: str, hint: str) -> None:
        before = text[: match.start()]
        line = before.count("\n") + first_line
        faults.add(code, Location(path, line, len(before) - before.rfind("\n")), message, hint)

    for match in _RAW_HTML.finditer(text):
        shown = match[0].partition("\n")[0]
        tell(match, "SK046", f"raw HTML ({shown})", "write it as Markdown")
    for match in _IMAGE.finditer(text):
        tell(match, "SK049", "a picture in the words", "name it under pictures:")
