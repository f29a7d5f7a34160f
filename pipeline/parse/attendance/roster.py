"""The rows of an attendance list gathered into entries: one entry a person, its text by column.

Both kinds of list come out alike: columns without rules, told by where cells begin, and ruled tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.layout import Element, Row, Table, Traced
from pipeline.parse.attendance.columns import (
    COLUMN_WIDTH,
    by_column,
    column_spans,
    cut_at_columns,
    find_columns,
    wrapped_columns,
)
from pipeline.parse.attendance.entry import Entry
from pipeline.parse.attendance.groups import (
    heads_group,
    is_column_head,
    is_note,
    without_groups,
    without_lettered_groups,
)
from pipeline.parse.attendance.numbers import (
    NUMBER_SHIFT,
    NumberedRow,
    number_place,
    one_person_each,
    take_misread_number,
    take_number,
    without_bullet,
)
from pipeline.parse.attendance.ruled import from_table
from pipeline.parse.markers.list_heading import COUNTED
from pipeline.parse.names import is_name, is_post, is_untitled_name

SURE_COLUMNS = 3  # people; fewer may share the beginning of a cell by chance


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
    rows = [part for row in elements if isinstance(row, Row) for part in one_person_each(row)]
    split = [cells for cells in map(take_number, rows) if cells.number_text]
    return tuple(find_columns(split)) if len(split) >= SURE_COLUMNS else ()


def _from_rows(rows: list[Row], known: tuple[float, ...]) -> list[Entry]:
    single = _single([row for row in rows if not (is_column_head(row) or is_note(row))])
    split = without_lettered_groups([take_number(row) for row in single])
    home = number_place(split)
    split = [cells for cells in split if not heads_group(cells, home)]
    split = [take_misread_number(cells, home) for cells in split]
    split = without_groups(split, home)
    columns = _cut_into_columns(split, known)
    entries = _entries(split, columns)
    for entry in entries:
        _name_after_post(entry)
    return _counted_down(entries) if len(single) > len(rows) else entries


def _single(rows: list[Row]) -> list[Row]:
    """The rows, those on which people stand side by side cut; what goes on below is put to whom it stands under."""
    single: list[list[Row]] = []
    abreast: list[list[Row]] = []  # the people of the last row cut
    for row in rows:
        people = [[part] for part in one_person_each(row)]
        if len(people) > 1:
            abreast = people
        elif abreast and len(row.cells) == 1 and take_number(row).number_text is None:
            above = [person for person in abreast if row.left > _left(person[0])]
            if above:
                above[-1].append(row)
                continue
        else:
            abreast = []
        single += people
    return [row for rows_of_one in single for row in rows_of_one]


def _left(row: Row) -> float:
    """Where the first words of a part of a row begin."""
    box = row.cells[0].box
    return box[0] if box else row.left


def _cut_into_columns(rows: list[NumberedRow], known: tuple[float, ...]) -> list[float]:
    """Where the list's columns begin; the cells of its rows are cut there."""
    people = [cells for cells in rows if cells.number_text]
    columns = find_columns(people)
    borrowed = known if len(people) < SURE_COLUMNS else ()
    borrowed = (*borrowed, *wrapped_columns(rows))
    borrowed = tuple(x for x in borrowed if all(abs(x - place) >= COLUMN_WIDTH for place in columns))
    columns = sorted([*columns, *borrowed])
    for cells in rows:
        cells.cells = [part for x, text in cells.cells for part in cut_at_columns(x, text, columns, borrowed)]
    return columns


def _entries(rows: list[NumberedRow], columns: list[float]) -> list[Entry]:
    """One entry for each number; in a list without numbers for each name or post that begins a row."""
    spans = column_spans(rows, columns)
    numbered = any(cells.number_text for cells in rows)
    if not numbered:
        rows = [without_bullet(cells) for cells in rows]
    persons = [cells.row.left for cells in rows if _starts_person(cells)]
    place = min(persons, default=min((cells.row.left for cells in rows), default=0.0))
    entries: list[Entry] = []
    for cells in rows:
        if cells.number_text is None and COUNTED.search(cells.row.text.text):
            continue  # so many people, nobody named
        starts = cells.number_text is not None or (
            not numbered and (_starts_person(cells) or _starts_untitled(cells, place, alone=not persons))
        )
        if starts or (numbered and _is_unnumbered_person(cells, entries)):
            entries.append(Entry(cells.number, cells.number_text))
        elif not entries:
            continue
        for column, parts in by_column(cells, columns, spans).items():
            entries[-1].add(column, Traced.join(parts))
    return entries


def _starts_person(cells: NumberedRow) -> bool:
    return bool(cells.cells) and (is_name(cells.cells[0][1].text) or is_post(cells.cells[0][1].text))


def _is_unnumbered_person(cells: NumberedRow, entries: list[Entry]) -> bool:
    """In a list with numbers: somebody whose number was not printed or not read, with an office in another column."""
    if len(cells.cells) < 2 or not is_name(cells.cells[0][1].text) or is_name(cells.cells[1][1].text):
        return False
    return not entries or any(is_name(line.text) for line in entries[-1].columns.get(0, []))


def _starts_untitled(cells: NumberedRow, place: float, alone: bool) -> bool:
    """In a list without numbers: a name without a title, where the others begin and with an office behind it.

    Args:
        place: where the rows of the list's people begin.
        alone: nobody in the list has a title; then the name may stand by itself.
    """
    if not cells.cells or abs(cells.row.left - place) > NUMBER_SHIFT or not (alone or len(cells.cells) > 1):
        return False
    return is_untitled_name(cells.cells[0][1].text)


def _name_after_post(entry: Entry) -> None:
    """The office first and the name in a column behind it: both are put in the name's column, in this order."""
    first = entry.columns.get(0)
    if not first or not is_post(first[0].text):
        return
    for column in sorted(entry.columns):
        if column and is_name(entry.columns[column][0].text):
            first += entry.columns.pop(column)
            return


def _counted_down(entries: list[Entry]) -> list[Entry]:
    """People who stand side by side, numbered down one column after the other, in the order of their numbers."""
    numbers = [entry.number for entry in entries if entry.number is not None]
    whole = len(numbers) == len(entries) and sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))
    return sorted(entries, key=lambda entry: entry.number or 0) if whole else entries
