"""Rules that look at a whole library: one function a rule, its docstring says what it finds."""

from __future__ import annotations

from stretchkit.checks.figures import Posing, check_figures, posing
from stretchkit.checks.pictures import check_pictures
from stretchkit.checks.poses import WORD_CODES, check_poses
from stretchkit.checks.references import check_references

__all__ = [
    "WORD_CODES",
    "Posing",
    "check_figures",
    "check_pictures",
    "check_poses",
    "check_references",
    "posing",
]
