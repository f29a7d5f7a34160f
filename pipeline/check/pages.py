"""Doubts about the reading itself: pages without text, digits the engine lacks, headings no list knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.codes import issue
from pipeline.check.confidence import LOW_CONFIDENCE
from pipeline.layout import Traced
from pipeline.ocr import DocumentText, Line, PageText
from pipeline.parse.markers.list_heading import list_heading
from pipeline.parse.names import is_name, is_post, is_role
from pipeline.thai.fold import fold, match_prefix
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary
from schemas import Issue, Record

FEW_LETTERS = 3  # a page with fewer gave no text
MANY_LETTERS = 100  # of fewer no share is taken
# Share of letters read with low confidence. Measured: no page of 574 whose record was right, 9 of those that were not.
READ_BADLY = 0.05
HEADING_LENGTH = 48  # characters; a longer line is a sentence

_WORDS = vocabulary().grammar
_FIRST = re.compile(r"[(\s]*[1๑]\s*[.)]\s*\S")
_HEADING = re.compile(rf"{loose(_WORDS['heading_openings'])}.*{loose(_WORDS['heading_words'])}")


def pages(text: DocumentText) -> Iterator[Issue]:
    """Pages that failed, are blank, or gave no text though something is printed on them."""
    for page in text.pages:
        if page.state == "failed":
            yield issue("page.failed", page.message or "the page could not be read", None, page.number)
        elif page.state == "blank":
            yield issue("page.blank", "the page is blank", None, page.number)
        elif sum(len(fold(line.text)) for line in page.lines) < FEW_LETTERS:
            yield issue(
                "page.no_text", "something is on the page, but no text was found: look at the scan", None, page.number
            )
        elif (share := _doubted(page)) >= READ_BADLY:
            yield issue(
                "page.read_badly",
                f"one letter in {round(1 / share)} of the page was read with doubt, and others may be wrong without: "
                "read all of it, or scan it again with a higher resolution in grey",
                None,
                page.number,
            )


def _doubted(page: PageText) -> float:
    """The share of the page's letters that were read with doubt; 0 of few, or where the engine does not tell."""
    letters = [
        sure
        for line in page.lines
        for cell in line.cells
        for letter, sure in zip(cell.text, cell.chars, strict=False)
        if not letter.isspace()
    ]
    return sum(sure < LOW_CONFIDENCE for sure in letters) / len(letters) if len(letters) >= MANY_LETTERS else 0.0


def engine(record: Record, text: DocumentText) -> Iterator[Issue]:
    """A page that the engine has no characters for is a doubt about every number on it."""
    digits = set(text.unwritable) & set("๐๑๒๓๔๕๖๗๘๙")
    if not digits:
        return
    thai = sum(len(re.findall("[๐-๙]", line.text)) for page in text.pages for line in page.lines)
    if thai >= 3:
        missing = " ".join(sorted(digits))
        yield issue(
            "engine.digits",
            f"the page prints Thai digits and {text.engine} cannot write {missing}: no number here is sure",
            "/header/meeting" if record.header.meeting else None,
        )


def headings(record: Record, text: DocumentText) -> Iterator[Issue]:
    """Headings that no list of headings has: of a list of the record, or lines inside the lists that look like one."""
    for n, roll in enumerate(record.attendance):
        if not _is_known(roll.heading):
            what = f"'{roll.heading}' is none of the headings known" if roll.heading else "no heading was found"
            yield issue(
                "attendance.unknown_heading", f"{what}: its people were taken as {roll.kind}", f"/attendance/{n}"
            )
    yield from _unknown_lines(record, text)
    yield from _unknown_groups(record, text)


def _is_known(heading: str) -> bool:
    if any(match_prefix(heading, phrase, 0.0) for phrase in vocabulary().attendance_guests):
        return True
    return list_heading(Traced(heading, (None,) * len(heading))) is not None


def _unknown_groups(record: Record, text: DocumentText) -> Iterator[Issue]:
    """Lines inside a list over people who are counted anew, which head no list and no group that is known."""
    headings = [fold(roll.heading) for roll in record.attendance]
    known = [*headings, *map(fold, vocabulary().attendance_groups)]
    places = [(n, record.evidence.get(f"/attendance/{n}/heading")) for n in range(len(record.attendance))]
    lines = [(page, line, line.text.strip(" :*_-–()")) for page, line in _lists(record, text)]
    for (_, _, above), (page, line, words), (_, below, _) in zip(lines, lines[1:], lines[2:], strict=False):
        if (
            _FIRST.match(below.text)
            and len(line.cells) == 1
            and len(words) <= HEADING_LENGTH
            and not re.search("[0-9๐-๙]", words)
            and fold(above) not in headings
            and fold(words) not in known
            and not (_is_known(words) or is_name(words) or is_post(words))
        ):
            inside = [n for n, place in places if place and (place.page, place.box[1]) <= (page, line.box[1])]
            yield issue(
                "attendance.unknown_heading",
                f"'{words}' heads people who are counted anew, in what was read as one list",
                f"/attendance/{inside[-1]}" if inside else "/attendance",
                page,
            )


def _unknown_lines(record: Record, text: DocumentText) -> Iterator[Issue]:
    lists = [fold(roll.heading) for roll in record.attendance]
    known = [phrase for phrase, _ in vocabulary().attendance]
    other = [*vocabulary().document, *vocabulary().signing_roles, *vocabulary().opening]
    for page, line in _lists(record, text):
        words = line.text.strip(" :*_-–()")
        if (
            len(words) <= HEADING_LENGTH
            and len(line.cells) == 1
            and _HEADING.match(words)
            and not any(match_prefix(words, phrase) for phrase in (*known, *other))
            and not any(
                heading.startswith(fold(words)) or fold(words).endswith(heading) for heading in lists if heading
            )
            and not is_name(words)
            and not is_role(words)
        ):
            yield issue(
                "attendance.unknown_heading",
                f"'{words}' looks like the heading of a list, but no list of headings has it",
                "/attendance",
                page,
            )


def lists(record: Record, text: DocumentText) -> Iterator[Issue]:
    """Headings of those absent and of guests with lines under them, of which nobody came out."""
    for n, roll in enumerate(record.attendance):
        heading = record.evidence.get(f"/attendance/{n}/heading")
        if roll.people or roll.kind == "present" or heading is None:
            continue
        page = next((page for page in text.pages if page.number == heading.page), None)
        below = [line for line in page.lines if line.box[1] > heading.box[3]] if page else []
        words = below[0].text.strip() if below else ""
        if is_name(words.lstrip(" -–•*0123456789๐๑๒๓๔๕๖๗๘๙.)(")):
            yield issue("attendance.empty", f"nobody was found under '{roll.heading}'", f"/attendance/{n}")


def _lists(record: Record, text: DocumentText) -> Iterator[tuple[int, Line]]:
    """The lines between the header and the opening of the meeting: (page, line)."""
    places = record.evidence
    starts = [places[path] for path in ("/header/title", "/attendance/0/heading") if path in places]
    ends = [places[path] for path in ("/opened_at", "/agenda/0/number", "/agenda/0/title") if path in places]
    if not starts or not ends:
        return
    first, last = starts[-1], ends[0]
    for page in text.pages:
        for line in page.lines:
            at = (page.number, line.box[1])
            if (first.page, first.box[3]) <= at < (last.page, last.box[1]):
                yield page.number, line
