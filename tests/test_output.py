"""What is written to disk: whole files or none, and never a file that is somebody else's."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Self

import pytest
from PIL import Image

from stretchkit.errors import OutputError, RenderError
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.rendering.handout import markdown_with_pictures, render
from stretchkit.rendering.output import FORMATS, format_of, write, write_new, write_site

if TYPE_CHECKING:
    from conftest import MakeLibrary

MANIFEST = ".stretchkit-site"
OLD = b"old"


def png(width: int) -> bytes:
    """Return a picture; another width makes another one."""
    data = io.BytesIO()
    Image.new("RGB", (width, 8), "teal").save(data, "PNG")
    return data.getvalue()


ILLUSTRATED: dict[str, str | bytes] = {
    "exercises/nod.md": "---\nname: Nod\nkind: mobility\nregions: [neck]\nposition: sitting\n"
    "dosage: 3 reps\npictures:\n  - {file: photos/nod.png, alt: A head that nods}\n"
    "  - {file: up.svg, alt: A head that looks up}\n---\nWords.\n\n## Steps\n1. Move.\n",
    "photos/nod.png": png(1),
    "up.svg": b"<svg/>",
}


@pytest.fixture
def handout(library: Library) -> Handout:
    return Handout(library.routine_of(["cat-cow"]), library, drawings="none")


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """Let new files be for their owner, and for the group to read."""
    before = os.umask(0o027)
    yield
    os.umask(before)


def pages(**texts: str) -> dict[PurePosixPath, bytes]:
    """Return pages by name; two underscores stand for a slash, one for a dot."""
    return {
        PurePosixPath(name.replace("__", "/").replace("_", ".")): text.encode()
        for name, text in texts.items()
    }


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but the list of a site's files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- one file


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_holds_what_was_rendered(handout: Handout, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sheet{suffix}"
    assert write(handout, path) == path
    assert path.read_bytes() == render(handout, FORMATS[suffix])
    assert list(tree(tmp_path)) == [path.name]


def test_a_path_may_be_text(handout: Handout, tmp_path: Path) -> None:
    assert write(handout, f"{tmp_path}/sheet.md") == tmp_path / "sheet.md"


@pytest.mark.parametrize("path", ["x.pdf", "x.PDF", Path("a.md/x.Pdf")])
def test_the_case_of_a_suffix_does_not_matter(path: str | Path) -> None:
    assert format_of(path) == "pdf"


@pytest.mark.parametrize("path", ["x", "x.", "x.odt", "pdf", ".pdf", "x.pdf/y", ""])
def test_a_path_without_a_known_suffix_has_no_format(path: str) -> None:
    with pytest.raises(RenderError, match="cannot tell the format"):
        format_of(path)


@pytest.mark.parametrize(
    "step", ["os.fdopen", "pathlib.Path.replace", "pathlib.Path.chmod", "pathlib.Path.mkdir"]
)
@pytest.mark.parametrize("old", [{"sheet.md": OLD}, {}])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    handout: Handout,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    old: dict[str, bytes],
) -> None:
    path = tmp_path / "sheet.md"
    for name, data in old.items():
        (tmp_path / name).write_bytes(data)

    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        with pytest.raises(OutputError) as failure:
            write(handout, path)
    assert str(failure.value) == f"cannot write {path}: No space left on device"
    assert tree(tmp_path) == old


def test_a_failure_in_the_middle_of_writing_leaves_the_old_file_and_nothing_else(
    handout: Handout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(OLD)
    real = os.fdopen

    class Full:
        """A file on a disk that gets full after the first bytes."""

        def __init__(self, handle: int, mode: str) -> None:
            self.file = real(handle, mode)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", Full)
        with pytest.raises(OutputError, match="No space left"):
            write(handout, path)
    assert tree(tmp_path) == {"sheet.md": OLD}


def test_nothing_is_written_of_a_document_that_cannot_be_made(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(OLD)
    handout = Handout(library.routine_of(["cat-cow"]), library, recipient="王")
    with pytest.raises(RenderError):
        write(handout, path)
    assert tree(tmp_path) == {"sheet.pdf": OLD}


def test_readers_of_the_old_file_keep_the_old_file(handout: Handout, tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(OLD)
    with path.open("rb") as reader:
        write(handout, path)
        assert reader.read() == OLD
    assert path.read_bytes() == render(handout, "markdown")


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664, 0o755])
def test_a_replaced_file_keeps_its_permissions(handout: Handout, tmp_path: Path, mode: int) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(OLD)
    path.chmod(mode)
    write(handout, path)
    assert path.read_bytes() != OLD
    assert permissions(path) == mode


@pytest.mark.usefixtures("usual_umask")
def test_a_new_file_has_the_permissions_that_the_umask_leaves(
    handout: Handout, tmp_path: Path
) -> None:
    write(handout, tmp_path / "folder" / "sheet.md")
    assert permissions(tmp_path / "folder" / "sheet.md") == 0o640
    assert permissions(tmp_path / "folder") == 0o750
    assert os.umask(0o027) == 0o027  # left as it was


def test_what_is_written_through_a_link_is_read_through_it(
    handout: Handout, tmp_path: Path
) -> None:
    (tmp_path / "real.md").write_bytes(OLD)
    link = tmp_path / "sheet.md"
    link.symlink_to("real.md")
    write(handout, link)
    assert link.read_bytes() == render(handout, "markdown")
    assert set(tree(tmp_path)) == {"real.md", "sheet.md"}


def test_a_link_that_leads_nowhere_does_not_stop_a_file(handout: Handout, tmp_path: Path) -> None:
    link = tmp_path / "sheet.md"
    link.symlink_to("gone.md")
    write(handout, link)
    assert link.read_bytes() == render(handout, "markdown")


def test_a_new_file_never_replaces_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a" / "new.md"
    write_new({path: "one\n"})
    with pytest.raises(OutputError, match=r"new\.md is there already"):
        write_new({path.with_name("other.md"): "two\n", path: "two\n"})
    assert tree(tmp_path) == {"a/new.md": b"one\n"}


@pytest.mark.parametrize("step", ["os.fdopen", "pathlib.Path.chmod", "pathlib.Path.replace"])
def test_an_interruption_leaves_no_temporary_file(
    handout: Handout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(step, stop)
        with pytest.raises(KeyboardInterrupt):
            write(handout, tmp_path / "sheet.md")
    assert tree(tmp_path) == {}


def test_a_file_name_may_be_as_long_as_the_system_allows(handout: Handout, tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 250}.md"
    write(handout, path)
    assert list(tree(tmp_path)) == [path.name]


@pytest.mark.parametrize("place", ["file", "link"])
def test_what_stands_in_the_place_of_a_folder_is_named(
    handout: Handout, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "link").symlink_to("gone")
    with pytest.raises(OutputError, match=f"/{place} is not a folder$"):
        write(handout, tmp_path / place / "deeper" / "sheet.md")
    assert tree(tmp_path) == {"file": b"mine"}


# --- pictures beside Markdown


def test_markdown_finds_its_pictures_by_relative_path(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    library = make_library(ILLUSTRATED)
    path = write(Handout(library.routine_of(["nod"]), library), tmp_path / "out" / "sheet.md")
    targets = re.findall(r"^!\[(.+)\]\((.+)\)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert [alt for alt, _ in targets] == ["A head that nods", "A head that looks up"]
    assert [(path.parent / target).read_bytes() for _, target in targets] == [
        ILLUSTRATED["photos/nod.png"],
        ILLUSTRATED["up.svg"],
    ]
    assert len(tree(path.parent)) == 3


def test_pictures_of_one_name_in_two_folders_stay_two(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    pictures_of_one_name = "pictures: [{file: a.png, alt: One}, {file: pictures/a.png, alt: Two}]\n"
    nod = str(ILLUSTRATED["exercises/nod.md"]).split("pictures:")[0]
    files: dict[str, str | bytes] = {
        "exercises/nod.md": f"{nod}{pictures_of_one_name}---\nWords.\n\n## Steps\n1. Move.\n",
        "a.png": png(1),
        "pictures/a.png": png(2),
    }
    library = make_library(files)
    path = write(Handout(library.routine_of(["nod"]), library), tmp_path / "out" / "sheet.md")
    targets = re.findall(r"^!\[.+\]\((.+)\)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(path.parent / target).read_bytes() for target in targets] == [png(1), png(2)]


@pytest.mark.parametrize("suffix", [".html", ".htm"])
def test_html_needs_no_file_beside_it(
    make_library: MakeLibrary, tmp_path: Path, suffix: str
) -> None:
    library = make_library(ILLUSTRATED)
    path = tmp_path / "out" / f"sheet{suffix}"
    write(Handout(library.routine_of(["nod"]), library), path)
    assert list(tree(path.parent)) == [path.name]
    assert re.findall(r'src="([a-z]+:[a-z]+/[a-z+]+);', path.read_text(encoding="utf-8")) == [
        "data:image/png",
        "data:image/svg+xml",
    ]


def test_a_picture_that_cannot_be_written_stops_the_markdown(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    library = make_library(ILLUSTRATED)
    handout = Handout(library.routine_of(["nod"]), library)
    (folder,) = {path.parts[0] for path in markdown_with_pictures(handout)[1]}
    path = tmp_path / "out" / "sheet.md"
    path.parent.mkdir()
    (path.parent / folder).write_bytes(b"mine")
    with pytest.raises(OutputError, match=f"/out/{folder}/"):
        write(handout, path)
    assert tree(path.parent) == {folder: b"mine"}


def test_no_picture_is_left_when_the_markdown_cannot_be_written(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    library = make_library(ILLUSTRATED)
    path = tmp_path / "out" / "sheet.md"
    path.mkdir(parents=True)
    with pytest.raises(OutputError, match=r"cannot write .+sheet\.md: it is a folder"):
        write(Handout(library.routine_of(["nod"]), library), path)
    assert tree(path.parent) == {}


# --- a site


def test_a_site_is_written_page_by_page(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "public"
    assert write_site(pages(index_html="home", es__a__b_html="deep"), folder) == folder
    assert tree(folder) == {"index.html": b"home", "es/a/b.html": b"deep"}


def test_an_empty_folder_can_hold_a_site(tmp_path: Path) -> None:
    write_site(pages(index_html="home"), tmp_path)
    assert tree(tmp_path) == {"index.html": b"home"}


@pytest.mark.parametrize("name", ["letter.txt", "index.html", ".hidden", "folder/letter.txt"])
def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(OutputError, match="holds files that are not a site"):
        write_site(pages(index_html="home"), tmp_path)
    assert tree(tmp_path) == {name: b"mine"}
    assert not (tmp_path / MANIFEST).exists()


def test_pages_that_are_gone_go_away_with_the_folders_that_they_leave_empty(
    tmp_path: Path,
) -> None:
    write_site(pages(index_html="1", a__b__c_html="2", a__d_html="3", e__f_html="4"), tmp_path)
    write_site(pages(index_html="1", a__d_html="3"), tmp_path)
    assert tree(tmp_path) == {"index.html": b"1", "a/d.html": b"3"}
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "a", MANIFEST}
    assert not (tmp_path / "a" / "b").exists()


def test_files_that_people_add_to_a_site_stay(tmp_path: Path) -> None:
    write_site(pages(index_html="1", old__page_html="2"), tmp_path)
    (tmp_path / "CNAME").write_bytes(b"example.org")
    (tmp_path / "old" / "mine.txt").write_bytes(b"mine")
    write_site(pages(index_html="1"), tmp_path)
    assert tree(tmp_path) == {
        "index.html": b"1",
        "CNAME": b"example.org",
        "old/mine.txt": b"mine",
    }


def test_a_page_that_somebody_deleted_comes_back_and_one_that_is_gone_is_not_missed(
    tmp_path: Path,
) -> None:
    write_site(pages(a_html="1", b_html="2"), tmp_path)
    (tmp_path / "a.html").unlink()
    (tmp_path / "b.html").unlink()
    write_site(pages(a_html="1"), tmp_path)
    assert tree(tmp_path) == {"a.html": b"1"}


def test_a_page_that_somebody_changed_is_written_again(tmp_path: Path) -> None:
    write_site(pages(a_html="1"), tmp_path)
    (tmp_path / "a.html").write_bytes(b"changed")
    write_site(pages(a_html="1"), tmp_path)
    assert tree(tmp_path) == {"a.html": b"1"}


def test_only_pages_that_change_are_written(tmp_path: Path) -> None:
    write_site(pages(same_html="1", changes_html="2"), tmp_path)
    long_ago = 1_000_000_000 * 10**9
    for name in ("same.html", "changes.html"):
        os.utime(tmp_path / name, ns=(long_ago, long_ago))
    write_site(pages(same_html="1", changes_html="new", added_html="3"), tmp_path)
    assert (tmp_path / "same.html").stat().st_mtime_ns == long_ago
    assert (tmp_path / "changes.html").stat().st_mtime_ns != long_ago
    assert tree(tmp_path) == {"added.html": b"3", "changes.html": b"new", "same.html": b"1"}


def test_the_list_of_a_sites_files_is_sorted_and_the_same_every_time(tmp_path: Path) -> None:
    write_site(pages(b_html="1", a__c_html="2"), tmp_path / "one")
    write_site(pages(a__c_html="2", b_html="1"), tmp_path / "two")
    listed = (tmp_path / "one" / MANIFEST).read_bytes()
    assert listed == b"a/c.html\nb.html\n"
    assert (tmp_path / "two" / MANIFEST).read_bytes() == listed


@pytest.mark.parametrize(
    "line",
    [
        "../precious.txt",
        "a/../../precious.txt",
        "./../precious.txt",
        "{outside}/precious.txt",
        "//{outside}/precious.txt",
        "..",
        "../site/../precious.txt",
    ],
)
def test_a_list_of_files_never_reaches_out_of_the_sites_folder(tmp_path: Path, line: str) -> None:
    site = tmp_path / "site"
    write_site(pages(index_html="1", a__b_html="2"), site)
    precious = tmp_path / "precious.txt"
    precious.write_bytes(b"mine")
    with (site / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(line.format(outside=tmp_path) + "\n\n")
    write_site(pages(index_html="1"), site)
    assert precious.read_bytes() == b"mine"
    assert tree(site) == {"index.html": b"1"}
    assert (site / MANIFEST).read_bytes() == b"index.html\n"


def test_a_page_that_is_a_link_is_taken_away_without_what_it_leads_to(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(pages(index_html="1", a_html="2"), site)
    precious = tmp_path / "precious.txt"
    precious.write_bytes(b"mine")
    (site / "a.html").unlink()
    (site / "a.html").symlink_to(precious)
    write_site(pages(index_html="1"), site)
    assert tree(tmp_path) == {"precious.txt": b"mine", "site/index.html": b"1"}


@pytest.mark.parametrize("inside", ["", "public"])
def test_a_site_cannot_be_written_into_a_file(tmp_path: Path, inside: str) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(OutputError, match="cannot write"):
        write_site(pages(index_html="1"), tmp_path / "file" / inside)
    assert tree(tmp_path) == {"file": b"mine"}


def test_a_folder_in_the_place_of_a_page_is_left_and_told(tmp_path: Path) -> None:
    write_site(pages(index_html="1"), tmp_path)
    (tmp_path / "a.html").mkdir()
    (tmp_path / "a.html" / "mine.txt").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"a\.html"):
        write_site(pages(index_html="1", a_html="2"), tmp_path)
    assert tree(tmp_path) == {"index.html": b"1", "a.html/mine.txt": b"mine"}


def test_a_failure_leaves_every_page_of_a_site_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = pages(a_html="1", b_html="1", c_html="1"), pages(a_html="2", b_html="2", c_html="2")
    write_site(old, tmp_path)
    real = Path.replace

    def fail_at_b(self: Path, target: Path) -> Path:
        if target.name == "b.html":
            raise OSError(errno.EIO, "Input/output error")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail_at_b)
        with pytest.raises(OutputError, match=r"b\.html: Input"):
            write_site(new, tmp_path)
    assert tree(tmp_path) == {"a.html": b"2", "b.html": b"1", "c.html": b"1"}
    write_site(new, tmp_path)
    assert tree(tmp_path) == {"a.html": b"2", "b.html": b"2", "c.html": b"2"}


def test_a_site_that_was_interrupted_can_be_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, new = tmp_path / "site", pages(a_html="1", b_html="2")
    real = Path.replace

    def fail_at_b(self: Path, target: Path) -> Path:
        if target.name == "b.html":
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail_at_b)
        with pytest.raises(KeyboardInterrupt):
            write_site(new, site)
    assert tree(site) == {"a.html": b"1"}
    write_site(new, site)
    assert tree(site) == {"a.html": b"1", "b.html": b"2"}


def test_pages_of_an_interrupted_site_go_away_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(pages(old_html="0"), tmp_path)
    real = Path.unlink

    def fail(self: Path, *, missing_ok: bool = False) -> None:
        if self.name == "old.html":
            raise KeyboardInterrupt
        real(self, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        with pytest.raises(KeyboardInterrupt):
            write_site(pages(a_html="1", b_html="2"), tmp_path)
    write_site(pages(a_html="1"), tmp_path)
    assert tree(tmp_path) == {"a.html": b"1"}


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """Return the folder of a site with a link `link` to a folder that is somebody else's."""
    site, outside = tmp_path / "site", tmp_path / "outside"
    write_site(pages(index_html="1"), site)
    outside.mkdir()
    (outside / "precious.txt").write_bytes(b"mine")
    (site / "link").symlink_to(outside, target_is_directory=True)
    return site


