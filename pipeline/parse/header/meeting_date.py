"""The day of the meeting: วันศุกร์ที่ ๑๒ เมษายน พ.ศ. ๒๕๖๗."""

from __future__ import annotations

import re
from typing import Any

from pipeline.layout import Traced
from pipeline.parse.draft import Leaf, leaf
from pipeline.parse.header.blanks import with_dots
from pipeline.thai.dates import FoundDate, find_dates, names_month
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

_DATE_WORDS = re.compile(rf"{loose(vocabulary().grammar['date_words'])}\s*$")


class MeetingDate:
    """The day as the header's lines are read."""

    def __init__(self) -> None:
        self._found: tuple[Traced, FoundDate] | None = None
        self._doubtful: Traced | None = None

    @property
    def is_known(self) -> bool:
        """Was a date read, if only one that the calendar has not?"""
        return self._found is not None

    def take(self, text: Traced, limit: int) -> list[tuple[int, int]]:
        """Take the date that begins in a line before the place `limit`; where dates and their words stand in it."""
        found = [date for date in find_dates(text.text) if date.start < limit]
        if found and self._found is None:
            self._found = (text, found[0])
        return [(_with_words(text, date), date.end) for date in found]

    def take_unreadable(self, text: Traced) -> bool:
        """Keep a line as text that is plainly the date's, but whose figures make no sense; is it one?"""
        if self._found is None and self._doubtful is None and names_month(text.text):
            self._doubtful = text
            return True
        return False

    def draft(self) -> dict[str, Any] | None:
        """As a draft of `MeetingDate`; None where nothing was read."""
        if self._found is None:
            text_only = leaf(self._doubtful or Traced("", ()), "header.date_unreadable")
            return {"text": text_only} if text_only else None
        text, found = self._found
        whole = text.cut(_with_words(text, found), with_dots(text, found.end))
        return {
            "iso": Leaf(found.date.isoformat(), whole, "header.date") if found.date else None,
            "weekday": Leaf(found.weekday, whole, "header.date") if found.weekday else None,
            "text": leaf(whole, "header.date"),
        }


def _with_words(text: Traced, date: FoundDate) -> int:
    """Where a date begins with the words that announce it: เมื่อวันที่."""
    words = _DATE_WORDS.search(text.text[: date.start])
    return words.start() if words else date.start
