"""What the words of a line or paragraph say: nothing, a resolution, that a list follows, that more must come."""

from __future__ import annotations

import re

from pythainlp.tokenize import word_tokenize

from pipeline.thai.fold import match_prefix
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

LAST_WORDS = 40  # characters; no Thai word is longer

_NOTHING = re.compile(rf"[\s\-–—.]*{loose(vocabulary().nothing)}?[\s\-–—.]*")
_LIST_FOLLOWS = re.compile(rf"{loose(vocabulary().grammar['list_follows'])}\s*:?\s*$")
_CONSIDERED = rf"\s*(?:{loose(vocabulary().resolution_before)}\s*)*"
_RESOLVED = re.compile(
    rf"{loose(vocabulary().resolution_speaker)}{_CONSIDERED}{loose(vocabulary().resolution_sentence_verb)}"
)
_BODIES = loose(vocabulary().resolution_speaker_bodies)
_THIS_BODY = re.compile(
    rf"{_BODIES}(?:ฯ|\s){_CONSIDERED}{loose(vocabulary().resolution_body_verb)}"
    rf"|(?:{loose(vocabulary().resolution_speaker)}[ก-๎ฯ]{{0,30}}|{_BODIES})\s?"
    rf"{_CONSIDERED}{loose(vocabulary().resolution_resolves)}(?!.{{0,60}}{loose(vocabulary().resolution_past)})"
)
_NAMED_BODY = re.compile(
    rf"(?P<name>{_BODIES}[ก-๎]{{1,40}}?)ฯ?\s?{_CONSIDERED}"
    rf"(?:{loose(vocabulary().resolution_resolves)}(?!.{{0,60}}{loose(vocabulary().resolution_past)})"
    rf"|{loose(vocabulary().resolution_body_verb)}(?P<said>))"
)


def says_nothing(text: str) -> bool:
    """Is `text` a dash, ไม่มี, or both: what is printed for an empty list or item?"""
    return _NOTHING.fullmatch(text) is not None


def is_dirt(text: str) -> bool:
    """Is `text` nothing but signs: strokes of a pen, ornaments? Dashes alone are said to be nothing."""
    return not re.search(r"[^\W_]", text) and not says_nothing(text)


def is_unfinished(text: str) -> bool:
    """Is the last word one that neither a title nor a sentence ends with, such as และ or และการ?"""
    words = word_tokenize(text[-LAST_WORDS:], engine="newmm", keep_whitespace=False)
    if len(words) > 1 and words[-1] in vocabulary().grammar["noun_openings"]:
        words.pop()
    return bool(words) and words[-1] in vocabulary().grammar["unfinished"]


def announces_list(text: str) -> bool:
    """Does `text` end with the words that a list follows: ดังนี้?"""
    return _LIST_FOLLOWS.search(text) is not None


def states_resolution(text: str) -> bool:
    """Does `text` open as a resolution without a marker does: ที่ประชุมรับทราบ…?"""
    return any(match_prefix(text, phrase) for phrase in vocabulary().resolution_sentence) or bool(_RESOLVED.match(text))


def is_resolution_sentence(text: str, own: str | None = None) -> bool:
    """Does a paragraph without a marker state a resolution, alone or in a speaker's column?

    Args:
        own: the body that met, "" where its name was not read. What a body of another name resolved is told in the
            paper, not resolved in it. None: any body's resolution will do.
    """
    if states_resolution(text) or _THIS_BODY.match(text) or _own_body_resolves(text, own):
        return True
    speaker, dash, said = text.partition(" -")
    named = any(match_prefix(speaker, phrase) for phrase in vocabulary().resolution_speaker)
    return bool(dash) and named and begins_decision(said)


def _own_body_resolves(text: str, own: str | None) -> bool:
    """By less than the word that it resolved, as in สภามหาวิทยาลัยรับทราบ, only the body that met is known."""
    found = _NAMED_BODY.match(text)
    if not found:
        return False
    if own is None:
        return found["said"] is None
    return match_prefix(own, found["name"]) is not None


def begins_decision(text: str) -> bool:
    """Does `text` begin with the words of a decision, or with a list of several?"""
    words = vocabulary()
    verbs = (*words.resolution_verb, *(word for word, _ in words.decisions))
    return any(match_prefix(text, verb) for verb in verbs) or re.match(r"[0-9๐-๙]{1,2}[.)]", text) is not None
