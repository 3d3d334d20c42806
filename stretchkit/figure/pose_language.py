"""A frame's settings in plain words, read into angles and contacts.

    spine: {flexion: 40, turn: 35 left}
    left knee: 90
    right hand: on left knee, outer side

Faults are data: each has the path of the key it is about, so that whoever loaded the file can
say line and column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from stretchkit.figure import pose_words as words
from stretchkit.figure.pose_words import SIDES, SideName
from stretchkit.figure.ranges import beyond
from stretchkit.figure.thing_words import FACINGS, PLACED, WAYS, ThingWords, read_thing
from stretchkit.source.names import did_you_mean

Path = tuple[str | int, ...]
FaultKind = Literal[
    "word", "value", "range", "pose", "reach", "bound", "floor", "thing", "alignment", "mistake"
]
WORD_FAULTS: frozenset[FaultKind] = frozenset({"word", "value", "range", "pose"})
"""Faults that are seen in the words alone, before anything is posed."""


@dataclass(frozen=True, slots=True)
class PoseFault:
    """Something wrong with a pose: where in the settings, what, and what to do.

    `at_key` says that the key at the path is wrong, not its value.
    """

    kind: FaultKind
    path: Path
    message: str
    hint: str = ""
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class ContactWords:
    """What a part of the body touches, as it was written.

    `offset` is in metres: outward from the middle of the body, up, forward.
    """

    verb: str
    target: str
    side: SideName | None = None
    face: str = ""
    palm: str = ""
    fingers: str = ""
    place: str = ""
    offset: tuple[float, float, float] = (0.0, 0.0, 0.0)
    path: Path = ()

    def same_place(self, other: ContactWords) -> bool:
        """Say whether another contact means the same place."""
        return replace(self, path=()) == replace(other, path=())


@dataclass(slots=True)
class Settings:
    """What one frame says: parameters of the pose, contacts, parts let go, where things stand."""

    angles: dict[str, float] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    contacts: dict[str, ContactWords] = field(default_factory=dict)
    freed: set[str] = field(default_factory=set)
    things: dict[str, ThingWords] = field(default_factory=dict)
    faults: list[PoseFault] = field(default_factory=list)


_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:°|cm|degrees)?\s*(.*)")
_MOST = 360.0
"""The largest number that a pose can hold, degrees or centimetres."""
_OFFSET = re.compile(r"(\d{1,3}(?:\.\d+)?) cm (forward|back|out|in|up|down)")
_AXES = {
    "out": (0, 1),
    "in": (0, -1),
    "up": (1, 1),
    "down": (1, -1),
    "forward": (2, 1),
    "back": (2, -1),
}


def read_settings(settings: Mapping[str, Any], at: Path = ()) -> Settings:
    """Return what a frame's settings say, with every fault in them."""
    found = Settings()
    both_first = sorted(settings, key=lambda key: _split(str(key))[0] is not None)
    for key in both_first:
        if key != "from":
            _read(str(key), settings[key], (*at, key), found)
    _shape_hands(found)
    for fault in beyond(found.angles):
        path = next(found.paths[p] for p in reversed(fault.parameters) if p in found.paths)
        message = fault.message
        if fault.parameters[0].startswith(("left_", "right_")):
            message = f"{fault.parameters[0].partition('_')[0]} {message}"
        found.faults.append(PoseFault("range", path, message))
    return found


def _shape_hands(found: Settings) -> None:
    """Give hands the shape of what they do, where the frame does not say one."""
    for side in SIDES:
        contact = found.contacts.get(f"{side} hand")
        if contact is not None:
            surface = contact.target in words.SURFACES
            holds = contact.verb == "holds"
            ball = holds and contact.target == "ball"
            shape = "cupped" if ball else "grip" if holds else "flat" if surface else "resting"
        elif f"{side} hand" in found.freed:
            shape = "relaxed"
        else:
            continue
        for name, angle in words.HAND_SHAPES[shape].items():
            found.angles.setdefault(f"{side}_arm.{name}", angle)


def _split(key: str) -> tuple[SideName | None, str]:
    """Return the side a key names and the part; "both knees" and "knees" name both sides."""
    for side in SIDES:
        if key.startswith(f"{side} "):
            return side, key.removeprefix(f"{side} ")
    return None, key.removeprefix("both ")


def _read(key: str, value: Any, at: Path, found: Settings) -> None:
    side, part = _split(key)
    sides = (side,) if side else SIDES
    one = words.PLURALS.get(part, part)
    if part == "body":
        _read_body(value, at, found)
    elif key in PLACED:
        _read_thing(key, value, at, found)
    elif isinstance(value, str) and one == "fingers":
        _read_hand_shape(value, sides, at, found)
    elif isinstance(value, str) and not _NUMBER.fullmatch(value):
        _read_contact(key, value, at, found)
    elif one in words.LIMBS:
        for each in sides:
            _read_movements(one, words.LIMBS[one], value, at=at, found=found, prefix=f"{each}_")
    elif part in words.TRUNK and side is None:
        _read_movements(part, words.TRUNK[part], value, at=at, found=found, prefix="")
    else:
        sided = [*words.LIMBS, *words.SIDED_CONTACTS]
        if side is not None:
            known = [f"{side} {name}" for name in sided]
        else:
            known = ["body", *words.TRUNK, *words.TRUNK_CONTACTS, *PLACED]
            known += [f"both {name}" for name in words.PLURALS]
        hint = did_you_mean(key, known)
        found.faults.append(
            PoseFault("word", at, f'unknown part of the body "{key}"', hint, at_key=True)
        )


