"""The documentation is true: what it shows runs, what it links to is there, nothing is left out.

Each page is played from top to bottom in an empty folder of its own: `python` blocks run and share
their names, `console` blocks run their `$` lines, and a block under `<!-- file: NAME -->` is saved
under that name; a `diff` block under `<!-- change: NAME -->` changes lines of it. `#> ` lines say
what Python prints, the lines under a `$` what the command prints; … stands for anything.

Every other Markdown or YAML block says what it is: `<!-- faulty file: NAME -->` is saved and has
faults, `<!-- facts of: KIND -->` and `<!-- words of: KIND -->` are a piece of a file that loads,
`<!-- sketch -->` is none of these.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import click
import pytest
from jinja2 import Environment, nodes
from jinja2.filters import FILTERS

import stretchkit
from stretchkit.cli import cli
from stretchkit.diagnostics import CODES
from stretchkit.library import Library
from stretchkit.model import vocabulary
from stretchkit.rendering import environment
from stretchkit.source.schema import SHAPES, json_schema

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
REFERENCE = ROOT / "docs" / "reference"


_GENERATED = re.compile(r"<!-- generated: .*?<!-- end -->", re.DOTALL)
_FENCE = re.compile(r"^( *)(`{3,})(\w*)\s*$")
_MARK = re.compile(r"<!-- (file|faulty file|change|facts of|words of|sketch)(?:: (.+?))? -->$")
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")


class Result(Protocol):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language, its text, and the comment above it."""

    page: Path
    line: int
    language: str
    text: str
    mark: str
    about: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def by_hand(page: Path) -> str:
    """Return a page with its generated parts blank, line for line."""
    return _GENERATED.sub(lambda match: "\n" * match[0].count("\n"), read(page))


def blocks(page: Path) -> Iterator[Block]:
    lines = iter(enumerate(by_hand(page).split("\n"), start=1))
    above = ""
    for number, line in lines:
        start = _FENCE.match(line)
        if start is None:
            above = line if line.strip() else above
            continue
        inside: list[str] = []
        for _, text in lines:
            if text.strip() == start[2]:
                break
            inside.append(text.removeprefix(start[1]))
        mark = _MARK.search(above)
        kind, about = (mark[1], mark[2] or "") if mark else ("", "")
        above = ""
        yield Block(page, number, start[3], "\n".join(inside) + "\n", kind, about)


BLOCKS = [block for page in PAGES for block in blocks(page)]


# --- what is shown works -------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_can_be_followed_and_its_files_load_without_a_fault(
    page: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "docs"}
    saved: set[Path] = set()
    for block in (block for block in BLOCKS if block.page == page):
        path = Path.cwd() / block.about
        if block.mark in ("file", "faulty file"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
            (saved.add if block.mark == "file" else saved.discard)(path)
        elif block.mark == "change":
            _change(path, block)
        elif block.language == "python":
            _run_python(block, names)
        elif block.language == "console":
            _run_console(block, run)
    content = {path for path in saved if path.suffix in (".md", ".yaml")}
    if content:
        root = _library_of(content, tmp_path)
        found = Library.load(root).diagnostics
        assert [
            str(fault) for fault in found if Path(fault.location.path).resolve() in content
        ] == []


def _library_of(content: set[Path], start: Path) -> Path:
    """Return the folder of a page's library; one around its files when it shows none."""
    for path in content:
        for folder in path.parents:
            if (folder / "stretchkit.yaml").is_file():
                return folder
    (start / "stretchkit.yaml").write_text(_FACTS["library"], encoding="utf-8")
    return start


def _change(path: Path, block: Block) -> None:
    """Replace the lines that start with `-` by those that start with `+`."""
    text = path.read_text(encoding="utf-8")
    lines = block.text.splitlines(keepends=True)
    old, new = ("".join(s[1:] for s in lines if s.startswith(sign)) for sign in "-+")
    assert text.count(old) == 1, f"{block}: {path} does not have these lines once"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _run_python(block: Block, names: dict[str, Any]) -> None:
    code = compile("\n" * block.line + block.text, str(block), "exec", dont_inherit=True)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, names)  # noqa: S102 - our own documentation
    shown = re.findall(r"^ *#>(?: (.*))?$", block.text, flags=re.MULTILINE)
    if shown or out.getvalue():
        _compare("\n".join(shown), out.getvalue(), f"{block}: what Python prints")


