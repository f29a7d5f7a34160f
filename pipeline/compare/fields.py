"""How each field of a record is compared, in one table.

`exact`       equal or not. Numbers, dates, times, kinds, labels, names: one wrong
              tone mark in a name is a wrong name.
`short_text`  within `Tolerances.short_text` of character error rate.
`long_text`   within `Tolerances.long_text`.
`ignored`     not compared: `evidence` and `corrections` say how a value came about,
              not what it is; `producer` changes with every version; `status` follows
              from the issues.

A tolerance is for letters. In a short or a long text the numbers must be the
same, in the same order and script, whatever the tolerance: a sum, a vote or a
date in a resolution that is one digit off is a wrong resolution. The text of a
page is only measured, its numbers included. A dotted blank (`....๔....`) counts as
one sign, however many dots it has, and a dash as a hyphen.

`issues` are compared apart (`record.py`): an issue of the golden record, by its
code and path, must be in the output. More issues in the output are no
difference, because doubts of the engine (low confidence) are legitimate; neither
messages nor pages nor severities are compared.
"""

from __future__ import annotations

from typing import Literal

from pipeline.settings import Tolerances
from schemas.pointer import split

FieldClass = Literal["exact", "short_text", "long_text", "ignored"]

# The place of a member: lists that hold the same kind of thing share a name.
_LIST_NAMES = {
    "agenda": "item",
    "items": "item",
    "preamble": "block",
    "body": "block",
    "children": "block",
    "people": "person",
    "resolutions": "resolution",
    "signatories": "signatory",
}

FIELD_CLASSES: dict[str, FieldClass] = {
    "schema_version": "exact",
    "source/file": "exact",
    "source/sha256": "exact",  # another input is no regression of the program: it must be noticed
    "source/pages": "exact",
    "producer": "ignored",
    "document_type": "exact",
    "status": "ignored",
    "header/title": "short_text",
    "header/body": "short_text",
    "header/meeting/number": "exact",
    "header/meeting/year": "exact",
    "header/meeting/session": "short_text",
    "header/meeting/text": "short_text",
    "header/date/iso": "exact",
    "header/date/weekday": "exact",
    "header/date/text": "short_text",
    "header/scheduled/start": "exact",
    "header/scheduled/end": "exact",
    "header/venue": "short_text",
    "attendance/kind": "exact",
    "attendance/heading": "short_text",
    "person/number": "exact",
    "person/name": "exact",
    "person/position": "short_text",
    "person/represents": "short_text",
    "person/role": "short_text",
    "person/absence_reason": "exact",  # a closed vocabulary
    "opened_at": "exact",
    "closed_at": "exact",
    "item/number": "exact",
    "item/title": "short_text",
    "resolution/text": "long_text",
    "resolution/decision": "exact",
    "block/kind": "exact",
    "block/label": "exact",
    "block/text": "long_text",
    "rows": "long_text",
    "signatory/name": "exact",
    "signatory/position": "short_text",
    "signatory/role": "short_text",
    "corrections": "ignored",
    "issues": "ignored",  # compared by code and path, not as fields
    "evidence": "ignored",
}


def list_name(pointer: str) -> str:
    """What the members of the list at `pointer` are: `person`, `item`, `block`, `rows` …"""
    names = [part for part in split(pointer) if not part.isdecimal()]
    return _LIST_NAMES.get(names[-1], names[-1])


def place(pointer: str) -> str:
    """The kind of place a JSON Pointer names: `/agenda/2/items/0/title` → `item/title`."""
    parts = split(pointer)
    start = max((at for at, part in enumerate(parts) if part.isdecimal()), default=-1)
    if start < 0:
        return "/".join(parts)
    return "/".join([list_name("/" + "/".join(parts[:start])), *parts[start + 1 :]])


def field_class(pointer: str) -> FieldClass | None:
    """How the value at a JSON Pointer is compared; None for a place that holds other places.

    A field that is new in the schema and not in the table is compared by its parts.
    """
    return FIELD_CLASSES.get(place(pointer))


def tolerance(kind: FieldClass, tolerances: Tolerances) -> float | None:
    """The greatest character error rate a field of this class may have; None when it must be equal."""
    match kind:
        case "short_text":
            return tolerances.short_text
        case "long_text":
            return tolerances.long_text
        case _:
            return None
