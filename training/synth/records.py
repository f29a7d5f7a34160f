"""Invented records: what a meeting said and how it is printed, both from one seed."""

from __future__ import annotations

import datetime
import re
from functools import partial

import numpy as np

from schemas import (
    AgendaItem,
    AttendanceList,
    Block,
    Header,
    Meeting,
    Person,
    Record,
    Resolution,
    Signatory,
    Source,
)
from training.synth import dates, people, samples
from training.synth.degrade import Wear
from training.synth.furniture import digits
from training.synth.people import pick
from training.synth.style import ColumnStyle, Digits, ListStyle, Numbers, Signing, Style

_FAMILIES = ("Laksaman", "Laksaman", "Laksaman", "Norasi", "Kinnari", "Garuda", "Loma", "Waree", "Tlwg Typist")
# Faces differ in how large they look at one size; all are set to about the height of TH Sarabun at 16.
_SIZES = {"Laksaman": 13.5, "Norasi": 12.5, "Kinnari": 12.0, "Tlwg Typist": 11.0}

_ROLES = ("ประธาน", "รองประธาน", "กรรมการ")
_CERTIFIED = Resolution(text="รับรองรายงานการประชุม", decision="certified")


def generate(seed: int, number: int) -> samples.Scan:
    """Scan `number` of the series `seed`."""
    rng = np.random.default_rng([seed, number])
    script: Digits = "thai" if rng.random() < 0.65 else "arabic"
    record, opening, closing = invent(rng, script)
    bilevel = bool(rng.random() < 0.4)
    dpi = int(pick(rng, (200, 200, 300)))
    record = record.model_copy(
        update={"source": Source(file=f"made-{seed}-{number:04d}.pdf", sha256="0" * 64, pages=0)}
    )
    style = dress(rng, record, script, opening, closing)
    return samples.scan(record, style, (wear(rng, bilevel),), int(rng.integers(2**31)), dpi, "pdf", ())


def wear(rng: np.random.Generator, bilevel: bool) -> Wear:
    """The wear of one scan."""
    return Wear(
        skew=float(rng.uniform(0, 1.0)),
        bend=float(rng.uniform(0, 2.2)),
        blur=float(rng.uniform(0.12, 0.32)),
        noise=float(rng.uniform(2, 9)),
        light=float(rng.uniform(0, 12)),
        paper=float(rng.uniform(225, 250)),
        ink=float(rng.uniform(10, 50)),
        spread=float(rng.choice([-0.06, 0.0, 0.0, 0.12])),
        streak=bool(rng.random() < 0.2),
        specks=float(rng.exponential(0.4)),
        holes=bool(rng.random() < 0.15),
        edge=bool(rng.random() < 0.1),
        stamp=pick(rng, ("round", "box", None, None, None, None)),
        through=0.0 if bilevel else float(rng.choice([0.0, 0.0, 0.08])),
        jpeg=int(rng.integers(28, 70)),
        bilevel=bilevel,
    )


def invent(rng: np.random.Generator, script: Digits) -> tuple[Record, str, str]:
    """A record with the printed opening and closing lines."""
    day = datetime.date(2008, 1, 1) + datetime.timedelta(days=int(rng.integers(0, 6200)))
    fill = partial(filled, rng=rng, script=script, day=day)
    phrases = people.phrases()
    number, year = int(rng.integers(1, 13)), day.year + dates.BUDDHIST
    start = datetime.datetime.combine(day, datetime.time(int(pick(rng, (9, 10, 13))), int(rng.integers(0, 60))))
    end = start + datetime.timedelta(minutes=int(rng.integers(45, 220)))
    named = people.names(rng, 18)
    lists = _attendance(rng, named, fill)
    secretary, chair = lists[0].people[-1], lists[0].people[0]
    record = Record(
        source=Source(file="made.pdf", sha256="0" * 64, pages=0),
        header=Header(
            title=pick(rng, ("รายงานการประชุม", "รายงานการประชุม", "สรุปรายงานการประชุม", "บันทึกการประชุม")),
            body=fill(pick(rng, phrases["bodies"])),
            meeting=Meeting(number=number, year=year, text=f"ครั้งที่ {digits(number, script)}/{digits(year, script)}"),
            date=dates.printed(day, script, rng),
            venue=fill(pick(rng, phrases["venues"])),
        ),
        attendance=lists,
        opened_at=f"{start:%H:%M}",
        closed_at=f"{end:%H:%M}",
        preamble=[Block(kind="paragraph", text=pick(rng, phrases["openings"]))],
        agenda=_agenda(rng, fill, _before(number, year, script)),
        signatories=[
            Signatory(name=secretary.name, position=secretary.position, role="ผู้จดรายงานการประชุม"),
            Signatory(name=chair.name, position=chair.position, role="ผู้ตรวจรายงานการประชุม"),
        ],
    )
    unit = pick(rng, ("น.", "น.", "น.", "นาฬิกา"))
    opening = (
        f"{pick(rng, ('เริ่มประชุมเวลา', 'เปิดประชุมเวลา', 'เริ่มประชุม เวลา'))} {digits(f'{start:%H.%M}', script)} {unit}"
    )
    closing = f"{pick(rng, ('เลิกประชุมเวลา', 'ปิดประชุมเวลา', 'ปิดการประชุม เวลา'))} {digits(f'{end:%H.%M}', script)} {unit}"
    return record, opening, closing


