"""An agenda inside ruled tables: วาระ | สาระสำคัญ | มติที่ประชุม | ผู้รับผิดชอบ.

A head stands in a cell with its words (วาระที่ ๔ …), as a number in a cell of its own, or as a dotted number before a
paragraph. The title is all of its cell where another column tells of the matter, else the cell's first paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.layout import Element, Row, Table, Traced
from pipeline.parse.agenda.cells import Column, paragraphs, split_title
from pipeline.parse.draft import flow_together
from pipeline.parse.markers import Announced
from pipeline.parse.markers.agenda_head import agenda_head, bare_number
from pipeline.parse.markers.resolution import resolution_marker
from pipeline.parse.wording import says_nothing
from pipeline.thai.fold import match_prefix, similarity
from pipeline.thai.numbers import agenda_number
from pipeline.vocabulary import vocabulary

FEWEST = 2  # heads that make an agenda of a table
LARGEST_STEP = 4  # a dotted number is at most so many after the one before it
SAME_COLUMN = 0.02  # of the page width: columns of a table that goes on over the page
SAME_LABEL = 0.8  # similarity of a column's head to a known one

Lines = tuple[Traced, ...]
Head = tuple[str, Traced, Traced]  # the number, its place, and the words behind it


@dataclass(slots=True)
class Entry:
    """What a row of the table says of an item.

    Attributes:
        number, number_text: of the item that it opens, and its place; None where it goes on with the one before.
        title: of the item that it opens.
        body: paragraphs on the matter.
        decided: the paragraphs of its resolution.
    """

    number: str | None = None
    number_text: Traced | None = None
    title: Traced | None = None
    body: list[Row] = field(default_factory=list)
    decided: list[Row] = field(default_factory=list)


def tabled(body: list[Announced]) -> dict[int, list[Entry]]:
    """The entries of the tables that hold the agenda, by their places; none where heads stand outside of tables."""
    if any(marker and marker.kind == "agenda" for _, marker in body):
        return {}
    reader = _Reader()
    found = {place: reader.read(element) for place, (element, _) in enumerate(body) if isinstance(element, Table)}
    opened = sum(map(_heads, found.values()))
    return {place: entries for place, entries in found.items() if entries} if opened >= FEWEST else {}


def holds_agenda(element: Element) -> bool:
    """Is the element a table with an agenda in it?"""
    return isinstance(element, Table) and _heads(_Reader().read(element)) >= FEWEST


def _heads(entries: Iterable[Entry]) -> int:
    return sum(entry.number_text is not None for entry in entries)


class _Reader:
    """Reads the tables of a paper one after the other; what the columns hold is told at the head of the first."""

    def __init__(self) -> None:
        self._kinds: dict[int, str] = {}
        self._places: tuple[float, ...] = ()
        self._numbers: list[str] = []  # of the items so far

    def read(self, table: Table) -> list[Entry]:
        """The entries of a table; none where it holds no agenda."""
        rows = list(table.rows)
        goes_on = _stand_alike(table.columns, self._places)
        kinds = _kinds(rows[0]) if rows else {}
        if kinds:
            rows = rows[1:]
        elif goes_on:
            kinds = self._kinds
        if "resolution" not in kinds.values():
            worded = sum(agenda_head(line) is not None for row in rows for lines in row for line in lines)
            if worded < FEWEST and not goes_on and not ("aside" in kinds.values() and len(kinds) > FEWEST):
                return []
            kinds |= dict.fromkeys(_of_decisions(rows), "resolution")
        self._kinds, self._places = kinds, table.columns
        columns = [Column.of(table, place) for place in range(len(table.columns))]
        return [entry for row in rows for entry in self._entries(row, columns)]

    def _entries(self, row: tuple[Lines, ...], columns: list[Column]) -> list[Entry]:
        """The items that a row opens, the last with what the other cells say; or what it adds to the one before."""
        filled = [place for place, lines in enumerate(row) if any(lines)]
        if not filled:
            return []
        entries: list[Entry] = []
        if number := _number_alone(row[filled[0]]):
            entries.append(self._opened(*number))
            filled = filled[1:]
        first = filled[0] if filled else 0
        if filled and (self._tells(first) or self._head(row[first][0])):
            told = any(self._tells(place) for place in range(first + 1, len(row)))
            self._take_matter(entries, row[first], columns[first], told)
            filled = filled[1:]
        last = entries[-1] if entries else Entry()
        for place in filled:
            _take_cell(last, row[place], columns[place], self._kinds.get(place))
        return entries or [last]

    def _tells(self, place: int) -> bool:
        """Does the column tell of the matter?"""
        return self._kinds.get(place, "matter") == "matter"

    def _opened(self, number: str, place: Traced) -> Entry:
        self._numbers.append(number)
        return Entry(number or None, place)

    def _take_matter(self, entries: list[Entry], lines: Lines, column: Column, told: bool) -> None:
        """A cell with titles: their heads, and what follows them.

        Args:
            told: another column tells of the matter, so that the cell is all title.
        """
        parts: list[tuple[Entry, list[Traced]]] = [(entries[-1], [])] if entries else []
        for line in lines:
            if head := self._head(line):
                entries.append(self._opened(*head[:2]))
                parts.append((entries[-1], [head[2]] if head[2] else []))
                continue
            if not parts:
                entries.append(Entry())
                parts.append((entries[-1], []))
            parts[-1][1].append(line)
        for entry, own in parts:
            own, decided = _decided(own)
            if entry.number_text is not None:
                title, own = (own, []) if told else split_title(own, column)
                entry.title = flow_together(title)
            entry.body += paragraphs(own, column)
            entry.decided += paragraphs(decided, column)

    def _head(self, line: Traced) -> Head | None:
        """The head that a line opens with, in words or as the next dotted number."""
        if worded := agenda_head(line):
            marker = worded[1]
            return (marker.detail, marker.number, marker.rest) if marker.number else None
        bare = bare_number(line)
        return bare if bare and self._is_next(bare[0]) else None

    def _is_next(self, number: str) -> bool:
        """Is a dotted number that of the next item under an open one?"""
        parent, _, step = number.rpartition(".")
        steps = [own for above, _, own in (other.rpartition(".") for other in self._numbers) if above == parent]
        return parent in self._numbers and 0 < int(step) - int(steps[-1] if steps else 0) <= LARGEST_STEP


def _kinds(head: tuple[Lines, ...]) -> dict[int, str]:
    """What the columns hold, by the words at their heads; nothing where the row is no head."""
    found: dict[int, str] = {}
    for place, lines in enumerate(head):
        text = " ".join(line.text for line in lines)
        known = vocabulary().agenda_columns.items()
        nearest, kind = max((max(similarity(text, label) for label in labels), kind) for kind, labels in known)
        if nearest > SAME_LABEL:
            found[place] = kind
        elif resolution_marker(flow_together(lines)):  # มติคณะกรรมการ
            found[place] = "resolution"
    return found if len(found) >= FEWEST else {}


def _of_decisions(rows: list[tuple[Lines, ...]]) -> list[int]:
    """The columns but the first whose cells mostly begin as decisions do."""
    found = []
    for place in range(1, len(rows[0]) if rows else 0):
        texts = [flow_together(row[place]).text for row in rows if any(row[place])]
        if sum(any(match_prefix(text, word) for word, _ in vocabulary().decisions) for text in texts) * 2 > len(texts):
            found.append(place)
    return found


def _stand_alike(places: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return len(places) == len(others) and all(
        abs(one - other) < SAME_COLUMN for one, other in zip(places, others, strict=True)
    )


def _number_alone(lines: Lines) -> tuple[str, Traced] | None:
    """The number that is all of a cell: ๔, ๔.๑, วาระที่ ๔."""
    text = flow_together(lines)
    if (worded := agenda_head(text)) and worded[1].number:
        return None if worded[1].rest else (worded[1].detail, worded[1].number)
    found = agenda_number(text.text)
    return (found[0], text.cut(0, found[1])) if found and not text.text[found[1] :].strip(" .)") else None


def _take_cell(entry: Entry, lines: Lines, column: Column, kind: str | None) -> None:
    """A cell beside that of the title: the resolution, or more on the matter, which may end in one."""
    own, decided = (list(lines), []) if kind == "aside" else _decided(lines)
    if kind == "resolution" and not decided and not says_nothing(flow_together(own).text):
        own, decided = [], own
    entry.body += paragraphs(own, column)
    entry.decided += paragraphs(decided, column)


def _decided(lines: Sequence[Traced]) -> tuple[list[Traced], list[Traced]]:
    """The lines of a cell up to the words before a resolution, and what stands behind those."""
    for place, line in enumerate(lines):
        if marked := resolution_marker(line):
            return list(lines[:place]), [marked[1].rest, *lines[place + 1 :]]
    return list(lines), []
