"""A handout as plain text, for messages and for readers that want nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from stretchkit.locales import isolated
from stretchkit.rendering.blocks import Block, Cell, Figure

WIDTH = 76
"""Characters in a line: mail programs break longer ones."""

_BOX = "\xa0[\xa0\xa0]"
"""A box to tick; a line does not end in it."""
_UNDER = {1: "=", 2: "-"}


def plain_text_of(blocks: Sequence[Block], *, way: str = "ltr") -> str:
    """Return blocks as plain text; headings are underlined, pictures told in words.

    Args:
        blocks: what it says.
        way: the direction of the page, "ltr" or "rtl".
    """
    parts: list[str] = []
    before = ""
    for block in blocks:
        if block.kind == "heading" and parts:
            parts.append("")
        if parts and not before == block.kind == "entry":
            parts.append("")
        parts += _lines(block, way)
        before = block.kind
    return "\n".join(line.rstrip() for line in parts) + "\n"


def _lines(block: Block, way: str) -> list[str]:
    if block.kind == "heading":
        under = _UNDER.get(block.level, "")
        return [block.text, *([under * min(len(block.text), WIDTH)] if under else [])]
    if block.kind == "entry":
        indent = "  " * block.level
        mark = f"{indent}{block.number}. " if block.number else f"{indent}- "
        return _wrapped(_said(block, way), mark)
    if block.kind == "table":
        return _table(block.rows, way)
    if block.kind == "pictures":
        return [line for figure in block.figures for line in _wrapped(_told(figure), "")]
    return _wrapped(_said(block, way), "")


def _table(rows: Sequence[Sequence[Cell]], way: str) -> list[str]:
    """Return a table row by row, every cell with the words of its column."""
    lines: list[str] = []
    titles = [" ".join(block.text for block in cell) for cell in rows[0]]
    for first, *cells in rows[1:]:
        for number, block in enumerate(first):
            lines += _wrapped(_said(block, way), "  " if number else "- ")
        if any(len(cell) > 1 or not _said(block, way) for cell in cells for block in cell):
            for title, cell in zip(titles[1:], cells, strict=False):
                lines += _wrapped(f"{title}:", "  ")
                lines += [f"    {line}" for block in cell for line in _lines(block, way)]
        else:
            told = (" ".join(_said(each, way) for each in cell) for cell in cells)
            titled = zip(titles[1:], told, strict=False)
            boxes = (f"{title} {words}" if words else f"{title}{_BOX}" for title, words in titled)
            lines += [line.replace("\xa0", " ") for line in _wrapped("   ".join(boxes), "    ")]
    return lines


def _told(figure: Figure) -> str:
    return f"[{figure.caption}: {figure.alt}]" if figure.caption else f"[{figure.alt}]"


def _said(block: Block, way: str) -> str:
    """Return words with the address behind each link that does not show it.

    Words of another direction get Unicode's signs around them that keep them to themselves.
    """
    parts = []
    for run in block.runs:
        parts.append(isolated(run.text, way) if run.direction else run.text)
        outside = run.address.startswith(("http://", "https://"))
        if outside and run.text.strip() not in run.address:
            parts.append(f" <{run.address}>")
    return "".join(parts)


def _wrapped(text: str, mark: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
