"""Arrows, the numbers of steps, and the cross of a mistake, drawn over a person."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stretchkit.figure import svg
from stretchkit.figure.lettering import plate
from stretchkit.figure.mesh import Floats
from stretchkit.figure.scene import CORNER, CROSS, Frame, Scene
from stretchkit.figure.style import Palette

_RIM = 0.8
"""How much farther from the corner signs stand in a close-up's window, mm."""

_APART = 2.2


def draw_signs(scene: Scene, arrows: Sequence[Floats], frame: Frame, colours: Palette) -> list[str]:
    """Return the signs of a scene; arrows are given as the viewer has them."""
    k = frame.millimetre
    edge = CORNER if scene.view.box is None else CORNER + _RIM
    found = [svg.arrow(frame.flat(points) * k, colours.arrow) for points in arrows]
    found += [svg.ring(at, colours.arrow) for at in _parted(scene, frame)]
    if scene.number:
        found.append(plate((edge, edge), scene.number, colours.line))
    if scene.mistake:
        right = frame.size[1] * k - CROSS - edge
        found.append(svg.cross((right, edge), CROSS, colours.arrow))
    return found


def _parted(scene: Scene, frame: Frame) -> list[Floats]:
    """Return where touches are on the paper, mm; of two that lie on each other one is enough."""
    found: list[Floats] = []
    for point in scene.touches:
        at = frame.flat(frame.turned(point[None]))[0] * frame.millimetre
        if all(float(np.hypot(*(at - other))) > _APART for other in found):
            found.append(at)
    return found
