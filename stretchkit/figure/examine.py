"""A figure posed to see whether it holds: contacts, floor, rules of alignment, mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stretchkit.figure.alignment import frames_of, measure
from stretchkit.figure.body import Body, load_body
from stretchkit.figure.contact import Solved
from stretchkit.figure.frames import PosedFigure, base_faults, pose_figure, pose_mistake
from stretchkit.figure.mirror import other_side
from stretchkit.figure.person import DrawnPerson
from stretchkit.figure.pose_language import WORD_FAULTS, PoseFault
from stretchkit.figure.rules import RULES, parted
from stretchkit.model.exercise import FigureSpec, Frame
from stretchkit.model.vocabulary import Side

Poses = Mapping[str, Mapping[str, Any]]
Frames = Mapping[str, Solved]


def examine(figure: FigureSpec, poses: Poses) -> tuple[PoseFault, ...]:
    """Return what is wrong with a figure once it is posed on the usual person.

    A figure whose words have faults is not examined: one slip would be told many times.

    Args:
        figure: what an exercise's file says under `figure`; the paths of faults start there.
        poses: the settings of base poses by name.
    """
    body = load_body(DrawnPerson().body)
    posed = pose_figure(body, figure, poses)
    if not posed.frames or any(fault.kind in WORD_FAULTS for fault in posed.faults):
        return ()
    faults = [*posed.faults, *_broken_rules(figure, posed.frames)]
    if figure.side is not Side.BOTH:
        told = {fault.path for fault in faults}
        mirrored = {name: other_side(body, frame) for name, frame in posed.frames.items()}
        faults += [fault for fault in _broken_rules(figure, mirrored) if fault.path not in told]
    for mistake in figure.mistakes:
        if mistake.base in posed.frames:
            faults += _examine_mistake(body, mistake, figure, posed)
    return tuple(faults)


def examine_pose(name: str, poses: Poses) -> tuple[PoseFault, ...]:
    """Return what is wrong with a base pose once it is posed; paths are those of its own file."""
    return base_faults(load_body(DrawnPerson().body), name, poses)


def _broken_rules(figure: FigureSpec, frames: Frames) -> Iterator[PoseFault]:
    """Yield the rules of alignment that frames do not keep, with what was measured."""
    for index, rule in enumerate(figure.alignment):
        name, place = parted(rule)
        if name not in RULES or (place and place not in frames):
            continue
        found = measure(rule, frames)
        if not found.holds:
            message = f"{found.message}, in {found.frame}: {RULES[name].reason}"
            yield PoseFault("alignment", ("alignment", index), message, _hint(name, frames))


def _hint(name: str, frames: Frames) -> str:
    """Return what to do about a rule that does not hold, with the frames that keep it."""
    keep = [frame for frame in frames if measure(f"{name} in {frame}", frames).holds]
    if not keep:
        return "correct the frame"
    return f'correct the frame, or name one that keeps the rule: "{name} in {keep[0]}"'


def _examine_mistake(
    body: Body, mistake: Frame, figure: FigureSpec, posed: PosedFigure
) -> Iterator[PoseFault]:
    """Yield what is wrong with a mistake: it breaks the rule that it names and no other."""
    solved, faults = pose_mistake(body, mistake, posed)
    yield from faults
    frames = {**posed.frames, mistake.name: solved}
    meant, _ = parted(mistake.breaks)
    at = ("mistakes", mistake.name, "breaks")
    if meant in RULES:
        found = measure(f"{meant} in {mistake.name}", frames)
        if found.holds:
            message = f'it keeps "{meant}": {found.message}'
            yield PoseFault("mistake", at, message, "make the mistake larger")
    for rule in figure.alignment:
        name, _ = parted(rule)
        if name in RULES and name != meant and mistake.base in frames_of(rule, posed.frames):
            found = measure(f"{name} in {mistake.name}", frames)
            if not found.holds:
                message = f'it breaks "{name}" too: {found.message}'
                yield PoseFault("mistake", at, message, "break one rule only")
