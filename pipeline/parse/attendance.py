"""Attendance lists: who was there, as what, for whom, and why not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pipeline.layout import Element, Row, Traced
from pipeline.parse.blocks import says_nothing
from pipeline.parse.draft import Leaf, flow_together, leaf
from pipeline.parse.entry import Entry
from pipeline.parse.markers import Marker
from pipeline.parse.names import (
    ends_as_role,
    is_monk,
    is_name,
    is_post,
    is_role,
    is_title_only,
    is_two_words,
    is_untitled_name,
    may_be_family_name,
    reason_in,
    represents,
    split_name,
    split_position,
    split_reason,
    title_end,
    unbracketed,
    without_label,
)
from pipeline.parse.roster import Roster, gather
from pipeline.thai.fold import fold
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

SPECKS = ".,:;!|'\"“”"  # a role read with one beside it is the role all the same
ROOM = 0.02  # of the page width: white space that stays before the next column

_LETTERS = re.compile("[ก-ฮเ-ไะ-์]+")
_STANDS_IN = re.compile(rf"[(\s]*{loose(vocabulary().represents[-1:])}[)\s]*$")
_FOR_ANOTHER = re.compile(rf"(?<!ราชการ)\s\(?{loose(vocabulary().represents[-1:])}\s*(?=[ก-๎])")
_LEADING = vocabulary().roles
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
    kinds = _column_kinds(roster, kind)
    untitled = _mostly_untitled(roster)
    return {
        "kind": marker.detail,
        "heading": leaf(marker.text, "attendance.heading") or "",
        "people": [_with_role(_person(entry, kinds, untitled), kind) for entry in roster.entries if entry.columns],
    }


def _with_role(person: dict[str, Any], kind: str) -> dict[str, Any]:
    """A member whose office is nothing but a role in the meeting: เลขานุการ among offices."""
    office = person["position"]
    if kind != "in_attendance" and office and person["name"] and not person["role"] and office.value in _LEADING:
        person["position"], person["role"] = None, replace(office, rule="attendance.role")
    return person


def _bracketed_name(line: Traced) -> Traced | None:
    """A name in brackets under the post it holds: (นาย ก ข)."""
    inner = line.strip("() ")
    return inner if line.text.startswith("(") and is_name(inner.text) else None


def is_continued(marker: Marker) -> bool:
    """Is the heading that of a list that goes on: ผู้เข้าร่วมประชุม (ต่อ)?"""
    return _CONTINUED.search(marker.text.text) is not None


def _row_of(text: Traced) -> Row:
    box = text.box or (0.0, 0.0, 1.0, 1.0)
    return Row(text.page or 1, tuple(text.split(r"\s{2,}")), box, 0.0)


def _column_kinds(roster: Roster, kind: str) -> dict[int, str]:
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
        elif "position" in kinds.values() and all(any(text.startswith(role) for role in _LEADING) for text in texts):
            kinds[column] = "role"  # ประธานสภา, behind a column of offices
        else:
            kinds[column] = "position"
    return kinds


def _mostly_untitled(roster: Roster) -> bool:
    """Are the people of the list named without titles, an office in a column of its own?"""
    firsts = [entry.columns[0][0].text for entry in roster.entries if 0 in entry.columns and len(entry.columns) > 1]
    return 2 * sum(is_untitled_name(text) for text in firsts) > len(roster.entries)


def _person(entry: Entry, kinds: dict[int, str], untitled: bool) -> dict[str, Any]:
    parts: dict[str, list[Traced]] = {"position": [], "represents": [], "role": [], "absence_reason": []}
    offices = [lines[0].box for column, lines in entry.columns.items() if column and kinds[column] == "position"]
    edge = min((box[0] for box in offices if box), default=None)
    beside = any(column and kinds[column] in ("position", "role") for column in entry.columns)
    name = _first_column(entry.columns.get(0, []), parts, edge, beside, untitled)
    for column, lines in sorted(entry.columns.items()):
        if column:
            _other_column(kinds[column], lines, parts)
    _take_reason(parts)
    values = {key: flow_together(value) for key, value in parts.items()}
    if (role := values["role"].strip(SPECKS)).value in vocabulary().roles:
        values["role"] = role
    if not values["represents"] and (stands := _FOR_ANOTHER.search(values["position"].text)):
        office = values["position"]
        values["position"], values["represents"] = office.cut(0, stands.start()), unbracketed(office.cut(stands.end()))
    values["position"] = without_label(values["position"])
    if not values["absence_reason"]:
        values["role"], values["absence_reason"] = split_reason(values["role"])
    if not values["role"] and not values["absence_reason"]:
        values["position"], values["role"], values["absence_reason"] = split_position(values["position"])
    return {
        "number": _number(entry),
        "name": leaf(_single_spaced(name), "attendance.name"),
        **{key: leaf(value, f"attendance.{key}") for key, value in values.items()},
    }


def _number(entry: Entry) -> Leaf | None:
    """The printed number; one that could not be read stays null but keeps its place on the page."""
    return Leaf(entry.number, entry.number_text, "attendance.number") if entry.number_text else None


def _single_spaced(name: Traced) -> Traced:
    """A name without the wide gap before the family name, and with no space after its title."""
    return Traced.join(name.split(r"\s{2,}"))


def _take_reason(parts: dict[str, list[Traced]]) -> None:
    """A reason set close behind the first line of an office that goes on below it is none of its words."""
    lines = parts["position"]
    if len(lines) > 1 and not parts["absence_reason"]:
        head, _, reason = split_position(lines[0])
        if reason:
            lines[0], parts["absence_reason"] = head, [reason]


def _first_column(
    lines: list[Traced], parts: dict[str, list[Traced]], edge: float | None, beside: bool, untitled: bool
) -> Traced:
    """The name among the lines of the first column; the others go to `parts`.

    Args:
        edge: where the office stands in a column of its own; None where it does not.
        beside: an office or a role stands in another column, so that short words of offices may be a family name's.
        untitled: the list's people have no titles.
    """
    lines = list(lines)
    name = Traced("", ())
    noting = False  # inside a bracket (แทน… that goes on over lines
    for index, line in enumerate(lines):
        if not name and parts["position"] and (inner := _bracketed_name(line)):
            line = inner
        note = represents(line)
        if name and beside and not noting and _is_rest_of_name(name, line):
            name = Traced.join([name, line])
            continue
        if noting:
            parts["represents"].append(line.strip("() "))
            noting = ")" not in line.text
        elif note is not None:
            parts["represents"].append(note)
            noting = "(" in line.text and ")" not in line.text
        elif not name and is_title_only(line.text) and index + 1 < len(lines):
            lines[index + 1] = Traced.join([line, lines[index + 1]])
        elif not name and untitled and not any(parts.values()) and is_two_words(line.text):
            name = line
        elif not name and is_name(line.text):
            name, rest = split_name(line)
            if stood_in := _STANDS_IN.search(rest.text):
                parts["represents"] += parts["position"]
                parts["position"] = []
                rest = rest.cut(0, stood_in.start())
            _after_name(rest, parts)
        elif name and _completes(name, line):
            # Two words end a given name broken in the middle; one is the family name.
            name = Traced.join([name, line], "" if len(line.value.split()) == 2 else " ")
        elif name and edge is not None and not any(parts.values()) and _ends_family_name(name, line, edge):
            name = Traced.join([name, line], "")
        elif parts["represents"] and index and not is_name(line.text) and not parts["position"]:
            parts["represents"].append(line)
        else:
            parts["position"].append(line.strip("()") if line.text.startswith("(") else line)
    if not name and parts["position"] and not is_post(parts["position"][0].text):
        name = parts["position"].pop(0)
        name, rest = split_name(name)
        _after_name(rest, parts)
    return name


def _after_name(rest: Traced, parts: dict[str, list[Traced]]) -> None:
    if not rest:
        return
    note = represents(rest)
    inner = unbracketed(rest)
    if note is not None:
        parts["represents"].append(note)
    elif reason_in(inner.text):
        parts["absence_reason"].append(inner)
    elif is_role(inner.text):
        parts["role"].append(inner)
    else:
        parts["position"].append(inner)


def _completes(name: Traced, line: Traced) -> bool:
    """Is `line` the family name of a name that has none yet?"""
    given = name.value[title_end(name.value) :].split()
    return len(given) == 1 and len(line.value.split()) <= 2 and not is_post(line.text) and not is_role(line.text)


def _is_rest_of_name(name: Traced, line: Traced) -> bool:
    """Is the line a family name that begins like an office, กองแก้ว, or what stands behind its ณ?"""
    given = name.value[title_end(name.value) :].split()
    if given and given[-1] in vocabulary().grammar["name_particles"]:
        return len(line.value.split()) == 1
    return len(given) == 1 and not is_monk(name.text) and may_be_family_name(line.text)


def _ends_family_name(name: Traced, line: Traced, edge: float) -> bool:
    """Is `line` the rest of a family name broken for want of room before the office's column?"""
    if len(line.value.split()) != 1 or not _LETTERS.fullmatch(line.value) or is_post(line.text) or is_role(line.text):
        return False
    words = name.value[title_end(name.value) :].split()
    if len(words) != 2 or name.box is None or line.box is None or abs(line.box[0] - name.box[0]) > ROOM:
        return False
    return name.box[2] + line.box[2] - line.box[0] > edge - ROOM


def _other_column(kind: str, lines: list[Traced], parts: dict[str, list[Traced]]) -> None:
    text = flow_together(lines)
    inner = unbracketed(text)
    if kind == "remark":
        if reason_in(inner.text):
            parts["absence_reason"].append(inner)
        elif is_role(text.text):
            parts["role"].append(text)
        elif len(fold(inner.text)) > 3 and (note := represents(text)):
            parts["represents"].append(note)
        return
    if kind == "position" and (note := represents(text)) is not None:
        parts["represents"].append(note)
    elif kind == "position" and reason_in(inner.text):
        parts["absence_reason"].append(inner)
    elif kind == "role" and is_post(text.text) and not ends_as_role(text.text) and not parts["position"]:
        parts["position"].append(text)  # a column that mixes both
    elif kind == "absence_reason":
        parts[kind].append(inner)
    else:
        parts[kind] += lines
