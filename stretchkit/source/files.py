"""The files of a library: which there are, their names as a person types them, their text."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.source.kinds_of_text import PICTURE_SUFFIXES
from stretchkit.source.paths import stays_inside
from stretchkit.source.text import decode


def _shown(path: Path) -> str:
    """Return a path as a person would type it from where they stand."""
    here, there = Path.cwd(), path.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        return Path(os.path.relpath(there, here)).as_posix()
    return path.as_posix()


def beneath(root: Path, path: str) -> str:
    """Return the name of a path inside of a library, as a person would type it."""
    return (PurePosixPath(_shown(root)) / path).as_posix()


def read_text(path: Path, shown: str, root: Path, faults: Faults) -> str | None:
    """Return the text of a file of a library, None after a fault.

    Args:
        path: where the file is.
        shown: its name, for diagnostics.
        root: the library's folder, which no link may lead out of.
        faults: where faults go.
    """
    if not stays_inside(path, root):
        faults.add("SK006", Location(shown), "a link to a file outside of the library")
        return None
    if path.exists() and not path.is_file():
        faults.add("SK001", Location(shown), "cannot read the file: it is a pipe or a device")
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        faults.add("SK001", Location(shown), f"cannot read the file: {error.strerror}")
        return None
    return decode(data, shown, faults)


def files_of(root: Path, folder: str, suffix: str, faults: Faults) -> Iterator[tuple[Path, str]]:
    """Yield path and shown name of every content file in a folder of a library, sorted."""
    top = PurePosixPath(_shown(root))
    for path in sorted((root / folder).rglob("*")):
        inside = path.relative_to(root)
        if any(part.startswith(".") for part in inside.parts):
            continue
        shown = (top / inside.as_posix()).as_posix()
        if path.is_dir():
            _check_folder(path, shown, root, faults)
            continue
        if path.suffix == suffix and path.name != "README.md":
            yield path, shown
        elif path.suffix.lower() not in PICTURE_SUFFIXES and path.name != "README.md":
            hint = f"content of {folder}/ ends in {suffix}"
            faults.add("SK010", Location(shown), "not a content file", hint)


def _check_folder(path: Path, shown: str, root: Path, faults: Faults) -> None:
    """Report a link to a folder, which nobody follows."""
    if not stays_inside(path, root):
        faults.add("SK006", Location(shown), "a link to a folder outside of the library")
    elif path.is_symlink():
        faults.add("SK010", Location(shown), "a link to a folder", "move the folder here")


def better_name(stem: str) -> str:
    """Return a name like the given one that makes an id, and a language if it has one."""
    suffix = re.search(r"\.[A-Za-z]{2,3}\Z", stem)
    language = suffix[0] if suffix else ""
    plain = (
        unicodedata.normalize("NFKD", stem.removesuffix(language))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    kebab = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "seated-twist"
    return kebab + language.lower()
