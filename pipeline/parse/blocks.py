"""Body text: rows into paragraphs, list items with their labels nested, tables and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.layout import Element, Layout, Picture, Row, Table, Traced
from pipeline.parse.draft import Leaf, flow_together, leaf
from pipeline.parse.wording import is_unfinished, says_nothing, states_resolution
from pipeline.thai.numbers import find_times

INDENT = 0.02  # of the page width: a first line is set in by more than this

_LABEL = re.compile(
    r"(?P<label>(?:[0-9๐-๙]{1,2}(?:\s?\.\s?[0-9๐-๙]{1,2})+[.)]?|[0-9๐-๙]{1,2}\s?[.)]|\([0-9๐-๙]{1,2}\))"
    r"(?=\s|[ก-๎A-Za-z(\"“])|(?:[ก-ฮ]\.|\([ก-ฮ]\)|[-–—•●○▪*])(?=\s|[ก-๎A-Za-z(\"“])(?![ก-ฮ]{1,2}\.))"
)
_SPEAKER = re.compile(r"[ก-๎][^-–]{2,28}[\sฯ][-–]\s+(?=\S)")


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, list item, table or figure while it is gathered."""

    lines: list[Traced]
    label: Traced | None
    left: float
    table: Table | None = None
    picture: Picture | None = None
    children: list[Block] = field(default_factory=list)

    @property
    def text(self) -> Traced:
        return flow_together(self.lines)

    @property
    def depth(self) -> float:
        """How deep its label says it stands: 1.1.2 is deeper than 1.1, a dash by its indent."""
        if self.label is None:
            return 0
        numbers = re.findall(r"[0-9๐-๙]+", self.label.text)
        if len(numbers) > 1:
            return len(numbers)
        if numbers:
            return 1 if "." in self.label.text else 20
        return 30 + self.left

    def draft(self) -> dict[str, Any] | Leaf:
        """As a draft of `schemas.Block`; of a figure the block itself was read from its place on the page."""
        if self.picture is not None:
            figure: dict[str, Any] = {"kind": "figure", "label": None, "text": "", "rows": None, "children": []}
            return Leaf(figure, self.picture.trace, "body.figure")
        if self.table is not None:
            rows = [[leaf(flow_together(cell), "body.table") or "" for cell in row] for row in self.table.rows]
            return {"kind": "table", "label": None, "text": "", "rows": rows, "children": []}
        return {
            "kind": "list_item" if self.label else "paragraph",
            "label": leaf(self.label, "body.label") if self.label else None,
            "text": leaf(self.text, "body.text") or "",
            "rows": None,
            "children": [child.draft() for child in self.children],
        }


def gather_blocks(elements: list[Element], layout: Layout, opening: tuple[Traced, Row] | None = None) -> list[Block]:
    """The blocks of a stretch of body text, in order, not nested yet.

    Args:
        elements: its rows, tables and pictures.
        layout: for the margins.
        opening: text that begins the stretch at the end of a row of another kind (a marker's row).
    """
    blocks: list[Block] = []
    above: Row | None = None
    if opening and opening[0]:
        blocks, above = [_begun(opening[0], opening[1].left)], opening[1]
    for place, element in enumerate(elements, start=1):
        below = elements[place] if place < len(elements) else None
        if isinstance(element, Table):
            blocks.append(Block([], None, element.box[0], element))
            above = None
            continue
        if isinstance(element, Picture):
            blocks.append(Block([], None, element.box[0], picture=element))
            above = None
            continue
        text = element.text
        begins = above is None or not blocks or blocks[-1].table is not None or starts_paragraph(element, above, layout)
        begun = _begun(text, element.left)
        begins = begins or (isinstance(below, Row) and _returns(below, element, layout))
        if begins or (begun.label and _follows(begun.label.text, blocks)):
            blocks.append(begun)
        else:
            blocks[-1].lines.append(text)
        above = element
    return blocks


def _begun(text: Traced, left: float) -> Block:
    """The block that begins with the line `text`: a list item where a label stands first."""
    label = None if says_nothing(text.text) else _LABEL.match(text.text)
    if label is None or any(time.start == 0 for time in find_times(text.text)):
        return Block([text], None, left)
    return Block([text.cut(label.end())], text.cut(*label.span("label")), left)


def is_labelled(text: Traced) -> bool:
    """Does the line `text` begin with the label of a list item?"""
    return _begun(text, 0.0).label is not None


def _follows(label: str, blocks: list[Block]) -> bool:
    """Is the label's number the one after that of the last item? Then a full line above it ended that item."""
    before = next((block.label for block in reversed(blocks) if block.label), None)
    numbers = [re.findall(r"[0-9๐-๙]+", text) for text in (before.text if before else "", label)]
    return bool(numbers[0] and numbers[1]) and int(numbers[1][-1]) == int(numbers[0][-1]) + 1


def starts_paragraph(row: Row, above: Row, layout: Layout) -> bool:
    """Does a new paragraph begin at `row`, or does the one of the row `above` go on?"""
    if layout.breaks_off(above, row) or names_speaker(row):
        return True
    if states_resolution(row.text.text) and not is_unfinished(above.text.text):
        return True
    speech = _speech_left(above)
    if speech is not None and abs(row.left - speech) < INDENT / 2:
        return False  # goes on under the words of the one who speaks
    return row.left > layout.left + INDENT and row.left > above.left + INDENT / 2


def _returns(below: Row, row: Row, layout: Layout) -> bool:
    """Does the text of `row` go on at the margin in the row `below`? Then `row` is set in as a first line is."""
    return (
        below.left < layout.left + INDENT < row.left
        and not layout.breaks_off(row, below)
        and not (_begun(below.text, below.left).label or names_speaker(below) or _SPEAKER.match(below.text.text))
    )


def _speech_left(row: Row) -> float | None:
    """Where words begin that others in the row announce: in a column of their own, or behind a speaker's dash."""
    if len(row.cells) > 1:
        box = row.cells[-1].box
        return box[0] if box else None
    speaker = _SPEAKER.match(row.text.text)
    return row.text.left_of(speaker.end()) if speaker else None


def names_speaker(row: Row) -> bool:
    """Does the row have a speaker in a column of its own: `ประธานสภา -`?"""
    if len(row.cells) < 2:
        return False
    return row.cells[0].text.rstrip().endswith(("-", "–")) or row.cells[1].text.startswith(("- ", "– "))


def nest(blocks: list[Block]) -> list[Block]:
    """List items under the items they belong to, by the depth of their labels."""
    roots: list[Block] = []
    stack: list[Block] = []
    for block in blocks:
        if block.label is None:
            stack = []
            roots.append(block)
            continue
        while stack and stack[-1].depth >= block.depth - INDENT:
            stack.pop()
        (stack[-1].children if stack else roots).append(block)
        stack.append(block)
    return roots


def draft_blocks(blocks: list[Block]) -> list[dict[str, Any] | Leaf]:
    """Blocks as drafts of `schemas.Block`, list items nested, empty ones left out."""
    return [block.draft() for block in nest(blocks) if block.table or block.picture or block.text or block.label]
