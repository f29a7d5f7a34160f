"""What the columns of a list hold: offices, roles, reasons for absence, remarks."""

from __future__ import annotations

from pipeline.parse.attendance.roster import Roster
from pipeline.parse.draft import flow_together
from pipeline.parse.names import is_role, is_untitled_name, reason_in
from pipeline.vocabulary import vocabulary


def column_kinds(roster: Roster, kind: str) -> dict[int, str]:
    """What each column after the name's holds: position, role or absence_reason, by what most cells say."""
    kinds: dict[int, str] = {}
    columns = sorted({column for entry in roster.entries for column in entry.columns if column})
    for column in columns:
        label = roster.labels.get(column)
        texts = [flow_together(entry.columns[column]).value for entry in roster.entries if column in entry.columns]
        reasons = sum(reason_in(text.strip("()")) is not None for text in texts)
        roles = sum(is_role(text) for text in texts)
        if label == "remark":
            kinds[column] = "remark"
        elif label == "role":
            kinds[column] = label
        elif kind == "absent" and reasons * 2 >= len(texts):
            kinds[column] = "absence_reason"
        elif roles * 2 >= len(texts) and not (kind == "in_attendance" and roles < len(texts)):
            kinds[column] = "role"
        elif "position" in kinds.values() and all(
            any(text.startswith(role) for role in vocabulary().roles) for text in texts
        ):
            kinds[column] = "role"  # ประธานสภา, behind a column of offices
        else:
            kinds[column] = "position"
    return kinds


def mostly_untitled(roster: Roster) -> bool:
    """Are the people of the list named without titles, an office in a column of its own?"""
    firsts = [entry.columns[0][0].text for entry in roster.entries if 0 in entry.columns and len(entry.columns) > 1]
    return 2 * sum(is_untitled_name(text) for text in firsts) > len(roster.entries)
