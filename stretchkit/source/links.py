"""Links such as `[cat and cow](exercise:cat-cow)`: what they name, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stretchkit.errors import Location
from stretchkit.source.strict_yaml import Path, Places

_LINK = re.compile(r"\]\((exercise|routine|guide|term|programme):([^()\[\]\s]*)\)")


@dataclass(frozen=True, slots=True)
class Link:
    """What a link names, and where its address begins."""

    kind: str
    id: str
    location: Location


def links_in_words(words: str, start: Location) -> Iterator[Link]:
    """Yield the links of Markdown that starts at a place."""
    for number, line in enumerate(words.split("\n")):
        for match in _LINK.finditer(line):
            place = Location(start.path, start.line + number, match.start(1) + 1)
            yield Link(match[1], match[2], place)


def links_in_facts(plain: Any, places: Places, at: Path = ()) -> Iterator[Link]:
    """Yield the links in the texts of the front matter, each where its text begins."""
    match plain:
        case str():
            for match in _LINK.finditer(plain):
                yield Link(match[1], match[2], places.value(at))
        case dict():
            for key, value in plain.items():
                yield from links_in_facts(value, places, (*at, key))
        case list():
            for index, value in enumerate(plain):
                yield from links_in_facts(value, places, (*at, index))
