"""Generated dates, times and numbers in all printed forms, and texts of any letters that must make nothing raise.

Some thousands in an ordinary run. A million of each: `FORMS=1000000 pytest tests/test_thai_forms.py`.
"""

from __future__ import annotations

import datetime
import os
import random
import re
from collections.abc import Callable, Iterator

import pytest

from pipeline.thai.dates import find_dates, names_month, same_weekday
from pipeline.thai.fold import fold, tidy
from pipeline.thai.numbers import agenda_number, find_meetings, find_times, looks_like_meeting, parse_int
from pipeline.vocabulary import vocabulary

FORMS = int(os.environ.get("FORMS", "4000"))
BLOCKS = 8

WEEKDAYS = vocabulary().weekdays
SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")


def in_script(rng: random.Random, text: str) -> str:
    """`text` with its digits Arabic, Thai, or mixed."""
    form = rng.random()
    if form < 0.35:
        return text
    mixed = form > 0.85
    return "".join(
        chr(ord("๐") + int(letter)) if letter.isdigit() and (not mixed or rng.random() < 0.5) else letter
        for letter in text
    )


def spaced(rng: random.Random) -> str:
    return rng.choice(("", " ", " ", "  "))


def date(rng: random.Random) -> tuple[str, datetime.date, str | None]:
    """A printed date, what it is, and its weekday when that is printed."""
    day = datetime.date(1957, 1, 1) + datetime.timedelta(days=rng.randrange(36_000))
    year, form = day.year + 543, rng.random()
    if form < 0.12:
        sign = rng.choice("/-")
        pad = rng.choice(("", "02"))
        return in_script(rng, f"{day.day:{pad}}{sign}{day.month:{pad}}{sign}{year}"), day, None
    short_year = 2500 <= year <= 2599
    if form < 0.18 and short_year:
        return in_script(rng, f"ลงวันที่ {day.day}/{day.month}/{year % 100:02d}"), day, None
    month = rng.choice(
        (vocabulary().months[day.month - 1][0], SHORT[day.month - 1], SHORT[day.month - 1].replace(".", ""))
    )
    printed_year = rng.choice((f"{year}", f"พ.ศ. {year}", f"พ.ศ.{year}", f"พุทธศักราช {year}", f"ค.ศ. {day.year}"))
    if short_year and rng.random() < 0.2:
        printed_year = f"{year % 100:02d}"
    number = f"{day.day:{rng.choice(('', '02'))}}"
    if rng.random() < 0.12:
        dots = "." * rng.randrange(2, 6)
        text = f"วันที่ {dots}{number}{dots} เดือน {dots}{month}{dots} พ.ศ. {dots}{year}{dots}"
        return in_script(rng, text), day, None
    between = spaced(rng) + rng.choice(("", "เดือน" + spaced(rng)))
    if printed_year[0].isdigit() and month.endswith(tuple("0123456789")):
        between += " "
    text = f"{number}{between}{month}{spaced(rng)}{printed_year}"
    weekday = WEEKDAYS[day.weekday()]
    if rng.random() < 0.5:
        opening = rng.choice(("วัน", "เมื่อวัน", "ในวัน", "ประชุมเมื่อวัน")) + weekday + rng.choice(("ที่", "ที่ ", " ที่ "))
        return in_script(rng, opening + text), day, weekday
    return in_script(rng, rng.choice(("", "วันที่ ", "เมื่อวันที่", "ลงวันที่ ")) + text), day, None


def clock(rng: random.Random) -> tuple[str, list[str]]:
    """Printed times, and what they are."""
    hour, minute = rng.randrange(24), rng.randrange(60)
    told = f"{hour:02d}:{minute:02d}"
    form = rng.random()
    if form < 0.12:
        return in_script(rng, f"เวลา {hour} นาฬิกา"), [f"{hour:02d}:00"]
    if form < 0.24:
        return in_script(rng, f"เวลา {hour}{spaced(rng)}นาฬิกา {minute}{spaced(rng)}นาที"), [told]
    if form < 0.32:
        return in_script(rng, f"{hour:02d}{minute:02d} น."), [told]
    if form < 0.4:
        return in_script(rng, f"เวลา {hour} น."), [f"{hour:02d}:00"]
    unit = rng.choice((" น.", "น.", " นาฬิกา", "  น."))
    first = f"{hour:{rng.choice(('', '02'))}}{rng.choice('.:')}{minute:02d}"
    if form < 0.6:
        later = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"
        to = rng.choice((" - ", "-", " – ", " ถึง ", " น. - "))
        return in_script(rng, f"เวลา {first}{to}{later.replace(':', '.')}{unit}"), [told, later]
    before = rng.choice(("เวลา ", "เริ่มประชุมเวลา ", "ตั้งแต่เวลา", "เลิกประชุม "))
    return in_script(rng, f"{before}{first}{unit}"), [told]


