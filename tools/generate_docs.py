"""Write the parts of docs/ that are read off the code.

    python tools/generate_docs.py            write them
    python tools/generate_docs.py --check    write nothing; exit 1 when one is out of date

A generated part stands in a page between `<!-- generated: NAME -->` and `<!-- end -->`; NAME is
one of `PARTS` below, with what it is about after a space. Everything around it is written by hand.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import importlib
import inspect
import re
import sys
import textwrap
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, nodes
from pydantic.fields import FieldInfo

import stretchkit
from stretchkit.batch.columns import Column, columns
from stretchkit.cli import cli
from stretchkit.diagnostics import CODES
from stretchkit.figure.drawn import Description, Drawing
from stretchkit.layouts import LAYOUTS, PAPERS, Page
from stretchkit.library import Library
from stretchkit.locales import label, languages
from stretchkit.model import vocabulary
from stretchkit.model.dosage import Dosage
from stretchkit.model.exercise import Exercise
from stretchkit.model.vocabulary import Section, Side, Word
from stretchkit.rendering import site
from stretchkit.resources import data_dir
from stretchkit.source import body, kinds_of_text
from stretchkit.source.document import KINDS
from stretchkit.source.schema import SHAPES, attribute_docs
from stretchkit.views.handout import HandoutView
from stretchkit.wording import dosage_words

ROOT = Path(__file__).parent.parent
_PART = re.compile(
    r"(?P<start><!-- generated: (?P<name>[a-z]+)(?: (?P<about>[a-z]+))? -->\n)"
    r".*?(?P<end><!-- end -->)",
    re.DOTALL,
)


def generate(root: Path) -> dict[Path, str]:
    """Return the text that every page with generated parts should have."""
    pages = {}
    for path in sorted((root / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if _PART.search(text):
            pages[path] = _PART.sub(_fill, text)
    return pages


def _fill(match: re.Match[str]) -> str:
    part = PARTS[match["name"]]
    made = part(match["about"]) if match["about"] else part()
    return f"{match['start']}\n{made.strip()}\n\n{match['end']}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


# --- the content format --------------------------------------------------------------------------

_LISTS: dict[type[Word], str] = {
    vocabulary.Kind: "Kinds",
    vocabulary.Region: "Regions",
    vocabulary.Position: "Positions",
    vocabulary.Equipment: "Equipment",
    vocabulary.Level: "Levels",
    vocabulary.Setting: "Settings",
    vocabulary.Goal: "Goals",
    vocabulary.Condition: "Conditions",
    vocabulary.CautionAction: "Actions",
    vocabulary.Muscle: "Muscles",
    vocabulary.View: "Views",
    vocabulary.CloseUp: "Close-ups",
    vocabulary.Breath: "Breath",
    vocabulary.Side: "Sides",
}

_VALUES: tuple[tuple[Any, str], ...] = (
    (kinds_of_text.Id, "id"),
    (kinds_of_text.Day, "day, such as `2026-01-31`"),
    (kinds_of_text.Url, "web address"),
    (kinds_of_text.PicturePath, "picture file"),
    (kinds_of_text.Language, "language, such as `en` or `pt-BR`"),
    (kinds_of_text.Colour, 'colour, such as `"#0b5d66"`'),
    (kinds_of_text.DosageLine, "[dosage line](#dosage-lines)"),
)


def files() -> str:
    """Return the kinds of content file and where each one lives."""
    rows = [
        (f"[{kind.name}](#{_anchor(kind.name)})", f"`{kind.folder}/**/<id>{kind.suffix}`")
        for kind in KINDS.values()
    ]
    rows.append(("[library](#library)", "`stretchkit.yaml`"))
    return _table(["Kind", "File"], rows)


def fields(kind: str) -> str:
    """Return every field of a kind's front matter, those inside of fields too."""
    rows = list(_fields(SHAPES[kind], ""))
    return _table(["Field", "Value", "When left out", "Meaning"], rows)


