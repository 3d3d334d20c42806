"""A piece of a page that is the same for many people but for the words of a few paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.letters import shown, width
from stretchkit.rendering.compose.lines import lines
from stretchkit.rendering.compose.parts import SLOT, Parts, Slot
from stretchkit.rendering.compose.ready import Ready
from stretchkit.rendering.scripts import needs_words

_SIGN = re.compile("[\ue000-\uf8ff]")
_PARAGRAPH = re.compile(
    r"<(?P<tag>p|h2|th)\b(?P<rest>[^>]*)>(?P<inner>(?:(?!</(?P=tag)>).)*)</(?P=tag)>", re.DOTALL
)
_SLOT = re.compile(rf'<(p|h2|th)\b[^>]* {SLOT}="\d+">.*?</\1>', re.DOTALL)
_HEADING = re.compile(r'<span class="number">([^<]*)</span>( [^<]*)')
_NUMBER = re.compile(rf' {SLOT}="\d+"')
_FACT = re.compile(r"\s*<span><strong>([^<]*)</strong>([^<]*)</span>\s*")
_HAIR = 0.5
_MOST_SHAPES = 32
_LINE = "___"

Runs: TypeAlias = tuple[str, ...]
Shape: TypeAlias = tuple[tuple[int, int], ...]
"""The line of each text of each slot."""
Values: TypeAlias = Mapping[str, str]
"""What stands for each sign."""


@dataclass(slots=True)
class Skeleton:
    """A piece of a page with signs in place of what is personal.

    Args:
        head: the HTML before it.
        body: its HTML, its slots numbered.
        paragraphs: what stands in each slot: one text, or a label and a text for each fact.
        asked: the exercises that the words lead to.
        simple: whether all that is personal stands in slots.
        named: whether its elements have names, as cells of tables do.
        slots: how the slots are set; known as soon as it was laid out once.
        parts: its parts by their shapes.
    """

    head: str
    body: str
    paragraphs: tuple[Runs, ...]
    asked: frozenset[str]
    simple: bool
    named: bool = False
    slots: tuple[Slot, ...] = ()
    parts: dict[Shape, tuple[Ready, ...]] = field(default_factory=dict)

    def keep(self, shape: Shape, parts: tuple[Ready, ...]) -> tuple[Ready, ...]:
        """Keep the parts of a shape as long as there is room."""
        if len(self.parts) >= _MOST_SHAPES:
            self.parts.clear()
        self.parts[shape] = parts
        return parts


def skeleton_of(head: str, body: str, asked: frozenset[str], *, named: bool = False) -> Skeleton:
    """Return the skeleton of a piece of HTML that was filled with signs."""
    paragraphs: list[Runs] = []

    def numbered(found: re.Match[str]) -> str:
        inner = found["inner"]
        if not _SIGN.search(inner):
            return found[0]
        runs = _runs(inner)
        if not runs:
            return found[0]
        paragraphs.append(runs)
        tag, number = found["tag"], len(paragraphs) - 1
        return f'<{tag}{found["rest"]} {SLOT}="{number}">{inner}</{tag}>'

    body = _PARAGRAPH.sub(numbered, body)
    simple = not _SIGN.search(_SLOT.sub("", body))
    return Skeleton(
        head=head,
        body=body,
        paragraphs=tuple(paragraphs),
        asked=asked,
        simple=simple,
        named=named,
    )


def _runs(inner: str) -> Runs:
    """Return the texts of a paragraph, a label and a text for each fact; none where in doubt."""
    heading = _HEADING.fullmatch(inner)
    if heading:
        return (html.unescape(heading[1]), html.unescape(heading[2]).rstrip())
    if "<" not in inner:
        return (html.unescape(" ".join(inner.split())),)
    facts = _FACT.findall(inner)
    if _FACT.sub("", inner):
        return ()
    return tuple(html.unescape(text).rstrip() for fact in facts for text in fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """A text of a slot: the line it stands on, where it starts, and how it is shown."""

    slot: int
    line: int
    start: float
    operators: bytes


@dataclass(slots=True)
class Words:
    """The words that fill the slots of a skeleton, set."""

    texts: tuple[Set, ...] = ()
    faces: frozenset[str] = field(default_factory=frozenset)

    @property
    def shape(self) -> Shape:
        """What a part must have in common with it: the line of each text of each slot."""
        return tuple((each.slot, each.line) for each in self.texts)

    def shown(self, parts: Parts) -> list[bytes]:
        """Return the operators of each text in parts of the same shape."""
        slots = slots_of(parts)
        return [
            b"1 0 0 -1 %.6f %.6f Tm\n%b\n"
            % (each.start, slots[each.slot].lines[each.line], each.operators)
            for each in self.texts
        ]


def without_slots(page: str) -> str:
    """Return a page whose paragraphs are as numbered as others."""
    return _NUMBER.sub("", page)


def check(values: Values) -> None:
    """Look whether texts can be words of slots, wherever they stand.

    Raises:
        Doubt: if the glyphs of a text stand in another order than its letters, or it has lines to
            write on.
    """
    told = "".join(values.values())
    if needs_words(told):
        raise Doubt(Reason.SCRIPT)
    if _LINE in told:
        raise Doubt(Reason.LINES)


def page_of(skeleton: Skeleton, values: Values) -> str:
    """Return a skeleton's HTML with its words."""
    told = {ord(sign): html.escape(value) for sign, value in values.items()}
    return skeleton.body.translate(told)


