"""A page before it is drawn: pieces of text, rules and figures with their places.

All lengths are points (1/72 inch), x to the right and y down from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from training.synth.faces import Cut

FigureKind = Literal["crest", "scrawl", "chart"]

A4 = (595.276, 841.89)


@dataclass(frozen=True, slots=True)
class Span:
    """Running text in one dress."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Text drawn in one go, its baseline starting at (x, y).

    Attributes:
        width: its advance, tracking included.
        track: what is added after every letter with its marks.
    """

    x: float
    y: float
    text: str
    face: Cut
    size: float
    width: float
    track: float = 0.0
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Runs that a reader sees as one piece of a line."""

    text: str
    runs: tuple[Run, ...]

    @property
    def x0(self) -> float:
        return self.runs[0].x

    @property
    def x1(self) -> float:
        return self.runs[-1].x + self.runs[-1].width

    @property
    def y(self) -> float:
        return self.runs[0].y

    @property
    def size(self) -> float:
        return self.runs[0].size


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line, horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float = 0.6


@dataclass(frozen=True, slots=True)
class Figure:
    """Something drawn that is not text, inside a box."""

    kind: FigureKind
    x0: float
    y0: float
    x1: float
    y1: float
    seed: int = 0


@dataclass(slots=True)
class Page:
    """One page as it is filled."""

    number: int
    pieces: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def rows(self) -> list[list[Piece]]:
        """The pieces by baseline from the top, each row from the left: the reading order."""
        rows: list[list[Piece]] = []
        for piece in sorted(self.pieces, key=lambda piece: (round(piece.y, 1), piece.x0)):
            if rows and abs(rows[-1][0].y - piece.y) < 0.5:
                rows[-1].append(piece)
            else:
                rows.append([piece])
        return [sorted(row, key=lambda piece: piece.x0) for row in rows]
