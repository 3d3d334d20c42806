"""A library: everything in a folder of content files, loaded, linked and ready to select from.

Loading never stops at a fault: what can be read is there, and `diagnostics` tells the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

from stretchkit import resources
from stretchkit.checks import WORD_CODES, Posing, check_figures, posing
from stretchkit.diagnostics import Faults
from stretchkit.errors import (
    ContentError,
    Diagnostic,
    Severity,
    UnknownIdError,
)
from stretchkit.loading import Key, load_folder
from stretchkit.locales import catalogue, sort_key
from stretchkit.model.brand import Settings
from stretchkit.model.exercise import Exercise, FigureSpec
from stretchkit.model.guide import Guide, Person, Series, Term
from stretchkit.model.routine import Entry, Prescription, Programme, Routine
from stretchkit.model.vocabulary import (
    Condition,
    Equipment,
    Goal,
    Kind,
    Level,
    Position,
    Region,
    Setting,
)
from stretchkit.source.build import Content
from stretchkit.source.document import (
    KINDS,
)
from stretchkit.source.names import did_you_mean
from stretchkit.source.paths import is_file, stays_inside
from stretchkit.source.strict_yaml import Places

T = TypeVar("T", bound=Content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Content in one language, by id, sorted by name.

    `language` is the language that the words are in; what is not translated keeps the source's.
    `folders` are the folders the content came from, the user's own first; pictures and templates
    are looked up in them in this order. `poses` are the settings of the base poses that frames
    start from; `places` tell where the values of an exercise or a pose stand in its file; `own`
    are the files of the first folder, by kind and id.
    """

    settings: Settings = Settings()
    language: str = "en"
    folders: tuple[Path, ...] = ()
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    guides: Mapping[str, Guide] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    poses: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    places: Mapping[Key, Places] = field(default_factory=dict, repr=False)
    own: frozenset[Key] = field(default=frozenset(), repr=False)
    translations: Mapping[str, Mapping[Key, Content]] = field(default_factory=dict, repr=False)

    @classmethod
    def bundled(cls) -> Library:
        """Return the library that comes with StretchKit."""
        return cls.load(resources.data_dir("content"))

    @classmethod
    def load(cls, folder: str | Path) -> Library:
        """Load every content file of a folder; faults are in `diagnostics`.

        Raises:
            LibraryNotFoundError: if there is no such folder.
        """
        loaded = load_folder(Path(folder))
        library = cls(
            settings=loaded.settings,
            language=loaded.settings.language,
            folders=loaded.folders,
            poses={name: pose.settings for name, pose in loaded.poses.items()},
            diagnostics=loaded.diagnostics,
            places=loaded.places,
            own=loaded.own,
            translations=loaded.translations,
        )
        return library._with(loaded.contents)

    def raise_for_errors(self) -> None:
        """Raise when a content file has an error; warnings pass.

        Raises:
            ContentError: with every error.
        """
        errors = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        if errors:
            raise ContentError(errors)

    def check_figures(
        self,
        only: Collection[Key] | None = None,
        *,
        cache: bool = True,
        workers: int = 1,
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[Diagnostic, ...]:
        """Return the faults that show when figures are posed, by place: the second half of a check.

        Loading reads the words of figures; this solves every frame, which takes some tenths of a
        second for each. Figures whose words have faults are left out.

        Args:
            only: kinds and ids of exercises and poses, such as `("exercise", "cat-cow")`; when left
                out, those of the library's own files, and what starts from its poses.
            cache: whether results are kept in the user's cache folder and taken from there.
            workers: how many processes may work at the same time; more than one needs a main
                module that does nothing when it is imported.
            progress: called after each figure with the figures posed and all that are to pose.
        """
        from stretchkit.figure.cache import usual_store  # noqa: PLC0415 - loading needs none

        faults = Faults()
        figures = self._posings(only)
        store = usual_store() if cache else None
        check_figures(figures, faults, store=store, workers=workers, progress=progress)
        return faults.sorted()

    def _posings(self, only: Collection[Key] | None) -> Iterator[tuple[Posing, Places]]:
        """Yield what is posed for a check, with the places of its file."""
        unread = {d.location.path for d in self.diagnostics if d.code in WORD_CODES}
        figures: dict[Key, FigureSpec | str] = {("pose", name): name for name in self.poses}
        for exercise in self.exercises.values():
            if exercise.figure is not None:
                figures["exercise", exercise.id] = exercise.figure
        for key, what in figures.items():
            if key not in self.places:
                continue
            found = posing(what, self.poses)
            bases = [("pose", name) for name in found.poses]
            if only is None:
                wanted = key in self.own or any(base in self.own for base in bases)
            else:
                wanted = key in only
            paths = {self.places[each].path for each in (key, *bases) if each in self.places}
            if wanted and not paths & unread:
                yield found, self.places[key]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that the library offers, its source language first."""
        return self.settings.languages

    def in_language(self, language: str) -> Library:
        """Return the library with its words in another language, where they are translated.

        Raises:
            UnknownIdError: if the library offers no such language.
        """
        if language == self.language:
            return self
        if language not in self.languages:
            message = f'the library has no language "{language}"'
            raise _unknown(message, language, self.languages)
        # What is not translated goes back to the source's words, whatever the words are in now.
        source = self.translations.get(self.settings.language, {})
        words = {**source, **self.translations.get(language, {})}
        contents = {key: words.get(key, content) for key, content in self._source().items()}
        return replace(self, language=language)._with(contents)

    def select(
        self,
        *,
        text: str = "",
        region: Region | str | None = None,
        position: Position | str | None = None,
        kind: Kind | str | None = None,
        level: Level | str | None = None,
        setting: Setting | str | None = None,
        goal: Goal | str | None = None,
        without: Collection[Equipment | str] = (),
        equipment: Collection[Equipment | str] | None = None,
        avoid: Collection[Condition | str] = (),
    ) -> tuple[Exercise, ...]:
        """Return the exercises that match every given facet, sorted by name.

        Args:
            text: words that all stand in the id, the name or an alias.
            region: a region of the body, as are the other facets: a word of its closed list.
            position: the position at the start.
            kind: the sort of movement.
            level: how demanding it is.
            setting: where it can be done.
            goal: what it is for.
            without: things that are not at hand.
            equipment: the only things that are at hand; None when that does not matter.
            avoid: conditions; exercises that one of them rules out or changes are left out.

        Raises:
            ValueError: if a word is not in its closed list.
            TypeError: if a text is given where several words are expected.
        """
        if isinstance(without, str) or isinstance(avoid, str) or isinstance(equipment, str):
            raise TypeError("without, equipment and avoid take several words, such as a list")
        missing = {Equipment(name) for name in without}
        at_hand = None if equipment is None else {Equipment(name) for name in equipment}
        facets = (
            (Region, region, "regions"),
            (Position, position, "position"),
            (Kind, kind, "kind"),
            (Level, level, "level"),
            (Setting, setting, "settings"),
            (Goal, goal, "goals"),
        )
        wanted = [(name, words(word)) for words, word, name in facets if word is not None]
        ruled_out = {Condition(name) for name in avoid}
        needles = text.casefold().split()

        def matches(exercise: Exercise) -> bool:
            for name, word in wanted:
                value = getattr(exercise, name)
                if word not in (value if isinstance(value, tuple) else (value,)):
                    return False
            needed = set(exercise.equipment)
            if needed & missing or (at_hand is not None and not needed <= at_hand):
                return False
            if ruled_out & {caution.condition for caution in exercise.cautions}:
                return False
            haystack = " ".join((exercise.id, exercise.name, *exercise.aliases)).casefold()
            return all(needle in haystack for needle in needles)

        return tuple(exercise for exercise in self.exercises.values() if matches(exercise))

    def exercise(self, name: str) -> Exercise:
        """Return an exercise by id.

        Raises:
            UnknownIdError: if there is none; the message names the nearest.
        """
        return _get(self.exercises, name, "exercise")

    def routine(self, name: str) -> Routine:
        """Return a routine by id; raises UnknownIdError as `exercise` does."""
        return _get(self.routines, name, "routine")

    def guide(self, name: str) -> Guide:
        """Return a guide by id; raises UnknownIdError as `exercise` does."""
        return _get(self.guides, name, "guide")

    def find(self, name: str) -> Exercise | Routine | Programme | Guide:
        """Return the guide, routine, programme or exercise with an id, looked for in this order.

        Raises:
            UnknownIdError: if nothing has the id; the message names the nearest.
        """
        tables: tuple[Mapping[str, Exercise | Routine | Programme | Guide], ...] = (
            self.guides,
            self.routines,
            self.programmes,
            self.exercises,
        )
        for table in tables:
            if name in table:
                return table[name]
        known = {known for table in tables for known in table}
        raise _unknown(f'there is no exercise, routine or guide "{name}"', name, known)

    def routine_of(self, names: Collection[str], *, title: str = "") -> Routine:
        """Return one routine from ids: a routine, a guide's routine, or exercises put together.

        Args:
            names: ids of exercises, routines or guides, in order.
            title: the name of a routine that is put together; the exercise's own when there is
                one, else "Your exercises".

        Raises:
            UnknownIdError: if an id names nothing, or a guide that has no routine.
        """
        found = [self._routine_like(self.find(name)) for name in names]
        if len(found) == 1 and isinstance(found[0], Routine):
            return replace(found[0], name=title) if title else found[0]
        entries: list[Entry] = []
        for part in found:
            entries += part.entries if isinstance(part, Routine) else [Entry(part.id)]
        alone = found[0].name if len(found) == 1 else ""
        name = title or alone or catalogue(self.language).gettext("Your exercises")
        return Routine(
            id="-".join(names) or "empty", language=self.language, name=name, entries=tuple(entries)
        )

    def _routine_like(self, content: Exercise | Routine | Programme | Guide) -> Exercise | Routine:
        if isinstance(content, Guide):
            if content.routine is None:
                raise UnknownIdError(f'the guide "{content.id}" has no routine')
            return self.routine(content.routine)
        if isinstance(content, Programme):
            routines = [name for phase in content.phases for name in phase.routines]
            names = ", ".join(dict.fromkeys(routines))
            raise UnknownIdError(
                f'"{content.id}" is a programme; make a handout of one of its routines: {names}'
            )
        return content

    def prescriptions(self, routine: Routine) -> tuple[Prescription, ...]:
        """Return a routine's exercises with the dosages they are done with.

        Raises:
            UnknownIdError: if the routine names an exercise that the library lacks.
        """
        found = []
        for entry in routine.entries:
            exercise = self.exercise(entry.exercise)
            dosage = entry.dosage or exercise.dosage
            found.append(Prescription(exercise=exercise, dosage=dosage, note=entry.note))
        return tuple(found)

    def easier(self, exercise: Exercise) -> tuple[Exercise, ...]:
        """Return the exercises that lead to this one: its regressions."""
        return tuple(e for e in self.exercises.values() if exercise.id in e.progressions)

    def harder(self, exercise: Exercise) -> tuple[Exercise, ...]:
        """Return the exercises that this one leads to: its progressions."""
        return tuple(
            self.exercises[name] for name in exercise.progressions if name in self.exercises
        )

    def series_of(self, guide: Guide) -> Series | None:
        """Return the series that a guide belongs to, if any."""
        return next((s for s in self.series.values() if guide.id in s.guides), None)

    def picture(self, file: str) -> bytes:
        """Return the bytes of a picture file of the library.

        Raises:
            UnknownIdError: if no folder of the library has it.
        """
        for folder in self.folders:
            path = folder / PurePosixPath(file)
            if is_file(path) and stays_inside(path, folder):
                return path.read_bytes()
        raise UnknownIdError(f'the library has no picture "{file}"')

    def _source(self) -> dict[Key, Content]:
        tables = (getattr(self, kind.folder) for kind in KINDS.values())
        return {
            (kind.name, name): content
            for kind, table in zip(KINDS.values(), tables, strict=True)
            for name, content in cast("Mapping[str, Content]", table).items()
        }

    def _with(self, contents: Mapping[Key, Content]) -> Library:
        tables: dict[str, Mapping[str, Content]] = {}
        for kind in KINDS.values():
            own = [content for (name, _), content in contents.items() if name == kind.name]
            own.sort(key=lambda content: sort_key(content.name))
            tables[kind.folder] = {content.id: content for content in own}
        return replace(self, **tables)  # type: ignore[arg-type] # one table a kind, by its folder


def _get(table: Mapping[str, T], name: str, kind: str) -> T:
    if name in table:
        return table[name]
    raise _unknown(f'there is no {kind} "{name}"', name, table)


def _unknown(message: str, name: str, known: Collection[str]) -> UnknownIdError:
    hint = did_you_mean(name, known)
    return UnknownIdError(f"{message}; {hint}" if hint else message)
