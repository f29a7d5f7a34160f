"""What else a value may be: letters that the recogniser doubts, and that nothing else bears out.

Confidence alone tells little of a name: the letter that was lost has none (โพธิ์จร for โพธิ์ขจร). The recogniser's
second thoughts do, once those are left out that spell no Thai, and those that the paper or the language decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names, thai_words

from pipeline.correct.known import without_spaces
from pipeline.correct.reading import Letter, Reading, letters_of
from pipeline.correct.titles import cut_titles
from pipeline.ocr import DocumentText
from pipeline.thai.marks import VOWEL_MARKS
from pipeline.thai.orthography import is_impossible, is_thai
from pipeline.thai.words import sorted_words

AROUND = 12  # letters, the doubtful one among them, that bear a reading out when they stand in the paper once more
WORD = 5  # letters of a word that bears its letters out; of shorter ones nearly any letters make one
BEGUN = 4  # letters at the end of a value that must begin a word
SHORT_WORD = 3  # letters of a word that a value may end in: วิชาการเรือ is no วิชาการเรือ(น)
LOST = 3  # letters that the end of a line may have lost
_LONGEST = 25  # letters of a word that is looked for
SURE = 0.99  # a letter read with more has no other reading
_NEVER = re.compile(
    f"[^กจฎฏดตบปอ{VOWEL_MARKS}][๊๋]"  # tones that only these letters bear
    f"|[{VOWEL_MARKS.replace('ื', '')}][่-๋]?อ(?![ก-๎])"  # ตื้อ, but no ตี้อ
)
"""Spellings that nobody means, though they are printed by mistake (นะค๊ะ)."""


_Known = tuple[range, frozenset[str]]
"""Where a known word stands among the letters, and the names that it may be mistaken for."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """How likely a value is another than the one read.

    Attributes:
        likely: that any of its letters is another, 0-1.
        text: the likeliest other reading; None when only a letter is known to be doubtful, not what else it is.
    """

    likely: float = 0.0
    text: str | None = None


def letters_in(text: DocumentText) -> str:
    """All letters of a paper, white space left out within a cell."""
    return "\n".join(without_spaces(cell.text) for page in text.pages for line in page.lines for cell in line.cells)


def of_name(read: str, reading: Reading, paper: str) -> Otherwise:
    """What else a person's name may be; titles come from a closed list and are no doubt.

    Args:
        read: as read, titles and spaces included.
        reading: of its letters.
        paper: all letters of the paper (`letters_in`).
    """
    if not _has_doubts(read, reading):
        return Otherwise()
    bare = cut_titles(read, reading=reading).name
    at = first = len(without_spaces(read)) - len(without_spaces(bare))
    known = []
    for place, word in enumerate(bare.split(" ")):
        names = _family() if place else _given()
        if word in names:
            known.append((range(at, at + len(word)), names))
        at += len(word)
    return _otherwise(read, reading, paper, first, known)


def of_words(read: str, reading: Reading, paper: str) -> Otherwise:
    """What else a position, a role, a venue or a title may be. The arguments are those of `of_name`."""
    if not _has_doubts(read, reading):
        return Otherwise()
    letters, words = without_spaces(read), thai_words()
    found = (
        (range(start, end), frozenset[str]())
        for start in range(len(letters))
        for end in range(start + WORD, min(start + _LONGEST, len(letters)) + 1)
        if letters[start:end] in words
    )
    return _otherwise(read, reading, paper, 0, list(found))


def is_cut_off(read: str) -> bool:
    """Does `read` end in the middle of a word: its last letters begin one, and none ends there?"""
    letters, words = without_spaces(read), sorted_words()
    ends = [letters[start:] for start in range(max(0, len(letters) - _LONGEST), len(letters) - SHORT_WORD + 1)]
    if any(end in thai_words() for end in ends):
        return False
    return any(
        len(word) <= len(end) + LOST
        for end in ends
        if len(end) >= BEGUN
        for word in words[bisect_left(words, end) : bisect_left(words, end + "๿")]
    )


def _has_doubts(read: str, reading: Reading) -> bool:
    """Is the reading that of `read`, and any letter of it doubtful?"""
    if len(without_spaces(read)) != len(reading.letters):
        return False
    return bool(reading.doubts) or min(reading.letters, default=1.0) < SURE


def _otherwise(read: str, reading: Reading, paper: str, first: int, known: Sequence[_Known]) -> Otherwise:
    """What `read` may be from its letter `first` on, the words in `known` being sure."""
    text = without_spaces(read)
    right, best, likeliest = 1.0, 0.0, None
    for place, letter in enumerate(letters_of(text, reading)):
        if place < first:
            continue
        for length, share, other in _others(text, place, letter):
            inside = any(_is_sure(text, place, length, other, *word) for word in known)
            if share and not inside and not _borne_out(text, place, length, other, paper):
                right *= 1 - share
                if other is not None and share > best:
                    best, likeliest = share, with_letter(read, place, length, other)
    return Otherwise(1 - right, likeliest)


def _is_sure(text: str, place: int, length: int, other: str | None, word: range, names: frozenset[str]) -> bool:
    """Is the letter in a known word, and does what else it may be make none of `names`?"""
    if place not in word or (not length and place == word.start):
        return False
    return other is None or text[word.start : place] + other + text[place + length : word.stop] not in names


def _others(text: str, place: int, letter: Letter) -> Iterator[tuple[int, float, str | None]]:
    """What may stand at `place`: (letters it replaces, likelihood, the likeliest letter if it is known)."""
    for length, odds in ((1, letter.others), (0, letter.missing)):
        possible = {
            other: weight for other, weight in odds.items() if (length or other) and _spells(text, place, length, other)
        }
        weight = sum(possible.values())
        likeliest = max(possible, key=lambda other: possible[other]) if possible else None
        if not length:
            yield 0, weight / (1 + weight), likeliest
        elif letter.sure is not None and letter.sure < SURE:
            left_out = sum(odds.values()) - weight
            yield 1, max(0.0, 1 - letter.sure * (1 + left_out)), likeliest


def _spells(text: str, place: int, length: int, other: str) -> bool:
    """Are the letters Thai and a possible spelling, or the reading as impossible?"""
    if not is_thai(other):
        return False
    changed = text[:place] + other + text[place + length :]
    return not _impossible(changed, place, len(other)) or _impossible(text, place, length)


def _impossible(text: str, place: int, length: int) -> bool:
    return is_impossible(text, place, length) or is_impossible(text, place, length, _NEVER)


def _borne_out(text: str, place: int, length: int, other: str | None, paper: str) -> bool:
    """Do the letters stand in the paper once more as they were read, and not oftener as they may be?"""
    start = max(0, place - AROUND // 2)
    end = min(len(text), start + AROUND)
    start = max(0, end - AROUND)
    again = paper.count(text[start:end]) - 1
    if again <= 0:
        return False
    return other is None or paper.count(text[start:place] + other + text[place + length : end]) <= again


def with_letter(read: str, place: int, length: int, other: str) -> str:
    """`read`, which has spaces, with `other` for the letter at `place` of its letters (`length` 0: before it)."""
    places = [at for at, letter in enumerate(read) if not letter.isspace()]
    at = places[place] if place < len(places) else len(read)
    return read[:at] + other + read[at + length :]


@cache
def _given() -> frozenset[str]:
    return frozenset(thai_female_names() | thai_male_names())


@cache
def _family() -> frozenset[str]:
    return frozenset(thai_family_names())
