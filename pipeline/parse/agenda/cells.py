"""The text of a table's cell: lines into paragraphs, by the room that the cell leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout import Layout, Row, Table, Traced
from pipeline.parse.agenda.title_end import tells_which
from pipeline.parse.blocks import is_labelled
from pipeline.parse.draft import flow_together
from pipeline.parse.wording import is_resolution_sentence, is_unfinished, says_nothing
from pipeline.thai.fold import fold
from pipeline.vocabulary import vocabulary

MARGIN = 0.012  # of the page width: between a rule and the text beside it


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text of a table's column may stand, in fractions of the page width."""

    left: float
    right: float

    @classmethod
    def of(cls, table: Table, place: int) -> Column:
        """The column at `place`, counted from 0."""
        edges = (*table.columns, table.box[2])
        return cls(edges[place], edges[place + 1] - MARGIN)

    def breaks_off(self, above: Row, row: Row) -> bool:
        """Did the line `above` end of its own will?"""
        return Layout((), (), self.left, self.right).breaks_off(above, row)


def paragraphs(lines: Sequence[Traced], column: Column) -> list[Row]:
    """The paragraphs of a cell, each as one row that takes no room: nothing goes on behind it."""
    found: list[list[Row]] = []
    for row in _rows(lines):
        if not found or column.breaks_off(found[-1][-1], row) or is_labelled(row.text):
            found.append([])
        found[-1].append(row)
    return [_whole(rows) for rows in found]


def split_title(lines: Sequence[Traced], column: Column) -> tuple[list[Traced], list[Traced]]:
    """The lines of a title, and those of the cell that follow it."""
    rows = _rows(lines)
    for place in range(1, len(rows)):
        if _ends_title(rows[:place], rows[place], column):
            return [row.text for row in rows[:place]], [row.text for row in rows[place:]]
    return [row.text for row in rows], []


def _ends_title(title: list[Row], row: Row, column: Column) -> bool:
    """Does a title end above `row`?"""
    above, text = title[-1], row.text.text
    if is_labelled(row.text) or says_nothing(text) or is_resolution_sentence(text):
        return True
    if is_unfinished(above.text.text) or tells_which(text):
        return False
    known = fold(flow_together([one.text for one in title]).text)
    return column.breaks_off(above, row) or any(fold(usual) == known for usual in vocabulary().agenda_titles)


def _rows(lines: Sequence[Traced]) -> list[Row]:
    return [Row(line.page, (line,), line.box, 0.0) for line in lines if line.page and line.box]


def _whole(rows: list[Row]) -> Row:
    first = rows[0]
    box = (first.left, first.box[1], first.left, rows[-1].box[3])
    return Row(first.page, (flow_together([row.text for row in rows]),), box, 0.0)
