"""The rows of an attendance list gathered into entries: one entry a person, its text by column.

Both kinds of list come out alike: columns without rules, told by where cells begin, and ruled tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.layout import Element, Row, Table, Traced
from pipeline.parse.names import is_name, is_post, is_role, reason_in, represents, title_end
from pipeline.thai.fold import similarity
from pipeline.thai.numbers import parse_int
from pipeline.vocabulary import vocabulary

COLUMN_WIDTH = 0.03  # cells that begin within this share of the page width stand in one column
NUMBER_SHIFT = 0.02  # numbers of one list begin within this share of the page width

_NUMBER = re.compile(r"^[(\s.,'\"‘’]*(?P<digits>[0-9๐-๙]{1,3})\s*(?:[.,)]+|(?=\s|$))\s*")
_MISREAD = re.compile(r"^\s*(?P<digits>[^\sก-ฮ]{1,3}|[ก-ฮ])\s*[.,]\s*(?=\S)")
_INNER_NUMBER = re.compile(r"\s[0-9๐-๙]{1,3}[.)]\s*(?=[ก-๎])")
_ALONE = re.compile(r"[^\sก-ฮ]{1,4}|[ก-ฮ][.,]?")
_JUNK = re.compile(r"^\s*(?P<digits>[^\sก-ฮ]{1,4}|[ก-ฮ])\s+(?=\S)")


@dataclass(slots=True)
class Entry:
    """One person of a list.

    Attributes:
        number: the printed number and where it stands; None where none is printed or legible.
        number_text: the place of the number, also when it could not be read.
        columns: lines of text by column; column 0 has the name.
    """

    number: int | None = None
    number_text: Traced | None = None
    columns: dict[int, list[Traced]] = field(default_factory=dict)

    def add(self, column: int, text: Traced) -> None:
        if text:
            self.columns.setdefault(column, []).append(text)


@dataclass(frozen=True, slots=True)
class Roster:
    """The entries of a list, and for ruled tables what the head row calls the columns."""

    entries: list[Entry]
    labels: dict[int, str]


def gather(elements: list[Element]) -> Roster:
    """The entries of one attendance list."""
    rows = [element for element in elements if isinstance(element, Row)]
    entries: list[Entry] = []
    labels: dict[int, str] = {}
    if rows:
        entries += _from_rows(rows)
    for element in elements:
        if isinstance(element, Table):
            found, names = _from_table(element)
            labels |= names
            entries += found
    return Roster(entries, labels)


@dataclass(slots=True)
class _Cells:
    """A row with its number taken off: `cells` are what is left, with where each begins."""

    row: Row
    number: int | None
    number_text: Traced | None
    cells: list[tuple[float, Traced]]


def _from_rows(rows: list[Row]) -> list[Entry]:
    single = [part for row in rows if not _is_column_head(row) for part in _one_person_each(row)]
    split = [_take_number(row) for row in single]
    home = _number_place(split)
    split = [_take_misread_number(cells, home) for cells in split]
    columns = _columns([cells for cells in split if cells.number_text])
    entries: list[Entry] = []
    numbered = any(cells.number_text for cells in split)
    for cells in split:
        cells.cells = [part for x, text in cells.cells for part in _cut_at_columns(x, text, columns)]
        starts = cells.number_text is not None or (not numbered and _starts_person(cells))
        if starts:
            entries.append(Entry(cells.number, cells.number_text))
        elif not entries:
            continue
        entry = entries[-1]
        for place, parts in _placed(cells, columns).items():
            entry.add(place, Traced.join(parts))
    return entries


def _one_person_each(row: Row) -> list[Row]:
    """A row on which several numbered people follow one another, as rows of one person each."""
    rows: list[list[Traced]] = [[]]
    for cell in row.cells:
        start = 0
        for number in _INNER_NUMBER.finditer(cell.text):
            if is_name(cell.text[number.end() :]):
                rows[-1].append(cell.cut(start, number.start()))
                rows.append([])
                start = number.start()
        rest = cell.cut(start)
        if rows[-1] and _INNER_NUMBER.match(" " + rest.text) and start == 0:
            rows.append([])
        rows[-1].append(rest)
    if len(rows) == 1:
        return [row]
    return [replace(row, cells=tuple(cell for cell in cells if cell)) for cells in rows if any(cells)]


def _starts_person(cells: _Cells) -> bool:
    return bool(cells.cells) and (is_name(cells.cells[0][1].text) or is_post(cells.cells[0][1].text))


def _take_number(row: Row) -> _Cells:
    cells = [(cell.box[0] if cell.box else row.left, cell) for cell in row.cells if cell]
    if not cells:
        return _Cells(row, None, None, [])
    first = cells[0][1]
    match = _NUMBER.match(first.text)
    if not match or (match.end() == len(first) and len(cells) == 1):
        return _Cells(row, None, None, cells)
    if not re.search(r"[.,)]", match.group()) and match.end() < len(first) and not is_name(first.text[match.end() :]):
        return _Cells(row, None, None, cells)
    return _without_number(row, cells, match, parse_int(match["digits"]))


def _take_misread_number(cells: _Cells, home: float | None) -> _Cells:
    """A number that the reader had no digits for: junk where the list's other numbers stand."""
    if cells.number_text or not cells.cells or home is None:
        return cells
    text = cells.cells[0][1].text
    if len(cells.cells) > 1 and _ALONE.fullmatch(text) and is_name(cells.cells[1][1].text):
        return _Cells(cells.row, None, cells.cells[0][1], cells.cells[1:])
    match = _MISREAD.match(text) or _JUNK.match(text)
    if not match or title_end(text):
        return cells
    named = is_name(text[match.end() :])
    if not named and (match.re is _JUNK or abs(cells.row.left - home) > NUMBER_SHIFT):
        return cells
    return _without_number(cells.row, cells.cells, match, None)


