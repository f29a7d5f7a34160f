"""What the words of a signature block say: that one signs here, as what, and who."""

from __future__ import annotations

import re

from pipeline.layout import Traced
from pipeline.parse.names import is_name, is_post, is_role, title_end
from pipeline.thai.fold import match_prefix, similarity
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

_DONE = re.compile(rf"\s*{loose(vocabulary().grammar['done_words'])}\s*\S")
_IN_SHORT = re.compile(r"(?:[ก-๎]{1,6}\.|[0-9๐-๙/]+|\s)+")


def signature_end(text: str) -> int | None:
    """Where ลงชื่อ, which begins `text`, ends; None when it does not begin so."""
    for phrase in vocabulary().signature:
        found = match_prefix(text, phrase, tolerance=0.2)
        if found:
            return found.end
    return None


def signing_role(text: str) -> str | None:
    """The role that one signs as and that `text` is or begins with: ผู้จดรายงานการประชุม; None for none."""
    for role in vocabulary().signing_roles:
        if similarity(text, role) > 0.85 or match_prefix(text, role) is not None:
            return role
    return None


def tells_deed(text: str) -> bool:
    """Is `text` a sentence on what those who sign have done: คณะกรรมการตรวจรายงานการประชุมได้ตรวจแล้ว?"""
    ends = (found.end for role in vocabulary().signing_roles if (found := match_prefix(text, role)))
    return any(_DONE.match(text, end) for end in ends)


def is_bracketed(cell: Traced) -> bool:
    """Is the cell in brackets and begins with no title: a name may be printed without one?"""
    inner = cell.text.strip(" .…")
    return inner.startswith("(") and inner.endswith(")") and title_end(inner.strip("() ")) == 0 and len(inner) > 6


def is_in_short(text: str) -> bool:
    """Is the text an office in short: พบค., ฝอ.๓ ช.ก.๙?"""
    return "." in text and _IN_SHORT.fullmatch(text) is not None


def signs_only(text: str) -> bool:
    """Is the text what one signs as, and no office: ประธานกรรมการตรวจรายงานการประชุม may be both?"""
    return signing_role(text) is not None and not is_post(text)


def says_what(text: str) -> bool:
    """Is the text an office or a role?"""
    return bool(is_post(text) or is_role(text) or signing_role(text))


def role_place(text: str, signed: bool = False) -> int:
    """Where a role begins behind a name typed on the signature line; 0 when there is none.

    Args:
        signed: after ลงชื่อ any role of the meeting will do.
    """
    places = [word.start() for word in re.finditer(r"(?<=\s)\S", text)]
    sure = [at for at in places if any(match_prefix(text[at:], role, 0.0) for role in vocabulary().signing_roles)]
    near = (at for at in places if signing_role(text[at:]) or (signed and is_role(text[at:])))
    return sure[0] if sure else next(near, 0)


def name_behind_role(text: str) -> int:
    """Where a name begins behind what its holder signs as: ผู้บันทึก : คุณ…; 0 where none does."""
    for role in vocabulary().signing_roles:
        found = match_prefix(text, role)
        if found and is_name(text[found.end :].lstrip(": ")):
            return found.end
    return 0


def is_role_and_deed(text: str) -> bool:
    """Is the text a role of the meeting and what its holder did: ผู้ช่วยเลขานุการ สรุปรายงานการประชุม?"""
    place = role_place(text)
    return place > 0 and is_role(text[:place].strip())


def office_and_role(text: Traced) -> list[Traced]:
    """An office and what one signs as behind a stroke: เลขาธิการ/ผู้จดรายงานการประชุม."""
    stroke = text.text.rfind("/")
    if stroke > 0 and signing_role(text.text[stroke + 1 :].strip()) and not signing_role(text.text):
        return [text.cut(0, stroke), text.cut(stroke + 1)]
    return [text]


def is_scribble(text: str, signed: bool = False) -> bool:
    """Is the text a name typed for a signature, without its title?

    Args:
        signed: it stands between ลงชื่อ and a role, where an office in full does not.
    """
    if len(text.split()) != 2 or is_name(text) or is_role(text) or signing_role(text):
        return False
    return not is_post(text) or (signed and "." not in text)


def is_signed(text: str) -> bool:
    """Is the text a person who signs, and nothing of what he signs as?"""
    return is_scribble(text) or (is_name(text.strip("( ")) and role_place(text) == 0)
