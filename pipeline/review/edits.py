"""What a person does to a document: each step makes new decisions from the ones there are."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import ValidationError

from pipeline.review.decisions import Decision, Json, Review, Reviewed, now
from pipeline.review.document import Document
from pipeline.review.edited import checked, now_at
from pipeline.review.fields import NEW_ROWS, typed
from pipeline.review.places import evidence_of, is_added, is_row, text_of, value_at
from pipeline.review.settle import NO_PLACE, anchor, rows_at
from schemas.pointer import join, split, under


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, where (a pointer of origin), the text typed, and by whom."""

    action: str
    pointer: str = ""
    text: str = ""
    by: str | None = None


def take(document: Document, step: Step) -> Review:
    """The decisions after a step.

    Raises:
        ValueError: the step is not possible; the message is a key of texts.yaml.
    """
    hand = _Hand(document, step)
    steps: dict[str, Callable[[], None]] = {
        "accept": hand.accept,
        "set": hand.set,
        "undo": hand.undo,
        "add": hand.add,
        "remove": hand.remove,
        "up": lambda: hand.move(-1),
        "down": lambda: hand.move(1),
        "indent": hand.indent,
        "outdent": hand.outdent,
        "reviewed": lambda: None,
        "unreviewed": lambda: None,
    }
    if step.action not in steps:
        raise ValueError("error.step")
    steps[step.action]()
    review = document.review.model_copy(update={"decisions": [*hand.decisions.values(), *document.settled.lost]})
    return _marked(replace(document, review=review), step)


def _marked(document: Document, step: Step) -> Review:
    """The decisions after a step, whether the whole is reviewed among them; the result must keep the contract."""
    try:
        checked(document.edited, document.record)
    except ValidationError as error:
        raise ValueError("error.contract") from error
    reviewed = document.review.reviewed
    if step.action == "reviewed":
        # Who says that all is right has seen what is flagged: it counts as decided on this reading.
        decisions = list(_confirmed(document).values())
        document = replace(document, review=document.review.model_copy(update={"decisions": decisions}))
        reviewed = Reviewed(at=now(), by=step.by, content=document.edited.content)
    elif step.action == "unreviewed":
        reviewed = None
    elif reviewed and reviewed.content != document.edited.content:
        reviewed = None  # what was said about the whole was said about another whole
    return document.review.model_copy(update={"reviewed": reviewed, "source_sha256": document.record.source.sha256})


def _confirmed(document: Document) -> dict[str, Decision]:
    hand = _Hand(document, Step("accept"))
    for pointer in document.settled.changed:
        hand.step = replace(hand.step, pointer=pointer)
        hand.accept()
    return hand.decisions


