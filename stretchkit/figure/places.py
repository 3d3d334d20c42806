"""How large things are, and the plane that a body stands or lies on.

Metres. Each thing is measured in its own directions: x to the left of a person who uses it, y up.
A chair looks along z, its seat is over 0. Of a wall, a doorway, a desk and a step the near side
is the plane z = 0, and the person is on the side of larger z.
"""

from __future__ import annotations

FLOOR = 0.0

SEAT_HEIGHT = 0.42
SEAT_FRONT = 0.20
SEAT_BACK = -0.22
SEAT_DEPTH = SEAT_FRONT - SEAT_BACK
SEAT_WIDTH = 0.42
CHAIR_BACK = SEAT_BACK
"""The plane of the chair's back that a sitting person's back touches."""
CHAIR_BACK_TOP = 0.86
CHAIR_BACK_WIDTH = 0.40
CHAIR_BACK_THICKNESS = 0.03
CHAIR_ARM_TOP = SEAT_HEIGHT + 0.22
CHAIR_ARM_SIDE = SEAT_WIDTH / 2 + 0.035
CHAIR_ARM_WIDTH = 0.05

WALL_THICKNESS = 0.06
DOOR_GAP, DOOR_HEIGHT, JAMB = 0.78, 2.05, 0.10
DESK_HEIGHT, DESK_WIDTH, DESK_DEPTH = 0.72, 1.1, 0.6
STEP_HEIGHT, STEP_WIDTH, STEP_DEPTH = 0.15, 0.6, 0.35
PILLOW_HEIGHT, CUSHION_HEIGHT, TOWEL_HEIGHT = 0.09, 0.05, 0.08
ROLLER_HEIGHT, BALL_HEIGHT = 0.15, 0.07
BED_HEIGHT, BED_LENGTH, BED_WIDTH = 0.48, 2.0, 0.9

HEIGHTS = {
    "desk": DESK_HEIGHT,
    "step": STEP_HEIGHT,
    "pillow": PILLOW_HEIGHT,
    "cushion": CUSHION_HEIGHT,
    "towel": TOWEL_HEIGHT,
    "roller": ROLLER_HEIGHT,
    "ball": BALL_HEIGHT,
}