def _run_console(block: Block, run: Run) -> None:
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not parts[0].strip(), f"{block}: a console block starts with a `$ ` line"
    code = 0
    for part in parts[1:]:
        line, _, expected = part.partition("\n")
        command, _, file = line.partition(" > ")
        program, *arguments = shlex.split(command)
        place = f"{block}: $ {line}"
        if program == "cd":
            os.chdir(arguments[0])
            continue
        if line == "echo $?":
            assert expected.strip() == str(code), place
            continue
        assert program == "stretchkit", f"{place}: a console block runs stretchkit; use sh for more"
        result = run(*arguments)
        code = result.code
        assert code == 0 or expected.strip("… \n"), f"{place} ended with {code}:\n{result.err}"
        if file:
            Path(file).write_text(result.out, encoding="utf-8")
        if expected.strip():
            printed = ("" if file else result.out) + result.err
            _compare(expected, printed, place)


def _compare(expected: str, printed: str, place: str) -> None:
    """Compare what is shown with what is printed; … stands for anything."""
    pattern = ".*?".join(re.escape(text) for text in expected.strip().split("…"))
    assert re.fullmatch(pattern, printed.strip(), flags=re.DOTALL), (
        f"{place}\n--- shown\n{expected}\n--- printed\n{printed}"
    )


@pytest.mark.parametrize(
    "block", [b for b in BLOCKS if b.language in ("markdown", "yaml")], ids=str
)
def test_every_markdown_and_yaml_block_says_what_it_is(block: Block) -> None:
    assert block.mark, f"{block}: write <!-- file: NAME --> or another mark above it"


_FACTS = {
    "exercise": "name: A\nkind: mobility\nregions: [neck]\nposition: sitting\ndosage: 5 reps\n",
    "routine": "name: A\nentries: [cat-cow]\n",
    "guide": "name: A\n",
    "library": "name: A\nextends: bundled\n",
}
_WORDS = "A sentence.\n\n## Steps\n1. Sit tall.\n"


@pytest.mark.parametrize(
    "block", [b for b in BLOCKS if b.mark in ("facts of", "words of")], ids=str
)
def test_every_piece_of_a_file_that_is_shown_loads_without_a_fault(
    block: Block, tmp_path: Path
) -> None:
    kind = block.about
    keys = set(re.findall(r"^(\w+):", block.text, flags=re.MULTILINE))
    rest = (line for line in _FACTS[kind].splitlines() if line.partition(":")[0] not in keys)
    facts = "".join(f"{line}\n" for line in rest)
    if kind == "library":
        assert _faults({"stretchkit.yaml": facts + block.text}, tmp_path) == []
        return
    words = _WORDS if kind == "exercise" else "A sentence.\n"
    if block.mark == "facts of":
        facts += block.text
    else:
        words = block.text
        frames = sorted(set(re.findall(r"frame=(\w+)", words)))
        figure = "".join(f"    {name}: {{from: sitting-on-chair}}\n" for name in frames)
        facts += f"figure:\n  frames:\n{figure}" if frames else ""
    file = f"---\n{facts}---\n{words}"
    assert _faults({"stretchkit.yaml": _FACTS["library"], f"{kind}s/a.md": file}, tmp_path) == []


