"""Commands that look at content: list, show, check, schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from stretchkit.cli.options import (
    complete_ids,
    language_option,
    library_option,
    numbered,
    open_library,
)
from stretchkit.errors import Diagnostic, Severity, UnknownIdError

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
        click.echo(f"no {what} match", err=True)


def _row(content: Any, library: Any) -> dict[str, str]:
    from stretchkit.model.exercise import Exercise  # noqa: PLC0415 - as in `open_library`
    from stretchkit.model.routine import Routine  # noqa: PLC0415
    from stretchkit.timing import duration  # noqa: PLC0415
    from stretchkit.wording import dosage_words, duration_words  # noqa: PLC0415

    facts = ""
    if isinstance(content, Exercise):
        facts = dosage_words(content.dosage, library.language).short
    elif isinstance(content, Routine):
        facts = duration_words(duration(library.prescriptions(content)), library.language)
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
        for word in given if isinstance(given, tuple) else filter(None, (given,)):
            if word not in set(known):
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
    from stretchkit.rendering.handout import guide_markdown, render  # noqa: PLC0415

    library = open_library(folder, language)
    content = library.find(id)
    if isinstance(content, Guide):
        click.echo(guide_markdown(content))
        return
    handout = Handout(library.routine_of([id]), library)
    click.echo(render(handout, "markdown").decode(), nl=False)


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json", "sarif"]), default="text")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@library_option
def check(path: Path | None, format_: str, strict: bool, folder: Path | None) -> int:
    """Check content files; PATH is a library or one file of it."""
    library, diagnostics = _checked(path, folder)
    if format_ == "json":
        click.echo(json.dumps([_as_json(d) for d in diagnostics], ensure_ascii=False, indent=2))
    elif format_ == "sarif":
        click.echo(json.dumps(_as_sarif(diagnostics), ensure_ascii=False, indent=2))
    else:
        for diagnostic in diagnostics:
            colour = "red" if diagnostic.severity is Severity.ERROR else "yellow"
            place, _, rest = str(diagnostic).partition(f" {diagnostic.severity} ")
            click.echo(f"{place} {click.style(diagnostic.severity, fg=colour)} {rest}")
        errors = sum(d.severity is Severity.ERROR for d in diagnostics)
        counts = [
            numbered(len(library.exercises), "exercise"),
            numbered(len(library.routines), "routine"),
            numbered(len(library.guides), "guide"),
        ]
        told = f"{numbered(errors, 'error')}, {numbered(len(diagnostics) - errors, 'warning')}"
        click.echo(f"{', '.join(counts)}: {told}", err=True)
    failing = diagnostics if strict else [d for d in diagnostics if d.severity is Severity.ERROR]
    return 1 if failing else 0


def _checked(path: Path | None, folder: Path | None) -> tuple[Any, tuple[Diagnostic, ...]]:
    from stretchkit.cli.options import nearest_library  # noqa: PLC0415

    if path is None or path.is_dir():
        library = open_library(path or folder)
        return library, library.diagnostics
    if not path.exists():
        raise UnknownIdError(f"there is no file or folder {path}")
    root = folder or nearest_library(path.resolve().parent)
    if root is None:
        raise click.UsageError(f"{path} is not in a library: no stretchkit.yaml above it")
    library = open_library(root)
    wanted = path.resolve()
    found = tuple(d for d in library.diagnostics if Path(d.location.path).resolve() == wanted)
    return library, found


def _as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "path": diagnostic.location.path,
        "line": diagnostic.location.line,
        "column": diagnostic.location.column,
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def _as_sarif(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return a SARIF 2.1.0 log, the format that code hosts show beside the lines of a change."""
    from stretchkit import __version__  # noqa: PLC0415
    from stretchkit.diagnostics import CODES  # noqa: PLC0415

    diagnostics = list(diagnostics)
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].title},
            "fullDescription": {"text": CODES[code].explanation},
        }
        for code in sorted({d.code for d in diagnostics})
    ]
    results = [
        {
            "ruleId": d.code,
            "level": str(d.severity),
            "message": {"text": f"{d.message}. {d.hint}" if d.hint else d.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": d.location.path},
                        "region": {
                            "startLine": d.location.line,
                            "startColumn": d.location.column,
                        },
                    }
                }
            ],
        }
        for d in diagnostics
    ]
    driver = {"name": "stretchkit", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


@click.command()
@click.argument("kind", type=click.Choice(_KINDS), default="exercise")
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of content file, for editors."""
    from stretchkit.source.schema import json_schema  # noqa: PLC0415

    click.echo(json.dumps(json_schema(kind), indent=2))
