"""Lines in a list that are nobody's: the head of its columns, names of groups, sentences before the opening."""

from __future__ import annotations

import re

from pipeline.layout import Row
from pipeline.parse.attendance.numbers import NUMBER_SHIFT, NumberedRow
from pipeline.parse.names import is_name, is_post, is_role, is_untitled_name, represents
from pipeline.thai.fold import similarity
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

GROUP_SIMILARITY = 0.9
SAME_LEFT = 0.012  # of the page width: lines that begin within so much begin at one place
RIGHT_EDGE = 0.85  # of the page width: a word that ends left of it had room in its row

_LETTERED = re.compile(r"[(\s]*[ก-ฮ]\s*[.)]\s*(?=[ก-๎])")
_NOTE = re.compile(rf"{loose(vocabulary().grammar['notes'])}\s*:")


def heads_group(cells: NumberedRow, home: float | None) -> bool:
    """Does the row stand where numbers do, and is it nothing but the name of a group: ข. ฝ่ายเลขานุการ?"""
    if home is None or cells.number_text or len(cells.cells) != 1 or cells.row.left > home + NUMBER_SHIFT:
        return False
    return is_group(re.sub(r"^[ก-ฮ-]\s*[.)]?\s+|[:\s]+$", "", cells.cells[0][1].text))


def is_group(words: str) -> bool:
    """Is `words` the name of a group of people, as the vocabulary has it?"""
    return any(similarity(words, group) > GROUP_SIMILARITY for group in vocabulary().attendance_groups)


def without_groups(rows: list[NumberedRow], home: float | None) -> list[NumberedRow]:
    """The rows without lines that begin where numbers do, though there was room for them above: they are nobody's.

    Such are the names of groups that no list knows, and sentences before the opening. Where names or notes of the
    people go on at that place, so may their offices, and nothing is left out.
    """
    if home is None:
        return rows
    rows = _without_first_groups(rows)
    outside = [
        place > 0
        and cells.number_text is None
        and len(cells.cells) == 1
        and cells.row.left < home + NUMBER_SHIFT / 2
        and not is_untitled_name(cells.cells[0][1].text)
        for place, cells in enumerate(rows)
    ]
    texts = [cells.cells[0][1] for cells, out in zip(rows, outside, strict=True) if out]
    if any(is_name(text.text.lstrip("( ")) or represents(text) is not None for text in texts):
        return rows
    return [
        cells for place, cells in enumerate(rows) if not (outside[place] and _is_told_apart(cells, rows[:place], home))
    ]


def _without_first_groups(rows: list[NumberedRow]) -> list[NumberedRow]:
    """The rows without those that begin where a line does that stands before the list's first person: a group's."""
    first = rows[0] if rows and _is_nobody(rows[0]) and any(cells.number_text for cells in rows) else None
    if first is None:
        return rows
    return [cells for cells in rows if not (_is_nobody(cells) and abs(cells.row.left - first.row.left) < SAME_LEFT)]


def without_lettered_groups(rows: list[NumberedRow]) -> list[NumberedRow]:
    """The rows without names of groups that letters count: ก. นายกและอุปนายก above the person of number 1."""
    lettered = [len(cells.cells) == 1 and _LETTERED.match(cells.cells[0][1].text) is not None for cells in rows]
    if len(rows) < 2 or not lettered[0] or rows[1].number != 1:
        return rows
    left = rows[0].row.left
    return [
        cells for cells, out in zip(rows, lettered, strict=True) if not (out and abs(cells.row.left - left) < SAME_LEFT)
    ]


def is_note(row: Row) -> bool:
    """Is the row a note on the list: หมายเหตุ : …?"""
    return _NOTE.match(row.text.text) is not None


def _is_nobody(cells: NumberedRow) -> bool:
    """Is the row one text without a number, and no name?"""
    if cells.number_text or len(cells.cells) != 1:
        return False
    text = cells.cells[0][1].text
    return not (is_name(text) or is_untitled_name(text) or text.startswith("("))


def _is_told_apart(cells: NumberedRow, before: list[NumberedRow], home: float) -> bool:
    """Did the person above have a number, an office beside the name, and room for more behind it?"""
    above = next((one for one in reversed(before) if one.number_text), None)
    if above is None or len(above.cells) < 2 or above.cells[0][0] <= home + NUMBER_SHIFT:
        return False
    office = above.cells[-1][1]
    broken = before[-1].row.right + cells.row.first_word_width < RIGHT_EDGE
    return broken and (is_post(office.text) or is_role(office.text) or represents(office) is not None)


def is_column_head(row: Row) -> bool:
    """Is the row nothing but the heads of columns: ชื่อ - สกุล, ตำแหน่ง?"""
    labels = [label for spellings in vocabulary().attendance_columns.values() for label in spellings]
    return len(row.cells) > 1 and all(
        any(similarity(cell.text, label) > 0.85 for label in labels) for cell in row.cells
    )
