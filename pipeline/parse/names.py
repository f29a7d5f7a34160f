"""What a piece of an attendance list is: a name, a post, a role, a reason, the person represented."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.layout import Traced
from pipeline.thai.fold import fold, match_prefix, similarity
from pipeline.thai.loose import loose
from pipeline.thai.names import is_known_name
from pipeline.vocabulary import vocabulary

REASON_SIGNS = "() -–"  # around a reason behind an office
REASON_LENGTH = 40  # characters; a longer text is no reason
LONG_POST = 6  # letters; shorter words of offices begin family names as well: กองแก้ว
SAME_WORDS = 0.86  # folded similarity at which a cell is taken for a known role or reason

_SHORT_FORM = re.compile(r"\s+(?:[ก-ฮ]{1,4}\.\s?){1,4}$")  # ประธาน คปอ.
_BRACKET = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")  # กรรมการ (ผู้แทนครู)
_TWO_WORDS = re.compile(r"[ก-ฮเ-ไ][ก-๎]+\s+[ก-ฮเ-ไ][ก-๎]+")
_IN_SHORT = re.compile(r"(?:[ก-ฮ]{1,5}\.){2,}[ก-๎]")  # รพ.สต.บ้านสวน: no rank or degree, for they end in a stop
_GIVEN = re.compile(r"(?P<given>[ก-ฮเ-ไ][ก-๎]+)\s+[ก-ฮเ-ไ][ก-๎]+")
_WORD = re.compile("[ก-ฮเ-ไะ-์]+")
_MONKS = tuple(vocabulary().grammar["monks"])
_ROLE_ORDER = re.compile(
    rf"\s*{loose(vocabulary().grammar['role_order'])}\s*(?:[0-9๐-๙]{{1,2}}|{loose(vocabulary().figures)})\s*$"
)


@lru_cache(maxsize=4096)
def title_end(text: str) -> int:
    """Where the titles that begin `text` end; 0 when there is none."""
    end = 0
    while True:
        rest = text[end:]
        spaces = len(rest) - len(rest.lstrip())
        for title in vocabulary().titles:
            found = _exact_prefix(rest[spaces:], title)
            if found:
                end += spaces + found
                break
        else:
            return end or _calling_end(text)


def _calling_end(text: str) -> int:
    """Where an office ends that a person is called by, a known given name right behind it: ครูพัชรินทร์; 0 for none."""
    for word in vocabulary().callings:
        if text.startswith(word) and (name := _GIVEN.match(text, len(word))) and is_known_name(name["given"]):
            return len(word)
    return 0


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Does `text` begin with a person's title, and not with a post that looks like one (นายกเทศมนตรี)?"""
    end = title_end(text)
    if not end or len(fold(text[end:])) < 2:
        return False
    return not is_post(text) and not is_role(text)


@lru_cache(maxsize=4096)
def is_post(text: str) -> bool:
    """Does `text` begin with an office or a job, or have a word that no name has?"""
    return begins_post(text) or (not title_end(text) and any(word in text for word in vocabulary().post_words))


@lru_cache(maxsize=4096)
def begins_post(text: str) -> bool:
    """Does `text` begin with an office or a job?"""
    end = title_end(text)
    longest = max((len(post) for post in vocabulary().posts if _exact_prefix(text, post)), default=0)
    return longest > 0 and (longest > end or not end)


@lru_cache(maxsize=4096)
def is_role(text: str) -> bool:
    """Is `text` a role in a meeting, alone or several joined with และ?"""
    text = _ROLE_ORDER.sub("", _BRACKET.sub("", text))
    if (short := _SHORT_FORM.search(text)) and text[: short.start()] in vocabulary().roles:
        return True
    parts = [part for part in re.split(r"\s*(?:และ|/)\s*", text) if part.strip()]
    return _is_one_role(text) or (len(parts) > 1 and all(_is_one_role(part) for part in parts))


def is_plain_role(text: str) -> bool:
    """Is `text` a role letter for letter, its order and ฯ aside: รองประธานฯ คนที่ ๑?"""
    return _ROLE_ORDER.sub("", text).rstrip("ฯ ") in vocabulary().roles


def ends_as_role(text: str) -> bool:
    """Is `text` a role, or an office joined with one: เลขาธิการ และเลขานุการ?"""
    return is_role(text) or is_role(re.split(r"\s*และ", text)[-1])


def without_label(post: Traced) -> Traced:
    """An office without the word that says that it is one: ตำแหน่ง นายช่าง…"""
    end = max((_exact_prefix(post.text, label) for label in vocabulary().post_labels), default=0)
    return post.cut(end).lstrip(": ") if 0 < end < len(post) else post


def _is_one_role(text: str) -> bool:
    if any(_exact_prefix(text, opening) for opening in vocabulary().role_openings):
        return True
    return any(similarity(text, role) >= SAME_WORDS for role in vocabulary().roles)


@lru_cache(maxsize=4096)
def reason_in(text: str) -> str | None:
    """The reason for absence that `text` is, a known one with reading errors allowed; None when it is none."""
    if len(text) <= REASON_LENGTH and any(_exact_prefix(text, opening) for opening in vocabulary().absence_openings):
        return text
    best = max(vocabulary().absence_reasons, key=lambda reason: similarity(text, reason))
    return best if similarity(text, best) >= 0.8 else None


