"""The guide site: a tree of pages where every link leads somewhere and every page reads well.

Pages are read as a browser reads them, by a parser that accepts nothing but balanced tags.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest

from stretchkit.errors import ContentError
from stretchkit.library import Library
from stretchkit.rendering.site import build_site

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

pytestmark = pytest.mark.xdist_group("bundled")  # the site of all that comes along is built once
ROOT = Path(__file__).parent.parent
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>\n'
INK = {"br", "hr", "img", "link", "meta"}
"""Tags that are never closed."""


# Pages -------------------------------------------------------------------------------------------


@dataclass
class Element:
    """An element of a page: its attributes, what stands in it, and what it stands in."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    inner: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Every element in this one, itself first, in the order of the page."""
        yield self
        for child in self.inner:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.walk() if element.tag in tags]

    def one(self, tag: str) -> Element:
        (element,) = self.all(tag)
        return element

    @property
    def text(self) -> str:
        texts = (child if isinstance(child, str) else child.text for child in self.inner)
        return " ".join("".join(texts).split())

    @property
    def language(self) -> str:
        """The language a reader takes this element's words for."""
        if "lang" in self.attributes or self.parent is None:
            return self.attributes.get("lang", "")
        return self.parent.language


class Builder(HTMLParser):
    """Builds the tree of a page; tags that are not balanced are a failure."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Element("", {}, None)
        self.place = self.root
        self.feed(text)
        self.close()
        assert self.place is self.root, f"<{self.place.tag}> is never closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.place)
        self.place.inner.append(element)
        if tag not in INK:
            self.place = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag} {attrs}/> is no HTML")

    def handle_endtag(self, tag: str) -> None:
        line = self.getpos()[0]
        assert self.place.tag == tag, f"line {line}: </{tag}> while <{self.place.tag}> is open"
        assert self.place.parent is not None
        self.place = self.place.parent

    def handle_data(self, data: str) -> None:
        self.place.inner.append(data)


@dataclass(frozen=True)
class Page:
    """A page of a site by its path."""

    path: str
    root: Element

    @classmethod
    def read(cls, path: PurePosixPath, data: bytes) -> Page:
        text = data.decode()
        assert text.startswith("<!DOCTYPE html>\n"), f"{path} starts with {text[:30]!r}"
        return cls(str(path), Builder(text).root)

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.root.walk() if "id" in e.attributes]

    @property
    def title(self) -> str:
        return self.root.one("title").text

    @property
    def headings(self) -> list[Element]:
        return self.root.all("h1", "h2", "h3", "h4", "h5", "h6")

    @property
    def addresses(self) -> list[str]:
        """Everything that the page links to or loads."""
        wanted = ("href", "src", "srcset", "poster", "action", "data")
        return [
            e.attributes[name] for e in self.root.walk() for name in wanted if name in e.attributes
        ]

    def target(self, address: str) -> tuple[str, str]:
        """The path and the fragment that a relative address leads to from this page."""
        parts = urlsplit(address)
        outside = parts.scheme or parts.netloc or parts.query or address.startswith("/")
        assert not outside, f"{self.path}: {address}"
        here = PurePosixPath(self.path)
        path = normpath(str(here.parent / unquote(parts.path))) if parts.path else str(here)
        return path, unquote(parts.fragment)

    def links(self) -> list[tuple[Element, str]]:
        """The links of the page, each with the path that it leads to."""
        return [
            (link, self.target(link.attributes["href"])[0])
            for link in self.root.all("a")
            if not urlsplit(link.attributes["href"]).scheme
        ]


@dataclass(frozen=True)
class Site:
    """A built site and the library it was built from."""

    library: Library
    files: Mapping[PurePosixPath, bytes]

    @classmethod
    def build(cls, library: Library, base_url: str = "") -> Site:
        return cls(library, build_site(library, base_url=base_url))

    @cached_property
    def pages(self) -> dict[str, Page]:
        found = [p for p in self.files if p.suffix == ".html"]
        return {str(path): Page.read(path, self.files[path]) for path in found}

    def edition(self, language: str) -> dict[str, Page]:
        """The pages of a language, by their path in that edition."""
        prefix = "" if language == self.library.settings.language else f"{language}/"
        others = [f"{other}/" for other in self.library.languages[1:] if other != language]
        return {
            path.removeprefix(prefix): page
            for path, page in self.pages.items()
            if path.startswith(prefix) and not path.startswith(tuple(others or ["\0"]))
        }


# Libraries ---------------------------------------------------------------------------------------


def exercise(name: str, *, more: str = "", words: str = "Move gently.") -> str:
    return (
        f"---\nname: {name}\nkind: mobility\nregions: [neck]\nposition: sitting\n"
        f"dosage: 5 reps\n{more}---\n{words}\n\n## Steps\n1. Sit tall.\n2. Look up.\n"
    )


def routine(name: str, *entries: str) -> str:
    return f"---\nname: {name}\nentries: [{', '.join(entries)}]\n---\nA short session.\n"


def guide(name: str, *, more: str = "", words: str = "Read this.") -> str:
    return f"---\nname: {name}\n{more}---\n{words}\n\n## First\nGo on.\n"


SMALL: dict[str, str | bytes] = {
    "exercises/look-up.md": exercise("Look up"),
    "exercises/look-down.md": exercise("Look down", more="progressions: [look-up]\n"),
    "routines/short-break.md": routine("Short break", "look-up", "look-down"),
}

RICH: dict[str, str | bytes] = {
    **SMALL,
    "stretchkit.yaml": (
        "name: Rich\nlanguages: [en, es]\nlicence: CC0\n"
        "brand: {name: Clinic, logo: logo.svg, contact: [One street], url: https://example.org}\n"
    ),
    "logo.svg": PICTURE,
    "pictures/up.svg": PICTURE,
    "poster.svg": PICTURE,
    "exercises/look-up.md": exercise(
        "Look up",
        words="See [the break](routine:short-break), [why](term:neck) and [all](guide:one).",
        more=(
            "aliases: [upward look]\npictures: [{file: pictures/up.svg, alt: Somebody looks up}]\n"
            "cautions: {dizziness: {action: adapt, instead: look-down}, glaucoma: {action: ask}}\n"
            "sources: [{title: A book, url: 'https://example.org/book', year: 2020}]\n"
            "muscles: {primary: [neck-extensors]}\nauthor: ada\n"
        ),
    )
    + "\n## For the clinician\nMore words.\n",
    "glossary/neck.md": "---\nname: Neck\naliases: [nape]\n---\nWhat holds your head.\n",
    "people/ada.yaml": "name: Ada\nrole: Trainer\nurl: https://example.org/ada\nbio: She moves.\n",
    "guides/one.md": guide(
        "The first",
        more="routine: short-break\npresenter: ada\nrelated: [two]\n"
        "video: {title: Film, url: 'https://example.org/film', poster: poster.svg, "
        "duration: 3 min}\n",
    ),
    "guides/two.md": guide("The second", words="A [neck](term:neck) and [one](guide:one)."),
    "guides/three.md": guide("The third"),
    "guides/alone.md": guide("On its own"),
    "series/order.md": "---\nname: In order\nguides: [two, one, three]\n---\nThree guides.\n",
    "programmes/weeks.md": (
        "---\nname: Some weeks\nphases:\n  - {name: Start, weeks: 2, routines: [short-break], "
        "frequency: daily}\n---\nTake your time with [a break](routine:short-break).\n"
    ),
}


@pytest.fixture(scope="module")
def bundled(library: Library) -> Site:
    """The site of the library that comes with StretchKit."""
    return Site.build(library)


@pytest.fixture
def rich(make_library: MakeLibrary) -> Site:
    """A site with everything in it, hardly any of it translated."""
    return Site.build(make_library(RICH))


@pytest.fixture(params=["bundled", "rich", "small"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each site in turn: what comes with StretchKit, one with everything, one with very little."""
    if request.param == "small":
        make: MakeLibrary = request.getfixturevalue("make_library")
        return Site.build(make(SMALL))
    found: Site = request.getfixturevalue(request.param)
    return found


