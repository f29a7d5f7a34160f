"""The read text of a page: lines of cells with boxes and confidence.

These containers are also the frozen form of a page (`minutes convert --lines`):
what a parser needs, without the picture.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.ocr.doubt import Doubt, moved
from pipeline.thai.marks import MARKS

_NONSPACING = frozenset(MARKS + "๎")

Box = tuple[float, float, float, float]


def union(boxes: list[Box]) -> Box:
    """The smallest box around `boxes`, which must not be empty."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def page_box(x0: float, y0: float, x1: float, y1: float, width: int, height: int) -> Box:
    """A box in pixels as fractions of a page of `width` × `height`, kept inside the page."""
    return (
        round(max(x0 / width, 0.0), 5),
        round(max(y0 / height, 0.0), 5),
        round(min(x1 / width, 1.0), 5),
        round(min(y1 / height, 1.0), 5),
    )


def _spacing(text: str) -> int:
    """Characters of `text` that take room of their own; Thai marks stand above or below others."""
    return sum(character not in _NONSPACING for character in text)


class _Container(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cell(_Container):
    """A piece of a line with no wide gap in it.

    `doubts` are the characters that may be others, by their place in `text`.
    `chars` and `lefts` have one entry a code point of `text`, or none at all where an engine does
    not tell: its confidence, and the left edge of its cluster in fractions of the page.
    """

    text: str
    box: Box = Field(description="x0, y0, x1, y1 in fractions of the page")
    confidence: float = Field(default=1.0, ge=0, le=1, description="of the least certain character")
    chars: tuple[float, ...] = ()
    lefts: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def confidence_of(self, start: int, end: int) -> float:
        """Confidence of `text[start:end]`: that of its least certain character."""
        part = self.chars[start:end]
        return min(part) if part else self.confidence

    def box_of(self, start: int, end: int) -> Box:
        """The box of `text[start:end]`; shared out evenly where the engine gave no edges."""
        x0, y0, x1, y1 = self.box
        if self.lefts:
            left = self.lefts[start] if start < len(self.lefts) else x1
            right = next((edge for edge in self.lefts[end:] if edge > left), x1)
        else:
            step = (x1 - x0) / max(_spacing(self.text), 1)
            left, right = x0 + _spacing(self.text[:start]) * step, x0 + _spacing(self.text[:end]) * step
        return round(left, 5), y0, round(max(right, left), 5), y1

    def part(self, start: int, end: int) -> Cell:
        """The cell of `text[start:end]`, outer white space left out."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = max(start, end - (len(piece) - len(piece.rstrip())))
        return Cell(
            text=self.text[start:end],
            box=self.box_of(start, end),
            confidence=self.confidence_of(start, end),
            chars=self.chars[start:end],
            lefts=self.lefts[start:end],
            doubts=moved(self.doubts, start, end),
        )


class Line(_Container):
    """What stands on one baseline: one cell, or several in columns."""

    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        return union([cell.box for cell in self.cells])

    @property
    def text(self) -> str:
        """The cells joined by two spaces, which keep the columns visible."""
        return "  ".join(cell.text for cell in self.cells)


class PageText(_Container):
    """One page as read.

    `rules` are the ruled lines found in the picture, thin boxes in fractions of the page;
    `figures` are the boxes of photographs, charts, crests and the like.
    """

    number: int = Field(ge=1)
    width: int = Field(description="pixels of the upright page")
    height: int
    state: Literal["read", "blank", "failed"] = "read"
    message: str | None = Field(default=None, description="why the page failed")
    turned: int = Field(default=0, description="degrees clockwise the stored page was turned by")
    skew: float = Field(default=0.0, description="degrees clockwise that were then taken out")
    lines: tuple[Line, ...] = ()
    rules: tuple[Box, ...] = ()
    figures: tuple[Box, ...] = ()


class DocumentText(_Container):
    """All pages of one file as read, with what read them."""

    file: str
    sha256: str
    pages_in_file: int
    engine: str
    unwritable: str = Field(default="", description="characters of printed Thai the engine cannot write")
    pages: tuple[PageText, ...]
