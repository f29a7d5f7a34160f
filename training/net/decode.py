"""From log-probabilities to text and error rates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from training.text.charset import CHARSET


def greedy(best: npt.NDArray[np.int64]) -> str:
    """The text of one line from its most likely class at each step; 0 is the blank."""
    kept = best[np.insert(best[1:] != best[:-1], 0, True)]
    return "".join(CHARSET[index - 1] for index in kept if index)


def edits(truth: str, read: str) -> int:
    """Edits between two lines, white space not counted."""
    return int(Levenshtein.distance(truth.replace(" ", ""), read.replace(" ", "")))