# Links -------------------------------------------------------------------------------------------


def own_addresses(library: Library) -> set[str]:
    """Web addresses that the content itself names."""
    found = {library.settings.brand.url}
    found |= {person.url for person in library.people.values()}
    found |= {guide.video.url for guide in library.guides.values() if guide.video}
    return found - {""}


def test_every_link_leads_to_a_file_of_the_site_and_to_a_place_in_it(site: Site) -> None:
    files = {str(path) for path in site.files}
    own = own_addresses(site.library)
    for page in site.pages.values():
        for address in page.addresses:
            if address in own:
                continue
            path, fragment = page.target(address)
            assert path in files, f"{page.path}: {address}"
            if fragment:
                assert fragment in site.pages[path].ids, f"{page.path}: {address}"


def test_every_page_can_be_reached_from_the_first_one(site: Site) -> None:
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        for _, path in site.pages[waiting.pop()].links():
            if path not in seen:
                seen.add(path)
                waiting.append(path)
    assert seen == set(site.pages)


def test_every_file_is_a_page_or_used_by_one(site: Site) -> None:
    used = {
        page.target(address)[0]
        for page in site.pages.values()
        for address in page.addresses
        if address not in own_addresses(site.library)
    }
    assert {str(path) for path in site.files} == set(site.pages) | used


