"""The command that draws: figure."""

from __future__ import annotations

from pathlib import Path

import click

from stretchkit.cli.options import complete_ids, language_option, library_option, open_library


@click.command()
@click.argument("id", shell_complete=complete_ids)
@click.option("--frame", help="The frame to draw; the last one when left out.")
@click.option("--body", default="woman", help="Who is drawn: woman, man, older-woman …")
@click.option("--hair", default="bun", help="The hair: short, bob, bun, long, headscarf or bald.")
@click.option("--skin", default="fair", help="The skin: light, fair, olive, brown or dark.")
@click.option("--style", default="colour", help="colour, grey or line.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="An .svg file; with --watch an .html file, ID.html when left out.",
)
@click.option("--animate", is_flag=True, help="The whole movement instead of one frame.")
@click.option("--watch", is_flag=True, help="Draw again whenever a file of the library changes.")
@language_option
@library_option
def figure(  # noqa: PLR0917 - one parameter an option
    id: str,  # noqa: A002 - as the user says
    frame: str | None,
    body: str,
    hair: str,
    skin: str,
    style: str,
    output: Path | None,
    *,
    animate: bool,
    watch: bool,
    language: str | None,
    folder: Path | None,
) -> None:
    """Draw a frame of an exercise as SVG."""
    from stretchkit.figure.drawing import draw  # noqa: PLC0415 - loads NumPy
    from stretchkit.figure.person import BODIES, HAIRS, SKINS, TONES, Person  # noqa: PLC0415
    from stretchkit.rendering.output import write_drawing  # noqa: PLC0415
    from stretchkit.source.names import did_you_mean  # noqa: PLC0415

    for name, given, known in (
        ("body", body, BODIES),
        ("hair", hair, HAIRS),
        ("skin", skin, tuple(SKINS)),
        ("style", style, TONES),
    ):
        if given not in known:
            raise click.UsageError(
                f'--{name}: unknown word "{given}"; {did_you_mean(given, known)}'
            )
    if output and output.suffix.lower() != (".html" if watch else ".svg"):
        kind = "a page to watch is written as .html" if watch else "a drawing is written as .svg"
        raise click.UsageError(f"{output}: {kind}")
    person = Person(body=body, hair=HAIRS[HAIRS.index(hair)], skin=skin)
    tone = TONES[TONES.index(style)]
    if watch:
        from stretchkit.cli.watching import Watch  # noqa: PLC0415

        Watch(id, output or Path(f"{id}.html"), folder, language, person, tone).run()
        return
    library = open_library(folder, language)
    exercise = library.exercise(id)
    if exercise.figure is None:
        raise click.UsageError(f'the exercise "{id}" has no figure')
    words, poses = library.language, library.poses
    if animate:
        if frame:
            raise click.UsageError("--animate shows every frame; leave --frame out")
        from stretchkit.figure.animation import animate as moving  # noqa: PLC0415

        picture = moving(exercise, person=person, style=tone, language=words, poses=poses)
    else:
        picture = draw(
            exercise, frame=frame, person=person, style=tone, language=words, poses=poses
        )
    if output:
        click.echo(write_drawing(picture, output))
    else:
        click.echo(picture)