@pytest.mark.parametrize("line", ["link/precious.txt", "link", "./link//precious.txt"])
def test_a_list_of_files_never_reaches_out_through_a_linked_folder(linked: Path, line: str) -> None:
    (linked / MANIFEST).write_text(f"index.html\n{line}\n", encoding="utf-8")
    write_site(pages(index_html="1"), linked)
    assert tree(linked.parent / "outside") == {"precious.txt": b"mine"}
    assert (linked / MANIFEST).read_bytes() == b"index.html\n"


def test_pages_are_never_written_through_a_linked_folder(linked: Path) -> None:
    with pytest.raises(OutputError, match=r"link/a\.html: it leads out of"):
        write_site(pages(index_html="2", link__a_html="2"), linked)
    assert tree(linked.parent / "outside") == {"precious.txt": b"mine"}
    assert (linked / "index.html").read_bytes() == b"1"


@pytest.mark.parametrize("path", ["../x.html", "a/../../x.html", "/{outside}/x.html", "."])
def test_pages_are_never_written_out_of_the_sites_folder(tmp_path: Path, path: str) -> None:
    page = PurePosixPath(path.format(outside=tmp_path))
    with pytest.raises(OutputError, match="it leads out of"):
        write_site({page: b"1"}, tmp_path / "site")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("line", [b"\xff.html", b"a\0b", b"x" * 300])
