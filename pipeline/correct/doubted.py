"""Names that no list knows: signs that no name has, and letters that the recogniser doubted.

What settles a letter is how names are spelt, and the same person's name in another place of the record: who signs is
on a list of those present as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline.correct.known import without_spaces
from pipeline.correct.named import named, reading_of
from pipeline.correct.reading import Reading, letters_of
from pipeline.correct.spelling import settled, spelling_odds, sure_margin
from pipeline.correct.titles import cut_titles
from schemas import Correction
from schemas.pointer import join

SPELLING, ELSEWHERE, FORM = "spelling:names", "record:names", "form:names"
"""What settled a name, as corrections name it."""

SETTLING = frozenset((SPELLING, ELSEWHERE, FORM))

AGREED = 1.0  # log odds by which one reading of a name must be likelier than the other one
UNTHOUGHT = 4.0  # the same against a letter that the recogniser did not think of
FORM_SCORE = 95.0  # such signs are no letters of a name; what is left may be misread

_WORDS = re.compile(r"[ก-๎]+(?: [ก-๎]+){1,3}")
_POINTED = re.compile(r"([ก-๎]{3,})[.,:;·'\-]([ก-๎]{3,})")  # a speck where a space is
_REST = re.compile(r"[^ก-๎(]+$|[^ก-๎(]*[)\]][^ก-๎(]*[ก-ฮ]$")  # of a bracket, of what stands beside it
_LONGEST_REST = 4


@dataclass(slots=True)
class _Name:
    """A name as it stands in the record.

    Attributes:
        bare: without titles, as read; signs that no name has are taken away.
        spelt: the same as it is settled.
        formed: such signs were taken away.
    """

    holder: dict[str, Any]
    path: str
    title: str
    bare: str
    reading: Reading
    spelt: str
    score: float = 0.0
    source: str = ""
    formed: bool = False

    def leave(self) -> None:
        """Leave its letters as they were read."""
        self.settle(self.bare, *((FORM_SCORE, FORM) if self.formed else (0.0, "")))

    def settle(self, spelt: str, score: float, source: str) -> None:
        self.spelt, self.score, self.source = spelt, score, source


def settle_names(data: dict[str, Any], readings: Mapping[str, Reading], told: Collection[str]) -> list[Correction]:
    """Settle the names of a record in place.

    Args:
        data: a record, dumped.
        readings: how the letters of the names were read, by pointer.
        told: pointers of the names that a list has something to say about; they stay.

    Returns:
        What was changed.
    """
    names = [
        _name(holder, path, readings)
        for holder, at in named(data)
        if holder.get("name") and (path := join(at, "name")) not in told
    ]
    for one in names:
        if found := settled(one.bare, one.reading):
            one.settle(found.name, found.score, SPELLING)
    listed = [one for one in names if one.path.startswith("/attendance")]
    for signed in names:
        if not signed.path.startswith("/attendance"):
            _as_elsewhere(signed, listed)
    return [_corrected(one) for one in names if one.source]


def _name(holder: dict[str, Any], path: str, readings: Mapping[str, Reading]) -> _Name:
    value = holder["name"]
    reading = reading_of(value, path, readings)
    cut = cut_titles(value, reading=reading)
    formed = well_formed(cut.name)
    count = len(without_spaces(cut.name))
    own = reading.last(count)
    if formed != cut.name:  # a rest was cut off behind, or a letter of the middle is none
        left = len(without_spaces(formed))
        own = own.part(0, left) if without_spaces(cut.name).startswith(without_spaces(formed)) else Reading()
    made = _Name(holder, path, cut.title, formed, own, formed, formed=formed != cut.name)
    made.leave()
    return made


def well_formed(bare: str) -> str:
    """A name without the sign that stands where its space is, and without what was read behind it: `ก ข) /`."""
    if pointed := _POINTED.fullmatch(bare):
        return " ".join(pointed.groups())
    rest = _REST.search(bare)
    if not rest or "(" in bare or not _WORDS.fullmatch(bare[: rest.start()]):
        return bare
    signs = without_spaces(rest.group())
    letters = sum(sign.isalnum() for sign in signs)
    return bare[: rest.start()] if len(signs) <= _LONGEST_REST and letters <= 1 else bare


def _as_elsewhere(signed: _Name, listed: list[_Name]) -> None:
    """Settle the name of who signs together with the same name on the lists, if it can be told which one it is."""
    same = [one for one in listed if without_spaces(one.bare) == without_spaces(signed.bare)]
    if same:
        _bear_out(signed, same)
        return
    near = [one for one in listed if _offer(signed, one.bare) or _offer(one, signed.bare)]
    if len(near) != 1:
        return
    (other,) = near
    for_other, for_signed = _offer(signed, other.bare), _offer(other, signed.bare)
    more = (
        (for_other.odds if for_other else -UNTHOUGHT)
        - (for_signed.odds if for_signed else -UNTHOUGHT)
        + spelling_odds(signed.bare, other.bare)
    )
    score = round(100 / (1 + math.exp(-abs(more))), 1)
    if for_other and more >= AGREED + for_other.margin:
        signed.settle(other.spelt, score, ELSEWHERE)
    elif for_signed and -more >= AGREED + for_signed.margin:
        other.settle(signed.spelt, score, ELSEWHERE)


def _bear_out(signed: _Name, same: list[_Name]) -> None:
    """Read alike in two places, a letter is another one only if it may be so in both."""
    everywhere = [signed, *same]
    for spelt in {one.spelt for one in everywhere if one.source == SPELLING}:
        if not all(_offer(one, spelt) for one in everywhere):
            for one in everywhere:
                if one.spelt == spelt:
                    one.leave()


@dataclass(frozen=True, slots=True)
class _Offer:
    """Another spelling of a name, of letters that the recogniser itself thought of.

    Attributes:
        odds: logarithm of the odds by the recogniser for it.
        margin: what is asked besides, as a letter was read surely.
    """

    odds: float
    margin: float


def _offer(name: _Name, spelt: str) -> _Offer | None:
    """`spelt` as the recogniser offers it for what it read; None when it did not think of a letter of it."""
    letters = letters_of(without_spaces(name.bare), name.reading)
    meant, odds, margin = without_spaces(spelt), 0.0, 0.0
    for step in Levenshtein.editops(without_spaces(name.bare), meant):
        letter = letters[step.src_pos]
        other = "" if step.tag == "delete" else meant[step.dest_pos]
        share = (letter.missing if step.tag == "insert" else letter.others).get(other, 0.0)
        if share <= 0:
            return None
        odds += math.log(share)
        if step.tag != "insert":
            margin = max(margin, sure_margin(letter.sure))
    return _Offer(odds, margin)


def _corrected(name: _Name) -> Correction:
    read, name.holder["name"] = name.holder["name"], name.title + name.spelt
    return Correction(path=name.path, ocr=read, value=name.holder["name"], score=name.score, source=name.source)
