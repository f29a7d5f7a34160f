"""Figures of read text against the truth: error rates, numbers, calibration."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from pipeline.compare.measure import fold, graphemes
from pipeline.ocr import Line

NUMBER = re.compile(r"[0-9๐-๙][0-9๐-๙.,/:]*[0-9๐-๙]")
"""Two digits and more, with the signs between them. As printed: ๕ is not 5."""

BINS = 20
LEVELS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Confidence between which characters are looked at together, to see whether 0.9 means nine in ten."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over pages; add them up, then ask for rates.

    `edits` and `characters` leave white space out, the `spaced` ones count a run of it as one space; `cluster`
    ones count what a reader sees as one letter. All after `pipeline.compare.measure.fold`.
    """

    pages: int = 0
    edits: int = 0
    characters: int = 0
    spaced_edits: int = 0
    spaced_characters: int = 0
    cluster_edits: int = 0
    clusters: int = 0
    numbers_read: int = 0
    numbers: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Counts)))

    @property
    def cer(self) -> float:
        return self.edits / max(self.characters, 1)

    @property
    def spaced_cer(self) -> float:
        return self.spaced_edits / max(self.spaced_characters, 1)

    @property
    def cluster_rate(self) -> float:
        return self.cluster_edits / max(self.clusters, 1)

    @property
    def number_recall(self) -> float:
        return self.numbers_read / max(self.numbers, 1)


def count(truth: str, read: str) -> Counts:
    """One page's text against its truth, both in reading order."""
    want, got = fold(truth), fold(read)
    spaced, spaced_got = fold(truth, "collapse"), fold(read, "collapse")
    letters = graphemes(want)
    wanted, found = Counter(NUMBER.findall(truth)), Counter(NUMBER.findall(read))
    return Counts(
        pages=1,
        edits=Levenshtein.distance(want, got),
        characters=len(want),
        spaced_edits=Levenshtein.distance(spaced, spaced_got),
        spaced_characters=len(spaced),
        cluster_edits=Levenshtein.distance(letters, graphemes(got)),
        clusters=len(letters),
        numbers_read=(wanted & found).total(),
        numbers=wanted.total(),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A character as read: how sure the reader was of it, and whether it was right."""

    character: str
    sure: float
    right: bool


def judged(truth: Sequence[Line], read: Sequence[Line]) -> Iterator[Judged]:
    """Every character of `read`, white space left out, in reading order."""
    want = fold("".join(line.text for line in truth))
    got = [
        (character, sure)
        for line in read
        for cell in line.cells
        for character, sure in zip(cell.text, cell.chars, strict=True)
        if not character.isspace()
    ]
    matching = Levenshtein.opcodes(want, "".join(character for character, _ in got))
    kept = {place for step in matching if step.tag == "equal" for place in range(step.dest_start, step.dest_end)}
    yield from (Judged(character, sure, place in kept) for place, (character, sure) in enumerate(got))


def bins(characters: Iterable[Judged]) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, how many) in up to 20 bins of equal count, the least sure first."""
    sure, right = _arrays(characters)
    order = np.argsort(sure, kind="stable")
    parts = (part for part in np.array_split(order, BINS) if len(part))
    return [(float(sure[part].mean()), float(right[part].mean()), len(part)) for part in parts]


def levels(characters: Iterable[Judged]) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, how many) between each two of `LEVELS`; those without characters left out."""
    sure, right = _arrays(characters)
    place = np.digitize(sure, LEVELS[1:-1])
    parts = (place == index for index in range(len(LEVELS) - 1))
    return [(float(sure[part].mean()), float(right[part].mean()), int(part.sum())) for part in parts if part.any()]


def calibration_error(characters: Sequence[Judged]) -> float:
    """Expected calibration error over `bins` (Naeini et al. 2015)."""
    return sum(held * abs(sure - right) for sure, right, held in bins(characters)) / max(len(characters), 1)


def wrong_among_least_sure(characters: Iterable[Judged], share: float) -> float | None:
    """Of the wrong characters, the share that is among the `share` least sure of all; None if none is wrong."""
    sure, right = _arrays(characters)
    if right.all():
        return None
    order = np.argsort(sure, kind="stable")
    least = order[: max(round(share * len(order)), 1)]
    return float((~right[least].astype(bool)).sum() / (~right.astype(bool)).sum())


def _arrays(characters: Iterable[Judged]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    pairs = [(one.sure, float(one.right)) for one in characters]
    both = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
