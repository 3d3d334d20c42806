"""The options of what a handout looks like, for every command that makes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from stretchkit.cli.options import Word, person_of, person_options
from stretchkit.layouts import INKS, LAYOUTS, ORIENTATIONS, PAPERS, POINTS, USUAL

Command = TypeVar("Command", bound=Callable[..., Any])

_PERSON = ("body", "hair", "skin")


def look_options(command: Command) -> Command:
    """Add the options of a handout's look; the command gets them by name, as `looks`."""
    command = person_options(command)
    for option in reversed(
        (
            click.option(
                "--layout",
                type=Word(tuple(LAYOUTS)),
                default=USUAL,
                show_default=True,
                help="How it is laid out: see `stretchkit layouts`.",
            ),
            click.option("--paper", type=Word(PAPERS), default="a4", show_default=True),
            click.option(
                "--orientation", type=Word(ORIENTATIONS), help="The layout's usual one if left out."
            ),
            click.option(
                "--size",
                type=Word(tuple(POINTS)),
                default="normal",
                show_default=True,
                help="The size of the type: 12, 16 or 18 points.",
            ),
            click.option(
                "--ink",
                type=Word(INKS),
                default="full",
                show_default=True,
                help="save: lines alone, without fills and colours.",
            ),
            click.option(
                "--style",
                "drawings",
                type=Word(("colour", "grey", "line", "none")),
                default="colour",
                show_default=True,
                help="How exercises are drawn.",
            ),
            click.option(
                "--log",
                "weeks",
                type=click.IntRange(0, 12),
                metavar="WEEKS",
                help="Weeks that a log at the end has room for.",
            ),
            click.option(
                "--blank", is_flag=True, help="Name, day and dosages are lines to write on."
            ),
            click.option(
                "--address", default="", metavar="URL", help="The web address to print as a code."
            ),
            click.option(
                "--also", default="", metavar="LANGUAGE", help="The other language of bilingual."
            ),
        )
    ):
        command = option(command)
    return command


def looks_of(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options of `look_options` as the fields of a `Handout`."""
    person = person_of(*(options[name] for name in _PERSON))
    return {
        "person": person,
        **{name: value for name, value in options.items() if name not in _PERSON},
    }
