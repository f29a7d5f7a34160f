"""Which member of one list is which member of another, when some are missing or new.

Compared by index, one missing person would make all that follow differ. So the
members are aligned in order, as in Needleman and Wunsch (1970), for the greatest
sum of likeness; two members are the same one only from `SAME` on. The order of
minutes means something, so a member that moved is one missing and one extra.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import JsonValue
from rapidfuzz.distance import Levenshtein

from pipeline.compare.measure import fold
from schemas.pointer import leaves

SAME = 0.5
"""Likeness, from 0 to 1, from which two members are taken for the same one."""

REST = ""
"""Stands for all fields of a member that have no weight of their own."""

# How much each field says about which member it is. People of one office share long
# positions, so the name leads; agenda titles repeat, so the number helps.
_WEIGHTS: dict[str, dict[str, float]] = {
    "attendance": {"kind": 3, "heading": 3, REST: 4},
    "person": {"name": 6, "number": 1, REST: 3},
    "item": {"number": 3, "title": 5, REST: 2},
    "resolution": {"text": 8, "decision": 2},
    "block": {"kind": 1, "label": 1, REST: 8},
    "signatory": {"name": 6, REST: 4},
}
_ANY = {REST: 1.0}

_MOST_CHARACTERS = 1000  # of one field: enough to know it, and it bounds the work for a long item
_MOST_PAIRS = 250_000  # some seconds; beyond, the members are paired by index

Alignment = list[tuple[int | None, int | None]]
_Features = list[tuple[float, str]]


def align(golden: Sequence[JsonValue], got: Sequence[JsonValue], name: str) -> Alignment:
    """(index in `golden`, index in `got`) of each member, in order; None where it is missing.

    Args:
        name: what the members are, from `fields.list_name`.
    """
    shorter = min(len(golden), len(got))
    head = 0
    while head < shorter and golden[head] == got[head]:
        head += 1
    tail = 0
    while tail < shorter - head and golden[-1 - tail] == got[-1 - tail]:
        tail += 1
    middle = _align_middle(golden[head : len(golden) - tail], got[head : len(got) - tail], name)
    return [
        *((at, at) for at in range(head)),
        *((None if a is None else a + head, None if b is None else b + head) for a, b in middle),
        *((len(golden) - at, len(got) - at) for at in range(tail, 0, -1)),
    ]


def _align_middle(golden: Sequence[JsonValue], got: Sequence[JsonValue], name: str) -> Alignment:
    rows, columns = len(golden), len(got)
    if rows * columns > _MOST_PAIRS:
        return [(at if at < rows else None, at if at < columns else None) for at in range(max(rows, columns))]
    weights = _WEIGHTS.get(name, _ANY)
    want = [_features(member, weights) for member in golden]
    have = [_features(member, weights) for member in got]
    gain = [[_likeness(a, b) - SAME for b in have] for a in want]
    # best[i][j]: the greatest sum for the members from i and j on.
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if gain[i][j] >= 0:
                best[i][j] = max(best[i][j], best[i + 1][j + 1] + gain[i][j])
    aligned: Alignment = []
    i = j = 0
    while i < rows and j < columns:
        if gain[i][j] >= 0 and best[i][j] == best[i + 1][j + 1] + gain[i][j]:
            aligned.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            aligned.append((i, None))
            i += 1
        else:
            aligned.append((None, j))
            j += 1
    aligned += [(at, None) for at in range(i, rows)]
    aligned += [(None, at) for at in range(j, columns)]
    return aligned


def _features(member: JsonValue, weights: dict[str, float]) -> _Features:
    """The weighted texts a member is known by."""
    if not isinstance(member, dict):
        return [(1.0, _text(member))]
    rest = {key: value for key, value in member.items() if key not in weights}
    return [(weight, _text(rest if key == REST else member.get(key))) for key, weight in weights.items()]


def _text(value: JsonValue) -> str:
    parts = (str(leaf) for _, leaf in leaves(value) if leaf is not None)
    return fold(" ".join(parts))[:_MOST_CHARACTERS]


def _likeness(golden: _Features, got: _Features) -> float:
    """Weighted mean of the likeness of the fields that at least one of the two has; 1.0 when there is none."""
    total = alike = 0.0
    for (weight, want), (_, have) in zip(golden, got, strict=True):
        if want or have:
            total += weight
            alike += weight * Levenshtein.normalized_similarity(want, have)
    return alike / total if total else 1.0
