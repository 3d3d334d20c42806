"""What tests of batches share: a small library, rows, and a renderer that can die."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stretchkit.batch.run import BatchResult

RENDERER = """
import os
from pathlib import Path

from stretchkit.errors import RenderError

LOG = Path(__file__).with_name("log")


def render(handout):
    name = handout.recipient
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"{name}\\n")
    if name.startswith("deadly"):
        os._exit(1)
    once = Path(__file__).with_name(name)
    if name.startswith("once") and not once.exists():
        once.touch()
        os._exit(1)
    if name.startswith("cannot"):
        raise RenderError(f"{name} be made")
    if name.startswith("bug"):
        raise ZeroDivisionError("a slip in the renderer")
    return f"{name} {handout.library.language} {handout.message}".encode()
"""
"""A renderer of another package that writes down what it is called with, and can die."""

NOD = """\
---
name: Nod
kind: mobility
regions: [neck]
position: sitting
dosage: 5 reps
---
Nod slowly.

## Steps
1. Look down.
"""


def install_renderer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a renderer `said`, here and in new processes; return the file it writes to."""
    package = folder / "package"
    about = package / "said-1.dist-info"
    about.mkdir(parents=True)
    (package / "said_renderer.py").write_text(RENDERER, encoding="utf-8")
    (about / "METADATA").write_text("Name: said\nVersion: 1\n", encoding="utf-8")
    points = "[stretchkit.renderers]\nsaid = said_renderer:render\n"
    (about / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(str(package))
    monkeypatch.delitem(sys.modules, "said_renderer", raising=False)
    return package / "log"


def people(number: int, **named: str) -> Iterator[dict[str, str]]:
    """Yield rows; `named` gives the names of some by number, as `r3="Ada"`."""
    for row in range(1, number + 1):
        yield {"name": named.get(f"r{row}", f"person {row}"), "message": f"number {row}"}


def said(results: list[BatchResult]) -> list[str]:
    """Return what was made, in the order of the rows."""
    return [r.file.decode() for r in sorted(results, key=lambda r: r.row) if r.file is not None]


def expected(number: int) -> list[str]:
    return [f"person {row} en number {row}" for row in range(1, number + 1)]
