"""A handout as Markdown, as one HTML file, or as a PDF: `render` picks the renderer by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import quote

from stretchkit.errors import RenderError
from stretchkit.handout import Handout
from stretchkit.layouts import POINTS
from stretchkit.library import Library
from stretchkit.locales import direction, label
from stretchkit.model.guide import Guide
from stretchkit.model.routine import Programme
from stretchkit.model.vocabulary import Section
from stretchkit.rendering.addresses import data_uri, svg_uri
from stretchkit.rendering.drawings import USUAL_MEANS, Means, drawings_of
from stretchkit.rendering.environment import render_template, style_sheet
from stretchkit.rendering.halves import halves_of, second_edition
from stretchkit.rendering.prose import Resolve, blocks_markdown, escape_markdown
from stretchkit.source.names import did_you_mean
from stretchkit.views.drawings import Draw, DrawingView
from stretchkit.views.exercise import person_name
from stretchkit.views.handout import HandoutView, handout_view
from stretchkit.views.pages import Card
from stretchkit.views.site import programme_page


class Made(Protocol):
    """Makes a handout's bytes in a format of StretchKit's own."""

    def __call__(self, handout: Handout, *, means: Means) -> bytes:
        """Return the handout as the bytes of one file."""
        ...


class Renderer(Protocol):
    """Makes a handout's bytes; other packages add renderers as entry points.

    The entry point group is `stretchkit.renderers`; an entry point's name is the format's.
    """

    def __call__(self, handout: Handout) -> bytes:
        """Return the handout as the bytes of one file."""
        ...


def render(
    handout: Handout,
    format: str = "pdf",  # noqa: A002 - the plain word for it
    *,
    means: Means = USUAL_MEANS,
) -> bytes:
    """Return a handout in a format.

    The formats are "pdf", "html", "markdown", "text", "docx" (Word), "epub" (a book), "png" (the
    first page) and
    those that packages added.

    Args:
        handout: what to make.
        format: the format's name.
        means: how its drawings are made; the renderers of packages do that their own way.

    Raises:
        ContentError: if the library has errors.
        RenderError: if there is no such format, or the document cannot be made.
    """
    handout.library.raise_for_errors()
    return _renderer(format, means)(handout)


def _renderer(name: str, means: Means) -> Renderer:
    built_in: dict[str, Made] = {
        "markdown": markdown,
        "html": html,
        "pdf": pdf,
        "text": text,
        "docx": docx,
        "epub": epub,
        "png": png,
    }
    if name in built_in:
        return partial(built_in[name], means=means)
    added = added_renderers()
    if name in added:
        renderer: Renderer = added[name].load()
        return renderer
    raise RenderError(f'there is no format "{name}"; {did_you_mean(name, [*built_in, *added])}')


def added_renderers() -> dict[str, EntryPoint]:
    """Return the renderers that installed packages add, by format; a file's suffix picks them."""
    return {entry.name: entry for entry in entry_points(group="stretchkit.renderers")}


def markdown(handout: Handout, *, means: Means = USUAL_MEANS) -> bytes:
    """Return a handout as Markdown that reads well on a code host."""
    text, _ = markdown_with_pictures(handout, means=means)
    return text


def markdown_with_pictures(
    handout: Handout, *, means: Means = USUAL_MEANS
) -> tuple[bytes, Mapping[PurePosixPath, bytes]]:
    """Return a handout as Markdown, and the files that it refers to by relative path.

    One in two languages says it all in the first, and then in the second.
    """
    if handout.looks.languages > 1:
        editions = [_one_markdown(each, means) for each in (handout, second_edition(handout))]
        text = b"\n---\n\n".join(text for text, _ in editions)
        return text, {path: data for _, files in editions for path, data in files.items()}
    return _one_markdown(handout, means)


def _one_markdown(handout: Handout, means: Means) -> tuple[bytes, Mapping[PurePosixPath, bytes]]:
    library = handout.library
    view = handout_view(handout, drawings_of(handout, means))
    drawings = {
        drawing_path(drawing, library.language): drawing.svg.encode()
        for exercise in view.exercises
        for drawing in exercise.drawings.shown
    }
    files = {p.file for entry in handout.prescriptions for p in entry.exercise.pictures}
    pictures = {picture_path(file): library.picture(file) for file in sorted(files)}
    anchors = {e.anchor: _heading_anchor(f"{e.number}. {e.name}") for e in view.exercises}
    text = render_template(
        handout.library,
        "handout.md",
        view,
        resolve=lambda kind, name: anchors.get(name) if kind == "exercise" else None,
        picture=lambda file: quote(str(picture_path(file))),
        drawing=lambda drawing: quote(str(drawing_path(drawing, library.language))),
    )
    return text.encode(), {**drawings, **pictures}


def _heading_anchor(heading: str) -> str:
    """Return the address that code hosts give a heading: small letters, hyphens, no signs."""
    return "#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def html(handout: Handout, *, means: Means = USUAL_MEANS) -> bytes:
    """Return a handout as one HTML file that needs nothing else and prints well."""
    draw = drawings_of(handout, means)
    return filled(handout, handout_view(handout, draw), draw, resolve=_anchors(handout)).encode()


