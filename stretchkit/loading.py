"""From a folder of content files to everything a library holds, with all of its faults."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from stretchkit import resources
from stretchkit.checks import check_pictures, check_references
from stretchkit.diagnostics import Faults
from stretchkit.errors import Diagnostic, LibraryNotFoundError, Location
from stretchkit.locales import catalogue_of, languages
from stretchkit.model.brand import Settings
from stretchkit.source import shapes, strict_yaml
from stretchkit.source.build import Content, build_settings
from stretchkit.source.document import KINDS, FileKind, FileName, SourceFile, Translation, read
from stretchkit.source.fields import check
from stretchkit.source.strict_yaml import Path as YamlPath
from stretchkit.source.text import decode
from stretchkit.source.translation import translate

SETTINGS_FILE = "stretchkit.yaml"

Key: TypeAlias = tuple[str, str]
"""A kind of content and an id."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds: contents in the source language, translations by language."""

    settings: Settings
    folders: tuple[Path, ...]
    contents: Mapping[Key, Content]
    translations: Mapping[str, Mapping[Key, Content]]
    diagnostics: tuple[Diagnostic, ...]


def load_folder(root: Path) -> Loaded:
    """Load every content file of a folder, on top of the library that it extends.

    Raises:
        LibraryNotFoundError: if there is no such folder.
    """
    if not root.is_dir():
        raise LibraryNotFoundError(f"there is no library at {root}: not a folder")
    faults = Faults()
    settings = _load_settings(root, faults)
    files, translations = _load_files(root, settings, faults)
    sources = files
    folders: tuple[Path, ...] = (root,)
    base_files: dict[Key, SourceFile] = {}
    base_settings = Settings()
    if settings.extends == "bundled":
        base = resources.data_dir("content")
        base_settings = _load_settings(base, faults)
        base_files, base_translations = _load_files(base, base_settings, faults)
        own = {(t.kind.name, t.id, t.language) for t in translations}
        translations += [
            t
            for t in base_translations
            if (t.kind.name, t.id) not in files and (t.kind.name, t.id, t.language) not in own
        ]
        sources, folders = base_files | files, (root, base)
    check_references(sources, faults)
    settings_place = Location(_beneath(root, SETTINGS_FILE))
    check_pictures(files, settings.brand.logo, root, settings_place, faults)
    translated = _translate(translations, sources, settings, faults)
    _check_translated(files, translated, settings, faults)
    # What is extended may be written in another language than the library's own.
    for key, file in base_files.items():
        if key not in files and base_settings.language in translated:
            translated[base_settings.language].setdefault(key, file.content)
    words = translated[settings.language]
    contents = {key: words.get(key, file.content) for key, file in sources.items()}
    return Loaded(settings, folders, contents, translated, faults.sorted())


def _shown(path: Path) -> str:
    """Return a path as a person would type it from where they stand."""
    here, there = Path.cwd(), path.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        return Path(os.path.relpath(there, here)).as_posix()
    return path.as_posix()


def _beneath(root: Path, path: str) -> str:
    """Return a path inside of a library as `_shown` would."""
    return (PurePosixPath(_shown(root)) / path).as_posix()


def _load_settings(root: Path, faults: Faults) -> Settings:
    path = root / SETTINGS_FILE
    shown = _beneath(root, SETTINGS_FILE)
    if not path.is_file():
        faults.add("SK070", Location(shown), "the file is missing", 'write "name: …" in it')
        return Settings()
    text = _read_text(path, shown, root, faults)
    if text is None:
        return Settings()
    plain, places = strict_yaml.load(text, shown, faults)
    if plain is None and faults.sorted():
        return Settings()
    shape = check(shapes.LibraryShape, {} if plain is None else plain, places, faults)
    if shape is None:
        return Settings()
    if shape.extends not in (None, "bundled"):
        faults.add(
            "SK071",
            places.value(("extends",)),
            f'cannot extend "{shape.extends}"',
            'write "bundled"',
        )
    theme = root / (shape.theme or "")
    if not theme.is_dir() or not theme.resolve().is_relative_to(root.resolve()):
        message = f'the library has no folder "{shape.theme}"'
        faults.add("SK072", places.value(("theme",)), message)
    settings = build_settings(shape)
    for language in settings.languages:
        if catalogue_of(language) is None:
            at: YamlPath = ("languages",) if language in shape.languages else ("language",)
            message = f'there are no labels in "{language}"'
            faults.add(
                "SK073", places.value(at), message, f"labels exist in {', '.join(languages())}"
            )
    return settings


