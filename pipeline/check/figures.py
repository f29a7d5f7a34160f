"""Figures that decide: a meeting's number, its date and its times, and what else they may have been read as."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from pipeline.check.otherwise import with_letter
from pipeline.correct.known import without_spaces
from pipeline.correct.reading import Reading
from pipeline.thai.dates import find_dates, same_weekday
from pipeline.thai.numbers import DIGIT, buddhist_year, find_times, parse_int
from schemas import Record

_FIGURES = re.compile(DIGIT)


def other_figures(record: Record, path: str, read: str, reading: Reading) -> str | None:
    """Another reading of a date, a time, or a meeting's number that is as good as the one taken; None for none.

    Any second thought of the recogniser's counts, however slight: nothing in the words around tells ๔ from ๕. Those are
    left out that make no time or date, that mean the same, or that the printed weekday speaks against.

    Args:
        read: the value as read.
        reading: of its letters.
    """
    for other in _others(read, reading):
        if _as_good(record, path, read, other):
            return other
    return None


def _others(read: str, reading: Reading) -> Iterator[str]:
    """`read` with another figure, or one more or less, wherever the recogniser thought of one."""
    letters = without_spaces(read)
    if len(reading.letters) != len(letters):
        return
    for doubt in reading.doubts:
        for other, _ in doubt.others:
            if _FIGURES.search(letters[doubt.at : doubt.at + doubt.length] + other):
                yield with_letter(read, doubt.at, doubt.length, other)


def _as_good(record: Record, path: str, read: str, other: str) -> bool:
    if path in ("/opened_at", "/closed_at"):
        clocks = [time.clock for time in find_times(other)]
        return bool(clocks) and clocks[0] != next((time.clock for time in find_times(read)), None)
    if path in ("/header/meeting/number", "/header/meeting/year"):
        number = parse_int(other)
        if number is not None and path.endswith("/year"):
            number = buddhist_year(number)
        return number is not None and number != _meeting(record, path)
    return path == "/header/date/iso" and _as_good_a_date(record, other)


def _meeting(record: Record, path: str) -> int | None:
    meeting = record.header.meeting
    return (meeting.year if path.endswith("/year") else meeting.number) if meeting else None


def _as_good_a_date(record: Record, other: str) -> bool:
    printed = record.header.date
    days = [found.date for found in find_dates(other) if found.date]
    if not printed or not printed.iso or not days or days[0].isoformat() == printed.iso:
        return False
    taken = datetime.date.fromisoformat(printed.iso)
    weekday = printed.weekday
    return not (weekday and same_weekday(weekday, taken) and not same_weekday(weekday, days[0]))
