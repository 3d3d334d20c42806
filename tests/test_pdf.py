"""PDFs as a reader gets them: printed, read aloud, and made anywhere with the same bytes.

The words are read from the file's own tags, the way a screen reader does: structure element by
structure element, each glyph by the Unicode text that the file gives for it.
"""

from __future__ import annotations

import hashlib
import html as html_entities
import io
import os
import re
import struct
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from stretchkit.errors import MissingGlyphError, RenderError
from stretchkit.handout import Handout
from stretchkit.layouts import Paper
from stretchkit.library import Library
from stretchkit.model.routine import Entry, Routine
from stretchkit.rendering.handout import html, pdf
from stretchkit.rendering.pdf import html_to_pdf, lay_out, missing_glyphs
from stretchkit.rendering.pdf_tags import OPTIONS, prepare
from stretchkit.rendering.prose import plain_text
from stretchkit.views.exercise import ExerciseView
from stretchkit.views.handout import HandoutView, handout_view

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "templates" / "fonts"
PAPERS: dict[Paper, tuple[int, int]] = {"a4": (595, 842), "letter": (612, 792)}


# Reading PDFs ------------------------------------------------------------------------------------


@dataclass
class Tag:
    """A structure element: its role, the words straight in it, and what stands below it."""

    role: str
    alt: str = ""
    words: str = ""
    pages: set[int] = field(default_factory=set)
    inner: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        yield self
        for tag in self.inner:
            yield from tag.walk()

    def all(self, *roles: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.role in roles]

    @property
    def text(self) -> str:
        """All the words in reading order, without white space: lines end anywhere."""
        return "".join(tag.words for tag in self.walk()).translate(
            {ord(c): None for c in " \xa0\n"}
        )

    @property
    def all_pages(self) -> set[int]:
        return {page for tag in self.walk() for page in tag.pages}


