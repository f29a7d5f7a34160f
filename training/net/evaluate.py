"""The page reader on generated scans that no training saw: error rate, numbers, calibration."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pythainlp.util import reorder_vowels
from rapidfuzz.distance import Levenshtein

from pipeline.ocr import Line, PageText
from pipeline.ocr.recogniser_engine import RecogniserEngine
from pipeline.pages import Grey, PageImage, find_rules, without_rules
from pipeline.pages.upright import deskewed
from training.synth import records

NUMBER = re.compile(r"[0-9๐-๙][0-9๐-๙.,/:]*[0-9๐-๙]")
BINS = 20


@dataclass(slots=True)
class Figures:
    """Sums over pages, and what they come to."""

    pages: int = 0
    edits: int = 0
    characters: int = 0
    numbers_right: int = 0
    numbers: int = 0
    seconds: float = 0.0

    def summary(self, sure: list[float], right: list[bool]) -> dict[str, float]:
        """CER without spaces, share of number tokens read, expected calibration error, CPU seconds a page."""
        return {
            "pages": self.pages,
            "cer": round(self.edits / max(self.characters, 1), 5),
            "number_recall": round(self.numbers_right / max(self.numbers, 1), 5),
            "calibration_error": round(calibration_error(np.array(sure), np.array(right)), 5),
            "cpu_seconds_a_page": round(self.seconds / max(self.pages, 1), 3),
        }


def evaluate(seed: int, count: int) -> dict[str, float]:
    """Read `count` generated records of `seed`, their worn pages as a scan stores them."""
    engine = RecogniserEngine()
    figures = Figures()
    sure: list[float] = []
    right: list[bool] = []
    for number in range(count):
        made = records.generate(seed, number)
        for pixels, truth in zip(made.pages, made.truths, strict=True):
            begun = time.process_time()
            lines = _read(engine, pixels, truth)
            figures.seconds += time.process_time() - begun
            figures.pages += 1
            want, got = _plain(truth.lines), _plain(lines)
            figures.edits += Levenshtein.distance(want, got)
            figures.characters += len(want)
            wanted, found = _numbers(truth.lines), _numbers(lines)
            figures.numbers += wanted.total()
            figures.numbers_right += (wanted & found).total()
            for confidence, correct in _judged(want, lines):
                sure.append(confidence)
                right.append(correct)
    return figures.summary(sure, right)


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over bins of equal count (Naeini et al. 2015)."""
    order = np.argsort(sure)
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return float(sum(len(part) * abs(sure[part].mean() - right[part].mean()) for part in parts) / max(len(sure), 1))


def _read(engine: RecogniserEngine, pixels: Grey, truth: PageText) -> tuple[Line, ...]:
    page = deskewed(PageImage(truth.number, pixels, dpi=pixels.shape[1] / 8.27))
    rules = find_rules(page)
    return engine.read(without_rules(page, rules), rules)


def _plain(lines: tuple[Line, ...]) -> str:
    return re.sub(r"\s+", "", reorder_vowels("".join(line.text for line in lines)))


def _numbers(lines: tuple[Line, ...]) -> Counter[str]:
    return Counter(token for line in lines for cell in line.cells for token in NUMBER.findall(cell.text))


def _judged(want: str, lines: tuple[Line, ...]) -> Iterator[tuple[float, bool]]:
    """(confidence, was it right) of every character read."""
    got = [
        (character, confidence)
        for line in lines
        for cell in line.cells
        for character, confidence in zip(cell.text, cell.chars, strict=True)
        if not character.isspace()
    ]
    matching = Levenshtein.opcodes(want, "".join(character for character, _ in got))
    kept = {place for step in matching if step.tag == "equal" for place in range(step.dest_start, step.dest_end)}
    yield from ((confidence, place in kept) for place, (_, confidence) in enumerate(got))
