"""Every word that StretchKit prints can be translated, and every language has all of them."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import jinja2
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import nodes

from stretchkit.locales import CATALOGUES, label, languages
from stretchkit.model import vocabulary
from stretchkit.model.vocabulary import Word

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
TRANSLATED = [language for language in languages() if language != "en"]
WORDS = [kind for kind in vars(vocabulary).values() if isinstance(kind, type)]
VOCABULARY = [kind for kind in WORDS if issubclass(kind, Word) and kind is not Word]


def load_tool() -> ModuleType:
    path = ROOT / "tools" / "update_catalogues.py"
    spec = importlib.util.spec_from_file_location("update_catalogues", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue_file(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "stretchkit.po"


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    catalog: Catalog = load_tool().extract()
    return catalog


@pytest.fixture(params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with catalogue_file(request.param).open("rb") as file:
        return read_po(file, locale=request.param)


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def texts(message: Message) -> list[str]:
    """Return a translation: one text, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def forms(message: Message) -> list[tuple[str, str]]:
    """Return each text of a translation with the English text that it stands for."""
    if isinstance(message.id, str):
        return [(message.id, text) for text in texts(message)]
    one, many = message.id
    return [(many if number else one, text) for number, text in enumerate(texts(message))]


def places(text: str) -> set[str]:
    """Return the places in a text where values go, such as {n} and %(name)s."""
    return set(re.findall(r"\{\w+\}|%\(\w+\)\w", text))


def test_the_messages_are_found_at_all(extracted: Catalog) -> None:
    for message in (
        "Held stretch",
        "Stop and rest if",
        "less than a minute",
        "Skip to the content",
    ):
        assert message in extracted
    assert extracted.get("{n} rep") is not None


def test_a_catalogue_holds_every_message_and_no_other(
    catalogue: Catalog, extracted: Catalog
) -> None:
    assert {message.id for message in catalogue} == {message.id for message in extracted}
    assert not catalogue.obsolete