class Reader:
    """A PDF taken apart."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.file = pikepdf.open(io.BytesIO(data))

    @cached_property
    def fonts(self) -> list[pikepdf.Object]:
        kinds = (pikepdf.Dictionary,)
        found = [o for o in self.file.objects if isinstance(o, kinds) and o.get("/Type") == "/Font"]
        return [font for font in found if "/DescendantFonts" in font]

    @cached_property
    def glyphs(self) -> Counter[int]:
        """How often each glyph number is shown; 0 is the box for a missing glyph."""
        return Counter(glyph for _, _, codes, _ in self._shown() for glyph in codes)

    @cached_property
    def words(self) -> dict[tuple[int, int | None], str]:
        """The text of each piece of marked content, by page and number."""
        found: dict[tuple[int, int | None], str] = {}
        for page, mark, codes, table in self._shown():
            text = "".join(table[code] for code in codes)
            found[page, mark] = found.get((page, mark), "") + text
        return found | self.words_told

    @cached_property
    def words_told(self) -> dict[tuple[int, int | None], str]:
        """The text that the file gives for marked content whose glyphs do not tell it."""
        return {
            (number, int(mark.MCID)): str(mark.ActualText)
            for number, page in enumerate(self.file.pages)
            for (_, mark) in (
                instruction.operands
                for instruction in pikepdf.parse_content_stream(page)
                if str(instruction.operator) == "BDC"
            )
            if "/ActualText" in mark
        }

    def elements(self, role: str) -> list[pikepdf.Object]:
        """The structure elements of a role, in the order of the file."""
        kinds = (pikepdf.Dictionary,)
        found = [o for o in self.file.objects if isinstance(o, kinds) and "/S" in o]
        return [o for o in found if o.get("/Type") == "/StructElem" and str(o.S) == f"/{role}"]

    @cached_property
    def elements_told(self) -> list[str]:
        """The texts that structure elements give instead of their glyphs."""
        kinds = (pikepdf.Dictionary,)
        found = [o for o in self.file.objects if isinstance(o, kinds) and "/ActualText" in o]
        return [str(element.ActualText) for element in found]

    def _shown(self) -> Iterator[tuple[int, int | None, list[int], dict[int, str]]]:
        for number, page in enumerate(self.file.pages):
            tables = {name: _unicode(font) for name, font in page.resources.Font.items()}
            marks: list[int | None] = []
            table: dict[int, str] = {}
            for instruction in pikepdf.parse_content_stream(page):
                operands, name = instruction.operands, str(instruction.operator)
                if name in ("BDC", "BMC"):
                    mark = operands[1].get("/MCID") if name == "BDC" else None
                    marks.append(None if mark is None else int(mark))
                elif name == "EMC":
                    marks.pop()
                elif name == "Tf":
                    table = tables[str(operands[0])]
                elif name in ("Tj", "TJ"):
                    parts = operands[0] if name == "TJ" else [operands[0]]
                    codes = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
                    inner = [mark for mark in marks if mark is not None]
                    glyphs = list(struct.unpack(f">{len(codes) // 2}H", codes))
                    yield number, (inner[-1] if inner else None), glyphs, table

    @cached_property
    def structure(self) -> Tag:
        """The structure tree from its Document."""
        numbers = {page.objgen: number for number, page in enumerate(self.file.pages)}

        def read(element: Any, tag: Tag, page: int | None) -> None:
            if isinstance(element, pikepdf.Array):
                for inner in element:
                    read(inner, tag, page)
            elif isinstance(element, int):
                assert page is not None
                tag.inner.append(Tag("", words=self.words.get((page, element), ""), pages={page}))
            elif "/S" in element:
                here = numbers[element.Pg.objgen] if "/Pg" in element else page
                below = Tag(str(element.S)[1:], alt=str(element.get("/Alt", "")))
                read(element.get("/K", pikepdf.Array()), below, here)
                if "/ActualText" in element:
                    below.words, below.inner = str(element.ActualText), []
                    below.pages = {here} if here is not None else set()
                tag.inner.append(below)
            elif "/MCID" in element:
                here = numbers[element.Pg.objgen] if "/Pg" in element else page
                read(int(element.MCID), tag, here)

        top = Tag("root")
        read(self.file.Root.StructTreeRoot.K, top, None)
        (document,) = top.inner
        return document

    @cached_property
    def headings(self) -> list[Tag]:
        return self.structure.all("H1", "H2", "H3", "H4", "H5", "H6")

    @property
    def text(self) -> str:
        """Every word of every page, as another program finds them by where they stand."""
        document = pypdfium2.PdfDocument(self.data)
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-f]+)> <([0-9a-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def faults_of_pdf(data: bytes, folder: Path) -> list[str]:
    """What PDF/UA-1 and PDF/A-2a find wrong with a file."""
    judge = pytest.importorskip("page", reason="page-validation is not installed")
    path = folder / "sheet.pdf"
    path.write_bytes(data)
    found = []
    for profile in ("ua1", "2a"):
        verdict = judge.validate_pdf(str(path), profile=profile)
        faults = [f"{profile} {fault.rule_id}: {fault.message}" for fault in verdict.failures]
        assert verdict.is_compliant is not bool(faults)
        found += faults
    return found


def packed(text: str) -> str:
    """A text without white space, as `Tag.text` gives it."""
    return "".join(text.split())


def cards(reader: Reader) -> list[Tag]:
    """The exercises of a sheet; what goes on over the page is joined to where it starts."""
    found: list[Tag] = []
    for article in reader.structure.all("Art"):
        if article.all("H2"):
            found.append(Tag("card"))
        found[-1].inner.append(article)
    return found


# Every bundled sheet -----------------------------------------------------------------------------


@lru_cache
def bundled() -> Library:
    return Library.bundled()


@dataclass(frozen=True)
class Sheet:
    """A bundled routine as a PDF, and what should be in it."""

    handout: Handout
    view: HandoutView
    reader: Reader

    def card(self, exercise: ExerciseView) -> Tag:
        """The part of the structure that is about an exercise."""
        heading = packed(f"{exercise.number}. {exercise.name}")
        (card,) = [card for card in cards(self.reader) if card.text.startswith(heading)]
        return card


@lru_cache
def printed(routine: str, language: str, paper: Paper) -> Sheet:
    library = bundled().in_language(language)
    handout = Handout(
        library.routine(routine),
        library,
        recipient="Ada",
        prepared_on=date(2026, 1, 5),
        paper=paper,
    )
    return Sheet(handout, handout_view(handout), Reader(pdf(handout)))


# One process makes each sheet once, for all the tests about it.
SHEETS = [
    pytest.param((routine, language, paper), marks=pytest.mark.xdist_group(f"{routine}-{paper}"))
    for routine in sorted(bundled().routines)
    for language in bundled().languages
    for paper in PAPERS
]


@pytest.fixture(params=SHEETS, ids="-".join)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    """Each bundled routine in each language on each paper, in turn."""
    return printed(*request.param)


def test_every_bundled_sheet_is_pdf_ua_and_pdf_a(sheet: Sheet, tmp_path: Path) -> None:
    assert faults_of_pdf(sheet.reader.data, tmp_path) == []


def test_drawings_are_figures_with_their_words(sheet: Sheet) -> None:
    words = [
        html_entities.unescape(alt)
        for alt in re.findall(
            r'<figure><img src="[^"]*" alt="([^"]*)"', html(sheet.handout).decode()
        )
    ]
    assert words
    assert [figure.alt for figure in sheet.reader.structure.all("Figure")] == words


def test_every_page_has_the_paper_that_was_asked_for(sheet: Sheet) -> None:
    sizes = {tuple(round(float(x)) for x in p.mediabox) for p in sheet.reader.file.pages}
    assert sizes == {(0, 0, *PAPERS[sheet.handout.paper])}


def test_the_pages_are_counted_at_their_foot(sheet: Sheet) -> None:
    pages = pypdfium2.PdfDocument(sheet.reader.data)
    assert len(pages) == len(sheet.reader.file.pages)
    for number, page in enumerate(pages, start=1):
        words = {"en": "Page {} of {}", "es": "Página {} de {}"}[sheet.view.language]
        assert words.format(number, len(pages)) in page.get_textpage().get_text_range()


def test_the_file_says_its_language_title_and_author(sheet: Sheet) -> None:
    root = sheet.reader.file.Root
    assert str(root.Lang) == sheet.view.language
    assert str(sheet.reader.file.docinfo["/Title"]) == sheet.view.title
    assert str(sheet.reader.file.docinfo["/Author"]) == sheet.view.author
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)
    with sheet.reader.file.open_metadata() as metadata:
        assert metadata["dc:title"] == sheet.view.title
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_the_title_is_the_one_first_heading_and_each_exercise_a_second_one(sheet: Sheet) -> None:
    assert [h.text for h in sheet.reader.structure.all("H1")] == [packed(sheet.view.title)]
    assert sheet.reader.headings[0].role == "H1"
    second = [heading.text for heading in sheet.reader.structure.all("H2")]
    wanted = [packed(f"{e.number}. {e.name}") for e in sheet.view.exercises]
    assert [text for text in second if text in wanted] == wanted


def test_no_heading_level_is_skipped(sheet: Sheet) -> None:
    levels = [int(heading.role[1]) for heading in sheet.reader.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_list_holds_entries_of_a_mark_and_a_body(sheet: Sheet) -> None:
    lists = sheet.reader.structure.all("L")
    assert lists
    for found in lists:
        assert {entry.role for entry in found.inner} == {"LI"}
        for entry in found.inner:
            assert [part.role for part in entry.inner] == ["Lbl", "LBody"]
            assert all(part.text for part in entry.inner)


def test_the_steps_of_every_exercise_are_numbered_and_in_order(sheet: Sheet) -> None:
    for exercise in sheet.view.exercises:
        lists = [found.inner for found in sheet.card(exercise).all("L")]
        (steps,) = [found for found in lists if found[0].inner[0].text == "1."]
        read = [(step.inner[0].text, step.inner[1].text) for step in steps]
        assert read == [
            (
                f"{step.number}.",
                packed(plain_text(step.text) + (f"({step.breath})" if step.breath else "")),
            )
            for step in exercise.steps
        ]


def test_the_sheet_reads_title_then_stop_box_then_exercises_in_order(sheet: Sheet) -> None:
    text = sheet.reader.structure.text
    stop = {"en": "Stop and rest if", "es": "Deténgase y descanse si"}[sheet.view.language]
    parts = [sheet.view.title, "Ada", sheet.view.summary.split("\n")[0], stop]
    parts += [f"{e.number}. {e.name}{e.dosage}" for e in sheet.view.exercises]
    places = [text.index(packed(plain_text(part))) for part in parts]
    assert places == sorted(places)


def test_every_word_of_an_exercise_is_read_with_it(sheet: Sheet) -> None:
    for exercise in sheet.view.exercises:
        card = sheet.card(exercise).text
        words = [exercise.set_up, exercise.feel, exercise.take_care, exercise.easier]
        words += [exercise.harder, exercise.note, *exercise.cues, *exercise.stop_signs]
        for text in words:
            for line in text.split("\n\n"):
                assert packed(plain_text(line)) in card


def test_the_words_stand_on_the_pages_in_reading_order(sheet: Sheet) -> None:
    text = packed(sheet.reader.text)
    wanted = [sheet.view.title, *(f"{e.number}. {e.name}" for e in sheet.view.exercises)]
    places = [text.index(packed(part)) for part in wanted]
    assert places == sorted(places)


def families() -> set[str]:
    """The bundled fonts' families, as a PDF writes names."""
    names = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            names.add(font["name"].getBestFamilyName().replace(" ", "-"))
    return names


