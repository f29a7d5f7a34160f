"""A record as a person reads it: a run of paragraphs, whatever file they go into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.export.archive import Document
from pipeline.vocabulary import reading_labels
from schemas import AgendaItem, Block, Header, Person, Signatory

PartKind = Literal["title", "subtitle", "heading", "text", "entry", "table", "resolution", "signature", "note"]


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph or table.

    Attributes:
        kind: what it is.
        text: a single paragraph; for a resolution what follows its label.
        level: of a heading from 1; of an entry how deep it is set in, from 0.
        label: the number of a list entry, or the label of a resolution.
        rows: cells of a table.
    """

    kind: PartKind
    text: str = ""
    level: int = 0
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def reading_copy(document: Document) -> Iterator[Part]:
    """The parts of a document in the order of the paper; of one that is no minutes, the lines of its pages.

    Raises:
        InputError: it is no minutes, and its page text cannot be read.
    """
    record, labels = document.record, reading_labels()
    yield from _header(record.header, record.source.file)
    for roll in record.attendance:
        yield Part("heading", roll.heading, 1)
        for person in roll.people:
            label = "" if person.number is None else f"{person.number}."
            yield Part("entry", _person(person), label=label)
    yield from _clock(labels["opened"], record.opened_at)
    yield from _blocks(record.preamble, 0)
    yield from _agenda(record.agenda, 1)
    yield from _clock(labels["closed"], record.closed_at)
    for signatory in record.signatories:
        yield from _signature(signatory)
    if record.document_type == "other":
        for _, text in document.page_texts():
            yield from (Part("text", line.strip()) for line in text.split("\n") if line.strip())
    doubts = sum(issue.severity != "info" for issue in record.issues)
    note = f"{labels['read_from']} {record.source.file}"
    yield Part("note", f"{note} · {labels['doubts']} {doubts}" if doubts else note)


def _header(header: Header, file: str) -> Iterator[Part]:
    yield Part("title", " ".join(filter(None, (header.title, header.body))) or file)
    if header.meeting:
        yield Part("subtitle", " ".join(filter(None, (header.meeting.session, header.meeting.text))))
    if header.date:
        clock = header.scheduled
        times = "–".join(filter(None, (clock.start, clock.end))) if clock else ""
        yield Part("subtitle", f"{header.date.text} {times} {reading_labels()['clock'] if times else ''}".strip())
    if header.venue:
        yield Part("subtitle", f"{reading_labels()['venue']} {header.venue}")


def _person(person: Person) -> str:
    deputy = f"({reading_labels()['represents']} {person.represents})" if person.represents else None
    reason = f"({person.absence_reason})" if person.absence_reason else None
    return " · ".join(filter(None, (person.name, person.position, deputy, person.role, reason)))


def _clock(label: str, time: str | None) -> Iterator[Part]:
    if time:
        yield Part("text", f"{label} {time} {reading_labels()['clock']}")


def _agenda(items: Sequence[AgendaItem], level: int) -> Iterator[Part]:
    labels = reading_labels()
    for item in items:
        number = f"{labels['agenda']} {item.number}" if item.number and level == 1 else item.number
        yield Part("heading", " ".join(filter(None, (number, item.title))), level)
        yield from _blocks(item.body, 0)
        for resolution in item.resolutions:
            for index, line in enumerate(resolution.text.split("\n")):
                yield Part("resolution", line, label=labels["resolution"] if index == 0 else "")
        yield from _agenda(item.items, level + 1)


def _blocks(blocks: Sequence[Block], depth: int) -> Iterator[Part]:
    for block in blocks:
        if block.rows:
            yield Part("table", rows=tuple(tuple(row) for row in block.rows))
        elif block.kind == "list_item":
            yield Part("entry", block.text, depth, block.label or "–")
        elif block.text:
            yield Part("text", f"{block.label} {block.text}" if block.label else block.text, depth)
        yield from _blocks(block.children, depth + 1)


def _signature(signatory: Signatory) -> Iterator[Part]:
    lines = [f"({signatory.name})" if signatory.name else None, signatory.position, signatory.role]
    yield Part("signature", "\n".join(filter(None, lines)))
