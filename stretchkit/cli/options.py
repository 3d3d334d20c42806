"""Options that several commands share, and the library they work on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from stretchkit.library import Library

Command = TypeVar("Command", bound=Callable[..., Any])


def numbered(number: int, thing: str) -> str:
    """Return "1 error" or "2 errors"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def library_option(command: Command) -> Command:
    """Add `--library DIR`."""
    return click.option(
        "--library",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder of content files. Default: the nearest one with a stretchkit.yaml, else "
        "the bundled library.",
    )(command)


def language_option(command: Command) -> Command:
    """Add `--lang LANGUAGE`."""
    return click.option(
        "--lang", "language", metavar="LANGUAGE", help="Language of the words, such as es."
    )(command)


def complete_ids(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the ids that start as what was typed, for shell completion."""
    library = open_library(context.params.get("folder"))
    ids = {*library.exercises, *library.routines, *library.guides}
    return sorted(name for name in ids if name.startswith(incomplete))


def nearest_library(start: Path) -> Path | None:
    """Return the nearest folder, upwards, that holds a stretchkit.yaml."""
    for folder in (start, *start.parents):
        if (folder / "stretchkit.yaml").is_file():
            return folder
    return None


def open_library(folder: Path | None, language: str | None = None) -> Library:
    """Return the library a command works on, in a language if one is given."""
    from stretchkit.library import Library  # noqa: PLC0415 - 0.2 s that --help saves

    folder = folder or nearest_library(Path.cwd())
    library = Library.load(folder) if folder else Library.bundled()
    return library.in_language(language) if language else library
