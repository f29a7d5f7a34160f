"""What the columns of a list hold: offices, roles, reasons for absence, remarks."""

from __future__ import annotations

from pipeline.parse.attendance.roster import Roster
from pipeline.parse.draft import flow_together
from pipeline.parse.names import begins_post, is_name, is_role, is_untitled_name, reason_in
from pipeline.vocabulary import vocabulary

NAMED_ROLE = "named_role"
"""The kind of a column whose head says that it holds roles: whatever stands in it is one."""


def column_kinds(roster: Roster, kind: str) -> dict[int, str]:
    """What each column after the name's holds: position, role or absence_reason, by its head or what most cells say."""
    kinds: dict[int, str] = {}
    columns = sorted({column for entry in roster.entries for column in entry.columns if column})
    for column in columns:
        label = roster.labels.get(column)
        texts = [flow_together(entry.columns[column]).value for entry in roster.entries if column in entry.columns]
        reasons = sum(reason_in(text.strip("()")) is not None for text in texts)
        roles = sum(is_role(text) for text in texts)
        if label == "remark":
            kinds[column] = "remark"
        elif all(text in vocabulary().grammar["present_marks"] or reason_in(text) for text in texts):
            kinds[column] = "remark" if kind == "present" else "absence_reason"
        elif label == "role":
            kinds[column] = NAMED_ROLE
        elif kind == "absent" and reasons * 2 >= len(texts):
            kinds[column] = "absence_reason"
        elif kind == "absent" and kinds and not any(_says_what(text) for text in texts):
            kinds[column] = "absence_reason"  # behind offices or roles
        elif roles * 2 >= len(texts) and not (kind == "in_attendance" and roles < len(texts)):
            kinds[column] = "role"
        elif "position" in kinds.values() and all(
            text.startswith((*vocabulary().roles, *vocabulary().attendance_members)) for text in texts
        ):
            kinds[column] = "role"  # ประธานสภา, behind a column of offices
        else:
            kinds[column] = "position"
    return kinds


def _says_what(text: str) -> bool:
    return begins_post(text) or is_role(text) or is_name(text)


def mostly_untitled(roster: Roster) -> bool:
    """Are the people of the list named without titles, an office in a column of its own?"""
    firsts = [entry.columns[0][0].text for entry in roster.entries if 0 in entry.columns and len(entry.columns) > 1]
    return 2 * sum(is_untitled_name(text) for text in firsts) > len(roster.entries)
