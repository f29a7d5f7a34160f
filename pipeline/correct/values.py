"""The door of the correct stage: values of a record against closed vocabulary and known names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.correct.doubted import settle_names
from pipeline.correct.known import KnownNames, KnownPhrase, without_spaces
from pipeline.correct.named import named, reading_of
from pipeline.correct.people import Meeting, Nearest, judge
from pipeline.correct.phrases import misread_phrase, short_forms
from pipeline.correct.reading import Reading
from pipeline.correct.titles import cut_titles
from pipeline.parse.agenda import decision_of
from pipeline.thai.fold import fold, similarity, skeleton
from pipeline.vocabulary import vocabulary
from schemas import Correction, Record
from schemas.pointer import join


@dataclass(slots=True)
class Findings:
    """What the lists say of values that were not changed.

    Attributes:
        near: left as read although a known name is near.
        known: pointers of names that are on a list as they were read, or were changed to one.
    """

    near: list[Nearest] = field(default_factory=list)
    known: set[str] = field(default_factory=set)


def correct(
    record: Record, known: KnownNames | None, readings: Mapping[str, Reading] | None = None
) -> tuple[Record, Findings]:
    """A record with its closed-vocabulary values and known names corrected.

    Args:
        record: as parsed; it is not changed.
        known: the user's names lists, if there are any.
        readings: how the letters of the names were read, by pointer.

    Returns:
        The corrected record with its `corrections`, and what the lists say of the names left as they are.
    """
    data = record.model_dump(mode="json")
    corrections: list[Correction] = []
    findings = Findings()
    for holder, key, path, phrases, source in _closed(data):
        _against_vocabulary(holder, key, path, phrases, source, corrections)
    if known:
        _against_lists(data, readings or {}, known, corrections, findings)
    told = findings.known | {one.path for one in findings.near}
    corrections += settle_names(data, readings or {}, told)
    _titles(data, readings or {}, corrections)
    data["corrections"] = [*data["corrections"], *(correction.model_dump() for correction in corrections)]
    return Record.model_validate(data), findings


def _against_lists(
    data: dict[str, Any],
    readings: Mapping[str, Reading],
    known: KnownNames,
    corrections: list[Correction],
    findings: Findings,
) -> None:
    _against_phrases(data["header"], "body", "/header", known.organisations, corrections)
    date = data["header"]["date"]
    day = datetime.date.fromisoformat(date["iso"]) if date and date["iso"] else None
    meeting = Meeting(data["header"]["body"], day)
    for holder, path in named(data):
        _against_names(holder, path, readings, meeting, known, corrections, findings)
        for key in ("position", "represents"):
            _against_phrases(holder, key, path, known.positions, corrections)


_Place = tuple[dict[str, Any], str, str, tuple[str, ...], str]


def _closed(data: dict[str, Any]) -> Iterator[_Place]:
    """Every value that comes from a closed list: (holder, key, pointer, the list, its name)."""
    words = vocabulary()
    yield data["header"], "title", "/header/title", words.document, "vocabulary:document"
    headings = tuple(phrase for phrase, _ in words.attendance)
    for n, roll in enumerate(data["attendance"]):
        if not any(without_spaces(roll["heading"]).endswith(without_spaces(phrase)) for phrase in headings):
            yield roll, "heading", f"/attendance/{n}/heading", headings, "vocabulary:attendance"
        for k, person in enumerate(roll["people"]):
            at = f"/attendance/{n}/people/{k}"
            yield person, "role", f"{at}/role", words.roles, "vocabulary:role"
            yield person, "absence_reason", f"{at}/absence_reason", words.absence_reasons, "vocabulary:absence_reason"
    for n, signatory in enumerate(data["signatories"]):
        yield signatory, "role", f"/signatories/{n}/role", words.signing_roles, "vocabulary:signing_role"
    yield from _closed_agenda(data["agenda"], "/agenda")


def _closed_agenda(items: list[dict[str, Any]], at: str) -> Iterator[_Place]:
    """Titles and resolutions that every paper words alike."""
    words = vocabulary()
    for n, item in enumerate(items):
        path = f"{at}/{n}"
        yield item, "title", f"{path}/title", words.agenda_titles, "vocabulary:agenda_title"
        for k, resolution in enumerate(item["resolutions"]):
            yield resolution, "text", f"{path}/resolutions/{k}/text", words.resolutions, "vocabulary:resolution"
        yield from _closed_agenda(item["items"], f"{path}/items")


def _against_vocabulary(
    holder: dict[str, Any], key: str, path: str, phrases: tuple[str, ...], source: str, corrections: list[Correction]
) -> None:
    value = holder.get(key)
    if not value or any(without_spaces(value) == without_spaces(phrase) for phrase in phrases):
        return
    ranked = sorted(((100 * similarity(value, phrase), phrase) for phrase in phrases), reverse=True)
    score, phrase = ranked[0]
    if short_forms(value) != short_forms(phrase):
        return
    runner_up = next((other for other, text in ranked[1:] if fold(text) != fold(phrase)), 0.0)
    if runner_up >= score or not _misread_as(skeleton(value), skeleton(phrase)):
        return
    corrections.append(Correction(path=path, ocr=value, value=phrase, score=round(score, 1), source=source))
    holder[key] = phrase
    if "decision" in holder:  # of a resolution's text, which says something else now
        holder["decision"] = decision_of(phrase)


def _misread_as(read: str, phrase: str) -> bool:
    """Can `read` be `phrase` misread? At most one letter is another; none is lost or added.

    A letter more or less is a word more or less: เห็นชอบตามที่เสนอ is no misread เห็นชอบตามเสนอ.
    """
    return len(read) == len(phrase) and sum(a != b for a, b in zip(read, phrase, strict=True)) <= 1


def _against_names(
    holder: dict[str, Any],
    at: str,
    readings: Mapping[str, Reading],
    meeting: Meeting,
    known: KnownNames,
    corrections: list[Correction],
    findings: Findings,
) -> None:
    value = holder.get("name")
    if not value:
        return
    path = join(at, "name")
    reading = reading_of(value, path, readings)
    cut = cut_titles(value, reading=reading)
    verdict = judge(cut.name, reading.last(len(without_spaces(cut.name))), meeting, known)
    if verdict.change:
        corrected = cut.title + verdict.change.spelling
        score, source = round(verdict.change.score, 1), verdict.change.person.source
        corrections.append(Correction(path=path, ocr=value, value=corrected, score=score, source=source))
        holder["name"] = corrected
    elif verdict.near:
        findings.near.append(Nearest(path, value, verdict.near.spelling, round(verdict.near.score, 1)))
    if found := verdict.known or verdict.change:
        findings.known.add(path)
        own = [KnownPhrase((position,), found.person.source) for position in found.person.positions]
        _against_phrases(holder, "position", at, own, corrections)


def _titles(data: dict[str, Any], readings: Mapping[str, Reading], corrections: list[Correction]) -> None:
    """Misread titles before whole names: คร.ก ข becomes ดร.ก ข."""
    for holder, at in named(data):
        if not holder.get("name"):
            continue
        path = join(at, "name")
        cut = cut_titles(holder["name"], reading=reading_of(holder["name"], path, readings))
        if cut.misread and " " in cut.name:
            value = cut.title + cut.name
            score = round(100 * similarity(holder["name"], value), 1)
            corrections.append(
                Correction(path=path, ocr=holder["name"], value=value, score=score, source="vocabulary:title")
            )
            holder["name"] = value


def _against_phrases(
    holder: dict[str, Any], key: str, at: str, phrases: Sequence[KnownPhrase], corrections: list[Correction]
) -> None:
    value = holder.get(key)
    if value and (match := misread_phrase(value, phrases)):
        path = join(at, key)
        corrections.append(
            Correction(path=path, ocr=value, value=match.spelling, score=match.score, source=match.source)
        )
        holder[key] = match.spelling