def _fields(shape: type[Any], prefix: str) -> Iterator[tuple[str, str, str, str]]:
    hints = typing.get_type_hints(shape, include_extras=True)
    texts = attribute_docs(shape)
    # A shape of its own fields first, then those that it shares with others.
    own = list(vars(shape).get("__annotations__", {}))
    for field in sorted(dataclasses.fields(shape), key=lambda f: f.name not in own):
        hint = hints[field.name]
        name = prefix + _written_name(hint, field.name)
        yield f"`{name}`", _value(hint), _left_out(field), texts.get(field.name, "")
        inner = next(filter(dataclasses.is_dataclass, _parts(hint)), None)
        if isinstance(inner, type):
            yield from _fields(inner, f"{name}.")


def _written_name(hint: Any, name: str) -> str:
    """Return a field's name in a file, where that is a word Python keeps for itself."""
    found = (
        part.alias for part in getattr(hint, "__metadata__", ()) if isinstance(part, FieldInfo)
    )
    return next(filter(None, found), name)


def _parts(hint: Any) -> Iterator[Any]:
    """Yield a type and every type inside of it."""
    yield hint
    for part in typing.get_args(hint):
        if not isinstance(part, str | FieldInfo):
            yield from _parts(part)


def _value(hint: Any) -> str:
    for known, text in _VALUES:
        if hint == known:
            return text
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _value(inner[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_value(part) for part in inner if part is not type(None))
    if origin is typing.Literal:
        return " or ".join(f"`{word}`" for word in inner)
    if origin is list:
        return f"list: {_value(inner[0])}"
    if origin is dict:
        return f"mapping: {_value(inner[0])} to {_value(inner[1])}"
    if isinstance(hint, type) and issubclass(hint, Word):
        return f"word of [{_LISTS[hint]}](#{_anchor(_LISTS[hint])})"
    if dataclasses.is_dataclass(hint):
        return "mapping, see below"
    return {str: "text", int: "whole number", Any: "anything"}[hint]


def _left_out(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "**needed**"
    if field.default in (None, dataclasses.MISSING):
        return ""
    return f"`{field.default}`"


def sections() -> str:
    """Return every section a file may have, in all languages."""
    others = [language for language in languages() if language != "en"]
    rows = []
    for kind, known in (("exercise", body.EXERCISE_SECTIONS), ("routine", body.ROUTINE_SECTIONS)):
        for section, holds in known.items():
            rows.append([kind, *_headings(section, others), holds.value])
    transcript = [*_headings(Section.TRANSCRIPT, others), body.Holds.TEXT.value]
    rows.append(["guide", *transcript])
    return _table(["File", "Heading", *(f"In `{name}`" for name in others), "Holds"], rows)


def _headings(section: Section, others: Iterable[str]) -> list[str]:
    return [f"`## {label(section, language)}`" for language in ("en", *others)]


def words() -> str:
    """Return the closed lists, each word with what readers see."""
    parts = []
    for known, title in _LISTS.items():
        more = _more_columns(known)
        head = ["Word", *(f"Shown in `{language}`" for language in languages()), *more]
        rows = []
        for word in known:
            shown = [label(word, language) for language in languages()]
            rows.append([f"`{word}`", *shown, *(column(word) for column in more.values())])
        parts.append(f"### {title}\n\n{inspect.getdoc(known)}\n\n{_table(head, rows)}")
    return "\n".join(parts)


def _more_columns(known: type[Word]) -> dict[str, Callable[[Any], str]]:
    if known is vocabulary.Region:
        return {"Group": lambda word: vocabulary.group_of(word).label}
    if known is vocabulary.Position:
        return {"Height": lambda word: vocabulary.HEIGHTS[word].label}
    if known is vocabulary.Muscle:
        return {"Anatomical name": lambda word: str(word.anatomical)}
    return {}


_DOSAGES = (
    "hold 15 s each side",
    "2 x hold 15-30 s each side",
    "8-10 reps slow",
    "3 x 10 reps, rest 30 s",
    "10 reps, hold 3 s, changing sides",
    "6 breaths in 4 out 6",
    "breath 4-4-4-4, for 2 min",
    "8 reps, 6 s each",
    "hold 1 min, 2 times a day",
    "5 reps, every 2 h, feel 3-4/10",
    "___ reps, hold ___ s",
)


def dosages() -> str:
    """Return dosage lines and how they are put into words."""
    rows = [(f"`{line}`", dosage_words(Dosage.parse(line), "en").sentence) for line in _DOSAGES]
    return _table(["You write", "The sheet says"], rows)


# --- the command line ----------------------------------------------------------------------------


def commands() -> str:
    """Return every command with its arguments and options."""
    context = cli.make_context("stretchkit", [], resilient_parsing=True)
    parts = [f"## stretchkit\n\n{_first(cli.help)}\n\n{_options(cli, context)}"]
    for name in sorted(cli.commands):
        command = cli.commands[name]
        inner = click.Context(command, info_name=name, parent=context)
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        usage = " ".join(["stretchkit", name, *map(_usage, arguments), "[OPTIONS]"])
        text = f"```text\n{usage}\n```"
        choices = [_choices(argument) for argument in arguments]
        parts.append(
            "\n\n".join(
                filter(None, [f"## stretchkit {name}", _first(command.help), text, *choices])
            )
            + f"\n\n{_options(command, inner)}"
        )
    return "\n".join(parts)


def _first(text: str | None) -> str:
    return " ".join(inspect.cleandoc(text or "").split())


def _usage(argument: click.Argument) -> str:
    name = (argument.metavar or (argument.name or "")).upper()
    name = name if argument.nargs == 1 or name.endswith("...") else f"{name}..."
    return name if argument.required else f"[{name}]"


def _choices(argument: click.Argument) -> str:
    if not isinstance(argument.type, click.Choice):
        return ""
    listed = ", ".join(f"`{choice}`" for choice in argument.type.choices)
    start = f" When left out: `{argument.default}`." if not argument.required else ""
    return f"`{(argument.name or '').upper()}` is one of {listed}.{start}"


def _options(command: click.Command, context: click.Context) -> str:
    rows = []
    for option in command.get_params(context):
        if isinstance(option, click.Option):
            names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len))
            meaning = _first(option.help)
            if option.required:
                meaning += " **Needed.**"
            if isinstance(option.type, click.Choice) and isinstance(option.default, str):
                meaning += f" When left out: `{option.default}`."
            rows.append((names, _option_value(option), meaning.strip()))
    return _table(["Option", "Value", "Meaning"], rows)


