"""Decisions of an earlier reading brought to the reading that is there now."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.review.decisions import Anchor, Decision, Json, Review
from pipeline.review.places import evidence_of, find_again, is_added, text_of, value_at
from schemas.pointer import join, split

NO_PLACE = "/issues/"
"""Pointers that begin so settle a doubt about the whole document or a page: no value is decided."""


@dataclass(slots=True)
class Settled:
    """Decisions whose pointers are good for the record at hand.

    Attributes:
        decisions: by pointer; an order's pointers are brought up to date too.
        changed: pointers whose reading is another one than was decided on; the decision still holds.
        lost: decisions whose place is not in the record any more; they are kept, and change nothing.
    """

    decisions: dict[str, Decision] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    lost: list[Decision] = field(default_factory=list)


def settle(review: Review, data: Json) -> Settled:
    """Bring the decisions of `review` to the record `data`; nothing is dropped."""
    settled = Settled()
    other_scan = review.source_sha256 != data["source"]["sha256"]
    for decision in review.decisions:
        if decision.action == "order":
            pointer, moved, same = _order(decision, data)
        elif decision.pointer.startswith(NO_PLACE) or is_added(decision.pointer):
            pointer, moved, same = decision.pointer, decision, True
        else:
            text = text_of(decision.reading)
            pointer, same = find_again(data, decision.pointer, text, decision.page, decision.box)
            moved = decision
            if pointer:
                same = same or value_at(data, pointer) == decision.value
        if pointer is None or pointer in settled.decisions:
            settled.lost.append(decision)
            continue
        settled.decisions[pointer] = moved.model_copy(update={"pointer": pointer})
        if not same or other_scan:
            settled.changed.add(pointer)
    return settled


def _order(decision: Decision, data: Json) -> tuple[str | None, Decision, bool]:
    """An order with its rows found again; rows that are new stand after the row they follow on the paper."""
    pointer = _list_again(decision, data)
    if pointer is None:
        return None, decision, False
    now = {row.pointer: find_again(data, row.pointer, row.text, row.page, row.box) for row in decision.rows}
    place = {old: found.pointer for old, found in now.items()}
    value = [place.get(str(old), str(old)) for old in ordered(decision)]
    kept = [row for row in value if row is not None]
    known = set(place.values())
    fresh = [row for row in rows_at(data, pointer) if row not in known]
    for row in fresh:
        before = join(pointer, int(split(row)[-1]) - 1)
        kept.insert(kept.index(before) + 1 if before in kept else 0 if row.endswith("/0") else len(kept), row)
    same = not fresh and all(found.pointer for found in now.values())
    rows = [row.model_copy(update={"pointer": place[row.pointer] or row.pointer}) for row in decision.rows]
    return pointer, decision.model_copy(update={"value": list(dict.fromkeys(kept)), "rows": rows}), same


def _list_again(decision: Decision, data: Json) -> str | None:
    """The pointer of an ordered list: its parent may stand at another place now."""
    keys = split(decision.pointer)
    if is_added(decision.pointer) or len(keys) < 2:
        return decision.pointer
    parent = decision.pointer.rpartition("/")[0]
    found = find_again(data, parent, text_of(decision.reading), decision.page, decision.box)
    return join(found.pointer, keys[-1]) if found.pointer else None


def ordered(decision: Decision) -> list[str]:
    """The rows of an order, as pointers."""
    return [str(row) for row in decision.value] if isinstance(decision.value, list) else []


def rows_at(data: Json, pointer: str) -> list[str]:
    """Pointers of the rows that were read of the list at `pointer`."""
    rows = value_at(data, pointer)
    return [join(pointer, n) for n in range(len(rows))] if isinstance(rows, list) else []


def anchor(data: Json, pointer: str) -> Anchor:
    """Where a row stands now, to be found again later."""
    place = evidence_of(data, pointer)
    page, box = place or (None, None)
    return Anchor(pointer=pointer, text=text_of(value_at(data, pointer)), page=page, box=box)
