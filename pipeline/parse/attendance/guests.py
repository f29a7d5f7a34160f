"""Guests who follow in an attendance list, under a line of their own."""

from __future__ import annotations

import re

from pipeline.layout import Element, Row, Table
from pipeline.parse.markers import Marker
from pipeline.parse.markers.list_heading import SHORT_HEADING
from pipeline.parse.names import is_name
from pipeline.thai.fold import fold, match_prefix
from pipeline.vocabulary import vocabulary

_FIRST = re.compile(r"[(\s]*[1๑]\s*[.)]")

PrintedList = tuple[Marker, list[Element]]
"""A list's heading and what is printed under it."""


def with_guests(lists: list[PrintedList]) -> list[PrintedList]:
    """The lists, guests made a list of their own: ที่ปรึกษา over people counted anew, after those absent.

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
            guests = place > 0 and marker.detail != "present" and _heads_guests(element, below)
            if guests and isinstance(element, Row) and fold(element.text.text) not in members:
                text = element.text
                parted.append((Marker("attendance", text.strip(":"), text.cut(len(text)), "in_attendance"), []))
            else:
                parted[-1][1].append(element)
    return parted


def _heads_guests(element: Element, below: Element | None) -> bool:
    if not isinstance(element, Row) or len(element.cells) > 1:
        return False
    words = element.text.text
    if len(fold(words)) > SHORT_HEADING or is_name(words) or re.search("[0-9๐-๙]", words):
        return False
    counted = isinstance(below, Table) or (isinstance(below, Row) and _FIRST.match(below.text.text) is not None)
    return counted and any(match_prefix(words, phrase, 0.0) for phrase in vocabulary().attendance_guests)
