"""Numbers and times of day in Thai papers: both digit scripts, mixed as they come. Never raises on any text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
DIGIT = "[0-9๐-๙]"
BEFORE = 24  # characters before a time in which the words for it stand

_WORDS = vocabulary().grammar
_UNIT = rf"{loose(_WORDS['time_units'])}(?![ก-๙])"
_TIME = re.compile(
    rf"(?<![0-9๐-๙.,/])(?P<hour>{DIGIT}{{1,2}})(?:\s*[.:,]\s*(?P<minute>{DIGIT}{{2}})(?!{DIGIT})|"
    rf"(?P<joined>{DIGIT}{{2}})(?=\s*(?:{_UNIT}|[-–)]|$)))?"
    rf"\s*(?P<unit>{_UNIT})?(?:\s*(?P<after>{DIGIT}{{1,2}})\s*(?P<minutes>{loose(_WORDS['minute_units'])}))?"
)
_JOINED_TIME = re.compile(
    rf"\D*(?:(?P<hour>{DIGIT}{{2}})(?P<minute>{DIGIT}{{2}})|(?P<hours>{DIGIT}{{1,2}})\s*[.:]\s*(?P<minutes>{DIGIT}{{2}}))\W*"
)
_HOURS = re.compile(loose(_WORDS["hour_units"]))
_FIGURES = tuple(re.compile(loose([word])) for word in vocabulary().figures)
_FIGURE = loose(vocabulary().figures)
_IN_WORDS = (
    rf"(?:(?:{_FIGURE}|{loose(_WORDS['number_twenty'])})?{loose(_WORDS['number_ten'])}"
    rf"(?:{_FIGURE}|{loose(_WORDS['number_last_one'])})?|{_FIGURE})"
)
_TIME_IN_WORDS = re.compile(
    rf"(?P<hour>{_IN_WORDS})\s*{loose(_WORDS['hour_units'])}"
    rf"(?:\s*(?P<minute>{_IN_WORDS})\s*{loose(_WORDS['minute_units'])})?"
)
_TEN = re.compile(loose(_WORDS["number_ten"]))
_TWENTY = re.compile(loose(_WORDS["number_twenty"]))
_TO = re.compile(rf"\s*{loose(_WORDS['to'])}\s*")
_BEFORE_TIME = re.compile(rf"{loose(_WORDS['time_words'])}\W*$")
_MEETING_WORDS = loose(_WORDS["meeting_words"])
_YEAR_WORDS = loose(_WORDS["year_words"])
_ERA = loose(_WORDS["buddhist_era"])
_MONTHLY = rf"{loose(_WORDS['monthly'])}\s*{loose(name for names in vocabulary().months for name in names)}\s*"
_TERM = rf"(?:{loose(_WORDS['term_words'])}\s*{DIGIT}{{1,3}}\s*)?"
_MEETING = re.compile(
    rf"{_MEETING_WORDS}\s*(?P<number>{DIGIT}{{1,3}})\s*"
    rf"(?:[/|]\s*(?:{_YEAR_WORDS}\s*)?|{_TERM}{_YEAR_WORDS}\s*|{_MONTHLY}|(?={_ERA}))(?:{_ERA}\s*)?"
    rf"(?P<year>{DIGIT}{{4}}|{DIGIT}{{2}})(?!{DIGIT})"
)
_MEETING_LINE = re.compile(rf"\s*{_MEETING_WORDS}(?:\s*\S{{1,12}}){{1,3}}\s*$")
_DOTS = re.compile(r"(?:\.{2,}|…|_{2,}|‥)[.…_‥]*")
_AGENDA_NUMBER = re.compile(rf"{DIGIT}{{1,2}}(?:\s?\.\s?{DIGIT}{{1,2}})*")


def arabic(text: str) -> str:
    """`text` with Thai digits written as Arabic ones."""
    return text.translate(TO_ARABIC)


def parse_int(text: str) -> int | None:
    """The whole number that `text` is, spaces and thousands' commas allowed; None when it is none."""
    plain = arabic(text).replace(",", "").strip()
    return int(plain) if re.fullmatch(r"[0-9]{1,18}", plain) else None


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time of day at `text[start:end]`; `clock` is HH:MM."""

    start: int
    end: int
    clock: str


def find_times(text: str) -> list[FoundTime]:
    """Times of day: 09.30 น., ๙:๓๐ นาฬิกา, 13.30 - 16.30 น., ๙ นาฬิกา ๓๐ นาที, ๐๙๓๐ น.

    A bare 4.22 is an amount, not a time: without its unit a time counts only after เวลา or before
    a dash and another time; and so does an hour with น. alone. Times may be in words: เก้านาฬิกาสามสิบนาที.
    """
    return sorted([*_times_in_figures(text), *_times_in_words(text)], key=lambda time: time.start)


def joined_time(text: str) -> str | None:
    """The time, HH:MM, in a text of no other figures: ๐๙๐๐ as the forces print it, 09:00 without a unit; else None."""
    match = _JOINED_TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match["hour"] or match["hours"]), int(match["minute"] or match["minutes"])
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _times_in_figures(text: str) -> list[FoundTime]:
    found: list[FoundTime] = []
    for match in reversed(list(_TIME.finditer(text))):
        whole = _HOURS.fullmatch(match["unit"] or "") is not None
        announced = _BEFORE_TIME.search(text[max(match.start() - BEFORE, 0) : match.start()]) is not None
        printed = match["minute"] or match["joined"]
        if printed is None and not whole and not (match["unit"] and announced):
            continue
        after = match["after"] if whole and printed is None else None
        hour, minute = int(match["hour"]), int(printed or after or 0)
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            continue
        parts = ("hour", "minute", "joined", "unit", *(("minutes",) if after else ()))
        end = max(match.end(part) for part in parts)
        dashed = bool(found) and _TO.fullmatch(text[end : found[-1].start]) is not None
        if match["unit"] or dashed or announced:
            found.append(FoundTime(match.start(), end, f"{hour:02d}:{minute:02d}"))
    return found


def _times_in_words(text: str) -> Iterator[FoundTime]:
    for match in _TIME_IN_WORDS.finditer(text):
        hour, minute = _number_in_words(match["hour"]), _number_in_words(match["minute"] or "")
        if hour < 24 and minute < 60:
            yield FoundTime(match.start(), match.end(), f"{hour:02d}:{minute:02d}")


def _number_in_words(words: str) -> int:
    """0 to 99 as `_IN_WORDS` matches it; 0 for no words."""
    ten = _TEN.search(words)
    if ten is None:
        return _figure(words, 0)
    tens = 2 if _TWENTY.fullmatch(words[: ten.start()]) else _figure(words[: ten.start()], 1)
    rest = words[ten.end() :]
    return 10 * tens + (_figure(rest, 1) if rest else 0)


def _figure(word: str, otherwise: int) -> int:
    """The figure that `word` is; `otherwise` for none, as for เอ็ด."""
    return next((figure for figure, pattern in enumerate(_FIGURES) if pattern.fullmatch(word)), otherwise)


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting's number and Buddhist year at `text[start:end]`; the spans are of number and year."""

    start: int
    end: int
    number: int
    year: int
    number_span: tuple[int, int]
    year_span: tuple[int, int]


