"""Names for files: safe on every system, and none of them given twice."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
"""Bytes of a name in UTF-8 without its suffix; file systems take 255, some that encrypt 143."""

RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
)
"""Names that Windows keeps for devices, with any suffix; from "Naming Files" of its manual."""

_KEPT = frozenset("LMN")
"""Unicode's letters, marks and numbers."""


def safe_name(text: str) -> str:
    """Return a text as a file's name without a suffix, "" when nothing of it can stand in one.

    Letters and numbers of every script stay; what is between them becomes one hyphen. The name
    starts with no dot or hyphen, is none of Windows' devices, and has at most `LONGEST` bytes.
    """
    parts = "".join(
        char if unicodedata.category(char)[0] in _KEPT or char in "._" else "-"
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in ("Cf", "Cc", "Cs") or char.isspace()
    )
    name = _cut(re.sub("-*[.]*-+[.-]*", "-", parts).strip("-."), LONGEST)
    if name.split(".", maxsplit=1)[0].casefold() in RESERVED:
        name = f"_{name}"
    return name


def _cut(name: str, most: int) -> str:
    """Return what fits, without half of a letter or a letter that lost its marks."""
    if len(name.encode()) <= most:
        return name
    kept = name.encode()[:most].decode(errors="ignore")
    while kept and unicodedata.category(name[len(kept)])[0] == "M":
        kept = kept[:-1]
    return kept.rstrip("-.")


def numbered_name(name: str, number: int) -> str:
    """Return the name for the next file of the same name: "ada", then "ada-2"."""
    if number == 1:
        return name
    tail = f"-{number}"
    return _cut(name, LONGEST - len(tail)) + tail


def same_file(name: str) -> str:
    """Return what two names have in common when some system takes them for the same file.

    Windows and macOS do not tell capitals from small letters; macOS does not tell an accented
    letter from the letter and its accent either.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded)