def meeting(rng: random.Random) -> tuple[str, int, int]:
    """A printed meeting number, and its number and Buddhist year."""
    number, year = rng.randrange(1, 200), rng.randrange(2500, 2600)
    printed = rng.choice((f"{year}", f"{year}", f"{year % 100:02d}", f"{year - 543}"))
    joined = rng.choice(("/", " / ", "/ ", " ประจำปี ", " ประจำปี พ.ศ. ", "/พ.ศ. "))
    text = f"ครั้งที่{spaced(rng)}{number}{joined}{printed}"
    return in_script(rng, rng.choice(("", "การประชุม")) + text), number, year


def items(rng: random.Random) -> tuple[str, str]:
    """A printed agenda number, and the number."""
    parts = [str(rng.randrange(1, 100)) for _ in range(rng.randrange(1, 4))]
    return in_script(rng, rng.choice((".", " . ", ".")).join(parts)) + rng.choice(("", " เรื่อง", ") ก")), ".".join(parts)


PIECES = (
    *("วัน", "ที่", "เดือน", "มกราคม", "ก.พ.", "พ.ศ.", "ค.ศ.", "เวลา", "น.", "นาฬิกา", "นาที", "ครั้งที่", "ประจำปี", "ถึง", "/"),
    *("-", "–", ".", "..", "…", ":", ",", " ", "  ", "\n", "\t", "\u200b", "ํา", "เเ", "ศุกร์", "พฤหัส", "ระเบียบวาระที่"),
)
LETTERS = "".join(chr(code) for code in range(0x0E01, 0x0E5C)) + "0123456789"


def anything(rng: random.Random) -> str:
    """A text of any letters: Thai ones, digits, the pieces of dates, signs of all scripts."""
    parts = []
    for _ in range(rng.randrange(12)):
        form = rng.random()
        if form < 0.4:
            parts.append(rng.choice(PIECES))
        elif form < 0.7:
            parts.append("".join(rng.choice(LETTERS) for _ in range(rng.randrange(1, 8))))
        elif form < 0.9:
            parts.append(in_script(rng, str(rng.randrange(10 ** rng.randrange(1, 9)))))
        else:
            parts.append(chr(rng.choice((rng.randrange(1, 0xD800), rng.randrange(0xE000, 0x110000)))))
    return "".join(parts)


Forms = Callable[[int], Iterator[random.Random]]


@pytest.fixture(params=range(BLOCKS))
def forms(request: pytest.FixtureRequest) -> Forms:
    """So many random states of one of the blocks that share out the run."""

    def states(share: int) -> Iterator[random.Random]:
        rng = random.Random(request.param)
        return (rng for _ in range(max(FORMS // BLOCKS // share, 1)))

    return states


def test_dates_in_every_form(forms: Forms) -> None:
    for rng in forms(2):
        text, day, weekday = date(rng)
        assert [(found.date, found.weekday) for found in find_dates(text)] == [(day, weekday)], text


def test_times_in_every_form(forms: Forms) -> None:
    for rng in forms(4):
        text, clocks = clock(rng)
        assert [found.clock for found in find_times(text)] == clocks, text


def test_meeting_numbers_in_every_form(forms: Forms) -> None:
    for rng in forms(5):
        text, number, year = meeting(rng)
        assert [(found.number, found.year) for found in find_meetings(text)] == [(number, year)], text


def test_agenda_numbers_in_every_form(forms: Forms) -> None:
    for rng in forms(20):
        text, number = items(rng)
        found = agenda_number(text)
        assert found is not None and found[0] == number, text


def test_no_text_makes_anything_raise(forms: Forms) -> None:
    for rng in forms(1):
        text = anything(rng)
        for found in find_dates(text):
            assert 0 <= found.start < found.end <= len(text), text
        for time in find_times(text):
            assert re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", time.clock), text
        for one in find_meetings(text):
            assert 2400 <= one.year <= 2699, text
        agenda_number(text)
        parse_int(text)
        names_month(text)
        looks_like_meeting(text)
        same_weekday(text, datetime.date(2020, 1, 1))
        fold(text)
        tidy(text)
