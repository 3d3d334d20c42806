"""JSON Schema of every kind of content file, for editors that check while one types."""

from __future__ import annotations

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
    schema = adapter(SHAPES[kind]).json_schema(by_alias=True)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"StretchKit {kind}",
    }
    return {**schema, **head}