def split_position(text: Traced) -> tuple[Traced, Traced, Traced]:
    """An office, and a role or a reason for absence that stands behind it in one cell: (office, role, reason)."""
    nothing = text.cut(len(text))
    for word in re.finditer(r"(?<=\s)\S", text.text):
        head, tail = text.cut(0, word.start()), text.cut(word.start())
        if is_role(tail.text) and not is_role(head.text):
            return head, tail, nothing
        reason = tail.strip(REASON_SIGNS)
        if reason_in(reason.text):
            head = head.strip("-– ")
            return (nothing, head, reason) if is_role(head.text) else (head, nothing, reason)
    return text, nothing, nothing


def split_bracketed_role(text: Traced) -> tuple[Traced, Traced]:
    """An office, and a role in brackets behind it: ผจก. (ประธาน)."""
    bracket = _BRACKET.search(text.text)
    inner = unbracketed(text.cut(bracket.start())) if bracket else text
    if bracket is None or inner.text not in vocabulary().roles:
        return text, text.cut(len(text))
    return text.cut(0, bracket.start()), inner


def split_reason(text: Traced) -> tuple[Traced, Traced]:
    """A role, and a reason for absence in brackets or after a dash behind it: กรรมการ (ลากิจ)."""
    for sign in re.finditer(r"\s[(\-–]", text.text):
        reason = text.cut(sign.start()).strip(REASON_SIGNS)
        if reason_in(reason.text):
            return text.cut(0, sign.start()), reason
    return text, text.cut(len(text))


def split_stroke(text: Traced) -> tuple[Traced, Traced]:
    """An office, and a role behind a stroke: หัวหน้าสำนักงาน/เลขานุการ."""
    stroke = text.text.rfind("/")
    head, role = text.cut(0, max(stroke, 0)), text.cut(stroke + 1)
    return (head, role) if head and is_role(role.text) and not is_role(head.text) else (text, text.cut(len(text)))


def unbracketed(text: Traced) -> Traced:
    """Without the brackets around the text; those of its last words stay: ผอ.รมน. (ฝ่ายทหาร)."""
    inner = text.strip("()[] ")
    start = text.text.find(inner.text)
    end = start + len(inner)
    opens = inner.text.count("(") > inner.text.count(")") and text.text[end : end + 1] == ")"
    return text.cut(start, end + 1) if opens else inner


def is_untitled_name(text: str) -> bool:
    """Is `text` two Thai words that are neither an office nor a role: a name printed without a title?"""
    return is_two_words(text) and not title_end(text) and not is_post(text) and not is_role(text)


def is_two_words(text: str) -> bool:
    """Is `text` two Thai words, as a name without a title is?"""
    return _TWO_WORDS.fullmatch(text) is not None


def is_monk(name: str) -> bool:
    """Is `name` a monk's, who has no family name?"""
    return name.startswith(_MONKS)


def may_be_family_name(text: str) -> bool:
    """Can `text`, beside an office or above one, be a family name that begins like one: กองแก้ว?"""
    long = (post for post in vocabulary().posts if len(post) >= LONG_POST)
    said = any(text.startswith(post) for post in long) or any(word in text for word in vocabulary().post_words)
    return _WORD.fullmatch(text) is not None and not said and not is_role(text) and reason_in(text) is None


def is_title_only(text: str) -> bool:
    """Is `text` nothing but titles, the name following on the next line?"""
    return bool(text.strip()) and title_end(text) >= len(text.rstrip())


def represents(text: Traced) -> Traced | None:
    """The office after แทน, with or without brackets; None when the text is no such note."""
    inner = unbracketed(text)
    for word in vocabulary().represents:
        end = _exact_prefix(inner.text, word)
        if end and (text.text.strip().startswith("(") or not begins_post(inner.text)):
            return inner.cut(end).lstrip(":) ")
    return None


def split_name(text: Traced) -> tuple[Traced, Traced]:
    """A name and what follows it in the same cell: (นาย ก ข, ผู้อำนวยการกองคลัง).

    A name is its titles, the given name and the family name; what follows is only taken off when
    it begins with a bracket or with the words of an office or a role.
    """
    end = title_end(text.text)
    bracket = text.text.find("(", end)
    words = list(re.finditer(r"\S+", text.text[end:]))
    for index, word in enumerate(words[1:], start=1):
        start = end + word.start()
        if start == bracket:
            return text.cut(0, start), text.cut(start)
        rest = text.text[start:]
        if {word.group(), words[index - 1].group()} & set(vocabulary().grammar["name_particles"]):
            continue  # ณ อยุธยา
        second = is_name(rest) and len(rest[title_end(rest) :].split()) > 1
        if index >= 2 and not second and (is_name(rest) or _begins_remark(rest)):
            return text.cut(0, start), text.cut(start)
    if bracket > end:
        return text.cut(0, bracket), text.cut(bracket)
    return text, text.cut(len(text))


def _begins_remark(text: str) -> bool:
    """Does `text`, behind a name, begin with an office, a role, whom one stands for, or the dash before such words?"""
    dashed = re.match(r"[-–—]\s+\S", text) is not None
    return dashed or is_post(text) or is_role(text) or text.startswith("แทน") or _IN_SHORT.match(text) is not None


def _exact_prefix(text: str, phrase: str) -> int:
    """Where `phrase` ends when `text` begins with it, tone marks and spaces aside; else 0."""
    if fold(text[: 2 * len(phrase)])[:2] != fold(phrase)[:2]:
        return 0
    found = match_prefix(text, phrase, tolerance=0.0)
    return found.end if found else 0
