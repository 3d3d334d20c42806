"""Draw every frame of every exercise in every style, as one page for people to look at.

    python tools/gallery.py [EXERCISE ...]

The page is `build/gallery/index.html`. Drawings come from the cache where nothing has changed.
"""

from __future__ import annotations

import os
import sys
from html import escape
from pathlib import Path

import stretchkit as sk
from stretchkit.figure.artist import Artist, Look, Wanted
from stretchkit.figure.cache import usual_store
from stretchkit.figure.person import BODIES, HAIRS, SKINS, TONES, DrawnPerson
from stretchkit.views.drawings import other_side

PAGE = Path(__file__).parent.parent / "build" / "gallery" / "index.html"
STYLE = """
body { font: 15px/1.4 system-ui, sans-serif; margin: 1.5rem; background: #fff; color: #222; }
section { border-top: 1px solid #bbb; padding: .5rem 0; }
figure { display: inline-block; margin: 0 1.5rem 1rem 0; vertical-align: bottom; }
figcaption { color: #555; max-width: 20rem; }
.large svg { zoom: 2; }
label { position: sticky; top: 0; background: #fff; }
body:has(#large:checked) svg { zoom: 2.2; }
"""
SAMPLE = "seated-twist-chair"


def main(ids: list[str]) -> None:
    """Write the page of some exercises, or of all."""
    library = sk.Library.bundled()
    exercises = [library.exercise(id_) for id_ in ids] or list(library.exercises.values())
    parts = [_people(library)] if not ids else []
    rows: dict[str, str] = {}
    for tone in TONES:
        wanted = [
            Wanted(exercise, frame.name, side)
            for exercise in exercises
            if exercise.figure
            for side in dict.fromkeys((None, other_side(exercise)))
            for frame in (*exercise.figure.frames, *exercise.figure.mistakes)
            if side is None or tone == TONES[0]
        ]
        for each, figure in zip(wanted, _drawn(library, wanted, Look(style=tone)), strict=True):
            rows[each.exercise.id] = rows.get(each.exercise.id, "") + figure
    for exercise in exercises:
        row = rows.get(exercise.id, "")
        parts.append(f"<section><h2>{escape(exercise.id)}</h2>{row}</section>")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    head = f'<meta charset="utf-8"><title>Gallery</title><style>{STYLE}</style>'
    switch = '<label><input type="checkbox" id="large"> large</label>'
    page = f'<!doctype html><html lang="en">{head}{switch}{"".join(parts)}</html>\n'
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    print(PAGE)


def _people(library: sk.Library) -> str:
    """Return one frame on every body, with every hair and every skin."""
    looks = [DrawnPerson(body=body) for body in BODIES]
    looks += [DrawnPerson(hair=hair) for hair in HAIRS] + [DrawnPerson(skin=skin) for skin in SKINS]
    wanted = [Wanted(library.exercise(SAMPLE), "twist")]
    found = ""
    for person in looks:
        found += "".join(_drawn(library, wanted, Look(person=person)))
    return f"<section><h2>people</h2>{found}</section>"


def _drawn(library: sk.Library, wanted: list[Wanted], look: Look) -> list[str]:
    artist = Artist(look, poses=library.poses, store=usual_store())
    artist.prepare(wanted, workers=os.cpu_count() or 1)
    found = []
    for each in wanted:
        drawing = artist.draw(*each)
        name = " ".join(filter(None, (each.frame, each.side, look.style)))
        words = f"<strong>{escape(name)}</strong><br>{escape(drawing.told('en').text)}"
        svg = drawing.worded("en")
        found.append(f"<figure>{svg}<figcaption>{words}</figcaption></figure>")
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
