"""The rows of an attendance list gathered into entries: one entry a person, its text by column.

Both kinds of list come out alike: columns without rules, told by where cells begin, and ruled tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.layout import Element, Row, Table, Traced
from pipeline.parse.columns import (
    COLUMN_WIDTH,
    NumberedRow,
    by_column,
    column_spans,
    cut_at_columns,
    find_columns,
    wrapped_columns,
)
from pipeline.parse.entry import Entry
from pipeline.parse.markers import COUNTED
from pipeline.parse.names import is_name, is_post, is_role, is_two_words, is_untitled_name, title_end
from pipeline.parse.ruled import from_table
from pipeline.thai.fold import similarity
from pipeline.thai.numbers import parse_int
from pipeline.vocabulary import vocabulary

GROUP_SIMILARITY = 0.9
SURE_COLUMNS = 3  # people; fewer may share the beginning of a cell by chance
RIGHT_EDGE = 0.85  # of the page width: a word that ends left of it had room in its row
NUMBER_SHIFT = 0.02  # numbers of one list begin within this share of the page width

_NUMBER = re.compile(r"^[(\s.,'\"‘’]*(?P<digits>[0-9๐-๙]{1,3})\s*(?:[.,:;)]+|(?=\s|$))\s*")
_MISREAD = re.compile(r"^\s*(?P<digits>[^\sก-ฮ]{1,3}|[ก-ฮ])\s*[.,]\s*(?=\S)")
_SHORT_FORM = re.compile(r"[ก-ฮ]\.[ก-ฮ]{1,2}\.$")
_INNER_NUMBER = re.compile(r"\s[0-9๐-๙]{1,3}[.)]\s*(?=[ก-๎A-Z])")
_BULLET = re.compile(r"\s*[-–•●○*]\s*(?=[ก-๎A-Z])")
_ALONE = re.compile(r"[^\sก-ฮ]{1,4}|[ก-ฮ][.,]?")
_JUNK = re.compile(r"^\s*(?P<digits>[^\sก-ฮ]{1,4}|[ก-ฮ])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Roster:
    """The entries of a list, and for ruled tables what the head row calls the columns."""

    entries: list[Entry]
    labels: dict[int, str]


def gather(elements: list[Element], known: tuple[float, ...] = ()) -> Roster:
    """The entries of one attendance list.

    Args:
        elements: its rows, tables and pictures; these say nothing.
        known: where the columns of the paper's other lists begin; a list of one or two people shows none itself.
    """
    rows = [element for element in elements if isinstance(element, Row)]
    entries: list[Entry] = []
    labels: dict[int, str] = {}
    if rows:
        entries += _from_rows(rows, known)
    for element in elements:
        if isinstance(element, Table):
            found, names = from_table(element)
            labels |= names
            entries += found
    return Roster(entries, labels)


def columns_of(elements: list[Element]) -> tuple[float, ...]:
    """Where the columns of a list begin that enough people stand in to be sure of them."""
    rows = [part for row in elements if isinstance(row, Row) for part in _one_person_each(row)]
    split = [cells for cells in map(_take_number, rows) if cells.number_text]
    return tuple(find_columns(split)) if len(split) >= SURE_COLUMNS else ()


def _from_rows(rows: list[Row], known: tuple[float, ...]) -> list[Entry]:
    single = [part for row in rows if not _is_column_head(row) for part in _one_person_each(row)]
    split = [_take_number(row) for row in single]
    home = _number_place(split)
    split = [cells for cells in split if not _heads_group(cells, home)]
    split = [_take_misread_number(cells, home) for cells in split]
    split = _without_groups(split, home)
    people = [cells for cells in split if cells.number_text]
    columns = find_columns(people)
    borrowed = known if len(people) < SURE_COLUMNS else ()
    borrowed = (*borrowed, *wrapped_columns(split))
    borrowed = tuple(x for x in borrowed if all(abs(x - place) >= COLUMN_WIDTH for place in columns))
    columns = sorted([*columns, *borrowed])
    for cells in split:
        cells.cells = [part for x, text in cells.cells for part in cut_at_columns(x, text, columns, borrowed)]
    spans = column_spans(split, columns)
    entries: list[Entry] = []
    numbered = any(cells.number_text for cells in split)
    if not numbered:
        split = [_without_bullet(cells) for cells in split]
    persons = [cells.row.left for cells in split if _starts_person(cells)]
    place = min(persons, default=min((cells.row.left for cells in split), default=0.0))
    for cells in split:
        if cells.number_text is None and COUNTED.search(cells.row.text.text):
            continue  # so many people, nobody named
        starts = cells.number_text is not None or (
            not numbered and (_starts_person(cells) or _starts_untitled(cells, place, alone=not persons))
        )
        if starts:
            entries.append(Entry(cells.number, cells.number_text))
        elif not entries:
            continue
        entry = entries[-1]
        for column, parts in by_column(cells, columns, spans).items():
            entry.add(column, Traced.join(parts))
    for entry in entries:
        _name_after_post(entry)
    return _counted_down(entries) if len(single) > len(rows) else entries


def _counted_down(entries: list[Entry]) -> list[Entry]:
    """People who stand side by side, numbered down one column after the other, in the order of their numbers."""
    numbers = [entry.number for entry in entries if entry.number is not None]
    whole = len(numbers) == len(entries) and sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))
    return sorted(entries, key=lambda entry: entry.number or 0) if whole else entries


def _name_after_post(entry: Entry) -> None:
    """The office first and the name in a column behind it: both are put in the name's column, in this order."""
    first = entry.columns.get(0)
    if not first or not is_post(first[0].text):
        return
    for column in sorted(entry.columns):
        if column and is_name(entry.columns[column][0].text):
            first += entry.columns.pop(column)
            return


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