def _faults(files: Mapping[str, str], folder: Path) -> list[str]:
    """Return what is wrong with the content of a folder, less pictures that only a reader has."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = Library.load(folder).diagnostics
    return [str(fault) for fault in found if fault.code != "SK054"]


# --- what is linked to is there ------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Return the anchors that a code host makes of a page's headings."""
    text = re.sub(r"^( *)(`{3,})\w*\n.*?^ *\2", "", read(page), flags=re.MULTILINE | re.DOTALL)
    found: dict[str, int] = {}
    for heading in _HEADING.findall(text):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        number = found[slug] = found.get(slug, -1) + 1
        found[f"{slug}-{number}" if number else slug] = 0
    return set(found)


def links(page: Path) -> list[str]:
    text = re.sub(r"^( *)(`{3,})\w*\n.*?^ *\2", "", read(page), flags=re.MULTILINE | re.DOTALL)
    return _LINK.findall(re.sub(r"`[^`\n]*`", "", text))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        file, _, anchor = link.partition("#")
        if re.match(r"(https?|mailto):", link):
            continue
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_index() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            targets = [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
            waiting += [target for target in targets if target in PAGES]
    assert [name_of(page) for page in PAGES[1:] if page not in seen] == []


def test_the_readme_leads_to_the_documentation() -> None:
    assert any(link.startswith("docs/README.md") for link in links(ROOT / "README.md"))


def test_every_picture_is_small_and_shown() -> None:
    shown = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in links(page)
        if "images/" in link
    }
    kept = {path for path in (ROOT / "docs" / "images").rglob("*") if path.is_file()}

    assert shown == kept
    assert [picture.name for picture in kept if picture.stat().st_size > 200_000] == []


