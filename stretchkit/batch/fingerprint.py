"""What stands for all that a handout depends on, so that one that is there is not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from stretchkit import __version__, resources
from stretchkit.batch.orders import Order, Pattern
from stretchkit.errors import UnknownIdError

_PACKAGES = (
    "weasyprint",
    "pydyf",
    "jinja2",
    "markdown",
    "babel",
    "fonttools",
    "python-docx",
    "pypdfium2",
)
"""What documents are made with, beside StretchKit."""


def surroundings(pattern: Pattern) -> str:
    """Return a digest of what every row's handout depends on.

    That is the code, the templates and fonts, and the library in all of its languages with its
    pictures. Whatever of it changes, all handouts are made again.
    """
    digest = hashlib.blake2b(digest_size=16)
    for piece in _pieces(pattern):
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()


def fingerprint(order: Order, around: str, format: str) -> str:  # noqa: A002 - the plain word for it
    """Return a digest of a handout's parts and of what `surroundings` stands for."""
    told = repr((around, format, order.language, sorted(order.asked.items())))
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def _pieces(pattern: Pattern) -> Iterator[bytes]:
    yield __version__.encode()
    for package in _PACKAGES:
        try:
            yield f"{package} {version(package)}".encode()
        except PackageNotFoundError:
            yield package.encode()
    own = Path(__file__).parent.parent
    library = pattern.like.library
    theme = library.settings.theme
    folders = [own, resources.data_dir("templates")]
    folders += [folder / theme for folder in library.folders if theme]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes()
    for language, edition in sorted(pattern.editions.items()):
        yield repr((language, edition, edition.poses)).encode()
    pictures = {p.file for exercise in library.exercises.values() for p in exercise.pictures}
    if library.settings.brand.logo:
        pictures.add(library.settings.brand.logo)
    for file in sorted(pictures):
        try:
            yield library.picture(file)
        except UnknownIdError:
            yield b""
