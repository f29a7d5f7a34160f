"""The header: title, body, meeting number, date, scheduled time and venue, in any order and on any line."""

from __future__ import annotations

import re
from typing import Any

from pipeline.layout import Row, Traced
from pipeline.parse.draft import Leaf, flow_together, leaf
from pipeline.parse.markers import Marker, document_marker
from pipeline.thai.dates import FoundDate, find_dates, names_month
from pipeline.thai.fold import match_prefix
from pipeline.thai.loose import loose
from pipeline.thai.numbers import (
    DIGIT,
    FoundMeeting,
    buddhist_year,
    find_meetings,
    find_times,
    looks_like_meeting,
    parse_int,
)
from pipeline.vocabulary import vocabulary

ORNAMENT_LENGTH = 10
SEARCH_ROWS = 14  # the title stands within so many rows of the beginning

_WORDS = vocabulary().grammar
_SESSION = re.compile(
    rf"(?:{loose(_WORDS['session_words'])}(?:{loose(_WORDS['session_number'])}\s*{DIGIT}+)?"
    rf"|{loose(_WORDS['session_number'][:1])}\s*{DIGIT}+)"
)
_SESSION_YEAR = re.compile(
    rf"{loose(_WORDS['year_words'])}\s*(?:{loose(_WORDS['buddhist_era'])}\s*)?(?P<year>{DIGIT}{{4}})(?!{DIGIT})"
)
_BARE_NUMBER = re.compile(rf"{loose(_WORDS['meeting_words'])}\s*(?P<number>{DIGIT}{{1,3}})(?![0-9๐-๙/])")
_VENUE = re.compile(rf"(?:^|\s){loose(_WORDS['venue_words'])}[\s:]*(?=\S)")
_PLACE = re.compile(rf"{loose(_WORDS['venue_openings'])}")
_TIME_WORDS = re.compile(rf"{loose(_WORDS['time_words'])}\s*$")
_DATE_WORDS = re.compile(rf"{loose(_WORDS['date_words'])}\s*$")
_MONTHS = loose(name for names in vocabulary().months for name in names)
_MONTHLY = re.compile(rf"{loose(_WORDS['monthly'])}\s*{_MONTHS}(?:\s*{DIGIT}{{4}})?")
_DOTS = re.compile(r"[.…_‥]{2,}")
_UNFINISHED = re.compile(rf"{loose([*_WORDS['meeting_words'], *_WORDS['meeting_words_begun']])}\s*$")
_BEGUN = re.compile(rf"{loose(_WORDS['meeting_words_begun'])}\s*$")
_ORNAMENT = re.compile(r"[\s*_=~\-–—.•]+")


def find_title(rows: list[Row]) -> tuple[int, Marker] | None:
    """The row that names the document as minutes, and what it says: (index, marker)."""
    for index, row in enumerate(rows[:SEARCH_ROWS]):
        if row.page == rows[0].page and (marker := document_marker(row)):
            return index, marker
    return None


def parse_header(rows: list[Row], marker: Marker) -> dict[str, Any]:
    """The header as a draft of `Header`.

    Args:
        rows: from the title's row to the row before the first heading.
        marker: what the title's row says.
    """
    state = _State(marker)
    waiting: list[Traced] = []  # a line whose figures stand on the next one
    for index, row in enumerate(rows):
        glue = "" if waiting and _BEGUN.search(waiting[0].text) else " "
        text = Traced.join([*waiting, marker.rest if index == 0 else row.text], glue)
        waiting = [text] if _UNFINISHED.search(text.text) and index + 1 < len(rows) else []
        if not waiting and text and not _is_ornament(text.text):
            state.take(text)
    return state.draft()


def _is_ornament(text: str) -> bool:
    """Is the line a rule, or a row of asterisks, also one read as one letter over and over?"""
    letters = set(text.casefold()) - {" "}
    return _ORNAMENT.fullmatch(text) is not None or (len(text) > ORNAMENT_LENGTH and len(letters) <= 3)


