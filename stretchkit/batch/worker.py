"""What makes one handout, wherever it runs: in this thread, another, a process, another machine.

A library is sent once to each process, not with every row: a process that lacks it says so, and
gets the order again with the library in a parcel.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from threading import Lock
from typing import TypeAlias
from uuid import uuid4

from stretchkit.batch.orders import Order
from stretchkit.errors import StretchKitError
from stretchkit.figure.artist import Memory
from stretchkit.library import Library
from stretchkit.rendering.drawings import Means
from stretchkit.rendering.handout import render

Editions: TypeAlias = Mapping[str, Library]


class Needs(Enum):
    """What a process lacks to carry out an order."""

    LIBRARY = "the library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A library in all of its languages, packed to travel, and the name that processes know it by.

    `packed` is empty when only the name travels, as it does unless a process lacks the library.
    """

    name: str
    packed: bytes = b""

    @classmethod
    def of(cls, editions: Editions) -> Parcel:
        """Return the label of a library, and have it at hand in this process."""
        label = cls(name=uuid4().hex)
        _at_hand[label.name] = editions
        return label

    def filled(self, editions: Editions) -> Parcel:
        """Return the parcel with its library in it."""
        return replace(self, packed=zlib.compress(pickle.dumps(dict(editions)), 1))

    def forget(self) -> None:
        """Have the library at hand no more in this process."""
        _at_hand.pop(self.name, None)


Answer: TypeAlias = bytes | StretchKitError | Needs

_at_hand: dict[str, Editions] = {}
_drawn = Memory()
_one_at_a_time = Lock()
"""The PDF engine is not made for threads, and they would gain nothing."""


def make(order: Order, parcel: Parcel, format: str, means: Means) -> Answer:  # noqa: A002
    """Return a handout's bytes, why it cannot be made, or what is lacking.

    Args:
        order: the handout.
        parcel: the library, or its name alone.
        format: the file's format.
        means: how drawings are made.
    """
    with _one_at_a_time:
        editions = _unpacked(parcel)
        if editions is None:
            return Needs.LIBRARY
        try:
            handout = order.handout(editions[order.language])
            return render(handout, format, means=replace(means, memory=_drawn))
        except StretchKitError as error:
            return error


def _unpacked(parcel: Parcel) -> Editions | None:
    if parcel.name not in _at_hand and parcel.packed:
        editions: dict[str, Library] = pickle.loads(zlib.decompress(parcel.packed))  # noqa: S301 - packed by `Parcel.of`
        # A worker of a cluster outlives its batches, and there is one batch at a time.
        _at_hand.clear()
        _at_hand[parcel.name] = editions
    return _at_hand.get(parcel.name)
