"""Bring every language's catalogue up to date with the messages in the code and the templates.

    python tools/update_catalogues.py [LANGUAGE ...]

Names a language to start a new catalogue. Translations that are there stay; new messages are added
empty, messages that are gone are dropped. The tests fail as long as one is empty.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "stretchkit" / "locale"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "count": (1, 2),
}
_NOISE = (
    '"Generated-By',
    '"Last-Translator',
    '"Language-Team',
    '"Report-Msgid-Bugs-To',
    '"POT-Creation-Date',
    '"PO-Revision-Date',
)
_NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def extract() -> Catalog:
    """Return every message of the code and the templates, with the files it stands in."""
    catalog = Catalog(project="StretchKit", charset="utf-8", creation_date=_NO_TIME, fuzzy=False)
    for folder, methods in (
        ("stretchkit", [("**.py", "python")]),
        ("templates", [("**.html", "jinja2"), ("**.md", "jinja2")]),
    ):
        found = extract_from_dir(
            ROOT / folder,
            method_map=methods,
            options_map={"**": {"trimmed": "true", "silent": "false"}},
            keywords=KEYWORDS,
        )
        for file, _line, message, comments, context in sorted(found, key=lambda m: (m[0], m[1])):
            place = f"{folder}/{Path(file).as_posix()}"
            catalog.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return catalog


def po_text(language: str, template: Catalog) -> str:
    """Return a language's catalogue with its translations, brought up to date."""
    path = LOCALE / language / "LC_MESSAGES" / "stretchkit.po"
    catalog = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.project, catalog.version = "StretchKit", "0"
    catalog.creation_date = catalog.revision_date = _NO_TIME
    catalog.header_comment = (
        f"# StretchKit in {catalog.locale.english_name if catalog.locale else language}."
    )
    for message in catalog:
        message.locations = [(name, 0) for name in sorted({name for name, _ in message.locations})]
    out = io.BytesIO()
    write_po(out, catalog, width=99, sort_output=False, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_NOISE))


def main(languages: list[str]) -> None:
    """Write every catalogue, and a new one for each language named."""
    template = extract()
    there = [path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/stretchkit.po")]
    for language in sorted({*there, *languages}):
        path = LOCALE / language / "LC_MESSAGES" / "stretchkit.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(po_text(language, template), encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len(template)} messages")


if __name__ == "__main__":
    main(sys.argv[1:])
