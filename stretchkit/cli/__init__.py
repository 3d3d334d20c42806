"""The command `stretchkit`: parse, call the library, print. It holds no logic of its own.

Exit codes: 0 all is well; 1 the content has faults; 2 the command cannot be carried out as it was
given. Whatever goes wrong on purpose is one message without a traceback.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from stretchkit import __version__
from stretchkit.cli.batches import batch
from stretchkit.cli.checking import check
from stretchkit.cli.content import list_, schema, show
from stretchkit.cli.figure import figure
from stretchkit.cli.make import book, handout, layouts, site
from stretchkit.cli.options import numbered
from stretchkit.cli.start import completion, init, new
from stretchkit.errors import ContentError, StretchKitError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try: stretchkit handout upper-back-relaxation -o sheet.pdf",
)
@click.version_option(__version__, prog_name="stretchkit")
@click.pass_context
def cli(context: click.Context) -> None:
    """Exercises as plain text: check them, print handouts, build a guide site."""
    if os.environ.get("NO_COLOR"):
        context.color = False
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise click.UsageError("the folder you stand in is gone; go to another one") from error


for _command in (
    list_,
    show,
    check,
    handout,
    book,
    layouts,
    batch,
    site,
    figure,
    new,
    init,
    schema,
    completion,
):
    cli.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every expected failure becomes a message and an exit code."""
    try:
        sys.exit(_run(arguments))
    except ContentError as error:
        for diagnostic in error.diagnostics:
            click.echo(str(diagnostic), err=True)
        faults = numbered(len(error.diagnostics), "fault")
        click.echo(f"stretchkit: {faults} in the content; nothing was written", err=True)
        sys.exit(1)
    except StretchKitError as error:
        click.echo(f"stretchkit: {error}", err=True)
        sys.exit(2)


def _run(arguments: list[str] | None) -> int:
    try:
        result = cli.main(arguments, prog_name="stretchkit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("stretchkit: stopped", err=True)
        return 130
    return result if isinstance(result, int) else 0
