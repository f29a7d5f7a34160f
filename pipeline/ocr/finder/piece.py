"""A piece of a text line, ready to be cut out and read."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one baseline with no wide gap in it. All lengths are pixels of the page as given.

    Attributes:
        box: x0, y0, x1, y1 of its ink, marks included; the ends are exclusive.
        baseline: points (x, y) from left to right on the line its letters stand on; straight between them.
        letter: height of its letters without marks and tails, that of ก.
        row: number of its text row from the top, from 0; pieces beside each other share it.
    """

    box: tuple[int, int, int, int]
    baseline: tuple[Point, ...]
    letter: float
    row: int

    @property
    def top(self) -> tuple[Point, ...]:
        """Points on the line along the tops of its letters."""
        return tuple((x, y - self.letter) for x, y in self.baseline)
