"""Every id that content names leads to something, and nothing leads back to itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.model.exercise import Exercise
from stretchkit.model.guide import Guide, Series
from stretchkit.model.routine import Programme, Routine
from stretchkit.source.build import Content
from stretchkit.source.document import SourceFile, Translation
from stretchkit.source.names import did_you_mean
from stretchkit.source.strict_yaml import Path

_Reference = tuple[str, str, Path]


def check_references(
    files: Mapping[tuple[str, str], SourceFile],
    translations: Iterable[Translation],
    faults: Faults,
) -> None:
    """Report ids that name nothing (SK050) and progressions in a circle (SK051).

    Args:
        files: every source file of a library by kind and id.
        translations: every translation of one of them.
        faults: where faults go.
    """
    ids: dict[str, set[str]] = {}
    for kind, name in files:
        ids.setdefault(kind, set()).add(name)

    def look_up(kind: str, name: str, place: Location) -> None:
        known = ids.get(kind, set())
        if name not in known:
            message = f'there is no {kind} "{name}"'
            faults.add("SK050", place, message, did_you_mean(name, known))

    for file in files.values():
        for kind, name, at in _references(file.content):
            look_up(kind, name, file.places.value(at))
    links = [link for file in files.values() for link in file.links]
    for link in (*links, *(link for text in translations for link in text.links)):
        look_up(link.kind, link.id, link.location)
    _check_circles(files, faults)


def _references(content: Content) -> Iterator[_Reference]:
    """Yield kind, id and place of everything that a content names."""
    author = getattr(content, "author", None)
    if author:
        yield "person", author, ("author",)
    review = getattr(content, "reviewed", None)
    if review:
        yield "person", review.by, ("reviewed", "by")
    match content:
        case Exercise():
            yield from _list("exercise", content.progressions, "progressions")
            for caution in content.cautions:
                if caution.instead:
                    yield "exercise", caution.instead, ("cautions", caution.condition, "instead")
        case Routine():
            for index, entry in enumerate(content.entries):
                yield "exercise", entry.exercise, ("entries", index, "exercise")
        case Programme():
            for index, phase in enumerate(content.phases):
                yield from _list("routine", phase.routines, "phases", index, "routines")
        case Guide():
            yield from _list("person", filter(None, [content.presenter]), "presenter")
            yield from _list("routine", filter(None, [content.routine]), "routine")
            yield from _list("guide", content.related, "related")
        case Series():
            yield from _list("guide", content.guides, "guides")


def _list(kind: str, names: Iterable[str], *at: str | int) -> Iterator[_Reference]:
    """Yield references from a list of ids, or from one id, which stands where the list would."""
    for index, name in enumerate(names):
        yield kind, name, (*at, index)


def _check_circles(files: Mapping[tuple[str, str], SourceFile], faults: Faults) -> None:
    harder: dict[str, Collection[str]] = {
        content.id: content.progressions
        for content in (file.content for file in files.values())
        if isinstance(content, Exercise)
    }
    for start in sorted(harder):
        way = _way_back(start, harder)
        if way:
            place = files["exercise", start].places.value(("progressions",))
            faults.add("SK051", place, f"harder than itself: {' → '.join(way)}")


def _way_back(start: str, harder: Mapping[str, Collection[str]]) -> list[str]:
    """Return a way along progressions from an exercise back to itself, empty when there is none."""
    stack = [[start]]
    seen: set[str] = set()
    while stack:
        way = stack.pop()
        for name in harder.get(way[-1], ()):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                stack.append([*way, name])
    return []
