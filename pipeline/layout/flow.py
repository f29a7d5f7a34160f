"""What the layout stage makes of the pages: one flow of rows, tables and pictures in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pythainlp.tokenize import word_tokenize

from pipeline.layout.traced import Traced
from pipeline.ocr import Box, Cell, Line

FIRST_WORD_WINDOW = 40  # characters: no Thai word is longer
SPACE = 0.005  # of the page width: a space and the slack of a justified line


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the body.

    Attributes:
        page: page number, from 1.
        cells: its pieces, left to right.
        box: in fractions of the page.
        gap: white space above it in line heights; large at the top of a page.
    """

    page: int
    cells: tuple[Traced, ...]
    box: Box
    gap: float

    @property
    def text(self) -> Traced:
        """The cells joined by two spaces."""
        return Traced.join(self.cells, "  ")

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def first_word_width(self) -> float:
        """The width of the row's first word, in fractions of the page; Thai words are told by dictionary."""
        text = self.cells[0].text
        end = _first_word_end(text[:FIRST_WORD_WINDOW])
        start, stop = self.cells[0].left_of(0), self.cells[0].left_of(end) if end < len(text) else self.cells[0].box
        if start is None or stop is None:
            return 0.0
        return (stop if isinstance(stop, float) else stop[2]) - start


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table on one page.

    Attributes:
        columns: left edges of its columns in fractions of the page.
        rows: its cells, row by row; every row has one cell a column, and a cell is the lines of its
            text, none for an empty one.
    """

    page: int
    box: Box
    columns: tuple[float, ...]
    rows: tuple[tuple[tuple[Traced, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph, a chart or the like: what stands in `box` on page `page` is not read as text."""

    page: int
    box: Box

    @property
    def trace(self) -> Traced:
        """No text, but where it stands."""
        return Traced.of_cell(self.page, Cell(text=" ", box=self.box))


@lru_cache(maxsize=4096)
def _first_word_end(text: str) -> int:
    words = word_tokenize(text, engine="newmm", keep_whitespace=True)
    return len(words[0]) if words else 0


Element = Row | Table | Picture


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that belongs to the page, not to the text: `page_number`, `running` or `catch_word`."""

    kind: str
    page: int
    line: Line


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's body in reading order, and what was set aside.

    Attributes:
        elements: rows, tables and pictures of the body.
        furniture: page numbers, running headers and footers, catch-words.
        left, right: where the body's text begins and ends, in fractions of the page width.
    """

    elements: tuple[Element, ...]
    furniture: tuple[Furniture, ...]
    left: float
    right: float

    def breaks_off(self, above: Row, row: Row) -> bool:
        """Did the row `above` end of its own will, the first word of `row` having had room in it?"""
        used, end = above.right + SPACE, self.right - SPACE
        return used < end and used + row.first_word_width < end
