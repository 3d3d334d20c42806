"""Results kept between runs in the user's cache folder, named by everything they depend on.

One file a result, written beside its place and renamed, so that several programs may work at the
same time. What cannot be read, is damaged or was put there by somebody else counts as missing; a
folder that cannot be written costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from stretchkit import locales
from stretchkit.model import vocabulary

FOLDER_VARIABLE = "STRETCHKIT_CACHE"
LIMIT = 200_000_000
"""Bytes that a folder may hold; beyond them the oldest results go."""

_CHECKSUM = 32


@dataclass(frozen=True, slots=True)
class Store:
    """Results in a folder, by key; a key is a word of small letters and digits."""

    folder: Path

    def read(self, key: str) -> bytes | None:
        """Return a result, None when there is none that is whole."""
        try:
            data = self._file(key).read_bytes()
        except OSError:
            return None
        checksum, result = data[:_CHECKSUM], data[_CHECKSUM:]
        return result if checksum == _checksum(key, result) else None

    def write(self, key: str, result: bytes) -> None:
        """Keep a result; nothing happens where the folder cannot be written."""
        place = self._file(key)
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent, suffix=".tmp")
            temporary = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_checksum(key, result) + result)
                temporary.replace(place)
            except BaseException:  # an interruption leaves nothing behind either
                temporary.unlink(missing_ok=True)
                raise

    def prune(self, limit: int = LIMIT) -> None:
        """Remove the oldest results until the rest takes no more than `limit` bytes."""
        room = limit
        for _, size, place in sorted(self._files(), reverse=True):
            room -= size
            if room < 0:
                with contextlib.suppress(OSError):
                    place.unlink()

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for place in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):  # another program may have removed it
                state = place.stat()
                yield state.st_mtime, state.st_size, place

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def _checksum(key: str, result: bytes) -> bytes:
    return hashlib.blake2b(key.encode() + b"\0" + result, digest_size=_CHECKSUM).digest()


def usual_store(environment: Mapping[str, str] = os.environ) -> Store | None:
    """Return the store in the user's cache folder, None for a user without any.

    `STRETCHKIT_CACHE` names another folder. The usual one is where the system keeps caches:
    `$XDG_CACHE_HOME/stretchkit` or `~/.cache/stretchkit`, `~/Library/Caches/stretchkit` on macOS,
    `%LOCALAPPDATA%/stretchkit/Cache` on Windows.
    """
    named = environment.get(FOLDER_VARIABLE)
    if named:
        return Store(Path(named))
    try:
        return Store(_user_folder(environment))
    except RuntimeError:  # nobody's home
        return None


def _user_folder(environment: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData/Local") / "stretchkit" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/stretchkit"
    named = environment.get("XDG_CACHE_HOME", "")
    base = Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
    return base / "stretchkit"


def key_of(*parts: Any) -> str:
    """Return a key that is another one as soon as a part, or the way of drawing, is.

    Parts are data classes, mappings, sequences, enumerations, words, numbers and None.
    """
    told = json.dumps([engine(), *parts], default=_plain, ensure_ascii=False)
    return hashlib.blake2b(told.encode(), digest_size=20).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


@lru_cache
def engine() -> str:
    """Return what stands for the way of drawing: a digest of its code, its bodies and its words."""
    figure = Path(__file__).parent
    files = [*figure.glob("*.py"), *(figure / "bodies").glob("*.npz"), Path(vocabulary.__file__)]
    files += locales.CATALOGUES.glob("*/LC_MESSAGES/*.po")
    digest = hashlib.blake2b(digest_size=20)
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
