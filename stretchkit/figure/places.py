"""Where the things stand that a body touches: one place for drawings and for contacts.

Metres. The floor is the plane y = 0; a person on a chair looks along +z, a person at a wall too,
with the wall in front or behind.
"""

from __future__ import annotations

FLOOR = 0.0
MAT_TOP = 0.01

SEAT_HEIGHT = 0.44
SEAT_FRONT = 0.20
SEAT_BACK = -0.22
SEAT_DEPTH = SEAT_FRONT - SEAT_BACK
SEAT_WIDTH = 0.42
CHAIR_BACK = SEAT_BACK
"""The plane of the chair's back that a sitting person's back touches."""
CHAIR_BACK_TOP = 0.86
CHAIR_BACK_WIDTH = 0.40
CHAIR_BACK_THICKNESS = 0.03

WALL = 0.0
"""The plane of a wall; the person stands in front of it or behind it."""

DESK_HEIGHT = 0.72
STEP_HEIGHT = 0.15
PILLOW_HEIGHT = 0.09
ROLLER_RADIUS = 0.075
