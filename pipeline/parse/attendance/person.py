"""One person of a list as a draft: what each text of the entry means."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from pipeline.layout import Traced
from pipeline.parse.attendance.column_kinds import NAMED_ROLE
from pipeline.parse.attendance.entry import Entry
from pipeline.parse.attendance.name_column import Parts, take_name
from pipeline.parse.draft import Leaf, flow_together, leaf
from pipeline.parse.names import (
    ends_as_role,
    is_post,
    is_role,
    reason_in,
    represents,
    split_bracketed_role,
    split_position,
    split_reason,
    split_stroke,
    unbracketed,
    without_label,
)
from pipeline.thai.fold import fold
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

SPECKS = ".,:;!|'\"“”"  # a role read with one beside it is the role all the same

_REMARK = re.compile(r"(?:^|\s)(?:\((?P<bracketed>[^()]*)\)|[-–—]\s+(?P<dashed>\S.*))$")
_STANDS_IN = re.compile(rf"\(\s*{loose(vocabulary().represents[-1:])}\s*\)\s*$")  # เกษตรอำเภอ (แทน); นาย ก ข (แทน)
_ACTING = re.compile(rf"{loose(vocabulary().grammar['acting_words'])}\s*$")
_FOR_WHOM = re.compile(rf"\(?\s*{loose(vocabulary().represents[-1:])}\s*(?=[ก-๎])")
_FOR_ANOTHER = re.compile(rf"(?<!ราชการ)\s\(?{loose(vocabulary().represents[-1:])}\s*(?=[ก-๎])")


def person_draft(entry: Entry, kinds: dict[int, str], untitled: bool, absent: bool) -> dict[str, Any]:
    """An entry as a draft of `Person`.

    Args:
        kinds: what each column after the name's holds (`column_kinds`).
        untitled: the list's people have no titles.
        absent: they were not there; a remark behind a name or a role is why.
    """
    parts: Parts = {"position": [], "represents": [], "role": [], "absence_reason": []}
    offices = [lines[0].box for column, lines in entry.columns.items() if column and kinds[column] == "position"]
    edge = min((box[0] for box in offices if box), default=None)
    beside = any(column and kinds[column] in ("position", "role", NAMED_ROLE) for column in entry.columns)
    name = take_name(entry.columns.get(0, []), parts, edge, beside, untitled, absent)
    for column, lines in sorted(entry.columns.items()):
        if column:
            _take_column(kinds[column], lines, parts)
    _take_reason(parts)
    nothing = Traced("", ())
    values = {key: flow_together(value) for key, value in parts.items()}
    if (role := values["role"].strip(SPECKS)).value in vocabulary().roles:
        values["role"] = role
    if not values["represents"] and (stands := _FOR_ANOTHER.search(values["position"].text)):
        office = values["position"]
        values["position"], values["represents"] = office.cut(0, stands.start()), unbracketed(office.cut(stands.end()))
    if not values["represents"] and values["position"] and (stands := _STANDS_IN.search(name.text)):
        name, values["represents"], values["position"] = name.cut(0, stands.start()), values["position"], nothing
    if not values["represents"] and (stands := _STANDS_IN.search(values["position"].text)):
        values["represents"], values["position"] = values["position"].cut(0, stands.start()), nothing
    values["position"] = without_label(values["position"])
    if not values["absence_reason"]:
        values["role"], values["absence_reason"] = split_reason(values["role"])
    if not values["role"] and not values["absence_reason"]:
        values["position"], values["role"], values["absence_reason"] = split_position(values["position"])
    if not values["role"]:
        values["position"], values["role"] = split_bracketed_role(values["position"])
    if not values["role"]:
        values["position"], values["role"] = split_stroke(values["position"])
    for key in ("position", "role"):
        if absent and not values["absence_reason"]:
            values[key], values["absence_reason"] = _split_remark(values[key])
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


def _split_remark(text: Traced) -> tuple[Traced, Traced]:
    """What stands in brackets or after a dash behind an office or a role, and says nothing of either."""
    if found := _REMARK.search(text.text):
        remark = text.cut(*found.span(found.lastgroup or 0))
        if not (is_post(remark.text) or is_role(remark.text) or represents(remark)):
            return text.cut(0, found.start()), remark
    return text, text.cut(len(text))


def _take_reason(parts: Parts) -> None:
    """A reason set close behind the first line of an office that goes on below it is none of its words."""
    lines = parts["position"]
    if len(lines) > 1 and not parts["absence_reason"]:
        head, _, reason = split_position(lines[0])
        if reason:
            lines[0], parts["absence_reason"] = head, [reason]


def _is_no_role(text: str) -> bool:
    """Is the text of a role's column an office, or in no Thai letters: HR Manager?"""
    return (is_post(text) and not ends_as_role(text)) or not re.search("[ก-ฮ]", text)


def _office_and_role(text: Traced) -> tuple[Traced, Traced] | None:
    """An office that few of the list have, and the role in whose column or beside which it stands."""
    if is_role(text.text):
        return None
    office, role, _ = split_position(text)
    if role and is_post(office.text):
        return office, role
    for word in re.finditer(r"(?<=\s)\S", text.text):
        role, office = text.cut(0, word.start()), text.cut(word.start())
        if is_role(role.text) and is_post(office.text) and not ends_as_role(office.text):
            return office, role
    return None


def _stands_in_from(lines: list[Traced]) -> int:
    """The line below an office that says for whom its holder came: แทน ผู้ว่าราชการจังหวัด; 0 where none does."""
    for place, (above, line) in enumerate(pairwise(lines), start=1):
        if _FOR_WHOM.match(line.text) and not _ACTING.search(above.text):
            return place
    return 0


def _take_column(kind: str, lines: list[Traced], parts: Parts) -> None:
    place = _stands_in_from(lines) if kind in ("position", "role") and not parts["represents"] else 0
    if place and (note := represents(flow_together(lines[place:]))):
        parts["represents"], lines = [note], lines[:place]
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
    if kind in ("position", "role", NAMED_ROLE) and (note := represents(text)) is not None:
        parts["represents"] += [note] if note else parts["position"]
        parts["position"] = parts["position"] if note else []
    elif kind == "position" and parts["position"] and text.text in vocabulary().roles:
        parts["role"].append(text)
    elif kind == "position" and reason_in(inner.text):
        parts["absence_reason"].append(inner)
    elif kind == "role" and not parts["position"] and (both := _office_and_role(text)):
        parts["position"], parts["role"] = [both[0]], [both[1]]
    elif kind == "role" and _is_no_role(text.text) and not parts["position"]:
        parts["position"].append(text)  # a column that mixes both
    elif kind == "absence_reason":
        parts[kind].append(inner.lstrip("-–—"))
    elif kind == NAMED_ROLE:
        parts["role"] += lines
    elif parts[kind]:  # one column behind the other
        parts[kind] = [Traced.join([flow_together(parts[kind]), text])]
    else:
        parts[kind] += lines
