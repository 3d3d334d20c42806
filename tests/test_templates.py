"""Templates and their typed contexts, checked both ways: nothing undefined, nothing unused.

A view class is filled from its annotations, once with everything and once with nothing, so that a
template meets every combination that it has a branch for and no list of samples has to be kept.
"""

from __future__ import annotations

import pkgutil
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, Union, get_args, get_origin, get_type_hints

import jinja2
import jinja2.meta
import pytest
from jinja2 import nodes

from stretchkit import resources, views
from stretchkit.errors import RenderError
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.environment import render_template
from stretchkit.rendering.handout import html, markdown
from stretchkit.rendering.site import Frame, LanguageLink, build_site
from stretchkit.views.handout import HandoutView
from stretchkit.views.pages import (
    ExercisePage,
    GlossaryPage,
    GuidePage,
    HomePage,
    ListPage,
    ProgrammePage,
    RoutinePage,
)

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

TEMPLATES = resources.data_dir("templates")

VIEW_OF: dict[str, type] = {
    "handout.html": HandoutView,
    "handout.md": HandoutView,
    "layouts/bilingual.html": HandoutView,
    "layouts/cards.html": HandoutView,
    "layouts/deck.html": HandoutView,
    "layouts/poster.html": HandoutView,
    "layouts/book.html": HandoutView,
    "layouts/booklet.html": HandoutView,
    "layouts/log.html": HandoutView,
    "layouts/single.html": HandoutView,
    "layouts/table.html": HandoutView,
    "layouts/teacher.html": HandoutView,
    "site/exercise.html": ExercisePage,
    "site/glossary.html": GlossaryPage,
    "site/guide.html": GuidePage,
    "site/home.html": HomePage,
    "site/list.html": ListPage,
    "site/programme.html": ProgrammePage,
    "site/routine.html": RoutinePage,
}
"""Every template that is a whole document, and the class its names come from."""

PIECES = {
    "layouts/compact.html",
    "layouts/half.html",
    "layouts/parts.html",
    "parts.html",
    "site/base.html",
}
"""Templates that others import or extend; they are rendered as parts of those."""

SITE_CALLS = {"resolve", "picture", "drawing", "href", "frame"}
HANDOUT_CALLS = {"resolve", "picture", "drawing", "half", "again", "pictured_again"}


ABOVE = """\
---
name: Look up
kind: mobility
regions: [neck]
position: sitting
dosage: 5 reps
---
Look up and down.

## Steps
1. Look up.
2. Look down.
"""
SHEET = "---\nname: Short break\nentries: [look-up]\n---\n"
SMALL = {"exercises/look-up.md": ABOVE, "routines/short-break.md": SHEET}


# Views made from their annotations ---------------------------------------------------------------


def view_classes() -> list[type]:
    """Every class that a template gets to see, by name."""
    names = [module.name for module in pkgutil.iter_modules(views.__path__)]
    modules = [import_module(f"{views.__name__}.{name}") for name in names]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
    }
    return sorted(found | {Frame, LanguageLink}, key=lambda cls: cls.__name__)


Spot = tuple[str, str]
"""A class and one of its fields, by name."""


