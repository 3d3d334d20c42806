"""What every kind of content is built from: a file's name, its words, its places, its faults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from stretchkit.diagnostics import Faults
from stretchkit.errors import DosageError, Location
from stretchkit.model.amounts import Frequency
from stretchkit.model.dosage import Dosage, parse_frequency
from stretchkit.source.sections import BodySection
from stretchkit.source.strict_yaml import Path, Places


@dataclass(frozen=True, slots=True)
class Draft:
    """What a builder works from: who the file is, where things stand, and where faults go."""

    id: str
    language: str
    places: Places
    sections: Sequence[BodySection]
    faults: Faults

    @property
    def start(self) -> Location:
        """Where the words begin."""
        return self.sections[0].location

    def dosage(self, line: str, at: Path) -> Dosage:
        """Read a dosage line; a fault in it is reported at its column."""
        return self._read(Dosage.parse, line, at) or Dosage()

    def frequency(self, line: str | None, at: Path) -> Frequency | None:
        """Read a frequency such as "daily"."""
        return self._read(parse_frequency, line, at) if line else None

    def _read(self, parse: Callable[[str], Any], line: str, at: Path) -> Any:
        try:
            return parse(line)
        except DosageError as error:
            place = self.places.value(at)
            column = place.column + (at in self.places.quoted) + error.offset
            name = next((part for part in reversed(at) if isinstance(part, str)), "dosage")
            where = Location(place.path, place.line, column)
            self.faults.add("SK035", where, f"{name}: {error.message}", error.hint)
            return None
