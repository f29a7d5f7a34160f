"""Dotted leaders, the blanks that are written in: ครั้งที่ ....๔..../.....๒๕๕๗....

Their dots stand nearer than the recogniser's columns can part, and what stands among them is lost with them: ๑๕.๔๕ is
read as ๕.๔๕. Such a line is read once more, drawn out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.doubt import ReadLine

Grey = npt.NDArray[np.uint8]

STRIDE = 4  # pixels of a column of the net
STEPS = 1.4  # columns a character needs at least, and each repeat: training draws no line with fewer

# Measured on 250 harshly worn lines with leaders in faces that training never sees: 226 edits became 185, 20 wrong
# numbers 16. Drawing out every such line, or taking every second reading, does harm.
DRAWN_OUT = 1.35  # times as wide
NARROW = 1.4  # times the columns that are needed; a line with more has room enough

_LEADER = re.compile(r"[.…](?:\s?[.…]){2}")


class LineReader(Protocol):
    """What reads pictures of lines, as the recogniser does."""

    def read(self, lines: Sequence[Grey]) -> list[ReadLine]: ...


def steps_needed(text: str) -> int:
    """Columns that CTC needs for `text` with room for stacked marks: 1.4 x (characters + repeats)."""
    return math.ceil(STEPS * (len(text) + sum(one == two for one, two in pairwise(text))))


def with_leaders(reader: LineReader, pictures: Sequence[Grey], read: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines as read, those with narrow leaders as read from a wider picture where that is the surer reading.

    Args:
        pictures: of the lines, shape (height, width) each.
        read: what `reader` read in them.
    """
    lines = list(read)
    again = [place for place, line in enumerate(lines) if _is_narrow(line.text, pictures[place].shape[1])]
    for place, line in zip(again, reader.read([_drawn_out(pictures[place]) for place in again]), strict=True):
        if min(line.confidence, default=0.0) > min(lines[place].confidence, default=0.0):
            lines[place] = line
    return lines


def _is_narrow(text: str, width: int) -> bool:
    return _LEADER.search(text) is not None and width / STRIDE < NARROW * steps_needed(text)


def _drawn_out(picture: Grey) -> Grey:
    height, width = picture.shape
    wide = cv2.resize(picture, (round(width * DRAWN_OUT), height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(wide, dtype=np.uint8)
