"""The people of the signature blocks: names, offices, and what each signs as."""

from __future__ import annotations

import re
from typing import Any

from pipeline.layout import Row, Traced
from pipeline.parse.draft import flow_together, leaf
from pipeline.parse.names import is_name, is_post, is_role, is_title_only, without_label
from pipeline.parse.signatures.places import signature_blocks
from pipeline.parse.signatures.wording import (
    is_bracketed,
    is_in_short,
    is_role_and_deed,
    is_scribble,
    name_behind_role,
    office_and_role,
    role_place,
    says_what,
    signature_end,
    signing_role,
    signs_only,
)
from pipeline.thai.fold import similarity

SAME_PERSON = 0.8

_DOTS = re.compile(r"[.…_‥\-–]{3,}")


def parse_signatories(rows: list[Row]) -> list[dict[str, Any]]:
    """The signature blocks under the closing line, left to right and down, as drafts of `Signatory`."""
    return [person for block in signature_blocks(rows) for person in _people(block)]


def _people(cells: list[Traced]) -> list[dict[str, Any]]:
    """The people of one column. A name opens a person; a role printed above a name belongs to that name."""
    people: list[_Signer] = []
    waiting: list[Traced] = []  # a role on the (ลงชื่อ) line, before the name
    rank = typed = Traced(
        "", ()
    )  # on the line one signs on: before a name in brackets without it; in the scrawl's place
    for cell in _whole_names(cells):
        end = signature_end(cell.text)
        text = cell.cut(end) if end else cell
        text = text.without(_DOTS.pattern).strip(":() ")
        place = role_place(text.text, signed=end is not None)
        before = text.cut(0, place) if place else text
        scribbled = bool(end or place) and is_scribble(before.text, signed=bool(end and place))
        if typed and (scribbled or end is not None):
            people, waiting, typed = [*people, _Signer(typed, waiting)], [], Traced("", ())
        if scribbled:
            typed = before
            waiting += [text.cut(place)] if place else []
            continue
        if place and (end is not None or is_name(before.text) or is_title_only(before.text)):
            waiting.append(text.cut(place))
            text = before
        if not text:
            continue
        if is_title_only(text.text):
            rank = text
            continue
        if stop := name_behind_role(text.text):
            waiting.append(text.cut(0, stop).strip(": "))
            text = text.cut(stop).lstrip(": ")
        if rank and not is_name(text.text) and is_bracketed(cell):
            text = Traced.join([rank, text], "" if rank.text.endswith(".") else " ")
        rank = Traced("", ())
        if people and not people[-1].after and similarity(people[-1].name.text, text.text) > SAME_PERSON:
            people[-1].name = text  # typed where one signs, then printed in brackets
        elif is_name(text.text) or (is_bracketed(cell) and not is_post(text.text) and not is_role(text.text)):
            people, waiting, typed = [*people, _Signer(text, waiting)], [], Traced("", ())
        elif end is not None or not people or typed or (signs_only(text.text) and people[0].role_above):
            waiting.append(text)
        else:
            people[-1].after += office_and_role(text)
    if typed:
        people.append(_Signer(typed, waiting))
    return [person.draft() for person in people]


def _whole_names(cells: list[Traced]) -> list[Traced]:
    """The cells, a name in brackets that goes on over lines put together."""
    whole: list[Traced] = []
    for cell in cells:
        begun = whole and "(" in whole[-1].text and ")" not in whole[-1].text and is_name(whole[-1].text.strip("( "))
        # A closing bracket may also have been lost.
        if begun and (")" in cell.text or not says_what(cell.text)):
            whole[-1] = Traced.join([whole[-1], cell])
        else:
            whole.append(cell)
    return whole


class _Signer:
    """One signatory while gathered."""

    def __init__(self, name: Traced, above: list[Traced]) -> None:
        self.name = name
        self.above = above
        self.after: list[Traced] = []

    @property
    def role_above(self) -> bool:
        """Is the role printed above the name?"""
        return any(signing_role(text.text) for text in self.above)

    def draft(self) -> dict[str, Any]:
        """As a draft of `Signatory`."""
        signing = self.role_above or any(signing_role(text.text) for text in self.after)
        roles = [text for text in self.above if signing_role(text.text) or is_role(text.text)]
        position: list[Traced] = []
        for index, text in enumerate(self.after):
            if (
                signs_only(text.text)
                or (is_role_and_deed(text.text) and not self.role_above)
                or (signing_role(text.text) and not self.role_above)
                or (index and is_role(text.text) and not signing)
                or (roles and not is_post(text.text) and not is_in_short(text.text))
            ):
                roles.append(text)
            else:
                position.append(text)
        return {
            "name": leaf(Traced.join(self.name.split(r"\s{2,}")), "closing.name"),
            "position": leaf(without_label(flow_together(position)), "closing.position"),
            "role": leaf(Traced.join(roles), "closing.role"),
        }
