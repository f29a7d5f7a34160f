"""Doubted letters of people's names, settled by how names are spelt and by the record. All people are invented.

A name is written as it was read, each doubted letter as `[read|other share …]`: `พูนจิ[ด|ต .45]`; `[|ข .3]` is a gap.
"""

from __future__ import annotations

import re

import pytest
from build import document, page, with_doubts
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.correct import KnownNames, Reading, correct
from pipeline.correct.known import KnownPerson
from pipeline.correct.spelling import settled
from pipeline.ocr import Doubt
from schemas import Correction, Record

LISTED, SIGNED = "/attendance/0/people/0/name", "/signatories/0/name"
SURE = 0.998

_MARKED = re.compile(r"\[([^|]?)\|([^]]*)\]|(.)")


def read(written: str, sure: float = SURE) -> tuple[str, Reading]:
    """A name as it was read, and its reading; letters without a mark were read with confidence `sure`."""
    name, letters, doubts = "", list[float](), list[Doubt]()
    for letter, marked, plain in (found.groups() for found in _MARKED.finditer(written)):
        if plain:
            name += plain
            letters += [] if plain == " " else [sure]
            continue
        pairs = marked.split()
        others = tuple(
            ("" if other == "-" else other, float(share)) for other, share in zip(pairs[::2], pairs[1::2], strict=True)
        )
        likely = 1 - sum(share for _, share in others)
        doubts.append(Doubt(at=len(letters), length=len(letter), likely=likely, others=others))
        name += letter
        letters += [likely] if letter else []
    return name, Reading(tuple(letters), tuple(doubts))


def made_of(listed: str, signed: str = "", lists: KnownNames | None = None) -> tuple[Record, Record]:
    """A record of somebody listed and somebody who signs, as read and as corrected, with what is told of it."""
    (name, reading), (below, reading_below) = read(listed), read(signed)
    readings = {LISTED: reading, SIGNED: reading_below}
    box = {"page": 1, "box": (0, 0, 1, 1)}
    as_read = Record.model_validate(
        {
            "source": {"file": "paper.pdf", "sha256": "0" * 64, "pages": 1},
            "attendance": [{"kind": "present", "heading": "ผู้มาประชุม", "people": [{"name": name}]}],
            "signatories": [{"name": below, "role": "ผู้จดรายงานการประชุม"}] if signed else [],
            "evidence": {
                path: {**box, "confidence": min(readings[path].letters), "ocr": value}
                for path, value in ((LISTED, name), (SIGNED, below))
                if value
            },
        }
    )
    corrected, findings = correct(as_read, lists, readings)
    paper = document(page(["รายงานการประชุม", name, below or "-"]))
    return as_read, with_doubts(corrected, paper, readings, findings)


def names(record: Record) -> list[str | None]:
    return [*(one.name for one in record.attendance[0].people), *(one.name for one in record.signatories)]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("นางทองพร พูนจิ[ด|ต .45]", "นางทองพร พูนจิต"),
        ("นายสมเดช สุขเส[ก|ถ .27]ียร", "นายสมเดช สุขเสถียร"),
        ("ร้อยตรี สมชาติ คำประเสริฐ[ู|- .28]", "ร้อยตรี สมชาติ คำประเสริฐ"),
        ("นางสาวส[|ุ .4]ภรณ์ บัวทอง", "นางสาวสุภรณ์ บัวทอง"),
        ("นางมาลี [ล|ส .3]ุ[น|ว .3]รรณศรี", "นางมาลี สุวรรณศรี"),
    ],
    ids=["another letter", "no name without it", "a letter too many", "a letter lost", "two at once"],
)
def test_a_doubted_letter_is_settled_recorded_and_told(written: str, right: str) -> None:
    as_read, made = made_of(written)
    (was,) = names(as_read)
    assert names(made) == [right]
    (change,) = made.corrections
    assert (change.path, change.ocr, change.value, change.source) == (LISTED, was, right, "spelling:names")
    assert change.score >= 80
    (issue,) = [one for one in made.issues if one.path == LISTED]
    assert (issue.code, issue.severity) == ("value.other_reading", "warning")
    assert issue.message == f"'{was}' was read and taken for '{right}'"


@pytest.mark.parametrize(
    "written",
    [
        "นางทองพร พูนจิด",
        "นางทองพร พูนจิ[ด|ต .05]",
        "นางทองพร พูนจิ[ด|ค .3]",
        "นางทองพร พูน[จ|ง .3]ิต",
        "นายสมช[|า .2]ัย ทองดี",
        "นายสมชา[ย|ต .3] ทองดี",
        "นางทองพร พูนจิ[ด|ต .3 l .3]ขxฟ๓หกง",
        "[น|ม .4]ายสมชาย ทองดี",
    ],
    ids=[
        "read surely",
        "hardly doubted",
        "no name either",
        "well spelt",
        "another name",
        "a common name",
        "no name at all",
        "a title",
    ],
)
def test_a_name_stays_as_it_was_read(written: str) -> None:
    as_read, made = made_of(written)
    assert names(made) == names(as_read)
    assert made.corrections == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="กขคงจชดตนบปพภมยรลวสหอะาิีุูเแโ์่้ัณศษฤธ. ", min_size=1, max_size=40))
