"""The closed lists of words that content files may use, each with a label per language.

A label is English text marked for translation with `N_`; the catalogues in `locale/` carry the
other languages. Values are what a content file says, labels are what a reader sees.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a message for the translation catalogues without translating it."""
    return message


class Word(StrEnum):
    """A word of a closed list: its value is what a file says, its label what a reader sees."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member from the word and its English label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Kind(Word):
    """What sort of movement an exercise is."""

    STATIC_STRETCH = "static stretch", N_("Held stretch")
    DYNAMIC_STRETCH = "dynamic stretch", N_("Moving stretch")
    MOBILITY = "mobility", N_("Mobility")
    CONTRACT_RELAX = "contract-relax", N_("Tense and release")
    ISOMETRIC = "isometric", N_("Still hold")
    STRENGTH = "strength", N_("Strength")
    BREATHING = "breathing", N_("Breathing")
    RELAXATION = "relaxation", N_("Relaxation")
    SELF_MASSAGE = "self-massage", N_("Self-massage")


class Region(Word):
    """A part of the body that an exercise is for."""

    HEAD_AND_JAW = "head-and-jaw", N_("Head and jaw")
    NECK = "neck", N_("Neck")
    SHOULDERS = "shoulders", N_("Shoulders")
    UPPER_ARMS = "upper-arms", N_("Upper arms")
    ELBOWS_AND_FOREARMS = "elbows-and-forearms", N_("Elbows and forearms")
    WRISTS_AND_HANDS = "wrists-and-hands", N_("Wrists and hands")
    CHEST = "chest", N_("Chest")
    UPPER_BACK = "upper-back", N_("Upper back")
    LOWER_BACK = "lower-back", N_("Lower back")
    ABDOMEN = "abdomen", N_("Tummy")
    HIPS = "hips", N_("Hips")
    BUTTOCKS = "buttocks", N_("Buttocks")
    THIGHS = "thighs", N_("Thighs")
    KNEES = "knees", N_("Knees")
    CALVES = "calves", N_("Calves")
    ANKLES_AND_FEET = "ankles-and-feet", N_("Ankles and feet")
    WHOLE_BODY = "whole-body", N_("Whole body")
    BREATH = "breath", N_("Breath")


class RegionGroup(Word):
    """A coarser part of the body, for filters and the site's region pages."""

    NECK_AND_SHOULDERS = "neck and shoulders", N_("Neck and shoulders")
    BACK = "back", N_("Back")
    ARMS = "arms", N_("Arms and chest")
    CORE = "core", N_("Core and breath")
    HIPS = "hips", N_("Hips and buttocks")
    LEGS = "legs", N_("Legs and feet")
    WHOLE_BODY = "whole body", N_("Whole body")


class Position(Word):
    """How the body is placed at the start of an exercise."""

    STANDING = "standing", N_("Standing")
    SPLIT_STANCE = "split-stance", N_("Standing, one foot ahead")
    SITTING = "sitting", N_("Sitting on a chair")
    FLOOR_SITTING = "floor-sitting", N_("Sitting on the floor")
    KNEELING = "kneeling", N_("Kneeling")
    HALF_KNEELING = "half-kneeling", N_("Kneeling on one knee")
    HANDS_AND_KNEES = "hands-and-knees", N_("On hands and knees")
    PRONE = "prone", N_("Lying on the front")
    PRONE_ON_ELBOWS = "prone-on-elbows", N_("Lying on the front, on the elbows")
    SUPINE = "supine", N_("Lying on the back")
    HOOK_LYING = "hook-lying", N_("Lying on the back, knees bent")
    SIDE_LYING = "side-lying", N_("Lying on the side")
    AT_WALL = "at-wall", N_("Standing at a wall")


class Height(Word):
    """How far from the floor a position is; fewer changes make a routine easier to follow."""

    STAND = "stand", N_("Standing")
    SEAT = "seat", N_("Seated")
    FLOOR = "floor", N_("On the floor")


