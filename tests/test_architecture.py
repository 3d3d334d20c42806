"""What keeps the house simple: who may import, write to disk and look at the clock."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "stretchkit"
MOST_LINES = 420

WRITES = {"mkdir", "rename", "rmdir", "symlink_to", "touch", "unlink", "write_bytes", "write_text"}
WRITING_MODULES = {"shutil", "tempfile"}
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "gmtime"),
    ("time", "localtime"),
    ("time", "monotonic"),
    ("time", "perf_counter"),
    ("time", "time"),
}


def modules(*folders: str) -> list[str]:
    """Return the modules of the package, or of folders in it, by path."""
    roots = [PACKAGE / folder for folder in folders] or [PACKAGE]
    return sorted(
        path.relative_to(PACKAGE).as_posix() for root in roots for path in root.rglob("*.py")
    )


def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def imports(code: ast.AST) -> Iterator[str]:
    """Yield the name of every module that is imported, anywhere in the code."""
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def calls(code: ast.AST) -> Iterator[tuple[str | None, str, ast.Call]]:
    """Yield every call: the name before the last dot, None without a dot, and the name called."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield None, node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                owner = node.func.value
                shown = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                yield shown, node.func.attr, node


def writes(code: ast.AST) -> list[str]:
    """Return the calls that change files or folders, and the imports that help with it."""
    helpers = [name for name in imports(code) if name.split(".")[0] in WRITING_MODULES]
    return helpers + [name for owner, name, call in calls(code) if _changes(owner, name, call)]


def _changes(owner: str | None, name: str, call: ast.Call) -> bool:
    if name == "replace":
        # Path.replace takes one path; str.replace two texts, dataclasses.replace names.
        return owner == "os" or (len(call.args) == 1 and not call.keywords)
    if name in ("open", "fdopen"):
        before_mode = 1 if owner in (None, "os") else 0
        modes = [*call.args[before_mode:], *(w.value for w in call.keywords if w.arg == "mode")]
        texts = [mode.value for mode in modes if isinstance(mode, ast.Constant)]
        return any(isinstance(text, str) and set(text) & set("wax+") for text in texts)
    return name in WRITES or (owner == "os" and name in ("makedirs", "remove", "renames"))


def looks_at_the_clock(code: ast.AST) -> list[str]:
    found = [f"{owner}.{name}" for owner, name, _ in calls(code) if (owner, name) in CLOCKS]
    for node in ast.walk(code):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [f"time.{alias.name}" for alias in node.names]
    return found


def test_there_are_modules_to_look_at() -> None:
    assert {"timing.py", "model/dosage.py", "rendering/output.py"} <= set(modules())


@pytest.mark.parametrize("module", modules("model"))
def test_the_model_stands_on_the_standard_library_and_its_own_errors(module: str) -> None:
    foreign = [
        name
        for name in imports(tree(module))
        if name.split(".")[0] not in sys.stdlib_module_names
        and name != "stretchkit.errors"
        and not name.startswith("stretchkit.model.")
    ]
    assert foreign == []


def test_the_errors_stand_on_nothing_else() -> None:
    assert {name.split(".")[0] for name in imports(tree("errors.py"))} <= sys.stdlib_module_names


def test_the_modules_of_pdfs_alone_know_the_pdf_engine() -> None:
    engines = {"pydyf", "weasyprint"}
    users = {
        module
        for module in modules()
        if any(name.split(".")[0] in engines for name in imports(tree(module)))
    }
    assert {module for module in users if not module.startswith("rendering/compose/")} == {
        "rendering/pdf.py",
        "rendering/pdf_sheets.py",
        "rendering/pdf_tags.py",
    }


def test_results_and_what_is_kept_of_them_have_one_writer_each() -> None:
    writers = {module: writes(tree(module)) for module in modules()}
    assert {module for module, found in writers.items() if found} == {
        "figure/cache.py",
        "rendering/output.py",
    }


@pytest.mark.parametrize("module", [name for name in modules() if not name.startswith("cli/")])
def test_the_library_never_looks_at_the_clock(module: str) -> None:
    assert looks_at_the_clock(tree(module)) == []


@pytest.mark.parametrize("module", modules())
def test_a_module_is_short_enough_to_read_in_one_go(module: str) -> None:
    lines = (PACKAGE / module).read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES


@pytest.mark.parametrize("module", [name for name in modules() if not name.startswith("cli/")])
def test_the_library_never_prints(module: str) -> None:
    assert [name for _, name, _ in calls(tree(module)) if name == "print"] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("path.write_text('x')", ["write_text"]),
        ("Path('a').write_bytes(b'')", ["write_bytes"]),
        ("open('a', 'w')", ["open"]),
        ("open('a', mode='ab')", ["open"]),
        ("path.open('wb')", ["open"]),
        ("Path('a').open('a')", ["open"]),
        ("path.open(mode='x')", ["open"]),
        ("os.fdopen(handle, 'wb')", ["fdopen"]),
        ("path.parent.mkdir(parents=True)", ["mkdir"]),
        ("path.rename(other)", ["rename"]),
        ("path.replace(other)", ["replace"]),
        ("os.replace('a', 'b')", ["replace"]),
        ("import shutil", ["shutil"]),
        ("from tempfile import mkstemp", ["tempfile"]),
        ("open('a')", []),
        ("path.open('rb')", []),
        ("open('a', 'rb')", []),
        ("'wax'.replace('a', 'b')", []),
        ("replace(library, language='es')", []),
        ("path.read_text()", []),
    ],
)
def test_a_planted_write_is_found(code: str, found: list[str]) -> None:
    assert writes(ast.parse(code)) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("datetime.now(UTC)", ["datetime.now"]),
        ("datetime.datetime.now()", ["datetime.now"]),
        ("date.today()", ["date.today"]),
        ("time.time()", ["time.time"]),
        ("from time import time", ["time.time"]),
        ("date(2026, 1, 5)", []),
    ],
)
def test_a_planted_clock_is_found(code: str, found: list[str]) -> None:
    assert looks_at_the_clock(ast.parse(code)) == found
