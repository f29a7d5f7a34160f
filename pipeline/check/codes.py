"""The stable codes of issues, each with its severity. README lists what they mean for a reader."""

from __future__ import annotations

from schemas import Severity

CODES: dict[str, Severity] = {
    "document.not_minutes": "info",
    "page.failed": "error",
    "page.blank": "info",
    "engine.digits": "warning",
    "header.missing": "warning",
    "date.weekday_mismatch": "warning",
    "date.impossible": "warning",
    "date.year_mismatch": "warning",
    "time.missing": "warning",
    "time.order": "warning",
    "time.schedule": "info",
    "attendance.missing": "warning",
    "attendance.empty": "warning",
    "attendance.number_gap": "warning",
    "attendance.no_name": "info",
    "name.variant": "warning",
    "name.two_lists": "warning",
    "name.near_known": "warning",
    "agenda.missing": "warning",
    "agenda.number_unreadable": "warning",
    "agenda.order": "warning",
    "agenda.no_resolution": "warning",
    "signatory.unlisted": "warning",
    "value.low_confidence": "warning",
}
