"""The sections of a file as words of the model: which headings a kind has, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.locales import SOURCE_LANGUAGE, label
from stretchkit.model.exercise import Cue, Mistake, Step
from stretchkit.model.vocabulary import Breath, Section
from stretchkit.source.names import did_you_mean
from stretchkit.source.sections import BodySection, Item


class Holds(Enum):
    """What stands under a heading."""

    TEXT = "Markdown"
    LINES = "a bullet list"
    CUES = "a bullet list of cues"
    MISTAKES = "a bullet list of mistakes"
    STEPS = "a numbered list of steps"


EXERCISE_SECTIONS: Mapping[Section, Holds] = MappingProxyType(
    {
        Section.SET_UP: Holds.TEXT,
        Section.STEPS: Holds.STEPS,
        Section.CUES: Holds.CUES,
        Section.FEEL: Holds.TEXT,
        Section.TAKE_CARE: Holds.TEXT,
        Section.STOP_SIGNS: Holds.LINES,
        Section.EASIER: Holds.TEXT,
        Section.HARDER: Holds.TEXT,
        Section.MISTAKES: Holds.MISTAKES,
        Section.CLINICIAN: Holds.TEXT,
    }
)
ROUTINE_SECTIONS: Mapping[Section, Holds] = MappingProxyType(
    {Section.BEFORE: Holds.TEXT, Section.AFTER: Holds.TEXT}
)

_STEP_ATTRIBUTES = ("frame", "breath", "hold")


def read_words(
    sections: Sequence[BodySection],
    known: Mapping[Section, Holds],
    language: str,
    faults: Faults,
) -> dict[str, Any]:
    """Return the model's words by field name.

    Args:
        sections: the parts of the body, the one before the first heading first.
        known: the sections of this kind of file.
        language: the file's language; headings may be in it or in English.
        faults: where faults go.
    """
    words: dict[str, Any] = {"summary": sections[0].text}
    headings = headings_of(known, language)
    for section in sections[1:]:
        found = headings.get(section.heading.casefold())
        if found is None:
            shown = [label(word, language) for word in known]
            hint = did_you_mean(section.heading, shown)
            faults.add("SK040", section.location, f'unknown section "{section.heading}"', hint)
        elif found.value in words:
            faults.add("SK042", section.location, f'"{section.heading}" is written twice')
        else:
            words[found.value] = _content(section, known[found], faults)
    return words


def headings_of(known: Mapping[Section, Holds], language: str) -> dict[str, Section]:
    """Return each section by its heading in English and in a language, in small letters."""
    return {
        label(section, spoken).casefold(): section
        for spoken in (SOURCE_LANGUAGE, language)
        for section in known
    }


def _content(section: BodySection, holds: Holds, faults: Faults) -> Any:
    if not section.text:
        faults.add("SK044", section.location, f'nothing stands under "{section.heading}"')
    if section.nested:
        faults.add("SK043", section.nested, "a list inside a list", "write one list, not indented")
    if section.empty and holds is not Holds.TEXT:
        what = "a step without words" if holds is Holds.STEPS else "a list entry without words"
        faults.add("SK044", section.empty, what)
    match holds:
        case Holds.TEXT:
            return section.text
        case Holds.STEPS:
            return _steps(section, faults)
        case Holds.MISTAKES:
            return tuple(_mistake(item, faults) for item in _lines(section, faults))
        case Holds.LINES | Holds.CUES:
            lines = _lines(section, faults)
            for item in lines:
                _check_attributes(item, faults, ())
            texts = tuple(item.text for item in lines)
            return tuple(Cue(text=text) for text in texts) if holds is Holds.CUES else texts


def _lines(section: BodySection, faults: Faults) -> tuple[Item, ...]:
    if section.text and not (section.is_one_list and section.blocks == ("ul",)):
        if not (section.nested or section.empty):
            faults.add(
                "SK047",
                section.location,
                f'"{section.heading}" is one bullet list',
                "start each line with - ",
            )
        return ()
    return section.items


def _steps(section: BodySection, faults: Faults) -> tuple[Step, ...]:
    if section.text and not (section.is_one_list and section.blocks == ("ol",)):
        if not (section.nested or section.empty):
            faults.add(
                "SK043",
                section.location,
                "the steps are not one numbered list",
                "start lines with 1. 2. 3.",
            )
        return ()
    return tuple(_step(item, faults) for item in section.items)


def _step(item: Item, faults: Faults) -> Step:
    if not item.text:
        faults.add("SK044", item.location, "a step without words")
    attributes = dict(item.attributes)
    _check_attributes(item, faults, _STEP_ATTRIBUTES)
    breath = attributes.get("breath")
    if breath is not None and breath not in list(Breath):
        hint = did_you_mean(breath, Breath)
        faults.add("SK045", item.location, f'breath is not "{breath}"', hint)
        breath = None
    return Step(
        text=item.text,
        frame=attributes.get("frame"),
        breath=Breath(breath) if breath else None,
        hold="hold" in attributes,
    )


def _mistake(item: Item, faults: Faults) -> Mistake:
    _check_attributes(item, faults, ("frame",))
    return Mistake(text=item.text, frame=dict(item.attributes).get("frame"))


def _check_attributes(item: Item, faults: Faults, known: Sequence[str]) -> None:
    names = [name for name, _ in item.attributes]
    for name, value in item.attributes:
        hint = ""
        if name not in known:
            what = "step attribute" if known is _STEP_ATTRIBUTES else "attribute"
            message = f'unknown {what} "{name}"'
            hint = did_you_mean(name, known)
        elif names.count(name) > 1:
            message = f'"{name}" is written twice'
        elif name == "hold" and value is not None:
            message = '"hold" takes no value'
            hint = "how long to hold stands in the dosage"
        elif name != "hold" and not value:
            message = f'"{name}" has no value'
            hint = f"write {name}={'in' if name == 'breath' else 'NAME'}"
        else:
            continue
        faults.add("SK045", item.location, message, hint)


def require(
    section: Section, words: Mapping[str, Any], at: Location, faults: Faults, language: str
) -> None:
    """Report a section that every file of this kind has and this one lacks."""
    if section.value not in words:
        heading = label(section, language)
        faults.add("SK041", at, f'the section "{heading}" is missing', f'add "## {heading}"')


def is_heading(text: str, section: Section, language: str) -> bool:
    """Whether a heading means a section, in English or in a language."""
    return text.casefold() in headings_of({section: Holds.TEXT}, language)
