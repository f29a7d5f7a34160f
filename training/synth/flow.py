"""Fills pages from top to bottom: paragraphs, rows of columns, ruled tables, figures.

A row is never parted by a page break; a paragraph may be, between any two of its lines.
Where each named part of the record came to stand (its page) is kept in `Flow.where`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from training.synth.page import A4, Figure, FigureKind, Page, Rule, Span
from training.synth.typeset import Align, SetLine, Typeface, break_lines, place

Text = str | Sequence[Span]
Pointer = str  # a JSON pointer into the record


def spans(text: Text) -> list[Span]:
    """`text` as spans; a plain string is one span."""
    return [Span(text)] if isinstance(text, str) else list(text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper and its type: margins, size and line pitch in points."""

    face: Typeface
    pitch: float
    left: float = 78.0
    right: float = 62.0
    top: float = 80.0
    bottom: float = 76.0

    @property
    def width(self) -> float:
        """Of a line of text."""
        return A4[0] - self.left - self.right


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a row: paragraphs in a width, from `left` points inside the text."""

    left: float
    width: float
    texts: Sequence[Text]
    align: Align = "left"
    tabs: Sequence[float] = ()


@dataclass(slots=True)
class Flow:
    """Pages as they fill.

    Attributes:
        pages: the pages so far; text goes to the last.
        y: the baseline of the last line set.
        on_break: called after a page break that a row or table caused, to set a heading again.
        where: JSON pointer of a part of the record to the number of the page it begins on.
    """

    sheet: Sheet
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0
    on_break: Callable[[], None] | None = None
    where: dict[Pointer, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.new_page()

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def floor(self) -> float:
        """The lowest baseline of the text."""
        return A4[1] - self.sheet.bottom

    @property
    def at_top(self) -> bool:
        return self.y == self.sheet.top - self.sheet.pitch

    def new_page(self) -> None:
        self.pages.append(Page(len(self.pages) + 1))
        self.y = self.sheet.top - self.sheet.pitch

    def space(self, lines: float) -> None:
        """Leave `lines` line pitches free, but none at the top of a page."""
        if not self.at_top:
            self.y += lines * self.sheet.pitch

    def ensure(self, lines: float) -> bool:
        """Begin a page unless `lines` more lines fit. True if one was begun."""
        if self.y + lines * self.sheet.pitch <= self.floor + 0.01:
            return False
        self.new_page()
        return True

    def mark(self, pointer: Pointer | None) -> None:
        """The part `pointer` of the record begins on this page."""
        if pointer is not None:
            self.where.setdefault(pointer, self.page.number)

    def paragraph(
        self,
        text: Text,
        *,
        left: float = 0.0,
        first: float = 0.0,
        right: float = 0.0,
        align: Align = "left",
        tabs: Sequence[float] = (),
        hang: float | None = None,
        keep: int = 1,
        face: Typeface | None = None,
        pointer: Pointer | None = None,
    ) -> None:
        """Running text.

        Args:
            left, right: taken off the width of the text.
            first: indent of the first line, from `left`.
            tabs: tab stops, from `left`.
            hang: indent of the other lines, from `left`.
            keep: the first `keep` lines are not parted by a page break.
        """
        face = face or self.sheet.face
        width = self.sheet.width - left - right
        lines = break_lines(spans(text), face, width, first=first, tabs=tabs, after_tab=hang)
        self.ensure(min(keep, len(lines)))
        for index, line in enumerate(lines):
            self.ensure(1)
            self.y += self.sheet.pitch
            if index == 0:
                self.mark(pointer)
            self._set(line, face, self.sheet.left + left, width, align)

    def _set(self, line: SetLine, face: Typeface, x: float, width: float, align: Align) -> None:
        if line.parts:
            self.page.pieces.extend(place(line, face, x, self.y, width, align))

    def row(self, columns: Sequence[Column], *, pointer: Pointer | None = None) -> None:
        """Columns side by side on shared baselines, broken at spaces where they wrap."""
        broken = [self._broken(column) for column in columns]
        height = max(len(lines) for lines in broken)
        if self.ensure(height) and self.on_break:
            self.on_break()
        self.mark(pointer)
        self._columns(columns, broken)
        self.y += height * self.sheet.pitch

    def _broken(self, column: Column) -> list[SetLine]:
        face = self.sheet.face
        return [
            line
            for text in column.texts
            for line in break_lines(spans(text), face, column.width, tabs=column.tabs, at_space=True)
        ]

    def _columns(self, columns: Sequence[Column], broken: list[list[SetLine]]) -> None:
        for column, lines in zip(columns, broken, strict=True):
            y = self.y
            for line in lines:
                y += self.sheet.pitch
                if line.parts:
                    x = self.sheet.left + column.left
                    self.page.pieces.extend(place(line, self.sheet.face, x, y, column.width, column.align))

    def table(
        self,
        widths: Sequence[float],
        rows: Sequence[Sequence[Text]],
        *,
        left: float = 0.0,
        head: int = 1,
        repeat: bool = False,
        aligns: Sequence[Align] = (),
        pointers: Sequence[Pointer | None] = (),
    ) -> None:
        """A ruled table; a page break falls between two rows.

        Args:
            widths: of the columns, in points.
            head: this many rows are the heading: centred.
            repeat: set the heading again on every page.
        """
        size = self.sheet.face.size
        pad = 0.28 * size
        # Marks reach high: lines set tight get more room between the rules.
        room = max(2.0 * size - self.sheet.pitch, 0.2 * size)
        edges = [left]
        for width in widths:
            edges.append(edges[-1] + width)

        def ruled(cells: Sequence[Text], heading: bool, following: float) -> None:
            columns = [
                Column(
                    edge + pad, width - 2 * pad, [cell], "centre" if heading else aligns[index] if aligns else "left"
                )
                for index, (edge, width, cell) in enumerate(zip(edges, widths, cells, strict=False))
            ]
            broken = [self._broken(column) for column in columns]
            height = max(len(lines) for lines in broken)
            if self.ensure(height + following + room / self.sheet.pitch):
                if self.on_break:
                    self.on_break()
                if repeat and not heading:
                    for cells_again in rows[:head]:
                        ruled(cells_again, True, 0)
            # Rules stand between the descenders of one row and the marks of the next.
            top = self.y + 0.36 * self.sheet.pitch
            self.y += room * 0.7
            self._columns(columns, broken)
            self.y += height * self.sheet.pitch + room * 0.3
            base = self.y + 0.36 * self.sheet.pitch
            x0, x1 = self.sheet.left + edges[0], self.sheet.left + edges[-1]
            self.page.rules.extend([Rule(x0, top, x1, top), Rule(x0, base, x1, base)])
            self.page.rules.extend(Rule(self.sheet.left + edge, top, self.sheet.left + edge, base) for edge in edges)

        for index, cells in enumerate(rows):
            ruled(cells, index < head, 2 if index < head else 0)
            if head <= index < head + len(pointers):
                self.mark(pointers[index - head])

    def figure(self, kind: FigureKind, width: float, height: float, *, seed: int = 0) -> None:
        """A drawn figure in the middle; sizes in points."""
        self.ensure(height / self.sheet.pitch + 0.5)
        top = self.y + 0.35 * self.sheet.pitch
        x = self.sheet.left + (self.sheet.width - width) / 2
        self.page.figures.append(Figure(kind, x, top, x + width, top + height, seed))
        self.y = top + height - 0.1 * self.sheet.pitch

    def rule(self, width: float | None = None, thickness: float = 0.7) -> None:
        """A ruled line across the text, or `width` points in its middle."""
        half = (self.sheet.width - (width or self.sheet.width)) / 2
        self.y += 0.5 * self.sheet.pitch
        x0, x1 = self.sheet.left + half, self.sheet.left + self.sheet.width - half
        self.page.rules.append(Rule(x0, self.y, x1, self.y, thickness))
        self.y += 0.1 * self.sheet.pitch
