"""Figures hold when they are posed: what they touch is reached, and rules are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from stretchkit.checks.poses import CODE_OF, place_of
from stretchkit.diagnostics import Faults
from stretchkit.figure.pose_language import PoseFault
from stretchkit.model.exercise import FigureSpec
from stretchkit.source.strict_yaml import Places

if TYPE_CHECKING:
    from stretchkit.figure.cache import Store

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of figures done and of all figures."""


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


def check_figures(
    figures: Iterable[tuple[Posing, Places]],
    faults: Faults,
    *,
    store: Store | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> None:
    """Report what is wrong with figures and base poses once they are posed.

    What is not reached (SK090), does not settle (SK091) or goes through the floor or a
    thing (SK092), rules that are not kept (SK093), mistakes that are none (SK094).

    Args:
        figures: what to pose, each with the places of its file.
        faults: where faults go.
        store: where results are kept between runs; None keeps none.
        workers: how many processes may pose at the same time.
        progress: called after each figure with the figures posed and all that are to pose.
    """
    asked = list(figures)
    found = _found([each for each, _ in asked], store, workers, progress)
    for (each, places), told in zip(asked, found, strict=True):
        before = () if isinstance(each.what, str) else ("figure",)
        for fault in told:
            place = place_of(fault, places, *before)
            faults.add(CODE_OF[fault.kind], place, fault.message, fault.hint)


def _found(
    asked: Sequence[Posing], store: Store | None, workers: int, progress: Progress | None
) -> list[tuple[PoseFault, ...]]:
    """Return the faults of each, kept ones from the store."""
    from stretchkit.figure.cache import key_of  # noqa: PLC0415 - a check alone needs them
    from stretchkit.figure.workers import spread  # noqa: PLC0415

    keys = [key_of("pose faults", *each) for each in asked] if store else []
    kept: list[tuple[PoseFault, ...] | None] = [None] * len(asked)
    if store:
        kept = [_from_bytes(store.read(key)) for key in keys]
    missing = [number for number, faults in enumerate(kept) if faults is None]
    results = spread(_examined, [asked[number] for number in missing], workers)
    for done, (number, faults) in enumerate(zip(missing, results, strict=True), start=1):
        kept[number] = faults
        if store:
            store.write(keys[number], _to_bytes(faults))
        if progress:
            progress(done, len(missing))
    return [faults for faults in kept if faults is not None]


def _examined(posing: Posing) -> tuple[PoseFault, ...]:
    from stretchkit.figure.examine import examine, examine_pose  # noqa: PLC0415 - loads NumPy

    if isinstance(posing.what, str):
        return examine_pose(posing.what, posing.poses)
    return examine(posing.what, posing.poses)


def _to_bytes(faults: tuple[PoseFault, ...]) -> bytes:
    return json.dumps([astuple(fault) for fault in faults], ensure_ascii=False).encode()


def _from_bytes(data: bytes | None) -> tuple[PoseFault, ...] | None:
    """Return faults, None for bytes that are something else."""
    try:
        rows = json.loads(data or b"")
        return tuple(PoseFault(kind, tuple(at), *rest) for kind, at, *rest in rows)
    except (ValueError, TypeError):
        return None
