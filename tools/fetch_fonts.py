"""Fetch the fonts in ``templates/fonts`` again, byte for byte.

Every font comes from a package of one exact version, checked against its SHA-256. Files that are
static TTFs already are copied as they are. Where a package holds only a variable font, a static
face is cut out of it at width 100 and the weight asked for; its timestamp is the source's, so the
same fontTools gives the same bytes on every machine. No glyph is dropped: subset fonts under one
family name print garbled text.

Source Sans 3 is taken from its makers' own package because "Source" is a Reserved Font Name: under
the Open Font License a face cut out of the variable font could not keep that name.

Run it in the development environment, with npm at hand for Source Sans 3::

    .venv/bin/python tools/fetch_fonts.py            # write templates/fonts
    .venv/bin/python tools/fetch_fonts.py --check    # write nothing, exit 1 on any difference

After raising a version, put the new SHA-256 here and the new version in the fonts' README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"
NORMAL_WIDTH = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """One static TTF: the package's file it comes from and, if that one is variable, the weight."""

    style: str
    member: str
    weight: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """One exact release that holds one family: its files are named ``<stem>-<style>.ttf``."""

    stem: str
    registry: Literal["pypi", "npm"]
    name: str
    version: str
    sha256: str
    licence: str
    faces: tuple[Face, ...]


def _regular_and_bold(member: str) -> tuple[Face, ...]:
    return (
        Face(style="Regular", member=member, weight=400),
        Face(style="Bold", member=member, weight=700),
    )


PACKAGES = (
    Package(
        stem="SourceSans3",
        registry="npm",
        name="source-sans",
        version="3.52.0",
        sha256="49cf78ddd79b436591ee696785222b54ff28102922e3d3df297fe382d7fdfa88",
        licence="package/LICENSE.md",
        faces=(
            Face(style="Regular", member="package/TTF/SourceSans3-Regular.ttf"),
            Face(style="Bold", member="package/TTF/SourceSans3-Bold.ttf"),
            Face(style="Italic", member="package/TTF/SourceSans3-It.ttf"),
            Face(style="BoldItalic", member="package/TTF/SourceSans3-BoldIt.ttf"),
        ),
    ),
    Package(
        stem="AtkinsonHyperlegible",
        registry="pypi",
        name="fontpkg-atkinson-hyperlegible",
        version="1.6",
        sha256="a179813cdb326822cfdef2c84a64629287c7cf72557bbca0e6150a0cbb52cffc",
        licence="fontpkg_atkinson_hyperlegible/LICENSE",
        faces=tuple(
            Face(
                style=style,
                member=f"fontpkg_atkinson_hyperlegible/files/AtkinsonHyperlegible-{style}.ttf",
            )
            for style in ("Regular", "Bold", "Italic", "BoldItalic")
        ),
    ),
    Package(
        stem="NotoSans",
        registry="pypi",
        name="fontpkg-noto-sans",
        version="2.15",
        sha256="54016cb4dfbfdd8f0cae3d71a9401a73e786a473debd12f1d79067e349c9a4a3",
        licence="fontpkg_noto_sans/LICENSE",
        faces=_regular_and_bold("fontpkg_noto_sans/files/NotoSans[wdth,wght].ttf"),
    ),
    Package(
        stem="NotoSansArabic",
        registry="pypi",
        name="fontpkg-noto-sans-arabic",
        version="2.12",
        sha256="eeca37a7ad6854bf1b6aa42bbce1908a6a6dcd2252ed56d021c20b613f6d16fc",
        licence="fontpkg_noto_sans_arabic/LICENSE",
        faces=_regular_and_bold("fontpkg_noto_sans_arabic/files/NotoSansArabic[wdth,wght].ttf"),
    ),
    Package(
        stem="NotoSansDevanagari",
        registry="pypi",
        name="fontpkg-noto-sans-devanagari",
        version="2.7",
        sha256="3f8859d4905238a95daecf45c508dff148936e5aa60bd2e30a89333041a64adf",
        licence="fontpkg_noto_sans_devanagari/LICENSE",
        faces=_regular_and_bold(
            "fontpkg_noto_sans_devanagari/files/NotoSansDevanagari[wdth,wght].ttf"
        ),
    ),
    Package(
        stem="NotoSansHebrew",
        registry="pypi",
        name="pylopdf-fonts-he",
        version="0.1.1",
        sha256="db7dfb2dbe0eaf4f77b12133521d74195b720b70d95734bef262ce07839db222",
        licence="pylopdf_fonts_he-0.1.1.dist-info/licenses/LICENSE",
        faces=_regular_and_bold("pylopdf_fonts_he/NotoSansHebrew-Variable.ttf"),
    ),
)


def download(package: Package) -> bytes:
    """Return the package's archive, fetched with its registry's ordinary client and checked."""
    with tempfile.TemporaryDirectory() as folder:
        if package.registry == "pypi":
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            command = [*pip, "--dest", folder, f"{package.name}=={package.version}"]
        else:
            command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = (path.read_bytes() for path in Path(folder).iterdir())
    found = hashlib.sha256(archive).hexdigest()
    if found != package.sha256:
        sys.exit(f"{package.name} {package.version}: SHA-256 is {found}, not {package.sha256}")
    return archive


def members(archive: bytes, names: set[str]) -> dict[str, bytes]:
    """Return the named files of a wheel or of an npm tarball."""
    if archive.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(archive)) as wheel:
            return {name: wheel.read(name) for name in names}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tarball:
        found = {name: tarball.extractfile(name) for name in names}
        return {name: file.read() for name, file in found.items() if file is not None}


def static_face(variable: bytes, weight: int) -> bytes:
    """Cut the static face of this weight, at normal width, out of a variable font."""
    font = TTFont(io.BytesIO(variable), recalcTimestamp=False)
    place = {"wght": weight, "wdth": NORMAL_WIDTH}
    static = instancer.instantiateVariableFont(font, place, updateFontNames=True)
    written = io.BytesIO()
    static.save(written)
    return written.getvalue()


def files_of(package: Package) -> dict[str, bytes]:
    """Return every file that ``templates/fonts`` keeps of this package, by name."""
    names = {package.licence, *(face.member for face in package.faces)}
    found = members(download(package), names)
    licence = found[package.licence].decode("utf-8")
    text = "\n".join(line.rstrip() for line in licence.splitlines()).strip() + "\n"
    files = {f"{package.stem}-OFL.txt": text.encode("utf-8")}
    for face in package.faces:
        data = found[face.member]
        files[f"{package.stem}-{face.style}.ttf"] = (
            data if face.weight is None else static_face(data, face.weight)
        )
    return files


def main() -> None:
    """Write the fonts and their licences, or compare them with what is there."""
    parser = argparse.ArgumentParser(description="Fetch the fonts in templates/fonts again.")
    parser.add_argument("--check", action="store_true", help="only compare; exit 1 on a difference")
    check: bool = parser.parse_args().check

    changed = 0
    for package in PACKAGES:
        for name, data in sorted(files_of(package).items()):
            target = FONTS / name
            same = target.is_file() and target.read_bytes() == data
            changed += not same
            if not same and not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            print(f"{'same' if same else 'differs' if check else 'written':8}{len(data):8}  {name}")
    sys.exit(1 if check and changed else 0)


if __name__ == "__main__":
    main()
