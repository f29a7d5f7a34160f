"""The door of the layout stage."""

from __future__ import annotations

import statistics
from bisect import bisect_left

from pipeline.layout.flow import Element, Layout, Row
from pipeline.layout.furniture import find_furniture
from pipeline.layout.pictures import find_pictures, within
from pipeline.layout.tables import build_table, find_grids, inside
from pipeline.layout.traced import Traced
from pipeline.ocr import DocumentText, Line, PageText

TOP_OF_PAGE_GAP = 9.0
LONG_LINE = 0.5  # of the page width: running text, not a heading or a list
SHARED = 0.2  # of the lines at the most common place: so many make a margin
SAME_PLACE = 0.015  # of the page width: margins wander by this much from page to page


def arrange(document: DocumentText) -> Layout:
    """The body of a document as one flow over all its pages."""
    pages = list(document.pages)
    furniture = find_furniture(pages)
    aside = {id(piece.line) for piece in furniture}
    elements: list[Element] = []
    for page in pages:
        elements += _page_elements(page, [line for line in page.lines if id(line) not in aside])
    left, right = _margins([element for element in elements if isinstance(element, Row)])
    return Layout(tuple(elements), tuple(furniture), left, right)


def page_text(page: PageText) -> str:
    """The text of a page in reading order, furniture included: a line a line, cells apart by two spaces."""
    return "\n".join(line.text for line in page.lines) + ("\n" if page.lines else "")


def _page_elements(page: PageText, lines: list[Line]) -> list[Element]:
    grids = find_grids(page.rules, lines)
    pictures = find_pictures(page, lines, grids)
    lines = [line for line in lines if not any(within(line.box, picture.box) for picture in pictures)]
    elements: list[Element] = []
    height = statistics.median([line.box[3] - line.box[1] for line in lines]) if lines else 0.01
    above: float | None = None
    tabled = {id(line): grid for grid in grids for line in lines if inside(line, grid)}
    built = set()
    for line in lines:
        while pictures and pictures[0].box[3] <= (line.box[1] + line.box[3]) / 2:
            elements.append(pictures.pop(0))
            above = max(above or 0.0, elements[-1].box[3])
        grid = tabled.get(id(line))
        if grid is None:
            gap = TOP_OF_PAGE_GAP if above is None else (line.box[1] - above) / height
            cells = tuple(Traced.of_cell(page.number, cell) for cell in line.cells)
            elements.append(Row(page.number, cells, line.box, round(gap, 2)))
            above = line.box[3]
        elif id(grid) not in built:
            built.add(id(grid))
            members = [other for other in lines if tabled.get(id(other)) is grid]
            elements.append(build_table(page, grid, members))
            above = grid.box[3]
    return [*elements, *pictures]


def _margins(rows: list[Row]) -> tuple[float, float]:
    """Where body text begins and ends: where most long lines of running text do."""
    long = [row for row in rows if len(row.cells) == 1 and row.right - row.left > LONG_LINE]
    if len(long) < 4:
        return 0.1, 0.9
    return _outermost([row.left for row in long]), -_outermost([-row.right for row in long])


def _outermost(places: list[float]) -> float:
    """The smallest place that many lines share: first lines are set in, last lines end early."""
    ordered = sorted(places)
    ends = [bisect_left(ordered, place + SAME_PLACE) for place in ordered]
    fullest = max(end - start for start, end in enumerate(ends))
    start, end = next((start, end) for start, end in enumerate(ends) if end - start >= SHARED * fullest)
    return statistics.median(ordered[start:end])
