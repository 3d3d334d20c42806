"""What one drawing shows: a posed person, things, and the signs around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from stretchkit.figure.layers import Plane
from stretchkit.figure.lettering import HEIGHT, width_of
from stretchkit.figure.mesh import Floats
from stretchkit.figure.moving import Turn, Way
from stretchkit.figure.person import DrawnPerson, Tone
from stretchkit.figure.props import Prop
from stretchkit.figure.rotations import Matrix, about_x, about_y
from stretchkit.figure.skeleton import Posed

SCALE, CLOSE_SCALE = 31.0, 70.0
"""Millimetres of paper for a metre: the same for every figure, more for a close-up."""


@dataclass(frozen=True, slots=True)
class Box:
    """What a close-up shows: its middle, and half its width and height, metres."""

    middle: tuple[float, float, float]
    half: tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """Where the drawing is looked at from.

    `yaw` turns the viewer to the person's left by degrees (0 from the front, 90 from the left
    side, -90 from the right), `pitch` lifts the viewer. With a box it is a close-up.
    """

    yaw: float = 0.0
    pitch: float = 6.0
    box: Box | None = None

    @property
    def rotation(self) -> Matrix:
        """The turn from the room to the paper: x to the right, y up, z to the viewer."""
        return about_x(self.pitch) @ about_y(-self.yaw)

    @property
    def scale(self) -> float:
        """Millimetres of paper for a metre."""
        return SCALE if self.box is None else CLOSE_SCALE


VIEWS: dict[str, View] = {
    "front": View(0, 5),
    "back": View(180, 5),
    "left": View(90, 5),
    "right": View(-90, 5),
    "front-left": View(40, 10),
    "front-right": View(-40, 10),
    "back-left": View(140, 10),
    "back-right": View(-140, 10),
    "top": View(0, 80),
}
"""Views by name: the side of the person that is seen."""


@dataclass(frozen=True, slots=True)
class Felt:
    """Where a stretch is felt: an ellipsoid on the canonical body, metres; maybe on one limb.

    `limb` counts left arm, right arm, left leg, right leg from 1; 0 is anywhere.
    """

    middle: tuple[float, float, float]
    radii: tuple[float, float, float]
    limb: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything on one drawing. Points are metres in the room."""

    posed: Posed
    person: DrawnPerson = field(default_factory=DrawnPerson)
    tone: Tone = "colour"
    view: View = field(default_factory=View)
    props: tuple[Prop, ...] = ()
    walls: tuple[Plane, ...] = ()
    ways: tuple[Way | Turn, ...] = ()
    felt: tuple[Felt, ...] = ()
    touches: tuple[Floats, ...] = ()
    number: str = ""
    mistake: bool = False
    title: str = ""
    description: str = ""
    floor: float | None = 0.0
    belly: float = 0.0
    margin: float = 0.04
    also: Floats | None = None
    """Points that the paper has room for besides: those of the other pictures of a motion."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The paper: from points in the room to pixels, and from pixels to millimetres."""

    rotation: Matrix
    low: Floats
    size: tuple[int, int]
    pixels: float
    scale: float

    @property
    def millimetre(self) -> float:
        """How many millimetres a pixel is on paper."""
        return self.scale / self.pixels

    def turned(self, points: Floats) -> Floats:
        """Return points as the viewer has them, metres."""
        found: Floats = points @ self.rotation.T
        return found

    def flat(self, turned: Floats) -> Floats:
        """Return turned points in pixels, x to the right and y down."""
        x = (turned[:, 0] - self.low[0]) * self.pixels
        y = self.size[0] - (turned[:, 1] - self.low[1]) * self.pixels
        return np.stack([x, y], 1)


CORNER, CROSS = 0.6, 5.0
"""How far from the corner of the paper a sign stands, and how large a cross is, mm."""


def _with_corner(
    low: Floats, high: Floats, points: Floats, side: float, size: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Return the paper grown up or aside, so that a sign in an upper corner covers no point.

    `side` is -1 for the left corner and 1 for the right one; `size` is the sign's, metres.
    """
    wide, tall = (each + 2 * CORNER / SCALE for each in size)
    edge = high[0] if side > 0 else low[0]
    beneath = points[(points[:, 0] - edge) * side > -wide]
    beside = points[points[:, 1] > high[1] - tall]
    up = max(0.0, float((beneath[:, 1] + tall - high[1]).max(initial=0.0)))
    aside = max(0.0, float((beside[:, 0] * side + wide - edge * side).max(initial=0.0)))
    low, high = low.copy(), high.copy()
    if up * (high[0] - low[0]) <= aside * (high[1] - low[1]):
        high[1] += up
    elif side > 0:
        high[0] += aside
    else:
        low[0] -= aside
    return low, high


_ROOM = 0.08
"""Room around an arrow for its head, metres."""

PIXELS_PER_MM = 13.5
"""Pixels that a millimetre of paper is measured with; curves are fitted through them."""


def frame_of(scene: Scene, points: Floats, arrows: Sequence[Floats] = ()) -> Frame:
    """Return the paper that shows points of the room, and arrows as the viewer has them."""
    view = scene.view
    rotation = view.rotation
    if view.box is not None:
        middle = (rotation @ np.array(view.box.middle))[:2]
        low, high = middle - np.array(view.box.half), middle + np.array(view.box.half)
    else:
        shown = points if scene.also is None else np.concatenate([points, scene.also])
        turned = (shown @ rotation.T)[:, :2]
        low, high = turned.min(0) - scene.margin, turned.max(0) + scene.margin
        for arrow in arrows:
            low = np.minimum(low, arrow.min(0) - _ROOM)
            high = np.maximum(high, arrow.max(0) + _ROOM)
        marked = np.concatenate([turned, *arrows])
        if scene.number:
            size = width_of(scene.number) / view.scale, HEIGHT / view.scale
            low, high = _with_corner(low, high, marked, -1.0, size)
        if scene.mistake:
            low, high = _with_corner(low, high, marked, 1.0, (CROSS / view.scale,) * 2)
    pixels = PIXELS_PER_MM * view.scale
    width, height = np.ceil((high - low) * pixels).astype(int) + 1
    return Frame(rotation, low, (int(height), int(width)), pixels, view.scale)
