"""The guide site: every page of a library as bytes, by path; nothing is written here.

Pages link to each other by relative paths that name the file, so that the site works from a web
server and from `file://` alike. The source language stands at the top, others in a folder each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import quote
from xml.sax.saxutils import escape

from stretchkit import resources
from stretchkit.figure.artist import Look, Progress
from stretchkit.library import Library
from stretchkit.locales import babel_locale, direction
from stretchkit.rendering.drawings import USUAL_LOOK, USUAL_MEANS, Means, artist
from stretchkit.rendering.environment import render_template, template_folders
from stretchkit.rendering.handout import drawing_path, picture_path
from stretchkit.rendering.prose import Resolve
from stretchkit.views import site as views
from stretchkit.views.drawings import Draw, DrawingView
from stretchkit.views.handout import BrandView, brand_view

Pages: TypeAlias = Mapping[PurePosixPath, bytes]
_FOLDERS = {
    "exercise": "exercises",
    "routine": "routines",
    "guide": "guides",
    "programme": "programmes",
    "region": "regions",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """The same page in a language: where it is from here, and its web address if known."""

    language: str
    name: str
    href: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: `root` leads to the site's top, `home` to the language's.

    `url` is the page's web address, empty without a base URL.
    """

    site_name: str
    language: str
    direction: str
    root: str
    home: str
    url: str
    languages: tuple[LanguageLink, ...]
    brand: BrandView
    licence: str


@dataclass(frozen=True, slots=True)
class _Page:
    template: str
    path: str
    make: Callable[[Library], Any]


def build_site(
    library: Library,
    *,
    base_url: str = "",
    look: Look = USUAL_LOOK,
    means: Means = USUAL_MEANS,
    progress: Progress | None = None,
) -> Pages:
    """Return every file of a library's site by its path.

    Args:
        library: what to publish, in all of its languages.
        base_url: the site's web address, for links that must be absolute; without it there are
            none.
        look: who is drawn, and how.
        means: how the drawings are made.
        progress: called after each page with the number of pages done and of all pages.

    Raises:
        ContentError: if the library has errors.
        RenderError: if a template has a fault.
    """
    library.raise_for_errors()
    base_url = (base_url or library.settings.base_url).rstrip("/")
    editions = [(language, library.in_language(language)) for language in library.languages]
    draw = artist(library, look, library.exercises.values(), means, both=True)
    jobs = [(edition, page) for _, edition in editions for page in _pages(edition, draw)]
    pages: dict[PurePosixPath, bytes] = {}
    drawings: dict[PurePosixPath, bytes] = {}
    for number, (edition, page) in enumerate(jobs, start=1):
        path = PurePosixPath(_prefix(edition)) / page.path
        pages[path] = _render(edition, page, base_url, drawings).encode()
        if progress:
            progress(number, len(jobs))
    return dict(sorted({**pages, **drawings, **_files(library, base_url, pages)}.items()))


def _prefix(library: Library) -> str:
    source = library.settings.language
    return "" if library.language == source else library.language


def _pages(library: Library, draw: Draw) -> Iterator[_Page]:
    """Yield every page of one language."""
    yield _Page("site/home.html", "index.html", views.home_page)
    yield _Page("site/list.html", "exercises/index.html", partial(views.exercises_page, draw=draw))
    for exercise in library.exercises.values():
        path = f"exercises/{exercise.id}.html"
        yield _Page("site/exercise.html", path, partial(views.exercise_page, exercise, draw=draw))
    yield _Page("site/list.html", "routines/index.html", views.routines_page)
    for routine in library.routines.values():
        path = f"routines/{routine.id}.html"
        yield _Page("site/routine.html", path, partial(views.routine_page, routine, draw=draw))
    yield _Page("site/list.html", "guides/index.html", views.guides_page)
    for guide in library.guides.values():
        path = f"guides/{guide.id}.html"
        yield _Page("site/guide.html", path, partial(views.guide_page, guide, draw=draw))
    for programme in library.programmes.values():
        path = f"programmes/{programme.id}.html"
        yield _Page("site/programme.html", path, partial(views.programme_page, programme))
    for group in views.region_groups(library, draw):
        path = f"regions/{group.id}.html"
        yield _Page("site/list.html", path, partial(views.region_page, group))
    yield _Page("site/glossary.html", "glossary.html", views.glossary_page)


