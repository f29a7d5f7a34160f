"""The meeting's number and year, ครั้งที่ ๔/๒๕๖๗, or a council's session that stands for them."""

from __future__ import annotations

import re
from typing import Any

from pipeline.layout import Traced
from pipeline.parse.draft import Leaf, leaf
from pipeline.parse.header.blanks import with_dots
from pipeline.thai.loose import loose
from pipeline.thai.numbers import DIGIT, FoundMeeting, buddhist_year, find_meetings, looks_like_meeting, parse_int
from pipeline.vocabulary import vocabulary

_WORDS = vocabulary().grammar
_SESSION = re.compile(
    rf"(?:{loose(_WORDS['session_words'])}(?:{loose(_WORDS['session_number'])}\s*{DIGIT}+)?"
    rf"|{loose(_WORDS['session_number'][:1])}\s*{DIGIT}+)"
)
_SESSION_YEAR = re.compile(
    rf"{loose(_WORDS['year_words'])}\s*(?:{loose(_WORDS['buddhist_era'])}\s*)?(?P<year>{DIGIT}{{4}})(?!{DIGIT})"
)
_ALONE = re.compile(
    rf"\s*(?P<text>{loose(_WORDS['meeting_words'])}\s*(?P<number>{DIGIT}{{1,3}}))\s*"
    rf"(?:$|(?P<within>\(\s*{DIGIT}{{1,2}}\s*/\s*(?P<year>{DIGIT}{{4}})\s*\))|\([^()]*\)"  # ครั้งที่ ๑๘ (๒/๒๕๖๗)
    rf"|(?={loose(_WORDS['day_words'])}|{loose(_WORDS['date_words'])}))"
)
_BARE_NUMBER = re.compile(rf"{loose(_WORDS['meeting_words'])}\s*(?P<number>{DIGIT}{{1,3}})(?![0-9๐-๙/])")

Spans = list[tuple[int, int]]


class MeetingNumber:
    """The number as the header's lines are read."""

    def __init__(self) -> None:
        self._found: tuple[Traced, FoundMeeting] | None = None
        self._alone: tuple[Traced, re.Match[str]] | None = None  # a number without a year
        self._doubtful: Traced | None = None
        self._session: list[Traced] = []
        self._session_year: Traced | None = None
        self._session_number: Traced | None = None
        self._session_text = Traced("", ())

    @property
    def is_known(self) -> bool:
        """Was a number read, with its year or alone?"""
        return self._found is not None or self._alone is not None

    def take(self, text: Traced, limit: int) -> Spans:
        """Take what a line says of the number before the place `limit`; where it stands in the line."""
        spans = self._take_session(text, limit) + self._take_number(text, limit)
        if spans or self._found or self._session or self._alone or not (alone := _ALONE.match(text.text)):
            return spans
        self._alone = (text, alone)
        return [alone.span()]

    def take_unreadable(self, text: Traced) -> bool:
        """Keep a line as text that is plainly the number's, but whose figures make no sense; is it one?"""
        if self._found is None and self._doubtful is None and looks_like_meeting(text.text):
            self._doubtful = text
            return True
        return False

    def _take_session(self, text: Traced, limit: int) -> Spans:
        """A council's session, and the year and number that stand apart: สมัยสามัญ สมัยที่ ๓ ประจำปี ๒๕๖๖ ครั้งที่ ๑."""
        spans = [match.span() for match in _SESSION.finditer(text.text, 0, limit)]
        if spans and not self._session:
            self._session = [text.cut(*span) for span in spans]
        elif not self._session or self._found or any(find_meetings(text.text)):
            return []
        if not any(find_meetings(text.text)):
            year, number = _SESSION_YEAR.search(text.text, 0, limit), _BARE_NUMBER.search(text.text, 0, limit)
            if year and self._session_year is None:
                self._session_year = text.cut(*year.span("year"))
                spans.append(year.span())
            if number and self._session_number is None:
                self._session_number = text.cut(*number.span("number"))
                spans.append(number.span())
        if spans:
            self._session_text = Traced.join(
                [self._session_text, text.cut(min(spans)[0], max(end for _, end in spans))]
            )
        return spans

    def _take_number(self, text: Traced, limit: int) -> Spans:
        found = [meeting for meeting in find_meetings(text.text) if meeting.start < limit]
        if found and self._found is None:
            self._found = (text, found[0])
        return [(meeting.start, meeting.end) for meeting in found]

    def draft(self) -> dict[str, Any] | None:
        """As a draft of `Meeting`; None where nothing was read."""
        session = leaf(Traced.join(self._session), "header.session")
        if self._found is None and self._session:
            year, number = self._session_year, self._session_number
            return {
                "number": Leaf(parse_int(number.text), number, "header.session") if number else None,
                "year": Leaf(buddhist_year(parse_int(year.text) or -1), year, "header.session") if year else None,
                "session": session,
                "text": leaf(self._session_text, "header.session"),
            }
        if self._found is None and self._alone:
            text, alone = self._alone
            number = text.cut(*alone.span("number"))
            year = text.cut(*alone.span("year")) if alone["year"] else None
            end = alone.end("within" if year else "text")
            return {
                "number": Leaf(parse_int(number.text), number, "header.meeting"),
                "year": Leaf(buddhist_year(parse_int(year.text) or -1), year, "header.meeting") if year else None,
                "text": leaf(text.cut(alone.start("text"), end), "header.meeting"),
            }
        if self._found is None:
            text_only = leaf(self._doubtful or Traced("", ()), "header.meeting_unreadable")
            return {"text": text_only} if text_only else None
        text, found = self._found
        places = [text.text.find(part.text) for part in self._session]
        start = min([found.start, *(place for place in places if place >= 0)])
        return {
            "number": Leaf(found.number, text.cut(*found.number_span), "header.meeting"),
            "year": Leaf(found.year, text.cut(*found.year_span), "header.meeting"),
            "session": session,
            "text": leaf(text.cut(start, with_dots(text, found.end)), "header.meeting"),
        }