def test_pictures_posters_and_the_logo_are_in_the_site(rich: Site) -> None:
    for path, alt in (
        ("exercises/look-up.html", "Somebody looks up"),
        ("guides/one.html", ""),
        ("es/index.html", "Rich"),
    ):
        page = rich.pages[path]
        shown = {image.attributes["alt"]: image.attributes["src"] for image in page.root.all("img")}
        assert rich.files[PurePosixPath(page.target(shown[alt])[0])] == PICTURE


def test_two_pictures_never_share_a_place(make_library: MakeLibrary) -> None:
    other = PICTURE.replace(b"h9v9z", b"h9v8z")
    files: dict[str, str | bytes] = {
        **RICH,
        "logo.svg": PICTURE,
        "pictures/logo.svg": other,
        "exercises/look-up.md": exercise(
            "Look up", more="pictures: [{file: pictures/logo.svg, alt: Somebody looks up}]\n"
        ),
    }
    page = Site.build(make_library(files))
    assert other in page.files.values()
    assert PICTURE in page.files.values()


def test_terms_that_guides_name_are_explained_in_the_glossary(bundled: Site) -> None:
    named = [
        (page, link.attributes["href"])
        for path, page in bundled.pages.items()
        for link, target in page.links()
        if "guides/" in path and target.endswith("glossary.html") and "#" in link.attributes["href"]
    ]
    assert named
    for page, address in named:
        glossary, term = page.target(address)
        assert term in bundled.pages[glossary].ids


def test_links_in_the_words_lead_to_the_pages_they_name(rich: Site) -> None:
    summary = rich.pages["exercises/look-up.html"].root.all("p")
    found = {
        link.text: rich.pages["exercises/look-up.html"].target(link.attributes["href"])
        for paragraph in summary
        if paragraph.text.startswith("See ")
        for link in paragraph.all("a")
    }
    assert found == {
        "the break": ("routines/short-break.html", ""),
        "why": ("glossary.html", "term-neck"),
        "all": ("guides/one.html", ""),
    }


# Every page --------------------------------------------------------------------------------------


def test_every_page_has_one_first_heading_and_skips_no_level(site: Site) -> None:
    for page in site.pages.values():
        levels = [int(heading.tag[1]) for heading in page.headings]
        assert levels[0] == 1, page.path
        assert levels.count(1) == 1, page.path
        for before, after in pairwise(levels):
            assert after <= before + 1, f"{page.path}: h{before} is followed by h{after}"
        assert all(heading.text for heading in page.headings), page.path


def test_every_page_has_a_title_that_no_other_page_of_its_language_has(site: Site) -> None:
    for language in site.library.languages:
        titles = Counter(page.title for page in site.edition(language).values())
        assert [title for title, number in titles.items() if number > 1] == []
        assert all(title.strip(" ·") for title in titles)


def test_every_page_says_its_language_and_direction(site: Site) -> None:
    for language in site.library.languages:
        for page in site.edition(language).values():
            html = page.root.one("html")
            assert (html.attributes["lang"], html.attributes["dir"]) == (language, "ltr")


def test_no_id_stands_twice_on_a_page(site: Site) -> None:
    for page in site.pages.values():
        assert [name for name, n in Counter(page.ids).items() if n > 1] == [], page.path


def test_every_page_has_a_description_and_fits_small_screens(site: Site) -> None:
    for page in site.pages.values():
        named = {m.attributes.get("name"): m.attributes for m in page.root.all("meta")}
        assert named["description"]["content"].strip(), page.path
        assert "width=device-width" in named["viewport"]["content"]