def filled(
    handout: Handout, view: HandoutView, draw: Draw | None = None, *, resolve: Resolve
) -> str:
    """Return a handout's page, filled with a view of it; `draw` draws for a second language."""
    calls: dict[str, Any] = {
        "resolve": resolve,
        "picture": lambda file: data_uri(file, handout.library.picture(file)),
        "drawing": lambda drawing: svg_uri(drawing.svg),
    }
    if handout.looks.languages > 1:
        calls.update(halves_of(handout, draw, calls))
    return render_template(handout.library, handout.looks.template, view, **calls)


def pdf(handout: Handout, *, means: Means = USUAL_MEANS) -> bytes:
    """Return a handout as a tagged PDF: from parts where they serve, or laid out as a whole."""
    from stretchkit.rendering.compose.sheet import composed  # noqa: PLC0415 - only for PDFs

    return composed(handout, means) or plain_pdf(handout, means=means)


def plain_pdf(handout: Handout, *, means: Means = USUAL_MEANS) -> bytes:
    """Return a handout as a tagged PDF that is laid out as a whole."""
    from stretchkit.rendering.pdf import html_to_pdf  # noqa: PLC0415 - as above

    page = html(handout, means=means).decode()
    opened = direction(handout.library.language) == "rtl"
    return html_to_pdf(page, sheets=handout.looks.sheets, right_to_left=opened)


def text(handout: Handout, *, means: Means = USUAL_MEANS) -> bytes:
    """Return a handout as plain text."""
    from stretchkit.rendering.blocks import blocks  # noqa: PLC0415 - loads an HTML parser
    from stretchkit.rendering.plain import plain_text_of  # noqa: PLC0415

    told = blocks(html(handout, means=means).decode())
    return plain_text_of(told, way=direction(handout.library.language)).encode()


def docx(handout: Handout, *, means: Means = USUAL_MEANS) -> bytes:
    """Return a handout as a Word document."""
    from stretchkit.rendering.blocks import blocks  # noqa: PLC0415 - as above
    from stretchkit.rendering.docx import docx_of  # noqa: PLC0415

    library = handout.library
    return docx_of(
        blocks(html(handout, means=means).decode()),
        title=handout.routine.name,
        author=person_name(handout.routine.author, library) or library.settings.brand.name,
        language=library.language,
        page=handout.page,
        points=POINTS[handout.size],
    )


def epub(handout: Handout, *, means: Means = USUAL_MEANS) -> bytes:
    """Return a handout as a book for reading programs, a chapter an exercise."""
    from stretchkit.rendering.epub import Book, epub_of  # noqa: PLC0415 - as above

    library = handout.library
    book = Book(
        title=handout.routine.name,
        author=person_name(handout.routine.author, library) or library.settings.brand.name,
        language=library.language,
        style=style_sheet(library, "layouts/epub.css"),
        day=handout.prepared_on,
    )
    return epub_of(html(handout, means=means).decode(), book)


def png(handout: Handout, *, means: Means = USUAL_MEANS) -> bytes:
    """Return the first page of a handout as a picture."""
    return preview(handout, means=means)


def preview(
    handout: Handout, page: int = 1, *, dpi: int = 100, means: Means = USUAL_MEANS
) -> bytes:
    """Return a page of a handout as a PNG, as it will be printed.

    Args:
        handout: what to show.
        page: the number of the page, from 1.
        dpi: pixels in an inch of paper, 10 to 600.
        means: how its drawings are made.

    Raises:
        RenderError: if pypdfium2 is not installed, or there is no such page.
    """
    from stretchkit.rendering.png import page_to_png  # noqa: PLC0415 - loads WeasyPrint

    return page_to_png(pdf(handout, means=means), page, dpi=dpi)


def picture_path(file: str) -> PurePosixPath:
    """Return where a picture of a library stands beside a document: under `media/`."""
    return PurePosixPath("media") / file


def drawing_path(drawing: DrawingView, language: str) -> PurePosixPath:
    """Return where a drawing, whose words are in a language, stands beside a document."""
    return PurePosixPath("media/drawings") / f"{drawing.name}.{language}.svg"


def _anchors(handout: Handout) -> Resolve:
    """Resolve links to exercises of the same sheet; others have nowhere to go on paper."""
    present = {entry.exercise for entry in handout.routine.entries}

    def resolve(kind: str, name: str) -> str | None:
        return f"#{name}" if kind == "exercise" and name in present else None

    return resolve


def guide_markdown(guide: Guide) -> str:
    """Return a guide's article as Markdown."""
    parts = [f"# {escape_markdown(guide.name)}", guide.summary]
    parts += [f"## {passage.heading}\n\n{passage.text}" for passage in guide.passages]
    if guide.transcript:
        parts.append(f"## {label(Section.TRANSCRIPT, guide.language)}\n\n{guide.transcript}")
    return blocks_markdown("\n\n".join(filter(None, parts)), lambda _kind, _id: None)


def programme_markdown(programme: Programme, library: Library) -> str:
    """Return a programme's phases and routines as Markdown."""
    page = programme_page(programme, library)
    parts = [f"# {escape_markdown(page.name)}", page.weeks, page.summary]
    for phase in page.phases:
        parts.append(f"## {escape_markdown(phase.name)}")
        parts.append(" · ".join(filter(None, (phase.weeks, phase.frequency))))
        parts.append("\n".join(f"- {_routine_line(card)}" for card in phase.routines))
    return blocks_markdown("\n\n".join(filter(None, parts)), lambda _kind, _id: None)


def _routine_line(card: Card) -> str:
    facts = " · ".join(filter(None, (f"`{card.link.id}`", card.facts)))
    return f"{escape_markdown(card.link.text)} ({facts})"
