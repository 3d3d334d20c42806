"""The kinds of text that a field of a content file can hold: an id, a day, a colour.

A pattern's fault is worded in `fields`; what a field needs beyond a pattern is checked here.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")


def _picture_path(value: str) -> str:
    path = PurePosixPath(value)
    inside = not path.is_absolute() and ".." not in path.parts and "\\" not in value
    if not inside or ":" in value:
        raise PydanticCustomError("picture_path", "a picture path stays inside the library")
    if path.suffix.lower() not in PICTURE_SUFFIXES:
        raise PydanticCustomError(
            "picture_path",
            "a picture ends in .png, .jpg, .jpeg or .svg, not {suffix}",
            {"suffix": path.suffix or "nothing"},
        )
    return value


def _web_address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise PydanticCustomError("web_address", "a web address starts with https://")
    return value


Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
DosageLine = Annotated[str, Field(min_length=1)]
PicturePath = Annotated[str, AfterValidator(_picture_path)]
Url = Annotated[str, AfterValidator(_web_address)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="A day as YYYY-MM-DD.")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
