"""Every picture that content names is there, stays in the library and can be shown."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.model.exercise import Exercise
from stretchkit.model.guide import Guide
from stretchkit.source.document import SourceFile


def check_pictures(
    files: Mapping[tuple[str, str], SourceFile],
    logo: str,
    root: Path,
    settings: Location,
    faults: Faults,
) -> None:
    """Report pictures that are not there (SK054), lead out (SK006) or are damaged (SK056).

    Args:
        files: the source files of a library by kind and id.
        logo: the brand's picture file, empty when there is none.
        root: the library's folder.
        settings: where a fault of the logo is told.
        faults: where faults go.
    """
    named = [entry for file in files.values() for entry in _pictures(file)]
    if logo:
        named.append((logo, settings))
    for name, place in named:
        path = root / PurePosixPath(name)
        if not path.is_file():
            faults.add("SK054", place, f'there is no file "{name}" in the library')
        elif not path.resolve().is_relative_to(root.resolve()):
            faults.add("SK006", place, f'"{name}" is a link to a file outside of the library')
        elif not _can_be_shown(path):
            faults.add("SK056", place, f'"{name}" is damaged, or is no {path.suffix[1:]} file')


def _pictures(file: SourceFile) -> Iterator[tuple[str, Location]]:
    content = file.content
    if isinstance(content, Exercise):
        for index, picture in enumerate(content.pictures):
            yield picture.file, file.places.value(("pictures", index, "file"))
    elif isinstance(content, Guide) and content.video and content.video.poster:
        yield content.video.poster, file.places.value(("video", "poster"))


def _can_be_shown(path: Path) -> bool:
    if path.suffix.lower() == ".svg":
        try:
            # The library's own file; expat itself stops entities that blow up.
            root = ET.fromstring(path.read_bytes())  # noqa: S314
        except (ET.ParseError, OSError):
            return False
        return root.tag.rpartition("}")[2] == "svg"
    from PIL import Image  # noqa: PLC0415 - 50 ms that a library without pictures saves

    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True
