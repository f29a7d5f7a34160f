"""What stands on a page and is no text: crests, stamps, streaks, holes, edges, rests of rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.ocr.finder.bodies import Bodies, strokes_in
from pipeline.ocr.finder.components import Bools, Components, Floats, Ints
from pipeline.pages.rules import Rule

Wall = tuple[float, float, float]
"""x, y0 and y1 in pixels of an upright table rule."""

_EDGE = 0.06
"""Inches from the edge of the page where ink that goes on for long is a shadow."""

_SLACK = 0.008
"""Inches a rest of a rule may stand out of the rule's box."""

_REST = 0.75
"""Share of its ink that lies there."""

_LARGEST_SEAL = 2.4
"""Inches; a crest has 1.2, a round stamp 1.5."""

_BARE = 0.3
"""Strokes met along each letter height of a thick or double rule; letters have about 2."""

_CURVE = 0.12
"""Share of its box that one thin curve fills; letters that run together fill 0.25."""

_GROWN = 0.3
"""Share of its box that the ink of a stamp with letters grown onto it fills at most; a crest fills more."""

_TALL = 5.5
"""Letter heights: more than two lines that touch."""


_BESIDE = 6.0
"""Letter heights around an upright rule that are looked at."""

_CLOSE = 0.5
"""Letter heights between letters of one word; a cell keeps more on both sides of its border."""

_TOUCHING = 0.3
"""Letter heights between letters of one word; two cells and the border between them need more."""

_CUT = 0.2
"""Share of the lines beside a streak that it runs through a word of."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is no text.

    Attributes:
        part: which components it is.
        doubtful: those of them that letters may have grown onto: stamps and signatures.
        seals: boxes x0, y0, x1, y1 of crests and stamps, whose small parts look like letters; shape (n, 4).
        scrawls: boxes of signatures and of stamps with a broken ring; lines may run through them.
    """

    part: Bools
    doubtful: Bools
    seals: Floats
    scrawls: Floats


def find_furniture(components: Components, rules: Sequence[Rule], letter: float, dpi: float) -> Furniture:
    """What is no text among `components`, told by its shape.

    Args:
        rules: of the page, in fractions of it; rests of them stand where two cross.
        letter: letter height in pixels.
        dpi: pixels an inch.
    """
    page_height, page_width = components.labels.shape
    width, height = components.width, components.height
    fill = components.area / np.maximum(width * height, 1)
    large = ((height > _TALL * letter) & (width > 1.5 * letter)) | (
        (height > 4 * letter) & (width > 4 * letter) & (fill < 0.12)
    )
    streak = (height > 3.2 * letter) & (width < 0.7 * letter)
    rule = (height < 0.35 * letter) & (width > 5 * letter)
    for index in np.flatnonzero((width > 5 * letter) & (height < 1.5 * letter) & ~rule):
        rule[index] = strokes_in(components.mask(int(index))) < _BARE * width[index] / letter
    round_ = (np.abs(width - height) < 0.25 * np.maximum(width, height)) & (height > 1.7 * letter) & (fill > 0.68)
    near = _EDGE * dpi
    outer = (
        (components.x0 < near)
        | (components.y0 < near)
        | (components.x1 > page_width - near)
        | (components.y1 > page_height - near)
    )
    shadow = outer & ((height > 2 * letter) | (width > 4 * letter) | _within(components, near))
    seals = [
        (components.x0[index], components.y0[index], components.x1[index], components.y1[index])
        for index in np.flatnonzero(large & (np.maximum(width, height) < _LARGEST_SEAL * dpi))
        if min(width[index], height[index]) > 0.4 * max(width[index], height[index])
        and min(width[index], height[index]) > 3 * letter
        and not _framed(components, int(index))
    ]
    rest = _rests(components, rules, letter, dpi)
    curve = (fill < _CURVE) & ((height > 2.5 * letter) | (width > 3.5 * letter)) & (height > 0.5 * letter)
    return Furniture(
        large | streak | rule | round_ | shadow | rest | curve,
        (large | curve)
        & ~(streak | rule | round_ | shadow | rest)
        & (fill < _GROWN)
        & (np.maximum(width, height) < 2 * _LARGEST_SEAL * dpi),
        np.array(seals, dtype=np.float64).reshape(-1, 4),
        _gathered(components, np.flatnonzero(curve & ~shadow & ~rest).tolist(), letter, dpi),
    )


def _gathered(components: Components, curves: Sequence[int], letter: float, dpi: float) -> Floats:
    """Boxes around curves that lie near each other, those of the size of a stamp or a signature; shape (n, 4)."""
    reach = letter
    boxes: list[list[float]] = []
    for index in curves:
        box = [
            components.x0[index] - reach,
            components.y0[index] - reach,
            components.x1[index] + reach,
            components.y1[index] + reach,
        ]
        apart = []
        for other in boxes:
            if other[0] < box[2] and other[2] > box[0] and other[1] < box[3] and other[3] > box[1]:
                box = [min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])]
            else:
                apart.append(other)
        boxes = [*apart, box]
    kept = [box for box in boxes if max(box[2] - box[0], box[3] - box[1]) < _LARGEST_SEAL * dpi + 2 * reach]
    return np.array(kept, dtype=np.float64).reshape(-1, 4)


def _within(components: Components, margin: float) -> Bools:
    """What lies wholly in the outermost `margin` pixels of the page."""
    height, width = components.labels.shape
    found = (components.x1 <= margin) | (components.y1 <= margin)
    found |= (components.x0 >= width - margin) | (components.y0 >= height - margin)
    return np.asarray(found, dtype=np.bool_)


