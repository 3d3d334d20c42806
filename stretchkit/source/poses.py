"""Base poses: the files of `poses/`, each the settings that frames can start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stretchkit import resources
from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.source import strict_yaml
from stretchkit.source.document import FileName
from stretchkit.source.files import better_name, files_of, read_text
from stretchkit.source.strict_yaml import Places

FOLDER, SUFFIX = "poses", ".yaml"


@dataclass(frozen=True, slots=True)
class PoseFile:
    """A base pose as its file describes it, in the words of the pose language."""

    name: str
    settings: Mapping[str, Any]
    places: Places

    @property
    def base(self) -> str | None:
        """The pose that this one starts from, if any."""
        base = self.settings.get("from")
        return base if isinstance(base, str) else None


@cache
def bundled_poses() -> Mapping[str, PoseFile]:
    """Return the base poses that StretchKit comes with, by name, read once."""
    return read_poses(resources.data_dir("content"), Faults())


def read_poses(root: Path, faults: Faults) -> dict[str, PoseFile]:
    """Return the base poses of a library's folder, by name.

    Args:
        root: the library's folder.
        faults: where faults go.
    """
    found: dict[str, PoseFile] = {}
    for path, shown in files_of(root, FOLDER, SUFFIX, faults):
        name = _name(path, shown, faults)
        text = read_text(path, shown, root, faults) if name else None
        if name is None or text is None:
            continue
        plain, places = strict_yaml.load(text, shown, faults)
        if plain is None:
            continue
        if not isinstance(plain, dict):
            faults.add("SK027", places.value(()), "the facts are not `key: value` lines")
        elif name in found:
            first = found[name].places.path
            faults.add("SK009", Location(shown), f'the id "{name}" is that of {first} too')
        else:
            if not isinstance(plain.get("from", ""), str):
                place = places.value(("from",))
                faults.add("SK032", place, "from: expected the name of a pose")
            found[name] = PoseFile(name, plain, places)
    return found


def _name(path: Path, shown: str, faults: Faults) -> str | None:
    """Return the name that a file gives its pose, None after a fault."""
    stem = path.name.removesuffix(SUFFIX)
    name = FileName.parse(stem)
    if name is None:
        hint = f'rename it, for example "{better_name(stem)}{SUFFIX}"'
        faults.add("SK008", Location(shown), f'"{path.name}" does not make an id', hint)
        return None
    if name.language is not None:
        hint = f'rename it, for example "{name.id}-{name.language}{SUFFIX}"'
        faults.add("SK008", Location(shown), "a pose has no words to translate", hint)
        return None
    return name.id
