"""Where an item's title ends: which of the rows under its head go on with it.

On the page nothing but white space, indents and full lines part a title from the text below it.
"""

from __future__ import annotations

import re

from pipeline.layout import Layout, Row
from pipeline.parse.agenda.item import Item
from pipeline.parse.agenda.progress import Progress
from pipeline.parse.blocks import INDENT, names_speaker
from pipeline.parse.names import begins_post, is_name
from pipeline.parse.wording import announces_list, is_resolution_sentence, is_unfinished
from pipeline.thai.loose import loose
from pipeline.thai.numbers import DIGIT
from pipeline.vocabulary import vocabulary

TITLE_GAP = 2.5  # in line heights: more white space than this ends a title
CLOSE_GAP = 0.6  # in line heights: a paragraph under a title stands further off where it is set in less
SHORT_TAIL = 60  # characters; a longer line is a sentence
SPEAKER = 60  # characters that an office or a name takes before what its holder says
EARLY_WRAP = 0.6  # of the page width: Thai without spaces wraps early before a long word

_WHICH = re.compile(
    rf"{loose(vocabulary().grammar['title_tails'])}\s*(?:{DIGIT}|{loose(vocabulary().grammar['buddhist_era'])})"
)
_BODY = re.compile(loose(vocabulary().grammar["body_openings"]))
_SAYS = re.compile(loose(vocabulary().grammar["says_that"]))
_LISTED = re.compile(r"[-–•(]|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)\s]")
_BRACKETED = re.compile(r"\([^()]*[ก-๎][^()]*\)")


def continues_title(row: Row, at: Progress) -> bool:
    """Does the title of the open item go on in `row`?"""
    item, above, below, layout = at.item, at.above, at.below, at.layout
    if is_resolution_sentence(row.text.text) or (item.title and _is_text(row.text.text)):
        return False
    if not item.title:
        return True
    if above is None or row.gap > TITLE_GAP or names_speaker(row):
        return False
    if is_unfinished(above.text.text) or _closes_bracket(row.text.text, above.text.text):
        return True
    if _is_in_brackets(row.text.text) or _tells_which(row, item, layout):
        return True
    full = not layout.breaks_off(above, row)
    if _is_left_of_number(row, item, layout):
        return full or above.right > EARLY_WRAP
    if full and below and _is_tail(row, below, item):
        return True
    if below and _opens_paragraph(row, below, item, layout):
        return False
    if abs(row.left - item.left) < INDENT / 2 and row.left > layout.left + INDENT:  # under the number
        return full and (below is None or layout.breaks_off(row, below))
    hanging = item.title_left is not None and abs(row.left - item.title_left) < INDENT
    return full and (hanging or row.left <= layout.left + INDENT / 2)


def _is_text(text: str) -> bool:
    """Is the line one that only a text begins with: ความเป็นมา, ผู้อำนวยการกองคลัง รายงานว่า…?"""
    if _BODY.match(text):
        return True
    return (begins_post(text) or is_name(text)) and _SAYS.search(text[:SPEAKER]) is not None


def _closes_bracket(text: str, above: str) -> bool:
    """Does the line close the bracket that the line above it leaves open: …(หลักสูตรปรับปรุง, พ.ศ. ๒๕๖๗)?"""
    close = text.find(")")
    return above.rfind("(") > above.rfind(")") and close > 0 and "(" not in text[:close] and not _LISTED.match(text)


def _is_in_brackets(text: str) -> bool:
    """Is the line a remark on the title above it, and nobody's name: (วาระที่ ๑ ขั้นรับหลักการ)?"""
    return _BRACKETED.fullmatch(text) is not None and not is_name(text.strip("() "))


def _tells_which(row: Row, item: Item, layout: Layout) -> bool:
    """A short line under the title that says of which meeting or year it speaks: ประจำปีงบประมาณ พ.ศ. ๒๕๖๗."""
    places = (layout.left, item.left, *(() if item.title_left is None else (item.title_left,)))
    return any(abs(row.left - place) < INDENT / 2 for place in places) and tells_which(row.text.text)


def tells_which(text: str) -> bool:
    """Is `text` short and says of which meeting or year a title speaks?"""
    return len(text) < SHORT_TAIL and _WHICH.match(text) is not None


def _is_left_of_number(row: Row, item: Item, layout: Layout) -> bool:
    """Does the row begin left of a number that is set in? A paragraph would be set in more, or stand further off."""
    set_in = item.left > layout.left + INDENT
    close = row.left <= layout.left + INDENT or row.gap < CLOSE_GAP
    return set_in and close and row.left < item.left - INDENT


def _is_tail(row: Row, below: Row, item: Item) -> bool:
    """Is `row` the end of the item's title: set in less than the paragraph below it, which is no list it announces?"""
    if below.left < row.left + INDENT or announces_list(row.text.text) or _LISTED.match(below.text.text):
        return False
    hanging = item.title_left is not None and item.left - INDENT / 2 < row.left < item.title_left
    return hanging or below.gap > row.gap + CLOSE_GAP


def _opens_paragraph(row: Row, below: Row, item: Item, layout: Layout) -> bool:
    """Is `row` the first line of a paragraph, which goes on further left in the row below?"""
    at_margin = below.left <= layout.left + INDENT / 2 < row.left
    returns = at_margin or below.left < min(row.left, item.left) - INDENT
    return returns and not layout.breaks_off(row, below)
