"""The fields a person can decide: what each holds, how a typed value is read, and what stands in for an empty row."""

from __future__ import annotations

import re
from typing import Literal, get_args

from pipeline.review.decisions import Json
from pipeline.thai.dates import BE_OFFSET, find_dates
from pipeline.thai.fold import tidy
from pipeline.thai.numbers import arabic, parse_int
from schemas import AgendaItem, AttendanceKind, AttendanceList, Block, Decision, Person, Resolution, Signatory
from schemas.pointer import split
from schemas.record import BlockKind, DocumentType

Kind = Literal["text", "number", "date", "time", "choice", "name"]

CHOICES: dict[str, tuple[str, ...]] = {
    "decision": get_args(Decision),
    "document_type": get_args(DocumentType),
    "attendance": get_args(AttendanceKind),
    "block": get_args(BlockKind),
}
_TIMES = ("opened_at", "closed_at", "start", "end")
_NEVER_NULL = ("text", "heading")

NEW_ROWS: dict[str, Json] = {
    "attendance": AttendanceList(kind="present", heading="").model_dump(mode="json"),
    "people": Person().model_dump(mode="json"),
    "agenda": AgendaItem(title="").model_dump(mode="json"),
    "items": AgendaItem(title="").model_dump(mode="json"),
    "resolutions": Resolution(text="", decision="acknowledged").model_dump(mode="json"),
    "signatories": Signatory().model_dump(mode="json"),
    **dict.fromkeys(("preamble", "body", "children"), Block(kind="paragraph").model_dump(mode="json")),
}
"""An empty row, by the key of its list."""


def kind_of(pointer: str) -> Kind:
    """What a leaf holds."""
    keys = split(pointer)
    if keys[-1] in ("kind", "decision", "document_type"):
        return "choice"
    if keys[-1] == "year" or (keys[-1] == "number" and "agenda" not in keys):
        return "number"
    if keys[-1] in _TIMES:
        return "time"
    if keys[-1] == "iso":
        return "date"
    return "name" if keys[-1] == "name" else "text"


def choices_of(pointer: str) -> tuple[str, ...]:
    """What may be chosen for a leaf of kind `choice`."""
    keys = split(pointer)
    if keys[-1] == "kind":
        return CHOICES["attendance" if keys[0] == "attendance" else "block"]
    return CHOICES[keys[-1]]


def typed(pointer: str, text: str) -> Json:
    """The value a person typed for a leaf; an empty text is null where the contract allows that.

    Raises:
        ValueError: it is no value of this kind; the message is a key of texts.yaml.
    """
    text = tidy(re.sub(r"[\x00-\x1f\x7f]", " ", text))
    kind = kind_of(pointer)
    if not text:
        keys = split(pointer)
        return "" if keys[-1] in _NEVER_NULL or (keys[-1] == "title" and keys[0] == "agenda") else None
    if kind == "number":
        number = parse_int(text)
        if number is None:
            raise ValueError("error.number")
        return number
    if kind == "time":
        return _clock(text)
    if kind == "date":
        return _date(text)
    if kind == "choice" and text not in choices_of(pointer):
        raise ValueError("error.choice")
    if split(pointer)[-1] == "number":
        number_text = arabic(text).rstrip(".")
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", number_text):
            raise ValueError("error.agenda_number")
        return number_text
    return text


def _clock(text: str) -> str:
    """9.30, ๐๙:๓๐ น."""
    match = re.match(r"([0-9]{1,2})[.:]([0-9]{2})(?![0-9])", arabic(text))
    if not match or int(match[1]) > 24 or int(match[2]) > 59:
        raise ValueError("error.time")
    return f"{int(match[1]):02}:{match[2]}"


def _date(text: str) -> str:
    """2017-09-28, 2560-09-28, or as papers print it."""
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", arabic(text)):
        year = int(match[1])
        return f"{year - BE_OFFSET if year >= 2400 else year}-{match[2]}-{match[3]}"
    found = [date.date for date in find_dates(text) if date.date]
    if len(found) != 1:
        raise ValueError("error.date")
    return found[0].isoformat()