def test_only_bundled_fonts_are_in_the_file_and_all_of_each_is_there(sheet: Sheet) -> None:
    assert any("Source-Sans-3" in str(font.BaseFont) for font in sheet.reader.fonts)
    for font in sheet.reader.fonts:
        name = str(font.BaseFont)
        assert re.match(r"/[A-Z]{6}\+", name), name
        assert any(name[8:].startswith(family) for family in families()), name
        assert "/ToUnicode" in font, name
        (inner,) = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()), name


def test_no_glyph_is_missing(sheet: Sheet) -> None:
    assert sheet.reader.glyphs[0] == 0


def test_an_exercise_stands_on_one_page_unless_it_is_longer_than_one(sheet: Sheet) -> None:
    for exercise, entry in zip(sheet.view.exercises, sheet.handout.routine.entries, strict=True):
        if len(sheet.card(exercise).all_pages) > 1:
            routine = replace(sheet.handout.routine, entries=(entry,))
            alone = Reader(pdf(replace(sheet.handout, routine=routine)))
            (card,) = cards(alone)
            assert len(card.all_pages) > 1, exercise.name


def test_the_judge_finds_a_sheet_without_a_title(tmp_path: Path) -> None:
    data = html_to_pdf('<html lang="en"><body><h1>No title</h1></body></html>')
    assert any("title" in fault.lower() for fault in faults_of_pdf(data, tmp_path))


