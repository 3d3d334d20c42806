"""Every fault that StretchKit can find in content: its code, and what to do about it.

A code never changes its meaning. The diagnostics reference in `docs/` is generated from this
table, so a fault's documentation is written here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stretchkit.errors import Diagnostic, Location, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """What a diagnostic code means, for the reference."""

    title: str
    explanation: str
    severity: Severity = Severity.ERROR


_W = Severity.WARNING

CODES: dict[str, Code] = {
    # files
    "SK001": Code("cannot read the file", "The file is not readable, or vanished while loading."),
    "SK002": Code("not UTF-8", "Save the file as UTF-8; the place is the first byte that is not."),
    "SK003": Code(
        "byte order mark", "The file starts with a BOM. It is ignored; save as plain UTF-8.", _W
    ),
    "SK004": Code(
        "Windows line ends", "The file uses CRLF. It is read as LF; save with LF line ends.", _W
    ),
    "SK005": Code(
        "file too large", "A content file is at most 100 kB: it holds one exercise, not a book."
    ),
    "SK006": Code(
        "link out of the library",
        "A symbolic link leads to a file or folder outside of the library's. Copy it instead.",
    ),
    "SK007": Code(
        "control character",
        "The text holds a character that no reader can see. Delete it; it often comes from a copy.",
    ),
    "SK008": Code(
        "file name",
        "A file's name is its id: small letters, digits and single hyphens, such as "
        "`seated-twist.md`, or `seated-twist.es.md` for a translation to another language.",
    ),
    "SK009": Code(
        "id used twice",
        "Two files of one kind have the same name, so they would have the same id. Rename one.",
    ),
    "SK010": Code(
        "unexpected file",
        "A file in a content folder is neither content nor a picture, or a folder in it is a link; "
        "it is ignored.",
        _W,
    ),
    # front matter
    "SK020": Code(
        "no front matter",
        "A content file starts with a line `---`, then facts as YAML, then another line `---`.",
    ),
    "SK021": Code("front matter not closed", "The second line `---` is missing."),
    "SK022": Code("YAML cannot be read", "The facts are not well-formed YAML at this place."),
    "SK023": Code("key written twice", "A key stands twice in one mapping; delete one of them."),
    "SK024": Code(
        "YAML alias",
        "Anchors and aliases (`&name`, `*name`) are not part of the format: write the value out.",
    ),
    "SK025": Code("YAML tag", "Tags such as `!!python` are not part of the format: remove it."),
    "SK026": Code("tab in YAML", "YAML is indented with spaces, never with tabs."),
    "SK027": Code("not a mapping", "The facts are `key: value` lines."),
    # fields
    "SK030": Code("missing field", "A field that every file of this kind needs is not there."),
    "SK031": Code("unknown field", "A field's name is not part of the format; often a slip."),
    "SK032": Code(
        "wrong type", "A value is of another type than the field: a list, a number, a text …"
    ),
    "SK033": Code(
        "unknown word", "The field takes words of a closed list, and this word is not in it."
    ),
    "SK034": Code("value out of range", "The value is of the right type and yet not acceptable."),
    "SK035": Code("dosage", "The line does not follow the dosage grammar of the format reference."),
    "SK036": Code(
        "picture path",
        "A picture is named by a path inside the library, without `..`, and ends in .png, .jpg, "
        ".jpeg or .svg.",
    ),
    # body
    "SK040": Code("unknown section", "The heading is not one of the sections of this kind."),
    "SK041": Code("missing section", "A section that this kind of file needs is not there."),
    "SK042": Code("section written twice", "Two sections have the same heading; join them."),
    "SK043": Code(
        "steps are one numbered list",
        "The Steps section holds one numbered list and nothing else; lists are not nested.",
    ),
    "SK044": Code("empty text", "A step or a section has a heading or a number but no words."),
    "SK045": Code(
        "step attribute",
        "A step ends with `{frame=NAME breath=in|out|hold|easy hold}` at most, a common mistake "
        "with `{frame=NAME}`; nothing else.",
    ),
    "SK046": Code("raw HTML", "Content is plain text and Markdown, so that it prints everywhere."),
    "SK047": Code("expected a list", "Cues, stop signs and mistakes are one bullet list each."),
    "SK048": Code("heading level", "Sections start with `## `; other heading levels are not used."),
    "SK049": Code(
        "picture in the words",
        "Pictures are named in the facts, under `pictures`, with a text for those who cannot see.",
    ),
    # references between files
    "SK050": Code("unknown id", "The id names an exercise, routine … that the library lacks."),
    "SK051": Code(
        "circle of progressions", "An exercise is, by way of others, harder than itself."
    ),
    "SK052": Code(
        "unknown frame", "A step, an arrow or a mistake names a frame that the figure lacks."
    ),
    "SK053": Code(
        "circle of frames", "A frame starts from another that, by way of others, starts from it."
    ),
    "SK054": Code("missing picture file", "The library's folder has no file at this path."),
    "SK055": Code(
        "sides", "The dosage is for one side at a time but the figure shows no side.", _W
    ),
    "SK056": Code(
        "damaged picture",
        "The picture file cannot be read, or is of another kind than its name says; save it again "
        "from a picture program.",
    ),
    # translations
    "SK060": Code(
        "stale translation",
        "The source's words changed after they were translated. Look at them, then write the "
        "hash that the hint gives.",
        _W,
    ),
    "SK061": Code("translation of nothing", "There is no source file with this id."),
    "SK062": Code(
        "translation does not match",
        "A translation has as many steps, list entries or phases as its source, in its order.",
    ),
    "SK063": Code(
        "language not announced", "`languages` in stretchkit.yaml does not list this language.", _W
    ),
    "SK064": Code(
        "missing translation",
        "The library announces a language that this file is not translated to; readers get the "
        "source's language instead.",
        _W,
    ),
    "SK065": Code(
        "section not translated",
        "The source has a section that the translation lacks; readers get the source's words.",
        _W,
    ),
    # the library
    "SK070": Code("no stretchkit.yaml", "A library's folder holds a file `stretchkit.yaml`."),
    "SK071": Code("cannot extend", "`extends` takes `bundled`, or is left out."),
    "SK072": Code("no theme", "`theme` names a folder of templates inside the library."),
    "SK073": Code(
        "language without labels",
        "StretchKit has no catalogue of labels for this language: headings such as `Steps` stay "
        "English. The contributing page says how to add a catalogue.",
        _W,
    ),
    # figures
    "SK080": Code(
        "unknown word of a pose",
        "A part of the body, a movement, a place or a detail is none of the pose language's words.",
    ),
    "SK081": Code(
        "value of a pose",
        "An angle or a length is a number, and its way is said where there are two: `20 left`.",
    ),
    "SK082": Code(
        "beyond the joint",
        "No healthy joint goes so far, or the parts of the spine do not together.",
    ),
    "SK083": Code(
        "unknown pose",
        "A frame starts `from` a base pose, those of the library's `poses/` among them, or from "
        "another frame.",
    ),
    "SK084": Code("circle of poses", "A base pose starts, by way of others, from itself."),
    "SK085": Code("unknown rule", "`alignment` takes the rules that the reference lists."),
    # figures, posed: told by `stretchkit check`
    "SK090": Code(
        "out of reach",
        "A hand, a foot or another part does not get to what it shall touch; the message says by "
        "how much. Give angles that bring the trunk nearer, choose a nearer place, or let go.",
    ),
    "SK091": Code(
        "pose does not settle",
        "The pelvis or the trunk went as far from the written angles as is allowed, and something "
        "still misses its place a little. Look at the drawing, then write angles that are nearer.",
        _W,
    ),
    "SK092": Code(
        "through something",
        "A part of the body is under the floor, or inside the chair, the wall or another thing.",
    ),
    "SK093": Code(
        "rule not kept",
        "A frame does not keep a rule that is listed under `alignment`; the message says what was "
        "measured and what is allowed.",
    ),
    "SK094": Code(
        "not that mistake",
        "A mistake breaks the rule that it names, and no other of its figure's rules.",
    ),
    # lists of people: told by `stretchkit batch`
    "SK100": Code(
        "list cannot be read",
        "A list of people is CSV in UTF-8 or a workbook (.xlsx), with texts and numbers alone in "
        "its cells: no formulas, no merged cells.",
    ),
    "SK101": Code(
        "columns and cells",
        "The first row names the columns, each once. A row has no more cells than that, and a cell "
        "no more than 10,000 characters.",
    ),
    "SK102": Code(
        "what a row asks for",
        "The cell names something that the library or StretchKit does not have, or the row does "
        "not say what to do.",
    ),
    "SK103": Code(
        "name of a file",
        "A cell `file` holds letters, numbers, dots and single hyphens, and no two rows have the "
        "same.",
    ),
}


_UNPRINTABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
_LONGEST = 400


def _printable(text: str) -> str:
    """Return a text on one line, with escapes for control characters and broken letters."""
    return _UNPRINTABLE.sub(lambda match: repr(match[0])[1:-1], text)


class Faults:
    """Collects diagnostics while text is read, so that all of them are told at once."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def add(self, code: str, location: Location, message: str, hint: str = "") -> None:
        """Record one fault; its severity is that of its code.

        The texts may quote a file or its name, so what a terminal would obey is escaped, and a
        long quotation is cut off.
        """
        self._found.append(
            Diagnostic(
                code=code,
                location=replace(location, path=_printable(location.path)),
                message=_printable(message[:_LONGEST] + "…" * (len(message) > _LONGEST)),
                hint=_printable(hint),
                severity=CODES[code].severity,
            )
        )

    def extend(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Record faults that were found elsewhere."""
        self._found.extend(diagnostics)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return what was found, by place and without repeats."""
        return tuple(sorted(set(self._found)))
