"""A handout as plain text, for messages and for readers that want nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from stretchkit.rendering.blocks import Block, Figure

WIDTH = 76
"""Characters in a line: mail programs break longer ones."""

_UNDER = {1: "=", 2: "-"}


def plain_text_of(blocks: Sequence[Block]) -> str:
    """Return blocks as plain text; headings are underlined, pictures told in words."""
    parts: list[str] = []
    before = ""
    for block in blocks:
        if block.kind == "heading" and parts:
            parts.append("")
        if parts and not before == block.kind == "entry":
            parts.append("")
        parts += _lines(block)
        before = block.kind
    return "\n".join(line.rstrip() for line in parts) + "\n"


def _lines(block: Block) -> list[str]:
    if block.kind == "heading":
        under = _UNDER.get(block.level, "")
        return [block.text, *([under * min(len(block.text), WIDTH)] if under else [])]
    if block.kind == "entry":
        indent = "  " * block.level
        mark = f"{indent}{block.number}. " if block.number else f"{indent}- "
        return _wrapped(_said(block), mark)
    if block.kind == "table":
        return _table(block.rows)
    if block.kind == "pictures":
        return [line for figure in block.figures for line in _wrapped(_told(figure), "")]
    return _wrapped(_said(block), "")


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table row by row, every cell under the words of its column."""
    lines: list[str] = []
    for first, *cells in rows[1:]:
        titled = zip(rows[0][1:], cells, strict=False)
        lines += _wrapped(first, "- ")
        lines += _wrapped("   ".join(f"{title} {cell or '[  ]'}" for title, cell in titled), "    ")
    return lines


def _told(figure: Figure) -> str:
    return f"[{figure.caption}: {figure.alt}]" if figure.caption else f"[{figure.alt}]"


def _said(block: Block) -> str:
    """Return words with the address behind each link that does not show it.

    Words of another direction get Unicode's signs around them that keep them to themselves.
    """
    parts = []
    for run in block.runs:
        parts.append(f"\u2068{run.text}\u2069" if run.direction else run.text)
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
