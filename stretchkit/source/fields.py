"""Check plain data against a shape: every fault at its place, with the nearest word."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.source.names import did_you_mean
from stretchkit.source.strict_yaml import Path, Places

Shape = TypeVar("Shape")

_TYPES = {
    "string_type": ("SK032", "text"),
    "int_type": ("SK032", "a whole number"),
    "int_parsing": ("SK032", "a whole number"),
    "int_from_float": ("SK032", "a whole number"),
    "list_type": ("SK032", "a list, such as [chair, mat]"),
    "dict_type": ("SK032", "a mapping, such as {action: ask}"),
    "dataclass_type": ("SK032", "a mapping of fields"),
    "bool_type": ("SK032", "true or false"),
}
_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ("an id", 'small letters, digits and hyphens: "cat-cow"'),
    r"^\d{4}-\d{2}-\d{2}$": ("a day", 'write it as "2026-01-31"'),
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$": ("a language", 'write "en", "es" or "pt-BR"'),
    r"^#[0-9a-fA-F]{6}$": ("a colour", 'write it in quotes: "#0b5d66"'),
}


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
_SCHEMAS: dict[type[Any], dict[str, Any]] = {}


def adapter(shape: type[Shape]) -> TypeAdapter[Shape]:
    """Return pydantic's checker for a shape; making one takes milliseconds, so it is kept."""
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


def check(shape: type[Shape], plain: Any, places: Places, faults: Faults) -> Shape | None:
    """Return the plain data as a shape, or None after reporting every fault in it.

    Args:
        shape: one of the classes of `shapes`.
        plain: what `strict_yaml.load` returned.
        places: where each value stands.
        faults: where faults go.
    """
    if not isinstance(plain, dict):
        faults.add("SK027", places.value(()), "the facts are not `key: value` lines")
        return None
    try:
        return adapter(shape).validate_python(plain)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            at = _plain_path(details["loc"], plain)
            if _is_other_choice(details, plain, at):
                continue
            faults.add(*_explain(details, at, places, shape))
        return None


def _plain_path(loc: tuple[int | str, ...], plain: Any) -> Path:
    """Drop from pydantic's path what is not in the data: names of union members, `[key]`."""
    path: list[str | int] = []
    for part in loc:
        in_list = isinstance(plain, list) and isinstance(part, int) and part < len(plain)
        if in_list or (isinstance(plain, dict) and part in plain):
            path.append(part)
            plain = plain[part]
    return tuple(path)


def _is_other_choice(details: ErrorDetails, plain: Any, at: Path) -> bool:
    """Whether the fault is about the half of `id or mapping` that the author did not choose."""
    for part in at:
        plain = plain[part]
    kind = details["type"]
    if "EntryShape" in details["loc"]:
        return kind == "dataclass_type"
    in_entries = len(details["loc"]) == 3 and details["loc"][0] == "entries"  # noqa: PLR2004
    return in_entries and kind == "string_type" and isinstance(plain, dict)


def _explain(
    details: ErrorDetails, at: Path, places: Places, shape: type[Any]
) -> tuple[str, Location, str, str]:
    kind, given, context = details["type"], details["input"], details.get("ctx", {})
    name = str(details["loc"][-1])
    where = places.value(at)
    if kind in ("missing", "missing_keyword_only"):
        return "SK030", places.key(at), f'the field "{name}" is missing', ""
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        known = _field_names(shape, details["loc"][:-1])
        return "SK031", places.key(at), f'unknown field "{name}"', did_you_mean(name, known)
    if kind in ("enum", "literal_error"):
        names = [str(part) for part in at if isinstance(part, str)]
        words = _words(str(context["expected"]))
        if details["loc"][-1] == "[key]":
            field = ".".join(names[:-1])
            hint = did_you_mean(str(given), words)
            return "SK033", places.key(at), f'{field}: unknown word "{given}"', hint
        field = names[-1] if names else ""
        if not isinstance(given, str):
            return "SK032", where, f"{field}: expected a word, found {_shown(given)}", ""
        return "SK033", where, f'{field}: unknown word "{given}"', did_you_mean(given, words)
    field = _field(at)
    if kind == "string_pattern_mismatch":
        what, hint = _PATTERNS.get(str(context["pattern"]), ("a value", ""))
        return "SK034", where, f"{field}: {_shown(given)} is not {what}", hint
    if kind == "picture_path":
        return "SK036", where, f"{field}: {details['msg']}", "keep pictures in the library"
    if kind in _TYPES:
        code, expected = _TYPES[kind]
        hint = ""
        if kind == "string_type" and isinstance(given, int | float | bool):
            written = str(given).lower() if isinstance(given, bool) else given
            hint = f'write it in quotes: "{written}"'
        return code, where, f"{field}: expected {expected}, found {_shown(given)}", hint
    if kind in ("too_short", "string_too_short"):
        return "SK034", where, f"{field}: must not be empty", ""
    message = details["msg"].removeprefix("Input ").replace("Value error, ", "")
    return "SK034", where, f"{field}: {message}", ""


def _field(at: Path) -> str:
    return ".".join(str(part) for part in at if isinstance(part, str)) or "the file"


def _shown(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case list():
            return "a list"
        case dict():
            return "a mapping"
    return f'"{value}"'


def _words(expected: str) -> list[str]:
    """Return the words of pydantic's "'a', 'b' or 'c'"."""
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(", ")]


def _field_names(shape: type[Any], loc: tuple[int | str, ...]) -> list[str]:
    """Return the fields of the shape that a path leads to, as they are written in a file."""
    if shape not in _SCHEMAS:
        _SCHEMAS[shape] = adapter(shape).json_schema(by_alias=True)
    schema = _SCHEMAS[shape]
    definitions = schema.get("$defs", {})
    node: dict[str, Any] = schema
    for part in loc:
        node = _child(node, part, definitions)
    return list(_resolve(node, definitions).get("properties", {}))


def _resolve(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return dict(definitions[node["$ref"].rsplit("/", 1)[-1]])
    for choice in node.get("anyOf", ()):
        found = _resolve(choice, definitions)
        if "properties" in found or "items" in found:
            return found
    return node


def _child(node: dict[str, Any], part: int | str, definitions: dict[str, Any]) -> dict[str, Any]:
    node = _resolve(node, definitions)
    if isinstance(part, int):
        return dict(node.get("items", {}))
    inner = node.get("properties", {}).get(part) or node.get("additionalProperties")
    return dict(inner) if isinstance(inner, dict) else node
