"""The words of content, from Markdown to HTML and to Markdown that stands on its own.

Whatever somebody writes, a page holds harmless markup only; whatever somebody is called, the sheet
says exactly that name.
"""

from __future__ import annotations

import html as entities
import re
import string
from collections.abc import Iterator
from html.parser import HTMLParser

import markdown as python_markdown
import pytest
import tinycss2  # type: ignore[import-untyped] # carries no types; comes with WeasyPrint
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.model.dosage import Dosage
from stretchkit.model.exercise import Exercise, Step
from stretchkit.model.routine import Entry, Routine
from stretchkit.model.vocabulary import Kind, Position, Region
from stretchkit.rendering import prose
from stretchkit.rendering.handout import html, markdown
from stretchkit.rendering.prose import (
    blocks_html,
    blocks_markdown,
    escape_markdown,
    inline_html,
    plain_text,
)
from stretchkit.views.handout import handout_view

BLOCK_TAGS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
INLINE_TAGS = {"a", "span", "em", "strong", "code", "br"}
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#|/)")

# Texts as people write them, with Markdown's signs far more often than chance would have it.
anything = st.text(st.characters(exclude_categories=["Cs"]))
marked_up = st.text(st.sampled_from("ab1 .:()[]<>!#&*_`\\-+=~|/\"'\n\t"), max_size=40)
links = st.sampled_from(
    ["[a](exercise:b)", "[a](javascript:b)", "[a](data:b)", "[a]: vbscript:b", "<x:b>", "[a][a]"]
)
prose_texts = st.one_of(anything, marked_up, st.lists(st.one_of(marked_up, links)).map("".join))
one_line = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1)
pieces = st.sampled_from(
    [
        "<b>",
        "</h1>",
        "</style>",
        "<!--",
        "&amp;",
        "&",
        '"',
        "'",
        "\\",
        "{{ x }}",
        "*a*",
        "_",
        "1. ",
        "a",
    ]
)
names = st.one_of(one_line, st.lists(pieces, min_size=1).map("".join))


def resolve(kind: str, name: str) -> str | None:
    """Lead everywhere but to what is called "nowhere"."""
    return None if name == "nowhere" else f"/{kind}/{name}"


