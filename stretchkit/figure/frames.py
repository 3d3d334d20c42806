"""The frames of a figure, posed one after the other, each from a base pose or another frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from stretchkit.figure.contact import Solved, solve_contacts
from stretchkit.figure.faults import faults_of
from stretchkit.figure.grasps import Spot
from stretchkit.figure.parameters import apply_angles
from stretchkit.figure.pose import SIDES, Pose
from stretchkit.figure.pose_language import (
    ContactWords,
    Path,
    PoseFault,
    Settings,
    read_settings,
)
from stretchkit.figure.room import stand
from stretchkit.figure.touch import rests
from stretchkit.model.exercise import FigureSpec, Frame
from stretchkit.source.names import did_you_mean
from stretchkit.source.poses import bundled_poses

if TYPE_CHECKING:
    from stretchkit.figure.body import Body

_LETS_GO = {
    "leg.flexion": ("foot", "knee", "heel", "toes"),
    "leg.abduction": ("foot", "knee", "heel", "toes"),
    "leg.rotation": ("foot", "knee", "heel", "toes"),
    "leg.knee": ("foot", "knee", "heel", "toes"),
    "leg.ankle": ("foot",),
    "leg.inversion": ("foot",),
    "arm.flexion": ("hand", "forearm", "elbow"),
    "arm.abduction": ("hand", "forearm", "elbow"),
    "arm.rotation": ("hand", "forearm", "elbow"),
    "arm.elbow": ("hand", "forearm"),
    "arm.wrist": ("hand",),
    "arm.pronation": ("hand",),
}
"""Moving a joint lets go of what its limb touched, unless the frame says the contact again."""

_INSTEAD = {
    "hand": ("forearm", "elbow"),
    "forearm": ("hand", "elbow"),
    "elbow": ("hand", "forearm"),
    "foot": ("heel", "toes", "knee"),
    "heel": ("foot", "toes"),
    "toes": ("foot", "heel"),
    "knee": ("foot",),
    "calf": ("foot", "heel", "toes"),
}
"""A new contact of a limb takes the place of these."""

_SAME = (
    ("head", "forehead", "back of head"),
    ("back", "shoulder blades", "upper back"),
    ("belly", "chest"),
)
"""Parts of the trunk that do not touch different things at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class PosedFigure:
    """Every frame of a figure, posed, and every fault, with its path inside the figure."""

    frames: Mapping[str, Solved]
    faults: tuple[PoseFault, ...] = ()
    bases: Mapping[str, Solved] = field(default_factory=dict)
    _mistakes: dict[str, tuple[Solved, tuple[PoseFault, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Figure:
    """A figure posed, on whom, and from what words: YAML's 1 and true are equal, but not alike."""

    body: Body
    said: str
    posed: PosedFigure


_FIGURES: deque[_Figure] = deque(maxlen=16)
"""The figures that were posed last."""


@cache
def base_poses() -> Mapping[str, Mapping[str, Any]]:
    """Return the settings of the base poses that StretchKit comes with, by name."""
    return {name: pose.settings for name, pose in bundled_poses().items()}


def pose_figure(
    body: Body, spec: FigureSpec, bases: Mapping[str, Mapping[str, Any]] | None = None
) -> PosedFigure:
    """Return a figure's frames on a body. A frame that cannot be understood is posed as far as
    it is.
    """  # noqa: D205 - one sentence each
    bases = base_poses() if bases is None else bases
    said = repr((spec.frames, bases))
    for known in _FIGURES:  # both sides, and every language, are of the same frames
        if known.body is body and known.said == said:
            return known.posed
    found = _pose_figure(body, spec, bases)
    _FIGURES.appendleft(_Figure(body, said, found))
    return found


def _pose_figure(
    body: Body, spec: FigureSpec, bases: Mapping[str, Mapping[str, Any]]
) -> PosedFigure:
    by_name = {frame.name: frame for frame in spec.frames}
    origins = {frame.name: frame.base for frame in spec.frames}
    posed: dict[str, Solved] = {}
    faults: list[PoseFault] = []
    used: dict[str, Solved] = {}
    for name in (origin for each in by_name for origin in _origins_first(each, origins)):
        if name in posed:
            continue
        base, at = origins[name], ("frames", name)
        start = posed.get(base)
        if start is None and base in bases:
            start = used[base] = solve_base(body, base, bases)
        elif start is None:
            hint = "" if base in origins else did_you_mean(base, [*origins, *bases])
            told = "a circle" if base in origins else f'unknown pose "{base}"'
            faults.append(PoseFault("pose", (*at, "from"), told, hint))
        posed[name], found = derive(body, start, by_name[name].settings, at)
        faults.extend(found)
    return PosedFigure({name: posed[name] for name in by_name}, tuple(faults), used)


def pose_mistake(
    body: Body, mistake: Frame, figure: PosedFigure
) -> tuple[Solved, tuple[PoseFault, ...]]:
    """Return a mistake of a posed figure, and its faults with their paths inside the figure.

    Raises:
        KeyError: if the figure has no frame that the mistake starts from.
    """
    known = figure._mistakes
    if repr(mistake) not in known:
        start = figure.frames[mistake.base]
        solved, faults = derive(body, start, mistake.settings, ("mistakes", mistake.name))
        known[repr(mistake)] = solved, tuple(faults)
    return known[repr(mistake)]


def _origins_first(name: str, origins: Mapping[str, str]) -> tuple[str, ...]:
    """Return a name after all that it starts from, as far as there is no circle."""
    trail = [name]
    while (origin := origins.get(trail[-1], "")) in origins and origin not in trail:
        trail.append(origin)
    return tuple(reversed(trail))


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """A base pose solved, and whom and what it was solved for."""

    body: Body
    start: Solved | None
    settings: Mapping[str, Any]
    solved: Solved
    faults: tuple[PoseFault, ...]

    def is_of(self, body: Body, start: Solved | None, settings: Mapping[str, Any]) -> bool:
        return self.body is body and self.start is start and self.settings == settings


_BASES: dict[tuple[int, str], _Base] = {}


def solve_base(body: Body, name: str, bases: Mapping[str, Mapping[str, Any]]) -> Solved:
    """Return a base pose on a body; solved once for each body."""
    return _base(body, name, bases).solved


def base_faults(
    body: Body, name: str, bases: Mapping[str, Mapping[str, Any]]
) -> tuple[PoseFault, ...]:
    """Return what is wrong with a base pose; the paths are those of its own file."""
    return _base(body, name, bases).faults


def _base(body: Body, name: str, bases: Mapping[str, Mapping[str, Any]]) -> _Base:
    origins = {each: str(settings.get("from", "")) for each, settings in bases.items()}
    start: Solved | None = None
    for each in _origins_first(name, origins):
        known = _BASES.get((id(body), each))
        if known is None or not known.is_of(body, start, bases[each]):
            solved, faults = derive(body, start, bases[each], ())
            known = _Base(body, start, bases[each], solved, tuple(faults))
            _BASES[id(body), each] = known
        start = known.solved
    return _BASES[id(body), name]


def derive(
    body: Body, start: Solved | None, settings: Mapping[str, Any], at: Path
) -> tuple[Solved, list[PoseFault]]:
    """Return a frame that starts from another and differs by its settings."""
    said = read_settings(settings, at)
    faults = list(said.faults)
    refused = {fault.path for fault in faults if fault.kind == "range"}
    angles = {k: v for k, v in said.angles.items() if said.paths.get(k) not in refused}
    written = _carry_on(start)
    written = apply_angles(written, angles)
    contacts, spots = _contacts(start, said, again=not at)
    fresh = frozenset(angles)
    before = start.written if start else written
    things = stand(body, written, contacts, said.things, start.things if start else {})
    solved = solve_contacts(
        body,
        written,
        contacts,
        spots=spots,
        fresh=fresh,
        firm=bool(at),
        rock=_bend_of(written) - _bend_of(before),
        things=things,
    )
    faults += faults_of(body, solved, said, at)
    return solved, faults


def _bend_of(pose: Pose) -> float:
    return pose.lumbar.flexion + pose.thoracic.flexion


def _carry_on(start: Solved | None) -> Pose:
    """Return the pose to start from: the trunk as it was written, the pelvis as it came out."""
    if start is None:
        return Pose()
    found = start.pose
    lying = {name: getattr(found, name) for name in ("root", "tilt", "lean", "heading")}
    return replace(start.written, **lying)


def _contacts(
    start: Solved | None, said: Settings, *, again: bool
) -> tuple[dict[str, ContactWords], dict[str, Spot]]:
    """Return the contacts of a frame, and the places of those that stay.

    A frame that says a contact again means the same place, unless it lays out the whole limb;
    a base pose finds the place `again`.
    """
    kept: dict[str, ContactWords] = {}
    if start is not None:
        gone = set(said.freed)
        for name in said.angles:
            side, _, joint = name.partition("_")
            if side in SIDES:
                gone |= {f"{side} {part}" for part in _LETS_GO.get(joint, ())}
        for part in said.contacts:
            side, _, kind = part.partition(" ")
            gone |= {f"{side} {other}" for other in _INSTEAD.get(kind, ())}
            for parts in _SAME:
                if part in parts:
                    gone |= {other for other in parts if _elsewhere(start, other, said, part)}
        kept = {
            part: contact
            for part, contact in start.words.items()
            if part not in gone or part in said.contacts
        }
    spots = {}
    moved = not said.angles.keys().isdisjoint({"root.x", "root.z"})
    for part, contact in kept.items():
        new = said.contacts.get(part)
        same = new is None or (not again and not _laid_out(part, said) and new.same_place(contact))
        same = same and not (moved and _of_trunk(part))
        if start is not None and same:
            spot = start.spots.get(part)
            if spot is not None and rests(contact):
                spots[part] = spot
    return {**kept, **said.contacts}, spots


def _of_trunk(part: str) -> bool:
    return not part.startswith(("left ", "right "))


def _elsewhere(start: Solved, other: str, said: Settings, part: str) -> bool:
    """Say whether a part touched another thing than the one that takes its place."""
    before = start.words.get(other)
    return other != part and before is not None and before.target != said.contacts[part].target


def _laid_out(part: str, said: Settings) -> bool:
    """Say whether a frame sets both joints of the limb that a part is the end of."""
    side, _, kind = part.partition(" ")
    joints = _JOINTS.get(kind, ())
    return bool(joints) and all(
        any(f"{side}_{joint}" in said.angles for joint in either) for either in joints
    )


_JOINTS = {
    "hand": (("arm.flexion", "arm.abduction"), ("arm.elbow",)),
    "forearm": (("arm.flexion", "arm.abduction"), ("arm.elbow",)),
    "foot": (("leg.flexion", "leg.abduction"), ("leg.knee",)),
    "knee": (("leg.flexion", "leg.abduction"), ("leg.knee",)),
}
