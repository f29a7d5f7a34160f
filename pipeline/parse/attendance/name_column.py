"""The name of a person, and what stands under it and behind it in the same column."""

from __future__ import annotations

import re

from pipeline.layout import Traced
from pipeline.parse.markers.list_heading import COUNTED
from pipeline.parse.names import (
    is_monk,
    is_name,
    is_post,
    is_role,
    is_title_only,
    is_two_words,
    may_be_family_name,
    reason_in,
    represents,
    split_name,
    title_end,
    unbracketed,
)
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

ROOM = 0.02  # of the page width: white space that stays before the next column

_BRACKET_FIRST = re.compile(r"(?P<bracket>\([^()]*\))\s*[-–—]?\s*[^\s()\-–—]")
_OFFICE_HELD = re.compile(r"(?P<office>[^()]+?)\s*(?P<name>\([^()]+\))\s*")
_NICKNAME = re.compile(r"\(\s*[ก-ฮเ-ไ][ก-๎]{0,7}\s*\)")
_LETTERS = re.compile("[ก-ฮเ-ไะ-์]+")
_STANDS_IN = re.compile(rf"[(\s]*{loose(vocabulary().represents[-1:])}[)\s]*$")

Parts = dict[str, list[Traced]]
"""What is said of a person besides the name: the lines of position, represents, role and absence_reason."""


def take_name(
    lines: list[Traced], parts: Parts, edge: float | None, beside: bool, untitled: bool, absent: bool
) -> Traced:
    """The name among the lines of the first column; the others go to `parts`.

    Args:
        edge: where the office stands in a column of its own; None where it does not.
        beside: an office or a role stands in another column, so that short words of offices may be a family name's.
        untitled: the list's people have no titles.
        absent: they were not there; a remark in brackets behind a name is why.
    """
    lines = [part for line in lines for part in _office_apart(line)]
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
            name = name.strip(",")
            if beside and not absent and _NICKNAME.fullmatch(rest.text) and not _says_what(rest.text):
                name, rest = line, rest.cut(len(rest))
            if stood_in := _STANDS_IN.search(rest.text):
                parts["represents"] += parts["position"]
                parts["position"] = []
                rest = rest.cut(0, stood_in.start())
            _after_name(rest, parts, absent)
        elif name and _completes(name, line):
            # Two words end a given name broken in the middle; one is the family name.
            name = Traced.join([name, line], "" if len(line.value.split()) == 2 else " ")
        elif name and edge is not None and not any(parts.values()) and _ends_family_name(name, line, edge):
            name = Traced.join([name, line], "")
        elif parts["represents"] and index and not is_name(line.text) and not parts["position"]:
            parts["represents"].append(line)
        else:
            parts["position"].append(line.strip("()") if line.text.startswith("(") else line)
    first = parts["position"][0].text if parts["position"] else ""
    if not name and first and not is_post(first) and not COUNTED.search(first):
        name = parts["position"].pop(0)
        name, rest = split_name(name)
        _after_name(rest, parts, absent)
    return name


def _office_apart(line: Traced) -> list[Traced]:
    """The line, an office and the name behind it as two: ประธานชมรม : นาย ก ข, ปลัดอำเภอ (นาย ก ข)."""
    held = _OFFICE_HELD.fullmatch(line.text)
    if held and is_post(held["office"]) and is_name(held["name"].strip("() ")):
        return [line.cut(*held.span("office")), line.cut(*held.span("name"))]
    before, colon, after = line.text.partition(":")
    if not colon or not (is_name(before.strip()) or is_name(after.strip())):
        return [line]
    return [line.cut(0, len(before)), line.cut(len(before) + 1)]


def _after_name(rest: Traced, parts: Parts, absent: bool) -> None:
    """Lay what stands behind a name to the part it is of."""
    rest = rest.lstrip("-–—")
    if not rest:
        return
    if bracket := _BRACKET_FIRST.match(rest.text):  # (นายกสมาคม) ติดธุระด่วน
        _after_name(rest.cut(0, bracket.end("bracket")), parts, absent)
        _after_name(rest.cut(bracket.end("bracket")), parts, absent)
        return
    note = represents(rest)
    inner = unbracketed(rest)
    if note is not None:
        parts["represents"].append(note)
    elif is_role(inner.text):
        parts["role"].append(inner)
    elif reason_in(inner.text) or (absent and rest.text.startswith("(") and not is_post(inner.text)):
        parts["absence_reason"].append(inner)
    else:
        parts["position"].append(inner)


def _says_what(text: str) -> bool:
    """Is the text in brackets an office, a role or a reason?"""
    inner = text.strip("() ")
    return is_post(inner) or is_role(inner) or reason_in(inner) is not None


def _bracketed_name(line: Traced) -> Traced | None:
    """A name in brackets under the post it holds: (นาย ก ข)."""
    inner = line.strip("() ")
    return inner if line.text.startswith("(") and is_name(inner.text) else None


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
