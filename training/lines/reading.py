"""Texts drawn as worn lines in faces nobody trained on, and what the recogniser reads there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.ocr.doubt import ReadLine
from pipeline.ocr.recogniser import Grey, Recogniser
from training.lines import faces
from training.lines.picture import picture

_TOGETHER = 32  # lines read at one go


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, and how it was read: `found` as `Recogniser` hands it over."""

    text: str
    found: ReadLine


def read_worn(rng: np.random.Generator, texts: Iterable[str], recogniser: Recogniser) -> Iterator[Reading]:
    """Draw every text once as `training.lines` draws lines, in a held-out face, and read it.

    A text that a face cannot set is drawn in another one; what none can set is left out.
    """
    pool = faces.FacePool(faces.held_out_faces())
    waiting: list[tuple[str, Grey]] = []
    kept = ["รายงานการประชุมคณะกรรมการ", "ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"]
    for text in texts:
        for _ in range(6):
            face, kin = pool.draw(rng)
            drawn = picture(rng, text, face, kin, kept)
            if drawn is not None:
                waiting.append((text, drawn))
                break
        kept = [*kept[-24:], text]
        if len(waiting) == _TOGETHER:
            yield from _read(waiting, recogniser)
            waiting = []
    yield from _read(waiting, recogniser)


def _read(waiting: list[tuple[str, Grey]], recogniser: Recogniser) -> Iterator[Reading]:
    found = recogniser.read([drawn for _, drawn in waiting])
    yield from (Reading(text, read) for (text, _), read in zip(waiting, found, strict=True))