def _read_body(value: Any, at: Path, found: Settings) -> None:
    if not isinstance(value, str) or value not in words.LYING:
        hint = did_you_mean(str(value), words.LYING)
        found.faults.append(PoseFault("word", at, f'unknown position of the body "{value}"', hint))
        return
    for name, angle in zip(("tilt", "lean"), words.LYING[value], strict=True):
        found.angles[name] = angle
        found.paths[name] = at


def _read_thing(name: str, value: Any, at: Path, found: Settings) -> None:
    thing, wrong = read_thing(name, str(value))
    if wrong:
        known = [*WAYS, "40 cm in front", *(f"facing {each}" for each in FACINGS), "with arms"]
        known.append("20 cm high")
        message = f'"{wrong}" does not say where the {name} stands'
        found.faults.append(PoseFault("word", at, message, did_you_mean(wrong, known)))
        return
    found.things[name] = thing


def _read_hand_shape(value: str, sides: tuple[SideName, ...], at: Path, found: Settings) -> None:
    shape = words.HAND_SHAPES.get(value)
    if shape is None:
        hint = did_you_mean(value, words.HAND_SHAPES)
        found.faults.append(PoseFault("word", at, f'unknown shape of a hand "{value}"', hint))
        return
    for side in sides:
        for name, angle in shape.items():
            found.angles[f"{side}_arm.{name}"] = angle
            found.paths[f"{side}_arm.{name}"] = at


def _read_movements(
    part: str,
    movements: Mapping[str, words.Movement],
    value: Any,
    *,
    at: Path,
    found: Settings,
    prefix: str,
) -> None:
    default = words.DEFAULT_MOVEMENT.get(part)
    if not isinstance(value, Mapping):
        if default is None:
            names = ", ".join(movements)
            message = f'"{part}" takes movements, such as {{{next(iter(movements))}: 20}}'
            found.faults.append(PoseFault("value", at, message, f"known: {names}"))
            return
        value = {default: value}
        places = {default: at}
    else:
        places = {name: (*at, name) for name in value}
    for name, amount in value.items():
        path = places[name]
        movement = movements.get(name)
        if movement is None:
            hint = did_you_mean(str(name), movements)
            found.faults.append(
                PoseFault("word", path, f'"{part}" has no "{name}"', hint, at_key=True)
            )
            continue
        number = _amount(amount, movement, path, found)
        if number is None:
            continue
        for parameter, share in movement.changes:
            found.angles[prefix + parameter] = number * share
            found.paths[prefix + parameter] = path


