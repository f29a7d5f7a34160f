"""Numbers as papers print them, in Arabic digits; the caller turns some lines to Thai digits.

Points, commas and colons between digits carry the amounts and times, so there are many of them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Maker = Callable[[np.random.Generator], str]


def _upto(rng: np.random.Generator, low: int, high: int) -> int:
    return int(rng.integers(low, high))


def small(rng: np.random.Generator) -> str:
    """A count or a number of a list, 0 to 99, mostly small."""
    return str(_upto(rng, 0, 10) if rng.random() < 0.5 else _upto(rng, 1, 100))


def digits(rng: np.random.Generator, low: int = 1, high: int = 9) -> str:
    """`low` to `high` - 1 random digits."""
    return "".join(str(digit) for digit in rng.integers(0, 10, _upto(rng, low, high)))


def amount(rng: np.random.Generator) -> str:
    """`1,250`, `125,371,881.03`, `85.00`."""
    whole = int(10 ** rng.uniform(0, 9))
    if rng.random() < 0.3:
        whole = round(whole, -min(len(str(whole)) - 1, 3)) or whole
    cents = rng.random()
    text = f"{whole:,}" if rng.random() < 0.93 else str(whole)
    return text if cents < 0.45 else f"{text}.00" if cents < 0.65 else f"{text}.{_upto(rng, 0, 100):02d}"


def decimal(rng: np.random.Generator) -> str:
    """`4.51`, `85.0`, `0.125`."""
    places = _upto(rng, 1, 4)
    return f"{rng.uniform(0, 10 ** _upto(rng, 0, 4)):.{places}f}"


def time(rng: np.random.Generator) -> str:
    """`09.30`, `13:05`."""
    return f"{_upto(rng, 0, 24):02d}{'.' if rng.random() < 0.75 else ':'}{_upto(rng, 0, 60):02d}"


def section(rng: np.random.Generator) -> str:
    """`4.1.2`."""
    return ".".join(str(_upto(rng, 1, 13)) for _ in range(_upto(rng, 2, 5)))


def year(rng: np.random.Generator) -> str:
    """A Buddhist year, now and then one of two digits or of the Common Era."""
    form = rng.random()
    if form < 0.82:
        return str(_upto(rng, 2500, 2575))
    return str(_upto(rng, 40, 72)) if form < 0.9 else str(_upto(rng, 1985, 2031))


def meeting(rng: np.random.Generator) -> str:
    """`5/2568`, `12 / 2567`."""
    bar = " / " if rng.random() < 0.1 else "/"
    return f"{_upto(rng, 1, 30)}{bar}{year(rng)}"


def numeric_date(rng: np.random.Generator) -> str:
    """`5/3/2567`, `05-03-67`, `05.03.2567`."""
    bar = ("/", "/", "-", ".")[_upto(rng, 0, 4)]
    return f"{_upto(rng, 1, 32)}{bar}{_upto(rng, 1, 13):02d}{bar}{year(rng)}"


def phone(rng: np.random.Generator) -> str:
    """A made-up telephone number."""
    mid = f"{_upto(rng, 0, 10000):04d}"
    first = ("0 2", "02", "0 74", "0-5", "08", "09")[_upto(rng, 0, 6)]
    end = f"{_upto(rng, 0, 10000):04d}"
    return (f"{first}{digits(rng, 1, 2)}-{mid[:3]}-{end}", f"{first}{digits(rng, 2, 3)} {mid} {end}")[_upto(rng, 0, 2)]


def reference(rng: np.random.Generator) -> str:
    """`0105.3/ว 234`-like numbers of letters, without the letters: `0105.3/2341`."""
    return f"{_upto(rng, 100, 9999):04d}{'.' + digits(rng, 1, 4) if rng.random() < 0.7 else ''}/{digits(rng, 2, 6)}"


def alone(rng: np.random.Generator) -> str:
    """The number of a page, a list's entry or a cell: `7`, `- 12 -`, `3.`, `(2)`, `(2-2-5)`, `4/2567`."""
    form = rng.random()
    number = str(_upto(rng, 0, 10) if rng.random() < 0.6 else _upto(rng, 10, 1000))
    if form < 0.55:
        return number
    if form < 0.7:
        return f"{number}."
    if form < 0.85:
        return ("- {} -", "-{}-", "({})", "{})", "/{}", "{}/")[_upto(rng, 0, 6)].format(number)
    if form < 0.95:
        return "-".join(str(_upto(rng, 0, 10)) for _ in range(_upto(rng, 2, 4)))
    return f"{number} ({_upto(rng, 0, 10)}-{_upto(rng, 0, 10)}-{_upto(rng, 0, 10)})"


def raw(rng: np.random.Generator) -> str:
    """A string of digits parted by points, commas, colons and strokes."""
    form = rng.random()
    if form < 0.45:
        makers = (amount, amount, decimal, time, section, meeting, numeric_date, phone, reference)
        return " ".join(makers[_upto(rng, 0, len(makers))](rng) for _ in range(_upto(rng, 1, 5)))
    text = ""
    for _ in range(_upto(rng, 1, 9)):
        text += digits(rng, 1, 5)
        text += ".,:./-  ,.:%"[_upto(rng, 0, 12)] if rng.random() < 0.85 else ""
    return text


MAKERS: dict[str, Maker] = {
    "n": small,
    "digits": digits,
    "amount": amount,
    "decimal": decimal,
    "clock": time,
    "section": section,
    "year": year,
    "meeting": meeting,
    "numeric_date": numeric_date,
    "phone": phone,
    "reference": reference,
}