def _option_value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " or ".join(f"`{choice}`" for choice in option.type.choices)
    several = ", may be repeated" if option.multiple else ""
    return f"{option.metavar or 'TEXT'}{several}"


# --- layouts -------------------------------------------------------------------------------------

_SHEETS = {
    "single": "",
    "folded": "two on a sheet of the paper, to fold",
    "cards": "four on a sheet of the paper, to cut",
}


def layouts() -> str:
    """Return every layout, under a heading of its own, with a picture of its first pages."""
    rows, parts = [], []
    for name, layout in LAYOUTS.items():
        pages = "; ".join(f"{_millimetres(layout.page(paper))} ({paper})" for paper in PAPERS)
        held = " or ".join(f"`{way}`" for way in layout.orientations)
        sheets = _SHEETS[layout.sheets]
        rows.append((f"[`{name}`](#{name})", layout.told, held))
        parts.append(
            f"### {name}\n\n{layout.told} Pages: {pages}{f', {sheets}' if sheets else ''}.\n\n"
            f"![The first pages of a handout in the layout {name}](../images/layouts/{name}.png)"
        )
    return "\n\n".join((_table(["Layout", "What it is", "Held"], rows), *parts))


def _millimetres(page: Page) -> str:
    return f"{page.width:.0f} × {page.height:.0f} mm"


