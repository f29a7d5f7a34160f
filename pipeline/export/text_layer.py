"""The invisible text of one PDF page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

import regex

from pipeline.export.unseen_font import ADVANCE, ASCENT, DESCENT, EM, UnseenFont
from pipeline.ocr.text import Cell, PageText

_CLUSTER = regex.compile(r"\X")
_LEAST = 0.05
"""Points; no text is narrower or lower."""

Matrix = tuple[float, float, float, float, float, float]


def text_layer(page: PageText, width: float, height: float, to_paper: Matrix, font: UnseenFont, name: str) -> bytes:
    """Drawing operators that write the lines of `page` invisibly where they stand.

    Args:
        page: its lines.
        width, height: of the page as a viewer shows it, in points.
        to_paper: from points of the page as shown (origin bottom left) to the coordinates the page is drawn in.
        font: the text's font.
        name: under which the page knows the font.
    """
    operators = ["q", _cm(to_paper), _cm(_leaning(page.skew, width, height)), "BT", "3 Tr"]
    for line in page.lines:
        for cell in line.cells:
            operators += _cell(cell, width, height, font, name)
    return "\n".join([*operators, "ET", "Q\n"]).encode("ascii")


def _cell(cell: Cell, width: float, height: float, font: UnseenFont, name: str) -> Iterator[str]:
    """A baseline and a size so that the text's box is the cell's, then each cluster as wide as it is."""
    x0, y0, _, y1 = cell.box
    size = max((y1 - y0) * height, _LEAST) * EM / (ASCENT - DESCENT)
    baseline = (1 - y1) * height - size * DESCENT / EM
    yield f"/{name} {_number(size)} Tf 1 0 0 1 {_number(x0 * width)} {_number(baseline)} Tm"
    stretched = ((round(100 * wide * width / (size * ADVANCE / EM), 1), text) for text, wide in _widths(cell))
    for percent, clusters in groupby(stretched, key=lambda pair: pair[0]):
        codes = "".join(font.encode(text) for _, text in clusters)
        yield f"{_number(max(percent, 0.1))} Tz <{codes}> Tj"


def _widths(cell: Cell) -> Iterator[tuple[str, float]]:
    """Each grapheme cluster and its width in fractions of the page; together they are as wide as the cell.

    Clusters an engine saw as one share its width.
    """
    spans = [match.span() for match in _CLUSTER.finditer(cell.text)]
    lefts = [cell.box[0], *(cell.box_of(*span)[0] for span in spans[1:])]
    edges = [max(lefts[: index + 1]) for index in range(len(lefts))]  # never back
    start = 0
    while start < len(spans):
        end = start + 1
        while end < len(spans) and edges[end] <= edges[start]:
            end += 1
        right = edges[end] if end < len(spans) else max(cell.box[2], edges[start])
        for first, last in spans[start:end]:
            yield cell.text[first:last], (right - edges[start]) / (end - start)
        start = end


def _leaning(skew: float, width: float, height: float) -> Matrix:
    """Turns by `skew` degrees clockwise about the middle of the page."""
    cos, sin = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    x, y = width / 2, height / 2
    return cos, -sin, sin, cos, x - cos * x - sin * y, y + sin * x - cos * y


def _cm(matrix: Matrix) -> str:
    return " ".join(_number(value, 6) for value in matrix) + " cm"


def _number(value: float, digits: int = 3) -> str:
    """A number as PDF writes it: without exponent."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"
