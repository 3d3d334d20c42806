"""The figure of an exercise: frames, mistakes and arrows, with every name in them checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from stretchkit.model.exercise import Arrow, FigureSpec, Frame
from stretchkit.model.moving import MOVING_PARTS
from stretchkit.model.vocabulary import Section, Side
from stretchkit.source import body, shapes
from stretchkit.source.draft import Draft
from stretchkit.source.names import did_you_mean
from stretchkit.source.strict_yaml import Path

_WITH_FRAMES = (Section.STEPS, Section.MISTAKES)


def build_figure(shape: shapes.FigureShape, draft: Draft) -> FigureSpec:
    """Make a figure; reports frames in a circle, and names that mean nothing in it."""
    frames = [
        _frame(name, settings, ("figure", "frames", name), draft)
        for name, settings in shape.frames.items()
    ]
    _check_circles(frames, draft)
    for index, arrow in enumerate(shape.arrows):
        at: Path = ("figure", "arrows", index)
        _check_frame(arrow.start, shape.frames, (*at, "from"), draft)
        _check_frame(arrow.end, shape.frames, (*at, "to"), draft)
        _check_word("part that moves", arrow.of, MOVING_PARTS, (*at, "of"), draft)
    return FigureSpec(
        view=shape.view,
        frames=tuple(frames),
        side=Side(shape.side) if shape.side else Side.BOTH,
        alignment=tuple(shape.alignment),
        arrows=tuple(Arrow(of=a.of, start=a.start, end=a.end) for a in shape.arrows),
        mistakes=tuple(
            _mistake(name, settings, shape, draft) for name, settings in shape.mistakes.items()
        ),
        close_up=shape.close_up,
    )


def _frame(name: str, settings: Mapping[str, Any], at: Path, draft: Draft) -> Frame:
    base = settings.get("from")
    if not isinstance(base, str):
        draft.faults.add(
            "SK030",
            draft.places.key(at),
            f'the frame "{name}" does not say what it starts from',
            'add "from: standing" or another base pose',
        )
        base = ""
    rest = {key: value for key, value in settings.items() if key != "from"}
    return Frame(name=name, base=base, settings=rest)


def _mistake(
    name: str, settings: Mapping[str, Any], shape: shapes.FigureShape, draft: Draft
) -> Frame:
    at: Path = ("figure", "mistakes", name)
    if name in shape.frames:
        place = draft.places.key(at)
        draft.faults.add("SK034", place, f'"{name}" is a frame and a mistake', "give another name")
    base, breaks = settings.get("from"), settings.get("breaks")
    if not isinstance(base, str):
        message = f'the mistake "{name}" does not say what it starts from'
        hint = 'add "from:" with the frame that it is a mistake of'
        draft.faults.add("SK030", draft.places.key(at), message, hint)
        base = ""
    else:
        _check_frame(base, shape.frames, (*at, "from"), draft)
    if not isinstance(breaks, str):
        message = f'the mistake "{name}" does not say which rule it breaks'
        hint = 'add "breaks:" with one of the rules under "alignment"'
        draft.faults.add("SK030", draft.places.key(at), message, hint)
        breaks = ""
    else:
        _check_word("rule of this figure", breaks, shape.alignment, (*at, "breaks"), draft)
    rest = {key: value for key, value in settings.items() if key not in {"from", "breaks"}}
    return Frame(name=name, base=base, settings=rest, breaks=breaks)


def _check_frame(name: str, frames: Collection[str], at: Path, draft: Draft) -> None:
    if name not in frames:
        message, hint = f'the figure has no frame "{name}"', did_you_mean(name, frames)
        draft.faults.add("SK052", draft.places.value(at), message, hint)


def _check_word(what: str, word: str, known: Collection[str], at: Path, draft: Draft) -> None:
    if word not in known:
        message, hint = f'{at[-1]}: "{word}" is no {what}', did_you_mean(word, known)
        draft.faults.add("SK033", draft.places.value(at), message, hint)


def _check_circles(frames: Sequence[Frame], draft: Draft) -> None:
    bases = {frame.name: frame.base for frame in frames}
    for frame in frames:
        seen = [frame.name]
        while bases.get(seen[-1]) in bases and len(seen) <= len(bases):
            seen.append(bases[seen[-1]])
            if seen[-1] == frame.name:
                place = draft.places.key(("figure", "frames", frame.name))
                draft.faults.add("SK053", place, f"frames in a circle: {' from '.join(seen)}")
                break


def check_frame_names(figure: FigureSpec | None, draft: Draft) -> None:
    """Report steps that name frames, and mistakes that name mistakes, which the figure lacks."""
    frames = [frame.name for frame in figure.frames] if figure else []
    mistakes = [mistake.name for mistake in figure.mistakes] if figure else []
    headings = body.headings_of(body.EXERCISE_SECTIONS, draft.language)
    for section in draft.sections:
        found = headings.get(section.heading.casefold())
        if found not in _WITH_FRAMES:
            continue
        names, what = (frames, "frame") if found is Section.STEPS else (mistakes, "mistake")
        for item in section.items:
            name = dict(item.attributes).get("frame")
            if name is not None and name not in names:
                hint = did_you_mean(name, names) if names else f"add the {what} to the figure"
                message = f'the figure has no {what} "{name}"'
                draft.faults.add("SK052", item.location, message, hint)
