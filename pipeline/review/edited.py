"""A record with the decisions applied, and for each of its values where it was read or added."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from pipeline.review.decisions import Decision, Json
from pipeline.review.places import ROWS, is_added, value_at
from pipeline.review.settle import Settled, ordered, rows_at
from schemas import Meeting, MeetingDate, Record
from schemas.pointer import join, split
from schemas.record import Scheduled

EMPTY: dict[str, Json] = {
    "/header/meeting": Meeting(text="").model_dump(mode="json"),
    "/header/date": MeetingDate(text="").model_dump(mode="json"),
    "/header/scheduled": Scheduled().model_dump(mode="json"),
}
"""Parts that are null where nothing was printed, as they are when a person fills them in."""

CONTENT = (
    "document_type",
    "header",
    "attendance",
    "opened_at",
    "closed_at",
    "preamble",
    "agenda",
    "signatories",
)
"""What a person reviews."""


@dataclass(slots=True)
class Edited:
    """A record as people decided.

    Attributes:
        data: the record's content as JSON data.
        origins: pointer into `data` → pointer of where the machine read it (or `…/+1`), for every row.
        rows: list, by its pointer of origin → its rows now, by theirs.
        parents: row → its list now, both by origin.
    """

    data: dict[str, Json] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def origin(self, pointer: str) -> str:
        """Where the value at `pointer` of `data` was read."""
        keys = split(pointer)
        for length in range(len(keys), 0, -1):
            place = "".join(join("", key) for key in keys[:length])
            if place in self.origins:
                return self.origins[place] + "".join(join("", key) for key in keys[length:])
        return pointer

    @property
    def content(self) -> str:
        """A hash of the content."""
        return hashlib.sha256(json.dumps(self.data, sort_keys=True).encode()).hexdigest()[:16]

    def places(self) -> dict[str, str]:
        """Row of origin → its pointer in `data`."""
        return {origin: pointer for pointer, origin in self.origins.items()}


def now_at(places: dict[str, str], origin: str) -> str | None:
    """Where the value read at `origin` stands in an edited record; None when its row was removed."""
    keys = split(origin)
    for length in range(len(keys), 0, -1):
        row = "".join(join("", key) for key in keys[:length])
        if row in places:
            return places[row] + "".join(join("", key) for key in keys[length:])
        if length >= 2 and keys[length - 2] in ROWS:
            return None
    return origin


def edit(machine: Json, settled: Settled) -> Edited:
    """The record `machine` with its decisions applied."""
    edited = Edited()
    builder = _Builder(machine, settled.decisions, edited)
    edited.data = {key: builder.build(machine[key], f"/{key}", f"/{key}") for key in CONTENT}
    return edited


def checked(edited: Edited, machine: Record) -> Record:
    """The edited content as a record; raises pydantic.ValidationError where it breaks the contract."""
    source = machine.source.model_dump(mode="json")
    return Record.model_validate({"source": source, **edited.data})


@dataclass(slots=True)
class _Builder:
    machine: Json
    decisions: dict[str, Decision]
    edited: Edited

    def build(self, value: Json, origin: str, at: str) -> Json:
        decision = self.decisions.get(origin)
        if value is None and origin in EMPTY:
            filled = self.build(EMPTY[origin], origin, at)
            return filled if filled != EMPTY[origin] else None
        if isinstance(value, dict):
            return {key: self.build(child, join(origin, key), join(at, key)) for key, child in value.items()}
        if isinstance(value, list) and split(origin)[-1] in ROWS:
            return self._rows(origin, at)
        if isinstance(value, list):  # a table's rows and cells
            return [self.build(child, join(origin, n), join(at, n)) for n, child in enumerate(value)]
        # What was accepted stays, also when the next reading says otherwise.
        return decision.value if decision and decision.action in ("set", "accept") else value

    def _rows(self, origin: str, at: str) -> list[Json]:
        order = self.decisions.get(origin)
        rows = ordered(order) if order and order.action == "order" else rows_at(self.machine, origin)
        # A row stands once: no reading of the paper may put it into itself.
        new = [row for row in dict.fromkeys(rows) if row not in self.edited.parents]
        found = [(row, value) for row in new if (value := self._row(row)) is not None]
        self.edited.rows[origin] = [row for row, _ in found]
        self.edited.parents.update((row, origin) for row, _ in found)
        built = []
        for place, (row, value) in enumerate(found):
            self.edited.origins[join(at, place)] = row
            built.append(self.build(value, row, join(at, place)))
        return built

    def _row(self, pointer: str) -> Json:
        if is_added(pointer):
            added = self.decisions.get(pointer)
            return added.value if added and added.action == "add" else None
        return value_at(self.machine, pointer)
