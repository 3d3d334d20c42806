"""The fonts of composed handouts: each bundled face with one set of letters, ready to embed.

The set is fixed, so that the same handout has the same bytes whatever was composed before it.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass

from stretchkit.rendering.pdf import engine

FIRST = 16
"""The number of the first object of the first face; those before are the document's own."""
OBJECTS = 5
"""How many objects a face is: its file, its letters, and three dictionaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A font: its objects by number, and the letters and widths of its glyphs.

    `file` is the name of its file among the bundled fonts; `cut` is its family, its weight and its
    slant, as a style sheet calls them.
    """

    number: int
    file: str
    cut: tuple[str, int, str]
    objects: tuple[bytes, ...]
    letters: dict[int, str]
    widths: dict[int, float]

    @property
    def reference(self) -> bytes:
        """The reference to the font's dictionary."""
        return b"%d 0 R" % (self.number + OBJECTS - 1)


_FACES: dict[str, Face] = {}


def faces() -> dict[str, Face]:
    """Return the common fonts by the name that content streams call them by."""
    if not _FACES:
        engine()
        from stretchkit.rendering.compose.specimen import made  # noqa: PLC0415 - needs WeasyPrint

        _FACES.update(made())
    return _FACES


def known() -> bool:
    """Return whether the fonts have been made or taken before."""
    return bool(_FACES)


def kept() -> bytes:
    """Return the fonts as bytes to keep."""
    told = {name: _told(face) for name, face in faces().items()}
    return json.dumps(told, ensure_ascii=False).encode()


def _told(face: Face) -> list[object]:
    number, file, cut, objects, letters, widths = astuple(face)
    bodies = [each.decode("latin-1") for each in objects]
    return [number, file, cut, bodies, list(letters.items()), list(widths.items())]


def take(data: bytes) -> None:
    """Take fonts that were kept."""
    for name, (number, file, cut, objects, letters, widths) in json.loads(data).items():
        _FACES[name] = Face(
            number=number,
            file=file,
            cut=tuple(cut),
            objects=tuple(each.encode("latin-1") for each in objects),
            letters=dict(letters),
            widths=dict(widths),
        )
