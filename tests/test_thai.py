"""Dates, times, numbers and folded words in every form that Thai papers print them. Nothing raises on any text."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.thai.dates import find_dates, names_month, same_weekday, weekday_of
from pipeline.thai.fold import fold, match_prefix, similarity, skeleton, tidy
from pipeline.thai.numbers import (
    agenda_number,
    arabic,
    buddhist_year,
    find_meetings,
    find_times,
    joined_time,
    parse_int,
)

MONTHS = {
    1: ("มกราคม", "ม.ค."),
    2: ("กุมภาพันธ์", "ก.พ."),
    3: ("มีนาคม", "มี.ค."),
    4: ("เมษายน", "เม.ย."),
    5: ("พฤษภาคม", "พ.ค."),
    6: ("มิถุนายน", "มิ.ย."),
    7: ("กรกฎาคม", "ก.ค."),
    8: ("สิงหาคม", "ส.ค."),
    9: ("กันยายน", "ก.ย."),
    10: ("ตุลาคม", "ต.ค."),
    11: ("พฤศจิกายน", "พ.ย."),
    12: ("ธันวาคม", "ธ.ค."),
}
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

THAI_HEAVY = st.text(
    alphabet=st.sampled_from("กขครงจดทนบปพมยลวศสหอะาำิีึืุูเแโใไ่้๊๋์็ัํ๎ฯๆ๐๑๒๓๔๕๖๗๘๙0123456789 ./-–()…|,:\u200b\n\t"),
    max_size=60,
)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *("วัน", "ที่ ", "ครั้งที่", "๓๑", "31", "/", "-", ".", "...", " เมษายน ", "ม.ค.", "พ.ศ.", "ค.ศ. "),
            *("๒๕๖๐", "9999", "เวลา ", " น.", "นาฬิกา", "ประจำปี ", "ระเบียบวาระที่ ", "0", "๐๐", "ศุกร์"),
            *("มติที่ประชุม", "ํา", "ํ้า", " "),
        ]
    ),
    max_size=14,
).map("".join)
ANY_TEXT = st.one_of(st.text(max_size=80), THAI_HEAVY, FRAGMENTS)


def thai_digits(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


def only_date(text: str) -> tuple[datetime.date | None, str | None]:
    (found,) = find_dates(text)
    return found.date, found.weekday


@pytest.mark.parametrize(
    ("text", "date", "weekday"),
    [
        ("วันอังคารที่ ๓ มีนาคม พ.ศ. ๒๕๖๓ เวลา ๐๙.๐๐ น.", (2020, 3, 3), "อังคาร"),
        ("ในวันจันทร์ ที่ 16 ธันวาคม 2562 เวลา 09.30 – 13.30 น.", (2019, 12, 16), "จันทร์"),
        ("วันที่ 13 เดือน สิงหาคม พ.ศ. 2557", (2014, 8, 13), None),
        ("วันที่ ...24.... เดือน.....กันยายน...... พ.ศ. ...๒๕๕๗...", (2014, 9, 24), None),
        ("วันที่…24…เดือน…กันยายน…พ.ศ.…2557…", (2014, 9, 24), None),
        ("เมื่อวันพฤหัสบดีที่ ๒๘ กันยายน 2560", (2017, 9, 28), "พฤหัสบดี"),
        ("วันศุกร์ที่ ๒8 กันยายน 25๖๑", (2018, 9, 28), "ศุกร์"),
        ("วันศุกรที ๒๘ กันยายน ๒๕๖๑", (2018, 9, 28), "ศุกร"),
        ("วันพุธที่๑๐มกราคม๒๕๖๑", (2018, 1, 10), "พุธ"),
        ("16 ม.ค. 63", (2020, 1, 16), None),
        ("๑ ก.พ. ๒๕๖๔", (2021, 2, 1), None),
        ("12 ตุลาคม ค.ศ. 2017", (2017, 10, 12), None),
        ("12 ตุลาคม 2017", (2017, 10, 12), None),
        ("๒๖ ตุลาคม พุทธศักราช ๒๕๖๐", (2017, 10, 26), None),
        ("29 กุมภาพันธ์ 2563", (2020, 2, 29), None),
        ("วันอาทิตย์ที่ ๑ กรกฏาคม ๒๕๖๑", (2018, 7, 1), "อาทิตย์"),
        ("16/12/2562", (2019, 12, 16), None),
        ("๕/๑๑/๒๕๖๓", (2020, 11, 5), None),
        ("1-10-2560", (2017, 10, 1), None),
        ("7/1/2561", (2018, 1, 7), None),
        ("ลงวันที่ 16/12/62", (2019, 12, 16), None),
        ("16 ธค 62", (2019, 12, 16), None),
        ("ระเบียบวาระที่ 2 16 ธันวาคม 2562", (2019, 12, 16), None),
    ],
)
def test_printed_date_is_read(text: str, date: tuple[int, int, int], weekday: str | None) -> None:
    assert only_date(text) == (datetime.date(*date), weekday)


@pytest.mark.parametrize("month", MONTHS)
def test_every_month_in_full_and_short_and_as_a_number(month: int) -> None:
    for printed in (
        f"๕ {MONTHS[month][0]} ๒๕๖๐",
        f"5 {MONTHS[month][1]} 2560",
        f"5/{month}/2560",
        f"๕-{month:02d}-๒๕๖๐",
    ):
        assert only_date(printed) == (datetime.date(2017, month, 5), None)


@pytest.mark.parametrize(
    "text", ["๓๑ เมษายน ๒๕๖๐", "30 กุมภาพันธ์ 2560", "29 กุมภาพันธ์ 2562", "45 มกราคม 2560", "31/11/2560"]
)
def test_a_day_the_calendar_lacks_is_found_but_has_no_date(text: str) -> None:
    assert only_date(text) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ครั้งที่ ๘/๒๕๖๐",
        "ปีงบประมาณ ๒๕๖๐ จำนวน ๓ โครงการ",
        "5 คน 2560",
        "13/13/2560",
        "เลขที่ ๑๒/๒๕๖๐",
        "เลขที่ 16/12/62",
        "วันที่ ๕ มกราคม",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert find_dates(text) == []


def test_several_dates_come_in_order_and_know_their_place() -> None:
    text = "แทนวันที่ 3/12/2562 เป็นวันอังคารที่ ๑๗ ธันวาคม ๒๕๖๒ นั้น"
    first, second = find_dates(text)
    assert (first.date, second.date) == (datetime.date(2019, 12, 3), datetime.date(2019, 12, 17))
    assert text[second.start : second.end] == "วันอังคารที่ ๑๗ ธันวาคม ๒๕๖๒"
    assert [text[start:end] for start, end in second.spans] == ["๑๗", "ธันวาคม", "๒๕๖๒"]


@pytest.mark.parametrize(
    ("misread", "month"),
    [("กนยายน", 9), ("พฤศจกายน", 11), ("กุมภาพนธ", 2), ("พฤษภาดม", 5), ("ธ้นวาคม", 12)],
)
def test_a_month_that_lost_marks_or_a_letter_is_still_that_month(misread: str, month: int) -> None:
    assert only_date(f"๕ {misread} ๒๕๖๐") == (datetime.date(2017, month, 5), None)
    assert names_month(f"วันที่ ๕ {misread}")


def test_misread_weekday_is_compared_as_the_weekday_it_was() -> None:
    thursday = datetime.date(2017, 9, 28)
    assert weekday_of(thursday) == "พฤหัสบดี"
    assert all(same_weekday(printed, thursday) for printed in ("พฤหัสบดี", "พฤหัส", "พฤหสบดี"))
    assert not any(same_weekday(printed, thursday) for printed in WEEKDAYS if printed != "พฤหัสบดี")


@st.composite
def printed_dates(draw: st.DrawFn) -> tuple[datetime.date, str, bool]:
    """A date, a way to print it, and whether the weekday is printed."""
    date = draw(st.dates(datetime.date(1957, 1, 1), datetime.date(2056, 12, 31)))
    month = draw(st.sampled_from(MONTHS[date.month]))
    era = draw(st.sampled_from(["", "พ.ศ. ", "พ.ศ.", "พุทธศักราช "]))
    year = date.year + 543
    numeric = f"{date.day}/{date.month}/{year}"
    weekday = f"วัน{WEEKDAYS[date.weekday()]}"
    with_weekday = draw(st.booleans())
    opening = draw(st.sampled_from([f"{weekday}ที่ ", f"เมื่อ{weekday}ที่", f"ใน{weekday} ที่ "])) if with_weekday else "วันที่ "
    forms = [
        f"{opening}{date.day} {month} {era}{year}",
        f"{opening}{date.day:02d} เดือน {month} {era}{year}",
        f"{opening}...{date.day}... เดือน ....{month}.... {era}....{year}....",
        f"{opening}{date.day} {month} {year % 100:02d}",
        f"{opening}{date.day} {month} ค.ศ. {date.year}",
    ]
    form = draw(st.sampled_from([*forms, *([] if with_weekday else [numeric])]))
    written = "".join(thai_digits(character) if draw(st.booleans()) else character for character in form)
    return date, written, with_weekday


@given(printed_dates())
@settings(max_examples=150, deadline=None)
def test_dates_survive_printing_in_any_form_and_script(printed: tuple[datetime.date, str, bool]) -> None:
    date, text, with_weekday = printed
    assert only_date(text) == (date, WEEKDAYS[date.weekday()] if with_weekday else None)


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ("ครั้งที่ ๘/๒๕๖๐", 8, 2560),
        ("ครั้งที่ ๙ / ๒๕๖๘", 9, 2568),
        ("ครั้งที่ ๑ ประจำปี ๒๕๕๗", 1, 2557),
        ("ครั้งที่ ๑ ประจําปี ๒๕๕๗", 1, 2557),
        ("ครั้งที่ ๒ ประจำปี พ.ศ. ๒๕๖๖", 2, 2566),
        ("ครั้งที่ 3/63", 3, 2563),
        ("ครั้งที่ ....๔..../.....๒๕๕๗....", 4, 2557),
        ("ครังที 1๒/25๖๑", 12, 2561),
        ("ครั้งที่ 5/2019", 5, 2562),
        ("ครั้งที่๗/๒๕๖๒ วันที่ ๓", 7, 2562),
    ],
)
def test_meeting_number(text: str, number: int, year: int) -> None:
    (found,) = find_meetings(text)
    assert (found.number, found.year) == (number, year)
    assert arabic(text[slice(*found.number_span)]) == str(number)


@pytest.mark.parametrize("text", ["ครั้งที่แล้ว", "ครั้งที่ ๓", "เลขที่ ๘/๒๕๖๐", "ครั้งที่ ๘/๑๒๓๔", "ครั้งที่ ....../......"])
def test_what_is_no_meeting_number_gives_none(text: str) -> None:
    assert list(find_meetings(text)) == []


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("เริ่มประชุมเวลา ๐๙.๓๐ น.", ["09:30"]),
        ("เปิดประชุมเวลา 10.๓๐ น.", ["10:30"]),
        ("เวลา 09.30 – 12.30 น.", ["09:30", "12:30"]),
        ("๑๓.๐๐-๑๖.๓๐ น.", ["13:00", "16:30"]),
        ("เวลา 13.30 น. ถึง 16.00 น.", ["13:30", "16:00"]),
        ("เลิกประชุมเวลา ๑๐ นาฬิกา", ["10:00"]),
        ("เวลา ๙:๐๕ นาฬิกา", ["09:05"]),
        ("เริ่มประชุมเวลา 13.07", ["13:07"]),
        ("เวลา ๑๖.๐๐น.", ["16:00"]),
        ("งบประมาณ 4.22 บาท", []),
        ("ระหว่าง 10.50 - 12.30 ล้านบาท", []),
        ("ข้อ 4.22 นายกเทศมนตรีแจ้ง", []),
        ("เวลา 25.00 น.", []),
        ("เวลา 10.75 น.", []),
        ("๑,๒๓๔.๕๖ น.", []),
        ("วันที่ ๙ น้ำท่วม", []),
        ("เลิกประชุมเวลา ๑๒ นาฬิกา ๔๕ นาที", ["12:45"]),
        ("ใช้เวลาประชุม ๔๕ นาที", []),
        ("เริ่มประชุมเวลา ๐๙๓๐ น.", ["09:30"]),
        ("เวลา 9 น.", ["09:00"]),
        ("เปิดประชุมเวลาเก้านาฬิกาสามสิบนาที", ["09:30"]),
        ("เวลา ๑๓.๓๐ น. ถึง สิบหกนาฬิกา", ["13:30", "16:00"]),
        ("ห้ามนาฬิกาปลุกดัง", []),
        ("เวลา สามสิบนาฬิกา", []),
        ("มีผู้เข้าชม 9 น.", []),
        ("พ.ศ. 2560 นายกฯ แจ้ง", []),
    ],
)
def test_times_of_day_and_what_is_none(text: str, clocks: list[str]) -> None:
    assert [time.clock for time in find_times(text)] == clocks


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([" น.", "น.", " นาฬิกา"]), st.sampled_from(".:"))
@settings(max_examples=60, deadline=None)
def test_times_survive_printing(hour: int, minute: int, unit: str, dot: str) -> None:
    text = f"เวลา {hour:02d}{dot}{minute:02d}{unit}"
    thai = thai_digits(text)
    assert [time.clock for time in find_times(text)] == [f"{hour:02d}:{minute:02d}"]
    assert [time.clock for time in find_times(thai)] == [f"{hour:02d}:{minute:02d}"]


def in_words(number: int) -> str:
    figures = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
    if number < 10:
        return figures[number]
    tens = {1: "", 2: "ยี่"}.get(number // 10, figures[number // 10])
    return tens + "สิบ" + {0: "", 1: "เอ็ด"}.get(number % 10, figures[number % 10])


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("เวลา ๐๙๐๐", "09:00"),
        (" 1345.", "13:45"),
        ("เวลา ๒๔๐๐", None),
        ("เวลา ๐๙๖๐", None),
        ("เวลา ๙๐๐", None),
        ("๐๙๐๐ - ๑๒๐๐", None),
        ("พ.ศ. ๒๕๖๗", None),
    ],
)
def test_a_time_without_point_and_unit(text: str, clock: str | None) -> None:
    assert joined_time(text) == clock


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["", " "]))
@settings(max_examples=100, deadline=None)
def test_times_survive_being_written_in_words(hour: int, minute: int, space: str) -> None:
    minutes = f"{space}{in_words(minute)}นาที" if minute else ""
    text = f"เปิดประชุมเวลา{space}{in_words(hour)}นาฬิกา{minutes} ณ ห้องประชุม"
    assert [time.clock for time in find_times(text)] == [f"{hour:02d}:{minute:02d}"]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("๔.๒ เรื่องอื่น", "4.2", " เรื่องอื่น"),
        ("4.1.๓", "4.1.3", ""),
        ("๑๒ เรื่อง", "12", " เรื่อง"),
        ("๔ . ๑ แผน", "4.1", " แผน"),
        ("04.02", "4.2", ""),
    ],
)
def test_agenda_number(text: str, number: str, rest: str) -> None:
    found = agenda_number(text)
    assert found is not None
    assert (found[0], text[found[1] :]) == (number, rest)


@pytest.mark.parametrize("text", ["", "เรื่อง", " ๔", "หนึ่ง", ".๑"])
def test_no_agenda_number(text: str) -> None:
    assert agenda_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("๑๒", 12), ("1๒", 12), (" ๑,๒๐๐ ", 1200), ("", None), ("๑.๒", None), ("-๓", None), ("²", None), ("١٢", None)],
)
def test_whole_numbers(text: str, value: int | None) -> None:
    assert parse_int(text) == value


@pytest.mark.parametrize(
    ("year", "buddhist"), [(2560, 2560), (60, 2560), (2019, 2562), (1234, None), (3000, None), (512, None)]
)
def test_years_are_buddhist(year: int, buddhist: int | None) -> None:
    assert buddhist_year(year) == buddhist


@given(ANY_TEXT)
@settings(max_examples=250, deadline=None)
def test_no_text_makes_the_readers_of_numbers_raise(text: str) -> None:
    for date in find_dates(text):
        assert 0 <= date.start < date.end <= len(text)
    for time in find_times(text):
        assert re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", time.clock)
        assert 0 <= time.start < time.end <= len(text)
    assert re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", joined_time(text) or "00:00")
    for meeting in find_meetings(text):
        assert 2400 <= meeting.year <= 2699
    number = agenda_number(text)
    assert number is None or re.fullmatch(r"[0-9]+(\.[0-9]+)*", number[0])
    parse_int(text)
    names_month(text)


@given(ANY_TEXT)
@settings(max_examples=250, deadline=None)
def test_folding_and_tidying_twice_is_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)
    skeleton(text)


@given(ANY_TEXT, st.sampled_from(["ระเบียบวาระที่", "มติที่ประชุม", "ผู้มาประชุม", "ลา"]))
@settings(max_examples=150, deadline=None)
def test_a_prefix_ends_inside_its_text(text: str, phrase: str) -> None:
    found = match_prefix(text, phrase)
    assert found is None or 0 < found.end <= len(text)
    assert match_prefix(phrase + text, phrase) is not None


@pytest.mark.parametrize("text", ["ระเบียบวาระİที", "ระเบียบวาระ ", "İ" * 40])
def test_letters_that_fold_to_two_raise_nothing(text: str) -> None:
    match_prefix(text, "ระเบียบวาระที่")


@pytest.mark.parametrize("text", ["เ เผน", "เ่เผน", "ะ่ะ่", "ํ ํา", "ก่้ึ", "ฤ ๅ"])
def test_marks_out_of_place_settle_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)


def test_folding_keeps_letters_and_drops_what_readers_lose() -> None:
    assert fold("ผู้ไม่มา ประชุม") == fold("ผูไมมาประชุม")
    assert fold("ครั้งที่ ๑๒") == fold("ครังที 12")
    assert fold("ประจำปี") == fold("ประจําปี")
    assert fold("มา") != fold("นา")
    assert skeleton("ติดราชการ") == skeleton("ตดราชการ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ประจําปี", "ประจำปี"),
        ("น้ํา  ท่วม ", "น้ำ ท่วม"),
        ("กร\u200bรม\ufeffการ", "กรรมการ"),
        ("เเผน", "แผน"),
        ("๑\n ๒\t๓", "๑ ๒ ๓"),
    ],
)
def test_values_are_tidied_as_thai_is_spelt(text: str, value: str) -> None:
    assert tidy(text) == value


@pytest.mark.parametrize(
    ("text", "phrase", "rest"),
    [
        ("ระเบียบวาระที่ ๔ เรื่อง", "ระเบียบวาระที่", " ๔ เรื่อง"),
        ("ระเบยบวาระท ๔", "ระเบียบวาระที่", " ๔"),
        ("ระ เบียบ วาระที่๔", "ระเบียบวาระที่", "๔"),
        ("มดิที่ประชุม รับทราบ", "มติที่ประชุม", " รับทราบ"),
        ("เลิกประชุมเวลา ๑๒.๐๐ น.", "เลิกประชุมเวลา", " ๑๒.๐๐ น."),
    ],
)
def test_a_damaged_heading_is_found_and_ends_where_it_ends(text: str, phrase: str, rest: str) -> None:
    found = match_prefix(text, phrase)
    assert found is not None
    assert text[found.end :] == rest


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("", "มติที่ประชุม"), ("มติ", "มติที่ประชุม"), ("ที่ประชุมรับทราบ", "มติที่ประชุม"), ("ผู้ไม่มาประชุม", "ผู้มาประชุม")],
)
def test_other_words_are_not_taken_for_a_heading(text: str, phrase: str) -> None:
    assert match_prefix(text, phrase, tolerance=0.0) is None


def test_likeness_is_of_letters() -> None:
    assert similarity("นายก้องเกียรติ  แสนบุญล้น", "นายกองเกียรติ แสนบุญลน") == 1
    assert similarity("นายก้องเกียรติ", "ระเบียบวาระ") < 0.5
