"""Numbers, times and names that were read with doubt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.check.codes import issue
from schemas import AgendaItem, Issue, Record

LOW_CONFIDENCE = 0.8  # a value read with less deserves a look

_WATCHED = re.compile(
    r"/header/(meeting|date)/(number|year|iso)|/(opened|closed)_at|/attendance/\d+/people/\d+/(name|number)|"
    r"/signatories/\d+/name|(/agenda/\d+|/items/\d+)+/number|/header/(title|body|venue)"
)


def confidence(record: Record, known: Collection[str]) -> Iterator[Issue]:
    """Values read with doubt, one issue a value.

    Args:
        known: pointers of names that a names list bears out.
    """
    borne_out = {*known, *_in_order(record)}
    for path, evidence in record.evidence.items():
        if evidence.confidence < LOW_CONFIDENCE and _WATCHED.fullmatch(path) and path not in borne_out:
            yield issue(
                "value.low_confidence", f"'{evidence.ocr}' was read with confidence {evidence.confidence:.2f}", path
            )


def _in_order(record: Record) -> Iterator[str]:
    """Pointers of list and item numbers that the numbers around them bear out: 3 between 2 and 4 is no doubt."""
    for n, roll in enumerate(record.attendance):
        numbers = [person.number for person in roll.people]
        yield from (f"/attendance/{n}/people/{k}/number" for k in _steps(numbers))
    yield from _items_in_order(record.agenda, "/agenda")


def _items_in_order(items: list[AgendaItem], at: str) -> Iterator[str]:
    numbers = [int(item.number.split(".")[-1]) if item.number else None for item in items]
    yield from (f"{at}/{n}/number" for n in _steps(numbers))
    for n, item in enumerate(items):
        yield from _items_in_order(item.items, f"{at}/{n}/items")


def _steps(numbers: list[int | None]) -> list[int]:
    """Indexes of numbers that are one more than the one before and one less than the one after."""
    around = [0, *numbers, None]
    return [
        k
        for k, number in enumerate(numbers)
        if number is not None and around[k] == number - 1 and (k == len(numbers) - 1 or around[k + 2] == number + 1)
    ]