def test_every_page_has_its_landmarks_and_starts_with_a_way_past_the_menu(site: Site) -> None:
    for page in site.pages.values():
        body = page.root.one("body")
        outer = [e for e in body.inner if isinstance(e, Element)]
        assert [e.tag for e in outer] == ["a", "header", "main", "footer"], page.path
        assert page.target(outer[0].attributes["href"]) == (page.path, "main")
        assert outer[2].attributes["id"] == "main"
        labels = [nav.attributes.get("aria-label", "") for nav in page.root.all("nav")]
        assert all(labels), page.path
        assert len(labels) == len(set(labels)), page.path


def test_every_link_has_words_and_every_picture_a_text(site: Site) -> None:
    for page in site.pages.values():
        for link in page.root.all("a"):
            named = link.text or "".join(i.attributes["alt"] for i in link.all("img"))
            assert named.strip(), f"{page.path}: {link.attributes}"
        assert all("alt" in image.attributes for image in page.root.all("img")), page.path


def test_paragraphs_and_headings_hold_words_and_no_blocks(site: Site) -> None:
    blocks = {"p", "ul", "ol", "dl", "div", "section", "h1", "h2", "h3", "blockquote", "pre", "hr"}
    for page in site.pages.values():
        for element in page.root.all("p", "h1", "h2", "h3", "span", "em", "strong", "a"):
            inside = {inner.tag for inner in element.walk()} - {element.tag}
            assert not inside & blocks, f"{page.path}: {element.tag} holds {inside & blocks}"


def test_lists_hold_their_entries_and_nothing_else(site: Site) -> None:
    allowed = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}}
    for page in site.pages.values():
        for element in page.root.all(*allowed):
            inner = [child for child in element.inner if not isinstance(child, str)]
            words = "".join(child for child in element.inner if isinstance(child, str))
            assert {child.tag for child in inner} <= allowed[element.tag], page.path
            assert words.strip() == "", page.path


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(site: Site) -> None:
    for page in site.pages.values():
        assert not page.root.all("script", "iframe", "object", "embed", "form"), page.path
        for element in page.root.walk():
            assert not any(name.startswith("on") for name in element.attributes), page.path
    for path, data in site.files.items():
        if path.suffix == ".css":
            assert b"url(" not in data
            assert b"@import" not in data


# Languages ---------------------------------------------------------------------------------------


def test_every_language_has_the_same_pages(site: Site) -> None:
    first, *others = site.library.languages
    for language in others:
        assert set(site.edition(language)) == set(site.edition(first))


def test_the_language_switch_leads_to_the_same_page_in_each_other_language(bundled: Site) -> None:
    languages = bundled.library.languages
    for language in languages:
        for path, page in bundled.edition(language).items():
            switch = {
                link.attributes["hreflang"]: target
                for link, target in page.links()
                if link.language != language and link.attributes.get("hreflang")
            }
            others = [other for other in languages if other != language]
            assert switch == {other: bundled.edition(other)[path].path for other in others}


def test_a_site_of_one_language_has_no_language_switch(make_library: MakeLibrary) -> None:
    site = Site.build(make_library(SMALL))
    assert set(site.edition("en")) == set(site.pages)
    for page in site.pages.values():
        assert len(page.root.one("header").all("nav")) == 1
        assert "hreflang" not in str([link.attributes for link in page.root.all("a")])


def test_the_source_language_stands_at_the_top_whichever_it_is(make_library: MakeLibrary) -> None:
    settings = "name: Test\nlanguage: es\nlanguages: [es, en]\n"
    words = exercise("Mirar arriba").replace("## Steps", "## Pasos")
    library = make_library({"stretchkit.yaml": settings, "exercises/mirar.md": words})
    site = Site.build(library)
    assert site.pages["exercises/mirar.html"].root.one("html").language == "es"
    assert site.pages["en/exercises/mirar.html"].root.one("html").language == "en"


def test_what_is_not_translated_stands_in_its_own_language_and_says_so(rich: Site) -> None:
    page = rich.edition("es")["exercises/look-up.html"]
    assert page.root.one("html").language == "es"
    heading = page.root.one("h1")
    assert (heading.text, heading.language) == ("Look up", "en")
    steps = [step for ol in page.root.one("main").all("ol")[1:] for step in ol.all("li")]
    assert {step.all("span")[0].language for step in steps} == {"en"}
    assert {heading.language for heading in page.root.one("main").all("h2")} == {"es"}


