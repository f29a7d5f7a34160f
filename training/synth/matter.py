"""The matter of a meeting: agenda items, their bodies and resolutions."""

from __future__ import annotations

import re

from schemas import AgendaItem, Block, Resolution
from training.synth import furniture
from training.synth.flow import Flow, spans
from training.synth.page import Span
from training.synth.style import Style

_SPEAKER = re.compile(r"(?P<who>.{2,30}?) - (?P<words>.+)", re.DOTALL)
_LABELLED = re.compile(r"(?P<label>\S+[.)]) (?P<text>.+)", re.DOTALL)


def agenda_item(flow: Flow, item: AgendaItem, style: Style, depth: int, pointer: str) -> None:
    """Print an item with all that belongs to it."""
    flow.space(style.item_space)
    _title(flow, item, style, depth, pointer)
    blocks(flow, item.body, style, 0)
    for index, resolution in enumerate(item.resolutions):
        marker = style.resolution_at.get(pointer, style.resolution)
        _resolution(flow, resolution, marker, style, f"{pointer}/resolutions/{index}")
    for index, child in enumerate(item.items):
        agenda_item(flow, child, style, depth + 1, f"{pointer}/items/{index}")


def _nth(values: tuple[float, ...], depth: int) -> float:
    return values[min(depth, len(values) - 1)]


def _title(flow: Flow, item: AgendaItem, style: Style, depth: int, pointer: str) -> None:
    bold = style.title_bold[min(depth, len(style.title_bold) - 1)]
    first = _nth(style.title_first, depth)
    if item.number is None:
        flow.paragraph([Span(item.title, bold)], first=first, align=style.align, keep=2, pointer=pointer)
        return
    form = style.marker_at.get(pointer) or style.markers[min(depth, len(style.markers) - 1)]
    marker = form.format(n=furniture.digits(item.number, style.digits))
    if style.title_form == "next":
        flow.ensure(3)
        flow.paragraph([Span(marker, True)], first=first, pointer=pointer)
        flow.paragraph([Span(item.title, bold)], first=first + 30, align=style.align)
        return
    tab = _nth(style.title_tabs, depth)
    joint = "\t" if style.title_form == "tab" else " "
    flow.paragraph(
        [Span(marker, True), Span(joint), Span(item.title, bold)],
        first=first,
        tabs=(tab,),
        hang=tab if style.title_hang and style.title_form == "tab" else 0.0,
        keep=3,
        pointer=pointer,
    )


def _resolution(flow: Flow, resolution: Resolution, marker: str, style: Style, pointer: str) -> None:
    opening, *rest = resolution.text.split("\n")
    dressed = Span(opening, italic=style.resolution_italic)
    flow.space(0.25)
    first = style.resolution_first
    if not marker:
        flow.paragraph([dressed], first=first or style.body_first, align=style.align, pointer=pointer)
    elif style.resolution_form == "next":
        flow.ensure(2)
        flow.paragraph([Span(marker, True)], first=first, pointer=pointer)
        flow.paragraph([dressed], first=style.body_first, align=style.align)
    else:
        tab = first + style.resolution_tab
        tabbed = style.resolution_form == "tab"
        flow.paragraph(
            [Span(marker, True), Span("\t" if tabbed else " "), dressed],
            first=first,
            tabs=(tab,),
            hang=tab if tabbed else 0.0,
            align=style.align,
            pointer=pointer,
        )
    for line in rest:
        labelled = _LABELLED.fullmatch(line)
        if labelled:
            _labelled(flow, labelled["label"], labelled["text"], style, 0)
        else:
            flow.paragraph(line, first=style.body_first, align=style.align)


def blocks(flow: Flow, body: list[Block], style: Style, depth: int) -> None:
    """Print paragraphs, list items, tables and figures."""
    for block in body:
        if block.kind == "paragraph":
            _paragraph(flow, block.text, style, depth)
        elif block.kind == "list_item":
            _labelled(flow, block.label or "", block.text, style, depth)
            blocks(flow, block.children, style, depth + 1)
        elif block.kind == "table":
            flow.space(0.2)
            rows = block.rows or []
            widths = column_widths(flow, rows)
            flow.table(widths, rows, repeat=style.table_repeat)
            flow.space(0.5)
        else:
            flow.space(0.3)
            flow.figure("chart", 200, 90, seed=len(flow.pages))
            flow.space(0.5)


def _paragraph(flow: Flow, text: str, style: Style, depth: int) -> None:
    speaker = _SPEAKER.fullmatch(text) if style.speaker_width else None
    if speaker:
        hang = style.speaker_width
        flow.paragraph(f"{speaker['who']} -\t{speaker['words']}", tabs=(hang,), hang=hang, align=style.align)
        return
    first = style.body_first if depth == 0 else _nth(style.list_first, depth)
    flow.paragraph(
        text, first=max(first, style.speaker_width), left=0, hang=style.speaker_width or None, align=style.align
    )


def _labelled(flow: Flow, label: str, text: str, style: Style, depth: int) -> None:
    first = max(_nth(style.list_first, depth), style.speaker_width)
    flow.paragraph(f"{label} {text}", first=first, hang=style.speaker_width or None, align=style.align)


def column_widths(flow: Flow, rows: list[list[str]]) -> list[float]:
    """Widths in points for a table across the text: what the cells ask for, the widest giving way."""
    face = flow.sheet.face
    asked = [
        max(face.width(cell, span) for cell in column for span in spans(cell)[:1]) + 0.9 * face.size
        for column in zip(*rows, strict=True)
    ]
    total = flow.sheet.width
    if sum(asked) <= total:
        return asked
    # Every column keeps up to an equal share; what is left goes to the wide ones by their wish.
    share = total / len(asked)
    narrow = sum(width for width in asked if width <= share)
    wide = sum(width for width in asked if width > share)
    return [width if width <= share else width * (total - narrow) / wide for width in asked]
