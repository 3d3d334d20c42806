"""Many drawings of one look: kept ones from the cache, new ones by several processes at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, TypeAlias

from stretchkit.errors import RenderError
from stretchkit.figure.cache import Store, key_of
from stretchkit.figure.drawn import USUAL_SIGNS, Description, Drawing, Sign
from stretchkit.figure.person import DrawnPerson, Tone
from stretchkit.figure.workers import spread
from stretchkit.model.exercise import Exercise
from stretchkit.model.vocabulary import Side
from stretchkit.source.poses import bundled_poses

Poses: TypeAlias = Mapping[str, Mapping[str, Any]]
Keys: TypeAlias = tuple[str, ...]
Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of things done and of all things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is the same for all drawings of a document."""

    person: DrawnPerson = DrawnPerson()
    style: Tone = "colour"
    signs: tuple[Sign, ...] = USUAL_SIGNS


class Wanted(NamedTuple):
    """A frame of an exercise, on a side where the exercise has two."""

    exercise: Exercise
    frame: str
    side: Side | None = None


class _Job(NamedTuple):
    """Frames of one exercise, which are posed together, and how to draw them."""

    exercise: Exercise
    frames: tuple[str, ...]
    side: Side | None
    look: Look
    poses: Poses | None


@dataclass(slots=True)
class Memory:
    """Drawings by key that a process keeps while it runs, for one thread at a time.

    The oldest of them go when there are more than `room`.
    """

    room: int = 512
    drawings: dict[str, Drawing] = field(default_factory=dict)

    def keep(self, key: str, drawing: Drawing) -> None:
        """Keep a drawing."""
        self.drawings[key] = drawing
        if len(self.drawings) > self.room:
            del self.drawings[next(iter(self.drawings))]


class Artist:
    """Draws frames of exercises in one look, each once.

    Args:
        look: who is drawn and how.
        poses: the settings of base poses by name; those that come with StretchKit when left out.
        store: where drawings are kept between runs; None keeps none.
    """

    def __init__(
        self,
        look: Look | None = None,
        *,
        poses: Poses | None = None,
        store: Store | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._look = look or Look()
        self._poses = poses
        self._store = store
        self._memory = memory
        self._drawings: dict[str, Drawing] = {}

    def draw(self, exercise: Exercise, frame: str, side: Side | None = None) -> Drawing:
        """Return a drawing.

        Raises:
            RenderError: if the exercise has no such frame, or its words cannot be posed.
        """
        wanted = Wanted(exercise, frame, side)
        self.prepare([wanted])
        return self._drawings[self._key(wanted)]

    def prepare(
        self, wanted: Iterable[Wanted], *, workers: int = 1, progress: Progress | None = None
    ) -> None:
        """Draw what is not there yet, so that `draw` has it ready.

        Args:
            wanted: the drawings; one that is named twice is drawn once.
            workers: how many processes may draw at the same time.
            progress: called after each exercise with the frames drawn and all that are to draw.

        Raises:
            RenderError: as `draw`.
        """
        keys = {self._key(each): each for each in wanted}
        missing = {key: each for key, each in keys.items() if not self._recall(key)}
        if not missing:
            return
        jobs = self._jobs(missing)
        done = 0
        for names, drawings in zip(jobs, spread(_drawn, list(jobs.values()), workers), strict=True):
            for key, drawing in zip(names, drawings, strict=True):
                self._have(key, drawing)
                if self._store:
                    self._store.write(key, _to_bytes(drawing))
            done += len(drawings)
            if progress:
                progress(done, len(missing))
        if self._store:
            self._store.prune()

    def _recall(self, key: str) -> bool:
        """Return whether a drawing is there, having looked where drawings are kept."""
        if key in self._drawings:
            return True
        drawing = self._memory.drawings.get(key) if self._memory else None
        if drawing is None and self._store:
            kept = self._store.read(key)
            drawing = _from_bytes(kept) if kept else None
        if drawing:
            self._have(key, drawing)
        return drawing is not None

    def _have(self, key: str, drawing: Drawing) -> None:
        self._drawings[key] = drawing
        if self._memory:
            self._memory.keep(key, drawing)

    def _key(self, wanted: Wanted) -> str:
        return key_of(self._scene_key(wanted), wanted.frame)

    def _scene_key(self, wanted: Wanted) -> str:
        """Return a key of what all frames of the same figure on the same side share."""
        exercise, figure = wanted.exercise, wanted.exercise.figure
        facts = (
            exercise.position,
            exercise.equipment,
            exercise.regions,
            exercise.muscles,
            exercise.dosage.side,
            [step.frame for step in exercise.steps],
        )
        bases = _bases(asdict(figure), self._poses) if figure else None
        return key_of(figure, facts, bases, wanted.side, self._look)

    def _jobs(self, missing: Mapping[str, Wanted]) -> dict[Keys, _Job]:
        """Return the work by the keys of the drawings that come of it."""
        groups: dict[str, list[str]] = {}
        for key, wanted in missing.items():
            groups.setdefault(self._scene_key(wanted), []).append(key)
        found = {}
        for keys in groups.values():
            first, frames = missing[keys[0]], tuple(missing[key].frame for key in keys)
            found[tuple(keys)] = _Job(first.exercise, frames, first.side, self._look, self._poses)
        return found


def _bases(figure: Mapping[str, Any], poses: Poses | None) -> Any:
    """Return the base poses that a figure starts from, and those that they start from."""
    if poses is None:
        poses = {name: pose.settings for name, pose in bundled_poses().items()}
    found: dict[str, Mapping[str, Any]] = {}
    names = list(_named(figure))
    while names:
        name = names.pop(0)
        if name in poses and name not in found:
            found[name] = poses[name]
            names.append(str(poses[name].get("from")))
    return found


def _named(value: Any) -> Iterator[str]:
    """Yield what every frame of a figure starts from, wherever in it the frame is."""
    if isinstance(value, Mapping):
        if isinstance(value.get("base"), str):
            yield value["base"]
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return
    for each in value:
        yield from _named(each)


def _drawn(job: _Job) -> Sequence[Drawing]:
    from stretchkit.figure.drawing import draw_frames  # noqa: PLC0415 - loads NumPy

    try:
        return draw_frames(
            job.exercise,
            job.frames,
            side=job.side,
            person=job.look.person,
            style=job.look.style,
            signs=job.look.signs,
            poses=job.poses,
        )
    except RenderError as error:
        raise RenderError(f'the exercise "{job.exercise.id}" cannot be drawn: {error}') from error


def _to_bytes(drawing: Drawing) -> bytes:
    words = {language: [told.title, told.text] for language, told in drawing.words.items()}
    return json.dumps({"svg": drawing.svg, "words": words}, ensure_ascii=False).encode()


def _from_bytes(data: bytes) -> Drawing | None:
    """Return a drawing, None for bytes that are something else."""
    try:
        found = json.loads(data)
        words = {language: Description(*told) for language, told in found["words"].items()}
        return Drawing(str(found["svg"]), words)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
