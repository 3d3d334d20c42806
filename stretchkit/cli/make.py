"""Commands that make something to hand out: handout, book, site."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from stretchkit.cli.looks import look_options, looks_of
from stretchkit.cli.options import (
    Word,
    cache_option,
    complete_ids,
    day_and_message_options,
    drawing_bar,
    language_option,
    library_option,
    open_library,
    person_of,
    person_options,
    progress_bar,
)
from stretchkit.layouts import LAYOUTS, PARTED, USUAL, Parted

if TYPE_CHECKING:
    from stretchkit.figure.person import HairName, Tone
    from stretchkit.rendering.drawings import Means


def _web_address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Refuse an address that no page can be put behind."""
    if value and not re.fullmatch(r"https?://[^\s/?#:@][^\s?#]*", value):
        raise click.BadParameter(
            f'"{value}" is not the address of a site; write https:// or http://, a host and, '
            "where there is one, a path"
        )
    return value


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=complete_ids)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to write; the suffix picks the format: .pdf, .html or .md.",
)
@click.option("--for", "recipient", default="", metavar="NAME", help="Who it is for.")
@day_and_message_options
@click.option("--title", default="", help="Title of a sheet of several exercises.")
@look_options
@click.option(
    "--preview",
    type=click.IntRange(1),
    metavar="PAGE",
    help="Write a picture of this page too, beside it, as a .png file.",
)
@cache_option
@language_option
@library_option
def handout(
    ids: tuple[str, ...],
    *,
    output: Path,
    recipient: str,
    day: date | None,
    message: str,
    title: str,
    preview: int | None,
    no_cache: bool,
    language: str | None,
    folder: Path | None,
    **looks: Any,
) -> None:
    """Make a handout of a routine, of a guide's routine, or of exercises."""
    from stretchkit.handout import Handout  # noqa: PLC0415 - as in `open_library`
    from stretchkit.rendering.output import format_of, write, write_preview  # noqa: PLC0415

    format_of(output)
    library = open_library(folder, language)
    library.raise_for_errors()
    try:
        sheet = Handout(
            library.routine_of(ids, title=title),
            library,
            recipient=recipient,
            prepared_on=day,
            message=message,
            **looks_of(looks),
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    means = _means(no_cache)
    click.echo(write(sheet, output, means=means))
    if preview:
        file = output.with_name(f"{output.stem}-{preview}.png")
        click.echo(write_preview(sheet, file, preview, means=means))


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to write; the suffix picks the format: .pdf, .epub, .html …",
)
@click.option(
    "--chapters",
    "parted",
    type=Word(PARTED),
    default=PARTED[0],
    show_default=True,
    help="What a chapter is: a part of the body, or a routine.",
)
@click.option("--title", default="", help="The book's title; the library's name if left out.")
@day_and_message_options
@look_options
@cache_option
@language_option
@library_option
@click.pass_context
def book(
    context: click.Context,
    /,
    *,
    output: Path,
    parted: Parted,
    title: str,
    day: date | None,
    message: str,
    no_cache: bool,
    language: str | None,
    folder: Path | None,
    **looks: Any,
) -> None:
    """Make one book of every exercise of a library."""
    from stretchkit.books import book_of  # noqa: PLC0415 - as in `open_library`
    from stretchkit.rendering.output import format_of, write  # noqa: PLC0415

    format_of(output)
    library = open_library(folder, language)
    library.raise_for_errors()
    if context.get_parameter_source("layout") is ParameterSource.DEFAULT:
        looks["layout"] = "book"
    options = {"prepared_on": day, "message": message, **looks_of(looks)}
    try:
        whole = book_of(library, parted=parted, title=title, **options)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(write(whole, output, means=_means(no_cache)))


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def layouts(format_: str) -> None:
    """List the layouts of handouts, with what each is for."""
    if format_ == "json":
        rows = [
            {"layout": name, "told": layout.told, "orientations": layout.orientations}
            for name, layout in LAYOUTS.items()
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(map(len, LAYOUTS))
    for name, layout in LAYOUTS.items():
        usual = " (the usual one)" if name == USUAL else ""
        click.echo(f"{name:<{width}}  {layout.told}{usual}")
        click.echo(f"{'':<{width}}  {' or '.join(layout.orientations)}")


def _means(no_cache: bool) -> Means:
    """Return how drawings are made: by every processor, with a bar that shows how far it is."""
    from stretchkit.figure.workers import usual_workers  # noqa: PLC0415
    from stretchkit.rendering.drawings import Means  # noqa: PLC0415

    return Means(cache=not no_cache, workers=usual_workers(), progress=drawing_bar())


def _advance(bar: Any, done: int, total: int) -> None:
    bar.length = total
    bar.update(done - bar.pos)


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder to write to: new, empty, or holding an earlier site.",
)
@click.option(
    "--base-url",
    default="",
    callback=_web_address,
    help="The site's web address, for absolute links.",
)
@click.option(
    "--style",
    type=click.Choice(["colour", "grey", "line"]),
    default="colour",
    show_default=True,
    help="How exercises are drawn.",
)
@person_options
@cache_option
@library_option
def site(
    output: Path,
    *,
    base_url: str,
    style: Tone,
    body: str | None,
    hair: HairName | None,
    skin: str | None,
    no_cache: bool,
    folder: Path | None,
) -> None:
    """Build the guide site of a library, in all of its languages."""
    from stretchkit.figure.artist import Look  # noqa: PLC0415
    from stretchkit.rendering.output import write_site  # noqa: PLC0415
    from stretchkit.rendering.site import build_site  # noqa: PLC0415

    library = open_library(folder)
    library.raise_for_errors()
    look = Look(person=person_of(body, hair, skin), style=style)
    with progress_bar("pages") as bar:
        pages = build_site(
            library,
            base_url=base_url,
            look=look,
            means=_means(no_cache),
            progress=partial(_advance, bar),
        )
    write_site(pages, output)
    click.echo(output / "index.html")
