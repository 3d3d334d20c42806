"""The halves of a handout in two languages: each filled in its own language's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from stretchkit.handout import Handout
from stretchkit.rendering.environment import render_template
from stretchkit.views.drawings import Draw
from stretchkit.views.handout import handout_view

Half = Callable[[int, str, int], Markup]
"""Gives a part of an edition, 0 or 1: of the exercise, week or row with a number from 0 on."""

_TEMPLATE = "layouts/half.html"
_INLINE = frozenset({"week", "row", "felt"})


def halves_of(handout: Handout, draw: Draw | None, calls: Mapping[str, Any]) -> Half:
    """Return what gives the parts of a handout's two languages.

    Args:
        handout: one with two languages.
        draw: gives its drawings; None for a handout without.
        calls: what the template of a half may call.
    """
    editions = (handout, second_edition(handout))
    views = tuple(handout_view(edition, draw) for edition in editions)

    def half(edition: int, part: str, number: int = 0) -> Markup:
        library, view = editions[edition].library, views[edition]
        words = render_template(
            library, _TEMPLATE, view, part=part, number=number, first=edition == 0, **calls
        )
        element = "span" if part in _INLINE else "div"
        shown = words.strip() if part in _INLINE else words
        told = f'class="half" lang="{view.language}" dir="{view.direction}"'
        return Markup(f"<{element} {told}>{shown}</{element}>")  # noqa: S704 - the template escapes

    return half


def second_edition(handout: Handout) -> Handout:
    """Return the same handout in its second language; a routine of one's own keeps its words."""
    library, routine = handout.library, handout.routine
    other = library.in_language(handout.second_language)
    if library.routines.get(routine.id) == routine:
        routine = other.routines[routine.id]
    return replace(handout, library=other, routine=routine, also=library.language)