class Reader(HTMLParser):
    """Reads HTML as a browser does: its tags with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def collapsed(text: str) -> str:
    return " ".join(text.split())


# Links -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["exercise", "routine", "guide", "programme", "term"])
def test_a_link_to_content_leads_where_the_page_wants_it(kind: str) -> None:
    text = f"Try [the *cat*]({kind}:cat-cow) now."
    assert inline_html(text, resolve) == f'Try <a href="/{kind}/cat-cow">the <em>cat</em></a> now.'
    assert blocks_markdown(text, resolve) == f"Try [the *cat*](/{kind}/cat-cow) now."


def test_a_link_that_leads_nowhere_is_its_words_alone() -> None:
    text = "Try [the cat](exercise:nowhere) now."
    assert Reader(inline_html(text, resolve)).text == "Try the cat now."
    assert "<a" not in inline_html(text, resolve)
    assert blocks_markdown(text, resolve) == "Try the cat now."


def test_a_reference_leads_where_a_link_does() -> None:
    text = "Try [the cat][1] and [a dog][2].\n\n[1]: exercise:cat-cow\n[2]: exercise:nowhere"
    assert '<a href="/exercise/cat-cow">the cat</a>' in blocks_html(text, resolve)
    assert "<a" not in blocks_html(text.replace("cat-cow", "nowhere"), resolve)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a?b=c", "http://example.org", "mailto:ada@example.org", "tel:+1", "#top"],
)
def test_a_link_out_of_the_content_stays(address: str) -> None:
    assert Reader(inline_html(f"[there]({address})")).tags == [("a", {"href": address})]
    assert blocks_markdown(f"[there]({address})") == f"[there]({address})"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#115;cript:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:x",
        "file:///etc/passwd",
        "//example.org/x",
        "relative.html",
        " javascript:alert(1)",
        "<javascript:alert(1)>",
    ],
)
@pytest.mark.parametrize("form", ["[words]({})", "[words]({} 'title')", "[words][1]\n\n[1]: {}"])
def test_a_dangerous_address_is_taken_away_and_its_words_stay(address: str, form: str) -> None:
    page = Reader(blocks_html(form.format(address)))
    assert "words" in page.text
    assert not any(attributes for _, attributes in page.tags)


def test_a_picture_in_the_words_loads_nothing() -> None:
    page = Reader(blocks_html("![a cat](https://example.org/cat.png)"))
    assert "img" not in dict(page.tags)


@given(prose_texts)
@settings(deadline=None)
def test_whatever_the_words_are_the_page_holds_harmless_markup_only(text: str) -> None:
    for converted in (blocks_html(text, resolve), inline_html(text, resolve)):
        for tag, attributes in Reader(converted).tags:
            assert tag in BLOCK_TAGS | INLINE_TAGS
            assert set(attributes) <= ({"href", "title"} if tag == "a" else set())
            assert SAFE_ADDRESS.match(attributes.get("href", "#"))


# Raw HTML ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <!-- comment --> b",
        "<div>\nblock\n</div>",
        "</p><p>",
        "a < b > c",
    ],
)
def test_raw_html_is_shown_as_it_is_written(raw: str) -> None:
    for converted in (blocks_html(raw), inline_html(raw)):
        page = Reader(converted)
        assert collapsed(page.text) == collapsed(raw)
        assert {tag for tag, _ in page.tags} <= {"p"}


def test_the_words_of_a_handout_cannot_bring_markup_into_the_page() -> None:
    page = Reader(html(handout(steps=("<b>Sit</b> <script>x</script>",))).decode())
    assert "<b>Sit</b> <script>x</script>" in page.text
    assert not {"b", "script"} & {tag for tag, _ in page.tags}


# Blocks and lines --------------------------------------------------------------------------------


def test_paragraphs_lists_and_emphasis_become_html() -> None:
    text = "One *two* **three**.\n\n- four\n- `five`\n\nSix:\n\n1. seven\n2. eight"
    tags = [tag for tag, _ in Reader(blocks_html(text)).tags]
    assert tags == ["p", "em", "strong", "ul", "li", "li", "code", "p", "ol", "li", "li"]


def test_the_words_of_a_loose_list_stand_straight_in_its_entries() -> None:
    assert [tag for tag, _ in Reader(blocks_html("- one\n\n- two")).tags] == ["ul", "li", "li"]


@pytest.mark.parametrize("line", ["1. First of all", "- no list", "+ no list", "2) no list", "1."])
def test_a_line_that_looks_like_a_list_is_a_line(line: str) -> None:
    assert Reader(inline_html(line)).tags == []
    assert Reader(inline_html(line)).text == line


def test_no_words_are_no_paragraph() -> None:
    assert blocks_html("") == ""
    assert inline_html("") == ""


def slow(text: str) -> str:
    """What the Markdown parser makes of a text, without the short cut for plain text."""
    return prose._CONVERT(text, resolve)


@given(st.one_of(one_line, st.text(st.sampled_from("ab1 .:()[]<>!#&*_`\\-+=~|/\"'\n"))))
@example("1. One")
@example("- one")
@example("+ one")
@example("*one*")
@example("one\n\ntwo")
def test_plain_text_takes_a_short_cut_to_the_same_html(text: str) -> None:
    text = text.strip()
    assert blocks_html(text, resolve) == slow(text)


def test_plain_text_of_markdown_has_no_marks() -> None:
    text = "A **calm** [cat](exercise:cat-cow) & `code`,\n<b>raw</b>"
    assert plain_text(text) == "A calm cat & code, <b>raw</b>"


# Names and titles --------------------------------------------------------------------------------


def handout(
    *, name: str = "Name", title: str = "Title", recipient: str = "", steps: tuple[str, ...] = ()
) -> Handout:
    """A sheet of one exercise, made without a file."""
    exercise = Exercise(
        id="one",
        name=name,
        kind=Kind.MOBILITY,
        regions=(Region.NECK,),
        position=Position.SITTING,
        dosage=Dosage.parse("5 reps"),
        steps=tuple(Step(text=text) for text in steps or ("Sit.",)),
    )
    routine = Routine(id="sheet", name=title, entries=(Entry("one"),))
    return Handout(routine, Library(exercises={"one": exercise}), recipient=recipient)


def inside(page: str, start: str, end: str) -> str:
    """The text of the first element that starts with a tag."""
    begin = page.index(start) + len(start)
    return Reader(page[begin : page.index(end, begin)]).text


@given(names, names, names)
@settings(deadline=None)
def test_every_name_and_title_survives_in_html(name: str, title: str, recipient: str) -> None:
    page = html(handout(name=name, title=title, recipient=recipient)).decode()
    assert inside(page, "<h1>", "</h1>") == title
    assert inside(page, "<title>", "</title>") == title
    assert inside(page, '<p class="recipient">', "</p>") == f"For {collapsed(recipient)}"
    assert inside(page, '<span class="number">', "</h2>") == f"1. {name}"


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"])),
        st.text(st.sampled_from(sorted(set(string.printable) - {"\x0b", "\x0c"}))),
    )
)
def test_escaped_text_is_shown_by_markdown_as_it_was(text: str) -> None:
    shown = Reader(python_markdown.markdown(escape_markdown(text)))
    assert collapsed(shown.text) == collapsed(text)
    assert {tag for tag, _ in shown.tags} <= {"p"}


@given(names.filter(str.strip), names.filter(str.strip))
@settings(deadline=None)
def test_names_do_not_change_how_a_markdown_sheet_is_built(title: str, recipient: str) -> None:
    text = markdown(handout(title=title, recipient=recipient)).decode()
    page = Reader(python_markdown.markdown(text))
    plain = Reader(python_markdown.markdown(markdown(handout(recipient="Ada")).decode()))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]


# Style sheets ------------------------------------------------------------------------------------


def strings_in_page_margins(page: str) -> Iterator[list[str]]:
    """The quoted strings in each `content` of the style sheet's page margins, as CSS reads them."""
    style = page[page.index("<style>") + len("<style>") : page.index("</style>")]
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        if rule.type != "at-rule" or rule.at_keyword != "page":
            continue
        for inner in tinycss2.parse_blocks_contents(rule.content):
            if inner.type == "at-rule":
                declarations = tinycss2.parse_blocks_contents(inner.content)
                found = [d for d in declarations if d.type == "declaration"]
                assert {d.name for d in found} <= {"content", "white-space", "padding-bottom"}
                for content in (d for d in found if d.name == "content"):
                    yield [token.value for token in content.value if token.type == "string"]


