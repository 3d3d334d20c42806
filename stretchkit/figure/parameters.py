"""The parameters of a pose by name, as one reads and sets them: `lumbar.flexion`, `tilt`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stretchkit.figure.pose import Pose


def apply_angles(pose: Pose, angles: Mapping[str, float]) -> Pose:
    """Return the pose with some parameters changed: `lumbar.flexion`, `left_arm.elbow`, `tilt`."""
    parts: dict[str, dict[str, float]] = {}
    whole: dict[str, Any] = {}
    at = list(pose.root)
    for name, value in angles.items():
        head, _, rest = name.partition(".")
        if head == "root":
            at["xyz".index(rest)] = value
        elif rest:
            parts.setdefault(head, {})[rest] = value
        else:
            whole[head] = value
    for head, values in parts.items():
        changed: Any = replace(getattr(pose, head), **values)
        whole[head] = changed
    return replace(pose, root=(at[0], at[1], at[2]), **whole)


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
