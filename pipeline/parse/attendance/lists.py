"""One printed attendance list as a draft."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pipeline.layout import Element, Row, Traced
from pipeline.parse.attendance.column_kinds import column_kinds, mostly_untitled
from pipeline.parse.attendance.person import person_draft
from pipeline.parse.attendance.roster import gather
from pipeline.parse.draft import leaf
from pipeline.parse.markers import Marker
from pipeline.parse.wording import says_nothing
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

_CONTINUED = re.compile(rf"\(?\s*{loose(vocabulary().grammar['continued'])}\s*\)?\s*$")


def parse_list(
    marker: Marker, elements: list[Element], alone: bool = False, known: tuple[float, ...] = ()
) -> dict[str, Any]:
    """One printed list as a draft of `AttendanceList`.

    Args:
        marker: its heading.
        elements: the rows and tables under it.
        known: where the columns of the paper's other lists begin.
        alone: the paper has no list of those present but this one: its people have roles whatever its heading.
    """
    if marker.rest and re.match(r"[(\s]*[0-9๐-๙]", marker.rest.text):
        elements = [_row_of(marker.rest), *elements]
    body = [element for element in elements if not (isinstance(element, Row) and says_nothing(element.text.text))]
    roster = gather(body, known)
    kind = "present" if alone else marker.detail
    kinds = column_kinds(roster, kind)
    untitled = mostly_untitled(roster)
    return {
        "kind": marker.detail,
        "heading": leaf(marker.text, "attendance.heading") or "",
        "people": [_with_role(person_draft(entry, kinds, untitled), kind) for entry in roster.entries if entry.columns],
    }


def is_continued(marker: Marker) -> bool:
    """Is the heading that of a list that goes on: ผู้เข้าร่วมประชุม (ต่อ)?"""
    return _CONTINUED.search(marker.text.text) is not None


def _with_role(person: dict[str, Any], kind: str) -> dict[str, Any]:
    """A member whose office is nothing but a role in the meeting: เลขานุการ among offices."""
    office = person["position"]
    is_role = office is not None and office.value in vocabulary().roles
    if is_role and kind != "in_attendance" and person["name"] and not person["role"]:
        person["position"], person["role"] = None, replace(office, rule="attendance.role")
    return person


def _row_of(text: Traced) -> Row:
    box = text.box or (0.0, 0.0, 1.0, 1.0)
    return Row(text.page or 1, tuple(text.split(r"\s{2,}")), box, 0.0)
