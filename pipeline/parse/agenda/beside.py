"""Resolutions in a column of their own beside the agenda, without rules: วาระที่ ๑ | เรื่อง… | รับทราบ."""

from __future__ import annotations

from dataclasses import replace

from pipeline.layout import Row, Traced
from pipeline.parse.draft import flow_together
from pipeline.parse.markers import Announced, Marker, find_marker
from pipeline.thai.fold import match_prefix
from pipeline.vocabulary import vocabulary

FEWEST = 3  # heads with a decision beside them that make a column
SAME_PLACE = 0.02  # of the page width: cells of the column begin within so much
RIGHT_HALF = 0.45  # of the page width: the column begins right of it


def with_resolutions_beside(body: list[Announced]) -> list[Announced]:
    """The body, what stands in a column of resolutions put behind the item beside it, as a resolution with a marker."""
    column = _column(body)
    if column is None:
        return body
    made: list[Announced] = []
    beside: list[tuple[Row, Traced]] = []
    for element, marker in body:
        if marker and marker.kind == "agenda":
            made += _resolution(beside)
            beside = []
        cell = _cell_at(element, column) if isinstance(element, Row) else None
        if not isinstance(element, Row) or cell is None:
            made.append((element, marker))
            continue
        beside.append((element, cell))
        left = tuple(one for one in element.cells if one is not cell)
        if left:
            end = left[-1].box or element.box
            kept = replace(element, cells=left, box=(*element.box[:2], end[2], element.box[3]))
            made.append((kept, find_marker(kept) if marker else None))
    return made + _resolution(beside)


def _column(body: list[Announced]) -> float | None:
    """Where decisions begin that stand beside most heads; None where they do not."""
    heads = [row for row, marker in body if isinstance(row, Row) and marker and marker.kind == "agenda"]
    cells = [row.cells[-1] for row in heads if len(row.cells) > 1]
    decided = [cell for cell in cells if any(match_prefix(cell.text, word) for word, _ in vocabulary().decisions)]
    places = sorted(cell.box[0] for cell in decided if cell.box)
    if len(places) < FEWEST or 2 * len(places) < len(heads) or places[0] < RIGHT_HALF:
        return None
    return places[0] if places[-1] - places[0] < SAME_PLACE else None


def _cell_at(row: Row, column: float) -> Traced | None:
    """The row's last cell where it stands in the column."""
    box = row.cells[-1].box
    return row.cells[-1] if box and abs(box[0] - column) < SAME_PLACE else None


def _resolution(beside: list[tuple[Row, Traced]]) -> list[Announced]:
    text = flow_together([cell for _, cell in beside])
    if not text or text.box is None:
        return []
    row = replace(beside[0][0], cells=(text,), box=text.box)
    return [(row, Marker("resolution", text.cut(0, 0), text))]
