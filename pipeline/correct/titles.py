"""Titles before names, misread ones too: คร.สมชาย is ดร.สมชาย."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.correct.confusions import misread_steps
from pipeline.correct.known import without_spaces
from pipeline.correct.reading import Reading
from pipeline.parse.names import is_post
from pipeline.thai.fold import fold, match_prefix, tidy
from pipeline.thai.marks import MARKS, VOWEL_MARKS
from pipeline.vocabulary import vocabulary

# Weighted edits (`confusions`). A long title is known by the letters that were read right, whatever the others are.
TITLE_COST = 0.75  # one exchange of letters that are alike
LONG_LETTERS = 4
LONG_LETTER = 0.15  # more for each letter of a title beyond those
MOST_COST = 2.0
TITLE_SHARE = 0.35  # of a title's letters
SHORT_COST = 0.3  # of short titles that run on into the name: นาขวัญ is no นายวัญ unless the reader thought of ย itself
EXPLAINED = 0.15  # what every letter of a title speaks for it: ทันดแพทย์หญิง is a misread longer title
LETTERS_AN_EDIT = 5  # one edit, and one more for so many letters
OTHER_LENGTH = 0.25  # a lost or an added letter where the name begins would change the name
TITLE_MARGIN = 0.15
NAME_LETTERS = 4  # what is left for the name

_NEVER_FIRST = MARKS + "ะาำๅๆฯ"  # no name begins so
_STAINS = re.compile(r"[^ก-๎A-Za-z0-9๐-๙]+")


@dataclass(frozen=True, slots=True)
class Titled:
    """A name cut in two.

    Attributes:
        title: the titles as they are spelt, with the space before the name when one is printed.
        name: what follows, as read.
        misread: the titles were read otherwise.
    """

    title: str
    name: str
    misread: bool


def bare_name(name: str) -> str:
    """A name without its titles: titles are compared apart, or นาย ก would match นาง ก."""
    return cut_titles(name, exact=True).name


@lru_cache(maxsize=32_768)
def cut_titles(value: str, exact: bool = False, reading: Reading | None = None) -> Titled:
    """Cut a name after its titles, each known by its letters, or (unless `exact`) by nearly its letters.

    Args:
        exact: whether misread titles are left on the name.
        reading: how the letters of `value` were read, when it is known.
    """
    text = tidy(value)
    stain = None if exact else _STAINS.match(text)
    at = stain.end() if stain and _exact(text[stain.end() :]) else 0
    title = ""
    while found := _title(text[at:], not title, exact, reading):
        spelt, length = found
        gap = " " if text[at:].startswith(" ") and title else ""
        title, at = title + gap + spelt, at + length
    gap = " " if text[at:].startswith(" ") and title else ""
    return Titled(title + gap, text[at:].strip(), without_spaces(text[:at]) != without_spaces(title))


def _title(text: str, first: bool, exact: bool, reading: Reading | None) -> tuple[str, int] | None:
    """The title that `text`, the rest of a name, begins with: (as it is spelt, where it ends); None for none."""
    spaces = len(text) - len(text.lstrip())
    rest = text[spaces:]
    printed = _exact(rest)
    if exact:
        found = printed
    else:
        known = reading.last(len(without_spaces(rest))) if reading else None
        found = _misread(rest, first, known, printed[0] if printed else "") or printed
    return (found[0], spaces + found[1]) if found else None


def _exact(text: str) -> tuple[str, int] | None:
    """The title whose letters `text` begins with, and where it ends."""
    for title in vocabulary().titles:
        found = match_prefix(text, title, tolerance=0.0) if fold(text[:8])[:2] == fold(title)[:2] else None
        # นาง before สาวิตรี is not นางสาว, nor คุณ before ากร a title: a vowel belongs to the letter before it.
        if found and not (
            (text[found.end - 1] in VOWEL_MARKS and title[-1] not in VOWEL_MARKS)
            or text[found.end : found.end + 1] in tuple(_NEVER_FIRST)
        ):
            return title, found.end
    return None


def _misread(text: str, first: bool, reading: Reading | None, printed: str) -> tuple[str, int] | None:
    """The title that `text` begins with, misread.

    After another title only one with its full stop can be told from a name.

    Args:
        printed: a title that `text` does begin with; it may be the beginning of a longer one.
    """
    ranked = sorted(
        (cost - EXPLAINED * len(without_spaces(title)) + OTHER_LENGTH * (length != len(title)), title, length)
        for title in vocabulary().titles
        for length, cost in _heads(text, first, reading, title, printed)
    )
    if not ranked or is_post(text):
        return None
    best, title, length = ranked[0]
    if any(other != title and far - best < TITLE_MARGIN for far, other, _ in ranked[1:]):
        return None
    return title, length


def _heads(text: str, first: bool, reading: Reading | None, title: str, printed: str) -> Iterator[tuple[int, float]]:
    """Beginnings of `text` that may be `title` misread: (length, cost)."""
    if printed and (title == printed or not title.startswith(printed)):
        return
    letters = len(without_spaces(title)) - len(without_spaces(printed))
    for length in range(max(len(title) - 1, 2), len(title) + 2):
        head, rest = text[:length], text[length:]
        name = without_spaces(rest)
        if head.endswith(" ") or len(name) < NAME_LETTERS or name[0] in _NEVER_FIRST:
            continue
        limit = min(TITLE_COST + LONG_LETTER * max(letters - LONG_LETTERS, 0), TITLE_SHARE * letters, MOST_COST)
        stop = title.endswith(".")
        if stop and not without_spaces(head).endswith((".", ",")) and not (first and rest.startswith(" ")):
            continue
        if stop and letters <= len("ศ."):
            continue  # of one letter nothing is left when it is another one
        if not stop and not rest.startswith(" ") and letters <= LONG_LETTERS:
            limit = SHORT_COST
        if not stop and not first:
            continue
        if Levenshtein.distance(head, title) > 1 + letters // LETTERS_AN_EDIT:
            continue
        read = reading.part(0, len(without_spaces(head))) if reading else None
        cost = sum(map(sum, misread_steps(head, title, read)))
        if cost <= limit:
            yield length, cost
