"""Text that remembers where each of its characters was read.

Parsers slice and join it like a string; at the end every value can be traced to its place on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.ocr import Box, Cell, Doubt, of_letters, union
from pipeline.thai.fold import tidy


@dataclass(frozen=True, slots=True)
class Origin:
    """One character: index `at` of the text of `cell` on page `page`."""

    page: int
    cell: Cell
    at: int


@dataclass(frozen=True, slots=True)
class Traced:
    """A string whose characters know their origin; white space put in by joining has none."""

    text: str
    origins: tuple[Origin | None, ...]

    @classmethod
    def of_cell(cls, page: int, cell: Cell) -> Traced:
        return cls(cell.text, tuple(Origin(page, cell, at) for at in range(len(cell.text))))

    @classmethod
    def join(cls, parts: Iterable[Traced], glue: str = " ") -> Traced:
        """The parts that are not empty, with `glue` between them."""
        text = ""
        origins: list[Origin | None] = []
        for part in parts:
            if not part.text:
                continue
            if text:
                text += glue
                origins += [None] * len(glue)
            text += part.text
            origins += part.origins
        return cls(text, tuple(origins))

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int | None = None) -> Traced:
        """`text[start:end]` without outer white space."""
        piece = self.text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        last = first + len(piece.strip())
        return Traced(self.text[first:last], self.origins[first:last])

    def strip(self, characters: str = " ") -> Traced:
        """Without white space and `characters` at both ends."""
        inner = self.text.strip(characters + " \t")
        start = self.text.find(inner) if inner else 0
        return self.cut(start, start + len(inner))

    def lstrip(self, characters: str = " ") -> Traced:
        """Without white space and `characters` at the beginning."""
        return self.cut(len(self.text) - len(self.text.lstrip(characters + " \t")))

    def split(self, pattern: str) -> list[Traced]:
        """The parts between matches of `pattern`."""
        parts, last = [], 0
        for match in re.finditer(pattern, self.text):
            parts.append(self.cut(last, match.start()))
            last = match.end()
        return [*parts, self.cut(last)]

    def without(self, pattern: str) -> Traced:
        """With every match of `pattern` replaced by a space."""
        return Traced.join(self.split(pattern))

    @property
    def value(self) -> str:
        """The text as it is kept in a record."""
        return tidy(self.text)

    @property
    def page(self) -> int | None:
        """The page the text begins on; None for text that was not read."""
        return next((origin.page for origin in self.origins if origin), None)

    @property
    def box(self) -> Box | None:
        """The box around the text on the page it begins on."""
        page = self.page
        boxes = [run.cell.box_of(run.at, end) for run, end in self._runs() if run.page == page]
        return union(boxes) if boxes else None

    def left_of(self, index: int) -> float | None:
        """Where character `index` begins, in fractions of the page width; None when it was not read."""
        origin = self.origins[index]
        return origin.cell.box_of(origin.at, origin.at + 1)[0] if origin else None

    @property
    def confidence(self) -> float:
        """That of its least certain character; 1 for text that was not read."""
        return min((run.cell.confidence_of(run.at, end) for run, end in self._runs()), default=1.0)

    @property
    def letters(self) -> tuple[float, ...]:
        """Confidence of each character that is no white space; 1 for one that was not read."""
        return tuple(
            origin.cell.confidence_of(origin.at, origin.at + 1) if origin else 1.0
            for character, origin in zip(self.text, self.origins, strict=True)
            if not character.isspace()
        )

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What else its letters may be, by their place among the letters; none where `value` orders marks anew."""
        if "".join(self.text.split()) != "".join(self.value.split()):
            return ()
        found = [
            doubt.model_copy(update={"at": place + doubt.at - origin.at})
            for place, origin in enumerate(self.origins)
            if origin
            for doubt in origin.cell.doubts
            if doubt.at == origin.at or (place == len(self) - 1 and not doubt.length and doubt.at == origin.at + 1)
        ]
        return of_letters(self.text, found)

    def _runs(self) -> Iterator[tuple[Origin, int]]:
        """Stretches of characters that stand side by side in one cell: (first origin, end index)."""
        run: Origin | None = None
        end = 0
        for origin in self.origins:
            if origin is None:
                continue
            if run is not None and origin.cell is run.cell and origin.at == end:
                end += 1
                continue
            if run is not None:
                yield run, end
            run, end = origin, origin.at + 1
        if run is not None:
            yield run, end
