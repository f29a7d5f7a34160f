"""How a value was read: what the recogniser knew of each of its letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.ocr import Doubt, moved


@dataclass(frozen=True, slots=True)
class Reading:
    """A value's letters, white space left out. Nothing is known where an engine does not tell.

    Attributes:
        letters: confidence of each letter, 0-1.
        doubts: letters that may be others, and gaps where one may be missing, by their place among the letters.
    """

    letters: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def last(self, count: int) -> Reading:
        """Of the last `count` letters."""
        first = len(self.letters) - count
        return self.part(first, len(self.letters)) if first > 0 else self

    def part(self, first: int, end: int) -> Reading:
        """Of the letters `first` to `end`."""
        return Reading(self.letters[first:end], moved(self.doubts, first, end))


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as read; the last one of a text is empty and stands for its end.

    Attributes:
        text: the letter.
        sure: its confidence; None where it is not known.
        others: what else it may be, each by how many times as likely; "" for no letter.
        left: likelihood of everything that is neither the letter nor one of `others`; None where it is not known.
        missing: what may stand unread before it, each by how many times as likely as nothing.
    """

    text: str
    sure: float | None
    others: Mapping[str, float]
    left: float | None
    missing: Mapping[str, float]


def letters_of(text: str, reading: Reading | None) -> list[Letter]:
    """The letters of `text`, which has no white space, and its end; the reading of another text says nothing."""
    known = reading if reading and len(reading.letters) == len(text) else Reading()
    instead = {doubt.at: doubt for doubt in known.doubts if doubt.length}
    before: dict[int, dict[str, float]] = {}
    for doubt in known.doubts:
        if not doubt.length:
            gap = before.setdefault(doubt.at, {})
            gap.update((other, max(share, gap.get(other, 0.0))) for other, share in _odds(doubt).items())
    found = []
    for place, letter in enumerate((*text, "")):
        one = instead.get(place)
        found.append(
            Letter(
                text=letter,
                sure=known.letters[place] if letter and known.letters else None,
                others=_odds(one) if one else {},
                left=1 - one.likely - sum(share for _, share in one.others) if one else None,
                missing=before.get(place, {}),
            )
        )
    return found


def _odds(doubt: Doubt) -> dict[str, float]:
    return {other: share / max(doubt.likely, share, 1e-6) for other, share in doubt.others}
