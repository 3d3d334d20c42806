"""A small, strict part of YAML 1.2: mappings, lists and scalars, every value with its place.

YAML has surprises that a person who writes about exercises should never meet: in YAML 1.1 `no`
is false, `1:30` is ninety, a key given twice silently wins. Here `no` and `1:30` stay text, a
repeated key, an alias, a tag or a tab is a fault, and every fault of a file is reported, not the
first one alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location

Path = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_SCALARS: dict[str, tuple[re.Pattern[str], str]] = {
    "null": (re.compile(r"(?:~|null|Null|NULL|)$"), "~nN\0"),
    "bool": (re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), "tTfF"),
    "int": (re.compile(r"[-+]?[0-9]+$"), "-+0123456789"),
    "float": (
        re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$"),
        "-+.0123456789",
    ),
}
_DEEPEST = 20


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's C parser with the scalars of the YAML 1.2 core schema."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML's own protocol


for _name, (_pattern, _first) in _SCALARS.items():
    _Loader.add_implicit_resolver(_TAG + _name, _pattern, list(_first.replace("\0", "")))
_Loader.yaml_implicit_resolvers.setdefault("", []).append((_TAG + "null", _SCALARS["null"][0]))


@dataclass(frozen=True, slots=True)
class Places:
    """Where every key and value of a YAML text stands."""

    path: str
    values: Mapping[Path, Location]
    keys: Mapping[Path, Location]

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
        text: the YAML.
        path: the file's name, for diagnostics.
        faults: where faults go; after a fault of syntax the result is None.
        line: the line of the file that the text starts at.
    """
    reader = _Reader(path, faults, line)
    value = reader.read(text)
    return value, Places(path, reader.values, reader.keys)


class _Reader:
    def __init__(self, path: str, faults: Faults, line: int) -> None:
        self.path, self.faults, self.line = path, faults, line
        self.values: dict[Path, Location] = {}
        self.keys: dict[Path, Location] = {}
        self.seen: set[int] = set()

    def read(self, text: str) -> Any:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            self._syntax_fault(error, text)
            return None
        except RecursionError:
            self.faults.add("SK022", Location(self.path, self.line), "nested too deeply")
            return None
        finally:
            loader.dispose()
        return None if node is None else self._value(node, ())

    def _at(self, mark: yaml.Mark) -> Location:
        return Location(self.path, mark.line + self.line, mark.column + 1)

    def _syntax_fault(self, error: yaml.MarkedYAMLError, text: str) -> None:
        mark = error.problem_mark or error.context_mark
        location = self._at(mark) if mark else Location(self.path, self.line)
        problem = error.problem or "not well-formed"
        if mark and text.split("\n")[mark.line][mark.column : mark.column + 1] == "\t":
            self.faults.add("SK026", location, "a tab in the facts", "indent with spaces")
        elif "undefined alias" in problem:
            self.faults.add("SK024", location, "an alias (`*name`)", "write the value out")
        else:
            hint = ""
            if "mapping values are not allowed" in problem:
                hint = 'put a text that holds ": " in quotes'
            self.faults.add("SK022", location, f"cannot read the facts: {problem}", hint)

    def _value(self, node: yaml.Node, at: Path) -> Any:
        location = self._at(node.start_mark)
        self.values[at] = location
        if id(node) in self.seen:
            self.faults.add("SK024", location, "an alias (`*name`)", "write the value out")
            return None
        self.seen.add(id(node))
        if len(at) > _DEEPEST:
            self.faults.add("SK022", location, f"nested more than {_DEEPEST} deep")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, (*at, index)) for index, child in enumerate(node.value)]
        return self._scalar(str(node.value), node.tag.removeprefix(_TAG), location)

    def _mapping(self, node: yaml.MappingNode, at: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self._at(key_node.start_mark)
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.add("SK022", place, "a key is one line of text")
                continue
            if key in result:
                first = self.keys[(*at, key)]
                self.faults.add(
                    "SK023", place, f'"{key}" stands here and on line {first.line}', "delete one"
                )
                continue
            self.keys[(*at, key)] = place
            result[key] = self._value(value_node, (*at, key))
        return result

    def _scalar(self, text: str, tag: str, location: Location) -> Any:
        match tag:
            case "str":
                return text
            case "null":
                return None
            case "bool":
                return text.lower() == "true"
            case "int" if len(text) < 20:  # noqa: PLR2004 - no count or year is longer
                return int(text)
            case "int" | "float":
                return float(text)
        self.faults.add("SK025", location, f"a tag ({tag})", "remove the tag")
        return None
