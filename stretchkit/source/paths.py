"""Files that content names: whether they are there, and whether they stay in the library."""

from __future__ import annotations

from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether there is a file; a name that no file system takes is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder; a name that no file system takes is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def stays_inside(path: Path, root: Path) -> bool:
    """Whether a path, with its links followed, is in a folder; a link to itself leads nowhere."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except RuntimeError:
        return True