def test_a_link_to_what_is_not_translated_says_which_language_it_is_in(rich: Site) -> None:
    languages = {
        (link.language, link.attributes.get("hreflang"))
        for path, page in rich.edition("es").items()
        for link, target in page.links()
        if target.startswith("es/exercises/look") and path != target.removeprefix("es/")
        if link.parent is not None and link.parent.tag in ("h3", "li")
    }
    assert languages == {("en", "en")}


def test_a_link_to_what_is_translated_needs_no_language(make_library: MakeLibrary) -> None:
    translation = "---\nname: Mirar arriba\ntranslates: x\n---\nA.\n\n## Pasos\n1. Uno.\n2. Dos.\n"
    files = {**RICH, "exercises/look-up.es.md": translation}
    page = Site.build(make_library(files)).edition("es")["exercises/index.html"]
    links = {link.text: link for link, _ in page.links()}
    assert links["Mirar arriba"].language == "es"
    assert "hreflang" not in links["Mirar arriba"].attributes
    assert links["Look down"].language == "en"


# Series, routines, lists -------------------------------------------------------------------------


def neighbours(page: Page) -> dict[str, str]:
    """The links at the foot of a guide, by the word before them."""
    return {
        span.text.split(":")[0]: page.target(span.one("a").attributes["href"])[0]
        for p in page.root.all("p")
        if p.attributes.get("class") == "neighbours"
        for span in p.all("span")
    }


def test_each_guide_of_a_series_leads_to_the_one_before_and_the_one_after(rich: Site) -> None:
    assert neighbours(rich.pages["guides/two.html"]) == {"Next": "guides/one.html"}
    assert neighbours(rich.pages["guides/one.html"]) == {
        "Previous": "guides/two.html",
        "Next": "guides/three.html",
    }
    assert neighbours(rich.pages["guides/three.html"]) == {"Previous": "guides/one.html"}
    assert neighbours(rich.pages["guides/alone.html"]) == {}


def test_a_guide_says_which_part_of_its_series_it_is(rich: Site) -> None:
    for number, name in enumerate(("two", "one", "three"), start=1):
        page = rich.pages[f"guides/{name}.html"]
        texts = [p.text for p in page.root.all("p")]
        assert f"In order, part {number} of 3" in texts
        (current,) = [li for li in page.root.all("li") if li.attributes.get("aria-current")][1:]
        assert current.text == page.root.one("h1").text


def test_guides_are_listed_by_series_and_those_of_none_at_the_end(rich: Site) -> None:
    page = rich.pages["guides/index.html"]
    assert [h.text for h in page.headings] == [
        "Guides",
        "In order",
        "The second",
        "The first",
        "The third",
        "More guides",
        "On its own",
    ]


def test_a_library_without_guides_has_a_site_without_them(make_library: MakeLibrary) -> None:
    site = Site.build(make_library(SMALL))
    assert [path for path in site.pages if path.startswith("guides/")] == ["guides/index.html"]
    assert "Guides" not in [heading.text for heading in site.pages["index.html"].headings]


def test_a_library_without_anything_has_a_site(make_library: MakeLibrary) -> None:
    site = Site.build(make_library({}))
    assert "index.html" in site.pages


def test_a_routine_lists_its_exercises_in_order(bundled: Site) -> None:
    for routine in bundled.library.routines.values():
        page = bundled.pages[f"routines/{routine.id}.html"]
        (entries,) = [ol for ol in page.root.all("ol") if ol.attributes.get("class") == "entries"]
        links = [page.target(li.all("a")[0].attributes["href"])[0] for li in entries.all("li")]
        assert links == [f"exercises/{entry.exercise}.html" for entry in routine.entries]


def test_an_exercise_leads_to_its_routines_and_to_easier_and_harder_ones(rich: Site) -> None:
    up, down = rich.pages["exercises/look-up.html"], rich.pages["exercises/look-down.html"]
    assert "routines/short-break.html" in [target for _, target in up.links()]
    assert "exercises/look-down.html" in [target for _, target in up.links()]
    assert "exercises/look-up.html" in [target for _, target in down.links()]


