"""The command that tells the faults of content files: check."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import click

from stretchkit.cli.options import (
    drawing_bar,
    library_option,
    nearest_library,
    numbered,
    open_library,
)
from stretchkit.errors import Diagnostic, Severity, UnknownIdError

if TYPE_CHECKING:
    from stretchkit.library import Library
    from stretchkit.loading import Key


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json", "sarif"]), default="text")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--no-cache", is_flag=True, help="Pose every figure anew, and keep nothing.")
@library_option
def check(
    path: Path | None, *, format_: str, strict: bool, no_cache: bool, folder: Path | None
) -> int:
    """Check content files; PATH is a library, or one folder or file of it."""
    counts, diagnostics = _check(path, folder, cache=not no_cache)
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
        told = f"{numbered(errors, 'error')}, {numbered(len(diagnostics) - errors, 'warning')}"
        click.echo(f"{counts}: {told}", err=True)
    failing = diagnostics if strict else [d for d in diagnostics if d.severity is Severity.ERROR]
    return 1 if failing else 0


class _Checked(NamedTuple):
    """What was checked, as one counts it, and the faults in it."""

    counts: str
    diagnostics: tuple[Diagnostic, ...]


def _check(path: Path | None, folder: Path | None, *, cache: bool) -> _Checked:
    """Check a whole library, or one folder or file of it."""
    if path is None:
        return _whole(open_library(folder), cache)
    if not path.exists():
        raise UnknownIdError(f"there is no file or folder {path}")
    place = _place(path)
    root = folder or nearest_library(place if path.is_dir() else place.parent)
    if path.is_dir() and (root is None or place == _place(root)):
        return _whole(open_library(path), cache)
    if root is None:
        raise click.UsageError(f"{path} is not in a library: no stretchkit.yaml above it")
    library = open_library(root)
    told = [d for d in library.diagnostics if _is_beneath(d.location.path, place)]
    figures = [key for key, at in library.places.items() if _is_beneath(at.path, place)]
    found = _sorted(told, _posed(library, figures, cache))
    number = len(_content_files(place, _place(root)))
    if not number and not found:
        raise click.UsageError(f"{path} is not content of the library {root}")
    return _Checked(numbered(number, "file"), found)


def _whole(library: Library, cache: bool) -> _Checked:
    counts = (
        numbered(len(library.exercises), "exercise"),
        numbered(len(library.routines), "routine"),
        numbered(len(library.guides), "guide"),
    )
    return _Checked(", ".join(counts), _sorted(library.diagnostics, _posed(library, None, cache)))


def _posed(library: Library, only: Collection[Key] | None, cache: bool) -> tuple[Diagnostic, ...]:
    """Return the faults that show when figures are posed."""
    from stretchkit.figure.workers import usual_workers  # noqa: PLC0415

    progress = drawing_bar("figures")
    return library.check_figures(only, cache=cache, workers=usual_workers(), progress=progress)


def _sorted(*diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted({each for some in diagnostics for each in some}))


def _is_beneath(path: str, place: Path) -> bool:
    return _place(Path(path)).is_relative_to(place)


def _place(path: Path) -> Path:
    """Return where a file or folder stands; a link that is a file stands where the link is."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _content_files(place: Path, root: Path) -> list[Path]:
    """Return the content files of a library at or below a place."""
    from stretchkit.loading import SETTINGS_FILE  # noqa: PLC0415 - as in `open_library`
    from stretchkit.source import poses  # noqa: PLC0415
    from stretchkit.source.document import KINDS  # noqa: PLC0415

    suffixes = {folder: kind.suffix for folder, kind in KINDS.items()}
    suffixes[poses.FOLDER] = poses.SUFFIX
    found = []
    for path in [place] if place.is_file() else place.rglob("*"):
        names = path.relative_to(root).parts if path.is_relative_to(root) else ()
        suffix = suffixes.get(names[0]) if names and path.name != "README.md" else None
        hidden = any(name.startswith(".") for name in names)
        if names == (SETTINGS_FILE,) or (path.suffix == suffix and not hidden):
            found.append(path)
    return found


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
                        "artifactLocation": {"uri": quote(d.location.path)},
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
