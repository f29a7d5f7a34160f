"""The door of the check stage. A check is a function that finds doubts in a record; each has its code."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator

from pipeline.check.codes import CODES
from pipeline.correct import Nearest
from pipeline.correct.known import bare_name
from pipeline.ocr import DocumentText
from pipeline.thai.dates import BE_OFFSET, same_weekday, weekday_of
from pipeline.thai.fold import fold, similarity
from pipeline.vocabulary import vocabulary
from schemas import AgendaItem, Issue, Record

LOW_CONFIDENCE = 0.8  # a value read with less deserves a look
VARIANT_SIMILARITY = 0.8  # two names this alike in one record may be one person

Check = Callable[[Record], Iterator[Issue]]


def check(record: Record, text: DocumentText, near: Iterable[Nearest], reasons: Iterable[str]) -> Record:
    """The record with its issues and its status.

    Args:
        record: parsed and corrected.
        text: the pages as read, for what failed.
        near: names left alone although a known one is near.
        reasons: why the paper is not minutes; empty for minutes.
    """
    issues = list(_pages(text))
    why = "; ".join(reasons)
    if why:
        issues.append(_issue("document.not_minutes", f"taken for another kind of paper: {why}"))
    else:
        for one in CHECKS:
            issues += one(record)
        issues += _engine(record, text)
        issues += [
            _issue("name.near_known", f"'{n.name}' is near the known name '{n.known}' ({n.score:.0f} of 100)", n.path)
            for n in near
        ]
    pages = {path: evidence.page for path, evidence in record.evidence.items()}
    located = [issue.model_copy(update={"page": issue.page or _page_of(issue.path, pages)}) for issue in issues]
    failed = any(page.state == "failed" for page in text.pages)
    doubt = any(issue.severity != "info" for issue in located)
    status = "partial" if failed else "review" if doubt else "ok"
    return record.model_copy(update={"issues": located, "status": status})


def _issue(code: str, message: str, path: str | None = None, page: int | None = None) -> Issue:
    return Issue(code=code, severity=CODES[code], path=path, page=page, message=message)


def _page_of(path: str | None, pages: dict[str, int]) -> int | None:
    """The page a pointer's value stands on; for a part of the record, where the part begins."""
    if not path:
        return None
    if path in pages:
        return pages[path]
    return next((page for place, page in pages.items() if place.startswith(path + "/")), None)


def _pages(text: DocumentText) -> Iterator[Issue]:
    for page in text.pages:
        if page.state == "failed":
            yield _issue("page.failed", page.message or "the page could not be read", None, page.number)
        elif page.state == "blank":
            yield _issue("page.blank", "the page is blank", None, page.number)


def _engine(record: Record, text: DocumentText) -> Iterator[Issue]:
    """A page that the engine has no characters for is a doubt about every number on it."""
    digits = set(text.unwritable) & set("๐๑๒๓๔๕๖๗๘๙")
    if not digits:
        return
    thai = sum(len(re.findall("[๐-๙]", line.text)) for page in text.pages for line in page.lines)
    if thai >= 3:
        missing = " ".join(sorted(digits))
        yield _issue(
            "engine.digits",
            f"the page prints Thai digits and {text.engine} cannot write {missing}: no number here is sure",
            "/header/meeting" if record.header.meeting else None,
        )


def _header(record: Record) -> Iterator[Issue]:
    header = record.header
    for field, value in (
        ("title", header.title),
        ("body", header.body),
        ("meeting", header.meeting),
        ("date", header.date),
    ):
        if value is None:
            yield _issue("header.missing", f"no {field} was found in the header", f"/header/{field}")


