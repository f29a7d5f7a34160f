"""Titles before names, misread ones too: คร.สมชาย is ดร.สมชาย."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.correct.confusions import misread_costs
from pipeline.correct.known import without_spaces
from pipeline.parse.names import is_post
from pipeline.thai.fold import fold, match_prefix, tidy
from pipeline.thai.marks import VOWEL_MARKS
from pipeline.vocabulary import vocabulary

TITLE_COST = 0.75  # weighted edits: one exchange of letters that are alike
TITLE_SHARE = 0.35  # of a title's letters
TITLE_MARGIN = 0.15
NAME_LETTERS = 4  # what is left for the name


@dataclass(frozen=True, slots=True)
class Titled:
    """A name cut in two.

    Attributes:
        title: the titles as they are spelt, with the space before the name when one is printed.
        name: what follows, as read.
        misread: the titles were read otherwise.
    """

    title: str
    name: str
    misread: bool


def bare_name(name: str) -> str:
    """A name without its titles: titles are compared apart, or นาย ก would match นาง ก."""
    return cut_titles(name, exact=True).name


@lru_cache(maxsize=32_768)
def cut_titles(value: str, exact: bool = False) -> Titled:
    """Cut a name after its titles, each known by its letters, or (unless `exact`) by nearly its letters."""
    text = tidy(value)
    title, at = "", 0
    while found := _title(text[at:], at == 0, exact):
        spelt, length = found
        gap = " " if text[at:].startswith(" ") and title else ""
        title, at = title + gap + spelt, at + length
    gap = " " if text[at:].startswith(" ") and title else ""
    return Titled(title + gap, text[at:].strip(), without_spaces(text[:at]) != without_spaces(title))


def _title(text: str, first: bool, exact: bool) -> tuple[str, int] | None:
    """The title that `text` begins with: (as it is spelt, where it ends); None for none."""
    spaces = len(text) - len(text.lstrip())
    rest = text[spaces:]
    for title in vocabulary().titles:
        found = match_prefix(rest, title, tolerance=0.0) if fold(rest[:8])[:2] == fold(title)[:2] else None
        # นาง before สาวิตรี is not นางสาว: a vowel belongs to the letter under it.
        if found and not (rest[found.end - 1] in VOWEL_MARKS and title[-1] not in VOWEL_MARKS):
            return title, spaces + found.end
    misread = None if exact else _misread(rest, first)
    return (misread[0], spaces + misread[1]) if misread else None


def _misread(text: str, first: bool) -> tuple[str, int] | None:
    """The title that `text` begins with, misread.

    After another title only one with its full stop can be told from a name.
    """
    ranked: list[tuple[float, str, int]] = []
    for title in vocabulary().titles:
        limit = min(TITLE_COST, TITLE_SHARE * len(without_spaces(title)))
        for length in range(max(len(title) - 1, 2), len(title) + 2):
            head, rest = text[:length], text[length:]
            if head.endswith(" ") or len(without_spaces(rest)) < NAME_LETTERS or rest[0] in VOWEL_MARKS:
                continue
            parted = head.endswith((".", ",")) if title.endswith(".") else first and len(title) > 2
            if not parted and not (first and rest.startswith(" ")):
                continue
            cost = sum(misread_costs(head, title))
            if cost <= limit:
                ranked.append((cost, title, length))
    if not ranked or is_post(text):
        return None
    ranked.sort()
    cost, title, length = ranked[0]
    if any(other != title and far - cost < TITLE_MARGIN for far, other, _ in ranked[1:]):
        return None
    return title, length