def _starts_person(cells: NumberedRow) -> bool:
    return bool(cells.cells) and (is_name(cells.cells[0][1].text) or is_post(cells.cells[0][1].text))


def _starts_untitled(cells: NumberedRow, place: float, alone: bool) -> bool:
    """In a list without numbers: a name without a title, where the others begin and with an office behind it.

    Args:
        place: where the rows of the list's people begin.
        alone: nobody in the list has a title; then the name may stand by itself.
    """
    if not cells.cells or abs(cells.row.left - place) > NUMBER_SHIFT or not (alone or len(cells.cells) > 1):
        return False
    return is_untitled_name(cells.cells[0][1].text)


def _without_bullet(cells: NumberedRow) -> NumberedRow:
    """A row without the dash before its name."""
    if cells.cells and (bullet := _BULLET.match(cells.cells[0][1].text)):
        x, text = cells.cells[0]
        rest = text.cut(bullet.end())
        return replace(cells, cells=[(rest.box[0] if rest.box else x, rest), *cells.cells[1:]])
    return cells


def _take_number(row: Row) -> NumberedRow:
    cells = [(cell.box[0] if cell.box else row.left, cell) for cell in row.cells if cell]
    if not cells:
        return NumberedRow(row, None, None, [])
    first = cells[0][1]
    match = _NUMBER.match(first.text)
    if not match or (match.end() == len(first) and len(cells) == 1 and not re.search(r"[.)]", match.group())):
        return NumberedRow(row, None, None, cells)
    if not re.search(r"[.,)]", match.group()) and match.end() < len(first) and not is_name(first.text[match.end() :]):
        return NumberedRow(row, None, None, cells)
    return _without_number(row, cells, match, parse_int(match["digits"]))


def _take_misread_number(cells: NumberedRow, home: float | None) -> NumberedRow:
    """A number that the reader had no digits for: junk where the list's other numbers stand."""
    if cells.number_text or not cells.cells or home is None:
        return cells
    text = cells.cells[0][1].text
    if len(cells.cells) > 1 and _ALONE.fullmatch(text) and is_name(cells.cells[1][1].text):
        return NumberedRow(cells.row, None, cells.cells[0][1], cells.cells[1:])
    match = _MISREAD.match(text) or _JUNK.match(text)
    if not match or title_end(text):
        return cells
    named = is_name(text[match.end() :])
    if not named and (match.re is _JUNK or abs(cells.row.left - home) > NUMBER_SHIFT):
        return cells
    return _without_number(cells.row, cells.cells, match, None)


def _without_number(
    row: Row, cells: list[tuple[float, Traced]], match: re.Match[str], number: int | None
) -> NumberedRow:
    first = cells[0][1]
    rest = first.cut(match.end()).lstrip(".,-–'‘’\"").strip(",-–'‘’\"")
    if not _SHORT_FORM.search(rest.text):  # ร.น. keeps its last stop
        rest = rest.strip(".,-–'‘’\"")
    left = [(rest.box[0] if rest.box else row.left, rest)] if rest else []
    return NumberedRow(row, number, first.cut(*match.span("digits")), left + cells[1:])


def _number_place(rows: list[NumberedRow]) -> float | None:
    places = sorted(cells.row.left for cells in rows if cells.number_text)
    return places[len(places) // 2] if places else None


def _heads_group(cells: NumberedRow, home: float | None) -> bool:
    """Does the row stand where numbers do, and is it nothing but the name of a group: ข. ฝ่ายเลขานุการ?"""
    if home is None or cells.number_text or len(cells.cells) != 1 or cells.row.left > home + NUMBER_SHIFT:
        return False
    words = re.sub(r"^[ก-ฮ-]\s*[.)]?\s+|[:\s]+$", "", cells.cells[0][1].text)
    return any(similarity(words, group) > GROUP_SIMILARITY for group in vocabulary().attendance_groups)


def _without_groups(rows: list[NumberedRow], home: float | None) -> list[NumberedRow]:
    """The rows without lines that begin where numbers do, though there was room for them above: they are nobody's.

    Such are the names of groups that no list knows, and sentences before the opening. Where names or notes of the
    people go on at that place, so may their offices, and nothing is left out.
    """
    if home is None:
        return rows
    outside = [
        place > 0
        and cells.number_text is None
        and len(cells.cells) == 1
        and cells.row.left < home + NUMBER_SHIFT / 2
        and not is_two_words(cells.cells[0][1].text)
        for place, cells in enumerate(rows)
    ]
    texts = [cells.cells[0][1].text for cells, out in zip(rows, outside, strict=True) if out]
    if any(is_name(text) or text.startswith("(") for text in texts):
        return rows
    return [
        cells
        for place, cells in enumerate(rows)
        if not (outside[place] and _is_told_apart(cells, rows[place - 1], home))
    ]


def _is_told_apart(cells: NumberedRow, above: NumberedRow, home: float) -> bool:
    """Did the person above have a number, an office beside the name, and room for more behind it?"""
    if above.number_text is None or len(above.cells) < 2 or above.cells[0][0] <= home + NUMBER_SHIFT:
        return False
    office = above.cells[-1][1].text
    broken = above.row.right + cells.row.first_word_width < RIGHT_EDGE
    return broken and (is_post(office) or is_role(office))


def _is_column_head(row: Row) -> bool:
    labels = [label for spellings in vocabulary().attendance_columns.values() for label in spellings]
    return len(row.cells) > 1 and all(
        any(similarity(cell.text, label) > 0.85 for label in labels) for cell in row.cells
    )
