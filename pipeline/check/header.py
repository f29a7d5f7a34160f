"""Doubts about the header, the times, and the meeting before this one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from pipeline.check.agenda import every_item
from pipeline.check.codes import issue
from pipeline.thai.dates import BE_OFFSET, find_dates, same_weekday, weekday_of
from pipeline.thai.numbers import find_meetings
from pipeline.vocabulary import vocabulary
from schemas import AgendaItem, Issue, Record

LONGEST = 200  # characters of a body's name or a venue
_LISTED = re.compile(r"(?:^|\s)[(]?(?:[0-9]{1,2}|[๐-๙]{1,2})[.)]\s*[ก-๎]")


def header(record: Record) -> Iterator[Issue]:
    """Parts that every header has."""
    head = record.header
    for field, value in (("title", head.title), ("body", head.body), ("meeting", head.meeting), ("date", head.date)):
        if value is None:
            yield issue("header.missing", f"no {field} was found in the header", f"/header/{field}")
    if head.meeting and not head.meeting.session:
        for field, figure in (("number", head.meeting.number), ("year", head.meeting.year)):
            if figure is None:
                yield issue("header.missing", f"no {field} of the meeting was found in the header", "/header/meeting")
    for field, value in (("body", head.body), ("venue", head.venue)):
        if value and (len(value) > LONGEST or _LISTED.search(value)):
            yield issue("header.form", f"lines of a list seem to have got into the {field}", f"/header/{field}")


def date(record: Record) -> Iterator[Issue]:
    """The date against the calendar, its weekday and the meeting's year."""
    printed, meeting = record.header.date, record.header.meeting
    if printed is None:
        return
    if printed.iso is None:  # a figure was misread, or misprinted
        yield issue("date.impossible", f"the calendar has no such day: '{printed.text}'", "/header/date")
        return
    day = datetime.date.fromisoformat(printed.iso)
    if printed.weekday and not same_weekday(printed.weekday, day):
        yield issue(
            "date.weekday_mismatch",
            f"{_spoken(day)} was a {day:%A} (วัน{weekday_of(day)}), the page says {printed.weekday}",
            "/header/date",
        )
    if meeting and meeting.year and abs(meeting.year - (day.year + BE_OFFSET)) > 1:
        yield issue(
            "date.year_mismatch",
            f"the meeting is of {meeting.year}, its date in {day.year + BE_OFFSET}",
            "/header/meeting/year",
        )


def times(record: Record) -> Iterator[Issue]:
    """Opening before closing, and both against the header's schedule."""
    opened, closed, scheduled = record.opened_at, record.closed_at, record.header.scheduled
    if opened is None:
        yield issue("time.missing", "no opening time was found", "/opened_at")
    if closed is None:
        yield issue("time.missing", "no closing time was found", "/closed_at")
    if opened and closed and closed <= opened:
        yield issue("time.order", f"the meeting closes at {closed}, before it opens at {opened}", "/closed_at")
    if scheduled is None:
        return
    if opened and scheduled.start and opened < scheduled.start:
        yield issue("time.schedule", f"opened at {opened}, scheduled for {scheduled.start}", "/opened_at")
    if opened and scheduled.end and opened >= scheduled.end:
        yield issue("time.schedule", f"opened at {opened}, scheduled to end at {scheduled.end}", "/opened_at")
    if closed and scheduled.end and closed > scheduled.end:
        yield issue("time.schedule", f"closed at {closed}, scheduled to end at {scheduled.end}", "/closed_at")


def previous(record: Record) -> Iterator[Issue]:
    """The meeting whose report is certified was before this one."""
    meeting, printed = record.header.meeting, record.header.date
    for path, item in _certifying(record.agenda):
        for earlier in find_meetings(item.title):
            if not meeting or not meeting.number or not meeting.year or _counts_otherwise(record, item.title):
                break
            if (earlier.year, earlier.number) >= (meeting.year, meeting.number):
                yield issue(
                    "previous.number",
                    f"certifies the report of {earlier.number}/{earlier.year}, "
                    f"and this is {meeting.number}/{meeting.year}",
                    path,
                )
        for found in find_dates(item.title):
            if printed and printed.iso and found.date and found.date >= datetime.date.fromisoformat(printed.iso):
                yield issue(
                    "previous.date",
                    f"certifies the report of {_spoken(found.date)}, which is not before this meeting",
                    path,
                )


def _certifying(items: list[AgendaItem]) -> Iterator[tuple[str, AgendaItem]]:
    """Items that certify the report of an earlier meeting: (pointer of the title, item)."""
    for path, item in every_item(items):
        if any(word in item.title for word in vocabulary().grammar["certifying"]):
            yield f"{path}/title", item


def _counts_otherwise(record: Record, title: str) -> bool:
    """Are the meetings counted by a council's sessions, or is one of them a special one?"""
    meeting = record.header.meeting
    if meeting and meeting.session:
        return True
    printed = f"{meeting.text if meeting else ''} {title}"
    return any(word in printed for word in vocabulary().grammar["counted_apart"])


def _spoken(day: datetime.date) -> str:
    return f"{day.day} {day:%B} {day.year + BE_OFFSET}"
