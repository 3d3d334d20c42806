"""What the conditions of a reader ask for, over a whole session: for layouts short of room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stretchkit.locales import catalogue, label
from stretchkit.model.routine import Prescription
from stretchkit.model.vocabulary import CautionAction, Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionView:
    """A condition, and the numbers of the exercises that it is about: "2, 4"."""

    condition: str
    numbers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """What to do with some conditions: "Leave an exercise out if you have:" and the conditions."""

    action: str
    conditions: tuple[ConditionView, ...]


def asked_views(session: Sequence[Prescription], language: str) -> tuple[AskedView, ...]:
    """Return the cautions of a session by what they ask for, the strictest first.

    Args:
        session: the exercises; their numbers count from 1.
        language: the language of the words.
    """
    _ = catalogue(language).gettext
    asked = {
        CautionAction.SKIP: _("Leave an exercise out if you have:"),
        CautionAction.ASK: _("Ask your health professional first if you have:"),
        CautionAction.ADAPT: _("Make the movement smaller if you have:"),
    }
    return tuple(
        AskedView(
            action=words,
            conditions=tuple(
                ConditionView(
                    condition=label(condition, language), numbers=", ".join(map(str, numbers))
                )
                for condition, numbers in found.items()
            ),
        )
        for action, words in asked.items()
        if (found := _conditions(session, action))
    )


def _conditions(
    session: Sequence[Prescription], action: CautionAction
) -> dict[Condition, list[int]]:
    """Return the conditions that ask for something, each with the numbers of its exercises."""
    found: dict[Condition, list[int]] = {}
    for number, entry in enumerate(session, start=1):
        for caution in entry.exercise.cautions:
            if caution.action is action:
                found.setdefault(caution.condition, []).append(number)
    return found
