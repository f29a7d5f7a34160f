"""The words before a resolution: มติที่ประชุม, มติสภามหาวิทยาลัย, มติ ก.อบต.จังหวัด."""

from __future__ import annotations

import re
from functools import cache

from pipeline.layout import Traced
from pipeline.parse.markers.marker import BODY_IN_SHORT, Marker, Ranked, goes_on, phrase_marker
from pipeline.parse.wording import begins_decision
from pipeline.thai.fold import fold, match_prefix
from pipeline.vocabulary import vocabulary

SHORT_PHRASE = 7  # letters; so short a phrase (มติ) begins many words, and must stand alone


def resolution_marker(text: Traced) -> Ranked | None:
    """มติที่ประชุม, or มติ with the body's own name up to the next space: มติสภามหาวิทยาลัย."""
    words = vocabulary()
    named = phrase_marker("resolution", text, words.resolution_bodies)
    if named and " " not in named[1].text.text and (name := re.match(r"\S*", text.text[len(named[1].text) :])):
        end = len(named[1].text) + name.end()
        rest = text.cut(end).lstrip(":")
        if not rest or begins_decision(rest.text):
            return named[0], Marker("resolution", text.cut(0, end), rest)
    if in_short := _resolution_in_short(text):
        return in_short
    if alone := _standing_alone(text):
        return alone
    long, short = _phrases()
    ranked = phrase_marker("resolution", text, long)
    if ranked and not _runs_over(ranked[1], text):
        return ranked
    ranked = phrase_marker("resolution", text, short)
    return ranked if ranked and not goes_on(text.text[len(ranked[1].text) :]) else None


def _standing_alone(text: Traced) -> Ranked | None:
    """ข้อสั่งการ with nothing behind it on its line but a colon and what was ordered; a sentence may begin so too."""
    ranked = phrase_marker("resolution", text, vocabulary().resolution_alone)
    if ranked is None or ranked[0][0]:
        return None
    rest = text.text[len(ranked[1].text) :].strip()
    return ranked if not rest or rest.startswith(":") else None


@cache
def _phrases() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before a resolution: those of many letters, those of few."""
    words = vocabulary().resolution
    return tuple(one for one in words if len(fold(one)) > SHORT_PHRASE), tuple(
        one for one in words if len(fold(one)) <= SHORT_PHRASE
    )


def _runs_over(marker: Marker, text: Traced) -> bool:
    """Does a marker take the first words of its resolution: มติ : ที่ประชุมรับทราบ?"""
    words = marker.text.text
    if ":" in words:
        return True
    ends = [prefix.end for phrase in _phrases()[1] if (prefix := match_prefix(words, phrase, tolerance=0.0))]
    apart = any(words[end : end + 1].isspace() for end in ends)
    return apart and goes_on(text.text[len(words) :])


def _resolution_in_short(text: Traced) -> Ranked | None:
    """มติ with the body's name in short: มติ ก.อบต.จังหวัด รับทราบ."""
    word = phrase_marker("resolution", text, vocabulary().resolution[-1:])
    if word is None or word[0][0]:
        return None
    rest = word[1].rest
    body = BODY_IN_SHORT.match(rest.text)
    if body and (not rest.text[body.end() :].strip() or begins_decision(rest.text[body.end() :].strip(": "))):
        end = len(text) - len(rest) + body.end()
        return word[0], Marker("resolution", text.cut(0, end), text.cut(end).lstrip(":"))
    return None