def test_every_exercise_is_in_the_list_of_its_part_of_the_body(bundled: Site) -> None:
    listed = {
        target
        for path, page in bundled.edition("en").items()
        for _, target in page.links()
        if path.startswith("regions/")
    }
    wanted = {f"exercises/{name}.html" for name in bundled.library.exercises}
    assert wanted <= listed


# Addresses ---------------------------------------------------------------------------------------


def test_without_a_base_address_a_page_names_no_address_of_its_own(bundled: Site) -> None:
    assert PurePosixPath("sitemap.xml") not in bundled.files
    for page in bundled.pages.values():
        kinds = {link.attributes["rel"] for link in page.root.all("link")}
        assert kinds == {"stylesheet"}


def test_with_a_base_address_every_page_names_its_own_and_those_of_its_translations(
    make_library: MakeLibrary,
) -> None:
    site = Site.build(make_library(RICH), "https://example.net/moves/")
    for page in site.pages.values():
        links = page.root.all("link")
        (own,) = [e.attributes["href"] for e in links if e.attributes["rel"] == "canonical"]
        address = page.path.removesuffix("index.html")
        assert own == f"https://example.net/moves/{address}"
        others = {
            e.attributes["hreflang"]: e.attributes["href"]
            for e in links
            if e.attributes["rel"] == "alternate"
        }
        bare = address.removeprefix("es/")
        assert others == {
            "en": f"https://example.net/moves/{bare}",
            "es": f"https://example.net/moves/es/{bare}",
        }


def test_the_site_map_names_every_page_once(make_library: MakeLibrary) -> None:
    site = Site.build(make_library(SMALL), "https://example.net")
    text = site.files[PurePosixPath("sitemap.xml")].decode()
    named = [part.split("</loc>")[0] for part in text.split("<loc>")[1:]]
    wanted = [f"https://example.net/{path.removesuffix('index.html')}" for path in site.pages]
    assert sorted(named) == sorted(wanted)


def test_links_stay_relative_with_a_base_address(make_library: MakeLibrary) -> None:
    site = Site.build(make_library(SMALL), "https://example.net")
    for page in site.pages.values():
        for link in page.root.all("a", "img"):
            page.target(link.attributes.get("href") or link.attributes["src"])


# Building ----------------------------------------------------------------------------------------


def digest(files: Mapping[PurePosixPath, bytes]) -> str:
    whole = hashlib.sha256()
    for path, data in files.items():
        whole.update(f"{path} {len(data)}\n".encode() + data)
    return whole.hexdigest()


def test_two_builds_are_the_same_bytes_in_the_same_order(bundled: Site) -> None:
    again = build_site(Library.bundled())
    assert list(again) == sorted(again)
    assert digest(again) == digest(bundled.files)


def test_another_process_builds_the_same_bytes(bundled: Site, tmp_path: Path) -> None:
    code = (
        "import hashlib, stretchkit as sk\n"
        "whole = hashlib.sha256()\n"
        "for path, data in sk.build_site(sk.Library.bundled()).items():\n"
        "    whole.update(f'{path} {len(data)}\\n'.encode() + data)\n"
        "print(whole.hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == digest(bundled.files)


def test_a_library_with_errors_has_no_site(make_library: MakeLibrary) -> None:
    with pytest.raises(ContentError):
        build_site(make_library({"routines/one.md": routine("One", "missing")}))


def test_progress_counts_every_page(make_library: MakeLibrary) -> None:
    calls: list[tuple[int, int]] = []
    library = make_library(SMALL)
    files = build_site(library, progress=lambda done, total: calls.append((done, total)))
    pages = len([path for path in files if path.suffix == ".html"])
    assert calls == [(number, pages) for number in range(1, pages + 1)]


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "English"), ("es", "Español"), ("pt-BR", "Português (Brasil)"), ("tlh", "tlh")],
)
def test_a_language_is_offered_by_its_own_name(
    make_library: MakeLibrary, language: str, name: str
) -> None:
    settings = f"name: Moves\nlanguages: [de, {language}]\nlanguage: de\n"
    site = Site.build(make_library({**RICH, "stretchkit.yaml": settings}))
    links = [link for link, _ in site.pages["index.html"].links()]
    assert [link.text for link in links if link.attributes.get("hreflang") == language][-1] == name
