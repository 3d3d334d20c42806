"""JSON Schema of every kind of content file, for editors that check while one types."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from itertools import pairwise
from typing import Any

from stretchkit.source import shapes
from stretchkit.source.document import KINDS
from stretchkit.source.fields import adapter

SHAPES: dict[str, type[Any]] = {
    **{kind.name: kind.shape for kind in KINDS.values()},
    "library": shapes.LibraryShape,
    "translation": shapes.TranslationShape,
}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind's front matter, such as "exercise".

    Raises:
        KeyError: if there is no such kind.
    """
    shape = SHAPES[kind]
    schema = adapter(shape).json_schema(by_alias=True)
    _describe(schema, shape)
    for name, definition in schema.get("$defs", {}).items():
        inner = getattr(shapes, name, None)
        if isinstance(inner, type) and dataclasses.is_dataclass(inner):
            _describe(definition, inner)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"StretchKit {kind}",
    }
    return {**schema, **head}


def attribute_docs(shape: type[Any]) -> dict[str, str]:
    """Return the text under each attribute of a class and of the classes it builds on.

    Pydantic could do it, at the price of reading the source each time a library is loaded.
    """
    found: dict[str, str] = {}
    for base in reversed(shape.__mro__[:-1]):
        body = ast.parse(inspect.getsource(base)).body[0]
        for statement, following in pairwise(getattr(body, "body", ())):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                match following:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        found[statement.target.id] = text
    return found


def _describe(schema: dict[str, Any], shape: type[Any]) -> None:
    """Put the text under each attribute into the schema of its class."""
    texts = attribute_docs(shape)
    names = {"start": "from", "end": "to"} if shape is shapes.ArrowShape else {}
    for attribute, text in texts.items():
        field = schema.get("properties", {}).get(names.get(attribute, attribute))
        if field is not None:
            field["description"] = " ".join(text.split())
