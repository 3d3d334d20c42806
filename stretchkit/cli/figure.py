"""The command that draws: figure."""

from __future__ import annotations

from pathlib import Path

import click

from stretchkit.cli.options import (
    Word,
    complete_ids,
    language_option,
    library_option,
    open_library,
    person_of,
    person_options,
)
from stretchkit.figure.drawn import SIGNS, USUAL_SIGNS, Sign
from stretchkit.figure.person import TONES, HairName, Tone


@click.command()
@click.argument("id", shell_complete=complete_ids)
@click.option("--frame", help="The frame or mistake to draw; the last frame when left out.")
@click.option("--side", type=click.Choice(["left", "right"]), help="The side to show.")
@person_options
@click.option("--style", type=Word(TONES), default="colour", show_default=True, help="The colours.")
@click.option(
    "--sign",
    "signs",
    type=Word(SIGNS),
    multiple=True,
    help="What to draw around the person; arrows when left out. May be given again.",
)
@click.option("--plain", is_flag=True, help="The person and the things alone, without signs.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="An .svg or .png file, or a folder for all frames; with --watch an .html file.",
)
@click.option("--animate", is_flag=True, help="The whole movement instead of one frame.")
@click.option("--watch", is_flag=True, help="Draw again whenever a file of the library changes.")
@language_option
@library_option
def figure(  # noqa: PLR0917 - one parameter an option
    id: str,  # noqa: A002 - as the user says
    frame: str | None,
    side: str | None,
    body: str | None,
    hair: HairName | None,
    skin: str | None,
    style: Tone,
    signs: tuple[Sign, ...],
    output: Path | None,
    *,
    plain: bool,
    animate: bool,
    watch: bool,
    language: str | None,
    folder: Path | None,
) -> None:
    """Draw a frame of an exercise as SVG or PNG."""
    from stretchkit.figure.drawing import draw  # noqa: PLC0415 - loads NumPy
    from stretchkit.model.vocabulary import Side  # noqa: PLC0415
    from stretchkit.rendering.output import write_drawing  # noqa: PLC0415

    if plain and signs:
        raise click.UsageError("--plain draws no signs; leave --sign out")
    _check_output(output, animate=animate, watch=watch)
    person = person_of(body, hair, skin)
    if watch:
        from stretchkit.cli.watching import Watch  # noqa: PLC0415

        Watch(id, output or Path(f"{id}.html"), folder, language, person, style).run()
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

        picture = moving(exercise, person=person, style=style, language=words, poses=poses)
        click.echo(write_drawing(picture, output) if output else picture)
        return
    chosen = tuple(sign for sign in SIGNS if sign in signs) or (() if plain else USUAL_SIGNS)

    def picture_of(name: str | None) -> str:
        return draw(
            exercise,
            frame=name,
            side=Side(side) if side else None,
            person=person,
            style=style,
            signs=chosen,
            language=words,
            poses=poses,
        )

    if output is None:
        click.echo(picture_of(frame))
    elif output.suffix:
        click.echo(write_drawing(picture_of(frame), output))
    else:
        shown = [*exercise.figure.frames, *exercise.figure.mistakes]
        for name in [frame] if frame else [each.name for each in shown]:
            click.echo(write_drawing(picture_of(name), output / f"{id}-{name}.svg"))


def _check_output(output: Path | None, *, animate: bool, watch: bool) -> None:
    """Refuse a file of a kind that nothing is written as."""
    if output is None:
        return
    if watch:
        kinds, told = {".html"}, "a page to watch is written as .html"
    elif animate:
        kinds, told = {".svg"}, "a movement is written as .svg"
    else:
        kinds, told = {".svg", ".png", ""}, "a drawing is written as .svg or .png"
    if output.suffix.lower() not in kinds:
        raise click.UsageError(f"{output}: {told}")
