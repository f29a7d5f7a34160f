"""Positions and organisations as read against those of the lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.correct.confusions import misread_costs
from pipeline.correct.known import KnownPhrase, without_spaces
from pipeline.thai.fold import fold
from pipeline.thai.numbers import DIGIT, arabic

# Weighted edits a letter. Long phrases differ by whole words, which is no misreading.
SHARE = 0.08
LEAST, MOST = 0.7, 2.0
MARGIN = 0.8
CANDIDATES = 6

_SHORT_FORM = re.compile(r"(?:[ก-ฮ]{1,4}\s?\.\s?)+")


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """The known phrase that was misread, and how near it is (0-100)."""

    spelling: str
    score: float
    source: str


def misread_phrase(text: str, known: Sequence[KnownPhrase]) -> PhraseMatch | None:
    """The known phrase that `text` is a misreading of; None when it is one, or is none."""
    spellings = [(spelling, phrase) for phrase in known for spelling in phrase.spellings]
    plain = without_spaces(text)
    if not plain or any(without_spaces(spelling) == plain for spelling, _ in spellings):
        return None
    found = process.extract(
        fold(text),
        [fold(spelling) for spelling, _ in spellings],
        scorer=Levenshtein.distance,
        score_cutoff=int(MOST * 2),
        limit=CANDIDATES,
    )
    ranked = sorted(
        ((sum(misread_costs(text, spellings[index][0])), *spellings[index]) for _, _, index in found),
        key=lambda one: (one[0], one[1]),
    )
    if not ranked:
        return None
    cost, spelling, phrase = ranked[0]
    rival = next((other for other, _, owner in ranked[1:] if owner is not phrase), None)
    letters = len(without_spaces(spelling))
    if cost > min(max(SHARE * letters, LEAST), MOST) or (rival is not None and rival - cost < MARGIN):
        return None
    if _figures(text) != _figures(spelling) or short_forms(text) != short_forms(spelling):  # เขต ๑ is no misread เขต ๒
        return None
    return PhraseMatch(spelling, round(100 * (1 - cost / letters), 1), phrase.source)


def short_forms(text: str) -> list[str]:
    """The dotted short forms in `text`: a letter more or less makes another one, อ.ก.พ. is no misread อ.ก.ก."""
    return [without_spaces(form) for form in _SHORT_FORM.findall(text)]


def _figures(text: str) -> list[str]:
    return re.findall(rf"{DIGIT}+", arabic(text))
