"""The door of the layout stage."""

from __future__ import annotations

import statistics

from pipeline.layout.flow import Element, Layout, Row
from pipeline.layout.furniture import find_furniture
from pipeline.layout.tables import build_table, find_grids, inside
from pipeline.layout.traced import Traced
from pipeline.ocr import DocumentText, Line, PageText

TOP_OF_PAGE_GAP = 9.0


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
    grids = find_grids(page.rules)
    elements: list[Element] = []
    height = statistics.median([line.box[3] - line.box[1] for line in lines]) if lines else 0.01
    above: float | None = None
    tabled = {id(line): grid for grid in grids for line in lines if inside(line, grid)}
    built = set()
    for line in lines:
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
    return elements


def _margins(rows: list[Row]) -> tuple[float, float]:
    """Where body text begins and ends; robust to titles, signatures and dirt."""
    wide = [row for row in rows if row.right - row.left > 0.4]
    if len(wide) < 4:
        return 0.1, 0.9
    lefts = sorted(row.left for row in wide)
    rights = sorted(row.right for row in wide)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]
