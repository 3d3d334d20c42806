"""A small, strict part of YAML 1.2: mappings, lists and scalars, every value with its place.

YAML has surprises that a person who writes about exercises should never meet: in YAML 1.1 `no`
is false, `1:30` is ninety, a key given twice silently wins. Here `no` and `1:30` stay text, a
repeated key, an alias, a tag or a tab is a fault, and every fault of a file is reported, not the
first one alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.source import text as characters

Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALARS = {
    "null": re.compile(r"~|null|Null|NULL|"),
    "bool": re.compile(r"true|True|TRUE|false|False|FALSE"),
    "int": re.compile(r"[-+]?[0-9]+"),
    "float": re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?"),
}
"""What a text without quotes means in the core schema of YAML 1.2, if it is not just a text."""
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Places:
    """Where every key and value of a YAML text stands."""

    path: str
    values: Mapping[Path, Location]
    keys: Mapping[Path, Location]
    quoted: Collection[Path] = ()
    """Values that start with a quote, which counts as a column."""

    def value(self, at: Path) -> Location:
        """Return where the value at a path stands, or else the nearest thing around it."""
        return self._nearest(self.values, at)

    def key(self, at: Path) -> Location:
        """Return where the key at a path stands, or else the nearest thing around it."""
        return self.keys[at] if at in self.keys else self.value(at)

    def _nearest(self, table: Mapping[Path, Location], at: Path) -> Location:
        while at not in table and at:
            at = at[:-1]
        return table.get(at, Location(self.path))


def load(text: str, path: str, faults: Faults, *, line: int = 1) -> tuple[Any, Places]:
    """Read YAML text to plain dicts, lists and scalars, and the place of each.

    Args:
        text: the YAML; where nothing is written, the result is an empty dict.
        path: the file's name, for diagnostics.
        faults: where faults go; after one that leaves values unknown the result is None.
        line: the line of the file that the text starts at.
    """
    reader = _Reader(path, faults, line)
    value = reader.read(text)
    return value, Places(path, reader.values, reader.keys, reader.quoted)


class _UnreadableError(Exception):
    """Raised after a fault that nothing can be read beyond; the fault has been told."""


class _Reader:
    """Builds values from the parser's events, so that depth is counted before anything recurses."""

    def __init__(self, path: str, faults: Faults, line: int) -> None:
        self.path, self.faults, self.line = path, faults, line
        self.values: dict[Path, Location] = {}
        self.keys: dict[Path, Location] = {}
        self.events: Iterator[Any] = iter(())  # PyYAML's stubs tell less than events hold
        self.is_known = True
        self.quoted: set[Path] = set()

    def read(self, text: str) -> Any:
        self.events = yaml.parse(text, Loader=_LOADER)
        try:
            value = self._document()
        except yaml.MarkedYAMLError as error:
            self._syntax_fault(error, text)
            return None
        except _UnreadableError:
            return None
        if not self.is_known:
            return None
        return {} if value is None else value

    def _document(self) -> Any:
        value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    place = self._at(event.start_mark)
                    self.faults.add("SK022", place, "cannot read the facts: a second document")
                    raise _UnreadableError
                value = self._value(next(self.events), ())
        return value

    def _at(self, mark: Any) -> Location:
        return Location(self.path, mark.line + self.line, mark.column + 1)

    def _syntax_fault(self, error: yaml.MarkedYAMLError, text: str) -> None:
        mark = error.problem_mark or error.context_mark
        location = self._at(mark) if mark else Location(self.path, self.line)
        lines = text.split("\n")
        # The end of the text may count as a line of its own.
        rest = lines[mark.line][mark.column :] if mark and mark.line < len(lines) else ""
        problem = error.problem or "not well-formed"
        if rest.startswith("\t"):
            self.faults.add("SK026", location, "a tab in the facts", "indent with spaces")
        else:
            hint = ""
            if "mapping values are not allowed" in problem:
                hint = 'put a text that holds ": " in quotes'
            self.faults.add("SK022", location, f"cannot read the facts: {problem}", hint)

    def _value(self, event: Any, at: Path) -> Any:
        location = self.values[at] = self._at(event.start_mark)
        self._refuse(event, location)
        if len(at) > _DEEPEST:
            self.faults.add("SK022", location, f"nested more than {_DEEPEST} deep")
            raise _UnreadableError
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(at)
            case yaml.SequenceStartEvent():
                return self._sequence(at)
            case yaml.ScalarEvent():
                return self._scalar(event, at)
        return None

    def _refuse(self, event: Any, location: Location) -> None:
        """Report what YAML can put before a value and the format cannot."""
        if isinstance(event, yaml.AliasEvent):
            self.is_known = False
            self.faults.add("SK024", location, "an alias (`*name`)", "write the value out")
            return
        if event.anchor is not None:
            self.faults.add("SK024", location, "an anchor (`&name`)", "remove the anchor")
        if event.tag is not None:
            tag = event.tag.removeprefix("tag:yaml.org,2002:")
            self.faults.add("SK025", location, f"a tag ({tag})", "remove the tag")

    def _sequence(self, at: Path) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self._value(event, (*at, len(result))))
        return result

    def _mapping(self, at: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = self._at(event.start_mark)
            self._refuse(event, place)
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                self._skip(event)
                if not isinstance(event, yaml.AliasEvent):
                    self.faults.add("SK022", place, "a key is one line of text")
                self._skip(next(self.events))
                continue
            self._refuse_hidden(key, place)
            if key in result:
                first = self.keys[(*at, key)]
                self.faults.add(
                    "SK023", place, f'"{key}" stands here and on line {first.line}', "delete one"
                )
                self._skip(next(self.events))
                continue
            self.keys[(*at, key)] = place
            result[key] = self._value(next(self.events), (*at, key))
        return result

    def _skip(self, event: Any) -> None:
        """Pass over a value and all that is in it."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if not depth:
                return
            event = next(self.events)

    def _scalar(self, event: Any, at: Path) -> Any:
        text = event.value
        self._refuse_hidden(text, self.values[at])
        if event.style:  # in quotes, or a block
            if event.style in "\"'":
                self.quoted.add(at)
            return text
        found = (kind for kind, pattern in _SCALARS.items() if pattern.fullmatch(text))
        match next(found, "str"):
            case "null":
                return None
            case "bool":
                return text.lower() == "true"
            case "int" if len(text) < 20:  # noqa: PLR2004 - no count or year is longer
                return int(text)
            case "int" | "float":
                return float(text)
        return text

    def _refuse_hidden(self, text: str, location: Location) -> None:
        """Report control characters that an escape put in, as `decode` does those in the file."""
        for character in sorted({match[0] for match in characters.hidden(text)}):
            self.is_known = False
            name = characters.name_of(character)
            self.faults.add("SK007", location, name, "delete the character")
