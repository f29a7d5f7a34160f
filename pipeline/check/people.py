"""Doubts about attendance lists and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.check.codes import issue
from pipeline.check.otherwise import SURE
from pipeline.correct.known import without_spaces
from pipeline.correct.people import likelier, same_person
from pipeline.correct.reading import Reading
from pipeline.correct.titles import bare_name
from pipeline.parse.names import is_monk
from pipeline.thai.fold import fold, match_prefix, similarity
from pipeline.vocabulary import vocabulary
from schemas import AttendanceList, Issue, Record

LONGEST_POST = 130  # characters; more is running text that got in
LONG_POST = 7  # letters
MOST_WORDS = 4  # of a name without its titles: ณ อยุธยา is two
_FOREIGN = re.compile(r"[0-9๐-๙/:;=+_|\[\]{}<>!?,]|[ก-๙][A-Za-z]|[ก-๎]{4}\.|^[^(]*\)")
_NO_POST = re.compile(r"^[^ก-๎A-Za-z(“\"]|[^ก-๎A-Za-z0-9๐-๙)”\".]$|[ก-๎]{4}\.$")
"""What no position or role begins or ends with: a stray figure or sign; a full stop stands after abbreviations."""
SIGNATORY_SIMILARITY = 0.8  # a signatory's name this like one on a list is that one, spelt otherwise


def attendance(record: Record) -> Iterator[Issue]:
    """Lists that are missing or empty, and numbers that jump."""
    if not record.attendance or record.attendance[0].kind == "absent":
        yield issue("attendance.missing", "no list of those present was found", "/attendance")
    for n, roll in enumerate(record.attendance):
        if roll.kind == "present" and not roll.people:
            yield issue("attendance.empty", f"nobody was found under '{roll.heading}'", f"/attendance/{n}")
        before: int | None = 0 if n == 0 else None
        for k, person in enumerate(roll.people):
            at = f"/attendance/{n}/people/{k}"
            if person.name is None:
                yield issue("attendance.no_name", "only a post is printed", at)
            if f"{at}/number" in record.evidence and person.number is None:
                read = record.evidence[f"{at}/number"].ocr
                yield issue("attendance.number_gap", f"the number '{read}' could not be read", f"{at}/number")
            elif person.number is None and _numbered(roll):
                yield issue("attendance.number_gap", "the others of the list have a number, and this one has none", at)
            elif person.number is not None and before is not None and person.number != before + 1:
                yield issue("attendance.number_gap", f"number {person.number} follows {before}", f"{at}/number")
            before = person.number


def _numbered(roll: AttendanceList) -> bool:
    """Have at least half of a list's people a number?"""
    return 2 * sum(person.number is not None for person in roll.people) >= len(roll.people)


@dataclass(frozen=True, slots=True)
class _Named:
    path: str
    name: str
    kind: str = ""

    @property
    def bare(self) -> str:
        return bare_name(self.name)


def _listed(record: Record) -> list[_Named]:
    return [
        _Named(f"/attendance/{n}/people/{k}/name", person.name, roll.kind)
        for n, roll in enumerate(record.attendance)
        for k, person in enumerate(roll.people)
        if person.name and fold(bare_name(person.name))
    ]


def names(record: Record, readings: Mapping[str, Reading]) -> Iterator[Issue]:
    """A person printed twice, or spelt two ways.

    Args:
        readings: how the letters of the names were read, by pointer; they tell which spelling is likelier.
    """
    listed = _listed(record)
    for place, one in enumerate(listed):
        for other in listed[:place]:
            if without_spaces(one.bare) == without_spaces(other.bare):
                where = f"among those {other.kind.replace('_', ' ')}"
                again = "twice " if one.kind == other.kind else "also "
                yield issue("name.two_lists", f"'{one.name}' is {again}{where} ({other.path})", one.path)
            elif same_person(one.bare, other.bare):
                yield from _variant(record, one, other, f"({other.path})", readings)
    for n, signatory in enumerate(record.signatories):
        if signatory.name:
            yield from _signatory(record, _Named(f"/signatories/{n}/name", signatory.name), listed, readings)


