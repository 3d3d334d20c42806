"""One content file: its kind, its id and language, its front matter and its words.

`read` is the whole way from the text of a file to the model. A translation stands beside its
source as `<id>.<language>.md` and holds words alone; `translation` puts them over the source.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.model.exercise import Exercise
from stretchkit.model.guide import Guide
from stretchkit.model.routine import Programme, Routine
from stretchkit.model.vocabulary import Section
from stretchkit.source import body, build, shapes, strict_yaml
from stretchkit.source.build import Content
from stretchkit.source.draft import Draft
from stretchkit.source.fields import check
from stretchkit.source.links import Link, links_in_facts, links_in_words
from stretchkit.source.sections import BodySection, read_sections
from stretchkit.source.strict_yaml import Places


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of content file: the folder it lives in, its fields, its sections, how it is built.

    `sections` is None where headings are free.
    """

    name: str
    folder: str
    suffix: str
    shape: type[Any]
    build: Callable[[Any, Draft], Content]
    sections: Mapping[Section, body.Holds] | None = field(default_factory=dict)


KINDS: dict[str, FileKind] = {
    kind.folder: kind
    for kind in (
        FileKind(
            "exercise",
            "exercises",
            ".md",
            shapes.ExerciseShape,
            build.build_exercise,
            body.EXERCISE_SECTIONS,
        ),
        FileKind(
            "routine",
            "routines",
            ".md",
            shapes.RoutineShape,
            build.build_routine,
            body.ROUTINE_SECTIONS,
        ),
        FileKind("programme", "programmes", ".md", shapes.ProgrammeShape, build.build_programme),
        FileKind("guide", "guides", ".md", shapes.GuideShape, build.build_guide, None),
        FileKind("series", "series", ".md", shapes.SeriesShape, build.build_series),
        FileKind("person", "people", ".yaml", shapes.PersonShape, build.build_person),
        FileKind("term", "glossary", ".md", shapes.TermShape, build.build_term),
    )
}

_NAME = re.compile(
    r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})*))?\Z"
)


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file's name says: an id, and a language when it is a translation."""

    id: str
    language: str | None

    @classmethod
    def parse(cls, stem: str) -> FileName | None:
        """Read a name without its suffix; None when it is not one."""
        match = _NAME.match(stem)
        return cls(match["id"], match["language"]) if match else None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A content file in the library's own language."""

    kind: FileKind
    content: Content
    places: Places
    links: tuple[Link, ...]
    words_hash: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A file of words in another language, and the hash of the words it was made from."""

    kind: FileKind
    id: str
    language: str
    words: shapes.TranslationShape
    sections: tuple[BodySection, ...]
    places: Places
    links: tuple[Link, ...]

    @property
    def start(self) -> Location:
        """Where the words begin."""
        return self.sections[0].location


def read(
    text: str, path: str, kind: FileKind, name: FileName, *, language: str, faults: Faults
) -> SourceFile | Translation | None:
    """Read one content file; None when its faults leave nothing to build.

    Args:
        text: the file's text with LF line ends.
        path: the file's name, for diagnostics.
        kind: what the file holds.
        name: what the file's name says.
        language: the library's source language.
        faults: where faults go.
    """
    parts = _split(text, path, kind, faults)
    if parts is None:
        return None
    front, first_line, words, words_line = parts
    plain, places = strict_yaml.load(front, path, faults, line=first_line)
    sections = read_sections(words, path, faults, first_line=words_line)
    if plain is None:
        return None
    start = Location(path, words_line)
    links = (*links_in_facts(plain, places), *links_in_words(words, start))
    if name.language is not None:
        translation = check(shapes.TranslationShape, plain, places, faults)
        if translation is None:
            return None
        return Translation(kind, name.id, name.language, translation, sections, places, links)
    shape = check(kind.shape, plain, places, faults)
    if shape is None:
        _check_the_rest(plain, Draft(name.id, language, places, sections, faults), kind)
        return None
    content = kind.build(shape, Draft(name.id, language, places, sections, faults))
    return SourceFile(kind, content, places, links, _words_hash(content, sections))


def _check_the_rest(plain: Any, draft: Draft, kind: FileKind) -> None:
    """Report what is wrong beyond the fields, so that nobody mends a file twice."""
    if kind.sections is not None:
        words = body.read_words(draft.sections, kind.sections, draft.language, draft.faults)
        if Section.STEPS in kind.sections:
            body.require(Section.STEPS, words, draft.start, draft.faults, draft.language)
    if isinstance(plain, dict) and isinstance(plain.get("dosage"), str):
        draft.dosage(plain["dosage"], ("dosage",))


def _split(
    text: str, path: str, kind: FileKind, faults: Faults
) -> tuple[str, int, str, int] | None:
    """Return the front matter and the words, each with the line it starts at."""
    if kind.suffix == ".yaml":
        return text, 1, "", 1
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        faults.add("SK020", Location(path), "no front matter", "start the file with a line ---")
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), 2, "\n".join(lines[number + 1 :]), number + 2
    faults.add(
        "SK021", Location(path, len(lines)), "the front matter is not closed", "add a line ---"
    )
    return None


def _words_hash(content: Content, sections: tuple[BodySection, ...]) -> str:
    """Return a short hash of everything that is translated, and of nothing else."""
    words: list[Any] = [content.name]
    words += [getattr(content, field, ()) for field in ("aliases", "role", "credentials", "bio")]
    match content:
        case Routine():
            words.append([entry.note for entry in content.entries])
        case Programme():
            words.append([phase.name for phase in content.phases])
        case Guide():
            words.append(content.video.title if content.video else "")
        case Exercise():
            words.append([picture.alt for picture in content.pictures])
    for section in sections:
        items = [item.text for item in section.items]
        words.append([section.heading, items if section.is_one_list else section.text])
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:12]
