"""A library of any size to measure with: the shape of the bundled content, other words.

The same size always gives the same bytes. Each exercise takes after a bundled one: as many
sections, sentences, cautions and frames, with words of the same length that mean nothing. Dosages,
regions, angles, frame names, references and left-out sections vary; some words are marked up.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from stretchkit import resources
from stretchkit.model.vocabulary import Equipment, Position, Region

Facts: TypeAlias = dict[str, Any]

EXERCISES_A_ROUTINE = 20
"""There is one routine to so many exercises."""

_SETTINGS = "name: A generated library\nlanguage: en\nlicence: CC-BY-4.0\n"
_AUTHOR = "name: A generated author\n"
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WORD = re.compile(r"[A-Za-z]+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_NUMBER = re.compile(r"(?<!/)\b\d+")
_LEFT_OUT = 0.1
_MARKED_UP = 0.2


def write_library(folder: Path, exercises: int) -> Path:
    """Write a library into a new folder and return it.

    Args:
        folder: where to write; it must not be there yet.
        exercises: how many of them.
    """
    content = resources.data_dir("content")
    models = [split(path) for path in sources(content / "exercises")]
    routine_models = [split(path) for path in sources(content / "routines")]
    ids = [f"{_name(_dice('id', n)).lower().replace(' ', '-')}-{n:04}" for n in range(exercises)]
    for name in ("exercises", "routines", "people"):
        (folder / name).mkdir(parents=True)
    _write(folder / "stretchkit.yaml", _SETTINGS)
    _write(folder / "people" / "author.yaml", _AUTHOR)
    for number, name in enumerate(ids):
        model = models[number % len(models)]
        _write(folder / "exercises" / f"{name}.md", _exercise(model, number, ids))
    for number in range(max(1, exercises // EXERCISES_A_ROUTINE)):
        model = routine_models[number % len(routine_models)]
        _write(folder / "routines" / f"routine-{number:04}.md", _routine(model, number, ids))
    return folder


def sources(folder: Path) -> list[Path]:
    """Return the Markdown files of a folder that are not translations, sorted."""
    return [path for path in sorted(folder.rglob("*.md")) if "." not in path.stem]


def split(path: Path) -> tuple[Facts, str]:
    """Return the facts and the words of a content file that has no faults."""
    _, front, words = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), words


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _document(facts: Facts, words: str) -> str:
    front = yaml.dump(facts, Dumper=_DUMPER, sort_keys=False, default_flow_style=None, width=100)
    return f"---\n{front}---\n{words}"


def _dice(what: str, number: int) -> random.Random:
    return random.Random(f"{what} {number}")  # noqa: S311 - the same every time, and no secret


def _exercise(model: tuple[Facts, str], number: int, ids: Sequence[str]) -> str:
    dice = _dice("exercise", number)
    facts, words = dict(model[0]), model[1]
    frames = {
        name: f"{_nonsense(dice, name)}-{place}"
        for place, name in enumerate(facts.get("figure", {}).get("frames", {}), start=1)
    }
    others = [*ids[:number], *ids[number + 1 :]] or ids
    facts |= {
        "name": _name(_dice("id", number)),
        "aliases": [_name(dice).lower() for _ in facts.get("aliases", ())],
        "regions": _pick(dice, Region, len(facts["regions"])),
        "position": _pick(dice, Position, 1)[0],
        "equipment": _pick(dice, Equipment, len(facts.get("equipment", ()))),
        "dosage": _dosage(dice, facts["dosage"]),
        "cautions": _cautions(dice, facts.get("cautions", {}), others),
        # Only from lower to higher numbers: no circles.
        "progressions": [dice.choice(ids[number + 1 :]) for _ in facts.get("progressions", ())]
        if number + 1 < len(ids)
        else [],
        "author": "author",
        "reviewed": None,
    }
    if frames:
        facts["figure"] = _figure(dice, facts["figure"], frames)
    facts.pop("pictures", None)
    return _document(facts, _exercise_words(dice, words, frames, others))


def _pick(
    dice: random.Random, words: type[Region | Position | Equipment], number: int
) -> list[str]:
    return [word.value for word in dice.sample(list(words), number)]


def _dosage(dice: random.Random, line: str) -> str:
    """Return a dosage line with all of its numbers moved by the same amount."""
    more = dice.randint(0, 9)
    return _NUMBER.sub(lambda match: str(int(match[0]) + more), line)


def _cautions(
    dice: random.Random, cautions: Mapping[str, Mapping[str, str]], ids: Sequence[str]
) -> Facts:
    return {
        condition: {**caution, "instead": dice.choice(ids)} if "instead" in caution else {**caution}
        for condition, caution in cautions.items()
    }


def _figure(dice: random.Random, figure: Mapping[str, Any], frames: Mapping[str, str]) -> Facts:
    """Return a figure with other frame names and smaller angles."""

    def started(pose: Facts) -> Any:
        return _turned(dice, {**pose, "from": frames.get(pose["from"], pose["from"])})

    return {
        **figure,
        "frames": {frames[name]: started(pose) for name, pose in figure["frames"].items()},
        "alignment": [
            f"{rule} in {frames.get(frame, frame)}" if frame else rule
            for rule, _, frame in (line.partition(" in ") for line in figure.get("alignment", ()))
        ],
        "mistakes": {name: started(pose) for name, pose in figure.get("mistakes", {}).items()},
        "arrows": [
            {**arrow, "from": frames[arrow["from"]], "to": frames[arrow["to"]]}
            for arrow in figure.get("arrows", ())
        ],
    }


def _turned(dice: random.Random, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _turned(dice, inner) for key, inner in value.items()}
    return round(value * dice.uniform(0.7, 1.0)) if isinstance(value, int) else value


def _exercise_words(
    dice: random.Random, words: str, frames: Mapping[str, str], ids: Sequence[str]
) -> str:
    summary, *sections = re.split(r"(?m)^(?=## )", words)
    kept = [s for s in sections if s.startswith("## Steps") or dice.random() >= _LEFT_OUT]
    summary = _other_words(dice, summary, frames).rstrip()
    if dice.random() < _MARKED_UP:
        summary += f" *{_name(dice)}* is like [{_name(dice)}](exercise:{dice.choice(ids)})."
    return "".join([f"{summary}\n\n", *(_other_words(dice, section, frames) for section in kept)])


def _routine(model: tuple[Facts, str], number: int, ids: Sequence[str]) -> str:
    dice = _dice("routine", number)
    facts, words = dict(model[0]), model[1]
    entries = [entry if isinstance(entry, dict) else {} for entry in facts["entries"]]
    facts |= {
        "name": _name(dice),
        "entries": [
            {
                "exercise": dice.choice(ids),
                **({"dosage": _dosage(dice, entry["dosage"])} if "dosage" in entry else {}),
                **({"note": _other_words(dice, entry["note"], {})} if "note" in entry else {}),
            }
            for entry in entries
        ],
        "author": "author",
        "reviewed": None,
    }
    return _document(facts, _other_words(dice, words, {}))


def _other_words(dice: random.Random, text: str, frames: Mapping[str, str]) -> str:
    """Return Markdown with headings and step attributes kept and every word replaced."""
    return "\n".join(_other_line(dice, line, frames) for line in text.split("\n"))


def _other_line(dice: random.Random, line: str, frames: Mapping[str, str]) -> str:
    if line.startswith("## "):
        return line
    words, brace, attributes = _LINK.sub(r"\1", line).partition("{")
    renamed = re.sub(
        r"frame=([\w-]+)", lambda match: f"frame={frames.get(match[1], match[1])}", attributes
    )
    other = _WORD.sub(lambda match: _nonsense(dice, match[0]), words)
    return f"{other}{brace}{renamed}"


def _name(dice: random.Random) -> str:
    return " ".join(map(partial(_nonsense, dice), ("Seated", "twist")))


def _nonsense(dice: random.Random, like: str) -> str:
    """Return a word that can be said and means nothing, as long and as high as another."""
    letters = (dice.choice("aeiou" if place % 2 else "bdlmnrstvz") for place in range(len(like)))
    word = "".join(letters)
    return word.capitalize() if like[0].isupper() else word
