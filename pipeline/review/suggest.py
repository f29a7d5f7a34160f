"""Values that a field may well have: of the names list, of the rest of the document, of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.correct import KnownNames
from pipeline.correct.titles import cut_titles
from pipeline.review.decisions import Json
from pipeline.thai.fold import fold, tidy
from pipeline.vocabulary import vocabulary
from schemas.pointer import split

MOST = 8
_LEAST = 0.4  # likeness


def suggestions(pointer: str, typed: str, known: KnownNames, content: Json) -> list[str]:
    """Up to `MOST` values for the field at `pointer`, the likest to what is typed first."""
    typed = tidy(typed)
    key = split(pointer)[-1]
    if key == "name":
        cut = cut_titles(typed)
        lists = [spelling for spelling, _ in known.spellings]
        found = [cut.title + name for name in _nearest(cut.name, lists)]
        others = [name for name in _nearest(typed, _names(content)) if name not in found]
        return [name for name in (*found, *others) if name != typed][:MOST]
    return [value for value in _nearest(typed, _values(key, known)) if value != typed]


def _nearest(typed: str, choices: Iterable[str]) -> list[str]:
    choices = list(dict.fromkeys(choices))
    if not typed:
        return choices[:MOST]
    folded = [fold(choice) for choice in choices]
    wanted = fold(typed)
    begun = [choice for choice, text in zip(choices, folded, strict=True) if text.startswith(wanted)]
    ranked = process.extract(wanted, folded, scorer=Levenshtein.normalized_similarity, limit=MOST, score_cutoff=_LEAST)
    return list(dict.fromkeys([*begun[:MOST], *(choices[place] for _, _, place in ranked)]))[:MOST]


def _names(content: Json) -> list[str]:
    rows = [person for roll in content["attendance"] for person in roll["people"]] + content["signatories"]
    return [row["name"] for row in rows if row["name"]]


def _values(key: str, known: KnownNames) -> list[str]:
    words = vocabulary()
    phrases = {"position": known.positions, "represents": known.organisations, "body": known.organisations}
    fixed: dict[str, tuple[str, ...]] = {
        "role": (*words.roles, *words.signing_roles),
        "position": words.posts,
        "absence_reason": words.absence_reasons,
        "weekday": words.weekdays,
        "title": words.document,
    }
    listed = [spelling for phrase in phrases.get(key, ()) for spelling in phrase.spellings[:1]]
    return [*listed, *fixed.get(key, ())]
