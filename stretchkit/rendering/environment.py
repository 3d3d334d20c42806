"""Jinja: where templates are looked up, and what they can call.

A template is taken from the first of these that has it: the library's `templates/` folder, its
theme, the built-in templates. An undefined name is an error, never an empty string. A template of
the user's extends the built-in one of the same name as `built-in/handout.html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from stretchkit import resources
from stretchkit.errors import RenderError, StretchKitError
from stretchkit.library import Library
from stretchkit.locales import catalogue, direction, direction_of, is_mixed, isolated, label
from stretchkit.model.vocabulary import Section
from stretchkit.rendering import prose
from stretchkit.rendering.addresses import ruled_uri, svg_uri

BUILT_IN = "built-in"

_TAG_OR_BLANK = re.compile("<[^>]*>|_{3,}")
_STROKE = 3
"""How many strokes of a line to write on stand for one that was typed."""

_NO_FIELD = re.compile(r"'[\w.]*?(\w+) object' has no attribute '(\w+)'")


def render_template(library: Library, name: str, view: Any, **calls: Any) -> str:
    """Return a template filled with a view.

    Args:
        library: whose templates and language to use.
        name: the template's name; a name that ends in `.md` escapes for Markdown, others for HTML.
        view: a dataclass whose fields are the template's variables.
        calls: functions that the template may call, among them `resolve(kind, id)`.

    Raises:
        RenderError: if the template has a fault; the message names its file and line.
    """
    folders = template_folders(library)
    environment = _environment(folders, library.language, name.endswith(".md"))
    context = {field.name: getattr(view, field.name) for field in fields(view)}
    try:
        return environment.get_template(name).render(context | calls)
    except TemplateSyntaxError as error:
        place = f"{error.filename or name}:{error.lineno}"
        raise RenderError(f"{place}: the template cannot be read: {error.message}") from error
    except StretchKitError:
        raise
    except RecursionError as error:
        found = next((f for f in folders if (f / name).is_file()), Path())
        hint = f'to build on the built-in one, write {{% extends "{BUILT_IN}/{name}" %}}'
        raise RenderError(f"{found / name}:1: the template uses itself; {hint}") from error
    except UnicodeDecodeError as error:
        file = next((file for folder in folders for file in _not_utf8(folder)), name)
        raise RenderError(f"{file}: the template is not UTF-8; save it as UTF-8") from error
    except Exception as error:
        # A template is a program, so anything may go wrong in it; faults of ours pass on.
        place = _place(error, folders)
        if not place:
            raise
        told = _NO_FIELD.sub(r'\1 has no field "\2"', str(error))
        raise RenderError(f"{place}: the template fails: {told}") from error


def style_sheet(library: Library, name: str) -> str:
    """Return a style sheet from the first folder of templates that has it."""
    found = next(folder / name for folder in template_folders(library) if (folder / name).is_file())
    return found.read_text(encoding="utf-8")


def template_folders(library: Library) -> tuple[Path, ...]:
    """Return the folders that templates are looked up in, the user's own first."""
    found = []
    for folder in library.folders[:1]:
        found.append(folder / "templates")
        if library.settings.theme:
            found.append(folder / library.settings.theme)
    return (*(folder for folder in found if folder.is_dir()), resources.data_dir("templates"))


def _place(error: BaseException, folders: tuple[Path, ...]) -> str:
    """Return file and line of the innermost template in a traceback."""
    place, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(file.startswith(str(folder)) for folder in folders):
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _not_utf8(folder: Path) -> Iterator[Path]:
    """Yield the templates of a folder that cannot be read as text."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".html", ".md", ".css"):
            try:
                file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                yield file


@lru_cache(maxsize=32)
def _environment(folders: tuple[Path, ...], language: str, for_markdown: bool) -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader([str(folder) for folder in folders]),
                PrefixLoader({BUILT_IN: FileSystemLoader(str(folders[-1]))}),
            ]
        ),
        autoescape=not for_markdown,  # noqa: S701 - Markdown is escaped by the filter `text`
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined] # added by the i18n extension
    environment.filters["heading"] = lambda name: label(Section(name), language)
    if for_markdown:
        environment.filters.update(prose=_markdown_prose, inline=_markdown_prose)
        environment.filters.update(text=prose.escape_markdown, isolated=_marked)
    else:
        environment.filters.update(prose=_html_prose, inline=_html_inline, plain=prose.plain_text)
        environment.filters.update(css=_css_string, slots=_slots)
        environment.filters.update(isolated=_html_isolated, tongue=_tongue, way=_way)
        environment.filters.update(svg_address=svg_uri, ruled_address=ruled_uri)
    return environment


def _slots(text: str) -> Markup:
    """Return plain text whose blanks are lines to write on."""
    return _with_lines(str(escape(text)))


def _with_lines(html: str) -> Markup:
    """Return HTML whose blanks, `___`, are lines to write on; more strokes make a longer line."""

    def line(found: re.Match[str]) -> str:
        strokes = found[0]
        if strokes.startswith("<"):
            return strokes
        return f'<span class="blank">{"_" * (_STROKE * len(strokes))}</span>'

    return Markup(_TAG_OR_BLANK.sub(line, html))  # noqa: S704 - it was HTML before


def _css_string(text: str) -> Markup:
    """Return text for a quoted string of a style sheet; nothing in it can end the string."""
    safe = (c if c.isalnum() or c in " .,:{}()/·-" else f"\\{ord(c):06x} " for c in text)
    return Markup("".join(safe))  # noqa: S704 - every other character is escaped


def _of_page(context: Context, name: str) -> str:
    """Return the language or the direction of the page: a handout's own, or that of a frame."""
    found: str = getattr(context["frame"], name) if "frame" in context else context.get(name, "")
    return found


@pass_context
def _marked(context: Context, text: str) -> str:
    return isolated(text, _of_page(context, "direction"))


@pass_context
def _html_isolated(context: Context, text: str) -> Markup:
    """Return a text whose letters take no words around it along, whatever script it is in."""
    way, shown = _of_page(context, "direction"), escape(text)
    if not text or not is_mixed(text, way):
        return shown
    return Markup('<bdi dir="{}">{}</bdi>').format(direction_of(text) or way, shown)


@pass_context
def _tongue(context: Context, language: str | None) -> Markup:
    """Return the attributes of an element whose words are in a language, if not the page's."""
    if language in (None, "", _of_page(context, "language")):
        return Markup("")
    way = direction(language)
    other = "" if way == _of_page(context, "direction") else f' dir="{way}"'
    return Markup(' lang="{}"').format(language) + Markup(other)  # noqa: S704 - one of two words


@pass_context
def _way(context: Context, text: str) -> Markup:
    """Return the attribute of an element whose words somebody typed, in whatever script."""
    way = direction_of(text)
    return Markup(f' dir="{way}"' if way not in ("", _of_page(context, "direction")) else "")  # noqa: S704 - as above


@pass_context
def _html_prose(context: Context, text: str) -> Markup:
    return _with_lines(prose.blocks_html(text, context["resolve"]))


@pass_context
def _html_inline(context: Context, text: str) -> Markup:
    return _with_lines(prose.inline_html(text, context["resolve"]))


@pass_context
def _markdown_prose(context: Context, text: str) -> str:
    return prose.blocks_markdown(text, context["resolve"])
