"""Pictures in the flow: which of those found on a page stand for themselves, and what stands in them."""

from __future__ import annotations

from pipeline.layout.flow import Picture
from pipeline.layout.tables import Grid, inside
from pipeline.ocr import Box, Line, PageText

SLACK = 0.01  # of the page: a label stands out of its picture by no more


def find_pictures(page: PageText, lines: list[Line], grids: list[Grid]) -> list[Picture]:
    """The pictures of a page by their lower edges: the text goes on below them.

    A picture in a ruled table whose cells hold text is left to the table.
    """
    tables = [[line for line in lines if inside(line, grid)] for grid in grids]
    boxes = [
        box
        for box in page.figures
        if all(
            not within(box, grid.box) or all(within(line.box, box) for line in held)
            for grid, held in zip(grids, tables, strict=True)
        )
    ]
    return [Picture(page.number, box) for box in sorted(boxes, key=lambda box: (box[3], box[0]))]


def within(box: Box, outer: Box) -> bool:
    """Does `box` lie in `outer`?"""
    return (
        box[0] >= outer[0] - SLACK
        and box[1] >= outer[1] - SLACK
        and box[2] <= outer[2] + SLACK
        and box[3] <= outer[3] + SLACK
    )