def _read_text(path: Path, shown: str, root: Path, faults: Faults) -> str | None:
    if not path.resolve().is_relative_to(root.resolve()):
        faults.add("SK006", Location(shown), "a link to a file outside of the library")
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        faults.add("SK001", Location(shown), f"cannot read the file: {error.strerror}")
        return None
    return decode(data, shown, faults)


def _content_files(root: Path, faults: Faults) -> Iterator[tuple[FileKind, Path, str]]:
    """Yield kind, path and shown name of every content file of a library, sorted."""
    for kind in KINDS.values():
        folder = root / kind.folder
        for path in sorted(folder.rglob("*")):
            shown = _beneath(root, path.relative_to(root).as_posix())
            if path.is_dir() or any(part.startswith(".") for part in path.relative_to(root).parts):
                continue
            if path.suffix == kind.suffix and path.name != "README.md":
                yield kind, path, shown
            elif path.suffix.lower() not in shapes.PICTURE_SUFFIXES and path.name != "README.md":
                hint = f"content of {kind.folder}/ ends in {kind.suffix}"
                faults.add("SK010", Location(shown), "not a content file", hint)


def _load_files(
    root: Path, settings: Settings, faults: Faults
) -> tuple[dict[Key, SourceFile], list[Translation]]:
    files: dict[Key, SourceFile] = {}
    translations: list[Translation] = []
    for kind, path, shown in _content_files(root, faults):
        name = FileName.parse(path.name.removesuffix(kind.suffix))
        if name is None:
            hint = f'rename it, for example "{_kebab(path.stem)}{kind.suffix}"'
            faults.add("SK008", Location(shown), f'"{path.name}" does not make an id', hint)
            continue
        if name.id == "index":
            hint = "choose another name"
            faults.add("SK008", Location(shown), "every list of the site is called index", hint)
            continue
        text = _read_text(path, shown, root, faults)
        if text is None:
            continue
        result = read(text, shown, kind, name, language=settings.language, faults=faults)
        if isinstance(result, Translation):
            translations.append(result)
        elif result is not None:
            key = (kind.name, name.id)
            if key in files:
                first = files[key].places.path
                faults.add("SK009", Location(shown), f'the id "{name.id}" is that of {first} too')
            else:
                files[key] = result
    return files, translations


def _kebab(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "seated-twist"


def _translate(
    translations: list[Translation],
    sources: Mapping[Key, SourceFile],
    settings: Settings,
    faults: Faults,
) -> dict[str, dict[Key, Content]]:
    translated: dict[str, dict[Key, Content]] = {language: {} for language in settings.languages}
    for translation in translations:
        key = (translation.kind.name, translation.id)
        place = Location(translation.places.path)
        if key not in sources:
            faults.add("SK061", place, f'there is no {key[0]} "{key[1]}" to translate')
            continue
        if translation.language not in settings.languages:
            if settings.extends is None:
                faults.add(
                    "SK063",
                    place,
                    f'the library does not offer "{translation.language}"',
                    f"add {translation.language} to languages in {SETTINGS_FILE}",
                )
            continue
        content = translate(translation, sources[key], faults)
        translated[translation.language][key] = content
    return translated


def _check_translated(
    files: Mapping[Key, SourceFile],
    translated: Mapping[str, Mapping[Key, Content]],
    settings: Settings,
    faults: Faults,
) -> None:
    """Report the library's own files that an announced language lacks (SK064)."""
    for language in settings.languages[1:]:
        for key, file in files.items():
            if key not in translated[language]:
                message = f"there is no translation to {language}"
                faults.add("SK064", Location(file.places.path), message)
