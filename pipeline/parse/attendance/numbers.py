"""The numbers before the people of a list, also as they are misread: a row each person, its number taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.layout import Row, Traced
from pipeline.parse.names import is_name, title_end
from pipeline.thai.numbers import parse_int

NUMBER_SHIFT = 0.02  # numbers of one list begin within this share of the page width

_NUMBER = re.compile(r"^[(\s.,'\"‘’]*(?P<digits>[0-9๐-๙]{1,3})\s*(?:[.,:;)]+|(?=\s|$))\s*")
_MISREAD = re.compile(r"^\s*(?P<digits>[^\sก-ฮ]{1,3}|[ก-ฮ])\s*[.,]\s*(?=\S)")
_JUNK = re.compile(r"^\s*(?P<digits>[^\sก-ฮ]{1,4}|[ก-ฮ])\s+(?=\S)")
_ALONE = re.compile(r"[^\sก-ฮ]{1,4}|[ก-ฮ][.,]?")
_INNER_NUMBER = re.compile(r"\s[0-9๐-๙]{1,3}[.)]\s*(?=[ก-๎A-Z])")
_SHORT_FORM = re.compile(r"[ก-ฮ]\.[ก-ฮ]{1,2}\.$")
_BULLET = re.compile(r"\s*[-–•●○*]\s*(?=[ก-๎A-Z])")


@dataclass(slots=True)
class NumberedRow:
    """A row with its number taken off: `cells` are what is left, with where each begins."""

    row: Row
    number: int | None
    number_text: Traced | None
    cells: list[tuple[float, Traced]]


def one_person_each(row: Row) -> list[Row]:
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


def take_number(row: Row) -> NumberedRow:
    """The row with the number before its first cell taken off, where a legible one stands there."""
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


def take_misread_number(cells: NumberedRow, home: float | None) -> NumberedRow:
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


def number_place(rows: list[NumberedRow]) -> float | None:
    """Where the numbers of a list begin, in fractions of the page width; None for a list without any."""
    places = sorted(cells.row.left for cells in rows if cells.number_text)
    return places[len(places) // 2] if places else None


def without_bullet(cells: NumberedRow) -> NumberedRow:
    """A row without the dash before its name."""
    if cells.cells and (bullet := _BULLET.match(cells.cells[0][1].text)):
        x, text = cells.cells[0]
        rest = text.cut(bullet.end())
        return replace(cells, cells=[(rest.box[0] if rest.box else x, rest), *cells.cells[1:]])
    return cells
