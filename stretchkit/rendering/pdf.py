"""HTML to a tagged PDF with our own fonts."""

from __future__ import annotations

import html as html_entities
import importlib.util
import io
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from pathlib import Path
from typing import Any

from stretchkit import resources
from stretchkit.errors import MissingGlyphError, MissingSystemLibraryError, RenderError
from stretchkit.layouts import Sheets
from stretchkit.rendering.fit import fitted

SYSTEM_LIBRARIES = (
    ("Debian, Ubuntu", "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ("Fedora", "sudo dnf install pango"),
    ("macOS", "brew install pango"),
)
_MARKUP = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_DATA_URI = re.compile(r"'?data:[^'\s]{20,}'?")
_INVISIBLE = frozenset(
    "\n\t\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff\xad"
)


def html_to_pdf(html: str, *, sheets: Sheets = "single", right_to_left: bool = False) -> bytes:
    """Return an HTML document as a PDF/A-2a that is PDF/UA-1 too; the same text, the same bytes.

    Args:
        html: the document, whole.
        sheets: how its pages stand on the paper that is printed: see `impose`.
        right_to_left: whether a booklet is opened from its other side.

    Raises:
        MissingGlyphError: if no bundled font has a character of the text.
        MissingSystemLibraryError: if Pango or HarfBuzz is not installed.
        RenderError: if WeasyPrint cannot make the document.
    """
    refuse_missing_glyphs(html)
    with quiet():
        press = _press(html)
        from stretchkit.rendering.pdf_sheets import impose  # noqa: PLC0415 - needs pydyf
        from stretchkit.rendering.pdf_tags import OPTIONS, prepare  # noqa: PLC0415 - as above

        document = fitted(press)
        tag, _ = prepare(document)

        def finish(document: Any, pdf: Any) -> None:
            tag(document, pdf)
            if sheets != "single":
                impose(pdf, sheets, right_to_left=right_to_left)

        return bytes(document.write_pdf(finisher=finish, **OPTIONS))


def lay_out(html: str) -> Any:
    """Return an HTML document as WeasyPrint's laid-out pages.

    Raises:
        MissingSystemLibraryError: if Pango or HarfBuzz is not installed.
    """
    return _press(html)("")


def _press(html: str) -> Callable[[str], Any]:
    """Return what lays an HTML document out with more style, as often as it is called."""
    weasyprint = engine()
    from stretchkit.rendering.pdf_tags import OPTIONS  # noqa: PLC0415 - needs WeasyPrint

    # Only what the page carries is loaded: no request leaves, no file is read.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)

    def press(style: str) -> Any:
        sheets = [weasyprint.CSS(string=style)] if style else []
        return page.render(font_config=fonts(), stylesheets=sheets, **OPTIONS)

    return press


@contextmanager
def quiet() -> Iterator[None]:
    """Make whatever WeasyPrint warns of an error: a sheet that needs a warning is not right.

    Raises:
        RenderError: at the end, if there was a warning.
    """
    with _warnings() as warnings:
        yield
    if warnings:
        raise RenderError("the page cannot be laid out: " + "; ".join(sorted(set(warnings))))


def missing_glyphs(text: str) -> str:
    """Return the characters of a text that no bundled font can print, each once, sorted."""
    return "".join(sorted(set(text) - printable() - _INVISIBLE))


def refuse_missing_glyphs(html: str) -> None:
    """Refuse an HTML document whose words no bundled font can print.

    Raises:
        MissingGlyphError: if there is such a character.
    """
    missing = missing_glyphs(html_entities.unescape(_MARKUP.sub(" ", html)))
    if missing:
        shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:8])
        more = f" and {len(missing) - 8} more" if len(missing) > 8 else ""  # noqa: PLR2004
        hint = "a handout as .html or .md is shown with the reader's own fonts"
        raise MissingGlyphError(f"no bundled font can print {shown}{more}; {hint}")


@lru_cache
def printable() -> frozenset[str]:
    """Return every character that one of the bundled fonts has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - comes with WeasyPrint; 40 ms

    found: set[int] = set()
    for path in sorted(fonts_dir().glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(map(chr, found))


def fonts_dir() -> Path:
    """Return the folder of the bundled fonts."""
    return resources.data_dir("templates") / "fonts"


def engine() -> Any:
    """Return WeasyPrint, imported now if it was not before.

    Raises:
        MissingSystemLibraryError: if Pango or HarfBuzz is not installed.
    """
    # It prints a banner and raises OSError when a system library is missing.
    try:
        with _own_fonts(), redirect_stdout(io.StringIO()):
            import weasyprint  # noqa: PLC0415 - a second or two, only for PDFs
    except OSError as error:
        ways = "; ".join(f"on {system}: {line}" for system, line in SYSTEM_LIBRARIES)
        library = str(error).split("'")[1] if "'" in str(error) else "Pango"
        raise MissingSystemLibraryError(
            f"PDFs need the system library {library}, which is not installed. Install it {ways}"
        ) from error
    return weasyprint


def colour_profile() -> bytes:
    """Return the ICC profile of sRGB, which is read without WeasyPrint's being loaded."""
    spec = importlib.util.find_spec("weasyprint")
    (folder,) = (spec and spec.submodule_search_locations) or ("",)
    return (Path(folder) / "pdf" / "sRGB2014.icc").read_bytes()


@lru_cache
def fonts() -> Any:
    """Return fonts that are the bundled ones and no others; made once a process."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above

    with _own_fonts():
        return FontConfiguration()


@contextmanager
def _own_fonts() -> Iterator[None]:
    """Lead fontconfig to the bundled fonts, as long as it reads its environment.

    With no font on a system at all it would crash, and with others the same sheet would look
    different.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fonts_dir() / "fonts.conf")
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        # Without HarfBuzz's subsetter the PDF takes longer and is as good.
        if "instead of HarfBuzz-Subset" not in message:
            self.messages.append(_DATA_URI.sub("a picture", message))


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what WeasyPrint warns of."""
    logger = logging.getLogger("weasyprint")
    handler, level, propagate = _Collect(), logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate
