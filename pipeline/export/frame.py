"""Boxes of a levelled page on the page as it was scanned.

Pages are turned upright and levelled before they are read, and the boxes of what was read are
fractions of that page. Whoever lays them over the scan has to lean them back.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.ocr.text import Box, Cell, PageText, union

_WORD = regex.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two white spaces. Thai writes none between words, so it may be a sentence.

    Attributes:
        text: without white space.
        box: in pixels of the upright page as scanned.
        confidence: of its least certain character.
    """

    text: str
    box: Box
    confidence: float


def page_lines(page: PageText) -> Iterator[tuple[Box, list[Word]]]:
    """Each line with something on it: its box in pixels of the upright page as scanned, and its words."""
    for line in page.lines:
        words = [word for cell in line.cells for word in _words(cell, page)]
        if words:
            yield union([word.box for word in words]), words


def page_figures(page: PageText) -> Iterator[Box]:
    """The boxes of pictures on a page, in pixels of the upright page as scanned, from its top down."""
    for box in sorted(page.figures, key=lambda box: (box[1], box[0])):
        yield leaned_back(box, page)


def _words(cell: Cell, page: PageText) -> Iterator[Word]:
    for match in _WORD.finditer(cell.text):
        box = leaned_back(cell.box_of(*match.span()), page)
        yield Word(match[0], box, cell.confidence_of(*match.span()))


def leaned_back(box: Box, page: PageText) -> Box:
    """Where a box of the levelled page, in fractions, lies on the scan: the pixels around the leaning box."""
    cos, sin = math.cos(math.radians(page.skew)), math.sin(math.radians(page.skew))
    corners = [
        (x * page.width - page.width / 2, y * page.height - page.height / 2) for x in box[::2] for y in box[1::2]
    ]
    # Clockwise, y pointing down.
    xs = [page.width / 2 + x * cos - y * sin for x, y in corners]
    ys = [page.height / 2 + x * sin + y * cos for x, y in corners]
    return (
        max(min(xs), 0.0),
        max(min(ys), 0.0),
        min(max(xs), float(page.width)),
        min(max(ys), float(page.height)),
    )
