"""Thai dates and times as minutes print them."""

from __future__ import annotations

import datetime

import numpy as np

from schemas import MeetingDate
from training.synth.furniture import digits
from training.synth.style import Digits

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
BUDDHIST = 543  # years between the Common and the Buddhist Era


def long_date(day: datetime.date, script: Digits) -> str:
    """`๒๘ กันยายน ๒๕๖๐`."""
    return f"{digits(day.day, script)} {MONTHS[day.month - 1]} {digits(day.year + BUDDHIST, script)}"


def printed(day: datetime.date, script: Digits, rng: np.random.Generator) -> MeetingDate:
    """`day` in one of the forms of a header, the weekday right or left out."""
    weekday = WEEKDAYS[day.weekday()]
    year = digits(day.year + BUDDHIST, script)
    number, month = digits(day.day, script), MONTHS[day.month - 1]
    form = int(rng.integers(4))
    text = (
        f"วัน{weekday}ที่ {number} {month} {year}",
        f"เมื่อวัน{weekday}ที่ {number} {month} พ.ศ. {year}",
        f"ในวัน{weekday} ที่ {number} {month} {year}",
        f"วันที่ {number} เดือน {month} พ.ศ. {year}",
    )[form]
    return MeetingDate(iso=day.isoformat(), weekday=None if form == 3 else weekday, text=text)
