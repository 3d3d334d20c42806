"""Bytes to text: the first thing that happens to a file, whoever wrote it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location

LARGEST_FILE = 100_000
"""Bytes; the longest bundled file has 5,000."""

_ALLOWED_CONTROLS = "\t\n\u200c\u200d\u200e\u200f"
_SUSPECT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def decode(data: bytes, path: str, faults: Faults) -> str | None:
    """Return the text of a content file with LF line ends, or None when it cannot be used.

    Args:
        data: the file's bytes.
        path: the file's name, for diagnostics.
        faults: where faults go: too large, not UTF-8, a BOM, CRLF, control characters.
    """
    if len(data) > LARGEST_FILE:
        faults.add("SK005", Location(path), f"the file has {len(data):,} bytes, over 100 kB")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        location = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        faults.add(
            "SK002", location, f"byte 0x{data[error.start]:02x} is not UTF-8", "save as UTF-8"
        )
        return None
    if text.startswith("\ufeff"):
        faults.add("SK003", Location(path), "the file starts with a byte order mark")
        text = text[1:]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        faults.add("SK004", Location(path, line), "lines end with CRLF", "save with LF line ends")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for match in hidden(text):
        start = match.start()
        location = Location(
            path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        )
        faults.add("SK007", location, name_of(match[0]), "delete the character")
        return None
    return text


def hidden(text: str) -> Iterator[re.Match[str]]:
    """Yield the characters of a text that no reader can see and that are not allowed."""
    return (match for match in _SUSPECT.finditer(text) if match[0] not in _ALLOWED_CONTROLS)


def name_of(character: str) -> str:
    """Return the number and the name of a character that cannot be shown."""
    name = unicodedata.name(character, "control character")
    return f"U+{ord(character):04X} ({name})"
