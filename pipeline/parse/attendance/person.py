"""One person of a list as a draft: what each text of the entry means."""

from __future__ import annotations

import re
from typing import Any

from pipeline.layout import Traced
from pipeline.parse.attendance.entry import Entry
from pipeline.parse.attendance.name_column import Parts, take_name
from pipeline.parse.draft import Leaf, flow_together, leaf
from pipeline.parse.names import (
    ends_as_role,
    is_post,
    is_role,
    reason_in,
    represents,
    split_position,
    split_reason,
    unbracketed,
    without_label,
)
from pipeline.thai.fold import fold
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

SPECKS = ".,:;!|'\"“”"  # a role read with one beside it is the role all the same

_FOR_ANOTHER = re.compile(rf"(?<!ราชการ)\s\(?{loose(vocabulary().represents[-1:])}\s*(?=[ก-๎])")


def person_draft(entry: Entry, kinds: dict[int, str], untitled: bool) -> dict[str, Any]:
    """An entry as a draft of `Person`.

    Args:
        kinds: what each column after the name's holds (`column_kinds`).
        untitled: the list's people have no titles.
    """
    parts: Parts = {"position": [], "represents": [], "role": [], "absence_reason": []}
    offices = [lines[0].box for column, lines in entry.columns.items() if column and kinds[column] == "position"]
    edge = min((box[0] for box in offices if box), default=None)
    beside = any(column and kinds[column] in ("position", "role") for column in entry.columns)
    name = take_name(entry.columns.get(0, []), parts, edge, beside, untitled)
    for column, lines in sorted(entry.columns.items()):
        if column:
            _take_column(kinds[column], lines, parts)
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


def _take_reason(parts: Parts) -> None:
    """A reason set close behind the first line of an office that goes on below it is none of its words."""
    lines = parts["position"]
    if len(lines) > 1 and not parts["absence_reason"]:
        head, _, reason = split_position(lines[0])
        if reason:
            lines[0], parts["absence_reason"] = head, [reason]


def _take_column(kind: str, lines: list[Traced], parts: Parts) -> None:
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
