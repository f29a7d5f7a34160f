"""A whole archive as tables: documents, attendance, agenda, resolutions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.export.archive import Document
from schemas import AgendaItem, Block, Record
from schemas.pointer import join

Value = str | int | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table: its name, which is also the file's or sheet's, and its columns."""

    name: str
    columns: tuple[str, ...]


_MEETING = ("document", "body", "meeting_number", "meeting_year", "date")

DOCUMENTS = Table(
    "documents",
    (
        *("document", "file", "pages", "document_type", "status", "doubts", "title", "body"),
        *("meeting_number", "meeting_year", "session", "date", "scheduled_start", "scheduled_end", "venue"),
        *("opened_at", "closed_at", "present", "absent", "in_attendance", "agenda_items", "resolutions"),
    ),
)
ATTENDANCE = Table(
    "attendance",
    (
        *(*_MEETING, "kind", "heading", "number", "name", "position", "represents", "role"),
        *("absence_reason", "page"),
    ),
)
AGENDA = Table("agenda", (*_MEETING, "number", "level", "title", "text", "page"))
RESOLUTIONS = Table("resolutions", (*_MEETING, "agenda_number", "agenda_title", "decision", "text", "page"))

TABLES = (DOCUMENTS, ATTENDANCE, AGENDA, RESOLUTIONS)


def rows(document: Document) -> dict[str, list[Row]]:
    """What a document adds to each table, by the table's name."""
    record, header = document.record, document.record.header
    meeting, scheduled = header.meeting, header.scheduled
    number, year = (meeting.number, meeting.year) if meeting else (None, None)
    date = header.date.iso if header.date else None
    key: Row = (document.name, header.body, number, year, date)
    agenda = list(_agenda(record.agenda, "/agenda", 1))
    attendance = [
        (
            *(*key, roll.kind, roll.heading, person.number, person.name, person.position, person.represents),
            *(person.role, person.absence_reason, _page(record, join(f"/attendance/{at}/people", index))),
        )
        for at, roll in enumerate(record.attendance)
        for index, person in enumerate(roll.people)
    ]
    resolutions = [
        (*key, item.number, item.title, one.decision, one.text, _page(record, join(f"{pointer}/resolutions", index)))
        for pointer, _, item in agenda
        for index, one in enumerate(item.resolutions)
    ]
    present, absent, others = (
        sum(len(roll.people) for roll in record.attendance if roll.kind == kind)
        for kind in ("present", "absent", "in_attendance")
    )
    whole: Row = (
        *(document.name, record.source.file, record.source.pages, record.document_type, record.status),
        *(sum(issue.severity != "info" for issue in record.issues), header.title, header.body, number, year),
        *(meeting.session if meeting else None, date, scheduled.start if scheduled else None),
        *(scheduled.end if scheduled else None, header.venue, record.opened_at, record.closed_at),
        *(present, absent, others, len(agenda), len(resolutions)),
    )
    return {
        DOCUMENTS.name: [whole],
        ATTENDANCE.name: attendance,
        AGENDA.name: [
            (*key, item.number, level, item.title, body_text(item.body), _page(record, pointer))
            for pointer, level, item in agenda
        ],
        RESOLUTIONS.name: resolutions,
    }


def body_text(blocks: Sequence[Block]) -> str:
    """Blocks as plain lines; the cells of a table row are joined by ` | `."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        line = f"{block.label or ''} {block.text}".strip()
        if line:
            yield line
        yield from (" | ".join(row) for row in block.rows or [])
        yield from _lines(block.children)


def _agenda(items: Sequence[AgendaItem], pointer: str, level: int) -> Iterator[tuple[str, int, AgendaItem]]:
    for index, item in enumerate(items):
        here = join(pointer, index)
        yield here, level, item
        yield from _agenda(item.items, f"{here}/items", level + 1)


def _page(record: Record, pointer: str) -> int | None:
    """The page the first value of the member at `pointer` itself was read from."""
    fields = ("number", "title", "name", "position", "text")
    found = (record.evidence.get(join(pointer, field)) for field in fields)
    return next((evidence.page for evidence in found if evidence), None)