# --- diagnostics ---------------------------------------------------------------------------------

_DECADES = {
    "SK00": "Files",
    "SK01": "Files in the wrong place",
    "SK02": "Front matter",
    "SK03": "Fields",
    "SK04": "Words",
    "SK05": "References",
    "SK06": "Translations",
    "SK07": "The library",
    "SK08": "Words of figures",
    "SK09": "Figures, posed",
    "SK10": "Lists of people",
}


def codes() -> str:
    """Return every diagnostic code, under a heading of its own, with an example from the tests."""
    parts, shown = [], ""
    for code, told in sorted(CODES.items()):
        group = _DECADES.get(code[:4], "Other")
        if group != shown:
            parts.append(f"## {group}")
            shown = group
        parts.append(f"### {code}\n\n**{told.title}** ({told.severity}). {told.explanation}")
        parts.extend(f"```text\n{line}\n```" for line in _examples(code)[:1])
    return "\n\n".join(parts)


def _examples(code: str) -> list[str]:
    """Return the lines that the bad files of the tests lead to."""
    expected = sorted((ROOT / "tests" / "faults").glob(f"{code}-*/expected.txt"))
    lines = (line for path in expected for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if f" {code} " in line]


# --- the Python API ------------------------------------------------------------------------------

_GROUPS = {
    "Load and choose": ("library",),
    "Make": ("books", "handout", "rendering", "batch", "figure"),
    "Time": ("timing",),
    "Dosage": ("model.dosage", "model.amounts", "wording"),
    "Content": ("model.exercise", "model.routine", "model.guide"),
    "Settings": ("model.brand",),
    "Closed lists": ("model.vocabulary",),
    "What can go wrong": ("errors",),
}


def exported() -> dict[str, tuple[str, Any]]:
    """Return every exported name with its home module and what it is."""
    found = {}
    for name in stretchkit.__all__:
        home = stretchkit._HOME_OF[name]
        found[name] = home, getattr(importlib.import_module(f"stretchkit.{home}"), name)
    return found


def api() -> str:
    """Return every exported name with its signature and docstring."""
    parts = []
    left = exported()
    for title, homes in _GROUPS.items():
        parts.append(f"## {title}")
        for name, (home, thing) in list(left.items()):
            if any(home == start or home.startswith(f"{start}.") for start in homes):
                parts.append(_entry(name, thing))
                del left[name]
    if left:
        raise KeyError(f"no group of the API reference takes {', '.join(left)}")
    return "\n\n".join(parts)


def _entry(name: str, thing: Any) -> str:
    node = _node(thing)
    if isinstance(node, ast.FunctionDef):
        return f"### {name}()\n\n{_callable(node, name)}"
    parts = [f"### class {name}"]
    if issubclass(thing, Enum):
        parts += [_doc(inspect.getdoc(thing)), f"Words: {_words_of(thing)}."]
        return "\n\n".join(parts)
    if dataclasses.is_dataclass(thing):
        parts.append(_code(f"class {name}", list(_members(node))))
    elif issubclass(thing, Exception):
        parts.append(f"Is a {' and a '.join(f'`{base.__name__}`' for base in thing.__bases__)}.")
    parts.append(_doc(inspect.getdoc(thing)))
    for member in node.body:
        if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
            parts.append(_callable(member, f"{name}.{member.name}"))
    return "\n\n".join(parts)


def _words_of(known: type[Enum]) -> str:
    if issubclass(known, Word):
        title = _LISTS[known]
        return f"see [{title}](content-format.md#{_anchor(title)})"
    return ", ".join(f"`{member.value}`" for member in known)


def _node(thing: Any) -> ast.ClassDef | ast.FunctionDef:
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(thing))).body
    if not isinstance(node, ast.ClassDef | ast.FunctionDef):
        raise TypeError(f"{thing} is neither a class nor a function")
    return node


