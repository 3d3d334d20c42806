"""What was made before: in memory while there is room, on the disk while it is the same."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Generic, TypeVar

from stretchkit.figure.cache import Store
from stretchkit.rendering.compose import faces as common
from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.foot import Foot, foot_kept, foot_taken
from stretchkit.rendering.compose.parts import Part, Parts, packed, unpacked
from stretchkit.rendering.pdf import engine, fonts_dir

Thing = TypeVar("Thing")

_ENGINES = ("pdf.py", "pdf_tags.py", "scripts.py")
"""The modules beside this package that lay pages out."""


class Warehouse(Generic[Thing]):
    """Things by key, the least recently used of which go when there is no more room."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()

    def find(self, key: Hashable) -> Thing | None:
        """Return a thing, None where there is none."""
        found = self._things.get(key)
        if found is not None:
            self._things.move_to_end(key)
        return found

    def put(self, key: Hashable, thing: Thing) -> None:
        """Keep a thing."""
        self._things[key] = thing
        if len(self._things) > self._room:
            self._things.popitem(last=False)

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return a thing, made now where there is none."""
        found = self.find(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found


def parts_of(
    store: Store | None, page: str, key: str, tag: str = "", *, named: bool = False
) -> Parts:
    """Return a document as parts: from the disk, or laid out now and kept there.

    Args:
        store: where parts are kept; nowhere when None.
        page: the document.
        key: what the parts depend on.
        tag: the name of the HTML element that the part is; the whole body when left out.
        named: whether its elements may have names, as cells of tables do.

    Raises:
        Doubt: if a part is of a kind that cannot be composed.
    """
    kept = _kept(store, key)
    if kept is None:
        kept = _captured(page, tag, named=named)
        _keep(store, key, kept)
    return kept


def articles_of(
    store: Store | None, start: str, articles: Sequence[str], keys: Sequence[str]
) -> list[Part]:
    """Return articles as parts: from the disk, or laid out now, all at once, and kept there.

    Args:
        store: where parts are kept; nowhere when None.
        start: the HTML before an article.
        articles: the HTML of the articles.
        keys: what each of them depends on.

    Raises:
        Doubt: if one of them is of a kind that cannot be composed.
    """
    found = [_kept(store, key) for key in keys]
    new = [n for n, kept in enumerate(found) if kept is None]
    if new:
        made = _captured(start + "".join(articles[n] for n in new), "article")
        if len(made) != len(new):
            raise Doubt(Reason.SHAPE)
        for n, part in zip(new, made, strict=True):
            found[n] = (part,)
            _keep(store, keys[n], (part,))
    return [kept[0] for kept in found if kept]


def _captured(page: str, tag: str, *, named: bool = False) -> Parts:
    engine()
    from stretchkit.rendering.compose.capture import captured  # noqa: PLC0415 - needs WeasyPrint

    return captured(page, tag, named=named)


def foot_of(store: Store | None, page: str) -> Foot:
    """Return the foot of a page's style: from the disk, or laid out now and kept there.

    Args:
        store: where feet are kept; nowhere when None.
        page: an HTML document with nothing in it, on whose page both texts stand.

    Raises:
        Doubt: if the page has other margins than a foot with two texts.
    """
    name = key_of(page)
    data = store.read(name) if store else None
    if data is not None:
        return foot_taken(data)
    engine()
    from stretchkit.rendering.compose.footing import foot_of as taken  # noqa: PLC0415 - as above

    foot = taken(page)
    if store:
        store.write(name, foot_kept(foot))
    return foot


def _kept(store: Store | None, key: str) -> Parts | None:
    data = store.read(key_of(key)) if store else None
    return unpacked(data) if data else None


def _keep(store: Store | None, key: str, parts: Parts) -> None:
    if store:
        store.write(key_of(key), packed(parts))


def provide_faces(store: Store | None) -> None:
    """See to it that the common fonts are there."""
    if common.known():
        return
    name = key_of("faces")
    data = store.read(name) if store else None
    if data is not None:
        common.take(data)
    elif store:
        store.write(name, common.kept())


def key_of(told: str) -> str:
    """Return the key of what is kept, another one with each way of laying out."""
    return hashlib.blake2b(told.encode(), key=_engine(), digest_size=20).hexdigest()


@lru_cache(maxsize=1)
def _engine() -> bytes:
    """Return what stands for the way of laying out: its code, its fonts and its engine."""
    here = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=20)
    for name in ("weasyprint", "pydyf"):
        digest.update(version(name).encode() + b"\0")
    code = [*here.glob("*.py"), *(here.parent / name for name in _ENGINES)]
    for file in [*sorted(code), *sorted(fonts_dir().glob("*.ttf"))]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.digest()
