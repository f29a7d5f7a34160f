"""Dates of Thai papers, in every printed form, both digit scripts mixed. Never raises on any text.

`pythainlp.util.thai_strptime` is not used: it raises on Thai-digit days and on พ.ศ. between month
and year, and turns the numeric months 10-12 into January.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.thai.fold import fold
from pipeline.thai.loose import loose
from pipeline.thai.numbers import DIGIT, buddhist_year, without_dots
from pipeline.vocabulary import vocabulary

BE_OFFSET = 543

BEFORE = 16  # characters before a day in which the first of several stands

# A month's name may be misread in this share of its folded letters.
_MONTH_TOLERANCE = 0.34

_WORDS = vocabulary().grammar
_COMMON_ERA = re.compile(loose(_WORDS["common_era"]))
_DATE = re.compile(
    rf"(?<![0-9๐-๙/])(?P<day>{DIGIT}{{1,2}})\s*{loose(_WORDS['month_words'])}?\s*(?P<month>[ก-๎][ก-๎.\s]{{1,18}}?)\s*"
    rf"(?P<era>{loose([*_WORDS['buddhist_era'], *_WORDS['common_era']])})?\s*"
    rf"(?P<year>{DIGIT}{{4}}|{DIGIT}{{2}})(?!{DIGIT})"
)
_WEEKDAY = re.compile(
    rf"{loose(_WORDS['day_words'])}\s*(?P<weekday>[ก-๎]{{2,12}}?)?\s*{loose(_WORDS['day_number'])}\s*$"
)
_NAMED = "|".join(re.escape(name) for names in vocabulary().weekday_spellings for name in names)
_WEEKDAY_ALONE = re.compile(
    rf"(?:^|(?<=\s)|{loose(_WORDS['day_words'])}\s*)(?P<weekday>{_NAMED})\s*(?:{loose(_WORDS['day_number'])}\s*)?$"
)
# ๙ of ๙ - ๑๐ มิถุนายน: a meeting of several days is that of the first.
_FIRST_DAY = re.compile(
    rf"{loose(_WORDS['day_number'])}\s*(?P<day>{DIGIT}{{1,2}})\s*(?:{loose(_WORDS['to'])}|{loose(_WORDS['and'])})\s*$"
)
_NUMERIC = re.compile(
    rf"(?<!{DIGIT})(?P<day>{DIGIT}{{1,2}})\s*[/-]\s*(?P<month>{DIGIT}{{1,2}})\s*[/-]\s*(?P<year>{DIGIT}{{4}})(?!{DIGIT})"
)


# A year of two figures needs the words before it: 16/12/62 alone may be anything.
_NUMERIC_SHORT = re.compile(
    rf"{loose(_WORDS['day_words'])}\s*{loose(_WORDS['day_number'])}\s*"
    rf"(?P<day>{DIGIT}{{1,2}})\s*[/-]\s*(?P<month>{DIGIT}{{1,2}})\s*[/-]\s*(?P<year>{DIGIT}{{2}})(?![0-9๐-๙/-])"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at `text[start:end]`, with วัน… before it when that is printed.

    `day` is None-safe: a date that the calendar does not have (31 เมษายน) has `date` None.
    `spans` are the places of day, month and year in the text.
    """

    start: int
    end: int
    date: datetime.date | None
    weekday: str | None
    spans: tuple[tuple[int, int], ...]


def find_dates(text: str) -> list[FoundDate]:
    """Every date in `text`, left to right; of several days in a row the first. Dotted blanks may stand around words."""
    plain = without_dots(text)
    found = []
    for match in [*_overlapping(_DATE, plain), *_NUMERIC.finditer(plain), *_NUMERIC_SHORT.finditer(plain)]:
        month = _month(match["month"])
        year = _common_year(int(match["year"]), match.groupdict().get("era"))
        if month is None or year is None:
            continue
        first = _FIRST_DAY.search(plain, max(0, match.start("day") - BEFORE), match.start("day"))
        if first and int(first["day"]) >= int(match["day"]):
            first = None
        day = first or match
        start, weekday = _weekday_before(plain, day.start("day"))
        found.append(
            FoundDate(
                start=start,
                end=match.end(),
                date=_date(year, month, int(day["day"])),
                weekday=weekday,
                spans=(day.span("day"), match.span("month"), match.span("year")),
            )
        )
    return sorted(found, key=lambda date: date.start)


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches from every start: a number before a date must not swallow it."""
    place = 0
    while match := pattern.search(text, place):
        yield match
        place = match.start() + 1


def names_month(text: str) -> bool:
    """Is there a month's full name in `text`, a letter aside?"""
    words = re.findall(r"[ก-๎]{4,}", text)
    full = [fold(names[0]) for names in vocabulary().months]
    return any(Levenshtein.distance(fold(word), month) <= 1 for word in words for month in full)


def weekday_of(date: datetime.date) -> str:
    """The Thai weekday of `date`, without วัน."""
    return vocabulary().weekdays[date.weekday()]


def same_weekday(printed: str, date: datetime.date) -> bool:
    """Is the weekday printed on the page that of `date`? Reading errors and พฤหัส for พฤหัสบดี allowed."""
    return _nearest_weekday(printed) == weekday_of(date)


def _month(printed: str) -> int | None:
    if printed.strip()[:1] and printed.strip()[0] in "0123456789๐๑๒๓๔๕๖๗๘๙":
        number = int(printed)
        return number if 1 <= number <= 12 else None
    wanted = fold(printed).replace(".", "")
    best: tuple[float, int] | None = None
    for number, names in enumerate(vocabulary().months, start=1):
        for name in names:
            spelt = fold(name).replace(".", "")
            distance = Levenshtein.distance(wanted, spelt) / max(len(spelt), len(wanted), 1)
            allowed = _MONTH_TOLERANCE if len(spelt) > 4 else 0.0
            if distance <= allowed and (best is None or distance < best[0]):
                best = (distance, number)
    return best[1] if best else None


def _common_year(year: int, era: str | None) -> int | None:
    if era and _COMMON_ERA.fullmatch(era):
        return year if 1000 <= year <= 2400 else None
    buddhist = buddhist_year(year)
    return buddhist - BE_OFFSET if buddhist else None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _weekday_before(text: str, end: int) -> tuple[int, str | None]:
    """Where the date's own words begin (วันศุกร์ที่ …), and the weekday when one is printed."""
    window = text[max(0, end - 24) : end]
    match = _WEEKDAY.search(window) or _WEEKDAY_ALONE.search(window)
    if not match:
        return end, None
    start = max(0, end - 24) + match.start()
    printed = match["weekday"]
    return start, (printed if printed and _nearest_weekday(printed) else None)


def _nearest_weekday(printed: str) -> str | None:
    wanted = fold(printed)
    best: tuple[float, str] | None = None
    for name, spellings in zip(vocabulary().weekdays, vocabulary().weekday_spellings, strict=True):
        for spelling in spellings:
            spelt = fold(spelling)
            distance = Levenshtein.distance(wanted, spelt) / max(len(spelt), 1)
            if distance <= _MONTH_TOLERANCE and (best is None or distance < best[0]):
                best = (distance, name)
    return best[1] if best else None