def _members(node: ast.ClassDef | ast.FunctionDef) -> Iterator[str]:
    """Yield a data class's fields as its constructor takes them."""
    if any("kw_only=True" in ast.unparse(decorator) for decorator in node.decorator_list):
        yield "*"
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign):
            text = f"{_source(statement.target)}: {_source(statement.annotation)}"
            yield text if statement.value is None else f"{text} = {_default(statement.value)}"


def _default(value: ast.expr) -> str:
    match value:
        case ast.Call(func=ast.Name(id="field"), keywords=keywords):
            given = {keyword.arg: _source(keyword.value) for keyword in keywords}
            return given.get("default", {"dict": "{}"}.get(given.get("default_factory", ""), "…"))
    return _source(value)


def _callable(node: ast.FunctionDef, name: str) -> str:
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
    returns = _source(node.returns) if node.returns else "None"
    text = _doc(ast.get_docstring(node))
    if decorators & {"property", "cached_property"}:
        return f"```python\n{name}: {returns}\n```\n\n{text}"
    return f"{_code(name, list(_parameters(node.args)), returns)}\n\n{text}"


def _parameters(args: ast.arguments) -> Iterator[str]:
    first = len(args.args) - len(args.defaults)
    for number, arg in enumerate(args.args):
        if arg.arg not in ("self", "cls"):
            yield _parameter(arg, args.defaults[number - first] if number >= first else None)
    if args.kwonlyargs:
        yield "*"
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield _parameter(arg, default)


def _parameter(arg: ast.arg, default: ast.expr | None) -> str:
    text = f"{arg.arg}: {_source(arg.annotation)}" if arg.annotation else arg.arg
    return text if default is None else f"{text} = {_source(default)}"


def _source(node: ast.expr) -> str:
    return ast.unparse(node).replace("'", '"')


def _code(name: str, parts: list[str], returns: str = "") -> str:
    tail = f" -> {returns}" if returns else ""
    line = f"{name}({', '.join(parts)}){tail}"
    if len(line) > 90:  # noqa: PLR2004 - what a page shows without scrolling
        line = f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){tail}"
    return f"```python\n{line}\n```"


def _doc(text: str | None) -> str:
    """Return a docstring as Markdown; the entries of `Args:` and `Raises:` become lists."""
    head, *blocks = re.split(r"^(Args|Raises):\n", inspect.cleandoc(text or ""), flags=re.MULTILINE)
    parts = [head.strip()]
    for title, block in zip(blocks[::2], blocks[1::2], strict=True):
        entries = re.findall(r"^ {4}(\S+): (.*(?:\n {5,}.*)*)", block, flags=re.MULTILINE)
        lead = "Raises " if title == "Raises" else ""
        lines = [f"- {lead}`{name}`: {' '.join(told.split())}" for name, told in entries]
        parts.append("\n".join(lines))
        parts.append(re.sub(r"^(?: {4}.*\n?)+", "", block).strip())
    return "\n\n".join(filter(None, parts))


# --- templates -----------------------------------------------------------------------------------


def _undrawn(exercise: Exercise, frame: str, side: Side | None = None) -> Drawing:  # noqa: ARG001 - as every `Draw`
    return Drawing("", {"en": Description("", "")})


def _views() -> dict[str, type[Any]]:
    """Return the class whose fields are a template's variables, by template."""
    found: dict[str, type[Any]] = {"handout.html": HandoutView, "handout.md": HandoutView}
    for page in site._pages(Library.bundled(), _undrawn):
        make = page.make.func if isinstance(page.make, partial) else page.make
        found[page.template] = typing.get_type_hints(make)["return"]
    return found