def _render(
    library: Library, page: _Page, base_url: str, drawings: dict[PurePosixPath, bytes]
) -> str:
    """Return a page; the drawings that it names are added to those of the site."""

    def drawing(view: DrawingView) -> str:
        path = drawing_path(view, library.language)
        drawings[path] = view.svg.encode()
        return f"{root}{quote(str(path))}"

    depth = len(PurePosixPath(page.path).parts) - 1
    home = "../" * depth
    root = home + ("../" if _prefix(library) else "")
    frame = Frame(
        site_name=library.settings.name,
        language=library.language,
        direction=direction(library.language),
        root=root,
        home=home,
        url=_absolute(base_url, _prefix(library), page.path),
        languages=tuple(_language_links(library, page.path, root, base_url)),
        brand=brand_view(library),
        licence=library.settings.licence,
    )
    return render_template(
        library,
        page.template,
        page.make(library),
        frame=frame,
        resolve=_resolver(library, home),
        href=lambda link: f"{home}{_FOLDERS[link.kind]}/{link.id}.html",
        picture=lambda file: f"{root}{quote(str(picture_path(file)))}",
        drawing=drawing,
    )


def _absolute(base_url: str, prefix: str, path: str) -> str:
    if not base_url:
        return ""
    path = path.removesuffix("index.html")
    return "/".join(filter(None, (base_url, prefix))) + "/" + path


def _language_links(
    library: Library, path: str, root: str, base_url: str
) -> Iterator[LanguageLink]:
    for language in library.languages:
        prefix = "" if language == library.settings.language else f"{language}/"
        yield LanguageLink(
            language=language,
            name=_own_name(language),
            href=f"{root}{prefix}{path}",
            url=_absolute(base_url, prefix.rstrip("/"), path),
            current=language == library.language,
        )


def _own_name(language: str) -> str:
    """Return a language's name in itself: "español"."""
    locale = babel_locale(language)
    if locale is None:
        return language
    # The country is named only where the library names it.
    name = locale.get_display_name() if "-" in language else locale.get_language_name()
    name = name or language
    return name[0].upper() + name[1:]


def _resolver(library: Library, home: str) -> Resolve:
    tables: dict[str, Mapping[str, Any]] = {
        "exercise": library.exercises,
        "routine": library.routines,
        "guide": library.guides,
        "programme": library.programmes,
    }

    def resolve(kind: str, name: str) -> str | None:
        if kind == "term" and name in library.glossary:
            return f"{home}glossary.html#term-{name}"
        if name in tables.get(kind, {}):
            return f"{home}{_FOLDERS[kind]}/{name}.html"
        return None

    return resolve


def _files(library: Library, base_url: str, pages: Pages) -> dict[PurePosixPath, bytes]:
    """Return what is not a page: the style, fonts, pictures, and a site map with a base URL."""
    files = {PurePosixPath("style.css"): _template_file(library, "site/style.css")}
    for exercise in library.exercises.values():
        for picture in exercise.pictures:
            files[picture_path(picture.file)] = library.picture(picture.file)
    posters = [guide.video.poster for guide in library.guides.values() if guide.video]
    for file in filter(None, [library.settings.brand.logo, *posters]):
        files[picture_path(file)] = library.picture(file)
    if base_url:
        addresses = (_absolute(base_url, "", str(path)) for path in pages)
        body = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
        files[PurePosixPath("sitemap.xml")] = (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"{body}</urlset>\n"
        ).encode()
    return files


def _template_file(library: Library, name: str) -> bytes:
    for folder in template_folders(library):
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    return (resources.data_dir("templates") / name).read_bytes()
