"""A record printed: from the crest to the signatures."""

from __future__ import annotations

from typing import Any

from schemas import Record
from training.synth import furniture, lists, matter, templates
from training.synth.flow import Column, Flow, Sheet
from training.synth.page import Figure, Rule, Span
from training.synth.style import Style
from training.synth.typeset import Typeface


def as_printed(record: Record) -> Record:
    """`record` with every correction taken back: the words that stand on the paper."""
    data = record.model_dump(mode="json")
    for correction in record.corrections:
        keys = correction.path.split("/")[1:]
        at: Any = data
        for key in keys[:-1]:
            at = at[int(key)] if isinstance(at, list) else at[key]
        at[keys[-1]] = correction.ocr
    return Record.model_validate(data)


def lay_out(record: Record, style: Style) -> Flow:
    """The pages of `record` in `style`, furniture included."""
    printed = as_printed(record)
    sheet = Sheet(
        Typeface(style.family, style.size),
        style.pitch * style.size,
        style.left,
        style.right,
        style.top,
        style.bottom,
    )
    flow = Flow(sheet)
    if style.letter:
        _letter(flow, style)
        furniture.furnish(flow, style)
        return flow
    _header(flow, printed, style)
    for index, listed in enumerate(printed.attendance):
        lists.attendance(flow, listed, style, style.lists[index], f"/attendance/{index}")
    if style.opening:
        flow.space(1)
        _time(flow, style.opening, style, "/opened_at")
    flow.space(0.3)
    matter.blocks(flow, printed.preamble, style, 0)
    for index, item in enumerate(printed.agenda):
        matter.agenda_item(flow, item, style, 0, f"/agenda/{index}")
    if style.closing:
        flow.space(0.7)
        _time(flow, style.closing, style, "/closed_at")
    _signatures(flow, printed, style)
    furniture.furnish(flow, style)
    return flow


def _letter(flow: Flow, style: Style) -> None:
    if style.crest:
        flow.figure("crest", 58, 58, seed=len(style.letter))
    for line in style.letter:
        flow.space(line.space)
        flow.paragraph(line.text, left=line.left, first=line.first, align=line.align)


def _header(flow: Flow, record: Record, style: Style) -> None:
    for above in style.above:
        flow.paragraph(above.text, align=above.align)
        if above.boxed:
            _box_last(flow)
    if style.crest:
        flow.figure("crest", 58, 58, seed=len(style.head))
    for line in templates.fill(style.head, templates.of_header(record.header)):
        for pointer in ("/header/title", "/header/date", "/header/meeting", "/header/venue"):
            flow.where.setdefault(pointer, flow.page.number)
        inset = style.head_inset
        flow.paragraph([Span(line, style.head_bold)], left=inset, right=inset, align="centre")
    if style.head_end == "rule":
        flow.rule(150)
    elif style.head_end == "asterisks":
        flow.paragraph("*" * 36, align="centre")


def _box_last(flow: Flow) -> None:
    """A ruled box around the last line set."""
    piece = flow.page.pieces[-1]
    x0, x1 = piece.x0 - 6, piece.x1 + 6
    y0, y1 = piece.y - 1.15 * piece.size, piece.y + 0.5 * piece.size
    flow.page.rules += [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]


def _time(flow: Flow, text: str, style: Style, pointer: str) -> None:
    dressed = Span(text, bold=style.times == "bold", underline=style.times == "underline")
    flow.paragraph([dressed], pointer=pointer)


def _signatures(flow: Flow, record: Record, style: Style) -> None:
    signing = style.signing
    blocks = [
        templates.fill(signing.each.get(index, signing.lines), templates.of_signatory(signatory))
        for index, signatory in enumerate(record.signatories)
    ]
    step = 2 if signing.side_by_side else 1
    for start in range(0, len(blocks), step):
        together = list(range(start, min(start + step, len(blocks))))
        height = signing.above + max(len(blocks[index]) for index in together) + 1
        flow.ensure(height)
        # Room for a hand above the name, at the top of a page too.
        flow.y += signing.above * flow.sheet.pitch
        columns = []
        for index in together:
            left = (index - start) * (flow.sheet.width - signing.width) if signing.side_by_side else signing.left
            columns.append(Column(left, signing.width, blocks[index], "centre"))
            if index in signing.scrawl:
                _scrawl(flow, left, signing.width, seed=len(blocks[index][0]) * 7 + index)
        flow.row(columns, pointer=f"/signatories/{start}")
        for index in together:
            flow.mark(f"/signatories/{index}")


def _scrawl(flow: Flow, left: float, width: float, seed: int) -> None:
    """A signature in the space above a block, its tail reaching into the name."""
    x = flow.sheet.left + left + width * 0.3
    top = flow.y - 0.75 * flow.sheet.pitch
    flow.page.figures.append(Figure("scrawl", x, top, x + width * 0.4, flow.y + 0.35 * flow.sheet.pitch, seed))
