"""The door of the correct stage: values of a record against closed vocabulary and known names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline.correct.known import KnownNames, bare_name
from pipeline.parse.agenda import decision_of
from pipeline.parse.names import title_end
from pipeline.thai.fold import fold, similarity, skeleton, tidy
from pipeline.vocabulary import vocabulary
from schemas import Correction, Record
from schemas.pointer import join

NAME_SCORE = 88.0  # an open one: nearly all letters
NAME_MARGIN = 6.0  # and clearly better than the runner-up
NEAR_SCORE = 70.0  # below NAME_SCORE but worth telling a person


@dataclass(frozen=True, slots=True)
class Nearest:
    """A name that was left as read although a known one is near."""

    path: str
    name: str
    known: str
    score: float


def correct(record: Record, known: KnownNames | None) -> tuple[Record, list[Nearest]]:
    """A record with its closed-vocabulary values and known names corrected.

    Args:
        record: as parsed; it is not changed.
        known: the user's names list, if there is one.

    Returns:
        The corrected record with its `corrections`, and names left alone although a known one is near.
    """
    data = record.model_dump(mode="json")
    corrections: list[Correction] = []
    near: list[Nearest] = []
    for holder, key, path, phrases, source in _closed(data):
        _against_vocabulary(holder, key, path, phrases, source, corrections)
    if known:
        for holder, path in _named(data):
            _against_names(holder, path, known, corrections, near)
    data["corrections"] = [*data["corrections"], *(correction.model_dump() for correction in corrections)]
    return Record.model_validate(data), near


_Place = tuple[dict[str, Any], str, str, tuple[str, ...], str]


def _closed(data: dict[str, Any]) -> Iterator[_Place]:
    """Every value that comes from a closed list: (holder, key, pointer, the list, its name)."""
    words = vocabulary()
    yield data["header"], "title", "/header/title", words.document, "vocabulary:document"
    headings = tuple(phrase for phrase, _ in words.attendance)
    for n, roll in enumerate(data["attendance"]):
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
    if not value or any(_loosely(value) == _loosely(phrase) for phrase in phrases):
        return
    ranked = sorted(((100 * similarity(value, phrase), phrase) for phrase in phrases), reverse=True)
    score, phrase = ranked[0]
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


def _loosely(text: str) -> str:
    """Spacing is no spelling."""
    return tidy(text).replace(" ", "")


def _named(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for n, roll in enumerate(data["attendance"]):
        for k, person in enumerate(roll["people"]):
            yield person, f"/attendance/{n}/people/{k}"
    for n, signatory in enumerate(data["signatories"]):
        yield signatory, f"/signatories/{n}"


def _against_names(
    holder: dict[str, Any], at: str, known: KnownNames, corrections: list[Correction], near: list[Nearest]
) -> None:
    value = holder.get("name")
    if not value:
        return
    bare = bare_name(value)
    best = _best(fold(bare), known, Levenshtein.normalized_similarity)
    if best is None or _loosely(best[1]) == _loosely(bare):
        return
    score, name, runner_up = best
    path = join(at, "name")
    if score >= NAME_SCORE and score - runner_up >= NAME_MARGIN:
        changed = value[: title_end(tidy(value))] + _gap(value) + name
        corrections.append(Correction(path=path, ocr=value, value=changed, score=round(score, 1), source=known.source))
        holder["name"] = changed
    elif score >= NEAR_SCORE:
        near.append(Nearest(path, value, name, round(score, 1)))


def _gap(value: str) -> str:
    """The space between title and name, when one is printed."""
    rest = tidy(value)[title_end(tidy(value)) :]
    return " " if rest.startswith(" ") else ""


def _best(folded: str, known: KnownNames, score: Callable[[str, str], float]) -> tuple[float, str, float] | None:
    """(score of the best, its spelling, score of the runner-up), scores 0-100."""
    ranked = sorted(((100 * score(folded, name.folded), name.name) for name in known.names), reverse=True)[:2]
    if not ranked:
        return None
    return ranked[0][0], ranked[0][1], ranked[1][0] if len(ranked) > 1 else 0.0
