"""People under a heading that nobody told the program, in the list above it or in none: guests, those absent."""

from __future__ import annotations

import re

from pipeline.layout import Element, Row, Table
from pipeline.parse.attendance.groups import GROUP_SIMILARITY, is_group
from pipeline.parse.markers import Marker
from pipeline.parse.markers.list_heading import SHORT_HEADING, says_absent
from pipeline.parse.names import is_name, is_post, is_role, is_untitled_name, reason_in
from pipeline.thai.fold import fold, match_prefix, similarity
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

IN_LINE = 0.03  # of the page width: a heading begins within so much of the numbers below it, or is centred

_FIRST = re.compile(r"[(\s]*[1๑]\s*[.)]\s*")
_OPENS = re.compile(rf"{loose(vocabulary().heading_of_people)}")

PrintedList = tuple[Marker, list[Element]]
"""A list's heading and what is printed under it."""


def with_guests(lists: list[PrintedList]) -> list[PrintedList]:
    """The lists, people under a line that heads a list of its own parted from those above: ที่ปรึกษา after those absent.

    Those who were absent are grouped as those present were; a group of a name that stood there is none of guests.
    """
    parted: list[PrintedList] = []
    members = {
        fold(element.text.text)
        for marker, elements in lists
        if marker.detail == "present"
        for element in elements
        if isinstance(element, Row)
    }
    for marker, elements in lists:
        parted.append((marker, []))
        for place, element in enumerate(elements):
            below = elements[place + 1] if place + 1 < len(elements) else None
            kind = _kind_of_own(element, below, marker.detail, members) if place else None
            if kind and isinstance(element, Row):
                parted.append((_heading(element, kind), []))
            else:
                parted[-1][1].append(element)
    return parted


def unannounced(row: Row, header: list[Row]) -> PrintedList | None:
    """The list that begins at `row` though no heading was known; what heads it is taken off the end of the header."""
    number = _FIRST.match(row.text.text)
    if number is None or not header:
        return None
    first = row.cells[0].cut(number.end()) if number.end() <= len(row.cells[0]) else row.cells[-1]
    if not is_name(first.text) and not (len(row.cells) > 1 and is_untitled_name(first.text)):
        return None
    above = header[-1] if len(header) > 1 else None
    if above and _is_short_line(above) and (above.gap > 1.0 or _OPENS.match(above.text.text)):
        return _heading(header.pop(), _kind_said(above.text.text, "present")), [row]
    return Marker("attendance", row.text.cut(0, 0), row.text.cut(0, 0), "present"), [row]


def _heading(row: Row, kind: str) -> Marker:
    return Marker("attendance", row.text.strip(":"), row.text.cut(len(row.text)), kind)


def _kind_of_own(element: Element, below: Element | None, kind: str, members: set[str]) -> str | None:
    """The kind of the list that `element` heads inside a list of `kind`; None where it heads none."""
    if not isinstance(element, Row) or not _is_short_line(element):
        return None
    words = element.text.text
    counted = isinstance(below, Table) or (isinstance(below, Row) and _FIRST.match(below.text.text) is not None)
    if counted and kind != "present" and any(match_prefix(words, one, 0.0) for one in vocabulary().attendance_guests):
        return None if fold(words) in members else "in_attendance"
    if isinstance(below, Row) and not _in_line(element, below):
        return None
    named = isinstance(below, Row) and is_name(below.text.text.lstrip(" -–•*"))
    if named and kind == "absent" and fold(words) not in members and _is_guests(words):
        return "in_attendance"
    opens = _OPENS.match(words) is not None and not (is_post(words) or is_role(words) or is_group(words.strip(" :")))
    if opens and (counted or named):
        return _kind_said(words, "in_attendance")
    if counted and kind == "present" and reason_in(words):
        return "absent"
    if counted and kind == "absent" and not is_group(words.strip(" :")) and fold(words) not in members:
        return _kind_said(words, "in_attendance")
    return None


def _is_short_line(row: Row) -> bool:
    """Is the row one short line without figures, and nobody's name?"""
    words = row.text.text
    if len(row.cells) > 1 or len(fold(words)) > SHORT_HEADING or re.search("[0-9๐-๙]", words):
        return False
    return not is_name(words) and not is_untitled_name(words) and words[:1] not in "(-–•*"


def _in_line(row: Row, below: Row) -> bool:
    """Does a heading stand where the list below it begins, or in the middle of the page?"""
    return row.left < below.left + IN_LINE or abs((row.left + row.right) / 2 - 0.5) < IN_LINE


def _is_guests(words: str) -> bool:
    return any(similarity(words.strip(" :"), guests) > GROUP_SIMILARITY for guests in vocabulary().attendance_guests)


def _kind_said(words: str, otherwise: str) -> str:
    """Those absent where the heading says so: ผู้ที่ไม่สามารถ…, ผู้ติด…"""
    return "absent" if says_absent(words) or reason_in(words) else otherwise
