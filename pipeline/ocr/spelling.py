"""Doubtful letters settled by words.

Where the recogniser itself hesitates between two readings and only one of them makes a word, that one is taken:
บันทีก, read with a second thought of ึ, becomes บันทึก. Digits and people's names are left as read, unless that is no
Thai spelling at all (โพธื์), and what was read stays among the doubts of the cell. Comma and point are set as the form
of an amount wants them (8,980,853.43). Of Latin letters only the capital I
that was read as l is put right (lnnovation).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache

from pipeline.ocr.doubt import Doubt, ReadLine
from pipeline.thai.marks import MARKS
from pipeline.thai.orthography import IMPOSSIBLE, is_impossible, is_thai
from pipeline.thai.words import sorted_words
from pipeline.vocabulary import vocabulary

# Measured on 1,500 harshly worn lines in faces that training never sees: 204 lines better, 10 worse, 14 as wrong as
# before. With words of five letters a tenth more was mended, and three times as many became worse.
LEAST_LETTERS = 6  # of the word that the other reading makes
LONGER = 2  # letters by which it is longer than any word that the reading makes
LONG_TITLE = 8  # letters: พันตำรวจโท
LEAST_SHARE = 0.02  # of the reading's own likelihood

SETTLED = 0.9
"""Confidence of a letter that a word settled: the share of such changes that were right."""

SPELT = 0.75
"""The same of a letter changed because what was read spells no Thai: below what passes for sure in a record, for it may
stand in a name."""

_LONGEST = 25  # letters of a word that is looked for


_AMOUNT = re.compile(
    r"(?<![0-9๐-๙.,])[0-9๐-๙]{1,3}(?P<groups>(?:[.,][0-9๐-๙]{3})+)(?P<rest>[.,][0-9๐-๙]{2})?(?![.,]?[0-9๐-๙])"
)
"""An amount in groups of three digits: 8,980,853.43."""

_CAPITAL = re.compile(r"(?<![A-Za-z])l(?=[b-df-hj-km-np-tv-xz][a-z]{2})")
"""No English word begins with l and a consonant; in many faces I and l are the same stroke."""


def settle(line: ReadLine) -> ReadLine:
    """`line` with its doubtful Thai letters as the words want them; what was read stays in `doubts`."""
    line = replace(line, text=_CAPITAL.sub("I", line.text))
    if not line.doubts:
        return line
    line = _punctuated(_spelt(_single_marks(line)))
    for index in range(len(line.doubts)):
        doubt = line.doubts[index]
        named = any(found.start() <= doubt.at < found.end() for found in _names().finditer(line.text))
        chosen = _choose(line.text, doubt, words=not named)
        if chosen is not None:
            line = _with(line, index, chosen, SETTLED)
    return line


def _single_marks(line: ReadLine) -> ReadLine:
    """`line`, with one mark wherever two were read of which each may be the other: ปิื is ปื or ปิ, seen twice."""
    place = 0
    while place + 1 < len(line.doubts):
        one, two = line.doubts[place : place + 2]
        if not _read_twice(line.text, one, two):
            place += 1
            continue
        shares: dict[str, float] = {}
        for mark, share in ((line.text[one.at], one.likely), (line.text[two.at], two.likely), *one.others, *two.others):
            shares[mark] = round(shares.get(mark, 0.0) + share / 2, 4)
        (mark, likely), *others = sorted(shares.items(), key=lambda item: -item[1])
        seen = one.model_copy(update={"likely": likely, "others": tuple(others)})
        behind = [doubt.model_copy(update={"at": doubt.at - 1}) for doubt in line.doubts[place + 2 :]]
        line = ReadLine(
            line.text[: one.at] + mark + line.text[two.at + 1 :],
            (*line.confidence[: one.at], likely, *line.confidence[two.at + 1 :]),
            (*line.starts[: two.at], *line.starts[two.at + 1 :]),
            (*line.doubts[:place], seen, *behind),
        )
        place += 1
    return line


def _read_twice(text: str, one: Doubt, two: Doubt) -> bool:
    """Are two doubted letters marks that cannot stand on one letter, and each what the other may be?"""
    if not one.length or not two.length or two.at != one.at + 1:
        return False
    first, second = text[one.at], text[two.at]
    return (
        first in MARKS
        and second in MARKS
        and IMPOSSIBLE.search(text[max(one.at - 1, 0) : two.at + 1]) is not None
        and second in dict(one.others)
        and first in dict(two.others)
    )


def _spelt(line: ReadLine) -> ReadLine:
    """`line`, with the likeliest other reading wherever the one taken spells no Thai, in names too."""
    for _ in line.doubts:
        found = [
            (share / max(doubt.likely, LEAST_SHARE), index, other)
            for index, doubt in enumerate(line.doubts)
            if is_impossible(line.text, doubt.at, doubt.length)
            for other, share in doubt.others
            if not is_impossible(_changed(line.text, doubt, other), doubt.at, len(other))
        ]
        if not found:
            break
        _, index, other = max(found, key=lambda one: (one[0], -one[1]))
        line = _with(line, index, other, SPELT)
    return line


def _punctuated(line: ReadLine) -> ReadLine:
    """`line`, with the comma or the point that the form of an amount wants, where the reader thought of it."""
    wanted: dict[int, str] = {}
    for found in _AMOUNT.finditer(line.text):
        if len(found["groups"]) > len(",000") or found["rest"]:
            wanted |= dict.fromkeys(range(*found.span("groups"), len(",000")), ",")
            wanted |= {found.start("rest"): "."} if found["rest"] else {}
    for index, doubt in enumerate(line.doubts):
        sign = wanted.get(doubt.at) if doubt.length else None
        if sign and sign != line.text[doubt.at] and sign in dict(doubt.others):
            line = _with(line, index, sign, SETTLED)
    return line


def _changed(text: str, doubt: Doubt, other: str) -> str:
    return text[: doubt.at] + other + text[doubt.at + doubt.length :]


def _with(line: ReadLine, index: int, chosen: str, confidence: float) -> ReadLine:
    """`line` with the other reading `chosen` for one of its doubts, which keeps what was read."""
    doubt = line.doubts[index]
    at, end = doubt.at, doubt.at + doubt.length
    read, count = line.text[at:end], len(chosen)
    sure, starts = list(line.confidence), list(line.starts)
    sure[at:end] = [confidence] * count
    starts[at:end] = [starts[min(at, len(starts) - 1)]] * count
    if not chosen and at:
        sure[at - 1] = min(sure[at - 1], confidence)
    rest = tuple((other, share) for other, share in doubt.others if other != chosen)
    settled = Doubt(at=at, length=count, others=((read, doubt.likely), *rest), likely=confidence)
    doubts = tuple(
        one.model_copy(update={"at": one.at + count - doubt.length}) if one.at > at else one for one in line.doubts
    )
    return ReadLine(
        _changed(line.text, doubt, chosen), tuple(sure), tuple(starts), (*doubts[:index], settled, *doubts[index + 1 :])
    )


def _choose(text: str, doubt: Doubt, words: bool) -> str | None:
    """The reading that makes a longer word than the one taken (if `words` may say so), or a title, if there is one."""
    read = text[doubt.at : doubt.at + doubt.length]
    least = LEAST_SHARE * doubt.likely
    others = [other for other, share in doubt.others if share >= least and is_thai(other)]
    if not others or not is_thai(read):
        return None
    # A letter that is missing belongs to the word on either side.
    start, end = max(doubt.at - (not read), 0), doubt.at + max(len(read), 1)
    best = max(_word(text, start, end) + LONGER, LEAST_LETTERS) if words else 0
    titled = _in_title(text, start, end)
    chosen = None
    for other in others:
        changed = _changed(text, doubt, other)
        start, end = max(doubt.at - (not other), 0), doubt.at + max(len(other), 1)
        if words and (word := _word(changed, start, end)) >= best:
            best, chosen = word + 1, other
        elif chosen is None and not titled and _in_title(changed, start, end):
            chosen = other
    return chosen


def _in_title(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is of a title that begins a word or follows a title and is no word: ดร., พันตำรวจโท."""
    return any(found.start("last") <= start and end <= found.end() for found in _titled().finditer(text))


def _word(text: str, start: int, end: int) -> int:
    """Letters of the longest word in `text` that covers `text[start:end]`; 0 when there is none."""
    words = sorted_words()
    longest = 0
    for first in range(max(0, end - _LONGEST), start + 1):
        place = 0
        for last in range(first + 1, len(text) + 1):
            begun = text[first:last]
            place = bisect_left(words, begun, place)
            if place == len(words) or not words[place].startswith(begun):
                break
            if last >= end and words[place] == begun:
                longest = max(longest, last - first)
    return longest


@cache
def _titled() -> re.Pattern[str]:
    """Titles one after another of which the last is abbreviated or long: a short one may begin a name as well."""
    titles = "|".join(re.escape(title) for title in vocabulary().titles)
    last = "|".join(
        re.escape(title)
        for title in vocabulary().titles
        if (title.endswith(".") and len(title) > 2) or len(title) >= LONG_TITLE
    )
    return re.compile(rf"(?:^|(?<=\s)|(?:{titles}))(?P<last>{last})")


@cache
def _names() -> re.Pattern[str]:
    """A person's title with the two words after it."""
    titles = "|".join(re.escape(title) for title in vocabulary().titles)
    return re.compile(rf"(?:{titles})\s*\S+(?:\s+\S+)?")