def _variant(
    record: Record, one: _Named, other: _Named, where: str, readings: Mapping[str, Reading]
) -> Iterator[Issue]:
    """A name spelt in two ways; told of `other` as well unless it was read surely, or is the likelier reading.

    Args:
        where: `other` stands, for the message.
    """
    of_one, of_other = (_reading(record, name, readings) for name in (one, other))
    spelling = likelier(one.bare, other.bare, of_one, of_other)
    said = f"; '{spelling}' is the likelier reading" if spelling else ""
    yield issue("name.variant", f"'{one.name}' differs from '{other.name}' {where}{said}", one.path)
    if spelling != other.bare and min(of_other.letters, default=1.0) < SURE:
        yield issue("name.variant", f"'{other.name}' differs from '{one.name}' ({one.path}){said}", other.path)


def _reading(record: Record, named: _Named, readings: Mapping[str, Reading]) -> Reading:
    """How a name without its titles was read; nothing is known of one that was changed."""
    evidence = record.evidence.get(named.path)
    reading = readings.get(named.path)
    if not evidence or not reading or evidence.ocr != named.name:
        return Reading()
    return reading.last(len(without_spaces(named.bare)))


def forms(record: Record) -> Iterator[Issue]:
    """Names that are not formed like one: a post, a figure or a whole line got in."""
    held = {
        without_spaces(post)
        for roll in record.attendance
        for one in roll.people
        if (post := one.position or one.represents)
    }
    named = [(path, name) for path, name in _names(record) if name]
    for path, name in named:
        words = bare_name(name).split(" ")
        if len(words) == 1 and is_monk(name):
            continue
        elif len(words) == 1:
            what = "has no family name"
        elif len(words) > MOST_WORDS:
            what = "has too many words"
        elif _FOREIGN.search(name):
            what = "holds a sign that no Thai name has"
        elif any(without_spaces(word) in held or _begins_a_post(word) for word in words[1:]):
            what = "holds the words of a position"
        else:
            continue
        yield issue("name.form", f"'{name}' {what}", path)


def posts(record: Record) -> Iterator[Issue]:
    """Positions and roles that are far too long, or have a stray figure or sign where they begin or end."""
    for n, roll in enumerate(record.attendance):
        for k, person in enumerate(roll.people):
            for field in ("position", "represents", "role"):
                words, at = getattr(person, field) or "", f"/attendance/{n}/people/{k}/{field}"
                if len(words) > LONGEST_POST:
                    yield issue("post.form", "this is longer than any position", at)
                elif _NO_POST.search(words):
                    yield issue("post.form", f"'{words}' begins or ends with what no position has", at)


def _begins_a_post(word: str) -> bool:
    """Short words of posts begin family names as well: กองแก้ว."""
    return any(len(post) >= LONG_POST and match_prefix(word, post, tolerance=0.0) for post in vocabulary().posts)


def _names(record: Record) -> Iterator[tuple[str, str | None]]:
    for n, roll in enumerate(record.attendance):
        yield from ((f"/attendance/{n}/people/{k}/name", person.name) for k, person in enumerate(roll.people))
    yield from ((f"/signatories/{n}/name", signatory.name) for n, signatory in enumerate(record.signatories))


def _signatory(
    record: Record, signed: _Named, listed: list[_Named], readings: Mapping[str, Reading]
) -> Iterator[Issue]:
    ranked = sorted(listed, key=lambda one: similarity(signed.bare, one.bare), reverse=True)
    if not ranked or similarity(signed.bare, ranked[0].bare) < SIGNATORY_SIMILARITY:
        yield issue("signatory.unlisted", f"'{signed.name}' is on no attendance list", signed.path)
    elif without_spaces(signed.bare) != without_spaces(ranked[0].bare):
        yield from _variant(record, signed, ranked[0], "in the attendance lists", readings)
