"""The lines of the header, each cut into what it says of number, date, time and venue; the rest names the body."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pipeline.layout import Row, Traced
from pipeline.parse.draft import Leaf, flow_together, leaf
from pipeline.parse.header.meeting_date import MeetingDate
from pipeline.parse.header.meeting_number import MeetingNumber
from pipeline.parse.markers import Marker
from pipeline.thai.dates import find_dates
from pipeline.thai.fold import match_prefix
from pipeline.thai.loose import loose
from pipeline.thai.numbers import DIGIT, find_times
from pipeline.vocabulary import vocabulary

ORNAMENT_LENGTH = 10

_WORDS = vocabulary().grammar
_VENUE = re.compile(rf"(?:^|\s){loose(_WORDS['venue_words'])}[\s:]*(?=\S)")
_PLACE = re.compile(rf"{loose(_WORDS['venue_openings'])}")
_AT = re.compile(rf"{loose(_WORDS['venue_at'])}\s+(?=[ก-ฮเ-ไ])")
_TIME_WORDS = re.compile(rf"{loose(_WORDS['time_words'])}\s*$")
_MONTHS = loose(name for names in vocabulary().months for name in names)
_MONTHLY = re.compile(rf"{loose(_WORDS['monthly'])}\s*{_MONTHS}(?:\s*{DIGIT}{{4}})?")
_MONTHLY_ALONE = re.compile(rf"{loose(_WORDS['monthly'])}\s*")
_UNFINISHED = re.compile(rf"{loose([*_WORDS['meeting_words'], *_WORDS['meeting_words_begun']])}\s*$")
_BEGUN = re.compile(rf"{loose(_WORDS['meeting_words_begun'])}\s*$")
_PLAIN = re.compile(rf"(?!{loose(vocabulary().heading_of_people)})[ก-ฮเ-ไ].{{5,100}}$")
_ORNAMENT = re.compile(r"[\s*_=~\-–—.•]+")


def parse_header(rows: list[Row], marker: Marker) -> dict[str, Any]:
    """The header as a draft of `Header`.

    Args:
        rows: from the title's row to the row before the first heading.
        marker: what the title's row says.
    """
    rest = marker.rest
    if _MONTHLY_ALONE.fullmatch(rest.text):  # รายงานการประชุมประจำเดือน, and the body on the next line
        marker = replace(marker, text=Traced.join([marker.text, rest], ""), rest=rest.cut(len(rest)))
    header = _Header(marker)
    waiting: list[Traced] = []  # a line whose figures stand on the next one
    for index, row in enumerate(rows):
        glue = "" if waiting and _BEGUN.search(waiting[0].text) else " "
        text = Traced.join([*waiting, marker.rest if index == 0 else row.text], glue)
        waiting = [text] if _UNFINISHED.search(text.text) and index + 1 < len(rows) else []
        if not waiting and text and not _is_ornament(text.text):
            header.take(text)
    return header.draft()


def _is_ornament(text: str) -> bool:
    """Is the line a rule, or a row of asterisks, also one read as one letter over and over?"""
    letters = set(text.casefold()) - {" "}
    return _ORNAMENT.fullmatch(text) is not None or (len(text) > ORNAMENT_LENGTH and len(letters) <= 3)


class _Header:
    """The header as it fills, line by line."""

    def __init__(self, marker: Marker) -> None:
        self._title = marker.text
        self._body: list[Traced] = []
        self._number = MeetingNumber()
        self._date = MeetingDate()
        self._times: list[tuple[Traced, str]] = []
        self._venue: list[Traced] = []

    @property
    def _is_dated(self) -> bool:
        """Is the meeting's number or its date known?"""
        return self._number.is_known or self._date.is_known

    def take(self, text: Traced) -> None:
        """One line: what is a number, a date, a time or a place goes there; the rest is the body's name."""
        taken: list[tuple[int, int]] = []
        venue = self._find_venue(text)
        if venue is not None and not self._venue:
            self._venue.append(text.cut(venue[1]))
            taken.append((venue[0], len(text)))
        limit = taken[0][0] if taken else len(text)
        first = not self._is_dated
        taken += self._number.take(text, limit)
        numbered = bool(taken) and taken[-1][0] < limit
        taken += self._date.take(text, limit) + self._take_times(text, limit)
        taken += [match.span() for match in _MONTHLY.finditer(text.text, 0, limit)]
        behind = max((end for _, end in taken), default=0)
        if venue is None and (place := self._begins_venue(text.cut(behind))) is not None:
            self._venue.append(text.cut(behind).cut(place))
            taken.append((behind, len(text)))
        named = text.cut(0, min(start for start, _ in taken)) if numbered else Traced("", ())
        if not taken and (self._number.take_unreadable(text) or self._date.take_unreadable(text)):
            return
        rest = _rest(text, taken)
        if venue is None and rest and not taken and self._venue and self._continues_venue(rest):
            self._venue.append(rest)
        elif first and named:
            self._body.append(named.strip("-–—*() "))
        elif venue is None and rest and len(rest) > 1 and (not self._is_dated or not self._body):
            self._body.append(rest)
        elif not taken and self._date.is_known and not self._venue and _PLAIN.match(rest.text):
            self._venue.append(rest)  # under the date nothing else is told without a word for it

    def _find_venue(self, text: Traced) -> tuple[int, int] | None:
        """Where the venue's words stand and where it begins: after ณ, or at once in a line under number and date."""
        for match in _VENUE.finditer(text.text):
            if all(date.start for date in find_dates(text.text[match.end() :])):  # not เผยแพร่ ณ วันที่ …
                return match.span()
        place = self._begins_venue(text)
        return None if place is None else (0, place)

    def _begins_venue(self, text: Traced) -> int | None:
        """Where the venue begins that a line under the date, or its end behind date and time, is; None for none."""
        if not self._date.is_known or self._venue:
            return None
        if at := _AT.match(text.text):
            return at.end()
        return 0 if _PLACE.match(text.text) else None

    def _continues_venue(self, rest: Traced) -> bool:
        known = any(match_prefix(rest.text, phrase) is not None for phrase in vocabulary().venue_continued)
        return known or self._is_dated

    def _take_times(self, text: Traced, limit: int) -> list[tuple[int, int]]:
        """The scheduled times; where they stand, and their words."""
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
            "meeting": self._number.draft(),
            "date": self._date.draft(),
            "scheduled": self._scheduled_draft(),
            "venue": leaf(Traced.join(self._venue), "header.venue"),
        }

    def _scheduled_draft(self) -> dict[str, Any] | None:
        if not self._times:
            return None
        start, *end = [Leaf(clock, text, "header.scheduled") for text, clock in self._times]
        return {"start": start, "end": end[0] if end else None}


def _rest(text: Traced, taken: list[tuple[int, int]]) -> Traced:
    """What nobody took of a line."""
    parts, last = [], 0
    for start, end in sorted(taken):
        parts.append(text.cut(last, max(start, last)))
        last = max(end, last)
    parts.append(text.cut(last))
    return Traced.join(parts).strip("-–—*() ") if taken else Traced.join(parts)
