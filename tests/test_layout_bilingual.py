"""A handout in two languages: each half in its own words, and told as such."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pikepdf
import pytest

from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.drawings import USUAL_MEANS, drawings_of
from stretchkit.rendering.handout import html, pdf, text
from stretchkit.views.drawings import DrawingView
from stretchkit.views.handout import handout_view

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

LOOK_UP = (
    "---\nname: Look up\nkind: mobility\nregions: [neck]\nposition: sitting\ndosage: 5 reps\n"
    "---\nLook up and down.\n\n## Steps\n1. Look up.\n2. Look down.\n"
)


@lru_cache
def page(language: str = "en", ids: tuple[str, ...] = ("upper-back-relaxation",)) -> str:
    library = Library.bundled().in_language(language)
    handout = Handout(
        library.routine_of(ids), library, layout="bilingual", drawings="none", weeks=1
    )
    return html(handout).decode()


def halves(text: str) -> list[tuple[str, str]]:
    """The halves in reading order: language and words."""
    parts = re.split(r'<(?:div|span) class="half" lang="(\w+)" dir="\w+">', text)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def test_every_part_stands_in_the_first_language_and_then_in_the_second() -> None:
    for first, second in (("en", "es"), ("es", "en")):
        found = [language for language, _ in halves(page(first)) if _.strip()]
        whole = found[: found.index(second) + 1]
        assert whole == [first, second]
        assert found.count(first) >= 5 + 2 * len(
            Library.bundled().routine("upper-back-relaxation").entries
        )


def test_each_half_has_the_headings_of_its_own_language() -> None:
    heads = {"en": "<h3>You should feel</h3>", "es": "<h3>Lo que debe notar</h3>"}
    assert all(head in page() for head in heads.values())
    for language, words in halves(page()):
        other = "es" if language == "en" else "en"
        assert heads[other] not in words


def test_an_exercise_is_named_in_both_languages_before_its_steps_in_either() -> None:
    text = page()
    names = [text.index("2.</span> Seated twist"), text.index("2.</span> Giro sentado")]
    steps = [text.index("Grow tall, hands"), text.index("Crezca hacia arriba")]
    assert names == sorted(names)
    assert steps == sorted(steps)
    assert max(names) < min(steps)


def test_the_log_s_rows_are_in_both_languages() -> None:
    text = page()
    assert re.search(r"1\. Long breath out<br><span[^>]* lang=\"es\"[^>]*>1\. Soltar", text)
    assert re.search(r"Week 1 · <span[^>]* lang=\"es\"[^>]*>Semana 1<", text)


def test_a_drawing_is_described_in_either_language_by_itself() -> None:
    library = Library.bundled()
    handout = Handout(library.routine_of(["cat-cow"]), library, layout="bilingual")
    file = pikepdf.open(io.BytesIO(pdf(handout)))
    figures = [each for each in file.objects if isinstance(each, pikepdf.Dictionary)]
    told = [
        (str(each.get("/Lang", file.Root.Lang)), str(each.Alt))
        for each in figures
        if each.get("/S") == "/Figure"
    ]
    editions = {name: library.in_language(name) for name in ("en", "es")}
    wanted = [
        (name, view.alt)
        for views in zip(
            *(shown(replace(handout, library=each, also="")) for each in editions.values()),
            strict=True,
        )
        for name, view in zip(editions, views, strict=True)
    ]
    assert told == wanted
    assert all(first[1] != second[1] for first, second in zip(told[::2], told[1::2], strict=True))
    assert f"{told[0][1]} / {told[1][1]}" in " ".join(text(handout).decode().split())


def shown(handout: Handout) -> tuple[DrawingView, ...]:
    """The drawings of a handout's first exercise."""
    view = handout_view(replace(handout, layout="sheet"), drawings_of(handout, USUAL_MEANS))
    return view.exercises[0].drawings.shown


def test_exercises_put_together_are_in_both_languages_too() -> None:
    text = page(ids=("cat-cow", "childs-pose"))
    assert "Child's pose" in text.replace("&#39;", "'")
    assert "Postura del niño" in text


@pytest.mark.parametrize(
    ("languages", "options", "told"),
    [
        ("[en]", {}, 'has two languages, and the library has "en" alone'),
        ("[en, es]", {"also": "en"}, 'both are "en"; name another: es'),
        ("[en, es]", {"also": "fr"}, 'the library has no language "fr"'),
    ],
)
def test_a_second_language_that_is_not_there_is_refused(
    make_library: MakeLibrary, languages: str, options: dict[str, Any], told: str
) -> None:
    settings = f"name: T\nlanguage: en\nlanguages: {languages}\n"
    library = make_library({"exercises/look-up.md": LOOK_UP, "stretchkit.yaml": settings})
    with pytest.raises(ValueError, match=re.escape(told)):
        Handout(library.routine_of(["look-up"]), library, layout="bilingual", **options)


def test_the_language_that_is_asked_for_stands_in_the_second_half(
    make_library: MakeLibrary,
) -> None:
    settings = "name: T\nlanguage: en\nlanguages: [en, es, he]\n"
    library = make_library({"exercises/look-up.md": LOOK_UP, "stretchkit.yaml": settings})
    routine = library.routine_of(["look-up"])
    for also, direction in (("he", "rtl"), ("es", "ltr")):
        text = html(Handout(routine, library, layout="bilingual", also=also)).decode()
        assert {language for language, _ in halves(text)} == {"en", also}
        assert f'lang="{also}" dir="{direction}"' in text