def test_no_translation_is_missing_or_a_guess(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        assert texts(message), f"{message.id} is not translated"
        assert all(text.strip() for text in texts(message)), f"{message.id} is not translated"
        assert not message.fuzzy, f"{message.id} is marked as a guess"


def test_every_plural_form_is_there(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        if message.pluralizable:
            assert len(texts(message)) == catalogue.num_plurals, message.id


def test_a_translation_has_the_places_of_its_message(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        for english, text in forms(message):
            assert places(text) == places(english), f"{english!r}: {text!r}"


def test_a_translation_has_the_outer_spaces_and_the_end_of_its_message(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        for english, text in forms(message):
            for pattern in (r"^\s*", r"[.:!?…]?\s*$"):
                wanted, found = re.search(pattern, english), re.search(pattern, text)
                assert wanted is not None
                assert found is not None
                assert found[0] == wanted[0], f"{english!r}: {text!r}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_as_the_tool_would_write_it(language: str) -> None:
    tool = load_tool()
    fresh: str = tool.po_text(language, tool.extract())
    written = catalogue_file(language).read_text(encoding="utf-8")
    assert written == fresh, "run: python tools/update_catalogues.py"


@pytest.mark.parametrize("kind", VOCABULARY)
def test_every_label_of_the_vocabulary_is_marked_for_translation(
    kind: type[Word], extracted: Catalog
) -> None:
    assert [word.label for word in kind if word.label not in extracted] == []


@pytest.mark.parametrize("kind", VOCABULARY)
@pytest.mark.parametrize("language", languages())
def test_no_two_words_of_a_list_read_the_same(kind: type[Word], language: str) -> None:
    labels = [label(word, language) for word in kind]
    assert sorted(labels) == sorted(set(labels))


# Templates hold no words of their own ------------------------------------------------------------

SPOKEN_ATTRIBUTES = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "content",
    "label",
    "placeholder",
    "summary",
    "title",
}
NOT_WORDS = {
    ("content", "StretchKit"),  # <meta name="generator">
    ("content", "width=device-width, initial-scale=1"),
    ("content", "light dark"),  # <meta name="color-scheme">
}
TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
NAMING = {"half", "halves", "leading"}
"""Calls whose words name a part of a page or a place on it."""
PLACE = "\ufffc"
"""What stands where a value goes; it is not a letter."""

ENVIRONMENT = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)


def literal_words(source: str) -> list[str]:
    """Return the words that a template prints without having them translated."""
    markup = _Markup()
    markup.feed(without_jinja(source))
    markup.close()
    return [*markup.found, *literals_in_expressions(ENVIRONMENT.parse(source))]


def without_jinja(source: str) -> str:
    """Return the template's own text, with a sign where the value of an expression goes."""
    text: list[str] = []
    tag: list[str] | None = None
    translated = False
    for _line, kind, value in ENVIRONMENT.lex(source):
        if kind in ("variable_begin", "block_begin"):
            tag = []
            if kind == "variable_begin":
                text.append(PLACE)
        elif kind == "block_end":
            name = next(iter(tag or ()), "")
            translated = (translated or name == "trans") and name != "endtrans"
            tag = None
        elif kind == "variable_end":
            tag = None
        elif tag is not None and kind == "name":
            tag.append(value)
        elif kind == "data" and not translated:
            text.append(value)
    return "".join(text)


class _Markup(HTMLParser):
    """Collects the words of HTML that people see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        for name, value in attrs:
            spoken = name in SPOKEN_ATTRIBUTES and (name, value) not in NOT_WORDS
            if spoken and has_letters(value or ""):
                self.found.append(f'{name}="{value}"')

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser passes it
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.found += words_in_css(data)
        elif self._inside != "script" and has_letters(data):
            self.found.append(data.strip())


def words_in_css(css: str) -> list[str]:
    """Return the words that a style sheet prints by itself."""
    rules = re.findall(r"\bcontent\s*:([^;}]*)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    strings = re.findall(r"\"[^\"]*\"|'[^']*'", " ".join(rules))
    return [text for text in strings if has_letters(re.sub(r"\\[0-9a-fA-F]{1,6}", "", text))]


def literals_in_expressions(template: nodes.Template) -> list[str]:
    """Return the words that stand in expressions and are printed as they are."""
    shown: list[nodes.Node] = []
    for output in template.find_all(nodes.Output):
        shown += [node for node in output.nodes if not isinstance(node, nodes.TemplateData)]
    shown += [assign.node for assign in template.find_all(nodes.Assign)]
    return [text for node in shown for text in _printed(node)]


def _printed(node: nodes.Node) -> Iterator[str]:
    parts: list[nodes.Node] = []
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str) and has_letters(node.value):
            yield node.value
    elif isinstance(node, nodes.Filter):
        if node.name != "heading" and node.node is not None:
            parts = [node.node]
    elif isinstance(node, nodes.Call):
        if not (isinstance(node.node, nodes.Name) and node.node.name in TRANSLATING | NAMING):
            parts = [*node.args, *(word.value for word in node.kwargs if word.key != "class")]
    elif isinstance(node, nodes.Pair):  # an attribute's name and what it says
        parts = [node.value]
    elif isinstance(node, nodes.CondExpr):
        parts = [part for part in (node.expr1, node.expr2) if part is not None]
    elif not isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Compare | nodes.Test):
        parts = list(node.iter_child_nodes())
    for part in parts:
        yield from _printed(part)


def template_files(*suffixes: str) -> list[str]:
    files = (path for path in TEMPLATES.rglob("*") if path.suffix in suffixes)
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in files if path.stem != "README")


@pytest.mark.parametrize("name", template_files(".html", ".md"))
def test_a_template_prints_no_words_of_its_own(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert literal_words(source) == []


@pytest.mark.parametrize("name", template_files(".css"))
def test_a_style_sheet_prints_no_words(name: str) -> None:
    assert words_in_css((TEMPLATES / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Time: {{ duration }}</p>", [f"Time: {PLACE}"]),
        ("**Time:** {{ duration }}\n", [f"**Time:** {PLACE}"]),
        ("{% if x %}nothing{% endif %}", ["nothing"]),
        ("<p>{{ name }}</p><!-- a note --><b>Estiramiento</b>", ["Estiramiento"]),
        ('<nav aria-label="Main {{ x }}"></nav>', [f'aria-label="Main {PLACE}"']),
        ('<img src="cat.svg" alt="A cat">', ['alt="A cat"']),
        ('<meta name="description" content="Exercises">', ['content="Exercises"']),
        ('<a href="x" title="Read on">{{ x }}</a>', ['title="Read on"']),
        ('<input placeholder="Search">', ['placeholder="Search"']),
        ("{{ equipment or 'nothing' }}", ["nothing"]),
        ('{{ "Yes" if x else "No" }}', ["Yes", "No"]),
        ('{{ parts.words("Set up", text, level=2) }}', ["Set up"]),
        ('{{ "Steps"|upper }}', ["Steps"]),
        ('{% set title = "Exercises" %}', ["Exercises"]),
        ('<style>p::before { content: "Note" counter(n); }</style>', ['"Note"']),
    ],
)
def test_a_word_planted_in_a_template_is_found(source: str, words: list[str]) -> None:
    assert literal_words(source) == words


@pytest.mark.parametrize(
    "source",
    [
        '<p class="note">{{ _("Time:") }} {{ duration }} · (2)</p>',
        "{# a comment #}<!-- another -->",
        "{% trans %}Time{% endtrans %}: {{ x }}",
        '{{ ngettext("%(num)s exercise", "%(num)s exercises", n) }}',
        '{{ equipment or _("nothing") }}',
        '<h{{ level }} lang="en">{{ "steps"|heading }}</h{{ level }}>',
        '{{ parts.lines("cues"|heading, cues, level=2, class="cues") }}',
        '{{ [author, licence]|select|join(" · ") }}{{ x|replace("a", "b") }}',
        '{% if kind == "routine" %}{{ x["name"] }}{% endif %}',
        '<style>p { color: red } p::before { content: "\\2610 \\a0" }</style>',
        '<meta name="generator" content="StretchKit">',
    ],
)
def test_what_is_translated_or_never_read_is_let_through(source: str) -> None:
    assert literal_words(source) == []