def slots_of(parts: Parts) -> tuple[Slot, ...]:
    """Return the slots of all pages.

    Raises:
        Doubt: if one of them goes on over the page.
    """
    slots = tuple(slot for part in parts for slot in part.slots)
    if [slot.number for slot in slots] != list(range(len(slots))):
        raise Doubt(Reason.SHAPE)
    return slots


def shape_of(parts: Parts) -> Shape:
    """Return the line of each text of each slot of parts."""
    return tuple((slot.number, text.line) for slot in slots_of(parts) for text in slot.texts)


def words_of(skeleton: Skeleton, values: Values) -> Words:
    """Return words set in the slots of a skeleton that was laid out before.

    Raises:
        Doubt: if they do not fit there as plain text.
    """
    told = {ord(sign): value for sign, value in values.items()}
    texts: list[Set] = []
    faces: set[str] = set()
    for slot, paragraph in zip(skeleton.slots, skeleton.paragraphs, strict=True):
        runs = [run.translate(told) for run in paragraph]
        for line, start, text, style in _facts(slot, runs) if len(runs) > 1 else _text(slot, *runs):
            found = shown(text, style)
            faces.add(found.face)
            place = Set(slot=slot.number, line=line, start=start, operators=found.operators)
            texts.append(place)
    return Words(texts=tuple(texts), faces=frozenset(faces))


_Text: TypeAlias = tuple[int, float, str, Mapping[str, object]]


def _text(slot: Slot, words: str) -> list[_Text]:
    style = slot.texts[0].style
    found = lines(words, style, slot.width)
    if any(line.width > slot.width for line in found):
        raise Doubt(Reason.WORDS)
    *most, last = found
    return [
        *((n, slot.left, each.text + " " * each.spaced, style) for n, each in enumerate(most)),
        (len(most), slot.left, last.text, style),
    ]


def _facts(slot: Slot, runs: Sequence[str]) -> list[_Text]:
    """Return the texts of a heading, or of facts, block by block as long as there is room."""
    if len(slot.texts) != len(runs):
        raise Doubt(Reason.SHAPE)
    found: list[_Text] = []
    space = width(" ", slot.style)
    line, at = 0, 0.0
    for place in range(0, len(runs), 2):
        label, text = runs[place : place + 2]
        label_set, text_set = slot.texts[place : place + 2]
        first = width(label, label_set.style)
        wide = first + width(text, text_set.style) + text_set.extra
        if wide > slot.width - _HAIR or abs(at + wide - slot.width) < _HAIR:
            raise Doubt(Reason.WORDS)
        if at + wide > slot.width:
            line, at = line + 1, 0.0
        found.append((line, slot.left + at, label, label_set.style))
        text += " " * bool(text_set.extra)  # a space stands after a block in a line
        found.append((line, slot.left + at + first, text, text_set.style))
        at += wide + space
    return found
