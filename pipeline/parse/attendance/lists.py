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
from pipeline.parse.markers.marker import BODY_IN_SHORT
from pipeline.parse.names import is_name, is_plain_role
from pipeline.parse.wording import says_nothing
from pipeline.thai.fold import fold
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

_CONTINUED = re.compile(rf"\(?\s*{loose(vocabulary().grammar['continued'])}\s*\)?\s*$")


def parse_list(
    marker: Marker, elements: list[Element], alone: bool = False, known: tuple[float, ...] = (), whose: str = ""
) -> dict[str, Any]:
    """One printed list as a draft of `AttendanceList`.

    Args:
        marker: its heading.
        elements: the rows and tables under it.
        known: where the columns of the paper's other lists begin.
        whose: the body that met, as the header names it.
        alone: the paper has no list of those present but this one: its people have roles whatever its heading.
    """
    if marker.rest and re.match(r"[(\s]*[0-9๐-๙]", marker.rest.text):
        elements = [_row_of(marker.rest), *elements]
    elif marker.rest and is_name(marker.rest.text):  # ผู้ลาประชุม: นาย ก ข, นาง ค ง
        elements, known = [*map(_row_of, marker.rest.split(r",\s*")), *elements], ()
    body = [element for element in elements if not (isinstance(element, Row) and says_nothing(element.text.text))]
    roster = gather(body, known)
    kind = "present" if alone else marker.detail
    kinds = column_kinds(roster, kind)
    untitled = mostly_untitled(roster)
    return {
        "kind": marker.detail,
        "heading": leaf(marker.text, "attendance.heading") or "",
        "people": [
            _with_role(person_draft(entry, kinds, untitled, kind == "absent"), kind, whose)
            for entry in roster.entries
            if entry.columns
        ],
    }


def is_continued(marker: Marker) -> bool:
    """Is the heading that of a list that goes on: ผู้เข้าร่วมประชุม (ต่อ)?"""
    return _CONTINUED.search(marker.text.text) is not None


def _with_role(person: dict[str, Any], kind: str, whose: str) -> dict[str, Any]:
    """A member whose office is nothing but a role in the meeting: เลขานุการ among offices, or its body's ประธาน."""
    office = person["position"]
    is_role = office is not None and (is_plain_role(office.value) or _is_role_of(office.value, whose))
    if is_role and kind != "in_attendance" and person["name"] and not person["role"]:
        person["position"], person["role"] = None, replace(office, rule="attendance.role")
    return person


def _is_role_of(office: str, whose: str) -> bool:
    """Is the office a role and how the name of the committee that met begins: ประธานคณะกรรมการสวัสดิการ?"""
    bodies = [office[len(role) :].strip() for role in vocabulary().roles if office.startswith(role)]
    named = [one for one in bodies if one.startswith(vocabulary().attendance_members) or BODY_IN_SHORT.match(one)]
    return any(fold(whose).startswith(fold(one)) for one in named)


def _row_of(text: Traced) -> Row:
    box = text.box or (0.0, 0.0, 1.0, 1.0)
    return Row(text.page or 1, tuple(text.split(r"\s{2,}")), box, 0.0)
