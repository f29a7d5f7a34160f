"""Agenda heads that have a number and no word, 1. เรื่องที่ประธานแจ้งให้ทราบ, or a word that begins much else: ข้อ ๑."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.layout import Row
from pipeline.parse.markers import Announced, Marker
from pipeline.thai.fold import fold, match_prefix
from pipeline.thai.loose import loose
from pipeline.thai.numbers import parse_int
from pipeline.vocabulary import vocabulary

SAME_LEFT = 0.015  # of the page width: heads of one paper begin within so much
FEWEST = 2  # heads; a single numbered line is a list

_HEAD = re.compile(
    rf"\s*(?P<word>{loose(vocabulary().grammar['bare_heads'])}\s*)?(?P<number>[0-9๐-๙]{{1,2}})\s*[.):]?\s*(?=[ก-๎A-Z(])"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    number: int
    left: float
    titled: bool
    word: str
    marker: Marker


def with_bare_heads(body: list[Announced]) -> list[Announced]:
    """The body, heads without a word, or with another one, made markers where the paper has no marked ones.

    Numbers of lists look the same; heads are those that count up and are titled as items usually are, or begin
    where such a one does.
    """
    if any(marker and marker.kind == "agenda" for _, marker in body):
        return body
    found = list(_candidates(body))
    chains = [_chain([one for one in found if one.word == word]) for word in dict.fromkeys(one.word for one in found)]
    sure = [chain for chain in chains if len(chain) >= FEWEST and 2 * sum(head.titled for head in chain) >= len(chain)]
    heads = {head.place: head.marker for head in max(sure, key=len, default=[])}
    return [(element, heads.get(place, marker)) for place, (element, marker) in enumerate(body)]


def _candidates(body: list[Announced]) -> Iterator[_Candidate]:
    for place, (element, marker) in enumerate(body):
        if not isinstance(element, Row) or marker:
            continue
        text = element.text
        found = _HEAD.match(text.text)
        number = parse_int(found["number"]) if found else None
        if not found or number is None:
            continue
        rest = text.cut(found.end())
        titled = found["word"] is not None or any(
            match_prefix(rest.text, title) for title in (*vocabulary().agenda_titles, vocabulary().matter)
        )
        made = Marker("agenda", text.cut(0, found.end()), rest, str(number), text.cut(*found.span("number")))
        yield _Candidate(place, number, element.left, titled, fold(found["word"] or ""), made)


def _chain(candidates: list[_Candidate]) -> list[_Candidate]:
    """Heads 1, 2, 3 …: of several with the next number the first titled one, else the first in line with the others."""
    chain: list[_Candidate] = []
    while True:
        last = chain[-1].place if chain else -1
        following = [one for one in candidates if one.place > last and one.number == len(chain) + 1]
        titled = next((one for one in following if one.titled), None)
        aligned = next((one for one in following if chain and abs(one.left - chain[0].left) < SAME_LEFT), None)
        chosen = titled or aligned
        if chosen is None:
            return chain
        chain.append(chosen)
