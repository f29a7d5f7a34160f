"""Doubts about where an item's title ends: on the page nothing but the indent parts it from the text below it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.check.agenda import every_item
from pipeline.check.codes import issue
from pipeline.layout import Layout, Row, Table, Traced
from pipeline.thai.fold import fold
from schemas import AgendaItem, Evidence, Issue, Record

SAME_LEFT = 0.012  # of the page width: lines that begin within so much begin at one place
SET_IN = 0.02  # of the page width: a first line is set in by more than this
BEGINNING = 12  # letters of a paragraph that tell it from others
NEARLY = 0.1  # of the page width: a line that ends so near the margin may be full
WIDE_CELL = 0.3  # of the page width: a table's column in which titles of more than two lines are rare
MOST_LINES = 3  # of a title; what goes on for longer may be its text


def titles(record: Record, layout: Layout) -> Iterator[Issue]:
    """Titles whose last full line is followed, at the same indent, by a line that may be theirs or the text's."""
    rows = [element for element in layout.elements if isinstance(element, Row)]
    cells = [cell for element in layout.elements if isinstance(element, Table) for cell in _wide_cells(element)]
    for path, item in every_item(record.agenda):
        evidence = record.evidence.get(f"{path}/title")
        if evidence is None:
            continue
        if any(_fills(cell, evidence) for cell in cells):
            yield _doubt(path, item)
        own = [
            place
            for place, row in enumerate(rows)
            if row.page == evidence.page and evidence.box[1] < (row.box[1] + row.box[3]) / 2 < evidence.box[3]
        ]
        if own and (_may_go_on(item, own, rows, layout, evidence.box[0]) or _may_end_before(item, own, rows, layout)):
            yield _doubt(path, item)


def _doubt(path: str, item: AgendaItem) -> Issue:
    return issue(
        "agenda.title_end",
        f"where the title '{item.title[:40]}' ends is not sure: the line below begins as a line of it would",
        f"{path}/title",
    )


def _wide_cells(table: Table) -> Iterator[tuple[Traced, ...]]:
    """The cells of a table's columns that are wide enough for titles of one line."""
    edges = (*table.columns, table.box[2])
    wide = [place for place, (left, right) in enumerate(pairwise(edges)) if right - left > WIDE_CELL]
    return (row[place] for row in table.rows for place in wide)


def _fills(lines: tuple[Traced, ...], evidence: Evidence) -> bool:
    """Does a title take the lines of a cell to the last, more than two of them or two long ones?"""
    boxes = [line.box for line in lines if line.box and line.page == evidence.page]
    own = [
        box for box in boxes if evidence.box[1] < (box[1] + box[3]) / 2 < evidence.box[3] and box[0] < evidence.box[2]
    ]
    long = len(own) == 2 and own[1][2] - own[1][0] > (own[0][2] - own[0][0]) / 2
    return (len(own) > 2 or long) and own[-1] == boxes[-1]


def _may_go_on(item: AgendaItem, own: list[int], rows: list[Row], layout: Layout, words: float) -> bool:
    """May the first line of the item's text be the title's next?"""
    if own[-1] + 1 >= len(rows) or not item.body or item.body[0].label or item.body[0].rows:
        return False
    first, last, below = rows[own[0]], rows[own[-1]], rows[own[-1] + 1]
    if not fold(item.body[0].text).startswith(fold(below.text.text)[:BEGINNING]):
        return False
    after = rows[own[-1] + 2] if own[-1] + 2 < len(rows) else None
    if layout.breaks_off(last, below):  # a writer who does not part long words ends lines early
        nearly = last.right > layout.right - NEARLY and below.left < layout.left + SAME_LEFT
        return bool(nearly and after and after.left > layout.left + SET_IN)
    set_in = below.left > layout.left + SET_IN
    if set_in and after and after.left < layout.left + SAME_LEFT and not layout.breaks_off(below, after):
        return False  # plainly the first line of a paragraph
    return any(abs(below.left - left) < SAME_LEFT for left in (first.left, words, layout.left))


def _may_end_before(item: AgendaItem, own: list[int], rows: list[Row], layout: Layout) -> bool:
    """May a line taken for the title's be the first of the text: as far in as the item's number?"""
    first, rest = rows[own[0]], [rows[place] for place in own[1:]]
    if any(one.left - two.left > SET_IN for one, two in pairwise(rest)):
        return True  # a first line set in, and its paragraph
    below = rows[own[-1] + 1] if own[-1] + 1 < len(rows) and item.body else None
    if below and all(abs(below.left - row.left) > SET_IN for row in rest):
        return len(own) > MOST_LINES  # the text begins elsewhere
    same = any(abs(row.left - first.left) < SAME_LEFT for row in rest) and first.left > layout.left + SET_IN
    return same or len(own) > MOST_LINES
