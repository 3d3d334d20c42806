"""Where a stretch is felt or a muscle works: places on the canonical body, by muscle and region.

Metres at rest: x to the left, y up from the hips, z forward. Of what the body has two of, the
left one is written and the right one is its mirror image.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from stretchkit.figure.contact import Solved
from stretchkit.figure.pose import SideName
from stretchkit.figure.scene import Felt
from stretchkit.model.exercise import Exercise
from stretchkit.model.vocabulary import Muscle, Region

_Point = tuple[float, float, float]
_Pair = Literal["no", "arm", "leg", "upper", "lower", "flank", "nape"]
"""What a place has two of: whole limbs; the upper or lower end of the trunk, which goes with its
limb; the flank or the nape, of which a bend stretches the far one."""


@dataclass(frozen=True, slots=True)
class _Place:
    middle: _Point
    radii: _Point
    pair: _Pair = "no"


_MUSCLES: dict[Muscle, _Place] = {
    Muscle.UPPER_TRAPEZIUS: _Place((0.09, 0.50, -0.02), (0.10, 0.08, 0.10), "nape"),
    Muscle.RHOMBOIDS: _Place((0.0, 0.37, -0.12), (0.12, 0.13, 0.12)),
    Muscle.NECK_EXTENSORS: _Place((0.0, 0.55, -0.07), (0.09, 0.10, 0.08)),
    Muscle.NECK_ROTATORS: _Place((0.05, 0.54, 0.01), (0.06, 0.10, 0.08), "nape"),
    Muscle.SCALENES: _Place((0.06, 0.53, 0.02), (0.06, 0.09, 0.08), "nape"),
    Muscle.DELTOIDS: _Place((0.19, 0.42, 0.02), (0.09, 0.10, 0.10), "upper"),
    Muscle.ROTATOR_CUFF: _Place((0.17, 0.42, -0.04), (0.10, 0.10, 0.10), "upper"),
    Muscle.PECTORALS: _Place((0.10, 0.38, 0.10), (0.12, 0.10, 0.11), "upper"),
    Muscle.TRICEPS: _Place((0.24, 0.35, -0.04), (0.11, 0.13, 0.08), "arm"),
    Muscle.BICEPS: _Place((0.24, 0.36, 0.08), (0.11, 0.13, 0.08), "arm"),
    Muscle.FOREARM_FLEXORS: _Place((0.35, 0.20, 0.11), (0.10, 0.12, 0.10), "arm"),
    Muscle.FOREARM_EXTENSORS: _Place((0.38, 0.23, 0.08), (0.10, 0.12, 0.10), "arm"),
    Muscle.HAND_MUSCLES: _Place((0.45, 0.11, 0.21), (0.07, 0.10, 0.11), "arm"),
    Muscle.THORACIC_ROTATORS: _Place((0.0, 0.33, -0.12), (0.13, 0.18, 0.12)),
    Muscle.ERECTOR_SPINAE: _Place((0.0, 0.24, -0.11), (0.12, 0.30, 0.13)),
    Muscle.MULTIFIDUS: _Place((0.0, 0.14, -0.10), (0.10, 0.16, 0.10)),
    Muscle.QUADRATUS_LUMBORUM: _Place((0.09, 0.12, -0.07), (0.09, 0.12, 0.10), "flank"),
    Muscle.LATISSIMUS_DORSI: _Place((0.14, 0.27, -0.06), (0.10, 0.20, 0.12), "flank"),
    Muscle.SERRATUS_ANTERIOR: _Place((0.15, 0.30, 0.04), (0.09, 0.13, 0.11), "flank"),
    Muscle.INTERCOSTALS: _Place((0.14, 0.27, 0.02), (0.10, 0.15, 0.14), "flank"),
    Muscle.RECTUS_ABDOMINIS: _Place((0.0, 0.13, 0.11), (0.11, 0.19, 0.10)),
    Muscle.OBLIQUES: _Place((0.13, 0.12, 0.04), (0.10, 0.14, 0.12), "flank"),
    Muscle.TRANSVERSUS_ABDOMINIS: _Place((0.0, 0.07, 0.11), (0.15, 0.11, 0.10)),
    Muscle.DIAPHRAGM: _Place((0.0, 0.23, 0.10), (0.17, 0.11, 0.12)),
    Muscle.HIP_FLEXORS: _Place((0.10, -0.03, 0.09), (0.10, 0.14, 0.10), "lower"),
    Muscle.GLUTEUS_MAXIMUS: _Place((0.09, -0.04, -0.09), (0.12, 0.13, 0.12), "lower"),
    Muscle.GLUTEUS_MEDIUS: _Place((0.16, 0.04, -0.02), (0.09, 0.12, 0.12), "lower"),
    Muscle.DEEP_HIP_ROTATORS: _Place((0.10, -0.03, -0.09), (0.11, 0.10, 0.11), "lower"),
    Muscle.HAMSTRINGS: _Place((0.115, -0.20, -0.06), (0.11, 0.20, 0.11), "leg"),
    Muscle.QUADRICEPS: _Place((0.115, -0.20, 0.11), (0.11, 0.20, 0.12), "leg"),
    Muscle.ADDUCTORS: _Place((0.06, -0.16, 0.02), (0.08, 0.19, 0.11), "leg"),
    Muscle.GASTROCNEMIUS: _Place((0.145, -0.48, -0.03), (0.10, 0.16, 0.10), "leg"),
    Muscle.SOLEUS: _Place((0.15, -0.58, -0.02), (0.09, 0.15, 0.10), "leg"),
    Muscle.TIBIALIS_ANTERIOR: _Place((0.15, -0.52, 0.08), (0.08, 0.17, 0.08), "leg"),
    Muscle.FOOT_MUSCLES: _Place((0.165, -0.80, 0.06), (0.09, 0.07, 0.18), "leg"),
}
_REGIONS: dict[Region, _Place] = {
    Region.HEAD_AND_JAW: _Place((0.0, 0.62, 0.07), (0.10, 0.08, 0.11)),
    Region.NECK: _Place((0.0, 0.54, -0.02), (0.11, 0.10, 0.11)),
    Region.SHOULDERS: _Place((0.17, 0.44, 0.0), (0.11, 0.11, 0.12), "upper"),
    Region.UPPER_ARMS: _Place((0.235, 0.36, 0.02), (0.11, 0.14, 0.11), "arm"),
    Region.ELBOWS_AND_FOREARMS: _Place((0.36, 0.21, 0.09), (0.12, 0.14, 0.14), "arm"),
    Region.WRISTS_AND_HANDS: _Place((0.44, 0.125, 0.19), (0.09, 0.11, 0.12), "arm"),
    Region.CHEST: _Place((0.0, 0.37, 0.10), (0.19, 0.12, 0.13)),
    Region.UPPER_BACK: _Place((0.0, 0.36, -0.12), (0.19, 0.16, 0.11)),
    Region.LOWER_BACK: _Place((0.0, 0.10, -0.10), (0.15, 0.13, 0.11)),
    Region.ABDOMEN: _Place((0.0, 0.12, 0.10), (0.14, 0.16, 0.11)),
    Region.HIPS: _Place((0.12, 0.0, 0.06), (0.11, 0.13, 0.12), "lower"),
    Region.BUTTOCKS: _Place((0.09, -0.04, -0.09), (0.12, 0.13, 0.12), "lower"),
    Region.THIGHS: _Place((0.11, -0.20, 0.02), (0.13, 0.20, 0.15), "leg"),
    Region.KNEES: _Place((0.134, -0.37, 0.05), (0.10, 0.10, 0.11), "leg"),
    Region.CALVES: _Place((0.145, -0.50, -0.02), (0.10, 0.17, 0.11), "leg"),
    Region.ANKLES_AND_FEET: _Place((0.165, -0.77, 0.06), (0.11, 0.10, 0.18), "leg"),
    Region.BREATH: _Place((0.0, 0.22, 0.10), (0.17, 0.14, 0.13)),
}
"""The whole body is not tinted."""

_LIMBS = {("arm", "left"): 1, ("arm", "right"): 2, ("leg", "left"): 3, ("leg", "right"): 4}
_BENT = 8.0
"""A trunk that bends to a side by more than this, degrees, stretches the other one."""


def felt_in(exercise: Exercise, frame: Solved, side: SideName | None) -> tuple[Felt, ...]:
    """Return where an exercise is felt: its main muscles, or its main region where none is known.

    Args:
        exercise: the exercise.
        frame: the frame that is drawn, which says to which side the trunk bends.
        side: the side that a one-sided exercise is shown on, None for both.
    """
    places = [_MUSCLES[muscle] for muscle in exercise.muscles.primary if muscle in _MUSCLES]
    if not places:
        places = [_REGIONS[region] for region in exercise.regions[:1] if region in _REGIONS]
    return tuple(felt for place in places for felt in _felt(place, _sides(place, frame, side)))


def _sides(place: _Place, frame: Solved, side: SideName | None) -> Iterable[SideName]:
    pose = frame.pose
    bend = 0.0
    if place.pair == "flank":
        bend = pose.lumbar.side + pose.thoracic.side
    elif place.pair == "nape":
        bend = pose.neck.side + pose.head.side
    if abs(bend) > _BENT:
        return ("right",) if bend > 0 else ("left",)
    return (side,) if side and place.pair not in {"flank", "nape"} else ("left", "right")


def _felt(place: _Place, sides: Iterable[SideName]) -> Iterator[Felt]:
    if place.pair == "no":
        yield Felt(place.middle, place.radii)
        return
    x, y, z = place.middle
    for side in sides:
        limb = _LIMBS.get((place.pair, side), 0)
        yield Felt((x if side == "left" else -x, y, z), place.radii, limb)
