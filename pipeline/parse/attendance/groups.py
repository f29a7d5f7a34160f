"""Lines in a list that are nobody's: the head of its columns, names of groups, sentences before the opening."""

from __future__ import annotations

import re

from pipeline.layout import Row
from pipeline.parse.attendance.numbers import NUMBER_SHIFT, NumberedRow
from pipeline.parse.names import is_name, is_post, is_role, is_two_words
from pipeline.thai.fold import similarity
from pipeline.vocabulary import vocabulary

GROUP_SIMILARITY = 0.9
RIGHT_EDGE = 0.85  # of the page width: a word that ends left of it had room in its row


def heads_group(cells: NumberedRow, home: float | None) -> bool:
    """Does the row stand where numbers do, and is it nothing but the name of a group: ข. ฝ่ายเลขานุการ?"""
    if home is None or cells.number_text or len(cells.cells) != 1 or cells.row.left > home + NUMBER_SHIFT:
        return False
    words = re.sub(r"^[ก-ฮ-]\s*[.)]?\s+|[:\s]+$", "", cells.cells[0][1].text)
    return any(similarity(words, group) > GROUP_SIMILARITY for group in vocabulary().attendance_groups)


def without_groups(rows: list[NumberedRow], home: float | None) -> list[NumberedRow]:
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


def is_column_head(row: Row) -> bool:
    """Is the row nothing but the heads of columns: ชื่อ - สกุล, ตำแหน่ง?"""
    labels = [label for spellings in vocabulary().attendance_columns.values() for label in spellings]
    return len(row.cells) > 1 and all(
        any(similarity(cell.text, label) > 0.85 for label in labels) for cell in row.cells
    )
