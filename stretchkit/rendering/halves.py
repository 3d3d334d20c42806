"""The halves of a handout in two languages: each filled in its own language's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from stretchkit.handout import Handout
from stretchkit.rendering.addresses import svg_uri
from stretchkit.rendering.environment import render_template
from stretchkit.views.drawings import Draw
from stretchkit.views.handout import HandoutView, handout_view

_TEMPLATE = "layouts/half.html"
_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'
_INLINE = frozenset({"week", "row", "felt"})


def halves_of(
    handout: Handout, draw: Draw | None, calls: Mapping[str, Any]
) -> dict[str, Callable[..., Markup]]:
    """Return what gives the parts of a handout's two languages, by the names of templates.

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

    def again(exercise: int, drawing: int) -> Markup:
        return _told_again(views[1].exercises[exercise].drawings.shown[drawing].alt, views[1])

    def pictured_again(exercise: int, picture: int) -> Markup:
        return _told_again(views[1].exercises[exercise].pictures[picture].alt, views[1])

    return {"half": half, "again": again, "pictured_again": pictured_again}


def _told_again(alt: str, view: HandoutView) -> Markup:
    """Return a picture of nothing that tells what the one before it shows."""
    told = f'class="again" src="{svg_uri(_NOTHING)}" lang="{view.language}" dir="{view.direction}"'
    return Markup("<img {} alt={}>").format(Markup(told), Markup('"{}"').format(alt))  # noqa: S704 - no word of anybody's


def second_edition(handout: Handout) -> Handout:
    """Return the same handout in its second language; a routine of one's own keeps its words."""
    library, routine = handout.library, handout.routine
    other = library.in_language(handout.second_language)
    if library.routines.get(routine.id) == routine:
        routine = other.routines[routine.id]
    return replace(handout, library=other, routine=routine, also=library.language)
