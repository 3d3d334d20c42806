"""The parts of the body whose way an arrow may show, in the words of a figure."""

from __future__ import annotations

from types import MappingProxyType

SIDED = MappingProxyType(
    {
        "hand": "hands",
        "wrist": "wrists",
        "thumb": "thumbs",
        "elbow": "elbows",
        "shoulder": "shoulders",
        "shoulder blade": "shoulder blades",
        "knee": "knees",
        "foot": "feet",
        "heel": "heels",
    }
)
"""Parts that the body has two of: the word for one, said with its side, and for both."""

ALIKE = ("fingers", "toes")
"""Parts of a hand or foot that have the same word for one side and for both."""

MIDDLE = ("head", "chin", "chest", "upper back", "back", "lower back", "belly", "hips")
"""Parts that the body has one of."""

MOVING_PARTS: tuple[str, ...] = (
    *MIDDLE,
    *(
        word
        for one, both in (*SIDED.items(), *((part, part) for part in ALIKE))
        for word in (both, f"both {both}", f"left {one}", f"right {one}")
    ),
)
"""What `of:` takes in an arrow of a figure."""