@given(names, names)
@settings(deadline=None)
def test_a_name_cannot_break_out_of_the_style_sheet(title: str, recipient: str) -> None:
    sheet = handout(title=title, recipient=recipient)
    page = html(sheet).decode()
    plain = html(handout(recipient="Ada")).decode()
    assert page.count("</style>") == 1
    assert len(list(strings_in_page_margins(page))) == len(list(strings_in_page_margins(plain)))
    assert next(strings_in_page_margins(page)) == [handout_view(sheet).foot]


@given(names, names)
def test_a_foot_is_the_title_and_the_name_as_far_as_they_fit(title: str, recipient: str) -> None:
    foot = handout_view(handout(title=title, recipient=recipient)).foot
    whole = " · ".join(filter(None, (title, collapsed(recipient))))
    assert foot == whole or ("…" in foot and len(foot) < len(whole))


def test_the_foot_of_a_page_names_the_sheet_and_who_it_is_for() -> None:
    page = html(handout(title='"Up" & down', recipient="Zoë")).decode()
    assert next(strings_in_page_margins(page)) == ['"Up" & down · Zoë']


def test_text_that_is_no_markup_is_not_changed_by_entities() -> None:
    assert Reader(inline_html("Tom & Ann: 1 < 2")).text == "Tom & Ann: 1 < 2"
    assert entities.unescape(inline_html('say "hi"')) == 'say "hi"'