def templates() -> str:
    """Return every template: what it is for, its blocks and its variables."""
    jinja = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    folder, views, parts = data_dir("templates"), _views(), []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix not in (".html", ".md") or "fonts/" in name:
            continue
        tree = jinja.parse(path.read_text(encoding="utf-8"))
        extended = tree.find_all(nodes.Extends)
        facts = [f"Extends: `{_constant(other.template)}`" for other in extended]
        blocks = [f"`{block.name}`" for block in tree.find_all(nodes.Block)]
        if blocks:
            facts.append(f"Blocks: {', '.join(dict.fromkeys(blocks))}")
        macros = [
            f"`{macro.name}({', '.join(arg.name for arg in macro.args)})`"
            for macro in tree.find_all(nodes.Macro)
        ]
        if macros:
            facts.append(f"Macros: {', '.join(macros)}")
        if name in views:
            facts.append(f"Variables: those of {_type(views[name])}")
        parts.append(f"### `{name}`\n\n" + "".join(f"- {fact}\n" for fact in facts))
    return "\n".join(parts)


def _constant(node: nodes.Node) -> str:
    return str(node.value) if isinstance(node, nodes.Const) else "…"


def contexts() -> str:
    """Return every class that templates see, with its fields."""
    parts = []
    for view in _reachable([*_views().values(), site.Frame]):
        hints = typing.get_type_hints(view)
        rows = [(f"`{field.name}`", _type(hints[field.name])) for field in dataclasses.fields(view)]
        told = _doc(inspect.getdoc(view))
        parts.append(f"### {view.__name__}\n\n{told}\n\n{_table(['Field', 'Is'], rows)}")
    return "\n".join(parts)


def _reachable(starts: Iterable[type[Any]]) -> list[type[Any]]:
    found: dict[type[Any], None] = {}
    waiting = list(starts)
    while waiting:
        view = waiting.pop(0)
        if view not in found:
            found[view] = None
            for hint in typing.get_type_hints(view).values():
                inner = (part for part in _parts(hint) if isinstance(part, type))
                waiting += filter(dataclasses.is_dataclass, inner)
    return sorted(found, key=lambda view: view.__name__)


def _type(hint: Any) -> str:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and inner[-1] is Ellipsis:
        return f"list: {_type(inner[0])}"
    if origin is tuple:
        return f"pair: {' and '.join(_type(part) for part in inner)}"
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_type(part) for part in inner)
    if dataclasses.is_dataclass(hint):
        return f"[{hint.__name__}](#{_anchor(hint.__name__)})"  # type: ignore[union-attr]
    words = {str: "text", bool: "true or false", type(None): "none"}
    return words.get(hint) or {int: "number", float: "number"}[hint]


def list_columns() -> str:
    """Return every column of a list of people, with an example of a cell."""
    rows = [
        (f"`{column.name}`", column.told, ", ".join(f"`{word}`" for word in _cells_of(column)))
        for column in columns().values()
    ]
    return _table(["Column", "Says", "Cells"], rows)


def _cells_of(column: Column) -> tuple[str, ...]:
    return column.words or (column.example,)


PARTS: dict[str, Callable[..., str]] = {
    "columns": list_columns,
    "files": files,
    "fields": fields,
    "sections": sections,
    "words": words,
    "dosages": dosages,
    "commands": commands,
    "codes": codes,
    "layouts": layouts,
    "api": api,
    "templates": templates,
    "contexts": contexts,
}


def main() -> None:
    """Write every page whose generated parts changed, or tell which have."""
    parser = argparse.ArgumentParser(description="Write the generated parts of docs/ anew.")
    parser.add_argument("--check", action="store_true", help="only compare; exit 1 on a difference")
    check: bool = parser.parse_args().check
    changed = 0
    for path, text in generate(ROOT).items():
        if path.read_text(encoding="utf-8") != text:
            changed += 1
            print(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT)}")
            if not check:
                path.write_text(text, encoding="utf-8")
    sys.exit(1 if check and changed else 0)


if __name__ == "__main__":
    main()