def _without_number(row: Row, cells: list[tuple[float, Traced]], match: re.Match[str], number: int | None) -> _Cells:
    first = cells[0][1]
    rest = first.cut(match.end()).strip(".,-–'‘’\"")
    left = [(rest.box[0] if rest.box else row.left, rest)] if rest else []
    return _Cells(row, number, first.cut(*match.span("digits")), left + cells[1:])


def _number_place(rows: list[_Cells]) -> float | None:
    places = sorted(cells.row.left for cells in rows if cells.number_text)
    return places[len(places) // 2] if places else None


def _columns(rows: list[_Cells]) -> list[float]:
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


def _is_family_names(rows: list[_Cells], column: float) -> bool:
    """Do family names, set apart from given names by a tab, make this column?"""
    votes = 0
    total = 0
    for cells in rows:
        for index, (x, cell) in enumerate(cells.cells[1:], start=1):
            if abs(x - column) < COLUMN_WIDTH:
                total += 1
                votes += _is_family_name(cells.cells[index - 1][1].value, cell.value)
    return votes * 2 > total


def _is_family_name(before: str, text: str) -> bool:
    end = title_end(before)
    if not end or len(before[end:].split()) != 1 or len(text.split()) > 2:
        return False
    return not (is_post(text) or is_role(text) or reason_in(text) or is_name(text))


def _cut_at_columns(x: float, text: Traced, columns: list[float]) -> list[tuple[float, Traced]]:
    """A cell that runs on into the next columns for want of a wide gap, cut at the words that begin there."""
    parts: list[tuple[float, Traced]] = []
    start = 0
    for word in re.finditer(r"(?<=\s)\S", text.text):
        left = text.left_of(word.start())
        if (
            left is not None
            and left > x + COLUMN_WIDTH
            and any(abs(column - left) < COLUMN_WIDTH / 2 for column in columns)
        ):
            parts.append((x, text.cut(start, word.start())))
            start, x = word.start(), left
    return [*parts, (x, text.cut(start))]


def _placed(cells: _Cells, columns: list[float]) -> dict[int, list[Traced]]:
    """The cells of a row by column; a cell that begins at no column belongs to the one before it."""
    placed: dict[int, list[Traced]] = {}
    current = 0
    for index, (x, text) in enumerate(cells.cells):
        near = [n for n, column in enumerate(columns, start=1) if abs(column - x) < COLUMN_WIDTH]
        if near and not (index == 0 and cells.number_text):
            current = near[0]
        elif index and current == 0 and not _is_family_name(cells.cells[index - 1][1].value, text.value):
            current = _column_by_kind(text, columns, x)
        placed.setdefault(current, []).append(text)
    return placed


def _column_by_kind(text: Traced, columns: list[float], x: float) -> int:
    """A ragged cell after the name: an office or a role opens the nearest column, other words go on with the name."""
    if not (is_post(text.text) or is_role(text.text) or reason_in(text.text) or represents(text)):
        return 0
    if not columns:
        return 1
    return min(range(len(columns)), key=lambda n: abs(columns[n] - x)) + 1


def _is_column_head(row: Row) -> bool:
    labels = [label for spellings in vocabulary().attendance_columns.values() for label in spellings]
    return len(row.cells) > 1 and all(
        any(similarity(cell.text, label) > 0.85 for label in labels) for cell in row.cells
    )


def _from_table(table: Table) -> tuple[list[Entry], dict[int, str]]:
    """The people of a ruled table; column 0 is the name's, the others count from 1."""
    labels: dict[int, str] = {}
    body = list(table.rows)
    if body and (found := _labels(body[0])):
        labels, body = found, body[1:]
    number_column = _labelled(labels, "number")
    if number_column is None and _is_number_column(body, 0):
        number_column = 0
    name_column = _labelled(labels, "name")
    if name_column is None:
        name_column = 0 if number_column is None else number_column + 1
    entries: list[Entry] = []
    for row in body:
        number = Traced.join(row[number_column]) if number_column is not None else Traced("", ())
        if not any(row):
            continue
        if number or not entries or (name_column < len(row) and row[name_column] and number_column is None):
            entries.append(Entry(parse_int(number.text.strip(" .")), number or None))
        for column, lines in enumerate(row):
            if column != number_column:
                for line in lines:
                    entries[-1].add(_relative(column, name_column), line)
    return entries, {_relative(column, name_column): label for column, label in labels.items() if label != "number"}


def _relative(column: int, name_column: int) -> int:
    """Column numbers with the name's column as 0; columns before it come after all others."""
    return column - name_column if column >= name_column else 50 + column


def _labels(head: tuple[tuple[Traced, ...], ...]) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, lines in enumerate(head):
        text = " ".join(line.text for line in lines)
        for label, spellings in vocabulary().attendance_columns.items():
            if any(similarity(text, spelling) > 0.8 for spelling in spellings):
                found.setdefault(column, label)
    return found if len(found) > 1 or "name" in found.values() else {}


def _labelled(labels: dict[int, str], wanted: str) -> int | None:
    return next((column for column, label in labels.items() if label == wanted), None)


def _is_number_column(rows: list[tuple[tuple[Traced, ...], ...]], column: int) -> bool:
    texts = [Traced.join(row[column]).text.strip(" .") for row in rows if row[column]]
    return bool(texts) and sum(parse_int(text) is not None or len(text) <= 2 for text in texts) * 2 > len(texts)