class _Hand:
    """The decisions while a step is taken."""

    def __init__(self, document: Document, step: Step) -> None:
        self.machine = document.machine
        self.edited = document.edited
        self.decisions = dict(document.settled.decisions)
        self.step = step

    def accept(self) -> None:
        pointer = self.step.pointer
        held = self.decisions.get(pointer)
        if pointer.startswith(NO_PLACE):
            self._decide("accept", pointer, None, None)
        elif held and held.action == "order":
            self._order(pointer, self.edited.rows.get(pointer, []))
        elif is_added(pointer):
            return
        else:
            read, value = value_at(self.machine, pointer), self._now(pointer)
            if isinstance(read, dict | list) or isinstance(value, dict | list):
                self._decide("accept", pointer, text_of(read), None)
            else:
                self._decide("accept" if value == read else "set", pointer, read, value)

    def set(self) -> None:
        pointer = self.step.pointer
        if isinstance(self._now(pointer), dict | list):
            raise ValueError("error.step")
        value = typed(pointer, self.step.text)
        if is_added(pointer):
            self._set_in_added(pointer, value)
            return
        read = value_at(self.machine, pointer)
        self._decide("accept" if value == read else "set", pointer, read, value)

    def undo(self) -> None:
        if is_row(self.step.pointer) and is_added(self.step.pointer):
            self.remove()
        elif self.decisions.pop(self.step.pointer, None) is None:
            raise ValueError("error.nothing")

    def add(self) -> None:
        """A new row: behind the row that is named, or first in the list that is named."""
        at = self.step.pointer
        rows = self.edited.parents.get(at, at)
        if split(rows)[-1] not in NEW_ROWS or (rows not in self.edited.rows):
            raise ValueError("error.gone")
        taken = [int(key[1:]) for pointer in self.decisions for key in split(pointer) if key.startswith("+")]
        fresh = join(rows, f"+{max(taken, default=0) + 1}")
        self._decide("add", fresh, None, copy.deepcopy(NEW_ROWS[split(rows)[-1]]))
        order = list(self.edited.rows[rows])
        order.insert(order.index(at) + 1 if at in order else 0, fresh)
        self._order(rows, order)

    def remove(self) -> None:
        row, rows = self._row()
        self._order(rows, [other for other in self.edited.rows[rows] if other != row])
        if is_added(row):
            self.decisions = {at: decision for at, decision in self.decisions.items() if not under(at, row)}

    def move(self, by: int) -> None:
        """One place up or down; beyond the end of an attendance list, into the next one."""
        row, rows = self._row()
        order = list(self.edited.rows[rows])
        place = order.index(row)
        if 0 <= place + by < len(order):
            order[place], order[place + by] = order[place + by], order[place]
            self._order(rows, order)
            return
        keys = split(rows)
        if keys[-1] != "people":
            raise ValueError("error.end")
        rolls = self.edited.rows["/attendance"]
        beside = rolls.index(rows.rpartition("/")[0]) + by
        if not 0 <= beside < len(rolls):
            raise ValueError("error.end")
        other = join(rolls[beside], "people")
        self._order(rows, [one for one in order if one != row])
        there = self.edited.rows[other]
        self._order(other, [row, *there] if by > 0 else [*there, row])

    def indent(self) -> None:
        """An agenda item becomes the last one under the item before it."""
        row, rows = self._row("agenda", "items")
        order = self.edited.rows[rows]
        place = order.index(row)
        if place == 0:
            raise ValueError("error.end")
        under_it = join(order[place - 1], "items")
        self._order(rows, [one for one in order if one != row])
        self._order(under_it, [*self.edited.rows[under_it], row])

    def outdent(self) -> None:
        """An agenda item comes to stand behind the item it was under."""
        row, rows = self._row("agenda", "items")
        if split(rows)[-1] == "agenda":
            raise ValueError("error.end")
        parent = rows.rpartition("/")[0]
        above = self.edited.parents[parent]
        order = list(self.edited.rows[above])
        order.insert(order.index(parent) + 1, row)
        self._order(rows, [one for one in self.edited.rows[rows] if one != row])
        self._order(above, order)

    def _row(self, *lists: str) -> tuple[str, str]:
        row = self.step.pointer
        rows = self.edited.parents.get(row)
        if rows is None or (lists and split(rows)[-1] not in lists):
            raise ValueError("error.gone")
        return row, rows

    def _now(self, pointer: str) -> Json:
        missing = object()
        place = now_at(self.edited.places(), pointer)
        value = missing if place is None else value_at(self.edited.data, place, missing)
        parent = pointer.rpartition("/")[0]
        if value is missing and value_at(self.machine, parent, missing) is not None:
            raise ValueError("error.gone")
        return None if value is missing else value

    def _set_in_added(self, pointer: str, value: Json) -> None:
        keys = split(pointer)
        last = max(place for place, key in enumerate(keys) if key.startswith("+"))
        row = "".join(join("", key) for key in keys[: last + 1])
        held = self.decisions.get(row)
        if held is None or len(keys) != last + 2:
            raise ValueError("error.gone")
        changed = dict(held.value) if isinstance(held.value, dict) else {}
        self._decide("add", row, None, {**changed, keys[-1]: value})

    def _order(self, rows: str, order: list[str]) -> None:
        read = rows_at(self.machine, rows)
        if order == read:
            self.decisions.pop(rows, None)
            return
        known = [row for row in dict.fromkeys([*read, *order]) if not is_added(row)]
        place = evidence_of(self.machine, rows.rpartition("/")[0]) if not is_added(rows) else None
        page, box = place or (None, None)
        self.decisions[rows] = Decision(
            action="order",
            pointer=rows,
            reading=text_of(value_at(self.machine, rows.rpartition("/")[0])) if rows.count("/") > 1 else None,
            value=[*order],
            page=page,
            box=box,
            rows=[anchor(self.machine, row) for row in known],
            at=now(),
            by=self.step.by,
        )

    def _decide(self, action: str, pointer: str, reading: Json, value: Json) -> None:
        place = None if pointer.startswith(NO_PLACE) else evidence_of(self.machine, pointer)
        page, box = place or (None, None)
        self.decisions[pointer] = Decision.model_validate(
            {"action": action, "pointer": pointer, "reading": reading, "value": value}
            | {"page": page, "box": box, "at": now(), "by": self.step.by}
        )
