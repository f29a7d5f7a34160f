"""Columns of an attendance list without rules: where cells of several rows begin."""

from __future__ import annotations

import re

from pipeline.layout import Traced
from pipeline.parse.attendance.numbers import NumberedRow
from pipeline.parse.names import (
    is_monk,
    is_name,
    is_post,
    is_role,
    may_be_family_name,
    reason_in,
    represents,
    title_end,
)

COLUMN_WIDTH = 0.05  # cells that begin within this share of the page width stand in one column
UNDER = 0.5  # of a cell's width under a column: it goes on with that column

Span = tuple[float, float]  # left and right, in fractions of the page width


def find_columns(rows: list[NumberedRow]) -> list[float]:
    """Where the columns after the first begin: places that cells of several rows share."""
    places = sorted(x for cells in rows for x, _ in cells.cells[1:])
    groups: list[list[float]] = []
    for x in places:
        if groups and x - groups[-1][-1] < COLUMN_WIDTH:
            groups[-1].append(x)
        else:
            groups.append([x])
    enough = max(2, len(rows) // 4) if len(rows) > 2 else 1
    columns = [group[len(group) // 2] for group in groups if len(group) >= enough]
    return [x for x in columns if not _is_family_names(rows, x)]


def wrapped_columns(rows: list[NumberedRow]) -> list[float]:
    """Where columns begin that only cells which go on over lines tell: beside the rest of a name, or under a cell."""
    beside = [x for cells in rows if not cells.number_text for x, _ in cells.cells[1:]]
    under = [cells.cells[0][0] for cells in rows if not cells.number_text and cells.cells]
    seconds = [x for cells in rows if cells.number_text for x, text in cells.cells[1:] if _opens_column(text)]
    beside += [x for x in seconds if any(abs(x - place) < COLUMN_WIDTH / 2 for place in under)]
    places: list[float] = []
    for x in sorted(beside):
        if not places or x - places[-1] >= COLUMN_WIDTH:
            places.append(x)
    return [x for x in places if not _is_family_names(rows, x)]


def _is_family_names(rows: list[NumberedRow], column: float) -> bool:
    """Do family names, set apart from given names by a tab, make this column?"""
    votes = 0
    total = 0
    for cells in rows:
        for index, (x, cell) in enumerate(cells.cells[1:], start=1):
            if abs(x - column) < COLUMN_WIDTH:
                total += 1
                votes += _is_family_name(cells.cells[index - 1][1].value, cell.value, index + 1 < len(cells.cells))
    return votes * 2 > total


def _is_family_name(before: str, text: str, followed: bool = False) -> bool:
    """Is `text` the family name to the titles and given name in `before`?

    Args:
        followed: an office or a role follows in a column of its own, so that กองแก้ว is none.
    """
    end = title_end(before)
    if not end or len(before[end:].split()) != 1 or len(text.split()) > 2:
        return False
    if followed and may_be_family_name(text) and not is_monk(before):
        return True
    return not (is_post(text) or is_role(text) or reason_in(text) or is_name(text))


def cut_at_columns(
    x: float, text: Traced, columns: list[float], borrowed: tuple[float, ...] = ()
) -> list[tuple[float, Traced]]:
    """A cell that runs on into the next columns for want of a wide gap, cut at the words that begin there.

    At a column `borrowed` from another list it is only cut before an office, a role or a reason.
    """
    parts: list[tuple[float, Traced]] = []
    start = 0
    for word in re.finditer(r"(?<=\s)\S", text.text):
        left = text.left_of(word.start())
        if (
            left is not None
            and left > x + COLUMN_WIDTH
            and any(
                abs(column - left) < COLUMN_WIDTH / 2
                and (column not in borrowed or _opens_column(text.cut(word.start())))
                for column in columns
            )
        ):
            parts.append((x, text.cut(start, word.start())))
            start, x = word.start(), left
    return [*parts, (x, text.cut(start))]


def by_column(cells: NumberedRow, columns: list[float], spans: dict[int, Span]) -> dict[int, list[Traced]]:
    """The cells of a row by column; a cell that begins at no column belongs to the one before it.

    On a row without number the first cell may go on with a centred column: the one it stands under.
    """
    placed: dict[int, list[Traced]] = {}
    current = 0
    for index, (x, text) in enumerate(cells.cells):
        near = [n for n, column in enumerate(columns, start=1) if abs(column - x) < COLUMN_WIDTH]
        if near and not (index == 0 and cells.number_text):
            current = near[0]
        elif (
            index
            and current == 0
            and not _is_family_name(cells.cells[index - 1][1].value, text.value, index + 1 < len(cells.cells))
        ):
            current = _column_by_kind(text, columns, x)
        elif index == 0 and not cells.number_text:
            current = _column_above(text, spans)
        placed.setdefault(current, []).append(text)
    return placed


def column_spans(rows: list[NumberedRow], columns: list[float]) -> dict[int, Span]:
    """From where to where the cells of each column reach."""
    spans: dict[int, Span] = {}
    for cells in rows:
        for x, text in cells.cells[1:]:
            number = next((n for n, column in enumerate(columns, start=1) if abs(column - x) < COLUMN_WIDTH), None)
            if number and text.box:
                left, right = spans.get(number, (1.0, 0.0))
                spans[number] = min(left, text.box[0]), max(right, text.box[2])
    return spans


def _column_above(text: Traced, spans: dict[int, Span]) -> int:
    """The column that the text stands under with most of its width; 0, the name's, when there is none."""
    if text.box is None:
        return 0
    x0, _, x1, _ = text.box
    under = {number: min(x1, right) - max(x0, left) for number, (left, right) in spans.items()}
    best = max(under, key=lambda number: (round(under[number], 3), number), default=0)
    return best if best and under[best] > UNDER * (x1 - x0) else 0


def _opens_column(text: Traced) -> bool:
    """Is the text an office, a role or a reason, and no part of a name?"""
    reason = reason_in(text.text.strip("() "))
    return bool(is_post(text.text) or is_role(text.text) or reason or represents(text))


def _column_by_kind(text: Traced, columns: list[float], x: float) -> int:
    """A ragged cell after the name: an office or a role opens the nearest column, other words go on with the name."""
    if not _opens_column(text):
        return 0
    if not columns:
        return 1
    return min(range(len(columns)), key=lambda n: abs(columns[n] - x)) + 1
