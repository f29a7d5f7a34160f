"""An agenda inside ruled tables: วาระ | สาระสำคัญ | มติที่ประชุม | ผู้รับผิดชอบ.

A head stands in a cell with its words (วาระที่ ๔ …), as a number in a column of its own, or as a dotted number before
a paragraph. The title is the cell's text where another column tells of the matter, else the cell's first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.layout import Element, Row, Table, Traced
from pipeline.parse.agenda.cells import paragraphs, title_lines
from pipeline.parse.markers import Announced
from pipeline.parse.markers.agenda_head import agenda_head, bare_number
from pipeline.parse.markers.resolution import resolution_marker
from pipeline.parse.wording import says_nothing
from pipeline.thai.fold import similarity
from pipeline.thai.numbers import agenda_number
from pipeline.vocabulary import vocabulary

FEWEST = 2  # heads that make an agenda of a table
LARGEST_STEP = 4  # a dotted number is at most so many after the one before it
SAME_COLUMN = 0.02  # of the page width: columns of a table that goes on over the page
LABEL = 0.8  # similarity of a column's name to a known one

Cells = tuple[tuple[Traced, ...], ...]
"""The cells of a table's row, each the lines of its text."""


@dataclass(slots=True)
class Entry:
    """What a row of the table says of an item.

    Attributes:
        number: of the item that it opens, None where it goes on with the one before.
        number_text: the place of the number.
        title: of the item that it opens.
        body: paragraphs about the matter.
        decided: the paragraphs of its resolution.
    """

    number: str | None = None
    number_text: Traced | None = None
    title: Traced | None = None
    body: list[Row] = field(default_factory=list)
    decided: list[Row] = field(default_factory=list)


def tabled(body: list[Announced]) -> dict[int, list[Entry]]:
    """The tables of the body that hold its agenda, by their places; none where heads stand outside of tables."""
    if any(marker and marker.kind == "agenda" for _, marker in body):
        return {}
    found: dict[int, list[Entry]] = {}
    reader = _Reader()
    for place, (element, _) in enumerate(body):
        if isinstance(element, Table) and (entries := reader.read(element)):
            found[place] = entries
    return found if sum(entry.title is not None for entries in found.values() for entry in entries) >= FEWEST else {}


def holds_agenda(element: Element) -> bool:
    """Is the element a table with heads of an agenda, and a column of resolutions or the words before the numbers?"""
    entries = _Reader().read(element) if isinstance(element, Table) else []
    return sum(entry.title is not None for entry in entries) >= FEWEST


class _Reader:
    """Reads the tables of a paper one after the other; what columns hold is said at the head of the first."""

    def __init__(self) -> None:
        self._kinds: dict[int, str] = {}
        self._columns: tuple[float, ...] = ()
        self._open: list[str] = []  # the numbers of the items so far

    def read(self, table: Table) -> list[Entry]:
        """The entries of a table; none where it holds no agenda."""
        rows = list(table.rows)
        kinds = _kinds(rows[0])
        if kinds:
            rows = rows[1:]
        elif self._goes_on(table):
            kinds = self._kinds
        worded = sum(_worded(lines) is not None for row in rows for lines in row)
        if "resolution" not in kinds.values() and worded < FEWEST:
            return []
        self._kinds, self._columns = kinds, table.columns
        return [entry for row in rows for entry in self._entries(row, table)]

    def _goes_on(self, table: Table) -> bool:
        return len(table.columns) == len(self._columns) and all(
            abs(one - other) < SAME_COLUMN for one, other in zip(table.columns, self._columns, strict=True)
        )

    def _entries(self, row: Cells, table: Table) -> Iterator[Entry]:
        """The items that a row opens, the last with what the other cells say; or what it adds to the one before."""
        filled = [column for column, lines in enumerate(row) if any(lines)]
        if not filled:
            return
        first = filled[0]
        entries: list[Entry] = []
        number = None if len(filled) == 1 else _number_alone(row[first])
        if number and len(filled) > 1:
            first = filled[1]
            kind = self._kinds.get(first)
            if kind not in ("resolution", "aside"):
                entries.append(self._opened(*number))
        else:
            kind = None if len(filled) == 1 else self._kinds.get(first)
        if kind not in ("resolution", "aside"):
            whole = any(self._kinds.get(column) not in ("resolution", "aside") for column in range(first + 1, len(row)))
            self._take_matter(row[first], table, first, entries, whole and len(filled) > 1)
            filled = [column for column in filled if column > first]
        last = entries[-1] if entries else Entry()
        for column in filled:
            self._take_cell(row[column], table, column, last)
        yield from entries or [last]

    def _opened(self, number: str, number_text: Traced) -> Entry:
        self._open.append(number)
        return Entry(number, number_text, Traced("", ()))

    def _take_matter(self, lines: tuple[Traced, ...], table: Table, column: int, entries: list[Entry], whole: bool) -> None:
        """The cell of titles: heads with their titles and, unless another column tells of it, the matter."""
        for part in self._parts(lines):
            head = self._head(part[0])
            if head:
                entries.append(self._opened(*head[:2]))
                part = [head[2], *part[1:]] if head[2] else part[1:]
            if entries and entries[-1].title is not None and not entries[-1].title and part:
                end = len(part) if whole else title_lines(part, table, column)
                entries[-1].title = Traced.join(part[:end], "\n")
                part = part[end:]
            if not entries:
                entries.append(Entry())
            entries[-1].body += paragraphs(part, table, column)

    def _parts(self, lines: tuple[Traced, ...]) -> list[list[Traced]]:
        """The lines of a cell, cut before each head."""
        parts: list[list[Traced]] = []
        for line in lines:
            if not parts or self._head(line):
                parts.append([])
            parts[-1].append(line)
        return parts

    def _head(self, line: Traced) -> tuple[str, Traced, Traced] | None:
        """The head that a line opens with, in words or as the next dotted number: number, its place, the rest."""
        if worded := agenda_head(line):
            marker = worded[1]
            return (marker.detail, marker.number, marker.rest) if marker.number else None
        bare = bare_number(line)
        if bare is None or not self._is_next(bare[0]):
            return None
        return bare

    def _is_next(self, number: str) -> bool:
        parent, _, step = number.rpartition(".")
        if parent not in self._open:
            return False
        last = [int(other.rpartition(".")[2]) for other in self._open if other.rpartition(".")[0] == parent]
        return 0 < int(step) - max(last, default=0) <= LARGEST_STEP