def test_a_damaged_list_of_files_is_told(tmp_path: Path, line: bytes) -> None:
    write_site(pages(index_html="1"), tmp_path)
    (tmp_path / MANIFEST).write_bytes(b"index.html\n" + line + b"\n")
    with pytest.raises(
        OutputError, match=f"{MANIFEST} is damaged; build the site in an empty folder"
    ):
        write_site(pages(index_html="2"), tmp_path)
    assert tree(tmp_path) == {"index.html": b"1"}


@pytest.mark.parametrize("line", ["folder", "folder/", ".", "index.html/deeper"])
def test_a_list_of_files_that_names_a_folder_is_mended(tmp_path: Path, line: str) -> None:
    write_site(pages(index_html="1"), tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").write_bytes(b"mine")
    (tmp_path / MANIFEST).write_text(f"index.html\n{line}\n", encoding="utf-8")
    write_site(pages(index_html="1"), tmp_path)
    assert tree(tmp_path) == {"index.html": b"1", "folder/mine.txt": b"mine"}
    assert (tmp_path / MANIFEST).read_bytes() == b"index.html\n"


@pytest.mark.parametrize(
    ("step", "named"),
    [("unlink", r"a/b\.html"), ("rmdir", r"a/b\.html"), ("read_bytes", r"\.stretchkit-site")],
)
def test_a_site_that_cannot_be_brought_up_to_date_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, named: str
) -> None:
    write_site(pages(index_html="1", a__b_html="2"), tmp_path)

    def fail(*_arguments: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, fail)
        with pytest.raises(OutputError, match=f"{named}: Permission denied"):
            write_site(pages(index_html="1"), tmp_path)
    write_site(pages(index_html="1"), tmp_path)
    assert tree(tmp_path) == {"index.html": b"1"}
