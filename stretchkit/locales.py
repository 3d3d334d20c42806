"""The languages that labels come in: gettext catalogues, read straight from their .po files.

Reading the .po saves a compile step: whoever edits a catalogue sees the change at the next run.
English needs no catalogue, since the messages in the code are English.
"""

from __future__ import annotations

import gettext
import io
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from stretchkit.model.vocabulary import Word

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = Path(__file__).with_name("locale")
SOURCE_LANGUAGE = "en"
_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
"""The directions of Unicode's strong letters."""
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "ckb", "dv"})


def languages() -> tuple[str, ...]:
    """Return the languages that every label exists in."""
    found = (path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/stretchkit.po"))
    return tuple(sorted({SOURCE_LANGUAGE, *found}))


def catalogue_of(language: str) -> str | None:
    """Return the language whose labels are used: "es" for "es-MX", None where there are none."""
    while language:
        if language == SOURCE_LANGUAGE or _po_file(language).is_file():
            return language
        language = language.rpartition("-")[0]
    return None


def _po_file(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "stretchkit.po"


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the translations of a language, of "es" for "es-MX"; English where there are none."""
    found = catalogue_of(language)
    if found is None or found == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    path = _po_file(found)
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - 60 ms that English never pays
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as source:
        messages = read_po(source, locale=found)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def label(word: Word, language: str) -> str:
    """Return what a reader of a language sees for a word of a closed list."""
    return catalogue(language).gettext(word.label)


def direction(language: str) -> str:
    """Return "rtl" for a language written from right to left, else "ltr"."""
    return "rtl" if language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "ltr"


def direction_of(text: str) -> str:
    """Return "rtl" or "ltr" by the first letter of a text; figures alone are "ltr", signs ""."""
    for char in text:
        if (found := unicodedata.bidirectional(char)) in _WAYS:
            return _WAYS[found]
    return "ltr" if any(char.isdigit() for char in text) else ""


def is_mixed(text: str, way: str) -> bool:
    """Return whether a text would take the words around it along, on a line of a direction.

    Args:
        text: a text with words of others before and after it.
        way: the direction of the line, "ltr" or "rtl".
    """
    ways = {_WAYS.get(unicodedata.bidirectional(char), way) for char in text}
    return ways != {way} or direction_of(text) not in ("", way)


def isolated(text: str, way: str) -> str:
    """Return a text with signs around it, where needed, that keep its letters to themselves.

    They are Unicode's first strong isolate and pop directional isolate, and take no room.

    Args:
        text: a text with words of others before and after it.
        way: the direction of the line, "ltr" or "rtl".
    """
    return f"\u2068{text}\u2069" if text and is_mixed(text, way) else text


def listing(texts: Iterable[str], language: str) -> str:
    """Join texts as a language does: "chair, mat and towel"."""
    texts = list(texts)
    if len(texts) < 2:  # noqa: PLR2004 - one text is no list
        return "".join(texts)
    locale = babel_locale(language)
    if locale is None:
        return ", ".join(texts)
    from babel.lists import format_list  # noqa: PLC0415 - only needed for longer lists

    return format_list(texts, locale=locale)


def babel_locale(language: str) -> Locale | None:
    """Return what Babel knows of a language, British for English; None when it knows nothing."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 30 ms that English rarely pays

    try:
        return Locale.parse({"en": "en_GB"}.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts titles without regard to case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)), text
