"""The only module that writes: whole files or nothing, by a temporary file and a rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from stretchkit.errors import OutputError, RenderError
from stretchkit.handout import Handout
from stretchkit.rendering.drawings import USUAL_MEANS, Means
from stretchkit.rendering.handout import added_renderers, markdown_with_pictures, preview, render
from stretchkit.source.names import did_you_mean

FORMATS = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".docx": "docx",
    ".epub": "epub",
    ".png": "png",
}
_MANIFEST = ".stretchkit-site"
_LONGEST_NAME = 255
_TEMPORARY = (".stretchkit-", ".tmp")


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


def write(handout: Handout, path: str | Path, *, means: Means = USUAL_MEANS) -> Path:
    """Write a handout to a file; its suffix picks the format. An existing file is replaced whole.

    Markdown names its pictures by relative path, so they are written beside it.

    Args:
        handout: what to write.
        path: the file.
        means: how the handout's drawings are made.

    Raises:
        RenderError: if the suffix is unknown or the document cannot be made.
        OutputError: if the file cannot be written.
    """
    path = Path(path)
    format = format_of(path)  # noqa: A001 - the plain word for it
    with _told("write", path):
        if path.is_dir():
            raise OutputError(f"cannot write {path}: it is a folder")
        _check_folders(path)
    if format == "markdown":
        handout.library.raise_for_errors()
        data, pictures = markdown_with_pictures(handout, means=means)
        for file, picture in pictures.items():
            _write_bytes(path.parent / file, picture)
    else:
        data = render(handout, format, means=means)
    _write_bytes(path, data)
    return path


def write_preview(
    handout: Handout, path: str | Path, page: int = 1, *, means: Means = USUAL_MEANS
) -> Path:
    """Write a page of a handout as a PNG file, as `preview` makes it.

    Raises:
        RenderError: if there is no such page, or pypdfium2 is not installed.
        OutputError: if the file cannot be written.
    """
    path = Path(path)
    data = preview(handout, page, means=means)
    _write_bytes(path, data)
    return path


def write_site(pages: Mapping[PurePosixPath, bytes], folder: str | Path) -> Path:
    """Write the pages of a site to a folder; files of an earlier site that are gone go away.

    Only a new or empty folder, or one that holds a site written before, is written to, and
    nothing outside of it. A build that was interrupted can be repeated: the list of the site's
    files names old and new ones until all is written.

    Raises:
        OutputError: if the folder holds something else, or cannot be written.
    """
    folder = Path(folder)
    before = _pages_before(folder)
    for path in pages:
        with _told("write", folder / path):
            if not _is_within(folder, path):
                raise OutputError(f"cannot write {folder / path}: it leads out of {folder}")
    _update(folder / _MANIFEST, _manifest(before | set(pages)))
    for path, data in pages.items():
        _update(folder / path, data)
    for path in sorted(before - set(pages)):
        _remove(folder / path, folder)
    _update(folder / _MANIFEST, _manifest(pages))
    return folder


def _manifest(paths: Collection[PurePosixPath]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()


def _pages_before(folder: Path) -> set[PurePosixPath]:
    """Return the files of the site that a folder holds, as far as they are in it."""
    manifest = folder / _MANIFEST
    with _told("write to", folder):
        if manifest.is_file():
            return {path for path in _listed(manifest) if _is_within(folder, path)}
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(
                f"{folder} holds files that are not a site of StretchKit; name an empty folder"
            )
    return set()


def _listed(manifest: Path) -> set[PurePosixPath]:
    damaged = f"{manifest} is damaged; build the site in an empty folder"
    try:
        text = manifest.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise OutputError(damaged) from error
    paths = {PurePosixPath(line) for line in text.split("\n") if line}
    longest = max((len(name.encode()) for path in paths for name in path.parts), default=0)
    if "\0" in text or longest > _LONGEST_NAME:
        raise OutputError(damaged)
    return paths


def _is_within(folder: Path, path: PurePosixPath) -> bool:
    """Return whether a path stays in a folder: no `..`, no link to a folder on its way."""
    if not path.parts or path.is_absolute() or ".." in path.parts:
        return False
    return not any((folder / parent).is_symlink() for parent in path.parents if parent.parts)


def _update(path: Path, data: bytes) -> None:
    """Write a file unless it holds the same already, so that its date tells of a change."""
    with _told("read", path):
        same = path.is_file() and path.read_bytes() == data
    if not same:
        _write_bytes(path, data)


def _remove(path: Path, root: Path) -> None:
    """Delete a file, and the folders below the root that it leaves empty."""
    with _told("delete", path):
        if path.is_symlink() or path.is_file():
            path.unlink(missing_ok=True)
        folder = path.parent
        while folder != root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def write_drawing(svg: str, path: str | Path) -> Path:
    """Write a drawing, or a page of drawings. An existing file is replaced whole.

    A path that ends in .png gets the drawing as pixels, 300 in an inch.

    Raises:
        OutputError: if the file cannot be written.
        RenderError: if a PNG is asked for and pypdfium2 is not installed.
    """
    path = Path(path)
    if path.suffix.lower() == ".png":
        from stretchkit.rendering.png import svg_to_png  # noqa: PLC0415 - loads WeasyPrint

        _write_bytes(path, svg_to_png(svg))
    else:
        _write_bytes(path, svg.encode())
    return path


def write_new(files: Mapping[Path, str]) -> None:
    """Write files none of which may be there yet; nothing is written when one is.

    Raises:
        OutputError: if one is there, or cannot be written.
    """
    for path in files:
        with _told("write", path):
            if path.is_symlink() or path.exists():
                raise OutputError(f"{path} is there already; nothing was written")
            _check_folders(path)
    for path, text in files.items():
        _write_bytes(path, text.encode())


def write_file(path: Path, pieces: Iterable[bytes]) -> int:
    """Replace a file in one step by pieces that need not all be in memory; return its bytes.

    Raises:
        OutputError: if it cannot be written.
    """
    with _told("write", path):
        _check_folders(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        before, after = _TEMPORARY
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=before, suffix=after)
        temporary = Path(name)
        size = 0
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in pieces:
                    size += file.write(piece)
            temporary.chmod(_permissions(path))
            temporary.replace(path)
        except BaseException:  # an interruption leaves nothing behind either
            temporary.unlink(missing_ok=True)
            raise
    return size


def append_line(path: Path, line: str) -> None:
    """Add a line at the end of a file, which is made when it is missing.

    Raises:
        OutputError: if it cannot be written.
    """
    with _told("write", path), path.open("ab") as file:
        file.write(f"{line}\n".encode())


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files that a process left in a folder when it was killed.

    Raises:
        OutputError: if one cannot be deleted.
    """
    with _told("write to", folder):
        for path in folder.glob(f"{_TEMPORARY[0]}*{_TEMPORARY[1]}"):
            path.unlink(missing_ok=True)


def _write_bytes(path: Path, data: bytes) -> None:
    """Replace a file in one step: readers see the old one or the new one, never half of it."""
    write_file(path, [data])


def _check_folders(path: Path) -> None:
    """Refuse a path below something that is not a folder; the system tells less about it."""
    for parent in path.parents:
        if not parent.is_dir() and (parent.is_symlink() or parent.exists()):
            raise OutputError(f"cannot write {path}: {parent} is not a folder")


@contextmanager
def _told(action: str, path: Path) -> Iterator[None]:
    """Turn what the system says against an action into one message."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot {action} {path}: {error.strerror or error}") from error


def _permissions(path: Path) -> int:
    """Return those of the file that is replaced, or what the umask leaves of a new one."""
    if path.is_file():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
