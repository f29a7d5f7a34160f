"""Error rates over Thai text: known figures, and properties that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import cer, fold, grapheme_error_rate, graphemes
from pipeline.compare.marks import mark, shorten, visible
from pipeline.compare.measure import edits, first_other_number, with_plain_signs

THAI = st.text(alphabet=[chr(code) for code in range(0x0E01, 0x0E5C)] + list(" \n\u200b5a"), max_size=40)
ANY = st.one_of(THAI, st.text(max_size=40))


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("น้ำ", ["น้ำ"]),
        ("ที่ประชุม", ["ที่", "ป", "ร", "ะ", "ชุ", "ม"]),
        ("๒๕๖๗", ["๒", "๕", "๖", "๗"]),
        ("", []),
    ],
)
def test_a_grapheme_is_what_a_reader_sees_as_one_letter(text: str, clusters: list[str]) -> None:
    assert graphemes(text) == clusters


@pytest.mark.parametrize(
    ("golden", "got", "expected"),
    [
        ("ประชุม", "ประชุม", 0.0),
        ("ประชุม", "ประชม", 1 / 6),
        ("มติ ที่ประชุม", "มติที่ประชุม", 0.0),  # white space is not counted
        ("น้ำ", "นํ้า", 0.0),  # ำ in two characters, in the wrong order
        ("แก้ไข", "เเก้ไข", 0.0),
        ("วันที่", "วัน\u200bที่", 0.0),
        ("๒๕๖๗", "2567", 1.0),  # digits are kept as printed
        ("", "", 0.0),
        ("", "ก", 1.0),
        ("ก", "", 1.0),
        ("ก", "กขค", 2.0),
    ],
)
def test_character_error_rate(golden: str, got: str, expected: float) -> None:
    assert cer(golden, got) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ครั้งที่ ....๔..../.....๒๕๕๗....", "ครั้งที่ …๔…/…๒๕๕๗…"),
        ("(ลงชื่อ) . . . . . . ประธาน", "(ลงชื่อ) … ประธาน"),
        ("น.ส. สมใจ ๑.๒ และอื่น ๆ…", "น.ส. สมใจ ๑.๒ และอื่น ๆ…"),
        ("ม..", "ม.."),
        ("– ไม่มี —", "- ไม่มี -"),
    ],
)
def test_length_of_a_dotted_blank_and_of_a_dash_says_nothing(text: str, plain: str) -> None:
    assert with_plain_signs(text) == plain


def test_a_wrong_tone_mark_is_one_of_many_characters_but_a_whole_grapheme() -> None:
    assert cer("ที่", "ที้") == pytest.approx(1 / 3)
    assert grapheme_error_rate("ที่", "ที้") == 1.0


@pytest.mark.parametrize(
    ("golden", "got", "expected"),
    [
        ("ครั้งที่ ๘/๒๕๖๗", "ครังที ๘ / ๒๕๖๗", None),
        ("งบ ๑๒๐,๐๐๐ บาท ๒ งวด", "งบ ๑๓๐,๐๐๐ บาท ๒ งวด", ("๑๒๐,๐๐๐", "๑๓๐,๐๐๐")),
        ("๕ คน", "5 คน", ("๕", "5")),
        ("ข้อ ๑ และ ๒", "ข้อ ๑ และ ", ("๒", "")),
        ("", "", None),
    ],
)
def test_numbers_in_a_text_are_compared_as_printed(golden: str, got: str, expected: tuple[str, str] | None) -> None:
    assert first_other_number(golden, got) == expected


def test_fold_can_keep_words_apart() -> None:
    assert fold(" มติ \n ที่ประชุม ", "collapse") == "มติ ที่ประชุม"
    assert fold(" มติ \n ที่ประชุม ") == "มติที่ประชุม"


@given(ANY)
def test_no_text_differs_from_itself(text: str) -> None:
    assert cer(text, text) == 0
    assert grapheme_error_rate(text, text) == 0
    assert "".join(graphemes(text)) == text


@given(ANY, ANY)
def test_edits_are_symmetric_and_bounded(golden: str, got: str) -> None:
    forth, characters = edits(golden, got)
    back, others = edits(got, golden)
    assert forth == back
    assert abs(characters - others) <= forth <= max(characters, others)
    assert cer(golden, got) >= 0
    assert grapheme_error_rate(golden, got) >= 0


@given(ANY, ANY)
def test_marks_show_each_text_whole(golden: str, got: str) -> None:
    left, right = mark(golden, got, spaces=True)
    assert "".join(segment.text for segment in left) == visible(golden)
    assert "".join(segment.text for segment in right) == visible(got)
    assert any(segment.changed for segment in left + right) == (golden != got)


@given(ANY, ANY)
def test_shortened_texts_stay_one_line(golden: str, got: str) -> None:
    assert not any("\n" in side for side in shorten(golden, got, 10))


def test_shortening_keeps_the_first_difference() -> None:
    golden, got = shorten("ก" * 100 + "ข" + "ค" * 100, "ก" * 100 + "ฃ" + "ค" * 100, 20)
    assert golden.startswith("…") and golden.endswith("…")
    assert "ข" in golden and "ฃ" in got


def test_invisible_characters_are_shown() -> None:
    assert visible("ก\u200bข\u202eค\x1b[31m") == "ก⟨U+200B⟩ข⟨U+202E⟩ค⟨U+001B⟩[31m"
