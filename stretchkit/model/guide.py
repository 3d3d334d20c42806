"""A guide is an article around a routine; a series orders guides; people stand behind them."""

from __future__ import annotations

from dataclasses import dataclass

from stretchkit.model.exercise import Review
from stretchkit.model.vocabulary import Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who wrote, presents or reviewed content; credentials say why to trust them."""

    id: str
    language: str = "en"
    name: str
    role: str = ""
    credentials: tuple[str, ...] = ()
    bio: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """The video of a guide; without a `url` it is announced, not linked.

    `seconds` is its length, `poster` a picture file of the library.
    """

    title: str
    url: str = ""
    poster: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A headed part of a guide's article; `text` is Markdown."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """An article that teaches a routine; its place among others comes from the series."""

    id: str
    language: str = "en"
    presenter: str | None = None
    video: Video | None = None
    routine: str | None = None
    related: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    author: str | None = None
    licence: str = ""
    reviewed: Review | None = None
    # words
    name: str
    summary: str = ""
    passages: tuple[Passage, ...] = ()
    transcript: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Guides in the order they are meant to be read."""

    id: str
    language: str = "en"
    guides: tuple[str, ...]
    author: str | None = None
    licence: str = ""
    # words
    name: str
    summary: str = ""

    def before(self, guide: str) -> str | None:
        """Return the id of the guide before this one, None at the start or when not in it."""
        return self._neighbour(guide, -1)

    def after(self, guide: str) -> str | None:
        """Return the id of the guide after this one, None at the end or when not in it."""
        return self._neighbour(guide, 1)

    def _neighbour(self, guide: str, step: int) -> str | None:
        if guide not in self.guides:
            return None
        place = self.guides.index(guide) + step
        return self.guides[place] if 0 <= place < len(self.guides) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the glossary and what it means in plain language."""

    id: str
    language: str = "en"
    name: str
    aliases: tuple[str, ...] = ()
    definition: str = ""
