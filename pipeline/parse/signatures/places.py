"""Signature blocks on the page: who stands under one another and who side by side."""

from __future__ import annotations

import math
import re
import statistics

from pipeline.layout import Row, Traced
from pipeline.parse.names import is_name
from pipeline.parse.signatures.wording import (
    is_bracketed,
    is_signed,
    role_place,
    signature_end,
    signing_role,
    tells_deed,
)
from pipeline.thai.dates import find_dates

BLOCK_WIDTH = 0.17  # centres of one signature block's lines lie within this share of the page width
BAND_GAP = 1.2  # in line heights
NOTE_WIDTH = 0.6  # of the page width
NOTE_LENGTH = 1.5  # times that of what one signs as: a sentence about the signing

_LETTER = re.compile("[ก-ฮA-Za-z]")


def signature_blocks(rows: list[Row]) -> list[list[Traced]]:
    """The cells of each signature block, left to right and down; notes on the signing are left out."""
    rows = [row for row in rows if not _is_note(row)]
    return [block for band in _bands(rows) for block in _blocks(band)]


def _is_note(row: Row) -> bool:
    """A sentence or a date among the signatures: the committee's certificate, the day one signed."""
    text = row.text
    role = signing_role(text.text)
    if len(row.cells) == 1 and tells_deed(text.text):
        return True
    if len(row.cells) > 1 or _opens(row) or (role and len(text) < NOTE_LENGTH * len(role)) or role_place(text.text):
        return False
    return row.right - row.left > NOTE_WIDTH or bool(find_dates(text.text))


def signs(row: Row) -> bool:
    """Does the row begin a signature block: (ลงชื่อ)…, or a name alone in brackets?"""
    if signature_end(row.text.text) is not None:
        return True
    return all(is_bracketed(cell) or (is_name(cell.text.strip("( ")) and "(" in cell.text[:2]) for cell in row.cells)


def _bands(rows: list[Row]) -> list[list[Row]]:
    """Signatures that stand above one another, each with its neighbours: white space after a name parts them.

    A line of no name goes with the nearer of the names around it: a wide-set post belongs to the one above.
    """
    bands: list[list[Row]] = []
    for place, row in enumerate(rows):
        ends = not _opens(row) and row.gap < _gap_below(rows[place + 1 :])
        if not bands or (row.gap > BAND_GAP and not ends and _has_name(bands[-1])):
            bands.append([])
        bands[-1].append(row)
    if len(bands) > 1 and not _has_name(bands[-1]):
        rest = bands.pop()
        bands[-1] += rest
    return bands


def _opens(row: Row) -> bool:
    return _has_name([row]) or signs(row)


def _gap_below(rows: list[Row]) -> float:
    """The widest white space before the next name; without bound when none follows."""
    name = next((place for place, row in enumerate(rows) if _opens(row)), None)
    return math.inf if name is None else max(row.gap for row in rows[: name + 1])


def _has_name(rows: list[Row]) -> bool:
    cells = [cell for row in rows for cell in row.cells]
    return any(is_name(cell.text.strip("( ")) or is_bracketed(cell) for cell in cells)


def _blocks(rows: list[Row]) -> list[list[Traced]]:
    """Cells that stand under one another: one block, or several side by side."""
    columns: list[tuple[list[float], list[Traced]]] = []
    for row in rows:
        for cell in _signature_cells(row):
            box = cell.box
            if box is None:
                continue
            centre = (box[0] + box[2]) / 2
            near = [column for column in columns if abs(statistics.fmean(column[0]) - centre) < BLOCK_WIDTH]
            if near:
                best = min(near, key=lambda column: abs(statistics.fmean(column[0]) - centre))
                best[0].append(centre)
                best[1].append(cell)
            else:
                columns.append(([centre], [cell]))
    columns.sort(key=lambda column: statistics.fmean(column[0]))
    return [cells for _, cells in columns]


def _signature_cells(row: Row) -> list[Traced]:
    """The row's cells, ลงชื่อ and the role behind the line one signs on put together; scrawls left out."""
    cells: list[Traced] = []
    for cell in row.cells:
        if len(_LETTER.findall(cell.text)) < 2:
            continue
        signs_here = signature_end(cell.text) is not None
        typed = bool(cells) and signing_role(cell.text) is not None and is_signed(cells[-1].text)
        if cells and ((signature_end(cells[-1].text) is not None and not signs_here) or typed):
            cells[-1] = Traced.join([cells[-1], cell])
        else:
            cells.append(cell)
    return cells