class Equipment(Word):
    """A thing that an exercise needs."""

    CHAIR = "chair", N_("chair")
    WALL = "wall", N_("wall")
    DESK = "desk", N_("desk")
    DOORWAY = "doorway", N_("doorway")
    STEP = "step", N_("step")
    MAT = "mat", N_("mat")
    CUSHION = "cushion", N_("cushion")
    PILLOW = "pillow", N_("pillow")
    TOWEL = "towel", N_("towel")
    STRAP = "strap", N_("strap")
    FOAM_ROLLER = "foam-roller", N_("foam roller")
    BALL = "ball", N_("ball")
    BAND = "band", N_("stretch band")
    BED = "bed", N_("bed")


class Level(Word):
    """How demanding an exercise or a routine is."""

    GENTLE = "gentle", N_("Gentle")
    EASY = "easy", N_("Easy")
    MODERATE = "moderate", N_("Moderate")
    HARDER = "harder", N_("Harder")


class Setting(Word):
    """Where an exercise can be done."""

    DESK = "desk", N_("At a desk")
    HOME = "home", N_("At home")
    BED = "bed", N_("In bed")
    TRAVEL = "travel", N_("On a journey")


class Goal(Word):
    """What somebody wants; never a cure and never the prevention of injury."""

    EASE_TENSION = "ease-tension", N_("Ease tension")
    MOVE_MORE = "move-more", N_("Move more")
    WIND_DOWN = "wind-down", N_("Wind down")
    WARM_UP = "warm-up", N_("Warm up")
    COOL_DOWN = "cool-down", N_("Cool down")
    POSTURE_BREAK = "posture-break", N_("Take a break from one posture")
    BUILD_CORE = "build-core", N_("Build your core")
    BALANCE = "balance", N_("Balance")
    BREATHE = "breathe", N_("Breathe")


class Condition(Word):
    """Something about a person that calls for care with an exercise."""

    OSTEOPOROSIS_SPINE = "osteoporosis-spine", N_("thin or weak bones in the spine (osteoporosis)")
    RECENT_SURGERY = "recent-surgery", N_("a recent operation")
    HIP_REPLACEMENT = "hip-replacement", N_("a hip replacement")
    KNEE_REPLACEMENT = "knee-replacement", N_("a knee replacement")
    PREGNANCY_LATE = "pregnancy-late", N_("late pregnancy")
    HIGH_BLOOD_PRESSURE = "high-blood-pressure", N_("high blood pressure")
    HEART = "heart", N_("a heart problem")
    GLAUCOMA = "glaucoma", N_("glaucoma")
    DIZZINESS = "dizziness", N_("dizzy spells")
    BALANCE = "balance", N_("poor balance")
    WRIST_PAIN = "wrist-pain", N_("sore wrists")
    SHOULDER_INSTABILITY = "shoulder-instability", N_("a shoulder that slips out of place")
    DISC_OR_LEG_PAIN = "disc-or-leg-pain", N_("a disc problem or pain down the leg")
    SPINAL_STENOSIS = "spinal-stenosis", N_("a narrow spinal canal (stenosis)")
    INFLAMMATORY_FLARE = "inflammatory-flare", N_("a flare-up of hot, swollen joints")
    HYPERMOBILITY = "hypermobility", N_("very bendy joints")
    BREATHLESSNESS = "breathlessness", N_("breathlessness")


class CautionAction(Word):
    """What a condition asks for: leave the exercise out, make it smaller, or ask first."""

    SKIP = "skip", N_("leave this exercise out")
    ADAPT = "adapt", N_("make the movement smaller")
    ASK = "ask", N_("ask your health professional first")