# --- nothing is left out -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """tools/generate_docs.py, which is a script and not part of a package."""
    spec = importlib.util.spec_from_file_location(
        "generate_docs", ROOT / "tools" / "generate_docs.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_parts_are_up_to_date(generator: ModuleType) -> None:
    pages = generator.generate(ROOT)

    assert pages
    assert [name_of(page) for page, text in pages.items() if read(page) != text] == [], "make docs"


def test_a_page_out_of_date_fails_the_check_and_is_mended_without_it(
    generator: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = tmp_path / "docs" / "cli.md"
    page.parent.mkdir()
    page.write_text(
        "A\n<!-- generated: commands -->\nOLD WORDS\n<!-- end -->\nZ\n", encoding="utf-8"
    )
    monkeypatch.setattr(generator, "ROOT", tmp_path)

    def call(*arguments: str) -> object:
        monkeypatch.setattr(sys, "argv", ["generate_docs.py", *arguments])
        with pytest.raises(SystemExit) as stop:
            generator.main()
        return stop.value.code

    assert call("--check") == 1
    assert "out of date: docs/cli.md" in capsys.readouterr().out
    assert "OLD WORDS" in page.read_text(encoding="utf-8")
    assert call() == 0
    assert call("--check") == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("A\n<!-- generated: commands -->\n")
    assert text.endswith("<!-- end -->\nZ\n")
    assert "OLD WORDS" not in text


def _commands() -> list[tuple[str, click.Command]]:
    return [("", cli), *sorted(cli.commands.items())]


@pytest.mark.parametrize(("name", "command"), _commands(), ids=[n or "-" for n, _ in _commands()])
def test_the_reference_has_every_command_and_option(name: str, command: click.Command) -> None:
    heading = f"## stretchkit {name}".strip()
    _, _, after = f"\n{read(REFERENCE / 'cli.md')}".partition(f"\n{heading}\n")
    section = after.partition("\n## ")[0]

    assert section, f"no heading {heading}"
    for parameter in command.params:
        names = [f"`{option}`" for option in (*parameter.opts, *parameter.secondary_opts)]
        if isinstance(parameter, click.Argument):
            names = [parameter.metavar or (parameter.name or "").upper()]
        for option in names:
            assert option in section, f"{heading} lacks {option}"
        if isinstance(parameter.type, click.Choice):
            for choice in parameter.type.choices:
                assert f"`{choice}`" in section, f"{heading} lacks {choice}"


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_reference_has_every_diagnostic_code(code: str) -> None:
    page = REFERENCE / "diagnostics.md"

    assert code.lower() in anchors(page)
    assert CODES[code].explanation in read(page)


def test_the_reference_has_no_code_that_is_gone() -> None:
    named = set(re.findall(r"\bSK\d{3}\b", "".join(read(page) for page in PAGES)))

    assert named - set(CODES) == set()


@pytest.mark.parametrize("name", stretchkit.__all__)
def test_the_reference_has_every_exported_name(name: str) -> None:
    headings = _HEADING.findall(read(REFERENCE / "api.md"))

    assert {f"class {name}", f"{name}()"} & set(headings)


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_the_reference_has_every_field(kind: str) -> None:
    heading = "## Translations" if kind == "translation" else f"### {kind.capitalize()}"
    _, _, after = read(REFERENCE / "content-format.md").partition(f"\n{heading}\n")
    section = re.split(r"\n#{2,3} ", after, maxsplit=1)[0]
    schema = json_schema(kind)
    shapes = [schema, *(d for d in schema.get("$defs", {}).values() if "properties" in d)]

    for field in {name for shape in shapes for name in shape["properties"]}:
        assert re.search(rf"^\| `(?:[\w.]+\.)?{field}` \|", section, flags=re.MULTILINE), field


def test_every_field_has_a_meaning() -> None:
    rows = re.findall(
        r"^\| `([\w.]+)` \|.*\| (.*) \|$", read(REFERENCE / "content-format.md"), re.MULTILINE
    )
    rows = [(name, meaning) for name, meaning in rows if name == name.lower()]

    assert len(rows) > 50
    assert [name for name, meaning in rows if not meaning.strip()] == []


@pytest.mark.parametrize(
    "known", vocabulary.Word.__subclasses__(), ids=lambda known: known.__name__
)
def test_the_reference_has_every_word_of_the_closed_lists(known: type[vocabulary.Word]) -> None:
    text = read(REFERENCE / "content-format.md")
    inside = {vocabulary.RegionGroup, vocabulary.Height, vocabulary.Section}

    for word in known:
        assert f"`{word}`" in text if known not in inside else word.label in text


def _template_names() -> list[str]:
    folder = ROOT / "templates"
    found = (
        p for p in folder.rglob("*") if p.suffix in (".html", ".md") and "fonts" not in p.parts
    )
    return sorted(path.relative_to(folder).as_posix() for path in found)


@pytest.mark.parametrize("name", _template_names())
def test_the_reference_has_every_template_and_block(name: str) -> None:
    _, _, after = read(REFERENCE / "templates.md").partition(f"\n### `{name}`\n")
    section = after.partition("\n#")[0]
    source = (ROOT / "templates" / name).read_text(encoding="utf-8")
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)

    assert section, name
    for block in tree.find_all(nodes.Block):
        assert f"`{block.name}`" in section, block.name


@pytest.mark.parametrize("for_markdown", [False, True])
def test_the_reference_has_every_filter(for_markdown: bool, library: Library) -> None:
    folders = environment.template_folders(library)
    made = environment._environment(folders, "en", for_markdown)
    added = set(made.filters) - set(FILTERS)
    text = read(REFERENCE / "templates.md").partition("| Filter ")[2].partition("| Function ")[0]
    table = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|", text, re.MULTILINE)
    place = "Markdown" if for_markdown else "HTML"

    assert added == {name for name, where in table if place in where}


def test_the_pages_tell_the_truth_about_reviews_of_the_bundled_content(library: Library) -> None:
    tables = (library.exercises, library.routines, library.programmes, library.guides)
    reviewed = [content.id for table in tables for content in table.values() if content.reviewed]
    told = "None of the bundled content has been reviewed" in read(
        ROOT / "docs" / "explanation" / "safety.md"
    )

    assert told == (not reviewed)


def test_the_glossary_is_in_alphabetical_order() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*", read(ROOT / "docs" / "glossary.md"), re.MULTILINE)

    assert len(terms) > 15
    assert terms == sorted(terms, key=str.casefold)
