"""Commands that start something: init, new, completion."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import click

from stretchkit.cli.options import library_option, nearest_library

_LIBRARY = """\
name: {name}
language: en
languages: [en]
extends: bundled          # build on StretchKit's own exercises; remove to start empty
brand:
  name: {name}
  colour: "#0b5d66"
  contact: []
"""

_EXERCISE = """\
---
name: {name}
kind: static stretch
regions: [upper-back]
position: sitting
equipment: [chair]
level: gentle
dosage: 2 x hold 15 s each side
cautions:
  recent-surgery: {{action: ask}}
reviewed: null
---
Say in one or two sentences what this exercise is.

## Set up
Say how to get into the starting position.

## Steps
1. Start each step with a verb.
2. Say one thing at a time. {{breath=out hold}}
3. Come back to the start. {{breath=in}}

## Cues
- Spine in one line

## You should feel
Say where a mild stretch may be felt.

## Take care
Say how to stay safe.

## Stop if
- you feel sharp pain

## Make it easier
Say how to make it smaller.

## Make it harder
Say how to go on.
"""

_ROUTINE = """\
---
name: {name}
goals: [ease-tension]
level: gentle
frequency: daily
entries:
  - {entry}
---
Say in one or two sentences who this routine is for.

## Before you start
Say what to have at hand.

## Afterwards
Say how to finish.
"""

_GUIDE = """\
---
name: {name}
---
Say in one or two sentences what the reader learns.

## First part
Write the article under headings of your own.

## Transcript
Tell what the video shows and says.
"""

_README = """\
# {name}

Exercises as plain text. Try:

    stretchkit check
    stretchkit handout my-routine -o sheet.pdf
    stretchkit site -o public
"""


def _folder(_context: click.Context, _parameter: click.Parameter, value: str) -> Path:
    if not value:
        raise click.BadParameter("name a folder; . is the one you stand in")
    return Path(value)


@click.command()
@click.argument("folder", type=click.Path(), callback=_folder, metavar="DIR")
@click.option("--name", help="The library's name; the folder's when left out.")
def init(folder: Path, name: str | None) -> None:
    """Start a library of your own in DIR."""
    from stretchkit.rendering.output import write_new  # noqa: PLC0415 - loads Jinja

    name = _one_line(name or _title(folder.resolve().name))
    quoted = _yaml(name)
    files = {
        "stretchkit.yaml": _LIBRARY.format(name=quoted),
        "README.md": _README.format(name=name),
        "exercises/my-stretch.md": _EXERCISE.format(name="My stretch"),
        "routines/my-routine.md": _ROUTINE.format(name="My routine", entry="my-stretch"),
    }
    write_new({folder / file: text for file, text in files.items()})
    for file in files:
        click.echo(folder / file)


@click.command()
@click.argument("kind", type=click.Choice(["exercise", "routine", "guide"]))
@click.argument("name")
@library_option
def new(kind: str, name: str, folder: Path | None) -> None:
    """Start a content file: stretchkit new exercise "Wall slide"."""
    from stretchkit.rendering.output import write_new  # noqa: PLC0415

    root = folder or nearest_library(Path.cwd())
    if root is None or not (root / "stretchkit.yaml").is_file():
        where = f"{root} has no stretchkit.yaml" if root else "there is no library here"
        raise click.UsageError(f"{where}; start one with: stretchkit init my-library")
    name = _one_line(name)
    place, file = root / f"{kind}s", f"{_id(name)}.md"
    taken = next(place.rglob(file), None)
    if taken:  # an id is one, whatever folder it stands in
        raise click.UsageError(f"{taken} is there already; nothing was written")
    if kind == "exercise":
        text = _EXERCISE.format(name=_yaml(name))
    elif kind == "routine":
        text = _ROUTINE.format(name=_yaml(name), entry=_first_exercise(root))
    else:
        text = _GUIDE.format(name=_yaml(name))
    write_new({place / file: text})
    click.echo(place / file)


def _first_exercise(root: Path) -> str:
    """Return an exercise for a routine to start with: one of the library's own if it can be."""
    from stretchkit.library import Library  # noqa: PLC0415 - as in `open_library`

    known = Library.load(root).exercises
    own = {path.stem for path in (root / "exercises").rglob("*.md")}
    first = next(iter([*sorted(own & set(known)), *known]), None)
    return first or 'my-stretch  # make it with: stretchkit new exercise "My stretch"'


def _one_line(name: str) -> str:
    """Return a name on one line.

    Raises:
        UsageError: if it has a character that no content file may have.
    """
    from stretchkit.diagnostics import Faults  # noqa: PLC0415
    from stretchkit.source.text import decode  # noqa: PLC0415

    name, faults = " ".join(name.split()), Faults()
    decode(name.encode(errors="surrogateescape"), "", faults)
    for fault in faults.sorted():
        raise click.UsageError(f"the name cannot be used: {fault.message}")
    return name


def _id(name: str) -> str:
    """Return the name of a file: the letters of a name without their accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    id_ = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not id_:
        raise click.UsageError(f'"{name}" has no letters a-z or digits to make a file name of')
    return id_


def _title(text: str) -> str:
    return text.replace("-", " ").replace("_", " ").strip().capitalize() or "My library"


def _yaml(text: str) -> str:
    """Return text as a YAML scalar: in quotes where YAML would read it as something else."""
    if re.fullmatch(r"[A-Za-z][A-Za-z ]*", text) and text.lower() not in ("null", "true", "false"):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell; source it in the shell's start file."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    from stretchkit.cli import cli  # noqa: PLC0415 - the group holds this command

    complete = get_completion_class(shell)
    if complete is not None:
        click.echo(complete(cli, {}, "stretchkit", "_STRETCHKIT_COMPLETE").source())
