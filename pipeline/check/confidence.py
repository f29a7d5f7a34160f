"""Numbers, times, names and posts that were read with doubt, or that may as well be read otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from pipeline.check.codes import issue
from pipeline.check.figures import other_figures
from pipeline.check.otherwise import Otherwise, is_cut_off, letters_in, of_name, of_words
from pipeline.correct.doubted import SETTLING
from pipeline.correct.reading import Reading
from pipeline.ocr import DocumentText
from schemas import AgendaItem, Evidence, Issue, Record

LOW_CONFIDENCE = 0.8  # a value read with less deserves a look

# How likely another reading must be to be told. Measured on 180 generated records: of names a lower limit finds no more
# that are wrong; of the rest, where fewer are doubted as words bear most letters out, a higher one misses a third.
NAME_OTHERWISE = 0.1
WORDS_OTHERWISE = 0.05

MOST = 0.7  # of a list's people; where so many are doubtful, something is wrong in nearly every list
FEW = 3  # people; of fewer the share says little

_WATCHED = re.compile(
    r"/header/(meeting|date)/(number|year|iso)|/(opened|closed)_at|/attendance/\d+/people/\d+/(name|number)|"
    r"/signatories/\d+/name|(/agenda/\d+|/items/\d+)+/number|/header/(title|body|venue)"
)
_NAME = re.compile(r"/attendance/\d+/people/\d+/name|/signatories/\d+/name")
_WORDS = re.compile(
    r"/attendance/\d+/people/\d+/(position|represents|role)|/signatories/\d+/(position|role)|/header/(title|body|venue)"
)


def confidence(
    record: Record, text: DocumentText, known: Collection[str], readings: Mapping[str, Reading]
) -> Iterator[Issue]:
    """Values read with doubt, one issue a value.

    Args:
        text: the pages as read; what stands in them twice is no doubt.
        known: pointers of names that a names list bears out.
        readings: how the letters of the values were read, by pointer.
    """
    borne_out = {*known, *_in_order(record)}
    paper = letters_in(text)
    told = []
    for path, evidence in record.evidence.items():
        reading = readings.get(path, Reading())
        if path not in borne_out and (found := _doubt(record, path, evidence, reading, paper)):
            told.append(path)
            yield found
    yield from _lists(record, told)


def _doubt(record: Record, path: str, evidence: Evidence, reading: Reading, paper: str) -> Issue | None:
    """What is doubtful about one value as read."""
    read = evidence.ocr
    settled = next((one for one in record.corrections if one.path == path and one.source in SETTLING), None)
    if settled:
        return issue("value.other_reading", f"'{settled.ocr}' was read and taken for '{settled.value}'", path)
    other = _otherwise(record, path, read, reading, paper)
    low = evidence.confidence < LOW_CONFIDENCE and _WATCHED.fullmatch(path)
    told = other.likely >= (NAME_OTHERWISE if _NAME.fullmatch(path) else WORDS_OTHERWISE)
    if low and (told or not (reading.letters and _NAME.fullmatch(path))):
        return issue("value.low_confidence", f"'{read}' was read with confidence {evidence.confidence:.2f}", path)
    if told:
        may_be = f"may be '{other.text}'" if other.text else "has letters that may be others"
        return issue("value.other_reading", f"'{read}' {may_be}", path)
    if figures := other_figures(record, path, read, reading):
        return issue("value.other_reading", f"'{read}' may be '{figures}'", path)
    if _WORDS.fullmatch(path) and not _corrected(record, path) and is_cut_off(read):
        return issue("value.cut_off", f"'{read}' ends in the middle of a word", path)
    return None


def _otherwise(record: Record, path: str, read: str, reading: Reading, paper: str) -> Otherwise:
    """What else the value at `path` may be; of words that a list put right nothing is asked."""
    if _NAME.fullmatch(path):
        return of_name(read, reading, paper)
    if not _WORDS.fullmatch(path) or _corrected(record, path):
        return Otherwise()
    return of_words(read, reading, paper)


def _corrected(record: Record, path: str) -> bool:
    return any(correction.path == path for correction in record.corrections)


def _lists(record: Record, told: Collection[str]) -> Iterator[Issue]:
    """Lists that were read so badly that what is missing in them may have been lost."""
    doubted = {path.rsplit("/", 1)[0] for path in told}
    for n, roll in enumerate(record.attendance):
        count = sum(f"/attendance/{n}/people/{k}" in doubted for k in range(len(roll.people)))
        if len(roll.people) >= FEW and count >= MOST * len(roll.people):
            yield issue(
                "attendance.read_badly",
                f"{count} of {len(roll.people)} people were read with doubt",
                f"/attendance/{n}",
            )


def _in_order(record: Record) -> Iterator[str]:
    """Pointers of list and item numbers that the numbers around them bear out: 3 between 2 and 4 is no doubt."""
    for n, roll in enumerate(record.attendance):
        numbers = [person.number for person in roll.people]
        yield from (f"/attendance/{n}/people/{k}/number" for k in _steps(numbers))
    yield from _items_in_order(record.agenda, "/agenda")


def _items_in_order(items: list[AgendaItem], at: str) -> Iterator[str]:
    numbers = [int(item.number.split(".")[-1]) if item.number else None for item in items]
    yield from (f"{at}/{n}/number" for n in _steps(numbers))
    for n, item in enumerate(items):
        yield from _items_in_order(item.items, f"{at}/{n}/items")


def _steps(numbers: list[int | None]) -> list[int]:
    """Indexes of numbers that are one more than the one before and one less than the one after."""
    around = [0, *numbers, None]
    return [
        k
        for k, number in enumerate(numbers)
        if number is not None and around[k] == number - 1 and (k == len(numbers) - 1 or around[k + 2] == number + 1)
    ]
