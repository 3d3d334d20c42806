"""Figures hold when they are posed: what they touch is reached, and rules are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from stretchkit.checks.poses import CODE_OF, place_of
from stretchkit.diagnostics import Faults
from stretchkit.figure.pose_language import PoseFault
from stretchkit.model.exercise import FigureSpec
from stretchkit.source.strict_yaml import Places


class Posing(NamedTuple):
    """A figure to be posed, or a base pose by its name, and the base poses that it needs."""

    what: FigureSpec | str
    poses: Mapping[str, Mapping[str, Any]]


def posing(what: FigureSpec | str, poses: Mapping[str, Mapping[str, Any]]) -> Posing:
    """Return a figure, or a base pose by its name, with those of `poses` that it starts from."""
    starts = [what] if isinstance(what, str) else [frame.base for frame in what.frames]
    needed: dict[str, Mapping[str, Any]] = {}
    for start in starts:
        name: object = start
        while isinstance(name, str) and name in poses and name not in needed:
            needed[name] = poses[name]
            name = poses[name].get("from")
    return Posing(what, needed)


def check_figures(figures: Iterable[tuple[Posing, Places]], faults: Faults) -> None:
    """Report what is wrong with figures and base poses once they are posed.

    What is not reached (SK090), does not settle (SK091) or goes through the floor or a
    thing (SK092), rules that are not kept (SK093), mistakes that are none (SK094).

    Args:
        figures: what to pose, each with the places of its file.
        faults: where faults go.
    """
    for each, places in figures:
        before = () if isinstance(each.what, str) else ("figure",)
        for fault in _examined(each):
            place = place_of(fault, places, *before)
            faults.add(CODE_OF[fault.kind], place, fault.message, fault.hint)


def _examined(posing: Posing) -> tuple[PoseFault, ...]:
    from stretchkit.figure.examine import examine, examine_pose  # noqa: PLC0415 - loads NumPy

    if isinstance(posing.what, str):
        return examine_pose(posing.what, posing.poses)
    return examine(posing.what, posing.poses)
