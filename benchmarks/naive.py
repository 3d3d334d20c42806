"""The baselines: plain scripts, as one would write them in a quarter of an hour.

They check nothing and link nothing. StretchKit is not imported here, so that a process that runs
one of them holds nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import markdown
import yaml
from jinja2 import Environment, Template

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SHEET = """\
# {{ exercise.name }}

{{ exercise.summary }}

**{{ exercise.dosage }}**

You need: {{ exercise.equipment|join(", ") }}

## Set up

{{ exercise.set_up }}

## Steps

{% for step in exercise.steps %}
{{ loop.index }}. {{ step.text }} ({{ step.breath }})
{% endfor %}

## Cues

{% for cue in exercise.cues %}
- {{ cue.text }}
{% endfor %}

## You should feel

{{ exercise.feel }}

## Take care

{{ exercise.take_care }}

{% for caution in exercise.cautions %}
- {{ caution.condition }}: {{ caution.action }} {{ caution.instead }}
{% endfor %}

## Stop if

{% for sign in exercise.stop_signs %}
- {{ sign }}
{% endfor %}

## Make it easier

{{ exercise.easier }}

## Make it harder

{{ exercise.harder }}

{{ exercise.author }} {{ exercise.licence }}
"""

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ facts.name }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="../style.css">
</head>
<body>
<nav><a href="../index.html">Home</a></nav>
<main>
<h1>{{ facts.name }}</h1>
<dl>
{% for name, value in facts.items() %}
<dt>{{ name }}</dt><dd>{{ value }}</dd>
{% endfor %}
</dl>
{{ words|safe }}
</main>
</body>
</html>
"""


class Document(NamedTuple):
    """A content file: where it stands in its library, the facts on top and the words below."""

    path: Path
    facts: Any
    words: str


def read(folder: Path) -> list[Document]:
    """Return every Markdown file of a library."""
    found = []
    for path in sorted(folder.rglob("*.md")):
        _, front, words = path.read_text(encoding="utf-8").split("---\n", 2)
        facts = yaml.load(front, Loader=_LOADER)  # noqa: S506 - it is one of the safe loaders
        found.append(Document(path.relative_to(folder), facts, words))
    return found


def load(folder: Path) -> list[tuple[Any, str]]:
    """Return the facts and the HTML of every Markdown file of a library."""
    return [(document.facts, markdown.markdown(document.words)) for document in read(folder)]


def sheets(exercises: Iterable[Any]) -> list[bytes]:
    """Return a Markdown handout of each exercise, its fields put in as they are."""
    return [_template(_SHEET, for_html=False).render(exercise=e).encode() for e in exercises]


def pages(documents: Iterable[Document]) -> dict[Path, bytes]:
    """Return a page of each document."""
    template = _template(_PAGE, for_html=True)
    return {
        path.with_suffix(".html"): template.render(
            facts=facts, words=markdown.markdown(words)
        ).encode()
        for path, facts, words in documents
    }


def site(folder: Path) -> dict[Path, bytes]:
    """Return a page of every Markdown file of a library."""
    return pages(read(folder))


def pdf(page: str) -> bytes:
    """Return a page of HTML as a PDF."""
    import weasyprint  # noqa: PLC0415 - a second or two, only for PDFs

    return bytes(weasyprint.HTML(string=page).write_pdf())


@cache
def _template(text: str, *, for_html: bool) -> Template:
    return Environment(autoescape=for_html).from_string(text)  # noqa: S701 - the other is Markdown
