"""From a folder of content files to everything a library holds, with all of its faults."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from stretchkit import resources
from stretchkit.checks import check_pictures, check_poses, check_references
from stretchkit.diagnostics import Faults
from stretchkit.errors import Diagnostic, LibraryNotFoundError, Location
from stretchkit.locales import catalogue_of, languages
from stretchkit.model.brand import Settings
from stretchkit.source import shapes, strict_yaml
from stretchkit.source.build import Content, build_settings
from stretchkit.source.document import KINDS, FileKind, FileName, SourceFile, Translation, read
from stretchkit.source.fields import check
from stretchkit.source.files import beneath, better_name, files_of, read_text
from stretchkit.source.paths import is_folder, stays_inside
from stretchkit.source.poses import PoseFile, bundled_poses, read_poses
from stretchkit.source.strict_yaml import Path as YamlPath
from stretchkit.source.strict_yaml import Places
from stretchkit.source.translation import translate

SETTINGS_FILE = "stretchkit.yaml"

Key: TypeAlias = tuple[str, str]
"""A kind of content and an id."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds: contents in the source language, and by each language it offers.

    `places` tell where the keys and values of an exercise or a base pose stand; `own` are the files
    that the folder itself holds, not the library it extends.
    """

    settings: Settings
    folders: tuple[Path, ...]
    contents: Mapping[Key, Content]
    translations: Mapping[str, Mapping[Key, Content]]
    poses: Mapping[str, PoseFile]
    places: Mapping[Key, Places]
    own: frozenset[Key]
    diagnostics: tuple[Diagnostic, ...]


def load_folder(root: Path) -> Loaded:
    """Load every content file of a folder, on top of the library that it extends.

    Raises:
        LibraryNotFoundError: if there is no such folder.
    """
    if not root.is_dir():
        raise LibraryNotFoundError(f"there is no library at {root}: not a folder")
    with _nothing_to_collect():
        return _loaded(root)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Spare Python the search for garbage: all that is read is kept, and it takes a fifth more."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _loaded(root: Path) -> Loaded:
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
            if t.language in settings.languages
            and (t.kind.name, t.id) not in files
            and (t.kind.name, t.id, t.language) not in own
        ]
        sources, folders = base_files | files, (root, base)
    check_references(sources, translations, faults)
    settings_place = Location(beneath(root, SETTINGS_FILE))
    check_pictures(files, settings.brand.logo, root, settings_place, faults)
    own_poses = read_poses(root, faults)
    poses = {**bundled_poses(), **own_poses}
    check_poses(sources, own_poses, poses, faults)
    translated = _translate(translations, sources, files, settings, faults)
    _check_translated(files, translated, settings, faults)
    # What is extended may be written in another language than the library's own.
    for key, file in base_files.items():
        if key not in files and base_settings.language in translated:
            translated[base_settings.language].setdefault(key, file.content)
    words = translated[settings.language]
    contents = {key: words.get(key, file.content) for key, file in sources.items()}
    translated[settings.language] = contents
    places = {key: file.places for key, file in sources.items() if key[0] == "exercise"}
    places |= {("pose", name): pose.places for name, pose in poses.items()}
    own_keys = frozenset({*files, *(("pose", name) for name in own_poses)})
    return Loaded(settings, folders, contents, translated, poses, places, own_keys, faults.sorted())


def _load_settings(root: Path, faults: Faults) -> Settings:
    path = root / SETTINGS_FILE
    shown = beneath(root, SETTINGS_FILE)
    if not path.is_file():
        faults.add("SK070", Location(shown), "the file is missing", 'write "name: …" in it')
        return Settings()
    text = read_text(path, shown, root, faults)
    if text is None:
        return Settings()
    plain, places = strict_yaml.load(text, shown, faults)
    shape = None if plain is None else check(shapes.LibraryShape, plain, places, faults)
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
    if not is_folder(theme) or not stays_inside(theme, root):
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


def _content_files(root: Path, faults: Faults) -> Iterator[tuple[FileKind, Path, str]]:
    """Yield kind, path and shown name of every content file of a library, sorted."""
    for kind in KINDS.values():
        for path, shown in files_of(root, kind.folder, kind.suffix, faults):
            yield kind, path, shown


def _load_files(
    root: Path, settings: Settings, faults: Faults
) -> tuple[dict[Key, SourceFile], list[Translation]]:
    files: dict[Key, SourceFile] = {}
    translations: dict[tuple[str, str, str], Translation] = {}
    for kind, path, shown in _content_files(root, faults):
        name = FileName.parse(path.name.removesuffix(kind.suffix))
        if name is None:
            better = better_name(path.name.removesuffix(kind.suffix))
            hint = f'rename it, for example "{better}{kind.suffix}"'
            faults.add("SK008", Location(shown), f'"{path.name}" does not make an id', hint)
            continue
        if name.id == "index":
            hint = "choose another name"
            faults.add("SK008", Location(shown), "every list of the site is called index", hint)
            continue
        text = read_text(path, shown, root, faults)
        if text is None:
            continue
        result = read(text, shown, kind, name, language=settings.language, faults=faults)
        if isinstance(result, Translation):
            words = (kind.name, name.id, result.language)
            if words in translations:
                first = translations[words].places.path
                message = f"{first} is a translation to {result.language} too"
                faults.add("SK009", Location(shown), message)
            else:
                translations[words] = result
        elif result is not None:
            key = (kind.name, name.id)
            if key in files:
                first = files[key].places.path
                faults.add("SK009", Location(shown), f'the id "{name.id}" is that of {first} too')
            else:
                files[key] = result
    return files, list(translations.values())


def _translate(
    translations: list[Translation],
    sources: Mapping[Key, SourceFile],
    own: Mapping[Key, SourceFile],
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
            message = f'the library does not offer "{translation.language}"'
            hint = f"add {translation.language} to languages in {SETTINGS_FILE}"
            faults.add("SK063", place, message, hint)
            continue
        if translation.language == settings.language and key in own:
            message = f'"{own[key].places.path}" is in "{translation.language}" already'
            hint = "name a translation by the language it is in"
            faults.add("SK008", place, message, hint)
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
