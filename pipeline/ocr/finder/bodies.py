"""Where the bodies of letters stand: what is between the baseline and the top of ก, without marks.

Most letters are one connected piece of ink and are taken as they are. Ink that runs
together (bold words, underlined headings, two lines that touch) is cut into upright
strips, and in each strip the densest bands as high as a letter are taken for bodies:
marks and underlines are thin beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.ocr.finder.components import Bools, Components, Floats, Ints

LEAST, MOST = 0.55, 1.75
"""Height of a letter in usual letter heights: a small ๐ of another size, a bracket or a letter with its mark."""

_WIDEST = 3.0
"""Letter heights; ฌ and ณ are 1.3 wide, and a few letters may touch."""

_STRIP = 2.0
"""Letter heights, width of the strips: a warped line rises by 0.05 in it."""

_APART = 1.6
"""Letter heights between the bodies of two lines in one piece of ink; marks stand nearer."""

_WIDE = 1.4
"""Letter heights; only ฌ, ณ and W come near."""

_STROKES = 0.8
"""Strokes met along each letter height of a row; letters have about 2, a signature or an arc of a stamp has one
in many."""

_NEAR = 5.0
"""Letter heights around ink that runs together where letters show on which line it stands."""

_AS_DENSE = 0.6
"""Share of the ink of the densest band that the band on that line must have."""

_FAINTER = 0.4
"""A second band with less than this share of the ink of the first is marks, not letters."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies of letters in pixels, one row of every array each; x1 and bottom are exclusive.

    Attributes:
        piece: index of the component it is part of.
        whole: whether it is the whole component.
    """

    x0: Floats
    x1: Floats
    top: Floats
    bottom: Floats
    piece: Ints
    whole: Bools

    def __len__(self) -> int:
        return len(self.piece)

    def joined(self, other: Bodies) -> Bodies:
        """These and then those of `other`."""
        return Bodies(
            np.concatenate([self.x0, other.x0]),
            np.concatenate([self.x1, other.x1]),
            np.concatenate([self.top, other.top]),
            np.concatenate([self.bottom, other.bottom]),
            np.concatenate([self.piece, other.piece]),
            np.concatenate([self.whole, other.whole]),
        )

    def subset(self, kept: Bools | Ints) -> Bodies:
        return Bodies(
            self.x0[kept], self.x1[kept], self.top[kept], self.bottom[kept], self.piece[kept], self.whole[kept]
        )


def find_bodies(components: Components, usable: Bools, large: Bools, doubtful: Bools, letter: float) -> Bodies:
    """The bodies of a page.

    Args:
        usable: which components may be text.
        large: which are whole letters of a large type.
        doubtful: which are no text, but may have text grown onto them.
        letter: letter height in pixels.
    """
    height, width = components.height, components.width
    tall = usable & (height >= LEAST * letter)
    single = tall & (height <= MOST * letter) & (width <= _WIDEST * letter) | large
    run_together = (tall & ~single) | doubtful
    # What is wider than any letter must be several; the arc of a stamp is not.
    for index in np.flatnonzero(single & ~large & (width > _WIDE * letter)):
        mask = components.mask(int(index))
        single[index] = strokes_in(mask) >= _STROKES * mask.shape[1] / letter
    whole = whole_bodies(components, np.flatnonzero(single).astype(np.int32))
    cut: list[tuple[float, float, float, float, int]] = []
    for index in np.flatnonzero(run_together):
        cut += _in_strips(components, int(index), whole, letter)
    table = np.array(cut, dtype=np.float64).reshape(-1, 5)
    strips = Bodies(
        table[:, 0],
        table[:, 1],
        table[:, 2],
        table[:, 3],
        table[:, 4].astype(np.int32),
        np.zeros(len(cut), dtype=np.bool_),
    )
    return whole.joined(strips)


def whole_bodies(components: Components, index: Ints) -> Bodies:
    """The components of the given indices as they are."""
    return Bodies(
        components.x0[index].astype(np.float64),
        components.x1[index].astype(np.float64),
        components.y0[index].astype(np.float64),
        components.y1[index].astype(np.float64),
        index,
        np.ones(len(index), dtype=np.bool_),
    )


def _in_strips(
    components: Components, index: int, whole: Bodies, letter: float
) -> list[tuple[float, float, float, float, int]]:
    mask = components.mask(index)
    height, width = mask.shape
    x, y = int(components.x0[index]), int(components.y0[index])
    count = max(1, round(width / (_STRIP * letter)))
    edges = np.linspace(0, width, count + 1).astype(int)
    tall = min(round(letter), height)
    found: list[tuple[float, float, float, float, int]] = []
    beside = (whole.x1 > x - _NEAR * letter) & (whole.x0 < x + width + _NEAR * letter)
    beside &= (whole.bottom > y + 0.5 * letter) & (whole.bottom < y + height + 0.3 * letter)
    feet = whole.subset(beside)
    for left, right in pairwise(edges.tolist()):
        profile = np.concatenate([[0], np.cumsum(mask[:, left:right].sum(axis=1))])
        bands = (profile[tall:] - profile[:-tall]).astype(np.float64)
        most = bands.max()
        if most < 0.6 * letter:  # less ink than a thin upright stroke
            continue
        while bands.max() >= max(_FAINTER * most, 0.6 * letter):
            at = _settled(bands, (left + right) / 2 + x, y, feet, tall)
            if strokes_in(mask[at : at + tall, left:right]) >= _STROKES * (right - left) / letter:
                found.append((x + left, x + right, y + at, y + at + tall, index))
            bands[max(0, at - round(_APART * letter)) : at + round(_APART * letter) + 1] = -1
    return found


def _settled(bands: Floats, x: float, y: int, feet: Bodies, tall: int) -> int:
    """The densest band, or one nearly as dense that stands on the line of the letters beside it.

    Heavy marks are as dense as the letter they have grown onto.
    """
    densest = int(bands.argmax())
    places = np.rint(feet.bottom).astype(int) - y - tall
    near = np.flatnonzero((np.abs(places - densest) < 0.9 * tall) & (places >= 0) & (places < len(bands)))
    if near.size:
        place = int(places[near[np.argmin(np.abs((feet.x0 + feet.x1)[near] / 2 - x))]])
        if bands[place] >= _AS_DENSE * bands[densest]:
            return place
    return densest


def strokes_in(mask: Bools) -> float:
    """How many strokes a level line through `mask` meets, on average."""
    return float(((mask[:, 1:] & ~mask[:, :-1]).sum() + mask[:, 0].sum()) / len(mask))
