"""Attendance lists: who was there, as what, for whom, and why not.

`list_end` says where a list ends, `guests` which lists have a heading of their own, `roster` makes entries of its rows
(`numbers`, `groups`, `columns`, `ruled`), and `person` tells what the texts of an entry mean (`column_kinds`,
`name_column`).
"""

from pipeline.parse.attendance.guests import PrintedList, unannounced, with_guests
from pipeline.parse.attendance.list_end import begun_above, cut_running_text
from pipeline.parse.attendance.lists import is_continued, parse_list
from pipeline.parse.attendance.roster import columns_of

__all__ = [
    "PrintedList",
    "begun_above",
    "columns_of",
    "cut_running_text",
    "is_continued",
    "parse_list",
    "unannounced",
    "with_guests",
]