# Made anywhere -----------------------------------------------------------------------------------

IN_A_PROCESS_OF_ITS_OWN = """\
import hashlib, os
from datetime import date
import stretchkit as sk

before = dict(os.environ)
library = sk.Library.bundled()
handout = sk.Handout(
    library.routine("desk-break-2"), library, recipient="Ada", prepared_on=date(2026, 1, 5)
)
print(hashlib.sha256(sk.render(handout, "pdf")).hexdigest())
assert dict(os.environ) == before, "the environment is not as it was"
"""


def in_another_process(folder: Path, **changes: str) -> str:
    """Print a sheet in a fresh process that starts in a folder; return the digest of its bytes."""
    folder.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")}
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder), **changes},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.xdist_group("desk-break-2-a4")
def test_every_process_in_every_place_makes_the_same_bytes(tmp_path: Path) -> None:
    here = hashlib.sha256(printed("desk-break-2", "en", "a4").reader.data).hexdigest()
    one = in_another_process(tmp_path / "one", PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    other = in_another_process(tmp_path / "other", PYTHONHASHSEED="2", LC_ALL="C")
    assert one == other == here


@pytest.mark.xdist_group("desk-break-2-a4")
def test_a_machine_without_fonts_makes_the_same_bytes(tmp_path: Path) -> None:
    here = hashlib.sha256(printed("desk-break-2", "en", "a4").reader.data).hexdigest()
    config = tmp_path / "fonts.conf"
    config.write_text("<?xml version='1.0'?>\n<fontconfig></fontconfig>\n", encoding="utf-8")
    assert in_another_process(tmp_path / "bare", FONTCONFIG_FILE=str(config)) == here


# Read aloud --------------------------------------------------------------------------------------


def straight(tag: Tag) -> str:
    """All the words of a tag as they are stored, with their white space."""
    return "".join(inner.words for inner in tag.walk())


def test_lines_and_words_in_bold_do_not_run_together() -> None:
    words = "Sit tall and let both shoulders rest, then breathe out as slowly as you can. " * 4
    body = f"<p>{words}</p><p><b>Time:</b> <i>short</i></p><p>Half-{'way-' * 60}there</p>"
    first, second, third = Reader(html_to_pdf(document(body))).structure.all("P")
    assert " ".join(straight(first).split()) == words.strip()
    assert straight(second) == "Time: short"
    assert " " not in straight(third)


def test_the_feet_of_pages_are_no_part_of_what_is_read(sheet: Sheet) -> None:
    title = packed(sheet.view.title)
    assert packed(f"{sheet.view.title} · Ada") in packed(sheet.reader.text)
    assert f"{title}·Ada" not in sheet.reader.structure.text


def test_nothing_is_tagged_that_has_nothing_to_tell(sheet: Sheet) -> None:
    assert [tag.role for tag in sheet.reader.structure.walk() if tag.role and not tag.inner] == []
    assert {"NonStruct", "Div"}.isdisjoint(tag.role for tag in sheet.reader.structure.walk())


def test_words_in_another_language_say_so() -> None:
    reader = Reader(html_to_pdf(document('<p>Say <span lang="es">hola</span> to her.</p>')))
    (span,) = reader.elements("Span")
    assert str(span.Lang) == "es"


def test_a_list_with_blocks_in_it_and_a_table_are_whole(tmp_path: Path) -> None:
    body = (
        "<ul><li><p>One</p><p>Two</p></li></ul>"
        '<table><thead><tr><th></th><th scope="col">Mon</th></tr></thead>'
        '<tbody><tr><th scope="row">Nod</th><td></td></tr></tbody></table>'
    )
    data = html_to_pdf(document(body))
    reader = Reader(data)
    (entry,) = reader.structure.all("LI")
    assert [part.role for part in entry.inner] == ["Lbl", "LBody"]
    assert [str(cell.A.Scope) for cell in reader.elements("TH")] == ["/Column", "/Column", "/Row"]
    assert faults_of_pdf(data, tmp_path) == []


def test_a_figure_says_where_it_stands_on_the_page() -> None:
    reader = printed("desk-break-2", "en", "a4").reader
    boxes = [[float(edge) for edge in figure.A.BBox] for figure in reader.elements("Figure")]
    assert boxes
    for left, bottom, right, top in boxes:
        assert 0 < left < right < 595
        assert 0 < bottom < top < 842


def test_no_last_byte_of_a_stream_is_taken_for_the_end_of_its_line(tmp_path: Path) -> None:
    laid_out = lay_out(document("<p>Words</p>"))
    tag, _ = prepare(laid_out)

    def finish(document: Any, file: Any) -> None:
        tag(document, file)
        page = file.objects[file.pages["Kids"][0]]
        content = file.objects[int(page["Contents"].split()[0])]
        content.stream.append(b"%")
        while not content.data.endswith(b"\r\nendstream"):
            content.stream[-1] += b"!"  # the sum at the end of a packed stream is another

    data = laid_out.write_pdf(finisher=finish, **OPTIONS)
    assert b"\r\r\nendstream" in data
    assert data.count(b"\r\nendstream\n") == data.count(b"endstream\n")
    assert faults_of_pdf(data, tmp_path) == []


# Names in every script ---------------------------------------------------------------------------

NAMES = {
    "Arabic": "أحمد علي",
    "Cyrillic": "Наталья Йовкова",
    "Devanagari": "आशा क्षत्रिय",
    "Greek": "Γιώργος Παπαδόπουλος",
    "Hebrew": "דוד כהן",
    "Polish": "Łucja Wójcik-Żółć",
    "Turkish": "İpek Ağaoğlu",
    "Vietnamese": "Nguyễn Thị Ánh",
}


def for_somebody(recipient: str, **changes: Any) -> Handout:
    routine = Routine(id="one", name="One move", entries=(Entry("chin-tuck"),))
    return replace(Handout(routine, bundled(), recipient=recipient), **changes)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_any_of_these_scripts_prints_with_every_letter(name: str) -> None:
    reader = Reader(pdf(for_somebody(name)))
    assert reader.glyphs[0] == 0
    paragraphs = [p for p in reader.structure.all("P") if p.text.startswith("For")]
    assert len(paragraphs) == 1
    read = Counter(paragraphs[0].text.removeprefix("For"))
    assert Counter(packed(name)) <= read


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_any_script_stays_true_to_the_standards(name: str, tmp_path: Path) -> None:
    assert faults_of_pdf(pdf(for_somebody(name)), tmp_path) == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_can_be_searched_and_copied(name: str) -> None:
    handout = for_somebody(name, message=f"Hello {name}, take your time.")
    assert name in Reader(pdf(handout)).text


@pytest.mark.parametrize("script", ["Arabic", "Devanagari", "Hebrew"])
def test_a_name_is_read_in_the_order_of_its_letters(script: str) -> None:
    reader = Reader(pdf(for_somebody(NAMES[script])))
    (line,) = [p for p in reader.structure.all("P") if p.text.startswith("For")]
    assert line.text == packed(f"For{NAMES[script]}")
    assert any(NAMES[script] in told for told in reader.elements_told)


def test_a_name_that_no_font_can_print_is_refused_by_its_letters() -> None:
    with pytest.raises(MissingGlyphError, match=r"李 \(U\+674E\)"):
        pdf(for_somebody("李明"))
    assert missing_glyphs("Ada 李😀") == "李😀"


def test_signs_that_nobody_sees_need_no_glyph() -> None:
    assert missing_glyphs("a\u200db\u200e\xad\n") == ""


# Faults ------------------------------------------------------------------------------------------


def png(width: int = 8, height: int = 8) -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = b"".join(b"\0" + bytes(range(0, 16 * width, 16)) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def document(body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><title>Test</title><body><h1>Test</h1>{body}</body></html>'
    )


@pytest.mark.parametrize(
    "body",
    [
        "<style>p { colour: red }</style>",
        '<img src="https://example.org/cat.png" alt="A cat">',
        '<a href="#nowhere">Nowhere</a>',
    ],
    ids=["unknown style", "picture from the web", "link to nowhere"],
)
def test_whatever_the_layout_warns_of_stops_the_sheet(body: str) -> None:
    with pytest.raises(RenderError, match="cannot be laid out"):
        html_to_pdf(document(body))


def test_a_sheet_reads_no_file_of_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "up.png"
    path.write_bytes(png())
    with pytest.raises(RenderError, match="cannot be laid out"):
        html_to_pdf(document(f'<img src="{path.as_uri()}" alt="A file">'))


def test_a_sheet_that_gives_no_reason_to_warn_is_made() -> None:
    assert html_to_pdf(document("<p>Words</p>")).startswith(b"%PDF-")


# Pictures ----------------------------------------------------------------------------------------


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'

EXERCISE = """\
---
name: {name}
kind: mobility
regions: [neck]
position: sitting
dosage: 5 reps
{more}---
Move gently.

## Set up
{words}

## Steps
1. Sit tall.
2. Look up.
3. Look down.
"""


def exercise(name: str, *, more: str = "", words: str = "Sit on a chair.") -> str:
    return EXERCISE.format(name=name, more=more, words=words)


def routine_of(*names: str) -> str:
    return f"---\nname: All of them\nentries: [{', '.join(names)}]\n---\n"


def test_pictures_of_a_library_are_in_the_sheet_with_their_words(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    pictures = (
        "pictures:\n  - {file: up.png, alt: Somebody looks up}\n"
        "  - {file: down.svg, alt: Somebody looks down, author: Ada, licence: CC0}\n"
    )
    library = make_library(
        {
            "stretchkit.yaml": "name: Test\nbrand: {name: Our clinic, logo: logo.svg}\n",
            "exercises/look.md": exercise("Look", more=pictures),
            "routines/all.md": routine_of("look"),
            "up.png": png(),
            "down.svg": SVG,
            "logo.svg": SVG,
        }
    )
    reader = Reader(pdf(Handout(library.routine("all"), library)))
    figures = reader.structure.all("Figure")
    assert [figure.alt for figure in figures] == [
        "Our clinic",
        "Somebody looks up",
        "Somebody looks down",
    ]
    assert "Ada,CC0" in reader.structure.text
    images = [
        o
        for o in reader.file.objects
        if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
    ]
    assert [(int(image.Width), int(image.Height)) for image in images] == [(8, 8)]
    assert faults_of_pdf(reader.data, tmp_path) == []


def test_a_file_that_is_no_picture_stops_the_sheet(make_library: MakeLibrary) -> None:
    picture = "pictures: [{file: up.png, alt: Somebody looks up}]\n"
    library = make_library(
        {
            "exercises/look.md": exercise("Look", more=picture),
            "routines/all.md": routine_of("look"),
            "up.png": b"no picture",
        }
    )
    with pytest.raises(RenderError):
        pdf(Handout(library.routine("all"), library))


# Pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", bundled().languages)
def test_every_bundled_exercise_stands_on_one_page_with_its_drawings(
    language: str, paper: Paper
) -> None:
    library = bundled().in_language(language)
    handout = Handout(library.routine_of([*library.exercises]), library, paper=paper)
    reader = Reader(pdf(handout))
    split = [card.text[:30] for card in cards(reader) if len(card.all_pages) > 1]
    assert split == []
    assert len(cards(reader)) == len(library.exercises)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_card_that_fits_on_a_page_is_never_split(paper: Paper, make_library: MakeLibrary) -> None:
    lengths = [3, 11, 7, 15, 2, 9, 13, 5, 1, 8]
    names = [f"move-{number}" for number in range(len(lengths))]
    files: dict[str, str | bytes] = {
        f"exercises/{name}.md": exercise(
            name.capitalize(), words="\n\n".join(["Sit on a chair. Look ahead."] * length)
        )
        for name, length in zip(names, lengths, strict=True)
    }
    library = make_library({**files, "routines/all.md": routine_of(*names)})
    reader = Reader(pdf(Handout(library.routine("all"), library, paper=paper)))
    assert [len(card.all_pages) for card in cards(reader)] == [1] * len(names)
    assert len(reader.file.pages) < len(names)


def test_a_card_longer_than_a_page_goes_on_over_the_page(make_library: MakeLibrary) -> None:
    long = exercise("Long", words="\n\n".join(["Sit on a chair. Look ahead."] * 90))
    library = make_library({"exercises/long.md": long, "routines/all.md": routine_of("long")})
    reader = Reader(pdf(Handout(library.routine("all"), library)))
    assert reader.structure.text.count(packed("Sit on a chair. Look ahead.")) == 90
    assert len(reader.file.pages) > 1
