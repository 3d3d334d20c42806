"""An exercise's frame as a picture: from the words of its figure to one SVG document."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stretchkit.errors import RenderError
from stretchkit.figure.draw import draw_scene
from stretchkit.figure.drawn import SIGNS, USUAL_SIGNS, Drawing, Sign
from stretchkit.figure.person import DrawnPerson, Tone
from stretchkit.figure.stage import Poses, Stage, stage
from stretchkit.locales import languages
from stretchkit.model.exercise import Exercise
from stretchkit.model.vocabulary import Side
from stretchkit.source.names import did_you_mean


def draw(
    exercise: Exercise,
    *,
    frame: str | None = None,
    side: Side | None = None,
    person: DrawnPerson | None = None,
    style: Tone = "colour",
    signs: Sequence[Sign] = USUAL_SIGNS,
    language: str = "en",
    poses: Poses | None = None,
) -> str:
    """Return one frame of an exercise as an SVG document, 31 mm of paper for a metre.

    Args:
        exercise: the exercise, whose `figure` says how it is drawn.
        frame: the name of a frame or of a mistake, which is drawn with a cross; the last frame
            when left out, which is the held one as a rule.
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
    person: DrawnPerson | None = None,
    style: Tone = "colour",
    signs: Sequence[Sign] = USUAL_SIGNS,
    poses: Poses | None = None,
) -> Drawing:
    """Return one frame of an exercise drawn, with its words in every language.

    Arguments and errors are those of `draw`.
    """
    names = None if frame is None else [frame]
    (found,) = draw_frames(
        exercise, names, side=side, person=person, style=style, signs=signs, poses=poses
    )
    return found


def draw_frames(
    exercise: Exercise,
    frames: Collection[str] | None,
    *,
    side: Side | None = None,
    person: DrawnPerson | None = None,
    style: Tone = "colour",
    signs: Sequence[Sign] = USUAL_SIGNS,
    poses: Poses | None = None,
) -> tuple[Drawing, ...]:
    """Return frames of an exercise drawn, in less time than one by one; None asks for the last.

    The other arguments and errors are those of `draw`.
    """
    for sign in signs:
        if sign not in SIGNS:
            raise RenderError(f'unknown sign "{sign}"; {did_you_mean(sign, SIGNS)}')
    setting = stage(exercise, side=side, person=person, poses=poses)
    names = list(setting.frames)[-1:] if frames is None else frames
    return tuple(_draw(setting, name, style, signs) for name in names)


def _draw(setting: Stage, name: str, style: Tone, signs: Sequence[Sign]) -> Drawing:
    if name not in setting.names:
        hint = did_you_mean(name, setting.names)
        raise RenderError(f'the figure has no frame "{name}"; {hint}')
    words = {each: setting.told(name, each) for each in languages()}
    return Drawing(draw_scene(setting.signed(name, style, signs)), words)
