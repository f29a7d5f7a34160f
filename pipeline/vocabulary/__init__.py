"""The Thai wording of minutes as data: the YAML files beside this module.

A user adds a heading, a title, a role or a reason by adding a line to a file; no code changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All wording. Lists of phrases are ordered longest first, so that the longest match wins."""

    usual_title: str
    document: tuple[str, ...]
    attendance: tuple[tuple[str, str], ...]  # (phrase, kind)
    attendance_openings: tuple[str, ...]
    attendance_continued: tuple[str, ...]
    attendance_members: tuple[str, ...]
    attendance_groups: tuple[str, ...]
    attendance_guests: tuple[str, ...]
    heading_of_people: tuple[str, ...]
    heading_of_members: tuple[str, ...]
    heading_of_absent: tuple[str, ...]
    attendance_columns: dict[str, tuple[str, ...]]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    agenda: tuple[str, ...]
    agenda_columns: dict[str, tuple[str, ...]]
    resolution: tuple[str, ...]
    resolution_bodies: tuple[str, ...]
    resolution_sentence: tuple[str, ...]
    resolution_speaker: tuple[str, ...]
    resolution_speaker_bodies: tuple[str, ...]
    resolution_before: tuple[str, ...]
    resolution_sentence_verb: tuple[str, ...]
    resolution_body_verb: tuple[str, ...]
    resolution_resolves: tuple[str, ...]
    resolution_past: tuple[str, ...]
    resolution_alone: tuple[str, ...]
    resolution_verb: tuple[str, ...]
    matter: str  # the word a title begins with
    agenda_titles: tuple[str, ...]
    resolutions: tuple[str, ...]
    venue_continued: tuple[str, ...]
    nothing: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[str, ...]
    figures: tuple[str, ...]  # 0 to 9
    weekday_spellings: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]
    callings: tuple[str, ...]
    roles: tuple[str, ...]
    role_openings: tuple[str, ...]
    posts: tuple[str, ...]
    post_words: tuple[str, ...]
    post_labels: tuple[str, ...]
    represents: tuple[str, ...]
    absence_reasons: tuple[str, ...]
    absence_openings: tuple[str, ...]
    signing_roles: tuple[str, ...]
    signature: tuple[str, ...]
    decisions: tuple[tuple[str, str], ...]  # (word, decision)
    grammar: dict[str, tuple[str, ...]]


def _load(name: str) -> dict[str, Any]:
    text = resources.files(__name__).joinpath(name).read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _longest_first(phrases: list[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=len, reverse=True))


def _labelled(groups: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    pairs = [(phrase, label) for label, phrases in groups.items() for phrase in phrases]
    return tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))


@cache
def vocabulary() -> Vocabulary:
    """The wording, read once."""
    headings, months, people = _load("headings.yaml"), _load("months.yaml"), _load("people.yaml")
    return Vocabulary(
        usual_title=headings["document"][0],
        document=_longest_first(headings["document"]),
        attendance=_labelled(headings["attendance"]),
        attendance_openings=_longest_first(headings["attendance_openings"]),
        attendance_continued=_longest_first(headings["attendance_continued"]),
        attendance_members=_longest_first(headings["attendance_members"]),
        attendance_groups=_longest_first(headings["attendance_groups"]),
        attendance_guests=_longest_first(headings["attendance_guests"]),
        heading_of_people=_longest_first(headings["heading_of_people"]),
        heading_of_members=_longest_first(headings["heading_of_members"]),
        heading_of_absent=_longest_first(headings["heading_of_absent"]),
        attendance_columns={key: _longest_first(value) for key, value in headings["attendance_columns"].items()},
        opening=_longest_first(headings["opening"]),
        closing=_longest_first(headings["closing"]),
        agenda=_longest_first(headings["agenda"]),
        agenda_columns={key: _longest_first(value) for key, value in headings["agenda_columns"].items()},
        resolution=_longest_first(headings["resolution"]),
        resolution_bodies=_longest_first(headings["resolution_bodies"]),
        resolution_sentence=_longest_first(headings["resolution_sentence"]),
        resolution_speaker_bodies=_longest_first(headings["resolution_speaker_bodies"]),
        resolution_before=_longest_first(headings["resolution_before"]),
        resolution_sentence_verb=_longest_first(headings["resolution_sentence_verb"]),
        resolution_body_verb=_longest_first(headings["resolution_body_verb"]),
        resolution_resolves=_longest_first(headings["resolution_resolves"]),
        resolution_past=_longest_first(headings["resolution_past"]),
        resolution_alone=_longest_first(headings["resolution_alone"]),
        resolution_speaker=_longest_first(headings["resolution_speaker"]),
        resolution_verb=_longest_first(headings["resolution_verb"]),
        matter=headings["matter"],
        agenda_titles=_longest_first(headings["agenda_titles"]),
        resolutions=_longest_first(headings["resolutions"]),
        venue_continued=_longest_first(headings["venue_continued"]),
        nothing=_longest_first(headings["nothing"]),
        months=tuple(tuple(spellings) for spellings in months["months"]),
        weekdays=tuple(spellings[0] for spellings in months["weekdays"]),
        figures=tuple(months["figures"]),
        weekday_spellings=tuple(tuple(spellings) for spellings in months["weekdays"]),
        titles=_longest_first(people["titles"]),
        callings=_longest_first(people["callings"]),
        roles=_longest_first(people["roles"]),
        role_openings=_longest_first(people["role_openings"]),
        posts=_longest_first(people["posts"]),
        post_words=_longest_first(people["post_words"]),
        post_labels=_longest_first(people["post_labels"]),
        represents=_longest_first(people["represents"]),
        absence_reasons=_longest_first(people["absence_reasons"]),
        absence_openings=_longest_first(people["absence_openings"]),
        signing_roles=_longest_first(people["signing_roles"]),
        signature=_longest_first(people["signature"]),
        decisions=_labelled(_load("decisions.yaml")["decisions"]),
        grammar={key: _longest_first(words) for key, words in _load("grammar.yaml").items()},
    )


@cache
def reading_labels() -> dict[str, str]:
    """The words a reading copy puts before values that the record keeps without them."""
    labels: dict[str, str] = _load("reading.yaml")["labels"]
    return labels
