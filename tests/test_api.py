"""The public names: which there are, that they are told, and that they cost nothing to import."""

from __future__ import annotations

import ast
import inspect
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import stretchkit

ROOT = Path(__file__).parent.parent
PUBLIC = [
    "Action",
    "Amount",
    "Arrow",
    "BatchResult",
    "Brand",
    "Breath",
    "BreathPattern",
    "Caution",
    "CautionAction",
    "Chapter",
    "CloseUp",
    "Condition",
    "ContentError",
    "Cue",
    "Diagnostic",
    "Dosage",
    "DosageError",
    "DosageWords",
    "DrawnPerson",
    "Duration",
    "Entry",
    "Equipment",
    "Event",
    "Exercise",
    "FigureSpec",
    "Frame",
    "Frequency",
    "FrequencyUnit",
    "Goal",
    "Guide",
    "Handout",
    "Kind",
    "LeftOut",
    "Level",
    "Library",
    "LibraryNotFoundError",
    "Location",
    "Look",
    "Means",
    "MissingGlyphError",
    "MissingSystemLibraryError",
    "Mistake",
    "Muscle",
    "Muscles",
    "OutputError",
    "Pace",
    "Passage",
    "Person",
    "Phase",
    "Picture",
    "Position",
    "Prescription",
    "Programme",
    "Region",
    "RenderError",
    "Renderer",
    "Review",
    "Routine",
    "Series",
    "Setting",
    "Settings",
    "Severity",
    "Side",
    "Source",
    "Step",
    "StretchKitError",
    "Term",
    "Timing",
    "UnknownIdError",
    "Video",
    "View",
    "animate",
    "book_of",
    "build_site",
    "dosage_words",
    "draw",
    "duration",
    "preview",
    "render",
    "render_batch",
    "timeline",
    "write",
    "write_site",
]
HEAVY = {"babel", "click", "jinja2", "markdown", "pydantic", "weasyprint", "yaml"}


def public(name: str) -> Any:
    """Return what a public name stands for, from the module it comes from."""
    return getattr(import_module(f"stretchkit.{stretchkit._HOME_OF[name]}"), name)


def functions() -> list[tuple[str, Any]]:
    """Return every public function, and every public method of a public class, by name."""
    found: list[tuple[str, Any]] = []
    for name in PUBLIC:
        value = public(name)
        if inspect.isfunction(value):
            found.append((name, value))
        elif inspect.isclass(value):
            for method, member in vars(value).items():
                function = getattr(member, "__func__", member)
                if isinstance(member, property):
                    function = member.fget
                if inspect.isfunction(function) and not method.startswith("_"):
                    found.append((f"{name}.{method}", function))
    return found


FUNCTIONS = functions()


def in_fresh_process(code: str) -> Any:
    """Return what a piece of code, run by a Python that has just started, prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def loaded_by(code: str) -> set[str]:
    """Return the heavy packages that a piece of code loads."""
    listed = (
        "import json, sys; print(json.dumps([name for name in sys.modules if '.' not in name]))"
    )
    return HEAVY.intersection(in_fresh_process(f"{code}\n{listed}"))


def test_the_public_names_are_these() -> None:
    assert stretchkit.__all__ == PUBLIC
    assert sorted(PUBLIC) == PUBLIC
    assert len(set(PUBLIC)) == len(PUBLIC)


def test_every_public_name_is_there() -> None:
    assert [name for name in PUBLIC if not hasattr(stretchkit, name)] == []


def test_type_checkers_and_programs_see_the_same_names() -> None:
    tree = ast.parse(Path(stretchkit.__file__).read_text(encoding="utf-8"))
    (guarded,) = (
        node
        for node in tree.body
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )
    seen: dict[str, str | None] = {}
    for node in guarded.body:
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            assert alias.asname == alias.name, f"{alias.name} is not exported to type checkers"
            seen[alias.name] = node.module
    assert seen == {name: f"stretchkit.{home}" for name, home in stretchkit._HOME_OF.items()}


def test_a_public_name_comes_from_the_module_that_defines_it() -> None:
    homes = {name: public(name).__module__ for name in PUBLIC}
    assert homes == {name: f"stretchkit.{stretchkit._HOME_OF[name]}" for name in PUBLIC}


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_told_in_a_sentence(name: str) -> None:
    told = inspect.getdoc(public(name)) or ""
    first = told.split("\n\n", maxsplit=1)[0]
    assert first, f"{name} has no docstring"
    assert first[0].isupper()
    assert first.endswith("."), first


@pytest.mark.parametrize(("name", "function"), FUNCTIONS, ids=[name for name, _ in FUNCTIONS])
def test_every_public_function_is_told_and_annotated(name: str, function: Any) -> None:
    signature = inspect.signature(function)
    arguments = [word for word in signature.parameters if word not in ("self", "cls")]
    bare = [
        word
        for word in arguments
        if signature.parameters[word].annotation is inspect.Parameter.empty
    ]
    assert bare == []
    assert signature.return_annotation is not inspect.Signature.empty
    assert inspect.getdoc(function), f"{name} has no docstring"


def test_functions_are_found_to_look_at() -> None:
    names = {name for name, _ in FUNCTIONS}
    assert {"duration", "write", "Library.load", "Dosage.parse", "Amount.is_blank"} <= names


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import stretchkit") == set()


def test_asking_for_help_loads_only_what_the_command_line_needs() -> None:
    ask = """
import contextlib
from stretchkit.cli import main
with contextlib.suppress(SystemExit):
    main(["--help"])
"""
    assert loaded_by(ask) == {"click"}


def test_the_model_and_the_timeline_load_nothing_heavy() -> None:
    use = "import stretchkit as sk; sk.Dosage.parse('2 x hold 15 s'); sk.duration([])"
    assert loaded_by(use) == set()


def test_english_words_load_nothing_heavy() -> None:
    use = "import stretchkit as sk; sk.dosage_words(sk.Dosage.parse('2 x hold 15 s'), 'en')"
    assert loaded_by(use) == set()


def test_loading_a_library_loads_nothing_that_renders() -> None:
    loaded = loaded_by("import stretchkit as sk; sk.Library.bundled()")
    assert not loaded & {"click", "jinja2", "weasyprint"}


def test_a_module_is_loaded_when_a_name_of_it_is_used() -> None:
    code = """
import json, sys
import stretchkit as sk
before = "stretchkit.model.dosage" in sys.modules
sk.Dosage
print(json.dumps([before, "stretchkit.model.dosage" in sys.modules]))
"""
    assert in_fresh_process(code) == [False, True]


def test_an_unknown_name_is_an_attribute_error() -> None:
    unknown = "Stretch"
    with pytest.raises(AttributeError, match="module 'stretchkit' has no attribute 'Stretch'"):
        getattr(stretchkit, unknown)


def test_the_names_are_listed() -> None:
    assert set(dir(stretchkit)) >= {*PUBLIC, "__version__"}


def test_the_version_is_that_of_the_distribution() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{stretchkit.__version__}"\n' in text


def test_no_public_name_is_hidden_by_a_module_of_the_same_name() -> None:
    modules = {path.stem for path in (ROOT / "stretchkit").iterdir()}
    assert modules.isdisjoint(stretchkit.__all__)
