"""Attendance lists as they are printed: parted where guests follow under a line of their own, and their end."""

from __future__ import annotations

import re

from pipeline.layout import Element, Row, Table
from pipeline.parse.markers import SHORT_HEADING, Marker
from pipeline.parse.names import is_name
from pipeline.thai.fold import fold, match_prefix
from pipeline.vocabulary import vocabulary

RUNNING_WIDTH = 0.5  # of the page: a line of running text
NEW_PARAGRAPH = 1.0  # in line heights: more white space than this parts a list from what follows

_FIRST = re.compile(r"[(\s]*[1๑]\s*[.)]")
_NUMBERED = re.compile(r"\s*[0-9๐-๙]{1,3}\s*[.)]")

PrintedList = tuple[Marker, list[Element]]


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


def runs_on(row: Row) -> bool:
    """Is the row a line of running text, and nobody's of a list?"""
    text = row.text.text
    return len(row.cells) == 1 and row.right - row.left > RUNNING_WIDTH and not text[:1].isdigit() and not is_name(text)


def cut_running_text(elements: list[Element]) -> list[Element]:
    """Take the running text behind a paper's last list off it, with its heading: nothing else ends that list."""
    people = [n for n, element in enumerate(elements) if isinstance(element, Table) or _is_persons(element)]
    last = people[-1] if people else -1
    tail = [(n, row) for n, row in enumerate(elements) if n > last and isinstance(row, Row)]
    running = next((n for n, row in tail if runs_on(row)), None)
    if running is None:
        return []
    start = next((n for n, row in tail if n <= running and row.gap > NEW_PARAGRAPH), running)
    cut = elements[start:]
    del elements[start:]
    return cut


def _is_persons(element: Element) -> bool:
    if not isinstance(element, Row):
        return False
    text = element.text.text
    return len(element.cells) > 1 or is_name(text.lstrip(" -–•*")) or _NUMBERED.match(text) is not None
