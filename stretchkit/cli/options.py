"""Options that several commands share, and the library they work on."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stretchkit.figure.person import BODIES, HAIRS, SKINS, DrawnPerson, HairName
from stretchkit.source.names import did_you_mean

if TYPE_CHECKING:
    from stretchkit.library import Library

Command = TypeVar("Command", bound=Callable[..., Any])


class Word(click.Choice[str]):
    """One of a few words, large or small; a slip is told with the nearest of them."""

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__(choices, case_sensitive=False)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what is wrong with a word."""
        del ctx
        return f'unknown word "{value}"; {did_you_mean(str(value), list(self.choices))}'


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


def person_options(command: Command) -> Command:
    """Add `--body`, `--hair` and `--skin`: who is drawn."""
    for name, known, told in (
        ("--skin", tuple(SKINS), "The skin of who is drawn."),
        ("--hair", HAIRS, "The hair of who is drawn; what suits the body when left out."),
        ("--body", BODIES, "Who is drawn."),
    ):
        command = click.option(name, type=Word(known), help=told)(command)
    return command


def cache_option(command: Command) -> Command:
    """Add `--no-cache`."""
    return click.option(
        "--no-cache",
        is_flag=True,
        help="Draw everything anew, and keep nothing in the user's cache folder.",
    )(command)


def day_and_message_options(command: Command) -> Command:
    """Add `--date DAY` and `--message TEXT`."""
    command = click.option("--message", default="", help="A personal line at the top.")(command)
    return click.option(
        "--date",
        "day",
        callback=_day,
        metavar="DAY",
        help="The day to print: today or YYYY-MM-DD.",
    )(command)


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """Read a day; `SOURCE_DATE_EPOCH` says what today is, when it is set."""
    if value == "today":
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return _day_of(epoch) if epoch else datetime.now().astimezone().date()
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f'"{value}" is not a day; write today or 2026-01-31') from error


def _day_of(epoch: str) -> date:
    try:
        if re.fullmatch("[0-9]+", epoch):
            return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        pass  # a number, and no day that a calendar has
    raise click.UsageError(f'SOURCE_DATE_EPOCH is "{epoch}": not a day in seconds since 1970')


def person_of(body: str | None, hair: HairName | None, skin: str | None) -> DrawnPerson:
    """Return who is drawn from what was said about them."""
    usual = DrawnPerson()
    body = body or usual.body
    return replace(
        usual,
        body=body,
        hair=hair or ("short" if body.endswith("-man") or body == "man" else usual.hair),
        hair_colour="grey" if body.startswith("older") else usual.hair_colour,
        skin=skin or usual.skin,
    )


def drawing_bar(label: str = "drawings") -> Callable[[int, int], None]:
    """Return what shows how many drawings are made; nothing is shown until one is."""
    bars: list[Any] = []

    def advance(done: int, total: int) -> None:
        if not bars:
            bars.append(progress_bar(label).__enter__())
        bars[0].length = total
        bars[0].update(done - bars[0].pos)
        if done == total:
            bars[0].__exit__(None, None, None)

    return advance


def progress_bar(label: str) -> Any:
    """Return a bar on the error stream, hidden from files and where no colour is wanted."""
    hidden = bool(os.environ.get("NO_COLOR")) or not sys.stderr.isatty()
    return click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden)


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
