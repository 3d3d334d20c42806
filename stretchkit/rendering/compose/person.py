"""What stands before the exercises: the same for many people but for a few paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from stretchkit.rendering.compose.capture import SLOT
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.lines import lines, shown, width
from stretchkit.rendering.compose.parts import Parts, Slot
from stretchkit.rendering.pdf_tags import needs_words
from stretchkit.views.handout import HandoutView

PERSONAL = (
    "recipient",
    "date",
    "message",
    "duration",
    "equipment",
    "frequency",
    "goals",
    "control",
)
"""The fields of a view that change from person to person."""

OF_EXERCISES = ("exercises", "cautions", "log")
"""The fields of a view that come from its exercises: what stands before them shows none."""

_STANDS_FOR = {name: chr(0xE000 + place) for place, name in enumerate(PERSONAL)}
_SIGN = re.compile("[\ue000-\ue0ff]")
_PARAGRAPH = re.compile(r"<p(?P<rest>[^>]*)>(?P<inner>(?:(?!</p>).)*)</p>", re.DOTALL)
_SLOT = re.compile(rf'<p[^>]* {SLOT}="\d+">.*?</p>', re.DOTALL)
_NUMBER = re.compile(rf' {SLOT}="\d+"')
_FACT = re.compile(r"\s*<span><strong>([^<]*)</strong>([^<]*)</span>\s*")
_HAIR = 0.5

Runs: TypeAlias = tuple[str, ...]


@dataclass(slots=True)
class Skeleton:
    """A page's start with signs in place of what is personal.

    Args:
        head: the HTML up to the body.
        body: the HTML of the body up to the first exercise, its slots numbered.
        paragraphs: what stands in each slot: one text, or a label and a text for each fact.
        asked: the exercises that the words lead to.
        simple: whether all that is personal stands in slots.
        slots: how the slots are set; known as soon as one page was laid out.
    """

    head: str
    body: str
    paragraphs: tuple[Runs, ...]
    asked: frozenset[str]
    simple: bool
    slots: tuple[Slot, ...] = ()


def impersonal(view: HandoutView) -> HandoutView:
    """Return a view with signs in place of what is personal, and without exercises."""
    signs = {name: sign if getattr(view, name) else "" for name, sign in _STANDS_FOR.items()}
    return replace(view, exercises=(), cautions=(), log=None, **signs)  # type: ignore[arg-type] # texts, all of them


def skeleton_of(head: str, body: str, asked: frozenset[str]) -> Skeleton:
    """Return the skeleton of a page that was filled with an impersonal view."""
    paragraphs: list[Runs] = []

    def numbered(found: re.Match[str]) -> str:
        inner = found["inner"]
        if not _SIGN.search(inner):
            return found[0]
        runs = _runs(inner)
        if not runs:
            return found[0]
        paragraphs.append(runs)
        return f'<p{found["rest"]} {SLOT}="{len(paragraphs) - 1}">{inner}</p>'

    body = _PARAGRAPH.sub(numbered, body)
    simple = not _SIGN.search(_SLOT.sub("", body))
    return Skeleton(head=head, body=body, paragraphs=tuple(paragraphs), asked=asked, simple=simple)


def _runs(inner: str) -> Runs:
    """Return the texts of a paragraph, a label and a text for each fact; none where in doubt."""
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
class Person:
    """A skeleton with somebody's words."""

    texts: tuple[Set, ...] = ()
    faces: frozenset[str] = field(default_factory=frozenset)

    @property
    def shape(self) -> tuple[tuple[int, int], ...]:
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


def words_of(skeleton: Skeleton, view: HandoutView) -> tuple[Runs, ...]:
    """Return the texts of a skeleton's slots for somebody.

    Raises:
        Doubt: if the glyphs of a text stand in another order than its letters.
    """
    signs = {ord(sign): getattr(view, name) for name, sign in _STANDS_FOR.items()}
    if needs_words("".join(signs.values())):
        raise Doubt(Reason.SCRIPT)
    return tuple(tuple(run.translate(signs) for run in runs) for runs in skeleton.paragraphs)


def page_of(skeleton: Skeleton, view: HandoutView) -> str:
    """Return a skeleton's body with somebody's words."""
    signs = {ord(sign): html.escape(getattr(view, name)) for name, sign in _STANDS_FOR.items()}
    return skeleton.body.translate(signs)


def slots_of(parts: Parts) -> tuple[Slot, ...]:
    """Return the slots of all pages.

    Raises:
        Doubt: if one of them goes on over the page.
    """
    slots = tuple(slot for part in parts for slot in part.slots)
    if [slot.number for slot in slots] != list(range(len(slots))):
        raise Doubt(Reason.SHAPE)
    return slots


def shape_of(parts: Parts) -> tuple[tuple[int, int], ...]:
    """Return the line of each text of each slot of parts."""
    return tuple((slot.number, text.line) for slot in slots_of(parts) for text in slot.texts)


def person_of(slots: Sequence[Slot], words: Sequence[Runs]) -> Person:
    """Return somebody's words in the slots of a skeleton.

    Raises:
        Doubt: if they do not fit there as plain text.
    """
    texts: list[Set] = []
    faces: set[str] = set()
    for number, (slot, runs) in enumerate(zip(slots, words, strict=True)):
        for line, start, text, style in _facts(slot, runs) if len(runs) > 1 else _text(slot, *runs):
            found = shown(text, style)
            faces.add(found.face)
            texts.append(Set(slot=number, line=line, start=start, operators=found.operators))
    return Person(texts=tuple(texts), faces=frozenset(faces))


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


def _facts(slot: Slot, runs: Runs) -> list[_Text]:
    """Return the texts of facts, one block after the other as long as there is room."""
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
        found.append((line, slot.left + at + first, f"{text} ", text_set.style))
        at += wide + space
    return found
