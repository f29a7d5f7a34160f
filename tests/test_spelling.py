"""Words settle what the recogniser doubts, and nothing else."""

from __future__ import annotations

import pytest

from pipeline.ocr.doubt import Doubt, ReadLine
from pipeline.ocr.spelling import settle
from pipeline.ocr.text import Cell


def line(text: str, *doubts: tuple[int, int, str, float], likely: float = 0.6) -> ReadLine:
    """A line read with the given doubts: place, length, other reading, its likelihood."""
    found = tuple(Doubt(at=at, length=length, likely=likely, others=((other, p),)) for at, length, other, p in doubts)
    return ReadLine(text, (0.9,) * len(text), tuple(place / len(text) for place in range(len(text))), found)


@pytest.mark.parametrize(
    ("read", "doubt", "settled"),
    [
        ("จึงทำบันทีกไว้", (9, 1, "ึ", 0.3), "จึงทำบันทึกไว้"),
        ("ปรับปรุงหลักสตรใหม่", (13, 0, "ู", 0.2), "ปรับปรุงหลักสูตรใหม่"),
        ("ที่ประชุุมรับทราบ", (8, 1, "", 0.4), "ที่ประชุมรับทราบ"),
        ("ผู้ช่วยศาสตราจารย์ ตร.มานะ ใจงาม", (19, 1, "ด", 0.2), "ผู้ช่วยศาสตราจารย์ ดร.มานะ ใจงาม"),
        ("๑. พันดำรวจโท มานะ ใจงาม", (6, 1, "ต", 0.13), "๑. พันตำรวจโท มานะ ใจงาม"),
    ],
    ids=["another letter", "a letter missing", "a letter too many", "a title", "a rank"],
)
def test_a_doubtful_letter_is_taken_as_the_word_wants_it(
    read: str, doubt: tuple[int, int, str, float], settled: str
) -> None:
    found = settle(line(read, doubt))
    assert found.text == settled
    assert len(found.confidence) == len(found.starts) == len(settled)
    assert list(found.starts) == sorted(found.starts)
    # What was read is kept.
    (kept,) = found.doubts
    assert kept.others[0] == (read[doubt[0] : doubt[0] + doubt[1]], 0.6)


def test_two_doubts_of_one_line_keep_their_places() -> None:
    found = settle(line("หลักสตรและบันทีก", (5, 0, "ู", 0.2), (14, 1, "ึ", 0.3)))
    assert found.text == "หลักสูตรและบันทึก"
    assert [found.text[doubt.at] for doubt in found.doubts] == ["ู", "ึ"]


@pytest.mark.parametrize(
    ("read", "doubt", "spelt"),
    [
        ("นายบุญธร โพธื์ทอง", (12, 1, "ิ", 0.1), "นายบุญธร โพธิ์ทอง"),
        ("นางรัตนา เรืองสกุล่", (18, 1, "", 0.1), "นางรัตนา เรืองสกุล"),
        ("นายมานะ ใพธิ์ศรี", (8, 1, "โ", 0.03), "นายมานะ โพธิ์ศรี"),
    ],
    ids=["two marks", "a tone on a last letter", "a vowel before the wrong letter"],
)
def test_what_spells_no_thai_is_read_otherwise_even_in_a_name_and_stays_in_doubt(
    read: str, doubt: tuple[int, int, str, float], spelt: str
) -> None:
    found = settle(line(read, doubt))
    assert found.text == spelt
    assert min(found.confidence) < 0.8
    assert len(found.confidence) == len(found.starts) == len(spelt)


@pytest.mark.parametrize(
    ("read", "doubt"),
    [
        ("เลขที่ ๑๒๓", (8, 1, "๓", 0.4)),
        ("Innovation", (0, 1, "l", 0.4)),
        ("นายบันทีก หลักสูง", (8, 1, "ึ", 0.3)),
        ("บันทีก", (4, 1, "ึ", 0.001)),
        ("กขฃ", (1, 1, "ค", 0.3)),
        ("นายบุญธร โพธิ์ทอง", (12, 1, "ื", 0.4)),
        ("นายบุญธร โพธื์ทอง", (12, 1, "ี", 0.4)),
    ],
    ids=[
        "digits",
        "Latin",
        "a person's name",
        "no doubt to speak of",
        "no word either way",
        "no Thai instead",
        "no Thai either way",
    ],
)
def test_it_is_left_as_read(read: str, doubt: tuple[int, int, str, float]) -> None:
    assert settle(line(read, doubt)).text == read


def test_a_capital_i_that_looks_like_an_l_is_one() -> None:
    assert settle(line("Fun/lnnovation Hub, lnternational")).text == "Fun/Innovation Hub, International"
    assert settle(line("list all lab Ltd. ml x1l")).text == "list all lab Ltd. ml x1l"


def test_a_part_of_a_cell_keeps_its_own_doubts() -> None:
    doubts = (Doubt(at=2, length=1, likely=0.5, others=(("x", 0.4),)), Doubt(at=6, length=1, likely=0.5, others=()))
    cell = Cell(
        text="abcdefgh", box=(0, 0, 1, 1), chars=(1.0,) * 8, lefts=tuple(i / 8 for i in range(8)), doubts=doubts
    )
    part = cell.part(5, 8)
    assert [(part.text[doubt.at], doubt.at) for doubt in part.doubts] == [("g", 1)]


def test_one_mark_that_was_read_as_two_is_one_again() -> None:
    twice = ReadLine(
        "นายถวิล ปิื่นแต่ง",
        (0.99,) * 9 + (0.72, 0.74) + (0.99,) * 6,
        tuple(place / 17 for place in range(17)),
        (
            Doubt(at=9, length=1, likely=0.72, others=(("ื", 0.25),)),
            Doubt(at=10, length=1, likely=0.74, others=(("ิ", 0.16), ("่", 0.08))),
            Doubt(at=12, length=1, likely=0.9, others=(("บ", 0.1),)),
        ),
    )
    read = settle(twice)
    assert read.text == "นายถวิล ปื่นแต่ง"
    assert len(read.confidence) == len(read.starts) == len(read.text)
    assert read.confidence[9] < 0.6
    assert "ิ" in dict(read.doubts[0].others)  # what settles the name may still take it
    assert [(doubt.at, read.text[doubt.at]) for doubt in read.doubts] == [(9, "ื"), (11, "น")]


def test_two_marks_that_may_stand_together_stay() -> None:
    read = "ที่ประชุม"
    both = line(read, (1, 1, "่", 0.3), (2, 1, "ี", 0.3))
    assert settle(both).text == read


@pytest.mark.parametrize(
    ("read", "at", "other", "settled"),
    [
        ("จำนวน 8,980,853,43 บาท", 15, ".", "จำนวน 8,980,853.43 บาท"),
        ("๗.๙๘๐,๗๐๘.๘๔", 1, ",", "๗,๙๘๐,๗๐๘.๘๔"),
        ("1.250,000", 1, ",", "1,250,000"),
        ("1.250", 1, ",", "1.250"),  # a section's number, a length
        ("๑๒.๒๕๖๗", 2, ",", "๑๒.๒๕๖๗"),
        ("8,980,853.43", 1, ".", "8,980,853.43"),
    ],
)
def test_comma_and_point_are_set_as_an_amount_wants_them(read: str, at: int, other: str, settled: str) -> None:
    assert settle(line(read, (at, 1, other, 0.2))).text == settled


def test_a_sign_that_the_reader_did_not_think_of_stays() -> None:
    assert settle(line("8,980,853,43", (0, 1, "3", 0.2))).text == "8,980,853,43"
