"""The text a PDF page has already: what is seen, and what another program's reading left unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name, Operator

_SHOWING = frozenset(map(Operator, ("Tj", "TJ", "'", '"')))
_INVISIBLE = (3, 7)
"""Text rendering modes that paint nothing (ISO 32000-1, table 106)."""

_DEEPEST = 5  # forms within forms that are looked into


def remove_invisible(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take text that is not painted out of a page and the forms it draws."""
    for holder in _holders(page.obj, _DEEPEST):
        kept = []
        removed = False
        for instruction, visible in _instructions(holder):
            if visible or instruction.operator not in _SHOWING:
                kept.append(instruction)
            else:
                removed = True
        if not removed:
            continue
        content = pikepdf.unparse_content_stream(kept)
        if isinstance(holder, pikepdf.Stream):
            holder.write(content)
        else:
            page.obj.Contents = pdf.make_stream(content)


def shown_text(page: pikepdf.Page) -> int:
    """About how many characters a page paints."""
    return sum(
        _characters(instruction.operands)
        for holder in _holders(page.obj, _DEEPEST)
        for instruction, visible in _instructions(holder)
        if visible and instruction.operator in _SHOWING
    )


def _instructions(holder: Any) -> Iterator[tuple[Any, bool]]:
    """The drawing operators of a page or form, and whether text is painted at that point."""
    mode = 0
    kept: list[int] = []
    try:
        instructions = pikepdf.parse_content_stream(holder)
    except (pikepdf.PdfError, TypeError, ValueError):
        return  # a damaged page is left as it is
    for instruction in instructions:
        operator = instruction.operator
        if operator == Operator("Tr") and instruction.operands:
            mode = int(instruction.operands[0])
        elif operator == Operator("q"):
            kept.append(mode)
        elif operator == Operator("Q"):
            mode = kept.pop() if kept else mode
        yield instruction, mode not in _INVISIBLE


def _holders(holder: Any, depth: int) -> Iterator[Any]:
    """The page or form, and the forms it can draw."""
    yield holder
    resources = pikepdf.Page(holder).resources if holder.get("/Type") == Name.Page else holder.get("/Resources", {})
    drawn: Any = resources.get("/XObject", {}) if depth else {}
    for form in (drawn[name] for name in drawn.keys()):  # noqa: SIM118 (a pikepdf dictionary)
        if form.get("/Subtype") == Name.Form:
            yield from _holders(form, depth - 1)


def _characters(operands: Any) -> int:
    """Characters of what a text operator shows; two bytes may be one."""
    strings = [part for operand in operands for part in (operand if isinstance(operand, pikepdf.Array) else [operand])]
    return sum(len(bytes(part)) for part in strings if isinstance(part, pikepdf.String))
