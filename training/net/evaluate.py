"""The page reader on generated scans that no training saw: the figures of the model's card.

A quick look after a training, with thirty records in all faces; `benchmarks/` measures on unseen faces and text.
"""

from __future__ import annotations

import time

from pipeline.layout import page_text
from pipeline.ocr import Line, PageText
from pipeline.ocr.recogniser_engine import RecogniserEngine
from pipeline.pages import Grey, PageImage, find_rules, without_rules
from pipeline.pages.upright import deskewed
from training.measure import Counts, Judged, calibration_error, count, judged
from training.synth import records


def evaluate(seed: int, documents: int) -> dict[str, float]:
    """Read generated records of `seed`, their worn pages as a scan stores them.

    Returns:
        Pages, CER without spaces, share of number tokens read, expected calibration error, CPU seconds a page.
    """
    engine = RecogniserEngine()
    counts = Counts()
    characters: list[Judged] = []
    seconds = 0.0
    for number in range(documents):
        made = records.generate(seed, number)
        for pixels, truth in zip(made.pages, made.truths, strict=True):
            begun = time.process_time()
            lines = _read(engine, pixels, truth)
            seconds += time.process_time() - begun
            counts += count(page_text(truth), page_text(truth.model_copy(update={"lines": lines})))
            characters += judged(truth.lines, lines)
    return {
        "pages": counts.pages,
        "cer": round(counts.cer, 5),
        "number_recall": round(counts.number_recall, 5),
        "calibration_error": round(calibration_error(characters), 5),
        "cpu_seconds_a_page": round(seconds / max(counts.pages, 1), 3),
    }


def _read(engine: RecogniserEngine, pixels: Grey, truth: PageText) -> tuple[Line, ...]:
    page = deskewed(PageImage(truth.number, pixels, dpi=pixels.shape[1] / 8.27))
    rules = find_rules(page)
    return engine.read(without_rules(page, rules), rules)
