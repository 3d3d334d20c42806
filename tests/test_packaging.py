"""What people install: a wheel that holds every file and works away from the checkout.

A wheel drops files that git ignores and comes out empty when a folder is missing, both without a
word, and an editable install hides it: hence real builds, a real environment and another folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pikepdf
import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "templates" / "fonts"
DATA_FOLDERS = ("content", "templates")
NOT_SHIPPED = {".DS_Store", "__pycache__"}

# One worker builds for all: the fixtures below take seconds.
pytestmark = pytest.mark.xdist_group("packaging")


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stderr}"
    return done.stdout


def build(tmp: Path, *targets: str) -> Path:
    run(sys.executable, "-m", "build", "--no-isolation", *targets, "--outdir", tmp, ROOT, cwd=tmp)
    return tmp


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist and the wheel built from that sdist."""
    return build(tmp_path_factory.mktemp("distributions"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel built straight from the tree."""
    (path,) = build(tmp_path_factory.mktemp("wheel"), "--wheel").glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new environment that has the wheel, and this one's other packages.

    They come by a plain line in a .pth file. Python does not follow the .pth files of a folder
    added like that, so this environment's editable StretchKit stays out of reach.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home)
    (site,) = home.glob("lib/python*/site-packages")
    borrowed = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (site / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return home


def outside() -> dict[str, str]:
    """Return this process's environment less what could lead Python back to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def names_in_wheel(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename for info in archive.infolist() if not info.is_dir()}


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not NOT_SHIPPED.intersection(path.relative_to(folder).parts)
    }


@pytest.mark.parametrize("folder", DATA_FOLDERS)
def test_wheel_holds_every_data_file(wheel: Path, folder: str) -> None:
    start = f"stretchkit/{folder}/"
    packed = {name[len(start) :] for name in names_in_wheel(wheel) if name.startswith(start)}
    expected = files_below(ROOT / folder)

    assert expected, f"{folder} is empty"
    assert packed == expected
    assert len(packed) == len(expected)


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    data = tuple(f"stretchkit/{folder}/" for folder in DATA_FOLDERS)
    packed = {name for name in names_in_wheel(wheel) if name.startswith("stretchkit/")}
    expected = {f"stretchkit/{name}" for name in files_below(ROOT / "stretchkit")}

    assert {name for name in packed if not name.startswith(data)} == expected


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {PurePosixPath(name).parts[0] for name in names_in_wheel(wheel)}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"stretchkit"}


def test_data_folders_are_not_packages() -> None:
    assert not [file for folder in DATA_FOLDERS for file in (ROOT / folder).rglob("__init__.py")]


def test_wheel_from_sdist_is_the_same(wheel: Path, distributions: Path) -> None:
    (from_sdist,) = distributions.glob("*.whl")

    assert names_in_wheel(from_sdist) == names_in_wheel(wheel)


@pytest.mark.parametrize(
    "folder", ["benchmarks", *DATA_FOLDERS, "docs", "stretchkit", "tests", "tools"]
)
def test_sdist_holds_the_sources(distributions: Path, folder: str) -> None:
    (path,) = distributions.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = [PurePosixPath(member.name) for member in archive if member.isfile()]
    packed = {str(name.relative_to(*name.parts[:2])) for name in names if name.parts[1] == folder}

    assert packed == files_below(ROOT / folder)


def test_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    show = "import stretchkit, sys; print(stretchkit.__file__, *sys.path, sep='\\n')"
    found, *search_path = run(
        installed / "bin" / "python", "-c", show, cwd=tmp_path, env=outside()
    ).splitlines()

    assert Path(found).is_relative_to(installed)
    assert str(ROOT) not in search_path


def test_installed_command_lists(installed: Path, tmp_path: Path) -> None:
    listed = run(installed / "bin" / "stretchkit", "list", cwd=tmp_path, env=outside())

    assert "cat-cow" in listed


def test_installed_command_makes_a_handout(installed: Path, tmp_path: Path) -> None:
    run(
        *(installed / "bin" / "stretchkit", "handout", "cat-cow", "-o", "x.md"),
        cwd=tmp_path,
        env=outside(),
    )

    assert (tmp_path / "x.md").read_text(encoding="utf-8").startswith("#")


def test_installed_command_prints_with_its_own_fonts(installed: Path, tmp_path: Path) -> None:
    run(
        *(installed / "bin" / "stretchkit", "handout", "cat-cow", "-o", "x.pdf"),
        cwd=tmp_path,
        env=outside(),
    )

    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        fonts = {str(item.BaseFont).split("+")[-1] for item in found if "/BaseFont" in item}
    assert fonts
    assert all(name.startswith(("Source-Sans-3", "Noto-Sans")) for name in fonts)


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_font_is_whole_static_and_named_for_its_file(font: Path) -> None:
    stem, style = font.stem.split("-")
    with TTFont(font) as read:
        tables = set(read.keys())
        names = {number: read["name"].getDebugName(number) for number in (1, 2, 16, 17)}

    assert "glyf" in tables
    assert "fvar" not in tables
    # No "typographic" names: what matches bold and italic is the family and style of old.
    assert {names[16], names[17]} == {None}
    assert str(names[1]).replace(" ", "") == stem
    assert str(names[2]).replace(" ", "") == style
    assert (FONTS / f"{stem}-OFL.txt").is_file()
    assert f"`{font.name}`" in (FONTS / "README.md").read_text(encoding="utf-8")
