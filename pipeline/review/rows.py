"""What the list of documents shows and searches of each."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.review.decisions import Json
from pipeline.review.document import Document
from pipeline.review.doubts import doubts_of
from pipeline.thai.numbers import arabic


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the list; what is not known is an empty text."""

    name: str
    type: str
    status: str
    meeting: str
    date: str
    body: str
    title: str
    doubts_open: int
    doubts: int
    state: str


def row_of(document: Document) -> Row:
    """The row of a document somebody may have decided on."""
    counted = [one for one in doubts_of(document.machine, document.settled, document.edited) if one.counts]
    left = sum(not doubt.settled for doubt in counted)
    return _row(document.name, document.machine | document.edited.data, left, len(counted), document.state)


def row_of_reading(name: str, data: Json) -> Row:
    """The row of a record nobody has decided on: the same as `row_of`, and many times faster."""
    pointers = {(one["path"], None) for one in data["corrections"]}
    pointers |= {
        (issue["path"], None) if issue["path"] is not None else (issue["code"], issue["page"])
        for issue in data["issues"]
        if issue["severity"] != "info"
    }
    return _row(name, data, len(pointers), len(pointers), "open")


def _row(name: str, data: Json, left: int, doubts: int, state: str) -> Row:
    header = data["header"]
    date = (header["date"] or {}).get("iso") or ""
    body, title = header["body"] or "", header["title"] or ""
    return Row(name, data["document_type"], data["status"], _meeting(header), date, body, title, left, doubts, state)


def _meeting(header: Json) -> str:
    meeting = header["meeting"] or {}
    number, year = meeting.get("number"), meeting.get("year")
    return f"{number or '?'}/{year or '?'}" if number or year else str(meeting.get("text", ""))


def meeting_order(data: Json) -> int:
    """A number that sorts meetings by year and number; 0 where neither is known."""
    meeting = data["header"]["meeting"] or {}
    return 1000 * (meeting.get("year") or 0) + (meeting.get("number") or 0)


def haystack(data: Json, text: str) -> str:
    """Everything of a document that is searched, as `searchable` writes it."""
    header = data["header"]
    people = [person for roll in data["attendance"] for person in roll["people"]] + data["signatories"]
    names = [person["name"] for person in people if person["name"]]
    words = [header["title"] or "", header["body"] or "", _meeting(header), data["source"]["file"], *names, text]
    return searchable("\n".join(words))


def searchable(text: str) -> str:
    """`text` without spaces, in small letters and Arabic digits."""
    return arabic("".join(text.split())).casefold()
