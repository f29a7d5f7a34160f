"""The door of the check stage. A check is a function that finds doubts in a record; each has its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pipeline.check import agenda, header, pages, people
from pipeline.check.codes import issue
from pipeline.check.confidence import confidence
from pipeline.check.titles import titles
from pipeline.correct import Findings, Reading
from pipeline.layout import Layout
from pipeline.ocr import DocumentText
from schemas import Issue, Record

Check = Callable[[Record], Iterator[Issue]]

CHECKS: tuple[Check, ...] = (
    header.header,
    header.date,
    header.times,
    header.previous,
    people.attendance,
    people.forms,
    people.posts,
    agenda.agenda,
)


def check(
    record: Record,
    text: DocumentText,
    layout: Layout,
    readings: Mapping[str, Reading],
    findings: Findings,
    reasons: Iterable[str],
) -> Record:
    """The record with its issues and its status.

    Args:
        record: parsed, and corrected unless that is switched off.
        text: the pages as read, for what failed.
        layout: their flow, as the record was parsed from it.
        readings: how the letters of the values were read, by pointer.
        findings: what the names lists say.
        reasons: why the paper is not minutes; empty for minutes.
    """
    issues = list(pages.pages(text))
    why = "; ".join(reasons)
    if why:
        issues.append(issue("document.not_minutes", f"taken for another kind of paper: {why}"))
    else:
        for one in CHECKS:
            issues += one(record)
        issues += people.names(record, readings)
        issues += pages.headings(record, text)
        issues += pages.lists(record, text)
        issues += titles(record, layout)
        issues += confidence(record, text, findings.known, readings)
        issues += pages.engine(record, text)
        issues += [
            issue("name.near_known", f"'{n.name}' is near the known name '{n.known}' ({n.score:.0f} of 100)", n.path)
            for n in findings.near
        ]
    places = {path: evidence.page for path, evidence in record.evidence.items()}
    located = [one.model_copy(update={"page": one.page or _page_of(one.path, places)}) for one in issues]
    failed = any(page.state == "failed" for page in text.pages)
    doubt = any(one.severity != "info" for one in located)
    status = "partial" if failed else "review" if doubt else "ok"
    return record.model_copy(update={"issues": located, "status": status})


def _page_of(path: str | None, places: dict[str, int]) -> int | None:
    """The page a pointer's value stands on; for a part of the record, where the part begins."""
    if not path:
        return None
    if path in places:
        return places[path]
    return next((page for place, page in places.items() if place.startswith(path + "/")), None)
