"""The stable codes of issues, each with its severity. docs/checks.md lists what they mean for a reader."""

from __future__ import annotations

from schemas import Issue, Severity

CODES: dict[str, Severity] = {
    "document.not_minutes": "info",
    "page.failed": "error",
    "page.no_text": "warning",
    "page.read_badly": "warning",
    "page.blank": "info",
    "engine.digits": "warning",
    "header.missing": "warning",
    "header.form": "warning",
    "date.weekday_mismatch": "warning",
    "date.impossible": "warning",
    "date.year_mismatch": "warning",
    "previous.number": "warning",
    "previous.date": "warning",
    "time.missing": "warning",
    "time.order": "warning",
    "time.schedule": "info",
    "attendance.missing": "warning",
    "attendance.empty": "warning",
    "attendance.number_gap": "warning",
    "attendance.no_name": "info",
    "attendance.read_badly": "warning",
    "attendance.unknown_heading": "warning",
    "name.variant": "warning",
    "name.two_lists": "warning",
    "name.form": "warning",
    "name.near_known": "warning",
    "post.form": "warning",
    "agenda.missing": "warning",
    "agenda.number_unreadable": "warning",
    "agenda.order": "warning",
    "agenda.no_title": "warning",
    "agenda.no_resolution": "warning",
    "agenda.title_end": "warning",
    "signatory.unlisted": "warning",
    "value.low_confidence": "warning",
    "value.other_reading": "warning",
    "value.cut_off": "warning",
}


def issue(code: str, message: str, path: str | None = None, page: int | None = None) -> Issue:
    """An issue with the severity of its code."""
    return Issue(code=code, severity=CODES[code], path=path, page=page, message=message)