def _rests(components: Components, rules: Sequence[Rule], letter: float, dpi: float) -> Bools:
    """What is left of rules: ink that lies in their boxes."""
    labels = components.labels
    height, width = labels.shape
    slack = round(_SLACK * dpi)
    count = int(components.label.max(initial=0)) + 1
    thin, wide = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    done = np.zeros(labels.shape, dtype=np.bool_)
    # The box of a rule that leans is wide enough for letters.
    leaning = [min((x1 - x0) * width, (y1 - y0) * height) > 0.4 * letter for x0, y0, x1, y1 in rules]
    for (x0, y0, x1, y1), leans in sorted(zip(rules, leaning, strict=True), key=lambda pair: pair[1]):
        rows = slice(max(round(y0 * height) - slack, 0), round(y1 * height) + slack)
        columns = slice(max(round(x0 * width) - slack, 0), round(x1 * width) + slack)
        inside = labels[rows, columns][~done[rows, columns]]
        done[rows, columns] = True
        sums = wide if leans else thin
        sums += np.bincount(inside, minlength=count)[:count]
    in_thin, in_any = thin[components.label], (thin + wide)[components.label]
    small = np.maximum(components.width, components.height) < 0.5 * letter
    least = _REST * components.area
    return np.asarray((in_thin >= least) | (small & (in_any >= least)), dtype=np.bool_)


def _framed(components: Components, index: int) -> bool:
    """Whether the ink has corners, as the border of a table has and a seal has not."""
    mask = components.mask(index)
    height, width = mask.shape
    y, x = max(2, height // 12), max(2, width // 12)
    corners = (mask[:y, :x], mask[:y, -x:], mask[-y:, :x], mask[-y:, -x:])
    return sum(bool(corner.any()) for corner in corners) >= 3


def walls_of(rules: Sequence[Rule], bodies: Bodies, size: tuple[int, int], letter: float) -> list[Wall]:
    """The upright rules that part cells. A streak runs through words, a table rule between them.

    Args:
        rules: of the page, in fractions of it.
        bodies: of the letters, in pixels.
        size: width and height of the page in pixels.
        letter: letter height in pixels.
    """
    page_width, page_height = size
    boxes = [(x0 * page_width, y0 * page_height, x1 * page_width, y1 * page_height) for x0, y0, x1, y1 in rules]
    level = [box for box in boxes if box[2] - box[0] >= box[3] - box[1]]
    return [
        ((x0 + x1) / 2, y0, y1)
        for x0, y0, x1, y1 in boxes
        if x1 - x0 < y1 - y0
        and _meets((x0 + x1) / 2, (y0, y1), level, letter)
        and not _cuts_words(bodies, x0, y0, x1, y1, letter)
    ]


def _meets(x: float, ends: tuple[float, float], level: Sequence[Rule], letter: float) -> bool:
    """Whether one of the `ends` of an upright rule lies at a level one, as in every table."""
    return any(a - letter < x < c + letter and b - letter < end < d + letter for a, b, c, d in level for end in ends)


def _cuts_words(bodies: Bodies, x0: float, y0: float, x1: float, y1: float, letter: float) -> bool:
    """Whether words run through an upright rule.

    One does whose letter stands in the rule, others close on both sides, or whose letters nearly touch over it.
    Letters that only stand close together on both sides, or in the rule, do so on many lines.
    """
    beside = np.flatnonzero(
        (bodies.top > y0 - letter)
        & (bodies.bottom < y1 + letter)
        & (bodies.x1 > x0 - _BESIDE * letter)
        & (bodies.x0 < x1 + _BESIDE * letter)
    ).astype(np.int32)
    held = bodies.subset(beside)
    # A streak wanders: its box is wider than itself.
    wide = _CLOSE * letter + (x1 - x0) / 2
    x, middle = (x0 + x1) / 2, (held.top + held.bottom) / 2
    across = (held.x0 < x - 0.2 * letter) & (held.x1 > x + 0.2 * letter)
    before = ~across & (held.x0 + held.x1 < 2 * x)
    after = ~across & ~before
    level = np.abs(middle[:, None] - middle[None, :]) < 0.6 * letter
    near = level & (before & (held.x1 > x - wide))[:, None] & (after & (held.x0 < x + wide))[None, :]
    gap = held.x0[None, :] - held.x1[:, None]
    follows = level & (np.abs(gap) < _CLOSE * letter) & (held.x0[:, None] < held.x0[None, :])
    through = across & held.whole & follows.any(axis=0) & follows.any(axis=1)
    through |= (near & (gap < _TOUCHING * letter)).any(axis=1)
    if bool((through & (middle > y0) & (middle < y1)).any()):
        return True
    cut = across | (near & (gap < _CLOSE * letter)).any(axis=1)
    # Every line with letters at the rule's left counts once: by the letter nearest to it.
    lines = np.unique(np.floor(middle[before | across] / (2.2 * letter))).size
    return bool(np.count_nonzero(cut) > max(1, _CUT * lines))


def inside(boxes: Floats, x0: Floats | Ints, y0: Floats | Ints, x1: Floats | Ints, y1: Floats | Ints) -> Bools:
    """Which of the given boxes have their middle in one of `boxes`, shape (n, 4)."""
    found = np.zeros(len(x0), dtype=np.bool_)
    for a, b, c, d in boxes:
        found |= (x0 + x1 > 2 * a) & (y0 + y1 > 2 * b) & (x0 + x1 < 2 * c) & (y0 + y1 < 2 * d)
    return found
