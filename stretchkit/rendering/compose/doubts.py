"""Every reason to leave a handout to the plain way, in one place."""

from __future__ import annotations

from enum import Enum


class Reason(Enum):
    """Why a handout, or a part of it, is not composed."""

    LAYOUT = "the layout is no stack of parts"
    TEMPLATE = "a template or a style sheet is not the library's own"
    SCRIPT = "a text of the person's is in a script whose glyphs do not follow its letters"
    LINES = "a text of the person's has lines to write on"
    GLYPH = "a glyph is not in the common fonts"
    WORDS = "a text of the person's does not fit where it belongs"
    PICTURE = "a part holds a picture or a pattern that has objects of its own"
    LINK = "a part leads to another part"
    EMPTY = "a page would be nearly empty, so that another one is to be made shorter"
    SHAPE = "a part was not laid out as expected"


class Doubt(Exception):  # noqa: N818 - it is no error: the plain way serves as well
    """The plain way is to make this handout."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
