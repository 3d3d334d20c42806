"""Drawing: one frame by stages, the bundled library without and with a cache, and sizes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count, cycle
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.measure import Benchmark, Plan, Row, in_process, time_row
from stretchkit.figure.artist import Artist, Wanted
from stretchkit.figure.body import load_body
from stretchkit.figure.cache import Store
from stretchkit.figure.draw import draw_scene
from stretchkit.figure.frames import base_poses, pose_figure
from stretchkit.figure.picture import assemble, picture_of
from stretchkit.figure.scene import Scene, frame_of
from stretchkit.figure.skeleton import skin
from stretchkit.figure.stage import stage
from stretchkit.figure.wardrobe import dressed
from stretchkit.library import Library
from stretchkit.model.exercise import FigureSpec


def _measure(plan: Plan) -> list[Row]:
    exercises = [e for e in Library.bundled().exercises.values() if e.figure][: plan.exercises]
    stages = [stage(exercise) for exercise in exercises]
    scenes = [each.scene(list(each.frames.values())[-1], "colour") for each in stages]
    naive = [partial(triangles, scene) for scene in scenes]
    poses = [partial(_posed, e.figure, count()) for e in exercises if e.figure]
    rows = [
        _turns("frames of one exercise posed", poses, naive, plan),
        _turns("one frame skinned and dressed", [partial(_mesh, s) for s in scenes], naive, plan),
        _turns("one frame to its pixels", [partial(_pixels, s) for s in scenes], naive, plan),
        _turns("one frame to its lines", [partial(draw_scene, s) for s in scenes], naive, plan),
    ]
    sizes = [float(len(draw_scene(scene).encode())) for scene in scenes]
    plain = [float(len(draw().encode())) for draw in naive]
    middle = (median(sizes),), (median(plain),)
    rows.append(Row(what="one drawing", unit="bytes", ours=middle[0], naive=middle[1]))
    wanted = [Wanted(e, frame.name) for e in exercises if e.figure for frame in e.figure.frames]
    with tempfile.TemporaryDirectory(dir=plan.scratch) as folder:
        store = Store(Path(folder))
        Artist(store=store).prepare(wanted)
        one = in_process(partial(_library, wanted, None, 1))
        two = in_process(partial(_library, wanted, None, 2))
        kept = in_process(partial(_library, wanted, store, 1))
        rows.append(time_row("all frames by two processes", two, one, runs=1))
        rows.append(time_row("all frames from the cache", kept, one, runs=1))
    return rows


def _turns(
    what: str,
    ours: Sequence[Callable[[], object]],
    naive: Sequence[Callable[[], object]],
    plan: Plan,
) -> Row:
    """Measure one exercise after the other: each run is of the next one."""
    return time_row(what, in_process(_next_of(ours)), in_process(_next_of(naive)), plan.runs)


def _next_of(works: Sequence[Callable[[], object]]) -> Callable[[], object]:
    """Return a function that does one of the works at each call, in turn."""
    turn = cycle(works)

    def work() -> object:
        return next(turn)()

    return work


def _posed(figure: FigureSpec, run: Iterator[int]) -> object:
    """Pose a figure anew: the last ones are remembered, with the base poses they were given."""
    bases = {**base_poses(), f"of run {next(run)}": {}}
    return pose_figure(load_body("woman"), figure, bases)


def _mesh(scene: Scene) -> object:
    return assemble(scene, dressed(scene.person.body, scene.person.hair, scene.person.outfit))


def _pixels(scene: Scene) -> object:
    person = dressed(scene.person.body, scene.person.hair, scene.person.outfit)
    mesh, room = assemble(scene, person)
    return picture_of(scene, person, mesh, frame_of(scene, room))


def _library(wanted: list[Wanted], store: Store | None, workers: int) -> object:
    artist = Artist(store=store)
    artist.prepare(wanted, workers=workers)
    return [artist.draw(*each) for each in wanted]


def triangles(scene: Scene) -> str:
    """Return the bare body as a plain script would draw it: every triangle, the nearest last."""
    body = load_body(scene.person.body)
    flat = skin(body, scene.posed) @ scene.view.rotation.T
    order = np.argsort(flat[body.triangles].mean(axis=1)[:, 2])
    corners = np.round(flat[:, :2] * [31.0, -31.0], 2)
    return "".join(
        f'<path d="M{a[0]} {a[1]}L{b[0]} {b[1]}L{c[0]} {c[1]}Z" fill="#e8b48c"/>'
        for a, b, c in corners[body.triangles[order]]
    )


BENCHMARK = Benchmark(
    name="figures",
    naive="every triangle of the bare body painted, the nearest last; below: one process",
    measure=_measure,
)