class Muscle(Word):
    """A muscle or a group of muscles: the plain name is translated, the anatomical one is not."""

    anatomical: str

    def __new__(cls, value: str, label: str = "", anatomical: str = "") -> Self:
        """Make a member from the word, its plain English label and its anatomical name."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.anatomical = anatomical
        return member

    UPPER_TRAPEZIUS = "upper-trapezius", N_("top of the shoulders"), "trapezius, descending part"
    MIDDLE_TRAPEZIUS = (
        "middle-trapezius",
        N_("between the shoulder blades"),
        "trapezius, transverse part",
    )
    LOWER_TRAPEZIUS = (
        "lower-trapezius",
        N_("below the shoulder blades"),
        "trapezius, ascending part",
    )
    RHOMBOIDS = "rhomboids", N_("between the shoulder blades, deep"), "rhomboidei"
    LEVATOR_SCAPULAE = (
        "levator-scapulae",
        N_("side of the neck to the shoulder blade"),
        "levator scapulae",
    )
    DEEP_NECK_FLEXORS = (
        "deep-neck-flexors",
        N_("front of the neck, deep"),
        "longus colli and capitis",
    )
    NECK_EXTENSORS = "neck-extensors", N_("back of the neck"), "splenius and semispinalis"
    NECK_ROTATORS = "neck-rotators", N_("turners of the neck"), "sternocleidomastoideus"
    SCALENES = "scalenes", N_("side of the neck"), "scaleni"
    DELTOIDS = "deltoids", N_("shoulder cap"), "deltoideus"
    ROTATOR_CUFF = "rotator-cuff", N_("deep shoulder"), "rotator cuff"
    PECTORALS = "pectorals", N_("chest"), "pectoralis major and minor"
    TRICEPS = "triceps", N_("back of the upper arm"), "triceps brachii"
    BICEPS = "biceps", N_("front of the upper arm"), "biceps brachii"
    FOREARM_FLEXORS = "forearm-flexors", N_("inside of the forearm"), "flexores antebrachii"
    FOREARM_EXTENSORS = "forearm-extensors", N_("outside of the forearm"), "extensores antebrachii"
    HAND_MUSCLES = "hand-muscles", N_("hand"), "musculi manus"
    THORACIC_ROTATORS = "thoracic-rotators", N_("turners of the upper back"), "rotatores thoracis"
    ERECTOR_SPINAE = "erector-spinae", N_("long muscles beside the spine"), "erector spinae"
    MULTIFIDUS = "multifidus", N_("small deep muscles of the spine"), "multifidus"
    QUADRATUS_LUMBORUM = "quadratus-lumborum", N_("side of the lower back"), "quadratus lumborum"
    LATISSIMUS_DORSI = "latissimus-dorsi", N_("broad muscle of the back"), "latissimus dorsi"
    SERRATUS_ANTERIOR = "serratus-anterior", N_("side of the ribs"), "serratus anterior"
    INTERCOSTALS = "intercostals", N_("between the ribs"), "intercostales"
    RECTUS_ABDOMINIS = "rectus-abdominis", N_("front of the tummy"), "rectus abdominis"
    OBLIQUES = "obliques", N_("sides of the tummy"), "obliquus externus and internus"
    TRANSVERSUS_ABDOMINIS = "transversus-abdominis", N_("deep tummy"), "transversus abdominis"
    DIAPHRAGM = "diaphragm", N_("breathing muscle under the ribs"), "diaphragma"
    HIP_FLEXORS = "hip-flexors", N_("front of the hip"), "iliopsoas"
    GLUTEUS_MAXIMUS = "gluteus-maximus", N_("buttock"), "gluteus maximus"
    GLUTEUS_MEDIUS = "gluteus-medius", N_("side of the hip"), "gluteus medius"
    DEEP_HIP_ROTATORS = (
        "deep-hip-rotators",
        N_("deep in the buttock"),
        "piriformis and deep rotators",
    )
    HAMSTRINGS = (
        "hamstrings",
        N_("back of the thigh"),
        "biceps femoris, semitendinosus, semimembranosus",
    )
    QUADRICEPS = "quadriceps", N_("front of the thigh"), "quadriceps femoris"
    ADDUCTORS = "adductors", N_("inner thigh"), "adductores femoris"
    GASTROCNEMIUS = "gastrocnemius", N_("calf"), "gastrocnemius"
    SOLEUS = "soleus", N_("deep calf"), "soleus"
    TIBIALIS_ANTERIOR = "tibialis-anterior", N_("front of the shin"), "tibialis anterior"
    FOOT_MUSCLES = "foot-muscles", N_("sole of the foot"), "musculi plantae"


class Breath(Word):
    """What the breath does during a step."""

    IN = "in", N_("breathe in")
    OUT = "out", N_("breathe out")
    HOLD = "hold", N_("pause the breath")
    EASY = "easy", N_("breathe easily")


class Side(Word):
    """Which side of the body an exercise is done on.

    `BOTH` is both at once, `EACH` one after the other, `CHANGING` one rep left, one rep right.
    """

    BOTH = "both sides", N_("both sides together")
    EACH = "each side", N_("each side")
    CHANGING = "changing sides", N_("changing sides")
    LEFT = "left", N_("left side")
    RIGHT = "right", N_("right side")


class View(Word):
    """The direction a drawing is seen from."""

    SIDE = "side", N_("Side view")
    FRONT = "front", N_("Front view")
    BACK = "back", N_("Back view")
    TOP = "top", N_("View from above")
    THREE_QUARTER_LEFT = "three-quarter left", N_("View from the front left")
    THREE_QUARTER_RIGHT = "three-quarter right", N_("View from the front right")
    BACK_LEFT = "three-quarter back left", N_("View from the back left")
    BACK_RIGHT = "three-quarter back right", N_("View from the back right")


class CloseUp(Word):
    """The part of the body that a drawing shows alone, large."""

    HEAD = "head", N_("Close-up of the head")
    NECK = "neck", N_("Close-up of head and shoulders")
    SHOULDERS = "shoulders", N_("Close-up of the shoulders")
    BELLY = "belly", N_("Close-up of the belly")
    WRISTS = "wrists", N_("Close-up of the forearms and hands")
    HANDS = "hands", N_("Close-up of the hands")
    KNEES = "knees", N_("Close-up of the knees")
    ANKLES = "ankles", N_("Close-up of the lower legs and feet")
    FEET = "feet", N_("Close-up of the feet")


class Section(Word):
    """A headed part of a content file; the heading is its label in the file's language."""

    SET_UP = "set_up", N_("Set up")
    STEPS = "steps", N_("Steps")
    CUES = "cues", N_("Cues")
    FEEL = "feel", N_("You should feel")
    TAKE_CARE = "take_care", N_("Take care")
    STOP_SIGNS = "stop_signs", N_("Stop if")
    EASIER = "easier", N_("Make it easier")
    HARDER = "harder", N_("Make it harder")
    MISTAKES = "mistakes", N_("Common mistakes")
    CLINICIAN = "clinician", N_("For the clinician")
    BEFORE = "before", N_("Before you start")
    AFTER = "after", N_("Afterwards")
    TRANSCRIPT = "transcript", N_("Transcript")