def _before(number: int, year: int, script: Digits) -> str:
    """The meeting before, as printed; a year's first follows the twelfth of the year before."""
    number, year = (number - 1, year) if number > 1 else (12, year - 1)
    return f"ครั้งที่ {digits(number, script)}/{digits(year, script)}"


def filled(template: str, *, rng: np.random.Generator, script: Digits, day: datetime.date) -> str:
    """`template` with every brace filled anew."""

    def value(match: re.Match[str]) -> str:
        other = day + datetime.timedelta(days=int(rng.integers(-90, 90)))
        kinds = {
            "n": lambda: digits(int(rng.integers(2, 99)), script),
            "quarter": lambda: digits(int(rng.integers(1, 5)), script),
            "year": lambda: digits(day.year + dates.BUDDHIST, script),
            "percent": lambda: digits(f"{rng.uniform(1, 99):.2f}", script),
            "money": lambda: digits(f"{rng.uniform(5_000, 9_000_000):,.2f}", script),
            "date": lambda: dates.long_date(other, script),
            "place": lambda: str(pick(rng, people.phrases()["places"])),
        }
        return kinds[match[1]]()

    return re.sub(r"\{(\w+)\}", value, template)


def _attendance(rng: np.random.Generator, named: list[str], fill: partial[str]) -> list[AttendanceList]:
    phrases = people.phrases()
    count = int(rng.integers(5, 13))
    posts = [fill(pick(rng, phrases["posts"])) for _ in named]
    present = []
    for index, (name, post) in enumerate(zip(named[:count], posts, strict=False)):
        role = "กรรมการและเลขานุการ" if index == count - 1 else _ROLES[min(index, 2)]
        stands_in = 1 < index < count - 1 and rng.random() < 0.2
        where = {"represents": post} if stands_in else {"position": post}
        present.append(Person(number=index + 1, name=name, role=role, **where))
    rest = list(zip(named[count:], posts[count:], strict=True))
    away, guests = int(rng.integers(0, 3)), int(rng.integers(0, 4))
    absent = [
        Person(number=index + 1, name=name, position=post, absence_reason=pick(rng, phrases["reasons"]))
        for index, (name, post) in enumerate(rest[:away])
    ]
    lists = [
        AttendanceList(kind="present", heading=pick(rng, phrases["present"]), people=present),
        AttendanceList(kind="absent", heading=pick(rng, phrases["absent"]), people=absent),
    ]
    if guests:
        others = [
            Person(number=index + 1, name=name, position=post)
            for index, (name, post) in enumerate(rest[away : away + guests])
        ]
        lists.append(AttendanceList(kind="in_attendance", heading=pick(rng, phrases["attending"]), people=others))
    return lists


