"""Commands that look at content: list, show, schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from stretchkit.cli.options import complete_ids, language_option, library_option, open_library
from stretchkit.errors import UnknownIdError

_LISTS = ("exercises", "routines", "guides", "programmes")
_KINDS = (
    "exercise",
    "routine",
    "programme",
    "guide",
    "series",
    "person",
    "term",
    "library",
    "translation",
)


@click.command("list")
@click.argument("what", type=click.Choice(_LISTS), default="exercises")
@click.option("--text", default="", help="Words in the id, the name or an alias.")
@click.option("--region", help="A region of the body, such as neck.")
@click.option("--position", help="The position at the start, such as sitting.")
@click.option("--kind", help="The sort of movement, such as mobility.")
@click.option("--level", help="How demanding: gentle, easy, moderate or harder.")
@click.option("--setting", help="Where: desk, home, bed or travel.")
@click.option("--goal", help="What for, such as ease-tension.")
@click.option("--without", multiple=True, metavar="THING", help="A thing that is not at hand.")
@click.option(
    "--avoid", multiple=True, metavar="CONDITION", help="Leave out what a condition rules out."
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@language_option
@library_option
def list_(
    what: str, format_: str, language: str | None, folder: Path | None, **facets: Any
) -> None:
    """List exercises, routines, guides or programmes, filtered."""
    library = open_library(folder, language)
    if not getattr(library, what):
        library.raise_for_errors()
    contents: Iterable[Any]
    if what == "exercises":
        try:
            contents = library.select(**facets)
        except ValueError as error:
            raise click.UsageError(_unknown_word(error, facets)) from error
    else:
        if any(facets.values()):
            raise click.UsageError(f"filters are for exercises, not for {what}")
        contents = getattr(library, what).values()
    rows = [_row(content, library) for content in contents]
    if format_ == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        facts = f"  ({row['facts']})" if row["facts"] else ""
        click.echo(f"{row['id']:<{width}}  {row['name']}{facts}")
    if not rows:
        told = f"no {what} match" if getattr(library, what) else f"the library has no {what}"
        click.echo(told, err=True)


def _row(content: Any, library: Any) -> dict[str, str]:
    from stretchkit.model.exercise import Exercise  # noqa: PLC0415 - as in `open_library`
    from stretchkit.model.routine import Routine  # noqa: PLC0415
    from stretchkit.timing import duration  # noqa: PLC0415
    from stretchkit.wording import dosage_words, duration_words  # noqa: PLC0415

    facts = ""
    if isinstance(content, Exercise):
        facts = dosage_words(content.dosage, library.language).short
    elif isinstance(content, Routine):
        try:
            facts = duration_words(duration(library.prescriptions(content)), library.language)
        except UnknownIdError:
            facts = ""  # how long it takes is not known; `check` tells which exercise is missing
    return {"id": content.id, "name": content.name, "facts": facts}


def _unknown_word(error: ValueError, facets: Mapping[str, Any]) -> str:
    from stretchkit.model import vocabulary  # noqa: PLC0415
    from stretchkit.source.names import did_you_mean  # noqa: PLC0415

    words = {
        "region": vocabulary.Region,
        "position": vocabulary.Position,
        "kind": vocabulary.Kind,
        "level": vocabulary.Level,
        "setting": vocabulary.Setting,
        "goal": vocabulary.Goal,
        "without": vocabulary.Equipment,
        "avoid": vocabulary.Condition,
    }
    for name, known in words.items():
        given = facets[name]
        for word in given if isinstance(given, tuple) else (given,):
            if word is not None and word not in set(known):
                return f'--{name}: unknown word "{word}"; {did_you_mean(word, known)}'
    return str(error)


@click.command()
@click.argument("id", shell_complete=complete_ids)
@language_option
@library_option
def show(id: str, language: str | None, folder: Path | None) -> None:  # noqa: A002 - as the user says
    """Print an exercise, a routine or a guide as Markdown."""
    from stretchkit.handout import Handout  # noqa: PLC0415
    from stretchkit.model.guide import Guide  # noqa: PLC0415
    from stretchkit.model.routine import Programme  # noqa: PLC0415
    from stretchkit.rendering.handout import (  # noqa: PLC0415
        guide_markdown,
        programme_markdown,
        render,
    )

    library = open_library(folder, language)
    content = library.find(id)
    if isinstance(content, Guide):
        click.echo(guide_markdown(content))
        return
    if isinstance(content, Programme):
        click.echo(programme_markdown(content, library))
        return
    handout = Handout(library.routine_of([id]), library)
    click.echo(render(handout, "markdown").decode(), nl=False)


@click.command()
@click.argument("kind", type=click.Choice(_KINDS), default="exercise")
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of content file, for editors."""
    from stretchkit.source.schema import json_schema  # noqa: PLC0415

    click.echo(json.dumps(json_schema(kind), indent=2))
