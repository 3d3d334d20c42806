"""An exercise's frame as a picture: from the words of its figure to one SVG document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from stretchkit.errors import RenderError
from stretchkit.figure.describe import Description, describe
from stretchkit.figure.draw import draw_scene
from stretchkit.figure.stage import Poses, stage
from stretchkit.figure.style import Person, Tone
from stretchkit.figure.svg import worded
from stretchkit.locales import catalogue_of, languages
from stretchkit.model.exercise import Exercise
from stretchkit.model.vocabulary import Side
from stretchkit.source.names import did_you_mean

Sign = Literal["arrows", "contacts", "numbers", "tint"]
SIGNS: tuple[Sign, ...] = ("arrows", "contacts", "numbers", "tint")
"""What can be drawn around a person: the way of a moving part, marks where the body touches
something, the numbers of the steps that a frame shows, a tint where the stretch is felt."""
_USUAL: tuple[Sign, ...] = ("arrows",)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A frame as it was drawn: the SVG, which has no words yet, and its words by language."""

    svg: str
    words: Mapping[str, Description]

    def told(self, language: str) -> Description:
        """Return the title and the description in a language; English where there are none."""
        return self.words[catalogue_of(language) or "en"]

    def worded(self, language: str) -> str:
        """Return the SVG with its title and its description."""
        told = self.told(language)
        return worded(self.svg, told.title, told.text)


def draw(
    exercise: Exercise,
    *,
    frame: str | None = None,
    side: Side | None = None,
    person: Person | None = None,
    style: Tone = "colour",
    signs: Collection[Sign] = _USUAL,
    language: str = "en",
    poses: Poses | None = None,
) -> str:
    """Return one frame of an exercise as an SVG document, 31 mm of paper for a metre.

    Args:
        exercise: the exercise, whose `figure` says how it is drawn.
        frame: the frame's name; the last frame when left out, which is the held one as a rule.
        side: `Side.LEFT` or `Side.RIGHT` for that side of a one-sided exercise; the side that
            the frames are written for when left out.
        person: who is drawn; a woman with a bun when left out.
        style: "colour", "grey" or "line".
        signs: what is drawn around the person, of `SIGNS`; arrows when left out.
        language: the language of the title and the description in the drawing.
        poses: the settings of base poses by name; those that come with StretchKit when left out.

    Raises:
        RenderError: if the exercise has no such frame, or its words cannot be posed.
    """
    found = draw_frame(
        exercise, frame, side=side, person=person, style=style, signs=signs, poses=poses
    )
    return found.worded(language)


def draw_frame(
    exercise: Exercise,
    frame: str | None = None,
    *,
    side: Side | None = None,
    person: Person | None = None,
    style: Tone = "colour",
    signs: Collection[Sign] = _USUAL,
    poses: Poses | None = None,
) -> Drawing:
    """Return one frame of an exercise drawn, with its words in every language.

    Arguments and errors are those of `draw`.
    """
    for sign in signs:
        if sign not in SIGNS:
            raise RenderError(f'unknown sign "{sign}"; {did_you_mean(sign, SIGNS)}')
    setting = stage(exercise, side=side, person=person, poses=poses)
    name = list(setting.frames)[-1] if frame is None else frame
    if name not in setting.frames:
        hint = did_you_mean(name, setting.frames)
        raise RenderError(f'the figure has no frame "{name}"; {hint}')
    solved = setting.frames[name]
    words = {each: describe(solved, setting.figure.view, each) for each in languages()}
    return Drawing(draw_scene(setting.scene(solved, style)), words)