REGION_GROUPS: dict[RegionGroup, tuple[Region, ...]] = {
    RegionGroup.NECK_AND_SHOULDERS: (Region.HEAD_AND_JAW, Region.NECK, Region.SHOULDERS),
    RegionGroup.BACK: (Region.UPPER_BACK, Region.LOWER_BACK),
    RegionGroup.ARMS: (
        Region.UPPER_ARMS,
        Region.ELBOWS_AND_FOREARMS,
        Region.WRISTS_AND_HANDS,
        Region.CHEST,
    ),
    RegionGroup.CORE: (Region.ABDOMEN, Region.BREATH),
    RegionGroup.HIPS: (Region.HIPS, Region.BUTTOCKS),
    RegionGroup.LEGS: (Region.THIGHS, Region.KNEES, Region.CALVES, Region.ANKLES_AND_FEET),
    RegionGroup.WHOLE_BODY: (Region.WHOLE_BODY,),
}

HEIGHTS: dict[Position, Height] = {
    Position.STANDING: Height.STAND,
    Position.SPLIT_STANCE: Height.STAND,
    Position.AT_WALL: Height.STAND,
    Position.SITTING: Height.SEAT,
    Position.FLOOR_SITTING: Height.FLOOR,
    Position.KNEELING: Height.FLOOR,
    Position.HALF_KNEELING: Height.FLOOR,
    Position.HANDS_AND_KNEES: Height.FLOOR,
    Position.PRONE: Height.FLOOR,
    Position.PRONE_ON_ELBOWS: Height.FLOOR,
    Position.SUPINE: Height.FLOOR,
    Position.HOOK_LYING: Height.FLOOR,
    Position.SIDE_LYING: Height.FLOOR,
}


def group_of(region: Region) -> RegionGroup:
    """Return the group that a region belongs to."""
    return next(group for group, regions in REGION_GROUPS.items() if region in regions)
