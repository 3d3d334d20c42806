"""Poses are in the words of the pose language, and start from poses that are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from stretchkit.diagnostics import Faults
from stretchkit.errors import Location
from stretchkit.figure.pose_language import FaultKind, PoseFault, read_settings
from stretchkit.figure.pose_language import Path as PosePath
from stretchkit.figure.rules import RULES, parted
from stretchkit.model.exercise import Exercise, FigureSpec
from stretchkit.source.document import SourceFile
from stretchkit.source.names import did_you_mean
from stretchkit.source.poses import PoseFile
from stretchkit.source.strict_yaml import Places

CODE_OF: dict[FaultKind, str] = {
    "word": "SK080",
    "value": "SK081",
    "range": "SK082",
    "pose": "SK083",
    "reach": "SK090",
    "bound": "SK091",
    "floor": "SK092",
    "thing": "SK092",
    "alignment": "SK093",
    "mistake": "SK094",
}
"""The diagnostic code of each kind of fault that a pose can have."""
WORD_CODES = frozenset(
    {"SK030", "SK052", "SK053", "SK080", "SK081", "SK082", "SK083", "SK084", "SK085"}
)
"""Faults of a file after which posing its figure would only repeat them."""


def check_poses(
    files: Mapping[tuple[str, str], SourceFile],
    own: Mapping[str, PoseFile],
    poses: Mapping[str, PoseFile],
    faults: Faults,
) -> None:
    """Report what is no word, number, pose or rule in the figures and base poses of a library.

    Words (SK080), values (SK081), joint ranges (SK082), poses that are not there (SK083) or start
    from themselves (SK084), rules that are not there (SK085), their frames (SK052).

    Args:
        files: every source file of a library by kind and id.
        own: the library's own base poses.
        poses: every base pose that a frame can start from.
        faults: where faults go.
    """
    for pose in own.values():
        _check_words(pose.settings, (), pose.places, faults)
        if pose.base is not None:
            _check_base(pose.base, (), pose.places, known=poses, faults=faults)
        way = _way_back(pose.name, poses)
        if way:
            told = f"starts from itself: {' from '.join(way)}"
            faults.add("SK084", pose.places.value(("from",)), told)
    for file in files.values():
        if isinstance(file.content, Exercise) and file.content.figure is not None:
            _check_figure(file.content.figure, file.places, poses, faults)


def place_of(fault: PoseFault, places: Places, *before: str) -> Location:
    """Return where a fault stands in a file, whose figure or pose is `before` its path."""
    at = (*before, *fault.path)
    of_a_frame = fault.path[:-1] in {("frames",), ("mistakes",)}
    return places.key(at) if fault.at_key or of_a_frame else places.value(at)


def _check_figure(
    figure: FigureSpec, places: Places, poses: Mapping[str, PoseFile], faults: Faults
) -> None:
    frames = [frame.name for frame in figure.frames]
    known = {*frames, *poses}
    for frame in figure.frames:
        at: PosePath = ("figure", "frames", frame.name)
        _check_words(frame.settings, at, places, faults)
        if frame.base:
            _check_base(frame.base, at, places, known=known, faults=faults)
    for mistake in figure.mistakes:
        _check_words(mistake.settings, ("figure", "mistakes", mistake.name), places, faults)
    for index, rule in enumerate(figure.alignment):
        place = places.value(("figure", "alignment", index))
        name, frame_name = parted(rule)
        if name not in RULES:
            faults.add("SK085", place, f'unknown rule "{name}"', did_you_mean(name, RULES))
        elif frame_name and frame_name not in frames:
            message = f'the figure has no frame "{frame_name}"'
            faults.add("SK052", place, message, did_you_mean(frame_name, frames))


def _check_words(
    settings: Mapping[str, object], at: PosePath, places: Places, faults: Faults
) -> None:
    for fault in read_settings(settings, at).faults:
        place = place_of(fault, places)
        faults.add(CODE_OF[fault.kind], place, fault.message, fault.hint)


def _check_base(
    base: str, at: PosePath, places: Places, *, known: Collection[str], faults: Faults
) -> None:
    if base not in known:
        place = places.value((*at, "from"))
        faults.add("SK083", place, f'there is no pose "{base}"', did_you_mean(base, known))


def _way_back(name: str, poses: Mapping[str, PoseFile]) -> list[str]:
    """Return the way from a pose back to itself, empty when there is none."""
    way = [name]
    while len(way) <= len(poses):
        pose = poses.get(way[-1])
        if pose is None or pose.base is None:
            return []
        way.append(pose.base)
        if pose.base == name:
            return way
    return []
