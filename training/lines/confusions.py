"""Which letters the recogniser takes for which; writes pipeline/correct/confusions.yaml.

Names, posts and lines of official papers are drawn worn in held-out faces and read by the shipped model; letters
read and letters printed are laid side by side. Measure anew after every training.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline.ocr.recogniser import Recogniser
from pipeline.thai.fold import tidy
from training.lines.reading import read_worn
from training.synth import people
from training.text import papers

TARGET = Path(__file__).parents[2] / "pipeline" / "correct" / "confusions.yaml"
RARE = 2  # an exchange seen less often than so is chance

_HEAD = """\
# How often the recogniser reads which letter for which, and loses or adds one; known names are weighed by it.
# Measured, not written by hand: `python -m training.lines.confusions` makes this file anew.
"""


class Counts:
    """Letters printed, exchanged, lost and added."""

    def __init__(self) -> None:
        self.printed: Counter[str] = Counter()
        self.exchanged: Counter[tuple[str, str]] = Counter()
        self.lost: Counter[str] = Counter()
        self.added: Counter[str] = Counter()
        self.lines = 0

    def take(self, text: str, read: str) -> None:
        """Lay a line as printed and as read side by side, spaces aside."""
        want, got = tidy(text).replace(" ", ""), tidy(read).replace(" ", "")
        self.lines += 1
        if Levenshtein.distance(want, got) * 3 > len(want):
            return  # no letters were exchanged there: the line was not read at all
        self.printed.update(want)
        for step in Levenshtein.editops(want, got):
            if step.tag == "replace":
                self.exchanged[want[step.src_pos], got[step.dest_pos]] += 1
            elif step.tag == "delete":
                self.lost[want[step.src_pos]] += 1
            else:
                self.added[got[step.dest_pos]] += 1

    @property
    def edits(self) -> int:
        """Letters read wrong in all."""
        return self.exchanged.total() + self.lost.total() + self.added.total()

    def as_yaml(self, model: str, seed: int) -> str:
        """The file's text, letters in the order of Unicode."""
        lines = [
            f"{_HEAD}measured:",
            f"  model: {model}",
            f"  seed: {seed}",
            f"  lines: {self.lines}",
            f"  letters: {self.printed.total()}",
            f"  wrong: {self.edits}",
            "",
            "# printed: how often it was printed, how often it was lost, what was read for it",
            "letters:",
        ]
        for letter, count in sorted(self.printed.items()):
            if count < 10 * RARE:
                continue
            for_it = [(n, other) for (one, other), n in self.exchanged.items() if one == letter and n >= RARE]
            read = ", ".join(
                f"{_quoted(other)}: {n}" for n, other in sorted(for_it, key=lambda pair: (-pair[0], pair[1]))
            )
            lines.append(f"  {_quoted(letter)}: {{printed: {count}, lost: {self.lost[letter]}, read: {{{read}}}}}")
        lines += ["", "# letters read where none was printed", "added:"]
        lines += [f"  {_quoted(letter)}: {n}" for letter, n in sorted(self.added.items()) if n >= RARE]
        return "\n".join(lines) + "\n"


def _quoted(letter: str) -> str:
    return "'''" + "'" if letter == "'" else f"'{letter}'"


def texts(rng: np.random.Generator) -> Iterator[str]:
    """Names, and lines of papers, by turns and without end."""
    while True:
        yield people.name(rng)
        yield papers.line(rng)


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m training.lines.confusions", description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7000)
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    rng = np.random.default_rng(args.seed)
    recogniser, counts = Recogniser(), Counts()
    for reading in read_worn(rng, islice(texts(rng), args.lines), recogniser):
        counts.take(reading.text, reading.found.text)
    args.out.write_text(counts.as_yaml(recogniser.name, args.seed), encoding="utf-8")
    print(f"{counts.lines} lines, {counts.printed.total()} letters, {counts.edits} wrong: {args.out}")


if __name__ == "__main__":
    main()
