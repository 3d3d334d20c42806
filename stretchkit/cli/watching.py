"""Writing a pose and seeing it: a page that is drawn again whenever a file changes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretchkit.cli.options import open_library
from stretchkit.errors import StretchKitError

if TYPE_CHECKING:
    from stretchkit.figure.person import DrawnPerson, Tone
    from stretchkit.library import Library

_EVERY = 0.3
"""Seconds between two looks at the files."""

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem; background: #fff; color: #222; }
figure { display: inline-block; margin: 0 2rem 1.5rem 0; vertical-align: bottom; }
svg { zoom: 1.8; display: block; }
figcaption { margin-top: .5rem; }
pre { white-space: pre-wrap; border-left: 4px solid #c8341f; padding: .5rem 1rem; }
"""


@dataclass(frozen=True, slots=True)
class Watch:
    """A page of an exercise's frames that follows its file."""

    id: str
    page: Path
    folder: Path | None
    language: str | None
    person: DrawnPerson
    tone: Tone

    def run(self, looks: Iterable[None] | None = None) -> None:
        """Draw now and after every change, until the terminal says stop.

        Args:
            looks: one turn for each look at the files; endless, with a pause, when left out.

        Raises:
            UnknownIdError: if the library has no such exercise.
        """
        library = open_library(self.folder, self.language)
        library.exercise(self.id)
        seen: dict[Path, tuple[int, int]] = {}
        click.echo(f"open {self.page.resolve().as_uri()} in a browser; Ctrl+C stops", err=True)
        try:
            for _ in _forever() if looks is None else looks:
                now = dict(_stamps(library.folders))
                if now != seen:
                    library = open_library(self.folder, self.language) if seen else library
                    self._write(library)
                    seen = now
        except KeyboardInterrupt:
            click.echo("stopped", err=True)

    def _write(self, library: Library) -> None:
        from stretchkit.rendering.output import write_drawing  # noqa: PLC0415 - as the command

        faults = [str(d) for d in library.diagnostics if Path(d.location.path).stem == self.id]
        pictures = ""
        try:
            pictures = self._pictures(library)
        except StretchKitError as error:
            faults.append(str(error))
        told = "".join(f"<pre>{escape(fault)}</pre>" for fault in faults)
        # The page asks for itself again: it works from disk, without a server or a script.
        again = '<meta charset="utf-8"><meta http-equiv="refresh" content="1">'
        head = f"{again}<title>{escape(self.id)}</title><style>{_STYLE}</style>"
        html = f'<!doctype html><html lang="{library.language}">{head}{told}{pictures}</html>\n'
        write_drawing(html, self.page)
        for fault in faults:
            click.echo(fault, err=True)
        click.echo(f"drawn: {self.page}")

    def _pictures(self, library: Library) -> str:
        from stretchkit.figure.drawing import draw_frame  # noqa: PLC0415 - loads NumPy

        exercise = library.exercise(self.id)
        found = ""
        for frame in exercise.figure.frames if exercise.figure else ():
            drawing = draw_frame(
                exercise,
                frame.name,
                person=self.person,
                style=self.tone,
                poses=library.poses,
            )
            words = escape(drawing.told(library.language).text)
            name = f"<strong>{escape(frame.name)}</strong><br>{words}"
            svg = drawing.worded(library.language)
            found += f"<figure>{svg}<figcaption>{name}</figcaption></figure>"
        return found


def _forever() -> Iterator[None]:
    while True:
        yield
        time.sleep(_EVERY)


def _stamps(folders: Iterable[Path]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Yield when each content file last changed, and how long it is."""
    for folder in folders:
        for kind in ("exercises/**/*.md", "poses/*.yaml", "stretchkit.yaml"):
            for path in folder.glob(kind):
                try:
                    state = path.stat()
                except FileNotFoundError:
                    continue  # an editor replaces a file by removing it first
                yield path, (state.st_mtime_ns, state.st_size)
