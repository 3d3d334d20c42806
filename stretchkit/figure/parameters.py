"""The parameters of a pose by name, as one reads and sets them: `lumbar.flexion`, `tilt`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stretchkit.figure.pose import Pose


def apply_angles(pose: Pose, angles: Mapping[str, float]) -> Pose:
    """Return the pose with some parameters changed: `lumbar.flexion`, `left_arm.elbow`, `tilt`."""
    for name, value in angles.items():
        head, _, rest = name.partition(".")
        if head == "root":
            at = list(pose.root)
            at["xyz".index(rest)] = value
            pose = replace(pose, root=(at[0], at[1], at[2]))
        else:
            changed: Any = replace(getattr(pose, head), **{rest: value}) if rest else value
            pose = replace(pose, **{head: changed})
    return pose


def angles_of(pose: Pose, names: Mapping[str, Any] | tuple[str, ...]) -> dict[str, float]:
    """Return the values of some parameters of a pose."""
    found = {}
    for name in names:
        head, _, rest = name.partition(".")
        if head == "root":
            found[name] = pose.root["xyz".index(rest)]
        else:
            part = getattr(pose, head)
            found[name] = getattr(part, rest) if rest else part
    return found