def _date(record: Record) -> Iterator[Issue]:
    date, meeting = record.header.date, record.header.meeting
    if date is None:
        return
    if date.iso is None:  # a figure was misread, or misprinted
        yield _issue("date.impossible", f"the calendar has no such day: '{date.text}'", "/header/date")
        return
    day = datetime.date.fromisoformat(date.iso)
    if date.weekday and not same_weekday(date.weekday, day):
        printed = f"{day.day} {day:%B} {day.year + BE_OFFSET}"
        yield _issue(
            "date.weekday_mismatch",
            f"{printed} was a {day:%A} (วัน{weekday_of(day)}), the page says {date.weekday}",
            "/header/date",
        )
    if meeting and meeting.year and abs(meeting.year - (day.year + BE_OFFSET)) > 1:
        yield _issue(
            "date.year_mismatch",
            f"the meeting is of {meeting.year}, its date in {day.year + BE_OFFSET}",
            "/header/meeting/year",
        )


def _times(record: Record) -> Iterator[Issue]:
    opened, closed, scheduled = record.opened_at, record.closed_at, record.header.scheduled
    if opened is None:
        yield _issue("time.missing", "no opening time was found", "/opened_at")
    if closed is None:
        yield _issue("time.missing", "no closing time was found", "/closed_at")
    if opened and closed and closed <= opened:
        yield _issue("time.order", f"the meeting closes at {closed}, before it opens at {opened}", "/closed_at")
    if opened and scheduled and scheduled.start and opened < scheduled.start:
        yield _issue("time.schedule", f"opened at {opened}, scheduled for {scheduled.start}", "/opened_at")


def _attendance(record: Record) -> Iterator[Issue]:
    if not record.attendance:
        yield _issue("attendance.missing", "no list of those present was found", "/attendance")
    for n, roll in enumerate(record.attendance):
        if roll.kind == "present" and not roll.people:
            yield _issue("attendance.empty", f"nobody was found under '{roll.heading}'", f"/attendance/{n}")
        before: int | None = None
        for k, person in enumerate(roll.people):
            at = f"/attendance/{n}/people/{k}"
            if person.name is None:
                yield _issue("attendance.no_name", "only a post is printed", at)
            if f"{at}/number" in record.evidence and person.number is None:
                read = record.evidence[f"{at}/number"].ocr
                yield _issue("attendance.number_gap", f"the number '{read}' could not be read", f"{at}/number")
            elif person.number is not None and before is not None and person.number != before + 1:
                yield _issue("attendance.number_gap", f"number {person.number} follows {before}", f"{at}/number")
            before = person.number


def _people(record: Record) -> Iterator[tuple[str, str, str]]:
    """(pointer, name, kind of list) of everyone on a list."""
    for n, roll in enumerate(record.attendance):
        for k, person in enumerate(roll.people):
            if person.name:
                yield f"/attendance/{n}/people/{k}/name", person.name, roll.kind


def _names(record: Record) -> Iterator[Issue]:
    listed = [(path, name, fold(bare_name(name)), kind) for path, name, kind in _people(record)]
    for place, (path, name, folded, kind) in enumerate(listed):
        for other_path, other, other_folded, other_kind in listed[:place]:
            if not folded or not other_folded:
                continue
            if folded == other_folded and {kind, other_kind} == {"present", "absent"}:
                yield _issue("name.two_lists", f"'{name}' is also among those {other_kind}", path)
            elif folded != other_folded and similarity(folded, other_folded) >= 0.9:
                yield _issue("name.variant", f"'{name}' differs from '{other}' ({other_path})", path)
    for n, signatory in enumerate(record.signatories):
        path = f"/signatories/{n}/name"
        if not signatory.name:
            continue
        folded = fold(bare_name(signatory.name))
        ranked = sorted(((similarity(folded, other), name) for _, name, other, _ in listed), reverse=True)
        if not ranked or ranked[0][0] < VARIANT_SIMILARITY:
            yield _issue("signatory.unlisted", f"'{signatory.name}' is on no attendance list", path)
        elif _spelt(signatory.name) != _spelt(ranked[0][1]):
            yield _issue(
                "name.variant", f"'{signatory.name}' differs from '{ranked[0][1]}' in the attendance lists", path
            )


def _spelt(name: str) -> str:
    return bare_name(name).replace(" ", "")


def _agenda(record: Record) -> Iterator[Issue]:
    if not record.agenda:
        yield _issue("agenda.missing", "no agenda item was found", "/agenda")
    yield from _agenda_items(record, record.agenda, "/agenda")
    yield from _undecided(list(_leaves(record.agenda, "/agenda")))


