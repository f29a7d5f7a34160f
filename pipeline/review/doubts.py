"""What a person should look at in a document, the most important first."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.review.decisions import Decision, Json
from pipeline.review.edited import Edited, now_at
from pipeline.review.settle import NO_PLACE, Settled
from schemas.pointer import split, under

_SEVERITY = {"error": 0, "warning": 1, "info": 3}
_CORRECTION = 2
# What a wrong value spoils: a wrong date or number loses the whole paper, a wrong word in a paragraph little.
_FIELDS = ("date", "meeting", "resolutions", "name", "body", "opened_at", "closed_at", "people", "agenda", "header")


@dataclass(slots=True)
class Doubt:
    """Everything that is doubtful about one place.

    Attributes:
        pointer: of origin (`/issues/CODE/PAGE` for the document or a page).
        issues: of the record, as JSON data.
        correction: the change the machine made there.
        changed: the reading is no longer the one that was decided on.
        settled: somebody decided.
    """

    pointer: str
    issues: list[Json] = field(default_factory=list)
    correction: Json = None
    changed: bool = False
    settled: bool = False
    page: int | None = None
    confidence: float = 1.0

    @property
    def counts(self) -> bool:
        """Should somebody look at it? Of what is only told as information nobody need."""
        return self.changed or bool(self.correction) or any(issue["severity"] != "info" for issue in self.issues)

    @property
    def rank(self) -> tuple[int, int, float]:
        """Lower is looked at earlier."""
        severity = min((_SEVERITY[issue["severity"]] for issue in self.issues), default=_CORRECTION)
        keys = split(self.pointer)
        place = min((_FIELDS.index(key) for key in keys if key in _FIELDS), default=len(_FIELDS))
        return (-1 if self.changed else severity, place, self.confidence)


def doubts_of(machine: Json, settled: Settled, edited: Edited) -> list[Doubt]:
    """The doubts of a record. Those about rows that somebody removed are no longer any."""
    found: dict[str, Doubt] = {}

    def at(pointer: str) -> Doubt:
        return found.setdefault(pointer, Doubt(pointer))

    for issue in machine["issues"]:
        doubt = at(issue["path"] if issue["path"] is not None else _whole(issue))
        doubt.issues.append(issue)
        doubt.page = doubt.page or issue["page"]
    for correction in machine["corrections"]:
        at(correction["path"]).correction = correction
    for pointer in settled.changed:
        at(pointer).changed = True
    places = edited.places()
    open_or_settled = []
    for doubt in found.values():
        if not doubt.pointer.startswith(NO_PLACE) and now_at(places, doubt.pointer) is None:
            continue
        evidence = machine["evidence"].get(doubt.pointer)
        if evidence:
            doubt.page, doubt.confidence = evidence["page"], evidence["confidence"]
        doubt.settled = not doubt.changed and _is_settled(doubt, settled.decisions)
        open_or_settled.append(doubt)
    return sorted(open_or_settled, key=lambda doubt: doubt.rank)


def _whole(issue: Json) -> str:
    return f"{NO_PLACE}{issue['code']}" + (f"/{issue['page']}" if issue["page"] else "")


def _is_settled(doubt: Doubt, decisions: dict[str, Decision]) -> bool:
    """Was it accepted, or was something decided about what it is about?"""
    if doubt.pointer in decisions:
        return True
    if any(issue["code"] == "agenda.no_resolution" for issue in doubt.issues):
        return any(under(pointer, f"{doubt.pointer}/resolutions") for pointer in decisions)
    return doubt.pointer != "" and any(under(pointer, doubt.pointer) for pointer in decisions)
