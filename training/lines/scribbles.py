"""Scrawls, rests of stamps and dirt: what the line finder hands over and nobody wrote to be read.

A net that has only seen text reads some sign into everything. It learns here that a picture may say nothing, and that
what stands beside a line is no part of it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from training.lines.setting import Ink, Strip
from training.synth import marks
from training.synth.page import Figure

_WORDS = "งานสารบรรณกองกลางสำนักงานอธิการบดี"  # of the round stamp


def instead(rng: np.random.Generator, strip: Strip) -> Strip:
    """A strip of the same height that has a scribble and no text."""
    unit = strip.letter
    high = strip.ink.shape[0]
    side = round(1.7 * unit)
    wide = round(unit * float(rng.exponential(3.0) + 1.3))
    ink = np.zeros((high, min(wide, round(25 * unit)) + 2 * side), np.uint8)
    _scribble(rng, ink, unit, strip.base, (side, ink.shape[1] - side))
    seen = ink[: round(strip.base + 0.3 * unit), side : ink.shape[1] - side] > 60
    across, down = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    if not len(across):
        return Strip(ink, strip.base, unit, (side, round(strip.base - unit), side + wide, round(strip.base)))
    box = (side + int(across[0]), int(down[0]), side + int(across[-1]) + 1, int(down[-1]) + 1)
    return Strip(ink, strip.base, unit, box)


def beside(rng: np.random.Generator, strip: Strip) -> tuple[Strip, tuple[float, float]]:
    """The line with a scribble close before or behind it.

    Returns:
        The strip, wider now, and how far the crop must reach left and right of the line, in letter heights.
    """
    unit = strip.letter
    gap, wide = float(rng.uniform(0.25, 1.3)) * unit, float(rng.uniform(0.3, 4)) * unit
    more = round(gap + wide + unit)
    reach = (gap + wide * float(rng.uniform(0.4, 1.1))) / unit
    left, _, right, _ = strip.box
    if rng.random() < 0.25:
        ink = np.pad(strip.ink, ((0, 0), (more, 0)))
        _scribble(rng, ink, unit, strip.base, (round(left + more - gap - wide), round(left + more - gap)))
        box = (left + more, strip.box[1], right + more, strip.box[3])
        return replace(strip, ink=ink, box=box), (reach, 0.0)
    ink = np.pad(strip.ink, ((0, 0), (0, more)))
    _scribble(rng, ink, unit, strip.base, (round(right + gap), round(right + gap + wide)))
    return replace(strip, ink=ink), (0.0, reach)


def _scribble(rng: np.random.Generator, ink: Ink, unit: float, base: float, span: tuple[int, int]) -> None:
    """Draw something unreadable between the columns of `span`, about as high as a line of text or cut off by it."""
    x0, x1 = max(span[0], 0), min(span[1], ink.shape[1])
    wide = max(x1 - x0, 4)
    draw = rng.random()
    if draw < 0.35:
        high = unit * float(rng.uniform(0.8, 3.5))
        top = base - unit * 0.5 - high * float(rng.uniform(0.3, 0.7))
        drawn = _figure(rng, wide, round(high), "scrawl")
    elif draw < 0.8:
        side = round(unit * float(rng.uniform(4, 13)))
        drawn = 255 - (
            marks.round_stamp(side, _WORDS, rng)
            if draw < 0.62
            else marks.box_stamp(side, max(side // 2, 8), rng)
            if draw < 0.72
            else 255 - _figure(rng, side, side, "crest")
        )
        cut = int(rng.integers(max(side - wide, 1)))
        drawn = drawn[:, cut : cut + wide]
        top = base - unit * 0.5 - drawn.shape[0] * float(rng.uniform(0.05, 0.95))
    else:
        _specks(rng, ink[:, x0:x1], unit, base)
        return
    _lay(ink, drawn, x0, round(top), float(rng.uniform(0.25, 1.0)))


def _figure(rng: np.random.Generator, wide: int, high: int, kind: str) -> npt.NDArray[np.uint8]:
    image = Image.new("L", (wide, max(high, 4)), 255)
    box = Figure("crest" if kind == "crest" else "scrawl", 0, 0, wide - 1, max(high, 4) - 1, int(rng.integers(1 << 30)))
    marks.figure(ImageDraw.Draw(image), box, 1.0 if kind == "crest" else max(high / 40, 1.0))
    return np.asarray(255 - np.asarray(image), dtype=np.uint8)


def _specks(rng: np.random.Generator, part: Ink, unit: float, base: float) -> None:
    """Dirt: many specks too small and too uneven for dots of a line."""
    image = Image.new("L", (part.shape[1], part.shape[0]), 0)
    brush = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(2, 12 + 3 * int(part.shape[1] / unit)))):
        x, y = rng.uniform(0, part.shape[1]), rng.normal(base - 0.4 * unit, 0.7 * unit)
        wide, high = unit * rng.exponential(0.07, 2)
        brush.ellipse((x, y, x + wide, y + high), fill=int(rng.integers(60, 256)))
    np.maximum(part, np.asarray(image, dtype=np.uint8), out=part)


def _lay(ink: Ink, drawn: npt.NDArray[np.uint8], x: int, y: int, shade: float) -> None:
    """`drawn` laid on `ink` with its upper left corner at (x, y), cut off at the edges."""
    top, left = max(y, 0), max(x, 0)
    below, right = min(y + drawn.shape[0], ink.shape[0]), min(x + drawn.shape[1], ink.shape[1])
    if top >= below or left >= right:
        return
    part = ink[top:below, left:right]
    np.maximum(part, (drawn[top - y : below - y, left - x : right - x] * shade).astype(np.uint8), out=part)
