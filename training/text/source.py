"""Lines of text to train on, mixed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from training.synth.words import thai_digits
from training.text import clusters, numbers, papers
from training.text.charset import foreign, normal
from training.text.running import LONGEST, Running

# Shares of: running text of the corpus, official papers, random syllables, strings of digits, numbers that stand
# alone (of pages, lists, cells: nothing beside them tells what they must be), English.
_MIX = (
    ("running", 0.41),
    ("papers", 0.36),
    ("clusters", 0.06),
    ("numbers", 0.06),
    ("alone", 0.05),
    ("english", 0.06),
)

# Letters that are hard to tell apart in small or thin type. In some lines a few are swapped, so that the net learns
# to look rather than to guess: a name is spelt as it is printed.
_ALIKE = (
    "ิีึื",
    "ุู",
    "่้๊๋",
    "็์",
    "ชซ",
    "ขช",
    "ดตค",
    "ศส",
    "ฎฏ",
    "ผพ",
    "ฝฟ",
    "ถภ",
    "ปบษ",
    "ฐฑ",
    "รธ",
    "ลส",
    "วอ",
    "ำา",
    "ฌณญ",
    "๑๗๓",
    "๕๔",
    "๖๒",
)
_SWAPPED = 0.09  # share of lines

_SWAPS: dict[str, str] = {}
for _group in _ALIKE:
    for _letter in _group:
        _SWAPS[_letter] = _SWAPS.get(_letter, "") + _group.replace(_letter, "")


class TextSource:
    """An endless mix of lines.

    Args:
        rng: everything random comes from it: the same state gives the same lines.
        corpus: running official text, one paragraph a line (UTF-8, or packed by xz); None leaves it out, and
            papers take its place.
    """

    def __init__(self, rng: np.random.Generator, corpus: Path | None = None) -> None:
        self._rng = rng
        self._running = Running(corpus, rng) if corpus is not None else None

    def line(self) -> str:
        """1 to 110 characters of the character set, in normal spelling."""
        while True:
            text = normal(self._draw())
            if len(text) > LONGEST:
                text = _shorten(text)
            if text and self._rng.random() < _SWAPPED:
                text = normal(self._swap(text))
            if text and not foreign(text):
                return text

    def _swap(self, text: str) -> str:
        """`text` with one to three letters or marks replaced by ones that look alike."""
        letters = list(text)
        places = [index for index, letter in enumerate(letters) if letter in _SWAPS]
        for _ in range(int(self._rng.integers(1, 4)) if places else 0):
            at = places[int(self._rng.integers(len(places)))]
            choices = _SWAPS.get(letters[at], letters[at])
            letters[at] = choices[int(self._rng.integers(len(choices)))]
        return "".join(letters)

    def _draw(self) -> str:
        rng = self._rng
        draw = rng.random()
        kind = _MIX[-1][0]
        for name, share in _MIX:
            if draw < share:
                kind = name
                break
            draw -= share
        if kind == "running" and self._running is not None:
            return self._running.piece()
        if kind == "clusters":
            return clusters.thai(rng)
        if kind == "numbers":
            text = numbers.raw(rng)
            return thai_digits(text) if rng.random() < 0.5 else text
        if kind == "alone":
            text = numbers.alone(rng)
            return thai_digits(text) if rng.random() < 0.7 else text
        if kind == "english":
            words = [papers.english_word(rng) for _ in range(int(rng.integers(1, 12)))]
            return " ".join(words)
        return papers.line(rng)


def _shorten(text: str) -> str:
    """`text` up to its last space within the longest a line may get."""
    cut = text[:LONGEST]
    return normal(cut[: cut.rfind(" ")] if " " in cut else cut)
