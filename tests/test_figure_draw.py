"""What every drawing of a person keeps, whatever the body, the hair, the clothes and the style."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from stretchkit.figure import body as bodies
from stretchkit.figure import props, trace
from stretchkit.figure.body import load_body
from stretchkit.figure.draw import draw_scene
from stretchkit.figure.mesh import cut, finer, normals, smoother
from stretchkit.figure.moving import Way
from stretchkit.figure.person import (
    BODIES,
    COVERED,
    HAIRS,
    SHORTS,
    SKINS,
    TONES,
    TROUSERS,
    DrawnPerson,
    HairName,
    Outfit,
    Tone,
)
from stretchkit.figure.pose import Arm, Bend, Leg, Pose
from stretchkit.figure.raster import NOTHING, raster
from stretchkit.figure.regions import areas, grown
from stretchkit.figure.scene import SCALE, Box, Felt, Scene, View
from stretchkit.figure.skeleton import Posed, solve
from stretchkit.figure.style import palette
from stretchkit.figure.things import Standing
from stretchkit.figure.wardrobe import dressed

SVG = "{http://www.w3.org/2000/svg}"

STANDING = Pose(root=(0.0, 0.87, 0.0))
ALL_FOURS = Pose(
    root=(0.0, 0.45, 0.0),
    tilt=80.0,
    thoracic=Bend(flexion=10.0),
    left_arm=Arm(flexion=85.0),
    right_arm=Arm(flexion=80.0),
    left_leg=Leg(flexion=85.0, knee=95.0),
    right_leg=Leg(flexion=80.0, knee=95.0),
)
SITTING = Pose(
    root=(0.0, 0.52, 0.0),
    thoracic=Bend(turn=25.0),
    left_leg=Leg(flexion=85.0, knee=85.0),
    right_leg=Leg(flexion=85.0, knee=85.0),
)
POSES = {"standing": STANDING, "all fours": ALL_FOURS, "sitting": SITTING}


@lru_cache
def posed(pose: str, body: str = "woman") -> Posed:
    return solve(load_body(body), POSES[pose])


def drawn(
    pose: str = "standing",
    person: DrawnPerson | None = None,
    tone: Tone = "colour",
    yaw: float = -40,
) -> str:
    person = person or DrawnPerson()
    scene = Scene(posed(pose, person.body), person, tone, View(yaw, 8), title="A", description="B")
    return draw_scene(scene)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def paths(svg: str) -> list[str]:
    return [path.attrib["d"] for path in parsed(svg).iter(f"{SVG}path")]


def size(svg: str) -> tuple[float, float]:
    root = parsed(svg)
    return float(root.attrib["width"][:-2]), float(root.attrib["height"][:-2])


# Bodies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_a_whole_person_on_the_shared_mesh(name: str) -> None:
    body, canonical = load_body(name), load_body("woman")
    height = float(np.ptp(body.vertices[:, 1]))
    assert 1.4 < height < 2.0
    assert body.vertices.shape == canonical.vertices.shape
    assert body.triangles is canonical.triangles
    assert np.allclose(body.weights.sum(1), 1.0)
    assert body.weight_joints.max() < len(body.joints)
    assert all(
        parent < number or parent < len(body.joints) for number, parent in enumerate(body.parents)
    )


def test_every_body_is_small_on_disk() -> None:
    folder = Path(bodies.__file__).parent / "bodies"
    files = list(folder.glob("*.npz"))
    assert {file.stem for file in files} == {*BODIES, "mesh"}
    assert all(file.stat().st_size < 400_000 for file in files)
    assert "CC0" in (folder / "LICENSE.md").read_text(encoding="utf-8")


def test_an_unknown_body_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="larger-man"):
        load_body("robot")


# Meshes ------------------------------------------------------------------------------------------


def tetrahedron() -> tuple[np.ndarray, np.ndarray]:
    points = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    return points, np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]])


def test_a_finer_mesh_has_four_times_the_triangles_and_stays_inside() -> None:
    points, faces = tetrahedron()
    step = finer(faces, len(points))
    fine = step.apply(points)
    assert len(step.triangles) == 4 * len(faces)
    assert fine.min() > 0.0
    assert fine.max() < 1.0


def test_a_cut_mesh_has_no_triangle_on_both_sides() -> None:
    points, faces = tetrahedron()
    made = cut(faces, points[:, 0] - 0.3)
    x = made.apply(points)[made.triangles][:, :, 0]
    assert (x[made.inside] >= 0.3 - 1e-9).all()
    assert (x[~made.inside] <= 0.3 + 1e-9).all()


def test_a_cut_mesh_keeps_its_area() -> None:
    points, faces = tetrahedron()
    made = cut(faces, points[:, 0] - 0.3)

    def area(v: np.ndarray, t: np.ndarray) -> float:
        a, b, c = (v[t[:, k]] for k in range(3))
        return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum())

    assert area(made.apply(points), made.triangles) == pytest.approx(area(points, faces))


def test_smoothing_shrinks_a_closed_mesh_and_leaves_an_open_border() -> None:
    points, faces = tetrahedron()
    calm = smoother(faces, 4).apply(points, 3)
    assert np.ptp(calm, axis=0).max() < np.ptp(points, axis=0).max()
    assert np.allclose(smoother(faces[:1], 4).apply(points, 3), points)


def test_normals_point_out_of_a_body() -> None:
    points, faces = tetrahedron()
    outward = normals(points, faces)
    assert ((outward * (points - points.mean(0))).sum(1) > 0).all()


# Pixels ------------------------------------------------------------------------------------------


def test_the_nearer_triangle_hides_the_farther_one() -> None:
    square = np.array([[0.0, 0], [10, 0], [0, 10]])
    points, depths = np.concatenate([square, square]), np.array([0.0, 0, 0, 0.1, 0.1, 0.1])
    faces = np.array([[3, 4, 5], [0, 1, 2]])
    seen, depth = raster(points, depths, faces, (12, 12), np.array([False, False]))
    assert set(np.unique(seen)) == {NOTHING, 0}
    assert depth[2, 2] == pytest.approx(0.1, abs=1e-4)
    assert seen[11, 11] == NOTHING


def test_two_triangles_of_a_square_leave_no_gap() -> None:
    points = np.array([[1.0, 1], [9.3, 1.2], [9.1, 9.4], [0.7, 8.8]])
    faces = np.array([[0, 1, 2], [0, 2, 3]])
    seen, _ = raster(points, np.zeros(4), faces, (12, 12), np.zeros(2, dtype=bool))
    assert (seen[2:8, 2:8] >= 0).all()


def test_areas_are_told_apart_and_grow_evenly() -> None:
    picture = np.zeros((9, 9), dtype=int)
    picture[1:3, 1:3] = picture[5:8, 5:8] = 1
    numbers, sizes = areas(picture)
    assert numbers[1, 1] != numbers[6, 6]
    assert sizes[numbers[6, 6]] == 9
    assert grown(picture > 0, 1).sum() == 4 + 8 + 9 + 12


# Drawings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("pose", POSES)
def test_the_same_scene_gives_the_same_bytes(pose: str) -> None:
    first = drawn(pose)
    dressed.cache_clear()
    assert drawn(pose) == first


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("hair", HAIRS)
def test_every_hair_draws_in_every_style(hair: HairName, tone: Tone) -> None:
    svg = drawn(person=DrawnPerson(hair=hair), tone=tone)
    root = parsed(svg)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert len(paths(svg)) > 15
    if tone != "colour":
        used = set(re.findall(r"#[0-9a-f]{6}", svg))
        assert all(c[1:3] == c[3:5] == c[5:7] for c in used)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("pose", POSES)
def test_a_drawing_is_small_and_its_numbers_are_finite_and_rounded(pose: str, body: str) -> None:
    svg = drawn(pose, DrawnPerson(body=body, outfit=TROUSERS))
    assert len(svg.encode()) <= 30_000
    assert "nan" not in svg
    assert "inf" not in svg
    for data in paths(svg):
        assert data.startswith("M")
        assert not re.search(r"\.\d{3}", data)


@pytest.mark.parametrize("pose", POSES)
def test_no_stray_short_line_is_left(pose: str) -> None:
    svg = drawn(pose)
    strokes = [
        path.attrib["d"]
        for path in parsed(svg).iter(f"{SVG}path")
        if path.attrib.get("fill") == "none"
    ]
    pieces = [piece for data in strokes for piece in data.split("M") if piece]
    assert 5 < len(pieces) < 90
    assert all(len(re.findall(r"-?[\d.]+", piece)) >= 4 for piece in pieces)


def test_a_metre_is_as_long_on_every_drawing() -> None:
    body = load_body("man")
    _, height = size(drawn(person=DrawnPerson(body="man", hair="bald"), yaw=0))
    assert height == pytest.approx((np.ptp(body.vertices[:, 1]) + 0.08) * SCALE, rel=0.06)
    assert size(drawn(tone="line")) == size(drawn(tone="colour"))


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("outfit", [SHORTS, TROUSERS, COVERED])
def test_nothing_of_a_person_is_below_the_floor(pose: str, outfit: Outfit) -> None:
    low = replace(POSES[pose], root=(0.0, POSES[pose].root[1] - 0.05, 0.0))
    person = dressed("woman", "long", outfit)
    bones = solve(person.body, low)
    for layer in person.layers:
        assert layer.posed(person.body, bones, 0.0, 0.02)[:, 1].min() >= 0.0


def test_limbs_keep_their_lengths_in_every_pose() -> None:
    rest = posed("standing")
    for pose in POSES:
        for a, b in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist")):
            for side in "lr":
                one, other = f"{a}_{side}", f"{b}_{side}"
                now = posed(pose).points
                was = np.linalg.norm(rest.points[one] - rest.points[other])
                assert np.linalg.norm(now[one] - now[other]) == pytest.approx(was, abs=1e-6)


@pytest.mark.parametrize(
    "thing",
    [
        props.chair(),
        props.chair(arms=True),
        props.mat((-0.3, 0.3), (-0.8, 0.8)),
        props.wall(),
        props.doorway(),
        props.desk(),
        props.step(),
        props.pillow(),
        props.cushion(),
        props.towel(),
        props.placed(props.roller(), Standing("roller", (0.0, 0.0, 0.3))),
        props.placed(props.ball(), Standing("ball", (0.3, 0.0, 0.2))),
        props.held("strap", [(0.2, 1.0, 0.3), (0.0, 0.9, 0.4), (-0.2, 1.0, 0.3)]),
        props.bed((0.0, 0.0)),
    ],
)
def test_every_thing_draws_with_a_person(thing: props.Prop) -> None:
    scene = Scene(posed("sitting"), view=View(-36, 10), props=(thing,))
    with_thing, alone = draw_scene(scene), draw_scene(replace(scene, props=()))
    assert len(paths(with_thing)) > len(paths(alone))


def test_signs_are_drawn_and_words_are_escaped() -> None:
    scene = Scene(
        posed("standing"),
        ways=(Way(np.array([[0.4, 1.2, 0.0], [0.4, 1.5, 0.0]])),),
        felt=(Felt((0.0, 0.25, -0.1), (0.3, 0.3, 0.3)),),
        number="2",
        view=View(180, 5),
        mistake=True,
        title="Up & <down>",
    )
    svg = draw_scene(scene)
    root = parsed(svg)
    assert root.findtext(f"{SVG}title") == "Up & <down>"
    plain = draw_scene(replace(scene, ways=(), felt=(), number="", mistake=False))
    assert len(paths(svg)) - len(paths(plain)) >= 4 + 3 + 2


def test_a_close_up_is_larger_and_closed_along_its_frame() -> None:
    head = tuple(float(x) for x in posed("standing").points["head"])
    scene = Scene(posed("standing"), view=View(0, 3, Box(head, (0.2, 0.2))))  # type: ignore[arg-type]
    width, height = size(draw_scene(scene))
    assert width == pytest.approx(0.4 * 70, abs=0.2)
    assert height == pytest.approx(0.4 * 70, abs=0.2)


def test_features_of_a_face_can_be_seen_on_every_skin() -> None:
    for skin in SKINS:
        for tone in TONES:
            colours = palette(DrawnPerson(skin=skin), tone)
            assert colours.brow != colours.fills[1]
            assert colours.mouth != colours.fills[1]


def test_lines_that_are_kept_number_the_cracks_that_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels = np.zeros((40, 40), dtype=int)
    labels[5:35, 5:35] = 1
    depths = np.where(labels, 0.0, -9.0)
    for row in (10, 15, 20, 25, 30):
        depths[row, 8:30] = 0.3  # ridges: lines with the same label on both sides
    nothing = np.zeros(labels.shape, dtype=bool)
    edges = trace.cracks(labels, depths, labels, nothing)
    dropped: list[int] = []

    def one_each_round(
        edges: trace.Cracks, chain: trace.Chain, rule: object, *, last: bool
    ) -> bool:
        del chain, rule, last
        fewer = not dropped or len(edges.ends) < dropped[-1]
        if fewer:
            dropped.append(len(edges.ends))
        return fewer

    monkeypatch.setattr(trace, "_worthless", one_each_round)
    kept, rows = trace.prune(edges, trace.Pruning(1.0, nothing, nothing, prop_from=99))

    assert len(dropped) == 4  # as many rounds as there are
    assert sorted(np.concatenate([row.cracks for row in rows])) == list(range(len(kept.ends)))