def test_a_name_without_doubts_never_changes(name: str) -> None:
    bare = " ".join(name.split())
    assert settled(bare, Reading((0.3,) * len(bare.replace(" ", "")))) is None


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_only_what_the_reader_offers_is_taken(data: st.DataObject) -> None:
    """Whatever was read and offered, every letter of the outcome was read or offered, in its place."""
    letters = data.draw(st.lists(st.sampled_from("กดตนมรวสาิุ์"), min_size=3, max_size=10))
    written = [
        f"[{letter}|{data.draw(st.sampled_from('ตภถศีู'))} .4]" if data.draw(st.booleans()) else letter
        for letter in letters
    ]
    name, reading = read("".join(written), sure=0.5)
    offered = {doubt.at: {name[doubt.at], doubt.others[0][0]} for doubt in reading.doubts}
    found = settled(name, reading)
    spelt = found.name if found else name
    assert len(spelt) == len(name)
    assert all(letter in offered.get(at, {name[at]}) for at, letter in enumerate(spelt))


def corrections(made: Record) -> list[tuple[str, str]]:
    return [(one.path, one.source) for one in made.corrections]


def test_who_signs_is_spelt_as_on_the_list_where_that_was_read_surely() -> None:
    _, made = made_of("นายอติเวช โกเศศ", "นายอติเวช โกเ[ค|ศ .45]ศ")
    assert names(made) == ["นายอติเวช โกเศศ"] * 2
    assert corrections(made) == [(SIGNED, "record:names")]


def test_the_list_is_spelt_as_who_signs_where_that_was_read_surely() -> None:
    _, made = made_of("นายอติเวช โกเ[ค|ศ .45]ศ", "นายอติเวช โกเศศ")
    assert names(made) == ["นายอติเวช โกเศศ"] * 2
    assert corrections(made) == [(LISTED, "record:names")]


def test_a_letter_read_surely_in_another_place_is_not_settled_otherwise() -> None:
    """However odd it is: the doubted reading agrees with the sure one."""
    as_read, made = made_of("นางทองพร พูนจิ[ด|ต .45]", "นางทองพร พูนจิด")
    assert names(made) == names(as_read)
    assert made.corrections == []


def test_two_people_of_nearly_one_name_stay_two() -> None:
    as_read, made = made_of("นายสมชาย ทองดี", "นายสมชาติ ทองดี")
    assert (names(made), made.corrections) == (names(as_read), [])


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("นางทองพร.พูนจิต", "นางทองพร พูนจิต"),
        ("นางทองพร พูนจิต) /", "นางทองพร พูนจิต"),
        ("นางทองพร พูนจิต))F", "นางทองพร พูนจิต"),
        ("นางทองพร พูนจิต)ว", "นางทองพร พูนจิต"),
        ("นางทองพร พูนจิต ๑", "นางทองพร พูนจิต"),
    ],
)
def test_a_sign_that_no_name_has_is_taken_away_and_told(printed: str, right: str) -> None:
    _, made = made_of(printed)
    assert names(made) == [right]
    assert corrections(made) == [(LISTED, "form:names")]
    assert [one.code for one in made.issues if one.path == LISTED] == ["value.other_reading"]


@pytest.mark.parametrize(
    "printed",
    [
        "นางทองพร พูนจิต (ครูอ้อย)",
        "นางทองพร ณ บางคล้า",
        "นางทองพร ป.พูนจิต",
        "นางทองพร พูนจิต Ph.D.",
        "Mr. John Poole",
        "นางทองพร พูนจิต และคณะ ๑๒ คน",
        "พระครูสุนทร",
    ],
)
def test_what_belongs_to_a_name_stays(printed: str) -> None:
    assert names(made_of(printed)[1]) == [printed]


def test_a_names_list_goes_before_the_spelling() -> None:
    """Who is on the list, or near somebody of it, is nobody else."""
    lists = KnownNames((KnownPerson(("ทองพร พูนจิด",)),))
    _, made = made_of("นางทองพร พูนจิ[ด|ต .45]", lists=lists)
    assert (names(made), made.corrections) == (["นางทองพร พูนจิด"], [])


def test_the_title_and_the_name_are_one_correction() -> None:
    _, made = made_of("นา[ง|ย .3]สา[า|ว .3]ทองพร พูนจิ[ด|ต .45]")
    assert [Correction.model_dump(one, include={"ocr", "value"}) for one in made.corrections] == [
        {"ocr": "นางสาาทองพร พูนจิด", "value": "นางสาวทองพร พูนจิต"}
    ]
