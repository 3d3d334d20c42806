"""The only module that writes: whole files or nothing, by a temporary file and a rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from stretchkit.errors import OutputError, RenderError
from stretchkit.handout import Handout
from stretchkit.rendering.handout import added_renderers, pictures, render
from stretchkit.source.names import did_you_mean

FORMATS = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
_MANIFEST = ".stretchkit-site"


def format_of(path: str | Path) -> str:
    """Return the format that a file's suffix stands for: ".pdf", or that of an added renderer.

    Raises:
        RenderError: if the suffix stands for none.
    """
    suffix = Path(path).suffix.lower()
    if suffix.removeprefix(".") in added_renderers():
        return suffix.removeprefix(".")
    if suffix not in FORMATS:
        shown = f'"{suffix}"' if suffix else "no suffix"
        hint = did_you_mean(suffix, FORMATS) if suffix else f"known: {', '.join(sorted(FORMATS))}"
        raise RenderError(f"{path}: cannot tell the format from {shown}; {hint}")
    return FORMATS[suffix]


def write(handout: Handout, path: str | Path) -> Path:
    """Write a handout to a file; its suffix picks the format. An existing file is replaced whole.

    Markdown names its pictures by relative path, so they are written beside it.

    Raises:
        RenderError: if the suffix is unknown or the document cannot be made.
        OutputError: if the file cannot be written.
    """
    path = Path(path)
    format = format_of(path)  # noqa: A001 - the plain word for it
    data = render(handout, format)
    if format == "markdown":
        for file, picture in pictures(handout).items():
            _write_bytes(path.parent / file, picture)
    _write_bytes(path, data)
    return path


def write_site(pages: Mapping[PurePosixPath, bytes], folder: str | Path) -> Path:
    """Write the pages of a site to a folder; files of an earlier site that are gone go away.

    Only a new or empty folder, or one that holds a site written before, is written to.

    Raises:
        OutputError: if the folder holds something else, or cannot be written.
    """
    folder = Path(folder)
    before = _pages_before(folder)
    for path, data in pages.items():
        target = folder / path
        if path not in before or not target.is_file() or target.read_bytes() != data:
            _write_bytes(target, data)
    for path in sorted(before - set(pages)):
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder / path.parent, folder)
    manifest = "".join(f"{path}\n" for path in sorted(pages))
    _write_bytes(folder / _MANIFEST, manifest.encode())
    return folder


def _pages_before(folder: Path) -> set[PurePosixPath]:
    manifest = folder / _MANIFEST
    try:
        if manifest.is_file():
            lines = manifest.read_text(encoding="utf-8").splitlines()
            paths = {PurePosixPath(line) for line in lines if line}
            return {path for path in paths if not path.is_absolute() and ".." not in path.parts}
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(
                f"{folder} holds files that are not a site of StretchKit; name an empty folder"
            )
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror}") from error
    return set()


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet.

    Raises:
        OutputError: if it is there, or cannot be written.
    """
    if path.exists():
        raise OutputError(f"{path} is there already; it is left as it is")
    _write_bytes(path, text.encode())


def _write_bytes(path: Path, data: bytes) -> None:
    """Replace a file in one step: readers see the old one or the new one, never half of it."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=".tmp"
        )
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(_permissions(path))
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error.strerror}") from error


def _permissions(path: Path) -> int:
    """Return those of the file that is replaced, or what the umask leaves of a new one."""
    if path.is_file():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