def find_meetings(text: str) -> Iterator[FoundMeeting]:
    """Meeting numbers: ครั้งที่ ๙/๒๕๖๘, ครั้งที่ 1 ประจำปี 2557, lost tone marks allowed."""
    for match in _MEETING.finditer(without_dots(text)):
        year = buddhist_year(int(match["year"]))
        if year is not None:
            yield FoundMeeting(
                match.start(), match.end(), int(match["number"]), year, match.span("number"), match.span("year")
            )


def without_dots(text: str) -> str:
    """`text` with dotted blanks (`....๔....`) turned into as many spaces."""
    return _DOTS.sub(lambda match: " " * len(match.group()), text)


def looks_like_meeting(text: str) -> bool:
    """Does `text` begin with ครั้งที่ and a figure, legible or not?"""
    return _MEETING_LINE.match(without_dots(text)) is not None


def buddhist_year(year: int) -> int | None:
    """A printed year as a year of the Buddhist Era; None when it cannot be a year of our papers.

    Years 2400-2699 are BE, 1860-2156 are CE (a few offices print those), two digits are 25xx.
    """
    if 2400 <= year <= 2699:
        return year
    if 1860 <= year <= 2156:
        return year + 543
    if 0 <= year <= 99:
        return 2500 + year
    return None


def agenda_number(text: str) -> tuple[str, int] | None:
    """The agenda number that `text` begins with: ("4.2", where it ends); None when there is none."""
    match = _AGENDA_NUMBER.match(text)
    if not match:
        return None
    parts = [str(int(part)) for part in re.split(r"\s?\.\s?", match.group())]
    return ".".join(parts), match.end()