def filled(kind: Any, *, spare: Spot | None = None, at: Spot = ("", "")) -> Any:
    """A value of a type with everything in it, but for the field `spare`, which is left empty.

    Texts say which field they are for. A tuple holds a whole value and an empty one.
    """
    if at == spare:
        return empty(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        values = {
            name: filled(hint, spare=spare, at=(kind.__name__, name))
            for name, hint in hints.items()
        }
        return kind(**values)
    if origin is tuple and arguments[-1] is Ellipsis:
        return (filled(arguments[0], spare=spare, at=("", at[1])), empty(arguments[0]))
    if origin is tuple:
        return tuple(filled(argument, spare=spare, at=("", at[1])) for argument in arguments)
    if origin in (Union, types.UnionType):
        return filled(arguments[0], spare=spare, at=("", at[1]))
    return {str: f"words of {at[1].replace('_', ' ')}", int: 3, float: 1.5, bool: True}[kind]


def empty(kind: Any) -> Any:
    """The emptiest value that a type allows."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: empty(hint) for name, hint in get_type_hints(kind).items()})
    if origin is tuple:
        return () if arguments[-1] is Ellipsis else tuple(map(empty, arguments))
    if origin in (Union, types.UnionType):
        return None
    return kind()


def inner_classes(kind: Any) -> set[type]:
    """Every view class that a type leads to, itself included."""
    found: set[type] = set()
    waiting = [kind]
    while waiting:
        current = waiting.pop()
        if is_dataclass(current) and isinstance(current, type) and current not in found:
            found.add(current)
            waiting += get_type_hints(current).values()
        waiting += get_args(current)
    return found


def calls_for(name: str, frame: Any) -> dict[str, Any]:
    """What a template may call besides the fields of its view."""
    calls: dict[str, Any] = {
        "resolve": lambda kind, id_: f"#{kind}-{id_}",
        "picture": lambda file: f"pictures/{file}",
        "drawing": lambda view: f"{view.name}.svg?{len(view.svg)}",
        "half": lambda _edition, part, _number: part,
        "again": lambda _exercise, _drawing: "",
        "pictured_again": lambda _exercise, _picture: "",
        "href": lambda link: f"{link.kind}/{link.id}.html",
        "frame": frame,
    }
    wanted = SITE_CALLS if name.startswith("site/") else HANDOUT_CALLS
    return {call: calls[call] for call in wanted}


# Names, read off the templates -------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """A template, parsed: the names it takes from outside, those it makes, what it refers to."""

    asks_for: frozenset[str]
    makes: frozenset[str]
    refers_to: frozenset[str]


def parse(name: str) -> Source:
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.install_null_translations()  # type: ignore[attr-defined] # added by the extension
    tree = environment.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    environment.filters.update({node.name: str for node in tree.find_all(nodes.Filter)})
    references = list(jinja2.meta.find_referenced_templates(tree))
    assert None not in references, f"{name} refers to a template by a name made at run time"
    return Source(
        asks_for=frozenset(jinja2.meta.find_undeclared_variables(tree) - set(environment.globals)),
        makes=frozenset(_made(tree)),
        refers_to=frozenset(reference for reference in references if reference),
    )


def _made(tree: nodes.Template) -> Iterator[str]:
    """Names that a template hands on to its blocks: macros, imports, what scoped loops count."""
    for node in tree.body:
        if isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
    for loop in tree.find_all(nodes.For):
        scoped = any(block.scoped for block in loop.find_all(nodes.Block))
        if scoped and isinstance(loop.target, nodes.Name):
            yield loop.target.name


def names_of(name: str) -> set[str]:
    """The names that a template and everything it imports, includes or extends take from a view."""
    asked: set[str] = set()
    made: set[str] = set()
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop()
        seen.add(current)
        source = parse(current)
        asked |= source.asks_for
        made |= source.makes
        waiting += source.refers_to - seen
    return asked - made


def test_every_template_is_known_to_these_tests() -> None:
    found = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*")
        if path.suffix in (".html", ".md") and "fonts" not in path.parts
    }
    assert found == {*VIEW_OF, *PIECES}


@pytest.mark.parametrize("name", VIEW_OF)
def test_every_name_in_a_template_is_a_field_of_its_view_or_a_documented_call(name: str) -> None:
    known = {field.name for field in fields(VIEW_OF[name])}
    known |= SITE_CALLS if name.startswith("site/") else HANDOUT_CALLS
    assert names_of(name) <= known


# Rendering ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", VIEW_OF)
def test_a_view_with_everything_in_it_renders(name: str, language: str, library: Library) -> None:
    edition = library.in_language(language)
    text = render_template(edition, name, filled(VIEW_OF[name]), **calls_for(name, filled(Frame)))
    assert "words of" in text


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", VIEW_OF)
def test_a_view_with_nothing_in_it_renders(name: str, language: str, library: Library) -> None:
    edition = library.in_language(language)
    text = render_template(edition, name, empty(VIEW_OF[name]), **calls_for(name, empty(Frame)))
    assert text.strip()
    assert "words of" not in text
    assert "None" not in text


@pytest.mark.parametrize("name", VIEW_OF)
def test_a_view_renders_without_any_one_of_its_fields(name: str, library: Library) -> None:
    framed = name.startswith("site/")
    classes = inner_classes(VIEW_OF[name]) | (inner_classes(Frame) if framed else set())
    for cls in sorted(classes, key=lambda found: found.__name__):
        for field in fields(cls):
            spot = (cls.__name__, field.name)
            view, frame = filled(VIEW_OF[name], spare=spot), filled(Frame, spare=spot)
            assert render_template(library, name, view, **calls_for(name, frame)), spot


class Balance(HTMLParser):
    """Notes the first tag that is closed and not open, or left open."""

    VOID = frozenset({"br", "hr", "img", "link", "meta", "input", "wbr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fault = ""
        self.feed(text)
        self.close()
        if self.open and not self.fault:
            self.fault = f"<{self.open[-1]}> is never closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif not self.fault:
            self.fault = f"</{tag}> in line {self.getpos()[0]} while {self.open[-1:]} is open"


@pytest.mark.parametrize("make", [filled, empty])
@pytest.mark.parametrize("name", [name for name in VIEW_OF if name.endswith(".html")])
def test_every_tag_that_a_template_opens_is_closed(
    name: str, make: Callable[[Any], Any], library: Library
) -> None:
    text = render_template(library, name, make(VIEW_OF[name]), **calls_for(name, make(Frame)))
    assert Balance(text).fault == ""


# Fields ------------------------------------------------------------------------------------------


class Recorder:
    """Stands for a view in a template and notes which of its fields the template reads."""

    def __init__(self, view: Any, used: set[Spot]) -> None:
        self._view = view
        self._used = used

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._view, name)
        self._used.add((type(self._view).__name__, name))
        return recorded(value, self._used)


def recorded(value: Any, used: set[Spot]) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return Recorder(value, used)
    if isinstance(value, tuple):
        return tuple(recorded(inner, used) for inner in value)
    return value


def fields_read_by(name: str, library: Library) -> set[Spot]:
    """The fields that a template reads of a view with everything in it."""
    used: set[Spot] = set()
    view = filled(VIEW_OF[name])
    inner = {field.name: recorded(getattr(view, field.name), used) for field in fields(view)}
    calls = calls_for(name, Recorder(filled(Frame), used))
    render_template(library, name, replace(view, **inner), **calls)
    return used | {(VIEW_OF[name].__name__, asked) for asked in names_of(name) & set(inner)}


def test_every_field_of_every_view_is_shown_by_some_template(library: Library) -> None:
    used = {spot for name in VIEW_OF for spot in fields_read_by(name, library)}
    declared = {(cls.__name__, field.name) for cls in view_classes() for field in fields(cls)}
    unused = declared - used
    assert unused == set(), "remove these fields or show them"


# Templates of one's own --------------------------------------------------------------------------


def sheet(library: Library) -> Handout:
    return Handout(library.routine("short-break"), library)


def test_a_template_of_ones_own_changes_one_block_of_the_built_in_sheet(
    make_library: MakeLibrary,
) -> None:
    before = html(sheet(make_library(SMALL))).decode()
    own = '{% extends "built-in/handout.html" %}{% block stop %}<p>Own box</p>{% endblock %}'
    after = html(sheet(make_library({**SMALL, "templates/handout.html": own}))).decode()
    box = before[before.index('<section class="stop">') :]
    box = box[: box.index("</section>") + len("</section>")]
    assert after.split() == before.replace(box, "<p>Own box</p>").split()


def test_a_block_of_ones_own_can_show_what_it_replaces(make_library: MakeLibrary) -> None:
    own = '{% extends "built-in/handout.html" %}{% block stop %}<hr>{{ super() }}{% endblock %}'
    text = html(sheet(make_library({**SMALL, "templates/handout.html": own}))).decode()
    assert text.index("<hr>") < text.index('<section class="stop">')


def test_the_block_of_an_exercise_is_used_for_every_exercise(make_library: MakeLibrary) -> None:
    twice = {**SMALL, "exercises/look-down.md": ABOVE.replace("Look up", "Look down")}
    twice["routines/short-break.md"] = "---\nname: Two\nentries: [look-up, look-down]\n---\n"
    own = (
        '{% extends "built-in/handout.html" %}'
        "{% block exercise %}<h2>Card: {{ exercise.name }}</h2>{% endblock %}"
    )
    text = html(sheet(make_library({**twice, "templates/handout.html": own}))).decode()
    assert text.index("<h2>Card: Look up</h2>") < text.index("<h2>Card: Look down</h2>")


def test_a_markdown_template_of_ones_own_escapes_for_markdown(make_library: MakeLibrary) -> None:
    own = '{% extends "built-in/handout.md" %}{% block stop %}{{ "a*b<c"|text }}{% endblock %}'
    text = markdown(sheet(make_library({**SMALL, "templates/handout.md": own}))).decode()
    assert "a\\*b" in text
    assert "Stop and rest if" not in text


def test_a_base_of_ones_own_stands_around_every_page(make_library: MakeLibrary) -> None:
    own = '{% extends "built-in/site/base.html" %}{% block footer %}Our own foot{% endblock %}'
    pages = build_site(make_library({**SMALL, "templates/site/base.html": own}))
    texts = [data.decode() for path, data in pages.items() if path.suffix == ".html"]
    assert texts
    assert all("Our own foot" in text for text in texts)


def test_the_library_s_templates_come_before_its_theme_and_that_before_the_built_in_ones(
    make_library: MakeLibrary,
) -> None:
    library = make_library(
        {
            **SMALL,
            "stretchkit.yaml": "name: Mine\ntheme: blue\n",
            "blue/handout.html": "theme",
            "blue/handout.md": "theme",
            "blue/site/style.css": "theme",
            "templates/handout.html": "own",
        }
    )
    assert html(sheet(library)) == b"own"
    assert markdown(sheet(library)) == b"theme"
    pages = build_site(library)
    assert pages[PurePosixPath("style.css")] == b"theme"
    assert b"<h1>Glossary</h1>" in pages[PurePosixPath("glossary.html")]


def test_templates_of_a_library_that_was_extended_do_not_count(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    library = make_library({**SMALL, "templates/handout.html": "own"})
    other = replace(library, folders=(tmp_path, *library.folders))
    assert html(sheet(other)) != b"own"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ title.nothing }}", 'has no field "nothing"'),
        (
            "{% for exercise in exercises %}{{ exercise.nothing }}{% endfor %}",
            'has no field "nothing"',
        ),
        ("{{ title|nothing }}", "No filter named 'nothing'"),
        ("{% block stop %}", "Unexpected end of template"),
        ('{% include "nothing.html" %}', "nothing.html"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ title + 1 }}", "can only concatenate str"),
        ('{{ "nothing"|heading }}', "'nothing' is not a valid Section"),
    ],
)
def test_a_fault_in_a_template_is_told_with_its_file_and_line(
    fault: str, told: str, make_library: MakeLibrary
) -> None:
    library = make_library({**SMALL, "templates/handout.html": f"<p>\n{fault}\n"})
    with pytest.raises(RenderError) as raised:
        html(sheet(library))
    place = f"{library.folders[0] / 'templates' / 'handout.html'}:2: "
    assert str(raised.value).startswith(place)
    assert told in str(raised.value)
