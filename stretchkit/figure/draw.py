"""A scene drawn as SVG, from triangles to outlines, face and signs. Same scene, same bytes."""

from __future__ import annotations

import numpy as np

from stretchkit.figure import svg
from stretchkit.figure.arrows import place_arrows
from stretchkit.figure.drawn import worded
from stretchkit.figure.overlay import draw_marks, draw_tint
from stretchkit.figure.pen import Pen
from stretchkit.figure.picture import PROPS, Picture, assemble, picture_of
from stretchkit.figure.regions import grown
from stretchkit.figure.scene import Scene, frame_of
from stretchkit.figure.signs import draw_signs
from stretchkit.figure.style import palette
from stretchkit.figure.trace import Cracks, Pruning, cracks, prune
from stretchkit.figure.wardrobe import dressed


def draw_scene(scene: Scene) -> str:
    """Return a scene as one SVG document."""
    person = dressed(scene.person.body, scene.person.hair, scene.person.outfit)
    colours = palette(scene.person, scene.tone)
    mesh, room = assemble(scene, person)
    arrows = place_arrows(scene, person, mesh)
    frame = frame_of(scene, room, arrows)
    picture = picture_of(scene, person, mesh, frame)
    close = scene.view.box is not None
    edges = cracks(picture.labels, picture.depths, picture.parts, picture.head, picture.fine)
    edges = _quiet_mouth(edges, picture)
    rule = Pruning(
        shortest=(0.02 if close else 0.03) * frame.pixels,
        hug=grown(picture.labels == 0, round((0.01 if close else 0.02) * frame.pixels)),
        head=picture.head,
        prop_from=PROPS,
    )
    edges, rows = prune(edges, rule)
    pen = Pen(frame, colours, mesh)
    pen.trace(edges, rows)
    parts = [
        *pen.fills(),
        *draw_tint(scene, person, mesh, picture, frame, colours),
        *pen.prop_lines(),
        *draw_marks(person, mesh, picture, frame, colours),
        *pen.body_lines(),
    ]
    height, width = (size * frame.millimetre for size in frame.size)
    body = "".join(parts)
    if close:
        body = svg.window(width, height, body, colours.line)
    body += "".join(draw_signs(scene, arrows, frame, colours))
    drawing = svg.document(width, height, body)
    return worded(drawing, scene.title, scene.description)


def _quiet_mouth(edges: Cracks, picture: Picture) -> Cracks:
    """Return the cracks without depth marks inside the mouth: the lip line is a mark."""
    if not picture.mouth.any():
        return edges
    near = grown(picture.mouth, 3)
    height, width = near.shape
    corner = edges.ends[:, 0]
    y = np.minimum(corner // edges.across, height - 1)
    x = np.minimum(corner % edges.across, width - 1)
    return edges.only(~(near[y, x] & (edges.sides[:, 0] == edges.sides[:, 1])))