def _amount(value: Any, movement: words.Movement, at: Path, found: Settings) -> float | None:
    """Return a number such as 35 or "35 left"; less is negative."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if movement.ways and value:
            way = " or ".join(f'"{abs(value):g} {word}"' for word in movement.ways)
            found.faults.append(PoseFault("value", at, "it does not say which way", f"write {way}"))
            return None
        return _sensible(float(value), at, found)
    match = _NUMBER.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        shown = f'"{value}" is not a number' if isinstance(value, str) else "not a number"
        hint = f'such as "20 {movement.ways[0]}"' if movement.ways else "such as 20"
        found.faults.append(PoseFault("value", at, f"{shown} of degrees or centimetres", hint))
        return None
    number, way = float(match[1]), match[2].strip()
    if not way:
        return _sensible(number, at, found)
    ways: tuple[str, ...] = movement.ways or ()
    if way not in ways:
        hint = did_you_mean(way, ways) if ways else "leave it out"
        found.faults.append(PoseFault("word", at, f'"{way}" is no way to go here', hint))
        return None
    return _sensible(number if way == ways[0] else -number, at, found)


def _sensible(number: float, at: Path, found: Settings) -> float | None:
    """Return a number that a body could be told, None after a fault: `1e999` is infinite."""
    if abs(number) <= _MOST:
        return number
    message = f"{number:g} is more than any body can do"
    found.faults.append(PoseFault("value", at, message, "angles are degrees, lengths centimetres"))
    return None


# ---- contacts


def _read_contact(key: str, value: str, at: Path, found: Settings) -> None:
    side, part = _split(key)
    one = words.PLURALS.get(part, part)
    if side is None and part in words.TRUNK_CONTACTS:
        parts = [part]
    elif one in words.SIDED_CONTACTS:
        parts = [f"{each} {one}" for each in ((side,) if side else SIDES)]
    else:
        known = [*words.TRUNK_CONTACTS, *words.SIDED_CONTACTS, *words.PLURALS]
        message = f'"{key}" is not a part that touches things'
        found.faults.append(PoseFault("word", at, message, did_you_mean(part, known), at_key=True))
        return
    for name in parts:
        if value == "free":
            found.freed.add(name)
            continue
        contact = _contact(name, value, at, found)
        if contact is not None:
            found.contacts[name] = contact


def _contact(part: str, value: str, at: Path, found: Settings) -> ContactWords | None:
    head, *details = (piece.strip() for piece in value.split(","))
    own: SideName = "right" if part.startswith("right") else "left"
    if head in {"clasped", "together"}:
        contact: ContactWords | None = ContactWords(head, "other hand", path=at)
    else:
        contact = _target(head, own, at, found)
    if contact is not None and not _suits(part, contact):
        message = f'"{part}" cannot be "{head}"'
        hint = "hands touch and hold anything; other parts rest on a surface, a foot in a strap"
        found.faults.append(PoseFault("word", at, message, hint))
        return None
    for detail in details:
        if contact is None:
            break
        contact = _detail(contact, detail, at, found)
    return contact


def _suits(part: str, contact: ContactWords) -> bool:
    """Say whether a part of the body can touch something in this way."""
    if part.endswith(" hand"):
        return contact.verb != "in"
    if contact.verb == "in":
        return part.endswith(" foot")
    on_heels = part == "seat bones" and contact.target == "heel"
    return contact.verb != "holds" and (contact.target in words.SURFACES or on_heels)


def _target(head: str, own: SideName, at: Path, found: Settings) -> ContactWords | None:
    verb, _, target = head.partition(" ")
    if verb not in words.VERBS or not target:
        message = f'"{head}" does not say what is touched'
        hint = did_you_mean(verb, words.VERBS)
        found.faults.append(PoseFault("word", at, message, hint))
        return None
    if verb == "under" and target in {"shoulders", "shoulder", "hips", "hip"}:
        return ContactWords("on", "floor", place=f"under {target.removesuffix('s')}", path=at)
    target = words.SURFACE_NAMES.get(target, target)
    if verb == "in" and target not in words.LOOPS:
        message = f'nothing is in a "{target}"'
        found.faults.append(PoseFault("word", at, message, did_you_mean(target, words.LOOPS)))
        return None
    if verb == "under" and target in words.SURFACES and target not in words.SOFT:
        message = f'nothing goes under "{target}"'
        found.faults.append(PoseFault("word", at, message, did_you_mean(target, words.SOFT)))
        return None
    if target in words.SURFACES or (verb in {"holds", "in"} and target in words.THINGS):
        return ContactWords(verb, target, path=at)
    side: SideName | None = None
    name = target
    for each in SIDES:
        if target.startswith(f"{each} "):
            side, name = each, target.removeprefix(f"{each} ")
    name = name.removeprefix("other ") if (other := name.startswith("other ")) else name
    plural = words.TARGET_PLURALS.get(name)
    name = plural or name
    if name not in words.BODY_TARGETS:
        known = [
            *words.SURFACES,
            *words.SURFACE_NAMES,
            *words.BODY_TARGETS,
            *words.TARGET_PLURALS,
            *words.THINGS,
        ]
        message = f'unknown place "{target}"'
        found.faults.append(PoseFault("word", at, message, did_you_mean(name, known)))
        return None
    if words.BODY_TARGETS[name][1] and side is None:
        side = ("left" if own == "right" else "right") if other else own
    back = verb in {"under", "behind"} and name in words.LIMB_BACKS
    return ContactWords(verb, name, side=side, face="back" if back else "", path=at)


def _detail(contact: ContactWords, detail: str, at: Path, found: Settings) -> ContactWords | None:
    first, _, rest = detail.partition(" ")
    if detail in words.FACES:
        return replace(contact, face=detail)
    if first in {"palm", "palms"} and rest in {"up", "down", "in", "out", "forward", "back"}:
        return replace(contact, palm=rest)
    if first == "fingers" and rest in {"forward", "back", "out", "in", "up", "down"}:
        return replace(contact, fingers=rest)
    if detail == "far in front" or (
        first == "under" and rest.removesuffix("s") in {"shoulder", "hip"}
    ):
        return replace(contact, place=detail.removesuffix("s"))
    if detail.replace("heels", "heel") in words.LIFTED:
        return replace(contact, place=detail.replace("heels", "heel"))
    if first == "beside" and rest in words.BESIDE:
        return replace(contact, place=detail)
    if match := _OFFSET.fullmatch(detail):
        axis, sign = _AXES[match[2]]
        offset = list(contact.offset)
        offset[axis] += sign * float(match[1]) / 100.0
        return replace(contact, offset=(offset[0], offset[1], offset[2]))
    known = [*words.FACES, "far in front", "under shoulders", "palm down", "fingers forward"]
    known += ["10 cm forward", "beside hips", *words.LIFTED]
    message = f'unknown detail "{detail}"'
    found.faults.append(PoseFault("word", at, message, did_you_mean(detail, known)))
    return None
