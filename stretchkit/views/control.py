"""What tells one edition of a sheet from another, and where the same words are on the web."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace

from stretchkit.library import Library
from stretchkit.locales import catalogue
from stretchkit.model.routine import Routine
from stretchkit.views.drawings import DrawingsView
from stretchkit.views.exercise import ExerciseView

CODE = 26.0
"""How wide a code to scan is at the least, millimetres: a telephone reads it at arm's length."""

_LEAST_MODULE = 0.5
_QUIET = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """A code to scan: its drawing, what it says, its width in mm, and the same address as text."""

    svg: str
    alt: str
    width: float
    address: str
    text: str


def code_view(address: str, language: str) -> CodeView | None:
    """Return the code that leads to a web address; None without one.

    It is at least 26 mm wide, and wider where its squares would be less than 0.5 mm.
    """
    if not address:
        return None
    import segno  # noqa: PLC0415 - sheets without a code need not wait for it

    code = segno.make(address, error="m", micro=False)
    alt = catalogue(language).gettext("Code to scan: opens this page on the web")
    modules = code.symbol_size(border=_QUIET)[0]
    width = max(CODE, _LEAST_MODULE * modules)
    stream = io.BytesIO()
    scale = width / modules
    code.save(stream, kind="svg", border=_QUIET, scale=scale, unit="mm", xmldecl=False, title=alt)
    return CodeView(
        svg=stream.getvalue().decode(),
        alt=alt,
        width=width,
        address=address,
        text=address.removeprefix("https://").removeprefix("http://").removesuffix("/"),
    )


def control_words(routine: Routine, exercises: Iterable[ExerciseView], library: Library) -> str:
    """Return the edition of a sheet's words: the library's version and a hash of the words.

    The hash is the same for everybody who gets the same words in the same language.
    """
    words = (
        (routine.name, routine.summary, routine.before, routine.after, library.language),
        tuple(replace(each, drawings=DrawingsView()) for each in exercises),
    )
    digest = hashlib.sha256(repr(words).encode()).hexdigest()[:8]
    _, version = catalogue(library.language).gettext, library.settings.version
    edition = [_("Version %(version)s") % {"version": version}] if version else []
    return " · ".join((*edition, _("Content %(hash)s") % {"hash": digest}))
