"""Doubts about the agenda: order, numbers, items without a resolution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.codes import issue
from pipeline.thai.fold import fold
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary
from schemas import AgendaItem, Issue, Record

SHORTEST_TITLE = 3  # letters
NOTHING_LENGTH = 30  # letters; a shorter body says -ไม่มี- or ถอนวาระ

_NO_TITLE = re.compile(rf"^\W*{loose(vocabulary().agenda)}|[\W\d]")


def agenda(record: Record) -> Iterator[Issue]:
    """All doubts about the agenda."""
    if not record.agenda:
        yield issue("agenda.missing", "no agenda item was found", "/agenda")
    yield from _numbers(record, record.agenda, "/agenda")
    items = list(every_item(record.agenda))
    yield from _untitled(items)
    yield from _undecided([(path, item) for path, item in items if not item.items])


def every_item(items: list[AgendaItem], at: str = "/agenda") -> Iterator[tuple[str, AgendaItem]]:
    """The items and those below them, as they are printed: (pointer, item)."""
    for n, item in enumerate(items):
        yield f"{at}/{n}", item
        yield from every_item(item.items, f"{at}/{n}/items")


def _untitled(items: list[tuple[str, AgendaItem]]) -> Iterator[Issue]:
    """Items without a title: nothing but the words before the number, the number, or a letter or two."""
    for path, item in items:
        if len(_NO_TITLE.sub("", item.title)) < SHORTEST_TITLE:
            yield issue("agenda.no_title", f"item {item.number or ''} has no title", path)


def _undecided(leaves: list[tuple[str, AgendaItem]]) -> Iterator[Issue]:
    """Items without a resolution: those for consideration, and any where the paper resolves most items."""
    spoken = [(path, item) for path, item in leaves if not _says_nothing(item)]
    usual = sum(bool(item.resolutions) for _, item in spoken) * 2 > len(spoken)
    for path, item in spoken:
        considered = any(word in item.title for word in vocabulary().grammar["considered"])
        if not item.resolutions and (usual or considered):
            yield issue("agenda.no_resolution", f"no resolution was found under '{item.title[:40]}'", path)


def _says_nothing(item: AgendaItem) -> bool:
    """Is the item's body no more than -ไม่มี- or ถอนวาระ?"""
    words = fold("".join(block.text for block in item.body)).strip("-. ")
    return not item.resolutions and len(words) < NOTHING_LENGTH and not any(block.rows for block in item.body)


def _numbers(record: Record, items: list[AgendaItem], at: str) -> Iterator[Issue]:
    before: int | None = None
    for n, item in enumerate(items):
        path = f"{at}/{n}"
        last = int(item.number.split(".")[-1]) if item.number else None
        if item.number is None and f"{path}/number" in record.evidence:
            read = record.evidence[f"{path}/number"].ocr
            yield issue("agenda.number_unreadable", f"the item's number '{read}' could not be read", f"{path}/number")
        elif last is not None and last != (before or 0) + 1 and (before is not None or last != 1):
            yield issue("agenda.order", f"item {item.number} follows {before or 'nothing'}", f"{path}/number")
        before = last
        yield from _numbers(record, item.items, f"{path}/items")
