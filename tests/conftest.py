"""What many tests start from: the bundled library, a library made of texts, the command line."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from stretchkit.cli import main
from stretchkit.figure.cache import FOLDER_VARIABLE
from stretchkit.library import Library

ROOT = Path(__file__).parent.parent

settings.register_profile("quick", deadline=None, max_examples=50)
settings.load_profile("quick")

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let groups of xdist work: 3.8 writes them where pytest 9.2 no longer reads ids."""
    if not config.getoption("loadgroup", default=False):
        return
    for item in items:
        grouped = getattr(item, "_nodeid", item.nodeid)
        if item.get_closest_marker("xdist_group") and grouped != item.nodeid:
            from _pytest.nodeid import coerce_node_id  # noqa: PLC0415 - older ones have none

            item._id = coerce_node_id(grouped)


@pytest.fixture(scope="session", autouse=True)
def kept_drawings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Keep drawings where all processes of a run find them, and the next run too."""
    cache = getattr(request.config, "cache", None)
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    folder = cache.mkdir("drawings") if cache else folder / "drawings"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session")
def library() -> Library:
    """The bundled library."""
    return Library.bundled()


@pytest.fixture
def make_library(tmp_path: Path) -> MakeLibrary:
    """Write files into a folder of their own and load it; stretchkit.yaml is added when missing."""

    def make(files: Mapping[str, str | bytes]) -> Library:
        root = tmp_path / "library"
        for name, text in {"stretchkit.yaml": "name: Test\n", **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Library.load(root)

    return make


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process; keyword arguments are environment variables."""

    def run_command(*arguments: str | Path, **env: str) -> Result:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        out, err = io.StringIO(), io.StringIO()
        code: object = 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main([str(argument) for argument in arguments])
            except SystemExit as stop:
                code = stop.code
        return Result(code if isinstance(code, int) else 1, out.getvalue(), err.getvalue())

    return run_command
