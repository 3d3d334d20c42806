"""Pages that are nearly empty are laid out again until they are not."""

from __future__ import annotations

from typing import Any

from stretchkit.rendering.fit import ENOUGH, extents, fitted, wasted
from stretchkit.rendering.pdf import engine, fonts

PAGE = """<html lang="en"><style>
@page { size: 400px 500px; margin: 0 }
html { font-size: 16px; line-height: 20px; background: #fff }
body { margin: 0 } p { margin: 0; orphans: 1; widows: 1 }
article { break-inside: avoid } article.own { break-before: page }
</style><body>%s</body></html>"""
ROWS = 25
"""How many lines stand on a page."""


class Press:
    """Lays a document out, and counts how often."""

    def __init__(self, body: str) -> None:
        self.page = engine().HTML(string=PAGE % body)
        self.styles: list[str] = []

    def __call__(self, style: str) -> Any:
        self.styles.append(style)
        sheets = [engine().CSS(string=style)] if style else []
        return self.page.render(stylesheets=sheets, font_config=fonts())


def rows(count: int) -> str:
    return "<p>Word</p>" * count


def exercise(count: int, name: str = "") -> str:
    return f'<article class="{name}">{rows(count)}</article>'


def shares(document: Any) -> list[int]:
    """How many lines stand on each page."""
    return [
        sum(1 for box in page._page_box.descendants() if getattr(box, "text", "") == "Word")
        for page in document.pages
    ]


def lays_out(body: str) -> tuple[list[int], Press]:
    press = Press(body)
    return shares(fitted(press)), press


def is_ruled(press: Press) -> bool:
    return "background" in press.styles[-1]


def test_pages_that_are_well_used_are_laid_out_once() -> None:
    found, press = lays_out(rows(ROWS + 10))
    assert found == [ROWS, 10]
    assert press.styles == [""]


def test_the_end_of_the_page_before_joins_what_would_stand_alone() -> None:
    found, press = lays_out(rows(2 * ROWS + 1))
    assert sum(found) == 2 * ROWS + 1
    assert min(found) >= ENOUGH * ROWS
    assert found[0] == ROWS  # pages that were well used stay as they were
    assert not is_ruled(press)


def test_an_exercise_goes_to_the_next_page_as_a_whole() -> None:
    found, press = lays_out(exercise(10) + exercise(15) + rows(1))
    assert found == [10, 16]
    assert not is_ruled(press)


def test_lines_are_set_closer_before_an_exercise_is_divided() -> None:
    found, press = lays_out(exercise(ROWS) + rows(1))
    assert found == [ROWS + 1]
    assert not is_ruled(press)


def test_a_page_that_nothing_can_join_is_ruled_for_notes() -> None:
    tall = '<article style="height: 495px">Whole</article>'
    press = Press(tall + rows(1) + tall)
    document = fitted(press)
    assert shares(document) == [0, 1, 0]
    assert is_ruled(press)
    assert ":nth(2)" in press.styles[-1]


def test_what_opens_and_ends_a_page_of_its_own_may_be_short() -> None:
    found, press = lays_out(exercise(9, "own") + exercise(1, "own") + exercise(9, "own"))
    assert found == [9, 1, 9]
    assert press.styles == [""]


def test_a_page_left_empty_for_the_sake_of_its_side_is_no_waste() -> None:
    body = exercise(1) + exercise(1).replace("<article", '<article style="break-before: right"')
    document = Press(body)("")
    assert shares(document) == [1, 0, 1]
    assert wasted(extents(document)) == []


def test_a_name_alone_before_an_exercise_that_found_no_room_is_wasteful() -> None:
    document = Press(rows(1) + exercise(ROWS))("")
    assert shares(document) == [1, ROWS]
    assert wasted(extents(document)) == [0]