def _leaves(items: list[AgendaItem], at: str) -> Iterator[tuple[str, AgendaItem]]:
    for n, item in enumerate(items):
        if not item.items:
            yield f"{at}/{n}", item
        yield from _leaves(item.items, f"{at}/{n}/items")


def _undecided(leaves: list[tuple[str, AgendaItem]]) -> Iterator[Issue]:
    """Items without a resolution: those for consideration, and any where the paper resolves most items."""
    spoken = [(path, item) for path, item in leaves if not _says_nothing(item)]
    usual = sum(bool(item.resolutions) for _, item in spoken) * 2 > len(spoken)
    for path, item in spoken:
        considered = any(word in item.title for word in vocabulary().grammar["considered"])
        if not item.resolutions and (usual or considered):
            yield _issue("agenda.no_resolution", f"no resolution was found under '{item.title[:40]}'", path)


def _says_nothing(item: AgendaItem) -> bool:
    """Is the item's body no more than -ไม่มี- or ถอนวาระ?"""
    words = fold("".join(block.text for block in item.body)).strip("-. ")
    return not item.resolutions and len(words) < 30 and not any(block.rows for block in item.body)


def _agenda_items(record: Record, items: list[AgendaItem], at: str) -> Iterator[Issue]:
    before: int | None = None
    for n, item in enumerate(items):
        path = f"{at}/{n}"
        last = int(item.number.split(".")[-1]) if item.number else None
        if item.number is None and f"{path}/number" in record.evidence:
            read = record.evidence[f"{path}/number"].ocr
            yield _issue("agenda.number_unreadable", f"the item's number '{read}' could not be read", f"{path}/number")
        elif last is not None and last != (before or 0) + 1 and (before is not None or last != 1):
            yield _issue("agenda.order", f"item {item.number} follows {before or 'nothing'}", f"{path}/number")
        before = last
        yield from _agenda_items(record, item.items, f"{path}/items")


_WATCHED = re.compile(
    r"/header/(meeting|date)/(number|year|iso)|/(opened|closed)_at|/attendance/\d+/people/\d+/(name|number)|"
    r"/signatories/\d+/name|(/agenda/\d+|/items/\d+)+/number|/header/(title|body|venue)"
)


def _confidence(record: Record) -> Iterator[Issue]:
    """Numbers, times and names that were read with doubt, one issue a value."""
    borne_out = set(_in_order(record))
    for path, evidence in record.evidence.items():
        if evidence.confidence < LOW_CONFIDENCE and _WATCHED.fullmatch(path) and path not in borne_out:
            yield _issue(
                "value.low_confidence", f"'{evidence.ocr}' was read with confidence {evidence.confidence:.2f}", path
            )


def _in_order(record: Record) -> Iterator[str]:
    """Pointers of list and item numbers that the numbers around them bear out: 3 between 2 and 4 is no doubt."""
    for n, roll in enumerate(record.attendance):
        numbers = [person.number for person in roll.people]
        yield from (f"/attendance/{n}/people/{k}/number" for k in _steps(numbers))
    yield from _items_in_order(record.agenda, "/agenda")


def _items_in_order(items: list[AgendaItem], at: str) -> Iterator[str]:
    numbers = [int(item.number.split(".")[-1]) if item.number else None for item in items]
    yield from (f"{at}/{n}/number" for n in _steps(numbers))
    for n, item in enumerate(items):
        yield from _items_in_order(item.items, f"{at}/{n}/items")


def _steps(numbers: list[int | None]) -> list[int]:
    """Indexes of numbers that are one more than the one before and one less than the one after."""
    around = [0, *numbers, None]
    return [
        k
        for k, number in enumerate(numbers)
        if number is not None and around[k] == number - 1 and (k == len(numbers) - 1 or around[k + 2] == number + 1)
    ]


CHECKS: tuple[Check, ...] = (_header, _date, _times, _attendance, _names, _agenda, _confidence)