class _State:
    """The header as it fills, line by line."""

    def __init__(self, marker: Marker) -> None:
        self._title = marker.text
        self._body: list[Traced] = []
        self._venue: list[Traced] = []
        self._session: list[Traced] = []
        self._session_year: Traced | None = None
        self._session_text = Traced("", ())
        self._bare_number: Traced | None = None
        self._meeting: tuple[Traced, FoundMeeting] | None = None
        self._date: tuple[Traced, FoundDate] | None = None
        self._times: list[tuple[Traced, str]] = []
        self._doubtful_meeting: Traced | None = None
        self._doubtful_date: Traced | None = None

    def take(self, text: Traced) -> None:
        """One line: what is a number, a date, a time or a place goes there; the rest is the body's name."""
        taken: list[tuple[int, int]] = []
        venue = self._find_venue(text)
        if venue is not None:
            start = venue[0]
            if self._venue_text(text.cut(venue[1])):
                taken.append((start, len(text)))
        limit = taken[0][0] if taken else len(text)
        first = self._meeting is None and self._date is None
        taken += self._find_session(text, limit) + self._find_meeting(text, limit)
        numbered = bool(taken) and taken[-1][0] < limit
        taken += self._find_date(text, limit) + self._find_times(text, limit)
        taken += [match.span() for match in _MONTHLY.finditer(text.text, 0, limit)]
        named = text.cut(0, min(start for start, _ in taken)) if numbered else Traced("", ())
        if not taken and self._keep_unreadable(text):
            return
        rest = _rest(text, taken)
        if venue is None and rest and not taken and self._venue and self._continues_venue(rest):
            self._venue.append(rest)
        elif first and named:
            self._body.append(named.strip("-–—*() "))
        elif venue is None and rest and len(rest) > 1 and ((self._date or self._meeting) is None or not self._body):
            self._body.append(rest)

    def _keep_unreadable(self, text: Traced) -> bool:
        """A line that is plainly the number's or the date's, but whose figures make no sense, is kept as text."""
        if self._meeting is None and self._doubtful_meeting is None and looks_like_meeting(text.text):
            self._doubtful_meeting = text
            return True
        if self._date is None and self._doubtful_date is None and names_month(text.text):
            self._doubtful_date = text
            return True
        return False

    def _find_session(self, text: Traced, limit: int) -> list[tuple[int, int]]:
        """A council's session, and the year and number that stand apart: สมัยสามัญ สมัยที่ ๓ ประจำปี ๒๕๖๖ ครั้งที่ ๑."""
        spans = [match.span() for match in _SESSION.finditer(text.text, 0, limit)]
        if spans and not self._session:
            self._session = [text.cut(*span) for span in spans]
        elif not self._session or self._meeting or any(find_meetings(text.text)):
            return []
        if not any(find_meetings(text.text)):
            year, number = _SESSION_YEAR.search(text.text, 0, limit), _BARE_NUMBER.search(text.text, 0, limit)
            if year and self._session_year is None:
                self._session_year = text.cut(*year.span("year"))
                spans.append(year.span())
            if number and self._bare_number is None:
                self._bare_number = text.cut(*number.span("number"))
                spans.append(number.span())
        if spans:
            self._session_text = Traced.join(
                [self._session_text, text.cut(min(spans)[0], max(end for _, end in spans))]
            )
        return spans

    def _find_venue(self, text: Traced) -> tuple[int, int] | None:
        """Where the venue's words stand and where it begins: after ณ, or at once in a line under number and date."""
        for match in _VENUE.finditer(text.text):
            if all(date.start for date in find_dates(text.text[match.end() :])):  # not เผยแพร่ ณ วันที่ …
                return match.span()
        return (0, 0) if self._date and not self._venue and _PLACE.match(text.text) else None

    def _venue_text(self, text: Traced) -> bool:
        if self._venue:
            return False
        self._venue.append(text)
        return True

    def _continues_venue(self, rest: Traced) -> bool:
        known = any(match_prefix(rest.text, phrase) is not None for phrase in vocabulary().venue_continued)
        return known or self._date is not None or self._meeting is not None

    def _find_meeting(self, text: Traced, limit: int) -> list[tuple[int, int]]:
        found = [meeting for meeting in find_meetings(text.text) if meeting.start < limit]
        if not found:
            return []
        if self._meeting is None:
            self._meeting = (text, found[0])
        return [(meeting.start, meeting.end) for meeting in found]

    def _find_date(self, text: Traced, limit: int) -> list[tuple[int, int]]:
        found = [date for date in find_dates(text.text) if date.start < limit]
        if not found:
            return []
        if self._date is None:
            self._date = (text, found[0])
        spans = []
        for date in found:
            words = _DATE_WORDS.search(text.text[: date.start])
            spans.append((words.start() if words else date.start, date.end))
        return spans

    def _find_times(self, text: Traced, limit: int) -> list[tuple[int, int]]:
        found = [time for time in find_times(text.text) if time.start < limit]
        if not found:
            return []
        if not self._times:
            self._times = [(text.cut(time.start, time.end), time.clock) for time in found[:2]]
        words = _TIME_WORDS.search(text.text[: found[0].start])
        return [(words.start() if words else found[0].start, found[-1].end)]

    def draft(self) -> dict[str, Any]:
        """The filled header as a draft of `Header`."""
        return {
            "title": leaf(self._title, "header.title"),
            "body": leaf(flow_together(self._body) if self._body else Traced("", ()), "header.body"),
            "meeting": self._meeting_draft(),
            "date": self._date_draft(),
            "scheduled": self._scheduled_draft(),
            "venue": leaf(Traced.join(self._venue), "header.venue"),
        }

    def _meeting_draft(self) -> dict[str, Any] | None:
        if self._meeting is None and self._session:
            year, number = self._session_year, self._bare_number
            return {
                "number": Leaf(parse_int(number.text), number, "header.session") if number else None,
                "year": Leaf(buddhist_year(parse_int(year.text) or -1), year, "header.session") if year else None,
                "session": leaf(Traced.join(self._session), "header.session"),
                "text": leaf(self._session_text, "header.session"),
            }
        if self._meeting is None:
            text_only = leaf(self._doubtful_meeting or Traced("", ()), "header.meeting_unreadable")
            return {"text": text_only} if text_only else None
        text, found = self._meeting
        places = [text.text.find(part.text) for part in self._session]
        start = min([found.start, *(place for place in places if place >= 0)])
        return {
            "number": Leaf(found.number, text.cut(*found.number_span), "header.meeting"),
            "year": Leaf(found.year, text.cut(*found.year_span), "header.meeting"),
            "session": leaf(Traced.join(self._session), "header.session"),
            "text": leaf(text.cut(start, _with_dots(text, found.end)), "header.meeting"),
        }

    def _date_draft(self) -> dict[str, Any] | None:
        if self._date is None:
            text_only = leaf(self._doubtful_date or Traced("", ()), "header.date_unreadable")
            return {"text": text_only} if text_only else None
        text, found = self._date
        words = _DATE_WORDS.search(text.text[: found.start])
        whole = text.cut(words.start() if words else found.start, _with_dots(text, found.end))
        return {
            "iso": Leaf(found.date.isoformat(), whole, "header.date") if found.date else None,
            "weekday": Leaf(found.weekday, whole, "header.date") if found.weekday else None,
            "text": leaf(whole, "header.date"),
        }

    def _scheduled_draft(self) -> dict[str, Any] | None:
        if not self._times:
            return None
        start, *end = [Leaf(clock, text, "header.scheduled") for text, clock in self._times]
        return {"start": start, "end": end[0] if end else None}


def _with_dots(text: Traced, end: int) -> int:
    """`end`, or where the dotted blank ends that goes on from there."""
    dots = _DOTS.match(text.text, end)
    return dots.end() if dots else end


def _rest(text: Traced, taken: list[tuple[int, int]]) -> Traced:
    parts, last = [], 0
    for start, end in sorted(taken):
        parts.append(text.cut(last, max(start, last)))
        last = max(end, last)
    parts.append(text.cut(last))
    return Traced.join(parts).strip("-–—*() ") if taken else Traced.join(parts)