def _agenda(rng: np.random.Generator, fill: partial[str], last: str) -> list[AgendaItem]:
    phrases = people.phrases()
    nothing = [Block(kind="paragraph", text=pick(rng, phrases["nothing"]))]

    def topics(head: int, pool: list[tuple[str, str]], decided: bool) -> list[AgendaItem]:
        chosen = rng.permutation(len(pool))[: int(rng.integers(1, 4))]
        items = []
        for position, which in enumerate(chosen, start=1):
            title, text = pool[int(which)]
            outcome = pick(rng, phrases["resolutions"]) if decided else ["รับทราบ", "acknowledged"]
            items.append(
                AgendaItem(
                    number=f"{head}.{position}",
                    title=fill(title),
                    body=[Block(kind="paragraph", text=fill(text))],
                    resolutions=[Resolution.model_validate({"text": outcome[0], "decision": outcome[1]})],
                )
            )
        return items

    return [
        AgendaItem(number="1", title="เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", items=topics(1, phrases["informing"], False)),
        AgendaItem(number="2", title=f"เรื่องรับรองรายงานการประชุม{last}", resolutions=[_CERTIFIED]),
        AgendaItem(number="3", title="เรื่องสืบเนื่อง", body=nothing),
        AgendaItem(number="4", title="เรื่องเพื่อพิจารณา", items=topics(4, phrases["considering"], True)),
        AgendaItem(number="5", title="เรื่องอื่น ๆ", body=nothing),
    ]


def dress(rng: np.random.Generator, record: Record, script: Digits, opening: str, closing: str) -> Style:
    """A way to print `record`."""
    family = pick(rng, _FAMILIES)
    size = _SIZES.get(family, 11.0)
    bare = bool(rng.random() < 0.5)
    return Style(
        family=family,
        size=size,
        pitch=float(rng.uniform(1.45, 1.9)),
        align="left" if family.startswith("Tlwg") else pick(rng, ("left", "spaces", "letters")),
        digits=script,
        crest=bool(rng.random() < 0.3),
        head=pick(
            rng,
            (
                ("{title}", "{body}", "{meeting}", "{date}", "ณ {venue}"),
                ("{title}{body}", "{meeting}", "{date}", "ณ {venue}"),
                ("{title}{body} {meeting}", "{date}", "ณ {venue}"),
            ),
        ),
        head_end=pick(rng, ("none", "none", "rule", "asterisks")),
        list_heading=pick(rng, ("bold", "underline", "both")),
        lists=tuple(_list_style(rng, listed) for listed in record.attendance),
        opening=opening,
        closing=closing,
        markers=("ระเบียบวาระที่ {n}", "{n}" if bare else "วาระที่ {n}"),
        title_form=pick(rng, ("tab", "space", "next")),
        title_tabs=(9 * size, 4 * size if bare else 9 * size),
        resolution_form=pick(rng, ("tab", "space", "next")),
        numbers=Numbers(
            form=pick(rng, ("{n}", "- {n} -", "-{n}-")),
            place=pick(rng, ("top", "bottom")),
            align=pick(rng, ("centre", "centre", "right")),
        ),
        footer=(f"{record.header.title}{record.header.body}",) if rng.random() < 0.25 else (),
        catchword="/{words}..." if rng.random() < 0.3 else "",
        signing=Signing(side_by_side=bool(rng.random() < 0.5), width=205, scrawl=(0,) if rng.random() < 0.7 else ()),
    )


def _list_style(rng: np.random.Generator, listed: AttendanceList) -> ListStyle:
    last = ("{role}",) if listed.kind == "present" else ("{absence_reason}",)
    if not listed.people:
        return ListStyle(form="dash")
    if rng.random() < 0.3:
        return ListStyle(
            form="table",
            label="{n}",
            repeat=bool(rng.random() < 0.5),
            columns=(
                ColumnStyle(lines=("{label}",), width=40, title="ลำดับ", align="centre"),
                ColumnStyle(lines=("{name}",), width=160, title="ชื่อ - สกุล"),
                ColumnStyle(lines=("{position}", "แทน{represents}"), width=150, title="ตำแหน่ง"),
                ColumnStyle(lines=last, width=105, title="หมายเหตุ"),
            ),
        )
    label = ColumnStyle(lines=("{label}",), left=18, width=30)
    if rng.random() < 0.5:
        lines = ("{name}", "{position}", "(แทน{represents})")
        return ListStyle(
            columns=(label, ColumnStyle(lines=lines, left=48, width=255), ColumnStyle(lines=last, left=318, width=137))
        )
    return ListStyle(
        columns=(
            label,
            ColumnStyle(lines=("{name}",), left=48, width=150),
            ColumnStyle(lines=("{position}", "แทน{represents}"), left=205, width=140),
            ColumnStyle(lines=last, left=355, width=100),
        )
    )
